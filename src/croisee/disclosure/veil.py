"""The last look at a table before it leaves: bases whose size or numbers may not be told.

``docs/methods/divulgation.md`` §3.1 and §7.3. Each rule has already said less; here the bases
lose their size, and what no rule says in halves (codes, technologies) is left to words.
"""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.manner import Manner, is_confidential, public_frame
from croisee.disclosure.released import Cell, Kind, ReleasedBase, ReleasedTable, Word
from croisee.disclosure.shapes import TOO_FEW, masks_of
from croisee.disclosure.values import Chiffre, Form, Mask
from croisee.disclosure.work import Work

_WORDED = {Kind.CODE_CASE, Kind.LANDSCAPE, Kind.ARGUMENTS, Kind.RANKING}
_SIZED = {Form.EXACT, Form.AGREED, Form.AT_LEAST, Form.FEWER_THAN, Form.ROUNDED}
"""Forms that tell something of the size of their base."""


def veiled(table: ReleasedTable, work: Work) -> ReleasedTable:
    """Return a table as the study's policy lets it leave; itself, under the usual policy."""
    manners = {base.id: work.manner(base) for base in table.bases}
    if all(manner is Manner.NUMBERS for manner in manners.values()):
        return table
    # A base of participation is told by its band, and holds no answer.
    cells = tuple(
        tuple(_veiled(cell, table.kind, manners) for cell in line) for line in table.cells
    )
    hidden = any(manner in {Manner.WORDS, Manner.NOTHING} for manner in manners.values())
    extra = (Mask.CONFIDENTIAL,) if hidden else ()
    return replace(
        table,
        cells=cells,
        bases=tuple(_base(base, manners[base.id], work) for base in table.bases),
        masks=masks_of(cells, (*table.masks, *extra)),
    )


def _base(base: ReleasedBase, manner: Manner, work: Work) -> ReleasedBase:
    if is_confidential(work.study.policy):
        base = replace(base, frame=public_frame(work.study, base.source, base.frame))
    told = manner in {Manner.NUMBERS, Manner.HALVES}
    return base if told else replace(base, n=None)


def _veiled(cell: Cell | None, kind: Kind, manners: dict[str, Manner]) -> Cell | None:
    manner = manners.get(cell.base) if cell is not None else None
    if cell is None or manner is None or manner is Manner.NUMBERS:
        return cell
    if kind in _WORDED:
        return _worded(cell, kind, manner)
    value = cell.value
    if manner is not Manner.HALVES and isinstance(value, Chiffre) and value.form in _SIZED:
        return None
    return cell


def _worded(cell: Cell, kind: Kind, manner: Manner) -> Cell | None:
    value = cell.value
    if kind is Kind.RANKING or (isinstance(value, Word) and value == TOO_FEW.value):
        return cell
    if kind is Kind.LANDSCAPE:  # naming it for a network would say that five people were met
        return cell if manner is Manner.HALVES else None
    if manner is Manner.NOTHING:
        return TOO_FEW if kind is Kind.CODE_CASE else None
    if kind is Kind.CODE_CASE and not (isinstance(value, Word) and value.word == "silence"):
        return replace(cell, value=Word("exprime")) if cell.events else None
    return cell
