"""Is a Dataset's folder, byte for byte, what was frozen?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from croisee.dataset.canonical import TableDigest, dataset_digest
from croisee.dataset.freezing import file_sha256
from croisee.dataset.manifest import (
    MANIFEST,
    DatasetUnreadable,
    Manifest,
    read_manifest,
    table_file,
)
from croisee.dataset.ranks import content_schema, with_ranks
from croisee.language import Phrase, phrase
from croisee.study import Study


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was frozen. ``file`` is relative to the folder."""

    file: str
    what: Phrase


def verify(path: Path, digest: str | None = None) -> tuple[Damage, ...]:
    """Return everything that differs from what was frozen; nothing when it is intact.

    Finds any changed byte of any file, a missing or an extra file, a manifest that was
    touched, and tables whose canonical digest is not the one announced. Somebody who
    rewrites everything consistently makes another Dataset, with another name: give the
    ``digest`` you know from elsewhere to catch that too.
    """
    try:
        manifest = read_manifest(path)
    except DatasetUnreadable as refusal:
        return (Damage(MANIFEST, refusal.phrase),)
    damages = [*_stray_files(path, manifest), *_changed_files(path, manifest)]
    if not damages:
        damages = list(_changed_content(path, manifest))
    if digest is not None and digest != manifest.digest:
        damages.append(
            Damage(MANIFEST, phrase("Ce jeu gelé n’est pas celui attendu : l’empreinte diffère."))
        )
    return tuple(damages)


def _stray_files(path: Path, manifest: Manifest) -> Iterator[Damage]:
    known = {MANIFEST, *(table_file(name) for name in manifest.tables)}
    folders = {parent.as_posix() for file in known for parent in Path(file).parents}
    for found in sorted(path.rglob("*")):
        name = found.relative_to(path).as_posix()
        expected = found.is_file() if name in known else found.is_dir() and name in folders
        if not expected or found.is_symlink():
            yield Damage(name, phrase("Ce fichier n’est pas du jeu gelé."))


def _changed_files(path: Path, manifest: Manifest) -> Iterator[Damage]:
    for name, entry in sorted(manifest.tables.items()):
        file = path / table_file(name)
        if not file.is_file():
            yield Damage(table_file(name), phrase("Ce fichier manque."))
        elif file_sha256(file) != entry.sha256:
            yield Damage(table_file(name), phrase("Ce fichier a changé depuis le gel."))


def _changed_content(path: Path, manifest: Manifest) -> Iterator[Damage]:
    """Recompute the canonical digests: the study's, each table's, the Dataset's; and the ranks."""
    found: dict[str, str] = {}
    for name, entry in sorted(manifest.tables.items()):
        with pq.ParquetFile(path / table_file(name)) as file:
            rows, found[name] = _content(manifest.study, name, file)
        if found[name] != entry.digest or rows != entry.rows:
            yield Damage(table_file(name), phrase("Le contenu n’est pas celui annoncé."))
    if dataset_digest(manifest.study_json, found) != manifest.digest:
        yield Damage(MANIFEST, phrase("L’empreinte n’est pas celle du contenu."))


def _content(study: Study, name: str, file: pq.ParquetFile) -> tuple[int, str]:
    """Return the lines of a file and the digest of their content.

    No digest (``""``) when the columns are not those of the table, or the ranks not those of
    the answers.
    """
    try:
        schema = content_schema(study, name)
    except KeyError:
        return 0, ""
    if not file.schema_arrow.equals(with_ranks(study, name, schema.empty_table()).schema):
        return 0, ""
    digest = TableDigest(name, schema)
    for group in range(file.num_row_groups):
        rows = file.read_row_group(group)
        content = rows.select(schema.names)
        if not with_ranks(study, name, content).equals(rows):
            return digest.rows, ""
        digest.add(content)
    return digest.rows, digest.hexdigest()
