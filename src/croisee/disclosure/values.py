"""The released value, and the two-sided rule that makes it (``docs/methods/divulgation.md`` §1)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """What a reader is told of a count."""

    EXACT = "exact"
    FEWER_THAN = "moins_de"
    AT_LEAST = "au_moins"
    VOICED = "exprime"
    HALF_OR_MORE = "moitie_plus"
    UNDER_HALF = "moitie_moins"
    MORE_THAN_HALF = "moitie_plus_stricte"
    HALF_OR_LESS = "moitie_ou_moins"
    NEARLY_ALL = "presque_tous"
    ROUNDED = "arrondi"
    AGREED = "accord"
    ABSENT = "absent"


class Mask(StrEnum):
    """Why a value is wider than the truth: M1 to M20 (``docs/methods/divulgation.md`` §5)."""

    FEWER_THAN = "M1"
    AT_LEAST = "M2"
    MERGED = "M3"
    WORDS = "M4"
    OMITTED_CROSSING = "M5"
    OMITTED_TOTAL = "M6"
    POOLED_CASES = "M7"
    ORDER_ONLY = "M8"
    BUDGET = "M9"
    QUOTE_LABEL = "M10"
    LOCKED = "M11"
    QUOTES_RENEWED = "M12"
    OTHER_CASES = "M13"
    SENSITIVE = "M14"
    ORGANISATIONS = "M15"
    TOO_FEW = "M16"
    CORRECTED = "M17"
    ROUNDED = "M18"
    HALVES = "M19"
    CONFIDENTIAL = "M20"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """A released count of units: what a reader may conclude, ``lo`` to ``hi`` of ``n``.

    The attacker takes its constraints from the same object, so audit and print cannot
    drift apart. ``t`` is the threshold applied; ``mask`` names the sentence, if any.
    ``lo == hi`` exactly when ``form`` is ``EXACT`` (or ``AGREED``: exact because the
    organisations counted agreed in writing, §3.3). ``ABSENT`` says nothing: 0 to n. Of a
    ``ROUNDED`` count, ``n`` is rounded too: ``hi`` may then be past it.
    """

    lo: int
    hi: int
    n: int | None
    form: Form
    t: int = 0
    mask: Mask | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.lo <= self.hi:
            raise ValueError(f"a released value needs 0 <= lo <= hi, not {self.lo}..{self.hi}")
        if self.n is not None and self.hi > self.n and self.form is not Form.ROUNDED:
            raise ValueError(f"{self.hi} is more than the base of {self.n}")
        if (self.form is Form.EXACT) != (self.lo == self.hi) and self.form not in {
            Form.ABSENT,
            Form.HALF_OR_MORE,
            Form.UNDER_HALF,
            Form.MORE_THAN_HALF,
            Form.HALF_OR_LESS,
            Form.VOICED,
            Form.AGREED,
        }:
            raise ValueError(f"{self.form} cannot be {self.lo}..{self.hi}")
        if self.form is Form.AGREED and self.lo != self.hi:
            raise ValueError(f"an agreed count is exact, not {self.lo}..{self.hi}")

    @property
    def known(self) -> bool:
        """Return whether a reader knows the count itself."""
        return self.form in {Form.EXACT, Form.AGREED}


def exact(x: int, n: int | None = None) -> Chiffre:
    """Return a count that may be printed as it is (process facts, already gated counts)."""
    return Chiffre(x, x, n, Form.EXACT)


def absent(n: int) -> Chiffre:
    """Return the value that says nothing."""
    return Chiffre(0, n, n, Form.ABSENT, 0, Mask.TOO_FEW)


def two_sided(x: int, n: int, t: int) -> Chiffre:
    """Release a count exactly when at least ``t`` units are in it and ``t`` are not.

    ``docs/methods/divulgation.md`` §1, rule ``cote``. Zero is small. Below ``t`` units in the
    base, or below ``2t`` (where only words are allowed, §3.7), nothing is released here.

    Example:
        >>> [two_sided(x, 28, 5).form.value for x in (0, 4, 5, 23, 24, 28)]
        ['moins_de', 'moins_de', 'exact', 'exact', 'au_moins', 'au_moins']
    """
    if not 0 <= x <= n:
        raise ValueError(f"{x} units of {n}")
    if n < 2 * t:
        return absent(n)
    if x < t:
        return Chiffre(0, t - 1, n, Form.FEWER_THAN, t, Mask.FEWER_THAN)
    if x > n - t:
        return Chiffre(n - t + 1, n, n, Form.AT_LEAST, t, Mask.AT_LEAST)
    return Chiffre(x, x, n, Form.EXACT, t)


def halves(x: int, n: int, *, strict: bool = False) -> Chiffre:
    """Return « la moitié ou plus » or « moins de la moitié ».

    ``strict``: « plus de la moitié » or « la moitié ou moins » (§3.5, even bases).
    """
    if strict:
        if 2 * x > n:
            return Chiffre(n // 2 + 1, n, n, Form.MORE_THAN_HALF, 0)
        return Chiffre(0, n // 2, n, Form.HALF_OR_LESS, 0)
    half = (n + 1) // 2
    if x >= half:
        return Chiffre(half, n, n, Form.HALF_OR_MORE, 0)
    return Chiffre(0, half - 1, n, Form.UNDER_HALF, 0)
