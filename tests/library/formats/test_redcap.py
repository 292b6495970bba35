"""REDCap's dictionary and records: labels, checkboxes, identifiers left out, what is bad told."""

import pytest

from croisee.cli import main
from croisee.formats import FormatRefused
from croisee.formats.labelled import Content, Measure, Multiple, Value
from croisee.formats.redcap import read_redcap
from croisee.formats.sav import read_sav

HEADER = (
    "Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"
    '"Choices, Calculations, OR Slider Labels",Field Note,'
    "Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,"
    "Identifier?,Branching Logic (Show field only if...),Required Field?\n"
)
FIELDS = """\
record_id,accueil,,text,Fiche,,,,,,,,
nom,accueil,,text,Votre nom,,,,,,y,,
age,accueil,,text,Votre âge,,,integer,0,120,,,
venu,accueil,,radio,<b>Venu</b> comment?,"1, À pied | 2, En bus | -9, Ne sait pas",,,,,,,
outils,accueil,,checkbox,Vos outils,"a, Zoom | B-1, Teams",,,,,,[venu] = '1',
jour,suivi,,text,Le jour,,,date_dmy,,,,,
quand,suivi,,text,Le moment,,,datetime_ymd,,,,,
accord,suivi,,yesno,D’accord?,,,,,,,,
mots,suivi,,notes,En vos mots,,,,,,,,
intro,suivi,,descriptive,Bonjour,,,,,,,,
"""
RECORDS = """\
record_id,redcap_event_name,nom,age,venu,outils___a,outils___b_1,accueil_complete,jour,quand,accord,mots,autre
1,debut,Ada Un,44,1,1,0,2,2026-03-13,2026-03-13 10:30,1,"=oui, mais",x
2,debut,Bo Deux,,2,0,1,0,,,0,,
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "dictionnaire.csv").write_text(HEADER + FIELDS, encoding="utf-8")
    (tmp_path / "donnees.csv").write_text(RECORDS, encoding="utf-8")
    return tmp_path


def read(project):
    return read_redcap(project / "donnees.csv", project / "dictionnaire.csv")


def test_records_have_the_labels_of_their_dictionary(project):
    table, notices = read(project)
    known = {one.name: one for one in table.variables}
    assert "nom" not in known
    assert known["venu"].label == "Venu comment?"
    assert known["venu"].values == (
        Value("1", "À pied"), Value("2", "En bus"), Value("-9", "Ne sait pas"),
    )  # fmt: skip
    assert known["age"].measure is Measure.SCALE
    assert known["jour"].content is Content.DATE
    assert known["quand"].content is Content.MOMENT
    assert known["accueil_complete"].values[2].label == "Complete"
    assert known["outils___b_1"].label == "Vos outils : Teams"
    assert table.multiples == (Multiple("outils", "Vos outils", ("outils___a", "outils___b_1")),)
    assert len(table.rows) == 2
    assert table.rows[0][-2:] == ("=oui, mais", "x")
    said = [one.message.to("fr") for one in notices]
    assert said == [
        "Laissé de côté, car marqué comme identifiant : nom.",
        "Pas dans le dictionnaire : autre.",
    ]


def test_a_project_becomes_an_spss_file_and_says_so(project, capsys):
    assert main(["convert", str(project / "donnees.csv"), str(project / "d.sav"),
                 "--lang", "fr"]) == 0  # fmt: skip
    out = capsys.readouterr().out.replace("\xa0", " ")
    assert "Lu comme des données de REDCap, avec le dictionnaire dictionnaire.csv" in out
    assert "Laissé de côté, car marqué comme identifiant : nom." in out
    assert "Pour l’équipe seulement" in out
    table = read_sav(project / "d.sav")
    assert [one.name for one in table.variables] == [one.name for one in read(project)[0].variables]
    assert table.rows == read(project)[0].rows
    assert b"Ada Un" not in (project / "d.sav").read_bytes()


def test_a_dictionary_alone_becomes_a_description(project, capsys):
    assert main(["convert", str(project / "dictionnaire.csv"), str(project / "d.xml"),
                 "--lang", "fr"]) == 0  # fmt: skip
    assert "les variables seules" in capsys.readouterr().out
    written = (project / "d.xml").read_text(encoding="utf-8")
    assert "Venu comment?" in written
    assert "Votre nom" not in written


def test_a_cell_of_another_kind_keeps_its_column_as_text_with_the_line(project):
    path = project / "donnees.csv"
    path.write_text(RECORDS.replace(",44,1,", ",NA,7,"), encoding="utf-8")
    table, notices = read(project)
    known = {one.name: one for one in table.variables}
    assert known["age"].content is Content.TEXT
    (bad,) = [one for one in notices if one.line]
    assert bad.line == 2
    assert "« NA » n’est pas ce que dit le dictionnaire pour age" in bad.message.to("fr")
    assert any("venu : des codes sans libellé (7)" in one.message.to("fr") for one in notices)


def test_columns_of_the_api_are_read_too(project):
    names = (
        "field_name,form_name,section_header,field_type,field_label,"
        "select_choices_or_calculations,field_note,text_validation_type_or_show_slider_number,"
        "text_validation_min,text_validation_max,identifier,branching_logic,required_field\n"
    )
    before = read(project)
    (project / "dictionnaire.csv").write_text(names + FIELDS, encoding="utf-8")
    assert read(project) == before


def test_records_of_another_project_are_refused(project):
    (project / "donnees.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(FormatRefused, match=r"dictionnaire\.csv"):
        read(project)


def test_what_is_no_dictionary_is_refused(project):
    with pytest.raises(FormatRefused, match="REDCap"):
        read_redcap(None, project / "donnees.csv")


def test_an_ordinary_table_beside_a_dictionary_is_read_as_it_was(project, capsys):
    (project / "autre.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert main(["convert", str(project / "autre.csv"), str(project / "x.sav"),
                 "--lang", "fr"]) == 0  # fmt: skip
    assert "REDCap" not in capsys.readouterr().out
