"""Questions one may ask about participants. Nothing here writes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from croisee.dataset import Consent as Allowed
from croisee.dataset import consent_of
from croisee.language import Label
from croisee.study import Purpose as Described
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.people import vault
from croisee_web.people.models import Consent, Participant, PersonalLink, Purpose
from croisee_web.people.rules import who_consented
from croisee_web.people.vocabulary import MINORS, AgeGroup, Answerer
from croisee_web.study.models import Case


class AlreadyWithdrawn(UseCaseError):
    """Somebody who withdrew is not brought back: she may be invited anew, under another code."""


study_cipher = vault.study_cipher
"""Seals what a study must not show in its database: names to mask, contacts, free notes."""


@dataclass(frozen=True, slots=True)
class ParticipantCard:
    """One line of the register of participants: codes only."""

    code: str
    case: str
    component: str
    organisation: str
    accepted: tuple[str, ...]
    refused: tuple[str, ...]
    withdrawn_on: date | None
    identity: bool
    minor: str = ""
    """The group of an age under 18, in words."""


@dataclass(frozen=True, slots=True)
class ParticipantRef:
    """A participant as a page knows her through a link; ``holder``: whose link it is."""

    id: int
    study_id: int
    study_slug: str
    code: str
    withdrawn: bool
    timezone: str
    title: str
    age_group: str = ""
    holder: str = Answerer.PERSON

    @property
    def minor(self) -> bool:
        """Return whether a parent may have a page too."""
        return self.age_group in MINORS

    @property
    def under_14(self) -> bool:
        """Return whether only a parent may accept."""
        return self.age_group == AgeGroup.UNDER_14


def described_purposes(*, study_id: int) -> tuple[Described, ...]:
    """Return the purposes of a study as the library knows them, in order. One SQL query."""
    rows = Purpose.objects.filter(study_id=study_id).order_by("position", "pk")
    return tuple(Described(row.code, Label(row.name_fr, row.name_en), row.role) for row in rows)


@dataclass(frozen=True, slots=True)
class _Answer:
    """Somebody's last answer to one purpose."""

    purpose: str
    position: int
    given: bool
    by: str
    assent: str


def _answers(study_id: int) -> tuple[dict[str, str], dict[str, list[_Answer]]]:
    """Return everybody's age group by code, and their last answers, oldest first. Two queries."""
    ages = dict(
        Participant.objects.filter(study_id=study_id)
        .order_by("code")
        .values_list("code", "age_group")
    )
    latest: dict[tuple[str, str], _Answer] = {}
    rows = (
        Consent.objects.filter(participant__study_id=study_id, participant__withdrawn_on=None)
        .order_by("recorded_at", "pk")
        .values_list(
            "participant__code", "purpose__code", "purpose__position", "given", "by", "assent"
        )
    )
    for code, purpose, position, given, by, assent in rows.iterator(chunk_size=5000):
        latest.pop((code, purpose), None)
        latest[code, purpose] = _Answer(purpose, position, given, by, assent)
    answers: dict[str, list[_Answer]] = {code: [] for code in ages}
    for (code, _purpose), answer in latest.items():
        answers[code].append(answer)
    return ages, answers


def accepted_purposes(*, study_id: int) -> dict[str, tuple[str, ...]]:
    """Return which purposes each participant accepts now, in the study's order. Two SQL queries.

    The latest answer counts; a purpose never answered is not accepted; who withdrew accepts
    nothing; under 14, what no parent accepted is not accepted either.
    """
    ages, answers = _answers(study_id)
    return {code: _names(_counted(ages[code], said)) for code, said in answers.items()}


def _counted(age: str, answers: list[_Answer]) -> list[_Answer]:
    """Return the acceptances that count at this age."""
    return [
        one
        for one in answers
        if one.given and who_consented(age=age, by=one.by, assent=one.assent).may_accept
    ]


def _names(answers: list[_Answer]) -> tuple[str, ...]:
    return tuple(one.purpose for one in sorted(answers, key=lambda one: one.position))


def consents(*, study_id: int) -> dict[str, Allowed]:
    """Return what each participant allows, for the freeze. Four SQL queries.

    Who consented is whoever accepted last, or answered last when nothing is accepted.
    """
    purposes = described_purposes(study_id=study_id)
    withdrawn = dict(
        Participant.objects.filter(study_id=study_id).values_list("code", "withdrawn_on")
    )
    ages, answers = _answers(study_id)
    found = {}
    for code, said in answers.items():
        counted = _counted(ages[code], said)
        last = (counted or said)[-1:]
        by, assent = (last[0].by, last[0].assent) if last else (Answerer.PERSON, "")
        who = who_consented(age=ages[code], by=by, assent=assent)
        found[code] = consent_of(purposes, _names(counted), withdrawn[code], who)
    return found


def participant_rows(*, study_id: int) -> list[dict[str, Any]]:
    """Return the ``participants`` table of a Dataset, by code. Five SQL queries."""
    allowed = consents(study_id=study_id)
    rows = (
        Participant.objects.filter(study_id=study_id)
        .order_by("pk")
        .values_list("code", "case__code", "component", "organisation")
    )
    return [
        {
            "participant": code,
            "case": case,
            "component": component,
            "organisation": organisation,
            "quote": allowed[code].quote,
        }
        for code, case, component, organisation in rows
    ]


def participant_cards(
    *, study_id: int, viewer: Account, case: str = ""
) -> tuple[ParticipantCard, ...]:
    """Return the register by code, of one network or of all. Six SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not see participants.
    """
    require(actor=viewer, verb=Verb.SEE_PARTICIPANTS, study_id=study_id)
    accepted = accepted_purposes(study_id=study_id)
    purposes = [purpose.code for purpose in described_purposes(study_id=study_id)]
    sealed = vault.known(study_id)
    rows = Participant.objects.filter(study_id=study_id).order_by("code")
    if case:
        rows = rows.filter(case__code=case)
    return tuple(
        ParticipantCard(
            code,
            network,
            component,
            organisation,
            accepted[code],
            tuple(purpose for purpose in purposes if purpose not in accepted[code]),
            on,
            code in sealed,
            str(AgeGroup(age).label) if age in MINORS else "",
        )
        for code, network, component, organisation, on, age in rows.values_list(
            "code", "case__code", "component", "organisation", "withdrawn_on", "age_group"
        )
    )


def participant_of_token(*, token: str) -> ParticipantRef:
    """Return whose page a personal link opens. One SQL query.

    Raises:
        NotFound: no such link; the text does not say whether there was one.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    link = (
        PersonalLink.objects.select_related("participant__study")
        .filter(token_sha256=digest)
        .first()
    )
    if link is None:
        raise NotFound(_("Ce lien ne mène à rien. Demandez-en un autre à l’équipe de recherche."))
    person = link.participant
    return ParticipantRef(
        person.pk,
        person.study_id,
        person.study.slug,
        person.code,
        person.withdrawn_on is not None,
        person.study.timezone,
        person.study.title_fr,
        person.age_group,
        link.holder,
    )


def locked_participant(participant_id: int) -> Participant:
    """Return somebody's line, locked until the act ends."""
    person = Participant.objects.select_for_update(of=("self",)).filter(pk=participant_id).first()
    if person is None:
        raise NotFound
    return person


def participant_at(participant_id: int) -> Participant:
    """Return somebody's line. One SQL query.

    Raises:
        NotFound: there is none.
    """
    person = Participant.objects.filter(pk=participant_id).first()
    if person is None:
        raise NotFound
    return person


def refuse_withdrawn(person: Participant) -> None:
    """Stop an act that would add something to somebody who withdrew."""
    if person.withdrawn_on is not None:
        raise AlreadyWithdrawn(_("Cette personne s’est retirée. Rien d’elle ne peut être ajouté."))


def case_of(study_id: int, code: str) -> Case:
    """Return a network of a study by its code."""
    case = Case.objects.filter(study_id=study_id, code=code).first()
    if case is None:
        raise NotFound(_("Ce réseau n’est pas dans l’étude : %(code)s.") % {"code": code})
    return case
