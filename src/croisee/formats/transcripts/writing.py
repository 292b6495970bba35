"""A transcript written, then read again: what its format did not carry is said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path

from croisee.formats.transcripts.iramuteq import iramuteq_of
from croisee.formats.transcripts.lines_writing import paragraphs_of, text_of_paragraphs
from croisee.formats.transcripts.reading import read_transcript, turns_of_text
from croisee.formats.transcripts.refi import refi_source
from croisee.formats.transcripts.subtitles_writing import srt_of, vtt_of
from croisee.formats.transcripts.word_writing import docx_of_paragraphs, docx_of_table
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn


class Target(StrEnum):
    """What a transcript can be written as."""

    VTT = "vtt"
    SRT = "srt"
    TXT = "txt"
    DOCX = "docx"
    DOCX_TABLE = "docx-table"
    IRAMUTEQ = "iramuteq"
    REFI = "refi"


def write_transcript(
    turns: Sequence[ParsedTurn],
    path: Path,
    target: Target,
    variables: Mapping[str, str] | None = None,
) -> tuple[Notice, ...]:
    """Write turns in a file and return what its format does not carry.

    The file is read again and compared, so that nothing is lost without being said. It bears no
    author, no date and no name but those in the words. ``variables`` are the starred ones of
    IRaMuTeQ. A REFI source is two files: ``path`` (its words) and the same with ``.xml``.

    Raises:
        FormatRefused: subtitles of turns that have no time.
    """
    if target is Target.IRAMUTEQ:
        text, notices = iramuteq_of(turns, variables or {})
        path.write_text(text, encoding="utf-8", newline="\n")
        return notices
    if target is Target.REFI:
        source = refi_source(turns, path.stem)
        path.write_text(source.text, encoding="utf-8", newline="\n")
        path.with_suffix(".xml").write_text(source.element, encoding="utf-8", newline="\n")
        return (*source.notices, *without_variables(turns))
    path.write_bytes(_bytes(turns, target))
    return (*lost(turns, read_transcript(path).turns), *without_variables(turns))


def _bytes(turns: Sequence[ParsedTurn], target: Target) -> bytes:
    if target is Target.VTT:
        return vtt_of(turns).encode("utf-8")
    if target is Target.SRT:
        return srt_of(turns).encode("utf-8")
    if target is Target.DOCX_TABLE:
        return docx_of_table(turns)
    paragraphs, headed = paragraphs_of(turns, turns_of_text)
    if target is Target.DOCX:
        return docx_of_paragraphs(paragraphs, headed=headed)
    return text_of_paragraphs(paragraphs).encode("utf-8")


def without_variables(turns: Sequence[ParsedTurn]) -> tuple[Notice, ...]:
    """Return what to say where a corpus described its texts: only another corpus can."""
    described = sum(bool(turn.variables) for turn in turns)
    if not described:
        return ()
    said = phrases(
        "Les variables de {n} tour ne sont pas gardées.",
        "Les variables de {n} tours ne sont pas gardées.",
        described,
    )
    return (Notice(said, phrase("Écrivez un corpus IRaMuTeQ pour les garder.")),)


def lost(turns: Sequence[ParsedTurn], back: Sequence[ParsedTurn]) -> tuple[Notice, ...]:
    """Return what differs between turns and the same ones read back, said once each."""
    if len(turns) != len(back):
        said = phrase(
            "Ce format ne garde pas les tours de parole : {n} écrits, {m} relus.",
            n=len(turns),
            m=len(back),
        )
        return (Notice(said, phrase("Choisissez un autre format, ou relisez le fichier.")),)
    pairs = list(zip(turns, back, strict=True))
    missing = [one for one, other in pairs if one.start is None and other.start is not None]
    shifted = [one for one, other in pairs if one.start is not None and one.start != other.start]
    ends = [one for one, other in pairs if one.end != other.end and one not in missing]
    labels = [one for one, other in pairs if one.speaker != other.speaker]
    words = [one for one, other in pairs if one.text != other.text]
    marks = [one for one, other in pairs if one.text == other.text and one.marks != other.marks]
    remedy = phrase("Gardez aussi le fichier d’origine.")
    kinds = (
        (labels, phrases("{n} étiquette change.", "{n} étiquettes changent.", len(labels))),
        (
            words,
            phrases("Le texte de {n} tour change.", "Le texte de {n} tours change.", len(words)),
        ),
        (
            missing,
            phrases(
                "{n} tour sans temps reçoit celui de sa place.",
                "{n} tours sans temps reçoivent celui de leur place.",
                len(missing),
            ),
        ),
        (
            shifted,
            phrases("Le début de {n} tour change.", "Le début de {n} tours change.", len(shifted)),
        ),
        (ends, phrases("La fin de {n} tour change.", "La fin de {n} tours change.", len(ends))),
        (
            marks,
            phrases(
                "Les temps, pauses ou bruits de {n} tour ne sont pas gardés.",
                "Les temps, pauses ou bruits de {n} tours ne sont pas gardés.",
                len(marks),
            ),
        ),
    )
    return tuple(Notice(said, remedy) for turns_, said in kinds if turns_)
