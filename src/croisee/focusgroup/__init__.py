"""Positions, ordered choices, budgets, technologies named in groups."""

from croisee.focusgroup.ballots import (
    Ballot,
    ballot,
    borda,
    condorcet_winner,
    first_choices,
    is_solid,
    order_of,
    pairwise,
    schulze,
)
from croisee.focusgroup.budgets import budgets, givers, mean_split, share_spread
from croisee.focusgroup.clock import Cut, Cuts, Ground, Opened, Sureness, cut_along_the_guide
from croisee.focusgroup.fieldwork import by_theme, fieldwork_of
from croisee.focusgroup.kemeny import Kemeny, kemeny
from croisee.focusgroup.landscape import landscape
from croisee.focusgroup.notes import BallotNotes, ballot_notes
from croisee.focusgroup.positions import POSITIONS, Voice, count_positions, positions
from croisee.focusgroup.rankings import pooled_ballots, rankings
from croisee.focusgroup.rounds import Moved, apart, distance, moved, without_each_group
from croisee.focusgroup.runoff import Round, Runoff, approvals, approved, instant_runoff
from croisee.focusgroup.shares import Bought, EqualShares, equal_shares, proportional_budget

__all__ = [
    "POSITIONS",
    "Ballot",
    "BallotNotes",
    "Bought",
    "Cut",
    "Cuts",
    "EqualShares",
    "Ground",
    "Kemeny",
    "Moved",
    "Opened",
    "Round",
    "Runoff",
    "Sureness",
    "Voice",
    "apart",
    "approvals",
    "approved",
    "ballot",
    "ballot_notes",
    "borda",
    "budgets",
    "by_theme",
    "condorcet_winner",
    "count_positions",
    "cut_along_the_guide",
    "distance",
    "equal_shares",
    "fieldwork_of",
    "first_choices",
    "givers",
    "instant_runoff",
    "is_solid",
    "kemeny",
    "landscape",
    "mean_split",
    "moved",
    "order_of",
    "pairwise",
    "pooled_ballots",
    "positions",
    "proportional_budget",
    "rankings",
    "schulze",
    "share_spread",
    "without_each_group",
]
