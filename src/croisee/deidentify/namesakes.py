"""People who share a first name are not merged where the text itself tells them apart.

The list gives « Ginette Bolduc »; a document speaks of « Ginette C. », or of « l’autre
Ginette »: that one is hidden without a number, and a person says who it is. See
``docs/methods/desidentification.md`` §2.2.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from croisee.deidentify.model import PERSON, Candidate, MaskEntry, Turn
from croisee.deidentify.registry import words_of
from croisee.text import fold

UNSURE = "[personne]"
"""Somebody whose name the list has, and who may be another."""
_HYPHENED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_INITIAL = re.compile(r"\s?([^\W\d_])(?:\.|(?![\w’']))")
_OTHER = re.compile(r"\b(?:autre|deuxi[èe]me|second)\s$", re.IGNORECASE)


class Namesakes:
    """What the list says of each word of a person's name, ready for any number of documents."""

    def __init__(self, entries: Iterable[MaskEntry]) -> None:
        self._initials: dict[tuple[str, str], set[str]] = defaultdict(set)
        """For a word of a full name and the replacement of its owner, the other initials."""
        self._halves: set[tuple[str, str]] = set()
        """Words that are only half of a hyphened name: « Olivier » of « Marc-Olivier »."""
        self._words: dict[str, set[str]] = defaultdict(set)
        """Every word of the names of whom a replacement stands for."""
        alone: set[str] = set()
        for entry in entries:
            for writing in (entry.text, *entry.variants):
                keys = [word.keys[0] for word in words_of(writing)]
                if entry.kind == PERSON:
                    self._words[entry.replacement].update(keys)
                if len(keys) == 1:
                    alone.add(keys[0])
                elif entry.kind == PERSON:
                    self._learn(writing, keys, entry.replacement)
        for place in [place for place in self._initials if place[0] in alone]:
            del self._initials[place]
        self._owners: dict[str, set[str]] = defaultdict(set)
        for key, pseudonym in self._initials:
            self._owners[key].add(pseudonym)

    def _learn(self, writing: str, keys: Sequence[str], pseudonym: str) -> None:
        for key in keys:
            self._initials[key, pseudonym] |= {other[0] for other in keys if other != key}
        joined = [m.group() for m in _HYPHENED.finditer(writing)]
        halves = [word.keys[0] for name in joined for word in words_of(name)]
        self._halves |= {(key, pseudonym) for key in halves if keys.count(key) == halves.count(key)}

    def told_apart(
        self, turns: Iterable[Turn], candidates: Sequence[Candidate]
    ) -> Iterator[Candidate]:
        """Yield the candidates of one document; those who may be somebody else, unnumbered."""
        texts = {turn.turn: turn.text for turn in turns}
        others = {known for c in candidates for known in self._contradicted(c, texts[c.turn])}
        for candidate in candidates:
            known = self._known(candidate)
            before = texts[candidate.turn][: candidate.start]
            unsure = self._is_within_another(candidate) or (
                known is not None
                and (known in others or known in self._halves or bool(_OTHER.search(before)))
            )
            yield replace(candidate, replacement=UNSURE) if unsure else candidate

    def is_first_name_alone(self, candidate: Candidate) -> bool:
        """Return whether only one word of a listed full name was found: to be looked at."""
        return self._known(candidate) is not None

    def _known(self, candidate: Candidate) -> tuple[str, str] | None:
        """Return the one listed word of a candidate, whatever title or initial goes with it."""
        listed = self._words.get(candidate.replacement, set())
        own = {word.keys[0] for word in words_of(candidate.text)} & listed
        place = min(own, default=""), candidate.replacement
        return place if len(own) == 1 and place in self._initials else None

    def _is_within_another(self, candidate: Candidate) -> bool:
        """Whether the listed word is only a part of a longer one: « Rose » in « Rose-Aimée »."""
        listed = self._words.get(candidate.replacement, set())
        joined = [words_of(match.group()) for match in _HYPHENED.finditer(candidate.text)]
        return any(
            0 < sum(word.keys[0] in listed for word in words) < len(words) for words in joined
        )

    def _contradicted(self, candidate: Candidate, text: str) -> Iterator[tuple[str, str]]:
        """Yield the listed people whom « Ginette C. » or « Ginette Côté » shows not to be meant.

        Only the initial is compared: a family name may be misheard.
        """
        words = words_of(candidate.text)
        if self._is_within_another(candidate):
            return
        if candidate.kind != PERSON or not words or words[0].keys[0] not in self._owners:
            return
        initial = words[1].keys[0][0] if len(words) > 1 and words[1].initial else ""
        if not initial and len(words) == 1:
            found = _INITIAL.match(text, candidate.start + words[0].end)
            initial = fold(found.group(1)) if found and found.group(1).isupper() else ""
        key = words[0].keys[0]
        for pseudonym in self._owners[key] if initial else ():
            if initial not in self._initials[key, pseudonym]:
                yield key, pseudonym
