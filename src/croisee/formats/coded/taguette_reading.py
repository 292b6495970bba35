"""Taguette projects (``.sqlite3``): documents, tags, highlights, who highlighted.

Taguette counts UTF-8 bytes of a document's text nodes, tags excluded (its ``extract.py``, 1.5).
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from croisee.formats.coded.refi_writing import identifier
from croisee.formats.coded.shapes import (
    Applied,
    CodedProject,
    Coder,
    ProjectCode,
    Selection,
    Source,
)
from croisee.formats.coded.told import Telling
from croisee.formats.refused import FormatRefused
from croisee.formats.sqlite_file import Cell, SqliteFile, open_sqlite
from croisee.language import phrase
from croisee.text import Notice

NO_DATE = "1970-01-01 00:00:00.000000"
"""When it was made, in what we write, if nobody knows: Taguette needs a date."""
_TABLES = frozenset({"projects", "documents", "tags", "highlights", "highlight_tags"})
_BLOCKS = frozenset(
    {"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "br", "blockquote"}
)
_Made = dict[int, tuple[str, str]]


def read_taguette(path: Path) -> tuple[CodedProject, tuple[Notice, ...]]:
    """Return the project of a ``.sqlite3`` that Taguette exported, and what was left out.

    A dot in a tag makes it a child where the tag before the dot is there. Passages past the end of
    their text, and tags that are not there, are left out and told.

    Raises:
        FormatRefused: not such a file, damaged, hostile, or several projects (a server's base).
    """
    with open_sqlite(path) as file:
        if not set(file.tables) >= _TABLES:
            raise FormatRefused(
                phrase("Cette base SQLite n’est pas un projet Taguette."),
                phrase("Exportez le projet depuis Taguette (« Export project »)."),
            )
        projects = list(file.rows("projects", ("id", "name", "description", "created")))
        if len(projects) != 1:
            raise FormatRefused(
                phrase("Cette base de Taguette doit contenir un projet, pas {n}.", n=len(projects)),
                phrase("Exportez le projet depuis Taguette (« Export project »)."),
            )
        return _Reading(file).read(projects[0])


class _Reading:
    """One project being read; ``told`` gathers what must be said."""

    def __init__(self, file: SqliteFile) -> None:
        self.file = file
        self.told = Telling()
        self.missing = 0
        self.homeless = 0

    def read(self, project: tuple[Cell, ...]) -> tuple[CodedProject, tuple[Notice, ...]]:
        """Return the project, and what was left out."""
        codes = dict(self._codes())
        made = self._made()
        applied = self._applied({number: one.key for number, one in codes.items()}, made)
        sources = tuple(self._sources(made, applied))
        logins = dict.fromkeys(who for who, _ in made.values())
        found = CodedProject(
            _text(project[1]),
            tuple(Coder(identifier("taguette", "user", who), who) for who in logins),
            tuple(codes.values()),
            sources=sources,
            description=_text(project[2]),
            origin="Taguette",
            at=_stamp(project[3]),
        )
        self.told.nowhere({"code": self.missing, "source": self.homeless})
        return found, self.told.notices()

    def _codes(self) -> Iterator[tuple[int, ProjectCode]]:
        rows = self.file.rows("tags", ("id", "path", "description"))
        paths = {_text(path): (_number(tag), _text(said)) for tag, path, said in rows}
        for path in sorted(paths, key=lambda one: (one.count("."), paths[one][0])):
            tag, said = paths[path]
            above = path.rpartition(".")[0]
            while above and above not in paths:
                above = above.rpartition(".")[0]
            parent = identifier("taguette", "tag", above) if above else ""
            name = path[len(above) + 1 :] if above else path
            yield tag, ProjectCode(identifier("taguette", "tag", path), name, parent, said)

    def _made(self) -> _Made:
        """Return who made each highlight, and when, as the project's history has it."""
        found: _Made = {}
        for who, at, payload in self.file.rows("commands", ("user_login", "date", "payload")):
            try:
                told = json.loads(_text(payload))
            except (ValueError, RecursionError):
                continue
            if isinstance(told, dict) and told.get("type") == "highlight_add":
                mark = told.get("highlight_id")
                if isinstance(mark, int):
                    found[mark] = _text(who), _stamp(at)
        return found

    def _applied(self, codes: dict[int, str], made: _Made) -> dict[int, tuple[Applied, ...]]:
        found: dict[int, list[Applied]] = defaultdict(list)
        rows = self.file.rows("highlight_tags", ("highlight_id", "tag_id"))
        for mark, tag in sorted((_number(mark), _number(tag)) for mark, tag in rows):
            if tag not in codes:
                self.missing += 1
                continue
            who, at = made.get(mark, ("", ""))
            key = identifier("taguette", "coding", str(mark), str(tag))
            found[mark].append(Applied(key, codes[tag], _user(who), at))
        return {mark: tuple(applied) for mark, applied in found.items()}

    def _sources(self, made: _Made, applied: dict[int, tuple[Applied, ...]]) -> Iterator[Source]:
        marks: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        columns = ("document_id", "start_offset", "end_offset", "id")
        for row in self.file.rows("highlights", columns):
            document, start, end, mark = map(_number, row)
            marks[document].append((start, end, mark))
        documents = self.file.rows(
            "documents", ("id", "name", "description", "created", "contents")
        )
        for number, name, said, created, contents in documents:
            document = _number(number)
            text, starts, ends = _laid_out(_text(contents))
            selections = []
            for start, end, mark in sorted(marks.pop(document, [])):
                first, last = starts.get(start), ends.get(end)
                if first is None or last is None or first >= last:
                    self.told.past(_text(name), start, end)
                    continue
                key, (who, at) = identifier("taguette", "mark", str(mark)), made.get(mark, ("", ""))
                selections.append(
                    Selection(
                        key, first, last, applied=applied.get(mark, ()), coder=_user(who), at=at
                    )
                )
            yield Source(
                identifier("taguette", "document", str(document)), _text(name), text,
                _text(said), tuple(selections), at=_stamp(created),
            )  # fmt: skip
        self.homeless = sum(map(len, marks.values()))


class _Words(HTMLParser):
    """The text nodes of a document, and where its lines end."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _BLOCKS:
            self.pieces.append(None)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append(None)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def _laid_out(html: str) -> tuple[str, dict[int, int], dict[int, int]]:
    """Return the text of a document in lines, and where Taguette’s positions fall in it.

    First where a passage that begins at a position begins, then where one that ends there ends:
    they differ where a line ends, which Taguette does not count.
    """
    words = _Words()
    words.feed(html.replace("\r\n", "\n").replace("\r", "\n").lstrip())
    words.close()
    starts, ends, kept, at, byte = {0: 0}, {0: 0}, [""], 0, 0
    for piece in words.pieces:
        if piece is None:
            if kept[-1] not in {"", "\n"}:
                kept.append("\n")
                at += 1
                starts[byte] = at
            continue
        for sign in _signs(piece):
            stored = unicodedata.normalize("NFC", sign)
            if stored != "\n" or kept[-1] != "\n":
                kept.append(stored)
                at += len(stored)
            byte += len(sign.encode("utf-8", "surrogatepass"))
            starts[byte] = ends[byte] = at
    return "".join(kept), starts, ends


def _signs(piece: str) -> Iterator[str]:
    """Return each sign with the accents typed after it."""
    start = 0
    for end in range(1, len(piece) + 1):
        if end == len(piece) or not unicodedata.combining(piece[end]):
            yield piece[start:end]
            start = end


def _user(login: str) -> str:
    return identifier("taguette", "user", login) if login else ""


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else -1


def _stamp(cell: Cell) -> str:
    """Return a date of Taguette’s, which is in universal time, as the exchange standard says it."""
    text = _text(cell)
    return f"{text.replace(' ', 'T')}Z" if text and text != NO_DATE else ""
