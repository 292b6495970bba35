"""What every answer carries, and how the site refuses what no browser of ours sends."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import resolve
from tests.web.entrance import let_in

from croisee_web.access.models import Account
from croisee_web.kit.headers import FIXED
from croisee_web.kit.logs import SparingFormatter
from croisee_web.kit.refusals import RefusalMiddleware, unable

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(db):
    from datetime import UTC, datetime

    at = datetime(2026, 11, 22, tzinfo=UTC)
    return Account.objects.create(email="lea@exemple.ca", name="Léa", created_at=at)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/", 200),
        ("/connexion/", 200),
        ("/rien-ici/", 404),
        ("/statique/kit/croisee.css", 200),
        ("/sante/", 200),
        ("/etudes/", 302),
    ],
)
def test_every_answer_carries_the_policy_and_its_own_nonce(address, status):
    answers = [Client().get(address) for _turn in range(2)]
    for answer in answers:
        answer.close()
    policies = [answer.headers["Content-Security-Policy"] for answer in answers]

    assert [answer.status_code for answer in answers] == [status, status]
    for policy in policies:
        assert policy.startswith("default-src 'none'; script-src 'nonce-")
        assert "form-action 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
    nonces = {re.search(r"script-src 'nonce-([\w-]{22})'", policy)[1] for policy in policies}
    assert len(nonces) == 2
    assert {name: answers[0].headers[name] for name in FIXED} == FIXED
    assert answers[0].headers["X-Content-Type-Options"] == "nosniff"


def test_forged_host_is_refused_in_words_that_do_not_repeat_it():
    answer = Client().get("/connexion/", headers={"host": "mauvais.exemple.org"})

    page = answer.content.decode()
    assert answer.status_code == 400
    assert "n’est pas servi à cette adresse" in page
    assert "mauvais" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_body_too_large_is_refused_before_it_is_read(settings):
    settings.UPLOAD_LIMIT = 2_000_000

    answer = Client().post("/connexion/", b"x" * 2_000_001, content_type="text/plain")

    assert answer.status_code == 413
    assert "trop lourd : 2 Mo" in answer.content.decode().replace("\xa0", " ").replace(
        "\u202f", " "
    )


def test_form_with_too_many_fields_is_refused_in_words(settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 10
    body = "&".join(f"a{n}=1" for n in range(20))

    answer = Client().post("/connexion/", body, content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 400
    assert "n’a pas la forme attendue" in answer.content.decode()


def test_form_from_elsewhere_is_refused_in_words():
    answer = Client(enforce_csrf_checks=True).post("/connexion/", {"email": "a@exemple.ca"})

    assert answer.status_code == 403
    assert "restée ouverte trop longtemps" in answer.content.decode()


def test_signed_in_pages_are_kept_nowhere(account):
    client = let_in(Client(), account)

    for address in ("/compte/", "/", "/rien-ici/"):
        assert client.get(address).headers["Cache-Control"] == "no-store, private"
    style = client.get("/statique/kit/croisee.css")
    style.close()
    assert "no-store" not in style.headers["Cache-Control"]


def test_deploy_check_finds_nothing_and_cookies_are_for_this_host_only(tmp_path):
    environment = {
        **os.environ,
        "CROISEE_HTTPS": "1",
        "CROISEE_HOSTS": "croisee.exemple.ca",
        "CROISEE_HOME": str(tmp_path),
        "CROISEE_SECRET_KEY": "s" * 50 + "ecret-de-test",
        "DJANGO_SETTINGS_MODULE": "croisee_web.config.settings",
    }
    script = (
        "import django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.conf import settings as s\n"
        "call_command('check', deploy=True, fail_level='WARNING')\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS >= 31536000, s.DEBUG)"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-6:] == (
        ["__Host-sessionid", "__Host-csrftoken", "True", "True", "True", "False"]
    )


def _record(address, error):
    request = RequestFactory().get(address, REMOTE_ADDR="203.0.113.9")
    request.resolver_match = resolve(address)
    try:
        raise error
    except ValueError:
        record = logging.getLogger("django.request").makeRecord(
            "django.request", 40, __file__, 1, "Internal Server Error: %s", (address,),
            sys.exc_info(), extra={"request": request, "status_code": 500},
        )  # fmt: skip
    return record


def test_log_names_a_route_and_a_kind_of_failure_and_nothing_else():
    record = _record("/premier-pas/un-jeton-secret/", ValueError("une réponse libre"))

    line = SparingFormatter().format(record)

    assert "premier-pas/<str:token>/" in line
    assert "ValueError" in line
    assert [word for word in ("un-jeton", "réponse", "203.0.113") if word in line] == []
    assert "un-jeton" in logging.Formatter().format(record)  # what Django would have written


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(28, "No space left on device"), 503),
        (OSError(30, "Read-only file system"), 503),
        (OperationalError("database or disk is full"), 503),
        (OperationalError("attempt to write a readonly database"), 503),
        (OperationalError("disk I/O error"), 503),
        (OperationalError("connection refused"), 503),
        (OperationalError("no such table: access_account"), 500),
        (KeyError("x"), 500),
    ],
)
def test_what_cannot_be_written_is_said_not_a_failure_of_ours(error, status):
    request = RequestFactory().post("/")
    answer = RefusalMiddleware(lambda _request: None).process_exception(request, error)
    try:
        raise error
    except Exception:  # noqa: BLE001 -- as Django's own handler does
        last = unable(request)

    assert last.status_code == status
    assert (answer.status_code if answer else 500) == status
    assert ("n’est pas gardé" in last.content.decode()) == (status == 503)
