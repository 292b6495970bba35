"""SQLite files in and out: nothing of a file runs, each bound is reached, nothing half-written."""

import sqlite3

import pytest

from croisee.formats import sqlite_file
from croisee.formats.refused import FormatRefused
from croisee.formats.sqlite_file import open_sqlite
from croisee.formats.sqlite_writing import NewTable, write_sqlite

BROKEN = "Cette base SQLite est abîmée, ou faite pour ne pas se lire."
TOO_LARGE = "Cette base SQLite dépasse un million de lignes ou 200 Mo de texte."


def base(path, *statements):
    made = sqlite3.connect(path)
    for one in statements:
        made.execute(*(one if isinstance(one, tuple) else (one,)))
    made.commit()
    made.close()
    return path


def counted(path, times=1):
    with open_sqlite(path) as file:
        return [sum(1 for _ in file.rows("t", ("a",))) for _ in range(times)]


def refused(path, times=1):
    with pytest.raises(FormatRefused) as caught:
        counted(path, times)
    return caught.value.message.to("fr")


@pytest.mark.parametrize(
    "view",
    [
        "CREATE VIEW t AS SELECT a FROM kept",
        "CREATE VIEW t AS SELECT upper(a) AS a FROM kept",
        "CREATE VIEW t AS SELECT a FROM (SELECT a FROM kept LIMIT 1)",
    ],
)
def test_a_view_is_not_read_even_if_the_list_of_tables_were_deceived(tmp_path, view):
    path = base(
        tmp_path / "a.sqlite3",
        "CREATE TABLE kept (a)",
        "INSERT INTO kept VALUES ('hors d’atteinte')",
        view,
    )

    with open_sqlite(path) as file:
        assert list(file.rows("kept", ("a",))) == [("hors d’atteinte",)]
        file.tables["t"] = ("a",)
        with pytest.raises(FormatRefused) as caught:
            list(file.rows("t", ("a",)))
    assert caught.value.message.to("fr") == BROKEN


@pytest.mark.parametrize(
    "disguise",
    [
        "UPDATE sqlite_master SET sql = 'CREATE VIEW t AS SELECT a FROM kept' WHERE name = 't'",
        "UPDATE sqlite_master SET type = 'table', rootpage = 2 WHERE name = 'seen'",
        "UPDATE sqlite_master SET name = 'seen', tbl_name = 'seen' WHERE name = 't'",
    ],
)
def test_a_view_in_the_disguise_of_a_table_is_refused(tmp_path, disguise):
    path = base(
        tmp_path / "a.sqlite3",
        "CREATE TABLE kept (a)",
        "CREATE TABLE t (a)",
        "CREATE VIEW seen AS SELECT a FROM kept",
        "PRAGMA writable_schema = ON",
        disguise,
    )

    assert refused(path) == BROKEN


def test_views_and_virtual_tables_are_no_tables(tmp_path):
    path = base(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (a, b AS (hex(a)), c)",
        "INSERT INTO t VALUES ('x', 'z')",
        "CREATE VIEW v AS SELECT * FROM t",
        "CREATE VIRTUAL TABLE w USING fts5 (a)",
    )

    with open_sqlite(path) as file:
        assert file.tables["t"] == ("a", "c")
        assert not {"v", "w"} & set(file.tables)
        assert list(file.rows("v", ("a",))) == []
        assert list(file.rows("t", ("a", "b", "c", "d"))) == [("x", None, "z", None)]


def test_a_million_rows_are_read_and_one_more_is_refused(tmp_path):
    fill = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
        " INSERT INTO t SELECT i FROM n"
    )
    path = base(tmp_path / "a.sqlite3", "CREATE TABLE t (a)", fill)

    assert counted(path) == [1_000_000]
    base(path, "INSERT INTO t VALUES (0)")
    assert refused(path) == TOO_LARGE


def test_text_is_counted_over_the_whole_file_and_refused_past_two_hundred_million(tmp_path):
    path = base(
        tmp_path / "a.sqlite3",
        "CREATE TABLE t (a TEXT)",
        "INSERT INTO t VALUES (hex(zeroblob(20000000)))",
    )

    with open_sqlite(path) as file:
        for _ in range(5):
            assert [len(a) for (a,) in file.rows("t", ("a",))] == [40_000_000]
    assert refused(path, times=6) == TOO_LARGE


def test_a_reading_that_takes_too_many_instructions_is_stopped(tmp_path, monkeypatch):
    fill = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " INSERT INTO t SELECT i FROM n"
    )
    path = base(tmp_path / "a.sqlite3", "CREATE TABLE t (a)", fill)
    monkeypatch.setattr(sqlite_file, "_MOST_STEPS", 2)

    assert refused(path) == BROKEN


def test_a_file_of_two_hundred_mebibytes_is_refused_before_it_is_opened(tmp_path):
    path = base(tmp_path / "a.sqlite3", "CREATE TABLE t (a)")
    with path.open("r+b") as file:
        file.truncate(200 << 20)

    assert refused(path) == "Le fichier pèse 200 Mo ; la limite est de 200 Mo."


def test_nothing_is_written_in_a_file_that_is_read_nor_beside(tmp_path):
    path = base(tmp_path / "a.sqlite3", "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)")
    before = path.read_bytes()

    with open_sqlite(path) as file:
        assert list(file.rows("t", ("a",))) == [(1,)]

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["a.sqlite3"]


def test_what_is_written_is_read_the_same_whatever_was_typed(tmp_path):
    path = tmp_path / "a.sqlite3"
    typed = "x'); DROP TABLE t; --\x00 🙂 \ud800"
    write_sqlite(path, [NewTable("t", "a text, b integer", [(typed, 1), (None, -3)])])

    with open_sqlite(path) as file:
        rows = list(file.rows("t", ("a", "b")))
    assert rows == [(typed.replace("\ud800", "?"), 1), (None, -3)]


def test_a_writing_that_fails_midway_leaves_nothing(tmp_path):
    def rows():
        yield (1,)
        raise OSError("plus de place")

    with pytest.raises(OSError, match="plus de place"):
        write_sqlite(tmp_path / "a.sqlite3", [NewTable("t", "a", rows())])

    assert list(tmp_path.iterdir()) == []
