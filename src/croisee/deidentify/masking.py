"""From candidates and decisions to masked text: what is undecided stays hidden.

A decision applies only where the text is still the one its author read. A passage is
quoted whole replacement by whole replacement: its offsets are those of the original text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from croisee.deidentify.articles import agreed
from croisee.deidentify.candidates import REGISTRY, CandidateFinder, voices
from croisee.deidentify.everywhere import WideDecisions
from croisee.deidentify.model import (
    CHANGE,
    PERSON,
    REFUSE,
    Candidate,
    Decision,
    PassageReview,
    Reviews,
    Turn,
)

_HUMAN = "relecture"
_PEOPLE = {PERSON, "proche"}
Place = tuple[str, int]
"""A document and a turn of it."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """One line of the replacement log: what was hidden, where, by what, and who decided.

    Team only: ``text`` is the original. ``decided`` is false while nobody has looked.
    """

    document: str
    turn: int
    start: int
    end: int
    text: str
    kind: str
    replacement: str
    source: str
    decided: bool
    by: str = ""
    before: str = ""
    """The little words just before ``start`` that are written with it: « de » of « de Alma »."""
    written: str = ""
    """What stands for ``before`` and the passage together: « d’[une municipalité] »."""
    on: str = ""
    """The day of the decision, as written."""


@dataclass(frozen=True, slots=True)
class MaskedTurn:
    """One turn as it may be read by someone who must not know who speaks."""

    document: str
    turn: int
    voice: str
    """« Voix 2 », or empty for the team and for unknown speakers."""
    participant: str
    replacements: tuple[Replacement, ...]
    read: bool
    """A person says they read this turn (or its document)."""
    original: str = field(repr=False)
    stale: bool = False
    """A decision about this turn no longer matches its text."""

    @property
    def text(self) -> str:
        """Return the whole turn, masked."""
        return self.passage(0, len(self.original))

    def passage(self, start: int, end: int) -> str:
        """Return characters ``start`` to ``end`` of the original, masked.

        A replacement that the passage touches is printed whole, however little of it
        the passage holds; so is the article that was changed with it, if the passage
        begins before the replacement.
        """
        pieces, place = [], start
        for replacement in self.replacements:
            if replacement.end <= start or replacement.start >= end:
                continue
            if replacement.written and place < replacement.start:
                lead = replacement.start - len(replacement.before)
                pieces += [self.original[place:lead], replacement.written]
            else:
                pieces += [self.original[place : replacement.start], replacement.replacement]
            place = replacement.end
        pieces.append(self.original[place:end])
        return "".join(pieces)

    def is_reviewed(self, start: int = 0, end: int | None = None) -> bool:
        """Return whether a person read the turn and decided everything the passage touches."""
        stop = len(self.original) if end is None else end
        return (
            self.read
            and not self.stale
            and all(r.decided for r in self.replacements if r.start < stop and start < r.end)
        )


@dataclass(frozen=True, slots=True)
class MaskedDocument:
    """One document masked, what could identify someone in it, and the decisions left behind."""

    document: str
    turns: tuple[MaskedTurn, ...]
    candidates: tuple[Candidate, ...]
    """What people have to look at: every candidate, and those a refused one covered."""
    stale: tuple[Decision, ...] = ()


class MaskedCorpus:
    """Masked turns found by document and turn. Read only."""

    def __init__(self, turns: Iterable[MaskedTurn], stale: Iterable[Decision] = ()) -> None:
        self._turns = {(turn.document, turn.turn): turn for turn in turns}
        self.stale = tuple(stale)
        """Decisions whose text is no longer there: not applied, to be taken again."""

    def __contains__(self, place: Place) -> bool:
        return place in self._turns

    def __iter__(self) -> Iterator[MaskedTurn]:
        return iter(self._turns.values())

    def text(self, document: str, turn: int) -> str:
        """Return one whole turn, masked."""
        return self._turns[document, turn].text

    def passage(self, document: str, turn: int, start: int, end: int) -> str:
        """Return a passage given by its original offsets, masked (see :class:`MaskedTurn`)."""
        return self._turns[document, turn].passage(start, end)

    def is_reviewed(self, document: str, turn: int, start: int = 0, end: int | None = None) -> bool:
        """Return whether a passage (by default the whole turn) may be quoted. Unknown: no."""
        masked = self._turns.get((document, turn))
        return masked is not None and masked.is_reviewed(start, end)

    @property
    def log(self) -> tuple[Replacement, ...]:
        """Return every replacement, in order of place. Team only."""
        return tuple(r for turn in self._turns.values() for r in turn.replacements)


def mask(turns: Iterable[Turn], candidates: Iterable[Candidate], reviews: Reviews) -> MaskedCorpus:
    """Return ``turns`` masked: every candidate hidden, except what a person refused to hide.

    A decision at a place where nothing was found, if its text matches, hides it too.
    """
    book = _ReviewBook(reviews)
    by_document: dict[str, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_document[candidate.document].append(candidate)
    documents = [
        _mask_document(tuple(group), by_document.get(name, ()), book)
        for name, group in groupby(turns, key=lambda turn: turn.document)
    ]
    return MaskedCorpus(
        (turn for document in documents for turn in document.turns),
        (decision for document in documents for decision in document.stale),
    )


def mask_documents(
    documents: Iterable[Sequence[Turn]], finder: CandidateFinder, reviews: Reviews
) -> Iterator[MaskedDocument]:
    """Yield documents masked one by one: nothing of the one before is kept.

    Build a :class:`MaskedCorpus` from the turns one needs later (those of the excerpts):
    its memory is theirs, not the corpus's.
    """
    book = _ReviewBook(reviews)
    for turns in documents:
        yield _mask_document(turns, finder.document(turns), book)


class _ReviewBook:
    """Decisions and readings, found by place; the last one written wins.

    What was decided of one place prevails over what was decided everywhere.
    """

    def __init__(self, reviews: Reviews) -> None:
        self._wide = WideDecisions(reviews.everywhere)
        self._decisions: dict[Place, dict[tuple[int, int], Decision]] = defaultdict(dict)
        self._read: dict[tuple[str, int | None], PassageReview] = {}
        for decision in reviews.decisions:
            place = self._decisions[decision.document, decision.turn]
            place[decision.start, decision.end] = decision
        for review in reviews.passages:
            self._read[review.document, review.turn] = review

    def about(
        self, turn: Turn, candidates: Iterable[Candidate]
    ) -> tuple[dict[tuple[int, int], Decision], list[Decision]]:
        """Return the decisions that hold in a turn, by place, and the stale ones."""
        standing, stale = self._wide.about(turn, candidates), []
        for place, decision in self._decisions.get((turn.document, turn.turn), {}).items():
            if _same(turn.text[place[0] : place[1]], decision.text):
                standing[place] = decision
            else:
                stale.append(decision)
        return standing, stale

    def beyond(self, document: str, known: set[int]) -> list[Decision]:
        """Return the decisions about turns that the document does not have."""
        return [
            decision
            for (name, turn), places in self._decisions.items()
            if name == document and turn not in known
            for decision in places.values()
        ]

    def read(self, document: str, turn: int) -> bool:
        """Return whether a turn was read; what is said of the turn prevails."""
        review = self._read.get((document, turn)) or self._read.get((document, None))
        return review is not None and review.reviewed


def _same(here: str, read: str) -> bool:
    """Whether a decision's text is still there, whatever a spreadsheet did to its spaces or
    to a leading ``+`` (exported with an apostrophe, so that it is not a formula).
    """
    words = read.split()
    if words and words[0].startswith("'") and not here.lstrip().startswith("'"):
        words[0] = words[0][1:]
    return bool(words) and here.split() == words


def _mask_document(
    turns: Sequence[Turn], candidates: Iterable[Candidate], book: _ReviewBook
) -> MaskedDocument:
    labels = voices(turns)
    by_turn: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_turn[candidate.turn].append(candidate)
    masked, listed, stale = [], [], []
    for turn in turns:
        found = by_turn.get(turn.turn, ())
        decisions, gone = book.about(turn, found)
        open_candidates = tuple(_standing(found, decisions))
        listed += [*open_candidates]
        stale += gone
        masked.append(
            MaskedTurn(
                turn.document,
                turn.turn,
                labels.get(turn.participant, ""),
                turn.participant,
                _replacements(turn, open_candidates, decisions),
                book.read(turn.document, turn.turn),
                turn.text,
                bool(gone),
            )
        )
    name = turns[0].document if turns else ""
    stale += book.beyond(name, {turn.turn for turn in turns})
    return MaskedDocument(name, tuple(masked), tuple(listed), tuple(stale))


def _standing(
    candidates: Iterable[Candidate], decisions: Mapping[tuple[int, int], Decision]
) -> Iterator[Candidate]:
    """Yield the candidates to look at; a refused one gives way to the names it covered."""
    for candidate in candidates:
        yield candidate
        decision = decisions.get((candidate.start, candidate.end))
        if decision is not None and decision.decision == REFUSE:
            yield from _standing(candidate.within, decisions)


def _replacements(
    turn: Turn,
    candidates: Iterable[Candidate],
    decisions: Mapping[tuple[int, int], Decision],
) -> tuple[Replacement, ...]:
    """Return what is hidden in one turn; overlapping pieces become one that covers them."""
    pieces: list[Replacement] = []
    seen = set()
    for candidate in candidates:
        place = (candidate.start, candidate.end)
        seen.add(place)
        decision = decisions.get(place)
        if decision is None or decision.decision != REFUSE:
            pieces.append(_replacement(candidate, decision))
    for place, decision in decisions.items():
        if place not in seen and decision.decision != REFUSE:
            pieces.append(_added(turn, decision))
    return tuple(_agreeing(turn, _covering(turn, pieces)))


def _agreeing(turn: Turn, pieces: Iterable[Replacement]) -> Iterator[Replacement]:
    """Yield the replacements with the little words before each made to agree with it."""
    end = 0
    for piece in pieces:
        people = piece.kind in _PEOPLE
        fitted = agreed(turn.text[end : piece.start], piece.replacement, people=people)
        yield replace(piece, before=fitted[0], written=fitted[1]) if fitted else piece
        end = piece.end


def _replacement(candidate: Candidate, decision: Decision | None) -> Replacement:
    words = candidate.replacement
    if decision is not None and decision.decision == CHANGE and decision.replacement.strip():
        words = decision.replacement
    return Replacement(
        candidate.document,
        candidate.turn,
        candidate.start,
        candidate.end,
        candidate.text,
        candidate.kind,
        words,
        candidate.source,
        decision is not None,
        decision.by if decision else "",
        on=decision.on if decision else "",
    )


def _added(turn: Turn, decision: Decision) -> Replacement:
    words = decision.replacement.strip() or f"[{decision.kind.strip() or 'masqué'}]"
    place = (turn.document, turn.turn, decision.start, decision.end, decision.text)
    return Replacement(
        *place, decision.kind, words, _HUMAN, decided=True, by=decision.by, on=decision.on
    )


def _covering(turn: Turn, pieces: Iterable[Replacement]) -> Iterator[Replacement]:
    waiting: list[Replacement] = []
    for piece in sorted(pieces, key=lambda p: (p.start, p.end)):
        if waiting and piece.start >= max(p.end for p in waiting):
            yield _joined(turn, waiting)
            waiting = []
        waiting.append(piece)
    if waiting:
        yield _joined(turn, waiting)


def _joined(turn: Turn, pieces: Sequence[Replacement]) -> Replacement:
    if len(pieces) == 1:
        return pieces[0]
    start, end = min(p.start for p in pieces), max(p.end for p in pieces)
    best = min(
        pieces,
        key=lambda p: (p.start - p.end, p.source != _HUMAN, p.source != REGISTRY, p.start),
    )
    return Replacement(
        turn.document,
        turn.turn,
        start,
        end,
        turn.text[start:end],
        best.kind,
        best.replacement,
        best.source,
        all(p.decided for p in pieces),
        best.by,
        on=best.on,
    )
