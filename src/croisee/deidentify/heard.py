"""Names in a turn without any capital, as speech recognition writes it.

A first name that sounds like one of the lists, what follows a title or a first name, a
municipality by its sound. A word of every day is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from croisee.deidentify.bare_names import (
    ends_as_common,
    is_bare_name,
    is_formed,
    is_function_word,
    tie_before,
)
from croisee.deidentify.gazetteer import FIRST, LAST, PLACE, WORD, gazetteer, word_key
from croisee.deidentify.heard_places import heard_places
from croisee.deidentify.ordinary import is_everyday, is_known, is_ordinary
from croisee.deidentify.patterns import Found
from croisee.deidentify.sounds import sound
from croisee.deidentify.strangers import listed, strangers

_TOKEN = re.compile(r"[^\W\d_]+")
_TITLES = {
    "mme", "madame", "monsieur", "mlle", "dr", "dre", "docteur", "docteure", "maitre", "m",
    "mr", "mrs", "abbe",
}  # fmt: skip
_POLITE = {"mme", "madame", "monsieur", "mlle", "maitre"}
_WRITTEN_TITLES = _TITLES - {"m", "abbe", "maitre"}
"""After which a name is one even where other words have capitals."""
_TITLED = re.compile(
    r"\b(?:mme|madame|monsieur|mlle|dre?|docteure?|mrs?)\.?[ \u00a0][^\W\d_]", re.IGNORECASE
)
_CALLS = {"appelle", "appelait", "allo", "salut", "bonjour", "prenom", "surnomme"}
_BEFORE_PLACE = {
    "a", "de", "d", "du", "vers", "pres", "ville", "par", "in", "from", "secteur", "habite",
    "comme", "village", "rue",
}  # fmt: skip
_SHORTEST, _SHORTEST_SOUND, _LONG_SOUND, _LONG = 4, 3, 4, 5
_HYPHENS = frozenset({"-", "‑", "‐"})
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
_PARTICIPLE = re.compile("ée?s?$")
_DOUBLE = frozenset({
    "jean", "marie", "pierre", "anne", "louis", "rose", "claude", "paul", "charles", "mary",
    "guy", "luc", "jeanne", "therese", "ti",
})  # fmt: skip
"""First names that others follow, with a hyphen or without: « jean guy », « rose-alma »."""
_LONE_INITIALS = re.compile(r"(?<![\w’'-])[b-df-hj-np-tvwz]-[b-df-hj-np-tvwz](?![\w’'-])")


def _is_plain(key: str, raw: int) -> bool:
    """Whether a word is of every day; a long first name that only the lists doubt is not."""
    return is_everyday(key) if raw & FIRST and len(key) >= _SHORTEST else is_ordinary(key)


def _is_sure_last(key: str, heard: str) -> bool:
    """Whether a word that is no other is a family name by itself: « tibodaut », « bournival »."""
    return len(key) > _LONG and len(heard) > _SHORTEST_SOUND and not ends_as_common(key)


class _Heard(dict[str, int]):
    """What a word may be by its sound, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        key = word_key(word)
        raw = gazetteer().words.get(key, 0)
        bits = 0
        other = raw & (FIRST | LAST) and not word.isascii() and word not in gazetteer().written
        if other:  # « marié » is not « Marie »; « kéïta » is Keita, otherwise written
            raw = 0
        if other and _PARTICIPLE.search(word):
            pass
        elif not is_known(key) and not _is_plain(key, raw) and len(key) > 1:
            heard = sound(key)
            first, last, place = _sounds()
            bits = _ODD
            other_end = sound(key + "t") if key.endswith("er") else heard
            by_sound = len(heard) >= _SHORTEST_SOUND and len(key) >= _SHORTEST
            exact = raw & FIRST and len(key) >= _SHORTEST - 1
            if exact or (by_sound and {heard, other_end} & first) or _is_nearly_first(key):
                bits |= _FIRST
            if raw & LAST or (len(heard) >= _SHORTEST_SOUND and {heard, other_end} & last):
                bits |= _LAST | (_SURE_LAST if _is_sure_last(key, heard) else 0)
            if not raw & PLACE and len(heard) >= _LONG_SOUND and heard in place:
                bits |= _PLACE | (_SURE_PLACE if len(heard) >= _SURE_SOUND else 0)
        elif raw & FIRST and raw & WORD:
            bits = _FIRST << 4
        self[word] = bits
        return bits


_COMMON_FIRST, _SURE_PLACE, _SURE_SOUND, _SURE_LAST = _FIRST << 4, 64, 6, 128
_HEARD = _Heard()


class HeardNames:
    """Names in lower case, by their sound; its candidates' source is ``oreille``.

    Reads turns without a capital: elsewhere a name has one, but after a title, where whoever
    types fast may leave it out (« Merci madame tremplin »).
    """

    name = "oreille"

    def find(self, text: str) -> Iterator[Found]:
        """Yield people and places that a turn in lower case seems to name."""
        if not text.islower():
            yield from _titled(text)
            return
        tokens = list(_TOKEN.finditer(text))
        bits = [_HEARD[token.group()] for token in tokens]
        index = 0
        while index < len(tokens):
            last = _person(text, tokens, bits, index)
            if last is not None:
                yield _found(text, tokens, index, last)
                index = last
            elif bits[index] & _PLACE and (bits[index] & _SURE_PLACE or _is_place(tokens, index)):
                yield Found(tokens[index].start(), tokens[index].end(), "lieu", "[un lieu]")
            index += 1
        for place in strangers(text, tokens, [bit == _ODD for bit in bits]):
            yield Found(tokens[place].start(), tokens[place].end(), PERSON, "[un nom]")
        for place in listed(tokens):
            yield Found(tokens[place].start(), tokens[place].end(), PERSON, "[un nom]")
        for first, final in heard_places(text, tokens):
            yield Found(tokens[first].start(), tokens[final].end(), "lieu", "[un lieu]")
        for match in _LONE_INITIALS.finditer(text):
            yield Found(match.start(), match.end(), PERSON, SOMEBODY)


def _titled(text: str) -> Iterator[Found]:
    """Yield the names in lower case that follow a title, in a turn that has capitals."""
    if _TITLED.search(text) is None:
        return
    tokens = list(_TOKEN.finditer(text))
    bits = [_HEARD[token.group()] for token in tokens]
    for index in range(1, len(tokens)):
        word = tokens[index].group()
        titled = _key(tokens, index - 1) in _WRITTEN_TITLES and _apart(text, tokens, index)
        if not (titled and word.islower() and bits[index] & _ODD and len(word) >= _SHORTEST):
            continue
        if ends_as_common(word) and not bits[index] & _LAST:
            continue
        last = index
        while _near(text, tokens, last) and _goes_on(text, tokens, bits, last):
            last += 1
        yield Found(tokens[index].start(), tokens[last].end(), PERSON, SOMEBODY)


def _found(text: str, tokens: Sequence[re.Match[str]], first: int, last: int) -> Found:
    """Return the person named, with the tie that leads to the name: « ma sœur karine »."""
    end = tokens[last].end()
    tie = tie_before(tokens, first)
    if tie is not None and text[tokens[first - 1].end() : tokens[first].start()] in {" ", ", "}:
        return Found(tokens[tie].start(), end, "proche", "[un proche]")
    return Found(tokens[first].start(), end, PERSON, SOMEBODY)


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
    titled = before in _TITLES | _CALLS and _apart(text, tokens, index)
    odd = here & _ODD and (here & _LAST or not is_formed(tokens[index].group()))
    told = titled and bool(odd or _is_family_name(text, tokens, bits, index))
    known = bool(here & (_FIRST | _SURE_LAST)) and before not in _SAINTS
    common = bool(here & _COMMON_FIRST) and _near(text, tokens, index)
    common = common and bool(bits[index + 1] & (_LAST | _FIRST))
    double = _key(tokens, index) in _DOUBLE and _is_double(text, tokens, bits, index)
    bare = here & _ODD and is_bare_name(text, tokens, index)
    if not (told or known or common or double or bare):
        return None
    last = index + double
    while _near(text, tokens, last) and _goes_on(text, tokens, bits, last):
        last += 1
    return last


def _goes_on(text: str, tokens: Sequence[re.Match[str]], bits: Sequence[int], last: int) -> bool:
    """Whether the word after ``last`` is of the same name: a name, or one that nothing explains."""
    following = bits[last + 1]
    if following & (_FIRST | _LAST) or text[tokens[last].end()] in _HYPHENS:
        return True
    return bool(following & _ODD) and not ends_as_common(tokens[last + 1].group())


def _is_double(text: str, tokens: Sequence[re.Match[str]], bits: Sequence[int], index: int) -> bool:
    """Whether a short first name has a second one: « jean-rock », « jean guy », « ti mousse »."""
    if not _near(text, tokens, index):
        return False
    hyphen = text[tokens[index].end()] in _HYPHENS
    long = len(tokens[index + 1].group()) >= _SHORTEST_SOUND
    odd = bool(bits[index + 1] & (_ODD | _FIRST | _COMMON_FIRST)) or tokens[index].group() == "ti"
    return long and (hyphen or odd)


def _is_family_name(
    text: str, tokens: Sequence[re.Match[str]], bits: Sequence[int], index: int
) -> bool:
    """Whether a word of every day is a name after « madame »: « madame blanche »."""
    if _key(tokens, index - 1) not in _POLITE:
        return False
    key = _key(tokens, index)
    raw = gazetteer().words.get(key, 0) | gazetteer().words.get(key.removesuffix("s"), 0)
    long = len(key) >= _SHORTEST
    odd = _near(text, tokens, index) and bool(bits[index + 1] & _ODD)
    return long and (bool(raw & (FIRST | LAST)) or (odd and not is_function_word(key)))


def _is_place(tokens: Sequence[re.Match[str]], index: int) -> bool:
    return index > 0 and _key(tokens, index - 1) in _BEFORE_PLACE | _SAINTS
