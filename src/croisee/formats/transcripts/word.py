"""Word and rich text transcripts: turns in paragraphs, as Teams and Zoom do, or in tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from croisee.formats.docx import Row, WordText, read_word
from croisee.formats.odt import is_odt, read_odt
from croisee.formats.rtf import read_rtf
from croisee.formats.transcripts.plain import left_out, read_plain
from croisee.formats.transcripts.subtitles import looks_like_subtitles, read_subtitles
from croisee.formats.transcripts.tables import turns_of_table
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript

_FIRST_PLACES = 8


def read_word_transcript(path: Path, known: tuple[str, ...]) -> Transcript:
    """Return the turns of a DOCX or ODT: of its tables if they hold turns, else its paragraphs'."""
    name, word = ("odt", read_odt(path)) if is_odt(path) else ("docx", read_word(path))
    return _turns_of(name, word, known)


def read_rich_text(raw: bytes, known: tuple[str, ...]) -> Transcript:
    """Return the turns of an RTF, as those of a DOCX."""
    return _turns_of("rtf", read_rtf(raw), known)


def _turns_of(name: str, word: WordText, known: tuple[str, ...]) -> Transcript:
    found = _from_tables(word) or _from_paragraphs(word, known)
    return replace(
        found, format=name, notices=(*found.notices, *_carried(word.carried), *_hidden(word.hidden))
    )


def _from_tables(word: WordText) -> Transcript | None:
    """Return the turns of the tables that hold turns; ``None`` when no table does."""
    turns: list[ParsedTurn] = []
    notices: list[Notice] = []
    aside: list[tuple[int, str]] = []
    number, header = 0, None
    for block in word.blocks:
        if isinstance(block, str):
            number += 1
            if block.strip():
                aside.append((number, block))
            continue
        cut = turns_of_table(block, number + 1, header)
        number += len(block)
        if cut is None:
            aside += [(number, cell) for row in block for cell in row if cell]
        else:
            turns += cut.turns
            notices += cut.notices
            header = cut.columns
    outside = sum(len(line) for _, line in aside)
    if header is None or sum(len(turn.text) for turn in turns) < outside:
        return None  # most of what is said stands in paragraphs
    return Transcript(tuple(turns), "docx", (*left_out(aside), *notices))


def _from_paragraphs(word: WordText, known: tuple[str, ...]) -> Transcript:
    paragraphs = list(_flat(word.blocks))
    tables = sum(not isinstance(block, str) for block in word.blocks)
    if any("-->" in line for line in paragraphs):
        text = "\n\n".join(paragraphs)
        if looks_like_subtitles(text):
            return read_subtitles(text, known)
    found = read_plain(paragraphs, known)
    if tables:
        said = phrases(
            "Un tableau est lu case par case : ses colonnes ne sont pas celles d’un verbatim.",
            "{n} tableaux sont lus case par case : leurs colonnes ne sont pas d’un verbatim.",
            tables,
        )
        remedy = phrase("Pour un verbatim en tableau : des colonnes Début, Locuteur, Texte.")
        found = replace(found, notices=(*found.notices, Notice(said, remedy)))
    return found


def _flat(blocks: Iterable[str | list[Row]]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, str):
            yield block
        else:
            yield from (line for row in block for cell in row for line in cell.split("\n"))


def _carried(carried: Counter[str]) -> Sequence[Notice]:
    deleted = carried["del"] + carried["moveFrom"]
    added = carried["ins"] + carried["moveTo"]
    notes = carried["footnoteReference"] + carried["endnoteReference"]
    things = carried["object"] + carried["drawing"] + carried["pict"]
    said: list[tuple[int, Phrase, Phrase]] = [
        (
            deleted,
            phrases(
                "{n} suppression suivie n’est pas lue.",
                "{n} suppressions suivies ne sont pas lues.",
                deleted,
            ),
            phrase("Pour les garder, refusez-les dans le logiciel de texte."),
        ),
        (
            added,
            phrases("{n} ajout suivi est lu.", "{n} ajouts suivis sont lus.", added),
            phrase("Pour les écarter, refusez-les dans le logiciel de texte."),
        ),
        (
            carried["commentReference"],
            phrases(
                "{n} commentaire n’est pas lu.",
                "{n} commentaires ne sont pas lus.",
                carried["commentReference"],
            ),
            phrase("Un commentaire n’est pas une parole."),
        ),
        (
            notes,
            phrases("{n} note n’est pas lue.", "{n} notes ne sont pas lues.", notes),
            phrase("Une note n’est pas une parole."),
        ),
        (
            things,
            phrases(
                "{n} image ou objet n’est pas lu.", "{n} images ou objets ne sont pas lus.", things
            ),
            phrase("Un verbatim ne garde que du texte."),
        ),
        *_out_of_sight(carried),
    ]
    return [Notice(message, remedy) for count, message, remedy in said if count]


def _hidden(places: Sequence[int]) -> Iterator[Notice]:
    """Say where hidden words stand. What nobody saw on screen is not what was said."""
    if places:
        shown = ", ".join(map(str, places[:_FIRST_PLACES]))
        yield Notice(
            phrases(
                "Du texte caché n’est pas lu, au paragraphe {where}.",
                "Du texte caché n’est pas lu, dans {n} paragraphes : {where}.",
                len(places),
                where=shown + (", …" if len(places) > _FIRST_PLACES else ""),
            ),
            phrase("Pour le garder, ôtez-lui l’attribut « caché » dans le logiciel de texte."),
        )


def _out_of_sight(carried: Counter[str]) -> Iterator[tuple[int, Phrase, Phrase]]:
    yield from (
        (
            carried["vanish"],
            phrases(
                "{n} passage caché n’est pas lu.",
                "{n} passages cachés ne sont pas lus.",
                carried["vanish"],
            ),
            phrase("Pour le garder, ôtez-lui l’attribut « caché » dans le logiciel de texte."),
        ),
        (
            carried["lost"],
            phrases(
                "{n} lettre ne se lit pas : elle est remplacée par « � ».",
                "{n} lettres ne se lisent pas : elles sont remplacées par « � ».",
                carried["lost"],
            ),
            phrase("Enregistrez le texte en .docx, puis recommencez."),
        ),
        (
            carried["cut"],
            phrase("Le fichier s’arrête avant sa fin : ce qui précède est lu."),
            phrase("Vérifiez que rien n’y manque."),
        ),
    )
