"""``croisee votes``: ordered choices by every method, and what a group less would change.

For the team only: points, duels and rounds say more than the disclosure rules let be printed.
Reads a study folder (those who may be analysed), or a PrefLib file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from croisee.dataset import TABLES, consenting_tables
from croisee.focusgroup import (
    Ballot,
    BallotNotes,
    Kemeny,
    Runoff,
    approvals,
    approved,
    ballot,
    ballot_notes,
    borda,
    by_theme,
    condorcet_winner,
    equal_shares,
    fieldwork_of,
    instant_runoff,
    kemeny,
    order_of,
    pooled_ballots,
    schulze,
    without_each_group,
)
from croisee.formats import Election, FormatRefused, read_preflib
from croisee.formats.ballot_table import read_ballot_table
from croisee.language import Phrase, phrase
from croisee.run.preparation import StudyRefused
from croisee.study import Study
from croisee.studyfolder import read_study

METHODS = ("borda", "condorcet", "schulze", "kemeny", "tours", "approbation", "parts-egales")


class VotesRefused(Exception):
    """Nothing can be counted, or written; ``message`` says why and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@dataclass(frozen=True, slots=True)
class Choice:
    """The ballots of one ordered choice: a theme in one case and edition, or a whole file.

    ``people``: each person's ballot, where ballots are people's; none for an agreed order.
    """

    name: str
    theme: str
    edition: str
    case: str
    options: tuple[str, ...]
    ballots: tuple[Ballot, ...]
    notes: BallotNotes
    people: Mapping[str, Ballot]


@dataclass(frozen=True, slots=True)
class Counted:
    """One choice by every method: options in order with their value, and winners.

    ``orders``: for each method, (option, place from 1 or 0 for none, value). ``without``: the
    groups whose absence changes the winners of a method.
    """

    orders: Mapping[str, tuple[tuple[str, int, str], ...]]
    winners: Mapping[str, tuple[str, ...]]
    without: Mapping[str, tuple[str, ...]]
    kemeny: Kemeny
    runoff: Runoff


def read_choices(path: Path) -> tuple[tuple[Choice, ...], tuple[Phrase, ...]]:
    """Return the ordered choices of a study folder or a file of ballots, and what was not read.

    Raises:
        VotesRefused: the file is neither a PrefLib file nor a table of ballots.
        StudyRefused: the folder must be corrected first.
    """
    if path.is_file():
        try:
            table = path.suffix.lower() in {".csv", ".xlsx"}
            election = (read_ballot_table if table else read_preflib)(path)
        except FormatRefused as refused:
            said = phrase("{message} {remedy}", message=refused.message, remedy=refused.remedy)
            raise VotesRefused(said) from None
        return (_of_election(path.name, election),), tuple(
            phrase("Ligne {line} : {message}", line=notice.line, message=notice.message)
            if notice.line
            else notice.message
            for notice in election.notices
        )
    study, tables = read_tables(path)
    return tuple(_of_study(study, tables)), ()


def read_tables(path: Path) -> tuple[Study, dict[str, pa.Table]]:
    """Return the study of a folder and its tables, of those who may be analysed."""
    folder = read_study(path)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    kept, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    return folder.study, {name: schema.empty_table() for name, schema in TABLES.items()} | kept


def _of_election(name: str, election: Election) -> Choice:
    options = tuple(
        other if election.alternatives.count(other) == 1 else f"{other} ({place})"
        for place, other in enumerate(election.alternatives, 1)
    )
    held = []
    ranks = []
    for many, levels in election.orders:
        order = tuple(tuple(options[place - 1] for place in level) for level in levels if level)
        if election.categories:  # what a voter puts in the last category, she refuses
            order = order[:1] if levels and levels[0] else ()
        held.append(Ballot(order, many))
        given = {option: rank for rank, tied in enumerate(order, 1) for option in tied}
        ranks += [given] * many
    notes = ballot_notes(options, ranks)
    return Choice(name, "", "", "", options, tuple(held), notes, {})


def _of_study(study: Study, tables: Mapping[str, pa.Table]) -> Iterator[Choice]:
    field = fieldwork_of(study, tables["sessions"].to_pylist(), tables["presences"].to_pylist())
    for theme, _, cases in by_theme(study, tables["rankings"].to_pylist(), "rang"):
        for case, edition, rows in cases:
            options = tuple(option.code for option in theme.options) or tuple(
                sorted({row["option"] for row in rows})
            )
            ballots, _, _ = pooled_ballots(rows, field)
            ranks = _ranks(rows)
            people = {who: ballot(given) for (_, who), given in ranks.items() if who}
            name = ".".join(part for part in (theme.code, edition, case) if part)
            notes = ballot_notes(options, ranks.values())
            yield Choice(name, theme.code, edition, case, options, ballots, notes, people)


def _ranks(rows: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], dict[str, int]]:
    ranks: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in rows:
        ranks[row["session"], row["participant"]][row["option"]] = row["rank"]
    return ranks


def counted(choice: Choice, choose: int) -> Counted:
    """Return a choice by every method; ``choose``: how many options equal shares choose.

    Options that nobody names have no place; they count, last, for Borda's points alone.
    """
    ballots = choice.ballots
    every = {option for one in ballots for tied in one.order for option in tied}
    options = tuple(option for option in choice.options if option in every) or choice.options
    best, rounds = kemeny(options, ballots), instant_runoff(options, ballots)
    orders = {
        "borda": tuple(
            line
            for line in _scored(choice.options, borda(choice.options, ballots))
            if line[0] in options
        ),
        "schulze": tuple(
            (option, place, "")
            for place, tied in enumerate(schulze(options, ballots), 1)
            for option in tied
        ),
        "kemeny": tuple((option, place, "") for place, option in enumerate(best.orders[0], 1))
        if best.many == 1
        else tuple((option, 0, "") for option in best.winners),
        "tours": _out_at(rounds),
        "approbation": _scored(options, approvals(options, ballots)),
        "parts-egales": tuple(
            (option, place, "") for place, option in enumerate(shared(options, ballots, choose), 1)
        ),
    }
    found = {name: rule(options, ballots) for name, rule in _rules(choose).items()}
    without = {}
    for name, rule in _rules(choose).items():
        changed = [
            group
            for group, winners in without_each_group(options, ballots, rule)
            if set(winners) != set(found[name])
        ]
        without[name] = tuple(changed)
    return Counted(orders, found, without, best, rounds)


def _rules(choose: int) -> dict[str, Any]:
    """Return the winners of each method, as functions of options and ballots."""
    return {
        "borda": lambda o, b: order_of(o, borda(o, b))[0],
        "condorcet": lambda o, b: tuple(filter(None, [condorcet_winner(o, b)])),
        "schulze": lambda o, b: schulze(o, b)[0],
        "kemeny": lambda o, b: kemeny(o, b).winners,
        "tours": lambda o, b: instant_runoff(o, b).winners,
        "approbation": lambda o, b: order_of(o, approvals(o, b))[0],
        "parts-egales": lambda o, b: shared(o, b, choose),
    }


def shared(options: Sequence[str], ballots: Sequence[Ballot], choose: int) -> tuple[str, ...]:
    """Return the ``choose`` options that equal shares choose, each costing one.

    What a ballot puts in its first ``choose`` places is what it approves.
    """
    held = [(approved(one, choose), one.weight) for one in ballots]
    return equal_shares(dict.fromkeys(options, 1), held, choose).chosen


def _scored(options: Sequence[str], scores: Sequence[Any]) -> tuple[tuple[str, int, str], ...]:
    value = dict(zip(options, scores, strict=True))
    return tuple(
        (option, place, str(value[option]))
        for place, tied in enumerate(order_of(options, scores), 1)
        for option in tied
    )


def _out_at(found: Runoff) -> tuple[tuple[str, int, str], ...]:
    """Return the options from the last left to the first out, with their last number of people."""
    lines: list[tuple[str, int, str]] = []
    place = 1
    for one in reversed(found.rounds):
        gone = one.out or one.left
        people = dict(zip(one.left, one.first, strict=True))
        lines += [(option, place, str(people[option])) for option in gone]
        place += len(gone)
    return tuple(lines)
