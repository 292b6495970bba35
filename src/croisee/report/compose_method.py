"""``methode.html``: sources, bases, rules and corrected process figures, in neutral words.

It goes out with the report, so it holds no masked value and says nothing of what was hidden
where (``docs/methods/divulgation.md`` §5).
"""

from __future__ import annotations

from croisee.disclosure.manner import CONFIDENTIAL
from croisee.disclosure.released import PUBLIC, Kind, Release, ReleasedBase
from croisee.disclosure.values import Mask
from croisee.disclosure.wording import PERCENT_FROM, percentage
from croisee.language import Language, Phrase, phrase
from croisee.report import words
from croisee.report.compose_limits import corrections, ethics, protection_words, weights
from croisee.report.compose_report import document
from croisee.report.figures import mask_sentences
from croisee.report.told import Telling, filled
from croisee.report.tree import DataTable, Document, ListBlock, ListItem, Paragraph, Section
from croisee.study import Nature, Subject


def compose_method(release: Release, language: Language, *, audience: str = PUBLIC) -> Document:
    """Return the method page of a release as one audience may read it."""
    if not isinstance(release, Release):
        raise TypeError("the method page is composed from a Release: see croisee.disclosure")
    seen = release.seen_by(audience)
    telling = Telling(seen, language, {})
    say = telling.say
    sections = filled(
        Section(2, say(phrase("Sources et bases")), "sources", _sources(telling)),
        Section(2, say(phrase("Ce qui est écrit, et comment")), "regles", _rules(telling)),
        Section(2, say(phrase("Méthodes de calcul")), "calculs", _methods(telling)),
        Section(2, say(phrase("Chiffres corrigés")), "corrections", _corrections(telling)),
        Section(2, say(phrase("Éthique et dates")), "ethique", ethics(telling)),
        Section(2, say(phrase("Vérifier")), "verifier", _checking(telling)),
    )
    return document(
        seen, language, sections, title=say(phrase("Méthode")), subtitle=say(seen.study.title)
    )


def _sources(telling: Telling) -> tuple[Paragraph | DataTable, ...]:
    bases = {
        base.id: base
        for table in telling.release.tables
        if table.kind is not Kind.PARTICIPATION
        for base in table.bases
        if not base.within
    }
    if not bases:
        return ()
    say = telling.say
    what = phrase("Une base est l’ensemble des personnes ou des organismes qu’un tableau compte.")
    rule = phrase("Qui a pris part est un fait de la recherche : ces nombres sont exacts.")
    if telling.release.study.policy.participation == CONFIDENTIAL:
        rule = phrase("Prendre part est confidentiel ici : ces nombres sont bornés ou non écrits.")
    columns = [phrase("Source"), phrase("Édition"), phrase("Réseaux"), phrase("Base")]
    rows = [_base_row(telling, base) for base in bases.values()]
    if len(telling.release.study.cases) == 1:
        columns.pop(_CASES_COLUMN)
        rows = [row[:_CASES_COLUMN] + row[_CASES_COLUMN + 1 :] for row in rows]
    heads = tuple(say(column) for column in columns)
    table = DataTable(say(phrase("Bases des tableaux")), heads, tuple(dict.fromkeys(rows)))
    return Paragraph(f"{say(what)} {say(rule)}"), table


_CASES_COLUMN = 2


def _base_row(telling: Telling, base: ReleasedBase) -> tuple[str, ...]:
    study, language = telling.release.study, telling.language
    editions = words.edition_names(base.edition.split("+"), study, language)
    count = words.base_size(base, language)
    counted = "" if base.n is None else words.units(base, study).to(language)
    share = words.base_size(base, language, share=True).removeprefix(count)
    return (
        words.source_name(base.source, study, language),
        editions or base.edition,
        words.cases(base.cases, study, language),
        f"{count} {counted}".strip() + share,
    )


def _rules(telling: Telling) -> tuple[Paragraph | ListBlock, ...]:
    said = [Paragraph(telling.say(text)) for text in protection_words(telling)]
    sentences = mask_sentences(telling.release.tables, telling.release, telling.language)
    items = tuple(ListItem(telling.say(text)) for text in _numbers_ruled(telling))
    return *said, ListBlock(items + tuple(ListItem(text) for text in sentences))


def _numbers_ruled(telling: Telling) -> list[Phrase]:
    """Return the thresholds that something in this release had to meet, and no other."""
    release, policy = telling.release, telling.release.study.policy
    answered = [t for t in release.tables if t.bases and t.kind is not Kind.PARTICIPATION]
    subjects = {base.subject for table in answered for base in table.bases}
    sensitive = [t for t in answered if t.nature is Nature.SENSITIVE or Mask.SENSITIVE in t.masks]
    cells = [cell for table in answered for line in table.cells for cell in line]
    known = (
        (
            sensitive,
            phrase("Questions délicates : {t} personnes de chaque côté.", t=policy.t_sensitive),
        ),
        (
            Subject.ORGANISATION in subjects,
            phrase(
                "Faits sur les organismes : {circle} pour le réseau lui-même, {public} pour tous.",
                circle=policy.t_organisation_circle,
                public=policy.t_organisation_public,
            ),
        ),
        (
            answered,
            phrase("Pour qu’un résultat soit compté : {n} réponses au moins.", n=policy.base_min),
        ),
        (
            release.quotes,
            phrase(
                "Pour qu’un extrait soit cité : {n} personnes au moins portent la même "
                "description.",
                n=policy.quotes_min,
            ),
        ),
        (
            any(cell is not None and percentage(cell.value) is not None for cell in cells),
            phrase("Les pourcentages sont écrits à partir de {n} réponses.", n=PERCENT_FROM),
        ),
    )
    return [said for holds, said in known if holds]


_SUMMARIES = {"moyenne", "mediane"}


_ABOUT_MEETINGS = (
    {Kind.MEETINGS, Kind.LICENCES},
    phrase("Rencontres entre organismes"),
    phrase(
        "Deux organismes peuvent se rencontrer quand l’un organise avec un outil que l’autre peut "
        "rejoindre. Le nombre de paires est un minimum, tiré de nombres montrés."
    ),
)


_ABOUT_TRENDS = (
    {Kind.TREND},
    phrase("D’une édition à l’autre"),
    phrase(
        "L’intervalle d’un écart vient de ceux des deux parts (Newcombe, méthode 10), comme de "
        "deux tirages séparés. Une question qui a trop changé n’est pas comparée."
    ),
)


def _methods(telling: Telling) -> tuple[ListBlock, ...]:
    """Return how each kind of number present in the release was computed."""
    kinds = {table.kind for table in telling.release.tables}
    known = (
        (
            {Kind.RANKING},
            phrase("Priorités"),
            phrase(
                "Méthode de Borda : chaque choix reçoit d’autant plus de points qu’il est placé "
                "haut. Les ex æquo sont montrés."
            ),
        ),
        (
            {Kind.BUDGET},
            phrase("Budgets"),
            phrase("Moyenne des sommes écrites par les personnes, arrondie selon leur nombre."),
        ),
        (
            {Kind.CODE_CASE},
            phrase("Thèmes"),
            phrase("Nombre de personnes dont au moins un passage porte le code."),
        ),
        (
            {Kind.CROSS_CASE},
            phrase("Lecture croisée"),
            phrase(
                "Un thème est présent dans un réseau quand il y est porté par deux personnes "
                "ou deux méthodes."
            ),
        ),
        _ABOUT_MEETINGS,
        _ABOUT_TRENDS,
        (
            {Kind.PARTICIPATION},
            phrase("Participation"),
            phrase("Nombre de réponses, sur la taille de la base de sondage quand il y en a une.")
            if any(base.frame for table in telling.release.tables for base in table.bases)
            else phrase("Nombre de personnes qui ont pris part."),
        ),
        (
            {t.kind for t in telling.release.tables if _SUMMARIES & {h.key for h in t.rows}},
            phrase("Moyenne et médiane"),
            phrase(
                "La moyenne compte chaque personne qui a répondu, puis elle est arrondie. "
                "La médiane est la tranche où se trouve la personne du milieu."
            ),
        ),
        (
            kinds if words.is_estimated(telling.release.tables) else set(),
            phrase("Estimations"),
            weights(),
        ),
    )
    items = tuple(
        ListItem(telling.say(text), strong=telling.say(name))
        for wanted, name, text in known
        if wanted & kinds
    )
    return (ListBlock(items),) if items else ()


def _corrections(telling: Telling) -> tuple[Paragraph, ...]:
    found = corrections(telling)
    if not found:
        return ()
    intro = phrase("Des chiffres de participation imprimés ailleurs ne sont pas ceux du calcul.")
    return Paragraph(telling.say(intro)), *found


def _checking(telling: Telling) -> tuple[Paragraph | ListBlock, ...]:
    release = telling.release
    intro = phrase(
        "Chaque nombre et chaque extrait porte un code. La page « Provenance » dit, pour chaque "
        "code, la question, la base et la règle appliquée."
    )
    facts = [
        (phrase("Diffusion"), release.code),
        (phrase("Logiciel"), release.software),
        (phrase("Empreinte à clé des données"), release.dataset_mac),
    ]
    items = tuple(ListItem(text, strong=telling.say(name)) for name, text in facts if text)
    return Paragraph(telling.say(intro)), ListBlock(items)
