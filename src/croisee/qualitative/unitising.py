"""Do people cut the same text in the same places? Krippendorff's alphas for unitising.

Units here are the passages that people marked, of any length: neither where they begin nor how
many there are was given beforehand. A continuum is a text of ``length`` characters; what an
observer marked under one code is a list of (start, end), end excluded, that do not overlap.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate, permutations

Span = tuple[int, int]
Observers = Sequence[Sequence[Span]]
"""The spans of each observer, under one code."""
Section = tuple[int, int, Hashable | None]
"""Start, end and value; a gap between units has the value ``None``."""


def alpha_u(length: int, codes: Mapping[Hashable, Observers]) -> Fraction | None:
    """Return Krippendorff's first alpha for unitising, over one or several codes.

    A unit that meets another disagrees with it by the squares of what their beginnings and
    their ends differ by; a unit that stands in another observer's gap, by the square of its
    length. ``None`` when nobody marked anything.

    Source: Krippendorff (1995), *Sociological Methodology* 25, p. 47-76; (2004), *Quality and
    Quantity* 38, p. 787-800, whose example (code c: 0.7286, both: 0.8591) is a test.
    """
    both = [unitising_disagreement(length, observers) for observers in codes.values()]
    expected = sum((chance for _, chance in both), Fraction(0))
    return 1 - sum((seen for seen, _ in both), Fraction(0)) / expected if expected else None


def unitising_disagreement(length: int, observers: Observers) -> tuple[Fraction, Fraction]:
    """Return the disagreement seen between observers under one code, and what chance would make.

    Raises:
        ValueError: fewer than two observers; spans that overlap or leave the continuum.
    """
    many = len(observers)
    if many < 2:
        raise ValueError("one observer disagrees with nobody")
    cut = [_sections(length, [(*span, True) for span in sorted(spans)]) for spans in observers]
    seen = sum(_difference(one, other) for one, other in permutations(cut, 2))
    units = [end - start for sections in cut for start, end, marked in sections if marked]
    gaps = sorted(end - start for sections in cut for start, end, marked in sections if not marked)
    beyond = [0, *accumulate(reversed(gaps))]
    chance = Fraction(0)
    for unit in units:
        wide = len(gaps) - bisect_left(gaps, unit)
        places = beyond[wide] - wide * (unit - 1)
        moved = Fraction((len(units) - 1) * (2 * unit**3 - 3 * unit**2 + unit), 3)
        chance += moved + unit**2 * places
    drawn = many * length * (many * length - 1) - sum(unit * (unit - 1) for unit in units)
    expected = 2 * chance / length / drawn if units else Fraction(0)
    return Fraction(seen, many * (many - 1) * length**2), expected


def u_alpha(length: int, observers: Sequence[Iterable[Section]]) -> Fraction | None:
    """Return Krippendorff's revised alpha for unitising (uα): values and lengths together.

    Compares lengths on which two observers gave one value, gaps included, with what they would
    be if each observer's units, whole, were put anywhere. Each observer gives at most one value
    to a place: codes that overlap are compared one at a time. ``None`` when there is one value
    everywhere.

    Source: Krippendorff, Mathet, Bouvry and Widlöcher (2016), *Quality and Quantity* 50,
    p. 2347-2364, equations 1 to 5; Krippendorff (2019), *Content Analysis*, 4th ed., §12.6.3.

    Raises:
        ValueError: fewer than two observers; units that overlap or leave the continuum.
    """
    many = len(observers)
    if many < 2:
        raise ValueError("one observer disagrees with nobody")
    cut = [_sections(length, sorted(sections, key=_start)) for sections in observers]
    total = many * length
    lengths: dict[Hashable, int] = defaultdict(int)
    itself: dict[Hashable, int] = defaultdict(int)
    for start, end, value in (section for sections in cut for section in sections):
        lengths[value] += end - start
        # A gap has no unity of its own: it may be drawn against the rest of itself.
        itself[value] += end - start if value is None else (end - start) ** 2
    agreed = sum(
        min(end, until) - max(start, begin)
        for one, other in permutations(cut, 2)
        for (start, end, value), (begin, until, also) in _meeting(one, other)
        if value == also
    )
    drawn = total**2 - sum(itself.values())
    alike = sum(lengths[value] ** 2 - itself[value] for value in lengths)
    if drawn == alike:
        return None
    return 1 - Fraction(total * (many - 1) - agreed, many - 1) / (
        total * Fraction(drawn - alike, drawn)
    )


def _start(section: Section) -> int:
    return section[0]


def _sections(length: int, units: Sequence[Section]) -> list[Section]:
    """Return the whole continuum, units and the gaps between them, in order.

    Raises:
        ValueError: units that overlap, are empty or leave the continuum.
    """
    found: list[Section] = []
    at = 0
    for start, end, value in units:
        if not at <= start < end <= length:
            raise ValueError(f"a unit from {start} to {end} overlaps another or leaves the text")
        if start > at:
            found.append((at, start, None))
        found.append((start, end, value))
        at = end
    if at < length:
        found.append((at, length, None))
    return found


def _meeting(one: list[Section], other: list[Section]) -> Iterable[tuple[Section, Section]]:
    """Yield the sections of two observers that share characters."""
    i = j = 0
    while i < len(one) and j < len(other):
        yield one[i], other[j]
        if one[i][1] <= other[j][1]:
            ended = one[i][1] == other[j][1]
            i += 1
            j += ended
        else:
            j += 1


def _difference(one: list[Section], other: list[Section]) -> int:
    total = 0
    for (start, end, marked), (begin, until, also) in _meeting(one, other):
        if marked and also:
            total += (start - begin) ** 2 + (end - until) ** 2
        elif marked and begin <= start and end <= until:
            total += (end - start) ** 2
        elif also and start <= begin and until <= end:
            total += (until - begin) ** 2
    return total
