"""Do more interviews still bring new codes? What each brought, and what none has brought yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

Sets = Sequence[Collection[Hashable]]
"""The codes heard in each document."""
BASE, RUN = 4, 2


@dataclass(frozen=True, slots=True)
class Saturation:
    """What documents brought, in their order, and what more of them might bring.

    ``new`` and ``total``: codes never heard before, and codes heard so far, at each document.
    ``expected``: the codes that as many documents would hold, drawn in any order. ``once`` and
    ``twice``: codes heard in one document only, in two. ``unseen``: at least so many codes are
    still to hear (a lower bound); ``coverage``: the chance that a code use in a document more is
    of a code already heard. Both are ``None`` where too little is heard to say.
    """

    new: tuple[int, ...]
    total: tuple[int, ...]
    expected: tuple[Fraction, ...]
    once: int
    twice: int
    unseen: Fraction | None
    coverage: Fraction | None


def saturation(documents: Sets) -> Saturation:
    """Return the saturation curve of documents in the order given."""
    heard: set[Hashable] = set()
    new, total = [], []
    for codes in documents:
        fresh = set(codes) - heard
        heard |= fresh
        new.append(len(fresh))
        total.append(len(heard))
    holding = Counter(code for codes in documents for code in set(codes))
    once, twice = (sum(n == k for n in holding.values()) for k in (1, 2))
    return Saturation(
        tuple(new),
        tuple(total),
        expected_curve(tuple(holding.values()), len(documents)),
        once,
        twice,
        unseen(once, twice),
        coverage(holding.total(), once, twice, len(documents)),
    )


def expected_curve(holding: Collection[int], documents: int) -> tuple[Fraction, ...]:
    """Return how many codes 1, 2… documents hold, on average over every choice of them.

    ``holding``: for each code, how many of the ``documents`` hold it.

    Source: Ugland, Gray and Ellingsen (2003), *Journal of Animal Ecology* 72, p. 888-897,
    equation 1; Colwell, Mao and Chang (2004), *Ecology* 85, p. 2717-2727, equation 5.
    """
    counts = Counter(holding)
    return tuple(
        Fraction(
            sum(
                codes * (comb(documents, drawn) - comb(documents - held, drawn))
                for held, codes in counts.items()
            ),
            comb(documents, drawn),
        )
        for drawn in range(1, documents + 1)
    )


def unseen(once: int, twice: int) -> Fraction | None:
    """Return a lower bound of the codes not heard yet: once² / (2 twice).

    ``None`` when codes were heard once and none twice: everything is still to be heard.

    Source: Chao (1987), *Biometrics* 43, p. 783-791.
    """
    if twice:
        return Fraction(once * once, 2 * twice)
    return None if once else Fraction(0)


def coverage(uses: int, once: int, twice: int, documents: int) -> Fraction | None:
    """Return the share of code uses to come that are of codes already heard.

    ``uses``: (document, code) pairs heard.

    Source: Chao and Jost (2012), *Ecology* 93, p. 2533-2547, equation 4a, for incidences.
    """
    if not uses or (once and not twice and documents < 2):
        return None
    if not once:
        return Fraction(1)
    others = (documents - 1) * once
    shrink = Fraction(others, others + 2 * twice) if twice else Fraction(1)
    return 1 - Fraction(once, uses) * shrink


def saturated_at(
    new: Sequence[int], threshold: Fraction, base: int = BASE, run: int = RUN
) -> int | None:
    """Return the document (from 1) where what is new fell to a share of what the first brought.

    The ``run`` documents up to it brought at most ``threshold`` × the codes of the first
    ``base``. ``None`` when that never happened, or the first brought nothing.

    Source: Guest, Namey and Chen (2020), *PLoS ONE* 15 (5), e0232076.
    """
    first = sum(new[:base])
    for last in range(base + run, len(new) + 1):
        if first and sum(new[last - run : last]) <= threshold * first:
            return last
    return None
