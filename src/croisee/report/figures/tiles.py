"""Tiles: rows of things, columns of cases, a tint that grows with rank or share."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.disclosure.released import Amount, Head, Rank, Value, Word
from croisee.disclosure.values import Chiffre, Form, exact
from croisee.language import Label
from croisee.report import words
from croisee.report.figures import theme
from croisee.report.figures.canvas import Box, Canvas, Dot, Words
from croisee.report.figures.elements import ordinal, rule
from croisee.report.figures.sight import Sight, gathered

_TILE = 30.0


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the columns stand: their left ends and their common width."""

    left: float
    column: float
    gap: float = 8.0

    def x(self, number: int) -> float:
        """Return the left end of a column."""
        return self.left + number * (self.column + self.gap)


def _grid(sight: Sight, columns: int, labels: float = 150.0) -> Grid:
    left = 0.0 if sight.narrow else labels
    gap = 6.0 if sight.narrow else 8.0
    return Grid(left, (sight.width - left - gap * (columns - 1)) / max(columns, 1), gap)


def _heads(sight: Sight, canvas: Canvas, grid: Grid, labels: list[Label]) -> float:
    """Write the names of the columns, their last lines level; return the y below."""
    size = 12.0 if sight.narrow else 13.0
    lines = [theme.wrap(sight.text(label), grid.column + 4, size, bold=True) for label in labels]
    tallest = max((len(column) for column in lines), default=0)
    for number, column in enumerate(lines):
        for place, line in enumerate(column):
            y = 12 + (tallest - len(column) + place) * 15
            x = grid.x(number) + grid.column / 2
            canvas.add(Words(x, y, line, size, bold=True, anchor="middle"))
    return tallest * 15 + 6


def _label(sight: Sight, canvas: Canvas, grid: Grid, y: float, label: Label) -> tuple[float, float]:
    """Write a row's name; return where its tiles begin and the least y below it."""
    text = sight.text(label)
    if grid.left == 0:
        last = canvas.lines(Words(0, y + 15, text, theme.SMALL), sight.width)
        return last + 5, last + 5
    lines = theme.wrap(text, grid.left - 12, theme.BODY)
    top = y + max(0.0, (len(lines) * 17 - _TILE) / 2)
    first = top + _TILE / 2 + 5 - (len(lines) - 1) * 8.5
    canvas.lines(Words(0, first, text), grid.left - 12, 17 / 14)
    return top, y + len(lines) * 17 + 4


def ranking(sight: Sight) -> Canvas:
    """Draw ranks as tiles; under them, how sure the first place is."""
    canvas = sight.canvas()
    table = sight.table
    grid = _grid(sight, len(table.columns))
    y = _heads(sight, canvas, grid, [head.label for head in table.columns])
    for place, head in sight.rows():
        top, below = _label(sight, canvas, grid, y, head.label)
        for column in range(len(table.columns)):
            corner = (grid.x(column), top)
            _rank(sight, canvas, corner, grid.column, sight.value(place, column))
        y = max(top + _TILE, below) + 6
    canvas.height = _side_words(sight, canvas, grid, y, "_robustesse")
    return canvas


def _rank(
    sight: Sight, canvas: Canvas, corner: tuple[float, float], width: float, value: Value | None
) -> None:
    x, y = corner
    if not isinstance(value, Rank):
        said = "—" if value is None else sight.text(words.brief(value, sight.language))
        canvas.add(Words(x + width / 2, y + 20, said, 13, theme.QUIET, anchor="middle"))
        return
    step = max(0, 5 - value.place)
    canvas.add(Box(x, y, width, _TILE, theme.STEPS[step], 4))
    said = sight.text(words.brief(Rank(value.place), sight.language))
    if value.tied:
        ordinal(canvas, x + width / 2, y + 15, said, theme.ink_on(step))
        note = sight.text(words.tied())
        canvas.add(Words(x + width / 2, y + 26, note, 10, theme.ink_on(step), anchor="middle"))
    else:
        ordinal(canvas, x + width / 2, y + 20, said, theme.ink_on(step))


def _side_words(sight: Sight, canvas: Canvas, grid: Grid, y: float, key: str) -> float:
    head = next((head for head in sight.table.rows if head.key == key), None)
    if head is None:
        return y
    top, below = _label(sight, canvas, grid, y, head.label)
    bottom = below
    for column in range(len(sight.table.columns)):
        word = sight.word(key, column)
        if word is not None:
            at = Words(
                grid.x(column) + grid.column / 2,
                top + 20,
                sight.text(words.brief(word, sight.language)),
                12,
                theme.QUIET,
                anchor="middle",
            )
            bottom = max(bottom, canvas.lines(at, grid.column) + 8)
    return bottom


def budget(sight: Sight) -> Canvas:
    """Draw mean amounts as bars in columns of cases; a rank where only the order may be said."""
    canvas = sight.canvas()
    table = sight.table
    grid = _grid(sight, len(table.columns))
    y = _heads(sight, canvas, grid, [head.label for head in table.columns])
    amounts = [
        float(cell.value.value)
        for line in table.cells
        for cell in line
        if cell is not None and isinstance(cell.value, Amount)
    ]
    most = max(amounts, default=1.0) or 1.0
    for place, head in sight.rows():
        top, below = _label(sight, canvas, grid, y, head.label)
        for column, case in enumerate(table.columns):
            value = sight.value(place, column)
            if isinstance(value, Amount):
                said = sight.text(words.rounded(value, sight.language))
                x = grid.x(column)
                canvas.add(Words(x, top + 12, said, 12, bold=True))
                length = float(value.value) / most * grid.column
                canvas.add(Box(x, top + 18, length, 12, sight.hue(case.key)))
            else:
                _rank(sight, canvas, (grid.x(column), top), grid.column, value)
        y = max(top + _TILE, below) + 10
    canvas.height = _side_words(sight, canvas, grid, y, "_etalement")
    return canvas


def codes(sight: Sight) -> Canvas:
    """Draw codes × cases: a tint by share of people, or a word; passages below in small."""
    canvas = sight.canvas()
    table = sight.table
    columns = [n for n, head in enumerate(table.columns) if not head.key.endswith(".passages")]
    grid = _grid(sight, len(columns), 190.0)
    y = _heads(sight, canvas, grid, [table.columns[n].label for n in columns])
    for title, place, head in _under_parents(sight):
        if title:
            name = sight.text(head.group)
            canvas.add(Words(0, y + 17, name, theme.SMALL, theme.QUIET, bold=True))
            y += 24
            continue
        written = [_written(sight, grid.column, sight.value(place, n)) for n in columns]
        size = max(len(lines) for lines in written)
        height = 24.0 if size == 1 else 8 + 12.0 * size
        top, below = _code(sight, canvas, grid, (y, height), head)
        for number, column in enumerate(columns):
            box = (grid.x(number), top, grid.column, height)
            _presence(canvas, box, sight.value(place, column), written[number])
        y = max(top + height, below) + 4
    canvas.height = max(y, 1.0)
    return canvas


def _under_parents(sight: Sight) -> list[tuple[bool, int, Head]]:
    """Return codes under their theme: whether a line is a mere title, its place, its head.

    A theme that is a code itself heads its own group and is not written twice.
    """
    groups = gathered(sight.rows())
    titles = {group for group, _ in groups if group.fr}
    parents = {head.label: (place, head) for place, head in sight.rows() if not head.group.fr}
    found: list[tuple[bool, int, Head]] = []
    for group, rows in groups:
        if group in parents:
            found.append((False, *parents[group]))
        elif group.fr:
            found.append((True, *rows[0]))
        found += [
            (False, place, head) for place, head in rows if group.fr or head.label not in titles
        ]
    return found


def _code(
    sight: Sight, canvas: Canvas, grid: Grid, line: tuple[float, float], head: Head
) -> tuple[float, float]:
    """Write a code's name, in bold for a theme; return where its tiles begin, the least y below."""
    y, height = line
    strong, text = not head.group.fr, sight.text(head.label)
    indent = 0.0 if strong else 10.0
    if grid.left == 0:
        last = canvas.lines(Words(0, y + 15, text, theme.SMALL, bold=strong), sight.width)
        return last + 5, last + 5
    lines = theme.wrap(text, grid.left - 8 - indent, theme.SMALL, bold=strong)
    top = y + max(0.0, (len(lines) * 15 - height) / 2)
    first = top + height / 2 + 4.5 - (len(lines) - 1) * 7.5
    for number, said in enumerate(lines):
        canvas.add(Words(indent, first + number * 15, said, theme.SMALL, bold=strong))
    return top, y + len(lines) * 15


def meetings(sight: Sight) -> Canvas:
    """Draw who can meet whom × tools: a tint by the share of pairs, said in tenths."""
    canvas = sight.canvas()
    grid = _grid(sight, len(sight.table.columns), 190.0)
    y = _heads(sight, canvas, grid, [head.label for head in sight.table.columns])
    for place, head in sight.rows():
        columns = range(len(sight.table.columns))
        written = [_tenths(sight, grid.column, sight.value(place, column)) for column in columns]
        height = 12 + 12.0 * max(map(len, written))
        top, below = _label(sight, canvas, grid, y, head.label)
        for column, lines in enumerate(written):
            box = (grid.x(column), top, grid.column, height)
            _presence(canvas, box, _surely(sight.value(place, column)), lines)
        y = max(top + height, below) + 6
    canvas.height = max(y, 1.0)
    return canvas


def _surely(value: Value | None) -> Value | None:
    """Return the least that a count says: what its tint shows."""
    return exact(value.lo, value.n) if isinstance(value, Chiffre) else None


def _tenths(sight: Sight, width: float, value: Value | None) -> list[tuple[str, bool]]:
    if not isinstance(value, Chiffre):
        return [("—", False)]
    said = sight.text(words.tenths(value, sight.language))
    return [(line, True) for line in theme.wrap(said, width - 4, 12, bold=True)]


def _silent(value: Value | None) -> bool:
    return value is None or (isinstance(value, Word) and value.word == "silence")


def _written(sight: Sight, width: float, value: Value | None) -> list[tuple[str, bool]]:
    """Return the lines of one presence: numbers in bold, words not (passages are in the table)."""
    if value is None or _silent(value):
        return [("—", False)]
    said = sight.text(words.of_base(value, sight.language))
    strong = isinstance(value, Chiffre)
    return [
        (line, strong) for line in theme.wrap(said, width - 4, 12 if strong else 11, bold=strong)
    ]


def _presence(
    canvas: Canvas,
    box: tuple[float, float, float, float],
    value: Value | None,
    lines: list[tuple[str, bool]],
) -> None:
    x, y, width, height = box
    ink = theme.QUIET
    if value is not None and not _silent(value):
        step = _share_step(value)
        canvas.add(Box(x, y, width, height, theme.STEPS[step], 4))
        ink = theme.ink_on(step)
    first = y + height / 2 + 4 - (len(lines) - 1) * 6
    for number, (text, bold) in enumerate(lines):
        size = 12 if bold else 11
        canvas.add(Words(x + width / 2, first + number * 12, text, size, ink, bold, "middle"))


def _share_step(value: Value) -> int:
    """Return the tint of a presence: a function of the released value alone."""
    if isinstance(value, Word):
        return 3 if value.word == "presque-tous" else 0
    if isinstance(value, Chiffre) and value.form is Form.EXACT and value.n:
        return min(3, 4 * value.lo // value.n)
    return 0


def cross_case(sight: Sight) -> Canvas:
    """Draw the verdict of each code and a strip of cases: full where it is present."""
    canvas = sight.canvas()
    cases = list(enumerate(sight.table.columns))[1:]
    grid = _grid(sight, len(cases), 320.0)
    y = _heads(sight, canvas, grid, [head.label for _, head in cases]) + 2
    for place, head in sight.rows():
        value = sight.value(place, 0)
        said = "" if value is None else sight.text(words.brief(value, sight.language))
        top, last = _reading(sight, canvas, y, (sight.text(head.label), said))
        for number, (column, case) in enumerate(cases):
            here = sight.value(place, column)
            full = isinstance(here, Word) and here.word == "present"
            ink = sight.hue(case.key) if full else theme.STEM
            x = grid.x(number) + grid.column / 2
            canvas.add(Dot(x, top + 13, ink if full else theme.PAPER, ink, "circle", 150))
        y = max(last, top + 18) + 8
        rule(canvas, y - 3)
    canvas.height = max(y, 1.0)
    return canvas


def _reading(sight: Sight, canvas: Canvas, y: float, said: tuple[str, str]) -> tuple[float, float]:
    """Write a code and its verdict; return the top of the dots and the last baseline."""
    label, verdict = said
    if sight.narrow:
        last = canvas.lines(Words(0, y + 16, label, bold=True), sight.width - 110)
        canvas.add(Words(sight.width, y + 16, verdict, 13, theme.QUIET, anchor="end"))
        return last + 4, last
    last = canvas.lines(Words(0, y + 17, label, theme.SMALL), 206)
    return y, max(last, canvas.lines(Words(214, y + 17, verdict, 13, theme.QUIET), 100))
