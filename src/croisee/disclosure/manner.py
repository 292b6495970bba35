"""How much of a base may be told: numbers, halves, words, or nothing.

Two choices of a study make whole bases coarser, before any answer is looked at:

- ``stabilite = "recalculable"`` (``docs/methods/divulgation.md`` §7.3): tables about people are
  said in halves of the cut, from the first release on;
- ``participation = "confidentielle"`` (§3.1): how many took part is banded like a delicate
  count, so that a base whose size may not be written has no number at all.

What is decided here depends on released values alone (the bands of participation), so that the
choice itself says nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from croisee.disclosure.values import Chiffre, Form, two_sided
from croisee.study import MethodKind, Policy, Study, Subject
from croisee.tables import ParticipationTable, RawTable

CONFIDENTIAL, RECOMPUTABLE, ROUNDED = "confidentielle", "recalculable", "arrondi"

Taken = Mapping[tuple[str, str], Mapping[str, tuple[int, int | None]]]
"""Source and edition → case → how many took part, of how many."""


class Manner(Enum):
    """How the answers of one base may be told."""

    NUMBERS = "each value by its rule"
    HALVES = "halves of the cut, beside the size of the base"
    WORDS = "halves of the cut in words, the size of the base untold"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Telling:
    """How a base may be told, and how many units anybody may know it has at least."""

    manner: Manner
    least: int


class Counted(Protocol):
    """A base, raw or released."""

    @property
    def source(self) -> str:
        """Return the instrument or the method."""

    @property
    def edition(self) -> str:
        """Return the wave."""

    @property
    def cases(self) -> tuple[str, ...]:
        """Return the networks counted together."""

    @property
    def subject(self) -> Subject:
        """Return the unit counted."""

    @property
    def n(self) -> int | None:
        """Return how many units it has, ``None`` when that is not told."""

    @property
    def frame(self) -> int | None:
        """Return how many could have been in it, if known."""


def is_confidential(policy: Policy) -> bool:
    """Return whether taking part in the study is itself a delicate fact."""
    return policy.participation == CONFIDENTIAL


def strict(policy: Policy) -> Policy:
    """Return the policy the rules apply: in a confidential study five people are not enough.

    A quote's label, like a count, must be shared by as many people as a delicate answer.
    """
    if not is_confidential(policy):
        return policy
    return replace(policy, quotes_min=max(policy.quotes_min, policy.t_sensitive))


def public_frame(study: Study, source: str, frame: int | None) -> int | None:
    """Return how many could have taken part, where anybody may know it.

    The frame of a form filled at an interview or in a group is how many were there: a count
    of people who took part, and no public fact.
    """
    methods = {one.code: one.kind for one in study.methods}
    asked = next((one.method for one in study.instruments if one.code == source), source)
    return frame if methods.get(asked) is MethodKind.SURVEY else None


def taking_part(study: Study, tables: Iterable[RawTable]) -> Taken:
    """Return who took part in each wave, case by case, of how many (where that is public)."""
    found: dict[tuple[str, str], dict[str, tuple[int, int | None]]] = {}
    for table in tables:
        if isinstance(table, ParticipationTable):
            wave: dict[str, tuple[int, int | None]] = {}
            parts: Counter[str] = Counter()
            for row in table.rows:
                frame = public_frame(study, table.source, row.frame)
                if not row.component:
                    wave[row.case] = (row.answered, frame)
                parts[row.case] += row.answered
            for case, n in parts.items():
                wave.setdefault(case, (n, None))
            found[table.source, table.edition] = wave
    return found


def band(answered: int, frame: int | None, t: int) -> Chiffre | None:
    """Return how many took part as it may be told, ``None`` when nothing may be."""
    if frame is None or not max(2 * t, answered) <= frame:
        return None
    return two_sided(answered, frame, t)


def telling_of(base: Counted, policy: Policy, taken: Taken) -> Telling:
    """Return how the answers of one base may be told under the study's policy."""
    n = base.n or 0
    if is_confidential(policy):
        told = _hidden(base, policy.t_sensitive, taken)
        if told.manner is not Manner.NUMBERS:
            return told
    if policy.stability == RECOMPUTABLE and base.subject is Subject.PERSON:
        return Telling(Manner.HALVES, n)
    return Telling(Manner.NUMBERS, n)


def _hidden(base: Counted, t: int, taken: Taken) -> Telling:
    wave = taken.get((base.source, base.edition), {})
    bands = [_band_of(case, base, wave, t) for case in base.cases]
    if bands and all(one is not None and one.form is Form.EXACT for one in bands):
        return Telling(Manner.NUMBERS, base.n or 0)
    least = sum(one.lo for one in bands if one is not None)
    if len(base.cases) == 1 and bands[0] is None:
        n, frame = wave.get(base.cases[0], (base.n or 0, base.frame))
        least = t if frame is None and n >= t else 0
    return Telling(Manner.WORDS if least >= t else Manner.NOTHING, least)


def _band_of(
    case: str, base: Counted, wave: Mapping[str, tuple[int, int | None]], t: int
) -> Chiffre | None:
    if case in wave:
        return band(*wave[case], t)
    return band(base.n or 0, base.frame, t) if len(base.cases) == 1 else None
