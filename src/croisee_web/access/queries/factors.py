"""What an account proves besides its password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from croisee_web.access.models import Account, Assignment, RecoveryCode, SecondFactor
from croisee_web.access.queries.verbs import in_force
from croisee_web.access.vocabulary import STRONG, VERBS, FactorKind
from croisee_web.kit.errors import NotFound


@dataclass(frozen=True, slots=True)
class Factor:
    """A second factor, as its owner's page shows it."""

    id: int
    kind: FactorKind
    name: str
    added_at: datetime
    last_used_at: datetime | None

    @property
    def label(self) -> str:
        """What it is called: the name its owner gave it, or what it is."""
        return self.name or str(self.kind.label)


@dataclass(frozen=True, slots=True)
class Factors:
    """What an account proves besides its password. ``codes``: recovery codes left."""

    all: tuple[Factor, ...]
    codes: int

    @property
    def application(self) -> bool:
        """Whether an application of codes is among them."""
        return any(factor.kind == FactorKind.APPLICATION for factor in self.all)

    @property
    def passkeys(self) -> bool:
        """Whether a passkey is among them."""
        return any(factor.kind == FactorKind.PASSKEY for factor in self.all)

    def numbered(self, number: int) -> Factor:
        """Return one of them.

        Raises:
            NotFound: it is not this account's.
        """
        for factor in self.all:
            if factor.id == number:
                return factor
        raise NotFound


def factors_of(*, account: Account) -> Factors:
    """Return an account's second factors, oldest first. Two SQL queries."""
    rows = SecondFactor.objects.filter(account_id=account.pk).order_by("pk")
    left = RecoveryCode.objects.filter(account_id=account.pk, used_at=None).count()
    return Factors(
        tuple(
            Factor(row.pk, FactorKind(row.kind), row.name, row.added_at, row.last_used_at)
            for row in rows
        ),
        left,
    )


def has_second_factor(*, account: Account) -> bool:
    """Return whether an account signs in with something more than a password. One SQL query."""
    return SecondFactor.objects.filter(account_id=account.pk).exists()


def needs_second_factor(*, account: Account) -> bool:
    """Return whether a role of this account waits for a second factor. Two SQL queries."""
    roles = Assignment.objects.filter(in_force(), account_id=account.pk)
    waiting = any(VERBS[role] & STRONG for role in roles.values_list("role", flat=True))
    return waiting and not has_second_factor(account=account)
