"""Do people give the same values to the same things? Cohen, Krippendorff and Gwet, nominal values.

Each coefficient is 1 less what disagrees over what chance would make disagree: 1 is perfect
agreement, 0 what chance would give, below 0 systematic disagreement. They differ by what they
call chance. ``docs/methods/accord.md`` says which to read when, and what none of them says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Units = Iterable[Sequence[Hashable | None]]
"""One sequence a unit, one value an observer; ``None`` is missing. A unit that fewer than two
observers judged says nothing of agreement."""
NORMAL = 1.959963984540054
"""The quantile that leaves 2.5 % above it."""


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A coefficient and its 95 % interval, from -1 to 1.

    ``value`` is ``None`` when there is nothing to disagree about (one value everywhere); the
    ends are ``None`` when too few units, or documents, say how sure it is.
    """

    value: float | None
    low: float | None = None
    high: float | None = None


def krippendorff_alpha(units: Units) -> Fraction | None:
    """Return Krippendorff's alpha for nominal values; ``None`` when all values are equal.

    Chance: the values given, all observers together, drawn two by two without replacement.

    Source: Krippendorff (2011), *Computing Krippendorff's Alpha-Reliability*, part C
    (nominal data, any number of observers, missing data).
    """
    together: Counter[Hashable] = Counter()
    disagreement = Fraction(0)
    for values in _judged(units):
        size = values.total()
        together += values
        same = sum(count * (count - 1) for count in values.values())
        disagreement += Fraction(size * (size - 1) - same, size - 1)
    total = together.total()
    expected = total * (total - 1) - sum(count * (count - 1) for count in together.values())
    if not expected:
        return None
    return 1 - (total - 1) * disagreement / expected


def alpha_interval(units: Units) -> Coefficient:
    """Return Krippendorff's alpha with the interval of its linear approximation.

    Student's t with one degree less than there are units judged twice; units are taken as
    independent of one another.

    Source: Gwet (2014), *Handbook of Inter-Rater Reliability*, 4th ed., chapter 5 (variance of
    alpha, any number of observers, missing data).
    """
    kept = list(_judged(units))
    alpha = krippendorff_alpha(list(values.elements()) for values in kept)
    if alpha is None:
        return Coefficient(None)
    count = len(kept)
    mean = sum(values.total() for values in kept) / count
    share = _shares(kept, mean)
    agreed = [_agreeing(values) / (mean * (values.total() - 1)) for values in kept]
    expected = sum(part * part for part in share.values())
    # Alpha adds to what agrees the chance, one in all the values, of drawing a value itself.
    itself = 1 / (count * mean)
    seen = (1 - itself) * sum(agreed) / count + itself
    without = (sum(agreed) / count - expected) / (1 - expected)
    parts = []
    for values, own in zip(kept, agreed, strict=True):
        surplus = (values.total() - mean) / mean
        chance = sum(n * share[name] for name, n in values.items()) / mean - expected * surplus
        parts.append(
            (own - seen * surplus - expected - 2 * (1 - without) * (chance - expected))
            / (1 - expected)
        )
    return _around(float(alpha), parts, without)


def gwet_ac1(units: Units) -> Coefficient:
    """Return Gwet's AC1 with its interval (Student's t, one degree less than units).

    Chance: an observer who hesitates draws among all the values used, rare or common; so AC1
    does not fall when one value is nearly everywhere, where kappa and alpha do.

    Source: Gwet (2008), *British Journal of Mathematical and Statistical Psychology* 61,
    p. 29-48 (coefficient and variance); missing values: Gwet (2014), *Handbook of Inter-Rater
    Reliability*, 4th ed., chapter 2.
    """
    seen = [Counter(value for value in unit if value is not None) for unit in units]
    seen = [values for values in seen if values]
    kept = [values for values in seen if values.total() > 1]
    names = {name for values in seen for name in values}
    if not kept or len(names) < 2:
        return Coefficient(None)
    count, values_used = len(seen), len(names)
    share = {name: sum(values[name] / values.total() for values in seen) / count for name in names}
    expected = sum(part * (1 - part) for part in share.values()) / (values_used - 1)
    agreed = {
        index: _agreeing(values) / (values.total() * (values.total() - 1))
        for index, values in enumerate(seen)
        if values.total() > 1
    }
    value = (sum(agreed.values()) / len(kept) - expected) / (1 - expected)
    parts = []
    for index, values in enumerate(seen):
        own = count / len(kept) * (agreed[index] - expected) if index in agreed else 0.0
        chance = sum(n * (1 - share[name]) for name, n in values.items()) / (
            values.total() * (values_used - 1)
        )
        parts.append((own - 2 * (1 - value) * (chance - expected)) / (1 - expected))
    return _around(value, parts, value)


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> Coefficient:
    """Return Cohen's kappa of two observers of the same units, with its large-sample interval.

    Chance: each observer draws at random, as often as she used each value.

    Source: Cohen (1960), *Educational and Psychological Measurement* 20, p. 37-46; variance:
    Fleiss, Cohen and Everitt (1969), *Psychological Bulletin* 72, p. 323-327, equation 13.

    Raises:
        ValueError: not as many values from one as from the other.
    """
    pairs = Counter(zip(first, second, strict=True))
    total = pairs.total()
    of_first, of_second = Counter(first), Counter(second)
    expected = sum(of_first[name] * of_second[name] for name in of_first)
    if not total or expected == total * total:
        return Coefficient(None)
    seen = sum(n for (one, other), n in pairs.items() if one == other) / total
    chance = expected / total**2
    value = (seen - chance) / (1 - chance)
    variance = 0.0
    for (one, other), n in pairs.items():
        if one == other:
            margins = (of_first[one] + of_second[one]) / total
            variance += n / total * ((1 - chance) - margins * (1 - seen)) ** 2
        else:
            margins = (of_second[one] + of_first[other]) / total
            variance += n / total * (1 - seen) ** 2 * margins**2
    variance -= (seen * chance - 2 * chance + seen) ** 2
    error = sqrt(max(0.0, variance) / total) / (1 - chance) ** 2
    return bounded(value, NORMAL * error)


def bounded(value: float, margin: float) -> Coefficient:
    """Return a coefficient and the ends of its interval, which go no further than -1 and 1."""
    return Coefficient(value, max(-1.0, value - margin), min(1.0, value + margin))


def student(degrees: int) -> float:
    """Return the quantile of Student's t that leaves 2.5 % above it."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- other commands do without

    return float(stdtrit(degrees, 0.975))


def _judged(units: Units) -> Iterable[Counter[Hashable]]:
    """Return how many observers gave each value, for the units that two at least judged."""
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        if values.total() > 1:
            yield values


def _agreeing(values: Counter[Hashable]) -> int:
    return sum(n * (n - 1) for n in values.values())


def _shares(kept: Sequence[Counter[Hashable]], mean: float) -> dict[Hashable, float]:
    together = sum(kept, Counter[Hashable]())
    return {name: n / (mean * len(kept)) for name, n in together.items()}


def _around(value: float, parts: Sequence[float], centre: float) -> Coefficient:
    count = len(parts)
    if count < 2:
        return Coefficient(value)
    variance = sum((part - centre) ** 2 for part in parts) / (count * (count - 1))
    return bounded(value, student(count - 1) * sqrt(variance))
