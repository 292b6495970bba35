"""The form's versions, the window of the certificates, the proof of a consent."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.entrance import let_in

from croisee_web.access.queries import NotAllowed
from croisee_web.journal.models import Entry
from croisee_web.kit.errors import NotFound
from croisee_web.people import vault
from croisee_web.people.models import Consent, ConsentForm
from croisee_web.people.queries import form_in_force
from croisee_web.people.rules import Proof, ShownForm, media_of
from croisee_web.people.usecases import (
    ChangedMeanwhile,
    CollectionClosed,
    FormFrozen,
    FormNotPublished,
    FormText,
    ProofRefused,
    VersionTaken,
    issue_link,
    open_proof,
    publish_form,
    record_consent,
    withdraw,
    write_form,
)
from croisee_web.people.vocabulary import ConsentMode, WithdrawalWay

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
AFTER = datetime(2100, 1, 1, 12, tzinfo=UTC)
PDF = b"%PDF-1.7 canari"
FORMS = "/etudes/numerique/ethique/formulaires/"
HERS = "/etudes/numerique/participation/p-01/"
pytestmark = pytest.mark.django_db


def _consent(sample, *, given=True, version="2026-1", at=AT, proof=None):
    return record_consent(
        participant_id=sample.ada.pk,
        answers={"analyse": given},
        form=ShownForm(ConsentMode.WRITTEN, version, "fr", proof),
        at=at,
        actor=sample.lead,
    )


def _write(sample, version="2026-2", **more):
    return write_form(
        study_id=sample.study.pk,
        written=FormText(version, "fr", "En bref.", "Le texte."),
        actor=sample.lead,
        at=AT,
        **more,
    )


def test_consent_names_the_version_and_the_language_that_were_read(sample):
    _consent(sample)

    assert list(Consent.objects.values_list("form_version", "language", "mode")) == [
        ("2026-1", "fr", "written")
    ]


@pytest.mark.parametrize("version", ["", "2026-2", "2099"])
def test_nothing_is_accepted_without_a_published_form(sample, version):
    _write(sample, "2026-2")

    with pytest.raises(FormNotPublished, match="formulaire publié"):
        _consent(sample, version=version)
    assert Consent.objects.count() == 0


def test_nothing_is_accepted_outside_the_dates_of_the_certificates(sample):
    with pytest.raises(CollectionClosed, match="a pris fin le 31"):
        _consent(sample, at=AFTER)


def test_refusal_is_noted_on_any_day_and_without_a_form(sample):
    assert _consent(sample, given=False, version="", at=AFTER) == 1


def test_published_version_never_changes(sample):
    form = _write(sample)
    publish_form(study_id=sample.study.pk, form_id=form.pk, actor=sample.lead, at=AT)

    for act in (
        lambda: _write(sample, form_id=form.pk, revision=1),
        lambda: publish_form(study_id=sample.study.pk, form_id=form.pk, actor=sample.lead, at=AT),
    ):
        with pytest.raises(FormFrozen):
            act()


def test_second_of_two_parallel_drafts_is_told(sample):
    form = _write(sample)
    _write(sample, form_id=form.pk, revision=1)

    with pytest.raises(ChangedMeanwhile):
        _write(sample, form_id=form.pk, revision=1)


def test_version_is_written_once_in_a_language(sample):
    with pytest.raises(VersionTaken):
        _write(sample, "2026-1")


def test_form_in_force_is_the_latest_in_the_reader_s_language(sample):
    english = write_form(
        study_id=sample.study.pk, written=FormText("2026-1", "en", "In brief.", "Text."),
        actor=sample.lead, at=AT,
    )  # fmt: skip
    assert form_in_force(study_id=sample.study.pk, language="en").language == "fr"

    publish_form(study_id=sample.study.pk, form_id=english.pk, actor=sample.lead, at=AT)

    assert form_in_force(study_id=sample.study.pk, language="en").language == "en"


def test_proof_is_kept_encrypted_and_opened_by_who_may(sample, settings):
    _consent(sample, proof=Proof("signé.pdf", "", PDF))
    row = Consent.objects.get()
    files = [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]

    found = open_proof(consent_id=row.pk, actor=sample.lead, at=AT)

    assert (found.name, found.media, found.content) == ("signé.pdf", "application/pdf", PDF)
    assert [path.name for path in files] == [row.proof_sha256]
    assert b"canari" not in files[0].read_bytes()
    assert Entry.objects.filter(act="people.proof.opened").count() == 1
    with pytest.raises(NotAllowed):
        open_proof(consent_id=row.pk, actor=sample.researcher, at=AT)
    with pytest.raises(NotFound):
        open_proof(consent_id=row.pk, actor=sample.stranger, at=AT)


@pytest.mark.django_db(transaction=True)
def test_proof_goes_with_a_withdrawal_and_its_older_copy_does_not_open(sample, settings):
    _consent(sample, proof=Proof("signé.pdf", "", PDF))
    digest = Consent.objects.get().proof_sha256
    path = settings.FILES_ROOT / "preuves" / str(sample.study.pk) / digest
    older = path.read_bytes()

    withdraw(
        participant_id=sample.ada.pk, way=WithdrawalWay.TEAM, actor=sample.lead,
        on=date(2026, 11, 22), at=AT,
    )  # fmt: skip

    assert not path.exists()
    path.write_bytes(older)
    with pytest.raises(vault.KeyMissing):
        vault.take_file(study_id=sample.study.pk, participant="p-01", digest=digest)


@pytest.mark.parametrize("content", [b"", b"bonjour", b"<html>", b"PK\x03\x04", PDF * 2_000_000])
def test_what_is_no_proof_is_refused_in_words(sample, content, settings):
    with pytest.raises(ProofRefused, match="20"):
        _consent(sample, proof=Proof("x", "", content))
    assert not settings.FILES_ROOT.exists()


def test_proofs_are_known_by_their_first_bytes():
    starts = [b"%PDF-1", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"0000ftypM4A ", b"OggS"]

    assert [media_of(start) for start in starts] == [
        "application/pdf", "image/jpeg", "image/png", "audio/mp4", "audio/ogg",
    ]  # fmt: skip


def test_team_notes_a_consent_with_its_form_and_proof_from_the_page(sample, client):
    team = let_in(client, sample.lead)
    answer = team.post(
        f"{HERS}consentement/",
        {
            "finalite-analyse": "oui",
            "mode": "written",
            "form": ConsentForm.objects.get().pk,
            "proof": SimpleUploadedFile("signé.pdf", PDF),
        },
    )
    assert answer.status_code == 302

    given = team.post(f"/etudes/numerique/participation/preuves/{Consent.objects.get().pk}/")

    assert given.content == PDF
    assert given["Content-Type"] == "application/pdf"
    assert given["Content-Disposition"].startswith("attachment")
    assert "Ouvrir la preuve" in team.get(HERS).content.decode()


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"finalite-analyse": "oui", "mode": "oral"}, 409, "formulaire publié"),
        (
            {
                "finalite-analyse": "oui",
                "mode": "oral",
                "form": "1",
                "proof": SimpleUploadedFile("a.pdf", b"rien"),
            },
            422,
            "La preuve est un PDF",
        ),
        ({"finalite-analyse": "oui"}, 422, "À corriger"),
    ],
)
def test_what_stops_a_consent_is_said_on_its_page(sample, client, sent, status, said):
    if "form" in sent:
        sent = {**sent, "form": ConsentForm.objects.get().pk}
    answer = let_in(client, sample.lead).post(f"{HERS}consentement/", sent)

    assert answer.status_code == status
    assert said in answer.content.decode()
    assert Consent.objects.count() == 0


def test_a_form_is_written_published_and_read_from_its_pages(sample, client):
    team = let_in(client, sample.lead)
    sent = {
        "version": "2026-2", "language": "fr", "brief": "Bref <b>", "text": "Tout.",
        "youth": "both",
    }  # fmt: skip
    draft = team.post(f"{FORMS}nouveau/", sent)["Location"]
    assert "Brouillon" in team.get(draft).content.decode()

    team.post(f"{draft}publier/")

    page = team.get(draft).content.decode()
    assert "Publiée" in page
    assert "Bref &lt;b&gt;" in page
    assert team.post(f"{draft}modifier/", sent).status_code == 409
    assert team.get(FORMS).content.decode().count("Publiée") == 2


def test_somebody_reads_the_form_and_answers_it_on_her_own_page(sample, client):
    token = issue_link(participant_id=sample.ada.pk, actor=sample.lead, at=AT)
    own = f"/p/{token}/mes-donnees/"
    assert "En deux mots." in client.get(f"{own}consentement/").content.decode()
    assert "Le texte." in client.get(f"{own}formulaire/").content.decode()

    client.post(f"{own}consentement/", {"finalite-citation": "non"})

    assert list(Consent.objects.values_list("form_version", "given")) == [("2026-1", False)]
