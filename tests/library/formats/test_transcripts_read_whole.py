"""Formats that we only read: whatever turns a file of theirs can hold are those that are read."""

import csv
import io
import json
import zipfile
from html import escape as html
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_transcripts_round_trip import MOMENTS, NAMES, SAYINGS, WORDS, said, to_thousandth, turn

from croisee.formats.transcripts import read_transcript
from croisee.formats.transcripts.lines_writing import clock

FOLDERS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PEOPLE = st.lists(
    turn(NAMES, SAYINGS), min_size=1, max_size=4, unique_by=lambda one: (one.start, one.speaker)
).map(to_thousandth)
ANYBODY = st.lists(turn(NAMES, WORDS), min_size=1, max_size=4).map(to_thousandth)


def numbered(turns):
    people = dict.fromkeys(one.speaker for one in turns)
    return {label: f"s{place}" for place, label in enumerate(people)}


def csv_file(turns):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(["Début", "Fin", "Locuteur", "Texte"])
    writer.writerows((one.start, one.end, one.speaker, one.text) for one in turns)
    return file.getvalue().encode("utf-8-sig")


def tsv_file(turns):
    file = io.StringIO()
    writer = csv.writer(file, delimiter="\t", lineterminator="\n")
    writer.writerow(["speaker", "start", "end", "text"])
    writer.writerows((one.speaker, one.start, one.end, one.text) for one in turns)
    return file.getvalue().encode("utf-16")


def whisper_file(turns):
    rows = [
        {"start": one.start, "end": one.end, "text": f" {one.text}", "speaker": one.speaker}
        for one in turns
    ]
    return json.dumps({"segments": rows, "language": "fr"}, ensure_ascii=False).encode("utf-8")


def whisper_cpp_file(turns):
    rows = [
        {
            "offsets": {"from": round(one.start * 1000), "to": round(one.end * 1000)},
            "speaker": one.speaker,
            "text": one.text,
        }
        for one in turns
    ]
    return json.dumps({"transcription": rows}).encode("ascii")


def assemblyai_file(turns):
    rows = [
        {
            "speaker": one.speaker,
            "text": one.text,
            "start": round(one.start * 1000),
            "end": round(one.end * 1000),
            "words": [],
        }
        for one in turns
    ]
    return json.dumps({"utterances": rows, "text": "x"}).encode("utf-8")


def rtf_file(turns):
    def cell(text):
        units = text.encode("utf-16-le")
        numbers = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
        shown = "".join(f"\\u{n - 0x10000 if n > 0x7FFF else n}?" for n in numbers if n != 10)
        return f"\\pard\\intbl {shown}\\cell"

    rows = [("Début", "Fin", "Locuteur", "Texte")]
    rows += [(clock(one.start), clock(one.end), one.speaker, one.text) for one in turns]
    body = "".join(f"\\trowd{''.join(map(cell, row))}\\row" for row in rows)
    return f"{{\\rtf1\\ansi {body}\\pard\\par}}".encode("ascii")


def odt_file(turns):
    rows = [("Début", "Fin", "Locuteur", "Texte")]
    rows += [(clock(one.start), clock(one.end), one.speaker, one.text) for one in turns]

    def cell(text):
        lines = "".join(f"<t:p>{escape(line)}</t:p>" for line in text.split("\n"))
        return f"<b:table-cell>{lines}</b:table-cell>"

    body = "".join(f"<b:table-row>{''.join(map(cell, row))}</b:table-row>" for row in rows)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            "<o:document-content xmlns:o='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
            "xmlns:t='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
            "xmlns:b='urn:oasis:names:tc:opendocument:xmlns:table:1.0'><o:body><o:text>"
            f"<b:table>{body}</b:table></o:text></o:body></o:document-content>",
        )
    return made.getvalue()


def elan_file(turns):
    slots, tiers = [], []
    for label in numbered(turns):
        notes = []
        for one in turns:
            if one.speaker == label:
                slots += [round(one.start * 1000), round(one.end * 1000)]
                notes.append(
                    f"<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a{len(slots)}' "
                    f"TIME_SLOT_REF1='ts{len(slots) - 1}' TIME_SLOT_REF2='ts{len(slots)}'>"
                    f"<ANNOTATION_VALUE>{escape(one.text)}</ANNOTATION_VALUE>"
                    "</ALIGNABLE_ANNOTATION></ANNOTATION>"
                )
        tiers.append(f"<TIER TIER_ID={quoteattr(label)}>{''.join(notes)}</TIER>")
    order = "".join(
        f"<TIME_SLOT TIME_SLOT_ID='ts{place}' TIME_VALUE='{moment}'/>"
        for place, moment in enumerate(slots, 1)
    )
    return (
        f"<ANNOTATION_DOCUMENT><HEADER TIME_UNITS='milliseconds'/><TIME_ORDER>{order}</TIME_ORDER>"
        f"{''.join(tiers)}</ANNOTATION_DOCUMENT>"
    ).encode()


def exmaralda_file(turns):
    numbers = numbered(turns)
    people = "".join(
        f"<speaker id='{n}'><abbreviation>{escape(p)}</abbreviation></speaker>"
        for p, n in numbers.items()
    )
    moments = "".join(
        f"<tli id='{side}{place}' time='{moment}'/>"
        for place, one in enumerate(turns)
        for side, moment in (("b", one.start), ("e", one.end))
    )
    tiers = "".join(
        f"<tier id='t{place}' speaker='{numbers[one.speaker]}' type='t'>"
        f"<event start='b{place}' end='e{place}'>{escape(one.text)}</event></tier>"
        for place, one in enumerate(turns)
    )
    return (
        f"<basic-transcription><head><speakertable>{people}</speakertable></head><basic-body>"
        f"<common-timeline>{moments}</common-timeline>{tiers}</basic-body></basic-transcription>"
    ).encode()


def ttml_file(turns):
    numbers = numbered(turns)
    people = "".join(
        f"<m:agent xml:id='{n}' type='person'><m:name>{escape(p)}</m:name></m:agent>"
        for p, n in numbers.items()
    )
    said_there = "".join(
        f"<p begin='{one.start}s' end='{one.end}s' m:agent='{numbers[one.speaker]}'>"
        f"{escape(one.text)}</p>"
        for one in turns
    )
    return (
        "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:m='http://www.w3.org/ns/ttml#metadata'>"
        f"<head><metadata>{people}</metadata></head><body><div>{said_there}</div></body></tt>"
    ).encode()


def pointed(seconds, hours="01"):
    whole = round(seconds * 1000)
    minutes, rest = divmod(whole, 60_000)
    return f"{minutes // 60:{hours}}:{minutes % 60:02}:{rest // 1000:02}.{rest % 1000:03}"


def ass_file(turns):
    lines = "".join(
        f"Dialogue: 0,{pointed(one.start)},{pointed(one.end)},Default,{one.speaker},0,0,0,,"
        f"{one.text}\r\n"
        for one in turns
    )
    return (
        "[Script Info]\r\nScriptType: v4.00+\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, "
        f"Name, MarginL, MarginR, MarginV, Effect, Text\r\n{lines}"
    ).encode()


def sbv_file(turns):
    cues = (
        f"{pointed(one.start)},{pointed(one.end)}\n{one.speaker}: {one.text}\n"
        for one in (*turns, *turns)
    )
    return "\n".join(cues).encode()


def otranscribe_file(turns):
    lines = "".join(
        f"<p><b>{html(one.speaker)} :</b> {html(one.text)}<br /></p>" for one in (*turns, *turns)
    )
    return json.dumps({"text": lines, "media": "a.mp3", "media-time": 1.5}).encode()


@pytest.mark.parametrize(
    "make", [csv_file, tsv_file, whisper_file, whisper_cpp_file, assemblyai_file, odt_file]
)
@FOLDERS
@given(turns=ANYBODY)
def test_columns_and_fields_hold_any_words(tmp_path, make, turns):
    (tmp_path / "a").write_bytes(make(turns))

    assert said(read_transcript(tmp_path / "a").turns) == said(turns)


@FOLDERS
@given(turns=PEOPLE)
def test_a_table_of_a_rich_text_holds_what_people_say(tmp_path, turns):
    (tmp_path / "a").write_bytes(rtf_file(turns))

    assert said(read_transcript(tmp_path / "a").turns) == said(turns)


@pytest.mark.parametrize("make", [elan_file, exmaralda_file, ttml_file, ass_file])
@FOLDERS
@given(turns=PEOPLE)
def test_tiers_and_captions_hold_what_people_say(tmp_path, make, turns):
    (tmp_path / "a").write_bytes(make(turns))

    found = said(read_transcript(tmp_path / "a").turns)

    assert sorted(found, key=repr) == sorted(said(turns), key=repr)


@pytest.mark.parametrize("make", [sbv_file, otranscribe_file])
@FOLDERS
@given(turns=PEOPLE)
def test_labels_typed_in_the_words_are_told_from_them(tmp_path, make, turns):
    """A label that comes back is one; a file of one short sentence says nothing of it."""
    (tmp_path / "a").write_bytes(make(turns))

    found = [(one.speaker, one.text) for one in read_transcript(tmp_path / "a").turns]

    assert found == [(one.speaker, one.text) for one in (*turns, *turns)]


@FOLDERS
@given(moment=MOMENTS)
def test_a_moment_is_read_to_the_thousandth(tmp_path, moment):
    (tmp_path / "a").write_text(f"{pointed(moment)},{pointed(moment + 1)}\noui\n", encoding="utf-8")

    (only,) = read_transcript(tmp_path / "a").turns

    assert (only.start, only.end) == (moment, round(moment + 1, 3))
