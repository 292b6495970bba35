"""SQLite files written for other tools: new, complete or not there at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats.sqlite_file import Cell


@dataclass(frozen=True, slots=True)
class NewTable:
    """A table to make. ``columns``: as SQL says them, constraints last; ``rows``: all the cells."""

    name: str
    columns: str
    rows: Iterable[Sequence[Cell]] = ()


def write_sqlite(path: Path, tables: Iterable[NewTable], more: Iterable[str] = ()) -> None:
    """Write a new file: its tables with their rows, then what ``more`` makes (indexes, views).

    A name or a column is SQL, so never anything that a person typed; cells are given apart. Halves
    of a sign, which UTF-8 cannot hold, become question marks.

    Raises:
        FileExistsError: there is something at ``path``.
    """
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as building:
        made = Path(building, "base")
        with closing(sqlite3.connect(made, isolation_level=None)) as base:
            base.execute("BEGIN")
            for table in tables:
                base.execute(f"CREATE TABLE {table.name} ({table.columns})")
                _fill(base, table)
            for statement in more:
                base.execute(statement)
            base.execute("COMMIT")
        path.hardlink_to(made)


def _fill(base: sqlite3.Connection, table: NewTable) -> None:
    rows = iter(table.rows)
    first = next(rows, None)
    if first is None:
        return
    places = ", ".join("?" * len(first))
    statement = f"INSERT INTO {table.name} VALUES ({places})"  # noqa: S608 -- the name of a table of ours
    base.execute(statement, [_plain(cell) for cell in first])
    base.executemany(statement, ([_plain(cell) for cell in row] for row in rows))


def _plain(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode("utf-8")
    return cell
