"""Answers as ODK Central, KoboToolbox, Ona and Briefcase export them: in and out.

One table for the submissions, one more for each repeat, tied by keys (``KEY`` and
``PARENT_KEY``, or ``_index`` and ``_parent_index``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from croisee.formats import Sheet, Table, read_tables
from croisee.language import phrase
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns, key_of
from croisee.questionnaire.exchanges.entering import Answers, Brought, enter_all
from croisee.questionnaire.exchanges.rows import Read, Reader, remarks_of, wrong_cells
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.form import Kind, Node
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import Received

_SILENT = frozenset({"n/a"})
_OWN = ("key", "index")
_PARENT = ("parent_key", "parent_index")
_SHEET_NAME = 31


@dataclass(slots=True)
class _Row:
    """One line of one table, and what is tied to it."""

    file: str
    sheet: str
    line: int
    read: Read
    key: str
    parent: str
    below: dict[str, list[_Row]] = field(default_factory=dict)
    """The times of each repeat, by the repeat's path."""


@dataclass(slots=True)
class _Found:
    """One table, and the repeat it is of; ``""`` for the submissions."""

    file: str
    name: str
    sheet: Sheet
    repeat: str


def read_odk(paths: Sequence[Path], prepared: Prepared, *, at: datetime) -> Brought:
    """Read an export, in as many files as it comes: XLSX with its sheets, or CSV.

    Columns are paths, names or labels of questions; cells are codes or labels; choices may have
    columns of their own. An export says which submission it is: entered twice, it is the same.

    Args:
        paths: the files of one export; the submissions' table and those of repeats.
        prepared: the form they answer.
        at: for calculations that ask what time it is; aware.

    Raises:
        FormatRefused: a file that is no table, or hostile.
    """
    columns = Columns(empty_filling(prepared))
    tables = list(_tables(paths, prepared))
    troubles: list[Trouble] = []
    ignored: list[str] = []
    rows: dict[str, list[_Row]] = {}
    for one in tables:
        reader = Reader(columns, one.sheet.header, silent=_SILENT, below=one.repeat)
        troubles += remarks_of(one.sheet, one.file, one.name)
        ignored += [name for name in reader.ignored if key_of(name) not in _KNOWN]
        kept = [_row(one, line, cells, reader) for line, cells in one.sheet.rows]
        troubles += [
            said for row in kept for said in wrong_cells(row.read, row.file, row.sheet, row.line)
        ]
        rows.setdefault(one.repeat, []).extend(kept)
    troubles += _tie(rows, prepared)
    answers = (_answers(row, prepared) for row in rows.get("", []))
    return enter_all(answers, prepared, at=at, troubles=troubles, ignored=dict.fromkeys(ignored))


_KNOWN = frozenset(
    {
        "attachmentsexpected", "attachmentspresent", "date_modified", "deviceid", "duration",
        "edits", "formhub_uuid", "formversion", "geolocation", "id", "index", "instanceid",
        "instancename", "key", "last_edited_by", "media_all_received", "media_count",
        "meta_deprecatedid", "meta_instancename", "meta_rootuuid", "notes", "parent_index",
        "parent_key", "parent_table_name", "reviewstate", "rootuuid", "status",
        "submission_id", "submission_notes", "submission_status", "submission_submission_time",
        "submission_submitted_by", "submission_tags", "submission_time", "submission_uuid",
        "submission_validation_status", "submission_version", "submissiondate", "submitted_by",
        "submitterid", "submittername", "tags", "total_media", "uuid", "validation_status",
        "version", "xform_id",
    }
)  # fmt: skip
"""Columns that a server adds."""


def _tables(paths: Sequence[Path], prepared: Prepared) -> Iterator[_Found]:
    repeats = [node.path for node in prepared.form.walk() if node.kind is Kind.REPEAT]
    found = [(path, name, sheet) for path in paths for name, sheet in read_tables(path).items()]
    for path, name, sheet in found:
        tied = any(key_of(one) in _PARENT for one in sheet.header)
        repeat = _repeat_of(name, repeats) if tied else ""
        if tied and not repeat and len(repeats) == 1:
            repeat = repeats[0]
        if not tied or repeat:
            yield _Found(path.name, "" if path.suffix.lower() != ".xlsx" else name, sheet, repeat)


def _repeat_of(name: str, repeats: Sequence[str]) -> str:
    """Return the repeat a table is named after: whole, at its end, or cut at 31 letters."""
    said = key_of(name)
    best = ""
    for path in repeats:
        below, alone = key_of(path.strip("/").partition("/")[2]), key_of(path.rpartition("/")[2])
        cut = len(name) >= _SHEET_NAME and (below.startswith(said) or alone.startswith(said))
        if said in {below, alone} or said.endswith((f"_{below}", f"_{alone}")) or cut:
            best = max(best, path, key=lambda one: (said.endswith(key_of(one)), len(one)))
    return best


def _row(found: _Found, line: int, cells: Mapping[str, str], reader: Reader) -> _Row:
    by_key = {key_of(name): cell for name, cell in cells.items()}
    read = reader.read(cells)
    own = next((by_key[name] for name in _OWN if by_key.get(name)), "")
    parent = next((by_key[name] for name in _PARENT if by_key.get(name)), "")
    return _Row(found.file, found.name, line, read, own, parent)


def _tie(rows: dict[str, list[_Row]], prepared: Prepared) -> Iterator[Trouble]:
    """Put each time of a repeat under its row; say those whose row is not there."""
    for path, kept in rows.items():
        if not path:
            continue
        above = _above(path, prepared)
        parents = {row.key: row for row in rows.get(above, []) if row.key}
        for row in kept:
            parent = parents.get(row.parent)
            if parent is not None:
                parent.below.setdefault(path, []).append(row)
                continue
            yield Trouble(
                row.file, row.sheet, row.line, "",
                phrase("Cette ligne est liée à « {parent} », qui n’est dans aucun tableau.",
                       parent=row.parent[:60]),
                phrase("Apportez ensemble tous les fichiers de l’export."),
                misread=True,
            )  # fmt: skip


def _above(path: str, prepared: Prepared) -> str:
    """Return the repeat that a repeat stands in, ``""`` for none."""
    above = path.rpartition("/")[0]
    while above.count("/") > 1:
        node = prepared.nodes.get(above)
        if node is not None and node.kind is Kind.REPEAT:
            return above
        above = above.rpartition("/")[0]
    return ""


def _answers(row: _Row, prepared: Prepared) -> Answers:
    values: dict[str, str] = dict(row.read.values)
    columns: dict[str, str] = dict(row.read.columns)
    places: dict[str, tuple[str, int]] = {}
    for address, said, place, column in _times(row, "", "", prepared):
        values[address] = said
        columns[address] = column
        places[address] = place
    renamed = _lonely(values)
    return Answers(
        row.file,
        row.sheet,
        row.line,
        {renamed[address]: value for address, value in values.items()},
        {renamed[address]: column for address, column in columns.items()},
        row.read.facts,
        {renamed[address]: place for address, place in places.items()},
    )


def _times(
    row: _Row, at: str, path: str, prepared: Prepared
) -> Iterator[tuple[str, str, tuple[str, int], str]]:
    """Yield (address, value, place, column) of every repeat below a row that stands at ``at``."""
    for repeat, times in row.below.items():
        for number, one in enumerate(times, 1):
            here = f"{at}{repeat[len(path) :]}[{number}]"
            place = (one.sheet, one.line)
            yield f"{here}/{_first(prepared.nodes[repeat])}", "", place, ""
            for address, value in one.read.values.items():
                column = one.read.columns[address]
                yield f"{here}{address[len(repeat) :]}", value, place, column
            yield from _times(one, here, repeat, prepared)


def _first(repeat: Node) -> str:
    """Return the way to the first question of a repeat: writing nothing there makes it exist."""
    for node in repeat.walk():
        if node is not repeat and node.kind not in {Kind.GROUP, Kind.REPEAT}:
            return node.path[len(repeat.path) + 1 :]
    return ""


def _lonely(values: Mapping[str, str]) -> dict[str, str]:
    """Return addresses as a sheet writes them: a repeat answered once has no number."""
    several = {
        address[: found.start()]
        for address in values
        for found in re.finditer(r"\[([0-9]+)\]", address)
        if int(found[1]) > 1
    }
    return {address: _unnumbered(address, several) for address in values}


def _unnumbered(address: str, several: set[str]) -> str:
    kept: list[str] = []
    raw = ""
    for step in address.strip("/").split("/"):
        name, _, _ = step.partition("[")
        raw = f"{raw}/{name}"
        kept.append(step if not step.endswith("[1]") or raw in several else name)
        raw = f"{raw.rpartition('/')[0]}/{step}"
    return "/" + "/".join(kept)


def odk_tables(received: Iterable[Received], prepared: Prepared) -> tuple[Table, ...]:
    """Return submissions as the tables :func:`read_odk` reads: one, and one for each repeat.

    Choices of a multiple question have a column each, 1 or 0, beside the whole answer.
    """
    columns = Columns(empty_filling(prepared))
    written = _Written(columns)
    for one in received:
        written.add(one)
    return written.tables()


class _Written:
    """The tables of an export, as they fill."""

    def __init__(self, columns: Columns) -> None:
        self._form = columns.form
        self._columns = columns
        repeats = [node.path for node in self._form.form.walk() if node.kind is Kind.REPEAT]
        self._repeats = sorted(repeats, key=lambda path: path.count("/"))
        self._rows: dict[str, list[tuple[object, ...]]] = {path: [] for path in ("", *repeats)}
        self._index: dict[tuple[int, str], int] = {}

    def add(self, one: Received) -> None:
        """Write one submission."""
        number = len(self._rows[""]) + 1
        self._index[number, ""] = number
        own = one.instance_id.removeprefix("uuid:")
        main = self._cells("", "", one.values)
        self._rows[""].append((*main, own, number))
        for repeat in self._repeats:
            for address in _places(repeat, one.values):
                kept = self._rows[repeat]
                self._index[number, address] = len(kept) + 1
                above = _above(repeat, self._form)
                parent = self._parent(above, address)
                kept.append(
                    (
                        *self._cells(repeat, address, one.values),
                        len(kept) + 1,
                        self._name(above),
                        self._index[number, parent],
                        own,
                    )
                )

    def _parent(self, above: str, address: str) -> str:
        steps = address.split("/")
        return "/".join(steps[: above.count("/") + 1]) if above else ""

    def _questions(self, repeat: str) -> list[Node]:
        return [
            node
            for node in self._columns.questions
            if _above(node.path, self._form) == repeat and node.kind is not Kind.NOTE
        ]

    def _cells(self, repeat: str, address: str, values: Mapping[str, str]) -> Iterator[str]:
        for node in self._questions(repeat):
            value = values.get(f"{address}{node.path[len(repeat) :]}" if repeat else node.path, "")
            yield value
            if node.kind is Kind.MULTIPLE:
                for code, _ in self._columns.codes(node):
                    yield "" if not value else str(int(code in value.split()))

    def _header(self, repeat: str) -> Iterator[str]:
        for node in self._questions(repeat):
            name = node.path.strip("/").partition("/")[2]
            yield name
            if node.kind is Kind.MULTIPLE:
                yield from (f"{name}/{code}" for code, _ in self._columns.codes(node))
        yield from (
            ("_index", "_parent_table_name", "_parent_index", "_submission__uuid")
            if repeat
            else ("_uuid", "_index")
        )

    def _name(self, repeat: str) -> str:
        return repeat.rpartition("/")[2] if repeat else self._form.form.identifier

    def tables(self) -> tuple[Table, ...]:
        """Return what was written."""
        return tuple(
            Table(self._name(repeat), tuple(self._header(repeat)), tuple(self._rows[repeat]))
            for repeat in ("", *self._repeats)
        )


def _places(repeat: str, values: Mapping[str, str]) -> list[str]:
    """Return the address of each time of a repeat that says something, in order."""
    steps = repeat.count("/")
    found: dict[str, None] = {}
    for address in values:
        parts = address.split("/")
        here = "/".join(parts[: steps + 1])
        if len(parts) > steps + 1 and re.sub(r"\[[0-9]+\]", "", here) == repeat:
            found[here] = None
    return list(found)
