"""``croisee trace``: what stands behind a code, as somebody tired reads it."""

import re
from itertools import pairwise

import pytest
from tests.journeys.reading import words_of_page

from croisee import load_release, trace
from croisee.disclosure import Chiffre, Form, Kind, Mask

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
