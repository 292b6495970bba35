"""Folders sent and taken as zips: hostile until read, told in words, all or nothing."""

import io
import stat
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT, REFERENCE

from croisee.studyfolder import read_study
from croisee_web.access.models import Account
from croisee_web.analysis.queries import study_files
from croisee_web.exchange.models import Upload
from croisee_web.exchange.usecases import do_export, do_import, erase_exports
from croisee_web.jobs.models import Job
from croisee_web.study.models import Study

EXAMPLE = REFERENCE.parents[1] / "src" / "croisee" / "studyfolder" / "example" / "fr"


def silent(step):
    del step


def packed(folder=EXAMPLE, extra=(), change=lambda name, content: content):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                name = f"mon-etude/{path.relative_to(folder).as_posix()}"
                archive.writestr(name, change(name, path.read_bytes()))
        for part, content in extra:
            archive.writestr(part, content)
    return stream.getvalue()


def send(client, content, name="etude.zip"):
    return client.post("/importer/", {"folder": SimpleUploadedFile(name, content)})


def imported_from(client, admin, content):
    answer = send(client, content)
    assert answer.status_code == 302
    upload = Upload.objects.order_by("pk").last()
    do_import(upload_id=upload.pk, actor=admin.label, at=AT, progress=silent)
    upload.refresh_from_db()
    return upload, client.get(answer.headers["Location"]).content.decode()


@pytest.fixture
def door(admin, client):
    return let_in(client, admin)


def test_a_zip_becomes_a_study(door, admin, settings):
    upload, page = imported_from(door, admin, packed())
    study = Study.objects.get()
    assert (upload.state, upload.study_id) == ("imported", study.pk)
    assert f"/etudes/{study.slug}/" in page
    assert list(settings.FILES_ROOT.iterdir()) == []
    # The job again: nothing twice.
    do_import(upload_id=upload.pk, actor=admin.label, at=AT, progress=silent)
    assert Study.objects.count() == 1


def test_what_the_site_does_not_keep_is_told_when_it_is_there(door, admin):
    log = ("mon-etude/journal-de-seance.csv", b"seance;theme;heure\ngroupe-1;bilan;9:30\n")

    _, without = imported_from(door, admin, packed())
    upload, page = imported_from(door, admin, packed(extra=[log]))

    assert (upload.state, [one["file"] for one in upload.problems]) == (
        "imported", ["journal-de-seance"]
    )  # fmt: skip
    told = ["<code>journal-de-seance</code>" in text for text in (without, page)]
    assert told == [False, True]


def test_what_must_be_corrected_is_told_with_its_place(door, admin):
    def wrong(name, content):
        return content + b"inconnu;inconnu;x\n" if name.endswith("cadre.csv") else content

    upload, page = imported_from(door, admin, packed(change=wrong))
    assert (upload.state, Study.objects.exists()) == ("refused", False)
    assert "Rien n’est importé" in page
    assert "cadre.csv" in page
    stranger = Account.objects.create(email="s@exemple.ca", name="S", created_at=AT)
    from django.test import Client

    assert let_in(Client(), stranger).get(f"/importer/{upload.pk}/").status_code == 404


def _link():
    part = zipfile.ZipInfo("mon-etude/lien")
    part.external_attr = (stat.S_IFLNK | 0o777) << 16
    return part


@pytest.mark.parametrize(
    "extra",
    [("../dehors.csv", "x"), ("/etc/dehors.csv", "x"), ("gros.csv", b"0" * 300_000_000)],
    ids=["traversal", "absolute", "bomb"],
)
def test_a_hostile_zip_is_refused_in_words(door, admin, extra, settings):
    upload, page = imported_from(door, admin, packed(extra=[extra]))
    assert (upload.state, Study.objects.exists()) == ("refused", False)
    assert "N’ouvrez pas ce fichier" in page
    assert list(settings.FILES_ROOT.iterdir()) == []


def test_a_link_in_a_zip_is_refused(door, admin):
    upload, page = imported_from(door, admin, packed(extra=[(_link(), "/etc/passwd")]))
    assert (upload.state, "lien" in page) == ("refused", True)


def test_what_is_no_zip_is_told_at_once(door):
    for content in (b"", b"PK", b"pas un zip"):
        answer = send(door, content)
        assert (answer.status_code, Upload.objects.exists()) == (200, False)
    assert "Choisissez un fichier" in door.post("/importer/").content.decode()


def test_who_may_not_open_studies_may_not_send_one(admin, client):
    stranger = Account.objects.create(email="s@exemple.ca", name="S", created_at=AT)
    assert send(let_in(client, stranger), packed()).status_code == 403
    assert not Upload.objects.exists()


def test_an_export_is_asked_for_taken_and_goes_with_who_leaves(
    door, admin, imported, tmp_path, django_capture_on_commit_callbacks
):
    page = f"/etudes/{imported.slug}/exporter/"
    assert door.get(f"{page}etude.zip").status_code == 404
    assert door.post(page).status_code == 302
    job = Job.objects.get(name="exchange.export")
    do_export(study_id=job.study_id, actor=admin, at=AT, progress=silent)
    answer = door.get(f"{page}etude.zip")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{imported.slug}.zip"'
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        archive.extractall(tmp_path / "out")
    assert read_study(tmp_path / "out").problems == ()
    with django_capture_on_commit_callbacks(execute=True):
        removed = erase_exports(imported.pk, "p-001", AT)
    assert removed[0].count == 1
    assert [p.name for p in study_files(imported.pk).iterdir()] == ["registre"]


def test_the_terminal_imports_and_exports(admin, tmp_path, capsys):
    call_command("import_study", EXAMPLE, lead=admin.email)
    study = Study.objects.get()
    assert f"/etudes/{study.slug}/" in capsys.readouterr().out
    call_command("export_study", study.slug, tmp_path / "out", by=admin.email)
    assert read_study(tmp_path / "out").problems == ()
    with pytest.raises(CommandError, match="contient déjà"):
        call_command("export_study", study.slug, tmp_path / "out", by=admin.email)
    with pytest.raises(CommandError, match="Rien n’est importé"):
        call_command("import_study", tmp_path / "nulle-part", lead=admin.email)
    with pytest.raises(CommandError, match="Aucun compte"):
        call_command("import_study", EXAMPLE, lead="personne@exemple.ca")
