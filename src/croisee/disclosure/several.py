"""When several answers may be printed item by item without the fallback telling something.

``docs/methods/divulgation.md`` §3.5. Falling back on halves says that some item was too
narrow: for a few sizes of base and of list, that alone proves an item small. Those sizes are
found here without looking at the answers, and halves are then used whatever the answers are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache


@cache
def items_are_safe(n: int, items: int, least: int, most: int, t: int) -> bool:
    """Return whether the fallback on halves, when it happens, leaves ``t`` values to an item.

    ``n`` units chose from ``least`` to ``most`` of ``items``. Both sums a reader knows are
    looked at: at least ``least·n`` choices made, at least ``(items - most)·n`` not made.
    """
    chosen = _narrowest(n, items, least, t, (n + 1) // 2)
    left = _narrowest(n, items, items - most, t, n // 2 + 1)
    return min(chosen, left) >= t


@cache
def halves_are_safe(n: int, items: int, least: int, most: int, t: int) -> bool:
    """Return whether halves alone leave ``t`` values to every item, whatever the answers."""
    for floor, half in ((least, (n + 1) // 2), (items - most, n // 2 + 1)):
        low = floor * n - (items - 1) * (half - 1)
        if half - max(0, low) < t:
            return False
    return True


def _narrowest(n: int, items: int, floor: int, t: int, half: int) -> int:
    """Return the fewest values left to an item under half, over the patterns of halves."""
    if floor < 1:
        return n
    widths = []
    for over in range(items):
        ends = list(_ends(_Size(n, floor, t, half), items - over, over))
        if ends:
            widths.append(max(high for _, high in ends) - min(low for low, _ in ends) + 1)
    return min(widths, default=n)


@dataclass(frozen=True, slots=True)
class _Size:
    """A base of ``n``, ``floor`` choices each, the threshold, the first value of the upper half."""

    n: int
    floor: int
    t: int
    half: int


def _ends(size: _Size, under: int, over: int) -> Iterator[tuple[int, int]]:
    """Yield the least and greatest value of an item under half, where the fallback happens.

    It happens when the others, at most, leave a small item at least one unit: with ``small``
    items under ``t``, ``large`` over ``n - t`` and the rest exact with sum ``S``,
    ``S + (small - 1)(t - 1) + large·n < floor·n <= S + small·(t - 1) + large·n``.
    """
    n, t = size.n, size.t
    for small in range(1, under + 1):
        for large in range(over + 1):
            middle, high = under - small, over - large
            if middle and size.half - 1 < t:
                continue
            known = size.floor * n - large * n
            lowest = max(middle * t + high * size.half, known - small * (t - 1))
            highest = min(
                middle * (size.half - 1) + high * (n - t), known - 1 - (small - 1) * (t - 1)
            )
            if lowest > highest or (high and size.half > n - t):
                continue
            least = max(0, known - highest - (small - 1) * (t - 1))
            greatest = t - 1
            if middle:
                greatest = min(size.half - 1, highest - (middle - 1) * t - high * size.half)
            yield least, greatest
