"""The gate: raw tables, quotes and findings in, a Release out, and a log for the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from croisee.disclosure import released
from croisee.disclosure.agreements import with_agreements
from croisee.disclosure.beside import with_changes, with_others
from croisee.disclosure.budgets import release_budget
from croisee.disclosure.case_rows import release_cases
from croisee.disclosure.coding import release_codes, release_landscape, release_reading
from croisee.disclosure.corrections import compare_reported
from croisee.disclosure.crossing import release_cross
from croisee.disclosure.lock import release_again
from croisee.disclosure.manner import ROUNDED, taking_part
from croisee.disclosure.multiple import release_multiple, release_multiple_cases
from croisee.disclosure.numeric import release_numeric
from croisee.disclosure.one_way import release_one_way, release_profile
from croisee.disclosure.plan import Plan
from croisee.disclosure.positions import release_positions
from croisee.disclosure.process import (
    release_activities,
    release_case_profiles,
    release_context,
    release_objectives,
    release_participation,
    release_timeline,
)
from croisee.disclosure.quotes import Chosen, choose_quotes, interviewed
from croisee.disclosure.ranking import release_ranking
from croisee.disclosure.register import Register
from croisee.disclosure.released import GateLog, Release, ReleasedTable
from croisee.disclosure.rounding import Keyed, rounded_table
from croisee.disclosure.statements import release_findings, release_leaflets
from croisee.disclosure.thresholds import PolicyRefused, policy_problems, too_late
from croisee.disclosure.tools import with_tools
from croisee.disclosure.transition import release_transition
from croisee.disclosure.trends import with_trends
from croisee.disclosure.veil import veiled
from croisee.disclosure.work import Work
from croisee.findings import Finding, Leaflet, Quote, Reference, Reported
from croisee.language import phrase
from croisee.study import Nature, Study
from croisee.tables import (
    ActivityTable,
    BudgetTable,
    CaseProfile,
    CaseTable,
    Code,
    CodeCaseTable,
    ContextTable,
    CrossCaseReading,
    CrossTable,
    LandscapeTable,
    MeetingTable,
    MultipleCaseTable,
    MultipleTable,
    NumericTable,
    ObjectiveTable,
    OneWayTable,
    ParticipationTable,
    PositionTable,
    ProfileTable,
    RankingTable,
    RawTable,
    Timeline,
    ToolTable,
    TransitionTable,
)

_RULES: dict[type, Callable[[str, Any, Work], list[ReleasedTable]]] = {
    OneWayTable: release_one_way,
    CaseTable: release_cases,
    CrossTable: release_cross,
    TransitionTable: release_transition,
    MultipleTable: release_multiple,
    MultipleCaseTable: release_multiple_cases,
    NumericTable: release_numeric,
    ProfileTable: release_profile,
    ParticipationTable: release_participation,
    ActivityTable: release_activities,
    ObjectiveTable: release_objectives,
    RankingTable: release_ranking,
    BudgetTable: release_budget,
    PositionTable: release_positions,
    CodeCaseTable: release_codes,
    CrossCaseReading: release_reading,
    LandscapeTable: release_landscape,
    Timeline: release_timeline,
    ContextTable: release_context,
    CaseProfile: release_case_profiles,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A release ready to be read or sealed, and what the gate did (team only)."""

    release: Release
    log: GateLog


@dataclass(frozen=True, slots=True)
class Submitted:
    """Everything a study submits to the gate."""

    study: Study
    tables: tuple[tuple[str, RawTable], ...]
    quotes: tuple[Quote, ...]
    findings: tuple[Finding, ...]
    leaflets: tuple[Leaflet, ...]
    references: tuple[Reference, ...]
    reported: tuple[Reported, ...]


def draft_release(  # noqa: PLR0913 -- one argument a part of the study folder, by name
    *,
    study: Study,
    tables: Sequence[tuple[str, RawTable]],
    quotes: Sequence[Quote] = (),
    findings: Sequence[Finding] = (),
    leaflets: Sequence[Leaflet] = (),
    references: Sequence[Reference] = (),
    reported: Sequence[Reported] = (),
    register: Register,
    dataset_digest: str,
    software: str,
    at: datetime | None = None,
) -> Draft:
    """Take a study through the gate.

    Deterministic: the same study, tables, texts and register give an equal release. Codes are
    asked of the register, which writes them. When this diffusion is sealed already, its
    tables come back byte for byte (``docs/methods/divulgation.md`` §7.2): only words change.

    Args:
        study: the description that was frozen.
        tables: raw tables under their keys (``docs/resultats.md`` §3), in order of priority:
            of two tables that may not be printed together, the first is.
        quotes: every passage chosen as a quote.
        findings: the authors' statements, with marks.
        leaflets: what each network's page says.
        references: the bibliography.
        reported: numbers as another document printed them.
        register: the study's register, opened.
        dataset_digest: the plain digest; only its keyed form is kept in the release.
        software: name and version of the program, printed.
        at: when this is done, for the journal.

    Raises:
        PolicyRefused: the study's thresholds cannot be applied.
        RegisterRefused: the register is damaged.
    """
    submitted = Submitted(
        study,
        tuple(tables),
        tuple(quotes),
        tuple(findings),
        tuple(leaflets),
        tuple(references),
        tuple(reported),
    )
    sealed = register.sealed(study.diffusion.code) if study.diffusion.code else None
    if sealed is not None:
        others = [one for one in register.sealed_releases() if one.code != sealed.code]
        work = _work(submitted, others)
        today = _release_tables(submitted.tables, work, register.mac)
        people = interviewed(study, [table for _, table in submitted.tables])
        release = release_again(sealed, today, submitted, people, register, work, at)
        return Draft(release, work.log())
    earlier = register.sealed_releases()
    _check_policy(submitted, earlier)
    work = _work(submitted, earlier)
    return Draft(_first(submitted, register, dataset_digest, software, work), work.log())


def _check_policy(submitted: Submitted, earlier: Sequence[Release]) -> None:
    policy = submitted.study.policy
    problems = policy_problems(policy, _smallest_base(submitted.tables))
    problems += too_late(policy, earlier)
    if problems:
        raise PolicyRefused(problems)


def _first(
    submitted: Submitted, register: Register, digest: str, software: str, work: Work
) -> Release:
    study = submitted.study
    people = interviewed(study, [table for _, table in submitted.tables])
    found = _coded(_release_tables(submitted.tables, work, register.mac), register)
    chosen = choose_quotes(submitted.quotes, submitted.findings, submitted.leaflets, people, work)
    chosen = coded_quotes(chosen, register)
    findings = release_findings(submitted.findings, found, chosen, work)
    for waiver in study.policy.exceptions:
        work.refuse(
            waiver.about,
            "§8",
            phrase(
                "Exception décidée par {who} le {on} : {reason}",
                who=waiver.decided_by,
                on=waiver.decided_on.isoformat(),
                reason=waiver.reason,
            ),
        )
    return Release(
        _gate=released._GATE,
        code=study.diffusion.code,
        study=study,
        tables=found,
        quotes=tuple(chosen.quotes.values()),
        findings=findings,
        leaflets=release_leaflets(submitted.leaflets, found, findings, chosen, work),
        corrections=compare_reported(submitted.reported, found, submitted.tables, work),
        references=submitted.references,
        dataset_mac=register.mac(digest),
        software=software,
        sealed_on=None,
    )


def _release_tables(
    tables: Sequence[tuple[str, RawTable]], work: Work, keyed: Keyed
) -> list[ReleasedTable]:
    found: dict[str, ReleasedTable] = {}
    for key, raw in tables:
        if key in found:
            work.refuse(key, "clé", phrase("Deux tableaux portent cette clé : le premier reste."))
            continue
        if isinstance(raw, ToolTable | MeetingTable):
            continue
        if _delicate_theme(raw, work):
            work.refuse(
                key, "§3.7", phrase("Un thème délicat de groupe reste avec l’équipe de recherche.")
            )
            continue
        for table in _RULES[type(raw)](key, raw, work):
            found[table.key] = table
    told = with_agreements(list(found.values()), tables, work)
    told = [veiled(table, work) for table in told]
    if work.study.policy.method == ROUNDED:
        told = [rounded_table(table, work.study, keyed) for table in told]
    told = with_changes(with_others(told), work.earlier, work.study)
    return with_trends(with_tools(told, tables, work), work.earlier, work.study)


def _delicate_theme(raw: RawTable, work: Work) -> bool:
    if not isinstance(raw, PositionTable | RankingTable | BudgetTable):
        return False
    return work.study.theme(raw.theme).nature is Nature.SENSITIVE


def _coded(tables: Sequence[ReleasedTable], register: Register) -> tuple[ReleasedTable, ...]:
    codes = register.codes("F", [table.key for table in tables])
    return tuple(replace(table, code=codes[table.key]) for table in tables)


def coded_quotes(chosen: Chosen, register: Register) -> Chosen:
    """Give each quote its printed code."""
    codes = register.codes("V", chosen.quotes)
    coded = {key: replace(quote, code=codes[key]) for key, quote in chosen.quotes.items()}
    return Chosen(coded, chosen.speakers)


def _work(submitted: Submitted, earlier: Sequence[Release]) -> Work:
    raw = [table for _, table in submitted.tables]
    codes: dict[str, Code] = {}
    for table in raw:
        if isinstance(table, CodeCaseTable):
            codes.update((code.code, code) for code in table.codes)
    study = submitted.study
    met: Mapping[str, int] = interviewed(study, raw).cases
    taken = taking_part(study, raw)
    return Work(
        study, Plan(study, raw, earlier), codes, met=met, taken=taken, earlier=tuple(earlier)
    )


def _smallest_base(tables: Sequence[tuple[str, RawTable]]) -> int | None:
    sizes: list[int] = []
    for _, table in tables:
        if isinstance(table, OneWayTable | MultipleTable | CrossTable):
            sizes.append(table.base.n)
        elif isinstance(table, CaseTable | MultipleCaseTable):
            sizes += [row.base.n for row in table.rows]
        elif isinstance(table, NumericTable):
            sizes.append(table.classes.base.n)
        elif isinstance(table, ProfileTable):
            sizes += [one.base.n for one in table.questions]
    return min(sizes, default=None)
