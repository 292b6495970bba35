"""CHAT files: main lines are turns, bullets are times, what is not speech is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.transcripts import read_transcript

CHAT = (
    "@UTF8\n@PID:\t0/inventé\n@Begin\n@Languages:\tfra\n"
    "@Participants:\tANN Aline Participant, INT Investigator,\n\tBAS Aline Participant\n"
    "@Media:\tréunion, audio\n@Date:\t12-MAR-2019\n"
    "*INT:\tbonjour à vous . \x150_1200\x15\n"
    "*ANN:\tbonjour (..) euh xxx\n"
    "\tet la suite [//] \x151300_2000\x15 puis &-euh . \x152100_4500\x15\n"
    "%mor:\tco|bonjour\n%com:\telle montre\n\tla porte\n"
    '*BAS:\t\x02non\x02 [=! rit] . \x15%snd:"réunion.wav"_5000_6250\x15\n'
    "@Bg:\tAccueil\n*ZZZ:\thein ?\n@End\n"
)  # fmt: skip


@pytest.fixture
def read(tmp_path):
    """Return a reader of bytes, under a name that says nothing."""

    def of(raw):
        path = tmp_path / "sans-nom.txt"
        path.write_bytes(raw)
        return read_transcript(path)

    return of


def test_main_lines_are_turns_with_names_and_the_times_of_their_bullets(read):
    found = read(CHAT.encode())

    assert [(one.speaker, one.text, one.start, one.end, one.line) for one in found.turns] == [
        ("INT", "bonjour à vous .", 0.0, 1.2, 9),
        ("Aline (ANN)", "bonjour (..) euh xxx et la suite [//] puis &-euh .", 1.3, 4.5, 10),
        ("Aline (BAS)", "non [=! rit] .", 5.0, 6.25, 15),
        ("ZZZ", "hein ?", None, None, 17),
    ]
    assert (found.format, [mark.kind.value for mark in found.turns[1].marks]) == ("chat", ["pause"])


def test_what_is_left_out_is_said_in_both_languages(read):
    told = read(CHAT.encode()).notices

    french = [one.message.to("fr").replace("\N{NO-BREAK SPACE}", " ") for one in told]
    assert "2 lignes de codes ou de commentaires (%) ne sont pas lues." in french
    assert "6 en-têtes (@) ne sont pas gardés." in french
    assert "Deux personnes portent le même nom : « Aline »." in french
    assert "2 lines of codes or comments (%) are not read." in [
        one.message.to("en") for one in told
    ]


def test_a_text_that_only_begins_like_one_is_read_as_text(read):
    assert read(b"@Beginning of things\nAline : bonjour.\n").format != "chat"


def test_one_without_a_main_line_has_no_turn(read):
    assert read(b"@UTF8\n@Begin\n@End\n").turns == ()


@given(st.binary(max_size=300), st.booleans())
def test_whatever_follows_the_first_headers_is_read_or_refused(tmp_path_factory, rest, bom):
    path = tmp_path_factory.getbasetemp() / "sans-nom.cha"
    path.write_bytes(b"\xef\xbb\xbf" * bom + b"@UTF8\n@Begin\n*ANN:\toui\n" + rest)
    try:
        found = read_transcript(path)
    except FormatRefused:
        return
    assert all("\x15" not in one.text for one in found.turns)
