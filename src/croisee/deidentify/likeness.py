"""Names of the registry that were misheard: by their sound, or a letter or two apart.

« tériot » for Thériault, « belle sile » for Belzile. An ordinary word is never enough by
itself: see ``docs/methods/reconnaissance.md`` §3.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from croisee.deidentify.model import PERSON, MaskEntry
from croisee.deidentify.ordinary import is_everyday
from croisee.deidentify.registry import Match, Word, words_of
from croisee.deidentify.sounds import sound

_SHORTEST, _SHORTEST_SOUND, _SHORTEST_NEAR, _LONG = 3, 2, 5, 9
_SHORTEST_SPLIT, _SPLIT_APART = 5, 2
_FORGIVING = 4
"""A name of so many words may have one that is heard as another."""
_WIDEST_GAP = 3
_MOST_APART = 4
"""Two edits, two letters each: words further apart than this are not within two edits."""


@dataclass(frozen=True, slots=True)
class _Name:
    words: tuple[str, ...]
    entry: int
    part: bool


class _Alike(dict[str, tuple[_Name, ...]]):
    """The names whose first word is like a word of a text, worked out once a word."""

    def __init__(self, names: Iterable[_Name]) -> None:
        super().__init__()
        self._first: dict[str, list[_Name]] = defaultdict(list)
        for name in names:
            self._first[name.words[0]].append(name)
        self._letters = [(first, _letters(first), sound(first)) for first in self._first]
        self._heard: dict[str, list[str]] = defaultdict(list)
        for first, _, heard in self._letters:
            self._heard[heard].append(first)

    def __missing__(self, key: str) -> tuple[_Name, ...]:
        letters, heard = _letters(key), sound(key)
        firsts = (
            first for first, others, as_heard in self._letters
            if as_heard == heard or (letters ^ others).bit_count() <= _MOST_APART
        )  # fmt: skip
        self[key] = alike = tuple(self._named(key, firsts))
        return alike

    def sounding(self, key: str) -> Iterator[_Name]:
        """Yield those that also sound like it; nothing is kept, pairs of words are too many."""
        return self._named(key, self._heard.get(sound(key), ()))

    def _named(self, key: str, firsts: Iterable[str]) -> Iterator[_Name]:
        for first in firsts:
            if alike_words(key, first):
                for name in self._first[first]:
                    if len(name.words) > 1 or not is_everyday(key):
                        yield name


def _letters(word: str) -> int:
    """Return the letters a word holds, a bit each: one edit changes two of them at most."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


class LikeNames:
    """A list of names ready to be found as they are misheard, in any number of texts."""

    def __init__(self, entries: Sequence[MaskEntry]) -> None:
        names = {name for number, entry in enumerate(entries) for name in _names(entry, number)}
        self._alike = _Alike(sorted(names, key=lambda name: (name.entry, name.words)))
        self._any = bool(names)

    def find(self, text: str) -> Iterator[Match]:
        """Yield every place whose words are like a name's and are not that name."""
        if not self._any:
            return
        words = words_of(text)
        for index, word in enumerate(words):
            for name in self._alike[word.keys[0]]:
                last = _follow(text, words, index, name)
                if last is not None and not _exact(words[index : last + 1], name):
                    yield Match(word.start, words[last].end, name.entry, name.part)
            yield from self._split(text, words, index)

    def _split(self, text: str, words: Sequence[Word], index: int) -> Iterator[Match]:
        """Yield a name heard as two words: « belle sile »."""
        if index + 1 >= len(words) or not _touch(text, words, index):
            return
        one, two = words[index].keys[0], words[index + 1].keys[0]
        if is_everyday(two) and is_everyday(one):
            return
        both = one + two
        if len(both) < _SHORTEST_SPLIT:
            return
        for name in self._alike.sounding(both):
            if _is_split(one, two, name.words[0]):
                last = _follow(text, words, index + 1, name)
                if last is not None:
                    yield Match(words[index].start, words[last].end, name.entry, name.part)


def _is_split(one: str, two: str, wanted: str) -> bool:
    """Whether two words are one name heard apart, and neither is that name by itself."""
    if sound(one + two) != sound(wanted) or abs(len(one + two) - len(wanted)) > _SPLIT_APART:
        return False
    return not (alike_words(one, wanted) or alike_words(two, wanted))


def _names(entry: MaskEntry, number: int) -> Iterator[_Name]:
    for writing in (entry.text, *entry.variants):
        words = [word for word in words_of(writing) if not word.keys[0].isdigit()]
        keys = tuple(word.keys[0] for word in words)
        if not keys or (len(keys) == 1 and words[0].capitals):
            continue
        whole = len("".join(keys)) >= _SHORTEST
        if whole:
            yield _Name(keys, number, part=False)
        if entry.kind == PERSON and len(keys) > 1:
            for key in keys:
                if len(key) >= _SHORTEST and not (is_everyday(key) and len(key) < _SHORTEST_NEAR):
                    yield _Name((key,), number, part=True)


def _follow(text: str, words: Sequence[Word], first: int, name: _Name) -> int | None:
    """Return the last word of a name that begins at ``first``, or None."""
    wrong = 0
    last, odd = first, not is_everyday(words[first].keys[0])
    for wanted in name.words[1:]:
        if len(wanted) == 1 and (last + 1 >= len(words) or words[last + 1].keys[0] != wanted):
            continue
        if last + 1 >= len(words) or not _touch(text, words, last):
            return None
        key = words[last + 1].keys[0]
        if not alike_words(key, wanted):
            wrong += 1
            if wrong > (len(name.words) >= _FORGIVING):
                return None
        odd = odd or not is_everyday(key)
        last += 1
    return last if odd or len(name.words) >= _SHORTEST else None


def _exact(words: Sequence[Word], name: _Name) -> bool:
    """Whether a name is written as the registry has it: :class:`NameIndex` finds it."""
    return tuple(word.keys[0] for word in words) == name.words


def _touch(text: str, words: Sequence[Word], index: int) -> bool:
    gap = text[words[index].end : words[index + 1].start]
    return len(gap) <= _WIDEST_GAP and not any(mark in gap for mark in ".?!:;,")


def alike_words(one: str, other: str) -> bool:
    """Return whether two folded words are the same, sound the same, or are nearly spelled so."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST:
        return False
    heard = sound(one)
    if heard == sound(other) and len(heard) >= _SHORTEST_SOUND:
        return len(heard) > _SHORTEST_SOUND or one[0] == other[0]
    shortest = min(len(one), len(other))
    if shortest < _SHORTEST_NEAR:
        return False
    return within(one, other, 2 if shortest >= _LONG else 1)


def within(one: str, other: str, most: int) -> bool:
    """Return whether two words are at most ``most`` letters apart (Levenshtein's distance)."""
    if abs(len(one) - len(other)) > most:
        return False
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
        if min(row) > most:
            return False
    return row[-1] <= most
