"""``croisee words --between``: the words that more people say in one network than in the others.

For the team only: a word is often its speaker (``docs/methods/divulgation.md`` §3.15).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.searching import SearchRefused, texts_of
from croisee.studyfolder import read_study
from croisee.survey import KeyWord, key_words
from croisee.text import SPOKEN_WORDS, WordFamily, typeset, word_families

HEADER = (
    "cas", "mot", "personnes", "base", "personnes_ailleurs", "base_ailleurs", "log_vraisemblance",
    "fois_plus", "bas", "haut", "p", "p_holm", "ecritures",
)  # fmt: skip
_LEVEL = 0.05
_LEADS, _FEWEST_HERE = 5, 3
_MOST_TOLD = 15


def between_lines(
    path: Path,
    language: Language,
    *,
    question: str = "",
    every: bool = False,
    out: Path | None = None,
) -> Iterator[str]:
    """Yield what ``croisee words --between`` prints, and write every compared word where asked.

    Args:
        path: the study folder.
        language: of our sentences; people's words are printed as typed.
        question: see :func:`croisee.run.searching.texts_of`.
        every: articles, pronouns and the like are compared too.
        out: where to write the words as a CSV; a file that is there is never replaced.

    Raises:
        SearchRefused: fewer than two networks spoke; ``out`` is there already.
        StudyRefused: the folder must be corrected first.
    """
    if out is not None and out.exists():
        raise SearchRefused(phrase("Ce fichier existe déjà : {file}.", file=str(out)))
    folder = read_study(path)
    texts = [one for one in texts_of(folder, question) if one.person and one.case]
    speakers = {f"{one.case}/{one.person}": one.case for one in texts}
    bases = Counter(speakers.values())
    if len(bases) < 2 or folder.study is None:
        raise SearchRefused(
            phrase("Il faut des paroles de deux réseaux ou plus pour les comparer.")
        )
    families = word_families(
        ((f"{one.case}/{one.person}", one.words) for one in texts),
        without=frozenset() if every else SPOKEN_WORDS,
    )
    said = {one.form: one.people for one in families}
    order = [case.code for case in folder.study.cases if case.code in bases]
    found = key_words(said, speakers, order)
    writings = {one.form: one for one in families}

    def say(told: Phrase) -> str:
        return typeset(told.to(language), language, medium="text")

    yield from map(say, _title(found, bases, order))
    for case in order:
        yield ""
        yield from map(say, _case_told(case, bases, found, writings, language))
    if out is not None:
        write_csv(out, HEADER, (_row(one, writings[one.word]) for one in found))
        yield say(phrase("Mots écrits : {file}", file=str(out)))


def _title(
    found: Sequence[KeyWord], bases: Mapping[str, int], order: Sequence[str]
) -> Iterator[Phrase]:
    yield phrase(
        "Mots que plus de personnes disent dans un réseau que dans les autres : {people}.",
        people=", ".join(f"{case} {bases[case]}" for case in order),
    )
    yield phrase(
        "Chaque personne compte une fois, quoi qu’elle répète. Pour l’équipe seulement : un mot "
        "désigne souvent qui le dit."
    )
    small = [case for case in order if bases[case] < _FEWEST_HERE]
    if small:
        yield phrase(
            "Trop peu de voix pour en dire quelque chose : {cases}.", cases=", ".join(small)
        )
    if not found:
        yield phrase("Aucun mot n’est dit par cinq personnes ou plus.")


def _case_told(
    case: str,
    bases: Mapping[str, int],
    found: Sequence[KeyWord],
    writings: Mapping[str, WordFamily],
    language: Language,
) -> Iterator[Phrase]:
    here = [one for one in found if one.case == case and one.here >= _FEWEST_HERE]
    told = [one for one in here if one.corrected < _LEVEL]
    leads = [one for one in here if one not in told][:_LEADS]
    yield phrase(
        "{case} ({people}) :",
        case=case,
        people=phrases("{n} personne", "{n} personnes", bases[case]),
    )
    if told:
        yield phrase("  Plus que le hasard (Holm, tous les mots de tous les réseaux) :")
    for one in told[:_MOST_TOLD]:
        yield _word_told(one, writings[one.word], language)
    if leads:
        yield phrase("  À relire, sans preuve :")
    for one in leads:
        yield _word_told(one, writings[one.word], language)
    if not here:
        yield phrase("  Aucun mot n’y est plus dit qu’ailleurs par trois personnes ou plus.")


def _word_told(one: KeyWord, family: WordFamily, language: Language) -> Phrase:
    others = [form for form in family.writings if form != one.word][:3]
    word = f"{one.word} ({', '.join(others)})" if others else one.word
    if not one.elsewhere:
        return phrase(
            "    {word} : {here} sur {base}, personne sur {others} ailleurs, au moins {low} fois "
            "plus",
            word=word,
            here=one.here,
            base=one.base,
            others=one.others,
            low=_number(one.low, language),
        )
    return phrase(
        "    {word} : {here} sur {base}, ailleurs {elsewhere} sur {others}, soit {times} fois plus "
        "(de {low} à {high})",
        word=word,
        here=one.here,
        base=one.base,
        elsewhere=one.elsewhere,
        others=one.others,
        times=_number(one.times_more, language),
        low=_number(one.low, language),
        high=_number(one.high, language),
    )


def _number(value: float, language: Language) -> str:
    text = f"{value:.0f}" if value >= 10 else f"{value:.1f}"
    return text.replace(".", ",") if language == "fr" else text


def _row(one: KeyWord, family: WordFamily) -> tuple[object, ...]:
    cells = (one.likelihood, one.times_more, one.low, one.high, one.p, one.corrected)
    return (
        one.case, one.word, one.here, one.base, one.elsewhere, one.others,
        *(f"{cell:.6g}".replace(".", ",") for cell in cells), "|".join(family.writings),
    )  # fmt: skip
