"""Every route × method × person, of one's own study and of another. See ``authorisation.py``."""

import sys
from types import ModuleType

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import clear_url_caches, path
from django.utils.translation import override
from tests.trust.authorisation import offences, routes, undeclared
from tests.trust.authorisation_world import CANARY, World
from tests.web import site_for_tests  # noqa: F401 -- sets Django up

from croisee_web.access.http import administrators, in_study, open_to_all, signed_in
from croisee_web.access.vocabulary import Verb
from croisee_web.config import urls as site
from croisee_web.study.models import Meeting
from croisee_web.study.queries import study_ref

pytestmark = pytest.mark.django_db
ROUTES = routes()


def named(route):
    return route.name or route.literal


def test_every_view_says_who_may_open_it():
    assert undeclared(ROUTES) == []


@pytest.mark.parametrize("route", ROUTES, ids=named)
def test_route_answers_each_person_as_it_declares(route):
    assert offences(route, World()) == []


def test_route_is_asked_in_french_whatever_another_test_left():
    route = next(one for one in ROUTES if one.name == "access:accounts")

    with override("en"):
        assert offences(route, World()) == []


def test_there_are_routes_of_every_kind():
    kinds = {
        route.audience[0] if isinstance(route.audience, tuple) else route.audience
        for route in ROUTES
    }

    assert (kinds, len(ROUTES) > 60) == ({"all", "signed-in", "administrators", "study"}, True)


def forgotten(request, slug):
    return HttpResponse("ouvert")


@in_study(Verb.MANAGE_ACCESS)
def careless(request, slug):
    """Declared, and never checked."""
    return HttpResponse(f"tout {CANARY}")


@in_study(Verb.SEE_STUDY, by_network=True)
def borrowing(request, slug, chose):
    """Checks the study of its address, and shows a thing of any study."""
    study_ref(slug=slug, viewer=request.user, verb=Verb.SEE_STUDY, by_network=True)
    return HttpResponse(get_object_or_404(Meeting, pk=chose).title)


@in_study(Verb.SEE_STUDY, by_network=True)
def strict(request, slug):
    """Refuses everyone."""
    return HttpResponse(status=404)


@signed_in
def telling(request):
    return HttpResponse(CANARY)


@open_to_all
def broken(request):
    return HttpResponse(status=500)


@administrators
def proper(request):
    return HttpResponse("administration")


@pytest.fixture
def guilty(settings):
    """The site, with views that do what must not be done."""
    module = ModuleType("guilty_urls")
    faults = [
        path("fautifs/oublie/<slug:slug>/", forgotten, name="forgotten"),
        path("fautifs/negligent/<slug:slug>/", careless, name="careless"),
        path("fautifs/emprunt/<slug:slug>/<int:chose>/", borrowing, name="borrowing"),
        path("fautifs/severe/<slug:slug>/", strict, name="strict"),
        path("fautifs/bavard/", telling, name="telling"),
        path("fautifs/casse/", broken, name="broken"),
        path("fautifs/convenable/", proper, name="proper"),
        path("fautifs/inconnu/<int:autre>/", signed_in(telling), name="unfilled"),
    ]
    module.urlpatterns = [
        *i18n_patterns(*faults, prefix_default_language=False),
        *site.urlpatterns,
    ]
    module.handler404 = site.handler404
    sys.modules["guilty_urls"] = module
    settings.ROOT_URLCONF = "guilty_urls"
    clear_url_caches()
    yield {route.name: route for route in routes("guilty_urls") if "fautifs" in route.literal}
    del sys.modules["guilty_urls"]
    clear_url_caches()


def test_view_that_declares_nothing_is_caught(guilty):
    assert undeclared(guilty.values()) == ["forgotten"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "careless",
            {
                "showed another study",
                "was let into the study",
                "did what her role does not allow",
            },
        ),
        ("borrowing", {"reached a part of the other study", "was let into another network"}),
        ("strict", {"was refused what her role allows"}),
        ("telling", {"showed another study"}),
        ("broken", {"broke down"}),
        ("proper", set()),
    ],
)
def test_guilty_view_is_caught(guilty, name, said):
    assert {offence[3] for offence in offences(guilty[name], World())} == said


def test_route_that_cannot_be_filled_says_which_sample_to_add(guilty):
    with pytest.raises(LookupError, match="Add « unfilled:autre »"):
        offences(guilty["unfilled"], World())
