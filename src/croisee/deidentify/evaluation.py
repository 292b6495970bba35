"""What a masking hid and missed of an annotated corpus, counted; nothing is printed here.

A mark counts as found when every one of its letters and digits is masked: a family name
left beside a masked first name is a miss. See ``docs/methods/desidentification.md`` §6.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import sqrt

from croisee.deidentify.candidates import CandidateFinder
from croisee.deidentify.gold import CLASSES, DIRECT, GoldCorpus, GoldDocument, GoldMark, GoldTurn
from croisee.deidentify.intruder import Intruder, Intrusion
from croisee.deidentify.masking import MaskedDocument, MaskedTurn, Replacement, mask_documents
from croisee.deidentify.model import Reviews, Turn
from croisee.deidentify.offered import Offered
from croisee.deidentify.registry import words_of

_AROUND = 28
_Z = 1.959964
"""95 % of a normal law lies within so many standard deviations."""
_NAMED = re.compile(r"(?:\d+|\b[A-Z]{1,3})\]$")
"""A pseudonym that says which one: « [personne 3] », « [organisme A] », not « [personne] »."""
CONSISTENT = ("personne", "organisme-membre", "lieu", "autre-organisme")
"""The classes whose pseudonyms are compared."""


@dataclass(frozen=True, slots=True)
class Missed:
    """One mark not wholly masked. ``shown`` is what was left of it in sight."""

    document: str
    line: int
    mark: GoldMark
    words: str
    shown: str
    before: str
    after: str


@dataclass(slots=True)
class Evaluation:
    """The counts of one part in one rendering."""

    part: str
    rendering: str
    words: int = 0
    documents: int = 0
    complete: int = 0
    """Documents with nothing missed."""
    complete_direct: int = 0
    """Documents with no direct identifier missed."""
    marks: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    holding: Counter[str] = field(default_factory=Counter)
    """Documents where a class, or a level, has a mark."""
    whole: Counter[str] = field(default_factory=Counter)
    """Among them, those where none of it is missed."""
    masks: Counter[str] = field(default_factory=Counter)
    """Passages masked, by the kind the masking gave them."""
    right: Counter[str] = field(default_factory=Counter)
    """Among them, those that touch a mark, whatever its class."""
    missed: list[Missed] = field(default_factory=list)
    offered: Counter[str] = field(default_factory=Counter)
    """Among those missed, by class, what the review queue would have had hidden."""
    lines: Counter[str] = field(default_factory=Counter)
    """The lines of that queue, by the name of their level."""
    pseudonyms: dict[tuple[str, int], Counter[str]] = field(default_factory=dict)
    intrusion: Intrusion = field(default_factory=Intrusion)

    @property
    def compared(self) -> int:
        """Return how many people, organisations and places were masked twice or more."""
        return sum(sum(names.values()) > 1 for names in self.pseudonyms.values())

    @property
    def steady(self) -> int:
        """Return how many of them have the same pseudonym everywhere."""
        return sum(
            sum(names.values()) > 1 and len(names) == 1 for names in self.pseudonyms.values()
        )

    @property
    def confused(self) -> tuple[str, ...]:
        """Return the pseudonyms that stand for two different people, organisations or places."""
        owners: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for entity, names in self.pseudonyms.items():
            for name in names:
                if _NAMED.search(name):
                    owners[name].add(entity)
        return tuple(sorted(name for name, who in owners.items() if len(who) > 1))


def evaluate(
    corpus: GoldCorpus,
    documents: Iterable[GoldDocument],
    mask: Callable[[Iterable[Sequence[Turn]]], Iterator[MaskedDocument]] | None = None,
) -> tuple[Evaluation, ...]:
    """Mask documents and count what was hidden, apart for each part and rendering.

    Args:
        corpus: gives the directory: the registry of the masking, and what the intruder holds.
        documents: those to measure, in any rendering; each is masked alone.
        mask: another masking to measure; by default ours, with the directory as its registry
            and nothing decided by a person.
    """
    masking = mask or _ours(corpus)
    intruder = Intruder(corpus.directory)
    results: dict[tuple[str, str], Evaluation] = {}
    queues: dict[tuple[str, str], Offered] = defaultdict(Offered)
    for document in documents:
        key = (document.part, document.rendering)
        result = results.setdefault(key, Evaluation(*key))
        (masked,) = masking([_turns(document)])
        _count(result, document, masked, intruder)
        queues[key].add(document, masked)
    for key, result in results.items():
        result.offered, result.lines = queues[key].counted()
    return tuple(results.values())


def _ours(
    corpus: GoldCorpus,
) -> Callable[[Iterable[Sequence[Turn]]], Iterator[MaskedDocument]]:
    finder = CandidateFinder(corpus.registry)
    return lambda documents: mask_documents(documents, finder, Reviews())


def _turns(document: GoldDocument) -> tuple[Turn, ...]:
    return tuple(
        Turn(document.name, number, turn.speaker, "", turn.text)
        for number, turn in enumerate(document.turns, start=1)
    )


def _count(
    result: Evaluation, document: GoldDocument, masked: MaskedDocument, intruder: Intruder
) -> None:
    missed: list[Missed] = []
    for line, (turn, hidden) in enumerate(zip(document.turns, masked.turns, strict=True), start=1):
        result.words += len(words_of(turn.text))
        for mark in turn.marks:
            result.marks[mark.about.code] += 1
            shown = _shown(turn, mark, hidden)
            if shown:
                missed.append(_missed(document.name, line, turn, mark, shown))
            else:
                result.found[mark.about.code] += 1
                _remember(result, mark, hidden)
        for replacement in hidden.replacements:
            result.masks[replacement.kind] += 1
            result.right[replacement.kind] += any(
                replacement.start < m.end and m.start < replacement.end for m in turn.marks
            )
        intruder.search(turn, hidden, result.intrusion)
    result.missed += missed
    result.documents += 1
    held, lost = _said(m for t in document.turns for m in t.marks), _said(m.mark for m in missed)
    result.holding.update(held)
    result.whole.update(held - lost)
    result.complete += not missed
    result.complete_direct += all(m.mark.about.level != DIRECT for m in missed)


def _said(marks: Iterable[GoldMark]) -> set[str]:
    """Return the classes and the levels of marks."""
    return {key for mark in marks for key in (mark.about.code, mark.about.level)}


def _shown(turn: GoldTurn, mark: GoldMark, hidden: MaskedTurn) -> str:
    """Return the letters and digits of a mark that stay in sight, its spaces left as they are."""
    covered = {
        place
        for replacement in hidden.replacements
        for place in range(max(replacement.start, mark.start), min(replacement.end, mark.end))
    }
    kept = "".join(
        turn.text[place] if place not in covered else " " for place in range(mark.start, mark.end)
    )
    return " ".join(kept.split()) if any(map(str.isalnum, kept)) else ""


def _missed(document: str, line: int, turn: GoldTurn, mark: GoldMark, shown: str) -> Missed:
    return Missed(
        document, line, mark, turn.text[mark.start : mark.end], shown,
        turn.text[max(0, mark.start - _AROUND) : mark.start],
        turn.text[mark.end : mark.end + _AROUND],
    )  # fmt: skip


def _remember(result: Evaluation, mark: GoldMark, hidden: MaskedTurn) -> None:
    if mark.about.code not in CONSISTENT:
        return
    over = [r for r in hidden.replacements if r.start < mark.end and mark.start < r.end]
    names = result.pseudonyms.setdefault((mark.about.code, mark.number), Counter())
    names[_as_one(over)] += 1


def _as_one(replacements: Sequence[Replacement]) -> str:
    return " ".join(replacement.replacement for replacement in replacements)


def by_level(result: Evaluation, level: str) -> tuple[int, int]:
    """Return how many marks of a level were found, and how many there are."""
    codes = [about.code for about in CLASSES if about.level == level]
    return sum(result.found[code] for code in codes), sum(result.marks[code] for code in codes)


def after_review(result: Evaluation, level: str) -> int:
    """Return how many marks of a level are hidden once the review queue is worked through."""
    codes = [about.code for about in CLASSES if about.level == level]
    return by_level(result, level)[0] + sum(result.offered[code] for code in codes)


def wilson(found: int, of: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a proportion (Wilson 1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share, square = found / of, _Z * _Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
    return max(0.0, middle - half), min(1.0, middle + half)
