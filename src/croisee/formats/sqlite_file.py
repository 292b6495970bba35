"""SQLite files of other tools, read as what they are: somebody else's, perhaps made to harm.

Nothing of the file runs: its views, triggers, virtual tables, computed columns and functions are
not followed (``docs/decisions/0014-sqlite-files.md``). Nothing is written, nor beside it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from croisee.formats.bounds import MAX_ROWS, check_size
from croisee.formats.refused import FormatRefused
from croisee.language import phrase

Cell = str | int | float | None
_MAGIC = b"SQLite format 3\x00"
_MOST_STEPS = 5_000
"""Rounds of ``_ROUND`` instructions of SQLite's machine: a thousand times a large project's."""
_ROUND = 100_000
_MOST_CELL = 50_000_000
_MOST_READ = 200_000_000
"""Bytes of text taken from one file in all."""
_PLAIN = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ})


def is_sqlite(path: Path) -> bool:
    """Return whether a file begins as a SQLite file does."""
    try:
        with path.open("rb") as stream:
            return stream.read(16) == _MAGIC
    except OSError:
        return False


class SqliteFile:
    """An open file. ``tables``: the columns of each plain table, by its name."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._steps = self._read = 0
        connection.set_progress_handler(self._step, _ROUND)
        names = [str(row[0]) for row in connection.execute(_PLAIN)]
        self.tables = {name: self._columns(name) for name in names}
        connection.set_authorizer(_verdict)

    def _step(self) -> int:
        self._steps += 1
        return int(self._steps > _MOST_STEPS)

    def _columns(self, table: str) -> tuple[str, ...]:
        """Return the columns that are stored: one that is computed would run what it says."""
        found = self._connection.execute(f"PRAGMA table_xinfo({_quoted(table)})")
        return tuple(str(row[1]) for row in found if row[6] == 0)

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
        """Return the rows of a plain table, as they lie; a column that is not there gives ``None``.

        Raises:
            FormatRefused: more than a million rows or 200 MB of text, bytes that are no text,
                a damaged file.
        """
        there = self.tables.get(table, ())
        if not there:
            return
        cells = ", ".join(_quoted(one) if one in there else "NULL" for one in columns)
        with _told():
            query = f"SELECT {cells} FROM {_quoted(table)}"  # noqa: S608 -- names of the file's own tables, quoted
            for count, row in enumerate(self._connection.execute(query)):
                if count >= MAX_ROWS:
                    raise _too_large()
                yield tuple(map(self._cell, row))

    def _cell(self, value: object) -> Cell:
        if not isinstance(value, bytes):
            return value if isinstance(value, int | float) else None
        self._read += len(value)
        if self._read > _MOST_READ:
            raise _too_large()
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError as cause:
            raise _broken() from cause


@contextmanager
def open_sqlite(path: Path) -> Iterator[SqliteFile]:
    """Open a file to read its plain tables.

    Raises:
        FormatRefused: not a SQLite file, damaged, too large, or still open in another tool.
    """
    check_size(path)
    if not is_sqlite(path):
        raise FormatRefused(
            phrase("Ce fichier n’est pas une base SQLite."),
            phrase("Exportez de nouveau le projet depuis votre logiciel."),
        )
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size:
            raise FormatRefused(
                phrase("Ce projet est encore ouvert dans un autre logiciel."),
                phrase("Fermez-le là, puis recommencez."),
            )
    with _told():
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        with _told():
            connection.text_factory = bytes
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_CELL)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for setting in ("trusted_schema = OFF", "cell_size_check = ON", "query_only = ON"):
                connection.execute(f"PRAGMA {setting}")
            connection.text_factory = str
            opened = SqliteFile(connection)
            connection.text_factory = bytes
        yield opened
    finally:
        connection.close()


def _verdict(action: int, *about: str | None) -> int:
    """Allow plain reading only: ``about`` ends with the view or trigger that asks, if any does."""
    return sqlite3.SQLITE_OK if action in _ALLOWED and not about[3] else sqlite3.SQLITE_DENY


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (sqlite3.DatabaseError, sqlite3.DataError, UnicodeDecodeError) as cause:
        raise _broken() from cause


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))


def _broken() -> FormatRefused:
    return FormatRefused(
        phrase("Cette base SQLite est abîmée, ou faite pour ne pas se lire."),
        phrase("Exportez de nouveau le projet depuis votre logiciel."),
    )


def _too_large() -> FormatRefused:
    return FormatRefused(
        phrase("Cette base SQLite dépasse un million de lignes ou 200 Mo de texte."),
        phrase("Exportez-le en plusieurs projets."),
    )
