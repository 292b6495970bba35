"""Who had the floor: turns and words by person in a session, and how evenly they were shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spoke:
    """What one person said in a session; ``person`` is "" for the team, and for who is unknown."""

    person: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True)
class Floor:
    """How a session's words were shared between the participants who were there.

    ``spoke``: each, the most words first, those who said nothing included. ``gini``: from 0 (all
    alike) to 1 - 1/n (one person alone); ``None`` under two people, or when nobody spoke.
    ``largest``: the share of one person. ``half``: the fewest people who said half of it.
    ``team``: the share of all the words, participants' and team's, that are the team's or of
    somebody unknown.
    """

    session: str
    spoke: tuple[Spoke, ...]
    gini: Fraction | None
    largest: Fraction
    half: int
    silent: int
    team: Fraction


def gini(amounts: Sequence[int]) -> Fraction | None:
    """Return Gini's coefficient of amounts: half the mean difference, over the mean.

    It is n numbers' own, not an estimate: divided by n², not n (n - 1). ``None`` under two
    amounts, or when all are nil.

    Source: Gini (1912), *Variabilità e mutabilità*; this form in Sen (1973), *On Economic
    Inequality*, §2.8.
    """
    many, whole = len(amounts), sum(amounts)
    if many < 2 or not whole:
        return None
    ranked = sum((2 * rank - many - 1) * amount for rank, amount in enumerate(sorted(amounts), 1))
    return Fraction(ranked, many * whole)


def floor(session: str, said: Iterable[Spoke], present: Iterable[str] = ()) -> Floor | None:
    """Return how the floor was shared; ``None`` when no participant spoke.

    Args:
        session: its name.
        said: what each said, in any order; several for one person are added.
        present: who was there, so that silence is counted.
    """
    turns: dict[str, int] = dict.fromkeys(present, 0)
    words = dict(turns)
    for one in said:
        turns[one.person] = turns.get(one.person, 0) + one.turns
        words[one.person] = words.get(one.person, 0) + one.words
    team = words.pop("", 0)
    whole = sum(words.values())
    if not whole:
        return None
    order = sorted(words, key=lambda person: (-words[person], person))
    spoke = tuple(Spoke(person, turns[person], words[person]) for person in order)
    return Floor(
        session,
        spoke,
        gini([one.words for one in spoke]),
        Fraction(spoke[0].words, whole),
        next(many for many in range(1, len(spoke) + 1) if 2 * _first(spoke, many) >= whole),
        sum(not one.words for one in spoke),
        Fraction(team, whole + team),
    )


def _first(spoke: Sequence[Spoke], many: int) -> int:
    return sum(one.words for one in spoke[:many])
