"""XForms read back into workbooks: compiled again, they ask the same."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from lxml import etree
from tests.library.questionnaire.generated_forms import workbooks

from croisee.formats import FormatRefused
from croisee.formats.xlsform import Workbook, read_workbook, worksheet_of
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.exchanges.xform_in import questionnaire_of_xform
from croisee.questionnaire.form import Words
from croisee.questionnaire.xform import read_form

FR, EN = "label::Français (fr)", "label::English (en)"
X = "{http://www.w3.org/2002/xforms}"


def book(survey, choices=(), **settings_row):
    return Workbook(
        (
            worksheet_of("survey", survey),
            worksheet_of("choices", choices),
            worksheet_of("settings", [{"form_id": "essai", "form_title": "Essai", **settings_row}]),
        )
    )


def again(xml):
    """An XForm read, and compiled from what was read."""
    read = questionnaire_of_xform(xml)
    return read, compile_form(read.workbook).xml


def said(words):
    return {
        (language or "default"): tuple(
            piece if isinstance(piece, str) else f"<{piece.xpath}>" for piece in pieces
        )
        for language, pieces in words.by_language
    }


def one(expression):
    return None if expression is None else expression.xpath


def questions(xml):
    """Everything a form asks, without the white space of its expressions."""
    form = read_form(xml)
    lists = {
        name: [
            sorted((etree.QName(cell).localname, cell.text) for cell in item)
            for item in etree.fromstring(content)
        ]
        for name, content in form.lists
    }
    texts = {key: said(words) for key, words in form.texts}
    nodes = [
        (
            replace(
                node, children=(), label=Words(), hint=Words(), relevant=None, required=None,
                constraint=None, constraint_message=Words(), required_message=Words(),
                calculate=None, count=None, choices=replace(node.choices, fixed=(), items=None),
            ),
            said(node.label), said(node.hint), said(node.constraint_message),
            said(node.required_message), one(node.relevant), one(node.required),
            one(node.constraint), one(node.calculate), one(node.count), one(node.choices.items),
            [(choice.code, said(choice.label)) for choice in node.choices.fixed],
        )
        for node in form.walk() if node.path
    ]  # fmt: skip
    return form.identifier, form.version, form.title, nodes, lists, texts


def media(xml):
    """The pictures, sounds and actions of a form."""
    root = etree.fromstring(xml)
    values = [
        (value.getparent().get("id"), value.get("form"), value.text)
        for value in root.iter(f"{X}value") if value.get("form")
    ]  # fmt: skip
    acts = [
        (act.get("ref"), act.get("event"), " ".join(act.get("value", "").split()))
        for act in root.iter(f"{X}setvalue")
    ]
    return sorted(values), sorted(acts)


@settings(max_examples=40)
@given(workbooks())
def test_a_form_read_back_asks_the_same(made):
    xml = compile_form(made).xml
    read, compiled = again(xml)
    assert read.losses == ()
    assert questions(compiled) == questions(xml)


EVERYTHING = book(
    [
        {"type": "start", "name": "debut"},
        {"type": "today", "name": "jour"},
        {"type": "deviceid", "name": "appareil"},
        {"type": "audit", "name": "audit", "parameters": "track-changes=true"},
        {"type": "note", "name": "bonjour", FR: "Bonjour\n**à toutes**", EN: "Hello",
         "media::image::Français (fr)": "logo.png", "media::audio::English (en)": "hi.mp3"},
        {"type": "text", "name": "prenom", FR: "Prénom ?", EN: "First name?",
         "hint::Français (fr)": "Comme vous voulez", "guidance_hint::Français (fr)": "Ne pas lire",
         "required": "yes", "required_message::Français (fr)": "Il le faut", "default": "Zoé",
         "appearance": "multiline", "parameters": "rows=4"},
        {"type": "hidden", "name": "canal", "default": "papier"},
        {"type": "begin_group", "name": "vie", FR: "La vie de ${prenom}", EN: "Life",
         "relevant": "${prenom} != ''", "appearance": "field-list"},
        {"type": "select_one region", "name": "ou", FR: "Où ?", EN: "Where?"},
        {"type": "select_one ville", "name": "ville", FR: "Ville ?", EN: "Town?",
         "choice_filter": "region = ${ou}", "parameters": "randomize=true, seed=${graine}"},
        {"type": "calculate", "name": "graine", "calculation": "once(random())"},
        {"type": "calculate", "name": "nom_ville",
         "calculation": "jr:choice-name(${ville}, '${ville}')"},
        {"type": "integer", "name": "age", FR: "Âge ?", EN: "Age?",
         "constraint": ". >= 0 and . < 130",
         "constraint_message::Français (fr)": "De 0 à 129", "default": "20 + 1"},
        {"type": "range", "name": "note", FR: "Note ?", EN: "Mark?",
         "parameters": "start=0 end=10 step=0.5"},
        {"type": "end_group"},
        {"type": "begin_repeat", "name": "enfants", FR: "Enfants", EN: "Children",
         "repeat_count": "${combien}"},
        {"type": "text", "name": "enfant", FR: "Nom de l’enfant", EN: "Child"},
        {"type": "integer", "name": "ans", FR: "Âge de ${enfant}", EN: "Age of ${enfant}",
         "relevant": "${enfant} != ''"},
        {"type": "end_repeat"},
        {"type": "integer", "name": "combien", FR: "Combien ?", EN: "How many?"},
        {"type": "calculate", "name": "total", "calculation": "sum(${ans}) + count(${enfants})"},
        {"type": "select_one ${enfant}", "name": "aine", FR: "L’aîné ?", EN: "Eldest?"},
        {"type": "select_multiple_from_file villes.csv", "name": "vues", FR: "Vues ?", EN: "Seen?",
         "parameters": "value=code, label=nom", "choice_filter": "pays='ca'"},
        {"type": "csv-external", "name": "tarifs"},
        {"type": "rank region", "name": "ordre", FR: "Ordre ?", EN: "Order?"},
        {"type": "acknowledge", "name": "lu", FR: "Lu", EN: "Read", "trigger": ""},
        {"type": "image", "name": "photo", FR: "Photo", EN: "Picture",
         "parameters": "max-pixels=640"},
        {"type": "audio", "name": "son", FR: "Son", EN: "Sound"},
        {"type": "file", "name": "piece", FR: "Pièce", EN: "File"},
        {"type": "geopoint", "name": "lieu", FR: "Lieu", EN: "Place",
         "parameters": "capture-accuracy=10"},
        {"type": "dateTime", "name": "quand", FR: "Quand ?", EN: "When?"},
        {"type": "barcode", "name": "code", FR: "Code", EN: "Code", "trigger": ""},
        {"type": "dateTime", "name": "change", "trigger": "${lu}", "calculation": "now()"},
        {"type": "text", "name": "ancien", FR: "Avant", EN: "Before", "readonly": "yes",
         "calculation": "${last-saved#prenom}"},
    ],
    [
        {"list_name": "region", "name": "bsl", FR: "Bas-Saint-Laurent", EN: "Lower"},
        {"list_name": "region", "name": "est", FR: "Estrie", EN: "Estrie"},
        {"list_name": "ville", "name": "rimouski", FR: "Rimouski", EN: "Rimouski",
         "media::image::Français (fr)": "r.png", "region": "bsl"},
        {"list_name": "ville", "name": "magog", FR: "Magog", EN: "Magog", "region": "est"},
    ],
    default_language="Français (fr)", version="3", instance_name="concat(${prenom}, ' ', ${age})",
    style="pages",
)  # fmt: skip


def test_everything_an_xlsform_says_comes_back():
    xml = compile_form(EVERYTHING).xml
    read, compiled = again(xml)
    assert read.losses == ()
    assert questions(compiled) == questions(xml)
    assert media(compiled) == media(xml)
    bare = [" ".join(one.decode().split()) for one in (xml, compiled)]
    for setting in (
        "rows=", "max-pixels", "accuracyThreshold", "track-changes", "class=", "csv/tarifs",
        "instanceName", "randomize(", "file-csv/villes.csv",
    ):  # fmt: skip
        assert bare[0].count(setting) == bare[1].count(setting) > 0, setting


def test_a_workbook_says_names_and_not_paths():
    rows = questionnaire_of_xform(compile_form(EVERYTHING).xml).workbook.sheet("survey").records()
    by_name = {row["name"]: row for row in rows if not row["type"].startswith("end")}
    assert by_name["vie"]["relevant"] == "${prenom} != ''"
    assert by_name["vie"][FR] == "La vie de ${prenom}"
    assert by_name["ville"]["choice_filter"].replace(" ", "") == "region=${ou}"
    assert by_name["ans"][EN] == "Age of ${enfant}"
    assert by_name["nom_ville"]["calculation"] == "jr:choice-name(${ville}, '${ville}')"


def test_the_same_name_in_two_groups_keeps_its_whole_path():
    made = book(
        [
            {"type": "begin_group", "name": "a", "label": "A"},
            {"type": "integer", "name": "n", "label": "N"},
            {"type": "end_group"},
            {"type": "begin_group", "name": "b", "label": "B"},
            {"type": "integer", "name": "n", "label": "N"},
            {"type": "end_group"},
            {"type": "note", "name": "fin", "label": "Fin", "relevant": "/data/b/n > /data/a/n"},
        ]
    )
    xml = compile_form(made).xml
    read, compiled = again(xml)
    fin = next(row for row in read.workbook.sheet("survey").records() if row["name"] == "fin")
    assert fin["relevant"] == "/data/b/n > /data/a/n"
    assert questions(compiled) == questions(xml)


HAND_MADE = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>Fait à la main</h:title><model>
<instance><essai id="essai"><formhub><uuid/></formhub><humeur/><note/><meta><instanceID/></meta>
</essai></instance>
<bind nodeset="/essai/note" type="string" relevant="/essai/humeur = 'b'"/>
</model></h:head>
<h:body>
<group appearance="field-list"><label>Pour l’écran</label>
<select1 ref="/essai/humeur"><label>Humeur ?</label>
<item><label>Bonne</label><value>b</value></item><item><label>Autre</label><value>a</value></item>
</select1></group>
<input ref="/essai/note">
<label>Pourquoi <output value="concat(/essai/humeur, '!')"/> ?</label></input>
</h:body></h:html>"""


def test_a_form_made_by_hand_says_what_a_workbook_cannot():
    read, compiled = again(HAND_MADE.encode())
    rows = read.workbook.sheet("survey").records()
    assert [(row["type"], row["name"]) for row in rows] == [
        ("select_one humeur", "humeur"), ("text", "note"),
    ]  # fmt: skip
    assert rows[1]["relevant"] == "${humeur} = 'b'"
    told = " ".join(loss.what.to("fr") for loss in read.losses)
    assert all(one in told for one in ("Pour l’écran", "formhub", "concat("))
    assert [node.path for node in read_form(compiled).nodes[:2]] == ["/essai/humeur", "/essai/note"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<h:html",
        b"<a/>",
        HAND_MADE.replace("<instance>", "<rien>").replace("</instance>", "</rien>").encode(),
        b'<!DOCTYPE a [<!ENTITY x "y">]>' + HAND_MADE.partition("?>")[2].encode(),
    ],
)
def test_what_is_no_form_is_refused(content):
    with pytest.raises(FormatRefused):
        questionnaire_of_xform(content)


def test_forms_of_others_come_back_the_same(real_data):
    same = 0
    for path in sorted((real_data / "survey").rglob("*.xls*")):
        try:
            xml = compile_form(read_workbook(path)).xml
        except (FormRefused, FormatRefused):
            continue
        read, compiled = again(xml)
        if not read.losses:
            assert questions(compiled)[3] == questions(xml)[3], path.name
            same += 1
    assert same >= 45
