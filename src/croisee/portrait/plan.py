"""The rules of a collective digital plan: what a portrait shows, and what to discuss then."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from croisee.disclosure.released import PUBLIC, Release, ReleasedTable
from croisee.language import Phrase, phrase
from croisee.portrait.drafting import (
    HALF,
    QUARTER,
    Evidence,
    Rule,
    Said,
    Statement,
    draft,
    least_share,
)
from croisee.portrait.recognising import JOIN

ENOUGH = Fraction(4, 5)
"""Share of pairs that one tool surely connects, from which nothing needs to change."""

RULES: tuple[Rule, ...] = (
    Rule(
        "equipement",
        ("aucune", "certaines"),
        QUARTER,
        phrase("L’équipement manque à une bonne part de l’équipe"),
        phrase("Mettre en commun du matériel à prêter, et prévoir son remplacement au budget."),
    ),
    Rule(
        "age-parc",
        ("plus-5",),
        QUARTER,
        phrase("La plupart des ordinateurs ont plus de cinq ans"),
        phrase("Mettre en commun du matériel à prêter, et prévoir son remplacement au budget."),
    ),
    Rule(
        "connexion",
        ("mauvaise", "variable"),
        QUARTER,
        phrase("La connexion du bureau est mauvaise ou variable"),
        phrase("Demander ensemble une meilleure connexion, et en parler aux bailleurs de fonds."),
    ),
    Rule(
        "pannes",
        ("semaine", "jour"),
        QUARTER,
        phrase("La connexion coupe chaque semaine ou chaque jour"),
        phrase("Prévoir une connexion de secours à partager, comme un appareil cellulaire."),
    ),
    Rule(
        "acces-distance",
        ("aucune", "certaines"),
        QUARTER,
        phrase("Peu de personnes peuvent ouvrir les dossiers hors du bureau"),
        phrase("Choisir un endroit sûr pour les dossiers, que l’équipe ouvre aussi à distance."),
    ),
    Rule(
        "acces-moyen",
        ("cle",),
        QUARTER,
        phrase("Des dossiers circulent sur une clé ou un disque"),
        phrase("Choisir un endroit sûr pour les dossiers, que l’équipe ouvre aussi à distance."),
    ),
    Rule(
        "copies",
        ("jamais", "annee"),
        QUARTER,
        phrase("Les copies de secours sont rares"),
        phrase("Rendre les copies de secours automatiques, et essayer d’en relire une."),
    ),
    Rule(
        "payeurs-personnes",
        ("5-et-plus",),
        QUARTER,
        phrase("Les personnes qui travaillent paient une part"),
        phrase("Rembourser ce que les personnes paient elles-mêmes pour travailler."),
    ),
    Rule(
        "payeurs-bailleurs",
        ("moins-de-5",),
        HALF,
        phrase("Les bailleurs de fonds ne paient rien, ou presque"),
        phrase("Demander aux bailleurs de fonds de reconnaître ces dépenses dans leurs ententes."),
    ),
    Rule(
        "confort",
        ("pas", "peu", "moyen"),
        QUARTER,
        phrase("Les postes de travail ne sont pas assez confortables"),
        phrase("Ajuster les postes, au bureau et à la maison, avec une aide en ergonomie."),
    ),
    Rule(
        "maison",
        ("aucun",),
        QUARTER,
        phrase("Rien n’est prévu pour le poste à la maison"),
        phrase("Ajuster les postes, au bureau et à la maison, avec une aide en ergonomie."),
    ),
    Rule(
        "responsable",
        ("benevole", "aucune"),
        QUARTER,
        phrase("L’informatique repose sur des bénévoles, ou sur personne"),
        phrase("Partager une personne-ressource entre organismes, qui dépanne et accompagne."),
    ),
    Rule(
        "plan",
        ("non", "prepare"),
        HALF,
        phrase("Il n’y a pas encore de plan pour le numérique"),
        phrase("Écrire un plan commun, court, avec qui fait quoi, et le revoir chaque année."),
    ),
)

_KEEP = phrase("Garder l’outil qui relie le mieux, et le dire à tous les partenaires.")
_AGREE = phrase("Choisir ensemble un outil de réunion, et partager les licences pour organiser.")
_LICENCE = phrase("Demander une licence de plus là où elle ouvre le plus de rencontres.")


def digital_plan(release: Release, wave: str) -> tuple[Statement, ...]:
    """Return the draft of a collective digital plan, from the released values of one portrait."""
    return (*draft(release, wave, RULES), *_about_meetings(release, wave))


def _about_meetings(release: Release, wave: str) -> tuple[Statement, ...]:
    tables = {table.key: table for table in release.tables if table.audience == PUBLIC}
    found = []
    meetings, licences = tables.get(f"rencontres.{wave}"), tables.get(f"licences.{wave}")
    if meetings is not None:
        best = [one for place in range(len(meetings.rows)) for one in _best_tool(meetings, place)]
        linked = [said for said in best if least_share(said[1].value) >= ENOUGH]
        apart = [said for said in best if said not in linked]
        for proposal, some in ((_KEEP, linked), (_AGREE, apart)):
            evidence = _gathered(some, meetings.code)
            if evidence:
                found.append(Statement(proposal, evidence))
    if licences is not None:
        columns = range(len(licences.columns))
        evidence = _gathered(
            [one for place in columns for one in _best_licence(licences, place)], licences.code
        )
        if evidence:
            found.append(Statement(_LICENCE, evidence))
    return tuple(found)


def _gathered(some: Sequence[tuple[Phrase, Said]], code: str) -> tuple[Evidence, ...]:
    """Return what is said of each tool, in one piece of evidence a tool."""
    by_fact: dict[Phrase, list[Said]] = {}
    for fact, said in some:
        by_fact.setdefault(fact, []).append(said)
    return tuple(Evidence(fact, tuple(said), code) for fact, said in by_fact.items())


def _best_tool(table: ReleasedTable, row: int) -> list[tuple[Phrase, Said]]:
    """Return the tool that connects the most pairs of one row; none where nothing is said."""
    known = [(cell.value, head) for head, cell in zip(table.columns, table.cells[row], strict=True)
             if cell is not None]  # fmt: skip
    if not known:
        return []
    value, tool = max(known, key=lambda one: least_share(one[0]))
    return [
        (
            phrase("Des rencontres possibles avec {tool}", tool=tool.label),
            Said(table.rows[row], value, tenths=True),
        )
    ]


def _best_licence(table: ReleasedTable, column: int) -> list[tuple[Phrase, Said]]:
    """Return the tool whose next licence surely opens the most partners in one network."""
    known = [(line[column], head) for head, line in zip(table.rows, table.cells, strict=True)]
    said = [(cell.value, head) for cell, head in known if cell is not None]
    if not said:
        return []
    value, tool = max(said, key=lambda one: least_share(one[0]))
    network = None if table.columns[column].key == "ensemble" else table.columns[column]
    fact = phrase("Partenaires de plus avec {tool}", tool=tool.label)
    return [(fact, Said(network, value))]


SECTIONS: tuple[tuple[str, Phrase, tuple[str, ...]], ...] = (
    (
        "materiel",
        phrase("Le matériel"),
        ("personnes", "ordinateurs", "age-parc", "equipement", "fournis"),
    ),
    ("connexion", phrase("La connexion"), ("connexion-type", "connexion", "pannes")),
    (
        "dossiers",
        phrase("Les dossiers de travail"),
        ("acces-distance", "acces-moyen", "partage", "copies"),
    ),
    ("logiciels", phrase("Les logiciels et les rencontres"), (JOIN,)),
    (
        "argent",
        phrase("Qui paie"),
        (
            "depense",
            "payeurs-organisme",
            "payeurs-reseau",
            "payeurs-bailleurs",
            "payeurs-dons",
            "payeurs-personnes",
        ),
    ),
    ("postes", phrase("Le confort des postes"), ("confort", "amenagements", "maison")),
    ("suite", phrase("L’aide et la suite"), ("responsable", "plan")),
)
"""The parts of a portrait in a report: anchor, title, questions."""
