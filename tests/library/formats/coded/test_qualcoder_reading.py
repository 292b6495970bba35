"""QualCoder projects read: their own counts, every version, odd places, and files made to harm."""

import sqlite3
import zipfile

import pytest
from qualcoder_base import made, rows

from croisee.cli import main
from croisee.formats.coded import read_refi
from croisee.formats.coded.qualcoder_place import is_qualcoder
from croisee.formats.coded.qualcoder_reading import read_qualcoder
from croisee.formats.refused import FormatRefused


@pytest.fixture
def folder(tmp_path):
    return made(tmp_path / "Deux voix.qda")


def words(project):
    return [one.text[mark.start : mark.end] for one in project.sources for mark in one.selections]


def told(notices):
    return [one.message.to("fr") for one in notices]


def test_codes_hang_on_their_categories_and_codes_on_codes(folder):
    project, _ = read_qualcoder(folder)

    names = {one.key: one.name for one in project.codes}
    assert [
        (one.name, names.get(one.parent, ""), one.codable, one.colour, one.description)
        for one in project.codes
    ] == [
        ("Liens", "", False, "", "ce qui relie"),
        ("Saisons", "Liens", False, "", ""),
        ("été", "Saisons", True, "#00ff00", ""),
        ("juillet", "été", True, "", ""),
        ("parole", "Liens", True, "#aa0000", "se dire"),
    ]


def test_every_coding_is_there_with_who_when_and_its_memo(folder):
    project, _ = read_qualcoder(folder)

    names = {one.key: one.name for one in (*project.codes, *project.coders)}
    memos = {one.key: one.text for one in project.notes}
    read = [
        (names[one.code], names[one.coder], one.at, [memos[note] for note in one.notes])
        for source in project.sources for mark in source.selections for one in mark.applied
    ]  # fmt: skip
    base = sqlite3.connect(folder / "data.qda")
    assert len(read) == base.execute("SELECT count(*) FROM code_text").fetchone()[0]
    base.close()
    when = "2026-03-04T10:00:00"
    assert read == [
        ("parole", "camille", when, ["dit bas"]),
        ("été", "dominique", when, []),
        ("été", "camille", when, []),
    ]
    assert words(project)[:2] == ["on se parlait", "mieux à deux"]
    assert [one.name for one in project.coders] == ["camille", "dominique"]


def test_annotations_describe_cases_cut_and_values_stay_with_whom_they_are_of(folder):
    project, _ = read_qualcoder(folder)

    source, voice = project.sources
    noted = source.selections[2]
    assert (noted.description, source.text[noted.start : noted.end]) == ("son nom ?", "Alma")
    first, second = project.cases
    passages = {one.key: source.text[one.start : one.end] for one in source.selections}
    assert [passages[key] for key in first.selections] == ["Alma : 🙂 l’été, on se parlait.\n"]
    assert (first.sources, second.sources) == ((), (source.key, voice.key))
    assert ([one.text for one in first.values], second.values) == (["41"], ())
    assert (first.name, first.description) == ("Alma", "la première")
    assert [one.text for one in source.values] == ["café"]
    assert [(one.name, one.kind, one.description) for one in project.variables] == [
        ("Âge", "Float", "en années"), ("Lieu", "Text", ""),
    ]  # fmt: skip


def test_a_transcript_stands_for_its_recording(folder):
    project, _ = read_qualcoder(folder)

    voice = project.sources[1]
    assert (voice.name, voice.recording, voice.text) == (
        "voix.mp3.txt",
        "/audio/voix.mp3",
        "Bonjour.\n",
    )
    assert voice.description == "prise au parc\n\nrelu"
    assert [one.text for one in voice.values] == ["parc"]


def test_what_is_not_read_is_counted(folder):
    project, notices = read_qualcoder(folder)

    assert told(notices) == [
        "1 codage est lu sans sa marque « important ».",
        "1 zone d’image n’est pas lue.",
        "2 passages d’enregistrements ne sont pas lus.",
        "1 source sans texte (image, son, film) n’est pas lue, ni ce qui s’y rattache.",
    ]
    assert (project.name, project.description, project.origin) == (
        "Deux voix", "Pourquoi", "QualCoder",
    )  # fmt: skip
    assert next((one.name, one.text) for one in project.notes) == ("Journal", "On commence.")


def test_a_base_of_the_first_versions_is_read_without_its_later_columns(tmp_path):
    folder = tmp_path / "ancien.qda"
    folder.mkdir()
    base = sqlite3.connect(folder / "data.qda")
    base.executescript(
        "CREATE TABLE project (databaseversion text, date text, memo text, about text);"
        "CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text,"
        " memo text, owner text, date text);"
        "CREATE TABLE code_cat (catid integer primary key, name text, memo text);"
        "CREATE TABLE code_name (cid integer primary key, name text, catid integer, color text);"
        "CREATE TABLE code_text (cid integer, fid integer, seltext text, pos0 integer,"
        " pos1 integer, owner text);"
        "INSERT INTO project VALUES ('v1', '', '', '');"
        "INSERT INTO source VALUES (1, 'a', 'un mot', NULL, NULL, 'x', NULL);"
        "INSERT INTO code_name VALUES (7, 'mot', NULL, NULL);"
        "INSERT INTO code_text VALUES (7, 1, 'mot', 3, 6, 'x');"
        "INSERT INTO code_text VALUES (7, 1, 'un', 0, 2, 'x');"
    )
    base.close()

    project, notices = read_qualcoder(folder)

    assert words(project) == ["mot", "un"]
    applied = [one.key for mark in project.sources[0].selections for one in mark.applied]
    assert len(set(applied)) == 2
    assert notices == ()


def test_positions_counted_by_a_screen_in_utf16_are_told_by_the_words_beside_them(folder):
    rows(folder / "data.qda", "UPDATE code_text SET pos0 = pos0 + 1, pos1 = pos1 + 1")

    project, notices = read_qualcoder(folder)

    assert words(project)[:2] == ["on se parlait", "mieux à deux"]
    assert "Les positions de « rencontre » comptent des unités UTF-16." in told(notices)


def test_what_points_nowhere_or_past_the_end_is_told_and_the_rest_read(folder):
    rows(
        folder / "data.qda",
        "INSERT INTO code_text VALUES (7, 1, 1, '', 5, 90000, 'x', '', '', NULL, 0)",
        "INSERT INTO code_text VALUES (8, 1, 1, '', 'abc', -4, 'x', '', '', NULL, 0)",
        "INSERT INTO code_text VALUES (9, 99, 1, '', 0, 4, 'x', '', '', NULL, 0)",
        "INSERT INTO code_text VALUES (10, 1, 55, '', 0, 4, 'x', '', '', NULL, 0)",
        "INSERT INTO attribute VALUES (9, 'Nulle part', 'case', 'x', 1, '', '')",
        "INSERT INTO case_text VALUES (9, 77, 1, 0, 4, '', '', '')",
        "INSERT INTO case_text VALUES (10, 1, 1, 9000000000000000000, 2.5, '', '', '')",
    )

    project, notices = read_qualcoder(folder)

    assert words(project)[:2] == ["on se parlait", "mieux à deux"]
    said = told(notices)
    assert "Un passage (5 à 90000) sort de « rencontre » : il n’est pas lu." in said
    assert "Un passage (-1 à -4) sort de « rencontre » : il n’est pas lu." in said
    assert "1 codage nomme un code qui n’est pas là : il n’est pas lu." in said
    assert "2 renvois nomment une source qui n’est pas là." in said
    assert "1 valeur nomme une variable qui n’est pas là." in said
    assert sum(one.startswith("Un passage (9000000000000000000") for one in said) == 1


def test_categories_in_a_ring_are_read_once_each(folder):
    rows(folder / "data.qda", "UPDATE code_cat SET supercatid = 2 WHERE catid = 1")

    project, _ = read_qualcoder(folder)

    assert sorted(one.name for one in project.codes) == [
        "Liens", "Saisons", "juillet", "parole", "été",
    ]  # fmt: skip
    before = set()
    for one in project.codes:
        assert one.parent in {"", *before}
        before.add(one.key)


def refused(path):
    with pytest.raises(FormatRefused) as caught:
        read_qualcoder(path)
    return caught.value.message.to("fr")


def test_a_trigger_or_a_view_in_the_place_of_a_table_runs_nothing(folder):
    base = folder / "data.qda"
    rows(base, "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM code_text; END")
    assert len(words(read_qualcoder(folder)[0])) == 4
    rows(
        base,
        "DROP TRIGGER t",
        "ALTER TABLE code_cat RENAME TO other",
        "CREATE VIEW code_cat AS SELECT 1 AS catid, zeroblob(1000000000) AS name",
    )

    assert refused(folder) == "Cette base SQLite n’est pas un projet QualCoder."


def test_bytes_that_are_no_text_and_an_open_base_are_refused_in_one_sentence(folder):
    base = folder / "data.qda"
    (folder / "data.qda-journal").write_bytes(b"x")
    assert refused(folder) == "Ce projet est encore ouvert dans un autre logiciel."
    (folder / "data.qda-journal").unlink()
    rows(base, "UPDATE source SET fulltext = x'ff00fe' WHERE id = 1")
    assert refused(folder) == "Cette base SQLite est abîmée, ou faite pour ne pas se lire."


def zipped(folder, path, *names):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.write(folder / "data.qda", name)
    return path


def test_a_zip_of_the_folder_is_the_same_project(folder, tmp_path):
    path = zipped(
        folder, tmp_path / "a.zip", "Deux voix.qda/data.qda", "Deux voix.qda/old/data.qda"
    )

    assert is_qualcoder(path)
    assert read_qualcoder(path) == read_qualcoder(folder)


def test_a_zip_of_two_projects_or_that_goes_outside_is_refused(folder, tmp_path):
    two = zipped(folder, tmp_path / "two.zip", "a.qda/data.qda", "b.qda/data.qda")
    outside = zipped(folder, tmp_path / "outside.zip", "../data.qda")
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.qda/data.qda", b"SQLite format 3\x00" + bytes(30_000_000))

    assert refused(two) == "Cette archive doit contenir un projet QualCoder, pas 2."
    assert refused(outside) == "Le fichier contient un chemin qui sort de lui-même."
    assert refused(bomb) == "Le fichier devient démesuré une fois décompressé."


def test_a_project_becomes_another_tools_with_every_passage(folder, tmp_path):
    assert main(["convert", str(folder), str(tmp_path / "p.qdpx")]) == 0
    assert main(["convert", str(folder / "data.qda"), str(tmp_path / "etude")]) == 0

    out, into = read_refi(tmp_path / "p.qdpx")[0], read_qualcoder(folder)[0]
    assert words(out) == words(into)
    assert (out.cases, out.notes, out.variables) == (into.cases, into.notes, into.variables)
    assert (tmp_path / "etude" / "codages.csv").is_file()
