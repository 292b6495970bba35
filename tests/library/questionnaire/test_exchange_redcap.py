"""REDCap: the dictionary as a questionnaire and back, records in codes and in labels."""

from __future__ import annotations

import csv
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyxform.xls2xform import convert as compiled_by_pyxform
from tests.library.formats.test_redcap import FIELDS, HEADER
from tests.library.run.test_convert_collections import instruments, said

from croisee.cli import main
from croisee.formats.labelled import Value
from croisee.formats.redcap_dictionary import (
    COLUMNS,
    RedcapField,
    read_dictionary,
    write_dictionary,
)
from croisee.formats.writing import guarded
from croisee.formats.xlsform import read_workbook, write_workbook
from croisee.language import Label
from croisee.questionnaire.describing import instrument_of, lines_of, workbook_of
from croisee.questionnaire.exchanges.logic import NotSimple, read_xpath
from croisee.questionnaire.exchanges.recognising import read_questionnaire
from croisee.questionnaire.exchanges.redcap_in import questionnaire_of_redcap
from croisee.questionnaire.exchanges.redcap_logic import branching_of, relevant_of
from croisee.questionnaire.exchanges.redcap_out import write_redcap
from croisee.study import QuestionKind, Subject
from croisee.studyfolder import read_study

BOXES = RedcapField("b", "f", "checkbox", "B", (Value("1", "Un"), Value("x-2", "Deux")))
KNOWN = {"b": BOXES, "a": RedcapField("a", "f", "radio", "A", (Value("1", "Un"),)),
         "n": RedcapField("n", "f", "text", "N", check="integer")}  # fmt: skip


@pytest.mark.parametrize(
    ("logic", "relevant"),
    [
        ("[a] = '1'", "${a} = '1'"),
        ("[A]='1' and [n] > 3", "${a} = '1' and ${n} > 3"),
        ('[n] >= "18" or [a] <> "1"', "${n} >= 18 or ${a} != '1'"),
        ("[b(1)] = '1'", "selected(${b}, '1')"),
        ("[b(X-2)] = 0", "not(selected(${b}, 'x-2'))"),
        ("[b(1)] <> '1'", "not(selected(${b}, '1'))"),
        ("([a]='1' or [b(1)]='1') and [n]<5",
         "(${a} = '1' or selected(${b}, '1')) and ${n} < 5"),
        ("[a] = ''", "${a} = ''"),
    ],
)  # fmt: skip
def test_simple_branching_logic_is_translated(logic, relevant):
    assert relevant_of(logic, KNOWN) == relevant


@pytest.mark.parametrize(
    "logic",
    [
        "[debut][a] = '1'", "datediff([n], 'today', 'y') > 3", "[inconnu] = '1'", "[b] = '1'",
        "[b(9)] = '1'", "[record-name] = '1'", "[a] > '2026-01-01'", "[a", "ref0 = '1'", "[a] =",
        "[b(1)] > '0'", "sum([n], [n]) > 2", "[a] = '1' and ref0 = '1'",
    ],
)  # fmt: skip
def test_other_logic_is_never_half_translated(logic):
    with pytest.raises(NotSimple):
        relevant_of(logic, KNOWN)


CONDITIONS = st.recursive(
    st.sampled_from(["[a] = '1'", "[a] <> '1'", "[n] > '3'", "[n] <= '2.5'", "[b(1)] = '1'",
                     "[b(x-2)] <> '1'"]),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["and", "or"]), inner),
    max_leaves=6,
)  # fmt: skip


@given(CONDITIONS)
def test_a_condition_goes_to_a_form_and_comes_back_with_the_same_meaning(logic):
    def code(name, choice):
        return choice if name == "b" else None

    relevant = relevant_of(logic, KNOWN)
    again = branching_of(relevant, lambda name: name, code)
    ours, theirs = read_xpath(relevant), read_xpath(relevant_of(again, KNOWN))
    atoms = sorted(_atoms(ours))
    assert atoms == sorted(_atoms(theirs))
    for chosen in range(2 ** len(atoms)):
        true = {atom for place, atom in enumerate(atoms) if chosen >> place & 1}
        assert _holds(ours, true) == _holds(theirs, true)


def _atoms(tree):
    if tree.name in {"and", "or"}:
        return {atom for part in tree.parts for atom in _atoms(part)}
    return {str(tree)}


def _holds(tree, true):
    if tree.name in {"and", "or"}:
        said = [_holds(part, true) for part in tree.parts]
        return all(said) if tree.name == "and" else any(said)
    return str(tree) in true


NAMES = st.from_regex(r"[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,3})?", fullmatch=True)
# No straight apostrophe: before « = », it is how a CSV of ours guards a cell.
TEXTS = st.text('aéÀ’ç«»œ,;"&-=+@ 1', max_size=20).map(lambda text: " ".join(text.split()))
VALUES = st.lists(st.from_regex(r"-?[A-Za-z0-9]{1,4}", fullmatch=True), min_size=1, max_size=4,
                  unique=True).flatmap(lambda codes: st.tuples(*(
                      st.builds(Value, st.just(code), TEXTS) for code in codes)))  # fmt: skip
FIELD = st.builds(
    RedcapField, name=NAMES, form=NAMES, type=st.sampled_from(["text", "notes", "descriptive"]),
    label=TEXTS, check=st.sampled_from(["", "integer", "date_ymd"]), identifier=st.booleans(),
    section=TEXTS, note=TEXTS, least=st.sampled_from(["", "-3"]), required=st.booleans(),
    logic=st.sampled_from(["", "[a] = '1'"]), annotation=st.sampled_from(["", "@HIDDEN"]),
) | st.builds(RedcapField, name=NAMES, form=NAMES, type=st.sampled_from(["radio", "checkbox"]),
              label=TEXTS, values=VALUES)  # fmt: skip


@given(st.lists(FIELD, min_size=1, max_size=6))
def test_any_dictionary_written_is_read_back_the_same(fields):
    with TemporaryDirectory() as place:
        path = Path(place, "d.csv")
        path.write_bytes(write_dictionary(fields))
        assert read_dictionary(path) == tuple(fields)
        with path.open(encoding="utf-8", newline="") as stream:
            header, *rows = csv.reader(stream)
    assert header == [names[0] for names in COLUMNS.values()]
    assert {len(row) for row in rows} == {18}
    assert [row[4] for row in rows] == [guarded(field.label) for field in fields]


@settings(max_examples=25, deadline=None)
@given(instruments())
def test_any_codebook_goes_to_redcap_and_comes_back(instrument):
    kept = [one for one in instrument.questions if one.kind is not QuestionKind.RANK]
    exported = write_redcap(workbook_of(instrument))
    ranked = {one.code for one in instrument.questions if one.kind is QuestionKind.RANK}
    with TemporaryDirectory() as place:
        path = Path(place, "essai.csv")
        path.write_bytes(exported.content)
        back = questionnaire_of_redcap(path)
    assert ranked <= {loss.question.removeprefix("q-") for loss in exported.losses}
    lines = [line for line in lines_of(back.workbook) if line.code != "record-id"]
    if not kept:
        assert not lines
        return
    again = instrument_of(
        lines, code="essai", name=Label("Essai"), method="sondage", subject=Subject.PERSON
    )
    assert [one.label.fr for one in again.questions] == [one.label.fr for one in kept]
    assert [len(one.options) for one in again.questions] == [len(one.options) for one in kept]
    alike = {QuestionKind.ORDINAL: QuestionKind.SINGLE}
    assert [one.kind for one in again.questions] == [alike.get(one.kind, one.kind) for one in kept]
    assert [one.at_most for one in again.questions] == [one.at_most for one in kept]


RAW = """\
record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,nom,age,venu,outils___a,outils___b_1,accueil_complete,jour,quand,accord,mots,suivi_complete
1,debut_arm_1,,,Ada Un,44,1,1,0,2,,,,,
1,fin_arm_1,,,,45,,0,0,0,2026-03-13,2026-03-13 10:30,1,merci,2
1,fin_arm_1,visites,1,,,,,,,,,,,
2,debut_arm_1,,,Bo Deux,30,-9,,,2,,,,,
"""
LABELS = """\
Fiche,Survey Identifier,Votre nom,Votre âge,Venu comment?,Vos outils (choice=Zoom),Vos outils (choice=Teams),Complete?,Le jour,Le moment,D’accord?,En vos mots,Complete?
1,x@exemple.org,Ada Un,44,À pied,Checked,Unchecked,Complete,2026-03-13,2026-03-13 10:30,Yes,merci,Complete
2,,Bo Deux,30,Ne sait pas,Unchecked,Unchecked,Complete,,,,,Incomplete
"""  # noqa: E501
EXPECTED = [
    ("44", "1", "oui", "non", "2026-03-13", "1", "merci"),
    ("30", "9", "", "", "", "", ""),
]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "jardin.csv").write_text(HEADER + FIELDS, "utf-8")
    return tmp_path


def rows_of(study):
    (path,) = (study / "reponses").iterdir()
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    names = ("age", "venu", "outils__a", "outils__b-1", "jour", "accord", "mots")
    return [tuple(row[name] for name in names) for row in rows]


@pytest.mark.parametrize("records", [RAW, LABELS], ids=["raw", "labels"])
def test_records_come_with_the_dictionary_beside_them_and_name_nobody(records, project, capsys):
    (project / "donnees.csv").write_text(records, "utf-8")
    code, out, _ = said(capsys, project / "donnees.csv", project / "etude")
    assert (code, out.splitlines()[0]) == (0, "7 questions, 2 réponses.")
    assert rows_of(project / "etude") == EXPECTED
    assert "cela peut dire qui répond : record-id, nom" in out
    whole = "".join(
        one.read_text("utf-8-sig") for one in (project / "etude").rglob("*") if one.is_file()
    )
    assert "Ada" not in whole
    assert "exemple.org" not in whole
    assert not read_study(project / "etude").refused
    assert main(["run", str(project / "etude"), "--out", str(project / "resultats")]) == 0


def test_what_events_and_repeats_lose_is_said(project, capsys):
    (project / "donnees.csv").write_text(RAW, "utf-8")
    _, out, _ = said(capsys, project / "donnees.csv", project / "etude")
    assert "1 ligne d’un instrument répété n’est pas lue" in out
    assert "la première réponse est gardée : age." in out
    assert "outils" not in out.split("la première réponse est gardée")[1].split(".")[0]


def test_a_dictionary_is_a_study_variables_or_a_form_by_the_name_asked(project, capsys):
    source = project / "jardin.csv"
    assert said(capsys, source, project / "etude")[0] == 0
    code, out, _ = said(capsys, source, project / "x.xlsx")
    assert (code, "9 variables" in out) == (0, True)
    assert said(capsys, source, project / "x.xlsform.xlsx")[0] == 0
    assert compiled_by_pyxform(project / "x.xlsform.xlsx").xform
    rows = read_workbook(project / "x.xlsform.xlsx").sheet("survey").records()
    outils = next(row for row in rows if row.get("name") == "outils")
    assert (outils["type"], outils["relevant"]) == ("select_multiple outils", "${venu} = '1'")
    age = next(row for row in rows if row.get("name") == "age")
    assert (age["type"], age["constraint"]) == ("integer", ". >= 0 and . <= 120")
    back = project / "retour.redcap.csv"
    assert said(capsys, project / "x.xlsform.xlsx", back)[0] == 0
    ours = {one.name: one for one in read_dictionary(back)}
    theirs = {one.name: one for one in read_dictionary(source)}
    assert list(ours) == list(theirs)
    for name in ("nom", "age", "venu", "outils"):
        one, other = ours[name], theirs[name]
        assert (one.label, one.values, one.logic, one.least, one.most, one.identifier) == (
            other.label, other.values, other.logic, other.least, other.most, other.identifier
        )  # fmt: skip


def test_a_dictionary_without_a_name_is_known_by_its_columns(project):
    (project / "jardin.csv").rename(project / "classeur")
    read = read_questionnaire(project / "classeur")
    names = [row.get("name") for row in read.workbook.sheet("survey").records()]
    assert "outils" in names


def test_what_identifies_is_marked_and_what_redcap_has_not_is_said(tmp_path, capsys):
    source = Path("examples/etude-de-reference/instruments/eclair.csv")
    code, out, _ = said(capsys, source, tmp_path / "eclair.redcap.csv")
    assert (code, out.splitlines()[0]) == (0, "12 champs.")
    assert "Le code qui-paie devient qui_paie" in out
    assert "@MAXCHECKED=3" in (tmp_path / "eclair.redcap.csv").read_text("utf-8")
    assert said(capsys, source, tmp_path / "eclair.redcap.csv")[0] != 0  # never written over


def test_lost_logic_and_other_kinds_are_listed_field_by_field(tmp_path, capsys):
    rows = (
        "record_id,f,,text,Fiche,,,,,,,,\n"
        'total,f,,calc,Total,"sum([a],[b])",,,,,,,\n'
        "g,f,,slider,Confiance,Peu | Moyen | Beaucoup,,number,0,10,,,\n"
        "tel,f,,text,Le numéro,,,phone,,,,,\n"
        "q,f,,radio,Pourquoi ?,\"1, A | 2, B\",,,,,,\"datediff([d],'today','y') > 3\",\n"
        "j,f,,text,Jour,,,date_dmy,today,2026-12-31,,,\n"
    )
    (tmp_path / "jardin.csv").write_text(HEADER + rows, "utf-8")
    code, out, _ = said(capsys, tmp_path / "jardin.csv", tmp_path / "etude")
    assert code == 0
    for told in ("total : Le calcul", "g : Les libellés de la glissière", "q : La condition",
                 "j : Une borne n’est pas reprise : today", "record-id, tel"):  # fmt: skip
        assert told in out
    kinds = {
        one.code: one.kind for one in read_study(tmp_path / "etude").study.instruments[0].questions
    }
    assert kinds == {"total": QuestionKind.NUMBER, "g": QuestionKind.NUMBER,
                     "q": QuestionKind.SINGLE, "j": QuestionKind.TEXT}  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    ["", "a,f,,text,A\n", "é è,f,,radio,A,,,,,,,,\n", "a,f,,text,A,,,,,,,,\na,f,,text,A,,,,,,,,\n"],
)
def test_a_bad_dictionary_says_so_and_writes_nothing(rows, tmp_path, capsys):
    (tmp_path / "jardin.csv").write_text(HEADER + rows, "utf-8")
    code, _, err = said(capsys, tmp_path / "jardin.csv", tmp_path / "etude")
    assert code != 0
    assert err.strip()
    assert "Traceback" not in err
    assert [one.name for one in tmp_path.iterdir()] == ["jardin.csv"]


def test_a_form_may_say_itself_what_identifies(tmp_path, capsys):
    rows = (
        "record_id,f,,text,Fiche,,,,,,,,\n"
        "q1,f,,text,Quel est votre nom ?,,,,,,,,\n"
        "q2,f,,text,Un mot,,,,,,,,\n"
    )
    (tmp_path / "jardin.csv").write_text(HEADER + rows, "utf-8")
    back = questionnaire_of_redcap(tmp_path / "jardin.csv").workbook
    survey = back.sheet("survey")
    place = survey.columns.index("croisee::identifiant")
    changed = [list(row) for row in survey.rows]
    names = [row[survey.columns.index("name")] for row in changed]
    changed[names.index("q1")][place], changed[names.index("q2")][place] = "non", "oui"
    sheet = type(survey)(survey.name, survey.columns, tuple(map(tuple, changed)))
    (tmp_path / "f.xlsx").write_bytes(write_workbook(back.with_sheet(sheet)))
    assert said(capsys, tmp_path / "f.xlsx", tmp_path / "etude")[0] == 0
    kept = read_study(tmp_path / "etude").study.instruments[0].questions
    assert [one.code for one in kept] == ["q1"]
