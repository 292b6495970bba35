"""What may be somebody's label in a plain text, and the lines that open a turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from croisee.text.marks import seconds_of

NO_LABEL, NO_TIME = "—", "--:--"
"""What stands for a missing label or a missing time in a bracketed heading."""
_CAPITAL = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_FORBIDDEN = re.compile(r"[,;!?«»\"…]|\.\s")
_ABBREVIATED = re.compile(
    r"\b(?:Dre?|M|MM|Mr|Mrs|Ms|Mlle|Mmes?|Me|Pre?|Prof|Ste?|[^\W\d_](?:-[^\W\d_])?)\.(?=\s)"
)
"""Titles and initials, whose full stop ends no sentence (« Dre Roy », « J.-M. Roy »)."""
_MOST_WORDS, FEW_WORDS = 5, 3


@dataclass(slots=True)
class Opening:
    """A line that opens a turn. ``settled``: it says its time, or that it has none.

    ``skipped``: lines after it that belong to it and are no words.
    """

    speaker: str
    start: float | None
    end: float | None
    words: str
    settled: bool = False
    skipped: int = 0


Lines = list[tuple[int, str]]
"""Each line with the number of its paragraph, from 1."""


def may_be_label(label: str) -> bool:
    """Return whether a few words could be somebody's label: short, and begun as a name is."""
    return (
        len(label.split()) <= _MOST_WORDS
        and not _FORBIDDEN.search(_ABBREVIATED.sub("", label))
        and bool(_CAPITAL.match(label) and _LETTER.search(label))
        and (not label[0].islower() or is_code(label))
    )


def is_code(label: str) -> bool:
    """Return whether a label is a code: ``P3``, ``spk-12``."""
    return bool(re.fullmatch(r"[A-Za-z]{1,12}[-_ ]?[0-9]{1,4}", label.strip()))


def looks_like_name(label: str) -> bool:
    """Return whether a few words are all begun as a name’s are."""
    words = label.split()
    return len(words) <= FEW_WORDS and not any(word[0].islower() for word in words)


def seconds_or_none(stamp: str | None) -> float | None:
    """Return the seconds of a time as typed; ``None`` where there is none."""
    return None if not stamp or stamp == NO_TIME else seconds_of(stamp)
