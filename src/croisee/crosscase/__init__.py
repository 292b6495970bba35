"""Convergences, divergences, silences, what only one case says."""

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

__all__ = [
    "CONVERGE",
    "DIVERGE",
    "ENOUGH",
    "ONLY_HERE",
    "SILENT",
    "is_present",
    "read_across",
    "read_positions",
    "verdict",
]
