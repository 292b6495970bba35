"""A common sum spent so that each person decides of an equal part of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Approvals = Sequence[tuple[Collection[str], int]]
"""What each ballot approves, and how many people hold it."""

MOST_RAISED = 100
"""Hundredths by which shares are raised, at most."""


@dataclass(frozen=True, slots=True)
class Bought:
    """One option chosen: what each of those who paid whole gave, and what it was tied with."""

    option: str
    price: Fraction
    tied: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EqualShares:
    """The options chosen, in the order they were bought, and what they cost.

    ``plain``: how many are bought with equal shares of the sum and no more. ``added``: those of
    ``chosen`` that no share could buy, and that fit in what is left of the sum.
    """

    bought: tuple[Bought, ...]
    plain: int
    added: tuple[str, ...]
    cost: Fraction

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the options chosen, in order."""
        return (*(one.option for one in self.bought), *self.added)


def equal_shares(
    costs: Mapping[str, Fraction | int], approvals: Approvals, total: Fraction | int
) -> EqualShares:
    """Return what the method of equal shares buys with a sum, people approving options.

    Each person has an equal share. Among the options that those who approve them can pay for,
    the one that asks least of each is bought (equal parts, whoever has less giving all she has
    left), until none can be. Then every share is raised by a hundredth at a time, to the double,
    and all is done again, while what is bought costs no more than the sum. Last come the options
    that still fit, the most approved first. A tie goes to the option that more people approve,
    then the cheaper, then the first by name; ``tied`` says it.

    Source: Peters and Skowron (2020), *EC '20*, « Proportionality and the limits of welfarism »;
    costs: Peters, Pierczyński and Skowron (2021), *NeurIPS*; completion by raised shares:
    equalshares.net, « Add1 ». Lackner and Skowron (2023), *Multi-Winner Voting with Approval
    Preferences*, examples 2.11 and 2.12, are tests.

    Raises:
        ValueError: a cost or a sum that is not above nil.
    """
    if total <= 0 or any(cost <= 0 for cost in costs.values()):
        raise ValueError("a cost and a sum are above nil")
    held = _gathered(costs, approvals)
    people = sum(weight for _, weight in approvals)
    if not people:
        return EqualShares((), 0, (), Fraction(0))
    share = Fraction(total) / people
    best = _bought(costs, held, share)
    plain = len(best)
    supported = {option for named, _ in held for option in named}
    for raised in range(1, MOST_RAISED + 1):
        if len(best) == len(supported):
            break
        more = _bought(costs, held, share * (100 + raised) / 100)
        if _cost(costs, more) > total:
            break
        best = more
    added = _fitting(costs, held, {one.option for one in best}, total - _cost(costs, best))
    cost = _cost(costs, best) + sum((Fraction(costs[option]) for option in added), Fraction(0))
    return EqualShares(tuple(best), min(plain, len(best)), added, cost)


def _gathered(costs: Mapping[str, Fraction | int], approvals: Approvals) -> Approvals:
    """Return the ballots with those that approve the same options put together."""
    found: dict[frozenset[str], int] = defaultdict(int)
    for named, weight in approvals:
        found[frozenset(named) & set(costs)] += weight
    return [(named, weight) for named, weight in found.items() if named and weight]


def _fitting(
    costs: Mapping[str, Fraction | int], held: Approvals, bought: Collection[str], left: Fraction
) -> tuple[str, ...]:
    """Return the options that still fit in what is left, the most approved first."""
    votes: dict[str, int] = defaultdict(int)
    for named, weight in held:
        for option in named:
            votes[option] += weight
    added = []
    for option in sorted(votes, key=lambda o: (-votes[o], Fraction(costs[o]), o)):
        if option not in bought and costs[option] <= left:
            added.append(option)
            left -= costs[option]
    return tuple(added)


def _cost(costs: Mapping[str, Fraction | int], bought: Iterable[Bought]) -> Fraction:
    return sum((Fraction(costs[one.option]) for one in bought), Fraction(0))


def _bought(
    costs: Mapping[str, Fraction | int], approvals: Approvals, share: Fraction
) -> list[Bought]:
    purses = [share] * len(approvals)
    left = {
        option: [i for i, (named, _) in enumerate(approvals) if option in named]
        for option in sorted(costs)
    }
    bought: list[Bought] = []
    while True:
        prices = {
            option: price
            for option, holders in left.items()
            if (price := _price(Fraction(costs[option]), holders, approvals, purses)) is not None
        }
        if not prices:
            return bought
        least = min(prices.values())
        equal = [option for option, price in prices.items() if price == least]
        equal.sort(key=lambda o: (-sum(approvals[i][1] for i in left[o]), Fraction(costs[o]), o))
        for holder in left.pop(equal[0]):
            purses[holder] -= min(purses[holder], least)
        bought.append(Bought(equal[0], least, tuple(sorted(equal[1:]))))


def _price(
    cost: Fraction, holders: Sequence[int], approvals: Approvals, purses: Sequence[Fraction]
) -> Fraction | None:
    """Return the most that one holder pays for an option; ``None`` when they cannot pay it."""
    people = sum(approvals[i][1] for i in holders)
    missing = cost
    for holder in sorted(holders, key=lambda i: purses[i]):
        if purses[holder] * people >= missing:
            return missing / people
        missing -= purses[holder] * approvals[holder][1]
        people -= approvals[holder][1]
    return None


def proportional_budget(
    shares: Mapping[str, Fraction | Decimal], total: Decimal, step: Decimal
) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """Return amounts that add up to a sum, in whole steps, as near as can be to given shares.

    Largest remainders: each option has the whole steps of its part, and the steps left go to
    those whose part was cut most. With the mean of what people gave as shares, each person has
    decided of an equal part of the sum. Returns also the options tied for a step that only some
    of them got, the first by name; nothing when shares are all nil.

    Source: Balinski and Young (1982), *Fair Representation*, chapter 3 (Hamilton's method).

    Raises:
        ValueError: the sum is not a whole number of steps; a share is negative.
    """
    units, rest = divmod(Fraction(total), Fraction(step))
    if rest or units < 0:
        raise ValueError("the sum is not a whole number of steps")
    parts = {option: Fraction(share) for option, share in shares.items()}
    whole = sum(parts.values(), Fraction(0))
    if any(part < 0 for part in parts.values()):
        raise ValueError("a share is negative")
    if not whole:
        return {}, ()
    quotas = {option: part * units / whole for option, part in parts.items()}
    given = {option: quota.numerator // quota.denominator for option, quota in quotas.items()}
    left = int(units) - sum(given.values())
    by_cut: dict[Fraction, list[str]] = defaultdict(list)
    for option in sorted(quotas):
        by_cut[quotas[option] - given[option]].append(option)
    undecided: tuple[str, ...] = ()
    for cut in sorted(by_cut, reverse=True):
        if left < len(by_cut[cut]) and left and not undecided:
            undecided = tuple(by_cut[cut])
        for option in by_cut[cut][:left]:
            given[option] += 1
        left = max(0, left - len(by_cut[cut]))
    return {option: given[option] * step for option in shares}, undecided
