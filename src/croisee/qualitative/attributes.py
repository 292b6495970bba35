"""Codes by attribute of the people who said them, and passages in a framework matrix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from croisee.qualitative.codings import Codings, merged_spans


@dataclass(frozen=True, slots=True)
class CodeAttribute:
    """One code for one value of an attribute: ``people`` who said it of ``met`` who took part."""

    code: str
    value: str
    people: int
    met: int
    passages: int


@dataclass(frozen=True, slots=True)
class FrameworkCell:
    """What one person said under one code: places (document, turn, start, end), in order."""

    person: str
    code: str
    places: tuple[tuple[str, int, int, int], ...]


def code_attribute(codings: Codings, values: Mapping[str, str]) -> tuple[CodeAttribute, ...]:
    """Return, code by code, how many people of each value said it.

    Args:
        codings: the codings.
        values: the value of the attribute of each person who took part, silent people included;
            a person without a value is in no line.

    Passages of one code that share characters of a turn are one. Values come in alphabetical
    order; codes nobody of these people said are left out.
    """
    names = sorted(set(values.values()))
    met = {name: sum(value == name for value in values.values()) for name in names}
    of_person = np.array(
        [names.index(values[p]) if p in values else -1 for p in codings.people], np.int64
    )
    spans = merged_spans(codings)
    person = codings.person[spans.turn]
    value = of_person[person] if len(of_person) else person
    found = []
    for place, code in enumerate(codings.codes):
        mine = (spans.code == place) & (value >= 0)
        if mine.any():
            for index, name in enumerate(names):
                here = mine & (value == index)
                people = len(np.unique(person[here]))
                found.append(CodeAttribute(code, name, people, met[name], int(here.sum())))
    return tuple(found)


def framework(codings: Codings) -> tuple[FrameworkCell, ...]:
    """Return the framework matrix: the passages of each person under each code, as places.

    A cell where nothing was said is left out. People then codes come in alphabetical order.

    Source: Ritchie and Spencer (1994), « Qualitative data analysis for applied policy research »,
    in Bryman and Burgess, *Analyzing Qualitative Data*, p. 173-194 (charting).
    """
    spans = merged_spans(codings)
    person = codings.person[spans.turn]
    cells: dict[tuple[str, str], list[tuple[str, int, int, int]]] = {}
    for index in np.lexsort((spans.start, spans.turn, spans.code, person)).tolist():
        turn = spans.turn[index]
        key = codings.people[person[index]], codings.codes[spans.code[index]]
        place = (
            codings.documents[codings.document[turn]],
            int(codings.number[turn]),
            int(spans.start[index]),
            int(spans.end[index]),
        )
        cells.setdefault(key, []).append(place)
    return tuple(FrameworkCell(*key, tuple(places)) for key, places in cells.items())
