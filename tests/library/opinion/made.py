"""Votes of people made up, in camps or not."""

import numpy as np

from croisee.opinion import votes_of


def camps(sizes, statements=24, *, seen=0.8, sure=0.85, seed=1):
    """Return rows (person, statement, vote): each camp agrees with statements of its own."""
    draws = np.random.default_rng(seed)
    rows = []
    of_camp = np.repeat(np.arange(len(sizes)), sizes)
    for person, camp in enumerate(of_camp):
        for statement in range(statements):
            if draws.random() > seen:
                continue
            own = 1 if statement % len(sizes) == camp else -1
            vote = own if draws.random() < sure else int(draws.integers(-1, 2))
            rows.append((person, statement, vote))
    return rows, of_camp


def votes(rows, people, statements):
    """Return the votes of rows, people and statements named by their numbers."""
    columns = zip(*rows, strict=True) if rows else ((), (), ())
    return votes_of([str(n) for n in range(people)], [str(n) for n in range(statements)], *columns)
