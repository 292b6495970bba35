"""A transcript of any kind, told by what it holds and never by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from croisee.formats.bounds import read_bytes
from croisee.formats.refused import FormatRefused
from croisee.formats.rtf import is_rtf
from croisee.formats.transcripts.captions import (
    is_ttml,
    looks_like_ass,
    looks_like_sbv,
    read_ass,
    read_sbv,
    read_ttml,
)
from croisee.formats.transcripts.chat import looks_like_chat, read_chat
from croisee.formats.transcripts.checking import checked
from croisee.formats.transcripts.decoding import refuse_what_is_no_text, text_of
from croisee.formats.transcripts.delimited import read_delimited
from croisee.formats.transcripts.elan import read_elan, read_exmaralda
from croisee.formats.transcripts.hostile_xml import local_name, looks_like_xml, xml_root
from croisee.formats.transcripts.iramuteq import looks_like_iramuteq, read_iramuteq
from croisee.formats.transcripts.json_tools import looks_like_json, read_json
from croisee.formats.transcripts.noscribe import looks_like_page, read_noscribe
from croisee.formats.transcripts.plain import read_plain
from croisee.formats.transcripts.subtitles import looks_like_subtitles, read_subtitles
from croisee.formats.transcripts.tei import read_tei
from croisee.formats.transcripts.textgrid import looks_like_textgrid, read_textgrid
from croisee.formats.transcripts.transcriber import read_transcriber
from croisee.formats.transcripts.word import read_rich_text, read_word_transcript
from croisee.language import phrase
from croisee.text import ParsedTurn, Transcript


def read_transcript(path: Path, known: Iterable[str] = ()) -> Transcript:
    """Return the turns of a transcript, whatever tool wrote it, and what to know of the reading.

    Read: subtitles (WebVTT, SubRip, SBV, ASS, TTML), DOCX, ODT and RTF (paragraphs or tables),
    plain text in many layouts, CSV, IRaMuTeQ, the JSON of oTranscribe and of recognisers, pages of
    noScribe and others, Transcriber, TEI, Praat TextGrid, ELAN, EXMARaLDA, CHAT
    (``docs/formats.md``).
    ``known`` are labels the study declares. Turns of one person stay apart
    (:func:`croisee.text.merged`).

    Raises:
        FormatRefused: a recording, a picture, damaged or hostile, no text.
    """
    raw = read_bytes(path)
    if raw.startswith(b"PK\x03\x04"):
        return checked(read_word_transcript(path, tuple(known)))
    if is_rtf(raw):
        return checked(read_rich_text(raw, tuple(known)))
    if looks_like_chat(raw):
        return checked(read_chat(raw))
    refuse_what_is_no_text(raw)
    if looks_like_page(raw):
        text, notices = text_of(raw)
        found = read_noscribe(text, tuple(known))
        return checked(replace(found, notices=(*notices, *found.notices)))
    if looks_like_xml(raw):
        return checked(_xml(raw, tuple(known)))
    text, notices = text_of(raw)
    del raw
    found = _text(text, tuple(known))
    return checked(replace(found, notices=(*notices, *found.notices)))


def _xml(raw: bytes, known: tuple[str, ...]) -> Transcript:
    root = xml_root(raw)
    name = local_name(root)
    if name == "Trans":
        return read_transcriber(root)
    if name in {"TEI", "TEI.2", "teiCorpus"}:
        return read_tei(root)
    if name == "ANNOTATION_DOCUMENT":
        return read_elan(root)
    if name == "basic-transcription":
        return read_exmaralda(root)
    if is_ttml(root):
        return read_ttml(root, known)
    raise FormatRefused(
        phrase("Ce fichier XML (« {name} ») n’est pas d’un genre connu.", name=name[:40]),
        phrase("Exportez le verbatim en .vtt, .txt ou .docx."),
    )


def turns_of_text(text: str) -> tuple[ParsedTurn, ...]:
    """Return the turns of a text that is already decoded, as :func:`read_transcript` would."""
    return _text(text, ()).turns


def _text(text: str, known: tuple[str, ...]) -> Transcript:
    for looks, read in _MADE_SO:
        if looks(text):
            return read(text, known)
    return read_delimited(text) or read_plain(text, known)


_MADE_SO: tuple[tuple[Callable[[str], bool], Callable[[str, tuple[str, ...]], Transcript]], ...] = (
    (looks_like_textgrid, lambda text, _: read_textgrid(text)),
    (looks_like_iramuteq, lambda text, _: read_iramuteq(text)),
    (looks_like_subtitles, read_subtitles),
    (looks_like_sbv, read_sbv),
    (looks_like_ass, read_ass),
    (looks_like_json, read_json),
)
"""Texts of a tool, told by their beginning; the first that fits."""
