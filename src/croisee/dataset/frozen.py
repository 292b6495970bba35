"""An open Dataset: its study, and its tables as Ibis expressions, rows or a stream."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import ibis
import pyarrow as pa
import pyarrow.parquet as pq

from croisee.dataset.consent import ConsentScope
from croisee.dataset.engines import Embedded, Engine
from croisee.dataset.manifest import (
    DatasetUnreadable,
    Manifest,
    read_manifest,
    table_file,
    wave_of,
)
from croisee.dataset.ranks import with_ranks
from croisee.dataset.schema import TABLES, answers_name, answers_schema
from croisee.language import phrase
from croisee.study import Study

Row = dict[str, Any]


class Dataset:
    """A frozen study. Use as a context manager, or call :meth:`close`.

    ``digest`` is its name: same content, same digest. Nothing here writes.
    """

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.study: Study = manifest.study
        self.digest: str = manifest.digest
        self.frozen_at: datetime = manifest.frozen_at
        self.consent: ConsentScope = manifest.consent
        self._entries = manifest.tables
        self._engine: Engine | None = None
        self._read: dict[str, Any] = {}
        self._close: weakref.finalize[..., Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Dataset {self.digest[:12]} {self.path.name}>"

    def close(self) -> None:
        """Close the engine. The Dataset may still be read: the engine opens again.

        An engine given to :meth:`on` stays open: whoever opened it closes it.
        """
        if self._close is not None:
            self._close()
            self._engine, self._close, self._read = None, None, {}

    def on(self, engine: Engine) -> Self:
        """Run every expression on this engine from now on; return this same Dataset."""
        self.close()
        self._engine, self._read = engine, {}
        return self

    def schema(self, name: str) -> pa.Schema:
        """Return the columns of a table, written or empty."""
        wave = wave_of(name)
        return answers_schema(self.study.instrument(wave[0])) if wave else TABLES[name]

    def size(self, name: str) -> int:
        """Return the number of lines of a table, without reading it."""
        return self._entries[name].rows if name in self._entries else 0

    def table(self, name: str) -> Any:
        """Return a table as an Ibis expression; a table never written is empty."""
        if name not in self._read:
            if name in self._entries:
                self._read[name] = self._connect().read(name, self._file(name))
            else:
                self._read[name] = ibis.memtable(self._nothing(name))
        return self._read[name]

    def answers(self, instrument: str, edition: str) -> Any:
        """Return one wave of one questionnaire as an Ibis expression (one line a respondent).

        After the columns of :func:`croisee.dataset.answers_schema` come the ranks of
        :mod:`croisee.dataset.ranks`, which count faster than texts.
        """
        return self.table(answers_name(instrument, edition))

    def collect(self, expression: Any) -> list[Row]:
        """Run an Ibis expression on this Dataset's tables and return its lines.

        Their order is the expression's: ask for one (``order_by``) if it matters.
        """
        return self.computed(expression).to_pylist()  # type: ignore[no-any-return]

    def computed(self, expression: Any) -> pa.Table:
        """Run an Ibis expression on this Dataset's tables: as :meth:`collect`, in columns."""
        return self._connect().run(expression)

    def rows(self, name: str) -> list[Row]:
        """Return the lines of a table in canonical order (sorted by every column)."""
        return self.arrow(name).to_pylist()  # type: ignore[no-any-return]

    def arrow(self, name: str) -> pa.Table:
        """Return a table as Arrow, lines in canonical order."""
        if name not in self._entries:
            return self.schema(name).empty_table()
        with pq.ParquetFile(self._file(name)) as file:
            schema = self.schema(name)
            return file.read(columns=schema.names).cast(schema)

    def waves(self) -> tuple[tuple[str, str], ...]:
        """Return (instrument, edition) of each wave that has answers, in the study's order."""
        return tuple(
            (instrument.code, edition.code)
            for instrument in self.study.instruments
            for edition in self.study.editions
            if self.size(answers_name(instrument.code, edition.code))
        )

    def documents(self) -> Iterator[tuple[Row, tuple[Row, ...]]]:
        """Yield each document's line with its turns in order, reading one batch at a time.

        Documents come by code. Memory holds one batch of turns, whatever the corpus.
        """
        groups = self._turns_by_document()
        waiting = next(groups, None)
        for document in self.rows("documents"):
            while waiting is not None and waiting[0] < document["document"]:
                waiting = next(groups, None)
            turns: tuple[Row, ...] = ()
            if waiting is not None and waiting[0] == document["document"]:
                turns = waiting[1]
            yield document, turns

    def _turns_by_document(self) -> Iterator[tuple[str, tuple[Row, ...]]]:
        """Yield (document, its turns): a row group never cuts a document."""
        if "turns" not in self._entries:
            return
        with pq.ParquetFile(self._file("turns")) as file:
            for group in range(file.num_row_groups):
                turns: list[Row] = []
                for turn in file.read_row_group(group).to_pylist():
                    if turns and turn["document"] != turns[0]["document"]:
                        yield turns[0]["document"], tuple(turns)
                        turns = []
                    turns.append(turn)
                if turns:
                    yield turns[0]["document"], tuple(turns)

    def _nothing(self, name: str) -> pa.Table:
        """Return the empty table, ranks included, with the types the engine reads in a file."""
        written = with_ranks(self.study, name, self.schema(name).empty_table())
        return written.cast(pa.schema([field.with_nullable(True) for field in written.schema]))

    def _file(self, name: str) -> Path:
        return self.path / table_file(name)

    def _connect(self) -> Engine:
        if self._engine is None:
            self._engine = Embedded()
            self._close = weakref.finalize(self, self._engine.close)
        return self._engine


def load(path: Path) -> Dataset:
    """Open a frozen Dataset.

    Raises :class:`DatasetUnreadable` when the manifest is absent, damaged, changed or of
    another version, or when a table's file is absent. Bytes of the tables are not read
    here: :func:`verify` does that.
    """
    manifest = read_manifest(path)
    for name in manifest.tables:
        if not (path / table_file(name)).is_file():
            raise DatasetUnreadable(
                phrase("Il manque le fichier {file} dans le jeu gelé.", file=table_file(name))
            )
    return Dataset(path, manifest)
