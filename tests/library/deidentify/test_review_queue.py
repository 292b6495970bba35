"""One decision for every place, and the queue that asks for it. People are invented."""

import csv
import re
from dataclasses import replace

import pytest

from croisee.deidentify import (
    CandidateFinder,
    Decision,
    Found,
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
    WideDecision,
    mask_documents,
    with_replacements,
    write_reviews,
)
from croisee.deidentify.queue import HEADER, Level, QueueBuilder, write_queue
from croisee.deidentify.unfit import WideFit

REGISTRY = with_replacements(
    (
        MaskEntry("Aline Vadnet", "personne", ""),
        MaskEntry("Le Fanal", "organisme", "", ("Fanal",)),
        MaskEntry("Rivebelle", "lieu", "[une municipalité]"),
    )
)


class Listed:
    """A recogniser of two first names and of numbers, as lists would find them."""

    name = "lexique"

    def find(self, text):
        for match in re.finditer("Rosette|Basile", text):
            yield Found(match.start(), match.end(), "personne", "[une personne]")
        for match in re.finditer(r"\+1 514 555-0199", text):
            yield Found(match.start(), match.end(), "téléphone", "[téléphone]")


TEXTS = {
    "a": (
        "Rosette aime Rivebelle.",
        "zazou et Rosette, au Fanal.",
        "Basile, au +1 514 555-0199.",
    ),
    "b": ("Rosette, c’est une fleur.", "Aline Vadnet connaît Vadnet, pis le Zibou de Rivebelle."),
}


def masked(reviews=None, texts=None):
    finder = CandidateFinder(REGISTRY, recognisers=[Listed()])
    documents = [
        [Turn(name, n, "", "", text) for n, text in enumerate(said, start=1)]
        for name, said in (texts or TEXTS).items()
    ]
    return list(mask_documents(documents, finder, reviews or Reviews()))


def queue(reviews=None, texts=None):
    reviews = reviews or Reviews()
    builder = QueueBuilder(REGISTRY, reviews)
    for document in masked(reviews, texts):
        builder.add(document)
    return builder.built()


def rosette(decision, **more):
    return WideDecision("rosette", "personne", "[une personne]", decision, **more)


def shown(reviews, texts=None):
    return [turn.text for document in masked(reviews, texts) for turn in document.turns]


def test_one_decision_changes_every_place_in_every_document():
    decision = rosette("changer", replacement="[personne 9]", by="MR", on="2026-11-20")

    assert [t for t in shown(Reviews(everywhere=(decision,))) if "personne 9" in t] == [
        "[personne 9] aime [une municipalité].",
        "zazou et [personne 9], à l’[organisme A].",
        "[personne 9], c’est une fleur.",
    ]


def test_who_decided_everywhere_is_in_the_log_and_the_passage_may_be_quoted():
    reviews = Reviews((), (PassageReview("b", 1, reviewed=True),), (rosette("accepter", by="MR"),))
    turn = masked(reviews)[1].turns[0]

    assert (turn.is_reviewed(), [(r.by, r.decided) for r in turn.replacements]) == (
        True,
        [("MR", True)],
    )


def test_a_refusal_holds_only_in_the_documents_its_author_read():
    refused = rosette("refuser", documents=("b",))

    assert [t for t in shown(Reviews(everywhere=(refused,))) if "osette" in t] == [
        "Rosette, c’est une fleur."
    ]
    assert [
        (line.text, line.decision, line.documents)
        for line in queue(Reviews(everywhere=(refused,))).lines
        if line.text == "Rosette"
    ] == [("Rosette", None, {"a": 2}), ("Rosette", refused, {"b": 1})]


def test_what_is_decided_of_one_place_prevails():
    here = Decision("b", 1, 0, 7, "Rosette", "personne", "changer", "[la patronne]")
    reviews = Reviews((here,), (), (rosette("refuser"),))

    assert shown(reviews)[3] == "[la patronne], c’est une fleur."
    assert shown(reviews)[0] == "Rosette aime [une municipalité]."


def test_words_that_nothing_found_are_hidden_wherever_they_are():
    decision = WideDecision("Zibou", "organisme", "", "changer", "[organisme B]")

    assert shown(Reviews(everywhere=(decision,)))[-1] == (
        "[personne 1] connaît [personne 1], pis l’[organisme B] d’[une municipalité]."
    )
    found = queue(Reviews(everywhere=(decision,)))
    assert [(line.text, line.decision, line.times) for line in found.lines[-1:]] == [
        ("Zibou", decision, 1)
    ]
    assert found.unfit == ()


def test_the_queue_groups_what_is_the_same_and_puts_the_worst_first():
    assert [(line.level, line.text, line.times, line.unsure) for line in queue().waiting] == [
        (Level.DIRECT, "+1 514 555-0199", 1, True),
        (Level.DIRECT, "Basile", 1, True),
        (Level.DIRECT, "Vadnet", 1, True),
        (Level.DIRECT, "Rosette", 3, True),
        (Level.DIRECT, "Aline Vadnet", 1, False),
        (Level.STRONG, "Fanal", 1, False),
        (Level.INDIRECT, "Rivebelle", 2, False),
        (Level.CAPITAL, "Zibou", 1, False),
        (Level.NAME, "fleur", 1, False),
        (Level.RARE, "zazou", 1, False),
    ]


SIGHT = {
    "c": (
        "mon numéro, cinq un quatre, quarante-deux, c’est ça.",
        "la rose est morte, rose est partie, claires aussi. Trois mille cinq cents dollars.",
        "En 1998, au 12 Fanal, 2500 $, le 16.12.78, dit vlo, et j-s, et jo. Zozo. Aujourd’hui.",
        "rose, encore rose, 8 personnes.",
    )
}


def test_numbers_and_names_that_are_also_words_are_in_the_queue_with_their_sentences():
    lines = [
        (line.level, line.text, line.times)
        for line in queue(texts=SIGHT).waiting
        if line.level in (Level.NUMBER, Level.NAME)
    ]

    assert lines == [
        (Level.NUMBER, "16.12.78", 1),
        (Level.NUMBER, "1998, au 12", 1),
        (Level.NUMBER, "cinq un quatre, quarante-deux", 1),
        (Level.NAME, "claires", 1),
        (Level.NAME, "jo", 1),
        (Level.NAME, "rose", 4),
    ]
    rose = next(line for line in queue(texts=SIGHT).waiting if line.text == "rose")
    assert rose.sentence.split(" / ") == [
        "la rose est morte, rose est partie, claires aussi.",
        "la rose est morte, rose est partie, claires aussi.",
        "rose, encore rose, 8 personnes.",
    ]


def test_short_words_and_initials_that_no_list_holds_are_rare():
    rare = {line.text for line in queue(texts=SIGHT).waiting if line.level is Level.RARE}

    assert {"vlo", "j-s"} <= rare
    assert rare.isdisjoint({"Aujourd", "hui", "morte", "partie"})


def test_a_word_said_often_in_one_document_stays_in_the_queue():
    said = {"d": ("zazou " * 9,), **dict.fromkeys("efgh", ("zibou.",))}

    assert [(line.text, line.times) for line in queue(texts=said).waiting] == [("zazou", 9)]


def test_what_hides_a_number_hides_it_everywhere():
    (line,) = (one for one in queue(texts=SIGHT).waiting if one.text.startswith("cinq"))
    decision = WideDecision(line.text, "téléphone", "", "changer", "[téléphone]")

    assert "mon numéro, [téléphone], c’est ça." in shown(Reviews(everywhere=(decision,)), SIGHT)


def test_a_place_already_decided_is_not_asked_again_hidden_or_shown():
    decided = tuple(
        Decision("a", 3, start, end, text, kind, decision)
        for start, end, text, kind, decision in (
            (0, 6, "Basile", "personne", "refuser"),
            (11, 26, "+1 514 555-0199", "téléphone", "accepter"),
        )
    )

    assert {"Basile", "+1 514 555-0199"} & {
        line.text for line in queue(Reviews(decided)).lines
    } == set()


def test_a_decision_whose_words_are_gone_or_replaced_otherwise_is_unfit():
    gone = WideDecision("Ludivine", "personne", "[une personne]", "accepter")
    renumbered = WideDecision("Aline Vadnet", "personne", "[personne 7]", "refuser")
    nowhere = WideDecision("Zibelline", "autre", "", "accepter")

    assert queue(Reviews(everywhere=(gone, rosette("accepter"), renumbered, nowhere))).unfit == (
        gone,
        renumbered,
        nowhere,
    )


@pytest.fixture
def rows(tmp_path):
    def written(reviews=None):
        path = tmp_path / "partout.csv"
        write_queue(path, queue(reviews), REGISTRY, "fr")
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file, delimiter=";"))

    return written


def test_the_file_asks_with_the_sentence_and_offers_a_free_number(rows):
    lines = rows()
    asked = {line["texte"]: line for line in lines}

    assert tuple(lines[0]) == HEADER
    assert asked["Rosette"]["phrase"] == "Rosette aime Rivebelle."
    assert asked["Rosette"]["documents"] == "a|b"
    assert "[personne 4]" in asked["Rosette"]["raison"]
    assert "bien cette personne" in asked["Vadnet"]["raison"]


def test_no_cell_of_the_file_is_a_formula_and_its_words_are_known_again(rows):
    (line,) = [line for line in rows() if "514" in line["texte"]]
    assert line["texte"] == "'+1 514 555-0199"

    back = WideDecision(line["texte"], line["type"], line["proposition"], "refuser")

    assert shown(Reviews(everywhere=(back,)))[2] == "[une personne], au +1 514 555-0199."


def test_the_file_written_again_keeps_what_was_decided_at_its_end(rows):
    decision = rosette("changer", replacement="[personne 4]", by="MR", on="2026-11-20")
    lines = rows(Reviews(everywhere=(decision, replace(decision, text="Absente"))))

    assert [(lines[-1][name]) for name in ("texte", "decision", "remplacement", "par", "le")] == [
        "Rosette", "changer", "[personne 4]", "MR", "2026-11-20",
    ]  # fmt: skip
    assert [line["texte"] for line in lines].count("Rosette") == 1


def test_the_pages_count_what_was_decided_everywhere(tmp_path):
    before = write_reviews(tmp_path / "1", masked(), Reviews(), "fr")
    reviews = Reviews(everywhere=(rosette("accepter"),))

    after = write_reviews(tmp_path / "2", masked(reviews), reviews, "fr")

    assert (before.undecided - after.undecided, before.candidates) == (3, after.candidates)


def test_a_number_left_in_sight_by_a_person_still_fits():
    left = WideDecision("16.12.78", "autre", "", "refuser")
    fit = WideFit([left])
    for document in masked(Reviews(everywhere=(left,)), SIGHT):
        fit.add(document)

    assert fit.unfit() == ()
