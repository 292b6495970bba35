"""When several answers may be printed item by item without the fallback telling something.

``docs/methods/divulgation.md`` §3.5. Whether items are printed each by the two-sided rule or
all in halves is decided by released values alone. What a reader then learns from halves is
that the values are among those that fall back; :func:`fallback` chooses, from the size of the
base and of the list and without looking at the answers, a set of them that proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

_Span = tuple[int, int]


class Fallback(IntEnum):
    """When the items of a list are all said in halves, from seldom to always."""

    TOLD = 0
    """When the sums a reader knows would narrow a masked item."""
    MASKED = 1
    """When any item is masked."""
    ALWAYS = 2
    """Whatever the values."""


@dataclass(frozen=True, slots=True)
class Size:
    """A base of ``n`` units that each chose ``least`` to ``most`` of ``items``; threshold ``t``."""

    n: int
    items: int
    least: int
    most: int
    t: int
    strict: bool = False
    """True where the upper half is « plus de la moitié » instead of « la moitié ou plus »."""

    @property
    def half(self) -> int:
        """Return the first count of the upper half."""
        return self.n // 2 + 1 if self.strict else (self.n + 1) // 2


@dataclass(frozen=True, slots=True)
class _Make:
    """How the items of a pattern are split: under ``t``, exact on each side of half, over n - t."""

    small: int
    under: int
    over: int
    large: int


@cache
def fallback(size: Size, over: int) -> Fallback | None:
    """Return when lists with ``over`` items in the upper half are said in halves.

    The least frequent fallback whose every possible world, taken together, leaves each item
    at least ``t`` values (or values far from nobody and from everybody) and proves none to be
    1 to t - 1. ``None``: not even halves, always, are safe there.
    """
    return next((rule for rule in Fallback if _proves_nothing(size, over, rule)), None)


@cache
def printable(size: Size) -> Size | None:
    """Return the size with the halves that are safe whatever the answers, if any.

    With an even base, « la moitié ou plus » said of twice ``most`` items would put each at
    exactly half and the others at nobody: « plus de la moitié » cannot be said of so many.
    """
    for halves in (replace(size, strict=False), replace(size, strict=True)):
        if all(fallback(halves, over) is not None for over in range(size.items + 1)):
            return halves
    return None


@cache
def halves_alone(size: Size) -> Size | None:
    """Return the size with the halves that are safe when nothing else is ever said (§7.3)."""
    for halves in (replace(size, strict=False), replace(size, strict=True)):
        everything = range(size.items + 1)
        if all(_proves_nothing(halves, over, Fallback.ALWAYS) for over in everything):
            return halves
    return None


def told(low: int, high: int, size: Size, masked: bool) -> bool:
    """Return whether the known sums narrow a masked item, from what all items may be.

    ``low`` and ``high`` add up what a reader may conclude of each item. Every masked item has
    exactly ``t`` values, so that it loses one as soon as the others, at their greatest, leave
    it less than t - 1 of slack: for all masked items at once or for none.
    """
    slack = size.t - 1
    return masked and (high - slack < size.least * size.n or low + slack > size.most * size.n)


def _proves_nothing(size: Size, over: int, rule: Fallback) -> bool:
    below: set[int] = set()
    above: set[int] = set()
    for make in _makes(size, over):
        for window in _windows(size, make, rule):
            below |= _values(_below(size, make, window))
            above |= _values(_above(size, make, window))
    return _wide(below, size) and _wide(above, size)


def _makes(size: Size, over: int) -> Iterator[_Make]:
    """Yield every split of the items that the two-sided rule allows."""
    some_under, some_over = size.t < size.half, size.half <= size.n - size.t
    under = size.items - over
    for small in range(under + 1):
        for large in range(over + 1):
            make = _Make(small, under - small, over - large, large)
            if (some_under or not make.under) and (some_over or not make.over):
                yield make


def _windows(size: Size, make: _Make, rule: Fallback) -> Iterator[_Span]:
    """Yield the sums of the exact items for which this split happens and falls back."""
    n, t = size.n, size.t
    masked = make.small + make.large
    least = size.least * n - make.small * (t - 1) - make.large * n
    most = size.most * n - make.large * (n - t + 1)
    possible = (
        max(least, make.under * t + make.over * size.half),
        min(most, make.under * (size.half - 1) + make.over * (n - t)),
    )
    if rule is Fallback.TOLD:
        found = [(least, least + t - 2), (most - t + 2, most)] if masked else []
    else:
        found = [possible] if masked or rule is Fallback.ALWAYS else []
    for low, high in found:
        window = max(low, possible[0]), min(high, possible[1])
        if window[0] <= window[1]:
            yield window


def _below(size: Size, make: _Make, window: _Span) -> Iterator[_Span]:
    """Yield what an item of the lower half may be: small, or one of the exact ones."""
    if make.small:
        others = _Make(make.small - 1, make.under, make.over, make.large)
        low, high = _left(size, others, window)
        yield max(low, 0), min(high, size.t - 1)
    if make.under:
        rest = _Make(0, make.under - 1, make.over, 0)
        low, high = _exact(size, rest, window)
        yield max(low, size.t), min(high, size.half - 1)


def _above(size: Size, make: _Make, window: _Span) -> Iterator[_Span]:
    """Yield what an item of the upper half may be: large, or one of the exact ones."""
    if make.large:
        others = _Make(make.small, make.under, make.over, make.large - 1)
        low, high = _left(size, others, window)
        yield max(low, size.n - size.t + 1), min(high, size.n)
    if make.over:
        rest = _Make(0, make.under, make.over - 1, 0)
        low, high = _exact(size, rest, window)
        yield max(low, size.half), min(high, size.n - size.t)


def _left(size: Size, others: _Make, window: _Span) -> _Span:
    """Return what the known sums leave to a masked item, beside the other masked ones."""
    n, t = size.n, size.t
    greatest = others.small * (t - 1) + others.large * n
    smallest = others.large * (n - t + 1)
    return size.least * n - greatest - window[1], size.most * n - smallest - window[0]


def _exact(size: Size, rest: _Make, window: _Span) -> _Span:
    """Return what the sum of the exact items leaves to one of them."""
    least = rest.under * size.t + rest.over * size.half
    most = rest.under * (size.half - 1) + rest.over * (size.n - size.t)
    return window[0] - most, window[1] - least


def _values(spans: Iterable[_Span]) -> set[int]:
    return {value for low, high in spans for value in range(low, high + 1)}


def _wide(values: set[int], size: Size) -> bool:
    """Return whether knowing an item to be one of ``values`` harms nobody (§6.3)."""
    if not values:
        return True
    low, high, t = min(values), max(values), size.t
    if high == 0 or low == size.n or (low >= 1 and high < t):
        return False
    return len(values) >= t or (low >= t and high <= size.n - t)
