"""What was prepared for repositories: when, for where, and what it holds (team only).

A file that left cannot be called back; the register remembers enough to say later what in it
should be, and to ask for it. No word is kept: printed codes, and the keyed mark of who speaks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from croisee.disclosure.register import Register

DEPOSITED = "depot"
"""The journal's act: its object is the digest of the zip, its detail where it was to go."""
_HELD = "depots"
_QUOTE, _TABLE = "extrait", "tableau"


@dataclass(frozen=True, slots=True)
class Deposited:
    """One package made of a sealed release. ``at`` is an ISO moment, ``digest`` the zip's SHA-256.

    ``quotes`` are (printed code, keyed mark of who speaks), ``tables`` are keys; ``place`` is
    where it was to be sent, empty when nobody said it.
    """

    at: str
    release: str
    digest: str
    place: str = ""
    quotes: tuple[tuple[str, str], ...] = ()
    tables: tuple[str, ...] = ()


def keep_deposit(register: Register, one: Deposited) -> None:
    """Remember a package; the same one made again for the same place is one package."""
    found = [known for known in deposits(register) if known.release == one.release]
    if any((known.digest, known.place) == (one.digest, one.place) for known in found):
        return
    held = {known.digest: known for known in found} | {one.digest: one}
    rows = [row for digest in sorted(held) for row in _rows(held[digest])]
    register.keep_rows(one.release, _HELD, rows)
    register.note([(one.at, DEPOSITED, one.release, one.digest, one.place)])


def deposits(register: Register) -> tuple[Deposited, ...]:
    """Return every package ever made, oldest first."""
    held: dict[str, dict[str, Deposited]] = {}
    found = []
    for at, act, release, digest, place in register.journal():
        if act == DEPOSITED:
            if release not in held:
                held[release] = _read(register, release)
            known = held[release].get(digest, Deposited("", release, digest))
            found.append(replace(known, at=at, place=place))
    return tuple(found)


def holding(one: Deposited, keys: Iterable[str]) -> bool:
    """Return whether a package holds one of these: keys of tables, printed codes of quotes."""
    return not {*one.tables, *(code for code, _ in one.quotes)}.isdisjoint(keys)


def _rows(one: Deposited) -> Iterable[tuple[str, str, str]]:
    for code, mark in one.quotes:
        yield _QUOTE, f"{one.digest}/{code}", mark
    for key in one.tables:
        yield _TABLE, f"{one.digest}/{key}", ""


def _read(register: Register, release: str) -> dict[str, Deposited]:
    quotes: dict[str, list[tuple[str, str]]] = defaultdict(list)
    tables: dict[str, list[str]] = defaultdict(list)
    for kind, what, mark in register.rows(release, _HELD):
        digest, _, name = what.partition("/")
        if kind == _QUOTE:
            quotes[digest].append((name, mark))
        else:
            tables[digest].append(name)
    return {
        digest: Deposited("", release, digest, "", tuple(quotes[digest]), tuple(tables[digest]))
        for digest in sorted({*quotes, *tables})
    }
