"""A study with a lead and a coder, and somebody who administers the site."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import ROLE_GIVEN, Role
from croisee_web.journal.usecases import record
from croisee_web.study.models import Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Site:
    """What the tests of this slice start from."""

    study: Study
    lead: Account
    coder: Account
    administrator: Account


@pytest.fixture
def site(db, settings, tmp_path):
    settings.HOME = tmp_path
    settings.KEYS_ROOT = tmp_path / "cles"
    study = Study.objects.create(slug="numerique", title_fr="Le numérique", created_at=AT)
    lead, coder, administrator = (
        Account.objects.create(email=f"{name}@exemple.ca", name=name.title(), created_at=AT)
        for name in ("lea", "cam", "ada")
    )
    administrator.is_administrator = True
    administrator.save()
    for account, role in ((lead, Role.LEAD), (coder, Role.CODER)):
        Assignment.objects.create(account=account, study_id=study.pk, role=role, given_at=AT)
    record(act=ROLE_GIVEN, actor=lead.label, at=AT, study_id=study.pk, participant="P-07")
    record(act=ROLE_GIVEN, actor="console", at=AT, study_id=study.pk + 1, roles=2)
    return Site(study, lead, coder, administrator)
