"""Typography: what is printed, in each medium and language, and what is left alone."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.text import typeset, typeset_html

MEDIA = ("html", "pdf", "text")
PIECES = st.sampled_from([
    "«", "»", '"', "'", ":", ";", "!", "?", "%", "$", " ", "\u00a0", "\u202f", "\u2009", "(", ")",
    "1", "25", "000", "350", "h", "n", "=", "...", "…", "mot", "l", "{a.b/c}", "x@y.ca", "\n", "“",
    "https://a.ca/?b=1", "`code : x`", "mai", ",", ".", "-", "k$", "‰", "é", "\ue000",
])  # fmt: skip
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.parametrize(
    ("written", "html", "pdf", "text"),
    [
        ("Vraiment ?", "Vraiment\u202f?", "Vraiment\u202f?", "Vraiment?"),
        ("Oui!", "Oui\u202f!", "Oui\u202f!", "Oui!"),
        ("Ici ; là", "Ici\u202f; là", "Ici\u202f; là", "Ici; là"),
        ("Deux cas : A", *["Deux cas\u00a0: A"] * 3),
        ("75% ou 60 %", *["75\u00a0% ou 60\u00a0%"] * 3),
        ("25 000 $", "25 000\u00a0$", "25\u202f000\u00a0$", "25 000\u00a0$"),
        ("1 250 000 personnes", "1 250 000 personnes", "1\u202f250\u202f000 personnes",
         "1 250 000 personnes"),
        ("«oui»", *["«\u00a0oui\u00a0»"] * 3),
        ('Un "guide" ici', *["Un «\u00a0guide\u00a0» ici"] * 3),
        ("l'aide d'un ami", *["l’aide d’un ami"] * 3),
        ("à 14h30, à 9 h", *["à 14\u00a0h\u00a030, à 9\u00a0h"] * 3),
        ("le 22 novembre 2026, le 1er mai", *["le 22\u00a0novembre 2026, le 1er\u00a0mai"] * 3),
        ("(n = 28)", *["(n\u00a0=\u00a028)"] * 3),
        ("Et puis...", *["Et puis…"] * 3),
        ("Non ?!", "Non\u202f?!", "Non\u202f?!", "Non?!"),
    ],
)  # fmt: skip
def test_typeset_french(written, html, pdf, text):
    assert tuple(typeset(written, "fr", medium=medium) for medium in MEDIA) == (html, pdf, text)


@pytest.mark.parametrize(
    "written",
    [
        "https://exemple.ca/a?b=1:2;c",
        "ecrire@exemple.ca",
        "{eclair.2020.aide/aucune@carrefours|pct}",
        "`prix : 1 000 $`",
        "10:30",
        "418 555 0199",
        "en 2020 350 personnes",
        "(?)",
    ],
)
def test_typeset_leaves_alone(written):
    assert [typeset(written, "fr", medium=medium) for medium in MEDIA] == [written] * 3


def test_typeset_english():
    written = 'It\'s "theirs" : 75 % ? On 22 November'

    assert typeset(written, "en") == "It’s “theirs”: 75%? On 22\u00a0November"


@pytest.mark.parametrize(
    ("written", "set_"),
    [
        ("« oui » et « non »", "“oui” et “non”"),
        ("««x»»", "““x””"),
        ("« a « b » c »", "“a “b” c”"),
        ('««"»»', '““"””'),
        ("« a", "“a"),
        ("https://a.ca/?b=1«`c : x`", "https://a.ca/?b=1“`c : x`"),
    ],
)
def test_guillemets_become_english_quotes_at_once_however_deep(written, set_):
    assert [typeset(written, "en"), typeset(set_, "en")] == [set_, set_]


@given(TEXTS, st.sampled_from(["fr", "en"]), st.sampled_from(MEDIA))
def test_typeset_is_idempotent(text, language, medium):
    once = typeset(text, language, medium=medium)

    assert typeset(once, language, medium=medium) == once


@given(TEXTS, st.sampled_from(MEDIA), st.sampled_from(MEDIA))
def test_typeset_forgets_the_medium_before(text, first, second):
    direct = typeset(text, "fr", medium=second)

    assert typeset(typeset(text, "fr", medium=first), "fr", medium=second) == direct


@given(TEXTS)
def test_typeset_changes_no_word(text):
    def bare(words):
        flat = words.replace("...", "…")
        return re.sub("[\\s'’\"«»“”]", "", flat)

    assert bare(typeset(text, "fr", medium="pdf")) == bare(text)


def test_typeset_html_holds_thousands_together_with_ordinary_spaces():
    assert typeset_html("100 000 $ & 2 700 groupes ; 75 %", "fr") == (
        '<span class="nc">100 000 $</span> &amp; <span class="nc">2 700</span> groupes\u202f;'
        " 75\u00a0%"
    )


def test_typeset_html_escapes_what_it_is_given():
    assert typeset_html('<b title="x">5 < 6</b>', "en") == (
        "&lt;b title=&quot;x&quot;&gt;5 &lt; 6&lt;/b&gt;"
    )


@given(TEXTS)
def test_typeset_html_says_what_typeset_says(text):
    shown = unescape(re.sub(r"</?span[^>]*>", "", typeset_html(text, "fr")))

    assert re.sub(r"\s", " ", shown) == re.sub(r"\s", " ", typeset(text, "fr", medium="html"))
