"""The authorisation matrix: every route, method and person, made from the URL configuration.

What is expected of an answer comes from what the view declares (``view.audience``), and from
the table of roles; nothing is written here route by route. A route whose address cannot be
made says which sample to add.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override
from tests.web.entrance import let_in

from croisee_web.access.models import (
    Account,
    Assignment,
    Invitation,
    Opening,
    Recovery,
    SecondFactor,
)
from croisee_web.access.vocabulary import VERBS, FactorKind, Role, Verb
from croisee_web.analysis.models import Run
from croisee_web.disclosure.models import Amendment
from croisee_web.exchange.models import Upload
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
from croisee_web.study.models import Case, Decision, Meeting, MemberList, Organisation, Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG_AFTER = datetime(2126, 11, 22, 12, tzinfo=UTC)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
CANARY, NETWORK_CANARY = "CANARI-AUTRE-ETUDE", "CANARI-AUTRE-RESEAU"
OUTSIDE = ("no role", "lead of the other study", "administrator")


@dataclass(frozen=True)
class Route:
    """One address of the site: its full name, its view, and the names of its parts."""

    name: str
    view: object
    parts: tuple[str, ...]
    literal: str

    @property
    def audience(self):
        return getattr(self.view, "audience", None)

    def address(self, samples):
        """Return the French address for these samples; say which one is missing.

        Another test may have left the thread in English: the page would be read in it.
        """
        if not self.parts and not self.name:
            return f"/{self.literal}"
        with override("fr"):
            return reverse(self.name, kwargs=self.given(samples))

    def given(self, samples):
        """Return a sample for each part of the address."""
        return {part: self._sample(part, samples) for part in self.parts}

    def _sample(self, part, samples):
        space = self.name.partition(":")[0]
        for key in (f"{self.name}:{part}", f"{space}:{part}", part):
            if key in samples:
                return samples[key]
        raise LookupError(
            f"{self.name}: no sample for <{part}>. Add « {self.name}:{part} » to "
            "tests/trust/authorisation.py, World.samples, with an object of each study."
        )


def routes(urlconf=None):
    """Return every route of a URL configuration."""
    return list(_walk(get_resolver(urlconf), "", ""))


def _walk(resolver, space, before):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _walk(entry, inner, before + str(entry.pattern))
        elif isinstance(entry, URLPattern):
            parts = tuple(re.findall(r"<(?:\w+:)?(\w+)>", before + str(entry.pattern)))
            name = f"{space}{entry.name}" if entry.name else ""
            yield Route(name, entry.callback, parts, before + str(entry.pattern))


def undeclared(found):
    """Return the routes whose view does not say who may open it."""
    return [route.name or route.literal for route in found if route.audience is None]


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
                account=account, kind=FactorKind.APPLICATION, name="codes", added_at=AT
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
        return {
            "slug": study.slug,
            "token": "jeton-inconnu",
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


_FORM = "application/x-www-form-urlencoded"
NOWHERE = "etude-qui-n-existe-pas"


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


def difference(one, other):
    """Return the lines that two pages do not share, so that a leak says itself."""
    return sorted(set(one.splitlines()) ^ set(other.splitlines()))


def offences(route, world):
    """Return what is wrong with the answers of a route, over every method and person."""
    own = route.address(world.samples["own"])
    found = []
    for method in METHODS:
        answers = {who: world.answer(who, method, own) for who in world.people}
        found += [
            (method, who, answer.status, "broke down")
            for who, answer in answers.items()
            if answer.status >= 500
        ]
        found += [
            (method, who, answer.status, "showed another study")
            for who, answer in answers.items()
            if CANARY in answer.body and (route.name, who) not in MAY_NAME_STUDIES
        ]
        found += [
            (method, who, answers[who].status, "showed another network")
            for who in (Role.COORDINATOR.value,)
            if NETWORK_CANARY in answers[who].body
        ]
        found += _CHECKS[_kind(route)](route, world, method, answers)
    return found


MAY_NAME_STUDIES = {
    ("access:openings", "administrator"),
    *((name, "lead of the other study") for name in ("study:list", "study:create")),
}
"""Where a study's title may be read by who is not in one's own study: an administrator answers a
request about a study that its title names; a lead sees hers in her list."""


NOT_IN_THE_WORLD = {
    "exchange:export-file",
    "people:own-receipt",
    "people:proof",
    "people:receipt",
    "report:network-file",
    "report:read-network",
    "report:read-result",
    "report:result-file",
}
"""Files that no study of this world has: whoever may read them is told so."""


def _kind(route):
    return route.audience[0] if isinstance(route.audience, tuple) else route.audience


def _for_all(route, world, method, answers):
    return []


def _for_signed_in(route, world, method, answers):
    found = []
    if not answers["anonymous"].leads_to_the_door:
        found.append((method, "anonymous", answers["anonymous"].status, "was let in"))
    return found + [
        (method, who, answer.status, "was led to the door")
        for who, answer in answers.items()
        if who != "anonymous" and answer.leads_to_the_door
    ]


def _for_administrators(route, world, method, answers):
    found = _for_signed_in(route, world, method, answers)
    for who, answer in answers.items():
        if who in ("anonymous", "administrator"):
            continue
        nothing = world.answer(who, "GET", "/rien-de-tel/")
        if (answer.status, answer.body) != (nothing.status, nothing.body):
            told = difference(answer.body, nothing.body)
            found.append((method, who, answer.status, "was told that there is something", told))
    if answers["administrator"].status in (403, 404):
        found.append((method, "administrator", answers["administrator"].status, "was refused"))
    return found


def _for_a_study(route, world, method, answers):
    found = _for_signed_in(route, world, method, answers)
    _study, verbs, by_network = route.audience
    more = getattr(route.view, "to_send", None)
    if method == "POST" and more is not None:
        verbs = (*verbs, more)
    nowhere = route.address({**world.samples["own"], "slug": NOWHERE})
    for who in OUTSIDE:
        there = world.answer(who, method, nowhere)
        if (answers[who].status, answers[who].body) != (there.status, there.body):
            found.append((method, who, answers[who].status, "was told that the study exists"))
        if answers[who].status not in (404, 405):
            found.append((method, who, answers[who].status, "was let into the study"))
    unknown = answers[Role.LEAD.value].status == 405
    for who, answer in answers.items():
        if who == "anonymous" or who in OUTSIDE:
            continue
        allowed = set(verbs) <= world.verbs(who, by_network=by_network)
        elsewhere = who == "coordinator of another network" and len(route.parts) > 1
        if not allowed and answer.status not in ((405, 403) if unknown else (403,)):
            found.append((method, who, answer.status, "did what her role does not allow"))
        absent = route.name in NOT_IN_THE_WORLD and answer.status == 404
        if allowed and not elsewhere and not absent and answer.status in (403, 404):
            found.append((method, who, answer.status, "was refused what her role allows"))
        if allowed and elsewhere and answer.status not in (403, 404, 405):
            found.append((method, who, answer.status, "was let into another network"))
    return found + _with_foreign_parts(route, world, method)


def _with_foreign_parts(route, world, method):
    """A lead asks, at her study's own address, for something of the other study.

    She is answered as for something that exists nowhere.
    """
    own, other = (route.given(world.samples[which]) for which in ("own", "other"))
    foreign = {part: other[part] for part in own if part != "slug" and own[part] != other[part]}
    if not foreign:
        return []
    absent = {part: 999_999 if isinstance(foreign[part], int) else "nulle-part" for part in foreign}
    lead = Role.LEAD.value
    reached, nothing = (
        world.answer(lead, method, reverse(route.name, kwargs={**own, **parts}))
        for parts in (foreign, absent)
    )
    refused = reached.status in (404, 405) or reached == nothing
    if refused and CANARY not in reached.body:
        return []
    return [(method, lead, reached.status, "reached a part of the other study")]


_CHECKS = {
    "all": _for_all,
    "signed-in": _for_signed_in,
    "administrators": _for_administrators,
    "study": _for_a_study,
}
