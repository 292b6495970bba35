"""One pass of a study through the gate: what the rules read and what they note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from croisee.disclosure.ledger import Ledger, Printed
from croisee.disclosure.manner import Counted, Manner, Taken, strict, telling_of
from croisee.disclosure.plan import Plan
from croisee.disclosure.released import PUBLIC, GateLog, Refusal, Release
from croisee.disclosure.thresholds import smallest_base, threshold
from croisee.language import Label, Phrase
from croisee.study import Nature, Policy, Study, Subject
from croisee.tables import Base, Code


@dataclass(slots=True)
class Work:
    """What every rule is given. ``codes`` is the qualitative codebook, for the labels."""

    study: Study
    plan: Plan
    codes: Mapping[str, Code] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    crossed: dict[str, str] = field(default_factory=dict)
    """Attribute already crossed with answers, by base (§3.4: one axis a base)."""
    met: Mapping[str, int] = field(default_factory=dict)
    """People interviewed in each case, by any method."""
    taken: Taken = field(default_factory=dict)
    """Who took part in each wave, case by case."""
    earlier: tuple[Release, ...] = ()
    """Every release already sealed."""
    beside: list[tuple[str, Label]] = field(default_factory=list)
    """Tables that the sealed release does not hold: key, title."""
    _refusals: list[Refusal] = field(default_factory=list)
    _masked: list[tuple[str, str]] = field(default_factory=list)

    @property
    def policy(self) -> Policy:
        """Return the study's thresholds, as the rules apply them."""
        return strict(self.study.policy)

    def manner(self, base: Counted) -> Manner:
        """Return how the answers of a base may be told: numbers, halves, words or nothing."""
        return telling_of(base, self.study.policy, self.taken).manner

    def large(self, base: Base, least: int) -> bool:
        """Return whether a base counts so many units, and readers may know that it does."""
        return min(base.n, telling_of(base, self.study.policy, self.taken).least) >= least

    def threshold(self, subject: Subject, nature: Nature, audience: str = PUBLIC) -> int:
        """Return the number of units that must be in and out of a printed count."""
        return threshold(self.policy, subject, nature, audience)

    def smallest_base(self, t: int) -> int:
        """Return the smallest base of which a number is printed."""
        return smallest_base(self.policy, t)

    def refuse(self, about: str, rule: str, reason: Phrase) -> None:
        """Note, for the team, what does not leave and why."""
        self._refusals.append(Refusal(about, rule, reason.to("fr"), reason))

    def masked(self, key: str, what: str) -> None:
        """Note, for the team, a raw value that leaves in a wider form."""
        self._masked.append((key, what))

    def enter(self, about: str, rule: str, entries: Iterable[Printed]) -> bool:
        """Enter a table in the ledger; note the refusal if it may not be printed."""
        reason = self.ledger.enter(entries)
        if reason is not None:
            self.refuse(about, rule, reason)
        return reason is None

    def interviewed(self, case: str) -> int:
        """Return how many people were interviewed in a case, by any method."""
        return self.met.get(case, 0)

    def code_label(self, code: str) -> Label:
        """Return a qualitative code's label, or the code itself."""
        return self.codes[code].label if code in self.codes else Label(code)

    def log(self) -> GateLog:
        """Return everything noted so far."""
        return GateLog(tuple(self._refusals), tuple(self._masked), tuple(self.beside))
