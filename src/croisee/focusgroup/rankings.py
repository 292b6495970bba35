"""Ordered choices of focus groups: ballots of people, orders agreed by a whole group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from croisee.dataset import Dataset
from croisee.focusgroup.ballots import (
    Ballot,
    Order,
    ballot,
    borda,
    condorcet_winner,
    first_choices,
    is_solid,
    order_of,
    schulze,
)
from croisee.focusgroup.fieldwork import Fieldwork, Row, by_theme, fieldwork
from croisee.study import Theme
from croisee.tables import RankingResult, RankingTable


def rankings(dataset: Dataset) -> tuple[RankingTable, ...]:
    """Return one table an ordered-choice theme of the guide, one result a case.

    Groups of a case are pooled: an order the whole group agreed aloud counts as one ballot a
    person present, so that a group weighs what its people weigh however they answered. Where a
    group has both, the agreed order is its last word and the ballots before it are left out.
    An object no ballot names counts (last) but has no place in ``order``.
    ``docs/methods/priorites.md`` says why.
    """
    field = fieldwork(dataset)
    return tuple(
        RankingTable(theme.code, tuple(_result(field, theme, *case) for case in cases), edition)
        for theme, edition, cases in by_theme(dataset.study, dataset.rows("rankings"), "rang")
    )


def pooled_ballots(
    rows: Sequence[Row], field: Fieldwork
) -> tuple[tuple[Ballot, ...], frozenset[str], bool]:
    """Return the ballots of a case, its people, and whether they are one agreed order.

    ``rows`` are lines of the ``rankings`` table. The last value is true when every group
    agreed an order aloud and the orders are the same one.
    """
    ranks: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        ranks[row["session"], row["participant"]][row["option"]] = row["rank"]
    agreed = {session for session, participant in ranks if not participant}
    ballots, people = [], set()
    for (session, participant), given in sorted(ranks.items()):
        if participant and session in agreed:
            continue
        present = field.present.get(session, frozenset())
        if participant:
            people.add(participant)
            ballots.append(ballot(given, group=session))
        else:
            people |= present
            ballots.append(ballot(given, weight=max(1, len(present)), group=session))
    sessions = {session for session, _ in ranks}
    one_order = sessions == agreed and len({one.order for one in ballots}) == 1
    return tuple(ballots), frozenset(people), one_order


def _result(
    field: Fieldwork, theme: Theme, case: str, edition: str, rows: list[Row]
) -> RankingResult:
    options = tuple(option.code for option in theme.options) or tuple(
        sorted({row["option"] for row in rows})
    )
    ballots, people, agreed = pooled_ballots(rows, field)
    points = borda(options, ballots)
    named = {option for one in ballots for tied in one.order for option in tied}
    sessions = {row["session"] for row in rows}
    return RankingResult(
        field.base(case, edition, sessions, people, f"rangs.{theme.code}"),
        field.label(case),
        options,
        _only(named, order_of(options, points)),
        points,
        first_choices(options, ballots),
        condorcet_winner(options, ballots),
        is_solid(options, ballots),
        agreed,
        _only(named, schulze(options, ballots)),
    )


def _only(named: Collection[str], order: Order) -> Order:
    """Leave out of an order what no ballot names: not chosen is not a place."""
    kept = (tuple(option for option in tied if option in named) for tied in order)
    return tuple(tied for tied in kept if tied)
