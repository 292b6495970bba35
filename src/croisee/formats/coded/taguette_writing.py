"""A coded project as a Taguette project (``.sqlite3``), for Taguette 1.5 and later."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape
from itertools import accumulate
from pathlib import Path

from croisee.formats.coded.losses import losses
from croisee.formats.coded.shapes import CodedProject, Selection, Source
from croisee.formats.coded.taguette_new import MORE, VERSION, tables
from croisee.formats.coded.taguette_reading import NO_DATE
from croisee.formats.sqlite_file import Cell
from croisee.formats.sqlite_writing import write_sqlite
from croisee.text import Notice

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ADMIN = "admin"
"""Whose is a project opened on one's own machine."""
_NAME, _PATH, _DESCRIPTION = 50, 200, 102_400
"""Signs that Taguette takes of a name, of a tag with its parents, of a description."""


def write_taguette(project: CodedProject, path: Path) -> tuple[Notice, ...]:
    """Write a project as a new ``.sqlite3``, complete or not at all; return what it lost.

    A code is a tag after its parents’, with dots between. A line of text is a paragraph; positions
    are UTF-8 bytes of the paragraphs’ words. What two people coded is a highlight for each.

    Raises:
        FileExistsError: there is something at ``path``.
    """
    writing = _Writing(project)
    write_sqlite(path, tables(writing.rows), MORE)
    return losses(writing.lost)


class _Writing:
    """The rows of one project by table; ``lost`` counts what they could not hold, by kind."""

    def __init__(self, project: CodedProject) -> None:
        self.project = project
        self.lost: Counter[str] = Counter()
        self.rows: defaultdict[str, list[tuple[Cell, ...]]] = defaultdict(list)
        self.names = {one.key: one.name for one in project.coders if one.name}
        for name in dict.fromkeys((_ADMIN, *self.names.values())):
            self.rows["users"].append((name, NO_DATE, None, 0, None, None, None, None))
        name = self._short(project.name)
        self.rows["projects"] = [(1, name, project.description[:_DESCRIPTION], _date(project.at))]
        self.rows["project_members"] = [(1, _ADMIN, "ADMIN")]
        self.rows["alembic_version"] = [(VERSION,)]
        self.tags = self._tags()
        for source in project.sources:
            self._source(source)
        self.lost["cases"] = len(project.cases)
        self.lost["variables"] = len(project.variables)
        self.lost["notes"] = len(project.notes)
        self.lost["sets"] = len(project.sets)

    def _short(self, name: str, most: int = _NAME) -> str:
        kept = self._plain(name)[:most] or "—"
        self.lost["shortened"] += kept != name
        return kept

    def _plain(self, text: str) -> str:
        clean, count = _REFUSED.subn("\ufffd", text)
        self.lost["signs"] += count
        return clean

    def _tags(self) -> dict[str, int]:
        """Write the codes, each after its parent; return the number of each."""
        for one in self.project.codes:
            self.lost["shades"] += bool(one.colour)
            self.lost["grouped"] += not one.codable
        labels = {one.key: self._plain(one.name) or "—" for one in self.project.codes}
        paths = self._paths(labels)
        while mistaken := self._mistaken(paths, labels):
            self.lost["dots"] += len(mistaken)
            labels.update((key, labels[key].replace(".", "·")) for key in mistaken)
            paths = self._paths(labels)
        numbers: dict[str, int] = {}
        for one in sorted(self.project.codes, key=lambda one: paths[one.key].count(".")):
            numbers[one.key] = len(numbers) + 1
            said = self._plain(one.description)[:_DESCRIPTION]
            self.rows["tags"].append((numbers[one.key], 1, paths[one.key], said))
        return numbers

    def _paths(self, labels: dict[str, str]) -> dict[str, str]:
        """Return each code’s tag; one already taken, or too long, is told apart by a number."""
        paths: dict[str, str] = {}
        taken: set[str] = set()
        changed = 0
        for at, one in enumerate(self.project.codes, 1):
            above = paths.get(one.parent, "")
            path = f"{above}.{labels[one.key]}" if above else labels[one.key]
            if path in taken or len(path) > _PATH:
                changed += 1
                number = f" ({at})"
                path = path[: _PATH - len(number)] + number
            taken.add(path)
            paths[one.key] = path
        self.lost["names"] = changed
        return paths

    def _mistaken(self, paths: dict[str, str], labels: dict[str, str]) -> list[str]:
        """Return the codes that would be read under another parent, for the dots in their names."""
        there = set(paths.values())
        return [
            one.key for one in self.project.codes
            if "." in labels[one.key] and _above(paths[one.key], there) != paths.get(one.parent, "")
        ]  # fmt: skip

    def _source(self, source: Source) -> None:
        if source.text is None:
            self.lost["textless"] += 1
            return
        document = len(self.rows["documents"]) + 1
        text = self._plain(source.text)
        html = "".join(f"<p>{escape(line, quote=False)}</p>" for line in text.split("\n") if line)
        self.lost["blank"] += "\n\n" in text.rstrip("\n") or text.startswith("\n")
        name, said = self._short(source.name), self._plain(source.description)[:_DESCRIPTION]
        made = f"{document}.html", _date(source.at), 1, "LEFT_TO_RIGHT"
        self.rows["documents"].append((document, name, said, *made, html))
        self.lost["syncs"] += len(source.syncs)
        self.lost["recordings"] += bool(source.recording)
        self.lost["whole"] += len(source.applied)
        bytes_ = [0, *accumulate(len(sign.encode()) * (sign != "\n") for sign in text)]
        marks = [*source.selections]
        if source.applied:
            marks.append(Selection("", 0, len(text), applied=source.applied))
        placed = [(*_whole_signs(text, one.start, one.end), one) for one in marks]
        placed.sort(key=lambda one: (bytes_[one[0]], bytes_[one[1]]))
        for start, end, mark in placed:
            self.lost["labels"] += bool(mark.name)
            self.lost["described"] += bool(mark.description)
            if bytes_[start] < bytes_[end]:
                lines = [escape(line, quote=False) for line in text[start:end].split("\n") if line]
                snippet = "".join(f"<p>{line}</p>" for line in lines)
                self._highlight(mark, document, (bytes_[start], bytes_[end]), snippet)
            else:
                self.lost["empty"] += 1

    def _highlight(
        self, mark: Selection, document: int, place: tuple[int, int], snippet: str
    ) -> None:
        """Write a passage: a highlight for each person and time that codes it."""
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for one in mark.applied:
            if one.code in self.tags:
                groups[one.coder, one.at].append(self.tags[one.code])
        for (coder, at), tags in (groups or {(mark.coder, mark.at): []}).items():
            number = len(self.rows["highlights"]) + 1
            unique = sorted(set(tags))
            self.lost["twice"] += len(tags) - len(unique)
            self.rows["highlights"].append((number, document, *place, snippet))
            self.rows["highlight_tags"] += [(number, tag) for tag in unique]
            self._command(document, number, place, unique, (self.names.get(coder, ""), at))

    def _command(
        self, document: int, number: int, place: tuple[int, int], tags: list[int],
        made: tuple[str, str],
    ) -> None:  # fmt: skip
        """Write who made a highlight, and when; nothing if nobody is known."""
        who, at = made
        if not who:
            return
        told = {"type": "highlight_add", "highlight_id": number, "start_offset": place[0],
                "end_offset": place[1], "tags": tags}  # fmt: skip
        row = len(self.rows["commands"]) + 1, _date(at), who, 1, document
        self.rows["commands"].append((*row, json.dumps(told)))


def _whole_signs(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a passage with the accents typed after its signs."""
    while 0 < start < len(text) and unicodedata.combining(text[start]):
        start -= 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return start, end


def _above(path: str, there: Iterable[str]) -> str:
    """Return the tag that Taguette’s readers take for a tag’s parent: the longest before a dot."""
    above = path.rpartition(".")[0]
    while above and above not in there:
        above = above.rpartition(".")[0]
    return above


def _date(at: str) -> str:
    """Return a date as Taguette keeps it: in universal time, to the microsecond.

    Example:
        >>> _date("2026-03-04T10:00:00.5-05:00")
        '2026-03-04 15:00:00.500000'
    """
    try:
        found = datetime.fromisoformat(at)
        if found.tzinfo is not None:
            found = found.astimezone(UTC)
    except (ValueError, OverflowError):
        return NO_DATE
    return f"{found:%Y-%m-%d %H:%M:%S.%f}"
