"""``croisee trace``: what stands behind a code, as somebody tired reads it."""

import re
from itertools import pairwise

import pytest
from tests.journeys.reading import words_of_page, words_of_pdf

from croisee import load_release, trace
from croisee.disclosure import Chiffre, Form, Kind, Mask
from croisee.report.compose_leaflet import compose_leaflet

pytestmark = pytest.mark.xdist_group("journey")
FACTS = ("Règle appliquée", "Chiffres arrêtés le", "Logiciel", "Code complet", "Diffusion")
ASKED = ("Question", "Base", "Filtre", "Source")
SURVEYED = {Kind.ONE_WAY, Kind.CASE_ROWS, Kind.MULTIPLE, Kind.MULTIPLE_CASES, Kind.NUMERIC}


@pytest.fixture(scope="module")
def release(journey):
    return load_release(journey.out / "equipe" / "release.json")


@pytest.fixture(scope="module")
def told(journey, release):
    """What trace says of every code, in French."""
    codes = [*(t.code for t in release.tables), *(q.code for q in release.quotes)]
    return {code: trace(journey.out, code, "fr") for code in codes}


def named(lines: list[str]) -> set[str]:
    """Return the names of the facts, which begin a line."""
    return {line.split(" :")[0] for line in lines if " :" in line and not line.startswith(" ")}


def test_every_code_says_its_rule_its_date_and_its_software(release, told):
    asked = {t.code for t in release.tables if t.kind in SURVEYED}

    assert [code for code, lines in told.items() if not named(lines) >= set(FACTS)] == []
    assert [code for code in asked if not named(told[code]) >= set(ASKED)] == []


def test_each_base_is_said_with_the_name_of_its_network(release, told):
    lines = told[release.table("eclair.2020.aide").code]

    place = lines.index("Base :")
    assert lines[place + 1 : place + 4] == [
        "    Carrefours : 46 sur 64 carrefours",
        "    Quartiers : 24 sur 30 tables de quartier",
        "    Tables famille : 13 sur 28 organismes",
    ]


def test_what_is_shown_together_is_named_and_the_networks_are_not(journey, release, told):
    pooled = [t for t in release.tables if Mask.POOLED_CASES in t.masks]
    pages = [words_of_page(journey.out / "diffusion" / f"{name}.html")
             for name in ("provenance", "methode", "rapport")]  # fmt: skip

    said = [" ".join(" ".join(told[t.code]).split()) for t in pooled]

    right = "Table famille Nord et Table famille Sud : un seul résultat"
    assert len(pooled) > 5
    assert [right in text for text in said] == [True] * len(pooled)
    assert [right in page for page in pages] == [True] * 3
    assert "Ces réseaux sont présentés ensemble" not in "".join(pages + said)


def test_delicate_codes_are_explained_with_their_own_threshold(release, told):
    said = " ".join(told[release.table("codes").code])

    assert "aucun nombre plus petit que 10" in " ".join(said.split())


@pytest.mark.parametrize("key", ["positions.teletravail", "codes", "eclair.2020.aide"])
def test_exact_counts_are_followed_by_as_many_lines(journey, release, key):
    table = release.table(key)
    lines = trace(journey.out, table.code, "fr", every_row=True)
    counted = [
        cell.value.lo
        for row in table.cells
        for cell in row
        if cell and isinstance(cell.value, Chiffre) and cell.value.form is Form.EXACT
    ]

    followed = [
        int(match.group(1))
        for value, line in pairwise(lines)
        if re.search(r" : (\d+)( sur \d+)?( \(\d+ %\))?$", value)
        and (match := re.match(r" +(\d+) lignes? \(", line))
    ]

    assert len(counted) >= 2
    assert followed == counted


def test_nothing_is_said_of_lines_where_there_are_none(told):
    said = [line for lines in told.values() for line in lines]

    assert [line for line in said if re.match(r" +0 lignes? ", line)] == []
    assert [line for line in said if "  :" in line or ".0000)" in line] == []


def test_long_lines_go_on_under_themselves(told):
    said = [line for lines in told.values() for line in lines]

    assert [line for line in said if len(line) > 100 and not line.startswith("F-")] == []


CODE = re.compile(r"(?<![\w-])[FV]-\d+(?!\w)")


def _leaflets(results):
    """Every leaflet given out, public and of a circle, on paper and on a screen."""
    pdfs = [*results.glob("diffusion/feuillets/*.pdf"), *results.glob("cercles/*/*.pdf")]
    pages = [path.with_suffix(".html") for path in pdfs]
    return {path: words_of_pdf(path) for path in pdfs} | {p: words_of_page(p) for p in pages}


@pytest.mark.parametrize("edition", ["draft", "out"], ids=["draft", "sealed"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_code_of_every_leaflet_is_traced(journey, edition, language):
    results = getattr(journey, edition)
    printed = {path: set(CODE.findall(text)) for path, text in _leaflets(results).items()}
    codes = set().union(*printed.values())

    told = {code: trace(results, code, language) for code in codes}

    assert len(printed) == 32
    assert min(len(found) for found in printed.values()) >= 5
    assert [code for code, lines in told.items() if not lines[0].startswith(code)] == []


@pytest.mark.parametrize("case", ["carrefours", "quartiers", "praticien-ne-s", "tables-famille"])
def test_every_number_and_quote_of_a_leaflet_is_what_trace_says(journey, case):
    release = load_release(journey.out / "diffusion" / "release.json")
    page = compose_leaflet(release, case, "fr")
    flat = {c: " ".join(" ".join(trace(journey.out, c, "fr", every_row=True)).split())
            for c in page.codes}  # fmt: skip

    bars = [(bar, flat[chart.codes[0]]) for chart in page.charts for bar in chart.bars]
    short = release.study.case(case).short.fr
    labels = {bar: (f"{bar.label} : {bar.value}", f"{bar.label} · {short} : {bar.value}")
              for bar, _ in bars}  # fmt: skip

    assert [b for b, told in bars if not any(said in told for said in labels[b])] == []
    assert [v.code for v in page.voices if " ".join(v.text.split()) not in flat[v.code]] == []
    assert len(bars) >= 4
    assert len(page.voices) == 2
