"""A form as somebody who answers goes through it: which pages, in which order, and how far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree

from croisee.questionnaire.codebook import below
from croisee.questionnaire.filling import BLOCKS, Filling
from croisee.questionnaire.form import Kind, Node
from croisee.questionnaire.sheet import Place

CONSENT, BUDGET, POSITION = "croisee-consent", "croisee-budget", "croisee-position"
"""Appearances of the groups that we give a page of their own kind."""
CONTAINERS = frozenset({Kind.GROUP, Kind.REPEAT})


class PageKind(StrEnum):
    """What a page is, beside its questions."""

    PLAIN = "plain"
    CONSENT = "consent"
    BUDGET = "budget"
    POSITION = "position"
    AGAIN = "again"
    """« Une autre ? » after the times of a repeat."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``key`` names it whatever the answers: where its first question stands.

    ``group``: what holds its questions, when they are asked together. For ``AGAIN``, ``times``
    are the places of the repeat, one each time, and there is no question.
    """

    key: str
    kind: PageKind
    places: tuple[Place, ...] = ()
    group: Place | None = None
    times: tuple[Place, ...] = ()

    @property
    def asks(self) -> tuple[Place, ...]:
        """Return what is answered on this page: notes are only read."""
        return tuple(one for one in self.places if not is_read(one))


def is_read(place: Place) -> bool:
    """Return whether a place is only read."""
    return place.node.kind is Kind.NOTE or place.node.readonly


def lasting(filling: Filling, address: str) -> str:
    """Return an address that stays the same when a repeat is asked once more.

    A repeat asked once has no number in its address, and gets one with the second time.

    Example:
        ``/data/poste/marque`` is ``/data/poste[1]/marque`` where ``poste`` is a repeat.
    """
    found = ""
    for step in address.strip("/").split("/"):
        found = f"{found}/{step}"
        path = "/".join(one.partition("[")[0] for one in found.split("/"))
        if path in filling.sheet.templates and not found.endswith("]"):
            found = f"{found}[1]"
    return found


def most_asked(nodes: Iterable[Node]) -> int:
    """Return how many pages ask something when every condition holds, each repeat once."""
    found = 0
    for node in nodes:
        if node.kind in CONTAINERS and BLOCKS.isdisjoint(node.appearance):
            found += most_asked(node.children)
        elif node.kind not in {Kind.NOTE, Kind.CALCULATED} and not node.readonly:
            found += 1
    return found


def pages_of(filling: Filling) -> tuple[Page, ...]:
    """Return the pages to go through now, consent first, and « une autre ? » after repeats."""
    found = [_page(step, filling) for step in filling.steps()]
    for path in filling.sheet.templates:
        if filling.sheet.prepared.nodes[path].count is None:
            for parent in filling.sheet.parents(path):
                _ask_again(found, filling, path, parent)
    return tuple(sorted(found, key=lambda page: page.kind is not PageKind.CONSENT))


def number_of(pages: Sequence[Page], key: str) -> int:
    """Return the rank of a page, from 1; 0 where it is not asked any more."""
    return next((rank for rank, page in enumerate(pages, 1) if page.key == key), 0)


def first_left(pages: Sequence[Page], passed: Collection[str]) -> int:
    """Return the rank of the first page nobody went past; one more than the last if none."""
    left = (rank for rank, page in enumerate(pages, 1) if page.key not in passed)
    return next(left, len(pages) + 1)


def after(before: Sequence[Page], now: Sequence[Page], key: str) -> int:
    """Return the rank of what follows a page once its answers changed what is asked.

    Where the page itself is not asked any more, what followed it is looked for.
    """
    keys = [page.key for page in before]
    rest = keys[keys.index(key) :] if key in keys else []
    for turn, one in enumerate(rest):
        rank = number_of(now, one)
        if rank:
            return rank + (turn == 0)
    return len(now) + 1


def consents_in(filling: Filling, meanings: Mapping[str, str]) -> dict[str, bool]:
    """Return what was answered to each question of a consent, by what it stands for.

    ``meanings`` tells it by the question's path below the form (``croisee::consentement``); a
    question that it does not know stands for its own name. A box ticked is a yes; a choice is
    one by its code. What was passed, or says neither yes nor no, is no answer.
    """
    pages = (page for page in pages_of(filling) if page.kind is PageKind.CONSENT)
    asked = (one for page in pages for one in page.asks)
    said = {
        meanings.get(below(one.node.path), one.node.name): _YES_OR_NO.get(
            filling.value(one.address).lower()
        )
        for one in asked
    }
    return {name: given for name, given in said.items() if given is not None}


_YES_OR_NO = {"ok": True, "oui": True, "yes": True, "non": False, "no": False}


def _page(step: tuple[Place, ...], filling: Filling) -> Page:
    key = lasting(filling, step[0].address)
    if step[0].node.kind not in CONTAINERS:
        return Page(key, PageKind.PLAIN, step)
    looks = set(step[0].node.appearance)
    kind = next(
        (
            kind
            for name, kind in (
                (CONSENT, PageKind.CONSENT),
                (BUDGET, PageKind.BUDGET),
                (POSITION, PageKind.POSITION),
            )
            if name in looks
        ),
        PageKind.PLAIN,
    )
    return Page(key, kind, step[1:], step[0])


def _ask_again(found: list[Page], filling: Filling, path: str, parent: etree._Element) -> None:
    tree = filling.sheet.root.getroottree()
    times = tuple(
        filling.sheet.place(tree.getpath(one))
        for one in filling.sheet.times(path, parent)
        if filling.is_asked(one)
    )
    above = lasting(filling, tree.getpath(parent))
    under = f"{above}/{path.rpartition('/')[2]}"
    last = max((rank for rank, page in enumerate(found, 1) if _is_in(page.key, under)), default=0)
    if times and last:
        found.insert(last, Page(f"{under}+", PageKind.AGAIN, times=times))


def _is_in(key: str, repeat: str) -> bool:
    return key.startswith(f"{repeat}[")
