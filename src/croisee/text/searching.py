"""Find words in what people said, whatever the way they were written.

A word is found in both numbers, in any capitals, composed or not, and inside every inclusive
form and doublet that stands for it. The other gender written alone, the same letters with other
accents, and a piece of an address are something else: found apart (:attr:`Nearness`).
See ``docs/methods/ecriture-inclusive.md`` §5.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import accumulate, pairwise

from croisee.text.folding import fold
from croisee.text.inclusive.analysis import word_places
from croisee.text.inclusive.forms import InclusiveForm, Writing, inclusive_forms
from croisee.text.inclusive.pairs import (
    feminine_plural,
    feminines,
    masculine_plural,
    masculines,
    shared,
    singulars,
    two_words,
)

_GAP = re.compile(r"[\s\-‐‑'’ʼ\u00ad]{1,4}")
_CUT = re.compile(r"(?<=[^\W\d_])[-‐\u00ad][ \t\u00a0]*\r?\n[ \t\u00a0]*(?=[^\W\d_])")
"""A word cut at the end of a line: its hyphen, and what stands before the next line’s letters."""
_LONGEST = 200
_SHORTEST_PLURAL = 4
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[^\s<>«»\"]+"
    r"|(?<![\w./\\~%+-])[\w./\\~%+-]+(?:@[\w.-]+\.\w|\.(?:ca|ch|com|coop|eu|fr|info|net|org|quebec"
    r"|csv|docx?|html?|jpe?g|m4a|mp[34]|ods|odt|pdf|png|pptx?|rtf|srt|txt|vtt|wav|webm|xlsx?|zip)"
    r"(?![\w@-])(?:/[^\s<>«»\"]*)?)",
    re.IGNORECASE,
)
"""Web and mail addresses, names of files: what stands in them was not said."""
_ONLY_SINGULAR = frozenset(
    """
    ainsi alors anglais après assez avis bois bras cas chez choix corps cours dans depuis dessous
    dessus discours dos enfin fils fois français frais gens gros hors jadis jamais japonais lors
    mais mars moins mois mieux nous ours palais parcours paris pays pendant plus poids pois prix
    procès progrès puis recours sais sans secours sens sous succès suis temps toujours tours tous
    très trois univers vers voix vous
    """.split()  # noqa: SIM905
)
"""Words in s or x that are no plural, or whose « singular » is another word (*mois*, *moi*)."""
_PLURALS = {"travail": "travaux", "œil": "yeux", "ciel": "cieux", "monsieur": "messieurs"}
_PLURALS |= {"madame": "mesdames", "bail": "baux", "vitrail": "vitraux", "chou": "choux"}


class Nearness(IntEnum):
    """How near a passage is to the words asked."""

    SAME = 0
    OTHER_GENDER = 1
    """The other gender alone: « intervenant » for « intervenante »."""
    OTHER_ACCENTS = 2
    """The same letters with other accents: « marché » for « marche »."""
    IN_ADDRESS = 3
    """Part of an address or of a file’s name: « guide-intervenante.pdf »."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A place where the words stand in a text: ``text == whole[start:end]``."""

    start: int
    end: int
    text: str
    nearness: Nearness


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    words: tuple[str, ...]
    both: bool
    """Both genders are written here."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    same: frozenset[str]
    other: frozenset[str]
    plain: frozenset[str]
    """``same`` and ``other``, folded."""

    def nearness(self, token: _Token) -> Nearness | None:
        sharp = [_sharp(word) for word in token.words]
        if not self.same.isdisjoint(sharp):
            return Nearness.SAME
        if not self.other.isdisjoint(sharp):
            return Nearness.OTHER_GENDER
        flat = {fold(word) for word in token.words}
        if self.plain.isdisjoint(flat):
            return None
        if all(word.isupper() and word.isascii() for word in token.words):
            near = not flat.isdisjoint(map(fold, self.same))  # capitals often lose their accents
            return Nearness.SAME if near else Nearness.OTHER_GENDER
        return Nearness.OTHER_ACCENTS


class Search:
    """Words to be found, in this order, in any number of texts.

    Raises:
        ValueError: there is no letter and no digit in ``words``, or they are too long.
    """

    def __init__(self, words: str) -> None:
        asked = unicodedata.normalize("NFC", words)
        tokens = list(_tokens(asked, inclusive_forms(asked), merged=True))
        if not tokens or len(asked) > _LONGEST:
            raise ValueError(words)
        self.words = " ".join(words.split())
        self._wanted = [_wanted(token) for token in tokens]
        longest = max(self._wanted, key=lambda one: len(shared(one.plain)))
        self._root = shared(longest.plain)

    def find(self, text: str) -> tuple[Passage, ...]:
        """Return where the words stand, left to right, none overlapping, with stored offsets.

        A word cut by a hyphen at the end of a line is found whole, and « peut-être » so cut too.
        """
        cuts = [match.span() for match in _CUT.finditer(text)]
        found = self._written(text)
        return _outermost((*found, *self._cut(text, cuts))) if cuts else found

    def _cut(self, text: str, cuts: Sequence[tuple[int, int]]) -> Iterator[Passage]:
        """Yield the passages that go over the end of a line, once its hyphens are taken out."""
        ends = [0, *(end for _, end in cuts)]
        pieces = [text[a:b] for a, b in zip(ends, [*(a for a, _ in cuts), len(text)], strict=True)]
        joints = list(accumulate(map(len, pieces)))[:-1]
        for one in self._written("".join(pieces)):
            first, last = bisect_right(joints, one.start), bisect_left(joints, one.end)
            if first == last:
                continue  # on one line: found as it is written
            start, end = (
                place - ([0, *joints][piece] - ends[piece])
                for place, piece in ((one.start, first), (one.end, last))
            )
            yield Passage(start, end, text[start:end], one.nearness)

    def _written(self, text: str) -> tuple[Passage, ...]:
        if self._root not in fold(text):
            return ()
        forms = inclusive_forms(text)
        found = list(self._along(text, list(_tokens(text, forms, merged=True))))
        if any(form.writing is Writing.DOUBLET for form in forms):
            found += self._along(text, list(_tokens(text, forms, merged=False)))
        return _apart(text, _outermost(found), {form.start for form in forms})

    def _along(self, text: str, tokens: Sequence[_Token]) -> Iterator[Passage]:
        size = len(self._wanted)
        for first in range(len(tokens) - size + 1):
            run = tokens[first : first + size]
            nearness = self._of(text, run)
            if nearness is not None:
                start, end = run[0].start, run[-1].end
                yield Passage(start, end, text[start:end], nearness)

    def _of(self, text: str, run: Sequence[_Token]) -> Nearness | None:
        levels = []
        for wanted, token in zip(self._wanted, run, strict=True):
            level = wanted.nearness(token)
            if level is None:
                return None
            levels.append(level)
        if any(_GAP.fullmatch(text, one.end, two.start) is None for one, two in pairwise(run)):
            return None
        if any(token.both for token in run):  # « travailleur·euse social » agrees by its masculine
            levels = [Nearness.SAME if one is Nearness.OTHER_GENDER else one for one in levels]
        return max(levels)


def _outermost(found: Iterable[Passage]) -> tuple[Passage, ...]:
    """Return passages in order; of two that overlap, the nearest to what is asked, or longest."""
    kept: list[Passage] = []
    for one in sorted(found, key=lambda one: (one.start, one.nearness, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
        elif (one.nearness, kept[-1].end) < (kept[-1].nearness, one.end):
            kept[-1] = one
    return tuple(kept)


def _apart(text: str, found: Sequence[Passage], forms: Set[int]) -> tuple[Passage, ...]:
    """Return the passages, those that are part of an address as such; a form never is."""
    spans = [match.span() for match in _ADDRESS.finditer(text)] if found else []
    if not spans:
        return tuple(found)
    return tuple(
        replace(one, nearness=Nearness.IN_ADDRESS)
        if one.start not in forms and any(a <= one.start and one.end <= b for a, b in spans)
        else one
        for one in found
    )


def _tokens(text: str, forms: Sequence[InclusiveForm], *, merged: bool) -> Iterator[_Token]:
    """Yield words and forms in order; ``merged``: a full doublet is one of them."""
    whole = {form.start: form for form in forms if merged or form.writing is not Writing.DOUBLET}
    for start, end in word_places(text, forms=tuple(forms), whole_doublets=merged):
        form = whole.get(start)
        if form is None:
            yield _Token(start, end, (text[start:end],), both=False)
            continue
        words: tuple[str, ...] = (form.masculine, form.feminine)
        if form.writing is Writing.COINED:
            words = (*words, form.text)
        yield _Token(start, end, words, both=True)


def _sharp(word: str) -> str:
    """Return a word as it is compared with its accents: case, œ and invisible signs folded."""
    lowered = unicodedata.normalize("NFC", word).casefold().replace("œ", "oe").replace("æ", "ae")
    return lowered if lowered.isalnum() else re.sub(r"[\W_]+", "", lowered)


def _wanted(token: _Token) -> _Wanted:
    if token.both:
        same = frozenset(_sharp(one) for word in token.words for one in _numbers(word.lower()))
        other: frozenset[str] = frozenset()
    else:
        (word,) = token.words
        numbers = _numbers(word.lower())
        same = frozenset(map(_sharp, numbers))
        genders = {other for one in numbers for other in _other_gender(one)}
        other = frozenset(map(_sharp, genders)) - same
    return _Wanted(same, other, frozenset(map(fold, same | other)))


def _numbers(word: str) -> set[str]:
    """Return a word in its singular and its plural, as far as its ending tells."""
    if word in _ONLY_SINGULAR:
        return {word}
    if word in _PLURALS:
        return {word, _PLURALS[word]}
    if len(word) >= _SHORTEST_PLURAL and word.endswith(("s", "x")):
        return {word, *singulars(word)} if word.endswith("x") or word[-2] != "s" else {word}
    if len(word) < _SHORTEST_PLURAL - 1 or word.isdigit():
        return {word}
    return {word, feminine_plural(word), masculine_plural(word)}


def _other_gender(word: str) -> set[str]:
    """Return what a word may be in the other gender, in the same number."""
    found = {one for one in feminines(word) if two_words(word, one)}
    found |= {one for one in masculines(word) if two_words(one, word)}
    if word.endswith(("s", "x")):
        for one in singulars(word):
            found |= {feminine_plural(she) for she in feminines(one)}
        found |= {masculine_plural(he) for he in masculines(word.removesuffix("s"))}
        found = {one for one in found if two_words(word, one)}
    return found - {word}
