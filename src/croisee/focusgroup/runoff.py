"""Instant run-off round by round, and approval: what is left, and if ties had fallen otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from croisee.focusgroup.ballots import Ballot, Order

MOST_WAYS = 20_000
"""Sets of options left that are followed when options tied for last go out one at a time."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: what is left, the people for whom each is first among it, and what goes out."""

    left: tuple[str, ...]
    first: tuple[int, ...]
    out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runoff:
    """The rounds, and the winners: several when the last ones are tied.

    ``possible``: the options that win for some way of choosing, at each round, one among those
    tied for last; others than ``winners`` say that a tie decided. ``None`` when there are too
    many ways (``MOST_WAYS``) to follow them all.
    """

    rounds: tuple[Round, ...]
    winners: tuple[str, ...]
    possible: tuple[str, ...] | None


def instant_runoff(options: Sequence[str], ballots: Iterable[Ballot]) -> Runoff:
    """Return the rounds of an instant run-off: the option first for the fewest goes out.

    Options tied for last go out together; when all those left are tied, all win. Somebody whose
    first places are tied supports each of them (Delemazure and Peters 2024, « Approval-IRV »),
    so that the numbers of a round may add up to more than the people. A ballot whose options are
    all out supports nothing more.

    Source: Hare (1859); Tideman (1995), *Journal of Economic Perspectives* 9 (1), p. 27-38.
    """
    held = [(one.order, one.weight) for one in ballots]
    left = tuple(options)
    rounds = []
    while left:
        first = _first(left, held)
        last = min(first)
        out = tuple(o for o, n in zip(left, first, strict=True) if n == last)
        if len(out) == len(left):
            rounds.append(Round(left, first, ()))
            break
        rounds.append(Round(left, first, out))
        left = tuple(option for option in left if option not in out)
    return Runoff(tuple(rounds), left, _possible(tuple(options), held))


def _first(left: Sequence[str], held: Iterable[tuple[Order, int]]) -> tuple[int, ...]:
    """Return, for each option left, the people who put none of the others left before it."""
    inside = dict.fromkeys(left, 0)
    for order, weight in held:
        for tied in order:
            here = [option for option in tied if option in inside]
            if here:
                for option in here:
                    inside[option] += weight
                break
    return tuple(inside.values())


def _possible(options: tuple[str, ...], held: list[tuple[Order, int]]) -> tuple[str, ...] | None:
    """Return the options that win whichever of those tied for last goes out, one at a time."""
    seen: set[tuple[str, ...]] = set()
    waiting, found = [options] if options else [], set()
    while waiting:
        left = waiting.pop()
        if left in seen:
            continue
        seen.add(left)
        if len(seen) > MOST_WAYS:
            return None
        if len(left) == 1:
            found.add(left[0])
            continue
        first = _first(left, held)
        last = min(first)
        if not last and max(first):
            # What is first for nobody gives nothing to the others: the order it goes in is none.
            waiting.append(tuple(o for o, n in zip(left, first, strict=True) if n))
            continue
        for gone, n in zip(left, first, strict=True):
            if n == last:
                waiting.append(tuple(option for option in left if option != gone))
    return tuple(option for option in options if option in found)


def approvals(
    options: Sequence[str], ballots: Iterable[Ballot], places: int = 1
) -> tuple[int, ...]:
    """Return how many people approve each option: it is in one of their first ``places`` places.

    With one place, what they put first, ties included: a ballot of approvals names all that it
    approves first. With more, a level of ties counts whole or not at all: it is left out when it
    goes past the number of places, unless it is the first.

    Source: Brams and Fishburn (1978), *American Political Science Review* 72, p. 831-847.
    """
    found = dict.fromkeys(options, 0)
    for one in ballots:
        for option in approved(one, places):
            if option in found:
                found[option] += one.weight
    return tuple(found.values())


def approved(one: Ballot, places: int = 1) -> tuple[str, ...]:
    """Return the options that a ballot approves; see :func:`approvals`."""
    named: list[str] = []
    for tied in one.order:
        if named and len(named) + len(tied) > places:
            break
        named += tied
    return tuple(named)
