"""An example study comes in by one click, says that it is one, and leaves as it came."""

from datetime import UTC, datetime

import pytest
from django.apps import apps  # noqa: TID251 -- every table, whatever its slice
from django.core.management import call_command
from django.urls import reverse
from tests.web.entrance import let_in

from croisee_web.access.models import Account, Assignment
from croisee_web.access.vocabulary import Role
from croisee_web.analysis.queries import study_files
from croisee_web.exchange.usecases import NotAnExample, remove_example
from croisee_web.journal.models import Entry
from croisee_web.people import vault
from croisee_web.people.models import Participant
from croisee_web.study.models import Study

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
KEPT = {"journal", "jobs", "access", "sessions", "auth", "contenttypes"}


@pytest.fixture
def somebody(db, settings, tmp_path):
    for name in ("KEYS_ROOT", "STUDIES_ROOT", "FILES_ROOT", "PUBLISHED_ROOT"):
        setattr(settings, name, tmp_path / name.lower())
    return Account.objects.create(
        email="a@exemple.org", name="Ada", is_administrator=True, created_at=AT
    )


@pytest.fixture
def example(client, somebody):
    """Bring the example in by its page."""
    let_in(client, somebody)
    sent = client.post(reverse("exchange:example"))
    call_command("work", until_empty=True)
    assert client.get(sent.url).status_code == 200
    return Study.objects.get()


def test_example_comes_in_marked_and_led_by_who_asked(client, somebody, example):
    page = client.get(reverse("study:home", args=[example.slug])).content.decode()
    listed = client.get(reverse("study:list")).content.decode()

    assert example.example
    assert Assignment.objects.values_list("account", "role").get() == (somebody.pk, Role.LEAD)
    assert "Étude exemple" in page
    assert reverse("exchange:example-remove", args=[example.slug]) in page
    assert "exemple</span>" in listed


def test_example_leaves_nothing_but_the_journal(client, somebody, example):
    person = Participant.objects.filter(study=example).earliest("pk")
    vault.put(study_id=example.pk, participant=person.code, identity={"nom": "Ada"}, at=AT)
    address = reverse("exchange:example-remove", args=[example.slug])
    assert client.get(address).status_code == 200
    assert _rows()

    done = client.post(address, follow=True)

    assert "L’exemple est retiré." in done.content.decode()
    assert _rows() == {}
    assert not study_files(example.pk).exists()
    assert not Assignment.objects.exists()
    assert Entry.objects.filter(act="exchange.example.removed").count() == 1


def _rows():
    """Return how many rows each table of a study holds, the empty ones apart."""
    counts = {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in KEPT
    }
    return {name: n for name, n in counts.items() if n}


def test_study_of_the_team_s_own_is_not_removed_so(client, somebody, example):
    Study.objects.update(example=False)

    with pytest.raises(NotAnExample):
        remove_example(study_id=example.pk, actor=somebody, at=AT)

    address = reverse("exchange:example-remove", args=[example.slug])
    assert "n’est pas un exemple" in client.get(address).content.decode()
    assert client.post(address).status_code == 409
    assert Study.objects.count() == 1


def test_example_is_for_whoever_may_open_studies(client, db):
    let_in(client, Account.objects.create(email="b@exemple.org", name="B", created_at=AT))

    assert client.get(reverse("exchange:example")).status_code == 403
    assert client.post(reverse("exchange:example")).status_code == 403
    assert reverse("exchange:example") not in client.get(reverse("study:list")).content.decode()


def test_empty_home_leads_to_the_example(client, somebody, example):
    Study.objects.create(slug="neuve", title_fr="Neuve", created_at=AT)
    Assignment.objects.create(
        account=somebody, study_id=Study.objects.get(slug="neuve").pk, role=Role.LEAD, given_at=AT
    )

    page = client.get(reverse("study:home", args=["neuve"])).content.decode()

    assert reverse("exchange:example") in page
    assert "Voir une étude exemple" in page
