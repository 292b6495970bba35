"""What released values let one say of those who did not answer (§3.10, intervals).

Computed from released values and published facts about the base alone: an interval's ends
give its count back, so that a banded value has none.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from croisee.disclosure.released import ReleasedBase, Value
from croisee.disclosure.values import Chiffre, Form
from croisee.survey import interval, share_interval

INTERVAL_FROM = 20
"""Smallest base of which an interval is given, as for percentages."""


def interval_of(value: Value, base: ReleasedBase) -> tuple[int, int] | None:
    """Return from how many to how many members of the frame would say so (95 %), or ``None``.

    For an exact count of a base of 20 and more whose frame is known and larger: the exact
    hypergeometric interval (``docs/methods/intervalles.md`` §2), in members. ``None`` for
    every other value: nothing follows from a banded one (``docs/methods/divulgation.md`` §3.10).

    Example:
        >>> from croisee.study import Subject
        >>> base = ReleasedBase("b", "eclair", "2020", ("a",), Subject.ORGANISATION, 46, 64)
        >>> interval_of(Chiffre(31, 31, 46, Form.EXACT, 5), base)
        (38, 47)
    """
    if not isinstance(value, Chiffre) or value.form is not Form.EXACT:
        return None
    n, frame = base.n, base.frame
    if (
        n is None
        or value.n != n
        or base.rounded
        or n < INTERVAL_FROM
        or frame is None
        or frame <= n
    ):
        return None
    low, high = interval(value.lo, n, frame)
    return round(low * frame), round(high * frame)


def weighted_interval(points: int, effective: Decimal) -> tuple[int, int]:
    """Return the 95 % interval of a weighted percentage, in whole points, rounded outwards.

    Clopper and Pearson's interval for ``points`` % of ``effective`` units (Korn and Graubard
    1998, Survey Methodology 24, p. 193-201), where ``effective`` = (Σw)²/Σw² is Kish's
    effective size of the base (Kish 1965, §11.7). Of the answers, only the released percentage
    is used. Clusters and strata are not known here: they may widen it.

    Example:
        >>> weighted_interval(40, Decimal(100))
        (30, 51)
    """
    low, high = share_interval(points / 100, float(effective))
    return int(100 * low), min(100, -int(-100 * high // 1))


def effective_size(total: Decimal, squares: Decimal) -> Decimal | None:
    """Return Kish's effective size (Σw)²/Σw² to one unit, ``None`` without weights."""
    if squares <= 0:
        return None
    return (total * total / squares).quantize(Decimal(1), rounding=ROUND_HALF_UP)
