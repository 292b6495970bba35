"""Taguette projects read: what its own counts say, odd places, and files made to harm."""

import json
import sqlite3

import pytest

from croisee.cli import main
from croisee.formats.coded import read_refi, read_taguette
from croisee.formats.refused import FormatRefused

TABLES = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created TEXT,
                        project_id INTEGER, contents TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER,
                         end_offset INTEGER, snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
CREATE TABLE commands (id INTEGER PRIMARY KEY, date TEXT, user_login TEXT, payload TEXT);
"""
VIEW = (
    "CREATE VIEW tags AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS id, 1 AS project_id, 'x' AS path, '' AS description FROM n"
)
COMPUTED = (
    "CREATE TABLE tags (id INTEGER PRIMARY KEY, description TEXT, "
    "path TEXT AS (hex(zeroblob(20000000))))"
)
HTML = "<h2>Été</h2><p>L’aide <b>à dîner</b> &amp; cafe\u0301</p>\n<p>Fin</p>"


def run(path, *statements):
    base = sqlite3.connect(path)
    for statement, *given in statements:
        base.execute(statement, *given)
    base.commit()
    base.close()


@pytest.fixture
def base(tmp_path):
    """A project of one document, its positions those of Taguette: bytes of words, without tags."""
    path = tmp_path / "projet.sqlite3"
    base = sqlite3.connect(path)
    base.executescript(TABLES)
    base.close()
    told = json.dumps({"type": "highlight_add", "highlight_id": 1})
    run(
        path,
        ("INSERT INTO projects VALUES (1, 'Repas', 'Pourquoi', '2026-01-02 03:04:05.5')",),
        ("INSERT INTO documents VALUES (4, 'Entrevue', 'dite', '2026-01-02 03:04:05', 1, ?)",
         (HTML,)),
        ("INSERT INTO tags VALUES (1, 1, 'aide.repas', 'manger'), (2, 1, 'aide', '')",),
        ("INSERT INTO highlights VALUES (1, 4, 5, 14, ''), (2, 4, 14, 23, '')",),
        ("INSERT INTO highlights VALUES (3, 4, 26, 32, '')",),
        ("INSERT INTO highlight_tags VALUES (1, 1), (1, 2), (2, 1)",),
        ("INSERT INTO commands VALUES (1, '2026-02-03 04:05:06', 'camille', ?)", (told,)),
    )  # fmt: skip
    return path


def words(project):
    return [one.text[mark.start : mark.end] for one in project.sources for mark in one.selections]


def test_passages_are_the_words_whose_bytes_taguette_counted(base):
    project, notices = read_taguette(base)

    assert project.sources[0].text == "Été\nL’aide à dîner & café\nFin\n"
    assert words(project) == ["L’aide ", "à dîner", "café"]
    assert notices == ()


def test_tags_people_and_dates_are_kept(base):
    project, _ = read_taguette(base)

    parent, child = project.codes
    assert (parent.name, child.name, child.parent, child.description) == (
        "aide", "repas", parent.key, "manger",
    )  # fmt: skip
    first, second, bare = project.sources[0].selections
    assert [one.code for one in first.applied] == [child.key, parent.key]
    assert [one.code for one in second.applied] == [child.key]
    assert bare.applied == ()
    assert (first.coder, first.at) == (project.coders[0].key, "2026-02-03T04:05:06Z")
    assert project.coders[0].name == "camille"


def test_what_points_nowhere_or_past_the_end_is_told_and_the_rest_read(base):
    run(
        base,
        ("INSERT INTO highlights VALUES (7, 4, 32, 9000, ''), (8, 99, 0, 3, '')",),
        ("INSERT INTO highlights VALUES (9, 4, 1, 5, '')",),
        ("INSERT INTO highlight_tags VALUES (3, 55)",),
    )

    project, notices = read_taguette(base)

    assert len(words(project)) == 3
    said = " ".join(one.message.to("fr") for one in notices)
    assert "Un passage (32 à 9000) sort de « Entrevue »" in said
    assert "Un passage (1 à 5) sort de « Entrevue »" in said
    assert "1 codage nomme un code qui n’est pas là" in said
    assert "1 renvoi nomme une source qui n’est pas là" in said


def test_a_project_becomes_another_tools_with_every_passage(base, tmp_path):
    assert main(["convert", str(base), str(tmp_path / "p.qdpx")]) == 0

    assert words(read_refi(tmp_path / "p.qdpx")[0]) == words(read_taguette(base)[0])


def refused(path):
    with pytest.raises(FormatRefused) as told:
        read_taguette(path)
    return told.value.message.to("fr")


def test_a_view_in_the_place_of_a_table_runs_nothing(base):
    run(
        base,
        ("ALTER TABLE tags RENAME TO others",),
        (VIEW,),
    )  # fmt: skip

    assert refused(base) == "Cette base SQLite n’est pas un projet Taguette."


def test_a_view_that_says_it_is_a_table_runs_nothing(base):
    run(
        base,
        ("PRAGMA writable_schema = ON",),
        ("UPDATE sqlite_master SET sql = ? WHERE name = 'tags'", (VIEW,)),
    )

    assert refused(base) == "Cette base SQLite est abîmée, ou faite pour ne pas se lire."


def test_a_computed_column_is_not_computed(base):
    run(
        base,
        ("DROP TABLE tags",),
        (COMPUTED,),
        ("INSERT INTO tags (id, description) VALUES (1, 'x')",),
    )  # fmt: skip

    project, _ = read_taguette(base)

    assert [one.name for one in project.codes] == [""]


def test_a_cell_too_large_is_refused(base):
    run(base, ("UPDATE documents SET contents = zeroblob(60000000)",))

    assert refused(base) == "Cette base SQLite est abîmée, ou faite pour ne pas se lire."


def test_cut_foreign_and_open_files_are_refused_in_one_sentence(base, tmp_path):
    whole = base.read_bytes()
    cut = tmp_path / "cut.sqlite3"
    cut.write_bytes(whole[: len(whole) // 3])
    other = tmp_path / "other.sqlite3"
    run(other, ("CREATE TABLE t (a)",))
    text = tmp_path / "text.sqlite3"
    text.write_text("bonjour")

    assert refused(cut) == "Cette base SQLite est abîmée, ou faite pour ne pas se lire."
    assert refused(other) == "Cette base SQLite n’est pas un projet Taguette."
    assert refused(text) == "Ce fichier n’est pas une base SQLite."
    base.with_name(base.name + "-wal").write_bytes(b"x")
    assert refused(base) == "Ce projet est encore ouvert dans un autre logiciel."


def test_two_projects_are_refused(base):
    run(base, ("INSERT INTO projects VALUES (2, 'b', '', '')",))

    assert refused(base) == "Cette base de Taguette doit contenir un projet, pas 2."
