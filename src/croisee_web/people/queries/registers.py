"""The registers that the law asks for: what each says, its lines, its export."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import NotFound
from croisee_web.people.models import (
    Anonymisation,
    Communication,
    Incident,
    RegisterLine,
    RightsRequest,
)
from croisee_web.people.rules import DAYS_TO_ANSWER


@dataclass(frozen=True, slots=True)
class Register:
    """One register: its table, its columns in order, what it is for."""

    name: str
    title: str | Promise
    intro: str | Promise
    model: type[RegisterLine]
    columns: tuple[str, ...]

    @property
    def rows(self) -> Any:
        """Return its lines, of every study."""
        return self.model._default_manager.all()

    def label(self, column: str) -> str:
        """Return what a column is called."""
        return column_label(self.model, column)


def column_label(model: type[Model], column: str) -> str:
    """Return what a column of a table is called."""
    return str(model._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


REGISTERS = {
    one.name: one
    for one in (
        Register(
            "incidents",
            gettext_lazy("Incidents de confidentialité"),
            gettext_lazy("Tous les incidents, même les plus petits. Gardés cinq ans au moins."),
            Incident,
            (
                "information", "circumstances", "occurred", "known_on", "persons", "injury",
                "commission_on", "persons_on", "public_notice", "measures",
            ),
        ),
        Register(
            "communications",
            gettext_lazy("Communications à des tiers"),
            gettext_lazy("Ce qui a été remis à quelqu’un hors de l’équipe, et pourquoi."),
            Communication,
            ("on", "recipient", "information", "purpose", "basis", "outside_quebec"),
        ),
        Register(
            "anonymisations",
            gettext_lazy("Anonymisations"),
            gettext_lazy("Ce qui a été rendu anonyme, comment, et quand le risque a été revu."),
            Anonymisation,
            ("information", "purposes", "techniques", "protection", "analyses"),
        ),
        Register(
            "demandes",
            gettext_lazy("Demandes d’accès et de rectification"),
            gettext_lazy("Chaque demande reçoit une réponse en trente jours au plus."),
            RightsRequest,
            ("participant", "asked", "received_on", "answered_on", "answer"),
        ),
    )
}  # fmt: skip
"""Every register, by the name in its address."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what each column says, as it reads. ``due``: the day an answer is owed."""

    id: int
    version: int
    cells: tuple[tuple[str, str], ...]
    due: date | None = None
    late: bool = False
    values: dict[str, Any] = field(default_factory=dict)


def register_called(name: str) -> Register:
    """Return a register by its name.

    Raises:
        NotFound: there is none.
    """
    if name not in REGISTERS:
        raise NotFound
    return REGISTERS[name]


def register_entries(
    *, study_id: int, register: Register, viewer: Account, on: date
) -> tuple[Entry, ...]:
    """Return the lines of a register, latest first. Two SQL queries, whatever their number.

    Raises:
        NotFound, NotAllowed: the viewer may not keep the registers of this study.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    rows = register.rows.filter(study_id=study_id).order_by("-noted_at", "-pk")
    return tuple(_entry(register, row, on) for row in rows)


def register_counts(*, study_id: int, viewer: Account) -> tuple[tuple[Register, int], ...]:
    """Return every register with its number of lines. Five SQL queries.

    Raises:
        NotFound, NotAllowed: the viewer may not keep the registers of this study.
    """
    require(actor=viewer, verb=Verb.EDIT_ETHICS, study_id=study_id)
    return tuple(
        (register, register.rows.filter(study_id=study_id).count())
        for register in REGISTERS.values()
    )


def register_table(study_id: int, register: Register) -> tuple[tuple[object, ...], ...]:
    """Return a register as the rows of a table, oldest first. One SQL query."""
    rows = register.rows.filter(study_id=study_id).order_by("noted_at", "pk")
    return tuple(tuple(_read(row, column) for column in register.columns) for row in rows)


def _entry(register: Register, row: Any, on: date) -> Entry:
    due = None
    if isinstance(row, RightsRequest) and row.answered_on is None:
        due = row.received_on + timedelta(days=DAYS_TO_ANSWER)
    values = {column: getattr(row, column) for column in register.columns}
    late = due is not None and due < on
    return Entry(row.pk, row.version, cells_of(register, row), due, late, values)


def cells_of(register: Register, row: RegisterLine) -> tuple[tuple[str, str], ...]:
    """Return what each column of a line says, as it reads."""
    return tuple((register.label(column), _read(row, column)) for column in register.columns)


def _read(row: Any, column: str) -> str:
    shown = getattr(row, f"get_{column}_display", None)
    value = shown() if shown else getattr(row, column)
    return value.isoformat() if isinstance(value, date) else str(value or "")
