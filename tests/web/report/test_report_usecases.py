from datetime import UTC, datetime

import pytest

from croisee_web.journal.models import Entry
from croisee_web.report.models import Publication
from croisee_web.report.queries import publication_folder
from croisee_web.report.usecases import (
    AlreadyPublished,
    NotAFinishedRun,
    StillADraft,
    publish_results,
    withdraw_publication,
)

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def _journal():
    return list(Entry.objects.order_by("pk").values_list("act", "actor", "details__content"))


def test_publish_results_copies_the_public_view_and_journals_the_act(results_of):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)

    copied = publication_folder(publication.slug)
    assert sorted(p.name for p in copied.rglob("*") if p.is_file()) == [
        "F-07.svg", "archive.zip", "archive.zip.minisig", "index.html", "minisign.pub",
        "provenance.html", "rapport.html", "release.json",
    ]  # fmt: skip
    assert _journal() == [
        ("report.publication.published", "Ada", {"publication": publication.pk, "files": 5})
    ]


def test_publish_results_refuses_a_draft_and_changes_nothing(results_of):
    with pytest.raises(StillADraft):
        publish_results(folder=results_of(sealed=False), actor="Ada", at=AT)

    assert (Publication.objects.count(), _journal()) == (0, [])


def test_publish_results_twice_is_refused(results_of):
    folder = results_of()
    publish_results(folder=folder, actor="Ada", at=AT)

    with pytest.raises(AlreadyPublished):
        publish_results(folder=folder, actor="Ada", at=AT)

    assert Publication.objects.count() == 1


def test_publish_results_refuses_a_folder_that_is_not_a_run(tmp_path):
    with pytest.raises(NotAFinishedRun):
        publish_results(folder=tmp_path, actor="Ada", at=AT)


def test_publish_results_refuses_files_a_run_does_not_write(results_of):
    folder = results_of(extra=["virus.exe"])

    with pytest.raises(NotAFinishedRun, match=r"virus\.exe"):
        publish_results(folder=folder, actor="Ada", at=AT)

    assert Publication.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_withdraw_publication_destroys_the_files_and_journals_the_act(results_of):
    publication = publish_results(folder=results_of(), actor="Ada", at=AT)

    withdraw_publication(slug=publication.slug, actor="Bo", at=AT)

    assert not publication_folder(publication.slug).exists()
    assert [act for act, _actor, _details in _journal()] == [
        "report.publication.published", "report.publication.withdrawn",
    ]  # fmt: skip
