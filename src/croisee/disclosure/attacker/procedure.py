"""The audit of the union of everything ever released (``docs/methods/divulgation.md`` §6.5).

Star check, swap witness, inner program, outer program, otherwise refused. A relaxation never
certifies; the truth alone never refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from croisee.disclosure.attacker.choices import audit_choices
from croisee.disclosure.attacker.findings import (
    AuditReport,
    Breach,
    Doubt,
    Harm,
    Step,
    Target,
    Undecided,
    enough,
    judge,
)
from croisee.disclosure.attacker.hidden import hidden_numbers
from croisee.disclosure.attacker.inquiry import Group, Inquiry
from croisee.disclosure.attacker.knowledge import Count, Knowledge, wave_of
from croisee.disclosure.attacker.programs import (
    SECONDS,
    Program,
    Solver,
    causes,
    reach,
    witnessed,
)
from croisee.disclosure.attacker.reading import gather
from croisee.disclosure.attacker.star import is_star, linked
from croisee.disclosure.attacker.swaps import Swaps
from croisee.disclosure.attacker.worlds import Records, join
from croisee.disclosure.released import Release
from croisee.study import Nature, Policy


def audit(
    releases: Sequence[Release],
    worlds: Mapping[str, Records],
    policy: Policy,
    *,
    seconds: float = SECONDS,
) -> AuditReport:
    """Attack everything ever released, all audiences together, and say what gives way.

    A population about which sealed releases already said everything was audited before its
    seal: what is found in it now is a breach, what can no longer be proved (people have left,
    their answers with them) stays certified.

    ``worlds`` holds the true answers by wave (``instrument.edition``; the id of any base of the
    wave will do) and is read only where the star check does not settle the matter. What has
    no records is never certified by them: it passes by the star check or by complete integer
    programs, or it is refused.

    Limits: one target at a time; prior knowledge beyond the public facts is not modelled; a
    coalition of all respondents but one is not defended against (§6.1, §11).
    """
    report = AuditReport(tuple(release.code for release in releases), seconds_each=seconds)
    report.undecided += dict.fromkeys(hidden_numbers(releases))
    solver = Solver(seconds)
    named = _ByWave(worlds)
    for known in gather(releases, policy):
        _Attack(known, named, policy, report, solver).run()
    report.programs = solver.solved
    return report


class _ByWave:
    """The worlds by wave; each is fetched when first needed."""

    def __init__(self, worlds: Mapping[str, Records]) -> None:
        self._worlds = worlds
        self._names = {wave_of(name): name for name in worlds}

    def joined(self, waves: Sequence[str]) -> Records | None:
        found = {w: self._worlds[self._names[w]] for w in waves if w in self._names}
        return join(found) if found else None


class _Attack:
    """One population: what is known of it, what was found."""

    def __init__(
        self,
        known: Knowledge,
        worlds: _ByWave,
        policy: Policy,
        report: AuditReport,
        solver: Solver,
    ) -> None:
        self.known, self.policy, self.report, self.solver = known, policy, report, solver
        self._worlds = worlds
        self._truth: Records | None = None
        self._fetched = False
        self._about: dict[str, set[str]] = {}
        self._seen: set[tuple[str, str, str]] = set()

    @property
    def truth(self) -> Records | None:
        if not self._fetched:
            self._truth, self._fetched = self._worlds.joined(self.known.waves), True
        return self._truth

    def run(self) -> None:
        before = len(self.report.undecided)
        self._every_question()
        if self.known.sealed:
            # Proved safe before its seal, with the records of people who have left since.
            self.report.certified[Step.SEALED] += len(self.report.undecided) - before
            del self.report.undecided[before:]

    def _every_question(self) -> None:
        for count in self.known.counts:
            names = {name for name, _ in count.events}
            self._about.setdefault(count.base, set()).update(names)
            self._said_outright(count)
        crossed = linked(self.known)
        for question in sorted({name for c in self.known.counts for name, _ in c.events}):
            with_it = crossed.get(question, set())
            if is_star(self.known, question, with_it):
                self.report.certified[Step.STAR] += self._how_many(question)
            else:
                self._investigate(question, with_it)
        audit_choices(
            self.known, self.truth if self.known.choices else None, self.report, self.solver
        )

    def _how_many(self, question: str) -> int:
        bases = {c.base for c in self.known.counts if question in dict(c.events)}
        return len(bases) * len(self.known.asked[question].levels)

    def _said_outright(self, count: Count) -> None:
        """Refuse a value that is a breach by itself, whatever surrounds it."""
        asked = [self.known.asked[name] for name, _ in count.events]
        n = self.known.bases[count.base].n
        whole = all(
            set(a.levels) <= levels for a, (_, levels) in zip(asked, count.events, strict=True)
        )
        if count.said or whole or count.agreed:
            return
        t = max(one.t for one in asked)
        nature = min((one.nature for one in asked), key=_protection)
        harm = judge(count.low, count.high, n, t, nature)
        if harm is not None:
            question, levels = count.events[-1]
            rest = " · ".join(f"{q}={'+'.join(sorted(s))}" for q, s in count.events[:-1])
            group = f"{count.base} [{rest}]" if rest else count.base
            target = Target(question, "+".join(sorted(levels)), group, n)
            self._breach(target, (count.low, count.high), t, harm, (count.table,))

    def _investigate(self, question: str, crossed: set[str]) -> None:
        asked = self.known.asked[question]
        if asked.nature is Nature.VISIBLE:
            # Crossed with answers, a visible attribute gives the groups of their inquiries.
            crossed = {n for n in crossed if self.known.asked[n].nature is Nature.VISIBLE}
        inquiry = Inquiry(self.known, question, crossed, self.truth, self._about)
        swaps = Swaps(inquiry) if inquiry.truth is not None else None
        if inquiry.truth is None and crossed:
            # Who shares a visible level cannot be told, so their answers cannot be tested.
            base = next(iter(inquiry.regions.inside))
            target = Target(question, "", base, self.known.bases[base].n)
            tables = tuple(sorted({count.table for count in inquiry.counts}))
            self.report.undecided.append(Undecided(target, Doubt.NO_RECORDS, tables))
        for group in inquiry.groups():
            for answer in inquiry.answers_targeted():
                _Trial(self, inquiry, swaps, group, answer).run()

    def breach(
        self, target: Target, span: tuple[int, int], harm: Harm, tables: tuple[str, ...]
    ) -> None:
        """Record a breach once."""
        self._breach(target, span, self.known.asked[target.question].t, harm, tables)

    def _breach(
        self,
        target: Target,
        span: tuple[int, int],
        t: int,
        harm: Harm,
        tables: tuple[str, ...],
    ) -> None:
        name = (target.question, target.level, target.group)
        if name in self._seen:
            return
        self._seen.add(name)
        nature = self.known.asked[target.question].nature
        if harm is Harm.EVERYBODY and nature not in {Nature.SENSITIVE, Nature.VISIBLE}:
            about = {target.question, *tables, *(table.partition(":")[2] for table in tables)}
            waived = next((w for w in self.policy.exceptions if w.about in about), None)
            if waived is not None:
                self.report.warnings.append(f"{target}: {waived.decided_by}, {waived.decided_on}")
                return
        self.report.breaches.append(Breach(target, *span, t, harm, tables))


def _protection(nature: Nature) -> int:
    order = [Nature.SENSITIVE, Nature.VISIBLE, Nature.ORDINARY, Nature.FACT, Nature.PROCESS]
    return order.index(nature) if nature in order else len(order)


class _Trial:
    """One target: certified, broken or undecided."""

    def __init__(
        self,
        attack: _Attack,
        inquiry: Inquiry,
        swaps: Swaps | None,
        group: Group,
        answer: frozenset[str],
    ) -> None:
        self.attack, self.inquiry, self.swaps = attack, inquiry, swaps
        self.group, self.answer = group, answer
        self.target = inquiry.target(group, answer)
        self.exchanged: tuple[int, int] | None = None
        asked = attack.known.asked[inquiry.question]
        self.nature = asked.nature
        self.t = min(asked.t, attack.policy.t) if group.attribute else asked.t

    def run(self) -> None:
        if self._too_few_left():
            return
        if self._agreed():
            self._certify(Step.RELEASED)
            return
        if self._released() or self._swapped():
            return
        program = self.inquiry.program(self.group)
        mask = self.inquiry.mask(self.group, self.answer)
        solver = self.attack.solver
        joinable = self.inquiry.joinable
        if joinable and witnessed(program, mask, solver, self.exchanged, self._settles):
            self._certify(Step.INNER)
            return
        outer = reach(program, mask, solver, "outer")
        if outer is None:
            self._refuse(Doubt.NO_ANSWER, program)
        elif (harm := self._harm(outer)) is not None:
            self.attack.breach(self.target, outer, harm, causes(program, self._breaks(mask)))
        elif self.t <= outer[0] and outer[1] <= self.group.size - self.t:
            self._certify(Step.RELEASED)
        elif self.nature is Nature.SPOKEN and self.inquiry.joinable:
            self._certify(Step.OUTER)
        else:
            self._refuse(Doubt.NO_WORLD, program)

    def _too_few_left(self) -> bool:
        """Refuse a base issued again when fewer than 2t people changed, whatever it prints.

        What fixed draws or fixed keys tell of them is in how numbers are made, not in their
        intervals: no program sees it (§7.2.8).
        """
        if not self.group.left or not 0 < self.group.size < 2 * self.t:
            return False
        tables = tuple(sorted({c.table for c in self.inquiry.counts}))
        span = (0, self.group.size)
        self.attack.breach(self.target, span, Harm.DIFFERENCE, tables)
        return True

    def _agreed(self) -> bool:
        """Return whether the target is within what organisations agreed to show, or its rest."""
        question = self.inquiry.question
        everything = frozenset(self.attack.known.asked[question].levels)
        shown = [
            dict(count.events)[question]
            for count in self.inquiry.counts
            if count.agreed and count.base == self.group.base
        ]
        return any(self.answer <= one or self.answer >= everything - one for one in shown)

    def _released(self) -> bool:
        found = self.inquiry.published(self.group, self.answer)
        if found is None:
            return False
        value, tables = found
        harm = judge(value, value, self.group.size, self.t, self.nature)
        if harm is None:
            self._certify(Step.RELEASED)
        else:
            self.attack.breach(self.target, (value, value), harm, tuple(sorted(tables)))
        return True

    def _swapped(self) -> bool:
        if self.swaps is None:
            return False
        self.exchanged = self.swaps.reach(self.group, self.answer)
        if not self._settles(*self.exchanged):
            return False
        self._certify(Step.SWAPS)
        return True

    def _settles(self, low: int, high: int) -> bool:
        return enough(low, high, self.group.size, self.t)

    def _harm(self, span: tuple[int, int]) -> Harm | None:
        harm = judge(*span, self.group.size, self.t, self.nature)
        return Harm.DIFFERENCE if harm is not None and not self.group.base else harm

    def _breaks(self, mask: NDArray[np.bool_]) -> Callable[[Program], bool]:
        def still(program: Program) -> bool:
            span = reach(program, mask, self.attack.solver, "outer")
            return span is not None and self._harm(span) is not None

        return still

    def _certify(self, step: Step) -> None:
        self.attack.report.certified[step] += 1

    def _refuse(self, why: Doubt, program: Program) -> None:
        self.attack.report.undecided.append(Undecided(self.target, why, program.tables))
