"""Transcripts broken in any way are read or refused in words: never anything else."""

import sys
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.transcripts import read_transcript

sys.path.insert(0, str(Path(__file__).parents[1] / "library" / "formats"))
import transcript_samples as samples

WORD_BODY = samples.paragraph("Aline   0:01\nBonjour.") + samples.table(
    ("Temps", "Locuteur", "Texte"), ("0:01", "Aline", "Oui."), ("0:02", "Basile", "Non.")
)


@pytest.fixture(scope="module")
def originals(tmp_path_factory) -> dict[str, bytes]:
    word = samples.word_file(tmp_path_factory.mktemp("word") / "a.docx", WORD_BODY).read_bytes()
    texts = {name: text.encode("utf-8") for name, text in samples.TEXTS.items()}
    wide = {f"{name}.16": text.encode("utf-16") for name, text in samples.TEXTS.items()}
    rich = b"{\\rtf1\\ansi{\\fonttbl{\\f1\\fcharset204 A;}}Aline : Oui{\\deleted non}.\\par\\trowd"
    rich += b"\\intbl 0:01\\cell Basile\\cell \\f1\\'c6\\u-10179?{\\pict\\bin3 }}}}\\cell\\row}"
    return {**texts, **wide, "verbatim.docx": word, "verbatim.rtf": rich}


def _read_or_refused(path: Path) -> None:
    try:
        found = read_transcript(path)
    except FormatRefused as refused:
        said = [(refused.message, refused.remedy)]
    else:
        for turn in found.turns:
            assert turn.text
            assert all(0 <= one.start <= one.end <= len(turn.text) for one in turn.marks)
        said = [(one.message, one.remedy) for one in found.notices]
    assert all(message.to("fr") and remedy.to("en") for message, remedy in said)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.data())
def test_any_change_of_any_transcript_is_read_or_refused(originals, tmp_path, content):
    before = originals[content.draw(st.sampled_from(sorted(originals)))]
    other = originals[content.draw(st.sampled_from(sorted(originals)))]
    place = content.draw(st.integers(0, len(before)))
    until = content.draw(st.integers(place, len(before)))
    noise = content.draw(
        st.one_of(st.binary(max_size=40), st.sampled_from([b"<", b"\n", b'"', b"-->", b"\x00"]))
    )
    kind = content.draw(st.sampled_from(["cut", "spliced", "removed", "doubled", "joined"]))
    after = {
        "cut": before[:place],
        "spliced": before[:place] + noise + before[place:],
        "removed": before[:place] + before[until:],
        "doubled": before[:until] + before[place:],
        "joined": before[:place] + other[place:],
    }[kind]
    path = tmp_path / "verbatim"
    path.write_bytes(after)

    _read_or_refused(path)


@settings(max_examples=60, deadline=None)
@given(body=st.text(alphabet="<>/wprtcbdelinsTE \n=\"'&;a", max_size=200))
def test_any_body_of_a_word_file_is_read_or_refused(tmp_path_factory, body):
    path = samples.word_file(
        tmp_path_factory.mktemp("w") / "a", samples.paragraph("Aline : x") + body
    )

    _read_or_refused(path)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000,
        "(" * 300_000,
        "//" * 200_000,
        "//a" * 150_000,
        "(0:" * 150_000,
        " " * 500_000 + "x : y",
        "A : " * 150_000,
        "0:00 " * 150_000,
        "WEBVTT\n\n" + "00:01.000 --> 00:02.000\n" * 30_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<00:01.000>" * 40_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "<v " * 100_000,
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "- a\n" * 50_000,
        "1\n00:00:01,000 --> 00:00:02,000\n" + "-" * 300_000,
        samples.SHORT_TEXTGRID.replace("\n1\n0\n5\n", "\n999999999\n0\n5\n"),
        'File type = "ooTextFile"\n"TextGrid"\n' + '"' * 300_001,
        '{"text": "' + "<span class='timestamp'" * 20_000 + '"}',
        "[" * 100_000 + '{"a": 1}' + "]" * 100_000,
        "<Trans><Episode>" + "<Turn>a" * 50_000 + "</Turn>" * 50_000 + "</Episode></Trans>",
        "<TEI>" + "<u>a<pause/>" * 20_000 + "</u>" * 20_000 + "</TEI>",
        "<TEI><u>" + "<anchor synch='#a'/>mot " * 40_000 + "</u></TEI>",
        "<TEI><timeline>" + "<when since='#a' interval='1'/>" * 40_000 + "</timeline></TEI>",
    ],
    ids=lambda text: text[:12],
)  # fmt: skip
def test_long_repetitions_are_read_or_refused_in_little_time(tmp_path, text):
    path = tmp_path / "verbatim"
    path.write_text(text, encoding="utf-8")
    begun = time.process_time()

    _read_or_refused(path)

    assert time.process_time() - begun < 5


def test_bomb_named_as_a_text_is_refused_before_it_swells(tmp_path):
    path = tmp_path / "verbatim.txt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * (30 << 20))
    tracemalloc.start()

    with pytest.raises(FormatRefused) as refused:
        read_transcript(path)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert refused.value.message.to("fr") == "Le fichier devient démesuré une fois décompressé."
    assert peak < 4 << 20


def test_outside_files_are_never_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARI", encoding="utf-8")
    path = tmp_path / "a.trs"
    for declared in (f'SYSTEM "{secret.as_uri()}"', f'[<!ENTITY x SYSTEM "{secret.as_uri()}">]'):
        path.write_text(
            f'<!DOCTYPE Trans {declared}><Trans><Turn speaker="a">oui &x; </Turn></Trans>',
            encoding="utf-8",
        )
        try:
            told = str(read_transcript(path))
        except FormatRefused as refused:
            told = refused.message.to("fr")

        assert "CANARI" not in told
