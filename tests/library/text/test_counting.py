"""Words are counted, and met together, by what they are and not by how they were written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import (
    EMPTY_WORDS,
    SPOKEN_WORDS,
    Search,
    Together,
    co_occurrences,
    word_counts,
    word_places,
    words_beside,
)

PLURALS = (
    "intervenant·e·s", "intervenant∙e∙s", "intervenant.e.s", "intervenant-e-s", "intervenant(e)s",
    "INTERVENANT·E·S", "intervenantes et intervenants", "intervenantes et les intervenants",
    "intervenants/intervenantes",
)  # fmt: skip


def counts(*texts, reading="epicene", without=EMPTY_WORDS):
    found = word_counts(texts, reading, without=without)
    return {one.form: (one.times, one.texts) for one in found}


@pytest.mark.parametrize("writing", PLURALS)
def test_each_writing_counts_once_under_the_same_form(writing):
    assert counts(f"Nous avons vu {writing} hier.") == {
        "avons": (1, 1), "vu": (1, 1), "intervenant·e·s": (1, 1), "hier": (1, 1),
    }  # fmt: skip


def test_the_writings_of_a_form_are_kept_as_typed():
    (one,) = word_counts([" ; ".join(PLURALS)], without=EMPTY_WORDS)

    assert (one.form, one.times, one.texts) == ("intervenant·e·s", len(PLURALS), 1)
    assert dict(one.writings) == dict.fromkeys(PLURALS, 1)


def test_a_gender_written_alone_is_another_word_unless_the_reading_joins_them():
    texts = ["Les intervenant·e·s", "des intervenantes", "des intervenants"]

    assert counts(*texts) == {
        "intervenant·e·s": (1, 1), "intervenantes": (1, 1), "intervenants": (1, 1),
    }  # fmt: skip
    assert counts(*texts, reading="feminine") == {
        "intervenantes": (2, 2), "intervenants": (1, 1),
    }  # fmt: skip
    assert counts(*texts, reading="masculine") == {
        "intervenants": (2, 2), "intervenantes": (1, 1),
    }  # fmt: skip


def test_capitals_accents_composed_or_not_and_soft_hyphens_make_one_word():
    texts = ["Équipe", unicodedata.normalize("NFD", "équipe"), "é\u00adquipe", "ÉQUIPE", "equipe"]

    assert counts(*texts) == {"équipe": (4, 4), "equipe": (1, 1)}


def test_pauses_and_time_stamps_are_no_words_and_what_is_said_over_another_is():
    text = "Bon (12 secondes) [0:12] alors (pause) //voyons// (..) le 12"

    assert counts(text, without=()) == {
        "bon": (1, 1), "alors": (1, 1), "voyons": (1, 1), "le": (1, 1), "12": (1, 1),
    }  # fmt: skip


def test_an_empty_word_is_left_out_in_every_writing():
    text = "Toutes et tous, iel et celleux, tou·te·s les élu·e·s"

    assert counts(text, without=SPOKEN_WORDS) == {"élu·e·s": (1, 1)}


def test_the_most_frequent_come_first_then_the_alphabet_accents_aside():
    found = word_counts(["zoo zoo été", "arbre", "ferme"])

    assert [one.form for one in found] == ["zoo", "arbre", "été", "ferme"]


def test_words_met_in_one_text_are_counted_by_text():
    texts = [
        "Les élues et élus, les élu·e·s et l’argent", "l’argent des élu(e)s", "l’argent", "rien",
    ]  # fmt: skip

    assert co_occurrences(texts, ["élu·e·s", "argent", "absent"]) == (
        Together("argent", "élu·e·s", 2, 3, 2, 4),
    )
    assert co_occurrences(texts, ["élu·e·s", "argent"])[0].expected == 1.5


def test_what_is_said_beside_a_word_leaves_the_word_out():
    texts = ["Une intervenante fatiguée", "des intervenant·e·s et l’argent", "l’argent, fatiguée"]

    found = words_beside(texts, Search("intervenante"), without=EMPTY_WORDS)

    assert found == (
        Together("intervenante", "argent", 1, 2, 2, 3),
        Together("intervenante", "fatiguée", 1, 2, 2, 3),
    )
    assert words_beside(texts, Search("intervenant"), without=EMPTY_WORDS) == (
        Together("intervenant", "argent", 1, 1, 2, 3),
    )


@given(st.lists(st.text(st.sampled_from("élu·es() ’-.,Et \n"), max_size=60), max_size=4))
def test_every_word_is_counted_once_whatever_the_text(texts):
    found = word_counts(texts)

    assert sum(one.times for one in found) == sum(
        len(word_places(text, whole_doublets=True)) for text in texts
    )
    assert all(sum(times for _, times in one.writings) == one.times for one in found)
    assert all(1 <= one.texts <= one.times for one in found)
