"""Training: what is wished for by topic and level, from where, and a plan to discuss."""

from __future__ import annotations

from collections.abc import Iterator

from croisee.disclosure.released import Release
from croisee.language import Phrase, phrase
from croisee.portrait.drafting import HALF, QUARTER, Rule, Statement, draft
from croisee.portrait.recognising import LEVEL, topics
from croisee.study import Instrument

TOPICS: dict[str, Phrase] = {
    "bureautique": phrase("Documents et tableurs"),
    "animation": phrase("Animer à distance"),
    "communication": phrase("Communiquer en ligne"),
    "donnees": phrase("Protéger les renseignements"),
    "collaboration": phrase("Travailler à plusieurs en ligne"),
    "critique": phrase("Les enjeux du numérique"),
}
"""Topics of the questionnaire, by the end of their question's code."""

RULES: tuple[Rule, ...] = (
    Rule(
        "lieu",
        ("regional", "organisme"),
        HALF,
        phrase("La formation devrait venir de la région ou de l’organisme"),
        phrase("Bâtir l’offre par région, avec et pour les organismes."),
    ),
    Rule(
        "lieu",
        ("national",),
        HALF,
        phrase("La formation devrait être la même partout dans le réseau"),
        phrase("Bâtir une offre commune à tout le réseau."),
    ),
    Rule(
        "forme",
        ("salle",),
        HALF,
        phrase("La formation en personne, en groupe, convient"),
        phrase("Prévoir des séances en personne, en petits groupes."),
    ),
    Rule(
        "forme",
        ("direct",),
        HALF,
        phrase("La formation en ligne, en direct, convient"),
        phrase("Prévoir des séances en ligne, en direct."),
    ),
    Rule(
        "forme",
        ("seul",),
        HALF,
        phrase("La formation en ligne, à son rythme, convient"),
        phrase("Offrir aussi de quoi apprendre à son rythme."),
    ),
    Rule(
        "forme",
        ("pair",),
        QUARTER,
        phrase("La formation avec une ou un collègue convient"),
        phrase("Former par les pairs, et reconnaître le temps que cela prend."),
    ),
    Rule(
        "transmettre",
        ("oui",),
        QUARTER,
        phrase("Des personnes pourraient former à leur tour"),
        phrase("Former par les pairs, et reconnaître le temps que cela prend."),
    ),
    Rule(
        "obstacles",
        ("temps",),
        QUARTER,
        phrase("Le temps manque"),
        phrase("Libérer du temps de travail pour se former, et le prévoir au budget."),
    ),
    Rule(
        "moment",
        ("matin", "apres-midi"),
        HALF,
        phrase("Le jour convient mieux"),
        phrase("Libérer du temps de travail pour se former, et le prévoir au budget."),
    ),
    Rule(
        "obstacles",
        ("cout",),
        QUARTER,
        phrase("Le coût empêche"),
        phrase("Rendre les formations gratuites, ou partager leur coût."),
    ),
    Rule(
        "obstacles",
        ("distance",),
        QUARTER,
        phrase("La distance empêche"),
        phrase("Rapprocher les séances, ou rembourser le déplacement."),
    ),
    Rule(
        "obstacles",
        ("offre",),
        QUARTER,
        phrase("Ce qui est offert ne convient pas"),
        phrase("Bâtir chaque formation avec les personnes qui la suivront."),
    ),
    Rule(
        "obstacles",
        ("accord",),
        QUARTER,
        phrase("L’accord de l’organisme manque"),
        phrase("Inscrire la formation dans le plan de travail de chaque personne."),
    ),
    Rule(
        "obstacles",
        ("confiance",),
        QUARTER,
        phrase("La confiance manque"),
        phrase("Commencer par de petits groupes, du même niveau."),
    ),
)

_GENERAL = (
    ("ou", phrase("D’où et comment"), ("lieu", "forme", "moment", "heures")),
    ("conditions", phrase("Ce qui empêche, et qui peut former"), ("obstacles", "transmettre")),
)


def sections(instrument: Instrument) -> tuple[tuple[str, Phrase, tuple[str, ...]], ...]:
    """Return the parts of the portrait of training in a report: anchor, title, questions."""
    return (("sujets", phrase("Les sujets, par niveau"), topics(instrument)), *_GENERAL)


def training_plan(release: Release, wave: str, instrument: Instrument) -> tuple[Statement, ...]:
    """Return a training plan to discuss: topics by level first, then where, how and for whom."""
    return draft(release, wave, (*_by_topic(instrument), *RULES))


def _by_topic(instrument: Instrument) -> Iterator[Rule]:
    """Yield, by level, the topics that at least a quarter wish for: two proposals in all."""
    for levels, proposal in _LEVELS:
        for code in topics(instrument):
            topic = TOPICS.get(code.removeprefix(LEVEL), instrument.question(code).label)
            yield Rule(code, levels, QUARTER, topic, proposal)


_LEVELS = (
    (("base",), phrase("Offrir une formation de base, sur ce qui est souhaité.")),
    (
        ("moyenne", "avancee"),
        phrase("Offrir une formation intermédiaire ou avancée, sur ce qui est souhaité."),
    ),
)
