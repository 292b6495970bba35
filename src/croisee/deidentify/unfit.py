"""Decisions taken everywhere that no longer fit any place: the verbatims changed since."""

from __future__ import annotations

from collections.abc import Iterable

from croisee.deidentify.everywhere import WideDecisions, WordsInSight, key_of
from croisee.deidentify.masking import MaskedDocument
from croisee.deidentify.model import REFUSE, WideDecision


class WideFit:
    """Takes masked documents one by one, and keeps which decisions fit a place in them."""

    def __init__(self, decisions: Iterable[WideDecision]) -> None:
        self._decisions = tuple(decisions)
        self._wide = WideDecisions(self._decisions)
        self._met: set[WideDecision] = set()
        # Words that a person left in sight are nobody's candidates: they are looked for as words.
        self._left = WordsInSight(
            one for one in self._decisions if one.decision == REFUSE and not key_of(one)[2]
        )

    def add(self, document: MaskedDocument) -> None:
        """Take one document; without any decision to look for, nothing is read."""
        if not self._decisions:
            return
        waiting = list(document.candidates)
        while waiting:
            candidate = waiting.pop()
            waiting += candidate.within
            self._meet(self._wide.of(key_of(candidate), document.document))
        for turn in document.turns:
            for _, _, decision in self._wide.hidden_in(turn.original):
                self._met.add(decision)
            for _, _, left in self._left.find(turn.original):
                if not left.documents or document.document in left.documents:
                    self._met.add(left)

    def unfit(self) -> tuple[WideDecision, ...]:
        """Return the decisions that fitted nowhere, in their order.

        One written again further down is not among them as long as that one fits.
        """
        met = {(key_of(one), one.documents) for one in self._met}
        return tuple(one for one in self._decisions if (key_of(one), one.documents) not in met)

    def _meet(self, decision: WideDecision | None) -> None:
        if decision is not None:
            self._met.add(decision)
