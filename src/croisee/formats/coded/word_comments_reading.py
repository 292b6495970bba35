"""Word documents whose comments are codes: a passage selected, its codes in the margin."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from croisee.formats.archive import BROKEN, check_parts, damaged, open_archive
from croisee.formats.bounds import MAX_UNPACKED
from croisee.formats.coded.comment_words import Path as CodePath
from croisee.formats.coded.comment_words import said_in
from croisee.formats.coded.refi_writing import identifier
from croisee.formats.coded.shapes import (
    Applied,
    CodedProject,
    Coder,
    ProjectCode,
    ProjectNote,
    Selection,
    Source,
)
from croisee.formats.coded.word_comments_walking import Comment, Walk, comments_of, text_of
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import document
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_MAIN = re.compile(r"word/document\d*\.xml")
_COMMENTS = re.compile(r"word/comments\d*\.xml")
_REPLIES = re.compile(r"word/commentsExtended\d*\.xml")
MAX_DOCUMENTS = 2_000


def is_commented(path: Path) -> bool:
    """Return whether a DOCX, or a DOCX in a zip or straight in a folder, has comments."""
    return any(True for _ in _commented(path))


def _commented(path: Path) -> Iterator[str]:
    """Yield the name of each document that has comments."""
    if path.is_dir():
        for one in sorted(path.glob("*.docx")):
            if one.is_file() and not one.is_symlink():
                yield from (one.name for _ in _commented(one))
        return
    try:
        with open_archive(path) as archive:
            names = archive.namelist()
            if any(map(_COMMENTS.fullmatch, names)) and any(map(_MAIN.fullmatch, names)):
                yield path.name
            elif any(map(_is_document, names)):
                for name in filter(_is_document, names[:MAX_DOCUMENTS]):
                    with archive.open(name) as inner, ZipFile(inner) as document_in:
                        if any(map(_COMMENTS.fullmatch, document_in.namelist())):
                            yield name
    except (*BROKEN, FormatRefused, OSError, NotImplementedError, RuntimeError):
        return


def _is_document(name: str) -> bool:
    return name.lower().endswith(".docx") and not PurePosixPath(name).name.startswith((".", "~"))


def read_commented(path: Path) -> tuple[CodedProject, tuple[Notice, ...]]:
    """Return the project that the comments of Word documents make, and what was left out.

    Args:
        path: a ``.docx``, a zip of them, or a folder (those straight in it).

    Each document is a source, each passage that a comment holds a selection. A line of a comment
    is codes, or a note (:func:`.comment_words.said_in`); replies are notes. Tracked deletions,
    notes at the foot and headers are not in the text.

    Raises:
        FormatRefused: damaged, hostile, of absurd size, or without any comment.
    """
    reading = _Reading()
    for name, place in _documents(path):
        reading.add(name, place)
    if not reading.read:
        raise FormatRefused(
            phrase("Aucun commentaire dans ces documents Word."),
            phrase("Sélectionnez un passage, insérez un commentaire, et écrivez-y ses codes."),
        )
    return reading.project(path.stem), tuple(reading.notices())


def _documents(path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_dir():
        found = [one for one in sorted(path.glob("*.docx")) if not one.is_symlink()]
        yield from ((one.stem, one) for one in found if not one.name.startswith("~"))
        return
    with open_archive(path) as archive:
        inside = list(filter(_is_document, archive.namelist()))
    if not inside:
        yield path.stem, path
        return
    if len(inside) > MAX_DOCUMENTS:
        raise FormatRefused(
            phrase("Cette archive a plus de {most} documents.", most=MAX_DOCUMENTS),
            phrase("Découpez-la."),
        )
    yield from _unpacked(path, inside)


def _unpacked(path: Path, inside: Sequence[str]) -> Iterator[tuple[str, Path]]:
    """Yield the documents of a zip, one at a time on the disk."""
    total = 0
    with TemporaryDirectory(prefix="croisee-") as place, open_archive(path) as archive:
        for name in inside:
            try:
                content = archive.read(name)
            except BROKEN as cause:
                raise damaged() from cause
            total += len(content)
            if total > MAX_UNPACKED:
                raise damaged()
            one = Path(place, "document.docx")
            one.write_bytes(content)
            yield PurePosixPath(name).stem, one


class _Reading:
    """A project being read, document after document."""

    def __init__(self) -> None:
        self.read = 0
        self._codes: dict[CodePath, ProjectCode] = {}
        self._coders: dict[str, Coder] = {}
        self._sources: list[Source] = []
        self._notes: list[ProjectNote] = []
        self._told: Counter[str] = Counter()

    def add(self, name: str, path: Path) -> None:
        """Read one document."""
        with open_archive(path) as archive:
            check_parts(archive)
            try:
                parts = {
                    kind: next((one for one in archive.namelist() if made.fullmatch(one)), None)
                    for kind, made in (("main", _MAIN), ("comments", _COMMENTS), ("ex", _REPLIES))
                }
                if parts["main"] is None:
                    raise damaged()
                roots = {kind: document(archive.read(part)) for kind, part in parts.items() if part}
            except BROKEN as cause:
                raise damaged() from cause
        comments = comments_of(roots.get("comments"), roots.get("ex"))
        self.read += len(comments)
        walk = Walk()
        walk.through(roots["main"])
        text, places = text_of(walk.lines)
        found = self._ranges(walk, comments, places)
        key = identifier("word", "document", name, str(len(self._sources)))
        self._told["nowhere"] += len(comments) - len({number for number, *_ in found})
        self._sources.append(
            Source(key, name, text, selections=tuple(self._selections(key, found, comments)))
        )
        for kind, count in walk.carried.items():
            self._told[kind] += count

    def _ranges(
        self, walk: Walk, comments: dict[str, Comment], places: Sequence[int]
    ) -> list[tuple[str, int, int]]:
        """Return (comment, start, end) in the stored text, in the order of the text."""
        starts: dict[str, tuple[int, int]] = {}
        ends: dict[str, int] = {}
        points: dict[str, tuple[int, int, int]] = {}
        at = 0
        for line in walk.lines:
            for kind, number, place in line.marks:
                if kind == "commentRangeStart":
                    starts.setdefault(number, (at + place, at + line.size))
                elif kind == "commentRangeEnd":
                    ends.setdefault(number, at + place)
                else:
                    points.setdefault(number, (at + place, at, at + line.size))
            at += line.size + 1
        found: list[tuple[str, int, int]] = []
        for number in comments:
            if number in starts:
                start, close = starts[number]
                end = ends.get(number, points.get(number, (close,))[0])
            elif number in points:
                start = end = points[number][0]
            else:
                continue
            if start >= end and number in points:
                self._told["point"] += 1
                _, start, end = points[number]
            if start < end:
                found.append((number, *_outwards(places, start, end)))
        return sorted(found, key=lambda one: (one[1], one[2]))

    def _selections(
        self, source: str, found: Sequence[tuple[str, int, int]], comments: dict[str, Comment]
    ) -> Iterator[Selection]:
        together: dict[tuple[int, int], list[Comment]] = defaultdict(list)
        for number, start, end in found:
            together[start, end].append(comments[number])
        for (start, end), held in together.items():
            key = identifier(source, "passage", str(start), str(end))
            applied: list[Applied] = []
            notes: list[str] = []
            for one in held:
                applied += self._applied(key, one, notes)
            first = held[0]
            yield Selection(
                key, start, end, description="\n".join(notes), applied=tuple(applied),
                coder=self._coder(first), at=first.at,
            )  # fmt: skip

    def _applied(self, selection: str, one: Comment, notes: list[str]) -> Iterator[Applied]:
        said = said_in(one.text)
        thought = [text for text in (said.note, *one.replies) if text]
        if not said.codes:
            notes += thought
            return
        coder = self._coder(one)
        told = [identifier(selection, "note", one.number, str(place))
                for place in range(len(thought))]  # fmt: skip
        self._notes += [
            ProjectNote(key, "", text, coder, one.at)
            for key, text in zip(told, thought, strict=True)
        ]
        for place, path in enumerate(said.codes):
            code = self._code(path)
            key = identifier(selection, code, one.number)
            yield Applied(key, code, coder, one.at, () if place else tuple(told))

    def _code(self, path: CodePath) -> str:
        parent = self._code(path[:-1]) if len(path) > 1 else ""
        if path not in self._codes:
            key = identifier("word", "code", *path)
            self._codes[path] = ProjectCode(key, path[-1], parent)
        return self._codes[path].key

    def _coder(self, one: Comment) -> str:
        if not one.author:
            return ""
        key = identifier("word", "author", one.author)
        self._coders.setdefault(key, Coder(key, one.author, one.initials))
        return key

    def project(self, name: str) -> CodedProject:
        """Return everything read."""
        return CodedProject(
            name, tuple(self._coders.values()), tuple(self._codes.values()),
            sources=tuple(self._sources), notes=tuple(self._notes), origin="Word",
        )  # fmt: skip

    def notices(self) -> Iterator[Notice]:
        """Yield what must be told."""
        keep = phrase("Gardez le document d’origine.")
        for kind, told in _TOLD.items():
            count = self._told[kind]
            if count:
                yield Notice(told(count), keep)
        if self._codes:
            names = ", ".join(" > ".join(path) for path in list(self._codes)[:30])
            more = "…" if len(self._codes) > 30 else ""
            said = phrase(
                "Codes lus dans les commentaires : {names}{more}.", names=names, more=more
            )
            yield Notice(said, phrase("Une ligne, ou ce qui est entre deux « ; », est un code."))


_TOLD: dict[str, Callable[[int], Phrase]] = {
    "nowhere": lambda count: phrases(
        "{n} commentaire n’est pas dans le texte (en-tête, note, passage supprimé) : il "
        "n’est pas lu.",
        "{n} commentaires ne sont pas dans le texte (en-tête, note, passage supprimé) : "
        "ils ne sont pas lus.",
        count,
    ),
    "point": lambda count: phrases(
        "{n} commentaire sans passage est mis sur son paragraphe.",
        "{n} commentaires sans passage sont mis sur leur paragraphe.",
        count,
    ),
    "del": lambda count: phrases(
        "{n} suppression suivie n’est pas dans le texte.",
        "{n} suppressions suivies ne sont pas dans le texte.",
        count,
    ),
    "ins": lambda count: phrases(
        "{n} ajout suivi est dans le texte.",
        "{n} ajouts suivis sont dans le texte.",
        count,
    ),
}


def _outwards(places: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return a passage in the stored text; one that cuts a composed sign takes it whole."""
    while places[start] < 0:
        start -= 1
    while places[end] < 0:
        end += 1
    return places[start], places[end]
