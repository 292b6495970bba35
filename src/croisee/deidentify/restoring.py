"""From masked text back to the original, with the log of replacements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from croisee.deidentify.masking import MaskedTurn


class NotTheText(ValueError):
    """The masked text is not the one the log was written with."""


@dataclass(frozen=True, slots=True)
class Undo:
    """One replacement as it undoes: at ``start`` of the original, ``shown`` stands for ``text``.

    The little word rewritten with the name (« d’ » of « d’[une municipalité] ») is in both.
    """

    start: int
    shown: str
    text: str


def undoing(turn: MaskedTurn) -> tuple[Undo, ...]:
    """Return what undoes a masked turn, in order of place."""
    return tuple(
        Undo(r.start - len(r.before), r.written, r.before + r.text)
        if r.written
        else Undo(r.start, r.replacement, r.text)
        for r in turn.replacements
    )


def restored(masked: str, undos: Iterable[Undo]) -> str:
    """Return the original of a whole masked turn.

    Raises:
        NotTheText: a replacement is not where the log says.
    """
    pieces: list[str] = []
    here = length = 0
    for undo in undos:
        kept = undo.start - length
        at = here + kept
        if kept < 0 or masked[at : at + len(undo.shown)] != undo.shown:
            raise NotTheText
        pieces += [masked[here:at], undo.text]
        here = at + len(undo.shown)
        length = undo.start + len(undo.text)
    return "".join([*pieces, masked[here:]])
