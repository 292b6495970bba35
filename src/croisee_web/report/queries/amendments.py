"""What may be done to a sealed release, what was done, and what a change would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from croisee.disclosure import Release
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import RunCard, results_of
from croisee_web.disclosure.models import Amendment, SealedRelease
from croisee_web.disclosure.vocabulary import AmendmentAct, AmendmentState
from croisee_web.jobs.queries import JobCard, job_card
from croisee_web.jobs.rules import in_language
from croisee_web.kit.errors import NotFound
from croisee_web.report.queries.results import released
from croisee_web.study.models import Study
from croisee_web.study.queries import reader_language, said

Choice = tuple[str, str]
"""A key, and what is shown beside its box."""
_QUOTED = 60
"""Characters of a quote shown beside its box."""


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    """One decision on a sealed release, done, refused or given up."""

    id: int
    act: str
    state: AmendmentState
    codes: tuple[str, ...]
    reason: str
    decided_by: str
    at: datetime

    @property
    def state_label(self) -> str:
        """The word of its state."""
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class AfterSeal:
    """What the page « Après le sceau » shows; ``code`` is "" when nothing is sealed.

    ``open``: a change prepared or being made. ``removable`` and ``addable`` hold what may be
    chosen, by kind; nothing is there before the documents are written.
    """

    code: str
    arrested_on: date | None
    sealed_by: str
    ready: bool
    open: AmendmentLine | None
    done: tuple[AmendmentLine, ...]
    removable: Mapping[str, tuple[Choice, ...]]
    addable: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value that changes."""

    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class TableLine:
    """One table that changes; ``more``: values that are not listed."""

    code: str
    title: str
    values: tuple[ValueLine, ...]
    more: int


@dataclass(frozen=True, slots=True)
class AmendmentPage:
    """One change, as its page shows it."""

    line: AmendmentLine
    act: AmendmentAct
    release: str
    job: JobCard | None
    message: str
    tables: tuple[TableLine, ...]
    findings: tuple[str, ...]
    silenced: tuple[str, ...]
    quotes: tuple[str, ...]
    asked_at: datetime
    decided_at: datetime | None
    done_at: datetime | None


def after_seal(*, study_id: int, viewer: Account) -> AfterSeal:
    """Return what the page « Après le sceau » shows. Six SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not seal in this study.
    """
    require(actor=viewer, verb=Verb.SEAL, study_id=study_id)
    code = Study.objects.values_list("release_code", flat=True).get(pk=study_id)
    sealed = SealedRelease.objects.filter(study_id=study_id, code=code).first()
    run = results_of(study_id=study_id)
    release = None if run is None or run.sealed_on is None else released(run.folder / "equipe")
    rows = Amendment.objects.filter(study_id=study_id, release_code=code).order_by("-pk")
    lines = [_line(row) for row in rows]
    open_ = {AmendmentState.TRYING, AmendmentState.READY, AmendmentState.DECIDED}
    return AfterSeal(
        code="" if sealed is None else code,
        arrested_on=None if sealed is None else sealed.arrested_on,
        sealed_by="" if sealed is None else sealed.sealed_by,
        ready=release is not None,
        open=next((line for line in lines if line.state in open_), None),
        done=tuple(line for line in lines if line.state not in open_),
        removable={} if release is None else _removable(release),
        addable=() if run is None else _addable(run),
    )


def _line(row: Amendment) -> AmendmentLine:
    return AmendmentLine(
        row.pk,
        row.get_act_display(),
        AmendmentState(row.state),
        tuple(row.codes),
        row.reason,
        row.decided_by,
        row.decided_at or row.asked_at,
    )


def _removable(release: Release) -> dict[str, tuple[Choice, ...]]:
    language = reader_language()
    names = {case.code: case.short.to(language) for case in release.study.cases}
    tables = sorted(release.tables, key=lambda one: int(one.code[2:]))
    quotes = sorted(release.quotes, key=lambda one: int(one.code[2:]))
    return {
        "tables": tuple((one.key, f"{one.code} · {one.title.to(language)}") for one in tables),
        "findings": tuple(
            (one.code, f"{one.code} · {_short(one.title.to(language))}") for one in release.findings
        ),
        "quotes": tuple(
            (one.key, f"{one.code} · {names.get(one.case, '—')} : « {_short(one.text)} »")
            for one in quotes
        ),
    }


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]}…"


def _addable(run: RunCard) -> tuple[Choice, ...]:
    """Return the tables that the seal does not hold, each once with its forms by network."""
    found: dict[str, str] = {}
    for key, french, english in run.beside:
        stem = key.partition("@")[0].partition("~")[0]
        if stem == key or stem not in found:
            found[stem] = f"{said(french, english)} ({stem})"
    return tuple(found.items())


def amendment_page(*, study_id: int, amendment_id: int, viewer: Account) -> AmendmentPage:
    """Return one change: what it would do, or did, and where it stands. Three SQL queries.

    Raises:
        NotFound: no such change in this study.
        NotAllowed: the viewer may not seal in it.
    """
    require(actor=viewer, verb=Verb.SEAL, study_id=study_id)
    row = Amendment.objects.filter(study_id=study_id, pk=amendment_id).first()
    if row is None:
        raise NotFound
    under_way = row.state in {AmendmentState.TRYING, AmendmentState.DECIDED}
    job = None
    if under_way and row.job_id is not None:
        job = job_card(job_id=row.job_id, study_id=study_id)
    told = row.proposal
    return AmendmentPage(
        line=_line(row),
        act=AmendmentAct(row.act),
        release=row.release_code,
        job=job,
        message=in_language(row.message, reader_language()),
        tables=tuple(map(_table, told.get("tables", ()))),
        findings=tuple(told.get("findings", ())),
        silenced=tuple(told.get("silenced", ())),
        quotes=tuple(told.get("quotes", ())),
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        done_at=row.done_at,
    )


def _table(told: Mapping[str, Any]) -> TableLine:
    language = reader_language()
    return TableLine(
        told["code"],
        told["title"][language],
        tuple(
            ValueLine(one["where"][language], one["before"][language], one["after"][language])
            for one in told["values"]
        ),
        told["more"],
    )
