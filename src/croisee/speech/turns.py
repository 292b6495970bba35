"""Passages become turns: by track where each voice has its own, else by pauses to label.

Nobody is recognised by the voice: a break is a proposal, and its label says that it is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from croisee.deidentify import MaskEntry
from croisee.deidentify.likeness import LikeNames
from croisee.speech.heard import HeardWord, Passage
from croisee.text import ParsedTurn, stored_label

UNKNOWN = "Voix inconnue"
"""The label of a voice that nobody has named yet."""
PAUSE, PAUSE_AFTER_QUESTION, PAUSE_IN_A_TRACK = 0.5, 0.1, 2.0
"""Seconds. Mixed voices are cut finely: a cell left empty costs less than a change not seen."""
_LONGEST = 30.0
"""Seconds after which a turn is cut at the end of a sentence, so that times stay useful."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """A turn and its words. ``voice`` is a label given by a person, or :data:`UNKNOWN`."""

    voice: str
    words: tuple[HeardWord, ...]

    @property
    def start(self) -> float:
        """Return when it begins, in seconds."""
        return self.words[0].start

    @property
    def end(self) -> float:
        """Return when it ends, in seconds."""
        return self.words[-1].end

    @property
    def text(self) -> str:
        """Return its words, a space between them."""
        return " ".join(word.text for word in self.words)

    def parsed(self) -> ParsedTurn:
        """Return it as the writers take it."""
        return ParsedTurn(self.voice, self.text, self.start, self.end)


def turns_of(passages: Iterable[Passage], labels: Sequence[str]) -> tuple[SpokenTurn, ...]:
    """Return the turns of all the tracks by the time they begin; overlaps stay.

    ``labels``: one a track, empty where nobody said who speaks.
    """
    cut = [part for one in passages for part in _cut(one, _pause(labels[one.track]))]
    cut.sort(key=lambda one: (one.words[0].start, one.track))
    groups: list[list[Passage]] = []
    for passage in cut:
        if groups and _goes_on(groups[-1], passage, _pause(labels[passage.track])):
            groups[-1].append(passage)
        else:
            groups.append([passage])
    return tuple(
        SpokenTurn(
            stored_label(labels[group[0].track]) or UNKNOWN,
            tuple(word for one in group for word in one.words),
        )
        for group in groups
    )


def _pause(label: str) -> float:
    return PAUSE_IN_A_TRACK if label else PAUSE


def _cut(passage: Passage, pause: float) -> Iterator[Passage]:
    """Cut a passage where nobody speaks for as long as a pause."""
    words = passage.words
    first = 0
    for place in range(1, len(words)):
        if words[place].start - words[place - 1].end >= pause:
            yield Passage(passage.track, words[first:place])
            first = place
    yield Passage(passage.track, words[first:])


def _goes_on(group: Sequence[Passage], passage: Passage, pause: float) -> bool:
    last = group[-1]
    silence = passage.words[0].start - last.words[-1].end
    if last.track != passage.track or silence >= pause:
        return False
    asked = last.text.endswith("?") and pause == PAUSE and silence >= PAUSE_AFTER_QUESTION
    long = passage.words[-1].end - group[0].words[0].start > _LONGEST
    return not (asked or long)


class Glossary:
    """Acronyms and names of the study: told to the recogniser, then sought in what it heard."""

    def __init__(self, terms: Iterable[str]) -> None:
        self.terms = tuple(dict.fromkeys(stored_label(term) for term in terms if term.strip()))
        self._alike = LikeNames([MaskEntry(term, "autre", "") for term in self.terms])

    def repaired(self, turn: SpokenTurn) -> SpokenTurn:
        """Return a turn where what sounds like a term is written like it.

        The word keeps what was heard: a repair is a proposal, listed for a person to accept.
        """
        words = list(turn.words)
        found = sorted(
            self._alike.find(turn.text), key=lambda one: (one.start - one.end, one.start)
        )
        taken: list[tuple[int, int]] = []
        for match in found:
            span = _span(words, match.start, match.end)
            if any(span[0] <= last and first <= span[1] for first, last in taken):
                continue
            taken.append(span)
        chosen = {
            _span(words, match.start, match.end): match
            for match in reversed(found)
            if _span(words, match.start, match.end) in taken
        }
        for (first, last), match in sorted(chosen.items(), reverse=True):
            at = _offset(turn.words, first)
            whole = " ".join(word.text for word in turn.words[first : last + 1])
            term = self.terms[match.entry]
            written = whole[: match.start - at] + term + whole[match.end - at :]
            words[first : last + 1] = [
                HeardWord(written, words[first].start, words[last].end,
                          min(word.sure for word in words[first : last + 1]), whole)
            ]  # fmt: skip
        return replace(turn, words=tuple(words))


def _offset(words: Sequence[HeardWord], place: int) -> int:
    return sum(len(word.text) + 1 for word in words[:place])


def _span(words: Sequence[HeardWord], start: int, end: int) -> tuple[int, int]:
    """Return the first and the last word that characters of the turn's text touch."""
    at, first, last = 0, 0, 0
    for place, word in enumerate(words):
        if at <= start:
            first = place
        if at < end:
            last = place
        at += len(word.text) + 1
    return first, last
