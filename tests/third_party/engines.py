"""Two engines given the same form and the same answers: ours, and the one of ODK Web Forms."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import numpy as np

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.sheet import Place, prepare
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
HOLDERS = {Kind.GROUP, Kind.REPEAT}
NOT_ANSWERED = HOLDERS | {Kind.CALCULATED, Kind.NOTE, Kind.FILE}
TEXTS = ("", "oui", "Ana", "l’été", "a b", "12", "x@exemple.ca", "3.5", "N/A", "é" * 30)
FIRST, LAST = re.compile(r"\[1\]"), re.compile(r"\[\d+\]$")


class State(NamedTuple):
    """What an engine says of one question that is asked; ``choices`` are codes in order."""

    value: str
    required: bool
    holds: bool
    choices: tuple[str, ...] | None


class Difference(NamedTuple):
    """One thing the engines do not say alike, after an act."""

    address: str
    what: str
    ours: object
    theirs: object
    after: tuple[str, ...]


class Ours:
    """Our engine."""

    def __init__(self, xml: bytes) -> None:
        self.prepared = prepare(read_form(xml))
        self.filling = Filling(self.prepared, at=AT, chance=np.random.default_rng(0))

    def told(self) -> dict[str, State | None]:
        """Return what is asked now, by address; ``None`` for what holds other questions."""
        return {address_of(one): self._state(one) for one in self.filling.asked_places()}

    def is_fact(self, address: str) -> bool:
        """Return whether a client writes this of itself (who, when, on which device), not a form.

        ``meta`` is not a question either, nor what it holds and does not compute.
        """
        places = {address_of(one): one.node for one in self.filling.sheet.places}
        if address in places:
            return bool(places[address].preload)
        return address.startswith(f"/{self.filling.sheet.root.tag}/meta")

    def askable(self) -> list[Place]:
        """Return the questions that somebody may answer now."""
        return [
            one
            for one in self.filling.asked_places()
            if one.node.kind not in NOT_ANSWERED and not one.node.readonly
        ]

    def open_repeats(self) -> list[str]:
        """Return the paths of the repeats that may be asked once more now, outermost."""
        sheet = self.filling.sheet
        return [
            path
            for path in sheet.templates
            if self.prepared.nodes[path].count is None
            and [self.filling.is_asked(one) for one in sheet.parents(path)] == [True]
        ]

    def _state(self, one) -> State | None:
        node, filling = one.node, self.filling
        if node.kind in HOLDERS:
            return None
        value = filling.value(one.address)
        codes = tuple(code for code, _ in filling.choices(one.address))
        return State(
            value,
            node.required is not None and filling.holds(node.required, one.element),
            not value or filling.holds(node.constraint, one.element),
            codes if node.kind in CHOSEN else None,
        )


class Theirs:
    """The engine of Web Forms, in a page of Chromium that has ``engine.html``."""

    def __init__(self, page, xml: bytes) -> None:
        self.page = page
        page.evaluate("xml => engine.open(xml)", xml.decode())

    def told(self) -> dict[str, State | None]:
        """Return the same as :meth:`Ours.told`."""
        found = self.page.evaluate("engine.told()")
        return {address: _theirs(one) for address, one in found.items() if one["relevant"]}

    def act(self, kind: str, *given) -> None:
        """Do the same as was done to ours: ``answer``, ``add`` or ``remove``."""
        self.page.evaluate(f"given => engine.{kind}(...given)", list(given))


def _theirs(one) -> State | None:
    if one["type"] in {"group", "repeat-instance"}:
        return None
    choices = one["choices"]
    return State(
        one["value"], one["required"], one["holds"], None if choices is None else tuple(choices)
    )


def address_of(one: Place) -> str:
    """Return an address as both engines write it: ``/r[1]/x`` is ``/r/x``."""
    return FIRST.sub("", one.address)


def beside(ours: Ours, theirs: Theirs, rng: np.random.Generator, acts: int) -> list[Difference]:
    """Do the same to both engines, ``acts`` times; return everything not said alike.

    An inner repeat is there once when its outer one is added here, not at all there: it is
    added there too. A choice that is dropped here is taken away there, where it comes back.
    """
    found = differences(ours, theirs, ("open",))
    for _ in range(acts):
        act = _act(ours, theirs, rng)
        if act is None:
            break
        found += differences(ours, theirs, act)
    return found


def _act(ours: Ours, theirs: Theirs, rng: np.random.Generator) -> tuple[str, ...] | None:
    repeats, askable = ours.open_repeats(), ours.askable()
    if repeats and rng.random() < 0.15:
        path = repeats[int(rng.integers(len(repeats)))]
        times = len(ours.filling.sheet.times(path, ours.filling.sheet.parents(path)[0]))
        if times > 1 and rng.random() < 0.4:
            return _taken_away(ours, theirs, path, int(rng.integers(times)))
        ours.filling.add_repeat(path)
        _catch_up(ours, theirs)
        return ("add", path)
    if not askable:
        return None
    one = askable[int(rng.integers(len(askable)))]
    return _answered(ours, theirs, one, drawn_answer(rng, ours.filling, one))


def _catch_up(ours: Ours, theirs: Theirs) -> None:
    """Ask there once what is asked here and not there: an inner repeat, of a new outer one."""
    there = theirs.page.evaluate("Object.keys(engine.told())")
    for one in ours.filling.asked_places():
        counted = one.node.kind is not Kind.REPEAT or one.node.count is not None
        if not counted and address_of(one) not in there:
            theirs.act("add", LAST.sub("", address_of(one)))


def _taken_away(ours: Ours, theirs: Theirs, path: str, place: int) -> tuple[str, ...]:
    ours.filling.remove_repeat(f"{path}[{place + 1}]")
    theirs.act("remove", path, place)
    return ("remove", f"{path}[{place + 1}]")


def _answered(ours: Ours, theirs: Theirs, one: Place, value: str) -> tuple[str, ...]:
    before = {kept.address: ours.filling.value(kept.address) for kept in ours.filling.sheet.places}
    theirs.act("answer", address_of(one), value)
    ours.filling.set(one.address, value)
    _catch_up(ours, theirs)
    for other in ours.filling.sheet.places:
        dropped = before.get(other.address) and not ours.filling.value(other.address)
        if dropped and other.node.kind in CHOSEN and other.address != one.address:
            theirs.act("answer", address_of(other), "")
    return ("answer", one.address, value)


def differences(ours: Ours, theirs: Theirs, after: tuple[str, ...]) -> list[Difference]:
    """Return everything that the engines do not say alike now."""
    mine, yours = ours.told(), theirs.told()
    found = []
    for address in sorted(mine.keys() | yours.keys()):
        if ours.is_fact(address):
            continue
        here, there = mine.get(address), yours.get(address)
        if (address in mine) != (address in yours):
            asked = (address in mine, address in yours)
            found.append(Difference(address, "asked", *asked, after))
        elif here is not None and there is not None:
            found += [
                Difference(address, name, one, other, after)
                for name, one, other in zip(State._fields, here, there, strict=True)
                if one != other
            ]
    return found


def drawn_answer(rng: np.random.Generator, filling: Filling, one) -> str:
    """Return an answer of a question: any that its page would let somebody give, or none."""
    codes = [code for code, _ in filling.choices(one.address)]
    kind = one.node.kind
    if rng.random() < 0.12 or (kind in CHOSEN and not codes):
        return ""
    if kind is Kind.SINGLE:
        return str(rng.choice(codes))
    if kind is Kind.MULTIPLE:
        kept = [code for code in codes if rng.random() < 0.4]
        return " ".join(kept)
    if kind is Kind.RANKING:
        return " ".join(rng.permutation(codes))
    if kind in {Kind.INTEGER, Kind.RANGE}:
        return str(rng.integers(-1, 8) if rng.random() < 0.7 else rng.integers(-2, 130))
    return _written(rng, kind)


def _written(rng: np.random.Generator, kind: Kind) -> str:
    day = AT + timedelta(days=int(rng.integers(-9000, 900)), minutes=int(rng.integers(1440)))
    ways = {
        Kind.DECIMAL: lambda: f"{rng.integers(-80, 400) / 8}",
        Kind.DATE: lambda: day.date().isoformat(),
        Kind.TIME: lambda: f"{day:%H:%M}:00.000+00:00",
        Kind.DATETIME: lambda: f"{day:%Y-%m-%dT%H:%M}:00.000+00:00",
        Kind.PLACE: lambda: "45.5 -73.5 0.0 0.0",
        Kind.TRIGGER: lambda: "OK",
    }
    return ways.get(kind, lambda: str(rng.choice(TEXTS)))()
