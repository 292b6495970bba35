"""``croisee opinion``: statements that people voted on, what they share, groups that vote alike.

For the team only. Reads the export of a Polis conversation (its folder), or a table of votes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from croisee.formats import FormatRefused
from croisee.formats.polis import PolisConversation, PolisStatement, read_polis
from croisee.formats.vote_table import read_vote_table
from croisee.language import Label, Phrase, phrase, phrases
from croisee.opinion import (
    Groups,
    Stability,
    Tally,
    TooFewPeople,
    Votes,
    opinion_groups,
    stability,
    tallies,
    votes_of,
)
from croisee.survey import interval
from croisee.text import say_number

SEED = 20_261_123
"""Of what is drawn: the same votes give the same groups on every run."""


class OpinionRefused(Exception):
    """Nothing can be counted, or written; ``message`` says why and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@dataclass(frozen=True, slots=True, eq=False)
class Conversation:
    """Votes to count, the words of each statement, and the whole as it was read.

    ``cast``: every vote, changed ones too; ``moderated``: statements set aside as refused.
    """

    title: str
    votes: Votes
    texts: dict[str, str]
    whole: PolisConversation
    cast: int
    moderated: int
    notices: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Opinions:
    """What a conversation says: of all, of each group and of the others; whether groups hold.

    ``placed``: people who voted enough; ``groups`` is ``None`` where there are too few of them,
    where none could be made, or where they dissolve; ``trial`` is then what was found, if tried.
    """

    whole: tuple[Tally, ...]
    groups: Groups | None
    trial: Stability | None
    inside: tuple[tuple[Tally, ...], ...]
    outside: tuple[tuple[Tally, ...], ...]
    placed: int
    tried: Groups | None


def read_conversation(path: Path) -> Conversation:
    """Return the votes of a Polis export or of a table.

    Statements that the moderation refused are set aside. Raises :class:`OpinionRefused`.
    """
    try:
        return _of_polis(read_polis(path), path) if path.is_dir() else _of_table(path)
    except FormatRefused as refused:
        said = phrase("{message} {remedy}", message=refused.message, remedy=refused.remedy)
        raise OpinionRefused(said) from None


def _of_polis(whole: PolisConversation, path: Path) -> Conversation:
    numbers = np.array([one.number for one in whole.statements], np.int64)
    people, person = np.unique(whole.person, return_inverse=True)
    votes = votes_of(
        [str(number) for number in people.tolist()],
        [str(number) for number in numbers.tolist()],
        person,
        np.searchsorted(numbers, whole.statement),
        whole.vote,
    )
    state = {str(one.number): one.moderated for one in whole.statements}
    kept = [state[name] >= 0 for name in votes.statements]
    return Conversation(
        whole.title or path.name,
        votes if all(kept) else votes.on(kept),
        {str(one.number): one.text for one in whole.statements},
        whole,
        len(whole.at),
        kept.count(False),
        tuple(
            phrase("{file}, ligne {line} : {message}", file=one.file, line=one.line,
                   message=one.message)
            if one.line
            else phrase("{file} : {message}", file=one.file, message=one.message)
            for one in whole.notices
        ),
    )  # fmt: skip


def _of_table(path: Path) -> Conversation:
    table = read_vote_table(path)
    votes = votes_of(table.people, table.statements, table.person, table.statement, table.vote)
    statements = tuple(
        PolisStatement(number, text, moderated=1) for number, text in enumerate(table.texts)
    )
    whole = PolisConversation(
        statements,
        np.arange(len(table.vote), dtype=np.int64),
        np.array(table.statement, np.int64),
        np.array(table.person, np.int64),
        np.array(table.vote, np.int64),
        (("topic", path.stem),),
    )
    return Conversation(
        path.stem,
        votes,
        dict(zip(table.statements, table.texts, strict=True)),
        whole,
        len(table.vote),
        0,
        tuple(
            phrase("Ligne {line} : {message}", line=line, message=message) if line else message
            for line, message in table.notices
        ),
    )


def people_told(many: int) -> Phrase:
    """Return how many people, to be put in a sentence."""
    return phrases("{n} personne", "{n} personnes", many, n=figures(many))


def figures(number: int) -> Label:
    """Return a number as each language writes it: « 100 000 », "100,000"."""
    return Label(say_number(number, "fr"), say_number(number, "en"))


def opinions(votes: Votes, frame: int = 0) -> Opinions:
    """Return what a conversation says; groups only where fifty people can be placed.

    ``frame``: how many people could have voted, where it is known; shares of all are then given
    the exact interval of a finite population. Those of groups are not: nobody knows how many of
    the frame would be of a group.

    Raises:
        OpinionRefused: more people voted than the frame has.
    """
    if frame and frame < len(votes.people):
        raise OpinionRefused(
            phrase(
                "{people} ont voté ; le cadre n’en a que {frame}. Vérifiez --frame.",
                people=people_told(len(votes.people)),
                frame=figures(frame),
            )
        )
    ends = cache(lambda count, of: interval(count, of, frame)) if frame else None
    whole = tallies(votes, ends=ends)
    try:
        tried = opinion_groups(votes, np.random.default_rng(SEED))
    except TooFewPeople as few:
        return Opinions(whole, None, None, (), (), few.people, None)
    placed = len(tried.landscape.placed)
    if not tried.partitions:
        return Opinions(whole, None, None, (), (), placed, None)
    kept, trial = stability(votes, tried, np.random.default_rng(SEED))
    if trial.dissolved:
        return Opinions(whole, None, trial, (), (), placed, tried)
    members = [kept.members(group) for group in range(kept.many)]
    return Opinions(
        whole,
        kept,
        trial,
        tuple(tallies(votes, chosen) for chosen in members),
        tuple(_others(votes, kept, group) for group in range(kept.many)),
        placed,
        tried,
    )


def _others(votes: Votes, groups: Groups, group: int) -> tuple[Tally, ...]:
    placed = groups.landscape.placed
    return tallies(votes, placed[groups.labels != group])


def rows_of(found: Opinions, conversation: Conversation) -> Iterator[tuple[object, ...]]:
    """Yield a row a statement: its votes and shares, of all then of each group."""
    for place, tally in enumerate(found.whole):
        yield (
            tally.statement,
            conversation.texts[tally.statement],
            *_cells(tally),
            *(cell for group in found.inside for cell in _cells(group[place])),
        )


def _cells(tally: Tally) -> tuple[object, ...]:
    cells: list[object] = [tally.voters]
    for one in (tally.agree, tally.disagree):
        cells += [one.count, *(f"{100 * end:.1f}".replace(".", ",") for end in (one.low, one.high))]
    return tuple(cells)
