"""Telework: the parts of its portrait, and the rules that lead to clauses to discuss."""

from __future__ import annotations

from croisee.disclosure.released import Release
from croisee.language import Phrase, phrase
from croisee.portrait.drafting import HALF, QUARTER, Rule, Statement, draft

CONTRACT, RULES_OF_ORDER = phrase("contrat"), phrase("règlement")
POLICY, BUDGET = phrase("politique"), phrase("budget")
PREMISES = phrase("locaux")

_REST = phrase("En dehors des heures convenues, répondre aux messages n’est pas attendu.")
_TOGETHER = phrase("L’équipe se voit en personne à des dates fixes, dans un lieu prévu pour cela.")
_COSTS = phrase("L’organisme rembourse les frais du travail à la maison.")
_STATION = phrase("L’organisme prête ou paie de quoi travailler confortablement à la maison.")

RULES: tuple[Rule, ...] = (
    Rule(
        "mode",
        ("deux", "maison"),
        QUARTER,
        phrase("Le travail se fait à la maison, en tout ou en partie"),
        phrase("Le travail se partage entre le bureau et la maison ; l’équipe revoit ce partage."),
        POLICY,
    ),
    Rule(
        "decide",
        ("direction", "financement"),
        QUARTER,
        phrase("La direction ou un financement décide des jours à la maison"),
        phrase("Chaque personne convient de ses jours à la maison avec son équipe."),
        POLICY,
    ),
    Rule(
        "poste",
        ("pas", "peu", "moyen"),
        QUARTER,
        phrase("Le poste à la maison n’est pas assez confortable"),
        _STATION,
        BUDGET,
    ),
    Rule("nuit", ("espace",), QUARTER, phrase("L’espace manque à la maison"), _STATION, BUDGET),
    Rule("nuit", ("heures",), QUARTER, phrase("Les heures débordent"), _REST, CONTRACT),
    Rule(
        "soir",
        ("parfois", "souvent"),
        HALF,
        phrase("Des messages de travail trouvent réponse le soir"),
        _REST,
        CONTRACT,
    ),
    Rule("nuit", ("frais",), QUARTER, phrase("Les frais pèsent"), _COSTS, BUDGET),
    Rule("nuit", ("connexion",), QUARTER, phrase("La connexion nuit"), _COSTS, BUDGET),
    Rule("nuit", ("isolement",), QUARTER, phrase("L’isolement pèse"), _TOGETHER, PREMISES),
    Rule(
        "nuit",
        ("contact",),
        QUARTER,
        phrase("Le contact avec les gens manque"),
        _TOGETHER,
        PREMISES,
    ),
    Rule(
        "regle-ecrite",
        ("non", "en-cours"),
        QUARTER,
        phrase("La règle sur le télétravail n’est pas encore écrite"),
        phrase("Une règle écrite sur le télétravail est adoptée, et revue chaque année."),
        RULES_OF_ORDER,
    ),
    Rule(
        "respect",
        ("pas", "peu", "moyen"),
        QUARTER,
        phrase("Les règles sont peu suivies"),
        phrase("L’équipe relit ses règles et change celles qui ne sont pas suivies."),
        POLICY,
    ),
    Rule(
        "droit-position",
        ("pour",),
        HALF,
        phrase("Le télétravail devrait être un droit"),
        phrase("Toute personne peut demander du télétravail ; un refus s’explique par écrit."),
        CONTRACT,
    ),
)

SECTIONS: tuple[tuple[str, Phrase, tuple[str, ...]], ...] = (
    ("modes", phrase("Où l’on travaille"), ("mode", "jours", "jours-souhaites", "decide")),
    ("facteurs", phrase("Ce qui aide et ce qui nuit"), ("poste", "facilite", "nuit", "solitude")),
    (
        "normes",
        phrase("Les règles"),
        ("regle-ecrite", "contenu", "respect", "soir", "droit-position"),
    ),
)
"""The parts of the telework portrait in a report: anchor, title, questions."""


def clauses(release: Release, wave: str) -> tuple[Statement, ...]:
    """Return clauses to discuss, from the released values of one telework questionnaire.

    Each says where it would be written: a contract, by-laws, a policy, a budget, premises.
    """
    return draft(release, wave, RULES)
