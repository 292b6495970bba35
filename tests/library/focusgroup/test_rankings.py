"""Ordered choices read from a Dataset: ballots, agreed orders, groups pooled."""

from group_study import frozen, line, person

from croisee.focusgroup import rankings


def order(session, participant, options):
    return [
        line(session, "outils", participant, option=option, rank=rank)
        for rank, option in enumerate(options, start=1)
    ]


def result_of(tmp_path, *lines):
    dataset = frozen(tmp_path, rankings=[row for rows in lines for row in rows])
    (table,) = rankings(dataset)
    assert table.theme == "outils"
    (result,) = table.results
    return result


def test_ballots_of_people(tmp_path):
    ballots = [order("g-1", person("g-1", i), o) for i, o in enumerate(["abc", "abc", "bac"], 1)]

    result = result_of(tmp_path, *ballots)

    assert result.order == (("a",), ("b",), ("c",))
    assert (result.borda, result.first) == ((5, 4, 0), (2, 1, 0))
    assert (result.condorcet, result.schulze) == ("a", (("a",), ("b",), ("c",)))
    assert (result.solid, result.consensus) == (False, False)
    assert (result.base.n, result.base.within) == (3, "groupe.2020@nord")


def test_order_agreed_aloud_is_a_fact_of_the_group(tmp_path):
    result = result_of(tmp_path, order("g-1", "", "cab"))

    assert result.order == (("c",), ("a",), ("b",))
    assert (result.consensus, result.solid, result.base.n) == (True, True, 5)
    assert result.base.id == "groupe.2020@nord?rangs.outils"


def test_groups_that_agreed_weigh_what_their_people_weigh(tmp_path):
    """Five people agreed on a, four on b: a wins by one person, so the winner is fragile."""
    result = result_of(tmp_path, order("g-1", "", "abc"), order("g-2", "", "bac"))

    assert result.borda == (14, 13, 0)
    assert result.order == (("a",), ("b",), ("c",))
    assert (result.consensus, result.solid, result.base.n) == (False, False, 9)


def test_two_groups_that_agreed_on_the_same_order_are_a_consensus(tmp_path):
    result = result_of(tmp_path, order("g-1", "", "abc"), order("g-2", "", "abc"))

    assert (result.consensus, result.solid, result.base.id) == (True, True, "groupe.2020@nord")


def test_agreed_order_is_the_last_word_of_a_group(tmp_path):
    before = order("g-1", person("g-1", 1), "bca")

    result = result_of(tmp_path, before, order("g-1", "", "abc"))

    assert (result.order[0], result.consensus) == (("a",), True)


def test_one_group_that_agreed_and_one_that_voted(tmp_path):
    votes = [order("g-2", person("g-2", i), "bac") for i in range(1, 5)]

    result = result_of(tmp_path, order("g-1", "", "abc"), *votes)

    assert (result.borda, result.consensus, result.base.n) == ((14, 13, 0), False, 9)


def test_ties_are_shown(tmp_path):
    result = result_of(
        tmp_path, order("g-1", person("g-1", 1), "abc"), order("g-1", person("g-1", 2), "bac")
    )

    assert result.order == (("a", "b"), ("c",))
    assert result.condorcet is None


def test_object_that_nobody_names_has_no_place(tmp_path):
    result = result_of(tmp_path, order("g-1", "", "ca"))

    assert result.order == result.schulze == (("c",), ("a",))
    assert (result.options, result.borda) == (("a", "b", "c"), (5, 0, 10))
