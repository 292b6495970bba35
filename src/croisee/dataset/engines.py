"""Where the Ibis expressions of a Dataset are run: DuckDB inside this program, or elsewhere.

An engine reads Parquet files where they lie and brings back one Arrow table. Every engine gives
the same lines for the same expression, decimals included; their order is the expression's.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import ibis
import pyarrow as pa

from croisee.language import Phrase

SETTINGS = {
    "threads": 2,
    "memory_limit": "512MB",
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
}
"""DuckDB's settings: it writes no answer to a temporary file and fetches nothing."""


class EngineRefused(Exception):
    """An engine cannot start, or would bring back too much; ``message`` says what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


class Engine(Protocol):
    """What runs expressions. Whoever opened it closes it."""

    def read(self, name: str, file: Path) -> Any:
        """Return the Parquet file of the table ``name`` as an Ibis expression."""

    def run(self, expression: Any) -> pa.Table:
        """Run an expression on the tables read here.

        Raises :class:`EngineRefused` where an engine bounds what comes back.
        """

    def close(self) -> None:
        """Let everything go. Closing twice does nothing more."""


class Embedded:
    """DuckDB, in this program: the default."""

    def __init__(self) -> None:
        self._backend = ibis.duckdb.connect(**SETTINGS)

    def read(self, name: str, file: Path) -> Any:
        """Return a Parquet file as an Ibis expression; ``name`` is not needed here."""
        del name
        with _old_spelling():
            return self._backend.read_parquet(file)

    def run(self, expression: Any) -> pa.Table:
        """Run an expression; nothing bounds what it brings back but this program's memory."""
        with _old_spelling():
            return self._backend.to_pyarrow(expression)

    def close(self) -> None:
        """Close the connection."""
        self._backend.disconnect()


@contextmanager
def _old_spelling() -> Iterator[None]:
    """Let Ibis 12 call DuckDB 2 by a name that DuckDB is about to drop."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "fetch_arrow_table", DeprecationWarning)
        yield
