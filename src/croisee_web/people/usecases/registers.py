"""Writing in the registers that the law asks for. Lines are corrected, never removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.people.queries.registers import Register, register_table
from croisee_web.people.rules import csv_of
from croisee_web.people.usecases.registering import ChangedMeanwhile
from croisee_web.people.vocabulary import REGISTER_EXPORTED, REGISTER_WRITTEN


@transaction.atomic
def write_in_register(
    *,
    study_id: int,
    register: Register,
    values: Mapping[str, Any],
    actor: Account,
    at: datetime,
    line_id: int | None = None,
    version: int = 0,
) -> int:
    """Add a line, or correct the one whose ``version`` was shown; return its number.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's registers, or no such line.
        ChangedMeanwhile: somebody corrected the line since it was shown.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    if line_id is None:
        row = register.model(study_id=study_id, noted_at=at, noted_by=actor.label, version=0)
    else:
        found = register.rows.select_for_update().filter(study_id=study_id, pk=line_id).first()
        if found is None:
            raise NotFound
        row = found
        if row.version != version:
            raise ChangedMeanwhile(
                _("Quelqu’un a corrigé cette ligne entre-temps. Relisez-la, puis recommencez.")
            )
    for column in register.columns:
        setattr(row, column, values[column])
    row.version += 1
    row.save()
    record(
        act=REGISTER_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        register=register.name,
        line=row.pk,
    )
    return int(row.pk)


@transaction.atomic
def export_register(*, study_id: int, register: Register, actor: Account, at: datetime) -> bytes:
    """Return a register as CSV; what would be a formula in a spreadsheet is a text.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's registers.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    header = tuple(register.label(column) for column in register.columns)
    record(
        act=REGISTER_EXPORTED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        register=register.name,
    )
    return csv_of(header, register_table(study_id, register))
