"""Convergences, divergences, silences, what only one case says; who agrees with whom."""

from croisee.crosscase.reading import (
    CONVERGE,
    DIVERGE,
    ENOUGH,
    ONLY_HERE,
    SILENT,
    is_present,
    read_across,
    read_positions,
    verdict,
)
from croisee.crosscase.sides import (
    Between,
    CaseSides,
    Inside,
    ThemeSides,
    between,
    inside,
    leading,
    opposed,
    sides,
    sides_of,
)

__all__ = [
    "CONVERGE",
    "DIVERGE",
    "ENOUGH",
    "ONLY_HERE",
    "SILENT",
    "Between",
    "CaseSides",
    "Inside",
    "ThemeSides",
    "between",
    "inside",
    "is_present",
    "leading",
    "opposed",
    "read_across",
    "read_positions",
    "sides",
    "sides_of",
    "verdict",
]
