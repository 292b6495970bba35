"""A sheet typed by hand: the fields of one page, what is typed in each, two typings compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from lxml import etree

from croisee.language import Language
from croisee.questionnaire.answers import fault_of, typed
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import CHOSEN, Kind
from croisee.questionnaire.sheet import Place, Prepared
from croisee.questionnaire.submission import OPENROSA, submission_of
from croisee.questionnaire.xform import parsed_xml

_NOT_TYPED = frozenset({Kind.GROUP, Kind.REPEAT, Kind.NOTE, Kind.CALCULATED, Kind.FILE})
PREFIX = "r:"
"""Before a question's address, in the name of its field."""


@dataclass(frozen=True, slots=True)
class HandField:
    """One question of the page: its options bear the numbers that are typed, from 1."""

    address: str
    name: str
    label: str
    options: tuple[tuple[int, str], ...]
    several: bool
    value: str
    wrong: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: the answers as a filling, what is not right, what was not asked."""

    filling: Filling
    wrong: Mapping[str, str]
    left_out: int

    @property
    def content(self) -> bytes:
        """Return the filled form."""
        return submission_of(self.filling)


def blank(prepared: Prepared, *, seed: int, at: datetime, language: str) -> Filling:
    """Return an empty sheet; the same seed and moment give the same identifier."""
    chance = np.random.default_rng(seed)
    return Filling(prepared, at=at, chance=chance, language=language)


def typed_in(filling: Filling, sent: Mapping[str, str], language: Language) -> Typed:
    """Write what was typed on a blank sheet, in the order of the form.

    A choice is typed by its number on the page or by its code; several, apart by spaces.
    """
    for place in hand_places(filling):
        given = sent.get(f"{PREFIX}{place.address}", "").strip()
        if given:
            value = _value(filling, place, given)
            filling.set(place.address, value)
    return _checked(filling, language)


def corrected(filling: Filling, sent: Mapping[str, str], language: Language) -> Typed:
    """Write corrections on a filled sheet: what is sent takes the place of what was there.

    A field sent empty empties its answer; a question that is not sent keeps its own.
    """
    for place in hand_places(filling):
        given = sent.get(f"{PREFIX}{place.address}")
        if given is not None:
            value = _value(filling, place, given.strip()) if given.strip() else ""
            if value != filling.value(place.address):
                filling.set(place.address, value)
    return _checked(filling, language)


def _checked(filling: Filling, language: Language) -> Typed:
    """Say what of a sheet is not right, and what is left out because nothing asks it."""
    wrong: dict[str, str] = {}
    asked = {one.address for one in filling.asked_places()}
    for place in filling.asked_places():
        fault = fault_of(filling, place)
        if fault is not None and filling.value(place.address).strip():
            wrong[place.address] = fault.words or fault.message.to(language)
    left_out = sum(
        bool(filling.value(place.address)) and place.address not in asked
        for place in hand_places(filling)
    )
    return Typed(filling, wrong, left_out)


def hand_places(filling: Filling) -> list[Place]:
    """Return the questions that are typed, in order, asked or not; no file can be."""
    return [
        one
        for one in filling.sheet.places
        if one.node.kind not in _NOT_TYPED and not one.node.readonly
    ]


def hand_fields(
    filling: Filling, sent: Mapping[str, str], wrong: Mapping[str, str]
) -> tuple[HandField, ...]:
    """Return the page's fields, with what was typed and what is not right."""
    return tuple(
        HandField(
            place.address,
            f"{PREFIX}{place.address}",
            filling.label(place.address),
            tuple((n, label) for n, (_code, label) in enumerate(_choices(filling, place), 1)),
            place.node.kind in {Kind.MULTIPLE, Kind.RANKING},
            sent.get(f"{PREFIX}{place.address}", ""),
            wrong.get(place.address, ""),
        )
        for place in hand_places(filling)
    )


def differences(first: Filling, second: Filling) -> list[list[str]]:
    """Return where two typings of a sheet differ: address, first value, second value."""
    return [
        [place.address, one, other]
        for place in hand_places(first)
        if (one := _asked_value(first, place.address))
        != (other := _asked_value(second, place.address))
    ]


def correcting(content: bytes, replaced: str) -> bytes:
    """Return a filled form that says which one it takes the place of."""
    root = parsed_xml(content)
    meta = next(one for one in root.iter() if etree.QName(one).localname == "meta")
    etree.SubElement(meta, f"{{{OPENROSA}}}deprecatedID").text = replaced
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _asked_value(filling: Filling, address: str) -> str:
    return filling.value(address) if filling.asked(address) else ""


def _choices(filling: Filling, place: Place) -> list[tuple[str, str]]:
    return filling.choices(place.address) if place.node.kind in CHOSEN else []


def _value(filling: Filling, place: Place, given: str) -> str:
    kind = place.node.kind
    if kind is Kind.TRIGGER:
        return "OK"
    if kind not in CHOSEN:
        return typed(kind, given)
    codes = [code for code, _label in filling.choices(place.address)]
    parts = [given] if kind is Kind.SINGLE else given.replace(",", " ").split()
    return " ".join(_code(one, codes) for one in parts)


def _code(part: str, codes: list[str]) -> str:
    """Return the code of a choice typed by its code, else by its number; else what was typed."""
    if part in codes:
        return part
    if part.isascii() and part.isdigit() and 1 <= int(part) <= len(codes):
        return codes[int(part) - 1]
    return part
