"""Find what is written for both genders in a running text, whatever the sign.

``intervenant∙e∙s``, ``directeur(-trice)s``, ``ils·elles``, ``étudiant/étudiante``,
``intervenantes et intervenants``, ``iel``. See ``docs/methods/ecriture-inclusive.md`` for what
is read, and what is left alone. Nothing here rewrites what someone wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from croisee.text.folding import fold
from croisee.text.inclusive.coined import coined_words
from croisee.text.inclusive.composed import Composed
from croisee.text.inclusive.doublets import doublets
from croisee.text.inclusive.pairs import Pair
from croisee.text.inclusive.signs import abbreviations
from croisee.text.inclusive.writing import median

Place = tuple[int, int, Pair]


class Writing(StrEnum):
    """How both genders are written: with a sign, by two whole words, by a coined word."""

    ABBREVIATED = "abbreviated"
    DOUBLET = "doublet"
    COINED = "coined"


@dataclass(frozen=True, slots=True)
class InclusiveForm:
    """One writing of both genders: its place in the stored text, and the two words it means.

    ``text`` is as written; ``masculine`` and ``feminine`` are in its number and its case.
    """

    start: int
    end: int
    text: str
    masculine: str
    feminine: str
    pair: Pair
    writing: Writing = Writing.ABBREVIATED

    @property
    def epicene(self) -> str:
        """Return the one writing that all writings of these two words share, in lower case.

        ``intervenant·e·s`` for ``intervenant(e)s`` and for ``Intervenantes et intervenants``.
        """
        return median(self.pair)

    @property
    def key(self) -> str:
        """Return the search key: the same for every writing and both numbers of a word."""
        return fold(median(self.pair._replace(plural=False)))

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the masculine, the feminine and both full doublets, folded."""
        he, she = fold(self.masculine), fold(self.feminine)
        return he, she, f"{he} et {she}", f"{she} et {he}", f"{he} ou {she}", f"{she} ou {he}"


def inclusive_forms(text: str) -> tuple[InclusiveForm, ...]:
    """Return what ``text`` writes for both genders, left to right, none overlapping.

    Offsets are those of ``text`` as given, decomposed accents and soft hyphens included.

    Example:
        >>> [(f.masculine, f.feminine) for f in inclusive_forms("les directeur·rice·s")]
        [('directeurs', 'directrices')]
    """
    composed = Composed(text)
    plain = composed.text
    found = [
        *((place, Writing.ABBREVIATED) for place in abbreviations(plain)),
        *((place, Writing.DOUBLET) for place in doublets(plain)),
        *((place, Writing.COINED) for place in coined_words(plain)),
    ]
    if not found:
        return ()
    return tuple(_form(composed, place, writing) for place, writing in _apart(found))


def _form(composed: Composed, place: Place, writing: Writing) -> InclusiveForm:
    start, end, pair = place
    written = composed.text[start:end]
    he, she = pair.words
    stored_start, stored_end = composed.origin(start, end)
    return InclusiveForm(
        stored_start,
        stored_end,
        composed.stored[stored_start:stored_end],
        in_case_of(written, he),
        in_case_of(written, she),
        pair,
        writing,
    )


def _apart(found: list[tuple[Place, Writing]]) -> list[tuple[Place, Writing]]:
    """Return places in order; of two that overlap, the one that begins first, or is longer."""
    found.sort(key=lambda one: (one[0][0], -one[0][1]))
    kept = found[:1]
    for one in found[1:]:
        if one[0][0] >= kept[-1][0][1]:
            kept.append(one)
    return kept


def in_case_of(written: str, word: str) -> str:
    """Return a lower-case word with the capitals of what was written.

    >>> in_case_of("ÉLU·E·S", "élues"), in_case_of("Élu·e", "élue")
    ('ÉLUES', 'Élue')
    """
    first = written[:1]
    if not first.isupper():
        return word
    second = written[1:2]
    if len(word) > 1 and second.isupper():
        return word.upper()
    return word[:1].upper() + word[1:]
