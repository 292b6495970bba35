"""What stands behind a code, fact by fact, said alike by ``provenance.html`` and ``trace``."""

from __future__ import annotations

from dataclasses import dataclass

from croisee.disclosure.released import Kind, Release, ReleasedQuote, ReleasedTable
from croisee.disclosure.sentences import sentence
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Language, Phrase, phrase
from croisee.report import words
from croisee.report.dates import day_of
from croisee.report.figures import base_words, mask_notes
from croisee.report.margins import margin_lines
from croisee.report.told import quote_block
from croisee.study import Subject

_PROCESS = {
    Kind.PARTICIPATION,
    Kind.ACTIVITIES,
    Kind.OBJECTIVES,
    Kind.TIMELINE,
    Kind.CONTEXT,
    Kind.CASES,
}

_UNASKED = {
    Kind.PROFILE,
    Kind.CODE_CASE,
    Kind.CROSS_CASE,
    Kind.LANDSCAPE,
    Kind.MEETINGS,
    Kind.LICENCES,
}
_BOUNDED = phrase(
    "Calculé des nombres déjà montrés pour deux questions, et de rien d’autre : "
    "personne n’est regardé en particulier."
)
_OWN_RULES = {
    Kind.ARGUMENTS: phrase(
        "Un argument dit est compté une fois, même dit par une seule personne : "
        "les personnes ne sont pas comptées."
    ),
    Kind.CODE_CASE: phrase(
        "Un nombre est écrit quand assez de personnes en parlent et assez n’en parlent pas ; "
        "sinon, un mot."
    ),
    Kind.CROSS_CASE: phrase(
        "Un thème est présent dans un réseau quand deux personnes ou deux méthodes l’y portent."
    ),
    Kind.LANDSCAPE: phrase(
        "Un outil est montré dans un réseau quand assez de personnes l’y nomment, "
        "ou quand tout le monde s’en sert."
    ),
    Kind.MEETINGS: _BOUNDED,
    Kind.LICENCES: _BOUNDED,
    Kind.TREND: phrase(
        "Calculé des nombres exacts déjà montrés, une édition à la fois : l’écart va d’un nombre "
        "montré à un autre."
    ),
}
_TOOLS_IN_USE = phrase(
    "Un outil est montré dans un réseau quand le nombre d’organismes qui l’emploient y est montré."
)
"""Rules of ``docs/methods/divulgation.md`` §3.5, §3.7 and §3.8, for what is said, not answered."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """One fact about a code: its name, what is said of it, and what stands between two parts."""

    name: Phrase
    parts: tuple[str, ...]
    between: str = " "

    @property
    def text(self) -> str:
        """Return the parts as one line."""
        return self.between.join(self.parts)


def explain_table(
    table: ReleasedTable, release: Release, language: Language
) -> tuple[Explanation, ...]:
    """Return what a reader may know of a figure: question, base, filter, rule, source, dates."""
    told = []
    if table.bases and table.kind not in _PROCESS:
        told = [
            Explanation(phrase("Question"), (_question(table, release, language),)),
            Explanation(phrase("Base"), _bases(table, release, language), " ; "),
            Explanation(phrase("Filtre"), (_filters(table).to(language),)),
        ]
    told += [
        Explanation(phrase("Règle appliquée"), _rules(table, release, language)),
        Explanation(phrase("Pour tous les membres"), margin_lines(table, release.study, language)),
        Explanation(phrase("Source"), (words.origin(table, release.study, language),)),
        *_common(release, table.code, language),
    ]
    return _filled(told)


def explain_quote(
    quote: ReleasedQuote, release: Release, language: Language
) -> tuple[Explanation, ...]:
    """Return what a reader may know of an extract: its words, who it describes, the rule."""
    block = quote_block(quote, release, language)
    consented = phrase(
        "Accord de la personne, passage relu et masqué, description partagée "
        "par au moins {n} personnes interrogées.",
        n=release.study.policy.quotes_min,
    )
    rules = (consented, *(sentence(mask) for mask in quote.masks))
    return _filled(
        [
            Explanation(phrase("Extrait"), (block.text,)),
            Explanation(phrase("Description"), (block.attribution,)),
            Explanation(phrase("Règle appliquée"), tuple(rule.to(language) for rule in rules)),
            *_common(release, quote.code, language),
        ]
    )


def _filled(told: list[Explanation]) -> tuple[Explanation, ...]:
    return tuple(fact for fact in told if fact.text)


def _question(table: ReleasedTable, release: Release, language: Language) -> str:
    """Return the question as it was asked, or nothing where several, or none, were asked."""
    if table.kind in _UNASKED:
        return ""
    return words.question_asked(table, release.study, language) or table.title.to(language)


def _bases(table: ReleasedTable, release: Release, language: Language) -> tuple[str, ...]:
    study = release.study
    if len(study.cases) == 1:
        return tuple(base_words(base, study, language) for base in table.bases)
    return tuple(
        words.labelled(
            words.cases(base.cases, study, language), base_words(base, study, language), language
        )
        for base in table.bases
    )


def _filters(table: ReleasedTable) -> Phrase:
    if any(base.within for base in table.bases):
        return phrase("Les personnes qui ont répondu à cette question.")
    return phrase("Aucun, toutes les réponses de la base.")


def _rules(table: ReleasedTable, release: Release, language: Language) -> tuple[str, ...]:
    """Return the rule of the gate that made a table, then the sentences of its masks."""
    counts = [
        cell.value
        for line in table.cells
        for cell in line
        if cell is not None and isinstance(cell.value, Chiffre)
    ]
    masks = mask_notes(table, release, language)
    exact = phrase("Valeurs exactes : assez de réponses de chaque côté.").to(language)
    unruled = table.kind not in _OWN_RULES and not any(count.t for count in counts)
    if unruled and all(count.form is Form.EXACT for count in counts) and not masks:
        fact = phrase("Fait de la recherche : écrit tel quel.")
        return (fact.to(language),) if table.kind in _PROCESS else (exact,)
    if table.kind in _OWN_RULES:
        organisations = {base.subject for base in table.bases} == {Subject.ORGANISATION}
        used = table.kind is Kind.LANDSCAPE and organisations
        return ((_TOOLS_IN_USE if used else _OWN_RULES[table.kind]).to(language), *masks)
    if table.fallback:
        cut = phrase("Seule la coupe déclarée est montrée : aucun découpage plus fin ne passe.")
        return (cut.to(language), *masks)
    return masks or (exact,)


def _common(release: Release, code: str, language: Language) -> list[Explanation]:
    on = release.study.diffusion.arrest_on
    arrested = "" if on is None else day_of(on, language)
    return [
        Explanation(phrase("Chiffres arrêtés le"), (arrested,)),
        Explanation(phrase("Logiciel"), (release.software,)),
        Explanation(phrase("Code complet"), (f"{release.code}-{code}",)),
    ]
