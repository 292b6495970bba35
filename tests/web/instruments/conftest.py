from datetime import UTC, date, datetime
from itertools import count

import pytest
from django.utils import translation

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.study import Subject
from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.queries import forget_published
from croisee_web.instruments.rules import grid_of
from croisee_web.study.models import Certificate, Edition, Method, Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
FR, EN = "label::Français (fr)", "label::English (en)"
_numbers = count(1)


@pytest.fixture(autouse=True)
def in_french():
    """Every test starts in French, with no form remembered from the one before."""
    forget_published()
    with translation.override("fr"):
        yield


@pytest.fixture
def study(db):
    study = Study.objects.create(
        slug="veille",
        title_fr="Veille",
        title_en="Watch",
        languages=["fr", "en"],
        created_at=AT,
        timezone="America/Toronto",
    )
    Method.objects.create(
        study=study, code="eclair", position=0, name_fr="Sondage-éclair", name_en="Flash survey",
        kind="sondage", subject="personne",
    )  # fmt: skip
    Edition.objects.create(study=study, code="2018", position=0, name_fr="2018")
    Certificate.objects.create(
        study=study, position=0, board="CÉR", number="2026-114", start=date(2026, 1, 1)
    )
    return study


@pytest.fixture
def account_with(study):
    """Return an account; with a role, in the study (in one network: its code)."""

    def made(role: Role | None = None, case: str = "") -> Account:
        number = next(_numbers)
        account = Account.objects.create(
            email=f"a{number}@exemple.org", name=f"Personne {number}", created_at=AT
        )
        if role:
            Assignment.objects.create(
                account=account, study_id=study.pk, case=case, role=role, given_at=AT
            )
        return account

    return made


def workbook(*rows, choices=(), **settings):
    """Return a workbook from its rows: (type, name, French) and what else a row has."""
    survey = [
        {"type": row[0], "name": row[1], FR: row[2], **(row[3] if len(row) > 3 else {})}
        for row in rows
    ]
    listed = [{"list_name": name, "name": code, FR: label} for name, code, label in choices]
    sheets = [worksheet_of("survey", survey), worksheet_of("choices", listed)]
    if settings:
        sheets.append(worksheet_of("settings", [settings]))
    return Workbook(tuple(sheets))


TOOLS = (("outils", "courriel", "Courriel"), ("outils", "visio", "Visioconférence"))


@pytest.fixture
def book():
    identity = "croisee::identite"
    return workbook(
        (
            "select_one outils",
            "outil",
            "Quel outil utilisez-vous le plus ?",
            {identity: "abcd2345"},
        ),
        ("integer", "heures", "Combien d’heures par semaine ?", {identity: "efgh6789"}),
        choices=TOOLS,
    )


@pytest.fixture
def questionnaire(study, book):
    return Questionnaire.objects.create(
        study=study,
        code="eclair",
        name_fr="Sondage-éclair",
        name_en="Flash survey",
        method=Method.objects.get(study=study, code="eclair"),
        subject=Subject.PERSON.value,
        workbook=grid_of(book),
    )
