"""Whether a questionnaire is plain: its sentences, its acronyms, the time it takes.

``docs/methods/questionnaires.md`` says where the figures come from.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from croisee.formats.xlsform import Workbook
from croisee.language import Label, Language, Phrase, phrase, phrases
from croisee.questionnaire.asked import Asked, Sort
from croisee.questionnaire.editing import questions_of

WORDS_PER_MINUTE = 184
"""Read aloud, mean of 17 languages (Trauzettel-Klosinski and Dietz 2012): slower than silently."""
LONG, TOO_LONG, FAR_TOO_LONG = 15, 20, 25
"""Words past which a sentence is long for somebody who takes part."""
_ACT = {
    Sort.SINGLE: 3.0, Sort.SCALE: 3.0, Sort.CONSENT: 3.0, Sort.NOTE: 0.0, Sort.SECTION: 0.0,
    Sort.INTEGER: 6.0, Sort.DECIMAL: 6.0, Sort.DATE: 8.0, Sort.TEXT: 45.0, Sort.POSITION: 33.0,
    Sort.MULTIPLE: 3.0, Sort.RANKING: 3.0, Sort.BUDGET: 3.0, Sort.OTHER: 6.0,
}  # fmt: skip
"""Seconds to think and act, reading apart: our choice."""
_EACH = {Sort.MULTIPLE: 1.0, Sort.RANKING: 3.0, Sort.BUDGET: 5.0}
"""Seconds more for each choice."""
_MARKUP = re.compile(r"<[^>]{1,200}>|[*_#`]+")
_VALUE = re.compile(r"\$\{[^}]*\}|\S+@\S+|https?://\S+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\"\s\u00a0\u202f]+(?=[«“\"\s]*[^\W\da-zà-ÿ_])|\n+")
_ACRONYM = re.compile(r"(?<![\w.@/])(?:[A-ZÀ-Ý]\.){2,}|(?<![\w.@/&-])[A-ZÀ-Ý]{2,}[0-9]?(?![\w@])")
_ROMAN = re.compile(r"[IVXLC]+")
_KNOWN = frozenset({"OK", "TV", "CD", "DVD", "COVID"})
_SHOUTED = 0.5
_MEDIA = re.compile(r"(?:media\s*:+\s*)?(?:big-image|image|audio|video)(?:\s*:|$)", re.IGNORECASE)


class Flaw(StrEnum):
    """What is not plain."""

    LONG = "longue"
    TOO_LONG = "trop longue"
    FAR_TOO_LONG = "bien trop longue"
    ACRONYM = "sigle"
    UNTRANSLATED = "non traduite"
    NOT_SHOWN = "fichier non montré"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that is not plain: in which question, in which text of it, and what to do."""

    key: str
    row: int | None
    language: Language
    flaw: Flaw
    text: str
    message: Phrase
    remedy: Phrase


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a questionnaire takes: with no question that depends on an answer, with all."""

    least: int
    most: int

    def said(self) -> Phrase:
        """Return the estimate in words."""
        if self.least == self.most:
            return phrases("Environ {n} minute", "Environ {n} minutes", self.most)
        return phrase("De {least} à {most} minutes", least=self.least, most=self.most)


def estimated_minutes(book: Workbook, language: Language) -> Minutes:
    """Return the time to answer: reading every word, and acting on each question."""
    asked = questions_of(book)
    consents = {one.answer for one in asked if one.sort is Sort.CONSENT}
    depends = {one.key for one in asked if _depends(one, consents)}
    always = [one for one in asked if not depends & {one.key, *one.sections}]
    least, most = (sum(_seconds(one, language) for one in some) for some in (always, asked))
    return Minutes(max(1, math.ceil(least / 60)), max(1, math.ceil(most / 60)))


def _depends(one: Asked, consents: set[str]) -> bool:
    if not one.relevant:
        return False
    return one.condition is None or one.condition.question not in consents


def _seconds(one: Asked, language: Language) -> float:
    words = sum(len(words_of(text)) for text in _texts(one, language))
    act = _ACT[one.sort] + _EACH.get(one.sort, 0.0) * len(one.choices)
    return words * 60 / WORDS_PER_MINUTE + act


def notes_on(book: Workbook, language: Language) -> tuple[Note, ...]:
    """Return what is not plain in one language, in the order of the questions."""
    asked = questions_of(book)
    spoken = any(_in(one.label, language) for one in asked)
    explained: set[str] = set()
    found: list[Note] = []
    files = _files(book)
    for one in asked if spoken else ():
        found += _not_shown(one, files.get(one.row, ()), language)
        found += _untranslated(one, language)
        for text in _texts(one, language):
            explained |= set(_explained(text))
            found += _long(one, text, language)
            found += _acronyms(one, text, language, explained)
    return tuple(dict.fromkeys(found))


def _in(label: Label, language: Language) -> str:
    return label.en if language == "en" else label.fr


def _texts(one: Asked, language: Language) -> Iterator[str]:
    for label in (one.label, one.hint, *(choice.label for choice in one.choices)):
        text = _VALUE.sub("…", _MARKUP.sub(" ", _in(label, language))).strip()
        if text:
            yield text


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text: each ends with ``.``, ``!``, ``?``, ``…`` or its line.

    Example:
        >>> sentences_of("Voyez p. ex. 1.5 fois. Et puis ? « Oui. » Non")
        ['Voyez p. ex. 1.5 fois.', 'Et puis ?', '« Oui.', 'Non']
    """
    return [one.strip() for one in _SENTENCE_END.split(text) if words_of(one)]


def words_of(text: str) -> list[str]:
    """Return the words of a text: what is between spaces and has a letter or a digit.

    Example:
        >>> words_of("L’équipe a-t-elle 3 outils ?")
        ['L’équipe', 'a-t-elle', '3', 'outils']
    """
    return [one for one in text.split() if any(sign.isalnum() for sign in one) or one == "…"]


def _untranslated(one: Asked, language: Language) -> Iterable[Note]:
    labels = (one.label, one.hint, *(choice.label for choice in one.choices))
    missing = [label.fr or label.en for label in labels if not _in(label, language)]
    missing = [text for text in missing if text]
    if missing:
        yield Note(
            one.key, one.row, language, Flaw.UNTRANSLATED, missing[0],
            phrase("« {text} » n’est pas traduit.", text=missing[0]),
            phrase("Écrivez ce texte dans cette langue."),
        )  # fmt: skip


def _files(book: Workbook) -> dict[int | None, tuple[str, ...]]:
    """Return the images, sounds and videos that the lines of the form name, by row."""
    return {
        row: tuple(cell for column, cell in cells.items() if _MEDIA.match(column.strip()))
        for row, cells in enumerate(book.sheet("survey").records(), 2)
    }


def _not_shown(one: Asked, names: Iterable[str], language: Language) -> Iterable[Note]:
    for name in names:
        yield Note(
            one.key, one.row, language, Flaw.NOT_SHOWN, name,
            phrase("Le fichier « {name} » n’est montré à personne.", name=name),
            phrase("Dites en mots ce qu’il montre, ou donnez-le à part."),
        )  # fmt: skip


def _long(one: Asked, text: str, language: Language) -> Iterable[Note]:
    for sentence in sentences_of(text):
        count = len(words_of(sentence))
        if count <= LONG:
            continue
        flaw = Flaw.LONG
        if count > TOO_LONG:
            flaw = Flaw.FAR_TOO_LONG if count > FAR_TOO_LONG else Flaw.TOO_LONG
        yield Note(
            one.key, one.row, language, flaw, sentence,
            phrase("Cette phrase a {count} mots ; {most} suffisent.", count=count, most=LONG),
            phrase("Coupez-la en deux, ou retirez des mots."),
        )  # fmt: skip


def _acronyms(one: Asked, text: str, language: Language, explained: set[str]) -> Iterable[Note]:
    words = [word for word in words_of(text) if any(sign.isalpha() for sign in word)]
    if len(words) > 1 and sum(word.isupper() for word in words) > _SHOUTED * len(words):
        return
    for found in dict.fromkeys(_ACRONYM.findall(text)):
        bare = found.replace(".", "")
        if bare in _KNOWN | explained or _ROMAN.fullmatch(bare):
            continue
        yield Note(
            one.key, one.row, language, Flaw.ACRONYM, found,
            phrase("Le sigle « {acronym} » n’est pas expliqué.", acronym=found),
            phrase("Écrivez les mots, puis le sigle entre parenthèses, à sa première venue."),
        )  # fmt: skip


def _explained(text: str) -> Iterator[str]:
    """Yield the acronyms a text explains: « … (CLSC) », or « CLSC (centre local…) »."""
    for found in re.finditer(r"\(([^()]*)\)", text):
        before = text[: found.start()].split()
        inside = found[1].strip()
        if _ACRONYM.fullmatch(inside) and before:
            yield inside.replace(".", "")
        elif before and _ACRONYM.fullmatch(before[-1]) and len(inside.split()) > 1:
            yield before[-1].replace(".", "")
