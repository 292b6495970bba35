"""Saving the rows of a part of a study, each from the version it was made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from croisee.text import fold
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.study.models import Case, Decision, Edition, Meeting, Method
from croisee_web.study.queries.holding import require_empty
from croisee_web.study.rules.parts import PARTS, Part
from croisee_web.study.usecases.description import ChangedSince

LAST = 9999
"""The place of a new row, before the rows are numbered again."""


class CodeTaken(UseCaseError):
    """Two rows would bear one code."""


class RowsChangedSince(ChangedSince):
    """Somebody saved these rows first. ``rows`` are their numbers."""

    def __init__(self, text: str, rows: Collection[int]) -> None:
        super().__init__(text)
        self.rows = frozenset(rows)


@dataclass(frozen=True, slots=True)
class RowEdit:
    """One row as somebody leaves it. ``id`` is ``None`` for a new one."""

    values: Mapping[str, Any]
    id: int | None = None
    version: int = 0
    removed: bool = False


@transaction.atomic
def save_rows(
    *, study_id: int, part: str, rows: Sequence[RowEdit], actor: Account, at: datetime
) -> tuple[int, ...]:
    """Write the rows that differ, add the new ones, remove those marked; return their numbers.

    Either all are written or none. A row's code stays what it was given first.

    Raises:
        NotAllowed: the actor may not keep this part.
        NotFound: a row is not in this study.
        RowsChangedSince: a row that differs was saved by somebody else meanwhile.
        CodeTaken: a new row has another's code.
        StillHoldsSomething: a row to be removed has something under it.
    """
    kept = PARTS[part]
    require(actor=actor, verb=kept.verb, study_id=study_id)
    known = {row.pk: row for row in kept.rows.select_for_update().filter(study_id=study_id)}
    _check_rows(kept, known, rows)
    _check_links(study_id, kept, rows)
    codes = {getattr(row, kept.code) for row in known.values()} if kept.code else set()
    numbers, changes = [], 0
    for edit in rows:
        if edit.id is not None and edit.removed:
            _remove(known[edit.id])
            changes += 1
        elif edit.id is not None:
            changes += _change(kept, known[edit.id], edit)
            numbers.append(edit.id)
        elif not edit.removed:
            numbers.append(_add(kept, study_id, edit, codes))
            changes += 1
    if changes:
        _rank(kept, study_id)
        record(
            act=kept.act,
            actor=actor.label,
            at=at,
            study_id=study_id,
            part=part,
            changed=changes,
            rows=len(numbers),
        )
    return tuple(numbers)


@transaction.atomic
def move_row(
    *, study_id: int, part: str, number: int, earlier: bool, actor: Account, at: datetime
) -> None:
    """Exchange a row with the one before it, or after it; the first and last stay.

    Raises:
        NotAllowed: the actor may not keep this part.
        NotFound: the rows of this part have no place, or the row is not in this study.
    """
    kept = PARTS[part]
    require(actor=actor, verb=kept.verb, study_id=study_id)
    rows = kept.rows.select_for_update().filter(study_id=study_id).order_by(*kept.order)
    numbers = [row.pk for row in rows]
    if "position" not in kept.columns or number not in numbers:
        raise NotFound
    place = numbers.index(number)
    other = place - 1 if earlier else place + 1
    if not 0 <= other < len(numbers):
        return
    numbers[place], numbers[other] = numbers[other], numbers[place]
    for position, moved in enumerate(numbers):
        kept.rows.filter(pk=moved).exclude(position=position).update(position=position)
    record(
        act=kept.act, actor=actor.label, at=at, study_id=study_id, part=part, changed=2,
        rows=len(numbers),
    )  # fmt: skip


def _check_rows(kept: Part, known: Mapping[int, Any], rows: Sequence[RowEdit]) -> None:
    """Stop before anything is written when a row is elsewhere, or was saved meanwhile."""
    gone = [edit.id for edit in rows if edit.id is not None and edit.id not in known]
    if gone:
        raise NotFound(_("Une des lignes n’existe plus. Rouvrez la page pour voir ce qui reste."))
    late = [
        edit.id
        for edit in rows
        if edit.id is not None
        and edit.version != known[edit.id].version
        and (edit.removed or _differences(kept, known[edit.id], edit))
    ]
    if late:
        raise RowsChangedSince(
            _("Quelqu’un a enregistré cette ligne avant vous. Rien n’a été écrasé."), late
        )


def _check_links(study_id: int, kept: Part, rows: Sequence[RowEdit]) -> None:
    """Stop a row that points outside its study."""
    for column, model in (("meeting_id", Meeting), ("case_id", Case), ("method_id", Method)):
        if column not in kept.columns:
            continue
        wanted = {edit.values.get(column) for edit in rows} - {None}
        there = model._default_manager.filter(study_id=study_id).values_list("pk", flat=True)
        if wanted - set(there):
            raise NotFound(
                _("Une des lignes n’existe plus. Rouvrez la page pour voir ce qui reste.")
            )


def _columns(kept: Part, edit: RowEdit) -> dict[str, Any]:
    values = {name: edit.values[name] for name in kept.columns if name in edit.values}
    if edit.id is None and "position" in kept.columns:
        values.setdefault("position", LAST)
    if kept.model is Decision:
        values["searchable"] = fold(f"{values['text']} {values['decided_by']}")
    return values


def _differences(kept: Part, row: Any, edit: RowEdit) -> dict[str, Any]:
    return {
        name: value
        for name, value in _columns(kept, edit).items()
        if name != kept.code and getattr(row, name) != value
    }


def _change(kept: Part, row: Any, edit: RowEdit) -> bool:
    differences = _differences(kept, row, edit)
    if not differences:
        return False
    for name, value in differences.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return True


def _add(kept: Part, study_id: int, edit: RowEdit, codes: set[str]) -> int:
    code = edit.values.get(kept.code, "") if kept.code else ""
    if kept.code and code in codes:
        raise _code_taken(kept, code)
    codes.add(code)
    try:
        with transaction.atomic():
            row = kept.rows.create(study_id=study_id, **_columns(kept, edit))
    except IntegrityError as cause:  # added by somebody else since the rows were read
        raise _code_taken(kept, code) from cause
    return int(row.pk)


def _code_taken(kept: Part, code: str) -> CodeTaken:
    return CodeTaken(str(kept.taken) % {"code": code})


def _rank(kept: Part, study_id: int) -> None:
    """Number again the rows that have a place."""
    if "position" not in kept.columns:
        return
    order = kept.rows.filter(study_id=study_id).order_by(*kept.order).values_list("pk", flat=True)
    for position, number in enumerate(list(order)):
        kept.rows.filter(pk=number).exclude(position=position).update(position=position)


def _remove(row: Any) -> None:
    if isinstance(row, Edition | Method):
        require_empty(row)
    row.delete()
