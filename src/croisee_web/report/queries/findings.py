"""The findings of a study, as its team reads and writes them. Nothing here writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from croisee.disclosure import Register, RegisterRefused, Release
from croisee.disclosure.marks import MARK, MarkRefused, resolve_marks
from croisee.disclosure.statements import finding_problems
from croisee.language import Language
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import register_folder, results_of
from croisee_web.coding.models import Excerpt
from croisee_web.disclosure.models import SealedRelease
from croisee_web.report.models import Comment, Finding, NetworkStance, Reference
from croisee_web.report.queries.described import text_of
from croisee_web.report.queries.results import released
from croisee_web.report.queries.stances import notes_of
from croisee_web.report.queries.wordings import Wording, finding_row, wordings
from croisee_web.report.rules import FindingText
from croisee_web.report.vocabulary import Stance
from croisee_web.study.models import Case, Study
from croisee_web.study.queries import reader_language, said


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One line of the list of findings."""

    id: int
    code: str
    title: str
    status: str
    status_label: str
    cases: tuple[str, ...]
    minority: bool
    version: int
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class FindingList:
    """The findings of a study; ``sealed``: the code of its sealed release, if any."""

    lines: tuple[FindingLine, ...]
    withdrawn: tuple[FindingLine, ...]
    sealed: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a finding: a comment, or a network's answer to a version."""

    network: str
    author: str
    text: str
    answer: str
    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FindingPage:
    """A finding as its team reads it. ``text`` holds its fields; ``paragraphs`` its numbers said.

    ``problems``: what would keep it out of the release, as far as the last results tell.
    """

    id: int
    code: str
    version: int
    title: str
    paragraphs: tuple[str, ...]
    minority: str
    status: str
    status_label: str
    text: FindingText
    cases: tuple[str, ...]
    problems: tuple[str, ...]
    said: tuple[Said, ...]
    wordings: tuple[Wording, ...]
    withdrawn_at: datetime | None
    in_sealed: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """What a finding may refer to in a study: pairs of a code or key, and what it is called."""

    cases: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    quotes: tuple[tuple[str, str], ...]
    references: tuple[tuple[str, str], ...]
    next_code: str


def sealed_release(study_id: int) -> Release | None:
    """Return the sealed release that a study's results show, from its register. Two SQL queries.

    ``None`` before the seal, or when the register no longer reads.
    """
    code = Study.objects.values_list("release_code", flat=True).get(pk=study_id)
    if not SealedRelease.objects.filter(study_id=study_id, code=code).exists():
        return None
    try:
        return Register.open(register_folder(study_id)).sealed(code)
    except RegisterRefused:
        return None


def findings_list(*, study_id: int, viewer: Account) -> FindingList:
    """Return every finding of a study, in order. Seven SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not read the whole study's results.
    """
    require(actor=viewer, verb=Verb.READ_RESULTS, study_id=study_id)
    language, release = reader_language(), _release(study_id)
    names = _names(study_id)
    disputed = set(
        NetworkStance.objects.filter(
            finding__study_id=study_id, stance=Stance.DISPUTED
        ).values_list("finding_id", flat=True)
    )
    lines = tuple(
        _line(row, names, release, language, row.pk in disputed)
        for row in Finding.objects.filter(study_id=study_id).order_by("position", "pk")
    )
    code = Study.objects.values_list("release_code", flat=True).get(pk=study_id)
    sealed = SealedRelease.objects.filter(study_id=study_id, code=code).exists()
    return FindingList(
        tuple(line for line in lines if line.withdrawn_at is None),
        tuple(line for line in lines if line.withdrawn_at is not None),
        code if sealed else "",
    )


def _line(
    row: Finding, names: dict[str, str], release: Release | None, language: Language, said_no: bool
) -> FindingLine:
    return FindingLine(
        row.pk,
        row.code,
        _with_numbers(said(row.title_fr, row.title_en), release, language),
        row.status,
        row.get_status_display(),
        tuple(names.get(code, code) for code in row.cases),
        bool(row.minority_fr) or said_no,
        row.version,
        row.withdrawn_at,
    )


def _names(study_id: int) -> dict[str, str]:
    rows = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    return {
        code: said(french, english)
        for code, french, english in rows.values_list("code", "short_fr", "short_en")
    }


def _release(study_id: int) -> Release | None:
    run = results_of(study_id=study_id)
    return None if run is None else released(run.folder / "equipe")


def _with_numbers(text: str, release: Release | None, language: Language) -> str:
    """Return a text with the numbers of the last results; a mark that says nothing yet stays."""
    if release is None:
        return text
    try:
        return resolve_marks(text, release, language)
    except MarkRefused:
        return MARK.sub(lambda mark: _one(mark.group(), release, language), text)


def _one(mark: str, release: Release, language: Language) -> str:
    try:
        return resolve_marks(mark, release, language)
    except MarkRefused:
        return mark


def finding_page(*, study_id: int, finding_id: int, viewer: Account) -> FindingPage:
    """Return a finding with its evidence, what networks said, its wordings. Ten SQL queries.

    Raises:
        NotFound: no such finding in this study.
        NotAllowed: the viewer may not read the whole study's results.
    """
    require(actor=viewer, verb=Verb.READ_RESULTS, study_id=study_id)
    row = finding_row(study_id, finding_id)
    language, release = reader_language(), _release(study_id)
    sealed = sealed_release(study_id)
    answers = list(row.stances.select_related("case", "author").order_by("pk"))
    written = text_of(row).to_library(row.code, notes_of(answers))
    text = _with_numbers(written.text.to(language), release, language)
    names = _names(study_id)
    shown = release or sealed
    problems = () if shown is None else finding_problems(written, shown.tables, shown.study)
    return FindingPage(
        id=row.pk,
        code=row.code,
        version=row.version,
        title=_with_numbers(written.title.to(language), release, language),
        paragraphs=tuple(part.strip() for part in text.split("\n\n") if part.strip()),
        minority=_with_numbers(written.minority.to(language), release, language),
        status=row.status,
        status_label=row.get_status_display(),
        text=text_of(row),
        cases=tuple(names.get(code, code) for code in row.cases),
        problems=tuple(problem.to(language) for problem in problems),
        said=_said(row, answers, names),
        wordings=wordings(row),
        withdrawn_at=row.withdrawn_at,
        in_sealed=sealed is not None and row.code in {one.code for one in sealed.findings},
    )


def _said(
    row: Finding, answers: Sequence[NetworkStance], names: dict[str, str]
) -> tuple[Said, ...]:
    comments = Comment.objects.filter(finding=row).select_related("case", "author").order_by("pk")
    found = [
        *(
            Said(
                names.get(one.case.code, ""), one.author.name, one.note,
                one.get_stance_display(), one.version, one.at,
            )
            for one in answers
        ),
        *(
            Said(
                names.get(one.case.code, "") if one.case else _("équipe"),
                one.author.name, one.text, "", 0, one.at,
            )
            for one in comments
        ),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: one.at))


def offered(*, study_id: int, viewer: Account) -> Offered:
    """Return what a finding may refer to. Seven SQL queries; tables are those of the results.

    Raises:
        NotFound, NotAllowed: the viewer may not write findings.
    """
    require(actor=viewer, verb=Verb.WRITE_FINDINGS, study_id=study_id)
    language, release = reader_language(), _release(study_id)
    tables = () if release is None else sorted(release.tables, key=lambda one: int(one.code[2:]))
    cases = _names(study_id)
    excerpts = Excerpt.objects.filter(study_id=study_id).order_by("key")
    references = Reference.objects.filter(study_id=study_id).order_by("position", "pk")
    return Offered(
        tuple(cases.items()),
        tuple((one.key, f"{one.code} · {one.title.to(language)}") for one in tables),
        tuple((key, key) for key in excerpts.values_list("key", flat=True)),
        tuple((row.key, said(row.text_fr, row.text_en)) for row in references),
        _next_code(study_id),
    )


def _next_code(study_id: int) -> str:
    """Return the code that would follow the others: C-13 after C-12."""
    codes = Finding.objects.filter(study_id=study_id).values_list("code", flat=True)
    parts = [code.rpartition("-") for code in codes]
    numbered = [(start, number) for start, dash, number in parts if dash and number.isdecimal()]
    if not numbered:
        return "C-01"
    start = Counter(name for name, _number in numbered).most_common(1)[0][0]
    last = max((number for name, number in numbered if name == start), key=int)
    return f"{start}-{int(last) + 1:0{len(last)}d}"
