"""Everything that is wrong with a study folder, gathered as it is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from croisee.language import Phrase

REFUSAL, WARNING = "refus", "avertissement"
_SIMILAR = 0.72
_VOCABULARY = 100
_LENGTHS = 4
_MOST_GUESSES = 2_000

Said = tuple[Phrase, Phrase]
"""What was found, and what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct (``refus``) or to look at (``avertissement``).

    ``file`` is relative to the study folder; ``row`` is the line of the file or of the
    spreadsheet, from 1; ``column`` is a column's or a key's name as written.
    """

    severity: str
    file: str
    row: int | None
    column: str
    message: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a study folder."""

    file: str
    row: int | None = None
    column: str = ""


class Problems:
    """The list being made. Adding the same problem twice keeps one."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}
        self._guesses = 0

    def refuse(self, place: Place, said: Said) -> None:
        """Add a problem that stops the run."""
        self._add(REFUSAL, place, said)

    def warn(self, place: Place, said: Said) -> None:
        """Add a problem the run goes on with."""
        self._add(WARNING, place, said)

    def _add(self, severity: str, place: Place, said: Said) -> None:
        self._found[Problem(severity, place.file, place.row, place.column, *said)] = None

    def near(self, word: str, known: Iterable[str]) -> str:
        """Return the known word closest to ``word``, or ``""``: « did you mean… »."""
        lowered = word.lower()
        if self._guesses >= _MOST_GUESSES or not lowered:
            return ""
        self._guesses += 1
        alike = (
            other
            for other in known
            if abs(len(other) - len(lowered)) <= _LENGTHS
            and (other[:1] == lowered[:1] or other[-1:] == lowered[-1:])
        )
        found = get_close_matches(lowered, list(islice(alike, _VOCABULARY)), n=1, cutoff=_SIMILAR)
        return found[0] if found else ""

    def listed(self) -> tuple[Problem, ...]:
        """Return the problems by file and row, the study file's first, refusals first in a row."""
        return tuple(
            sorted(
                self._found,
                key=lambda p: (
                    p.file not in {"etude.toml", "study.toml"},
                    p.file,
                    p.row or 0,
                    p.severity != REFUSAL,
                    p.column,
                ),
            )
        )
