"""P2 for what is not the report's page: CSV, provenance, method, index, circles, DOCX and PDF.

Tables are read cell by cell, pages entry by entry. Paper is read by its words: a line may
break anywhere there, so that each whole number of it must be one that the release may say.
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree, html
from pypdf import PdfReader
from tests.journeys.reading import plain
from tests.trust.test_every_number_is_released import (
    DIGITS,
    all_forms,
    every_label,
    masks,
    of_study,
    of_table,
    of_writings,
    unexplained,
    words_of,
)

from croisee import load_release
from croisee.disclosure import Chiffre, Kind, Release, ReleasedTable, interval_of
from croisee.disclosure.wording import number
from croisee.language import LANGUAGES, Language
from croisee.text import typeset

pytestmark = pytest.mark.xdist_group("journey")

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PERCENT_FROM, CONFIDENCE = "20", "95"


def tree_of(path: Path) -> html.HtmlElement:
    tree = html.fromstring(path.read_bytes())
    for hidden in tree.xpath("//style|//script"):
        hidden.drop_tree()
    return tree


def named(path: Path) -> tuple[str, Language]:
    """Return a file's name without its language, and its language."""
    stem = path.name
    return (stem.replace(".en.", "."), "en") if ".en." in stem else (stem, "fr")


def of_margins(table: ReleasedTable, language: Language) -> Iterator[str]:
    """Yield the ends of the intervals that follow from printed counts, and who is missing."""
    for base in table.bases:
        for line in table.cells:
            for cell in line:
                ends = interval_of(cell.value, base) if cell and cell.base == base.id else None
                if ends is not None:
                    yield from (number(end, language) for end in ends)
        if base.frame is not None and base.n is not None:
            yield number(base.frame - base.n, language)
    yield CONFIDENCE


def of_policy(release: Release) -> list[str]:
    policy = release.study.policy
    kept = (policy.t, policy.t_sensitive, policy.t_organisation_circle, policy.quotes_min)
    kept += (policy.withdrawal_window_days,)
    return [
        *(str(n) for n in (*kept, policy.t_organisation_public, policy.base_min)),
        PERCENT_FROM,
        release.software,
        release.dataset_mac,
    ]


def everything(release: Release, language: Language) -> list[str]:
    """Return all that a release may say, whatever the page."""
    tables = [said for table in release.tables for said in of_table(table, release, language)]
    margins = [said for table in release.tables for said in of_margins(table, language)]
    return [
        *of_study(release, language),
        *of_writings(release, language),
        *masks(release, language),
        *of_policy(release),
        *tables,
        *margins,
    ]


@pytest.fixture(scope="module")
def views(journey) -> dict[Path, Release]:
    """Return each folder that leaves the team, with the release its readers hold."""
    folders = [journey.draft / "diffusion", *sorted((journey.draft / "cercles").iterdir())]
    return {folder: load_release(folder / "release.json") for folder in folders}


def test_every_number_of_a_csv_is_of_its_own_cell(views):
    read = 0
    for folder, release in views.items():
        for path in sorted((folder / "figures").glob("*.csv")):
            name, language = named(path)
            table = release.table(name.removesuffix(".csv"))
            cells = [cell for line in table.cells for cell in line if cell is not None]
            with path.open(encoding="utf-8-sig", newline="") as file:
                lines = list(csv.reader(file, delimiter=";"))[1:]
            assert len(lines) == len(cells)
            for line, cell in zip(lines, cells, strict=True):
                value = cell.value
                # A crossing is read along its lines, a function of its printed counts.
                crossed = of_table(table, release, language) if table.kind is Kind.CROSS else ()
                known = [*all_forms(value, language), *every_label(value, language), *crossed]
                known += [line[1], line[2], line[3]]  # heads, which are texts of the study
                left = unexplained(line[4], known, language)
                assert (path.name, left) == (path.name, [])
                if isinstance(value, Chiffre):
                    assert line[5:7] == [str(value.lo), str(value.hi)]
                read += 1
    assert read > 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_a_provenance_entry_is_of_its_table(views, language):
    suffix = "" if language == "fr" else ".en"
    read = 0
    for folder, release in views.items():
        tree = tree_of(folder / f"provenance{suffix}.html")
        common = [*of_study(release, language), release.software, *masks(release, language)]
        for section in tree.xpath("//section[starts-with(@id, 'F-')]"):
            table = release.table(section.get("id"))
            known = [*common, *of_table(table, release, language), *of_margins(table, language)]
            assert unexplained(words_of(section), known, language) == []
            section.drop_tree()
            read += 1
        known = [*common, *of_policy(release)]
        assert unexplained(words_of(tree), known, language) == []
    assert read > 30


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", ["methode", "index"])
def test_every_number_of_the_other_pages_is_released(views, stem, language):
    suffix = "" if language == "fr" else ".en"
    read = 0
    for folder, release in views.items():
        path = folder / f"{stem}{suffix}.html"
        if path.exists():
            known = everything(release, language)
            assert (path, unexplained(words_of(tree_of(path)), known, language)) == (path, [])
            read += 1
    assert read >= 1


RUN = re.compile(r"\d+(?:[ ,]\d{3}(?!\d))*")


def integers(text: str) -> set[int]:
    """Return the whole numbers of a text, thousands together and apart, codes left out."""
    return {
        int(part) for run in runs(text) for part in (re.sub(r"\D", "", run), *DIGITS.findall(run))
    }


def runs(text: str) -> list[str]:
    """Return each number, with what could be its thousands or could be the next number."""
    return RUN.findall(re.sub(r"\b(?:[FVC]-\d+|20\d\d[ab](?:-[FV]-\d+)?)\b", " ", plain(text)))


def unknown(text: str, known: set[int]) -> list[str]:
    """Return the numbers that are not known, neither as one number nor as several."""
    return [
        run
        for run in runs(text)
        if int(re.sub(r"\D", "", run)) not in known
        and not {int(part) for part in DIGITS.findall(run)} <= known
    ]


def allowed(release: Release, language: Language) -> set[int]:
    said = (typeset(one, language, medium="html") for one in everything(release, language))
    return set().union(*(integers(one) for one in said))


def words_of_docx(path: Path) -> str:
    with ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if re.match(r"word/[a-z]+\d*\.xml$", name)]
        trees = [etree.fromstring(archive.read(name)) for name in parts]
    lines = [
        "".join(t.text or " " for t in paragraph.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br"))
        for tree in trees
        for paragraph in tree.iter(f"{WORD}p")
    ]
    return " \n ".join(lines)


def words_of_paper(path: Path) -> tuple[str, int]:
    pages = PdfReader(path).pages
    return " \n ".join(page.extract_text() for page in pages), len(pages)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_every_number_on_paper_is_one_that_is_released(views, kind):
    read = 0
    for folder, release in views.items():
        for path in sorted(folder.rglob(f"*.{kind}")):
            _, language = named(path)
            text, pages = words_of_paper(path) if kind == "pdf" else (words_of_docx(path), 1)
            known = allowed(release, language) | set(range(1, pages + 1))
            assert (path.name, unknown(text, known)) == (path.name, [])
            read += 1
    assert read >= 2


def test_control_a_hidden_number_is_seen_on_paper_and_in_a_csv(views):
    folder, release = next(iter(views.items()))
    text = words_of_docx(folder / "rapport.docx")
    known = allowed(release, "fr")
    masked = next(n for n in range(20, 400) if n not in known)

    before, after = unknown(text, known | {1}), unknown(f"{text} {masked} sur 28", known | {1})
    assert (before, after) == ([], [str(masked)])
    assert unexplained("27 sur 28", ["au moins 24 sur 28"], "fr") != []
