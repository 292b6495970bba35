"""Only what may move is computed again, and it comes to the same."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
ASKED = 6
CONDITIONS = (
    "", "${q%d} = 'a'", "selected(${q%d}, 'b')", "not(${q%d} = 'a')", "${c%d} > 1",
    "string-length(${q%d}) > 0 and today() > '2020-01-01'", "count(${q%d}) = 1", "${g} != ''",
)  # fmt: skip
CALCULATIONS = (
    "string-length(${q%d})", "if(${q%d} = 'a', 2, 0)", "coalesce(${q%d}, 'a')", "once(${q%d})",
    "count-selected(${q%d}) + 1",
)  # fmt: skip


class Everything(Filling):
    """The same, every expression computed again at each turn."""

    def _concerned(self, *_):
        return True


class Nothing(Filling):
    """Broken on purpose: what was answered is all that is looked at."""

    def _concerned(self, one, before, *_):
        return one.node.path in before


@st.composite
def forms(draw):
    """Six questions, some in a group, that wait for each other; calculations among them."""
    rows = []
    for place in range(ASKED):
        if place == 2:
            rows.append({"type": "begin_group", "name": "g", "label": "G", "relevant": when(draw)})
        rows.append({"type": "text", "name": f"q{place}", "label": "Q", "relevant": when(draw)})
        if place == 4:
            rows.append({"type": "end_group"})
    for place in range(ASKED):
        source = draw(st.sampled_from(CALCULATIONS)) % draw(st.integers(0, ASKED - 1))
        rows.append({"type": "calculate", "name": f"c{place}", "calculation": source})
    book = Workbook((worksheet_of("survey", rows), worksheet_of("settings", [{"form_id": "f"}])))
    try:
        return prepare(read_form(compile_form(book).xml))
    except FormRefused:
        return None


def when(draw):
    source = draw(st.sampled_from(CONDITIONS))
    return source % draw(st.integers(0, ASKED - 1)) if "%d" in source else source


def state(filling):
    return (
        {one.address: one.element.text for one in filling.sheet.places},
        [one.address for one in filling.asked_places()],
        filling.values(),
    )


ANSWERS = st.lists(
    st.dictionaries(st.integers(0, ASKED - 1), st.sampled_from(["", "a", "b", "a b"]), max_size=3),
    max_size=5,
)


def opened(kind, prepared, values=None):
    return kind(prepared, at=AT, chance=np.random.default_rng(1), values=values)


def address_of(filling, place):
    return next(one.address for one in filling.sheet.places if one.node.name == f"q{place}")


@settings(max_examples=150, deadline=None)
@given(forms(), ANSWERS)
def test_computing_what_may_move_comes_to_computing_everything(prepared, pages):
    if prepared is None:
        return
    ours, reference = (opened(kind, prepared) for kind in (Filling, Everything))
    for page in pages:
        for filling in (ours, reference):
            filling.set_many({address_of(filling, q): value for q, value in page.items()})
        assert state(ours) == state(reference)


def chain():
    rows = [{"type": "text", "name": "q0", "label": "Q"}]
    rows += [
        {"type": "text", "name": f"q{place}", "label": "Q", "relevant": f"${{q{place - 1}}} = 'a'"}
        for place in range(1, ASKED)
    ]
    rows += [
        {"type": "begin_repeat", "name": "r", "label": "R", "repeat_count": "${n}"},
        {"type": "text", "name": "x", "label": "X"},
        {"type": "calculate", "name": "y", "calculation": "concat(position(..), ${x}, ${q0})"},
        {"type": "end_repeat"},
        {"type": "calculate", "name": "n", "calculation": "string-length(${q1})"},
    ]
    book = Workbook((worksheet_of("survey", rows), worksheet_of("settings", [{"form_id": "f"}])))
    return prepare(read_form(compile_form(book).xml))


def test_a_chain_of_conditions_and_a_counted_repeat_follow():
    prepared = chain()
    ours, reference = (opened(kind, prepared) for kind in (Filling, Everything))
    steps = [
        *({f"/data/q{place}": "a"} for place in range(ASKED)),
        {"/data/q1": "aaa"}, {"/data/r[2]/x": "z"}, {"/data/q0": "b"}, {"/data/q0": "a"},
    ]  # fmt: skip
    for page in steps:
        for filling in (ours, reference):
            filling.set_many(page)
        assert state(ours) == state(reference)
    assert ours.values()["/data/r[2]/y"] == "2a"  # gone with q1, then asked anew


def test_the_broken_way_is_seen():
    ours, broken = (opened(kind, chain()) for kind in (Filling, Nothing))
    for filling in (ours, broken):
        filling.set("/data/q0", "a")
    assert state(ours) != state(broken)
