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
from croisee.focusgroup.landscape import landscape
from croisee.focusgroup.positions import POSITIONS, Voice, count_positions, positions
from croisee.focusgroup.rankings import pooled_ballots, rankings

__all__ = [
    "POSITIONS",
    "Ballot",
    "Cut",
    "Cuts",
    "Ground",
    "Opened",
    "Sureness",
    "Voice",
    "ballot",
    "borda",
    "budgets",
    "condorcet_winner",
    "count_positions",
    "cut_along_the_guide",
    "first_choices",
    "givers",
    "is_solid",
    "landscape",
    "mean_split",
    "order_of",
    "pairwise",
    "pooled_ballots",
    "positions",
    "rankings",
    "schulze",
    "share_spread",
]
