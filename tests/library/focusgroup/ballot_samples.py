"""Elections whose results are published, and ballots drawn at random."""

from hypothesis import strategies as st

from croisee.focusgroup import Ballot, ballot


def strict(order, weight=1, group=""):
    return Ballot(tuple((option,) for option in order), weight, group)


CONDORCET_1785 = [strict("ABC", 23), strict("BCA", 17), strict("BAC", 2), strict("CAB", 10),
                  strict("CBA", 8)]  # fmt: skip
CAPITALS = [strict("MNCK", 42), strict("NCKM", 26), strict("CKNM", 15), strict("KCNM", 17)]


def drawn(options="abcd", most=6):
    """Return ballots of several groups, with ties and options left out."""
    ranks = st.dictionaries(st.sampled_from(options), st.integers(1, 3), min_size=1)
    one = st.builds(
        lambda given, weight, group: ballot(given, weight=weight, group=group),
        ranks, st.integers(1, 3), st.sampled_from(["g-1", "g-2"]),
    )  # fmt: skip
    return st.lists(one, min_size=1, max_size=most)
