"""Intervals for a frame of 28, 64 or 250 members, where a sample is a large part of it.

See ``docs/methods/intervalles.md``: assumption, formulae, sources, coverage, worked example.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import fsum, sqrt

TAIL = 0.025
"""Chance left on each side: the interval is a 95 % one."""
_TIE = 1e-9
"""Relative room for the rounding of a probability that equals ``TAIL``."""


@lru_cache(maxsize=10_000)
def interval(x: int, n: int, frame: int | None) -> tuple[float, float]:
    """Return the 95 % interval of a proportion in the frame, x of n units having said yes.

    Exact inversion of the hypergeometric distribution (Buonaccorsi 1987; Wright 1991): the
    ends are M/N, for the smallest and largest numbers M of the N members that would not
    make what was seen too rare (2.5 % each side). At n = N both ends are x/N. Without a
    frame, the binomial one (Clopper and Pearson 1934). Never covers less than 95 %.

    Assumes that who answered is like a random draw of the frame: it speaks of the number
    of answers, not of who keeps silent. Give released counts only: from the ends the count
    can be computed back. Raises ``ValueError`` unless 0 ≤ x ≤ n ≤ N and n ≥ 1.
    """
    if not 0 <= x <= n or n < 1 or (frame is not None and n > frame):
        raise ValueError(f"{x} of {n} of {frame}")
    if frame is None:
        return share_interval(x / n, n)
    from scipy.stats import hypergeom  # noqa: PLC0415 -- half a second other commands do without

    fewest, most = x, frame - (n - x)
    low_members = _first(
        fewest, most, lambda members: _plausible(hypergeom.sf(x - 1, frame, members, n))
    )
    high_members = -_first(
        -most, -fewest, lambda members: _plausible(hypergeom.cdf(x, frame, -members, n))
    )
    return low_members / frame, high_members / frame


def share_interval(share: float, n: float) -> tuple[float, float]:
    """Return Clopper and Pearson's 95 % interval of a share of ``n`` equal draws.

    ``share`` is between 0 and 1; ``n`` need not be whole: weights and clusters make of some
    answers an effective number of them (Korn and Graubard 1998, Survey Methodology 24,
    p. 193-201), which is how design-based and weighted intervals are made here.

    Example:
        >>> [round(end, 3) for end in share_interval(0.4, 100)]
        [0.303, 0.503]
    """
    from scipy.stats import beta  # noqa: PLC0415 -- half a second that other commands do without

    x = share * n
    low = float(beta.ppf(TAIL, x, n - x + 1)) if share > _TIE else 0.0
    high = float(beta.isf(TAIL, x + 1, n - x)) if share < 1 - _TIE else 1.0
    return low, high


def standard_error(values: Sequence[float], frame: int | None) -> float:
    """Return the standard error of a mean, with the finite-population correction.

    √((1 − n/N) s²/n), s² with n − 1 (Cochran 1977, theorem 2.2). Needs two values.
    """
    n = len(values)
    mean = fsum(values) / n
    variance = fsum((value - mean) ** 2 for value in values) / (n - 1)
    left = 1.0 if frame is None else 1 - n / frame
    return sqrt(left * variance / n)


def _plausible(probability: float) -> bool:
    return probability > TAIL * (1 + _TIE)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Return the first integer of [low, high] for which a rising condition holds."""
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
