"""``manifest.json``: what a Dataset's folder says of itself, and how each file is checked."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from croisee.dataset.canonical import dataset_digest
from croisee.dataset.consent import ConsentScope
from croisee.dataset.schema import SCHEMA_VERSION, TABLES
from croisee.dataset.study_json import (
    Json,
    StudyUnreadable,
    canonical_json,
    study_from_json,
    study_to_json,
)
from croisee.language import Phrase, phrase
from croisee.study import Study

FORMAT = "croisee-dataset/1"
MANIFEST = "manifest.json"
_SEAL = "manifest_sha256"
_HEX = re.compile(r"[0-9a-f]{64}")
_ANSWERS = re.compile(r"answers/([a-z0-9][a-z0-9-]*)@([a-z0-9][a-z0-9-]*)")


class DatasetUnreadable(ValueError):
    """The folder is not a Dataset this version can read; ``phrase`` says why."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.phrase = message


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One table of a Dataset: its lines, its file's SHA-256, its canonical digest."""

    rows: int
    sha256: str
    digest: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of ``manifest.json``. ``study_json`` is the study as it was written."""

    study_json: Json
    tables: dict[str, TableEntry]
    consent: ConsentScope
    frozen_at: datetime
    digest: str

    @property
    def study(self) -> Study:
        """Return the frozen study."""
        return study_from_json(self.study_json)

    def to_bytes(self) -> bytes:
        """Return the file's bytes: the same manifest always gives the same ones."""
        body: dict[str, Json] = {
            "format": FORMAT,
            "schema": SCHEMA_VERSION,
            "digest": self.digest,
            "frozen_at": self.frozen_at.astimezone(UTC).isoformat(),
            "consent": dict(asdict(self.consent)),
            "study": self.study_json,
            "tables": {name: dict(asdict(entry)) for name, entry in self.tables.items()},
        }
        body[_SEAL] = hashlib.sha256(canonical_json(body)).hexdigest()
        text = json.dumps(body, sort_keys=True, ensure_ascii=False, allow_nan=False, indent=1)
        return f"{text}\n".encode()


def new_manifest(
    study: Study, tables: dict[str, TableEntry], consent: ConsentScope, at: datetime
) -> Manifest:
    """Return the manifest of tables just written; ``at`` is a moment with its zone."""
    if at.tzinfo is None:
        raise ValueError("frozen_at needs a time zone")
    described = study_to_json(study)
    digest = dataset_digest(described, {name: entry.digest for name, entry in tables.items()})
    return Manifest(described, tables, consent, at.astimezone(UTC), digest)


def table_file(name: str) -> str:
    """Return the path of a table's file inside the folder."""
    return f"{name}.parquet"


def read_manifest(path: Path) -> Manifest:
    """Read a Dataset's manifest; raise :class:`DatasetUnreadable` if it cannot be relied on.

    Everything is checked that the manifest alone can show, its own seal included.
    """
    try:
        written = (path / MANIFEST).read_bytes()
    except OSError as error:
        raise DatasetUnreadable(
            phrase("Ce dossier n’est pas un jeu gelé : manifest.json n’y est pas.")
        ) from error
    try:
        manifest = _parse(json.loads(written))
        intact = manifest.to_bytes() == written
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, DatasetUnreadable):
            raise
        raise DatasetUnreadable(phrase("manifest.json est abîmé : il ne se lit plus.")) from error
    if not intact:
        raise DatasetUnreadable(phrase("manifest.json a été modifié après le gel."))
    return manifest


def _parse(body: dict[str, Json]) -> Manifest:
    if (body["format"], body["schema"]) != (FORMAT, SCHEMA_VERSION):
        raise DatasetUnreadable(
            phrase("Ce jeu gelé vient d’une autre version de Croisée : gelez l’étude de nouveau.")
        )
    entries, consent = body["tables"], body["consent"]
    if not isinstance(entries, dict) or not isinstance(consent, dict):
        raise StudyUnreadable("tables")
    tables: dict[str, TableEntry] = {}
    for name, entry in entries.items():
        if not isinstance(entry, dict) or not _known(name):
            raise StudyUnreadable(name)
        tables[name] = TableEntry(**entry)  # type: ignore[arg-type]
    manifest = Manifest(
        study_json=body["study"],
        tables=tables,
        consent=ConsentScope(**consent),  # type: ignore[arg-type]
        frozen_at=datetime.fromisoformat(str(body["frozen_at"])),
        digest=str(body["digest"]),
    )
    _check_types(manifest)
    return manifest


def _known(name: str) -> bool:
    return name in TABLES or _ANSWERS.fullmatch(name) is not None


def _check_types(manifest: Manifest) -> None:
    digests = [manifest.digest]
    for entry in manifest.tables.values():
        digests += [entry.sha256, entry.digest]
    if not all(_HEX.fullmatch(digest) for digest in digests):
        raise StudyUnreadable("digest")
    study_from_json(manifest.study_json)


def wave_of(name: str) -> tuple[str, str] | None:
    """Return (instrument, edition) of an answers table's name, ``None`` for another table."""
    match = _ANSWERS.fullmatch(name)
    return (match[1], match[2]) if match else None
