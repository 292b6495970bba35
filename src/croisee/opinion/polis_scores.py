"""The scores by which Polis chooses a group's statements: to compare with its reports.

They are not tests here: groups are made from the same votes (``docs/methods/opinion.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from croisee.opinion.statements import Share, Tally


@dataclass(frozen=True, slots=True)
class PolisScore:
    """Polis's scores of one way of a statement in a group, no unit.

    ``share``: (said so + 1) / (voted + 2). ``share_z``: its distance from one half.
    ``repness``: that share over the others' one. ``repness_z``: the distance of the two shares.
    """

    share: float
    share_z: float
    repness: float
    repness_z: float


def polis_scores(
    inside: Sequence[Tally], outside: Sequence[Tally]
) -> tuple[tuple[PolisScore, PolisScore], ...]:
    """Return the scores of agreement, then of disagreement, of each statement.

    As Polis's ``stats.clj`` has them, read in red-dwarf 0.4.0 (``utils/stats.py``): one is added
    to what is counted and to the votes of both tests.
    """
    return tuple(
        (polis_score(here.agree, there.agree), polis_score(here.disagree, there.disagree))
        for here, there in zip(inside, outside, strict=True)
    )


def polis_score(inside: Share, outside: Share) -> PolisScore:
    """Return the scores of a share of a group beside that of the others.

    Example, by hand: 8 of 9 inside, 0 of 4 outside; shares 9/11 and 1/6, z 2·√10·(9/10 - 1/2):
        >>> from croisee.opinion import share
        >>> found = polis_score(share(8, 9), share(0, 4))
        >>> [round(n, 4) for n in (found.share, found.share_z, found.repness, found.repness_z)]
        [0.8182, 2.5298, 4.9091, 2.71]
    """
    own = (inside.count + 1) / (inside.of + 2)
    other = (outside.count + 1) / (outside.of + 2)
    many, others = inside.of + 1, outside.of + 1
    first, second = (inside.count + 1) / many, (outside.count + 1) / others
    pooled = (inside.count + outside.count + 2) / (many + others)
    spread = sqrt(max(0.0, pooled * (1 - pooled) * (1 / many + 1 / others)))
    return PolisScore(
        own,
        2 * sqrt(many) * (first - 0.5),
        own / other,
        (first - second) / spread if spread else 0.0,
    )
