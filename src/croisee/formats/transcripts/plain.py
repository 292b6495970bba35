"""Plain texts, and the JSON of oTranscribe, whose words are a text with times in it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Sequence

from croisee.formats.refused import FormatRefused
from croisee.language import phrase, phrases
from croisee.text import Notice, Transcript, cut_turns

_BREAK = re.compile(r"</?(?:p|br|div)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,300}>", re.IGNORECASE)
TITLE_LINES, TITLE_LETTERS = 3, 120
"""What is short and comes first is a title: not a word of anybody."""
_TIMESTAMP = re.compile(
    r"""<span[^<>]{0,200}class=["']timestamp["'][^<>]{0,200}>([^<>]{1,20})</span>"""
)


def read_plain(text: str | Sequence[str], known: Iterable[str], name: str = "txt") -> Transcript:
    """Return the turns of a text or of its paragraphs (``croisee.text.cut_turns``)."""
    cut = cut_turns(text, known)
    return Transcript(cut.turns, name, left_out(cut.before))


def left_out(lines: Sequence[tuple[int, str]]) -> tuple[Notice, ...]:
    """Say which lines are not read for standing outside of the turns; a title goes unsaid."""
    if len(lines) <= TITLE_LINES and all(len(line) <= TITLE_LETTERS for _, line in lines):
        return ()
    said = phrases(
        "{n} ligne hors des tours de parole n’est pas lue.",
        "{n} lignes hors des tours de parole ne sont pas lues.",
        len(lines),
    )
    return (Notice(said, phrase("Vérifiez qu’il n’y a là aucune parole."), lines[0][0]),)


def read_otranscribe(text: str, known: Iterable[str]) -> Transcript:
    """Return the turns of an ``.otr``: JSON that holds HTML, its times in brackets in the words."""
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError) as cause:
        raise _unknown() from cause
    words = kept.get("text") if isinstance(kept, dict) else None
    if not isinstance(words, str):
        raise _unknown()
    stamped = _TIMESTAMP.sub(r"[\1] ", words)
    plain = html.unescape(_TAG.sub("", _BREAK.sub("\n", stamped)))
    return read_plain(plain, known, "otr")


def _unknown() -> FormatRefused:
    return FormatRefused(
        phrase("Ce fichier est du JSON, et pas celui d’oTranscribe."),
        phrase("Exportez le verbatim en .txt, .vtt ou .docx."),
    )


def looks_like_json(text: str) -> bool:
    """Return whether a text begins and ends as a JSON object or list does."""
    bare = text.strip()
    return bool(re.match(r"\{\s*\"|\[\s*\{\s*\"", bare)) and bare[-1] in "}]"
