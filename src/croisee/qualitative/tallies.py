"""Sums over coded units, from which every coefficient of agreement is read, one document less too.

Every array has the codes as its last axis (one column where a sum is the same for all), and the
documents as the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from croisee.qualitative.codings import Stretches, Whole, bits

Real = NDArray[np.float64]
Ratio = tuple[Real, Real]
"""What disagrees, and what chance would make disagree, in the same unit. The first axis is the
pairs of coders: one line where the coefficient takes all coders together."""
CHANCE = 1e-9
"""What chance would make disagree, under which there is nothing to disagree about."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """What each two coders marked in the documents that both coded; the first axis is the pairs."""

    one: Real
    other: Real
    unlike: Real
    judged: Real


@dataclass(frozen=True, slots=True)
class Tallies:
    """``units``, and ``judgements`` (units × coders), of each document; then, of each code too:

    ``differ``: the pairs of coders who judged otherwise, over the coders less one; ``apart``:
    over all pairs. ``used``: judgements « this code »; ``share``: the same, over the coders.
    ``marked``: units that somebody marked. ``squares``: the squared lengths of passages, where
    units are characters.
    """

    units: Real
    judgements: Real
    differ: Real
    apart: Real
    used: Real
    share: Real
    marked: Real
    squares: Real | None
    pairs: Pairs


def tallies(
    found: Stretches, codes: Whole, who: Whole, units: Real, squares: Real | None
) -> Tallies:
    """Return the sums of each document.

    Args:
        found: what coders marked, in the documents of ``who``.
        codes: the codes wanted, ascending.
        who: the set of coders of each document, two at least.
        units: turns, or characters, of each document.
        squares: of each document and code, the squared lengths of the coders' passages.
    """
    kept = np.isin(found.code, codes)
    document, coders, size = found.document[kept], found.coders[kept], found.size[kept]
    place = document * len(codes) + np.searchsorted(codes, found.code[kept])
    shape = len(who), len(codes)

    def summed(values: NDArray[np.number]) -> Real:
        sums = np.bincount(place, values, minlength=shape[0] * shape[1])
        return sums.astype(float).reshape(shape)

    several, many = bits(who)[document], bits(coders)
    unlike = 2 * many * (several - many) * size / (several - 1)
    seen = []
    for one, other in _every_two(int(np.bitwise_or.reduce(who))):
        judged = (who >> one) & (who >> other) & 1
        inside = size * judged[document]
        first, second = (coders >> one & 1) * inside, (coders >> other & 1) * inside
        seen.append(
            (summed(first), summed(second), summed(abs(first - second)), (units * judged)[:, None])
        )
    return Tallies(
        units[:, None],
        (units * bits(who))[:, None],
        summed(unlike),
        summed(unlike / several),
        summed(many * size),
        summed(many * size / several),
        summed(size),
        squares,
        Pairs(*(np.stack(parts) for parts in zip(*seen, strict=True))),
    )


def _every_two(coders: int) -> Iterator[tuple[int, int]]:
    present = [bit for bit in range(coders.bit_length()) if coders >> bit & 1]
    for place, one in enumerate(present):
        yield from ((one, other) for other in present[place + 1 :])


def together(each: Tallies) -> Tallies:
    """Return the sums over all documents: one line."""
    return _changed(each, lambda sums: sums.sum(axis=-2, keepdims=True))


def one_less(each: Tallies) -> Tallies:
    """Return the sums over all documents but one: a line for each document left out."""
    return _changed(each, lambda sums: sums.sum(axis=-2, keepdims=True) - sums)


def _changed(each: Tallies, change: Callable[[Real], Real]) -> Tallies:
    """Return tallies whose every sum is changed alike."""
    pairs = Pairs(*(change(getattr(each.pairs, field.name)) for field in fields(Pairs)))
    sums = {
        field.name: change(getattr(each, field.name))
        for field in fields(Tallies)
        if field.name not in {"pairs", "squares"}
    }
    squares = None if each.squares is None else change(each.squares)
    return Tallies(**sums, squares=squares, pairs=pairs)


def ratios(sums: Tallies) -> dict[str, Ratio]:
    """Return, for each coefficient, what disagrees and what chance would make disagree."""
    unused = sums.judgements - sums.used
    drawn = 2 * sums.used * unused
    pairs = sums.pairs
    with np.errstate(divide="ignore", invalid="ignore"):
        likely = sums.share / sums.units
        alike = pairs.one * pairs.other + (pairs.judged - pairs.one) * (pairs.judged - pairs.other)
        found = {
            "kappa": (pairs.unlike, pairs.judged - alike / pairs.judged),
            "alpha": (sums.differ, drawn / (sums.judgements - 1)),
            "ac1": (sums.apart, sums.units * (1 - 2 * likely * (1 - likely))),
        }
        if sums.squares is not None:
            whole = sums.judgements**2 - sums.squares - unused
            found["unitising"] = (sums.differ, sums.judgements * drawn / whole)
    return {
        name: tuple(part if part.ndim == 3 else part[None] for part in parts)  # type: ignore[misc]
        for name, parts in found.items()
    }


def coefficient(ratio: Ratio) -> Real:
    """Return 1 less what disagrees over chance, its mean over pairs; NaN where chance is nil."""
    seen, chance = ratio
    known = chance > CHANCE
    with np.errstate(divide="ignore", invalid="ignore"):
        each = np.where(known, 1 - seen / np.where(known, chance, 1), 0.0)
        found: Real = each.sum(axis=0) / known.sum(axis=0)
    return found
