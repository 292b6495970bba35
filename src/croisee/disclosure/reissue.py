"""Issuing a table again inside an edition (§7.2.8): only if the difference could be printed."""

from __future__ import annotations

from collections.abc import Iterator

from croisee.disclosure.arrested import Change
from croisee.disclosure.released import Cell, Percent, ReleasedBase, ReleasedTable, Value
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Phrase, phrase
from croisee.study import Policy

_HALVES = {
    Form.HALF_OR_MORE, Form.UNDER_HALF, Form.MORE_THAN_HALF, Form.HALF_OR_LESS,
}  # fmt: skip


def reissue_problems(
    old: ReleasedTable, new: ReleasedTable, change: Change, policy: Policy
) -> list[Phrase]:
    """Return what keeps a table from being issued again beside the one already printed.

    People must only have come, or only have left, at least ten in each base that changed; and
    the table of their differences, which a reader may compute, must pass §3 by itself.
    """
    if change.changed:
        return [phrase("des réponses y ont changé, et pas seulement des personnes.")]
    if change.left and change.came:
        return [phrase("des personnes sont parties et d’autres arrivées.")]
    if [head.key for head in old.rows] != [head.key for head in new.rows] or [
        head.key for head in old.columns
    ] != [head.key for head in new.columns]:
        return [phrase("ses réponses seraient réunies autrement.")]
    before = {base.id: base for base in old.bases}
    after = {base.id: base for base in new.bases}
    if before.keys() != after.keys():
        return [phrase("ses bases ne sont plus les mêmes.")]
    found = [_too_few(before[name], after[name], policy) for name in before]
    found += [_difference(one, two, before, after) for one, two in _pairs(old, new)]
    return list(dict.fromkeys(one for one in found if one is not None))


def _too_few(old: ReleasedBase, new: ReleasedBase, policy: Policy) -> Phrase | None:
    if old.n is None or new.n is None:
        return phrase("la taille de sa base n’est pas montrée.")
    moved = abs(old.n - new.n)
    least = max(policy.base_min, 2 * policy.t)
    if 0 < moved < least:
        return phrase("moins de {n} personnes y ont changé.", n=least)
    return None


def _pairs(old: ReleasedTable, new: ReleasedTable) -> Iterator[tuple[Cell | None, Cell | None]]:
    for before, after in zip(old.cells, new.cells, strict=True):
        yield from zip(before, after, strict=True)


def _difference(
    old: Cell | None,
    new: Cell | None,
    before: dict[str, ReleasedBase],
    after: dict[str, ReleasedBase],
) -> Phrase | None:
    """Return why the difference of two printed values may not be known."""
    said = phrase("la différence des deux tableaux donnerait un nombre caché.")
    if old is None or new is None:
        return None if old is new else said
    if old.value == new.value and _same_size(old, new, before, after):
        return None
    one, two = _count(old.value), _count(new.value)
    if one is None or two is None or old.base not in before or new.base not in after:
        # Words, orders and rounded amounts: what moves them cannot be printed as a base.
        return None if old.value == new.value else said
    moved = (after[new.base].n or 0) - (before[old.base].n or 0)
    return None if _may_be_subtracted(one, two, moved) else said


def _same_size(
    old: Cell, new: Cell, before: dict[str, ReleasedBase], after: dict[str, ReleasedBase]
) -> bool:
    known = old.base in before and new.base in after
    return known and before[old.base].n == after[new.base].n


def _may_be_subtracted(one: Chiffre, two: Chiffre, moved: int) -> bool:
    """Return whether « two − one », among ``moved`` people, is what §3 would print of them."""
    if moved == 0:
        return False
    if Form.ROUNDED in {one.form, two.form}:
        return False
    if one.lo == one.hi and two.lo == two.hi:
        gone, t = (two.lo - one.lo) * (1 if moved > 0 else -1), max(one.t, two.t)
        return t <= gone <= abs(moved) - t
    return one.form is two.form or {one.form, two.form} <= _HALVES


def _count(value: Value) -> Chiffre | None:
    if isinstance(value, Percent):
        return value.count
    return value if isinstance(value, Chiffre) else None
