"""How a released value, a base, a method or a state is named in a document.

Numbers about people are said by :mod:`croisee.disclosure.wording` and by nothing else; what
is here names process facts, states and the things around the numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil, floor

from croisee.disclosure import wording
from croisee.disclosure.released import (
    Amount,
    Fact,
    Kind,
    Percent,
    Rank,
    ReleasedBase,
    ReleasedTable,
    Value,
    Word,
)
from croisee.disclosure.values import Chiffre, exact
from croisee.language import Label, Language, Phrase, phrase, phrases
from croisee.study import ActivityState, Study, Subject
from croisee.text import fold


def brief(value: Value, language: Language) -> str:
    """Return a value as it stands beside its bar: « 31 », « au moins 20 », « 1er »."""
    if isinstance(value, Chiffre):
        return wording.say(value, "nombre", language)
    if isinstance(value, Percent):
        return wording.say(value, "points", language)
    return _other(value, language)


def full(value: Value, language: Language) -> str:
    """Return a value that can stand alone, in a table: « 31 sur 46 (67 %) »."""
    if isinstance(value, Chiffre):
        return wording.say(value, "pct", language)
    if isinstance(value, Percent):
        return _weighted(value, language)
    return _other(value, language)


def between(said: str, ends: tuple[float, float] | None, language: Language) -> str:
    """Return a share with its interval: « 20 sur 40 (50 %), entre 39 % et 61 % »."""
    if ends is None:
        return said
    low, high = floor(100 * ends[0]), ceil(100 * ends[1])
    return phrase(
        "{value}, entre {low} et {high}",
        value=said,
        low=wording.with_unit(low, "%", language),
        high=wording.with_unit(high, "%", language),
    ).to(language)


def of_base(value: Value, language: Language) -> str:
    """Return a value with its base and no percentage: « 31 sur 46 »."""
    if isinstance(value, Chiffre):
        return wording.say(value, "sur", language)
    return full(value, language)


def tenths(value: Chiffre, language: Language) -> str:
    """Return a count as tenths of its base: « au moins 8 sur 10 »."""
    return wording.say(value, "dix", language)


def _other(value: Value, language: Language) -> str:
    if isinstance(value, Rank):
        return wording.say(value, "rang", language)
    if isinstance(value, Amount):
        return wording.say(value, "montant", language)
    if isinstance(value, Word):
        return wording.say(value, "mot", language)
    assert isinstance(value, Fact)
    return fact(value, language)


def _weighted(value: Percent, language: Language) -> str:
    if value.low is None or value.high is None:
        return brief(value, language)
    return phrase(
        "{points} (entre {low} et {high})",
        points=wording.say(value, "points", language),
        low=value.low,
        high=wording.with_unit(value.high, "%", language),
    ).to(language)


def fact(value: Fact, language: Language) -> str:
    """Return a process fact: « 46 sur 64 carrefours », « 8 entretiens », « Sans objet »."""
    if value.state == ActivityState.NOT_APPLICABLE:
        reason = value.text.to(language)
        name = state(value.state).to(language)
        return f"{name}. {reason}" if reason else name
    text = value.text.to(language)
    return " ".join(part for part in (fact_number(value, language), text) if part)


def fact_number(value: Fact, language: Language) -> str:
    """Return the number of a process fact without its unit: « 46 sur 64 », « 8 », or nothing."""
    if value.number is None:
        return ""
    return wording.say(value, "nombre" if value.of is None else "sur", language)


def state(value: str) -> Phrase | Label:
    """Return the name of an activity's state or of a timeline's lane."""
    return {
        ActivityState.PLANNED.value: phrase("Prévu"),
        ActivityState.ONGOING.value: phrase("En cours"),
        ActivityState.DONE.value: phrase("Terminé"),
        ActivityState.NOT_APPLICABLE.value: phrase("Sans objet"),
        "recherche": phrase("Recherche"),
        "action": phrase("Action"),
    }.get(value, Label(value))


def base_size(base: ReleasedBase, language: Language, *, share: bool = False) -> str:
    """Return how many units a base has: « 46 sur 64 », « environ 220 », or that it is untold.

    ``share``: with its percentage, where one may be printed.
    """
    if base.n is None:
        return wording.WORDS["non-ecrit"].to(language)
    if base.rounded:
        return phrase("environ {amount}", amount=wording.number(base.n, language)).to(language)
    value = exact(base.n, base.frame)
    return full(value, language) if share else of_base(value, language)


def units(base: ReleasedBase, study: Study) -> Label | Phrase:
    """Return what a base counts, in the plural: « carrefours », « organismes », « personnes »."""
    if base.subject is Subject.ORGANISATION:
        known = [case for case in study.cases if case.code in base.cases]
        if len(known) == 1 and known[0].units.fr and not known[0].individuals:
            return known[0].units
        return phrase("organismes")
    return phrase("personnes")


def counted(n: int, base: ReleasedBase, study: Study) -> Label | Phrase:
    """Return what a base counts as it follows a number: « personne » after 1."""
    if base.subject is Subject.PERSON:
        return phrases("personne", "personnes", n)
    known = [case for case in study.cases if case.code in base.cases]
    if len(known) == 1 and known[0].units.fr and not known[0].individuals:
        return known[0].units if n > 1 or not known[0].unit.fr else known[0].unit
    return phrases("organisme", "organismes", n)


_ASPIRATED = ("haut", "halt", "hame", "hang", "havr", "hub")


def of_many(name: str, language: Language) -> str:
    """Return a plural after « de », elided as French wants: « d’organismes »."""
    first = fold(name)
    vowel = first[:1] in set("aeiouyh") and not first.startswith(_ASPIRATED)
    said = phrase("d’{name}", name=name) if vowel else phrase("de {name}", name=name)
    return said.to(language)


def cases(codes: Iterable[str], study: Study, language: Language) -> str:
    """Return the short names of cases, in the study's order: « Carrefours et Quartiers »."""
    wanted = set(codes)
    names = [case.short.to(language) for case in study.cases if case.code in wanted]
    return enumeration(names, language)


def enumeration(names: list[str], language: Language) -> str:
    """Return names joined by commas and a last « et »."""
    if len(names) < 2:
        return "".join(names)
    return phrase("{first} et {last}", first=", ".join(names[:-1]), last=names[-1]).to(language)


def measure(table: ReleasedTable) -> Phrase:
    """Return what a figure measures, the line under its title."""
    values = [cell.value for line in table.cells for cell in line if cell is not None]
    if table.kind in _ESTIMATES and any(isinstance(value, Percent) for value in values):
        return _ESTIMATES[table.kind]
    counted = [value for value in values if isinstance(value, Chiffre)]
    if table.kind is Kind.PARTICIPATION and all(value.n is None for value in counted):
        return phrase("Combien ont pris part.")
    if table.kind is Kind.CODE_CASE and not counted:
        return phrase("Ce que les personnes ont exprimé, ou non.")
    alone = len(table.columns if table.kind is Kind.ACTIVITIES else table.bases) == 1
    if table.kind in _OF_ONE_CASE and alone:
        return _OF_ONE_CASE[table.kind]
    return _MEASURES[table.kind]


def is_estimated(tables: Iterable[ReleasedTable]) -> bool:
    """Return whether some numbers are weighted estimates."""
    return any(
        cell is not None and isinstance(cell.value, Percent)
        for table in tables
        for line in table.cells
        for cell in line
    )


_ESTIMATES: dict[Kind, Phrase] = {
    Kind.ONE_WAY: phrase("Part estimée des réponses."),
    Kind.CASE_ROWS: phrase("Part estimée des réponses, par réseau."),
    Kind.NUMERIC: phrase("Part estimée des réponses, par tranche."),
    Kind.PROFILE: phrase("Part estimée des personnes."),
}
_OF_ONE_CASE: dict[Kind, Phrase] = {
    Kind.CODE_CASE: phrase("Nombre de personnes qui en parlent."),
    Kind.BUDGET: phrase("Part moyenne de chaque objectif."),
    Kind.RANKING: phrase("Plus c’est foncé, plus c’est prioritaire."),
    Kind.ACTIVITIES: phrase("Ce qui est fait sur ce qui était prévu, par méthode."),
    Kind.LANDSCAPE: phrase("Les outils nommés, par famille."),
    Kind.LICENCES: phrase("Partenaires de plus, pour un organisme qui pourrait organiser."),
}
_MEASURES: dict[Kind, Phrase] = {
    Kind.ONE_WAY: phrase("Nombre de réponses."),
    Kind.CASE_ROWS: phrase("Réponses par réseau : la barre entière est le nombre de réponses."),
    Kind.CROSS: phrase("La barre entière est le nombre de réponses de la ligne."),
    Kind.MULTIPLE: phrase("Nombre de réponses ; plusieurs choix étaient possibles."),
    Kind.MULTIPLE_CASES: phrase("Réponses par réseau ; plusieurs choix étaient possibles."),
    Kind.NUMERIC: phrase("Nombre de réponses, par tranche."),
    Kind.PARTICIPATION: phrase("Réponses reçues ; la barre entière est le nombre attendu."),
    Kind.ACTIVITIES: phrase("Ce qui est fait sur ce qui était prévu, par méthode et par réseau."),
    Kind.OBJECTIVES: phrase("Un carré par activité prévue ; plein quand elle est faite."),
    Kind.RANKING: phrase("Rang donné par chaque réseau. Plus c’est foncé, plus c’est prioritaire."),
    Kind.BUDGET: phrase("Part moyenne de chaque objectif, par réseau."),
    Kind.POSITIONS: phrase("Carré : contre. Cercle vide : avec nuances. Rond plein : pour."),
    Kind.ARGUMENTS: phrase(
        "Une marque par argument distinct. Carré : contre. Cercle vide : avec nuances. "
        "Rond plein : pour."
    ),
    Kind.CODE_CASE: phrase("Nombre de personnes qui en parlent, par réseau."),
    Kind.CROSS_CASE: phrase("Rond plein : le réseau en parle. Cercle vide : il n’en parle pas."),
    Kind.LANDSCAPE: phrase("Un rond par réseau où l’outil est nommé."),
    Kind.MEETINGS: phrase("Sur toutes les paires d’organismes, celles qui peuvent se rencontrer."),
    Kind.LICENCES: phrase("Partenaires de plus, pour un organisme qui pourrait organiser."),
    Kind.TREND: phrase(
        "La barre entière est le nombre de réponses ; le trait, l’intervalle à 95 %."
    ),
    Kind.TIMELINE: phrase("En haut, la recherche ; en bas, l’action."),
    Kind.CONTEXT: phrase("Chiffres d’autres sources, nommées à chaque ligne."),
    Kind.CASES: phrase("Échelle, territoire, mission et nombre de membres."),
    Kind.PROFILE: phrase("Nombre de personnes."),
}


def certificates(study: Study) -> list[str]:
    """Return each ethics certificate, its number before its board."""
    return [f"{one.number}, {one.board}" for one in study.certificates]


def tied() -> Phrase:
    """Return what is written under a shared rank."""
    return phrase("ex æquo")


def rounded(value: Amount, language: Language) -> str:
    """Return an amount in a column too narrow for « environ » (the subtitle says it)."""
    return wording.with_unit(value.value, value.unit, language)


def passages(value: Value, language: Language) -> str:
    """Return a number of passages: « 31 passages »."""
    if isinstance(value, Chiffre) and value.lo == value.hi:
        return phrases("{n} passage", "{n} passages", value.lo).to(language)
    return brief(value, language)


def outside(value: Fact, language: Language) -> str:
    """Return a figure of another source with its unit: « 63 % », « 1 250,5 $ »."""
    return "" if value.number is None else wording.with_unit(value.number, value.state, language)


def labelled(label: Label | str, said: str, language: Language) -> str:
    """Return « Organismes rejoints : 41 sur 64 »."""
    return phrase("{label} : {value}", label=label, value=said).to(language)


def source(code: str) -> Phrase | Label:
    """Return the name of a source that is neither an instrument nor a method of the study."""
    return {
        "verbatims": phrase("Verbatims"),
        "technologies": phrase("Technologies nommées"),
        "propos": phrase("Verbatims"),
    }.get(code, Label(code))


def question_asked(table: ReleasedTable, study: Study, language: Language) -> str:
    """Return the question behind a table as it was asked, or nothing for a process fact."""
    sources = {base.source for base in table.bases}
    asked = [
        question.label
        for instrument in study.instruments
        if instrument.code in sources
        for question in instrument.questions
        if question.code == table.question
    ]
    asked += [theme.label for theme in study.themes if theme.code == table.question]
    return asked[0].to(language) if asked else ""


def origin(table: ReleasedTable, study: Study, language: Language) -> str:
    """Return where a table comes from: its own source line, or instrument and edition."""
    if table.source.fr or not table.bases:
        return table.source.to(language)
    sources = dict.fromkeys(base.source for base in table.bases)
    named = [source_name(code, study, language) for code in sources]
    editions = {code for base in table.bases for code in base.edition.split("+")}
    return ", ".join([*named, edition_names(editions, study, language)]).removesuffix(", ")


def edition_names(codes: Iterable[str], study: Study, language: Language) -> str:
    """Return the names of editions, in the study's order: « Première année, 2020 ; Groupes »."""
    wanted = set(codes)
    return " ; ".join(e.name.to(language) for e in study.editions if e.code in wanted)


def source_name(code: str, study: Study, language: Language) -> str:
    """Return the name of an instrument, of a method, or of another source."""
    known = [instrument.name for instrument in study.instruments if instrument.code == code]
    known += [method.name for method in study.methods if method.code == code]
    return (known[0] if known else source(code)).to(language)
