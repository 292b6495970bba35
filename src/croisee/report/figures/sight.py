"""What a drawing is given: one released table, its study, a language and a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from croisee.disclosure.released import Cell, Head, Kind, ReleasedTable, Value, Word
from croisee.disclosure.trends import share_interval
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Label, Language, Phrase
from croisee.report.figures import theme
from croisee.report.figures.canvas import Canvas
from croisee.study import Study
from croisee.text import typeset


@lru_cache(maxsize=8192)
def _typeset(text: str, language: Language) -> str:
    return typeset(text, language, medium="html")


@dataclass(frozen=True, slots=True)
class Sight:
    """A released table seen in one language on a page of one width."""

    table: ReleasedTable
    study: Study
    language: Language
    width: int = theme.WIDE

    @property
    def narrow(self) -> bool:
        """Return whether this is the phone's drawing."""
        return self.width < theme.WIDE

    def canvas(self) -> Canvas:
        """Return an empty page of this width."""
        return Canvas(self.width)

    def text(self, said: Label | Phrase | str) -> str:
        """Return a text of the study or of ours, typeset for a screen."""
        text = said if isinstance(said, str) else said.to(self.language)
        return _typeset(text, self.language)

    def hue(self, key: str) -> str:
        """Return the colour of a case, of the case a component belongs to, or of a total."""
        for index, case in enumerate(self.study.cases):
            if key == case.code or key in {part.code for part in case.components}:
                return theme.hue(index)
        return theme.QUIET

    def value(self, row: int, column: int) -> Value | None:
        """Return the value at a place, if something is said there.

        A crossing is read along its lines: a count is then of its line, when every count of
        the line is exact.
        """
        cell = self.table.cells[row][column]
        value = None if cell is None else cell.value
        if self.table.kind is Kind.CROSS and isinstance(value, Chiffre):
            return replace(value, n=_line_total(self.table.cells[row]))
        return value

    def interval(self, row: int, column: int) -> tuple[float, float] | None:
        """Return the 95 % interval of a share of a trend, where it has one."""
        cell = self.table.cells[row][column]
        if self.table.kind is not Kind.TREND or cell is None:
            return None
        base = next((one for one in self.table.bases if one.id == cell.base), None)
        return share_interval(cell.value, base)

    def rows(self) -> tuple[tuple[int, Head], ...]:
        """Return the rows that are answers, with their places (``_robustesse`` left out)."""
        return tuple(
            (place, head)
            for place, head in enumerate(self.table.rows)
            if not head.key.startswith("_")
        )

    def word(self, row_key: str, column: int) -> Word | None:
        """Return the word of a side row (``_robustesse``, ``_etalement``) for one column."""
        for place, head in enumerate(self.table.rows):
            if head.key == row_key:
                value = self.value(place, column)
                return value if isinstance(value, Word) else None
        return None


def _line_total(line: Sequence[Cell | None]) -> int | None:
    """Return how many a line counts, a function of released values: all exact, or unknown."""
    values = [None if cell is None else cell.value for cell in line]
    exact = [v.lo for v in values if isinstance(v, Chiffre) and v.form is Form.EXACT]
    return sum(exact) if len(exact) == len(values) else None


def gathered(rows: Sequence[tuple[int, Head]]) -> list[tuple[Label, list[tuple[int, Head]]]]:
    """Return rows under their groups, groups in the order they first appear."""
    groups: dict[Label, list[tuple[int, Head]]] = {}
    for place, head in rows:
        groups.setdefault(head.group, []).append((place, head))
    return list(groups.items())
