"""From the reference study's folder to its report: what a reader finds, what nobody finds."""

import csv
import re

import pytest
from tests.journeys.reading import every_text, words_of_page, words_of_pdf

from croisee import load_release, trace
from croisee.disclosure import Chiffre, Form

SENTENCES = [
    "46 des 64 carrefours ont répondu au sondage-éclair (72 %)",
    "24 des 30 tables de quartier (80 %)",
    "13 des 28 organismes communautaires des tables famille (46 %)",
    "47 personnes, de 41 carrefours sur 64 (64 %)",
    "27 personnes, de 24 tables de quartier sur 30 (80 %)",
    "10 organismes sur 23 et 10 sur 31, soit 20 sur 54 (37 %)",
    "33 personnes : 20 femmes (61 %) et 13 hommes (39 %)",
    "28 des 33 personnes ont rempli l’évaluation (85 %)",
    "Au moins 24 de ces 28 personnes se disent satisfaites ou très satisfaites",
    "24 entretiens : 8, 7 et 9",
]


@pytest.fixture(scope="module")
def report(journey):
    return words_of_page(journey.out / "diffusion" / "rapport.html")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_report_reads_word_for_word(report, sentence):
    assert report.lower().count(sentence.lower()) >= 1


def test_report_corrects_the_process_figure_printed_elsewhere(journey):
    method = words_of_page(journey.out / "diffusion" / "methode.html")

    assert "75 %" in method
    assert "46 sur 64 font 72 %" in method


MASKED = [r"\b27 (sur|de ces|des|of) 28\b", r"\b96 %", r"\b1 (sur|de) 28\b", r"\b3,6 %", r"n = 1\b"]


@pytest.mark.parametrize("pattern", MASKED)
def test_no_masked_value_leaves_the_team(journey, pattern):
    outside = every_text(journey.out / "diffusion") | every_text(journey.out / "cercles")

    guilty = [name for name, text in outside.items() if re.search(pattern, text)]

    assert guilty == []


def test_masked_value_is_where_the_team_looks(journey):
    page = words_of_page(journey.draft / "equipe" / "verification.html")

    assert "satisfait = 11, tres = 16 (n = 28)" in page


def names_to_mask(journey):
    with (journey.study / "masquer.csv").open(encoding="utf-8-sig", newline="") as file:
        head = file.read(4000)
        file.seek(0)
        rows = list(csv.DictReader(file, delimiter=";" if ";" in head else ","))
    names = {name for row in rows for name in [row["texte"], *row["variantes"].split("|")]}
    return sorted(name for name in names if len(name) > 3)


def test_no_name_of_the_register_leaves_the_team(journey):
    names = names_to_mask(journey)
    everything = " ".join(every_text(journey.out / "equipe").values())
    outside = every_text(journey.out / "diffusion") | every_text(journey.out / "cercles")

    leaks = {
        (file, name)
        for file, text in outside.items()
        for name in names
        if re.search(rf"\b{re.escape(name)}\b", text)
    }

    assert sum(name in everything for name in names) > len(names) / 2
    assert leaks == set()


def test_no_participant_code_leaves_the_team(journey):
    codes = [
        row["participant"]
        for row in journey.result.prepared.folder.tables["participants"].to_pylist()
    ]
    outside = every_text(journey.out / "diffusion") | every_text(journey.out / "cercles")

    leaks = [
        (file, code)
        for file, text in outside.items()
        for code in codes
        if re.search(rf"\b{re.escape(code)}\b", text)
    ]

    assert leaks == []


def test_draft_says_so_on_every_page_and_the_seal_takes_it_away(journey):
    mark = re.compile(r"\bépreuve\b", re.IGNORECASE)
    pages = ["rapport.html", "methode.html", "provenance.html", "index.html"]

    draft = [bool(mark.search(words_of_page(journey.draft / "diffusion" / p))) for p in pages]
    sealed = [bool(mark.search(words_of_page(journey.out / "diffusion" / p)[:400])) for p in pages]

    assert (draft, sealed) == ([True] * 4, [False] * 4)


CASES = ["carrefours", "quartiers", "praticien-ne-s", "tables-famille"]


@pytest.mark.parametrize("case", CASES)
def test_trace_explains_every_number_of_a_leaflet(journey, case):
    text = words_of_pdf(journey.out / "diffusion" / "feuillets" / f"{case}.pdf")
    codes = sorted(set(re.findall(r"\b[FV]-\d+\b", text)))

    explained = {code: trace(journey.out, code, "fr") for code in codes}

    assert len(codes) >= 3
    assert all(len(lines) > 4 for lines in explained.values())


def test_trace_finds_as_many_lines_as_the_number_printed(journey):
    release = load_release(journey.out / "equipe" / "release.json")
    table = release.table("eclair.2020.aide")

    lines = trace(journey.out, table.code, "fr")

    counted = 0
    for row, cells in zip(table.rows, table.cells, strict=True):
        for column, cell in zip(table.columns, cells, strict=True):
            if cell and isinstance(cell.value, Chiffre) and cell.value.form is Form.EXACT:
                name = f"  {row.label.fr} · {column.label.fr} : "
                place = next(i for i, line in enumerate(lines) if line.startswith(name))
                assert f"      {cell.value.lo} lignes (answers/eclair@2020)" in lines[place + 1]
                counted += 1
    assert counted >= 2


def test_results_say_what_the_contract_says(journey):
    public = {p.name for p in (journey.out / "diffusion").iterdir()}

    assert {
        "index.html", "rapport.html", "rapport.pdf", "rapport.docx", "rapport.en.html",
        "feuillets", "figures", "methode.html", "release.json", "provenance.html",
    } <= public  # fmt: skip
    assert {p.name for p in (journey.out / "equipe").iterdir()} == {
        "audit.json", "dataset", "detecteurs.csv", "masques.csv", "release.json", "relectures",
        "suites.csv", "tables", "verification.html",
    }  # fmt: skip
