"""What somebody who holds the member directory would still find in a masked text.

The motivated intruder reads the masked words and looks for each name of the directory:
as written, then without case or accents, then by its sound, then a letter or two apart.
See ``docs/methods/desidentification.md`` §6.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from croisee.deidentify.gold import GoldTurn, Listed
from croisee.deidentify.masking import MaskedTurn
from croisee.deidentify.model import PERSON
from croisee.deidentify.registry import Word, words_of
from croisee.deidentify.sounds import sound
from croisee.text import fold

EXACT, PLAIN, SOUND, NEAR = "exact", "plain", "sound", "near"
WAYS = (EXACT, PLAIN, SOUND, NEAR)
_SHORTEST_PART, _SHORTEST_SOUND, _SHORTEST_NEAR, _LONG, _LONGEST_NAME = 4, 3, 6, 9, 12
Entity = tuple[str, int]


@dataclass(slots=True)
class Intrusion:
    """Names of the directory seen in masked texts, by the first way that shows them.

    ``right`` keeps those seen where the text did speak of that person, organisation or
    place; the others are words that happen to look like a name.
    """

    right: dict[str, set[Entity]] = field(default_factory=lambda: defaultdict(set))
    wrong: dict[str, set[Entity]] = field(default_factory=lambda: defaultdict(set))

    def recognised(self, way: str) -> int:
        """Return how many directory entries are seen rightly by this way and no earlier one."""
        earlier = WAYS[: WAYS.index(way)]
        return len(self.right[way] - set().union(*(self.right[w] for w in earlier)))

    @property
    def everyone(self) -> set[Entity]:
        """Return every directory entry seen rightly, in any way."""
        return set().union(*(self.right[way] for way in WAYS))


@dataclass(frozen=True, slots=True)
class _Sought:
    entity: Entity
    written: tuple[str, ...]
    plain: tuple[str, ...]
    sounds: tuple[str, ...]


class Intruder:
    """A directory ready to be looked for in any number of masked texts."""

    def __init__(self, directory: Iterable[Listed]) -> None:
        self._by_word: dict[str, list[_Sought]] = defaultdict(list)
        self._by_sound: dict[str, list[_Sought]] = defaultdict(list)
        self._by_length: dict[int, list[_Sought]] = defaultdict(list)
        self._near: dict[str, tuple[_Sought, ...]] = {}
        self.size = 0
        for listed in directory:
            self.size += 1
            for words in dict.fromkeys(_names(listed)):
                self._add(_Sought((listed.about.code, listed.number), *_writings(words)))

    def _add(self, sought: _Sought) -> None:
        self._by_word[sought.plain[0]].append(sought)
        if len("".join(sought.sounds)) >= _SHORTEST_SOUND and sought.sounds[0]:
            self._by_sound[sought.sounds[0]].append(sought)
        if len(sought.plain) == 1 and len(sought.plain[0]) >= _SHORTEST_NEAR:
            self._by_length[len(sought.plain[0])].append(sought)

    def search(self, turn: GoldTurn, masked: MaskedTurn, into: Intrusion) -> None:
        """Add to ``into`` every name seen in what the masking left of a turn."""
        words = list(_left(turn, masked))
        for place, word in enumerate(words):
            following = words[place : place + _LONGEST_NAME]
            for way, sought, end in self._seen(following):
                about = {(m.about.code, m.number) for m in turn.marks
                         if m.start < end and word.start < m.end}  # fmt: skip
                side = into.right if sought.entity in about else into.wrong
                side[way].add(sought.entity)

    def _seen(self, words: list[Word]) -> Iterator[tuple[str, _Sought, int]]:
        first = words[0].keys
        for sought in self._by_word.get(first[1], ()):
            if _follows([w.keys[1] for w in words], sought.plain):
                end = words[len(sought.plain) - 1].end
                same = [w.keys[0] for w in words[: len(sought.written)]] == list(sought.written)
                yield (EXACT if same else PLAIN), sought, end
        for sought in self._by_sound.get(sound(first[0]), ()):
            if _follows([sound(w.keys[0]) for w in words[: len(sought.sounds)]], sought.sounds):
                yield SOUND, sought, words[len(sought.sounds) - 1].end
        for sought in self._look_alikes(first[1]):
            yield NEAR, sought, words[0].end

    def _look_alikes(self, word: str) -> tuple[_Sought, ...]:
        if len(word) < _SHORTEST_NEAR - 1:
            return ()
        known = self._near.get(word)
        if known is None:
            lengths = range(len(word) - 2, len(word) + 3)
            known = self._near[word] = tuple(
                sought
                for length in lengths
                for sought in self._by_length.get(length, ())
                if _near(word, sought.plain[0])
            )
        return known


def _names(listed: Listed) -> Iterator[tuple[str, ...]]:
    """Yield what is looked for: whole names, variants, and each long part of a person's name."""
    for writing in (listed.entry.text, *listed.entry.variants):
        words = tuple(writing[w.start : w.end] for w in words_of(writing))
        yield words
        if listed.entry.kind == PERSON:
            yield from ((word,) for word in words if len(word) >= _SHORTEST_PART)


def _writings(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return words, tuple(map(fold, words)), tuple(map(sound, words))


def _left(turn: GoldTurn, masked: MaskedTurn) -> Iterator[Word]:
    """Yield the words of a turn that no replacement touches, as written and folded."""
    for word in words_of(turn.text):
        if not any(r.start < word.end and word.start < r.end for r in masked.replacements):
            written = turn.text[word.start : word.end]
            yield Word(word.start, word.end, (written, fold(written)), word.initial, word.capitals)


def _follows(words: list[str], wanted: tuple[str, ...]) -> bool:
    return tuple(words[: len(wanted)]) == wanted


def _near(one: str, other: str) -> bool:
    """Return whether two words are one letter apart, or two when they are long."""
    most = 2 if min(len(one), len(other)) >= _LONG else 1
    if one[0] != other[0] and most == 1 and len(one) != len(other):
        return False
    return _distance(one, other) <= most


def _distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
