"""What ballots are like before they are counted: ties, missing options, ranks that are skipped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BallotNotes:
    """How many ballots there are, and how many have each particularity.

    ``tied``: two options at one rank. ``partial``: an option without a rank. ``gaps``: a rank
    that nobody has between two others, and that no tie before it explains (1, 1, 3 has none).
    None is mended: a tie stays one, missing options are tied last, skipped ranks mean nothing.
    """

    ballots: int
    tied: int
    partial: int
    gaps: int


def ballot_notes(options: Sequence[str], ranks: Iterable[Mapping[str, int]]) -> BallotNotes:
    """Return what ballots are like, each given as the rank of its options."""
    held = list(ranks)
    return BallotNotes(
        len(held),
        sum(len(set(one.values())) < len(one) for one in held),
        sum(not set(options) <= set(one) for one in held),
        sum(_has_gap(one.values()) for one in held),
    )


def _has_gap(ranks: Iterable[int]) -> bool:
    counted = Counter(ranks)
    dense = competing = 1
    for rank in sorted(counted):
        if rank not in {dense, competing}:
            return True
        dense, competing = rank + 1, competing + counted[rank]
    return False
