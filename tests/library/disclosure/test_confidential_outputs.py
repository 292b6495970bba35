"""A confidential study to its last file: the sizes that its bands hide are in none of them."""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from gate_samples import base, case_table, draft, multiple, natured, one_way, study, yes_no
from lxml import etree, html
from pypdf import PdfReader
from quote_samples import people_met
from test_coarser_policies import QUIET, took_part

from croisee.findings import Finding, KeyNumber, Leaflet
from croisee.language import Label
from croisee.report import write_report
from croisee.study import ActivityState, Nature, Policy
from croisee.tables import (
    ActivityCell,
    ActivityTable,
    BudgetResult,
    BudgetTable,
    ObjectiveRow,
    ObjectiveTable,
    PositionResult,
    PositionTable,
    RankingResult,
    RankingTable,
)

HIDDEN = {157, 143, 73, 84, 87, 91, 67, 33, 34}
"""Who took part in a hidden network, and every count that would give it."""
SIZES = {"carrefours": (31, 64), "quartiers": (157, 160), "praticiens": (7, 48)}


def drafted(folder: Path, policy: Policy):
    rows = {"carrefours": (13, 18), "quartiers": (73, 84), "praticiens": (3, 4)}
    groups = base(67, "quartiers", source="groupe", edition="2021")
    orders = RankingResult(
        groups, Label("Q"), ("soutien", "web"), (("soutien",), ("web",)),
        (Decimal(34), Decimal(33)), (34, 33), "soutien", True,
    )  # fmt: skip
    amounts = BudgetResult(
        groups, Label("Q"), ("animer", "choisir"), (Decimal(60000), Decimal(40000)), (67, 67),
        (Decimal(0), Decimal(0)), Decimal(5000), Decimal(100000),
    )  # fmt: skip
    stands = PositionResult(groups, Label("Q"), (34, 0, 33), ((), (), ()))
    done = ActivityCell(160, 157, ActivityState.DONE, Label("réponses"))
    planned = ObjectiveRow("quartiers", Label("Q"), 73, 67)
    finding = Finding(
        "C-01", Label("Titre"), Label("{q/oui@quartiers} ici."), "Section", ("quartiers",), "valide"
    )
    counted = Finding(
        "C-02", Label("Base"), Label("{q/oui@quartiers|base} ici."), "S", ("quartiers",), "valide"
    )
    leaflet = Leaflet(
        "quartiers", numbers=(KeyNumber("{q@quartiers/oui}", Label("sont aidées")),), figure="q"
    )
    return draft(
        folder,
        took_part(SIZES),
        ("q", case_table(rows)),
        *((f"q@{case}", one_way(counts, yes_no(), case)) for case, counts in rows.items()),
        ("sens@quartiers",
         one_way((87, 70), natured(yes_no("sens"), Nature.SENSITIVE), "quartiers")),
        ("choix", multiple((91, 66, 54, 12), 157, "quartiers")),
        ("rangs.besoins", RankingTable("besoins", (orders,))),
        ("budget.formation", BudgetTable("formation", (amounts,))),
        ("positions.teletravail", PositionTable("teletravail", (stands,))),
        ("activites", ActivityTable(("individuel",), ("quartiers",), ((done,),))),
        ("objectifs", ObjectiveTable(("groupe",), (planned,))),
        *people_met({"quartiers": {"entretien": 143, "groupe": 67}}),
        of=study(policy=policy),
        findings=[finding, counted],
        leaflets=[leaflet],
    )  # fmt: skip


def texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the words of every file: pages, drawings, alternatives, sheets, paper, JSON."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".html", ".svg"}:
            read = html.fromstring if path.suffix == ".html" else etree.fromstring
            tree = read(path.read_bytes())
            for style in tree.xpath("//*[local-name()='style' or local-name()='script']"):
                style.getparent().remove(style)
            spoken = tree.xpath("//@aria-label | //@title | //@alt | //@content")
            yield path.name, " ".join([*tree.itertext(), *spoken])
        elif path.suffix == ".pdf":
            yield path.name, " ".join(page.extract_text() for page in PdfReader(path).pages)
        elif path.suffix == ".docx":
            with ZipFile(path) as archive:
                names = [n for n in archive.namelist() if re.match(r"word/(?!styles)\w+\.xml$", n)]
                trees = [etree.fromstring(archive.read(name)) for name in names]
            yield path.name, " ".join(" ".join(tree.itertext()) for tree in trees)
        elif path.suffix == ".json":
            told = json.loads(path.read_bytes())
            yield path.name, " ".join(map(str, leaves(told)))
        elif path.is_file():
            yield path.name, path.read_text(encoding="utf-8-sig")


def leaves(told: object) -> Iterator[object]:
    if isinstance(told, dict):
        told = [value for key, value in told.items() if key != "dataset_mac"]
    if isinstance(told, list):
        for one in told:
            yield from leaves(one)
    else:
        yield told


def numbers(text: str) -> set[int]:
    return {int(found) for found in re.findall(r"(?<![\d,.#])\d{1,6}(?![\d])", text)}


def found_in(folder: Path, release) -> dict[str, set[int]]:
    write_report(release, folder, ("fr",))
    return {name: numbers(text) & HIDDEN for name, text in texts(folder) if numbers(text) & HIDDEN}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    place = tmp_path_factory.mktemp("discret")
    made = drafted(place / "etude", QUIET)
    return made, place / "resultats", found_in(place / "resultats", made.release)


def test_no_file_says_a_hidden_size_nor_what_gives_it(quiet):
    assert quiet[2] == {}


def test_every_kind_of_file_was_read_and_says_something(quiet):
    kinds = {path.suffix for path in quiet[1].rglob("*") if path.is_file()}
    told = " ".join(text for _, text in texts(quiet[1]))

    assert kinds == {".html", ".svg", ".csv", ".pdf", ".docx", ".json"}
    for said in ("au moins 151 sur 160", "la moitié ou plus", "nombre non écrit", "18 sur 31"):
        assert said in re.sub(r"\s", " ", told)


def test_a_finding_that_asks_for_a_hidden_size_stays_inside(quiet):
    assert [finding.code for finding in quiet[0].release.findings] == ["C-01"]


def test_control_the_same_study_told_exactly_is_seen(tmp_path):
    made = drafted(tmp_path / "etude", Policy())

    found = found_in(tmp_path / "resultats", made.release)

    assert {"rapport.html", "rapport.pdf", "rapport.docx", "release.json"} <= set(found)
    assert set().union(*found.values()) >= {157, 143, 67, 73, 84}
