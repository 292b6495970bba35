"""From the annotated texts to the study's documents, codings and quotes.

The words are written by hand in ``textes/``; this only strips the annotations and assembles
the formats. A text file holds documents; each begins with ``## <session> <format>`` and has
one turn a line, ``Name : words`` (``Q`` is the team, ``R`` the person interviewed; a note has
no name). ``[[code code =key| words]]`` is a coded passage, quoted under ``key`` if there is one.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from personnes import GROUPS, INTERVIEWS, OBSERVATIONS, Person, group_members, interviewees
from tableur import write_table

TEXTS = Path(__file__).parent / "textes"
MARK = re.compile(r"\[\[([^|\]]*)\|\s?(.*?)\]\]", re.DOTALL)
TURN = re.compile(r"^([A-ZÉÈÀÇÎÔ][\w’-]*) : (.*)$")
SECONDS_PER_WORD = 0.45
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
CODERS = ("codeuse-1", "codeur-2")


@dataclass(frozen=True, slots=True)
class Passage:
    """A coded passage of a turn: characters, codes, and the key of the quote (or nothing)."""

    start: int
    end: int
    codes: tuple[str, ...]
    key: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn: who speaks (a label, or nothing in a note), the words, the passages."""

    label: str
    text: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its session, its format, its turns."""

    session: str
    format: str
    turns: tuple[Spoken, ...]

    @property
    def file(self) -> str:
        """Return the name of its file."""
        return f"{self.session}.{self.format}"


def without_marks(line: str) -> tuple[str, tuple[Passage, ...]]:
    """Return the words of a turn and its passages, measured in the words."""
    text, passages, seen = "", [], 0
    for found in MARK.finditer(line):
        text += line[seen : found.start()]
        words = found.group(1).split()
        key = next((word[1:] for word in words if word.startswith("=")), "")
        codes = tuple(word for word in words if not word.startswith("="))
        passages.append(Passage(len(text), len(text) + len(found.group(2)), codes, key))
        text += found.group(2)
        seen = found.end()
    text += line[seen:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"unfinished mark: {line}")
    return text, tuple(passages)


def spoken(line: str, names: dict[str, str]) -> Spoken:
    """Return one turn from its annotated line."""
    found = TURN.match(line)
    label, words = (found.group(1), found.group(2)) if found else ("", line)
    text, passages = without_marks(words.replace("'", "’"))
    return Spoken(names.get(label, label), text, passages)


def documents() -> list[Document]:
    """Return every document of ``textes/``, in the order of their names."""
    names = {person.session: person.name for person in interviewees()}
    found = []
    for path in sorted(TEXTS.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n## ")[1:]:
            head, *lines = part.split("\n")
            session, kind = head.split()
            labels = {"Q": "Chercheuse", "R": names.get(session, "")}
            turns = [spoken(line.strip(), labels) for line in lines if line.strip()]
            for one, following in pairwise(turns):
                # Readers of captions join the turns of one voice: two in a row would be one.
                if one.label and one.label == following.label:
                    raise ValueError(f"{session}: {one.label} speaks twice: {following.text}")
            found.append(Document(session, kind, tuple(turns)))
    return sorted(found, key=lambda document: document.session)


def clock(seconds: float) -> str:
    """Return a time as transcripts write it: ``1:02:03`` or ``2:03``."""
    hours, rest = divmod(int(seconds), 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02d}:{second:02d}" if hours else f"{minutes}:{second:02d}"


def timed(document: Document) -> Iterator[tuple[Spoken, float, float]]:
    """Yield each turn with the seconds at which it starts and ends."""
    at = 4.0
    for turn in document.turns:
        length = 1.5 + SECONDS_PER_WORD * len(turn.text.split())
        yield turn, at, at + length
        at += length + 0.6


def as_text(document: Document) -> bytes:
    """Return a plain transcript: ``Name : words``, a blank line between turns."""
    lines = [f"{turn.label} : {turn.text}" if turn.label else turn.text for turn in document.turns]
    return ("\n\n".join(lines) + "\n").encode()


def as_captions(document: Document) -> bytes:
    """Return captions (WebVTT) with a voice for each turn, as video tools write them."""

    def stamp(seconds: float) -> str:
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(int(minutes), 60)
        return f"{hours:02d}:{minutes:02d}:{rest:06.3f}"

    blocks = [
        f"{stamp(start)} --> {stamp(end)}\n<v {turn.label}>{turn.text}"
        for turn, start, end in timed(document)
    ]
    return ("WEBVTT\n\n" + "\n\n".join(blocks) + "\n").encode()


def as_docx(document: Document) -> bytes:
    """Return a Word transcript: ``[Name] (0:04 - 0:11)`` on a line, the words on the next."""
    paragraphs = []
    for turn, start, end in timed(document):
        if turn.label:
            paragraphs.append(f"[{turn.label}] ({clock(start)} - {clock(end)})")
        paragraphs.append(turn.text)
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in paragraphs
    )
    office = "http://schemas.openxmlformats.org"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    parts = {
        "[Content_Types].xml": f'{head}<Types xmlns="{office}/package/2006/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.'
        'openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{head}<Relationships xmlns="{office}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{head}<w:document xmlns:w="{office}/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.create_system = 3
            archive.writestr(entry, content.encode())
    return buffer.getvalue()


WRITERS = {"txt": as_text, "vtt": as_captions, "docx": as_docx}


def places() -> dict[str, tuple[str, str, str, str, str]]:
    """Return what each session is: case, component, method, edition, date."""
    known = {
        f"entretien-{i:02d}": (case, "", "entretien", "2020", date)
        for i, (case, date, _) in enumerate(INTERVIEWS, start=1)
    }
    for session, case, component, date, _ in OBSERVATIONS:
        known[session] = (case, component, "observation", "2020", date)
    for session, (case, component, date, _, _) in GROUPS.items():
        known[session] = (case, component, "groupe", "2021", date)
    return known


def speakers(document: Document, people: list[Person]) -> list[list[str]]:
    """Return who each label of a document is; the team has no code."""
    codes = {p.name: p.code for p in people if p.session == document.session}
    labels = dict.fromkeys(turn.label for turn in document.turns if turn.label)
    strangers = labels.keys() - codes.keys() - {"Chercheuse", "Animation"}
    if strangers:
        raise ValueError(f"{document.session}: who is {sorted(strangers)}?")
    return [[document.file, label, codes.get(label, "")] for label in labels]


def write_documents(folder: Path) -> None:
    """Write the documents, who speaks in them, the codings and the quotes."""
    everyone = [*group_members(), *interviewees()]
    where = places()
    listed: list[list[str]] = []
    voices: list[list[str]] = []
    codings: list[list[object]] = []
    quotes: list[list[object]] = []
    for number, document in enumerate(documents()):
        path = folder / "documents" / document.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(WRITERS[document.format](document))
        case, component, method, edition, date = where[document.session]
        alone = [p.code for p in everyone if p.session == document.session]
        one = alone[0] if method != "groupe" and alone else ""
        listed.append(
            [document.file, case, component, method, document.session, edition, date, one]
        )
        voices += speakers(document, everyone)
        for place, turn in enumerate(document.turns, start=1):
            for passage in turn.passages:
                span = [document.file, place, passage.start, passage.end]
                coder = CODERS[number % 2]
                codings += [[*span, code, coder] for code in passage.codes]
                if passage.key:
                    quotes.append([passage.key, *span])
    header = ["fichier", "cas", "composante", "methode", "seance", "edition", "date", "participant"]
    write_table(folder / "documents.csv", header, listed)
    write_table(folder / "locuteurs.csv", ["document", "etiquette", "participant"], voices)
    header = ["document", "tour", "debut", "fin", "code", "codeur"]
    write_table(folder / "codages.csv", header, codings)
    write_table(folder / "extraits.csv", ["extrait", "document", "tour", "debut", "fin"], quotes)
