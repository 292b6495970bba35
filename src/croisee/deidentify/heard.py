"""Names in a turn without any capital, as speech recognition writes it.

A first name that sounds like one of the lists, what follows a title or a first name, a
municipality by its sound. A word of every day is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from croisee.deidentify.gazetteer import FIRST, LAST, PLACE, WORD, gazetteer, word_key
from croisee.deidentify.ordinary import is_everyday, is_known, is_ordinary
from croisee.deidentify.patterns import Found
from croisee.deidentify.sounds import sound

_TOKEN = re.compile(r"[^\W\d_]+")
_TITLES = {
    "mme", "madame", "monsieur", "mlle", "dr", "dre", "docteur", "docteure", "maitre", "m",
    "mr", "mrs", "abbe",
}  # fmt: skip
_CALLS = {"appelle", "appelait", "allo", "salut", "bonjour", "prenom", "surnomme"}
_BEFORE_PLACE = {"a", "de", "d", "du", "vers", "pres", "ville"}
_SHORTEST, _SHORTEST_SOUND, _LONG_SOUND, _LONG = 4, 3, 4, 5
_SAINTS = {"saint", "sainte", "sain", "st", "ste"}
PERSON, SOMEBODY = "personne", "[une personne]"


@cache
def _sounds() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the sounds of the first names, of the family names and of the places of one word."""
    first: set[str] = set()
    last: set[str] = set()
    place: set[str] = set()
    for key, bits in gazetteer().words.items():
        if len(key) < _SHORTEST or is_ordinary(key):
            continue
        for sounds, bit in ((first, FIRST), (last, LAST)):
            if bits & bit:
                sounds.add(sound(key))
    for places in gazetteer().places.values():
        for one in places:
            if len(one.words) == 1 and not is_ordinary(one.words[0]):
                place.add(sound(one.words[0]))
            elif one.words[0] in _SAINTS:
                place.add(sound("".join(one.words[1:])))
    return frozenset(first), frozenset(last), frozenset(place)


@cache
def _first_names() -> tuple[frozenset[str], frozenset[str]]:
    """Return the long first names of the lists, and each of them with one letter left out."""
    names = {
        key
        for key, bits in gazetteer().words.items()
        if bits & FIRST and len(key) >= _LONG and not is_everyday(key)
    }
    return frozenset(names), frozenset(short for name in names for short in _shortened(name))


def _shortened(key: str) -> set[str]:
    return {key[:place] + key[place + 1 :] for place in range(1, len(key))}


def _is_nearly_first(key: str) -> bool:
    """Whether a word is a first name of the lists but for one letter, never its first."""
    if len(key) < _LONG:
        return False
    names, short = _first_names()
    return key in short or not names.isdisjoint(_shortened(key))


_FIRST, _LAST, _PLACE, _ODD = 1, 2, 4, 8


def _is_plain(key: str, raw: int) -> bool:
    """Whether a word is of every day; a long first name that only the lists doubt is not."""
    return is_everyday(key) if raw & FIRST and len(key) >= _SHORTEST else is_ordinary(key)


class _Heard(dict[str, int]):
    """What a word may be by its sound, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        key = word_key(word)
        raw = gazetteer().words.get(key, 0)
        bits = 0
        other = raw & (FIRST | LAST) and not word.isascii() and word not in gazetteer().written
        if other:  # « marié » is not « Marie »
            raw = 0
        elif not is_known(key) and not _is_plain(key, raw) and len(key) > 1:
            heard = sound(key)
            first, last, place = _sounds()
            bits = _ODD
            by_sound = len(heard) >= _SHORTEST_SOUND and len(key) >= _SHORTEST
            exact = raw & FIRST and len(key) >= _SHORTEST - 1
            if exact or (by_sound and heard in first) or _is_nearly_first(key):
                bits |= _FIRST
            if raw & LAST or (len(heard) >= _SHORTEST_SOUND and heard in last):
                bits |= _LAST
            if not raw & PLACE and len(heard) >= _LONG_SOUND and heard in place:
                bits |= _PLACE
        elif raw & FIRST and raw & WORD:
            bits = _FIRST << 4
        self[word] = bits
        return bits


_HEARD = _Heard()
_COMMON_FIRST = _FIRST << 4


class HeardNames:
    """Names in lower case, by their sound; its candidates' source is ``oreille``.

    Reads only turns without a capital: elsewhere a name has one.
    """

    name = "oreille"

    def find(self, text: str) -> Iterator[Found]:
        """Yield people and places that a turn in lower case seems to name."""
        if not text.islower():
            return
        tokens = list(_TOKEN.finditer(text))
        bits = [_HEARD[token.group()] for token in tokens]
        index = 0
        while index < len(tokens):
            last = _person(text, tokens, bits, index)
            if last is not None:
                yield Found(tokens[index].start(), tokens[last].end(), PERSON, SOMEBODY)
                index = last
            elif bits[index] & _PLACE and _is_place(tokens, index):
                yield Found(tokens[index].start(), tokens[index].end(), "lieu", "[un lieu]")
            index += 1


def _key(tokens: Sequence[re.Match[str]], index: int) -> str:
    return word_key(tokens[index].group()) if 0 <= index < len(tokens) else ""


def _near(text: str, tokens: Sequence[re.Match[str]], left: int) -> bool:
    """Whether a word and the next are of one name: a space, a hyphen or an apostrophe apart."""
    if left + 1 >= len(tokens):
        return False
    return text[tokens[left].end() : tokens[left + 1].start()] in {" ", "-", "’", "'", "‑"}


def _apart(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Whether a title is written apart: « m. roy », not « m’aidait »."""
    return text[tokens[index - 1].end() : tokens[index].start()] in {" ", ". ", ", "}


def _person(
    text: str, tokens: Sequence[re.Match[str]], bits: Sequence[int], index: int
) -> int | None:
    """Return the last word of the person named at ``index``, or None."""
    here = bits[index]
    before = _key(tokens, index - 1)
    told = bool(here & _ODD) and before in _TITLES | _CALLS and _apart(text, tokens, index)
    known = bool(here & _FIRST) and before not in _SAINTS
    common = bool(here & _COMMON_FIRST) and _near(text, tokens, index)
    if common and not bits[index + 1] & _LAST:
        return None
    if not (told or known or common):
        return None
    last = index
    while _near(text, tokens, last) and bits[last + 1] & (_ODD | _FIRST | _LAST):
        last += 1
    return last


def _is_place(tokens: Sequence[re.Match[str]], index: int) -> bool:
    return index > 0 and _key(tokens, index - 1) in _BEFORE_PLACE | _SAINTS
