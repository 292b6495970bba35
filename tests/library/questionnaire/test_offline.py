"""What a telephone asks without network, beside what the engine asks: the same questions."""

import json
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import sync_playwright
from pyxform.xls2xform import convert

from croisee.questionnaire.filling import Filling
from croisee.questionnaire.offline import conditions_of
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
SCRIPT = Path("src/croisee_web/collection/static/collection/hors-ligne.js")
RUN = """(given) => { const is = asked(given[0], (path) => given[1][path]);
  return Object.keys(given[0]).filter(is); }"""
CONDITIONS = (
    "${un} = 'a'", "${un} != 'a'", "${un} = ''", "selected(${des}, 'b')",
    "not(selected(${des}, 'b')) and count-selected(${des}) >= 1", "${n} > 2", "${n} <= 2.5",
    "${n} = 3", "${n} != 3", "${n} + ${d} > 4", "${n} * 2 - ${d} div 2 < 5", "${n} mod 2 = 1",
    "(${un} = 'a' or ${n} > 1) and not(${d} = 2)", "coalesce(${mot}, 'x') = 'x'",
    "if(${n} > 1, ${un}, 'c') = 'c'", "string-length(${mot}) > 2", "${jour} > 20000",
    "${mot}", "-${n} < -1", "true() and ${n} >= 0", "number(${n}) = ${d}", "${un} = ${mot}",
    "${n} > ${jour}", "false() or ${mot} = 'oui'",
)  # fmt: skip
ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "/data/un": st.sampled_from(["a", "b", "c"]),
        "/data/des": st.lists(st.sampled_from("abc"), unique=True, min_size=1).map(" ".join),
        "/data/n": st.one_of(st.integers(-3, 9).map(str), st.sampled_from(["2.5", "beaucoup"])),
        "/data/d": st.one_of(
            st.decimals(-3, 9, places=1).map(lambda one: f"{one:f}"), st.just("?")
        ),
        "/data/mot": st.sampled_from(["oui", "é", "a", "3", " ", "2026-11-22", "trois mots ici"]),
        "/data/jour": st.dates().map(str),
    },
)


def form(survey):
    compiled = convert(
        {
            "survey": [{"label": row["name"], **row} for row in survey],
            "choices": [
                {"list_name": "lettres", "name": code, "label": code.upper()} for code in "abc"
            ],
            "settings": [{"form_id": "essai", "form_title": "Essai"}],
        }
    )
    return prepare(read_form(compiled.xform.encode()))


FIRST = [
    {"type": "select_one lettres", "name": "un"},
    {"type": "select_multiple lettres", "name": "des"},
    {"type": "integer", "name": "n"},
    {"type": "decimal", "name": "d", "relevant": "${un} != 'b'"},
    {"type": "text", "name": "mot"},
    {"type": "date", "name": "jour"},
]
"""``d`` itself depends: what is not asked reads as empty."""


@pytest.fixture(scope="module")
def telephone(chromium_path):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path)
        page = browser.new_page()
        page.add_script_tag(path=SCRIPT)
        yield page
        browser.close()


@pytest.mark.browser
def test_a_telephone_asks_what_the_engine_asks(telephone):
    rows = [
        {"type": "text", "name": f"q{rank}", "relevant": condition}
        for rank, condition in enumerate(CONDITIONS)
    ]
    prepared = form([*FIRST, *rows])
    trees = json.loads(json.dumps(conditions_of(prepared.form)))
    assert len(trees) == len(FIRST) + len(CONDITIONS)

    @settings(max_examples=300, deadline=None)
    @given(ANSWERS)
    def same(answers):
        filling = Filling(prepared, at=AT, chance=np.random.default_rng(1), values=answers)
        asked = [one.node.path for one in filling.asked_places() if one.node.path in trees]
        assert telephone.evaluate(RUN, [trees, answers]) == asked

    same()


@pytest.mark.parametrize(
    "beyond",
    [
        {"type": "text", "name": "x", "relevant": "${jour} > today()"},
        {"type": "text", "name": "x", "relevant": "regex(${mot}, 'a+')"},
        {"type": "calculate", "name": "x", "calculation": "${n} + 1"},
        {"type": "text", "name": "x", "label": "Bonjour ${mot}"},
        {"type": "image", "name": "x"},
    ],
    ids=lambda row: row["type"] + row.get("relevant", ""),
)
def test_a_form_that_asks_for_more_waits_for_the_network(beyond):
    assert conditions_of(form(FIRST).form) is not None
    read_by = {"type": "text", "name": "y", "relevant": "${x} != ''"}

    assert conditions_of(form([*FIRST, beyond, read_by]).form) is None
