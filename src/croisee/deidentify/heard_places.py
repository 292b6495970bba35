"""Places in a turn without capitals: large towns, names of several words, words by their sound.

« lac mégantic », « dolbeau mistaçini », « à gran-mère », « rue du quai », « lac bitobi ». What
is also a word of every day needs « à » before it. Words are in ``lists/oreille.txt``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from croisee.deidentify.bare_names import ACRONYMS, CUES
from croisee.deidentify.gazetteer import (
    FIRST,
    LAST,
    OF_PLACE,
    PLACE,
    WORD,
    gazetteer,
    read_list,
    word_key,
)
from croisee.deidentify.ordinary import is_everyday, is_known, is_ordinary
from croisee.deidentify.sounds import sound

_LETTERS = re.compile(r"[^\W\d_]+")
_JOINTS = frozenset({" ", "-", "‑", "‐", "’", "'"})
_HYPHENS = frozenset({"-", "‑", "‐"})
_AT = frozenset({"a", "de", "d", "du", "vers", "par", "pres", "ville", "secteur", "from", "in"})
_SAINTS = frozenset({"saint", "sainte", "sain", "saintes", "saints", "st", "ste"})
_LINKS = frozenset({"de", "du", "des", "la", "d", "a", "aux", "au", "l", "les", "le", "sur"})
_SIDES = frozenset({"nord", "sud", "est", "ouest"})
_NEVER = frozenset({("l", "avenir"), ("la", "peche"), ("grand", "mere"), ("belle", "rive")})
_STREETS = frozenset({"rue", "avenue", "boulevard", "montee", "ruelle", "rang", "place"})
_RANKS = frozenset({"premier", "premiere", "deuxieme", "second", "meme", "dernier"})
_WATERS = frozenset({"lac", "riviere", "mont", "ile", "iles", "anse", "baie", "pointe"})
_OPENS = frozenset({
    "cap", "baie", "lac", "anse", "riviere", "rivieres", "port", "mont", "notre", "pointe",
    "ile", "val", "grand", "grande", "gran", "trois", "sept", "sep", "ferme", "ancienne",
    "petite", "petit", "havre", "blanc", "mon",
})  # fmt: skip
_SHORTEST, _LONG, _PAIR = 4, 6, 2


@cache
def _several() -> dict[str, list[tuple[str, ...]]]:
    """Return the places of several words as they sound, by the sound of the first."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    names = [place.words for places in gazetteer().places.values() for place in places]
    names += [_keys(name) for (name,) in read_list("villes.txt")]
    for words in names:
        if len(words) > 1 and words not in _NEVER:
            heard = tuple(map(sound, words))
            found[heard[0]].append(heard)
    for several in found.values():
        several.sort(key=len, reverse=True)
    return dict(found)


@cache
def _exact() -> frozenset[tuple[str, ...]]:
    """Return the words of the places of two words, as they are written."""
    names = [place.words for places in gazetteer().places.values() for place in places]
    return frozenset(words for words in names if len(words) == _PAIR)


@cache
def _cities() -> frozenset[str]:
    """Return the large towns of one word, folded."""
    return frozenset(
        keys[0] for keys in (_keys(name) for (name,) in read_list("villes.txt")) if len(keys) == 1
    )


@cache
def _whole() -> frozenset[str]:
    """Return the sounds of the long places of one word: « mon tréal » is one."""
    return frozenset(
        sound(place.words[0])
        for places in gazetteer().places.values()
        for place in places
        if len(place.words) == 1 and len(place.words[0]) >= _LONG
    )


def _keys(name: str) -> tuple[str, ...]:
    return tuple(word_key(word) for word in _LETTERS.findall(name))


def heard_places(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last token of each place of a turn without capitals."""
    turn = _Turn(text, tokens)
    index = 0
    while index < len(tokens):
        last = _place(turn, index)
        if last is not None:
            yield index, last
            index = last
        index += 1


class _Turn:
    """The words of a turn, with their keys, and whether each touches the next."""

    def __init__(self, text: str, tokens: Sequence[re.Match[str]]) -> None:
        self.words = [token.group() for token in tokens]
        self.keys = [word_key(word) for word in self.words]
        self.gaps = [text[one.end() : other.start()] for one, other in pairwise(tokens)]
        self.gaps.append("")
        self.near = [gap in _JOINTS for gap in self.gaps]
        self.tied = [gap in _HYPHENS for gap in self.gaps]

    def __len__(self) -> int:
        return len(self.words)


def _place(turn: _Turn, index: int) -> int | None:
    """Return the last token of the place that begins at ``index``, or None."""
    before = turn.words[index - 1] if index else ""
    led = word_key(before) in _AT and before != "a"
    last = _of_several_words(turn, index, led=led)
    if last is None and _is_town(turn.keys[index], led=led, at=before == "à"):
        last = index
    if last is not None or not turn.near[index]:
        return last
    if turn.keys[index] in _SAINTS:
        return _saint(turn, index)
    if turn.keys[index] in CUES["voie"]:
        return _with_noun(turn, index)
    if led and turn.tied[index]:
        return _compound(turn, index)
    return index + 1 if _is_split(*turn.keys[index : index + 2]) else None


def _is_split(one: str, two: str) -> bool:
    """Whether two words are one long name heard apart: « mon tréal »."""
    odd = len(two) >= _SHORTEST and not (is_ordinary(two) or is_known(two))
    return odd and sound(one + two) in _whole()


def _is_town(key: str, *, led: bool, at: bool) -> bool:
    """Whether a word alone is a town: by itself when it is nothing else, or after « à »."""
    bits = gazetteer().words.get(key, 0)
    other = bits & (FIRST | LAST | WORD) or is_everyday(key)
    if key in _cities():
        return len(key) >= _SHORTEST and (not other or led) and not is_known(key)
    named = any(place.words == (key,) for place in gazetteer().places.get(key, ()))
    only = bits & OF_PLACE and not other and len(key) > _SHORTEST
    if only and led and not is_ordinary(key):
        return True
    return named and ((led and not is_everyday(key)) or (at and len(key) >= _SHORTEST))


def _of_several_words(turn: _Turn, index: int, *, led: bool) -> int | None:
    if not turn.near[index]:
        return None
    for heard in _several().get(sound(turn.keys[index]), ()):
        last = index + len(heard) - 1
        if last >= len(turn) or not all(turn.near[index:last]):
            continue
        if any(sound(turn.keys[index + n]) != heard[n] for n in range(1, len(heard))):
            continue
        said = tuple(turn.keys[index : last + 1])
        tied = any(turn.tied[place] for place in range(index, last))
        long = [key for key in said if len(key) >= _SHORTEST - 1]
        odd = not all(map(is_ordinary, long)) and not is_known(said[-1])
        exact = led and len("".join(said)) >= _LONG and (len(said) > _PAIR or said in _exact())
        if len(said) == _PAIR and said[0] in {"l", "le", "la"}:
            odd = exact = led and said in _exact() and not is_known(said[-1])
        if said not in _NEVER and (odd or tied or exact):
            return last
    return None


def _saint(turn: _Turn, index: int) -> int | None:
    """Return the end of « saint-matieu », « sainte thècle », « saint lazare »."""
    following = turn.keys[index + 1]
    bits = gazetteer().words.get(following, 0)
    tied = turn.tied[index]
    if following in _LINKS or not (tied or bits & (FIRST | OF_PLACE) or not is_ordinary(following)):
        return None
    return _rest(turn, index + 1)


def _rest(turn: _Turn, last: int) -> int:
    """Return the last token of a name: what hyphens join, a side, « de » and an odd word."""
    while last + 1 < len(turn) and turn.near[last]:
        following = turn.keys[last + 1]
        joined = turn.tied[last]
        odd = not is_ordinary(following) and not is_known(following)
        if not (joined or following in _SIDES or odd):
            break
        last += 1
    return last


def _with_noun(turn: _Turn, index: int) -> int | None:
    """Return the end of « lac bitobi », « rue du quai », « île aux perroquets »."""
    if turn.words[index].endswith("é") or (index and turn.keys[index - 1] in _RANKS):
        return None
    place, links = index + 1, 0
    while place < len(turn) - 1 and turn.keys[place] in _LINKS and turn.near[place]:
        if turn.words[place] == "a":
            return None
        place += 1
        links += 1
    key = turn.keys[place]
    odd = not is_ordinary(key) and not is_known(key) and key not in ACRONYMS
    following = place + 1 < len(turn) and turn.near[place]
    joined = following and turn.tied[place]
    road = (
        turn.keys[index] in _STREETS - {"place", "rang"}
        and links
        and key not in CUES["pas-lieu"] | _LINKS
    )
    named = turn.keys[index] in _STREETS | _WATERS and links and key in CUES["relief"]
    saint = key in _SAINTS and following
    bits = gazetteer().words.get(key, 0)
    called = turn.keys[index] in _STREETS and not links and bits & (FIRST | LAST | PLACE)
    named_once = (odd and not _PLAIN_END.search(key)) or bool(called and len(key) >= _SHORTEST)
    if not (named_once or (joined and not is_everyday(key)) or road or named or saint):
        return None
    if len(key) < _SHORTEST - 1:
        return None
    return _rest(turn, place + 1 if saint else place)


_PLAIN_END = re.compile(r"(?:aux|ales?|ement|tion|ique|aire|ees?|ist[ei]?|els?|elles?)$")


def _compound(turn: _Turn, index: int) -> int | None:
    """Return the end of a hyphened name after « à »: « gran-mère », « baie-comot »."""
    last = index
    while last + 1 < len(turn) and turn.near[last] and turn.tied[last]:
        last += 1
    parts = turn.keys[index : last + 1]
    odd = [part for part in parts if not is_ordinary(part)]
    of_place = any(gazetteer().words.get(part, 0) & OF_PLACE for part in odd)
    opens = parts[0] in _OPENS and parts != ["grand", "mere"] and bool(odd)
    return last if of_place or opens or len(odd) == len(parts) else None
