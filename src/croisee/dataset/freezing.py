"""The freeze: checked tables go in, an immutable folder comes out, complete or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from croisee.dataset.canonical import NotCanonical, TableDigest, sort_rows
from croisee.dataset.consent import Consent, consenting_tables
from croisee.dataset.frozen import Dataset
from croisee.dataset.manifest import MANIFEST, TableEntry, new_manifest, table_file, wave_of
from croisee.dataset.ranks import content_schema, with_ranks
from croisee.dataset.schema import TABLES
from croisee.language import Phrase, phrase
from croisee.study import Study

BATCH_ROWS = 100_000
"""Lines written at a time in an ordinary table."""
BATCH_TURNS = 2_000
"""Turns of a batch of documents; a document is never cut."""
ANSWER_PREFIX = "q_"
"""Null means « no answer » in these columns; elsewhere an unknown text is empty."""


class FreezeRefused(ValueError):
    """The tables cannot be frozen; ``phrase`` says which one and why."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.phrase = message


def freeze(
    study: Study,
    tables: Mapping[str, pa.Table],
    consents: Mapping[str, Consent],
    out: Path,
    *,
    at: datetime,
) -> Dataset:
    """Write a Dataset in the new folder ``out`` and return it open.

    ``tables`` are named and typed as in :mod:`croisee.dataset.schema`; columns may come in
    any order and in any type that casts without loss. ``consents`` is the register, by
    participant code: see :mod:`croisee.dataset.consent` for what it removes. ``at`` is when
    the freeze happened, with its zone; it is not part of the digest.

    Raises :class:`FreezeRefused` on an unknown table, missing or extra columns, a value that
    does not fit, and when ``out`` already holds something. Nothing is left half-written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FreezeRefused(phrase("{path} existe déjà et n’est pas vide.", path=str(out)))
    shaped = {name: _shaped(name, table, _schema(study, name)) for name, table in tables.items()}
    kept, scope = consenting_tables(study, shaped, consents)
    out.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        entries = {
            name: _write(study, name, kept[name], building)
            for name in sorted(kept)
            if kept[name].num_rows
        }
        manifest = new_manifest(study, entries, scope, at)
        _write_bytes(building / MANIFEST, manifest.to_bytes())
        building.chmod(0o755)
        if out.exists():
            out.rmdir()
        building.rename(out)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    _sync_folder(out.parent)
    return Dataset(out, manifest)


def _schema(study: Study, name: str) -> pa.Schema:
    if name in TABLES:
        return TABLES[name]
    instrument, edition = wave_of(name) or ("", "")
    known = any(one.code == edition for one in study.editions)
    if not known or instrument not in {one.code for one in study.instruments}:
        raise FreezeRefused(phrase("Le tableau {table} n’est pas de cette étude.", table=name))
    return content_schema(study, name)


def _shaped(name: str, table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the table with exactly the schema's columns, order and types, no null code."""
    if set(table.column_names) != set(schema.names) or len(table.column_names) != len(schema):
        odd = sorted(set(table.column_names) ^ set(schema.names))
        raise FreezeRefused(
            phrase(
                "Tableau {table} : colonnes en trop, en double ou absentes : {columns}.",
                table=name,
                columns=", ".join(odd),
            )
        )
    columns = []
    for field in schema:
        try:
            columns.append(_cast(table[field.name], field))
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise FreezeRefused(
                phrase(
                    "Tableau {table}, colonne {column} : une valeur n’a pas le type attendu.",
                    table=name,
                    column=field.name,
                )
            ) from error
    return pa.Table.from_arrays(columns, schema=schema)


def _cast(column: pa.ChunkedArray, field: pa.Field) -> pa.ChunkedArray:
    """Cast one column without loss; a decimal is never made of a binary fraction."""
    if pa.types.is_decimal(field.type):
        if pa.types.is_floating(column.type):
            raise pa.ArrowInvalid("a decimal is expected")
        if pa.types.is_integer(column.type):
            column = pc.cast(column, pa.decimal128(38, field.type.scale))
    cast = pc.cast(column, field.type)
    is_answer = field.name.startswith(ANSWER_PREFIX)
    return pc.fill_null(cast, "") if pa.types.is_string(field.type) and not is_answer else cast


def _write(study: Study, name: str, table: pa.Table, folder: Path) -> TableEntry:
    """Write one table, rows in canonical order, and return its entry.

    Ranks go in the file, not in the digest.
    """
    try:
        rows = sort_rows(table)
    except NotCanonical as error:
        raise FreezeRefused(
            phrase(
                "Tableau {table}, colonne {column} : une valeur n’est pas un nombre fini.",
                table=name,
                column=str(error),
            )
        ) from error
    path = folder / table_file(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = TableDigest(name, rows.schema)
    written = with_ranks(study, name, rows.slice(0, 0)).schema
    with pq.ParquetWriter(path, written, compression="zstd") as writer:
        for batch in _batches(name, rows):
            digest.add(batch)
            writer.write_table(with_ranks(study, name, batch), row_group_size=batch.num_rows)
    return TableEntry(rows.num_rows, file_sha256(path), digest.hexdigest())


def _batches(name: str, rows: pa.Table) -> Iterator[pa.Table]:
    """Cut sorted rows into the row groups of the file; turns, between two documents only."""
    if name != "turns":
        for start in range(0, rows.num_rows, BATCH_ROWS):
            yield rows.slice(start, BATCH_ROWS)
        return
    documents = pc.run_end_encode(rows["document"].combine_chunks())
    start = 0
    for end in documents.run_ends.to_pylist():
        if end - start >= BATCH_TURNS or end == rows.num_rows:
            yield rows.slice(start, end - start)
            start = end


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; flushes it to the disk first."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be synced."""
    if os.name == "posix":
        folder = os.open(path, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
