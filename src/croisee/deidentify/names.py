"""People and places that no registry names: lists of Québec, capitals, and what stands beside.

One pass over the words decides; nothing else of a text is read. A word that is also an
ordinary word never suffices by itself. See ``docs/methods/reconnaissance.md`` §3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress, pairwise

from croisee.deidentify.gazetteer import (
    FIRST,
    LAST,
    OF_PLACE,
    PLACE,
    WORD,
    Place,
    gazetteer,
    word_key,
)
from croisee.deidentify.glance import Glance, Judged, glance
from croisee.deidentify.patterns import Found

_TOKEN = re.compile(r"[^\W\d_]+")
_NAME = FIRST | LAST
_JOIN = {" ", "-", "‐", "‑", "\u00a0", "\u202f", "’", "'"}
_HYPHENS = {"-", "‐", "‑"}
_SENTENCE_END = set('.!?…:\n»«"(–—[/;•*|\t')
_TITLES = {
    "m", "mme", "mlle", "monsieur", "madame", "mademoiselle", "dr", "dre", "docteur", "docteure",
    "me", "maitre", "pr", "professeur", "professeure", "oncle", "tante", "mononcle", "matante",
    "abbe",
}  # fmt: skip
_CUES = {"appelle", "appelait", "appellent", "nomme", "nommee", "prenom", "surnomme", "surnommee"}
_KIN = {
    "soeur", "frere", "cousin", "cousine", "oncle", "tante", "neveu", "niece", "mari", "femme",
    "conjoint", "conjointe", "chum", "blonde", "fils", "fille", "mere", "pere", "ami", "amie",
    "collegue", "voisin", "voisine", "belle", "beau", "copine", "copain",
}  # fmt: skip
_SPEECH = {
    "dit", "disait", "raconte", "racontait", "explique", "expliquait", "demande", "demandait",
    "repond", "repondait", "travaille", "habite", "habitait", "arrive", "m", "nous", "lui",
}  # fmt: skip
_LOCATIVE = {"a", "de", "d", "du", "vers", "pres", "ville", "quartier", "dans", "des", "region"}
_PARTICLES = {"de", "la", "le", "du", "van", "von", "el", "al", "ben", "di", "da", "dos", "st"}
_NOT_NAMES = {
    "saint", "sainte", "dieu", "noel", "internet", "covid", "zoom", "teams", "facebook", "google",
    "quebec", "canada", "etat", "monsieur", "madame", "mme", "le", "la", "les",
}  # fmt: skip
_ENDING = _NOT_NAMES - {"saint", "sainte"}
_JOIN_OR_STOP = _JOIN | {". "}
_NEVER_ALONE = {
    "ben", "un", "le", "ma", "an", "do", "va", "y", "non", "oui", "ok", "pas", "la", "mon", "ton",
    "son", "au", "on", "en", "or", "si", "tu", "vu", "des", "long", "sans", "fait", "avec", "dit",
    "juste", "real", "bravo", "merci", "bonne", "bon", "mal", "moi", "toi",
}  # fmt: skip
"""Words of every sentence: hidden only beside the rest of a name, never for themselves."""
_MIN_LOWER = 4
_LONGEST_ABBREVIATION = 4
_PERSON, _PLACE = "[une personne]", "lieu"


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    key: str
    bits: int
    capital: bool
    opens: bool
    """It begins a sentence: its capital says nothing."""


class _Bits(dict[str, int]):
    """What a word as written may be, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        key = word_key(word)
        bits = gazetteer().words.get(key, 0)
        if key in _NEVER_ALONE or (not word.isascii() and word.lower() not in gazetteer().written):
            bits &= ~_NAME
        if key in _CONTEXT:
            bits |= _CONTEXT_BIT
        self[word] = bits
        return bits


class _Read(dict[str, tuple[str, int, bool]]):
    """The key of a word as written, what it may be, and whether it has a capital."""

    def __missing__(self, word: str) -> tuple[str, int, bool]:
        self[word] = read = (word_key(word), _BITS[word], word[0].isupper())
        return read


class _Alarms(dict[str, bool]):
    """Whether a word as written calls for a closer look at its text, worked out once."""

    def __missing__(self, word: str) -> bool:
        key, bits = word_key(word), _BITS[word]
        named = bits & _NAME and (word[0].isupper() or not bits & WORD)
        placed = bits & OF_PLACE and key not in _NEVER_ALONE and len(key) >= _MIN_LOWER - 1
        common = bits & WORD and key != "rivieres" and not word[0].isupper()
        self[word] = alarm = bool(
            bits & _CONTEXT_BIT or named or (placed and not common and key not in _OF_NAMES)
        )
        return alarm


_OF_NAMES = {"les", "des", "sur", "aux", "une", "est", "dans", "sous", "notre", "par"}
_CONTEXT_BIT = 64
_SHORT_TITLES = {"m", "me", "pr"}
_SAINTS = {"saint", "sainte"}
"""Before a name in lower case they tell it: « saint lise »."""
_CONTEXT = _TITLES - _SHORT_TITLES | _CUES
_ARTICLES = {"le", "la", "les", "l", "un", "une", "du", "des", "au", "aux"}
_TELLING = _TITLES | _CUES | _SPEECH | _LOCATIVE | _PARTICLES | _NOT_NAMES | _ARTICLES | {"en"}
"""Words of which the rules ask whether they stand beside a name."""
_ALARM, _READ_ON, _TIED = 1, 2, 4
"""What a text is read for; what is read in such a text; what goes with its neighbours."""
_BITS = _Bits()
_READ = _Read()
_ALARMS = _Alarms()


@cache
def _of_places() -> frozenset[str]:
    """Return words one of which every place holds: of each, the least ordinary and longest."""
    known = gazetteer()

    def rarest(word: str) -> tuple[bool, bool, bool, int]:
        return (
            len(word) >= _MIN_LOWER,
            len(word) > 1,
            not known.words.get(word, 0) & WORD,
            len(word),
        )

    return frozenset(
        max(place.words, key=rarest) for places in known.places.values() for place in places
    )


def _weighed(word: str) -> int:
    key, bits, capital = _READ[word]
    leads = key in _SAINTS or (capital and key in _SHORT_TITLES)
    if _ALARMS[word]:
        return _ALARM | _READ_ON | _TIED
    if leads or key in _of_places():
        return _READ_ON | _TIED
    tied = capital or bits & (_NAME | PLACE | OF_PLACE) or key in _TELLING
    return _TIED if tied else 0


def _wordless(_: str, words: list[str]) -> int:
    """Return that a piece without any letter goes with its neighbours."""
    return 0 if words else _TIED


_PIECES = Judged(_weighed, _wordless)


class NamesOfQuebec:
    """Persons and places by the lists; its candidates' source is ``lexique``.

    A person is hidden as ``[une personne]``, a place as its kind and region. Names in lower
    case, as speech recognition writes them, are found when they are no ordinary word.
    """

    name = "lexique"

    def find(self, text: str) -> Iterator[Found]:
        """Yield people and places named in ``text``."""
        seen = glance(text)
        bits = list(map(_PIECES.__getitem__, seen.pieces))
        if not any(map(_ALARM.__and__, bits)):
            return
        tokens = _tokens(text, _passages(seen, bits))
        places = list(_places(text, tokens))
        taken = {index for first, last, _ in places for index in range(first, last + 1)}
        for first, last, place in places:
            words_of_place = gazetteer().generalised(place)
            yield Found(tokens[first].start, tokens[last].end, _PLACE, words_of_place)
        yield from _persons(text, tokens, taken)


def _passages(seen: Glance, bits: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the passages that may name somebody or somewhere, each with a plain word before it.

    A plain word is no part of a name or of a place and tells nothing of its neighbours, so what
    stands on one side of it says nothing of the other.
    """
    last = 0
    for place in compress(range(len(bits)), map(_READ_ON.__and__, bits)):
        if place < last:
            continue
        first, last = place, place + 1
        while first and bits[first] & _TIED:
            first -= 1
        while last < len(bits) and bits[last] & _TIED:
            last += 1
        yield seen.starts[first], seen.starts[last - 1] + len(seen.pieces[last - 1])


def _tokens(text: str, passages: Iterable[tuple[int, int]]) -> list[_Token]:
    """Return the words of some passages of a text, in order."""
    tokens: list[_Token] = []
    for first, stop in passages:
        last = first
        for match in _TOKEN.finditer(text, first, stop):
            start, end = match.span()
            gap = text[last:start]
            opens = not tokens or (gap != " " and not _SENTENCE_END.isdisjoint(gap))
            tokens.append(_Token(start, end, *_READ[text[start:end]], opens))
            last = end
    return tokens


def _places(text: str, tokens: Sequence[_Token]) -> Iterator[tuple[int, int, Place]]:
    known = gazetteer().starts
    taken_to = -1
    for index, token in enumerate(tokens):
        if index <= taken_to or not token.bits & PLACE:
            continue
        following = tokens[index + 1].key if index + 1 < len(tokens) else ""
        for place in (*known.get((token.key, following), ()), *known.get((token.key, ""), ())):
            last = index + len(place.words) - 1
            if _is_place(text, tokens, index, last, place):
                yield index, last, place
                taken_to = last
                break


def _is_place(text: str, tokens: Sequence[_Token], first: int, last: int, place: Place) -> bool:
    here = tokens[first : last + 1]
    if tuple(token.key for token in here) != place.words or not _joined(text, here):
        return False
    before = tokens[first - 1].key if first and not here[0].opens else ""
    return (
        _is_long_place(text, here, before, place)
        if len(here) > 1
        else _is_one_word_place(here[0], before, place)
    )


def _is_long_place(text: str, here: Sequence[_Token], before: str, place: Place) -> bool:
    if place.common and not here[0].capital:
        return before == "a" and here[0].key != "grand"
    tied = all(text[token.end] in _HYPHENS for token in here[:-1])
    return tied or here[-1].capital or (before in _LOCATIVE and here[0].key == "saint")


def _is_one_word_place(word: _Token, before: str, place: Place) -> bool:
    if place.name in {"Québec", "Laval", "Montcalm", "Pontiac"}:
        return word.capital and before in {"a", "ville"}
    if word.bits & (WORD | FIRST | LAST):
        return word.capital and before in _LOCATIVE
    return word.capital or len(word.key) >= _MIN_LOWER


def _joined(text: str, tokens: Sequence[_Token]) -> bool:
    gaps = (text[left.end : right.start] for left, right in pairwise(tokens))
    return all(gap in _JOIN or gap in {"–", ". ", "! "} for gap in gaps)


def _persons(text: str, tokens: Sequence[_Token], taken: set[int]) -> Iterator[Found]:
    taken_to = -1
    for index, token in enumerate(tokens):
        if index <= taken_to:
            continue
        titled = index and tokens[index - 1].key in _TITLES
        if token.bits & _NAME or (titled and _after_title(text, tokens, index)):
            last = _run(text, tokens, index)
            if _is_person(text, tokens, index, last, taken):
                first = _leftwards(text, tokens, index)
                yield Found(tokens[first].start, tokens[last].end, "personne", _PERSON)
                taken_to = last


def _run(text: str, tokens: Sequence[_Token], first: int) -> int:
    """Return the last word of the name that begins at ``first``."""
    last = first
    while last + 1 < len(tokens):
        word = tokens[last + 1]
        gap = text[tokens[last].end : word.start]
        if gap not in _JOIN_OR_STOP or word.key in _ENDING:
            break
        if gap == ". " and len(tokens[last].key) > 1:
            break
        if tokens[first].capital:
            if not (word.capital or _goes_on(text, tokens, last + 1)):
                break
        elif (
            word.capital
            or not word.bits & _NAME
            or (gap == " " and word.bits & WORD and not _surname_of(tokens, last, word))
        ):
            break
        last += 1
    return last


def _goes_on(text: str, tokens: Sequence[_Token], index: int) -> bool:
    """Whether a particle, in lower case, leads to another word of the same name."""
    if tokens[index].key not in _PARTICLES or index + 1 >= len(tokens):
        return False
    after = tokens[index + 1]
    gap = text[tokens[index].end : after.start]
    return gap in _JOIN and after.capital and bool(after.bits & LAST) and not after.bits & PLACE


def _surname_of(tokens: Sequence[_Token], last: int, word: _Token) -> bool:
    """Whether « pierre tremblay roy » goes on: an ordinary word that is a family name too."""
    return bool(
        tokens[last].bits & FIRST
        and not tokens[last].bits & WORD
        and word.bits & LAST
        and len(word.key) >= _MIN_LOWER - 1
    )


def _leftwards(text: str, tokens: Sequence[_Token], first: int) -> int:
    """Return where the name begins: « Xyla Tremblay » takes its unknown first name along."""
    if not first or not tokens[first].capital or tokens[first].opens:
        return first
    word = tokens[first - 1]
    gap = text[word.end : tokens[first].start]
    unknown = word.capital and not word.opens and not word.bits and word.key not in _NOT_NAMES
    known = gap in _JOIN_OR_STOP and unknown and word.key not in _TITLES
    return first - 1 if known else first


def _is_person(text: str, tokens: Sequence[_Token], first: int, last: int, taken: set[int]) -> bool:
    here = tokens[first : last + 1]
    if first in taken or last in taken:
        return False
    if first and tokens[first - 1].key in _SAINTS and not here[0].opens:
        return text[here[0].start - 1] not in _HYPHENS
    before = "" if here[0].opens or not first else tokens[first - 1].key
    if before in _CUES or _after_title(text, tokens, first):
        return here[0].capital or bool(here[0].bits & _NAME)
    sure = any(t.bits & _NAME and not t.bits & WORD and _tells(t) for t in here)
    if not here[0].capital:
        return sure
    named = sum(bool(token.bits & _NAME and token.capital) for token in here)
    if sure or named > 1:
        return True
    return _in_context(tokens, first, last, before)


def _tells(token: _Token) -> bool:
    return token.capital or len(token.key) >= _MIN_LOWER


def _in_context(tokens: Sequence[_Token], first: int, last: int, before: str) -> bool:
    """Whether an ordinary word with a capital is a name where it stands: « avec Rose »."""
    word = tokens[first]
    if word.key in _NOT_NAMES or (word.key == "france" and before in {"de", "en", "la"}):
        return False
    if not word.opens:
        article = before in _ARTICLES
        return bool(word.bits & FIRST) and not article and not word.bits & PLACE
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    return bool(word.bits & FIRST and after and not after.opens and after.key in _SPEECH)


def _after_title(text: str, tokens: Sequence[_Token], index: int) -> bool:
    if not index or (title := tokens[index - 1]).key not in _TITLES:
        return False
    word = tokens[index]
    if word.key in _NOT_NAMES or word.key in _NEVER_ALONE:
        return False
    gap = text[title.end : word.start].replace("\u00a0", " ")
    whole = len(title.key) > _LONGEST_ABBREVIATION
    if gap not in ({" "} if whole else {" ", ". "}):
        return False
    if title.key in {"m", "me", "pr"}:
        return title.capital and word.capital
    return word.capital or (bool(word.bits & LAST) and len(word.key) >= _MIN_LOWER)
