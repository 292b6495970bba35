"""Answers as files to take away: tables, labels, and what each format does not say."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.utils.translation import gettext as _

from croisee.formats import Table, write_csv
from croisee.formats.ddi import Described, write_ddi
from croisee.formats.labelled import Content, Labelled, Variable
from croisee.formats.sav_writing import write_sav
from croisee.language import Language
from croisee.questionnaire.codebook import Line
from croisee.questionnaire.exchanges import Loss
from croisee.questionnaire.exchanges.folder import folder_table
from croisee.questionnaire.exchanges.labelled_out import labelled_of
from croisee.questionnaire.exchanges.odk import odk_tables
from croisee.questionnaire.exchanges.workbook import NUMBERS, write_answers
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import Received
from croisee.text import typeset
from croisee_web.study.queries import reader_language

FACTS = (
    ("cas", "case"),
    ("composante", "component"),
    ("organisme", "organisation"),
    ("repondant", "respondent"),
)
_ANSWERS = "reponses"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The day every file in a zip bears: none says when it was made."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers given to one published version. ``said_in``: the language of its labels."""

    number: int
    prepared: Prepared
    lines: tuple[Line, ...]
    rows: tuple[tuple[Received, Mapping[str, str]], ...]
    said_in: str
    title: str


@dataclass(frozen=True, slots=True)
class Written:
    """Files by name, and what they do not say."""

    files: tuple[tuple[str, bytes], ...]
    losses: tuple[Loss, ...] = ()


def odk(one: Answered, name: str) -> Written:
    """Return ODK's tables, as CSV: one for the answers, one for each repeat."""
    whole, *repeats = _odk_tables(one)
    files = [(f"{name}.csv", _csv(whole))]
    files += [(f"{name}-{_bare(table.name)}.csv", _csv(table)) for table in repeats]
    return Written(tuple(files))


def odk_xlsx(one: Answered, name: str) -> Written:
    """Return ODK's tables as one workbook: a sheet for the answers, one for each repeat."""
    whole, *repeats = _odk_tables(one)
    taken = {table.name.lower() for table in repeats}
    first = next(word for word in (_ANSWERS, f"{_ANSWERS}_", f"{_ANSWERS}__") if word not in taken)
    return _workbook(name, [replace(whole, name=first), *repeats], _counted_paths(one.prepared))


def _odk_tables(one: Answered) -> list[Table]:
    """Return ODK's tables, what is said of each row besides its answers at the end of the first."""
    tables = odk_tables((received for received, _facts in one.rows), one.prepared)
    first, *repeats = tables
    taken = {column.lower() for column in first.header}
    facts = [(title, key) for title, key in FACTS if title not in taken]
    rows = tuple(
        (*cells, *(said.get(key, "") for _title, key in facts))
        for cells, (_received, said) in zip(first.rows, one.rows, strict=True)
    )
    return [
        Table(first.name, (*first.header, *(title for title, _key in facts)), rows),
        *repeats,
    ]


def folder(one: Answered, name: str) -> Written:
    """Return one table of a study folder's ``reponses``, as CSV.

    A row without a respondent bears the number made for the file, where there is one.
    """
    return Written(((f"{name}.csv", _csv(_folder_table(one, name))),))


def folder_xlsx(one: Answered, name: str) -> Written:
    """Return one table of a study folder's ``reponses``, as a workbook."""
    counted = {line.code for line in one.lines if line.kind in NUMBERS}
    return _workbook(name, [_folder_table(one, name)], counted)


def _folder_table(one: Answered, name: str) -> Table:
    rows = [
        (received, {"respondent": received.instance_id, **facts}) for received, facts in one.rows
    ]
    return folder_table(rows, one.prepared, one.lines, name=name)


def sav(one: Answered, name: str) -> Written:
    """Return an SPSS file with its labels."""
    table, losses = _labelled(one)
    with tempfile.TemporaryDirectory(prefix="croisee-sortie-") as place:
        path = Path(place, "reponses.sav")
        write_sav(path, table)
        return Written(((f"{name}.sav", path.read_bytes()),), losses)


def ddi(one: Answered, name: str) -> Written:
    """Return a DDI-Codebook: the questions, no answer."""
    table, losses = _labelled(replace(one, rows=()))
    form = one.prepared.form
    about = Described(
        f"{form.identifier}-{form.version}",
        one.title,
        language="en" if one.said_in.endswith("(en)") else "fr",
    )
    return Written(((f"{name}.xml", write_ddi(table, about)),), losses)


FORMATS: Mapping[str, Callable[[Answered, str], Written]] = {
    "odk": odk,
    "odk-xlsx": odk_xlsx,
    "dossier": folder,
    "dossier-xlsx": folder_xlsx,
    "sav": sav,
    "ddi": ddi,
}


def _labelled(one: Answered) -> tuple[Labelled, tuple[Loss, ...]]:
    """Return the answers with labels, and the network of each as a last variable."""
    table, losses = labelled_of(
        (received for received, _facts in one.rows),
        one.prepared,
        language=one.said_in,
        lines=one.lines,
    )
    if any(variable.name.lower() == "cas" for variable in table.variables):
        return table, losses
    network = Variable("cas", _("Réseau"), Content.TEXT)
    rows = table.rows or tuple(() for _row in one.rows)
    said = tuple(
        (*cells, facts.get("case", ""))
        for cells, (_received, facts) in zip(rows, one.rows, strict=True)
    )
    return replace(table, variables=(*table.variables, network), rows=said), losses


def losses_of(how: str, one: Answered) -> list[str]:
    """Return what a format never says of these questions, in the reader's language."""
    if how.startswith("odk"):
        return [_("Photos et fichiers joints : leur nom seulement.")]
    if how.startswith("dossier"):
        held = {line.path for line in one.lines}
        left = [
            node.name
            for node in one.prepared.form.walk()
            if node.path not in held and node.kind not in _SILENT and "/meta/" not in node.path
        ]
        names = ", ".join(left[:12]) + ("…" if len(left) > 12 else "")
        return (
            [_("Questions absentes du livre de codes : %(names)s.") % {"names": names}]
            if left
            else []
        )
    found = [] if how == "sav" else [_("La description des questions, sans réponse ni effectif.")]
    return found + said_losses(_labelled(replace(one, rows=()))[1])


_SILENT = frozenset({Kind.GROUP, Kind.REPEAT, Kind.NOTE, Kind.CALCULATED})


def said_losses(losses: Iterable[Loss], language: Language | None = None) -> list[str]:
    """Return losses as sentences, each after the question it is of."""
    chosen = language or reader_language()
    return [
        typeset(f"{one.question} : " if one.question else "", chosen) + one.what.to(chosen)
        for one in losses
    ]


def zipped(files: Sequence[tuple[str, bytes]], about: str) -> bytes:
    """Return a zip of these files, and a text that says what is in them, not when."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (*files, ("lisez-moi.txt", about.encode("utf-8-sig"))):
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _bare(name: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in name).strip("-")[:60] or "bloc"


def _counted_paths(prepared: Prepared) -> set[str]:
    """Return the columns of ODK's tables whose answers are numbers."""
    counted = (node for node in prepared.form.walk() if node.kind in NUMBERS)
    return {node.path.strip("/").partition("/")[2] for node in counted}


def _workbook(name: str, tables: Sequence[Table], counted: set[str]) -> Written:
    with tempfile.TemporaryDirectory(prefix="croisee-sortie-") as place:
        path = Path(place, "reponses.xlsx")
        losses = write_answers(path, tables, counted)
        return Written(((f"{name}.xlsx", path.read_bytes()),), losses)


def _csv(table: Table) -> bytes:
    with tempfile.TemporaryDirectory(prefix="croisee-sortie-") as place:
        path = Path(place, "table.csv")
        write_csv(path, table.header, table.rows)
        return path.read_bytes()
