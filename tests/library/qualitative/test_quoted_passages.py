"""Quotes: masked words, read by somebody, accepted by the person who said them."""

from coded_study import TURNS, coding, frozen

from croisee.deidentify import (
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
    find_candidates,
    mask,
)
from croisee.findings import Quote
from croisee.qualitative import quotes

TEXT = TURNS[1][3]
WHOLE = {"key": "aide", "document": "e-1", "turn": 2, "start": 0, "end": len(TEXT)}
PART = {"key": "manque", "document": "e-1", "turn": 2, "start": 0, "end": len("L’aide manque,")}


def masked(dataset, *read):
    turns = [
        Turn(document["document"], t["turn"], t["speaker"], t["participant"], t["text"])
        for document, lines in dataset.documents()
        for t in lines
    ]
    registry = (MaskEntry("Lise", "personne", "[prénom 1]"),)
    reviews = Reviews((), tuple(PassageReview(name, None, reviewed=True) for name in read))
    return mask(turns, find_candidates(turns, registry), reviews)


def test_quote_is_masked_and_says_where_it_comes_from(tmp_path):
    dataset = frozen(
        tmp_path,
        excerpts=[WHOLE],
        codings=[coding("e-1", 2, "aide", 0, 13), coding("e-1", 2, "argent", 45, 46)],
    )

    assert quotes(dataset, masked(dataset, "e-1")) == (
        Quote(
            "aide",
            "L’aide manque, et [prénom 1] du foyer ne vient plus.",
            "nord",
            "entretien",
            "2020",
            "p-1",
            "e-1",
            2,
            reviewed=False,
            consented=True,
            codes=("aide", "argent"),
        ),
    )


def test_passage_with_nothing_to_decide_is_reviewed_once_read(tmp_path):
    dataset = frozen(tmp_path, excerpts=[PART, WHOLE])

    read = quotes(dataset, masked(dataset, "e-1"))
    unread = quotes(dataset, masked(dataset))

    assert [(q.key, q.reviewed) for q in read] == [("aide", False), ("manque", True)]
    assert [q.reviewed for q in unread] == [False, False]


def test_person_who_refused_to_be_quoted_did_not_consent(tmp_path):
    dataset = frozen(tmp_path, no_quote=["p-1"], excerpts=[PART])

    assert [q.consented for q in quotes(dataset, masked(dataset, "e-1"))] == [False]


def test_words_of_the_team_have_no_consent(tmp_path):
    dataset = frozen(tmp_path, excerpts=[{**PART, "turn": 1}])

    assert [(q.participant, q.consented) for q in quotes(dataset, masked(dataset))] == [("", False)]


def test_person_who_refused_analysis_has_no_quote(tmp_path):
    dataset = frozen(tmp_path, refusing=["p-1"], excerpts=[PART])

    assert quotes(dataset, masked(dataset, "e-1")) == ()
