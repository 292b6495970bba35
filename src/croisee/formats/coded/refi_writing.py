"""A coded project as a REFI-QDA project (``.qdpx``) or codebook (``.qdc``)."""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from croisee.formats.coded.refi_reading import ORIGIN
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
    Value,
)
from croisee.language import phrase, phrases
from croisee.text import Notice

_NAMESPACE = "urn:QDA-XML:project:1.0"
_CODEBOOK = "urn:QDA-XML:codebook:1.0"
_ROOT = UUID("6f0d8f0e-5f3c-5d1b-9a56-3b1f0f5f9a11")
_WHEN = (1980, 1, 1, 0, 0, 0)
REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_KINDS = {
    "Boolean": "BooleanValue", "Integer": "IntegerValue", "Float": "FloatValue",
    "Date": "DateValue", "DateTime": "DateTimeValue",
}  # fmt: skip
_SHAPES = {
    "Boolean": r"\s*(?:true|false|0|1)\s*",
    "Integer": r"\s*[-+]?\d+\s*",
    "Float": r"\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*",
    "Date": r"-?\d{4,}-\d\d-\d\d(?:Z|[-+]\d\d:\d\d)?",
    "DateTime": r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?",
}
_FILM = re.compile(r"\.(?:avi|m4v|mkv|mov|mp4|mpe?g|webm|wmv)$", re.IGNORECASE)
_STAMP = re.compile(_SHAPES["DateTime"])
_TOKEN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def identifier(*parts: str) -> str:
    """Return an identifier made from words: the same words give the same one, everywhere."""
    return str(uuid5(_ROOT, "\n".join(parts)))


def write_refi(project: CodedProject, path: Path) -> tuple[Notice, ...]:
    """Write a project as ``.qdpx``: valid against the standard's schema, the same bytes each time.

    Texts are UTF-8, one character a line end; positions count characters (code points). A source
    without text keeps its passages, and is told.

    Raises:
        FileExistsError: there is something at ``path``.
    """
    writing = _Writing(project)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        whole = zipfile.ZipInfo("project.qde", _WHEN)
        whole.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(whole, "w") as part:
            held: list[str] = []
            size = 0
            for piece in writing.project():
                held.append(piece)
                size += len(piece)
                if size > 1 << 20:
                    part.write("".join(held).encode("utf-8"))
                    held, size = [], 0
            part.write("".join(held).encode("utf-8"))
        for source in project.sources:
            if source.text is not None:
                name = zipfile.ZipInfo(f"Sources/{source.key}.txt", _WHEN)
                name.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(name, source.text.encode("utf-8", "replace"))
    return writing.notices()


def write_refi_codebook(project: CodedProject, path: Path) -> tuple[Notice, ...]:
    """Write the codes of a project, and its sets of codes, as ``.qdc``; nothing else is carried."""
    writing = _Writing(project)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        file.write(f'<CodeBook xmlns="{_CODEBOOK}" origin={quoteattr(ORIGIN)}>\n<Codes>\n')
        file.writelines(writing.codes(notes=False))
        file.write("</Codes>\n")
        sets = [one for one in project.sets if one.codes]
        if sets:
            file.write("<Sets>\n")
            for one in sets:
                file.write(f"<Set guid={quoteattr(one.key)} name={writing.attribute(one.name)}>")
                file.write(writing.description(one.description))
                file.write("".join(f'<MemberCode guid="{code}"/>' for code in one.codes))
                file.write("</Set>\n")
            file.write("</Sets>\n")
        file.write("</CodeBook>\n")
    return writing.notices()


class _Writing:
    """The XML of one project, piece by piece; ``replaced`` counts signs that XML refuses."""

    def __init__(self, project: CodedProject) -> None:
        self.told = project
        self.replaced = self.without_text = self.as_text = 0
        self.media = {
            one.key: identifier("media", one.key)
            for one in project.sources
            if one.syncs or one.recording
        }
        self.kinds = {one.key: one.kind for one in project.variables}

    def attribute(self, text: str) -> str:
        """Return a text between quotation marks, line ends kept."""
        quoted = quoteattr(self.plain(text))
        return quoted.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")

    def plain(self, text: str) -> str:
        """Return a text where what XML refuses is a replacement sign."""
        clean, count = REFUSED.subn("\ufffd", text)
        self.replaced += count
        return clean

    def content(self, text: str) -> str:
        """Return a text as the content of an element."""
        return escape(self.plain(text)).replace("\r", "&#13;")

    def description(self, text: str) -> str:
        """Return a description, or nothing."""
        return f"<Description>{self.content(text)}</Description>" if text else ""

    def project(self) -> Iterator[str]:
        """Yield the whole document."""
        told = self.told
        yield '<?xml version="1.0" encoding="utf-8"?>\n'
        yield f'<Project xmlns="{_NAMESPACE}" name={self.attribute(told.name)} '
        yield f"origin={self.attribute(ORIGIN)}"
        if told.coder:
            yield f' creatingUserGUID="{told.coder}"'
        yield f"{self._dated(told.at, 'creationDateTime')}>\n"
        yield from self._listed("Users", map(self._coder, told.coders))
        if told.codes:
            yield "<CodeBook><Codes>\n"
            yield from self.codes()
            yield "</Codes></CodeBook>\n"
        yield from self._listed("Variables", map(self._variable, told.variables))
        yield from self._listed("Cases", map(self._case, told.cases))
        if told.sources:
            yield "<Sources>\n"
            for source in told.sources:
                yield from self._source(source)
            yield "</Sources>\n"
        yield from self._listed("Notes", map(self._note, told.notes))
        yield from self._listed("Sets", map(self._set, told.sets))
        yield self.description(told.description)
        yield _references("NoteRef", told.about)
        yield "</Project>\n"

    def _listed(self, name: str, rows: Iterable[str]) -> Iterator[str]:
        inside = list(rows)
        if inside:
            yield f"<{name}>\n"
            yield from inside
            yield f"</{name}>\n"

    def _coder(self, one: Coder) -> str:
        initials = f" id={self.attribute(one.initials)}" if one.initials else ""
        return f'<User guid="{one.key}" name={self.attribute(one.name)}{initials}/>\n'

    def codes(self, *, notes: bool = True) -> Iterator[str]:
        """Yield the tree of codes."""
        children: dict[str, list[ProjectCode]] = defaultdict(list)
        known = {one.key for one in self.told.codes}
        for one in self.told.codes:
            children[one.parent if one.parent in known else ""].append(one)
        waiting: list[ProjectCode | None] = list(reversed(children[""]))
        while waiting:
            code = waiting.pop()
            if code is None:
                yield "</Code>\n"
                continue
            colour = f' color="{code.colour}"' if code.colour else ""
            yield f'<Code guid="{code.key}" name={self.attribute(code.name)} '
            yield f'isCodable="{"true" if code.codable else "false"}"{colour}>'
            yield self.description(code.description)
            yield _references("NoteRef", code.notes) if notes else ""
            waiting.append(None)
            waiting += reversed(children[code.key])

    def _variable(self, one: ProjectVariable) -> str:
        kind = one.kind if one.kind in _KINDS else "Text"
        return (
            f'<Variable guid="{one.key}" name={self.attribute(one.name)} '
            f'typeOfVariable="{kind}">{self.description(one.description)}</Variable>\n'
        )

    def _value(self, value: Value) -> str:
        kind = self.kinds.get(value.variable, "Text")
        name = _KINDS.get(kind, "TextValue")
        if kind in _SHAPES and not re.fullmatch(_SHAPES[kind], value.text):
            name, self.as_text = "TextValue", self.as_text + 1
        return (
            f'<VariableValue><VariableRef targetGUID="{value.variable}"/>'
            f"<{name}>{self.content(value.text)}</{name}></VariableValue>"
        )

    def _values(self, values: Iterable[Value]) -> str:
        return "".join(map(self._value, values))

    def _case(self, one: ProjectCase) -> str:
        return (
            f'<Case guid="{one.key}" name={self.attribute(one.name)}>'
            f"{self.description(one.description)}{_references('CodeRef', one.codes)}"
            f"{self._values(one.values)}{self._sources(one.sources, 'SourceRef')}"
            f"{_references('SelectionRef', one.selections)}</Case>\n"
        )

    def _dated(self, at: str, name: str = "creationDateTime") -> str:
        return f' {name}="{at}"' if _STAMP.fullmatch(at) else ""

    def _made(self, coder: str, at: str) -> str:
        return (f' creatingUser="{coder}"' if _TOKEN.fullmatch(coder) else "") + self._dated(at)

    def _source(self, source: Source) -> Iterator[str]:
        self.without_text += source.text is None
        made = self._made(source.coder, source.at)
        named = f'guid="{source.key}" name={self.attribute(source.name)}'
        path = "" if source.text is None else f' plainTextPath="internal://{source.key}.txt"'
        if source.key not in self.media:
            yield f"<TextSource {named}{path}{made}>{self.description(source.description)}\n"
            yield from (self._selection(one) for one in source.selections)
            yield self._applied(source.applied) + _references("NoteRef", source.notes)
            yield f"{self._values(source.values)}</TextSource>\n"
            return
        recording = f" path={self.attribute(source.recording)}" if source.recording else ""
        element = "VideoSource" if _FILM.search(source.recording) else "AudioSource"
        guid = self.media[source.key]
        yield f'<{element} guid="{guid}" name={self.attribute(source.name)}{recording}>'
        yield f"<Transcript {named}{path}{made}>{self.description(source.description)}\n"
        for sync in source.syncs:
            yield f'<SyncPoint guid="{sync.key}" position="{sync.position}" '
            yield f'timeStamp="{sync.thousandths}"/>'
        ends = sorted({at for one in source.selections for at in (one.start, one.end)})
        anchors = {at: identifier("point", source.key, str(at)) for at in ends}
        for at, key in anchors.items():
            yield f'<SyncPoint guid="{key}" position="{at}"/>'
        yield from (self._selection(one, anchors) for one in source.selections)
        yield f"{_references('NoteRef', source.notes)}</Transcript>\n"
        yield f"{self._applied(source.applied)}{self._values(source.values)}</{element}>\n"

    def _selection(self, one: Selection, anchors: dict[int, str] | None = None) -> str:
        """Return a passage of a text, or, with ``anchors``, of a transcript between two points."""
        label = f" name={self.attribute(one.name)}" if one.name else ""
        name, ends = "PlainTextSelection", f'startPosition="{one.start}" endPosition="{one.end}"'
        if anchors is not None:
            name = "TranscriptSelection"
            ends = f'fromSyncPoint="{anchors[one.start]}" toSyncPoint="{anchors[one.end]}"'
        return (
            f'<{name} guid="{one.key}"{label} {ends}{self._made(one.coder, one.at)}>'
            f"{self.description(one.description)}{self._applied(one.applied)}"
            f"{_references('NoteRef', one.notes)}</{name}>\n"
        )

    def _applied(self, rows: Iterable[Applied]) -> str:
        return "".join(
            f'<Coding guid="{one.key}"{self._made(one.coder, one.at)}>'
            f'<CodeRef targetGUID="{one.code}"/>{_references("NoteRef", one.notes)}</Coding>'
            for one in rows
        )

    def _note(self, one: ProjectNote) -> str:
        return (
            f'<Note guid="{one.key}" name={self.attribute(one.name)}'
            f"{self._made(one.coder, one.at)}><PlainTextContent>{self.content(one.text)}"
            "</PlainTextContent></Note>\n"
        )

    def _set(self, one: ProjectSet) -> str:
        return (
            f'<Set guid="{one.key}" name={self.attribute(one.name)}>'
            f"{self.description(one.description)}{_references('MemberCode', one.codes)}"
            f"{self._sources(one.sources, 'MemberSource')}{_references('MemberNote', one.notes)}"
            "</Set>\n"
        )

    def _sources(self, keys: Iterable[str], name: str) -> str:
        """Return references to sources: a recording stands for its transcript."""
        return _references(name, (self.media.get(key, key) for key in keys))

    def notices(self) -> tuple[Notice, ...]:
        """Return what the format could not hold."""
        found = []
        kept = phrase("Gardez le projet d’origine.")
        if self.replaced:
            said = phrases(
                "{n} signe que le XML refuse est remplacé.",
                "{n} signes que le XML refuse sont remplacés.",
                self.replaced,
            )
            found.append(Notice(said, kept))
        if self.without_text:
            said = phrases(
                "{n} source est écrite sans texte : le projet ne l’avait pas.",
                "{n} sources sont écrites sans texte : le projet ne les avait pas.",
                self.without_text,
            )
            found.append(Notice(said, kept))
        if self.as_text:
            said = phrases(
                "{n} valeur n’est pas du genre de sa variable : écrite comme un texte.",
                "{n} valeurs ne sont pas du genre de leur variable : écrites comme des textes.",
                self.as_text,
            )
            found.append(Notice(said, kept))
        return tuple(found)


def _references(name: str, keys: Iterable[str]) -> str:
    return "".join(f'<{name} targetGUID="{key}"/>' for key in keys)
