"""Words counted, and met in one text, whatever the way they were written.

« intervenant·e·s » and « intervenantes et intervenants » are one word, said once each time.
See ``docs/methods/ecriture-inclusive.md`` §6.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from croisee.text.folding import fold
from croisee.text.inclusive.analysis import Reading, word_places
from croisee.text.inclusive.forms import InclusiveForm, inclusive_forms
from croisee.text.marks import find_marks
from croisee.text.searching import Nearness, Search
from croisee.text.transcripts import MarkKind

EMPTY_WORDS = frozenset(
    fold(
        "a au aux avec ce ces cet cette ceux chez comme dans de des donc du elle elles en est et "
        "eux il ils je l la le les leur leurs lui ma mais me mes moi mon ne nos notre nous on ont "
        "ou où par pas pour qu que qui quoi s sa sans se ses si son sont sur ta te tes toi ton tu "
        "un une vos votre vous y d c n t j m là ça the of and to in is are you your what how do "
        "for on with it that this we"
    ).split()
)
"""Words that say nothing of a subject, folded: articles, pronouns, prepositions."""
SPOKEN_WORDS = EMPTY_WORDS | frozenset(
    fold(
        "ai ait alors après as aussi autre avais avait avant avez avoir avons bah beaucoup ben "
        "bien bon cela celle celles celui chaque chose choses dit dire dis déjà encore "
        "entre es eh étaient était étais être eu euh fait faire fais faut font hein hum iel iels "
        "jusqu juste lorsqu même moins non ok oui parce peu peut peux pis plus puis puisqu quand "
        "quelqu quelque quelques quel quelle quels quelles rien sera serait soit sommes suis "
        "tel telle tous tout toute toutes très trop va vais vas vers voilà vont été êtes "
        "be been but he her his not or she so they there was were yes no have has had"
    ).split()
)
"""The same, and what a conversation is full of: « ben », « fait », « là », « tout »."""
_NOT_SAID = frozenset({MarkKind.PAUSE, MarkKind.TIME})


@dataclass(frozen=True, slots=True)
class WordCount:
    """A word of the analysis: how many times it is written, in how many texts, in which writings.

    ``writings``: each as typed, with its count, the most frequent first.
    """

    form: str
    times: int
    texts: int
    writings: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Two words, the texts that hold both, each, and the texts there are."""

    one: str
    other: str
    both: int
    of_one: int
    of_other: int
    texts: int

    @property
    def expected(self) -> float:
        """Return the texts that would hold both if neither word drew the other."""
        return self.of_one * self.of_other / self.texts if self.texts else 0.0


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    start: int
    end: int
    words: tuple[str, ...]
    """What was written, read in each gender: to know an empty word."""


def word_counts(
    texts: Iterable[str], reading: Reading = "epicene", *, without: Collection[str] = ()
) -> tuple[WordCount, ...]:
    """Count the words of texts by their analysis form, the most frequent first.

    A form written for both genders is one word, a full doublet too; under ``"feminine"`` or
    ``"masculine"`` it is counted with that word written alone. Singular and plural are two.
    Pauses and time stamps are no words. Nothing leads back to who spoke.

    Args:
        texts: each a turn or an answer.
        reading: the word that stands for a form.
        without: words not counted, folded: :data:`EMPTY_WORDS`.

    Example:
        >>> found = word_counts(["Les élu·e·s", "Nos élues et élus"], without=EMPTY_WORDS)
        >>> [(one.form, one.times, one.texts) for one in found]
        [('élu·e·s', 2, 2)]
    """
    times: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    writings: dict[str, Counter[str]] = {}
    for text in texts:
        found = list(_words(text, reading, without))
        holding.update({word.form for word in found})
        for word in found:
            times[word.form] += 1
            typed = " ".join(text[word.start : word.end].split())
            writings.setdefault(word.form, Counter())[typed] += 1
    ordered = sorted(times, key=lambda form: (-times[form], fold(form), form))
    return tuple(
        WordCount(form, times[form], holding[form], tuple(writings[form].most_common()))
        for form in ordered
    )


def co_occurrences(
    texts: Iterable[str], forms: Collection[str], reading: Reading = "epicene"
) -> tuple[Together, ...]:
    """Return the pairs of ``forms`` that one text holds, those most often together first.

    ``forms`` are analysis forms, as :func:`word_counts` gives them under the same ``reading``.
    """
    wanted = frozenset(forms)
    total = 0
    holding: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for text in texts:
        total += 1
        here = sorted({word.form for word in _words(text, reading, ())} & wanted)
        holding.update(here)
        pairs.update(combinations(here, 2))
    ordered = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    return tuple(
        Together(one, other, pairs[one, other], holding[one], holding[other], total)
        for one, other in ordered
    )


def words_beside(
    texts: Iterable[str],
    search: Search,
    reading: Reading = "epicene",
    *,
    without: Collection[str] = (),
) -> tuple[Together, ...]:
    """Return the words of the texts where what is searched stands, those most often there first.

    What is searched is found in all its writings (:class:`Search`), and is not its own neighbour.
    """
    total = there = 0
    holding: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for text in texts:
        total += 1
        same = [one for one in search.find(text) if one.nearness is Nearness.SAME]
        there += bool(same)
        beside = {
            word.form
            for word in _words(text, reading, without)
            if not any(one.start < word.end and word.start < one.end for one in same)
        }
        holding.update(beside)
        if same:
            both.update(beside)
    ordered = sorted(both, key=lambda form: (-both[form], holding[form], fold(form), form))
    return tuple(
        Together(search.words, form, both[form], there, holding[form], total) for form in ordered
    )


def words_said(text: str, without: Collection[str] = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield (analysis form, the word in each gender written) for each word said in a text."""
    for word in _words(text, "epicene", without):
        yield word.form, tuple(map(_plain, word.words))


def _words(text: str, reading: Reading, without: Collection[str]) -> Iterator[_Word]:
    """Yield the words that are said in a text, but those left out."""
    forms = inclusive_forms(text)
    whole = {form.start: form for form in forms}
    marks = [(mark.start, mark.end) for mark in find_marks(text) if mark.kind in _NOT_SAID]
    for start, end in word_places(text, forms=forms, whole_doublets=True):
        word = _word(text, start, end, whole.get(start), reading)
        if _inside(start, marks) or all(fold(one) in without for one in word.words):
            continue
        yield word


def _word(text: str, start: int, end: int, form: InclusiveForm | None, reading: Reading) -> _Word:
    if form is None:
        said = _plain(text[start:end])
        return _Word(said, start, end, (said,))
    genders = {"masculine": form.masculine, "feminine": form.feminine, "epicene": form.epicene}
    return _Word(_plain(genders[reading]), start, end, (form.masculine, form.feminine))


def _plain(word: str) -> str:
    """Return a word in one case and one Unicode form, without soft hyphens."""
    return unicodedata.normalize("NFC", word.replace("\u00ad", "")).lower()


def _inside(place: int, marks: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in marks)
