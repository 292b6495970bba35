"""A study of two networks with a published flash survey, and whoever conducts its collection."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee_web.access.models import Account, Assignment, SecondFactor
from croisee_web.access.vocabulary import Role
from croisee_web.collection.usecases.conducting import Plan, open_collecting
from croisee_web.instruments.models import PublishedVersion, Questionnaire
from croisee_web.instruments.queries import forget_published
from croisee_web.instruments.rules import grid_of
from croisee_web.instruments.usecases import publish
from croisee_web.people.models import Participant
from croisee_web.study.models import (
    Case,
    Certificate,
    Edition,
    FrameSize,
    Method,
    Organisation,
    Study,
)

AT = datetime(2026, 11, 22, 15, tzinfo=UTC)
"""Ten in the morning where the study is held."""
REGIONS = ("Estrie", "Laurentides", "Outaouais")


@dataclass(frozen=True)
class World:
    study: Study
    lead: Account
    researcher: Account
    coordinator: Account
    facilitator: Account
    stranger: Account
    published: PublishedVersion

    def plan(self, **changed):
        values = {
            "published_id": self.published.pk,
            "edition": "2026",
            "goals": {"carrefours": 20, "quartiers": None},
            "opens_on": date(2026, 11, 20),
            "closes_on": date(2026, 12, 4),
        }
        return Plan(**{**values, **changed})

    def open(self, **changed):
        return open_collecting(
            study_id=self.study.pk, plan=self.plan(**changed), actor=self.lead, at=AT
        )


FR, EN = "label::Français (fr)", "label::English (en)"
BOOK = Workbook(
    (
        worksheet_of(
            "survey",
            [
                {"type": "select_one outils", "name": "outil", FR: "Quel outil utilisez-vous ?",
                 EN: "Which tool do you use?"},
                {"type": "integer", "name": "heures", FR: "Combien d’heures par semaine ?",
                 EN: "How many hours a week?"},
                {"type": "text", "name": "mot", FR: "Autre chose à dire ?",
                 EN: "Anything else to say?"},
            ],
        ),
        worksheet_of(
            "choices",
            [
                {"list_name": "outils", "name": "courriel", FR: "Courriel", EN: "E-mail"},
                {"list_name": "outils", "name": "visio", FR: "Visioconférence", EN: "Video call"},
            ],
        ),
    )
)  # fmt: skip


def world_of(subject="personne"):
    """Return a study ready to collect: 24 organisations in one network, 6 in the other."""
    forget_published()
    study = Study.objects.create(
        slug="numerique", title_fr="Le numérique", title_en="Digital", created_at=AT
    )
    networks = [
        Case.objects.create(
            study=study, code=code, position=place, name_fr=name, short_fr=name, name_en=english,
            short_en=english,
        )
        for place, (code, name, english) in enumerate(
            [("carrefours", "Carrefours", "Hubs"), ("quartiers", "Quartiers", "Districts")]
        )
    ]  # fmt: skip
    for case, n in zip(networks, (24, 6), strict=True):
        for number in range(n):
            Organisation.objects.create(
                study=study, case=case, code=f"{case.code[:2]}-{number:02}",
                name=f"Maison {number}", region=REGIONS[number % 3],
            )  # fmt: skip
    Edition.objects.create(study=study, code="2026", position=0, name_fr="Automne 2026")
    Certificate.objects.create(
        study=study, position=1, board="CER", number="2026-1", start=date(2026, 1, 1),
        end=date(2099, 12, 31),
    )  # fmt: skip
    method = Method.objects.create(
        study=study, code="eclair", position=0, name_fr="Sondage-éclair", name_en="Flash survey",
        kind="sondage", subject=subject,
    )  # fmt: skip
    accounts = {}
    for name, role, case in (
        ("lead", Role.LEAD, ""),
        ("researcher", Role.RESEARCHER, ""),
        ("coordinator", Role.COORDINATOR, "carrefours"),
        ("facilitator", Role.FACILITATOR, ""),
        ("stranger", None, ""),
    ):
        accounts[name] = Account.objects.create(
            email=f"{name}@exemple.ca", name=name, created_at=AT
        )
        if role:
            Assignment.objects.create(
                account=accounts[name], study_id=study.pk, case=case, role=role, given_at=AT
            )
    SecondFactor.objects.create(
        account=accounts["lead"], kind="totp", name="téléphone", added_at=AT
    )
    return World(study, **accounts, published=publish_in(study, method, accounts["lead"]))


def publish_in(study, method, actor):
    """Publish a questionnaire of three questions."""
    row = Questionnaire.objects.create(
        study=study, code="eclair", name_fr="Sondage-éclair", name_en="Flash survey",
        method=method, subject=method.subject, workbook=grid_of(BOOK),
    )  # fmt: skip
    return publish(questionnaire_id=row.pk, actor=actor, at=AT)


def participants(world, n=3, case="carrefours"):
    """Inscribe people in a network."""
    network = Case.objects.get(study=world.study, code=case)
    return [
        Participant.objects.create(
            study=world.study, case=network, code=f"p-{case[:2]}-{number:02}", created_at=AT
        )
        for number in range(n)
    ]


def without_list(world, case, size):
    """Leave a network with a number only, and no list."""
    network = Case.objects.get(study=world.study, code=case)
    Organisation.objects.filter(case=network).delete()
    FrameSize.objects.create(study=world.study, case=network, size=size)
