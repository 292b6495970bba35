"""``croisee search``: where words stand in what a study folder holds, however they were written.

For the team only: the words are those people said, not de-identified. What somebody refused or
withdrew is not read (``croisee.dataset.consent`` says who may be analysed).
"""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa

from croisee.dataset import answers_name, consenting_tables
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.cutting import SURENESS, cut_study
from croisee.run.preparation import StudyRefused
from croisee.study import Question, QuestionKind, Study
from croisee.studyfolder import StudyFolder, read_study
from croisee.text import Nearness, Passage, Search, typeset

_AROUND = 60
"""Characters shown on each side of what was found, cut between words."""
_WIDTH = 100
_MOST_FORMS = 12


class SearchRefused(Exception):
    """Nothing can be searched for; ``message`` says what to give."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a study folder: a turn, or the answer of one respondent to one question."""

    where: str
    """The document’s file, or the wave of answers."""
    place: Phrase
    words: str
    person: str
    """Whose words they are; "" for the team, and for whom nobody knows."""
    case: str = ""
    """The case of the document or of the answers."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and the text it stands in."""

    text: Text
    passage: Passage


def search_study(folder: StudyFolder, words: str, question: str = "") -> tuple[Hit, ...]:
    """Return every passage of a study folder where ``words`` stand, in the folder's order.

    Verbatims, observation notes and open answers, of those who may be analysed. ``question``: a
    code of the guide or of an instrument; only what was said or written to it is read then.

    Raises:
        SearchRefused: ``words`` holds no word, or too many; no such question.
        StudyRefused: the folder must be corrected first.
    """
    search = asked_for(words)
    texts = texts_of(folder, question)
    return tuple(Hit(text, passage) for text in texts for passage in search.find(text.words))


def asked_for(words: str) -> Search:
    """Return the search for words.

    Raises:
        SearchRefused: ``words`` holds no word, or too many.
    """
    try:
        return Search(words)
    except ValueError:
        raise SearchRefused(
            phrase("Donnez un mot ou quelques mots à chercher (200 caractères au plus).")
        ) from None


def texts_of(folder: StudyFolder, question: str = "") -> Iterator[Text]:
    """Yield the texts of those who may be analysed: turns, then open answers.

    ``question``: only those said or written to that question of the guide or of an instrument.

    Raises:
        SearchRefused: no such question.
        StudyRefused: the folder must be corrected first.
    """
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    _known(folder.study, question)
    kept, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    spoken = _turns(kept) if not question else _turns_under(folder, question)
    yield from spoken
    yield from _answers(folder.study, kept, question)


def _known(study: Study, question: str) -> None:
    """Refuse a question that neither the guide nor an instrument asks openly."""
    asked = [theme.code for theme in study.themes]
    asked += [one.code for i in study.instruments for one in i.questions if _open(one)]
    if not question or question in asked:
        return
    if not asked:
        raise SearchRefused(phrase("Ni le guide ni un instrument n’a de question ouverte."))
    raise SearchRefused(
        phrase(
            "Pas de question « {code} ». Il y a : {codes}.",
            code=question,
            codes=", ".join(dict.fromkeys(asked)),
        )
    )


def _open(question: Question) -> bool:
    return question.kind is QuestionKind.TEXT


def _turns(tables: dict[str, pa.Table]) -> Iterator[Text]:
    if "turns" not in tables or "documents" not in tables:
        return
    documents = {row["document"]: row for row in tables["documents"].to_pylist()}
    for row in tables["turns"].to_pylist():
        document = documents.get(row["document"], {})
        yield _turn(document.get("file") or row["document"], row, document.get("case", ""))


def _turn(where: str, row: dict[str, Any], case: str) -> Text:
    who = row["speaker"] or row["participant"] or ""
    place = _place(row["turn"], who, row["start"])
    person = row["participant"] or ""
    return Text(f"documents/{where}", place, row["text"] or "", person, case)


def _turns_under(folder: StudyFolder, question: str) -> Iterator[Text]:
    """Yield the turns said under a question of the guide, each saying how surely."""
    cases = {row["document"]: row["case"] for row in folder.tables["documents"].to_pylist()}
    for document in cut_study(folder):
        for row in document.turns:
            cut = document.cut_of(row["turn"])
            if cut is not None and cut.theme == question:
                text = _turn(document.file, row, cases.get(row["document"], ""))
                place = phrase("{place}, question {theme} ({sureness})", place=text.place,
                               theme=cut.theme, sureness=SURENESS[cut.sureness])  # fmt: skip
                yield replace(text, place=place)


def _place(turn: int, who: str, start: float | None) -> Phrase:
    if start is not None:
        seconds = int(start)
        time = f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        if who:
            return phrase("tour {turn}, {time}, {who}", turn=turn, time=time, who=who)
        return phrase("tour {turn}, {time}", turn=turn, time=time)
    if who:
        return phrase("tour {turn}, {who}", turn=turn, who=who)
    return phrase("tour {turn}", turn=turn)


def _answers(study: Study, tables: dict[str, pa.Table], question: str) -> Iterator[Text]:
    for instrument in study.instruments:
        asked = [
            one.code for one in instrument.questions if _open(one) and question in {"", one.code}
        ]
        for edition in study.editions:
            table = tables.get(answers_name(instrument.code, edition.code))
            if table is None or not asked:
                continue
            columns = ["respondent", "case", *(f"q_{code}" for code in asked)]
            for line, row in enumerate(table.select(columns).to_pylist(), 1):
                for code in asked:
                    if said := row[f"q_{code}"]:
                        who = row["respondent"] or str(line)
                        place = phrase("réponse de {who}, question {code}", who=who, code=code)
                        where = f"reponses/{instrument.code}@{edition.code}"
                        yield Text(where, place, said, who, row["case"])


def search_lines(
    path: Path, words: str, language: Language, *, near: bool = False, question: str = ""
) -> Iterator[str]:
    """Yield what ``croisee search`` prints: passages by file, then the writings and their count.

    ``near``: also the other gender alone and other accents, under a title of their own.

    Raises:
        SearchRefused, StudyRefused: see :func:`search_study`.
    """
    folder = read_study(path)
    hits = search_study(folder, words, question)
    same = [hit for hit in hits if hit.passage.nearness is Nearness.SAME]
    others = [hit for hit in hits if hit.passage.nearness is not Nearness.SAME]
    yield from _title(words, question, same, language)
    yield from _passages(same, language)
    if near and others:
        yield _ours(phrase("Proches, mais pas ce mot :"), language)
        yield ""
        yield from _passages(others, language)
    yield from _writings(same, language)
    yield from _about(others, near=near, language=language)
    if folder.problems:
        told = phrases(
            "{n} chose à vérifier dans ce dossier (un fichier non lu ?) : croisee check",
            "{n} choses à vérifier dans ce dossier (un fichier non lu ?) : croisee check",
            len(folder.problems),
        )
        yield _ours(told, language)


def _ours(sentence: Phrase, language: Language) -> str:
    """Return a sentence of ours as a terminal shows it; people’s words are printed as typed."""
    return typeset(sentence.to(language), language, medium="text")


def _title(words: str, question: str, same: list[Hit], language: Language) -> Iterator[str]:
    asked = " ".join(words.split())
    if not same:
        absent = phrase("« {words} » ne se trouve dans aucun texte.", words=asked)
        searched = phrase(
            "Cherché : verbatims, notes et réponses ouvertes des personnes dont le consentement "
            "tient."
        )
        if question:
            searched = phrase(
                "Cherché : ce qui répond à « {code} » seulement. Où elle commence : croisee cut.",
                code=question,
            )
        yield _ours(absent, language)
        yield _ours(searched, language)
        return
    found = phrase(
        "« {words} » : {count} {files}.",
        words=asked,
        count=phrases("{n} passage", "{n} passages", len(same)),
        files=phrases("dans {n} fichier", "dans {n} fichiers", len({h.text.where for h in same})),
    )
    warning = phrase("Pour l’équipe seulement : ces paroles ne sont pas désidentifiées.")
    yield _ours(found, language)
    yield _ours(warning, language)
    yield ""


def _passages(hits: list[Hit], language: Language) -> Iterator[str]:
    for where, group in groupby(hits, key=lambda hit: hit.text.where):
        yield where
        for hit in group:
            line = _line(hit)
            place = hit.text.place
            if line:
                place = phrase("{place}, ligne {line}", place=place, line=line)
            head = _ours(phrase("{label} :", label=place), language)
            told = f"{head} {_around(hit)}"
            yield from textwrap.wrap(
                told,
                _WIDTH,
                initial_indent="  ",
                subsequent_indent="      ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        yield ""


def _line(hit: Hit) -> int:
    """Return the line of the passage in its text, from 1; 0 when the text has only one."""
    words = hit.text.words
    return words.count("\n", 0, hit.passage.start) + 1 if "\n" in words else 0


def _around(hit: Hit) -> str:
    """Return the passage in square brackets, with a few words on each side."""
    words, passage = hit.text.words, hit.passage
    before = words[: passage.start]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    after = words[passage.end :]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    return " ".join(f"{before}[{passage.text}]{after}".split())


def _writings(hits: list[Hit], language: Language) -> Iterator[str]:
    counts = Counter(" ".join(hit.passage.text.split()) for hit in hits)
    if counts:
        told = f"{_ours(phrase('Écritures trouvées :'), language)} {_counted(counts)}."
        yield from textwrap.wrap(told, _WIDTH, break_on_hyphens=False)


def _counted(counts: Counter[str]) -> str:
    shown = [f"{form} ({count})" for form, count in counts.most_common(_MOST_FORMS)]
    return ", ".join((*shown, "…") if len(counts) > _MOST_FORMS else shown)


def _about(others: list[Hit], *, near: bool, language: Language) -> Iterator[str]:
    """Say what was found that is near, and not the word asked."""
    for nearness, said in (
        (Nearness.OTHER_GENDER, phrase("L’autre genre écrit seul, non compté :")),
        (Nearness.OTHER_ACCENTS, phrase("Mêmes lettres, autres accents, non comptées :")),
        (Nearness.IN_ADDRESS, phrase("Dans une adresse ou un nom de fichier, non compté :")),
    ):
        counts = Counter(
            " ".join(hit.passage.text.split()) for hit in others if hit.passage.nearness is nearness
        )
        if counts:
            told = f"{_ours(said, language)} {_counted(counts)}."
            yield from textwrap.wrap(told, _WIDTH, break_on_hyphens=False)
    if others and not near:
        yield _ours(phrase("Pour voir aussi ces passages : ajoutez --near."), language)
