"""Digital access, telework, training: a chapter each, its figures, then a draft to discuss."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from croisee.disclosure.released import ReleasedTable
from croisee.disclosure.values import Chiffre
from croisee.language import Phrase, phrase
from croisee.portrait import (
    Evidence,
    Said,
    Statement,
    Wave,
    clauses,
    digital_plan,
    is_portrait,
    is_telework,
    is_training,
    latest,
    training_plan,
)
from croisee.portrait.plan import SECTIONS as OF_ACCESS
from croisee.portrait.telework import SECTIONS as OF_TELEWORK
from croisee.portrait.training import sections as of_training
from croisee.report import words
from croisee.report.told import Telling
from croisee.report.tree import ListBlock, ListItem, Paragraph, Section
from croisee.study import Instrument, Subject

Parts = tuple[tuple[str, Phrase, tuple[str, ...]], ...]
_TOOLS = "logiciels"
"""The part of a portrait that also shows what follows from several questions."""


def portraits(telling: Telling) -> Iterator[Section]:
    """Yield a chapter for the last edition of each portrait that has released figures.

    A study with no questionnaire made from these templates has none.
    """
    yield from _chapters(
        telling,
        is_portrait,
        lambda _: OF_ACCESS,
        phrase("Ébauche de plan numérique collectif"),
        lambda wave: digital_plan(telling.release, wave.name),
    )
    yield from _chapters(
        telling,
        is_telework,
        lambda _: OF_TELEWORK,
        phrase("Ébauche de clauses sur le télétravail"),
        lambda wave: clauses(telling.release, wave.name),
    )
    yield from _chapters(
        telling,
        is_training,
        of_training,
        phrase("Ébauche de plan de formation"),
        lambda wave: training_plan(telling.release, wave.name, wave.instrument),
    )


def _chapters(
    telling: Telling,
    follows: Callable[[Instrument], bool],
    parts: Callable[[Instrument], Parts],
    title: Phrase,
    draft: Callable[[Wave], Sequence[Statement]],
) -> Iterator[Section]:
    study = telling.release.study
    released = {
        (base.source, base.edition) for table in telling.release.tables for base in table.bases
    }
    some = [instrument for instrument in study.instruments if follows(instrument)]
    for wave in latest(study, some, sorted(released)):
        anchor = f"portrait-{wave.instrument.code}"
        inside = [
            Section(3, telling.say(name), f"{anchor}-{code}", telling.first_time(tables))
            for code, name, questions in parts(wave.instrument)
            if (tables := _tables(telling, wave, code, questions))
        ]
        drafted = _draft(telling, wave, title, draft(wave))
        kept = tuple(one for one in (*inside, drafted) if one is not None and one.blocks)
        if kept:
            yield Section(2, telling.say(wave.instrument.name), anchor, (), kept)


def _tables(
    telling: Telling, wave: Wave, part: str, questions: Sequence[str]
) -> list[ReleasedTable]:
    """Return the released tables of some questions, all networks together or side by side."""
    keys = [f"{wave.name}.{question}" for question in questions]
    if part == _TOOLS:
        follow = [f"{kind}.{wave.name}" for kind in ("outils", "rencontres", "licences")]
        keys = [*follow, *keys]
    known = {table.key: table for table in telling.release.tables}
    return [known[key] for key in keys if key in known]


def _draft(
    telling: Telling, wave: Wave, title: Phrase, statements: Sequence[Statement]
) -> Section | None:
    if not statements:
        return None
    intro = phrase(
        "Des règles écrites d’avance ont tiré ces propositions des figures de ce rapport. "
        "Elles ne décident de rien : chacune est à discuter, à changer ou à écarter."
    )
    counted = (
        phrase("Les nombres comptent des organismes.")
        if wave.instrument.subject is Subject.ORGANISATION
        else phrase("Les nombres comptent des personnes.")
    )
    items = tuple(
        ListItem(_told(telling, one), strong=telling.say(phrase("À discuter")), codes=one.codes)
        for one in statements
    )
    lead = Paragraph(f"{telling.say(intro)} {telling.say(counted)}")
    anchor = f"portrait-{wave.instrument.code}-ebauche"
    return Section(3, telling.say(title), anchor, (lead, ListBlock(items)))


def _told(telling: Telling, statement: Statement) -> str:
    """Return a proposal, where it would be written, and the released values that lead to it."""
    parts = [telling.say(statement.proposal)]
    parts += [_evidence(telling, one) for one in statement.evidence]
    if statement.place is not None:
        parts.append(telling.say(phrase("Où l’écrire : {place}.", place=statement.place)))
    return " ".join(parts)


def _evidence(telling: Telling, evidence: Evidence) -> str:
    said = " ; ".join(_said(telling, one) for one in evidence.said)
    return telling.say(
        phrase("{fact} : {said} ({code}).", fact=evidence.fact, said=said, code=evidence.code)
    )


def _said(telling: Telling, said: Said) -> str:
    value = words.full(said.value, telling.language)
    if said.tenths and isinstance(said.value, Chiffre):
        value = words.tenths(said.value, telling.language)
    if said.network is None:
        return value
    return telling.say(phrase("{network}, {value}", network=said.network.label, value=value))
