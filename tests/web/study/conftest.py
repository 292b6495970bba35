from datetime import UTC, datetime
from itertools import count

import pytest
from django.utils import translation

from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.study.models import Activity, Case, Edition, Method, Study

AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(autouse=True)
def in_french():
    """Every test starts in French, whatever page the one before read."""
    with translation.override("fr"):
        yield


@pytest.fixture
def study(db):
    return Study.objects.create(
        slug="veille", title_fr="Veille", title_en="Watch", languages=["fr"], created_at=AT
    )


@pytest.fixture
def account_with(study):
    """Return an account; with a role, in the study (in one network: its code)."""

    def made(role: Role | None = None, case: str = "", **values: object) -> Account:
        number = next(_numbers)
        account = Account.objects.create(
            email=f"a{number}@exemple.org", name=f"Personne {number}", created_at=AT, **values
        )
        if role:
            Assignment.objects.create(
                account=account, study_id=study.pk, case=case, role=role, given_at=AT
            )
        return account

    return made


@pytest.fixture
def network(study):
    """Return a network of the study."""

    def made(code: str = "carrefours", **values: object) -> Case:
        position = Case.objects.filter(study=study).count()
        named = {"name_fr": code.capitalize(), "short_fr": code.capitalize()}
        return Case.objects.create(
            study=study, code=code, **{"position": position, **named, **values}
        )

    return made


@pytest.fixture
def edition(study):
    """Return an edition of the study."""

    def made(code: str = "2022", **values: object) -> Edition:
        position = Edition.objects.filter(study=study).count()
        return Edition.objects.create(
            study=study, code=code, **{"position": position, "name_fr": code, **values}
        )

    return made


@pytest.fixture
def method(study):
    """Return a method of the study."""

    def made(code: str = "eclair", **values: object) -> Method:
        position = Method.objects.filter(study=study).count()
        named = {"name_fr": code.capitalize(), "kind": "sondage", "subject": "organisme"}
        return Method.objects.create(
            study=study, code=code, **{"position": position, **named, **values}
        )

    return made


@pytest.fixture
def lead(account_with):
    return account_with(Role.LEAD)


@pytest.fixture
def filled(study, network, method, edition):
    """Two networks, two methods, one edition, four activities."""
    edition("2022", name_fr="Édition 2022")
    cases = [network("carrefours"), network("quartiers")]
    methods = [method("eclair"), method("entretiens", kind="entretien", subject="personne")]
    for case in cases:
        for one in methods:
            Activity.objects.create(
                study=study,
                case=case,
                method=one,
                edition="2022",
                planned=12,
                done=4,
                state="en cours",
            )
    return cases
