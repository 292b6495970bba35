"""A study folder as a coded project: its texts, codes, codings, networks and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from croisee.dataset import consenting_tables
from croisee.formats import written_row
from croisee.formats.coded import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectVariable,
    Selection,
    Source,
    Value,
    identifier,
)
from croisee.language import phrase, phrases
from croisee.qualitative import codebook
from croisee.run.preparation import StudyRefused
from croisee.studyfolder import StudyFolder
from croisee.text import Notice

CODES_NOTE = "Croisée : codes.csv"
"""The note that carries what a code has here and not in the exchange format."""
EXCERPTS_NOTE = "Croisée : extraits.csv"
"""The note that is on every passage chosen to be quoted; the passage's name is its key."""
CODE_COLUMNS = ("code", "identifiant", "libelle", "libelle_en", "definition", "definition_en",
                "parent", "genre", "sensible")  # fmt: skip
_OF_DOCUMENT = ("cas", "composante", "methode", "seance", "edition", "date")
_COLUMNS = ("case", "component", "method", "session", "edition", "held_on")
_READ = ("documents", "turns", "codings", "excerpts", "participants")
_OF_PERSON = ("reseau", "composante", "organisme")


def project_of_study(folder: StudyFolder) -> tuple[CodedProject, tuple[Notice, ...]]:
    """Return the project of those who may be analysed, and what it cannot hold.

    Words are as they were typed, not de-identified. A turn is a line ``Étiquette : paroles``. The
    same folder gives the same project.

    Raises:
        StudyRefused: the folder must be corrected first.
    """
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    kept, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    rows = {name: _rows(kept, name) for name in _READ}
    codes = _codes(kept)
    keys = {code.code: identifier("code", code.code) for code in codes}
    coders = {
        name: identifier("coder", name)
        for name in dict.fromkeys(row["coder"] for row in rows["codings"])
        if name
    }
    variables = {
        name: identifier("variable", name) for name in dict.fromkeys((*_OF_DOCUMENT, *_OF_PERSON))
    }
    texts = _texts(rows)
    sources = tuple(_sources(rows, texts, keys, coders, variables))
    project = CodedProject(
        folder.study.title.to("fr"),
        tuple(Coder(key, name) for name, key in coders.items()),
        tuple(
            ProjectCode(
                keys[one.code], one.label.to("fr"), keys.get(one.parent, ""),
                one.definition.to("fr"),
            )
            for one in codes
        ),
        tuple(ProjectVariable(key, name) for name, key in variables.items()),
        tuple(_cases(folder, rows, variables)),
        sources,
        tuple(_notes(rows, codes, keys)),
        description=folder.study.question.to("fr"),
        origin="Croisée",
    )  # fmt: skip
    return project, _lost(rows)


def _notes(
    rows: dict[str, list[dict[str, Any]]], codes: tuple[Any, ...], keys: dict[str, str]
) -> Iterator[ProjectNote]:
    if codes:
        yield ProjectNote(identifier("note", CODES_NOTE), CODES_NOTE, _table_of(codes, keys))
    if rows["excerpts"]:
        said = phrase("Passages choisis pour être cités ; le nom du passage est sa clé.").to("fr")
        yield ProjectNote(identifier("note", EXCERPTS_NOTE), EXCERPTS_NOTE, said)


def _rows(tables: dict[str, pa.Table], name: str) -> list[dict[str, Any]]:
    return tables[name].to_pylist() if name in tables else []


def _codes(tables: dict[str, pa.Table]) -> tuple[Any, ...]:
    used = dict.fromkeys(row["code"] for row in _rows(tables, "codings"))
    return codebook(_rows(tables, "codes"), used)


def _texts(rows: dict[str, list[dict[str, Any]]]) -> dict[str, tuple[str, dict[int, int]]]:
    """Return the text of each document, and where the words of each turn begin in it."""
    turns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows["turns"]:
        turns[row["document"]].append(row)
    found = {}
    for document, spoken in turns.items():
        pieces, places, at = [], {}, 0
        for row in sorted(spoken, key=lambda row: row["turn"]):
            who = row["speaker"] or row["participant"]
            label = f"{who} : " if who else ""
            places[row["turn"]] = at + len(label)
            piece = f"{label}{row['text'] or ''}\n"
            pieces.append(piece)
            at += len(piece)
        found[document] = "".join(pieces), places
    return found


def _sources(
    rows: dict[str, list[dict[str, Any]]],
    texts: dict[str, tuple[str, dict[int, int]]],
    codes: dict[str, str],
    coders: dict[str, str],
    variables: dict[str, str],
) -> Iterator[Source]:
    marked: dict[str, dict[tuple[int, int], list[tuple[str, str]]]] = defaultdict(dict)
    for row in rows["codings"]:
        _, places = texts.get(row["document"], ("", {}))
        if row["turn"] in places:
            at = places[row["turn"]]
            span = at + row["start"], at + row["end"]
            marked[row["document"]].setdefault(span, []).append((row["code"], row["coder"]))
    quoted: dict[str, list[Selection]] = defaultdict(list)
    for row in rows["excerpts"]:
        _, places = texts.get(row["document"], ("", {}))
        if row["turn"] in places:
            quoted[row["document"]].append(_excerpt(row, places[row["turn"]]))
    for row in rows["documents"]:
        name = row["document"]
        text = texts.get(name, ("", {}))[0]
        key = identifier("source", name)
        selections = []
        for (start, end), applied in sorted(marked.get(name, {}).items()):
            place = (key, str(start), str(end))
            selections.append(
                Selection(
                    identifier("passage", *place), start, end,
                    applied=tuple(
                        Applied(identifier("coding", *place, code, who), codes[code],
                                coders.get(who, ""))
                        for code, who in dict.fromkeys(applied)
                    ),
                )
            )  # fmt: skip
        values = tuple(
            Value(variables[title], str(row[column]))
            for title, column in zip(_OF_DOCUMENT, _COLUMNS, strict=True)
            if row[column]
        )
        found = sorted((*selections, *quoted[name]), key=lambda one: (one.start, one.end))
        yield Source(key, name, text, selections=tuple(found), values=values)


def _excerpt(row: dict[str, Any], at: int) -> Selection:
    note = identifier("note", EXCERPTS_NOTE)
    key, start, end = identifier("excerpt", row["key"]), at + row["start"], at + row["end"]
    return Selection(key, start, end, name=row["key"], notes=(note,))


def _cases(
    folder: StudyFolder, rows: dict[str, list[dict[str, Any]]], variables: dict[str, str]
) -> Iterator[ProjectCase]:
    of_case: dict[str, list[str]] = defaultdict(list)
    for row in rows["documents"]:
        of_case[row["case"]].append(identifier("source", row["document"]))
    of_person: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows["turns"]:
        if row["participant"]:
            of_person[row["participant"]][identifier("source", row["document"])] = None
    assert folder.study is not None
    for case in folder.study.cases:
        key = identifier("case", case.code)
        yield ProjectCase(key, case.name.to("fr"), sources=tuple(of_case[case.code]))
    for row in rows["participants"]:
        told = (row["case"], row["component"], row["organisation"])
        values = tuple(
            Value(variables[title], text)
            for title, text in zip(_OF_PERSON, told, strict=True)
            if text
        )
        name = row["participant"]
        key = identifier("person", name)
        yield ProjectCase(key, name, values=values, sources=tuple(of_person[name]))


def _table_of(codes: tuple[Any, ...], keys: dict[str, str]) -> str:
    rows = (
        (one.code, keys[one.code], one.label.to("fr"), one.label.en, one.definition.to("fr"),
         one.definition.en, one.parent, one.kind, "oui" if one.sensitive else "non")
        for one in codes
    )  # fmt: skip
    return "".join(map(written_row, (CODE_COLUMNS, *rows))).replace("\r\n", "\n")


def _lost(rows: dict[str, list[dict[str, Any]]]) -> tuple[Notice, ...]:
    timed = sum(row["start"] is not None for row in rows["turns"])
    if not timed:
        return ()
    said = phrases(
        "Le temps d’{n} tour de parole n’est pas écrit : ce format l’attache à un enregistrement.",
        "Les temps de {n} tours de parole ne sont pas écrits : ce format les attache à un "
        "enregistrement.",
        timed,
    )
    return (Notice(said, phrase("Gardez le dossier d’étude.")),)
