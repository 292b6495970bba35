"""M1 to M20 as a table says them, with its study's thresholds, in both languages (§5)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from gate_samples import base, draft, natured, one_way, study, yes_no
from test_wording import SENTENCES, english

from croisee.disclosure import Correction, Mask, correction_sentence, exact, sentence, sentence_of
from croisee.language import Label
from croisee.study import Nature, Policy
from croisee.tables import Code, CodeCaseTable, CodePresence, PositionResult, PositionTable

ENGLISH = {
    Mask.FEWER_THAN: "We do not print numbers smaller than 5.",
    Mask.AT_LEAST: "When nearly everyone, or everyone, gives the same answer, we write “at least”.",
    Mask.MERGED: "Answers are merged so that each number counts at least 5 people.",
    Mask.WORDS: "Fewer than 10 people answered: we give the opinions, without numbers.",
    Mask.OMITTED_CROSSING: "This crossing is not shown: it would let someone guess an answer.",
    Mask.OMITTED_TOTAL: "The total is not printed: it would give a protected number back.",
    Mask.POOLED_CASES: "These networks are shown together: each has too few answers.",
    Mask.ORDER_ONLY: "The order is shown, not each person’s points.",
    Mask.BUDGET: "Amounts are rounded so that each person’s share stays private.",
    Mask.QUOTE_LABEL: "The source is described broadly so that nobody is recognised.",
    Mask.QUOTES_RENEWED: "Quotes are renewed from time to time.",
    Mask.OTHER_CASES: "The other networks are given in steps of 10%, without naming them.",
    Mask.SENSITIVE: "Sensitive question: we print no number smaller than 10.",
    Mask.ORGANISATIONS: "We do not print numbers smaller than 5 organisations.",
    Mask.TOO_FEW: "Too few answers to show a result.",
    Mask.ROUNDED: "The numbers are rounded to a multiple of 5, once and for all.",
    Mask.HALVES: "Results about people are given as halves: they may be computed again.",
    Mask.CONFIDENTIAL: "Taking part in this study is confidential: "
    "we do not write how many answered here.",
}


@english
def test_every_mask_is_said_in_english_too():
    assert {mask: sentence(mask).to("en") for mask in SENTENCES} == ENGLISH


@english
def test_dated_and_corrected_sentences_are_said_in_english_too():
    wrong = Correction("participation.eclair.2020", "75 %", Label("p. 12"), exact(46, 64))

    assert sentence(Mask.LOCKED, on=date(2026, 5, 1)).to("en") == (
        "Numbers arrested on 1 May 2026. They do not change before the next edition."
    )
    assert correction_sentence(wrong).to("en") == "The source printed 75 %; 46 of 64 is 72%."


def coded(*people: int, n: int = 30) -> CodeCaseTable:
    codes = (Code("liens", Label("Liens")), Code("sante", Label("Santé"), sensitive=True))
    cells = tuple((CodePresence(x, x, 1, Decimal("0.2")),) for x in people)
    asked = (base(n, "carrefours", source="verbatims"),)
    return CodeCaseTable(codes, asked, (Label("Carrefours"),), cells)


def said(table, mask: Mask, policy: Policy | None = None) -> str:
    assert mask in table.masks
    return sentence_of(mask, table, policy or study().policy).to("fr")


@pytest.mark.parametrize("delicate", [3, 15])
def test_a_delicate_code_says_ten_beside_codes_counted_from_five(tmp_path, delicate):
    (table,) = draft(tmp_path, ("codes", coded(12, delicate))).release.tables

    assert said(table, Mask.SENSITIVE) == SENTENCES[Mask.SENSITIVE]


def test_words_for_small_bases_say_the_base_that_the_policy_asks_for(tmp_path):
    policy = Policy(t=7, base_min=14)
    asked = base(12, "carrefours", source="groupe")
    twelve = PositionResult(asked, Label("Carrefours"), (5, 4, 3), ((), (), ()))
    raw = ("positions.teletravail", PositionTable("teletravail", (twelve,)))

    (table,) = draft(tmp_path, raw, of=study(policy=policy)).release.tables

    assert said(table, Mask.WORDS, policy) == (
        "Moins de 14 personnes ont répondu : nous donnons les avis, sans nombre."
    )


def test_a_raised_threshold_is_the_one_that_is_said(tmp_path):
    policy = Policy(t=7, base_min=14, t_sensitive=12)
    tables = (
        ("peu", one_way((6, 20), yes_no("peu"))),
        ("delicat", one_way((20, 8), natured(yes_no("delicat"), Nature.SENSITIVE))),
    )

    few, delicate = draft(tmp_path, *tables, of=study(policy=policy)).release.tables

    assert said(few, Mask.AT_LEAST, policy) == SENTENCES[Mask.AT_LEAST]
    assert said(replace(few, masks=(Mask.FEWER_THAN,)), Mask.FEWER_THAN, policy) == (
        "Nous n’écrivons pas les nombres plus petits que 7."
    )
    assert said(delicate, Mask.SENSITIVE, policy) == (
        "Question délicate : nous n’écrivons aucun nombre plus petit que 12."
    )
