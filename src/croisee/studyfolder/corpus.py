"""Documents read one at a time: turns, codings, excerpts, reviews checked against them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from croisee.dataset import TABLES
from croisee.formats import FormatRefused
from croisee.formats.transcripts import read_transcript
from croisee.language import phrase
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import DOCUMENTS, SPEAKERS, TURNS
from croisee.studyfolder.names import Names, as_table, where
from croisee.studyfolder.passages import Passages
from croisee.studyfolder.problems import Place, Said
from croisee.studyfolder.table import Row
from croisee.studyfolder.turns import CutTurn, CutTurns, read_turns, without_document
from croisee.text import ParsedTurn, folded_label, is_team, merged

_FOLDER = ("documents",)
_BATCH = 20_000
_FIRST_LABELS = 5


@dataclass(frozen=True, slots=True)
class Document:
    """A line of ``documents``: its code, its file, whose words it holds.

    ``turns``: those of ``tours``, when the transcript comes already cut. ``merge``: the turns that
    follow each other under one label are to be one.
    """

    code: str
    file: str
    key: str
    participant: str
    turns: dict[int, CutTurn] | None = None
    merge: bool = False


@dataclass(slots=True)
class _Turns:
    """Turns gathered in batches: texts are kept once, packed."""

    batches: list[pa.RecordBatch] = field(default_factory=list)
    rows: list[dict[str, object]] = field(default_factory=list)

    def add(self, row: dict[str, object]) -> None:
        self.rows.append(row)
        if len(self.rows) >= _BATCH:
            self.close()

    def close(self) -> None:
        if self.rows:
            self.batches.append(pa.RecordBatch.from_pylist(self.rows, schema=TABLES["turns"]))
            self.rows = []


def read_corpus(folder: Folder, names: Names) -> tuple[dict[str, pa.Table], Passages]:
    """Read documents, speakers, turns, codings, excerpts and reviews."""
    documents, table = _documents(folder, names)
    aliases = _aliases(documents)
    speakers = _speakers(folder, names, aliases)
    passages = Passages(folder, names.codes, aliases, names.people)
    turns = _Turns()
    for document in documents:
        cut = document.turns
        if cut is None:
            cut = _cut(folder, names, document, speakers.get(document.code, {}))
        if cut is None:
            continue
        for number, turn in cut.items():
            turns.add(
                {
                    "document": document.code,
                    "turn": number,
                    "speaker": turn.speaker,
                    "participant": turn.participant,
                    "text": turn.text,
                    "start": turn.start,
                    "end": turn.end,
                }
            )
        passages.settle(document.code, {number: turn.text for number, turn in cut.items()})
    turns.close()
    return {
        "documents": table,
        "turns": pa.Table.from_batches(turns.batches, schema=TABLES["turns"]),
        "codings": passages.codings_table(),
        "excerpts": passages.excerpts_table(),
    }, passages


def _cut(
    folder: Folder, names: Names, document: Document, speakers: dict[str, str]
) -> dict[int, CutTurn] | None:
    """Return the turns of a document's file; ``None`` once what stops it has been noted."""
    parsed = _parsed(folder, document, speakers)
    if parsed is None:
        return None
    mapped = _mapped(folder, names, document, parsed, speakers)
    return {
        number: CutTurn(number, turn.speaker, participant, turn.text, turn.start, turn.end)
        for number, (turn, participant) in enumerate(zip(parsed, mapped, strict=True), 1)
    }


def _documents(folder: Folder, names: Names) -> tuple[list[Document], pa.Table]:
    table = folder.table(DOCUMENTS)
    cut = read_turns(folder, names)
    files = {inside.as_posix().lower(): key for key, inside in folder.under(_FOLDER)}
    documents: list[Document] = []
    rows: list[dict[str, Any]] = []
    lines: dict[str, int] = {}
    for row in table.rows() if table else ():
        read = _document(row, names, files, given=cut is not None)
        code, file = read["document"], read["file"]
        if code in lines:
            row.refuse("document", _same_document(code, lines[code]))
        elif code:
            lines[code] = row.line
            rows.append(read)
            key = files.get(file.lower(), "")
            person = row.ref("participant", names.people, "participants", required=False)
            turns = None if cut is None else _given(cut, code, file, key)
            if turns is not None or key:
                merge = row.flag("fusion")
                documents.append(Document(code, file, key, person, turns, merge))
    _warn_of_the_rest(folder, documents, files, cut or {})
    return documents, as_table("documents", rows)


def _given(cut: CutTurns, code: str, file: str, key: str) -> dict[int, CutTurn] | None:
    """Return the turns ``tours`` gives a document, by its code or its file; else its file does."""
    for name in (code.lower(), file.lower()):
        if name in cut:
            return cut.pop(name)
    return None if key else {}


def _warn_of_the_rest(
    folder: Folder, documents: list[Document], files: dict[str, str], cut: CutTurns
) -> None:
    """Warn of files that no line declares; refuse turns of a document nobody declares."""
    for name in cut:
        place = Place(folder.find(TURNS.names, (".csv", ".xlsx")) or "tours")
        folder.problems.refuse(place, without_document(name))
    used = {document.key for document in documents}
    for key in files.values():
        folder.use(key)
        if key not in used:
            folder.problems.warn(Place(key), _unlisted())


def _document(row: Row, names: Names, files: dict[str, str], *, given: bool) -> dict[str, str]:
    """Read one line. ``given``: there is a table of turns, so that no file is needed."""
    file = row.required("fichier").replace("\\", "/").removeprefix("documents/")
    if file and not given and file.lower() not in files:
        near = row.near(file.lower(), files)
        row.refuse("fichier", _no_file(file, near))
    code = row.text("document") or PurePosixPath(file).stem
    method = row.ref("methode", names.methods, "etude.toml")
    session = row.ref("seance", names.sessions, "seances", required=False)
    held = row.date("date")
    known = names.sessions.get(session)
    default = known.edition if known else names.edition_of(held.day if held else None)
    place = where(row, names, default)
    return {
        "document": code,
        "file": file,
        "case": place.case,
        "component": place.component or (known.component if known else ""),
        "method": method,
        "session": session,
        "edition": place.edition,
        "held_on": held.text if held else (known.held_on.text if known and known.held_on else ""),
    }


def _same_document(code: str, line: int) -> Said:
    return (
        phrase("Le document « {code} » est déjà à la ligne {line}.", code=code, line=line),
        phrase("Donnez à chaque document un nom différent dans la colonne « document »."),
    )


def _no_file(file: str, near: str) -> Said:
    return (
        phrase("Le fichier « {file} » n’est pas dans documents/.", file=messages.shown(file)),
        messages.meant(near, phrase("Ajoutez ce fichier, ou retirez la ligne.")),
    )


def _unlisted() -> Said:
    return (
        phrase("Ce document n’est pas dans le tableau « documents » : il n’est pas lu."),
        phrase("Ajoutez une ligne dans documents.csv."),
    )


def _aliases(documents: list[Document]) -> dict[str, str]:
    """Return what a document may be called elsewhere: its code, its file, its file's stem."""
    aliases: dict[str, str] = {}
    for document in documents:
        inside = PurePosixPath(document.file)
        for name in (inside.as_posix(), inside.name, inside.stem):
            aliases.setdefault(name.lower(), document.code)
    return aliases | {document.code.lower(): document.code for document in documents}


def _speakers(folder: Folder, names: Names, aliases: dict[str, str]) -> dict[str, dict[str, str]]:
    """Read ``locuteurs``: document → folded label → participant (``""`` for the team)."""
    table = folder.table(SPEAKERS)
    speakers: dict[str, dict[str, str]] = {}
    for row in table.rows() if table else ():
        text = row.required("document")
        document = aliases.get(text.lower())
        label = row.required("etiquette")
        person = row.ref("participant", names.people, "participants", required=False)
        if text and document is None:
            near = row.near(text, aliases)
            row.refuse("document", messages.unknown_code(text, near, "documents"))
        elif document and label:
            known = speakers.setdefault(document, {})
            if folded_label(label) in known:
                row.refuse("etiquette", messages.twice(label, None))
            known[folded_label(label)] = person
    return speakers


def _parsed(
    folder: Folder, document: Document, speakers: dict[str, str]
) -> tuple[ParsedTurn, ...] | None:
    try:
        transcript = read_transcript(folder.files[document.key], speakers)
    except FormatRefused as refused:
        folder.refused(document.key, refused)
        return None
    for notice in transcript.notices:
        place = Place(document.key, notice.line)
        folder.problems.warn(place, (notice.message, notice.remedy))
    return merged(transcript.turns) if document.merge else transcript.turns


def _mapped(
    folder: Folder,
    names: Names,
    document: Document,
    turns: tuple[ParsedTurn, ...],
    speakers: dict[str, str],
) -> list[str]:
    """Return the participant of each turn, ``""`` for the team; warn of labels nobody knows."""
    labels = {turn.speaker for turn in turns if turn.speaker}
    known = {
        label: speakers[folded_label(label)]
        if folded_label(label) in speakers
        else (words.read_code(label) or "")
        if words.read_code(label) in names.people
        else ""
        for label in labels
    }
    strangers = {
        label
        for label in labels
        if not known[label] and folded_label(label) not in speakers and not is_team(label)
    }
    if document.participant and len({folded_label(label) for label in strangers}) == 1:
        known |= dict.fromkeys(strangers, document.participant)
        strangers = set()
    first = {turn.speaker: turn.line for turn in reversed(turns)}
    _warn_of_strangers({one: first[one] for one in strangers}, names, folder, document)
    return [known.get(turn.speaker, "") for turn in turns]


def _warn_of_strangers(
    strangers: dict[str, int], names: Names, folder: Folder, document: Document
) -> None:
    """Warn of labels linked to nobody: each that is near a code, the others of a file at once."""
    labels = sorted(strangers, key=lambda label: (strangers[label], label))
    near = {label: folder.problems.near(label, names.people) for label in labels}
    others = [label for label in labels if not near[label]]
    alone = labels if len(others) == 1 else [label for label in labels if near[label]]
    for label in alone:
        folder.problems.warn(
            Place(document.key, strangers[label], label),
            (
                phrase(
                    "L’étiquette « {label} » n’est reliée à personne : ses paroles ne comptent "
                    "pas.",
                    label=messages.shown(label),
                ),
                messages.meant(near[label], phrase("Ajoutez une ligne dans locuteurs.csv.")),
            ),
        )
    if len(others) > 1:
        folder.problems.warn(
            Place(document.key, strangers[others[0]]),
            (
                phrase(
                    "{n} étiquettes ne sont reliées à personne ({labels}) : leurs paroles ne "
                    "comptent pas.",
                    n=len(others),
                    labels=messages.several(map(messages.shown, others), most=_FIRST_LABELS),
                ),
                phrase("Ajoutez une ligne pour chacune dans locuteurs.csv."),
            ),
        )
