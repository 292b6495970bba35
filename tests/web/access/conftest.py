"""Accounts for the tests of the access slice."""

from datetime import UTC, datetime

import pytest

from croisee_web.access.models import Account, Assignment

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "une phrase longue à retenir"


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    """Keys of this test alone, and a hash quick to compute: what is tried is not its strength."""
    settings.KEYS_ROOT = tmp_path / "cles"
    settings.HOME = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def account_of(db):
    """Return a maker of accounts."""

    def make(email="ada@exemple.test", *, name="Ada", language="fr", **columns):
        account = Account(email=email, name=name, language=language, created_at=AT, **columns)
        account.set_password(PASSWORD)
        account.save()
        return account

    return make


@pytest.fixture
def role_of():
    """Return a giver of roles."""

    def give(account, role, study_id=1, case="", until=None):
        return Assignment.objects.create(
            account=account, study_id=study_id, case=case, role=role, given_at=AT, until=until
        )

    return give
