"""A list of participants: read line by line, confirmed, all or nobody."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.entrance import let_in

from croisee.formats import write_xlsx
from croisee_web.people.models import Consent, ConsentForm, Participant
from croisee_web.people.queries.incoming import NewPerson, read_people
from croisee_web.people.usecases import CodeTaken, FormNotPublished, import_people

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGE = "/etudes/numerique/importer-des-personnes/"
HEADER = ("Code", "Réseau", "Organisme", "Consent_analyse", "Nom")
ROWS = (
    ("P_10", "carrefours", "maison-bleue", "oui", "Ada Canari"),
    ("p-11", "Carrefours", "", "non", "Bo"),
    ("p-12", "quartiers", "", "", ""),
    ("p-01", "quartiers", "", "oui", ""),
    ("p-11", "quartiers", "", "", ""),
    ("Ada C.", "quartiers", "", "", ""),
    ("p-13", "ailleurs", "", "", ""),
    ("p-14", "quartiers", "", "peut-être", ""),
    ("", "", "", "", ""),
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def team(sample, client):
    return let_in(client, sample.lead)


def _grid(*rows):
    return tuple(enumerate((HEADER, *rows), 1))


def _csv(rows=ROWS, header=HEADER, name="liste.csv"):
    text = "\r\n".join(";".join(row) for row in (header, *rows))
    return SimpleUploadedFile(name, text.encode("utf-8-sig"))


def _send(team, **more):
    return team.post(PAGE, {"file": _csv(**more)})


def _hidden(page):
    return page.split('name="read" value="')[1].split('"')[0]


def test_every_line_is_told_what_becomes_of_it(sample):
    report = read_people(study_id=sample.study.pk, lines=_grid(*ROWS))

    assert [(line.number, line.verdict.value, line.code) for line in report.lines] == [
        (2, "new", "p-10"), (3, "new", "p-11"), (4, "new", "p-12"), (5, "known", "p-01"),
        (6, "refused", "p-11"), (7, "refused", "Ada C."), (8, "refused", "p-13"),
        (9, "refused", "p-14"),
    ]  # fmt: skip
    assert all(line.why for line in report.lines if line.verdict == "refused")
    assert report.unread == ("Nom",)
    assert report.people[0] == NewPerson(
        "p-10", "carrefours", "", "maison-bleue", {"analyse": True}
    )


def test_reading_asks_as_many_queries_whatever_its_length(sample, django_assert_num_queries):
    for rows in (ROWS[:1], ROWS):
        with django_assert_num_queries(3):
            read_people(study_id=sample.study.pk, lines=_grid(*rows))


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_list_is_looked_at_then_confirmed(team, suffix, tmp_path):
    sent = _csv()
    if suffix == "xlsx":
        write_xlsx(tmp_path / "liste.xlsx", HEADER, ROWS)
        sent = SimpleUploadedFile("liste.xlsx", (tmp_path / "liste.xlsx").read_bytes())
    page = team.post(PAGE, {"file": sent}).content.decode()
    assert "3 personnes à inscrire." in page
    assert "Canari" not in page
    assert Participant.objects.count() == 2

    form = ConsentForm.objects.get().pk
    answer = team.post(f"{PAGE}confirmer/", {"read": _hidden(page), "mode": "oral", "form": form})

    assert answer["Location"] == "/etudes/numerique/participation/"
    assert Participant.objects.count() == 5
    assert set(Consent.objects.values_list("participant__code", "given", "form_version")) == {
        ("p-10", True, "2026-1"), ("p-11", False, "2026-1"),
    }  # fmt: skip


def test_list_confirmed_twice_is_told_and_changes_nothing(team):
    hidden = _hidden(_send(team, rows=ROWS[2:3]).content.decode())
    assert team.post(f"{PAGE}confirmer/", {"read": hidden}).status_code == 302

    again = team.post(f"{PAGE}confirmer/", {"read": hidden})

    assert again.status_code == 409
    assert "a été donné entre-temps" in again.content.decode()
    assert Participant.objects.count() == 3


@pytest.mark.parametrize("read", ["", "abc", "eyJhIjoxfQ:1x:abc"])
def test_list_that_was_not_looked_at_is_not_taken(team, read):
    answer = team.post(f"{PAGE}confirmer/", {"read": read})

    assert answer["Location"] == PAGE
    assert Participant.objects.count() == 2


def test_consents_of_a_list_name_the_form_that_was_read(team, sample):
    hidden = _hidden(_send(team, rows=ROWS[:1]).content.decode())

    assert team.post(f"{PAGE}confirmer/", {"read": hidden}).status_code == 422
    with pytest.raises(FormNotPublished):
        import_people(
            study_id=sample.study.pk, form=None, actor=sample.lead, at=AT,
            people=(NewPerson("p-20", "quartiers", answers={"analyse": True}),),
        )  # fmt: skip
    assert Participant.objects.count() == 2


def test_a_code_given_meanwhile_stops_the_whole_list(sample):
    people = (NewPerson("p-20", "quartiers"), NewPerson("p-01", "quartiers"))

    with pytest.raises(CodeTaken):
        import_people(study_id=sample.study.pk, people=people, form=None, actor=sample.lead, at=AT)
    assert Participant.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (SimpleUploadedFile("a.pdf", b"%PDF"), "Choisissez un fichier CSV ou XLSX"),
        (SimpleUploadedFile("a.xlsx", b"PK rien"), "À corriger"),
        (SimpleUploadedFile("a.csv", b"nom;age\nAda;3\n"), "doit nommer les colonnes"),
        (SimpleUploadedFile("a.csv", b"\x00\x01\xff"), "À corriger"),
    ],
)
def test_file_that_is_no_list_is_told_in_words(team, sent, said):
    sent.seek(0)
    answer = team.post(PAGE, {"file": sent})

    assert answer.status_code == 422
    assert said in answer.content.decode()
