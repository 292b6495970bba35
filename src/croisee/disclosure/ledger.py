"""What has been printed of each question, so that nothing can be subtracted from it.

``docs/methods/divulgation.md`` §3.2.4 and §3.4: one partition per base and question, and no
second table of a question on a base inside another unless the difference could be printed.
All audiences together: circles talk to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from croisee.disclosure.groupings import comparable, join
from croisee.language import Phrase, phrase
from croisee.study import Partition
from croisee.tables import Base

_SUBSETS = 8
"""Up to this many bases inside one, every combination of them is subtracted."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One question as printed of one base: a count a block, ``None`` where it is not exact."""

    base: Base
    question: str
    partition: Partition
    counts: tuple[int | None, ...]
    t: int

    def at(self, coarse: Partition) -> tuple[int, ...] | None:
        """Return the counts of wider blocks, ``None`` if one of them is not exact."""
        totals = []
        for wide in coarse:
            inside = [
                count
                for block, count in zip(self.partition, self.counts, strict=True)
                if set(block) <= set(wide)
            ]
            exact = [count for count in inside if count is not None]
            if len(exact) < len(inside):
                return None
            totals.append(sum(exact))
        return tuple(totals)


class Ledger:
    """Everything printed so far, by question."""

    def __init__(self) -> None:
        self._printed: dict[str, list[Printed]] = {}
        self._within: dict[str, str] = {}

    def enter(self, entries: Iterable[Printed]) -> Phrase | None:
        """Take the entries of one table together, or say why none of them may be printed."""
        new = list(entries)
        for entry in new:
            if entry.base.within:
                self._within[entry.base.id] = entry.base.within
        kept: list[Printed] = []
        for entry in new:
            reason = self._refusal(entry, kept)
            if reason is not None:
                return reason
            kept.append(entry)
        for entry in kept:
            self._printed.setdefault(entry.question, []).append(entry)
        return None

    def printed(self, question: str) -> tuple[Printed, ...]:
        """Return what was printed of one question."""
        return tuple(self._printed.get(question, ()))

    def _refusal(self, entry: Printed, kept: Sequence[Printed]) -> Phrase | None:
        others = [
            *self._printed.get(entry.question, ()),
            *(other for other in kept if other.question == entry.question),
        ]
        same = [other for other in others if other.base.id == entry.base.id]
        for other in same:
            if other.base.n != entry.base.n:
                return _difference(entry, other)
            if not comparable(other.partition, entry.partition):
                return phrase(
                    "« {question} » est déjà montrée avec un autre regroupement sur la même base : "
                    "la différence donnerait un nombre caché.",
                    question=entry.question,
                )
        everything = [*others, entry]
        wholes = [o for o in others if self._inside(entry.base, o.base)]
        if any(self._inside(o.base, entry.base) for o in others):
            wholes.append(entry)
        for whole in wholes:
            parts = [o for o in everything if self._inside(o.base, whole.base)]
            reason = self._subtraction(whole, parts)
            if reason is not None:
                return reason
        return self._crossed(entry, others)

    def _inside(self, small: Base, large: Base) -> bool:
        if small.id == large.id:
            return False
        seen, above = {small.id}, small.within
        while above and above not in seen:
            if above == large.id:
                return True
            seen.add(above)
            above = self._within.get(above, "")
        wave = (small.source, small.edition) == (large.source, large.edition)
        cases = set(small.cases) <= set(large.cases)
        return wave and cases and _conditions(large) <= _conditions(small)

    def _crossed(self, entry: Printed, others: Iterable[Printed]) -> Phrase | None:
        for other in others:
            one, two = entry.base, other.base
            wave = (one.source, one.edition) == (two.source, two.edition)
            overlap = set(one.cases) & set(two.cases)
            apart = one.id == two.id or self._inside(one, two) or self._inside(two, one)
            if wave and overlap and not apart:
                return _difference(entry, other)
        return None

    def _subtraction(self, whole: Printed, parts: Sequence[Printed]) -> Phrase | None:
        for some in _apart(parts):
            coarse = join([whole.partition, *(part.partition for part in some)])
            alike = all(comparable(whole.partition, part.partition) for part in some)
            if not alike or not _difference_passes(whole, some, coarse):
                return _difference(whole, some[0])
        return None


def _conditions(base: Base) -> set[str]:
    """Return what defines a base inside its wave: « a*b », those who answered a and b."""
    return {part for part in base.filter.split("*") if part}


def _difference_passes(whole: Printed, some: Sequence[Printed], coarse: Partition) -> bool:
    totals = whole.at(coarse)
    taken = [part.at(coarse) for part in some]
    if totals is None or any(counts is None for counts in taken):
        return False
    left = [
        total - sum(counts[place] for counts in taken if counts is not None)
        for place, total in enumerate(totals)
    ]
    n = whole.base.n - sum(part.base.n for part in some)
    if n == 0:
        return not any(left)
    t = max(whole.t, *(part.t for part in some))
    return n >= 2 * t and all(t <= count for count in left)


def _apart(parts: Sequence[Printed]) -> Iterable[tuple[Printed, ...]]:
    """Yield every combination of parts that share nobody (by their cases)."""
    unique = list({(part.base.id, part.partition): part for part in parts}.values())
    if len(unique) > _SUBSETS:
        yield from ((part,) for part in unique)
        whole = _disjoint_run(unique)
        if len(whole) > 1:
            yield whole
        return
    for size in range(1, len(unique) + 1):
        for some in combinations(unique, size):
            cases = [case for part in some for case in part.base.cases]
            if len(cases) == len(set(cases)):
                yield some


def _disjoint_run(parts: Sequence[Printed]) -> tuple[Printed, ...]:
    taken: list[Printed] = []
    seen: set[str] = set()
    for part in parts:
        if not seen & set(part.base.cases):
            taken.append(part)
            seen |= set(part.base.cases)
    return tuple(taken)


def _difference(one: Printed, other: Printed) -> Phrase:
    return phrase(
        "« {question} » est déjà montrée sur une base voisine ({one} et {other}) : "
        "la différence donnerait un nombre caché.",
        question=one.question,
        one=f"{one.base.id}, n = {one.base.n}",
        other=f"{other.base.id}, n = {other.base.n}",
    )
