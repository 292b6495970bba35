"""An address that only a button sends to: opened by hand, it says what to do and leads back."""

import re
from urllib.parse import urljoin

import pytest
from tests.trust.authorisation import routes
from tests.trust.authorisation_world import World

from croisee_web.access.vocabulary import Role

pytestmark = pytest.mark.django_db

WHO = ("anonymous", Role.LEAD.value, "administrator")
LANGUAGES = {
    "": "Cette adresse reçoit ce qu’un bouton envoie",
    "/en": "This address takes what a button sends",
}


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def answers(world, method="GET"):
    """Return every answer 405 of the site, by route and person, in both languages."""
    for route in routes():
        address = route.address(world.samples["own"])
        for who in WHO:
            for prefix in LANGUAGES if not address.startswith("/favicon") else ("",):
                answer = world.answer(who, method, prefix + address)
                if answer.status == 405:
                    yield route.name, who, prefix, prefix + address, answer


def test_opening_what_only_takes_a_form_says_so_and_leads_back():
    world = World()
    seen, wrong = set(), []
    for name, who, prefix, address, answer in answers(world):
        seen.add(name)
        page = plain(answer.body)
        back = re.search(r'class="btn p" href="([./]+)"', page)
        if LANGUAGES[prefix] not in page or back is None:
            wrong.append((name, who, prefix, "says nothing"))
            continue
        above = world.answer(who, "GET", urljoin(address, back.group(1)))
        outside = (who == "administrator" and "/etudes/" in address) or (
            name == "upkeep:job-again" and who != "anonymous"  # the job of somebody else
        )
        if above.status not in ((404,) if outside else (200, 302)):
            wrong.append((name, who, prefix, back.group(1), above.status))

    assert wrong == []
    assert seen >= {"report:publish", "access:sign-out", "study:case-remove", "upkeep:job-again"}
    assert len(seen) > 12


def test_sending_to_a_page_that_is_only_read_says_so_and_leads_to_it():
    world = World()
    found = list(answers(world, "POST"))

    assert {name for name, *_rest in found} >= {"report:networks", "upkeep:journal"}
    assert [
        (name, who)
        for name, who, prefix, _address, answer in found
        if ("se lit et ne reçoit rien" not in plain(answer.body)) == (prefix == "")
    ] == []
