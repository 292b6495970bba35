"""Who can meet whom with which tool, organisation by organisation: for the team, exact.

The graph has one node an organisation; two of them are linked by a tool when one hosts with it
and the other can join. See ``docs/methods/portrait.md`` §3: measure, cost, worked example. What
leaves the team is made elsewhere, from printed values alone (:mod:`croisee.disclosure`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from croisee.dataset import Dataset
from croisee.portrait.recognising import HOST, JOIN, Wave
from croisee.portrait.tools import common_tools


@dataclass(frozen=True, slots=True)
class Organisation:
    """One respondent: tools it hosts meetings with, and tools it can join (hosting is joining)."""

    code: str
    case: str
    hosts: frozenset[str]
    joins: frozenset[str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "joins", self.joins | self.hosts)


@dataclass(frozen=True, slots=True)
class Licence:
    """Partners one organisation cannot meet now, and could if it hosted with one more tool."""

    organisation: str
    tool: str
    opened: tuple[str, ...]


def organisations(dataset: Dataset, wave: Wave) -> tuple[Organisation, ...]:
    """Return who answered a portrait, in the order of their codes: one query.

    An organisation that skipped both questions is left out: nothing is known of it.
    """
    tools = common_tools(wave)
    rows = dataset.answers(wave.instrument.code, wave.edition)
    names = {(side, tool): f"q_{side}__{tool}" for side in (HOST, JOIN) for tool in tools}
    chosen = rows.select("respondent", "case", *names.values())
    found = []
    for line in dataset.collect(chosen.order_by("respondent")):
        if any(line[name] is not None for name in names.values()):
            hosts = frozenset(tool for tool in tools if line[names[HOST, tool]])
            joins = frozenset(tool for tool in tools if line[names[JOIN, tool]])
            found.append(Organisation(line["respondent"], line["case"], hosts, joins))
    return tuple(found)


def meeting_tools(one: Organisation, other: Organisation) -> tuple[str, ...]:
    """Return the tools with which two organisations can meet, in alphabetical order."""
    return tuple(sorted((one.hosts & other.joins) | (other.hosts & one.joins)))


def connected(members: Sequence[Organisation], tool: str = "") -> tuple[int, int]:
    """Return how many pairs can meet (with one tool, or with any), and how many pairs there are."""
    pairs = list(combinations(members, 2))
    meet = [meeting_tools(one, other) for one, other in pairs]
    return sum((tool in tools) if tool else bool(tools) for tools in meet), len(pairs)


def together(members: Iterable[Organisation]) -> tuple[str, tuple[str, ...]]:
    """Return the tool that brings the most organisations into one meeting, and which they are.

    Somebody must host. Equal tools: the first in alphabetical order. ``("", ())`` when nobody
    hosts with any tool.
    """
    some = list(members)
    hosted = sorted({tool for one in some for tool in one.hosts})
    rooms = [(tool, tuple(one.code for one in some if tool in one.joins)) for tool in hosted]
    return max(rooms, key=lambda room: len(room[1]), default=("", ()))


def licences(members: Sequence[Organisation], tools: Iterable[str]) -> tuple[Licence, ...]:
    """Return every licence that would open something, the most partners first.

    Exact: each organisation and each tool it does not host with is tried, against every partner
    it cannot meet yet; O(n² × tools). Equal ones come by organisation, then by tool.
    """
    found = list(_openings(members, list(tools)))
    return tuple(sorted(found, key=lambda one: (-len(one.opened), one.organisation, one.tool)))


def _openings(members: Sequence[Organisation], tools: Sequence[str]) -> Iterator[Licence]:
    for one in members:
        strangers = [o for o in members if o is not one and not meeting_tools(one, o)]
        for tool in tools:
            opened = tuple(other.code for other in strangers if tool in other.joins)
            if opened and tool not in one.hosts:
                yield Licence(one.code, tool, opened)
