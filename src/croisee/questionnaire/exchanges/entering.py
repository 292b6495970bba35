"""The answers of one row, entered in the form: a submission, and everything not right with it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import numpy as np

from croisee.language import Phrase, phrase
from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.exchanges.told import Trouble
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import submission_of

INSTANCE = "meta/instanceID"
_CONTAINERS = frozenset({Kind.GROUP, Kind.REPEAT})


@dataclass(frozen=True, slots=True)
class Answers:
    """What one row says, before it is checked: values by address, and the column each is from.

    ``facts`` are what the file says besides: ``id``, ``instance_id``, ``submitted``,
    ``language``, ``token``, ``respondent``, ``case``, ``component``, ``organisation``,
    ``weight``; only those it has.
    """

    file: str
    sheet: str
    row: int | None
    """``None``: the file is this one answer (XML)."""
    values: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, tuple[str, int | None]] = field(default_factory=dict)
    """Sheet and row of an answer that is not on the row itself (a repeat's)."""


@dataclass(frozen=True, slots=True)
class Entered:
    """One row as a submission (XML), for the one door that answers enter by."""

    file: str
    sheet: str
    row: int | None
    submission: bytes
    instance_id: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Brought:
    """Everything that a file of answers gave. ``ignored``: columns that answer no question."""

    entered: tuple[Entered, ...]
    troubles: tuple[Trouble, ...] = ()
    ignored: tuple[str, ...] = ()


def enter_all(
    rows: Iterable[Answers],
    prepared: Prepared,
    *,
    at: datetime,
    troubles: Iterable[Trouble] = (),
    ignored: Iterable[str] = (),
) -> Brought:
    """Enter every row; ``troubles`` and ``ignored`` are what reading the file had to say."""
    entered: list[Entered] = []
    said = list(troubles)
    for one in rows:
        made, more = enter(one, prepared, at=at)
        entered.append(made)
        said += more
    said.sort(key=lambda one: (one.file, one.sheet, one.row or 0))
    return Brought(tuple(entered), tuple(said), tuple(ignored))


def enter(answers: Answers, prepared: Prepared, *, at: datetime) -> tuple[Entered, list[Trouble]]:
    """Return the submission of one row, and what is not right with its answers.

    What the form does not ask after these answers is left out, and said; so is a value that is
    not of its question's kind. Calculations are made again. A row that says no instance
    identifier gets one made of what it says: the same file entered twice is the same answers.

    Args:
        answers: one row.
        prepared: the form.
        at: for calculations that ask what time it is; aware.
    """
    instance = _instance_of(answers, prepared)
    root = f"/{prepared.instance.tag}"
    values = _silenced(prepared) | dict(answers.values)
    if f"{root}/{INSTANCE}" in prepared.nodes:
        values[f"{root}/{INSTANCE}"] = instance
    filling = Filling(prepared, at=at, chance=_chance(instance), values=values)
    _drop_unasked_repeats(filling, answers.values)
    troubles = [*_unplaced(answers, filling), *_unasked(answers, filling)]
    faults = faults_of(filling)
    troubles += [
        _trouble(
            answers,
            fault.address,
            phrase("Cette réponse ne convient pas : {words}", words=fault.words)
            if fault.words
            else fault.message,
            phrase("Corrigez la cellule dans le fichier, puis apportez-le de nouveau."),
            misread=fault.misread,
        )
        for fault in faults
    ]
    misread = {fault.address: "" for fault in faults if fault.misread}
    if misread:
        filling.set_many(misread)
    made = Entered(
        answers.file,
        answers.sheet,
        answers.row,
        submission_of(filling),
        instance,
        answers.facts,
    )
    return made, troubles


def _trouble(
    answers: Answers, address: str, message: Phrase, remedy: Phrase, *, misread: bool = False
) -> Trouble:
    sheet, row = answers.places.get(address, (answers.sheet, answers.row))
    column = answers.columns.get(address, address.strip("/").partition("/")[2])
    return Trouble(answers.file, sheet, row, column, message, remedy, misread)


def _instance_of(answers: Answers, prepared: Prepared) -> str:
    own = answers.values.get(f"/{prepared.instance.tag}/{INSTANCE}", "")
    given = (own or answers.facts.get("instance_id", "")).strip()
    if given:
        try:
            return f"uuid:{UUID(given.removeprefix('uuid:'))}"
        except ValueError:
            return given
    form = prepared.form
    whose = answers.facts.get("id") or answers.facts.get("respondent")
    place = f"{answers.sheet}:{answers.row or answers.file}"
    said = [form.identifier, form.version, whose or place]
    said += [f"{address}={value}" for address, value in sorted(answers.values.items()) if value]
    digest = hashlib.sha256("\x00".join(said).encode()).digest()
    return f"uuid:{UUID(bytes=digest[:16], version=4)}"


def _chance(instance: str) -> np.random.Generator:
    return np.random.default_rng(list(hashlib.sha256(instance.encode()).digest()))


def _silenced(prepared: Prepared) -> dict[str, str]:
    """Return what a new sheet would say by itself and nobody answered: defaults, times."""
    return {
        node.path: ""
        for node in prepared.nodes.values()
        if (node.default and node.kind is not Kind.CALCULATED)
        or node.preload in {"timestamp", "date"}
    }


def _drop_unasked_repeats(filling: Filling, values: Mapping[str, str]) -> None:
    """Take away the first time of each repeat that the file says was never asked."""
    for one in list(filling.sheet.places):
        said = any(address.startswith(f"{one.address}/") for address in values)
        if one.node.kind is Kind.REPEAT and one.node.count is None and not said:
            here = {place.address for place in filling.sheet.places}
            if one.address in here:
                filling.remove_repeat(one.address)


def _unplaced(answers: Answers, filling: Filling) -> Iterator[Trouble]:
    for address in filling.unread:
        if answers.values.get(address):
            yield _trouble(
                answers,
                address,
                phrase("Cette réponse n’a pas de place dans le questionnaire."),
                phrase("Vérifiez que le fichier et le questionnaire sont de la même version."),
                misread=True,
            )


def _unasked(answers: Answers, filling: Filling) -> Iterator[Trouble]:
    known = {one.address: one for one in filling.sheet.places}
    for address, value in answers.values.items():
        one = known.get(address)
        if not value or one is None or one.node.kind in _CONTAINERS:
            continue
        now = filling.value(address)
        if one.node.calculate is not None and now != value:
            yield _trouble(
                answers,
                address,
                phrase("Cette valeur se calcule : « {now} » ici, « {value} » dans le fichier.",
                       now=now[:60], value=value[:60]),
                phrase("Rien à faire si le calcul du questionnaire est le bon."),
            )  # fmt: skip
        elif not filling.asked(address):
            yield _trouble(
                answers,
                address,
                phrase("Cette question ne se pose pas après les autres réponses de la ligne."),
                phrase("Vérifiez la réponse qui la commande ; sinon elle n’est pas gardée."),
            )
