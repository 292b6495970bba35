"""What the pages about people show: frozen values, so that a template cannot query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from croisee.language import Language
from croisee_web.access.models import Account
from croisee_web.access.queries import may_see_identities, require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, Receipt
from croisee_web.people.queries.register import described_purposes
from croisee_web.people.rules import Held, tellers, who_consented
from croisee_web.people.vocabulary import MINORS, AgeGroup, Answerer, Assent, ConsentMode
from croisee_web.study.models import Case


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One purpose, and what somebody last answered; ``given`` is ``None`` before any answer."""

    code: str
    purpose: str
    given: bool | None
    mode: str
    form_version: str
    recorded_at: datetime | None
    proof: int | None = None
    """The consent whose proof may be opened."""
    by: str = ""
    """Who answered and what the young person says of it, in words; "" when she did herself."""
    void: bool = False
    """It was accepted, and does not count at this age: it must be asked again."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One line of a receipt; ``stands`` is why, when it was not removed."""

    what: str
    count: int
    stands: str


@dataclass(frozen=True, slots=True)
class ReceiptPage:
    """A receipt, in the reader's language."""

    number: int
    issued_at: datetime
    removed: tuple[ReceiptLine, ...]
    standing: tuple[ReceiptLine, ...]


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """Everything the team sees of one person: no name."""

    id: int
    code: str
    version: int
    case: str
    case_name: str
    component: str
    organisation: str
    withdrawn_on: date | None
    identity: bool
    may_open: bool
    consents: tuple[ConsentLine, ...]
    receipt: ReceiptPage | None
    age_group: str = ""
    age: str = ""
    """The age group in words."""

    @property
    def minor(self) -> bool:
        """Return whether a parent may have to consent."""
        return self.age_group in MINORS


def reader_language() -> Language:
    """Return the language a page is read in."""
    return "en" if (get_language() or "fr").startswith("en") else "fr"


def case_choices(*, study_id: int) -> tuple[tuple[str, str], ...]:
    """Return the networks of a study, by code and name, in its order. One SQL query."""
    rows = Case.objects.filter(study_id=study_id).order_by("position", "pk")
    return tuple(
        (code, english if reader_language() == "en" and english else french)
        for code, french, english in rows.values_list("code", "short_fr", "short_en")
    )


def participant_page(*, study_id: int, code: str, viewer: Account) -> ParticipantPage:
    """Return what the team may see of one person. Eight SQL queries at most.

    Raises:
        NotFound, NotAllowed: the viewer may not see participants, or nobody has this code.
    """
    require(actor=viewer, verb=Verb.SEE_PARTICIPANTS, study_id=study_id)
    person = Participant.objects.select_related("case").filter(study_id=study_id, code=code).first()
    if person is None:
        raise NotFound(_("Personne ne porte ce code dans cette étude."))
    names = dict(case_choices(study_id=study_id))
    return ParticipantPage(
        person.pk,
        person.code,
        person.version,
        person.case.code,
        names[person.case.code],
        person.component,
        person.organisation,
        person.withdrawn_on,
        person.code in vault.known(study_id),
        may_see_identities(account=viewer, study_id=study_id),
        consent_lines(participant_id=person.pk, study_id=study_id),
        receipt_page(study_id=study_id, participant=person.code),
        person.age_group,
        str(AgeGroup(person.age_group).label) if person.age_group else "",
    )


def consent_lines(*, participant_id: int, study_id: int) -> tuple[ConsentLine, ...]:
    """Return each purpose with somebody's last answer, in the study's order. Two SQL queries."""
    latest: dict[str, Consent] = {}
    rows = Consent.objects.filter(participant_id=participant_id).select_related(
        "purpose", "participant"
    )
    for row in rows.order_by("recorded_at", "pk"):
        latest[row.purpose.code] = row
    lines = []
    for purpose in described_purposes(study_id=study_id):
        answer = latest.get(purpose.code)
        lines.append(
            ConsentLine(
                purpose.code,
                purpose.name.to(reader_language()),
                answer.given if answer else None,
                str(ConsentMode(answer.mode).label) if answer else "",
                answer.form_version if answer else "",
                answer.recorded_at if answer else None,
                answer.pk if answer and answer.proof_sha256 else None,
                _who(answer) if answer else "",
                bool(answer and answer.given and not _counts(answer)),
            )
        )
    return tuple(lines)


def _counts(answer: Consent) -> bool:
    age = answer.participant.age_group
    return who_consented(age=age, by=answer.by, assent=answer.assent).may_accept


def _who(answer: Consent) -> str:
    if answer.by == Answerer.PERSON:
        return ""
    said = [str(Answerer(answer.by).label)]
    return ", ".join([*said, str(Assent(answer.assent).label)] if answer.assent else said)


def receipt_page(*, study_id: int, participant: str) -> ReceiptPage | None:
    """Return the receipt of a withdrawal, if there was one. One SQL query."""
    receipt = Receipt.objects.filter(study_id=study_id, participant=participant).first()
    if receipt is None:
        return None
    lines = tuple(
        ReceiptLine(_(what) if what else "", count, _(stands) if stands else "")
        for what, count, stands in receipt.lines
    )
    return ReceiptPage(
        receipt.pk,
        receipt.issued_at,
        tuple(line for line in lines if line.count and not line.stands),
        tuple(line for line in lines if line.stands),
    )


def held_of(*, study_id: int, participant: str) -> tuple[Held, ...]:
    """Return what every slice holds of somebody. As many queries as its tellers make."""
    found: list[Held] = []
    for _name, teller in tellers():
        found += teller(study_id, participant)
    return tuple(found)
