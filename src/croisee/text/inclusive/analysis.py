"""A text as it is counted and compared, with the way back to every character of the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from croisee.text.inclusive.forms import InclusiveForm, Writing, in_case_of, inclusive_forms

Reading = Literal["masculine", "feminine", "epicene"]
"""What stands for a form in the analysis: one of its genders, or the writing all forms share."""
Place = tuple[int, int]

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u00ad])*")


@dataclass(frozen=True, slots=True)
class Analysed:
    """A stored text, the text analysed in its place, and the offsets from one to the other.

    Outside the forms both texts are the same, character for character. A form is one piece: an
    offset inside it leads to its beginning or to its end, never to its middle.
    """

    written: str
    text: str
    forms: tuple[InclusiveForm, ...]
    places: tuple[Place, ...]
    """Where each form stands in ``text``."""
    written_places: tuple[Place, ...]
    """Where each form stands in ``written``."""

    def to_written(self, start: int, end: int) -> tuple[int, int]:
        """Return the stored offsets of ``text[start:end]``, whole forms taken."""
        return _mapped(start, end, self.places, self.written_places)

    def to_analysis(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in ``text`` of ``written[start:end]``, whole forms taken."""
        return _mapped(start, end, self.written_places, self.places)


def _mapped(start: int, end: int, here: Sequence[Place], there: Sequence[Place]) -> tuple[int, int]:
    """Carry a span from one text to the other."""
    return _edge(start, here, there, last=False), _edge(end, here, there, last=True)


def _edge(offset: int, here: Sequence[Place], there: Sequence[Place], *, last: bool) -> int:
    """Carry one offset: the end of a form for the end of a span, else its beginning."""
    before = bisect_right(here, offset, key=lambda place: place[0]) - 1
    if before < 0:
        return offset
    start, end = here[before]
    if offset >= end:
        return offset - end + there[before][1]
    return there[before][1] if last and offset > start else there[before][0]


def analysed(
    text: str, reading: Reading = "epicene", *, forms: tuple[InclusiveForm, ...] | None = None
) -> Analysed:
    """Return ``text`` with each inclusive form replaced by the word that is analysed.

    Nothing is stored: the text of the study stays as typed, and every count leads back to it.

    Example:
        >>> analysed("Les élu·e·s et agent(e)s", "feminine").text
        'Les élues et agentes'
    """
    found = inclusive_forms(text) if forms is None else forms
    pieces: list[str] = []
    places: list[Place] = []
    done = length = 0
    for form in found:
        between = text[done : form.start]
        word = _read(form, reading)
        start = length + len(between)
        length = start + len(word)
        pieces += (between, word)
        places.append((start, length))
        done = form.end
    pieces.append(text[done:])
    stands = tuple((form.start, form.end) for form in found)
    return Analysed(text, "".join(pieces), found, tuple(places), stands)


def _read(form: InclusiveForm, reading: Reading) -> str:
    if reading == "epicene":
        return in_case_of(form.text, form.epicene)
    return form.masculine if reading == "masculine" else form.feminine


def word_places(
    text: str,
    *,
    forms: tuple[InclusiveForm, ...] | None = None,
    whole_doublets: bool = False,
) -> tuple[tuple[int, int], ...]:
    """Return where the words of ``text`` stand; an abbreviated or coined form is one word.

    A full doublet is the words it is made of, or one word if ``whole_doublets``. An apostrophe
    or a hyphen ends a word.

    Example:
        >>> len(word_places("L’équipe : trois intervenant·e·s"))
        4
    """
    found = inclusive_forms(text) if forms is None else forms
    whole = [form for form in found if whole_doublets or form.writing is not Writing.DOUBLET]
    places: list[tuple[int, int]] = []
    done = 0
    for form in whole:
        places += (match.span() for match in _WORD.finditer(text, done, form.start))
        places.append((form.start, form.end))
        done = form.end
    places += (match.span() for match in _WORD.finditer(text, done))
    return tuple(places)
