"""A sheet of a workbook being changed: what nobody asks to change stays as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.formats.xlsform import Worksheet, worksheet
from croisee.language import Label
from croisee.questionnaire.checking import COLUMN_ALIASES
from croisee.questionnaire.codebook import is_language

FRENCH, ENGLISH = "Français (fr)", "English (en)"
"""The two languages of a questionnaire, as its columns name them."""
_SPOKEN = re.compile(r"([^:]+?)\s*::\s*(.+)")
_IN_CHOICES = {"list name": "list_name", "value": "name"}
_NO_LANGUAGES = ("bind", "body", "instance", "control", "croisee")


class Grid:
    """The columns and rows of a sheet. Cells are read and written by the name of a column."""

    def __init__(self, sheet: Worksheet) -> None:
        self.name = sheet.name
        self.columns = list(sheet.columns)
        self.rows = [list(row) for row in sheet.rows]

    def frozen(self) -> Worksheet:
        """Return the sheet as it stands now."""
        return worksheet(self.name, [self.columns, *self.rows])

    def blank(self) -> list[str]:
        """Return an empty row."""
        return [""] * len(self.columns)

    def get(self, row: list[str], name: str) -> str:
        """Return a cell, stripped; ``""`` where the sheet has no such column."""
        place = self._place(name)
        return "" if place is None or place >= len(row) else row[place].strip()

    def put(self, row: list[str], name: str, value: str) -> None:
        """Write a cell; a column is added only for something to write."""
        place = self._place(name)
        if place is None:
            if not value:
                return
            place = len(self.columns)
            self.columns.append(name)
        row += [""] * (len(self.columns) - len(row))
        if row[place].strip() != value:
            row[place] = value

    def label(self, row: list[str], base: str) -> Label:
        """Return a text in French (or in the form's only language) and in English."""
        english = self._spoken(base, "en")
        return Label(self.get(row, self._french(base)), self.get(row, english) if english else "")

    def put_label(self, row: list[str], base: str, label: Label) -> None:
        """Write a text in the columns of its languages."""
        self.put(row, self._french(base), label.fr)
        self.put(row, self._spoken(base, "en") or f"{base}::{self._language('en')}", label.en)

    def beginning(self, prefix: str) -> Iterator[str]:
        """Yield the columns that begin so, as written."""
        for column in self.columns:
            if column.strip().lower().startswith(prefix):
                yield column

    def _place(self, name: str) -> int | None:
        wanted = _canonical(name)
        found = (place for place, one in enumerate(self.columns) if _canonical(one) == wanted)
        return next(found, None)

    def _french(self, base: str) -> str:
        bare = next((one for one in self.columns if _canonical(one) == base), "")
        spoken = self._spoken(base, "fr") or bare
        if spoken:
            return spoken
        others = [one for one in self._languages(base) if not is_language(one[1], "en")]
        if others:
            return others[0][0]
        unnamed = any(_canonical(one) == "label" for one in self.columns)
        return base if unnamed else f"{base}::{self._language('fr')}"

    def _spoken(self, base: str, code: str) -> str:
        found = (one for one, language in self._languages(base) if is_language(language, code))
        return next(found, "")

    def _languages(self, base: str) -> list[tuple[str, str]]:
        """Return the (column, language) that a text of this name has."""
        found = ((one, _SPOKEN.fullmatch(one.strip())) for one in self.columns)
        return [(one, split[2]) for one, split in found if split and split[1].lower() == base]

    def _language(self, code: str) -> str:
        """Return a language as this sheet names it."""
        for one in self.columns:
            split = _SPOKEN.fullmatch(one.strip())
            if split and split[1].lower() not in _NO_LANGUAGES and is_language(split[2], code):
                return split[2]
        return {"fr": FRENCH, "en": ENGLISH}[code]


def _canonical(column: str) -> str:
    bare = re.sub(r"\s*::\s*", "::", column.strip())
    lowered = bare.lower()
    return _IN_CHOICES.get(lowered) or COLUMN_ALIASES.get(lowered, lowered)
