"""What was taken out of an anonymous collection and comes back is known again: nothing doubles."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in

from croisee_web.collection.models import Bringing, DayCount, Submission
from croisee_web.collection.rules.outgoing import comes_from, exported_number, still_says
from croisee_web.collection.usecases.conducting import open_collecting
from croisee_web.collection.usecases.receiving import remove_by_receipt
from croisee_web.collection.usecases.taking import take_out
from croisee_web.study.models import Edition

pytestmark = pytest.mark.django_db(transaction=True)
"""The jobs of a day wipe freed pages: no transaction around them."""
ALIKE = {"outils": "courriel papier", "heures": 12}


@pytest.fixture
def asked(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"
    made = asked_of(anonymous=True)
    made.receive(1, receipt="recu-1", **ALIKE)
    made.receive(2, receipt="recu-2", **ALIKE)
    made.receive(3, case="quartiers", outil="papier", mot="deux\nlignes ; « guillemets »")
    return made


def taken(asked, how="odk"):
    return take_out(
        study_id=asked.world.study.pk, collecting_id=asked.collecting.pk, how=how,
        actor=asked.world.researcher, at=AT,
    )  # fmt: skip


def brought(asked, client, name, content, collecting=None):
    """Bring a file by its page, and return what became of its rows."""
    let_in(client, asked.world.researcher)
    number = (collecting or asked.collecting).pk
    sent = client.post(
        reverse("collection:bring", args=["numerique", number]),
        {"file": SimpleUploadedFile(name, content)},
    )
    call_command("work", until_empty=True)
    client.post(sent.url, {"case": "carrefours"})
    call_command("work", until_empty=True)
    report = Bringing.objects.order_by("-pk").first().report
    page = client.get(sent.url).content.decode()
    return {key: report[key] for key in ("received", "already", "apart", "refused")}, page


def counts(received=0, already=0, apart=0, refused=0):
    return {"received": received, "already": already, "apart": apart, "refused": refused}


def table_of(file):
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        name = next(one for one in archive.namelist() if one.endswith(".csv"))
        return name, archive.read(name).decode("utf-8-sig")


@pytest.mark.parametrize("how", ["odk", "odk-xlsx", "dossier", "dossier-xlsx"])
def test_what_was_taken_comes_back_as_already_there_and_nothing_doubles(asked, client, how):
    before, file = asked.kept(), taken(asked, how)

    assert brought(asked, client, file.name, file.content)[0] == counts(already=3)
    assert brought(asked, client, file.name, file.content)[0] == counts(already=3)

    assert asked.kept() == before
    assert sum(DayCount.objects.values_list("count", flat=True)) == 3


def test_control_without_what_tells_them_the_same_rows_double(asked, client):
    name, text = table_of(taken(asked))
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row in rows:
        row["_uuid"] = row["repondant"] = ""
    made = io.StringIO()
    out = csv.DictWriter(made, rows[0], delimiter=";")
    out.writeheader()
    out.writerows(rows)

    assert brought(asked, client, name, made.getvalue().encode())[0] == counts(received=3)
    assert Submission.objects.count() == 6


def test_answers_that_somebody_gave_like_others_are_received_all_the_same(asked, client):
    text = "outil;outils;heures;cas\nvisio;courriel papier;12;carrefours\n"

    assert brought(asked, client, "papier.csv", text.encode())[0] == counts(received=1)


def test_an_answer_taken_back_since_does_not_come_back_with_the_file(asked, client):
    file = taken(asked)
    remove_by_receipt(collecting_id=asked.collecting.pk, receipt="recu-1", at=AT)

    report, page = brought(asked, client, file.name, file.content)

    assert report == counts(already=2, refused=1)
    assert Submission.objects.count() == 2
    assert "retirée ou corrigée depuis" in page


def test_a_row_that_was_changed_in_the_file_is_not_a_new_answer(asked, client):
    name, text = table_of(taken(asked))

    report, page = brought(asked, client, name, text.replace(";12;", ";13;").encode())

    assert report == counts(already=1, refused=2)
    assert "n’est plus la même" in page


def test_what_was_taken_from_another_collection_is_received_there(asked, client):
    file = taken(asked)
    Edition.objects.create(study=asked.world.study, code="2027", position=1, name_fr="2027")
    plan = asked.world.plan(
        published_id=asked.collecting.published_id, anonymous=True, open_link=True, edition="2027"
    )
    other = open_collecting(study_id=asked.world.study.pk, plan=plan, actor=asked.world.lead, at=AT)

    assert brought(asked, client, file.name, file.content, other)[0] == counts(received=3)
    assert brought(asked, client, file.name, file.content, other)[0] == counts(already=3)


def test_two_exports_of_the_same_answers_share_no_number(asked):
    numbers = []
    for _time in range(2):
        rows = csv.DictReader(io.StringIO(table_of(taken(asked))[1]), delimiter=";")
        numbers.append({row["_uuid"] for row in rows})

    assert [len(one) for one in numbers] == [3, 3]
    assert not numbers[0] & numbers[1]


def test_a_number_is_of_one_collection_and_of_one_content():
    salt, said = "00" * 32, {"/data/outil": "visio"}
    number = exported_number(salt, "carrefours", said)

    assert comes_from(salt, number)
    assert still_says(salt, number, "carrefours", said)
    assert not still_says(salt, number, "quartiers", said)
    assert not still_says(salt, number, "carrefours", {**said, "/data/mot": ""})
    assert not comes_from("11" * 32, number)
    for other in ("", "uuid:1", number[:-1], number.upper(), f"{number}0", "croisee-é"):
        assert not still_says(salt, other, "carrefours", said)
