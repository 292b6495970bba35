"""A name hidden once in a document is hidden wherever its words come back in it.

« Rose Sirois… Rose, elle, dit que » : the second « Rose » opens a sentence and is a word of
every day; only the document says that it is somebody. « Merci Bardinet… et bardinet l’a dit » :
whoever types fast leaves a capital out.
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
_SHORTEST_TYPED = 5
_ARTICLES = frozenset({
    "le", "la", "les", "l", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "ces",
    "mon", "ma", "mes", "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos",
    "leur", "leurs", "quelques", "plusieurs", "the", "a", "an",
})  # fmt: skip
"""After them a word in lower case is a common noun, whatever a capital made of it elsewhere."""


class Echoes:
    """The words of the names found in one document, to be looked for again in its turns."""

    def __init__(self) -> None:
        self._capital: dict[str, tuple[str, str]] = {}
        self._lower: dict[str, tuple[str, str]] = {}
        self._typed: dict[str, tuple[str, str]] = {}

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
            sure = entry or len(words) > 1 or bits & (FIRST | LAST)
            if len(word) >= _SHORTEST_TYPED and word[0].isupper() and not plain and sure:
                for written in (word.lower(), key):
                    self._typed.setdefault(written, (replacement, entry))

    def find(self, text: str) -> Iterator[tuple[int, int, str, str]]:
        """Yield where a learnt word stands again: its place, what hides it, whose it is.

        In lower case where the turn has no capital at all; elsewhere only words of five letters
        and more that are no other word, without an article before them.
        """
        if not self._capital and not self._lower:
            return
        if text.islower():
            for match in _WORD.finditer(text):
                known = self._lower.get(word_key(match.group()))
                if known:
                    yield match.start(), match.end(), *known
            return
        words = _WORD.findall(text)
        if self._capital.keys().isdisjoint(words) and self._typed.keys().isdisjoint(words):
            return
        before = ""
        for match in _WORD.finditer(text):
            word = match.group()
            known = self._capital.get(word)
            if known is None and before not in _ARTICLES:
                known = self._typed.get(word)
            if known:
                yield match.start(), match.end(), *known
            before = word.lower()
