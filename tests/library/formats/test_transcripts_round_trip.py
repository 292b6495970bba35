"""What is written is what was read: the same turns, or a sentence that says what is not."""

import re
import string
import tempfile
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import accumulate, pairwise
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from transcript_samples import TEXTS

from croisee.formats import FormatRefused
from croisee.formats.transcripts import Target, read_transcript, write_transcript
from croisee.formats.transcripts.refi import refi_source
from croisee.text import Mark, MarkKind, ParsedTurn, find_marks, stored_label, stored_text
from croisee.text.marks import in_order

WHOLE = [Target.VTT, Target.DOCX_TABLE]
TEXT_FILES = [Target.TXT, Target.DOCX]
ANY = st.text(max_size=60)
SIGNS = st.lists(
    st.sampled_from(
        ["Oui", " ", "(..)", "//oui//", "[0:12]", "<b>", "&amp;", "&", "-->", "- ", "\n", "Aline :",
         "[Aline] (0:01 - 0:02)", "été", "e\u0301", "«\u00a0ah\u00a0»", "WEBVTT", "42", "NOTE",
         "1:02", '"', "{", "<v Aline>", "</v>", "00:00:01.000 --> 00:00:02.000", "\t", "’",
         "\U0001f642"]
    ),
    max_size=12,
).map("".join)  # fmt: skip
WORDS = st.one_of(ANY, SIGNS).map(stored_text).filter(bool)
LABELS = st.one_of(ANY, SIGNS, st.just("")).map(stored_label)
NAMES = st.text(string.ascii_letters + "éÉ -’", max_size=20).map(
    lambda text: " ".join(stored_label("N" + text).split()[:3]).strip("-’ ")
)
"""Of three words at most: a longer one is a label in a text only where each word has a capital."""
SAYINGS = st.text(string.ascii_letters + "éÉ '.,?! ", max_size=60).map(
    lambda text: stored_text("m" + text)
)
MOMENTS = st.integers(0, 40_000_000).map(lambda thousandth: thousandth / 1000)


def said(turns):
    return [(one.speaker, one.text, one.start, one.end, one.marks) for one in turns]


@st.composite
def turn(draw, labels=LABELS, words=WORDS, *, timed=True, beside=False):
    text = draw(words)
    start, end = sorted((draw(MOMENTS), draw(MOMENTS)))
    marks = list(find_marks(text))
    if beside:
        starts = [0, *(i + 1 for i, sign in enumerate(text) if sign.isspace())]
        places = [place for place in starts if not text[place].isspace()]
        marks += [
            Mark(MarkKind.TIME, place, place, draw(MOMENTS))
            for place in draw(st.lists(st.sampled_from(places), max_size=2, unique=True))
        ]
    speaker = draw(labels)
    if not timed:
        return ParsedTurn(speaker, text, None, None, 0, in_order(marks))
    return ParsedTurn(speaker, text, start, max(end, start + 0.001), 0, in_order(marks))


def written(turns, target):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verbatim"
        notices = write_transcript(turns, path, target)
        return notices, read_transcript(path)


def to_thousandth(turns):
    return [replace(one, end=round(one.end, 3)) for one in turns]


@settings(max_examples=150, deadline=None)
@given(turns=st.lists(turn(beside=True), min_size=1, max_size=5).map(to_thousandth))
def test_webvtt_gives_back_any_turns_with_times(turns):
    notices, back = written(turns, Target.VTT)

    assert said(back.turns) == said(turns)
    assert notices == ()


@settings(max_examples=150, deadline=None)
@given(
    turns=st.lists(
        turn().map(lambda one: replace(one, end=round(one.end, 3))), min_size=1, max_size=5
    ),
    bare=st.integers(0, 5),
)
def test_table_gives_back_any_turns(turns, bare):
    turns = [
        replace(one, start=None, end=None) if i >= bare else one for i, one in enumerate(turns)
    ]

    notices, back = written(turns, Target.DOCX_TABLE)

    assert said(back.turns) == said(turns)
    assert notices == ()


@pytest.mark.parametrize("target", [*TEXT_FILES, Target.SRT])
@settings(max_examples=60, deadline=None)
@given(
    turns=st.lists(
        turn(NAMES, SAYINGS).map(lambda one: replace(one, end=round(one.end, 3))),
        min_size=1,
        max_size=5,
    )
)
def test_texts_give_back_what_people_say(target, turns):
    twice = [*turns, *(replace(one, text=f"{one.text} encore", marks=()) for one in turns)]

    notices, back = written(twice, target)

    assert said(back.turns) == said(twice)
    assert notices == ()


@pytest.mark.parametrize("target", TEXT_FILES)
@settings(max_examples=60, deadline=None)
@given(turns=st.lists(turn(NAMES, SAYINGS, timed=False), min_size=1, max_size=5))
def test_texts_give_back_turns_without_times(target, turns):
    notices, back = written(turns, target)

    assert said(back.turns) == said(turns)
    assert notices == ()


@pytest.mark.parametrize("target", [*TEXT_FILES, Target.SRT])
@settings(max_examples=100, deadline=None)
@given(turns=st.lists(turn(beside=True), min_size=1, max_size=5).map(to_thousandth))
def test_any_turns_come_back_or_the_loss_is_said(target, turns):
    notices, back = written(turns, target)

    assert (said(back.turns) == said(turns)) == (notices == ())
    assert all(one.message.to("fr") and one.remedy.to("fr") for one in notices)


@pytest.mark.parametrize("target", WHOLE)
@pytest.mark.parametrize("name", sorted(TEXTS))
def test_every_sample_goes_through_a_format_that_keeps_all(tmp_path, name, target):
    (tmp_path / name).write_text(TEXTS[name], encoding="utf-8")
    read = read_transcript(tmp_path / name)
    timed = [replace(one, start=one.start or 0.0, end=one.end or 9e3) for one in read.turns]
    typed = [
        replace(one, marks=tuple(mark for mark in one.marks if mark.start < mark.end))
        for one in timed
    ]

    notices = write_transcript(typed, tmp_path / "b", target)

    assert said(read_transcript(tmp_path / "b").turns) == said(typed)
    assert notices == ()


def transcriber_file(turns):
    people = dict.fromkeys(one.speaker for one in turns)
    numbers = {label: f"s{place}" for place, label in enumerate(people)}
    speakers = "".join(f"<Speaker id='{n}' name={quoteattr(p)}/>" for p, n in numbers.items())
    said = "".join(
        f"<Turn speaker='{numbers[one.speaker]}' startTime='{one.start}' endTime='{one.end}'>"
        f"<Sync time='{one.start}'/>{escape(one.text)}</Turn>"
        for one in turns
    )
    body = f"<Episode><Section>{said}</Section></Episode>"
    return f"<Trans><Speakers>{speakers}</Speakers>{body}</Trans>"


def tei_file(turns):
    people = dict.fromkeys(one.speaker for one in turns)
    numbers = {label: f"s{place}" for place, label in enumerate(people)}
    persons = "".join(
        f"<person xml:id='{n}'><persName>{escape(p)}</persName></person>"
        for p, n in numbers.items()
    )
    moments = "".join(
        f"<when xml:id='{kind}{place}' interval='{moment}' since='#T'/>"
        for place, one in enumerate(turns)
        for kind, moment in (("b", one.start), ("e", one.end))
    )
    said = "".join(
        f"<u who='#{numbers[one.speaker]}' start='#b{place}' end='#e{place}'>{escape(one.text)}</u>"
        for place, one in enumerate(turns)
    )
    return (
        f"<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader>{persons}</teiHeader><text>"
        f"<timeline unit='s'><when xml:id='T' absolute='00:00:00'/>{moments}</timeline>"
        f"<body>{said}</body></text></TEI>"
    )


def textgrid_file(turns):
    tiers = "".join(
        f'"IntervalTier"\n"{one.speaker}"\n0\n90000\n1\n{one.start}\n{one.end}\n'
        f'"{one.text.replace(chr(34), chr(34) * 2)}"\n'
        for one in turns
    )
    return f'File type = "ooTextFile"\n"TextGrid"\n\n0\n90000\n<exists>\n{len(turns)}\n{tiers}'


def noscribe_file(turns):
    said = "".join(
        f"<p><a name='ts_{round(one.start * 1000)}_{round(one.end * 1000)}_S00'>"
        f"{escape(one.speaker)}: {escape(one.text)}</a></p>"
        for one in (*turns, *turns)
    )
    return f"<html><head><title>x</title></head><body><p>t</p><p>i</p>{said}</body></html>"


@pytest.mark.parametrize("make", [transcriber_file, tei_file, textgrid_file, noscribe_file])
@settings(max_examples=40, deadline=None)
@given(
    turns=st.lists(turn(NAMES, SAYINGS).map(lambda one: replace(one, end=round(one.end, 3))),
                   min_size=1, max_size=4, unique_by=lambda one: (one.start, one.speaker))
)  # fmt: skip
def test_what_research_tools_hold_goes_into_a_format_that_keeps_all(make, turns):
    """Formats we only read: every label, word and time of the file, and back out of a table.

    Blanks that follow each other are one in TEI, as its guidelines have it.
    """
    if make is tei_file:
        turns = [replace(one, text=re.sub(" {2,}", " ", one.text)) for one in turns]
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a").write_text(make(turns), encoding="utf-8")
        read = read_transcript(Path(folder, "a")).turns
        notices = write_transcript(read, Path(folder, "b"), Target.DOCX_TABLE)
        back = read_transcript(Path(folder, "b")).turns

    wanted = said([*turns, *turns]) if make is noscribe_file else said(turns)
    assert sorted(said(read), key=repr) == sorted(wanted, key=repr)
    assert (said(back), notices) == (said(read), ())


@settings(max_examples=60, deadline=None)
@given(turns=st.lists(turn(beside=True), min_size=1, max_size=5))
def test_refi_source_has_every_label_and_word_and_points_at_each_turn(turns):
    source = refi_source(turns, "entretien")
    points = [
        (int(one.get("position")), int(one.get("timeStamp")))
        for one in etree.fromstring(source.element)
    ]
    begun = [
        (place, round(one.start * 1000)) for one, place in zip(turns, starts_of(turns), strict=True)
    ]

    assert source.text == "".join(f"{label_of(one)}{one.text}\n" for one in turns)
    assert Counter(begun) <= Counter(points)
    assert len(points) == len(turns) + sum(m.start == m.end for one in turns for m in one.marks)


def label_of(one):
    return f"{one.speaker} : " if one.speaker else ""


def starts_of(turns):
    sizes = [len(label_of(one)) + len(one.text) + 1 for one in turns]
    return [0, *accumulate(sizes)][:-1]


def test_a_loss_is_seen_by_who_writes(tmp_path):
    turns = [
        ParsedTurn("Aline", "Oui voilà", 1.0, None, 0, (Mark(MarkKind.PAUSE, 4, 4, 2.0),)),
        ParsedTurn("la dame", "Non", None, None),
    ]

    told = {
        target: [one.message.to("fr") for one in write_transcript(turns, tmp_path / "x", target)]
        for target in (Target.VTT, Target.SRT, Target.TXT, Target.DOCX_TABLE)
    }

    pause = "Les temps, pauses ou bruits de 1 tour ne sont pas gardés."
    assert told == {
        Target.VTT: [
            "1 tour sans temps reçoit celui de sa place.",
            "La fin de 1 tour change.",
            pause,
        ],
        Target.SRT: [
            "1 étiquette change.",
            "Le texte de 1 tour change.",
            "1 tour sans temps reçoit celui de sa place.",
            "La fin de 1 tour change.",
            pause,
        ],
        Target.TXT: [pause],
        Target.DOCX_TABLE: [pause],
    }


@pytest.mark.parametrize("target", [Target.DOCX_TABLE, *TEXT_FILES])
def test_no_turn_gives_no_turn(tmp_path, target):
    notices = write_transcript([], tmp_path / "x", target)

    assert (notices, read_transcript(tmp_path / "x").turns) == ((), ())


def test_subtitles_of_turns_without_time_are_refused(tmp_path):
    with pytest.raises(FormatRefused) as refused:
        write_transcript([ParsedTurn("Aline", "Oui")], tmp_path / "x", Target.VTT)

    assert refused.value.message.to("fr") == (
        "Aucun tour de parole n’a de temps : un sous-titre en demande."
    )


@pytest.mark.parametrize("target", TEXT_FILES)
def test_turns_without_times_are_written_as_people_do(tmp_path, target):
    turns = [ParsedTurn("Aline", "Bonjour."), ParsedTurn("Basile", "Oui.\nEnfin.")]

    write_transcript(turns, tmp_path / "x", target)

    if target is Target.TXT:
        text = (tmp_path / "x").read_text(encoding="utf-8")
        assert text == "Aline : Bonjour.\n\nBasile : Oui.\nEnfin.\n"
    assert said(read_transcript(tmp_path / "x").turns) == said(turns)


@pytest.mark.parametrize("target", list(Target))
def test_files_bear_no_name_no_date_and_the_same_bytes(tmp_path, target):
    turns = [ParsedTurn("Aline", "Bonjour.", 1.0, 2.0)]
    (tmp_path / "un").mkdir()
    (tmp_path / "deux").mkdir()

    for place in ("un", "deux"):
        write_transcript(turns, tmp_path / place / "v.docx", target, {"cas": "verre"})

    kept = [sorted((p.name, p.read_bytes()) for p in (tmp_path / place).iterdir())
            for place in ("un", "deux")]  # fmt: skip
    assert kept[0] == kept[1]
    if target in (Target.DOCX, Target.DOCX_TABLE):
        with zipfile.ZipFile(tmp_path / "un" / "v.docx") as archive:
            assert not any("docProps" in name for name in archive.namelist())
            assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            assert b"creator" not in b"".join(archive.read(one) for one in archive.namelist())


def test_iramuteq_has_a_starred_line_a_turn(tmp_path):
    turns = [ParsedTurn("Été 2", "Bonjour * à tous.", 1.0, 2.0), ParsedTurn("", "Oui.")]

    notices = write_transcript(
        turns, tmp_path / "x", Target.IRAMUTEQ, {"cas": "Bas-Fleuve", "methode": "groupe"}
    )

    assert (tmp_path / "x").read_text(encoding="utf-8") == (
        "**** *cas_basfleuve *methode_groupe *locuteur_ete2\nBonjour   à tous.\n\n"
        "**** *cas_basfleuve *methode_groupe\nOui.\n"
    )
    assert [one.message.to("fr") for one in notices] == [
        "Un corpus IRaMuTeQ ne garde pas les temps.",
        "1 étiquette change : « Été 2 » → « ete2 ».",
        "Les astérisques de 1 tour deviennent des espaces.",
    ]


def read_corpus(text):
    """Read a corpus as IRaMuTeQ does: a text begins at each line of four stars."""
    texts = []
    for line in text.split("\n"):
        if line.startswith("****"):
            starred = [one.lstrip("*").split("_", 1) for one in line.split()[1:]]
            texts.append((dict(starred), []))
        elif line:
            texts[-1][1].append(line)
    return texts


@settings(max_examples=150, deadline=None)
@given(
    turns=st.lists(turn(), min_size=1, max_size=6),
    variables=st.dictionaries(st.sampled_from(["cas", "methode", "groupe"]), ANY, max_size=3),
)
def test_iramuteq_gives_back_every_word_under_its_variables(turns, variables):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corpus"
        notices = write_transcript(turns, path, Target.IRAMUTEQ, variables)
        texts = read_corpus(path.read_text(encoding="utf-8"))
        raw = path.read_bytes()

    assert len(texts) == len(turns)
    for one, (starred, lines) in zip(turns, texts, strict=True):
        assert " ".join(lines).split() == one.text.replace("*", " ").split()
        assert set(starred) == set(variables) | ({"locuteur"} if one.speaker else set())
        plain = [value.replace("_", "0") for value in starred.values()]
        assert all(value.isascii() and value.isalnum() for value in plain)
    told = " ".join(notice.message.to("fr") for notice in notices)
    assert ("astérisques" in told) == any("*" in one.text for one in turns)
    assert ("temps" in told) == any(one.start is not None for one in turns)
    values = [starred.get("locuteur", "") for starred, _ in texts]
    merged = len(set(values)) < len({one.speaker for one in turns})
    assert ("étiquettes différentes" in told) == merged
    changed = any(value != one.speaker for value, one in zip(values, turns, strict=True))
    assert ("étiquette change" in told or "étiquettes changent" in told) == changed
    assert b"\r" not in raw


CARRIED = st.text(string.ascii_letters + string.digits, max_size=12)
DESCRIBED = st.lists(
    st.tuples(
        CARRIED.map(lambda name: "v" + name),
        st.text("abcÉ0_-.’", max_size=6),
    ),
    max_size=3,
).map(tuple)


@settings(max_examples=150, deadline=None)
@given(
    turns=st.lists(
        st.builds(
            lambda one, variables: replace(one, variables=variables),
            turn(CARRIED, WORDS.map(lambda text: stored_text(text.replace("*", " "))).filter(bool),
                 timed=False),
            DESCRIBED,
        ),
        min_size=1, max_size=6,
    )
)  # fmt: skip
def test_iramuteq_gives_back_labels_words_and_variables(turns):
    notices, back = written(turns, Target.IRAMUTEQ)

    assert said(back.turns) == said(turns)
    assert [one.variables for one in back.turns] == [one.variables for one in turns]
    assert notices == ()


@settings(max_examples=150, deadline=None)
@given(turns=st.lists(turn(beside=True), min_size=1, max_size=5), timed=st.booleans())
def test_iramuteq_gives_back_any_turns_or_says_what_it_drops(turns, timed):
    if not timed:
        turns = [replace(one, start=None, end=None) for one in turns]

    notices, back = written(turns, Target.IRAMUTEQ)

    assert (said(back.turns) == said(turns)) == (notices == ())


@pytest.mark.parametrize("target", [Target.TXT, Target.DOCX_TABLE, Target.REFI])
def test_variables_that_another_format_drops_are_said(tmp_path, target):
    turns = [ParsedTurn("Aline", "Oui.", variables=(("age", "3"),)), ParsedTurn("Basile", "Non.")]

    notices = write_transcript(turns, tmp_path / "x.txt", target)

    told = [one.message.to("fr") for one in notices]
    assert told[-1] == "Les variables de 1 tour ne sont pas gardées."


def test_refi_source_points_at_its_turns(tmp_path):
    turns = [
        ParsedTurn("Aline", "Été \U0001f642.", 1.5, 2.0),
        ParsedTurn("", "Oui voilà", 2.25, None, 0, (Mark(MarkKind.TIME, 4, 4, 3.0),)),
    ]

    write_transcript(turns, tmp_path / "entretien.txt", Target.REFI)

    text = (tmp_path / "entretien.txt").read_text(encoding="utf-8")
    element = etree.fromstring((tmp_path / "entretien.xml").read_bytes())
    points = [(int(one.get("position")), int(one.get("timeStamp"))) for one in element]
    assert text == "Aline : Été \U0001f642.\nOui voilà\n"
    assert [(text[place:], moment) for place, moment in points] == [
        (text, 1500), ("Oui voilà\n", 2250), ("voilà\n", 3000),
    ]  # fmt: skip
    assert etree.QName(element) == "{urn:QDA-XML:project:1.0}Transcript"
    assert all(one < other for one, other in pairwise(points))
