"""Every answer of the site, whoever asks: its policy, and what a first visit weighs.

A browser loads nothing that the policy does not name: ``default-src 'none'``, and what runs or
is styled inside a page carries a number drawn for that answer alone.
"""

import gzip
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from tests.trust.authorisation import routes
from tests.trust.authorisation_world import AT, World
from tests.web.entrance import let_in

from croisee_web.access.models import Account
from croisee_web.exchange.usecases import import_folder

pytestmark = pytest.mark.django_db
ROUTES = routes()
REFERENCE = Path(__file__).parents[2] / "examples" / "etude-de-reference"
ASKING = ("anonymous", "lead", "coordinator", "administrator")
OWN_PAGE, LEAFLET = "/p/", "/f/"
BOUNDS = {OWN_PAGE: 10_000, LEAFLET: 60_000, "": 150_000}
"""Bytes of a first visit, compressed: a participant's page, a leaflet, any other page."""

_NAMED = re.compile(r"""(?:href|src)="/statique/([^"?#]+)""")
_IN_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")


@pytest.fixture
def world():
    return World()


@pytest.fixture
def asked(world):
    """Every GET of every route, by everyone in ``ASKING``: (address, who, answer)."""
    return [
        (address, who, world.people[who].get(address))
        for address in [route.address(world.samples["own"]) for route in ROUTES]
        for who in ASKING
    ]


def _framed_by(address, answer):
    """A draft's preview is shown by its own editor; no other page is ever in a frame."""
    preview = address.endswith("/apercu/") and answer.status_code == 200
    return "'self'" if preview else "'none'"


def test_every_answer_lets_a_browser_load_nothing_that_it_does_not_name(asked):
    faults = [
        (address, who, policy)
        for address, who, answer in asked
        if not (policy := answer.headers.get("Content-Security-Policy", "")).startswith(
            "default-src 'none'; "
        )
        or "unsafe" in policy
        or "base-uri 'none'" not in policy
        or f"frame-ancestors {_framed_by(address, answer)}" not in policy
    ]

    assert (faults, len(asked)) == ([], len(ROUTES) * len(ASKING))


def test_refusals_and_answers_outside_every_route_have_it_too(settings):
    client = Client(raise_request_exception=False)
    answers = [
        client.get("/rien-de-tel/"),
        client.get("/statique/kit/croisee.css"),
        client.get("/statique/rien.css"),
        client.get("/", headers={"host": "ailleurs.example"}),
        client.post("/connexion/", {"email": "a"}),
        client.generic("TRACE", "/"),
        Client(enforce_csrf_checks=True).post("/connexion/", {"email": "a"}),
        client.get("/", headers={"content-length": str(settings.UPLOAD_LIMIT + 1)}),
    ]

    policies = [answer.headers["Content-Security-Policy"] for answer in answers]
    for answer in answers:
        answer.close()
    assert [one for one in policies if not one.startswith("default-src 'none'; ")] == []


def test_what_runs_in_a_page_carries_the_number_of_its_answer(asked):
    faults, drawn = [], []
    for address, who, answer in asked:
        policy = answer.headers["Content-Security-Policy"]
        numbers = set(re.findall(r"'nonce-([^']+)'", policy))
        drawn += numbers
        if "html" not in answer.headers.get("Content-Type", "") or answer.streaming:
            continue
        page = answer.content.decode()
        faults += [
            (address, who, tag)
            for tag in re.findall(r"<(?:script|style)\b[^>]*>", page)
            if not any(f'nonce="{number}"' in tag for number in numbers)
        ]
        faults += [(address, who, one) for one in re.findall(r"<[^>]+\son\w+=[^>]*>", page)]
        faults += [(address, who, one) for one in re.findall(r'<[^>]+\sstyle="[^>]*>', page)]

    assert faults == []
    assert len(drawn) == len(set(drawn)) > len(asked) // 2


def weight(page):
    """Return what a first visit loads, compressed: the page, and each file of ours it names."""
    total, waiting, seen = len(gzip.compress(page)), _NAMED.findall(page.decode()), set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        content = _file(name)
        total += min(len(content), len(gzip.compress(content)))
        if name.endswith(".css"):
            folder = name.rpartition("/")[0]
            waiting += [
                f"{folder}/{one}".lstrip("/") for one in _IN_STYLE.findall(content.decode())
            ]
    return total


def _file(name):
    found = finders.find(name)
    assert found is not None, name
    return Path(found).read_bytes()


def bound(address):
    return next(limit for start, limit in BOUNDS.items() if address.startswith(start))


def weights_of(answers):
    """Return what each page weighs, the heaviest first; each is printed (``-s`` shows them)."""
    weighed = {
        (address, who): weight(answer.content)
        for address, who, answer in answers
        if answer.status_code == 200
        and not answer.streaming
        and "html" in answer.headers["Content-Type"]
    }
    for (address, who), heavy in sorted(weighed.items(), key=lambda item: -item[1]):
        print(f"{heavy:>8} / {bound(address):>7}  {who:<14} {address}")  # noqa: T201
    return weighed


def too_heavy(weighed):
    return {key: one for key, one in weighed.items() if one > bound(key[0])}


def test_first_visit_of_every_page_weighs_little(asked):
    weighed = weights_of(asked)

    assert too_heavy(weighed) == {}
    assert len({address for address, _who in weighed}) > 50


def test_first_visit_of_the_pages_of_a_real_study_weighs_little(client, settings, tmp_path):
    for name in ("KEYS_ROOT", "STUDIES_ROOT", "FILES_ROOT", "PUBLISHED_ROOT"):
        setattr(settings, name, tmp_path / name.lower())
    lead = Account.objects.create(
        email="lea@exemple.ca", name="Léa", is_administrator=True, created_at=AT
    )
    study = import_folder(folder=REFERENCE, actor=lead, at=AT)
    let_in(client, lead)
    case = study.cases.order_by("pk").first().code
    given = {"slug": study.slug, "study:code": case, "report:case": case, "people:code": "p-002"}
    addresses = [
        route.address(given)
        for route in ROUTES
        if route.parts and set(route.parts) <= {"slug", "code", "case"}
        and route.name.partition(":")[0] in {"study", "people", "report", "access"}
        and route.name not in {"report:publication", "report:leaflet", "report:provenance"}
    ]  # fmt: skip

    weighed = weights_of([(address, "lead", client.get(address)) for address in addresses])

    assert too_heavy(weighed) == {}
    assert len(weighed) > 30


def test_public_pages_of_the_reference_study_weigh_little(journey):
    weighed = {
        path.relative_to(journey.out).as_posix(): len(gzip.compress(path.read_bytes()))
        for path in sorted((journey.out / "diffusion").rglob("*.html"))
    }
    for name, heavy in weighed.items():
        print(f"{heavy:>8}  {name}")  # noqa: T201

    assert {
        name: heavy
        for name, heavy in weighed.items()
        if heavy > (BOUNDS[LEAFLET] if "feuillet" in name else BOUNDS[""])
    } == {}
    assert len([name for name in weighed if "feuillet" in name]) > 2


def test_control_a_page_that_names_a_heavy_file_is_seen_heavy(tmp_path, settings):
    (tmp_path / "lourd.css").write_text("p{src:url('police.woff2')}", encoding="utf-8")
    (tmp_path / "police.woff2").write_bytes(bytes(range(256)) * 40 + os.urandom(200_000))
    settings.STATICFILES_DIRS = [tmp_path]
    finders.get_finder.cache_clear()
    try:
        heavy = weight(b'<link rel="stylesheet" href="/statique/lourd.css">')
    finally:
        finders.get_finder.cache_clear()

    assert heavy > 150_000 > weight(b"<p>rien</p>")
