"""A questionnaire begun from another tool's file: what is lost is listed before it is kept."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader
from tests.web.entrance import let_in
from tests.web.instruments.conftest import AT

from croisee.formats.ddi import Described, write_ddi
from croisee.formats.labelled import Content, Labelled, Measure, Value, Variable
from croisee.formats.sav_writing import write_sav
from croisee.questionnaire.editing import questions_of
from croisee_web.access.vocabulary import Role
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.rules import book_of
from croisee_web.instruments.usecases import publish

TABLE = Labelled(
    "Usages",
    (
        Variable("outil", "Quel outil ?", values=(Value("1", "Courriel"), Value("2", "Visio"))),
        Variable("age", "Âge", values=(Value("99", "Ne sait pas"),), measure=Measure.SCALE),
        Variable("mot", "Un mot ?", Content.TEXT),
    ),
    rows=(("1", "34", "oui"), ("2", "51", "")),
)
LIME = "\t".join
LSTSV = "\n".join(
    [
        LIME(["class", "type/scale", "name", "relevance", "text", "help", "language", "mandatory"]),
        LIME(["S", "", "language", "", "fr", "", "", ""]),
        LIME(["SL", "", "surveyls_title", "", "Usages", "", "fr", ""]),
        LIME(["G", "G0", "Un", "1", "", "", "fr", ""]),
        LIME(["Q", "L", "outil", "1", "Quel outil ?", "", "fr", "N"]),
        LIME(["A", "0", "a", "", "Courriel", "", "fr", ""]),
        LIME(["A", "0", "b", "", "Visio", "", "fr", ""]),
        LIME(["Q", "S", "mot", "rand(1,2) == 1", "Un mot ?", "", "fr", "N"]),
    ]
)


@pytest.fixture
def as_lead(client, account_with):
    return let_in(client, account_with(Role.LEAD))


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "a.sav"
    write_sav(path, TABLE)
    return {
        "a.sav": path.read_bytes(),
        "a.xml": write_ddi(TABLE, Described("e", "Usages")),
        "a.tsv": LSTSV.encode(),
    }


def sent(client, name, content):
    return client.post(
        reverse("instruments:import", args=["veille"]),
        {"file": SimpleUploadedFile(name, content), "name_fr": "Usages", "subject": "personne"},
    )


def kept_in(answer):
    return unescape(re.search(r'name="classeur" value="([^"]+)"', answer.content.decode())[1])


@pytest.mark.parametrize("name", ["a.sav", "a.xml", "a.tsv"])
def test_a_questionnaire_of_another_tool_is_begun_once_its_losses_are_seen(as_lead, files, name):
    answer = sent(as_lead, name, files[name])
    if answer.status_code == 200:
        assert Questionnaire.objects.count() == 0
        assert "Ce qui n’est pas repris" in answer.content.decode()
        address = reverse("instruments:import", args=["veille"])
        answer = as_lead.post(address, {"classeur": kept_in(answer)})
    assert answer.status_code == 302
    row = Questionnaire.objects.get()
    names = [one.name for one in questions_of(book_of(row.workbook)) if one.choices or one.label.fr]
    assert (row.name_fr, {"outil", "mot"} <= set(names)) == ("Usages", True)


def test_what_is_lost_is_named_by_its_question(as_lead, files):
    page = sent(as_lead, "a.sav", files["a.sav"]).content.decode()
    assert "<code>age</code>" in page
    assert Questionnaire.objects.count() == 0


def test_a_questionnaire_changed_on_its_way_is_not_begun(as_lead, files):
    kept = kept_in(sent(as_lead, "a.sav", files["a.sav"]))
    address = reverse("instruments:import", args=["veille"])
    assert as_lead.post(address, {"classeur": f"{kept}x"}).status_code == 422
    assert Questionnaire.objects.count() == 0


def test_what_is_no_questionnaire_is_refused_in_words(as_lead):
    for name, content in (("a.xml", b"<a/>"), ("a.sav", b"$FL2" + b"\0" * 99), ("a.lss", b"<")):
        answer = sent(as_lead, name, content)
        assert (name, answer.status_code) == (name, 422)
        assert "À corriger" in answer.content.decode()


def test_a_published_version_is_printed_in_two_sizes_and_two_languages(
    as_lead, questionnaire, account_with
):
    publish(questionnaire_id=questionnaire.pk, actor=account_with(Role.LEAD), at=AT)
    address = reverse("instruments:paper", args=["veille", questionnaire.code, 1])
    found = [as_lead.get(one) for one in (address, f"{address}?corps=grand", f"/en{address}")]
    assert [one["Content-Type"] for one in found] == ["application/pdf"] * 3
    texts = [
        " ".join(page.extract_text() for page in PdfReader(BytesIO(one.content)).pages)
        for one in found
    ]
    assert "Merci. Remettez cette feuille" in texts[0].replace("\n", " ")
    assert found[0].content != found[1].content
    assert texts[2] != texts[0]
