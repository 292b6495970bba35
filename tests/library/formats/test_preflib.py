"""PrefLib's files: real ones with their own counts, written and read back, and damaged ones."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import Election, FormatRefused, preflib_of, read_preflib, write_preflib

HEAD = """# TITLE: Outils
# ALTERNATIVE NAME 1: Vélo
# ALTERNATIVE NAME 2: Bus
# ALTERNATIVE NAME 3: Pieds
"""
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)


@st.composite
def elections(draw):
    names = tuple(draw(st.lists(NAMES, min_size=1, max_size=5)))
    categories = tuple(draw(st.lists(NAMES, max_size=3)))
    orders = []
    for _ in range(draw(st.integers(0, 4))):
        left = draw(st.permutations(range(1, len(names) + 1)))
        left = left[: draw(st.integers(0, len(left)))]
        levels = []
        for option in left:
            if levels and draw(st.booleans()):
                levels[-1] = (*levels[-1], option)
            elif not categories or len(levels) < len(categories):
                levels.append((option,))
        orders.append((draw(st.integers(1, 999)), tuple(levels)))
    return Election(draw(NAMES), names, tuple(orders), categories)


@given(elections())
def test_what_is_written_is_read_back_the_same(election):
    assert preflib_of(write_preflib(election)) == election


def test_every_real_file_is_read_whole_and_has_the_people_it_says(real_data):
    paths = sorted((real_data / "ranking").rglob("*.[stc][oa]*"))

    read = [(path, read_preflib(path)) for path in paths]

    assert len(read) == 39
    for path, election in read:
        assert (path.name, election.notices) == (path.name, ())
        assert election.kind == path.suffix[1:]
        assert preflib_of(write_preflib(election)) == election


def test_ties_categories_and_empty_levels():
    election = preflib_of(
        HEAD + "# CATEGORY NAME 1: Oui\n# CATEGORY NAME 2: Non\n13: {},{1,2,3}\n2: 3,{1,2}\r\n"
    )

    assert election.orders == ((13, ((), (1, 2, 3))), (2, ((3,), (1, 2))))
    assert (election.kind, election.voters, election.categories) == ("cat", 15, ("Oui", "Non"))


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("3: 1,2,2", "L’option 2 est là deux fois"),
        ("3: 1,4", "L’option 4 n’existe pas"),
        ("3: 0", "L’option 0 n’existe pas"),
        ("0: 1,2", "Ligne illisible"),
        ("3: 1,{2", "Ligne illisible"),
        ("3: 1;2", "Ligne illisible"),
        ("3: 1 2", "Ligne illisible"),
        ("3: {1 2}", "Ligne illisible"),
        ("-3: 1", "Ligne illisible"),
        ("bonjour", "Ligne illisible"),
        ("3: ²", "Ligne illisible"),
    ],
)
def test_bad_line_is_told_and_the_rest_is_read(line, told):
    election = preflib_of(HEAD + f"2: 1,2\n{line}\n1: {{2,3}}\n")

    assert election.orders == ((2, ((1,), (2,))), (1, ((2, 3),)))
    (notice,) = election.notices
    assert notice.line == 6
    assert notice.message.to("fr").startswith(told)


def test_header_that_does_not_agree_is_told():
    election = preflib_of(
        "# NUMBER VOTERS: 9\n# NUMBER ALTERNATIVES: 4\n# DATA TYPE: soi\n" + HEAD + "2: {1,2}\n"
    )

    assert [notice.line for notice in election.notices] == [0, 0, 0]
    assert election.notices[0].message.to("fr").startswith("L’en-tête dit 9 personnes")
    assert election.orders == ((2, ((1, 2),)),)


def test_too_many_categories_are_told():
    election = preflib_of(HEAD + "# CATEGORY NAME 1: Oui\n1: 1,2\n")

    assert (election.orders, len(election.notices)) == ((), 1)


@pytest.mark.parametrize(
    "text", ["", "bonjour", "3\n1,Vélo\n2,Bus\n3,Pieds\n", "# TITLE: Rien\n1: 1\n"]
)
def test_file_that_names_no_option_is_refused(text):
    with pytest.raises(FormatRefused, match="aucune option"):
        preflib_of(text)


@pytest.mark.parametrize(
    "election",
    [
        Election("t", ("a",), ((1, ((2,),)),)),
        Election("t", ("a",), ((1, ((1,), (1,))),)),
        Election("t", ("a",), ((0, ((1,),)),)),
        Election("t", ("a\nb",), ()),
        Election("t", ("",), ()),
    ],
)
def test_what_would_not_be_read_back_is_not_written(election):
    with pytest.raises(ValueError, match=r"wanted|bulletins"):
        write_preflib(election)


def test_names_without_a_number_keep_theirs():
    election = preflib_of("# ALTERNATIVE NAME 3: Pieds\n1: 3\n")

    assert election.alternatives == ("1", "2", "Pieds")
    assert replace(election, title="x").kind == "soi"
