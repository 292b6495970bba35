"""REFI-QDA projects (``.qdpx``, ``.qde``) and codebooks (``.qdc``), read part by part.

The exchange standard of the REFI initiative, version 1.0 (18 March 2019), urn:QDA-XML:project:1.0.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from lxml import etree

from croisee.formats.archive import BROKEN, check_parts, check_plain_part, damaged, open_archive
from croisee.formats.bounds import check_size
from croisee.formats.coded.dangling import without_dangling
from croisee.formats.coded.positions import Unit, placing
from croisee.formats.coded.refi_elements import (
    Told,
    anchors_of,
    bounds_of,
    colour_of,
    description_of,
    key_of,
    local_name,
    references_of,
    values_of,
    whole_number,
)
from croisee.formats.coded.shapes import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectSet,
    ProjectVariable,
    Selection,
    Source,
    Sync,
)
from croisee.formats.coded.told import Telling
from croisee.formats.docx import read_docx
from croisee.formats.refused import FormatRefused
from croisee.formats.xml import elements
from croisee.language import phrase
from croisee.text import Notice

_MOST_TEXT = 50_000_000
_PARTS = (
    "Users", "Codes", "Variables", "Cases", "TextSource", "AudioSource", "VideoSource",
    "PDFSource", "PictureSource", "Notes", "Links", "Sets", "Graphs",
)  # fmt: skip
ORIGIN = "Croisée"
"""What we write counts code points: nothing to find out."""
_ROOTS = ("Project", "CodeBook")
Place = Callable[[int], int | None]


def read_refi(path: Path) -> tuple[CodedProject, tuple[Notice, ...]]:
    """Return the project of a ``.qdpx`` (or its bare ``.qde``), or the codebook of a ``.qdc``.

    Told by what it holds. What is not read (pictures, drawings, links…), what points nowhere and
    passages past the end of their text are left out, one sentence each, with the first line.

    Raises:
        FormatRefused: not such a file, damaged, or hostile.
    """
    with path.open("rb") as stream:
        zipped = stream.read(4) == b"PK\x03\x04"
    if not zipped:
        check_size(path)
        with path.open("rb") as stream:
            check_plain_part(stream)
            stream.seek(0)
            return _Reading(None).read(stream)
    with open_archive(path) as archive:
        check_parts(archive)
        name = next((n for n in archive.namelist() if n.lower().endswith((".qde", ".qdc"))), None)
        if name is None:
            raise FormatRefused(
                phrase("Cette archive ne contient pas de projet REFI-QDA (.qde)."),
                phrase("Exportez le projet en « REFI-QDA » (.qdpx) depuis votre logiciel."),
            )
        try:
            with archive.open(name) as stream:
                return _Reading(archive).read(stream)
        except BROKEN as cause:
            raise damaged() from cause


class _Reading:
    """One project being read; ``told`` gathers what must be said."""

    def __init__(self, archive: zipfile.ZipFile | None) -> None:
        self.archive = archive
        self.told = Telling()
        self.names = {} if archive is None else {n.lower(): n for n in archive.namelist()}
        self.seen: set[str] = set()
        self.transcripts: dict[str, str] = {}
        """The transcript that stands for a recording, by the recording's key."""
        self.characters = 0

    def read(self, stream: IO[bytes]) -> tuple[CodedProject, tuple[Notice, ...]]:
        """Return the project of an XML part, and what was left out."""
        project, whole = CodedProject(""), False
        sources: list[Source] = []
        for element in elements(stream, *_PARTS, *_ROOTS):
            name = local_name(element)
            if name in _ROOTS:
                if element.getparent() is None:
                    project, whole = _named(project, element), True
            elif name.endswith("Source"):
                sources += self._sources(element, name)
            else:
                project = self._with(project, element)
        if not whole:
            raise FormatRefused(
                phrase("Ce fichier XML n’est pas un projet REFI-QDA."),
                phrase("Exportez le projet en « REFI-QDA » (.qdpx) depuis votre logiciel."),
            )
        project = replace(project, sources=tuple(sources))
        kept, lost = without_dangling(project, self.transcripts)
        self.told.nowhere(lost)
        return kept, self.told.notices()

    def _with(self, project: CodedProject, element: etree._Element) -> CodedProject:
        name = local_name(element)
        if name in {"Links", "Graphs"}:
            self.told.left(name, len(element), element)
            return project
        read: dict[str, tuple[str, Callable[[etree._Element], object]]] = {
            "Users": ("coders", self._coder),
            "Variables": ("variables", self._variable),
            "Cases": ("cases", self._case),
            "Notes": ("notes", self._note),
            "Sets": ("sets", self._set),
        }
        if name == "Codes":
            return replace(project, codes=tuple(self._codes(element)))
        field, one = read[name]
        found: Any = tuple(map(one, element))
        return replace(project, **{field: found})

    def _coder(self, element: etree._Element) -> Coder:
        return Coder(self._own(element), element.get("name", ""), element.get("id", ""))

    def _own(self, element: etree._Element) -> str:
        """Return an element's identifier; one met before is told."""
        key = key_of(element.get("guid"))
        if key and key in self.seen:
            self.told.twice(key, element)
        self.seen.add(key)
        return key

    def _codes(self, parent: etree._Element) -> Iterator[ProjectCode]:
        waiting = [(one, "") for one in reversed(parent.findall("{*}Code"))]
        while waiting:
            element, above = waiting.pop()
            key = self._own(element)
            yield ProjectCode(
                key,
                element.get("name", ""),
                above,
                description_of(element),
                colour_of(element.get("color")),
                element.get("isCodable", "true").strip() in {"true", "1"},
                references_of(element, "NoteRef"),
            )
            waiting += [(one, key) for one in reversed(element.findall("{*}Code"))]

    def _variable(self, element: etree._Element) -> ProjectVariable:
        kind = element.get("typeOfVariable", "Text")
        return ProjectVariable(
            self._own(element), element.get("name", ""), kind, description_of(element)
        )

    def _case(self, element: etree._Element) -> ProjectCase:
        return ProjectCase(
            self._own(element),
            element.get("name", ""),
            description_of(element),
            references_of(element, "CodeRef"),
            values_of(element),
            references_of(element, "SourceRef"),
            references_of(element, "SelectionRef"),
        )

    def _note(self, element: etree._Element) -> ProjectNote:
        text = self._text(element)
        marked = len(element.findall("{*}PlainTextSelection")) + len(element.findall("{*}Coding"))
        self.told.left("note", marked, element)
        return ProjectNote(
            self._own(element),
            element.get("name", ""),
            (text or "").replace("\r\n", "\n").replace("\r", "\n"),
            key_of(element.get("creatingUser")),
            element.get("creationDateTime", ""),
        )

    def _set(self, element: etree._Element) -> ProjectSet:
        return ProjectSet(
            self._own(element),
            element.get("name", ""),
            description_of(element),
            references_of(element, "MemberCode"),
            references_of(element, "MemberSource"),
            references_of(element, "MemberNote"),
        )

    def _sources(self, element: etree._Element, name: str) -> Iterator[Source]:
        if name == "TextSource":
            yield self._source(element)
            return
        inner = element.findall("{*}Transcript") + element.findall("{*}Representation")
        inner += element.findall("{*}TextDescription")
        marked = sum(local_name(child).endswith("Selection") for child in element)
        self.told.left(name, marked, element)
        if name in {"PDFSource", "PictureSource"}:
            self.told.left("whole", len(element.findall("{*}Coding")), element)
        if not inner:
            self.told.without_text(element.get("name", ""), element)
        for one in inner:
            path = ""
            if name in {"AudioSource", "VideoSource"}:
                path = element.get("path", "") or element.get("currentPath", "")
            read = self._source(one)
            self.transcripts.setdefault(key_of(element.get("guid")), read.key)
            label = read.name or element.get("name", "")
            applied = self._applied(element) if name in {"AudioSource", "VideoSource"} else ()
            values = (*read.values, *values_of(element))
            yield replace(read, name=label, recording=path, values=values,
                          applied=(*read.applied, *applied))  # fmt: skip

    def _source(self, element: etree._Element) -> Source:
        key, raw = self._own(element), self._text(element)
        name = element.get("name", "")
        self.told.left("PDFSource", len(element.findall("{*}PDFSelection")), element)
        marks = [(one, bounds_of(one)) for one in element.findall("{*}PlainTextSelection")]
        anchors = anchors_of(element)
        for one in element.findall("{*}TranscriptSelection"):
            ends = [anchors.get(key_of(one.get(side))) for side in ("fromSyncPoint", "toSyncPoint")]
            if ends[0] is None or ends[1] is None:
                self.told.left("timed", 1, one)
            else:
                marks.append((one, (ends[0], ends[1], one.get("name", ""))))
        text: str | None = raw
        place: Place | None = None
        if raw is not None:
            ours = element.getroottree().getroot().get("origin", "") == ORIGIN
            found = placing(raw, [] if ours else [told for _, told in marks])
            text, place = found.text, found.place
            if marks and (found.unit is not Unit.POINTS or found.two_for_line):
                self.told.unit(name, found.unit, two_for_line=found.two_for_line, at=element)
        elif marks:
            self.told.without_text(name, element)
        selections = [self._selection(one, told, place, name) for one, told in marks]
        return Source(
            key,
            name,
            text,
            description_of(element),
            tuple(one for one in selections if one),
            self._applied(element),
            values_of(element),
            tuple(self._syncs(element, place)),
            "",
            key_of(element.get("creatingUser")),
            element.get("creationDateTime", ""),
            references_of(element, "NoteRef"),
        )

    def _selection(
        self, element: etree._Element, told: Told, place: Place | None, source: str
    ) -> Selection | None:
        first, last, _ = told
        start, end = (first, last) if place is None else (place(first), place(last))
        if start is None or end is None or start >= end or start < 0:
            self.told.past(source, first, last, element)
            return None
        return Selection(
            self._own(element),
            start,
            end,
            element.get("name", ""),
            description_of(element),
            self._applied(element),
            key_of(element.get("creatingUser")),
            element.get("creationDateTime", ""),
            references_of(element, "NoteRef"),
        )

    def _applied(self, element: etree._Element) -> tuple[Applied, ...]:
        return tuple(
            Applied(
                self._own(one),
                next(iter(references_of(one, "CodeRef")), ""),
                key_of(one.get("creatingUser")),
                one.get("creationDateTime", ""),
                references_of(one, "NoteRef"),
            )
            for one in element.findall("{*}Coding")
        )

    def _syncs(self, element: etree._Element, place: Place | None) -> Iterator[Sync]:
        for one in element.findall("{*}SyncPoint"):
            at, time = whole_number(one.get("position")), whole_number(one.get("timeStamp"))
            if at is None or time is None:
                continue
            found = at if place is None else place(at)
            if found is not None:
                yield Sync(self._own(one), found, time)

    def _text(self, element: etree._Element) -> str | None:
        """Return the text of a source as the project has it, or ``None``."""
        content = element.find("{*}PlainTextContent")
        path = element.get("plainTextPath") or ""
        text = None if content is None else content.text or ""
        if text is None and path:
            text = self._plain(path)
        if text is None and (rich := element.get("richTextPath")):
            text = self._rich(rich)
        self.characters += len(text or "")
        if self.characters > _MOST_TEXT:
            raise FormatRefused(
                phrase("Ce projet compte plus de 50 millions de caractères."),
                phrase("Exportez-le en plusieurs projets."),
            )
        return text

    def _member(self, path: str) -> str | None:
        name = path.replace("\\", "/").rpartition("/")[2].lower()
        return self.names.get(f"sources/{name}") or self.names.get(name)

    def _plain(self, path: str) -> str | None:
        member = self._member(path)
        if member is None or self.archive is None:
            return None
        raw = self.archive.read(member)
        for codec in ("utf-16",) if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
            try:
                return raw.decode(codec)
            except UnicodeDecodeError:
                break
        return raw.decode("windows-1252", "replace")

    def _rich(self, path: str) -> str | None:
        member = self._member(path)
        if member is None or self.archive is None or not member.lower().endswith(".docx"):
            return None
        with TemporaryDirectory() as folder:
            copy = Path(folder, "source.docx")
            copy.write_bytes(self.archive.read(member))
            try:
                return "\n".join(read_docx(copy))
            except FormatRefused:
                return None


def _named(project: CodedProject, root: etree._Element) -> CodedProject:
    return replace(
        project,
        name=root.get("name", ""),
        origin=root.get("origin", ""),
        coder=key_of(root.get("creatingUserGUID")),
        at=root.get("creationDateTime", ""),
        description=description_of(root),
        about=references_of(root, "NoteRef"),
    )
