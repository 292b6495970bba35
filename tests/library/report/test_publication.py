"""The folder readers receive: complete, bounded by audience, the same for equal releases."""

import csv
from pathlib import Path

import pytest
from lxml import html
from tests.library.report.sample_release import draft_sample, release_of, sample_release
from tests.library.report.sample_tables import TABLES

from croisee.disclosure.stored import load_release
from croisee.report import write_report

SECRETS = ("Avez-vous un fonds", "equipment fund", "Notre fonds est petit", "F-24", "V-47")
"""What only the circle of the carrefours may read."""


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("resultats")
    write_report(sample_release(), path)
    return path


def _files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_public_folder_holds_what_the_contract_says(out):
    names = {name for name in _files(out / "diffusion") if not name.startswith("figures")}
    cases = ("carrefours", "quartiers", "praticiens", "tables-famille")

    assert names == {
        *(f"{stem}{suffix}.html" for stem in ("index", "rapport", "methode", "provenance")
          for suffix in ("", ".en")),
        *(f"rapport{suffix}.{kind}" for kind in ("pdf", "docx") for suffix in ("", ".en")),
        *(f"feuillets/{case}{suffix}.{kind}" for case in cases for kind in ("html", "pdf")
          for suffix in ("", ".en")),
        "release.json",
    }  # fmt: skip


def test_every_public_figure_has_its_files_and_nothing_else(out):
    codes = [table.code for table in TABLES if table.audience == "public"]

    names = {path.name for path in (out / "diffusion" / "figures").iterdir()}

    assert names == {
        f"{code}{suffix}.{kind}"
        for code in codes
        for suffix in ("", ".en")
        for kind in ("svg", "csv")
    }


def test_what_is_for_a_circle_is_in_no_public_file(out):
    leaked = [
        (name, secret)
        for name, content in _files(out / "diffusion").items()
        for secret in SECRETS
        if secret.encode() in content or secret in name
    ]

    assert leaked == []
    assert "Avez-vous un fonds" in (out / "cercles/carrefours/index.html").read_text("utf-8")


def test_every_network_has_its_leaflet_and_an_index_only_with_something_more(out):
    circles = sorted((out / "cercles").iterdir())

    assert [path.name for path in circles] == [
        "carrefours", "praticiens", "quartiers", "tables-famille",
    ]  # fmt: skip
    assert [path.name for path in circles if (path / "index.html").exists()] == ["carrefours"]
    assert [p.name for p in circles if not (p / f"{p.name}.en.pdf").exists()] == []
    assert sorted(p.name for p in (out / "cercles/carrefours/figures").iterdir()) == [
        "F-24.csv",
        "F-24.en.csv",
        "F-24.en.svg",
        "F-24.svg",
    ]


def test_every_link_of_a_circle_leads_somewhere(out):
    broken = []
    for path in (out / "cercles").rglob("*.html"):
        for href in html.fromstring(path.read_bytes()).xpath("//a/@href"):
            if href.startswith(("https:", "mailto:")):
                continue
            name, _, anchor = href.partition("#")
            there = path.parent / name if name else path
            if not there.is_file() or (anchor and f'id="{anchor}"' not in there.read_text("utf-8")):
                broken.append((path.name, href))

    assert broken == []


def test_release_file_is_the_public_view(out):
    stored = load_release(out / "diffusion" / "release.json")

    assert {table.audience for table in stored.tables} == {"public"}
    assert [table.code for table in stored.tables] == [
        table.code for table in TABLES if table.audience == "public"
    ]


def test_csv_opens_with_its_columns(out):
    text = (out / "diffusion/figures/F-09.csv").read_text("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))

    assert rows[0] == [
        "figure", "groupe", "ligne", "colonne", "valeur", "minimum", "maximum", "base",
    ]  # fmt: skip
    assert rows[3] == [
        "2026a-F-09", "", "Aucune aide régulière", "Tables famille", "moins de 5 sur 13",
        "0", "4", "13",
    ]  # fmt: skip


def test_equal_releases_give_equal_bytes(out, tmp_path):
    write_report(release_of(TABLES), tmp_path)

    assert _files(tmp_path) == _files(out)


def test_every_page_of_a_draft_says_so(tmp_path):
    write_report(draft_sample(), tmp_path, ("fr",))

    silent = [
        name
        for name, content in _files(tmp_path).items()
        if name.endswith((".html", ".svg")) and "Épreuve".encode() not in content
    ]
    assert silent == []


def test_results_refuse_what_is_not_a_release(tmp_path):
    with pytest.raises(TypeError):
        write_report(TABLES, tmp_path)

    assert list(tmp_path.iterdir()) == []
