"""A study of two networks, a lead, a researcher, somebody else, and two people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from croisee_web.access.models import Account, Assignment, SecondFactor
from croisee_web.access.vocabulary import Role
from croisee_web.people.models import ConsentForm, Participant, Purpose
from croisee_web.study.models import Case, Certificate, Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Sample:
    """What the tests of this slice start from."""

    study: Study
    lead: Account
    researcher: Account
    stranger: Account
    ada: Participant
    bo: Participant


@pytest.fixture
def sample(db, settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.FILES_ROOT = tmp_path / "fichiers"
    study = Study.objects.create(slug="numerique", title_fr="Le numérique", created_at=AT)
    carrefours = _case(study, "carrefours", 1)
    _case(study, "quartiers", 2)
    for position, (code, role) in enumerate([("analyse", "analyse"), ("citation", "citation")]):
        Purpose.objects.create(study=study, code=code, position=position, name_fr=code, role=role)
    Certificate.objects.create(
        study=study, position=1, board="CER", number="2026-1", start=date(2026, 1, 1),
        end=date(2099, 12, 31),
    )  # fmt: skip
    ConsentForm.objects.create(
        study=study, version="2026-1", language="fr", brief="En deux mots.", text="Le texte.",
        published_at=AT,
    )  # fmt: skip
    people = [
        Participant.objects.create(
            study=study, case=carrefours, code=code, organisation="maison-bleue", created_at=AT
        )
        for code in ("p-01", "p-02")
    ]
    lead, researcher, stranger = (
        Account.objects.create(email=f"{name}@exemple.ca", name=name, created_at=AT)
        for name in ("lea", "remi", "sol")
    )
    for account, role in ((lead, Role.LEAD), (researcher, Role.RESEARCHER)):
        Assignment.objects.create(account=account, study_id=study.pk, role=role, given_at=AT)
    SecondFactor.objects.create(account=lead, kind="totp", name="téléphone", added_at=AT)
    return Sample(study, lead, researcher, stranger, *people)


def _case(study, code, position):
    return Case.objects.create(
        study=study, code=code, position=position, name_fr=code, short_fr=code
    )
