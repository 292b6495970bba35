"""Turns, in the layouts people use."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import read_docx, read_text
from croisee.text import ParsedTurn, is_team, merged, parse_turns, stored_text


def _said(text, known=()):
    return [(turn.speaker, turn.text) for turn in parse_turns(text, known)]


def test_bracketed_headings_open_turns_and_the_title_is_left_out():
    text = [
        "Entretien 3",
        "",
        "[Chercheur] (0:01 - 0:11)",
        "Bonjour.",
        "1 - Première question : laquelle ?",
        "",
        "[Interviewée] (1:02:03- 1:02:05)",
        "Oui.",
        "[Interruption] (1:03:00 - 1:03:10)",
    ]

    assert parse_turns(text) == (
        ParsedTurn("Chercheur", "Bonjour.\n1 - Première question : laquelle ?", 1.0, 11.0, 3),
        ParsedTurn("Interviewée", "Oui.", 3723.0, 3725.0, 7),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Animation : Un.\nAline : Deux.\nsuite",
            [("Animation", "Un."), ("Aline", "Deux.\nsuite")],
        ),
        ("P1: un\nP2: deux", [("P1", "un"), ("P2", "deux")]),
        ("MARIE (00:12:03) : bonjour", [("MARIE", "bonjour")]),
        ("[00:01] Marie-Ève : oui\n[00:02] Jo : non", [("Marie-Ève", "oui"), ("Jo", "non")]),
        ("p-014 : oui", [("p-014", "oui")]),
        ("Aline\u00a0: Oui.\nBasile\u00a0: Non.", [("Aline", "Oui."), ("Basile", "Non.")]),
        ("Animatrice 2 :\nOn y va.", [("Animatrice 2", "On y va.")]),
    ],
)
def test_labels_open_turns(text, expected):
    assert _said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Il y a une chose importante : le temps.\nUne autre phrase.",
        "On lit sur https://exemple.ca tout ça.",
        "il reste ceci : rien",
        "Rendez-vous à 14:30 demain",
        "« Aline : oui », disait-elle.",
    ],
)
def test_prose_with_a_colon_is_no_label(text):
    assert _said(text) == [("", line) for line in text.split("\n")]


def test_a_name_met_once_opens_a_turn_where_others_speak():
    text = "Animatrice : Bonjour.\nMarie : Oui.\nJean Tremblay : Non."

    assert _said(text) == [("Animatrice", "Bonjour."), ("Marie", "Oui."), ("Jean Tremblay", "Non.")]


def test_known_labels_are_labels():
    assert _said("Un long nom de personne : oui", ["Un long nom de personne"]) == [
        ("Un long nom de personne", "oui")
    ]


@pytest.mark.parametrize(
    "label", ["Chercheuse", "ANIMATION", "Équipe", "Interviewer 2", "Moderator"]
)
def test_team_labels_are_known(label):
    assert is_team(label)


def test_a_control_character_makes_no_label():
    """What is not kept is not read either: stored, this is « ²:0 », a word."""
    assert [(turn.speaker, turn.text) for turn in parse_turns("²:\x1f0")] == [("", "²:0")]


@given(st.text(max_size=300))
def test_no_text_is_lost_after_the_first_turn(text):
    turns = parse_turns(text)

    signs = Counter("".join("".join(turn.text for turn in turns).split()))
    assert signs - Counter(stored_text(text)) == Counter()
    assert all(turn.text.strip() for turn in turns)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_a_label_never_goes_over_the_end_of_a_line(end):
    text = "Aline : oui|Basile : si|Aline|: non|Basile : ah".replace("|", end)

    turns = parse_turns(text)

    assert [(turn.speaker, turn.text) for turn in turns] == [
        ("Aline", "oui"),
        ("Basile", "si\nAline\n: non"),
        ("Basile", "ah"),
    ]


def test_real_interviews_have_the_turns_counted_by_hand(real_data):
    heading = re.compile(r"\[(\w+)\] \([\d:]+ *[-–] [\d:]+\)")

    for file in sorted((real_data / "verbatims" / "artisans_docx").glob("*.docx")):
        paragraphs = read_docx(file)
        expected = [match[1] for line in paragraphs if (match := heading.fullmatch(line.strip()))]

        turns = parse_turns(paragraphs)

        assert [turn.speaker for turn in turns] == expected
        assert {turn.speaker for turn in turns} == {"Chercheur", "Interviewe"}


def test_real_debates_have_one_turn_a_labelled_line(real_data):
    files = sorted((real_data / "verbatims" / "fredsum" / "transcript").glob("*.txt"))
    label = re.compile(r"\s*([A-Z][A-Z0-9]|[A-Z]\w+ [A-Z]\w+)(?: +:|: )\s*\S")

    for file in files:
        lines = read_text(file).split("\n")
        expected = [match[1] for line in lines if (match := label.match(line))]

        assert [turn.speaker for turn in parse_turns(lines)] == expected, file.name
    assert len(files) > 20


@pytest.mark.parametrize(
    "line",
    [
        "A" + " " * 200_000 + "x :",
        "[" + " " * 200_000 + "]",
        "[A] (" + " " * 200_000,
        ": " * 100_000,
    ],
)
def test_hostile_lines_are_read_in_no_time(line):
    turns = parse_turns([line] * 20)

    assert len(turns) == 20


def test_texts_that_a_corpus_describes_otherwise_are_not_merged():
    young, old = ((("age", value),) for value in ("18", "70"))
    turns = [
        ParsedTurn("Aline", "Oui.", variables=young),
        ParsedTurn("Aline", "Encore.", variables=young),
        ParsedTurn("Aline", "Non.", variables=old),
    ]

    assert [(one.text, one.variables) for one in merged(turns)] == [
        ("Oui.\nEncore.", young),
        ("Non.", old),
    ]
