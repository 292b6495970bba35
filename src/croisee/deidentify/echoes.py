"""A name hidden once in a document is hidden wherever its words come back in it.

« Rose Sirois… Rose, elle, dit que » : the second « Rose » opens a sentence and is a word of
every day; only the document says that it is somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.capitals import is_never_a_name
from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer, word_key
from croisee.deidentify.ordinary import is_known, is_ordinary

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 2
_SHORTEST_LOWER = 3


class Echoes:
    """The words of the names found in one document, to be looked for again in its turns."""

    def __init__(self) -> None:
        self._capital: dict[str, tuple[str, str]] = {}
        self._lower: dict[str, tuple[str, str]] = {}

    def learn(self, name: str, replacement: str, entry: str) -> None:
        """Take the words of a person's name as it was found, with what hides it."""
        words = _WORD.findall(name)
        for word in words:
            key = word_key(word)
            bits = gazetteer().words.get(key, 0)
            if len(word) < _SHORTEST or is_known(key) or is_never_a_name(key):
                continue
            plain = is_ordinary(key)
            if word[0].isupper() and (not plain or bits & FIRST):
                self._capital.setdefault(word, (replacement, entry))
            several = len(words) > 1 and bits & (FIRST | LAST)
            if len(word) >= _SHORTEST_LOWER and (not plain or (several and bits & FIRST)):
                self._lower.setdefault(key, (replacement, entry))

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield where a learnt word stands again: its place, what hides it, whose it is.

        In lower case only where the turn has no capital at all.
        """
        if not self._capital and not self._lower:
            return
        lower = text.islower()
        if not lower and self._capital.keys().isdisjoint(_WORD.findall(text)):
            return
        for match in _WORD.finditer(text):
            word = match.group()
            known = self._lower.get(word_key(word)) if lower else self._capital.get(word)
            if known:
                yield match.start(), match.end(), *known
