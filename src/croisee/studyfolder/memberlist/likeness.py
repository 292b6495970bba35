"""Whether two names could be one organisation's, written twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from croisee.text import analysed, fold

ALIKE_WORDS = 0.8
"""``SequenceMatcher`` ratio from which one word could be another misspelt."""
_ACRONYM = re.compile(r"[A-ZÀ-Ý][A-ZÀ-Ý.]{2,8}")
_FEWEST_INITIALS = 3
_SHORT = 3
_SMALL = frozenset(
    {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les"}
    | {"of", "the", "and", "for", "inc", "ltd", "ltee", "osbl", "obnl"}
)
K = TypeVar("K", bound=Hashable)
Words = tuple[str, ...]


def name_words(name: str) -> Words:
    """Return the words that tell an organisation, in order of the alphabet.

    Folded; small words, plurals and what is in parentheses left out.

    Example:
        >>> name_words("La Maison des Aînés (MA) inc.")
        ('aine', 'maison')
    """
    return tuple(sorted(_told(name)))


def _told(name: str) -> list[str]:
    plain = re.sub(r"\([^)]*\)", " ", fold(analysed(name, "masculine").text))
    words = re.findall(r"[a-z0-9]+", plain)
    told = [word for word in words if word not in _SMALL]
    if words and len(words[-1]) == 1 and words[-1] in _SMALL:
        told.append(words[-1])  # « Maison A », « Maison D » : no article ends a name
    return [_singular(word) for word in told] or words


def _singular(word: str) -> str:
    return word[:-1] if len(word) > _SHORT and word[-1] in "sx" else word


class Likeness(Generic[K]):
    """Names added one by one under a key; a new one is looked for among those.

    Two names are alike when their words are the same in any order, when they are the same once
    joined, when one word alone differs and could be the other misspelt, or when one is the
    initials of the other. A number that differs sets two names apart. The time taken grows
    with the number of names, not with its square.
    """

    def __init__(self) -> None:
        self._by_words: dict[Words, K] = {}
        self._by_letters: dict[str, K] = {}
        self._by_initials: dict[str, K] = {}
        self._by_acronym: dict[str, K] = {}
        self._but_one: defaultdict[Words, list[tuple[str, K]]] = defaultdict(list)

    def add(self, key: K, name: str) -> None:
        """Add a name; the first of those alike keeps the place."""
        words = name_words(name)
        self._by_words.setdefault(words, key)
        self._by_letters.setdefault("".join(_told(name)), key)
        if initials := _initials(name):
            self._by_initials.setdefault(initials, key)
        if acronym := _acronym(name):
            self._by_acronym.setdefault(acronym, key)
        for word, others in _each_left_out(words):
            self._but_one[others].append((word, key))

    def find(self, name: str) -> K | None:
        """Return the key of a name added before that this one could be, or ``None``."""
        words = name_words(name)
        if not words:
            return None
        initials, acronym = _initials(name), _acronym(name)
        return next(
            (
                key
                for key in (
                    self._by_words.get(words),
                    self._by_letters.get("".join(_told(name))),
                    self._by_initials.get(acronym) if acronym else None,
                    self._by_acronym.get(initials) if initials else None,
                    self._misspelt(words),
                )
                if key is not None
            ),
            None,
        )

    def _misspelt(self, words: Words) -> K | None:
        for word, others in _each_left_out(words):
            for other, key in self._but_one.get(others, ()):
                if could_be(word, other):
                    return key
        return None


def _each_left_out(words: Words) -> Iterator[tuple[str, Words]]:
    for position, word in enumerate(words):
        yield word, words[:position] + words[position + 1 :]


def could_be(word: str, other: str) -> bool:
    """Return whether one word could be the other misspelt; never numbers or very short ones."""
    if min(len(word), len(other)) <= _SHORT or abs(len(word) - len(other)) > _SHORT:
        return False
    if any(sign.isdigit() for sign in word + other):
        return False
    if word[0] != other[0] and word[-2:] != other[-2:]:
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE_WORDS


def _initials(name: str) -> str:
    told = _told(name)
    return "".join(word[0] for word in told) if len(told) >= _FEWEST_INITIALS else ""


def _acronym(name: str) -> str:
    bare = name.strip()
    return fold(bare.replace(".", "")) if _ACRONYM.fullmatch(bare) else ""
