"""LibreOffice Calc, which reads our files as a person's spreadsheet would."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lxml import etree

SEPARATORS = {"semicolon": "59", "comma": "44", "its own dialog": "44/59/9"}
"""What cuts a CSV: ours, that of an English Windows, and all those the dialog ticks at first."""
_OPTIONS = ",34,76,1,,0,false,true,false,false,false,-1,true"
"""UTF-8, numbers and dates told apart, and formulas evaluated: what is least safe."""
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LIVE = {
    f"{_TEXT}a", f"{_TABLE}table-source", f"{_TABLE}cell-range-source", f"{_TABLE}dde-link",
    f"{_TABLE}dde-links", f"{_OFFICE}dde-source", f"{_TABLE}database-range",
    f"{_OFFICE}event-listeners", f"{_TABLE}content-validation",
}  # fmt: skip
"""What fetches, runs or leads somewhere, besides a formula."""


class Read(NamedTuple):
    """A file as it was read: its sheets by name, and whatever is live in it."""

    sheets: dict[str, list[list[str]]]
    live: list[str]


def program() -> str | None:
    """Return LibreOffice's path, where its spreadsheet is there too."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    folder = Path(found).resolve().parent
    return found if any(folder.glob("libsclo*")) else None


def opened(paths: Sequence[Path], place: Path, *, cut_at: str = "semicolon") -> dict[str, Read]:
    """Return each file (CSV or XLSX, one sort a call) as LibreOffice reads it, by its name.

    ``place``: an empty folder for its profile and what it writes. About two seconds a call.
    """
    found = program()
    assert found is not None
    csv = ["--infilter=Text - txt - csv (StarCalc):" + SEPARATORS[cut_at] + _OPTIONS]
    subprocess.run(
        [
            found, f"-env:UserInstallation=file://{place}/profil", "--headless", "--norestore",
            "--convert-to", "fods", *(csv if paths[0].suffix == ".csv" else []),
            "--outdir", str(place / "lus"), *map(str, paths),
        ],
        check=True, capture_output=True, timeout=120, env={"HOME": str(place), "PATH": "/usr/bin"},
    )  # fmt: skip
    return {one.name: _read(place / "lus" / f"{one.stem}.fods") for one in paths}


def _read(path: Path) -> Read:
    root = etree.parse(path).getroot()
    live = [f"={formula}" for one in root.iter() if (formula := one.get(f"{_TABLE}formula"))]
    live += [
        str(one.tag).rpartition("}")[2] for one in root.iter() if one.tag in _LIVE and len(one)
    ]
    live += ["".join(one.itertext()) for one in root.iter(f"{_TEXT}a")]
    sheets = {
        str(sheet.get(f"{_TABLE}name")): [
            cells for row in sheet.iter(f"{_TABLE}table-row") if (cells := _row(row))
        ]
        for sheet in root.iter(f"{_TABLE}table")
    }
    return Read(sheets, live)


def _row(row: etree._Element) -> list[str]:
    cells: list[str] = []
    for cell in row.iter(f"{_TABLE}table-cell"):
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", "1")), 64)
        cells += ["\n".join(_said(one) for one in cell.iter(f"{_TEXT}p"))] * times
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _said(one: etree._Element) -> str:
    """Return a paragraph's text, its spaces and tabs written out."""
    text = one.text or ""
    for part in one:
        if part.tag == f"{_TEXT}s":
            text += " " * int(part.get(f"{_TEXT}c", "1"))
        text += {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}.get(part.tag, "")
        text += _said(part) + (part.tail or "") if part.tag != f"{_TEXT}s" else part.tail or ""
    return text
