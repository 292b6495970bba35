"""What a network reads of its own results, and what is said of each finding."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypedDict

from django.utils.translation import gettext as _

from croisee.disclosure import Release
from croisee.disclosure.marks import resolve_marks
from croisee.disclosure.released import ReleasedFinding
from croisee.language import Language
from croisee_web.access.models import Account
from croisee_web.access.queries import cases_with, require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import RunCard, results_of
from croisee_web.disclosure.models import SealedRelease
from croisee_web.kit.errors import NotFound
from croisee_web.report.models import Comment, Finding, NetworkStance
from croisee_web.report.queries.changes import PublicChange, public_changes
from croisee_web.report.queries.results import Document, document_at, released
from croisee_web.report.rules import is_shown
from croisee_web.study.models import Case, Study
from croisee_web.study.queries import reader_language, said


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment, or an answer to a finding: who, of which network, when."""

    author: str
    network: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingCard:
    """A finding as a network reads it: numbers in their place, what was answered and said."""

    id: int
    code: str
    title: str
    paragraphs: tuple[str, ...]
    minority: str
    status: str
    version: int
    stance: str
    stance_note: str
    comments: tuple[Remark, ...]
    may_answer: bool


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """One network's results. ``release`` is its code, "" before the seal.

    ``under_way``: it is sealed, and its documents are being written again.
    """

    case: str
    name: str
    release: str
    arrested_on: date | None
    expected_on: date | None
    under_way: bool
    files: tuple[tuple[str, str], ...]
    findings: tuple[FindingCard, ...]
    changes: tuple[PublicChange, ...]


def networks_of(*, study_id: int, viewer: Account) -> tuple[tuple[str, str], ...]:
    """Return the networks whose results somebody may read: code, name. Two SQL queries."""
    everywhere, codes = cases_with(
        account=viewer, study_id=study_id, verb=Verb.READ_NETWORK_RESULTS
    )
    rows = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    if not everywhere:
        rows = rows.filter(code__in=codes)
    return tuple(
        (code, said(french, english))
        for code, french, english in rows.values_list("code", "name_fr", "name_en")
    )


def network_page(*, study_id: int, case: str, viewer: Account) -> NetworkPage:
    """Return a network's own results, once they are sealed. Nine SQL queries at most.

    Before the seal it says when they are expected, and shows nothing of them: a draft is
    read by the team alone (``docs/methods/divulgation.md`` §7.2.1).

    Raises:
        NotFound, NotAllowed: the viewer may not read this network's results.
    """
    require(actor=viewer, verb=Verb.READ_NETWORK_RESULTS, study_id=study_id, case=case)
    network = Case.objects.filter(study_id=study_id, code=case).first()
    if network is None:
        raise NotFound
    study = Study.objects.get(pk=study_id)
    run = results_of(study_id=study_id)
    folder = None if run is None else _circle(run, case)
    name = said(network.name_fr, network.name_en)
    release = None if folder is None else released(folder)
    if run is None or folder is None or release is None:
        sealed = SealedRelease.objects.filter(study_id=study_id, code=study.release_code).exists()
        return NetworkPage(case, name, "", None, study.release_arrest_on, sealed, (), (), ())
    return NetworkPage(
        case=case,
        name=name,
        release=run.release_code,
        arrested_on=run.sealed_on,
        expected_on=study.release_arrest_on,
        under_way=False,
        files=_files(folder, case),
        findings=_findings(study_id, network, release, viewer),
        changes=public_changes(study_ids=[study_id]).get((study_id, run.release_code), ()),
    )


def _circle(run: RunCard, case: str) -> Path | None:
    folder = run.folder / "cercles" / case
    sealed = run.sealed_on is not None and (folder / "release.json").is_file()
    return folder if sealed else None


def _files(folder: Path, case: str) -> tuple[tuple[str, str], ...]:
    language = reader_language()
    wanted = (
        ("index", "html", _("Tout ce que votre réseau peut lire")),
        (case, "html", _("Le feuillet à l’écran")),
        (case, "pdf", _("Le feuillet à imprimer (PDF)")),
        ("provenance", "html", _("D’où viennent les chiffres")),
    )
    found = []
    for stem, suffix, label in wanted:
        for name in (f"{stem}.{language}.{suffix}", f"{stem}.{suffix}"):
            if (folder / name).is_file():
                found.append((name, label))
                break
    return tuple(found)


def network_file(*, study_id: int, case: str, name: str, viewer: Account) -> Path:
    """Return one file of a network's sealed results. Three SQL queries at most.

    Raises:
        NotFound: nothing sealed, or a file that is not shown.
        NotAllowed: the viewer's roles do not allow this network.
    """
    require(actor=viewer, verb=Verb.READ_NETWORK_RESULTS, study_id=study_id, case=case)
    run = results_of(study_id=study_id)
    folder = None if run is None else _circle(run, case)
    if folder is None or not is_shown(name) or not (folder / name).is_file():
        raise NotFound
    return folder / name


def network_document(*, study_id: int, case: str, name: str, viewer: Account) -> Document:
    """Return what a page says of a document of a network's results. Four SQL queries at most.

    Raises:
        NotFound: nothing sealed, no such document, or a file that is no page.
        NotAllowed: the viewer's roles do not allow this network.
    """
    path = network_file(study_id=study_id, case=case, name=name, viewer=viewer)
    row = Case.objects.get(study_id=study_id, code=case)
    return document_at(path, name, said(row.name_fr, row.name_en))


def _findings(
    study_id: int, network: Case, release: Release, viewer: Account
) -> tuple[FindingCard, ...]:
    """Return the released findings that speak of a network, with what its people answered."""
    rows = {row.code: row for row in Finding.objects.filter(study_id=study_id)}
    answers = NetworkStance.objects.filter(finding__study_id=study_id, case=network)
    stances = {row.finding_id: row for row in answers.order_by("pk")}
    comments = _comments(study_id, network)
    everywhere, codes = cases_with(account=viewer, study_id=study_id, verb=Verb.DISCUSS)
    may = everywhere or network.code in codes
    cards = []
    for one in release.findings:
        row = rows.get(one.code)
        if row is None or network.code not in one.cases:
            continue
        stance = stances.get(row.pk)
        cards.append(
            FindingCard(
                id=row.pk,
                code=row.code,
                **_words(one, release, reader_language()),
                status=row.get_status_display(),
                version=row.version,
                stance="" if stance is None else stance.get_stance_display(),
                stance_note="" if stance is None else stance.note,
                comments=tuple(comments[row.pk]),
                may_answer=may,
            )
        )
    return tuple(cards)


def _comments(study_id: int, network: Case) -> dict[int, list[Remark]]:
    """Return what people of a network said of each finding, oldest first."""
    told = Comment.objects.filter(finding__study_id=study_id, case=network)
    comments: dict[int, list[Remark]] = defaultdict(list)
    for row in told.select_related("author").order_by("pk"):
        remark = Remark(row.author.name, network.short_fr, row.text, row.at)
        comments[row.finding_id].append(remark)
    return comments


class _Words(TypedDict):
    title: str
    paragraphs: tuple[str, ...]
    minority: str


def _words(one: ReleasedFinding, release: Release, language: Language) -> _Words:
    """Return a finding's texts, every mark in its place a number."""
    text = resolve_marks(one.text.to(language), release, language)
    return {
        "title": resolve_marks(one.title.to(language), release, language),
        "paragraphs": tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        "minority": resolve_marks(one.minority.to(language), release, language),
    }
