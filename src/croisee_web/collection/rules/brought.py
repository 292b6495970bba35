"""A file of answers as it was sent: its name, the tables in it, what is told of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from croisee.formats import FormatRefused
from croisee.formats.archive import BROKEN, damaged, open_archive
from croisee.formats.bounds import MAX_UNPACKED
from croisee.language import Phrase
from croisee.questionnaire.exchanges import Entered, Trouble
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import read_submission
from croisee.text import fold
from croisee_web.collection.models import Bringing
from croisee_web.collection.rules.filled import Why, composed
from croisee_web.collection.rules.outgoing import Back
from croisee_web.jobs.rules import in_each_language

LARGEST = 100_000_000
"""Bytes of a file of answers."""
MOST_TOLD = 300
"""Things told of one file; the others are counted."""
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".sav", ".zsav")
_UNSAFE = re.compile(r"[^\w. ()-]+")
_PLACE = re.compile(r"\[[0-9]+\]")
_CHUNK = 1 << 20
_LONGEST = 100
_MOST_TABLES = 40
UNKNOWN = "?"
"""The network of a row that names one the collection does not ask."""

WHY = {
    Why.ALREADY_ANSWERED: _("Une autre réponse a ce numéro ou ce code : celle-ci est à part."),
    Why.WITHDRAWN: _("Cette réponse a été retirée par la personne : elle ne revient pas."),
    Why.UNKNOWN_CASE: _("La collecte n’interroge pas ce réseau."),
}
WHY_BACK = {
    Back.GONE: _("Cette réponse a été retirée ou corrigée depuis : elle ne revient pas."),
    Back.CHANGED: _("Cette ligne vient de cette collecte et n’est plus la même : rien n’est reçu."),
}
NOT_READ = _("Cette ligne n’a pas pu être lue.")


def brought_root() -> Path:
    """Return where files of answers lie until they are received."""
    return Path(settings.FILES_ROOT) / "apports"


def brought_folder(row: Bringing) -> Path:
    """Return where the files of one bringing lie."""
    return brought_root() / row.folder


def safe_name(name: str) -> str:
    """Return a file's name that a folder can hold: no path, no sign a disk refuses.

    Example:
        >>> safe_name("../../reponses:2026.csv")
        'reponses_2026.csv'
    """
    bare = _UNSAFE.sub("_", composed(name)).strip(". ")
    path = Path(bare or "reponses")
    return f"{path.stem[:_LONGEST]}{path.suffix[:8].lower()}"


def tables_in(sent: Path, folder: Path) -> tuple[Path, ...]:
    """Return the tables of a file: itself, or those that a zip holds, unpacked in ``folder``.

    Raises:
        FormatRefused: the zip is damaged, a bomb, names places outside, or holds no table.
    """
    if sent.suffix.lower() != ".zip":
        return (sent,)
    written = 0
    found: list[Path] = []
    try:
        with open_archive(sent) as archive:
            for part in archive.infolist():
                name = safe_name(part.filename)
                if part.is_dir() or not name.endswith(TABLES) or name == "lisez-moi.txt":
                    continue
                target = folder / name
                if target.exists() or len(found) == _MOST_TABLES:
                    raise damaged()
                with archive.open(part) as source, target.open("wb") as file:
                    while chunk := source.read(_CHUNK):
                        written += len(chunk)
                        if written > MAX_UNPACKED:
                            raise damaged()
                        file.write(chunk)
                found.append(target)
    except (*BROKEN, ValueError) as cause:
        if isinstance(cause, FormatRefused):
            raise
        raise damaged() from cause
    if not found:
        raise damaged()
    return tuple(sorted(found))


def case_of(entered: Entered, networks: Mapping[str, str], question: str) -> str:
    """Return the network that a row says, "" when it says none, ``UNKNOWN`` when it is not one.

    ``networks``: codes by what may be written, folded: code or name. ``question``: the name of
    the one that asks it, where the form does.
    """
    said = entered.facts.get("case", "") or _answered(entered, question)
    return networks.get(fold(said), UNKNOWN) if said else ""


def _answered(entered: Entered, question: str) -> str:
    values = read_submission(entered.submission).values
    return next((value for path, value in values.items() if path.endswith(f"/{question}")), "")


def answers_said(content: bytes, prepared: Prepared) -> dict[str, str]:
    """Return what somebody answered in a filled form: no calculation, no moment, nothing empty.

    Two forms that say the same say it here, whichever tool wrote them.
    """
    said = {}
    for address, value in read_submission(content).values.items():
        node = prepared.nodes.get(_PLACE.sub("", address))
        asked = node is not None and node.calculate is None and not node.preload
        if node is not None and asked and value and "/meta/" not in address:
            several = node.kind is Kind.MULTIPLE
            said[address] = " ".join(sorted(value.split())) if several else value
    return said


def place(file: str, row: int | None, sheet: str = "", column: str = "") -> dict[str, object]:
    """Return where something is, as it is kept."""
    return {"file": file, "sheet": sheet, "row": row, "column": column}


def told_of(one: Trouble) -> dict[str, object]:
    """Return what is not right in a file, as it is kept."""
    return {
        **place(one.file, one.row, one.sheet, one.column),
        **words(one.message, one.remedy),
        "misread": one.misread,
    }


def words(message: Phrase | Promise, remedy: Phrase | Promise | str = "") -> dict[str, object]:
    """Return a sentence and what to do, in each language of the site."""
    return {"message": in_each_language(message), "remedy": in_each_language(remedy)}


def first_told(found: Iterable[dict[str, object]]) -> tuple[list[dict[str, object]], int]:
    """Return the first things told, those that stop a cell before the others; and how many more."""
    ordered = sorted(found, key=lambda one: not one.get("misread"))
    return ordered[:MOST_TOLD], max(0, len(ordered) - MOST_TOLD)
