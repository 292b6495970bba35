"""One decision for every place written and replaced alike: « Rose » is a flower, once said.

See ``docs/methods/desidentification.md`` §3.1.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from croisee.deidentify.model import (
    CHANGE,
    OTHER,
    REFUSE,
    Candidate,
    Decision,
    MaskEntry,
    Reviews,
    Turn,
    WideDecision,
)
from croisee.deidentify.registry import NameIndex
from croisee.text import fold

_WORDS = re.compile(r"[^\W_]+")
MASKED = "[masqué]"
"""What hides words that a person wants hidden without saying by what."""
Key = tuple[str, str, str]
"""The folded words, their kind, and the replacement proposed (empty: they are in sight)."""


def folded(text: str) -> str:
    """Return words as they are compared: no case or accent, single spaces, and without the
    apostrophe that a spreadsheet-safe CSV puts before a leading ``+`` or ``@``.
    """
    return " ".join(fold(text).split()).removeprefix("'")


def key_of(about: Candidate | WideDecision) -> Key:
    """Return what a candidate and the decision about it have in common."""
    proposal = about.replacement if isinstance(about, Candidate) else about.proposal.strip()
    return folded(about.text), about.kind if proposal else OTHER, proposal


class WideDecisions:
    """Decisions taken once, found for each candidate; the last one written wins."""

    def __init__(self, decisions: Iterable[WideDecision]) -> None:
        self._by_key: dict[Key, list[WideDecision]] = defaultdict(list)
        for decision in decisions:
            self._by_key[key_of(decision)].insert(0, decision)
        self._hidden = [
            one
            for key, found in self._by_key.items()
            if not key[2]
            for one in found[:1]
            if one.decision != REFUSE
        ]
        self._places = WordsInSight(self._hidden)

    def of(self, key: Key, document: str) -> WideDecision | None:
        """Return the decision that holds for such words in a document, if any.

        A refusal that names the document prevails: its author read that one.
        """
        held = [
            one
            for one in self._by_key.get(key, ())
            if one.decision != REFUSE or not one.documents or document in one.documents
        ]
        return min(held, key=lambda one: document not in one.documents, default=None)

    def hidden_in(self, text: str) -> Iterator[tuple[int, int, WideDecision]]:
        """Yield the words that nothing found and that a person hides wherever they are."""
        return self._places.find(text)

    def about(self, turn: Turn, candidates: Iterable[Candidate]) -> dict[tuple[int, int], Decision]:
        """Return the decisions that hold in a turn, as if each place had been decided."""
        found: dict[tuple[int, int], Decision] = {}
        if not self._by_key:
            return found
        for start, end, one in self.hidden_in(turn.text):
            words = one.replacement.strip() or MASKED
            found[start, end] = Decision(
                turn.document, turn.turn, start, end, turn.text[start:end], one.kind or OTHER,
                one.decision, words, one.by, one.on,
            )  # fmt: skip
        for candidate in _all(candidates):
            held = self.at(candidate)
            if held is not None:
                found[candidate.start, candidate.end] = held
        return found

    def at(self, candidate: Candidate) -> Decision | None:
        """Return the decision that holds at a candidate's place, if any."""
        held = self.of(key_of(candidate), candidate.document)
        if held is None:
            return None
        words = held.replacement if held.decision == CHANGE else candidate.replacement
        return Decision(
            candidate.document, candidate.turn, candidate.start, candidate.end, candidate.text,
            candidate.kind, held.decision, words, held.by, held.on,
        )  # fmt: skip


class WordsInSight:
    """Where the words of decisions stand in a text, whatever signs are between them."""

    def __init__(self, decisions: Iterable[WideDecision]) -> None:
        self._decisions = tuple(decisions)
        self._index = NameIndex([MaskEntry(one.text, OTHER, "") for one in self._decisions])
        self._marked = [(_as_written(one.text), one) for one in self._decisions if _is_marked(one)]

    def find(self, text: str) -> Iterator[tuple[int, int, WideDecision]]:
        """Yield each place of those words, in characters, and the decision about them."""
        for match in self._index.find(text):
            yield match.start, match.end, self._decisions[match.entry]
        for written, one in self._marked:
            for found in written.finditer(text):
                yield found.start(), found.end(), one


def _is_marked(decision: WideDecision) -> bool:
    """Whether there are signs between the words: « cinq un quatre, quarante-deux », « 1.2.78 »."""
    return any(set(between) - {" "} for between in _WORDS.split(decision.text.strip())[1:-1])


def _as_written(text: str) -> re.Pattern[str]:
    between = r"[\W_]{1,3}"
    words = between.join(re.escape(word) for word in _WORDS.findall(text))
    return re.compile(rf"(?<![^\W_]){words}(?![^\W_])", re.IGNORECASE)


def _all(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    for candidate in candidates:
        yield candidate
        yield from _all(candidate.within)


def by_place(
    reviews: Reviews, documents: Iterable[tuple[Sequence[Turn], Sequence[Candidate]]]
) -> Reviews:
    """Return reviews where what was decided everywhere is decided at each place instead.

    ``documents``: the turns of each, and the candidates found in them. What was decided of one
    place stays as it is.
    """
    wide = WideDecisions(reviews.everywhere)
    taken = {(one.document, one.turn, one.start, one.end) for one in reviews.decisions}
    added: list[Decision] = []
    for turns, candidates in documents:
        by_turn: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            by_turn[candidate.turn].append(candidate)
        for turn in turns:
            held = wide.about(turn, by_turn.get(turn.turn, ()))
            added += [
                one
                for (start, end), one in held.items()
                if (turn.document, turn.turn, start, end) not in taken
            ]
    return Reviews((*reviews.decisions, *added), reviews.passages)
