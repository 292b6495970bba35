"""Random rounding to base 5, for large bases only, drawn once (divulgation.md §4).

Rounded numbers err, do not add up, and are not safe beside an exact n: the method is refused
under 200 units and under three answers, n is rounded too, and a draw is never made twice. Two
draws of one count prove 39 to 41 % of the small ones; a draw kept while the people change
tells of the one who left. Hence :class:`Draws`: what was drawn for a table of an edition is
what that table shows until the next edition, whatever happens to the answers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from croisee.language import Phrase, phrase

STEP = 5
SMALLEST_BASE = 200
FEWEST_ANSWERS = 3


class RoundingRefused(ValueError):
    """A table may not be rounded; ``reason`` says why."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.to("fr"))
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Rounded:
    """A table as it is shown: each count and n, to multiples of five."""

    counts: tuple[int, ...]
    n: int

    def spans(self) -> tuple[tuple[int, int], ...]:
        """Return what a reader may conclude of each count: four units around."""
        return tuple((max(count - STEP + 1, 0), count + STEP - 1) for count in self.counts)


class Draws:
    """The draws of an edition, by table key; kept in the team's register, never outside."""

    def __init__(self, seed: int, drawn: Mapping[str, Rounded] | None = None) -> None:
        self._seed = seed
        self._drawn = dict(drawn or {})

    @property
    def drawn(self) -> dict[str, Rounded]:
        """Return every draw made, to be kept."""
        return dict(self._drawn)

    def of(self, key: str, counts: Sequence[int], n: int) -> Rounded:
        """Return the table as it is shown: drawn now, or as it was drawn before.

        Unbiased: a count with rest r goes up with probability r / 5; a multiple of five stays.

        Raises:
            RoundingRefused: fewer than 200 units, or fewer than three answers.
        """
        if key not in self._drawn:
            self._drawn[key] = self._draw(key, counts, n)
        return self._drawn[key]

    def _draw(self, key: str, counts: Sequence[int], n: int) -> Rounded:
        if n < SMALLEST_BASE:
            raise RoundingRefused(
                phrase(
                    "L’arrondi est refusé sous {least} réponses : cette base en compte {n}.",
                    least=SMALLEST_BASE,
                    n=n,
                )
            )
        if len(counts) < FEWEST_ANSWERS:
            raise RoundingRefused(
                phrase(
                    "L’arrondi demande au moins {least} réponses possibles : "
                    "avec deux, l’une fait retrouver l’autre.",
                    least=FEWEST_ANSWERS,
                )
            )
        generator = np.random.default_rng([self._seed, *key.encode()])
        values = np.array([*counts, n])
        down = values // STEP * STEP
        up = generator.random(len(values)) < (values - down) / STEP
        shown = [int(value) for value in down + STEP * up]
        return Rounded(tuple(shown[:-1]), shown[-1])
