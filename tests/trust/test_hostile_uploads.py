"""Files somebody sends: whatever their bytes, a sentence comes back, never a traceback."""

import os
import shutil
import tracemalloc
import zipfile
from pathlib import Path

import pyarrow.compute as pc
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from croisee.formats import FormatRefused, read_docx, read_table, read_text
from croisee.formats.transcripts import read_transcript
from croisee.studyfolder import new_study, read_study

DOCX = """<?xml version="1.0" encoding="UTF-8"?>{doctype}
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"""
XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)
READERS = {".csv": read_table, ".xlsx": read_table, ".docx": read_docx}


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "etude"
    new_study(folder, "fr")
    return folder


def _docx(path: Path, text: str = "Bonjour", doctype: str = "", **parts: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", DOCX.format(text=text, doctype=doctype))
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def _xlsx(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "cas"])
        sheet.write_row(1, 0, ["p-1", "verre"])
    return path


def _with_part(path: Path, name: str, content: bytes) -> Path:
    """Replace or add one part of an archive."""
    before = path.with_suffix(".avant")
    path.rename(before)
    with zipfile.ZipFile(before) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return path


def _refusal(path: Path) -> str:
    with pytest.raises(FormatRefused) as refused:
        READERS[path.suffix](path)
    return refused.value.message.to("fr")


def test_plain_document_and_sheet_are_read(tmp_path):
    document = _docx(tmp_path / "a.docx")
    sheet = read_table(_xlsx(tmp_path / "a.xlsx"))

    assert read_docx(document) == ("Bonjour",)
    assert list(sheet.rows) == [(2, {"code": "p-1", "cas": "verre"})]


@pytest.mark.parametrize("doctype", [XXE, LAUGHS, "<!DOCTYPE d>"], ids=["xxe", "laughs", "empty"])
def test_document_that_declares_entities_is_refused(tmp_path, doctype):
    path = _docx(tmp_path / "a.docx", "&x;" if "SYSTEM" in doctype else "&i;", doctype)

    assert _refusal(path) == "Le fichier déclare des entités XML."


def test_entities_hidden_across_a_chunk_are_refused(tmp_path):
    start = len('<?xml version="1.0" encoding="UTF-8"?><!---->')
    padding = "".join(map(str, range(200_000)))[: (1 << 20) - start - 4]
    path = _docx(tmp_path / "a.docx", "&x;", f"<!--{padding}-->{XXE}")

    assert _refusal(path) == "Le fichier déclare des entités XML."


def test_entities_in_another_encoding_are_refused(tmp_path):
    content = DOCX.replace("UTF-8", "UTF-16").format(text="&x;", doctype=XXE).encode("utf-16")
    path = _with_part(_docx(tmp_path / "a.docx"), "word/document.xml", content)

    assert _refusal(path) == "Une partie du fichier n’est pas en UTF-8."


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_spreadsheet_that_declares_entities_is_refused(tmp_path, part):
    path = _xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as archive:
        content = archive.read(part).replace(b"?>", b"?>" + XXE.encode(), 1)

    assert _refusal(_with_part(path, part, content)) == "Le fichier déclare des entités XML."


@pytest.mark.parametrize("name", ["../ailleurs.xml", "/etc/passwd", "C:\\a.xml", "a\\..\\..\\b"])
@pytest.mark.parametrize("kind", ["a.docx", "a.xlsx"])
def test_archive_that_names_an_outside_path_is_refused(tmp_path, kind, name):
    path = (_docx if kind.endswith("docx") else _xlsx)(tmp_path / kind)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")

    assert _refusal(path) == "Le fichier contient un chemin qui sort de lui-même."
    assert sorted(p.name for p in tmp_path.iterdir()) == [kind]


@pytest.mark.parametrize("kind", ["a.docx", "a.xlsx"])
def test_zip_bomb_is_refused_without_unpacking_it(tmp_path, kind):
    path = (_docx if kind.endswith("docx") else _xlsx)(tmp_path / kind)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image.xml", b"\0" * (64 << 20))
    tracemalloc.start()

    said = _refusal(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == "Le fichier devient démesuré une fois décompressé."
    assert peak < 8 << 20


def test_part_longer_than_the_archive_says_is_refused(tmp_path):
    path = _docx(tmp_path / "a.docx", "a" * 5_000)
    raw = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("word/document.xml").file_size
    path.write_bytes(raw.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little")))

    assert _refusal(path) == "Le fichier est abîmé, ou n’est pas du type que dit son nom."


def test_sheet_with_one_far_cell_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "code")
        sheet.write(1_048_575, 16_383, "loin")

    assert _refusal(path) == "La feuille s’étend sur 1048576 lignes et 16384 colonnes."


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.docx", "a.txt", "a.vtt"])
def test_file_of_200_mb_is_refused_without_reading_it(tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as stream:
        os.truncate(stream.fileno(), 200 << 20)
    reader = {".txt": read_text, ".vtt": read_transcript, **READERS}[path.suffix]
    tracemalloc.start()

    with pytest.raises(FormatRefused) as refused:
        reader(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.message.to("fr") == "Le fichier pèse 200 Mo ; la limite est de 200 Mo."
    assert peak < 1 << 20


def test_document_with_an_undeclared_prefix_is_refused(tmp_path):
    content = DOCX.format(text="Bonjour", doctype="").replace("<w:r>", "<w:r><z:p/>")
    path = _with_part(_docx(tmp_path / "a.docx"), "word/document.xml", content.encode())

    with pytest.raises(FormatRefused):
        read_docx(path)


def test_old_office_file_is_told_apart(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))

    assert _refusal(path) == (
        "Le fichier a un mot de passe, ou vient d’un ancien format (.xls, .doc)."
    )


def test_formulas_are_text_when_read_and_inert_when_written(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["code", "note"])
        sheet.write_formula(1, 0, '=HYPERLINK("http://a")', None, "p-1")
        sheet.write_string(1, 1, "=cmd|'/c calc'!A1")

    assert list(read_table(path).rows) == [(2, {"code": "p-1", "note": "=cmd|'/c calc'!A1"})]


def test_link_out_of_the_folder_is_refused(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("Animation : le mot de passe est tournesol", encoding="utf-8")
    folder = tmp_path / "etude"
    new_study(folder, "fr")
    (folder / "documents" / "groupe-1.txt").unlink()
    (folder / "documents" / "groupe-1.txt").symlink_to(secret)

    read = read_study(folder)

    links = [p.file for p in read.problems if p.message.one.startswith("Ce lien")]
    assert links == ["documents/groupe-1.txt"]
    assert read.tables["turns"].num_rows == 0


@pytest.mark.parametrize("file", ["../../etc/passwd", "/etc/passwd", "..\\secret.txt"])
def test_document_named_outside_the_folder_is_not_read(tmp_path, file):
    folder = tmp_path / "etude"
    new_study(folder, "fr")
    (folder / "documents.csv").write_text(
        f"fichier;cas;methode\n{file};potagers;groupe\n", encoding="utf-8"
    )

    read = read_study(folder)

    places = [(p.file, p.row, p.column) for p in read.problems if p.column == "fichier"]
    assert places == [("documents.csv", 2, "fichier")]
    assert read.tables["turns"].num_rows == 0


FILES = sorted(
    path.relative_to(Path("src/croisee/studyfolder/example/fr")).as_posix()
    for path in Path("src/croisee/studyfolder/example/fr").rglob("*.*")
    if path.suffix in {".csv", ".toml", ".txt", ".bib"}
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(file=st.sampled_from(FILES), content=st.data())
def test_any_bytes_in_any_file_never_raise(example, tmp_path_factory, file, content):
    folder = tmp_path_factory.mktemp("octets") / "etude"
    shutil.copytree(example, folder)
    target = folder / file
    before = target.read_bytes()
    kind = content.draw(st.sampled_from(["random", "cut", "spliced", "swapped"]))
    noise = content.draw(st.binary(max_size=300))
    place = content.draw(st.integers(0, len(before)))
    after = {
        "random": noise,
        "cut": before[:place],
        "spliced": before[:place] + noise + before[place:],
        "swapped": before.replace(b";", noise[:3] or b",").replace(b"=", noise[3:5] or b";"),
    }[kind]
    target.write_bytes(after)

    read = read_study(folder)

    assert all(problem.message.to("fr") and problem.remedy.to("en") for problem in read.problems)
    shutil.rmtree(folder.parent)


@pytest.mark.parametrize("file", [file for file in FILES if not file.startswith("documents/")])
def test_archive_given_another_name_is_said_in_its_place(example, tmp_path, file):
    folder = tmp_path / "etude"
    shutil.copytree(example, folder)
    _docx(tmp_path / "a.docx").rename(folder / file)

    read = read_study(folder)

    assert read.refused
    assert file in {problem.file for problem in read.problems}


def test_verbatim_is_told_by_what_it_holds_and_not_by_its_name(example, tmp_path):
    folder = tmp_path / "etude"
    shutil.copytree(example, folder)
    file = folder / "documents" / "groupe-1.txt"
    _docx(tmp_path / "a.docx", "Animation : Bonjour").rename(file)
    as_word = read_study(folder)
    _xlsx(tmp_path / "a.xlsx").rename(file)

    as_workbook = read_study(folder)

    turns = as_word.tables["turns"].filter(pc.field("document") == "groupe-1")
    assert turns["text"].to_pylist() == ["Bonjour"]
    assert "documents/groupe-1.txt" not in {one.file for one in as_word.problems}
    assert [one.row for one in as_workbook.problems if one.file == "documents/groupe-1.txt"] == [
        None
    ]
