"""REFI-QDA: read and written without loss, valid, read by others; hostile and odd files."""

import unicodedata
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from lxml import etree
from projects import BY_HAND, TEXT, number, projects

from croisee.formats import FormatRefused
from croisee.formats.coded import read_refi, write_refi, write_refi_codebook

REAL = {
    "qda/refi_atlasti/TestProject.qdpx": (14, 16, 16),
    "qda/refi_atlasti/Project.qde": (14, 16, 16),
    "qda/qdpx_oltas/oltas_teszt.qdpx": (152, 330, 0),
}
"""Codes, codings and sets, counted in the XML of each file by hand."""


def said(notices):
    return [one.message.to("fr") for one in notices]


def through(project, folder):
    path = Path(folder) / "p.qdpx"
    path.unlink(missing_ok=True)
    notices = write_refi(project, path)
    return path, notices, *read_refi(path)


def xml_of(path):
    with zipfile.ZipFile(path) as archive:
        return archive.read("project.qde")


@settings(max_examples=150, deadline=None)
@given(project=projects())
def test_what_is_written_is_read_back(project, tmp_path_factory):
    path, notices, back, told = through(project, tmp_path_factory.getbasetemp())

    assert back == project
    assert (notices, told) == ((), ())
    assert path.exists()


@settings(max_examples=60, deadline=None)
@given(project=projects())
def test_what_is_written_is_valid(project, schema, tmp_path_factory):
    path, *_ = through(project, tmp_path_factory.getbasetemp())

    assert schema.validate(etree.fromstring(xml_of(path))), schema.error_log.last_error


def test_a_broken_project_is_not_valid(schema, tmp_path):
    document = etree.fromstring(xml_of(through(BY_HAND, tmp_path)[0]))
    document.find(".//{*}Code").attrib.pop("guid")

    assert not schema.validate(document)


def test_somebody_elses_reader_opens_it(tmp_path):
    refi = pytest.importorskip("pyrefiqda", reason="pyrefiqda is not installed")
    path, *_ = through(BY_HAND, tmp_path)

    told = refi.RefiProject.load(str(path), str(tmp_path / "ouvert"))

    codes = told.code_book.codes.code
    (source,) = told.sources.text_source
    assert [one.name for one in codes] == ["Lien"]
    assert [one.name for one in codes[0].code] == ["Été"]
    assert [TEXT[one.start_position : one.end_position] for one in source.plain_text_selection] == [
        "on se parlait",
        "mieux à deux",
    ]


def test_the_same_project_gives_the_same_bytes_and_never_over_a_file(tmp_path):
    one, two = tmp_path / "1.qdpx", tmp_path / "2.qdpx"
    write_refi(BY_HAND, one)
    write_refi(BY_HAND, two)

    assert one.read_bytes() == two.read_bytes()
    with pytest.raises(FileExistsError):
        write_refi(BY_HAND, one)


def test_a_codebook_carries_codes_and_sets_of_codes(tmp_path):
    path = tmp_path / "c.qdc"
    write_refi_codebook(BY_HAND, path)

    back, told = read_refi(path)

    assert (back.codes, told) == (BY_HAND.codes, ())


@pytest.mark.parametrize("name", REAL)
def test_real_projects_are_read_and_come_back(real_data, schema, tmp_path, name):
    project, _ = read_refi(real_data / name)
    codes, codings, sets = REAL[name]
    path, _, back, told = through(project, tmp_path)

    applied = sum(len(mark.applied) for one in project.sources for mark in one.selections)
    assert (len(project.codes), len(project.sets)) == (codes, sets)
    assert applied <= codings
    assert replace(back, origin="") == replace(project, origin="")
    assert all("n’est pas dans le projet" in one for one in said(told))
    assert schema.validate(etree.fromstring(xml_of(path))), schema.error_log.last_error


def test_passages_of_nvivo_begin_and_end_at_words(real_data):
    project, told = read_refi(real_data / "qda/qdpx_oltas/oltas_teszt.qdpx")
    source = next(one for one in project.sources if one.selections)
    told_units = "comptent des unités UTF-16, et deux par fin de ligne."

    cut = sum(
        source.text[at - 1].isalnum() and source.text[at].isalnum()
        for one in source.selections
        for at in (one.start, one.end)
        if 0 < at < len(source.text)
    )
    assert len(source.selections) == 330
    assert cut <= 7
    assert [one for one in said(told) if told_units in one]


def rewritten(project, tmp_path, change, text=None, ends=None):
    """Write a project whose XML is changed, and whose text is in other bytes."""
    path = through(project, tmp_path)[0]
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = change(parts["project.qde"].decode()).replace('origin="Croisée"', 'origin="Autre"')
    parts["project.qde"] = told.encode()
    if text is not None:
        parts = {n: text if n.endswith(".txt") else b for n, b in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def counted(text, unit):
    """Return a change of the XML: positions in a unit of ``text``, which may have other signs."""

    def at(place):
        before = TEXT[:place].replace("\n", "\r\n") if "\r\n" in text else TEXT[:place]
        if unit == "utf-16":
            return len(before.encode("utf-16-le")) // 2
        return len(before.encode("utf-8")) if unit == "utf-8" else len(before)

    def change(xml):
        for mark in BY_HAND.sources[0].selections:
            xml = xml.replace(
                f'startPosition="{mark.start}" endPosition="{mark.end}"',
                f'startPosition="{at(mark.start)}" endPosition="{at(mark.end)}"',
            )
        return xml

    return change


@pytest.mark.parametrize("unit", ["points", "utf-16", "utf-8"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_positions_are_understood_in_any_unit(tmp_path, unit, ends, codec):
    text = TEXT.replace("\n", ends)
    path = rewritten(BY_HAND, tmp_path, counted(text, unit), text.encode(codec))

    project, told = read_refi(path)

    (source,) = project.sources
    marked = [source.text[one.start : one.end] for one in source.selections]
    assert marked == ["on se parlait", "mieux à deux"]
    assert source.text == TEXT
    assert bool(told) == (unit != "points" or ends == "\r\n")


def test_a_text_in_another_unicode_form_keeps_its_passages(tmp_path):
    text = unicodedata.normalize("NFD", TEXT)

    def change(xml):
        for words in ("on se parlait", "mieux à deux"):
            start = TEXT.index(words)
            place = text.index(unicodedata.normalize("NFD", words))
            end = place + len(unicodedata.normalize("NFD", words))
            xml = xml.replace(
                f'startPosition="{start}" endPosition="{start + len(words)}"',
                f'startPosition="{place}" endPosition="{end}"',
            )
        return xml

    project, _ = read_refi(rewritten(BY_HAND, tmp_path, change, text.encode()))

    (source,) = project.sources
    assert [source.text[one.start : one.end] for one in source.selections] == [
        "on se parlait",
        "mieux à deux",
    ]


def test_identifiers_in_capitals_and_braces_are_the_same(tmp_path):
    def change(xml):
        return xml.replace(f'targetGUID="{number(10)}"', f'targetGUID="{{{number(10).upper()}}}"')

    project, told = read_refi(rewritten(BY_HAND, tmp_path, change))

    assert (replace(project, origin="Croisée"), told) == (BY_HAND, ())


def test_what_is_wrong_is_said_and_the_rest_is_read(tmp_path):
    last = BY_HAND.sources[0].selections[1]

    def change(xml):
        return xml.replace(f'endPosition="{last.end}"', 'endPosition="9999"').replace(
            f'<CodeRef targetGUID="{number(10)}"/>', f'<CodeRef targetGUID="{number(99)}"/>'
        )

    project, told = read_refi(rewritten(BY_HAND, tmp_path, change))

    (source,) = project.sources
    assert [one.applied for one in source.selections] == [()]
    assert said(told) == [
        f"Un passage ({last.start} à 9999) sort de « rencontre » : il n’est pas lu.",
        "1 codage nomme un code qui n’est pas là : il n’est pas lu.",
    ]


def test_a_source_that_is_not_there_keeps_its_passages_and_is_said(tmp_path):
    path = through(BY_HAND, tmp_path)[0]
    bare = tmp_path / "projet.qde"
    bare.write_bytes(xml_of(path))

    project, told = read_refi(bare)

    (source,) = project.sources
    assert source.text is None
    assert source.selections == BY_HAND.sources[0].selections
    assert said(told) == ["Le texte de « rencontre » n’est pas dans le projet."]


def zipped(tmp_path, parts):
    path = tmp_path / "h.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


ENTITIES = '<!DOCTYPE p [<!ENTITY a "b">]><Project xmlns="urn:QDA-XML:project:1.0" name="&a;"/>'


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"project.qde": ENTITIES}, "entités"),
        ({"../project.qde": "<Project/>"}, "sort de lui-même"),
        ({"project.qde": b" " * 300_000_000}, "démesuré"),
        ({"notes.txt": "rien"}, "pas de projet"),
        ({"project.qde": "<Project xmlns='urn:QDA-XML:project:1.0'><Users>"}, "abîmé"),
        ({"project.qde": "<html><Users/></html>"}, "n’est pas un projet"),
    ],
)
def test_hostile_and_foreign_archives_are_refused_in_a_sentence(tmp_path, parts, message):
    with pytest.raises(FormatRefused, match=message):
        read_refi(zipped(tmp_path, parts))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x00\x01\x02", ENTITIES.encode()])
def test_what_is_no_project_is_refused(tmp_path, content):
    path = tmp_path / "p.qde"
    path.write_bytes(content)
    with pytest.raises(FormatRefused):
        read_refi(path)


def test_a_link_in_the_archive_is_never_followed(tmp_path):
    path = through(BY_HAND, tmp_path)[0]
    xml = xml_of(path)
    name = f"Sources/{number(20)}.txt"
    link = zipfile.ZipInfo(name)
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr(link, "/etc/passwd")

    project, _ = read_refi(path)

    assert "root:" not in (project.sources[0].text or "")
