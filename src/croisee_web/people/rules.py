"""What must happen when somebody withdraws, said by each slice that holds something of hers."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.functional import Promise

from croisee.formats import write_csv


@dataclass(frozen=True, slots=True)
class Removal:
    """One line of the receipt: what was removed, or what stands and why.

    ``stands`` holds the reason when nothing could be removed (« imprimé », « chiffres arrêtés »).
    """

    what: str | Promise
    count: int
    stands: str | Promise = ""


@dataclass(frozen=True, slots=True)
class ShownForm:
    """The consent form somebody answered: which version, in which language, how, the proof."""

    mode: str
    version: str = ""
    language: str = "fr"
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A signed form or a recording: its name, what it is (a media type), its bytes."""

    name: str
    media: str
    content: bytes


PROOF_LIMIT = 20_000_000
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (4, b"ftyp", "audio/mp4"),
    (8, b"WAVE", "audio/wav"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
)


def media_of(content: bytes) -> str:
    """Return what a proof is, from its first bytes; "" when it is nothing we keep."""
    for place, sign, media in _SIGNS:
        if content[place : place + len(sign)] == sign:
            return media
    return ""


Eraser = Callable[[int, str, datetime], tuple[Removal, ...]]
"""(study_id, participant code, at) → lines of the receipt. Runs inside the withdrawal's own
transaction; bears being run twice; files are removed ``on_commit``."""

_ERASERS: dict[str, tuple[int, Eraser]] = {}


def erase_on_withdrawal(name: str, order: int, eraser: Eraser) -> None:
    """Add a slice's eraser; called once by its ``AppConfig.ready``. Lower orders run first."""
    _ERASERS[name] = (order, eraser)


def erasers() -> tuple[tuple[str, Eraser], ...]:
    """Return every eraser in the order they run."""
    ordered = sorted(_ERASERS.items(), key=lambda item: (item[1][0], item[0]))
    return tuple((name, eraser) for name, (_order, eraser) in ordered)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing the study holds of somebody: what it is, and its lines, as she gave them."""

    what: str | Promise
    lines: tuple[dict[str, str], ...]


Teller = Callable[[int, str], tuple[Held, ...]]
"""(study_id, participant code) → what a slice holds of her, her own words only."""

_TELLERS: dict[str, tuple[int, Teller]] = {}


def tell_on_request(name: str, order: int, teller: Teller) -> None:
    """Add what a slice tells somebody about herself; called once by its ``AppConfig.ready``."""
    _TELLERS[name] = (order, teller)


def tellers() -> tuple[tuple[str, Teller], ...]:
    """Return every teller, in the order they are read."""
    ordered = sorted(_TELLERS.items(), key=lambda item: (item[1][0], item[0]))
    return tuple((name, teller) for name, (_order, teller) in ordered)


@dataclass(frozen=True, slots=True)
class DossierFile:
    """One file of the ethics dossier: its name, and its table or its text. No identity."""

    name: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[object, ...], ...] = ()
    text: str = ""


DossierPart = Callable[[int], tuple[DossierFile, ...]]
"""(study_id) → the files a slice puts in the ethics dossier."""

_DOSSIER: dict[str, DossierPart] = {}


def add_to_dossier(name: str, part: DossierPart) -> None:
    """Add a slice's files to the ethics dossier; called once by its ``AppConfig.ready``."""
    _DOSSIER[name] = part


def dossier_parts() -> tuple[DossierPart, ...]:
    """Return what every slice puts in the ethics dossier."""
    return tuple(_DOSSIER[name] for name in sorted(_DOSSIER))


DAYS_TO_ANSWER = 30
"""How long a person waits for her data at most (RLRQ, c. P-39.1, s. 32)."""


def csv_of(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table as CSV; what would be a formula in a spreadsheet is a text."""
    with tempfile.TemporaryDirectory(prefix="croisee-") as folder:
        path = Path(folder) / "table.csv"
        write_csv(path, header, rows)
        return path.read_bytes()
