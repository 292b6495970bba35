"""The review queue: what is the same is decided once, what could hurt most comes first.

Everything here names people: for the team only. See ``docs/methods/desidentification.md`` §3.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import chain
from pathlib import Path

from croisee.deidentify.everywhere import Key, WideDecisions, key_of
from croisee.deidentify.gazetteer import FIRST, LAST, gazetteer
from croisee.deidentify.masking import MaskedDocument, MaskedTurn
from croisee.deidentify.model import (
    ORGANISATION,
    OTHER,
    PERSON,
    PLACE,
    Candidate,
    MaskEntry,
    Reviews,
    WideDecision,
)
from croisee.deidentify.namesakes import UNSURE, Namesakes
from croisee.deidentify.ordinary import is_ordinary
from croisee.deidentify.unmasked import SeenWord, numbers_in_sight, words_in_sight
from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase
from croisee.text import fold

EVERYWHERE = "partout.csv"
HEADER = (
    "niveau", "texte", "type", "proposition", "fois", "documents", "phrase", "raison", "decision",
    "remplacement", "par", "le",
)  # fmt: skip
_SURE = {"registre", "motif", "participant", "locuteur"}
_NUMBERED = re.compile(r"\[personne (\d+)\]")
_HYPHEN = re.compile(r"[-‐‑]")
_SENTENCE_END = re.compile(r"(?<=[.!?…\n])\s+")
_LONGEST, _RARE, _SHORTEST_RARE, _MOST_SENTENCES = 160, 3, 2, 3
_LONG = 4
_BETWEEN = " / "


class Level(IntEnum):
    """How much it would hurt to show these words; the four last are in sight already."""

    DIRECT = 1
    STRONG = 2
    INDIRECT = 3
    NUMBER = 4
    CAPITAL = 5
    NAME = 6
    RARE = 7


LEVELS = {
    Level.DIRECT: phrase("direct"),
    Level.STRONG: phrase("indirect fort"),
    Level.INDIRECT: phrase("indirect"),
    Level.NUMBER: phrase("en vue, long nombre"),
    Level.CAPITAL: phrase("en vue, avec une majuscule"),
    Level.NAME: phrase("en vue, nom ou mot"),
    Level.RARE: phrase("en vue, mot rare"),
}
_STRONG = {ORGANISATION, "rôle", "proche", "code postal"}
_INDIRECT = {PLACE, "date", "événement", OTHER}


def level_of(kind: str) -> Level:
    """Return the level of a kind; one that is not known is taken for direct."""
    if kind in _STRONG:
        return Level.STRONG
    return Level.INDIRECT if kind in _INDIRECT else Level.DIRECT


@dataclass(slots=True)
class QueueLine:
    """What one decision settles: the same words, kind and replacement, wherever they are."""

    key: Key
    level: Level
    text: str
    kind: str
    proposal: str
    sentence: str
    unsure: bool = False
    alone: bool = False
    """One word of a listed person's full name."""
    documents: dict[str, int] = field(default_factory=dict)
    decision: WideDecision | None = None

    @property
    def times(self) -> int:
        """Return how many times the words are met."""
        return sum(self.documents.values())


@dataclass(frozen=True, slots=True)
class Queue:
    """Every line, in the order to read them; and the decisions that no longer fit anything."""

    lines: tuple[QueueLine, ...]
    unfit: tuple[WideDecision, ...]

    @property
    def waiting(self) -> tuple[QueueLine, ...]:
        """Return the lines that nobody decided."""
        return tuple(line for line in self.lines if line.decision is None)


class QueueBuilder:
    """Takes documents one by one; its memory is that of different words, not of texts."""

    def __init__(self, registry: Iterable[MaskEntry], reviews: Reviews) -> None:
        self.registry = tuple(registry)
        self._reviews = reviews
        self._namesakes = Namesakes(self.registry)
        self._wide = WideDecisions(reviews.everywhere)
        self._places: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
        for one in reviews.decisions:
            self._places[one.document, one.turn].add((one.start, one.end))
        self._lines: dict[tuple[Key, WideDecision | None], QueueLine] = {}

    def add(self, document: MaskedDocument) -> None:
        """Take what one document adds to the queue."""
        texts = {turn.turn: turn.original for turn in document.turns}
        settled = {turn: self._places[document.document, turn].copy() for turn in texts}
        for candidate in document.candidates:
            place = candidate.start, candidate.end
            if place not in settled[candidate.turn]:
                self._candidate(candidate, texts[candidate.turn])
                if self._wide.at(candidate) is not None:
                    settled[candidate.turn].add(place)
        for turn in document.turns:
            for _, _, decision in self._wide.hidden_in(turn.original):
                self._hidden(decision, document.document)
            self._in_sight(turn, settled[turn.turn])

    def _in_sight(self, turn: MaskedTurn, settled: Iterable[tuple[int, int]]) -> None:
        places = tuple(settled)
        for word in chain(numbers_in_sight(turn), words_in_sight(turn)):
            level = _level_in_sight(word)
            if level is None or any(s < word.end and word.start < e for s, e in places):
                continue
            self._word(word, level, turn)

    def _candidate(self, found: Candidate, text: str) -> None:
        line = self._line(key_of(found), found.document, level_of(found.kind))
        if not line.text:
            line.text, line.kind, line.proposal = found.text, found.kind, found.replacement
            line.sentence = _sentence(text, found.start, found.end)
        line.alone |= self._namesakes.is_first_name_alone(found)
        line.unsure |= line.alone or found.source not in _SURE or found.replacement == UNSURE

    def _word(self, word: SeenWord, level: Level, turn: MaskedTurn) -> None:
        line = self._line((word.key, OTHER, ""), turn.document, level)
        line.level = min(line.level, level)
        sentence = _sentence(turn.original, word.start, word.end)
        if not line.text:
            line.text, line.kind, line.sentence = word.text, OTHER, sentence
        elif level is Level.NAME and line.sentence.count(_BETWEEN) < _MOST_SENTENCES - 1:
            line.sentence += _BETWEEN + sentence

    def _hidden(self, decision: WideDecision, document: str) -> None:
        """Count a place of words that a person hid though nothing had found them."""
        line = self._line(key_of(decision), document, Level.CAPITAL)
        line.text, line.kind = decision.text, decision.kind or OTHER

    def _line(self, key: Key, document: str, level: Level) -> QueueLine:
        held = self._wide.of(key, document)
        line = self._lines.setdefault((key, held), QueueLine(key, level, *("",) * 4, decision=held))
        line.documents[document] = line.documents.get(document, 0) + 1
        return line

    def built(self) -> Queue:
        """Return the queue of every document taken."""
        lines = [line for line in self._lines.values() if _is_kept(line)]
        lines.sort(key=_order)
        met = {line.decision for line in lines}
        return Queue(tuple(lines), tuple(w for w in self._reviews.everywhere if w not in met))


def _is_kept(line: QueueLine) -> bool:
    rare = len(line.documents) <= _RARE
    return line.level is not Level.RARE or rare or line.decision is not None


def _level_in_sight(word: SeenWord) -> Level | None:
    """Return why a word in sight is to be looked at, if it is."""
    if any(map(str.isdigit, word.key)) or " " in word.key:
        return Level.NUMBER
    if word.capital:
        return Level.CAPITAL
    parts = _HYPHEN.split(word.key)
    initials = len(parts) > 1 and not any(len(part) >= _SHORTEST_RARE for part in parts)
    if initials or any(len(p) >= _SHORTEST_RARE and not is_ordinary(p) for p in parts):
        return Level.RARE
    return Level.NAME if any(map(_is_a_name, _HYPHEN.split(word.text.lower()))) else None


def _is_a_name(written: str) -> bool:
    """Return whether a name is written so, or in the plural that it may be heard in."""
    lists = gazetteer()
    long = len(written) > _LONG
    alike = (written, written.removesuffix("s")) if long else (written,)
    bits = FIRST | LAST if len(written) >= _LONG else FIRST
    return any(one in lists.names_written and lists.words[fold(one)] & bits for one in alike)


def _order(line: QueueLine) -> tuple[bool, int, bool, int, Key]:
    return line.decision is not None, line.level, not line.unsure, line.times, line.key


def _sentence(text: str, start: int, end: int) -> str:
    """Return the sentence of a passage, shortened around it when it is long."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((place for place in ends if place <= start), default=0)
    last = min((place for place in ends if place >= end), default=len(text))
    room = max(0, _LONGEST - (end - start)) // 2
    opening = "…" if start - first > room else ""
    closing = "…" if last - end > room else ""
    shown = text[max(first, start - room) : min(last, end + room)]
    return opening + " ".join(shown.split()) + closing


def write_queue(
    path: Path, queue: Queue, registry: Iterable[MaskEntry], language: Language
) -> None:
    """Write the CSV that a person fills: ``decision`` and ``remplacement``, once for all places.

    What was already decided is at the end of it, as it was decided.
    """
    write_csv(path, HEADER, _rows(queue, tuple(registry), language))


def _rows(
    queue: Queue, registry: tuple[MaskEntry, ...], language: Language
) -> Iterator[tuple[object, ...]]:
    number = _last_number(queue, registry)
    for line in queue.lines:
        held = line.decision
        reason = None
        if held is None and line.kind == PERSON and not _NUMBERED.search(line.proposal):
            number += line.times > 1
            reason = _same_person(line, number)
        elif held is None:
            reason = _reason(line)
        documents = held.documents if held else tuple(line.documents)
        taken = (held.decision, held.replacement, held.by, held.on) if held else ("",) * 4
        yield (
            LEVELS[line.level].to(language), line.text, line.kind, line.proposal, line.times,
            "|".join(documents), line.sentence, reason.to(language) if reason else "", *taken,
        )  # fmt: skip


def _last_number(queue: Queue, registry: tuple[MaskEntry, ...]) -> int:
    written = [entry.replacement for entry in registry]
    written += [line.decision.replacement for line in queue.lines if line.decision]
    taken = [int(found.group(1)) for words in written for found in _NUMBERED.finditer(words)]
    return max(*taken, len(registry), 0)


def _same_person(line: QueueLine, number: int) -> Phrase | None:
    if line.times == 1:
        return _reason(line)
    return phrase(
        "Est-ce toujours la même personne ? Si oui : changer, avec [personne {number}] ; "
        "ou inscrivez-la dans masquer.csv.",
        number=number,
    )


def _reason(line: QueueLine) -> Phrase | None:
    if line.alone:
        return phrase("Un seul mot d’un nom inscrit : est-ce bien cette personne ?")
    if line.level >= Level.NUMBER:
        return phrase("Rien ne le cache : refuser le laisse, accepter ou changer le cache partout.")
    return phrase("Trouvé sans être inscrit.") if line.unsure else None
