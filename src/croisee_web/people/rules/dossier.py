"""The files of the dossiers that a board or a lawyer asks for, and tables as CSV."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from croisee.formats import write_csv


@dataclass(frozen=True, slots=True)
class DossierFile:
    """One file of a dossier: its name, and its table, its text or its bytes. No identity."""

    name: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    text: str = ""
    content: bytes = b""


DossierPart = Callable[[int], tuple[DossierFile, ...]]
"""(study_id) → the files a slice puts in the ethics dossier."""

_DOSSIER: dict[str, DossierPart] = {}


def add_to_dossier(name: str, part: DossierPart) -> None:
    """Add a slice's files to the ethics dossier; called once by its ``AppConfig.ready``."""
    _DOSSIER[name] = part


def dossier_parts() -> tuple[DossierPart, ...]:
    """Return what every slice puts in the ethics dossier."""
    return tuple(_DOSSIER[name] for name in sorted(_DOSSIER))


def packed(files: Iterable[DossierFile]) -> bytes:
    """Return the files of a dossier as a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            content = file.content or file.text.encode() or csv_of(file.header, file.rows)
            archive.writestr(file.name, content)
    return stream.getvalue()


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV; what would be a formula in a spreadsheet is a text."""
    with tempfile.TemporaryDirectory(prefix="croisee-") as folder:
        path = Path(folder) / "table.csv"
        write_csv(path, header, rows)
        return path.read_bytes()
