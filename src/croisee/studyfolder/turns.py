"""``tours``: transcripts already cut, one line a turn, in the place of a file to cut."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.language import phrase
from croisee.studyfolder import messages
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import TURNS
from croisee.studyfolder.names import Names
from croisee.studyfolder.problems import Said
from croisee.studyfolder.table import Row


@dataclass(frozen=True, slots=True)
class CutTurn:
    """One line of ``tours``. Times are in seconds."""

    number: int
    speaker: str
    participant: str
    text: str
    start: float | None
    end: float | None


CutTurns = dict[str, dict[int, CutTurn]]
"""Document as written there (folded) → number → turn."""


def read_turns(folder: Folder, names: Names) -> CutTurns | None:
    """Read ``tours``; ``None`` when the folder has no such table.

    A number may be missing: that turn was removed, and keeps its place.
    """
    table = folder.table(TURNS)
    if table is None:
        return None
    found: CutTurns = {}
    lines: dict[tuple[str, int], int] = {}
    for row in table.rows():
        document, number = row.required("document").lower(), row.whole("tour", low=1)
        if number is None and not row.text("tour"):
            row.refuse("tour", messages.empty_cell())
        text = row.required("texte")
        turn = CutTurn(
            number or 0,
            row.text("etiquette"),
            row.ref("participant", names.people, "participants", required=False),
            text,
            _seconds(row, "debut"),
            _seconds(row, "fin"),
        )
        if not document or number is None or not text:
            continue
        if (document, number) in lines:
            row.refuse("tour", messages.twice(str(number), lines[document, number]))
            continue
        lines[document, number] = row.line
        found.setdefault(document, {})[number] = turn
    return {document: dict(sorted(turns.items())) for document, turns in found.items()}


def _seconds(row: Row, column: str) -> float | None:
    text = row.text(column)
    if not text:
        return None
    try:
        seconds = float(text.replace(",", "."))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < 1e9:
        row.refuse(column, messages.not_a_number(text))
        return None
    return seconds


def without_document(document: str) -> Said:
    """Return what to say of turns whose document no line of ``documents`` declares."""
    return (
        phrase("Le document « {document} » n’est pas déclaré.", document=messages.shown(document)),
        phrase("Ajoutez une ligne dans documents.csv, ou retirez ces tours."),
    )
