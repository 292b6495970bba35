"""Search keys and abbreviated doublets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import fold, fold_with_offsets, inclusive_forms


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Éducatrices", "educatrices"),
        ("L’ŒUVRE", "l'oeuvre"),
        ("intervenant∙e‧s", "intervenant·e·s"),
        ("Jean–Talon", "jean-talon"),
        ("Straße", "strasse"),
        ("a\u202fb\u00a0c", "a b c"),
    ],
)
def test_fold_gives_one_key_to_every_writing(text, key):
    assert fold(text) == key


@given(st.text(max_size=30))
def test_fold_is_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=30))
def test_fold_with_offsets_knows_where_each_sign_comes_from(text):
    folded = fold_with_offsets(text)

    assert folded.key == fold(text)
    assert all(
        character in fold(text[start:end])
        for character, start, end in zip(folded.key, folded.starts, folded.ends, strict=False)
    )


def test_fold_with_offsets_finds_the_original():
    text = "Chez l’Œuvre du Nord"
    folded = fold_with_offsets(text)
    place = folded.key.index("oeuvre")

    start, end = folded.origin(place, place + len("oeuvre"))

    assert text[start:end] == "Œuvre"


@pytest.mark.parametrize(
    ("written", "masculine", "feminine"),
    [
        ("intervenant∙e∙s", "intervenants", "intervenantes"),
        ("intervenant·es", "intervenants", "intervenantes"),
        ("intervenant‧e", "intervenant", "intervenante"),
        ("intervenant•e•s", "intervenants", "intervenantes"),
        ("intervenant.e.s", "intervenants", "intervenantes"),
        ("intervenant-e-s", "intervenants", "intervenantes"),
        ("intervenant(e)s", "intervenants", "intervenantes"),
        ("directeur(-trice)", "directeur", "directrice"),
        ("animateur·rice·s", "animateurs", "animatrices"),
        ("chercheur·euse·s", "chercheurs", "chercheuses"),
        ("travailleur(se)s", "travailleurs", "travailleuses"),
        ("heureux·se", "heureux", "heureuse"),
        ("conseiller·ère·s", "conseillers", "conseillères"),
        ("actif·ive·s", "actifs", "actives"),
        ("citoyen·ne·s", "citoyens", "citoyennes"),
        ("professionnel·le·s", "professionnels", "professionnelles"),
        ("tou·te·s", "tous", "toutes"),
        ("ils∙elles", "ils", "elles"),
        ("celui·celle", "celui", "celle"),
    ],
)
def test_inclusive_form_stands_for_two_words(written, masculine, feminine):
    text = f"Les {written} sont là."

    (form,) = inclusive_forms(text)

    assert (form.text, form.masculine, form.feminine) == (written, masculine, feminine)
    assert text[form.start : form.end] == written


@pytest.mark.parametrize(
    "text", ["dit-elle", "donne-le", "C'est fin.Les autres", "a-t-elle", "est-ce", "2.5", "3·4"]
)
def test_ordinary_words_are_no_inclusive_form(text):
    assert inclusive_forms(text) == ()


def test_inclusive_form_is_found_by_both_words_and_by_the_full_doublet():
    (form,) = inclusive_forms("Étudiant·e·s")

    assert form.keys == (
        "etudiants",
        "etudiantes",
        "etudiants et etudiantes",
        "etudiantes et etudiants",
        "etudiants ou etudiantes",
        "etudiantes ou etudiants",
    )
