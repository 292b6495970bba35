"""What the slice above tells of a questionnaire: whether it was used, and how much.

Answers lie above this slice: the one that holds them registers a counter.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answered:
    """How much an instrument was used. ``collectings``: collections of one of its versions."""

    sheets: int = 0
    collectings: int = 0

    @property
    def used(self) -> bool:
        """Return whether its codes may be in somebody's answers, or on somebody's phone."""
        return bool(self.sheets or self.collectings)


Counter = Callable[[int, str], Answered]
"""(instrument's number, a question's code or "") → what was answered. Two SQL queries at most."""
_COUNTERS: list[Counter] = []


def answers_are_counted_by(counter: Counter) -> None:
    """Let the slice that holds answers count them; called once by its ``AppConfig.ready``."""
    _COUNTERS[:] = [counter]


def answers_to(instrument_id: int, question: str = "") -> Answered:
    """Return how much an instrument, or one of its questions, was answered."""
    return _COUNTERS[0](instrument_id, question) if _COUNTERS else Answered()


Editions = Mapping[int, tuple[str, ...]]
Teller = Callable[[Collection[int]], Editions]
_TELLERS: list[Teller] = []


def editions_are_told_by(teller: Teller) -> None:
    """Let the slice that collects say in which editions instruments were asked."""
    _TELLERS[:] = [teller]


def editions_of(instruments: Collection[int]) -> Editions:
    """Return, by instrument's number, the codes of the editions it was asked in, in order.

    Two SQL queries, however many instruments.
    """
    return _TELLERS[0](instruments) if _TELLERS and instruments else {}
