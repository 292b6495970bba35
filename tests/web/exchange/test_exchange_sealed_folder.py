"""A study that comes in already sealed: the site knows it, and a withdrawal reaches its words."""

from datetime import UTC, date, datetime

import pytest
from tests.web.exchange.conftest import AT

from croisee.run import seal_study
from croisee.studyfolder import new_study
from croisee_web.analysis.queries import register_folder
from croisee_web.disclosure.models import SealedRelease
from croisee_web.exchange.usecases import import_folder
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.usecases import ask_to_seal
from croisee_web.study.models import Study

SEALED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    new_study(tmp_path / "etude", "fr")
    seal_study(tmp_path / "etude", by="Une chercheuse", at=SEALED_AT)
    return tmp_path / "etude"


def test_a_sealed_study_that_comes_in_is_sealed(folder, admin):
    study = import_folder(folder=folder, actor=admin, at=AT)

    row = SealedRelease.objects.get(study=study)
    assert (row.code, row.sealed_by, row.sealed_at) == ("2024a", "Une chercheuse", SEALED_AT)
    with pytest.raises(UseCaseError, match="déjà scellée"):
        ask_to_seal(study_id=study.pk, warnings_reason="", actor=admin, at=AT)


def test_who_leaves_a_study_that_came_in_sealed_leaves_its_register_at_once(
    folder, admin, django_capture_on_commit_callbacks
):
    study = import_folder(folder=folder, actor=admin, at=AT)
    files = list(register_folder(study.pk).rglob("release.json"))
    quoted = Participant.objects.filter(study=study, turns__excerpts__isnull=False).distinct()
    said = {
        person.pk: [
            turn.text[excerpt.start : excerpt.end]
            for turn in person.turns.all()
            for excerpt in turn.excerpts.all()
        ]
        for person in quoted
    }
    person, words = next(
        (pk, text)
        for pk, texts in said.items()
        for text in texts
        if any(text[:20] in path.read_text("utf-8") for path in files)
    )

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(
            participant_id=person, way=WithdrawalWay.TEAM, actor=admin, on=date(2026, 11, 22),
            at=AT,
        )  # fmt: skip

    assert [path.name for path in files if words[:20] in path.read_text("utf-8")] == []


def test_a_sealed_release_that_somebody_changed_does_not_come_in(folder, admin):
    (path,) = (folder / "registre").rglob("release.json")
    path.write_text(path.read_text("utf-8").replace("2024", "2025"), encoding="utf-8")

    with pytest.raises(UseCaseError, match="n’est plus celle qui a été scellée"):
        import_folder(folder=folder, actor=admin, at=AT)

    assert not Study.objects.exists()
