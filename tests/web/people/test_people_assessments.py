"""The privacy impact assessment: begun from the study, versions, signature, its dossier."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from tests.journeys.reading import words_of_pdf
from tests.web.entrance import let_in

from croisee_web.access.queries import NotAllowed
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import Communication, Participant, PrivacyAssessment
from croisee_web.people.queries.assessments import TEXTS, prefilled
from croisee_web.people.usecases import (
    AssessmentSigned,
    ChangedMeanwhile,
    ConclusionMissing,
    give_assessment,
    sign_assessment,
    write_assessment,
)
from croisee_web.people.vocabulary import AgeGroup
from croisee_web.study.models import Retention

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
HOME = "/etudes/numerique/ethique/vie-privee/"
pytestmark = pytest.mark.django_db


def texts(**more):
    return {name: f"Texte {name}" for name in TEXTS} | more


def write(sample, number=None, revision=0, actor=None, **more):
    return write_assessment(
        study_id=sample.study.pk, texts=texts(**more), number=number, revision=revision,
        actor=actor or sample.lead, at=AT,
    )  # fmt: skip


def sign(sample, number=1, revision=1):
    sign_assessment(
        study_id=sample.study.pk, number=number, revision=revision, name="Ada Exemple",
        title="Responsable", actor=sample.lead, at=AT,
    )  # fmt: skip


def test_it_begins_from_what_the_study_says(sample):
    Participant.objects.update(age_group=AgeGroup.UNDER_14)
    Retention.objects.create(study=sample.study, what="Verbatims", until=TODAY, fate="destroy")
    Communication.objects.create(
        study=sample.study, on=TODAY, recipient="Une firme", information="Des enregistrements",
        purpose="x", basis="x", outside_quebec="Ontario", noted_at=AT, noted_by="équipe",
    )  # fmt: skip

    told = prefilled(study_id=sample.study.pk)

    assert set(told) == set(TEXTS)
    for name, word in (
        ("project", "Le numérique"), ("information", "moins de 18 ans"), ("purposes", "analyse"),
        ("flows", "Une firme"), ("access", "Responsable de l’étude : 1"),
        ("retention", "Verbatims : jusqu’au 22 novembre 2026, puis détruire."),
        ("outside_quebec", "Ontario"),
    ):  # fmt: skip
        assert word in told[name].replace("\u00a0", " ")
    assert told["conclusion"] == ""
    assert "p-01" not in "".join(told.values())


def test_versions_follow_each_other(sample):
    assert [write(sample), write(sample)] == [1, 2]


def test_signed_version_never_changes(sample):
    write(sample)
    sign(sample)

    for act in (lambda: write(sample, 1, 2), lambda: sign(sample, 1, 2)):
        with pytest.raises(AssessmentSigned):
            act()
    assert PrivacyAssessment.objects.get().signed_by == "Ada Exemple"


def test_nothing_is_signed_without_a_conclusion(sample):
    write(sample, conclusion=" ")

    with pytest.raises(ConclusionMissing):
        sign(sample)


def test_nothing_is_signed_that_changed_since_it_was_read(sample):
    write(sample)
    write(sample, 1, 1, conclusion="Autre")

    with pytest.raises(ChangedMeanwhile):
        sign(sample, 1, 1)


def test_second_of_two_parallel_drafts_is_told(sample):
    write(sample)
    write(sample, 1, 1)

    with pytest.raises(ChangedMeanwhile):
        write(sample, 1, 1)


def test_assessment_is_for_who_keeps_ethics(sample):
    with pytest.raises((NotAllowed, NotFound)):
        write(sample, actor=sample.stranger)


def test_dossier_holds_every_version_and_the_register_of_communications(sample, tmp_path):
    write(sample)
    sign(sample)
    write(sample, conclusion="")

    content = give_assessment(study_id=sample.study.pk, actor=sample.lead, at=AT, on=TODAY)

    packed = zipfile.ZipFile(io.BytesIO(content))
    assert set(packed.namelist()) == {
        "EFVP-version-1.pdf", "EFVP-version-2.pdf", "registre-communications.csv",
        "registre-anonymisations.csv", "avis-de-collecte.txt",
    }  # fmt: skip
    words = {}
    for number in (1, 2):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(packed.read(f"EFVP-version-{number}.pdf"))
        words[number] = words_of_pdf(path)
    assert "Texte risks" in words[1]
    assert "Ada Exemple" in words[1]
    assert "Signée le 22 novembre 2026" in words[1]
    assert "pas encore signée" in words[2]
    assert "À compléter" in words[2]


def test_nothing_written_gives_no_dossier(sample):
    with pytest.raises(NotFound):
        give_assessment(study_id=sample.study.pk, actor=sample.lead, at=AT, on=TODAY)


def test_it_is_written_signed_and_downloaded_from_its_pages(sample, client):
    team = let_in(client, sample.lead)
    assert "Aucune version" in team.get(HOME).content.decode()
    draft = team.get(f"{HOME}nouvelle/").content.decode()
    assert "Le numérique" in draft

    address = team.post(f"{HOME}nouvelle/", texts())["Location"]
    assert address == f"{HOME}1/"
    late = team.post(f"{HOME}1/modifier/", {**texts(), "revision": 9})
    assert late.status_code == 409
    unsigned = team.post(address, {"revision": 1, "name": "Ada", "sure": ""})
    assert unsigned.status_code == 422
    team.post(address, {"revision": 1, "name": "Ada", "title": "", "sure": "on"})

    assert "Signée" in team.get(address).content.decode()
    assert team.post(f"{HOME}1/modifier/", {**texts(), "revision": 2}).status_code == 409
    assert team.post(f"{HOME}dossier-EFVP.zip").content[:2] == b"PK"
    assert team.get(f"{HOME}9/").status_code == 404
