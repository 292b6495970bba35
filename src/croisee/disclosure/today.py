"""A sealed release as the gate would release it today, to compare and to put beside (§7.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from croisee.disclosure import gate
from croisee.disclosure.plan import Plan
from croisee.disclosure.register import Register
from croisee.disclosure.released import Release, ReleasedTable
from croisee.disclosure.work import Work


def stem(key: str) -> str:
    """Return the key of a table without the network or the audience it is told for."""
    return key.partition("@")[0].partition("~")[0]


class Today:
    """The sealed tables as the gate would release them today, and its memory of them."""

    def __init__(
        self,
        submitted: gate.Submitted,
        sealed: Release,
        others: Sequence[Release],
        register: Register,
    ) -> None:
        self._submitted, self._sealed, self._others = submitted, sealed, others
        self._register = register
        known = {table.key for table in sealed.tables}
        self._raw = dict(submitted.tables)
        self._sealed_raw = tuple(k for k in self._raw if known & {t.key for t in self._alone(k)})
        self.work = self._work(self._sealed_raw, others)
        self.tables = {t.key: t for t in self._released(self._sealed_raw, self.work)}

    def beside(self, keys: Iterable[str]) -> tuple[dict[str, ReleasedTable], Work]:
        """Return tables that are not sealed, released beside those that are."""
        stems = {stem(key) for key in keys}
        left = [key for key in self._raw if key not in self._sealed_raw]
        wanted = tuple(key for key in left if stem(key) in stems)
        work = self._work((*self._sealed_raw, *wanted), (*self._others, self._sealed))
        work.ledger, work.crossed = self.work.ledger, self.work.crossed
        return {t.key: t for t in self._released(wanted, work)}, work

    def _alone(self, key: str) -> list[ReleasedTable]:
        return self._released((key,), self._work((key,), self._others))

    def _work(self, keys: Sequence[str], earlier: Sequence[Release]) -> Work:
        """Return a pass through the gate whose patterns depend on these tables alone."""
        work = gate._work(self._submitted, earlier)
        some = [self._raw[key] for key in keys]
        work.plan = Plan(self._submitted.study, some, earlier)
        return work

    def _released(self, keys: Sequence[str], work: Work) -> list[ReleasedTable]:
        some = [(key, self._raw[key]) for key in keys]
        return gate._release_tables(some, work, self._register.mac)
