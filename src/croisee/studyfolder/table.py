"""A table of the folder: rows whose cells are read as what they should be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from croisee.formats import Sheet
from croisee.language import Label
from croisee.studyfolder import messages
from croisee.studyfolder.layout import Layout
from croisee.studyfolder.problems import Place, Problems, Said
from croisee.studyfolder.words import YES_NO, Words, column_key, propose_code, read_code
from croisee.text import ReadDate, folded_label, parse_date, parse_number

LARGEST = 2**31 - 1
_MONEY_LIMIT = Decimal(10) ** 14


class Table:
    """A sheet whose columns are known by their French names."""

    def __init__(self, file: str, sheet: Sheet, problems: Problems) -> None:
        self.file = file
        self.sheet = sheet
        self.problems = problems
        self.written: dict[str, str] = {}
        """French name → name in the file."""
        self.others: list[str] = []
        """Columns the layout does not know, as written."""
        self.complete = True

    @classmethod
    def of(
        cls, file: str, sheet: Sheet, layout: Layout, problems: Problems, *, free: bool = False
    ) -> Table:
        """Match columns to a layout. ``free``: other columns are expected; see ``others``."""
        table = cls(file, sheet, problems)
        known = layout.known
        for name in sheet.header:
            key = column_key(name)
            canonical = known.get(key) or _opened(key, layout)
            if canonical is None:
                table.others.append(name)
            elif canonical in table.written:
                problems.refuse(Place(file, 1, name), messages.twice(name, None))
            else:
                table.written[canonical] = name
        missing = [c for c in layout.columns if c.required and c.name not in table.written]
        for column in missing:
            near = problems.near(column.name, [column_key(name) for name in table.others])
            both = Label(column.name, column.aliases[0] if column.aliases else column.name)
            problems.refuse(Place(file, 1, column.name), messages.missing_column(both, near))
        table.complete = not missing
        if not free:
            for name in table.others:
                near = problems.near(column_key(name), known)
                problems.warn(Place(file, 1, name), messages.unknown_column(name, near))
        return table

    def rows(self) -> Iterator[Row]:
        """Yield the rows in file order; none if a required column is missing."""
        if self.complete:
            for line, cells in self.sheet.rows:
                yield Row(self, line, cells)

    def place(self, line: int | None, column: str) -> Place:
        """Return where a cell is, under the name its column has in the file."""
        return Place(self.file, line, self.written.get(column, column))


def _opened(key: str, layout: Layout) -> str | None:
    return key if any(key.startswith(start) and key != start for start in layout.open) else None


class Row:
    """One row. Each reader returns the value, or nothing once it has said what is wrong."""

    __slots__ = ("_cells", "line", "table")

    def __init__(self, table: Table, line: int, cells: dict[str, str]) -> None:
        self.table = table
        self.line = line
        self._cells = cells

    def place(self, column: str) -> Place:
        """Return where a cell of this row is."""
        return self.table.place(self.line, column)

    def refuse(self, column: str, said: Said) -> None:
        """Note a problem of this row that stops the run."""
        self.table.problems.refuse(self.place(column), said)

    def warn(self, column: str, said: Said) -> None:
        """Note a problem of this row that does not stop the run."""
        self.table.problems.warn(self.place(column), said)

    def near(self, word: str, known: Collection[str]) -> str:
        """Return the known word closest to ``word``, or ``""``."""
        return self.table.problems.near(word, known)

    def text(self, column: str) -> str:
        """Return a cell's text, ``""`` if the column is not there."""
        name = self.table.written.get(column)
        return self._cells[name] if name is not None else ""

    def required(self, column: str) -> str:
        """Return a cell's text; refuse an empty one."""
        text = self.text(column)
        if not text:
            self.refuse(column, messages.empty_cell())
        return text

    def code(self, column: str, *, required: bool = True) -> str:
        """Return a code, or ``""``."""
        text = self.required(column) if required else self.text(column)
        if not text:
            return ""
        code = read_code(text)
        if code is None:
            self.refuse(column, messages.not_a_code(text, propose_code(text)))
        return code or ""

    def ref(
        self, column: str, known: Collection[str], source: str, *, required: bool = True
    ) -> str:
        """Return a code declared elsewhere (``source`` is that file), or ``""``."""
        text = self.required(column) if required else self.text(column)
        if not text:
            return ""
        code = read_code(text)
        if code is None or code not in known:
            near = self.near(code or propose_code(text), known)
            self.refuse(column, messages.unknown_code(text, near, source))
            return ""
        return code

    def listed(self, column: str) -> list[str]:
        """Return the parts of a ``a|b`` cell."""
        return [part.strip() for part in self.text(column).split("|") if part.strip()]

    def word(self, column: str, words: Words, default: str = "") -> str:
        """Return a word of a closed list; ``default`` when empty (refused if there is none)."""
        text = self.text(column) if default else self.required(column)
        if not text:
            return default
        word = words.read(text)
        if word is None:
            near = self.near(folded_label(text), words.all)
            self.refuse(column, messages.unknown_word(text, near, words.canonical))
        return word or default

    def flag(self, column: str, *, default: bool = False) -> bool:
        """Return yes or no."""
        text = self.text(column)
        if not text:
            return default
        answer = YES_NO.get(folded_label(text))
        if answer is None:
            self.refuse(column, messages.not_yes_no(text))
        return default if answer is None else answer

    def number(self, column: str) -> Decimal | None:
        """Return a number that fits a Dataset's money column (four decimals)."""
        text = self.text(column)
        if not text:
            return None
        number = parse_number(text)
        if number is None or not abs(number) < _MONEY_LIMIT:
            self.refuse(column, messages.not_a_number(text))
            return None
        return number.quantize(Decimal("0.0001"))

    def fine_number(self, column: str) -> Decimal | None:
        """Return a number with all its decimals; refuse an empty cell."""
        text = self.required(column)
        number = parse_number(text) if text else None
        if text and (number is None or not abs(number) < _MONEY_LIMIT):
            self.refuse(column, messages.not_a_number(text))
            return None
        return number

    def whole(self, column: str, low: int = 0, high: int = LARGEST) -> int | None:
        """Return a whole number between two bounds."""
        text = self.text(column)
        if not text:
            return None
        number = parse_number(text)
        if number is None or number != number.to_integral_value():
            self.refuse(column, messages.not_whole(text))
            return None
        if not low <= number <= high:
            self.refuse(column, messages.out_of_range(text, low, high))
            return None
        return int(number)

    def date(self, column: str) -> ReadDate | None:
        """Return a date as far as it is known; warn when day and month could be exchanged."""
        text = self.text(column)
        if not text:
            return None
        read = parse_date(text)
        if read is None:
            self.refuse(column, messages.not_a_date(text))
        elif read.ambiguous:
            self.warn(column, messages.ambiguous_date(text, read.text))
        return read
