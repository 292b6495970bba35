"""Two studies, one of each thing in them, and everyone who may come to the door."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from django.db import models, transaction
from django.test import Client
from tests.web.collection.conducting_world import BOOK
from tests.web.entrance import let_in

from croisee.questionnaire.compiling import compile_form
from croisee_web.access.models import (
    Account,
    Assignment,
    Invitation,
    Opening,
    Recovery,
    SecondFactor,
)
from croisee_web.access.vault import seal
from croisee_web.access.vocabulary import VERBS, FactorKind, Role, Verb
from croisee_web.analysis.models import Run
from croisee_web.collection.models import (
    Bringing,
    Collecting,
    CollectingCase,
    DeviceKey,
    HandEntry,
    Submission,
)
from croisee_web.disclosure.models import Amendment
from croisee_web.exchange.models import Upload
from croisee_web.instruments.models import Instrument, PublishedVersion, Questionnaire
from croisee_web.jobs.models import Job
from croisee_web.people.models import (
    Consent,
    ConsentForm,
    Destruction,
    Incident,
    InjuryAssessment,
    Participant,
    PersonalLink,
    PrivacyAssessment,
    Purpose,
)
from croisee_web.report.models import Finding, FindingVersion, Publication
from croisee_web.study.models import (
    Case,
    Decision,
    Meeting,
    MemberList,
    Method,
    Organisation,
    Study,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NO_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""An application's secret, in base 32: nobody in these tests types one of its codes."""
LONG_AFTER = datetime(2126, 11, 22, 12, tzinfo=UTC)
CANARY, NETWORK_CANARY = "CANARI-AUTRE-ETUDE", "CANARI-AUTRE-RESEAU"
_FORM = "application/x-www-form-urlencoded"


def made(model, text, **given):
    """Make one row of any table: what is not given is filled from its column's kind."""
    for field in model._meta.concrete_fields:
        needed = not (field.null or field.has_default() or field.blank or field.primary_key)
        if needed and field.name not in given and field.attname not in given:
            given[field.name] = _filled(field, text)
    return model.objects.create(**given)


def _filled(field, text):
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.SlugField):
        return text.lower()
    if isinstance(field, models.CharField | models.TextField):
        return text[: field.max_length]
    if isinstance(field, models.DateTimeField):
        return AT
    if isinstance(field, models.DateField):
        return date(2026, 11, 22)
    return 1


@cache
def _xform():
    return compile_form(BOOK).xml


class World:
    """Two studies that hold one of each thing, and everyone who may come to the door."""

    def __init__(self):
        self.own = self._study("etude-propre", "Texte de l’étude")
        self.other = self._study("autre-etude", CANARY)
        self.people = {"anonymous": Client()}
        self._enter("no role")
        for role in Role:
            case = "nord" if role == Role.COORDINATOR else ""
            self._enter(role.value, [(self.own, role, case)])
        self._enter("coordinator of another network", [(self.own, Role.COORDINATOR, "sud")])
        self._enter("lead without a second factor", [(self.own, Role.LEAD, "")], strong=False)
        self._enter("lead of the other study", [(self.other, Role.LEAD, "")])
        self._enter("administrator", administrator=True)
        self.samples = {key: self._samples(study) for key, study in self._both()}

    def verbs(self, person, *, by_network):
        """Return what somebody may do in her own study, by the table of roles alone."""
        if person == "lead without a second factor":
            return VERBS[Role.LEAD] - {Verb.SEE_IDENTITIES}
        if person == "coordinator of another network":
            return VERBS[Role.COORDINATOR] if by_network else frozenset()
        if person == Role.COORDINATOR and not by_network:
            return frozenset()
        return VERBS.get(person, frozenset())

    def answer(self, person, method, address):
        """Return an answer as the person got it; nothing it did remains."""
        client = self.people[person]
        kept = client.cookies.copy()
        with transaction.atomic():
            answer = client.generic(method, address, b"", content_type=_FORM)
            body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        client.cookies = kept
        return Answer(answer.status_code, _plain(body), answer.headers.get("Location", ""))

    def _enter(self, name, roles=(), *, strong=True, administrator=False):
        account = Account(
            email=f"{len(self.people)}@exemple.test",
            name=name,
            created_at=AT,
            is_administrator=administrator,
        )
        account.set_unusable_password()
        account.save()
        for study, role, case in roles:
            Assignment.objects.create(
                account=account, study_id=study.pk, role=role, case=case, given_at=AT
            )
        if strong:
            SecondFactor.objects.create(
                account=account,
                kind=FactorKind.APPLICATION,
                name="codes",
                added_at=AT,
                sealed=seal(NO_SECRET),
            )
        self.people[name] = let_in(Client(), account)
        self.people[name].account = account

    def _study(self, slug, text):
        study = Study.objects.create(slug=slug, title_fr=text, created_at=AT)
        mark = "a" if slug == "etude-propre" else "b"
        for number, code in enumerate(("nord", "sud")):
            said = NETWORK_CANARY if (code, mark) == ("sud", "a") else text
            own = code if mark == "a" else f"{code}-b"
            case = made(Case, own, study=study, code=own, position=number, name_fr=own)
            made(Organisation, said, study=study, case=case, code=f"o-{own}", name=said)
            made(Participant, said, study=study, case=case, code=f"p-{own}", created_at=AT)
        return study

    def _collecting(self, study, case, text):
        """Return a collection that asks one network of a study."""
        method = made(Method, text, study=study, code="eclair", kind="sondage", subject="personne")
        common = {"method": method, "code": f"eclair-{case.code}", "subject": "personne"}
        instrument = made(Instrument, text, study=study, **common)
        asks = [["survey", ["type", "name", "label"], [["text", f"q-{case.code}", text]]]]
        questionnaire = made(Questionnaire, text, study=study, workbook=asks, **common)
        published = made(
            PublishedVersion, text, questionnaire=questionnaire, instrument=instrument, number=1,
            workbook=[], codebook=[], xform=_xform(),
        )  # fmt: skip
        asked = made(
            Collecting, text, study=study, published=published, open_slug=f"ouvert-{study.pk}"
        )
        CollectingCase.objects.create(collecting=asked, case=case)
        return asked

    def _typed(self, asked, case, text):
        """Return a sheet typed by hand in a collection."""
        submission = made(
            Submission,
            text,
            collecting=asked,
            published=asked.published,
            case=case,
            content=b'<data id="x"/>',
            flags=["a-verifier"],
        )
        return made(HandEntry, text, submission=submission)

    def _both(self):
        return (("own", self.own), ("other", self.other))

    def _samples(self, study):
        """Return one address part of each kind, of this study. A new slice adds its own here."""
        text = study.title_fr
        case = Case.objects.filter(study=study).order_by("pk").first()
        member = Account(email=f"membre-{study.slug}@exemple.test", name="Membre", created_at=AT)
        member.save()
        given = Assignment.objects.create(
            account=member, study_id=study.pk, role=Role.CODER, given_at=AT
        )
        invited = made(
            Invitation,
            text,
            email=f"invitee-{study.slug}@exemple.test",
            study_id=study.pk,
            role=Role.CODER,
            invited_by=member,
            digest=study.slug,
        )
        opening = made(Opening, text, study_id=study.pk, asked_by=member, hours=1)
        recovery = made(Recovery, text, account=member, expires_at=LONG_AFTER)
        person = Participant.objects.get(study=study, code=f"p-{case.code}")
        purpose = made(Purpose, text, study=study, role="analyse")
        consent = made(Consent, text, participant=person, purpose=purpose)
        form = made(ConsentForm, text, study=study)
        incident = made(Incident, text, study=study)
        made(InjuryAssessment, text, incident=incident, serious=True)
        number = 1 if study == self.own else 2
        assessed = made(PrivacyAssessment, text, study=study, number=number)
        token = f"jeton-de-{study.slug}"
        digest = hashlib.sha256(token.encode()).hexdigest()
        made(PersonalLink, text, participant=person, token_sha256=digest)
        finding = made(Finding, text, study=study, title_fr=text, cases=[case.code], version=2)
        made(FindingVersion, text, finding=finding, number=1, content={"title_fr": text})
        published = made(Publication, f"Public {study.slug}", slug=f"rapport-{study.slug}")
        asked = self._collecting(study, case, text)
        typed = self._typed(asked, case, text)
        return {
            "slug": study.slug,
            "token": "jeton-inconnu",
            "collection:number": asked.pk,
            "collection:letter:kind": "rappel",
            "collection:entry": typed.pk,
            "collection:submission": typed.submission_id,
            "collection:bringing": made(
                Bringing, text, collecting=asked, account=member, state="lu", told={"rows": 0}
            ).pk,
            "collection:step": 1,
            "collection:slug": study.slug,
            "collection:key": "cle-inconnue",
            "collection:name": "photo.jpg",
            "collection:key_number": made(DeviceKey, text, collecting=asked).pk,
            "instruments:instrument": f"eclair-{case.code}",
            "instruments:question": f"q-{case.code}",
            "instruments:number": 1,
            "study:code": case.code,
            "study:number": made(MemberList, text, study=study, case=case).pk,
            "study:member": Organisation.objects.filter(case=case).values_list("pk")[0][0],
            "study:meeting": made(Meeting, text, study=study).pk,
            "borrowing:chose": made(Meeting, text, study=study).pk,
            "study:decision": made(Decision, text, study=study).pk,
            "people:code": f"p-{case.code}",
            "people:token": token,
            "people:proof:number": consent.pk,
            "people:consent-form:number": form.pk,
            "people:consent-form-edit:number": form.pk,
            "people:consent-form-publish:number": form.pk,
            "people:name": "incidents",
            "people:destruction:name": "words",
            "people:kind": "personnes",
            "people:incident:number": incident.pk,
            "people:incident-notice:number": incident.pk,
            "people:incident-notice-pdf:number": incident.pk,
            "people:assessment:number": assessed.number,
            "people:assessment-edit:number": assessed.number,
            "people:certificate:number": made(
                Destruction, text, study=study, covers="words", basis=text
            ).pk,
            "people:register-line:number": incident.pk,
            "upkeep:number": made(Job, text, name="jobs.forget", study_id=study.pk).pk,
            "access:resend:number": invited.pk,
            "access:cancel:number": invited.pk,
            "access:give-role:number": member.pk,
            "access:take-role:number": given.pk,
            "access:answer-opening:number": opening.pk,
            "access:answer-any-opening:number": opening.pk,
            "access:suspend:number": member.pk,
            "access:administrator:number": member.pk,
            "access:recovery:number": recovery.pk,
            "access:remove-factor:number": SecondFactor.objects.values_list("pk")[0][0],
            "report:publication:slug": published.slug,
            "report:publication-file:slug": published.slug,
            "report:leaflet:slug": published.slug,
            "report:name": "rapport.html",
            "report:case": case.code,
            "report:finding": finding.pk,
            "report:version": 2,
            "report:act": "corriger",
            "report:amendment": made(Amendment, text, study=study).pk,
            "report:number": made(Run, text, study=study).number,
            "exchange:number": made(Upload, text, account=member, study_id=study.pk).pk,
            "report:code": "2026a-F-07",
        }


@dataclass(frozen=True)
class Answer:
    """What came back: status, text without the marks that change at each page, destination."""

    status: int
    body: str
    location: str

    @property
    def leads_to_the_door(self):
        return self.status == 302 and self.location.split("?")[0].endswith("/connexion/")


def _plain(body):
    text = body.decode("utf-8", errors="replace")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]*', r"\1", text)
