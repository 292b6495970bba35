"""Sentences of what people said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import sentence_starts


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Oui… on verra. Mme L. Roy vient ! Ici.",
            ["Oui… on verra. ", "Mme L. Roy vient ! ", "Ici."],
        ),
        ("« Bon. » Il part.", ["« Bon. » ", "Il part."]),
        ("Une ligne\nAutre", ["Une ligne\n", "Autre"]),
        ("On a payé. 12 personnes.", ["On a payé. ", "12 personnes."]),
        ("ben oui c’est ça on verra", ["ben oui c’est ça on verra"]),
        ("Vrai ?! École.", ["Vrai ?! ", "École."]),
        ("", [""]),
        ("Fin. ", ["Fin. "]),
    ],
)
def test_sentences_of_speech(text, sentences):
    starts = sentence_starts(text)

    assert [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)] == sentences


@given(st.text("aB. !»\n…", max_size=30))
def test_starts_ascend_inside_the_text(text):
    starts = sentence_starts(text)

    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(start < len(text) for start in starts[1:])
