"""A member list being read: what each of its lines would do, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from croisee.formats import Line
from croisee.studyfolder.memberlist import (
    Decision,
    Heading,
    Member,
    MemberPart,
    MemberReport,
    Outcome,
    ReadLine,
    find_heading,
    guess_columns,
    heading_at,
    read_members,
)
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import MemberList, Organisation

PER_PAGE = 50
_FIRST_LINES = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A list read with the choices made so far."""

    heading: Heading
    header_line: int
    columns: Mapping[MemberPart, int]
    report: MemberReport


def read_again(row: MemberList) -> Reading:
    """Read a list with its choices, against the frame as it stands now. One SQL query.

    Members of the edition and those of all editions are known; when the list is of one
    component, only that one's members may be absent from it.
    """
    lines: tuple[Line, ...] = tuple((number, tuple(cells)) for number, *cells in row.lines)
    chosen = row.choices.get("header")
    heading = find_heading(lines) if chosen is None else heading_at(lines, chosen)
    told = row.choices.get("columns")
    columns = (
        guess_columns(lines, heading)
        if told is None
        else {MemberPart(part): column for part, column in told.items()}
    )
    decisions = {
        int(number): Decision(decision)
        for number, decision in row.choices.get("decisions", {}).items()
    }
    known = Organisation.objects.filter(
        case_id=row.case_id, edition__in={row.edition, ""}
    ).values_list("code", "name", "region", "type", "component")
    places = {code: component for code, _name, _region, _type, component in known}
    report = read_members(
        lines,
        heading,
        columns,
        known=[Member(*told[:4]) for told in known],
        decisions=decisions,
    )
    if row.component:
        absent = tuple(one for one in report.absent if places[one.code] == row.component)
        report = MemberReport(report.lines, absent)
    header_line = lines[heading.last][0] if heading.last >= 0 else 0
    return Reading(heading, header_line, columns, report)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a list comes to, in numbers."""

    accepted: int
    check: int
    refused: int
    undecided: int
    added: int
    renamed: int
    modified: int
    same: int
    absent: int
    written: int


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A page of the preview. ``first_lines``: those that could be the header, in short.

    ``emptied``: columns left unread because they held ways to reach people. ``sheet``: the one
    that was read, where the workbook has ``others``.
    """

    id: int
    version: int
    file_name: str
    component: str
    edition: str
    heading: Heading
    header_line: int
    columns: Mapping[MemberPart, int]
    first_lines: tuple[tuple[int, str], ...]
    emptied: tuple[str, ...]
    sheet: str
    others: tuple[str, ...]
    counts: Counts
    lines: tuple[ReadLine, ...]
    absent: tuple[Member, ...]
    page: int
    pages: int

    @property
    def before(self) -> int:
        """Return the page before."""
        return self.page - 1

    @property
    def after(self) -> int:
        """Return the page after."""
        return self.page + 1


def member_list(*, study_id: int, case_id: int, list_id: int) -> MemberList:
    """Return a list being read. One SQL query.

    Raises:
        NotFound: it was confirmed, dropped, or is another network's.
    """
    row = MemberList.objects.filter(pk=list_id, study_id=study_id, case_id=case_id).first()
    if row is None:
        raise NotFound(_("Cette liste n’est plus en cours. Elle a été enregistrée ou abandonnée."))
    return row


def list_preview(
    *, study_id: int, case_id: int, list_id: int, viewer: Account, seen: str = "", page: int = 1
) -> ListPreview:
    """Return what confirming would write: a page of the lines that came to ``seen``.

    ``seen``: one of ``Outcome``, ``absents``, or "" for what must be looked at first. Three SQL
    queries.

    Raises:
        NotAllowed: the viewer may not edit the study.
        NotFound: no such list in progress.
    """
    require(actor=viewer, verb=Verb.EDIT_STUDY, study_id=study_id)
    row = member_list(study_id=study_id, case_id=case_id, list_id=list_id)
    reading = read_again(row)
    report = reading.report
    sheets = tuple(row.choices.get("sheets", ()))
    lines = tuple(one for one in report.lines if one.outcome == seen)
    absent = report.absent if seen == "absents" else ()
    pages = max(1, -(-max(len(lines), len(absent)) // PER_PAGE))
    page = min(max(page, 1), pages)
    cut = slice((page - 1) * PER_PAGE, page * PER_PAGE)
    return ListPreview(
        id=row.pk,
        version=row.version,
        file_name=row.file_name,
        component=row.component,
        edition=row.edition,
        heading=reading.heading,
        header_line=reading.header_line,
        columns=reading.columns,
        first_lines=tuple(
            (number, " | ".join(cell for cell in cells if cell)[:80])
            for number, *cells in row.lines[:_FIRST_LINES]
        ),
        emptied=tuple(row.choices.get("emptied", ())),
        sheet=sheets[0] if sheets else "",
        others=sheets[1:],
        counts=counts_of(report),
        lines=lines[cut],
        absent=absent[cut],
        page=page,
        pages=pages,
    )


def counts_of(report: MemberReport) -> Counts:
    """Return what a list comes to."""
    changes = [one.change.value for one in report.lines if one.written]
    return Counts(
        accepted=report.count(Outcome.ACCEPTED),
        check=report.count(Outcome.CHECK),
        refused=report.count(Outcome.REFUSED),
        undecided=report.undecided,
        added=changes.count("ajout"),
        renamed=changes.count("renommage"),
        modified=changes.count("modification"),
        same=changes.count("inchange"),
        absent=len(report.absent),
        written=len(changes),
    )
