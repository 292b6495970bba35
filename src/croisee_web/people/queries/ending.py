"""What is kept of people, until when, and what was destroyed since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import Destruction
from croisee_web.people.queries.pages import ReceiptLine
from croisee_web.study.models import Retention
from croisee_web.study.vocabulary import Covered, Fate


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a destruction removed, what stands and why, by whom and when: no code, no name."""

    number: int
    covers: str
    until: date
    basis: str
    people: int
    by: str
    destroyed_at: datetime
    removed: tuple[ReceiptLine, ...]
    standing: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class KindKept:
    """One kind of personal information: its lines still to do, and its certificates.

    ``until`` is ``None`` without any date; ``past`` once the last day is over; ``destroyed``
    says that the calendar ends in a destruction.
    """

    covers: str
    label: str
    lines: tuple[tuple[str, date, str], ...]
    until: date | None
    past: bool
    destroyed: bool
    certificates: tuple[Certificate, ...]

    @property
    def missing(self) -> bool:
        """Return whether nothing says until when it is kept."""
        return self.until is None and not self.certificates


def kinds_kept(*, study_id: int, viewer: Account, on: date) -> tuple[KindKept, ...]:
    """Return the three kinds of personal information of a study. Three SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep this study's ethics.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    rows = Retention.objects.filter(study_id=study_id, done_on=None).exclude(covers="")
    lines: dict[str, list[Retention]] = {}
    for row in rows.order_by("until", "pk"):
        lines.setdefault(row.covers, []).append(row)
    certificates: dict[str, list[Certificate]] = {}
    for made in Destruction.objects.filter(study_id=study_id).order_by("-destroyed_at", "-pk"):
        certificates.setdefault(made.covers, []).append(_certificate(made))
    return tuple(
        _kind(kind, lines.get(kind, []), certificates.get(kind, []), on) for kind in Covered
    )


def _kind(
    kind: Covered, lines: list[Retention], certificates: list[Certificate], on: date
) -> KindKept:
    until = max((line.until for line in lines), default=None)
    return KindKept(
        kind.value,
        str(kind.label),
        tuple((line.what, line.until, str(Fate(line.fate).label)) for line in lines),
        until,
        until is not None and until < on,
        all(line.fate == Fate.DESTROY for line in lines),
        tuple(certificates),
    )


def destruction_certificate(*, study_id: int, number: int, viewer: Account) -> Certificate:
    """Return one certificate. Two SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep this study's ethics, or there is none.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    found = Destruction.objects.filter(study_id=study_id, pk=number).first()
    if found is None:
        raise NotFound
    return _certificate(found)


def _certificate(made: Destruction) -> Certificate:
    lines = [
        ReceiptLine(_(what) if what else "", count, _(stands) if stands else "")
        for what, count, stands in made.lines
    ]
    return Certificate(
        made.pk,
        str(Covered(made.covers).label),
        made.until,
        made.basis,
        made.people,
        made.by,
        made.destroyed_at,
        tuple(line for line in lines if line.count and not line.stands),
        tuple(line for line in lines if line.stands),
    )
