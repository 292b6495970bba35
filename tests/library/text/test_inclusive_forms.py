"""The engine of inclusive forms, over hand-made lists and against its own promises."""

import csv
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import (
    Writing,
    analysed,
    heard,
    heard_html,
    inclusive_forms,
    rewritten,
    typeset,
    typeset_html,
    word_places,
)

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        read = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            {key: value.replace("\\n", "\n").replace("\\t", "\t").replace("\\\\", "\\")
             for key, value in row.items()}
            for row in read
        ]  # fmt: skip


FORMS = _rows("inclusive_forms.tsv")
TRAPS = _rows("inclusive_traps.tsv")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def test_the_lists_are_as_long_as_promised():
    assert (len(FORMS) >= 600, len(TRAPS) >= 300) == (True, True)


def test_every_form_of_the_list_is_found_whole_with_its_two_words():
    wrong = []
    for row in FORMS:
        found = [(one.text, one.masculine, one.feminine) for one in inclusive_forms(row["phrase"])]
        wanted = [(row["écrit"], _composed(row["masculin"]), _composed(row["féminin"]))]
        if found != wanted:
            wrong.append((row["phrase"], found))

    assert wrong == []


def test_nothing_is_found_in_the_traps():
    caught = [(row["phrase"], inclusive_forms(row["phrase"])) for row in TRAPS]

    assert [one for one in caught if one[1]] == []


def test_traps_around_a_form_change_nothing():
    """Broken control of the test above: a trap beside a form still lets the form be found."""
    missed = [
        trap["phrase"] for trap in TRAPS if not inclusive_forms(f"{trap['phrase']} ; les élu·e·s")
    ]

    assert missed == []


def test_one_key_for_every_writing_of_a_word():
    writings = (
        "intervenant·e", "intervenant∙e∙s", "intervenant(e)s", "intervenant.e.s",
        "intervenant-e-s", "intervenants/intervenantes", "intervenantEs",
        "Intervenantes et les intervenants", "intervenant ou une intervenante",
    )  # fmt: skip

    keys = {one.key for writing in writings for one in inclusive_forms(writing)}

    assert keys == {"intervenant·e"}


@pytest.mark.parametrize(
    ("text", "epicene"),
    [
        ("Intervenantes et intervenants", "intervenant·e·s"),
        ("directeur(-trice)", "directeur·trice"),
        ("toutes et tous", "tou·te·s"),
        ("locaux·ales", "locaux·locales"),
        ("iels", "ils·elles"),
        ("celleux", "ceux·celles"),
        ("maître·sse", "maître·sse"),
    ],
)
def test_epicene_form_is_one_writing_for_all(text, epicene):
    (form,) = inclusive_forms(text)

    assert form.epicene == epicene


def test_how_a_form_is_written_is_told():
    found = inclusive_forms("les élu·e·s, les citoyennes et citoyens, iels")

    assert [one.writing for one in found] == [
        Writing.ABBREVIATED, Writing.DOUBLET, Writing.COINED,
    ]  # fmt: skip


def test_offsets_are_those_of_the_stored_text():
    text = unicodedata.normalize("NFD", "Une employée, des chargé·e·s") + " et l’élu\u00ad·e."

    assert [text[one.start : one.end] for one in inclusive_forms(text)] == [
        unicodedata.normalize("NFD", "chargé·e·s"),
        "élu\u00ad·e",
    ]


PIECES = st.sampled_from(
    [row["écrit"] for row in FORMS[::7]]
    + [row["phrase"] for row in TRAPS[::9]]
    + ["é", "e\u0301", "\u00ad", "\u200b", " ", "\n", "’", "·", "(", ")", ".", "-", "et", "😀", "ﬁ"]
)
TEXTS = (
    st.lists(PIECES, max_size=12).map(" ".join)
    | st.text(max_size=40)
    | st.lists(PIECES, max_size=8).map("".join)
)


@given(TEXTS, st.sampled_from(["masculine", "feminine", "epicene"]))
def test_offsets_lead_from_one_text_to_the_other_and_back(text, reading):
    read = analysed(text, reading)

    ends = [0, *(place for form in read.forms for place in (form.start, form.end)), len(text)]
    assert ends == sorted(ends)
    done = 0
    for form, (start, end) in zip(read.forms, read.places, strict=True):
        assert text[form.start : form.end] == form.text
        assert read.to_written(start, end) == (form.start, form.end)
        assert read.to_analysis(form.start, form.end) == (start, end)
        assert read.text[read.to_analysis(done, done)[0] : start] == text[done : form.start]
        done = form.end
    tail = len(text) - done
    assert read.text[len(read.text) - tail :] == text[done:]


@given(TEXTS, st.data())
def test_a_span_carried_there_and_back_still_holds_what_it_held(text, data):
    read = analysed(text, "feminine")
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    there = read.to_analysis(start, end)
    back = read.to_written(*there)

    inside = any(form.start < place < form.end for form in read.forms for place in (start, end))
    assert there[0] <= there[1]
    assert back[0] <= start <= end <= back[1] if start < end else there[0] <= len(read.text)
    if not inside and start < end:
        assert back == (start, end)


@given(TEXTS)
def test_whatever_the_text_forms_are_in_order_and_apart(text):
    found = inclusive_forms(text)

    assert all(one.text == text[one.start : one.end] for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_an_abbreviated_form_is_one_word_and_a_doublet_its_words():
    text = "L’équipe : trois intervenant·e·s, citoyennes et citoyens"

    words = [text[start:end] for start, end in word_places(text)]

    assert words == ["L", "équipe", "trois", "intervenant·e·s", "citoyennes", "et", "citoyens"]


@pytest.mark.parametrize("medium", ["text", "html", "pdf"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_typography_never_breaks_a_form(language, medium):
    broken = []
    for row in FORMS:
        if row["écrit"] != _composed(row["écrit"]) or "\n" in row["phrase"]:
            continue
        made = typeset(row["phrase"], language, medium=medium).replace("’", "'")
        if row["écrit"].replace("’", "'") not in made:
            broken.append(made)

    assert broken == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Les intervenant·e·s engagé·e·s", "Les intervenantes engagées et intervenants engagés"),
        ("un·e élu·e", "une élue ou un élu"),
        ("l’étudiant·e", "l’étudiante ou l’étudiant"),
        ("ils·elles", "elles et ils"),
        ("Directeur(trice)s", "Directrices et directeurs"),
        ("iel et toustes", "iel et toustes"),
        ("les citoyennes et citoyens", "les citoyennes et citoyens"),
    ],
)
def test_a_screen_reader_says_whole_words(text, said):
    assert "".join(one.shown if one.heard is None else one.heard for one in heard(text)) == said


@given(TEXTS)
def test_what_is_shown_is_always_as_typed(text):
    assert "".join(one.shown for one in heard(text)) == text


def test_html_shows_the_short_form_and_lets_the_long_one_be_heard():
    assert heard_html("<b> élu·e", hidden="vh") == (
        '&lt;b&gt; <span aria-hidden="true">élu·e</span><span class="vh">élue ou élu</span>'
    )


@pytest.mark.parametrize(
    ("manner", "made"),
    [
        ("as typed", "Les élu∙e∙s et les citoyennes et les citoyens ; iels"),
        ("median", "Les élu·e·s et les citoyen·ne·s ; iels"),
        ("parentheses", "Les élu(e)s et les citoyen(ne)s ; iels"),
        ("doublets", "Les élues et élus et les citoyennes et les citoyens ; iels"),
    ],
)
def test_our_own_sentences_take_the_manner_of_the_study(manner, made):
    assert rewritten("Les élu∙e∙s et les citoyennes et les citoyens ; iels", manner) == made


@pytest.mark.parametrize("manner", ["median", "parentheses"])
def test_what_we_write_we_read_again(manner):
    """Each pair of the list, written by us then read, is the same pair."""
    lost = []
    for row in FORMS:
        (form,) = inclusive_forms(row["phrase"])
        again = inclusive_forms(rewritten(f"des {form.text.replace(chr(10), ' ')}", manner))
        if [one.pair for one in again] != [form.pair]:
            lost.append((form.text, again))

    assert lost == []


def test_a_page_typesets_around_forms_without_touching_them():
    assert typeset_html("Les élu(e)s : oui", "fr") == "Les élu(e)s\u00a0: oui"
