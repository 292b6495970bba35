"""What a recogniser hands back: words with their times and how sure it is of each."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

RATE = 16_000
"""Samples a second of everything that is listened to."""


@dataclass(frozen=True, slots=True)
class HeardWord:
    """One word; times in seconds of the recording, ``sure`` from 0 to 1.

    ``heard`` is what the recogniser wrote, where the glossary had another writing put in.
    """

    text: str
    start: float
    end: float
    sure: float
    heard: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that the recogniser gave in one go; ``track`` is a place in the tracks, from 0."""

    track: int
    words: tuple[HeardWord, ...]

    @property
    def text(self) -> str:
        """Return the words, a space between them."""
        return " ".join(word.text for word in self.words)


class Why(StrEnum):
    """Why something that the recogniser wrote was not kept, or nothing could be heard."""

    INVENTED = "invention"
    LOOP = "boucle"
    NO_SPEECH = "sans-parole"
    UNSURE = "trop-peu-sur"
    UNREAD = "illisible"


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that were not kept, where they would have been, and why: somebody may listen.

    ``text`` is empty where the file itself could not be read.
    """

    track: int
    start: float
    end: float
    text: str
    why: Why
