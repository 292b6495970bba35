"""What must happen when somebody withdraws, said by each slice that holds something of hers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Removal:
    """One line of the receipt: what was removed, or what stands and why.

    ``stands`` holds the reason when nothing could be removed (« imprimé », « chiffres arrêtés »).
    """

    what: str | Promise
    count: int
    stands: str | Promise = ""


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


Destroyer = Callable[[int, datetime], tuple[Removal, ...]]
"""(study_id, at) → lines of the certificate. Runs once, for everybody, inside the destruction's
transaction; files are removed ``on_commit``."""

_DESTROYERS: dict[str, Destroyer] = {}


def destroy_at_end(name: str, destroyer: Destroyer) -> None:
    """Say what a slice destroys at the end of a study's retention, instead of its eraser.

    For what an eraser, called for each person, would leave (answers without a code), or would
    do that only a withdrawal calls for (results made anew). Called once by ``AppConfig.ready``,
    under the eraser's own name.
    """
    _DESTROYERS[name] = destroyer


def destroyers() -> dict[str, Destroyer]:
    """Return what slices destroy at the end of a retention, by the eraser each stands for."""
    return dict(_DESTROYERS)


Reapplier = Callable[[datetime], int]
"""at → how many withdrawals of a ledger of its own a slice applied again; none that are done."""

_REAPPLIERS: dict[str, Reapplier] = {}


def reapply_from_ledger(name: str, reapplier: Reapplier) -> None:
    """Add what a slice does again from its own ledger, when a crash or a backup undid it.

    For withdrawals that no participant's code says. Called once by ``AppConfig.ready``.
    """
    _REAPPLIERS[name] = reapplier


def reappliers() -> tuple[Reapplier, ...]:
    """Return what slices do again from their own ledgers."""
    return tuple(_REAPPLIERS.values())
