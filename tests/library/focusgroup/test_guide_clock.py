"""A verbatim is cut along its guide: by the session log, by what is read aloud, by a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.focusgroup import Cut, Ground, Opened, Sureness, cut_along_the_guide
from croisee.text import ParsedTurn

GUIDE = {
    "outils": "Quels outils numériques utilisez-vous pour travailler avec vos partenaires ?",
    "telet": "Comment le télétravail a-t-il changé vos réunions d’équipe ?",
    "argent": "Qui devrait payer pour l’équipement et le soutien informatique ?",
    "reve": "Si vous aviez une baguette magique, que changeriez-vous dans votre réseau ?",
}
SAID = [
    ("Animatrice", "Bonjour tout le monde, merci d’être là ce matin."),
    ("Lou", "Bonjour."),
    ("Animatrice", "On commence : quels outils numériques utilisez-vous avec vos partenaires ?"),
    ("Lou", "Nous autres c’est surtout le courriel, puis des fois une visio."),
    ("Sacha", "Pareil, avec un tableau partagé."),
    ("Animatrice", "Parfait. Et le télétravail, comment ça a changé vos réunions d’équipe ?"),
    ("Sacha", "On se voit moins, mais on se parle plus souvent."),
    ("Animatrice", "Qui devrait payer l’équipement, puis le soutien informatique, d’après vous ?"),
    ("Lou", "Le bailleur de fonds, voyons, c’est lui qui demande les rapports."),
    ("Animatrice", "Avec une baguette magique, vous changeriez quoi dans le réseau ?"),
    ("Sacha", "Un seul mot de passe pour tout."),
]
BEGINS = {"outils": 2, "telet": 5, "argent": 7, "reve": 9}


def turns(said=SAID, *, every=40.0, zero=0.0, team="Animatrice"):
    return [
        ParsedTurn(team if who == "Animatrice" else who, text, zero + every * place)
        for place, (who, text) in enumerate(said)
    ]


def places(cuts):
    return {one.theme: one.turn for one in cuts.cuts}


def test_questions_read_aloud_are_cut_without_a_log():
    cuts = cut_along_the_guide(turns(), GUIDE)

    assert places(cuts) == BEGINS
    assert {one.ground for one in cuts.cuts} == {Ground.READING}
    assert (cuts.missing, cuts.shift) == ((), None)
    assert [cuts.theme_of(place) for place in (0, 2, 4, 5, 10)] == [
        "", "outils", "outils", "telet", "reve",
    ]  # fmt: skip


def test_a_log_on_another_clock_is_set_by_what_is_read_aloud():
    log = [Opened(theme, 43_200.0 + 40.0 * turn + 3.0) for theme, turn in BEGINS.items()]

    cuts = cut_along_the_guide(turns(), GUIDE, log)

    assert places(cuts) == BEGINS
    assert {(one.ground, one.sureness) for one in cuts.cuts} == {(Ground.BOTH, Sureness.SURE)}
    assert cuts.shift == pytest.approx(-43_203.0)


def test_a_question_asked_in_other_words_is_cut_by_the_log():
    said = [*SAID]
    said[7] = ("Animatrice", "La facture, on l’envoie à qui ?")
    log = [Opened(theme, 900.0 + 40.0 * turn - 2.0) for theme, turn in BEGINS.items()]

    cuts = cut_along_the_guide(turns(said), GUIDE, log)
    alone = cut_along_the_guide(turns(said), GUIDE)

    assert places(cuts) == BEGINS
    assert cuts.cuts[2] == Cut("argent", 7, Ground.LOG, Sureness.LIKELY, 0.0)
    assert (places(alone).get("argent"), alone.missing) == (None, ("argent",))


def test_two_questions_that_fall_on_one_turn_leave_it_to_the_one_read_there():
    log = [Opened(theme, 40.0 * turn) for theme, turn in BEGINS.items()]
    log.insert(2, Opened("autre", 40.0 * 7 - 15.0))

    cuts = cut_along_the_guide(turns(), GUIDE, log)

    assert places(cuts) == BEGINS
    assert cuts.missing == ("autre",)


def test_what_a_person_decides_wins_over_what_is_computed():
    cuts = cut_along_the_guide(turns(), GUIDE).settled({"telet": 7, "reve": None})

    assert places(cuts) == {"outils": 2, "telet": 7}
    assert cuts.cuts[1] == Cut("telet", 7, Ground.PERSON, Sureness.SURE, 0.0)
    assert cuts.missing == ("argent",)


def test_a_clock_that_nothing_sets_cuts_nothing():
    said = [(who, "Bon." if who == "Animatrice" else text) for who, text in SAID]
    cuts = cut_along_the_guide(turns(said), GUIDE, [Opened("outils", 5.0), Opened("telet", 9.0)])

    assert (cuts.cuts, cuts.shift) == ((), None)
    assert cuts.missing == tuple(GUIDE)


def test_one_reading_that_disagrees_does_not_set_the_clock():
    log = [Opened(theme, 40.0 * turn) for theme, turn in BEGINS.items()]
    log[1] = Opened("telet", 4_000.0)

    cuts = cut_along_the_guide(turns(), GUIDE, log)

    assert cuts.shift == pytest.approx(0.0)
    assert places(cuts) == {"outils": 2, "argent": 7, "reve": 9}
    assert cuts.missing == ("telet",)


def test_a_question_that_nobody_noted_is_cut_where_it_is_read_and_to_be_checked():
    log = [Opened(theme, 40.0 * turn) for theme, turn in BEGINS.items() if theme != "telet"]

    cuts = cut_along_the_guide(turns(), GUIDE, log)

    assert places(cuts) == BEGINS
    telet = cuts.cuts[1]
    assert (telet.ground, telet.sureness) == (Ground.READING, Sureness.TO_CHECK)


def test_a_question_read_again_begins_the_first_time_and_less_surely():
    said = [*SAID, SAID[2]]
    cuts = cut_along_the_guide(turns(said), {"outils": GUIDE["outils"]})

    assert [(one.turn, one.sureness) for one in cuts.cuts] == [(2, Sureness.LIKELY)]


def test_someone_who_says_every_word_over_an_hour_reads_no_question():
    words = " ".join(GUIDE.values()).split()
    far = " ".join(f"{word} " + "puis là t’sais veux dire genre " * 12 for word in words)
    cuts = cut_along_the_guide([ParsedTurn("Animatrice", far, 0.0)], GUIDE)

    assert cuts.cuts == ()


def test_a_question_is_the_same_in_every_writing_and_as_a_machine_hears_it():
    guide = {"part": "Que font les intervenant·e·s et les coordonnateurs et coordonnatrices ?"}
    for heard in (
        "que font les intervenantes et les intervenants, puis les coordonnateur·rice·s",
        "QUE FONT LES INTERVENANT(E)S ET LES COORDONNATRICES",
        "que fond les intervenant les coordonnatrisse",
    ):
        cuts = cut_along_the_guide([ParsedTurn("Animatrice", heard)], guide)
        assert [one.turn for one in cuts.cuts] == [0], heard


def test_where_nobody_is_known_to_facilitate_every_turn_is_looked_at():
    assert places(cut_along_the_guide(turns(team="Voix 3"), GUIDE)) == BEGINS
    known = cut_along_the_guide(turns(team="Voix 3"), GUIDE, team=["voix 3"])
    assert places(known) == BEGINS


def test_a_person_moves_a_cut():
    cuts = cut_along_the_guide(turns(), GUIDE).moved("telet", 6)

    assert places(cuts) == {**BEGINS, "telet": 6}
    assert cuts.cuts[1] == Cut("telet", 6, Ground.PERSON, Sureness.SURE, 0.0)
    with pytest.raises(ValueError, match="7"):
        cuts.moved("telet", 7)
    placed = cut_along_the_guide(turns()[:7], GUIDE)
    assert placed.missing == ("argent", "reve")
    assert placed.moved("argent", 6).missing == ("reve",)


@given(
    shift=st.floats(-100_000, 100_000),
    late=st.lists(st.floats(-8, 8), min_size=4, max_size=4),
)
def test_the_shift_of_the_clocks_never_changes_the_cuts(shift, late):
    log = [
        Opened(theme, 40.0 * turn + one - shift)
        for (theme, turn), one in zip(BEGINS.items(), late, strict=True)
    ]
    cuts = cut_along_the_guide(turns(), GUIDE, log)

    assert places(cuts) == BEGINS
    assert cuts.shift == pytest.approx(shift, abs=9)


@given(st.lists(st.sampled_from([*SAID, ("Animatrice", "")]), max_size=30))
def test_cuts_are_in_the_order_of_the_guide_and_of_the_turns(said):
    cuts = cut_along_the_guide(turns(said), GUIDE)

    order = list(GUIDE)
    assert [one.theme for one in cuts.cuts] == sorted(
        (one.theme for one in cuts.cuts), key=order.index
    )
    assert all(a.turn < b.turn for a, b in zip(cuts.cuts, cuts.cuts[1:], strict=False))
    assert sorted({one.theme for one in cuts.cuts} | set(cuts.missing)) == sorted(GUIDE)
