"""Draws that are always the same for the same name: made-up texts never change by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar
from zlib import crc32

import numpy as np

T = TypeVar("T")


class Chance:
    """A sequence of draws that its name alone determines. For invented texts, never a secret."""

    def __init__(self, name: str) -> None:
        self._draws = np.random.default_rng(crc32(name.encode()))

    def choice(self, among: Sequence[T]) -> T:
        """Return one of several things."""
        return among[int(self._draws.integers(len(among)))]

    def several(self, among: Sequence[T], number: int) -> list[T]:
        """Return ``number`` different things, in the order drawn."""
        places = self._draws.permutation(len(among))[:number]
        return [among[int(place)] for place in places]

    def between(self, low: int, high: int) -> int:
        """Return a whole number, both ends possible."""
        return int(self._draws.integers(low, high + 1))

    def share(self) -> float:
        """Return a number from 0 to 1."""
        return float(self._draws.random())
