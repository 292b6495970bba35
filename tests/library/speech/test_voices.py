"""Turns, glossary, the sheet of voices and the state of a work: no recogniser is needed."""

import csv
from dataclasses import replace

import pytest

from croisee.formats.transcripts import Target, read_transcript
from croisee.speech import (
    UNKNOWN,
    Dropped,
    Glossary,
    HeardWord,
    Passage,
    SpeechRefused,
    SpokenTurn,
    Why,
    named_turns,
    read_words,
    turns_of,
    write_all,
)
from croisee.speech.state import HeardWindow, Kept, work_key


def words(text, start=0.0, step=0.4, sure=0.9):
    return tuple(
        HeardWord(word, round(start + at * step, 3), round(start + (at + 1) * step, 3), sure)
        for at, word in enumerate(text.split())
    )


def passage(text, start=0.0, track=0):
    return Passage(track, words(text, start))


def test_a_pause_or_an_answer_to_a_question_is_a_proposed_break():
    heard = [
        passage("Comment allez-vous ?"),
        passage("Assez bien", 1.4),
        passage("et la suite", 2.25),
        passage("Après un silence", 6.0),
    ]

    assert [(turn.voice, turn.text) for turn in turns_of(heard, [""])] == [
        (UNKNOWN, "Comment allez-vous ?"),
        (UNKNOWN, "Assez bien et la suite"),
        (UNKNOWN, "Après un silence"),
    ]


def test_tracks_are_woven_by_time_and_overlaps_stay():
    heard = [passage("un deux trois quatre cinq", 0), passage("oui", 1.0, 1), passage("six", 2.2)]

    found = turns_of(heard, ["Animatrice", "p-01"])

    assert [(t.voice, t.start, t.end, t.text) for t in found] == [
        ("Animatrice", 0.0, 2.0, "un deux trois quatre cinq"),
        ("p-01", 1.0, 1.4, "oui"),
        ("Animatrice", 2.2, 2.6, "six"),
    ]


def test_a_near_miss_is_written_like_the_glossary_and_what_was_heard_is_kept():
    turn = SpokenTurn(UNKNOWN, words("On travaille avec Belsile depuis l’été."))

    repaired = Glossary(["Belzile"]).repaired(turn)

    assert repaired.text == "On travaille avec Belzile depuis l’été."
    assert [(w.text, w.heard) for w in repaired.words if w.heard] == [("Belzile", "Belsile")]


def test_a_name_heard_in_two_words_becomes_one_and_keeps_its_sign():
    repaired = Glossary(["Belzile"]).repaired(SpokenTurn(UNKNOWN, words("chez belle sile, hier")))

    assert (repaired.text, repaired.words[1].heard) == ("chez Belzile, hier", "belle sile,")
    assert (repaired.words[1].start, repaired.words[1].end) == (0.4, 1.2)


@pytest.mark.parametrize("text", ["On a une belle table", "Belzile est là", "le bel été"])
def test_what_is_not_a_near_miss_is_left_alone(text):
    turn = SpokenTurn(UNKNOWN, words(text))

    assert Glossary(["Belzile", "Table de Rivemont"]).repaired(turn) == turn


TURNS = (
    SpokenTurn(UNKNOWN, words("Bonjour à toutes")),
    SpokenTurn(UNKNOWN, words("oui non merci", 3)),
    SpokenTurn(UNKNOWN, words("=et voilà", 6, sure=0.2)),
)
DROPPED = (Dropped(0, 9.0, 11.0, "Sous-titrage", Why.INVENTED),)


def filled(path, cells, changed=None):
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    for place, cell in cells.items():
        rows[place][4] = cell
    for place, text in (changed or {}).items():
        rows[place][3] = text
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)


@pytest.fixture
def written(tmp_path):
    write_all(TURNS, DROPPED, tmp_path, "e-01", [Target.VTT])
    return tmp_path


def test_what_is_written_is_read_again(written):
    assert read_words(written / "e-01.mots.json") == (TURNS, DROPPED)
    turns = read_transcript(written / "e-01.vtt").turns
    assert [(t.speaker, t.text, t.start) for t in turns] == [
        (UNKNOWN, turn.text, turn.start) for turn in TURNS
    ]


def test_places_to_listen_to_begin_with_what_was_left_out(written):
    with (written / "e-01.a-ecouter.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))

    assert [row[2] for row in rows[1:]] == [
        "écarté : phrase que le logiciel invente", "mot peu sûr", "mot peu sûr",
    ]  # fmt: skip
    assert rows[1][4] == "Sous-titrage"


def test_a_voice_goes_on_until_another_is_named(written):
    sheet = written / "e-01.voix.csv"
    filled(sheet, {1: "Animatrice", 3: "p-02"})

    assert [turn.voice for turn in named_turns(sheet, TURNS)] == [
        "Animatrice",
        "Animatrice",
        "p-02",
    ]


def test_a_turn_of_two_voices_is_cut_between_two_words(written):
    sheet = written / "e-01.voix.csv"
    filled(sheet, {1: "A", 2: "B | A"}, {2: "oui | non merci"})

    found = named_turns(sheet, TURNS)

    assert [(t.voice, t.text, t.start) for t in found] == [
        ("A", "Bonjour à toutes", 0.0), ("B", "oui", 3.0), ("A", "non merci", 3.4),
        ("A", "=et voilà", 6.0),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "changed"),
    [
        ({1: "A"}, {1: "Bonjour à tous"}),
        ({1: "A | B"}, None),
        ({1: "A"}, {1: "Bonjour | à toutes"}),
    ],
)
def test_a_sheet_whose_words_or_cuts_changed_is_refused(written, cells, changed):
    sheet = written / "e-01.voix.csv"
    filled(sheet, cells, changed)

    with pytest.raises(SpeechRefused):
        named_turns(sheet, TURNS)


def test_nothing_is_replaced_and_nothing_half_written(written):
    before = {path.name: path.read_bytes() for path in written.iterdir()}

    with pytest.raises(SpeechRefused):
        write_all(TURNS, (), written, "e-01", [Target.VTT])

    assert {path.name: path.read_bytes() for path in written.iterdir()} == before


def test_nothing_heard_writes_nothing(tmp_path):
    with pytest.raises(SpeechRefused):
        write_all((), DROPPED, tmp_path, "vide", [Target.VTT])

    assert list(tmp_path.iterdir()) == []


def test_the_same_command_given_twice_at_once_writes_no_word_twice(tmp_path):
    one = HeardWindow(0, 0, 0, 5.0, 1.0, 6.0, (passage("Bonjour"),), ())
    first, second = (Kept(tmp_path, work_key(["a"])) for _ in range(2))
    first.add(one)
    second.add(one)
    second.add(replace(one, portion=9))

    assert Kept(tmp_path, work_key(["a"])).windows == [one, replace(one, portion=9)]


def test_a_line_cut_by_a_kill_is_left_out_and_the_rest_goes_on(tmp_path):
    one = HeardWindow(0, 0, 0, 5.0, 1.0, 6.0, (passage("Bonjour"),), DROPPED)
    two = replace(one, place=1)
    kept = Kept(tmp_path, work_key(["a"]))
    kept.add(one)
    whole = kept.path.read_bytes()
    kept.path.write_bytes(whole + b'{"track": 0, "po')

    again = Kept(tmp_path, work_key(["a"]))
    again.add(two)

    assert again.windows == [one, two]
    assert kept.path.read_bytes().startswith(whole + b'{"track": 0, "portion"')
    assert (kept.path.stat().st_mode & 0o777, Kept(tmp_path, work_key(["b"])).windows) == (
        0o600,
        [],
    )
