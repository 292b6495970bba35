"""Words cut by a hyphen at the end of a line are found, at their place in the stored text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import Nearness, Search

CUT = (
    ("Une interve-\nnante est là.", "intervenante", "interve-\nnante"),
    ("Une inter\u00ad\nvenante est là.", "intervenantes", "inter\u00ad\nvenante"),
    ("Nos interve- \r\n  nant·e·s, oui.", "intervenante", "interve- \r\n  nant·e·s"),
    ("Nos interve-\nnant_e_s, oui.", "intervenante", "interve-\nnant_e_s"),
    ("in-\nter-\nvenante", "intervenante", "in-\nter-\nvenante"),
    ("Il dit peut-\nêtre.", "peut-être", "peut-\nêtre"),
    ("La travailleuse so-\nciale.", "travailleuse sociale", "travailleuse so-\nciale"),
)


@pytest.mark.parametrize(("text", "asked", "written"), CUT)
def test_a_word_cut_at_the_end_of_a_line_is_found_as_stored(text, asked, written):
    (one,) = Search(asked).find(text)

    assert (one.text, text[one.start : one.end], one.nearness) == (written, written, Nearness.SAME)


@pytest.mark.parametrize(
    "text",
    ["- interve\n- nante", "interve -\nnante", "interve-\n\nnante", "12-\n13 interve. nante"],
)
def test_a_dash_that_cuts_no_word_joins_nothing(text):
    assert Search("intervenante").find(text) == ()


def test_what_stands_on_one_line_is_found_as_before_beside_a_cut():
    text = "L’intervenante a vu l’inter-\nvenante, puis une intervenante."

    found = Search("intervenante").find(text)

    assert [one.text for one in found] == ["intervenante", "inter-\nvenante", "intervenante"]


@given(
    before=st.text(alphabet="ab-\n \u00ade", max_size=12),
    after=st.text(alphabet="ab-\n \u00ade", max_size=12),
    cut=st.integers(1, 11),
)
def test_offsets_are_always_those_of_the_stored_text(before, after, cut):
    word = "intervenante"
    text = f"{before}. {word[:cut]}-\n{word[cut:]} .{after}"

    found = Search(word).find(text)

    assert [text[one.start : one.end] for one in found] == [one.text for one in found]
    assert f"{word[:cut]}-\n{word[cut:]}" in [one.text for one in found]
