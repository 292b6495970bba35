"""Decisions, passages, and what stays hidden. People and places are invented."""

from hypothesis import given
from hypothesis import strategies as st

from croisee.deidentify import (
    CandidateFinder,
    Decision,
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
    find_candidates,
    mask,
    mask_documents,
    voices,
)

REGISTRY = (
    MaskEntry("Lise Gagnon", "personne", "[prénom 1]"),
    MaskEntry("Phare", "organisme", "[organisme A]"),
    MaskEntry("Carrefour du Phare", "organisme", "[organisme B]"),
)
TEXT = "Lise Gagnon du Phare, au lise@lephare.org, dit merci."


def turn(text=TEXT, number=1, participant="p-001", speaker="p-001"):
    return Turn("d", number, speaker, participant, text)


def decided(text, decision, replacement="", source=TEXT, kind="personne"):
    start = source.index(text)
    return Decision("d", 1, start, start + len(text), text, kind, decision, replacement, "MR", "")


def masked(*decisions, text=TEXT, read=True):
    turns = [turn(text)]
    reviews = Reviews(decisions, (PassageReview("d", None, read, "MR"),))
    return mask(turns, find_candidates(turns, REGISTRY), reviews)


def test_undecided_is_masked_and_not_reviewed():
    corpus = masked()

    assert corpus.text("d", 1) == "[prénom 1] de l’[organisme A], au [courriel], dit merci."
    assert not corpus.is_reviewed("d", 1)


def test_accepted_refused_changed():
    corpus = masked(
        decided("Lise Gagnon", "changer", "[une collègue]"),
        decided("Phare", "refuser"),
        decided("lise@lephare.org", "accepter"),
    )

    assert corpus.text("d", 1) == "[une collègue] du Phare, au [courriel], dit merci."
    assert corpus.is_reviewed("d", 1)
    assert [(r.text, r.replacement, r.decided, r.by) for r in corpus.log] == [
        ("Lise Gagnon", "[une collègue]", True, "MR"),
        ("lise@lephare.org", "[courriel]", True, "MR"),
    ]


def test_what_nobody_read_is_not_reviewed_even_when_all_is_decided():
    corpus = masked(*(decided(c.text, "accepter") for c in find_candidates([turn()], REGISTRY)),
                    read=False)  # fmt: skip

    assert not corpus.is_reviewed("d", 1)


def test_passage_with_nothing_undecided_is_reviewed_inside_a_turn_that_is_not():
    corpus = masked()
    start = TEXT.index("dit merci")

    assert corpus.is_reviewed("d", 1, start, len(TEXT))
    assert not corpus.is_reviewed("d", 1, start - 5, len(TEXT))


def test_turn_review_prevails_over_its_document():
    turns = [turn("Rien à cacher."), turn("Rien non plus.", 2)]
    reviews = Reviews(
        (), (PassageReview("d", 2, reviewed=False), PassageReview("d", None, reviewed=True))
    )

    corpus = mask(turns, (), reviews)

    assert [t.is_reviewed() for t in corpus] == [True, False]


def test_decision_on_a_text_that_changed_is_stale_and_not_applied():
    old = "Lise Gagnon du Quai, au lise@lephare.org, dit merci."
    corpus = masked(
        decided("Quai", "refuser", source=old),
        decided("Lise Gagnon", "refuser"),
        decided("lise@lephare.org", "accepter"),
    )

    assert corpus.text("d", 1).startswith("Lise Gagnon de l’[organisme A]")
    assert [decision.text for decision in corpus.stale] == ["Quai"]
    assert not corpus.is_reviewed("d", 1)


def test_decision_about_a_turn_that_is_gone_is_stale():
    gone = Decision("d", 7, 0, 4, "Lise", "personne", "refuser")

    assert masked(gone).stale == (gone,)


def test_decision_survives_what_a_spreadsheet_does():
    text = "Appelez au +1 514 555-0199 svp"
    start = text.index("+1")
    spoiled = Decision("d", 1, start, start + 15, "'+1 514 555-0199", "téléphone", "accepter")

    corpus = masked(spoiled, text=text)

    assert (corpus.stale, corpus.is_reviewed("d", 1)) == ((), True)


def test_refusing_a_longer_passage_brings_back_the_name_it_covered():
    text = "au carrefour du phare de Lise"
    place = text.index("carrefour du phare")
    refused = Decision("d", 1, place, place + 18, "carrefour du phare", "organisme", "refuser")

    corpus = masked(refused, text=text)

    assert corpus.text("d", 1) == "au carrefour de l’[organisme A] de [prénom 1]"
    assert not corpus.is_reviewed("d", 1)


def test_person_can_mask_what_nothing_found():
    text = "Celle à la médaille dit merci."

    corpus = masked(
        decided("à la médaille", "accepter", "[trait rare]", source=text, kind="autre"),
        text=text,
    )

    assert corpus.text("d", 1) == "Celle [trait rare] dit merci."


def test_narrow_human_mask_does_not_uncover_the_rest_of_a_name():
    corpus = masked(decided("Gagnon", "accepter", "[nom]"))

    assert corpus.text("d", 1).startswith("[prénom 1] de ")


def test_passage_never_cuts_a_replacement():
    corpus = masked()
    start = TEXT.index("Gagnon")

    assert corpus.passage("d", 1, start, TEXT.index(", au")) == "[prénom 1] de l’[organisme A]"
    assert corpus.passage("d", 1, start + 1, start + 2) == "[prénom 1]"
    assert corpus.passage("d", 1, TEXT.index(" dit"), len(TEXT)) == " dit merci."


@given(st.data())
def test_no_passage_shows_a_masked_name(data):
    start = data.draw(st.integers(0, len(TEXT)))
    end = data.draw(st.integers(start, len(TEXT)))

    words = masked().passage("d", 1, start, end)

    assert not any(TEXT[i : i + 3] in words for i in range(9))
    assert "@" not in words


@given(
    st.lists(
        st.sampled_from(
            ["Lise", "Gagnon", "du", "Phare", "Carrefour", "12 rue", "lise@phare.ca", "@lise",
             "514 555-0199", "H2X 1Y4", "www.phare.ca", " ", ", ", "-", "p-001", "’"]
        ),
        max_size=10,
    )
)  # fmt: skip
def test_nothing_found_by_one_recogniser_is_left_in_sight(pieces):
    text = " ".join(pieces)
    finder = CandidateFinder(REGISTRY, ["p-001"])
    hits = list(finder._hits(text))
    candidates = finder.document([turn(text)])

    covered = [set(range(c.start, c.end)) for c in candidates]
    assert all(any(set(range(h.start, h.end)) <= places for places in covered) for h in hits)
    assert all(not (a & b) for i, a in enumerate(covered) for b in covered[:i])


def test_codes_and_speakers_get_a_voice_for_the_document():
    turns = [
        Turn("d", 1, "Chercheuse", "", "Bonjour Mireille, et toi P-002 ?"),
        Turn("d", 2, "Mireille", "p-001", "Bonjour."),
        Turn("d", 3, "Marie-Ève", "p-002", "Comme dit Mireille, un participant."),
        Turn("d", 4, "Chercheuse", "", "Et p003, absent ? Marie-Ève ? Ève ?"),
    ]

    corpus = mask(turns, find_candidates(turns, (), ["p-001", "p-002", "p-003"]), Reviews())

    assert [(t.voice, t.text) for t in corpus] == [
        ("", "Bonjour [voix 1], et toi [voix 2] ?"),
        ("Voix 1", "Bonjour."),
        ("Voix 2", "Comme dit [voix 1], un participant."),
        ("", "Et [voix 3], absent ? [voix 2] ? [voix 2] ?"),
    ]
    assert voices(turns) == {"p-001": "Voix 1", "p-002": "Voix 2"}


def test_name_of_somebody_who_withdrew_is_still_masked():
    turns = [
        Turn("d", 1, "Animation", "", "Bonjour Bertrand, bonjour Inès."),
        Turn("d", 3, "Inès", "", "Bertrand a raison, l’animation aussi."),
    ]
    finder = CandidateFinder((), ["p-001"], labels={"d": ["Animation", "Bertrand", "Inès"]})

    corpus = mask(turns, finder.document(turns), Reviews())

    assert [turn.text for turn in corpus] == [
        "Bonjour [une autre personne], bonjour [une autre personne].",
        "[une autre personne] a raison, l’animation aussi.",
    ]


def test_ordinary_words_and_numbers_that_are_codes_are_left_alone():
    turns = [turn("Il y a 12 tables, et une.")]

    assert find_candidates(turns, (), ["12", "une", "a"]) == ()


def test_documents_stream_one_by_one():
    seen = []

    def documents():
        for name in ("d1", "d2"):
            seen.append(name)
            yield [Turn(name, 1, "", "", "Lise Gagnon")]

    stream = mask_documents(documents(), CandidateFinder(REGISTRY), Reviews())

    first = next(stream)
    assert (first.document, first.turns[0].text, seen) == ("d1", "[prénom 1]", ["d1"])


def test_unknown_place_is_not_reviewed():
    assert not masked().is_reviewed("autre", 1)


def test_human_recogniser_joins_the_others():
    class Jobs:
        name = "métiers"

        def find(self, text):
            from croisee.deidentify import Found

            start = text.find("mairesse")
            return [Found(start, start + 8, "autre", "[fonction]")] if start >= 0 else []

    finder = CandidateFinder((), recognisers=(Jobs(),))

    (candidate,) = finder.document([turn("La mairesse est venue.")])

    assert (candidate.text, candidate.source) == ("mairesse", "métiers")
