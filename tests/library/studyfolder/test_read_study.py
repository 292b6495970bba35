"""What a sound folder gives: tables, register, reviews, contradictions."""

import csv
import shutil
import unicodedata
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from real_studies import artisans_study, insee_study

from croisee.dataset import TABLES, answers_schema, freeze
from croisee.formats import read_table
from croisee.language import Label
from croisee.study import Break, Verdict
from croisee.studyfolder import StudyExists, new_study, read_study

AT = datetime(2026, 1, 1, tzinfo=UTC)
ETUDE = """
format = 1
titre = "Essai"
[[cas]]
code = "nord"
nom = "Réseau du Nord"
membres = [{ annee = 2024, nombre = 31 }]
[[editions]]
code = "2024"
debut = 2024-01-01
fin = 2024-06-30
[[methodes]]
code = "sondage"
nom = "Sondage"
sujet = "organisme"
[[methodes]]
code = "entretien"
nom = "Entretien"
genre = "entretien"
[[instruments]]
code = "q"
nom = "Questionnaire"
methode = "sondage"
sujet = "organisme"
"""
CODEBOOK = """question;libelle;type;options;sans_reponse;max
seul;Un choix;choix;a = Un | b = Deux;nsp|99;
plusieurs;Plusieurs;multiple;a = Un | b = Deux | c = Trois;;2
ordre;Un ordre;rang;a = Un | b = Deux | c = Trois;;
nombre;Un nombre;nombre;;-9;
mots;Des mots;texte;;;
"""


def _study(folder: Path, files: dict[str, str], study: str = ETUDE) -> Path:
    for name, text in {"etude.toml": study, "instruments/q.csv": CODEBOOK, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _answers(folder: Path, text: str) -> list[dict]:
    read = read_study(_study(folder, {"reponses/q_2024.csv": text}))
    assert [p for p in read.problems if p.severity == "refus"] == []
    return read.tables["answers/q@2024"].to_pylist()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_new_study_reads_without_any_problem_and_freezes(tmp_path, language):
    new_study(tmp_path / "ma-recherche", language)

    read = read_study(tmp_path / "ma-recherche")

    assert read.problems == ()
    assert read.contradictions == ()
    dataset = freeze(read.study, read.tables, read.consents, tmp_path / "gel", at=AT)
    assert dataset.waves() == ((read.study.instruments[0].code, "2024"),)
    assert (tmp_path / "ma-recherche").stat().st_mode & 0o777 == 0o755


def test_new_study_has_the_same_shape_in_both_languages(tmp_path):
    for language in ("fr", "en"):
        new_study(tmp_path / language, language)

    french, english = (read_study(tmp_path / language) for language in ("fr", "en"))

    assert {name: table.num_rows for name, table in french.tables.items() if "@" not in name} == {
        name: table.num_rows for name, table in english.tables.items() if "@" not in name
    }
    assert [f.status for f in french.findings] == [f.status for f in english.findings]
    assert french.tables["positions"]["position"] == english.tables["positions"]["position"]


def test_new_study_refuses_a_folder_that_holds_something(tmp_path):
    (tmp_path / "a").write_text("x", encoding="utf-8")

    with pytest.raises(StudyExists):
        new_study(tmp_path, "fr")

    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_example_has_a_file_for_every_table(tmp_path):
    new_study(tmp_path / "e", "fr")

    tables = read_study(tmp_path / "e").tables

    assert {name for name in TABLES if not tables[name].num_rows} == {"frames"}
    assert all(tables[name].schema == schema for name, schema in TABLES.items())


def test_answers_are_read_in_one_column(tmp_path):
    rows = _answers(
        tmp_path,
        "repondant;cas;seul;plusieurs;ordre;nombre;mots\n"
        "o-1;nord;a;a|c;b>a;1 234,5;Un mot\n"
        "o-2;nord;Deux;aucun;;-9;\n"
        "o-3;NORD;nsp;;c > a > b;0;non\n",
    )

    assert [row["q_seul"] for row in rows] == ["a", "b", None]
    assert [[row[f"q_plusieurs__{o}"] for o in "abc"] for row in rows] == [
        [True, False, True],
        [False, False, False],
        [None, None, None],
    ]
    assert [[row[f"q_ordre__{o}"] for o in "abc"] for row in rows] == [
        [2, 1, None],
        [None, None, None],
        [2, 3, 1],
    ]
    assert [str(row["q_nombre"]) for row in rows] == ["1234.5000", "None", "0.0000"]
    assert [row["q_mots"] for row in rows] == ["Un mot", None, "non"]
    assert [row["organisation"] for row in rows] == ["o-1", "o-2", "o-3"]


def test_answers_are_read_in_one_column_an_option(tmp_path):
    rows = _answers(
        tmp_path,
        "respondent,case,plusieurs__a,plusieurs__b,plusieurs__c,ordre__a,ordre__b\n"
        "o-1,nord,oui,non,x,2,1\n"
        "o-2,nord,1,,,,\n"
        "o-3,nord,,,,,3\n",
    )

    assert [[row[f"q_plusieurs__{o}"] for o in "abc"] for row in rows] == [
        [True, False, True],
        [True, False, False],
        [None, None, None],
    ]
    assert [[row[f"q_ordre__{o}"] for o in "abc"] for row in rows] == [
        [2, 1, None],
        [None, None, None],
        [None, 3, None],
    ]


@pytest.mark.parametrize(
    ("header", "line", "column", "said"),
    [
        (
            "plusieurs__a;plusieurs__b;plusieurs__c",
            "1;1;1",
            "plusieurs__a",
            "Il y a 3 réponses ; la question en veut de 0 à 2.",
        ),
        ("ordre__a;ordre__b", "1;1", "ordre__a", "Le rang 1 est donné deux fois."),
        ("ordre__a", "4", "ordre__a", "« 4 » n’est pas entre 1 et 3."),
        ("ordre", "a>b>a", "ordre", "« a>b>a » est écrit deux fois."),
        ("plusieurs", "a|d", "plusieurs", "« d » n’est pas une valeur possible ici."),
        (
            "plusieurs__a;plusieurs",
            "1;a",
            "plusieurs",
            "Cette question est écrite de deux façons : une colonne, et une par option.",
        ),
        (
            "seul__a",
            "1",
            "seul__a",
            "Cette question n’a qu’une réponse : elle tient dans une colonne.",
        ),
    ],
)
def test_answer_that_cannot_be_is_refused(tmp_path, header, line, column, said):
    text = f"repondant;cas;{header}\no-1;nord;{line}\n"

    read = read_study(_study(tmp_path, {"reponses/q_2024.csv": text}))

    assert [(p.column, p.message.to("fr")) for p in read.problems if p.severity == "refus"] == [
        (column, said)
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["a", "b", None]),
            st.one_of(st.none(), st.frozensets(st.sampled_from("abc"), max_size=2)),
            st.one_of(st.none(), st.permutations("abc")),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_both_layouts_of_the_same_answers_agree(tmp_path_factory, rows):
    room = tmp_path_factory.mktemp("deux")
    listed = ["repondant;cas;seul;plusieurs;ordre"]
    spread = ["repondant;cas;seul;" + ";".join(f"plusieurs__{o}" for o in "abc") + ";"]
    spread[0] += ";".join(f"ordre__{o}" for o in "abc")
    for number, (single, many, order) in enumerate(rows):
        start = f"o-{number};nord;{single or ''}"
        chosen = "" if many is None else "|".join(sorted(many)) or "aucun"
        listed.append(f"{start};{chosen};{'>'.join(order or ())}")
        ticks = ["" if many is None else "oui" if o in many else "non" for o in "abc"]
        ranks = ["" if order is None else str(order.index(o) + 1) for o in "abc"]
        spread.append(";".join([start, *ticks, *ranks]))

    one = _answers(room / "un", "\n".join(listed))
    other = _answers(room / "deux", "\n".join(spread))

    assert one == other


def test_answers_from_a_spreadsheet_are_the_same(tmp_path):
    new_study(tmp_path / "csv", "fr")
    shutil.copytree(tmp_path / "csv", tmp_path / "xlsx")
    for path in list((tmp_path / "xlsx").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream, delimiter=";"))
        with xlsxwriter.Workbook(str(path.with_suffix(".xlsx"))) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if cell.isdigit():
                        sheet.write_number(number, column, int(cell))
                    else:
                        sheet.write_string(number, column, cell)
        path.unlink()

    one, other = (read_study(tmp_path / kind) for kind in ("csv", "xlsx"))

    assert other.problems == ()
    assert (one.study, one.consents, one.reviews) == (other.study, other.consents, other.reviews)
    assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)


def test_file_names_are_found_whatever_their_unicode_form(tmp_path):
    new_study(tmp_path / "e", "fr")
    document = tmp_path / "e" / "documents" / "groupe-1.txt"
    document.rename(document.with_name(unicodedata.normalize("NFD", "été à Pré.txt")))
    table = tmp_path / "e" / "documents.csv"
    text = table.read_text(encoding="utf-8").replace("groupe-1.txt", "Été à pré.txt")
    table.write_text(text, encoding="cp1252")
    for name in ("locuteurs", "codages", "extraits", "relectures/passages", "relectures/candidats"):
        path = tmp_path / "e" / f"{name}.csv"
        text = path.read_text(encoding="utf-8").replace("groupe-1.txt", "été à Pré")
        path.write_text(text, encoding="utf-8")

    read = read_study(tmp_path / "e")

    assert read.problems == ()
    assert set(read.tables["turns"]["document"].to_pylist()) == {"Été à pré"}
    assert read.tables["codings"].num_rows == 5


def test_excerpt_given_by_its_text_is_found_in_its_turn(tmp_path):
    new_study(tmp_path / "e", "fr")

    read = read_study(tmp_path / "e")

    turns = {row["turn"]: row["text"] for row in read.tables["turns"].to_pylist()}
    texts = {
        row["key"]: turns[row["turn"]][row["start"] : row["end"]]
        for row in read.tables["excerpts"].to_pylist()
    }
    assert texts == {
        "voisin": "quand ça bloque, c’est mon voisin Octave qui vient nous dépanner",
        "soirees": "Je passe mes soirées à chercher comment faire.",
    }


def test_consents_are_those_of_the_register(tmp_path):
    new_study(tmp_path / "e", "fr")
    path = tmp_path / "e" / "participants.csv"
    text = path.read_text(encoding="utf-8").replace("oui;oui;\n", "oui;oui;13 mars 2024\n", 1)
    path.write_text(text, encoding="utf-8")

    consents = read_study(tmp_path / "e").consents

    assert str(consents["p-01"].withdrawn_on) == "2024-03-13"
    assert Counter((c.analysis, c.quote, c.stands) for c in consents.values()) == {
        (True, True, True): 5,
        (True, True, False): 1,
        (False, False, False): 1,
    }


def test_contradictions_are_shown_and_do_not_refuse(tmp_path):
    frame = "organisme;cas;edition\n" + "".join(f"o-{i};nord;2024\n" for i in range(30))
    study = ETUDE.replace(
        "nombre = 31 }]",
        'nombre = 31 }]\ncadres = [{ edition = "2024", nombre = 2, instrument = "q" }]',
    )
    files = {
        "cadre.csv": frame,
        "reponses/q_2024.csv": "repondant;cas;seul\no-1;nord;a\no-2;nord;b\no-3;nord;a\n",
        "activites.csv": "methode;cas;edition;prevu;fait\nsondage;nord;2024;3;4\n",
        "seances.csv": "seance;methode;cas;edition;date\ns-1;entretien;nord;2024;2024-07-02\n",
    }

    read = read_study(_study(tmp_path, files, study))

    assert not read.refused
    assert [c.message.to("fr") for c in read.contradictions] == [
        "Réseau du Nord, 2024 : la base de sondage compte 30, les membres sont 31.",
        "Réseau du Nord, 2024 : la base de sondage compte 2, les membres sont 31.",
        "Réseau du Nord, 2024 : deux tailles de base de sondage, 30 et 2.",
        "Réseau du Nord, 2024 : 3 réponses pour une base de sondage de 2.",
        "Sondage, Réseau du Nord : 4 faits, plus que les 3 prévus.",
        "Sondage, Réseau du Nord : 4 faits selon activites, 3 selon reponses/q_2024.",
        "« s-1 » est daté du 2024-07-02, hors de l’édition 2024.",
    ]


def test_somebody_who_withdrew_is_no_contradiction(tmp_path):
    files = {
        "participants.csv": "code;cas;analyse;citation;retrait\n"
        "p-1;nord;oui;oui;\np-2;nord;oui;oui;2024-03-01\n",
        "instruments/q.csv": "question;libelle;type;options;sujet\n"
        "seul;Seul ?;choix;a|b;personne\n",
        "reponses/q_2024.csv": "repondant;cas;seul\np-1;nord;a\np-2;nord;b\n",
    }
    answered = dict.fromkeys(("1", "2", "3"), ())
    people = ETUDE.replace('sujet = "organisme"', 'sujet = "personne"')
    for done in answered:
        files["activites.csv"] = f"methode;cas;edition;prevu;fait\nsondage;nord;2024;3;{done}\n"
        read = read_study(_study(tmp_path / done, files, people))
        assert not read.refused
        answered[done] = tuple(c.message.to("fr") for c in read.contradictions)

    assert answered == {
        "1": (),
        "2": (),
        "3": ("Sondage, Réseau du Nord : 3 faits selon activites, 1 selon reponses/q_2024.",),
    }


def test_study_without_editions_has_one(tmp_path):
    study = ETUDE.replace('[[editions]]\ncode = "2024"\ndebut = 2024-01-01\nfin = 2024-06-30\n', "")

    read = read_study(
        _study(tmp_path, {"reponses/q.csv": "repondant;cas;seul\no-1;nord;a\n"}, study)
    )

    assert not read.refused
    assert list(read.tables["answers/q@unique"]["q_seul"].to_pylist()) == ["a"]


def test_real_interviews_make_a_study(tmp_path, real_data):
    artisans_study(tmp_path, real_data)

    read = read_study(tmp_path)

    said = [(problem.row, problem.message.one) for problem in read.problems]
    back = "{n} tour commence avant celui qui le précède : l’ordre du fichier est gardé."
    assert said == [(23, back)]  # one interview's times do go back there
    assert read.contradictions == ()
    people = Counter(read.tables["turns"]["participant"].to_pylist())
    assert people == {
        "": 172, "a-01": 18, "a-02": 31, "a-03": 28, "a-04": 27, "a-05": 27, "a-06": 21, "a-07": 17,
    }  # fmt: skip
    assert [review.reviewed for review in read.reviews.passages] == [True] * 7
    assert read.tables["excerpts"].num_rows == 7
    assert all(consent.quote for consent in read.consents.values())


def test_real_survey_makes_a_study_with_the_counts_of_its_file(tmp_path, real_data):
    insee_study(tmp_path, real_data)

    read = read_study(tmp_path)

    assert read.problems == ()
    table = read.tables["answers/hdv@2003"]
    assert table.schema == answers_schema(read.study.instruments[0])
    raw = [cells for _, cells in read_table(real_data / "survey/derived/hdv2003.csv").rows]
    assert Counter(table["q_sport"].to_pylist()) == Counter(row["sport"].lower() for row in raw)
    assert table["q_trav-satisf"].null_count == sum(row["trav.satisf"] == "" for row in raw)
    written = [Decimal(row["poids"]).quantize(Decimal("1e-12")) for row in raw]
    assert table["weight"].to_pylist() == written


TWO_EDITIONS = """[[editions]]
code = "2024"
[[editions]]
code = "2026"
"""
BROKEN = """
[[ruptures]]
instrument = "q"
question = "{question}"
avant = "{before}"
apres = "{after}"
verdict = "{verdict}"
pourquoi = "Un choix est ajouté."
"""


def _breaks(folder, **said):
    told = {"question": "seul", "before": "2024", "after": "2026", "verdict": "non"}
    text = ETUDE.partition("[[editions]]")[0] + TWO_EDITIONS
    text += ETUDE[ETUDE.index("[[methodes]]") :] + BROKEN.format(**told | said)
    return read_study(_study(folder, {}, text))


def test_break_of_a_question_is_read_with_its_verdict(tmp_path):
    folder = _breaks(tmp_path)
    assert folder.study.instruments[0].breaks == (
        Break("seul", "2024", "2026", Verdict.NOT_COMPARABLE, Label("Un choix est ajouté.")),
    )
    assert not folder.refused


@pytest.mark.parametrize(
    ("said", "key", "message"),
    [
        ({"question": "seule"}, "question", "« seule » n’est pas dans instruments/q."),
        ({"after": "2025"}, "apres", "« 2025 » n’est pas dans etude.toml."),
        ({"verdict": "peut-être"}, "verdict", "« peut-être » n’est pas une valeur possible ici."),
        ({"before": "2026", "after": "2024"}, "apres",
         "L’édition d’après ne vient pas après celle d’avant."),
    ],
)  # fmt: skip
def test_break_that_cannot_be_is_refused(tmp_path, said, key, message):
    folder = _breaks(tmp_path, **said)
    found = [(one.column, one.message.to("fr")) for one in folder.problems
             if one.severity == "refus" or one.column == key]  # fmt: skip
    assert (key, message) in [(k, m.replace("\u202f", " ").replace("\xa0", " ")) for k, m in found]
    assert folder.study is None or folder.refused


def test_identity_of_a_question_is_read_from_its_codebook(tmp_path):
    codebook = CODEBOOK.replace(";max\n", ";max;identite\n").replace("nsp|99;\n", "nsp|99;;k3f9\n")
    folder = read_study(_study(tmp_path, {"instruments/q.csv": codebook}))
    assert [one.identity for one in folder.study.instruments[0].questions] == ["k3f9", *[""] * 4]
