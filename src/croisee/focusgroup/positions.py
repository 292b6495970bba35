"""For, against, it depends: people per position, and the arguments each position gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from croisee.dataset import Dataset
from croisee.focusgroup.fieldwork import Fieldwork, Row, by_theme, fieldwork
from croisee.tables import PositionResult, PositionTable

POSITIONS = ("pour", "nuance", "contre")

Counts = tuple[int, int, int]
Arguments = tuple[tuple[tuple[str, int], ...], ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's position and one justification (a code, or empty). A person may give
    several: one voice each.
    """

    person: str
    position: str
    justification: str = ""


def count_positions(voices: Iterable[Voice]) -> tuple[Counts, Arguments]:
    """Return people per position (for, depends, against), and their arguments.

    Each person counts once: someone heard both for and against counts as « it depends ».
    An argument belongs to the position under which it was given; arguments come by code,
    with the number of distinct people who gave them.

    Example:
        >>> count_positions([Voice("p-1", "pour", "j-soin"), Voice("p-2", "contre")])
        ((1, 0, 1), ((('j-soin', 1),), (), ()))
    """
    held: dict[str, set[str]] = defaultdict(set)
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    for voice in voices:
        if voice.position not in POSITIONS:
            raise ValueError(f"a position is one of {POSITIONS}, not {voice.position!r}")
        held[voice.person].add(voice.position)
        if voice.justification:
            said[voice.position, voice.justification].add(voice.person)
    settled = [settled_position(positions) for positions in held.values()]
    first, second, third = (settled.count(position) for position in POSITIONS)
    arguments = tuple(
        tuple(
            (code, len(people)) for (under, code), people in sorted(said.items()) if under == name
        )
        for name in POSITIONS
    )
    return (first, second, third), arguments


def settled_position(positions: set[str]) -> str:
    """Return the one position a person is counted in: nuanced when she voiced several."""
    return next(iter(positions)) if len(positions) == 1 else "nuance"


def positions(dataset: Dataset) -> tuple[PositionTable, ...]:
    """Return one table a position theme of the guide, one result a case, groups pooled."""
    field = fieldwork(dataset)
    return tuple(
        PositionTable(
            theme.code, tuple(_result(field, theme.code, *case) for case in cases), edition
        )
        for theme, edition, cases in by_theme(dataset.study, dataset.rows("positions"), "position")
    )


def _result(
    field: Fieldwork, theme: str, case: str, edition: str, rows: list[Row]
) -> PositionResult:
    voices = [Voice(row["participant"], row["position"], row["justification"]) for row in rows]
    counts, arguments = count_positions(voices)
    sessions = {row["session"] for row in rows}
    people = {voice.person for voice in voices}
    base = field.base(case, edition, sessions, people, f"positions.{theme}")
    return PositionResult(base, field.label(case), counts, arguments, len(sessions))
