"""``croisee words``: the words people say most, and those they say together; for the team only.

Counted are the turns of known people and the open answers, of those whose consent holds. No count
goes through the disclosure gate: none of this leaves the team.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.keywords import between_lines
from croisee.run.searching import SearchRefused, asked_for, texts_of
from croisee.studyfolder import read_study
from croisee.text import SPOKEN_WORDS, Together, WordCount, typeset, word_counts, words_beside

COUNTS_HEADER = ("mot", "fois", "textes", "ecritures")
BESIDE_HEADER = ("mot", "ensemble", "textes_du_mot", "textes_cherche", "textes", "attendu")
_MOST = 40
_MOST_WRITINGS = 5


def words_told(options: argparse.Namespace, language: Language) -> Iterator[str]:
    """Yield what the command prints: words counted, or compared between networks.

    Raises:
        SearchRefused: both are asked for at once; see :func:`words_lines`.
        StudyRefused: the folder must be corrected first.
    """
    if not options.between:
        return words_lines(
            options.study,
            language,
            beside=options.beside,
            question=options.question,
            every=options.all,
            out=options.out,
        )
    if options.beside:
        raise SearchRefused(phrase("Une chose à la fois : --with, ou --between."))
    return between_lines(
        options.study, language, question=options.question, every=options.all, out=options.out
    )


def words_lines(
    path: Path,
    language: Language,
    *,
    beside: str = "",
    question: str = "",
    every: bool = False,
    out: Path | None = None,
) -> Iterator[str]:
    """Yield what ``croisee words`` prints: the most said words, or those said beside ``beside``.

    Args:
        path: the study folder.
        language: of our sentences; people’s words are printed as typed.
        beside: only the words of the turns and answers where this one stands.
        question: see :func:`croisee.run.searching.texts_of`.
        every: articles, pronouns and the like are counted too.
        out: where to write every word as a CSV; a file that is there is never replaced.

    Raises:
        SearchRefused, StudyRefused: see :func:`texts_of`; ``out`` is there already.
    """
    if out is not None and out.exists():
        raise SearchRefused(phrase("Ce fichier existe déjà : {file}.", file=str(out)))
    search = asked_for(beside) if beside else None
    folder = read_study(path)
    texts = [text.words for text in texts_of(folder, question) if text.person]
    without = frozenset[str]() if every else SPOKEN_WORDS
    found: Sequence[WordCount] | Sequence[Together]
    header: Sequence[str]
    rows: Iterator[tuple[object, ...]]
    if search is None:
        counts = word_counts(texts, without=without)
        found, header, rows = counts, COUNTS_HEADER, _count_rows(counts)
        told = _count_lines(counts)
    else:
        together = words_beside(texts, search, without=without)
        found, header, rows = together, BESIDE_HEADER, _beside_rows(together)
        told = _beside_lines(together, language)
    yield from (_ours(line, language) for line in _title(beside, found, len(texts)))
    yield from (_ours(line, language) if isinstance(line, Phrase) else line for line in told)
    if out is not None:
        write_csv(out, header, rows)
        yield _ours(phrase("Mots écrits : {file}", file=str(out)), language)


def _title(
    beside: str, found: Sequence[WordCount] | Sequence[Together], texts: int
) -> Iterator[Phrase]:
    where = phrases("{n} tour ou réponse", "{n} tours et réponses", texts)
    if not found:
        yield phrase("Aucun mot à compter dans {where}.", where=where)
        return
    many = phrases("{n} mot", "{n} mots", len(found))
    if beside:
        yield phrase("{many} dans les mêmes textes que « {word} », parmi {where}.",
                     many=many, word=beside, where=where)  # fmt: skip
    else:
        yield phrase("{many} dans {where}.", many=many, where=where)
    yield phrase(
        "Pour l’équipe seulement : ces comptes ne passent pas par les règles de divulgation."
    )


def _count_lines(counts: Sequence[WordCount]) -> Iterator[Phrase | str]:
    shown = counts[:_MOST]
    if not shown:
        return
    yield ""
    yield phrase("fois, textes, mot (écritures)")
    for one in shown:
        writings = _writings(one)
        yield f"{one.times:>6} {one.texts:>6}  {one.form}" + (f" ({writings})" if writings else "")


def _writings(one: WordCount) -> str:
    """Return the writings, where the capitals are not all that differs from the form."""
    typed: dict[str, int] = {}
    for writing, times in one.writings:
        typed[writing.lower()] = typed.get(writing.lower(), 0) + times
    if list(typed) == [one.form]:
        return ""
    told = [f"{writing} {times}" for writing, times in list(typed.items())[:_MOST_WRITINGS]]
    return ", ".join((*told, "…") if len(typed) > _MOST_WRITINGS else told)


def _beside_lines(together: Sequence[Together], language: Language) -> Iterator[Phrase | str]:
    shown = together[:_MOST]
    if not shown:
        return
    yield ""
    yield phrase("ensemble, attendu par hasard, mot")
    for one in shown:
        expected = f"{one.expected:.1f}"
        if language == "fr":
            expected = expected.replace(".", ",")
        yield f"{one.both:>6} {expected:>8}  {one.other}"


def _count_rows(counts: Iterable[WordCount]) -> Iterator[tuple[object, ...]]:
    for one in counts:
        typed = "|".join(f"{writing} ({times})" for writing, times in one.writings)
        yield one.form, one.times, one.texts, typed


def _beside_rows(together: Iterable[Together]) -> Iterator[tuple[object, ...]]:
    for one in together:
        expected = f"{one.expected:.2f}".replace(".", ",")
        yield one.other, one.both, one.of_other, one.of_one, one.texts, expected


def _ours(sentence: Phrase, language: Language) -> str:
    return typeset(sentence.to(language), language, medium="text")
