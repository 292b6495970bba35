"""Accounts, a study and its lead for the tests of the access slice."""

import socket
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from django.utils.translation import activate
from tests.web.access.moments import LONG_AGO

from croisee_web.access.models import Account, Assignment
from croisee_web.access.rules import code_at, new_secret, step_of
from croisee_web.access.usecases import add_application
from croisee_web.access.vocabulary import Role
from croisee_web.study.models import Case, Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSWORD = "une phrase longue à retenir"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def own_keys(settings, tmp_path):
    """Keys of this test alone, and a hash quick to compute: what is tried is not its strength.

    In French: a page read in English leaves its language to the thread.
    """
    activate("fr")
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


@pytest.fixture
def strong(account_of):
    """Return a maker of accounts that have a second factor; each knows its secret and codes."""

    def make(name, *, since=AT, **columns):
        account = account_of(f"{name}@exemple.test", name=name.title(), **columns)
        account.secret = new_secret()
        code = code_at(account.secret, step_of(since))
        account.codes = add_application(actor=account, secret=account.secret, code=code, at=since)
        return account

    return make


@pytest.fixture
def steady(strong):
    """Return the same maker, of accounts that have had their second factor for a month."""

    def make(name, **columns):
        return strong(name, **{"since": LONG_AGO, **columns})

    return make


@pytest.fixture
def people(steady, role_of):
    """Ada has lost everything; Léa leads her study, Max administers the site."""
    ada, lea = steady("ada"), steady("lea")
    max_ = steady("max", is_administrator=True, administrator_since=LONG_AGO)
    role_of(ada, Role.RESEARCHER, 1)
    role_of(lea, Role.LEAD, 1)
    Assignment.objects.update(given_at=LONG_AGO)
    return ada, lea, max_


@pytest.fixture
def study(db):
    """A study of two networks."""
    made = Study.objects.create(slug="acces-et-usages", title_fr="Accès et usages", created_at=AT)
    for position, code in enumerate(("nord", "sud")):
        Case.objects.create(
            study=made, code=code, position=position, name_fr=code.title(), short_fr=code.title()
        )
    return made


@pytest.fixture
def lead(account_of, role_of, study):
    """Who leads it."""
    account = account_of("lead@exemple.test", name="Léa")
    role_of(account, Role.LEAD, study.pk)
    return account


@pytest.fixture
def letters(settings):
    """A real SMTP server, and the mails it has received."""
    received = []

    class Box:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's name
            received.append(message_from_bytes(envelope.content, policy=policy.default))
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Box(), hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    yield received
    server.stop()


@pytest.fixture
def window(browser):
    """A window, what its pages complained of, and a device that keeps passkeys."""
    page = browser.new_context(locale="fr-CA").new_page()
    page.complaints = []
    page.on("console", lambda said: said.type == "error" and page.complaints.append(said.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.device = page.context.new_cdp_session(page)
    page.device.send("WebAuthn.enable")
    page.key = page.device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})[
        "authenticatorId"
    ]
    return page
