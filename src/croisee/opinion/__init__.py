"""Statements that people vote on: what they share, what divides them, groups that vote alike."""

from croisee.opinion.groups import (
    FEWEST_PEOPLE,
    FEWEST_VOTES,
    SMALLEST,
    Groups,
    Landscape,
    Partition,
    TooFewPeople,
    opinion_groups,
)
from croisee.opinion.polis_scores import PolisScore, polis_score, polis_scores
from croisee.opinion.stability import HOLDS, Stability, stability
from croisee.opinion.statements import (
    Agreed,
    Characteristic,
    Opposed,
    Share,
    Tally,
    characteristic,
    consensus,
    difference,
    dividing,
    opposing,
    share,
    tallies,
)
from croisee.opinion.votes import AGREE, DISAGREE, PASS, Votes, votes_of

__all__ = [
    "AGREE",
    "DISAGREE",
    "FEWEST_PEOPLE",
    "FEWEST_VOTES",
    "HOLDS",
    "PASS",
    "SMALLEST",
    "Agreed",
    "Characteristic",
    "Groups",
    "Landscape",
    "Opposed",
    "Partition",
    "PolisScore",
    "Share",
    "Stability",
    "Tally",
    "TooFewPeople",
    "Votes",
    "characteristic",
    "consensus",
    "difference",
    "dividing",
    "opinion_groups",
    "opposing",
    "polis_score",
    "polis_scores",
    "share",
    "stability",
    "tallies",
    "votes_of",
]
