"""From released values to sentences to discuss: rules written beforehand, nothing else read.

A rule names answers to one question and how many must surely have given them. It speaks when a
released value says so, in the network where it does, with the code of the figure
(``docs/methods/portrait.md`` §4).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from croisee.disclosure.derived import following_value
from croisee.disclosure.released import (
    PUBLIC,
    Head,
    Kind,
    Percent,
    Release,
    ReleasedTable,
    Value,
    Word,
)
from croisee.disclosure.values import Chiffre
from croisee.language import Label, Phrase

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)
_READ = {Kind.ONE_WAY, Kind.CASE_ROWS, Kind.MULTIPLE, Kind.NUMERIC}
_NO_NETWORK = {"total", "ensemble"}


@dataclass(frozen=True, slots=True)
class Rule:
    """``proposal`` is worth discussing where at least ``share`` gave one of ``levels``.

    ``fact`` says in words what these answers mean; ``place`` where a clause would be written.
    """

    question: str
    levels: tuple[str, ...]
    share: Fraction
    fact: Phrase | Label
    proposal: Phrase
    place: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """One released value that a rule leans on; ``network`` is its column (none: everybody)."""

    network: Head | None
    value: Value
    tenths: bool = False
    """True where it reads better in tenths of its base (pairs of organisations)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one figure says: the fact in words, values by network, the figure's code."""

    fact: Phrase | Label
    said: tuple[Said, ...]
    code: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Something to discuss, and every figure that leads to it."""

    proposal: Phrase
    evidence: tuple[Evidence, ...]
    place: Phrase | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the codes of its figures."""
        return tuple(dict.fromkeys(one.code for one in self.evidence))


def draft(release: Release, wave: str, rules: Iterable[Rule]) -> tuple[Statement, ...]:
    """Return what the rules say of one wave (``portrait.2026``), in the rules' order.

    Only public tables are read. Rules that propose the same thing make one statement.
    """
    printed = {table.key: table for table in release.tables if table.audience == PUBLIC}
    found: dict[Phrase, Statement] = {}
    for rule in rules:
        table = printed.get(f"{wave}.{rule.question}")
        if table is None or table.kind not in _READ:
            continue
        said = tuple(_said(rule, table, release))
        if said:
            before = found.get(rule.proposal)
            evidence = Evidence(rule.fact, said, table.code)
            earlier = before.evidence if before else ()
            found[rule.proposal] = Statement(rule.proposal, (*earlier, evidence), rule.place)
    return tuple(found.values())


def least_share(value: Value | None) -> Fraction:
    """Return the share that a released value surely reaches, 0 when it says nothing."""
    if isinstance(value, Chiffre) and value.n:
        return Fraction(value.lo, value.n)
    if isinstance(value, Percent):
        return Fraction(value.points, 100)
    if isinstance(value, Word) and value.word == "moitie-plus":
        return HALF
    return Fraction(0)


def value_of(
    table: ReleasedTable, levels: Sequence[str], column: int, release: Release
) -> Value | None:
    """Return the released value of some answers together, printed or following from printed ones.

    ``None`` where nothing printed gives it.
    """
    wanted = set(levels)
    for head, line in zip(table.rows, table.cells, strict=True):
        cell = line[column]
        if cell is not None and set(head.key.split("+")) == wanted:
            return cell.value
    return following_value(table, "+".join(levels), column, release.study)


def _said(rule: Rule, table: ReleasedTable, release: Release) -> Iterator[Said]:
    for place, head in enumerate(table.columns):
        if head.key == "total":
            continue
        value = value_of(table, rule.levels, place, release)
        if value is not None and least_share(value) >= rule.share:
            yield Said(None if head.key in _NO_NETWORK else head, value)
