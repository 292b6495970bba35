"""Method and limits, in plain words; references."""

from __future__ import annotations

from croisee.disclosure.released import Kind
from croisee.disclosure.sentences import correction_sentence, sentence
from croisee.disclosure.values import Mask
from croisee.language import Phrase, phrase, phrases
from croisee.report import words
from croisee.report.figures import mask_sentences
from croisee.report.sentences import beside
from croisee.report.told import Telling
from croisee.report.tree import (
    Block,
    ListBlock,
    ListItem,
    Paragraph,
    ReferenceItem,
    References,
    Section,
)


def method_and_limits(telling: Telling) -> Section:
    """Return what protects people, what the numbers allow, who approved the study."""
    say = telling.say
    rules = mask_sentences(telling.release.tables, telling.release, telling.language)
    blocks: list[Block] = []
    if rules:
        blocks += [Paragraph(say(text)) for text in protection_words(telling)]
        blocks.append(ListBlock(tuple(ListItem(rule) for rule in rules)))
    sections = [
        Section(
            3, say(phrase("Comment les personnes sont protégées")), "protection", tuple(blocks)
        ),
        Section(
            3, say(phrase("Ce que ces résultats permettent de dire")), "limites", _limits(telling)
        ),
        Section(3, say(phrase("Chiffres corrigés")), "corrections", corrections(telling)),
        Section(3, say(phrase("Éthique et dates")), "ethique", ethics(telling)),
    ]
    kept = tuple(section for section in sections if section.blocks)
    return Section(2, say(phrase("Méthode et limites")), "methode", (), kept)


def protection_words(telling: Telling) -> list[Phrase]:
    """Return the rule of the gate in words, with this study's thresholds."""
    policy = telling.release.study.policy
    return [
        phrase(
            "Un petit nombre peut désigner quelqu’un. Un nombre de personnes "
            "est écrit quand au moins {t} personnes y sont, et au moins {t} n’y sont pas.",
            t=policy.t,
        ),
        phrase(
            "Sinon, nous écrivons une phrase vraie et plus large : « moins de {t} », "
            "« au moins », des réponses réunies, ou un mot.",
            t=policy.t,
        ),
        phrase(
            "Rien n’est inventé ni déplacé au hasard : tout ce qui est écrit est exact ou "
            "plus large que le vrai."
        ),
    ]


def weights() -> Phrase:
    """Return how estimates are made, in words."""
    return phrase(
        "Là où les réponses ont un poids, les pourcentages, les moyennes et les médianes sont "
        "des estimations : chaque réponse compte selon son poids. La protection, elle, regarde "
        "le nombre de personnes qui ont répondu."
    )


def _limits(telling: Telling) -> tuple[Paragraph, ...]:
    said = [
        weights()
        if words.is_estimated(telling.release.tables)
        else phrase(
            "Ces résultats décrivent les personnes et les organismes qui ont participé. "
            "Ils montrent des tendances et ne se généralisent pas à d’autres."
        )
    ]
    if len(telling.release.study.cases) > 1:
        said.append(
            phrase(
                "Les réseaux diffèrent par leur taille et par leur mission : nous les mettons "
                "côte à côte, sans les classer."
            )
        )
    if telling.tables(Kind.RANKING):
        said.append(
            phrase(
                "Le rang d’un objet vient de l’ordre choisi par chaque personne ou par le groupe. "
                "« Solide » : aucune personne, à elle seule, ne change le premier rang."
            )
        )
    if telling.tables(Kind.CROSS_CASE, Kind.CODE_CASE):
        said.append(
            phrase("Un thème absent n’a pas été dit devant nous ; il peut exister quand même.")
            if len(telling.release.study.cases) == 1
            else phrase(
                "Un thème absent d’un réseau n’a pas été dit devant nous ; "
                "il peut exister quand même."
            )
        )
    return tuple(Paragraph(telling.say(text)) for text in said)


def corrections(telling: Telling) -> tuple[Paragraph, ...]:
    """Return M17: figures of the process printed wrong elsewhere, beside the right ones."""
    return tuple(
        Paragraph(beside(telling.say(correction_sentence(c)), telling.say(c.where)))
        for c in telling.release.corrections
    )


def ethics(telling: Telling) -> tuple[Paragraph, ...]:
    """Return the certificates, the arrest date and what becomes of the quotes."""
    release = telling.release
    said = [
        phrases("Certificat éthique : {listed}.", "Certificats éthiques : {listed}.", 1, listed=one)
        for one in words.certificates(release.study)
    ]
    on = release.study.diffusion.arrest_on
    if on is not None:
        said.append(sentence(Mask.LOCKED, on=on))
    window = release.study.policy.withdrawal_window_days
    if on is not None and window:
        said.append(
            phrases(
                "Délai prévu pour se retirer, avant cette date : {n} jour.",
                "Délai prévu pour se retirer, avant cette date : {n} jours.",
                window,
            )
        )
    if release.quotes:
        said.append(
            phrase(
                "Les extraits sont cités avec l’accord des personnes, relus et masqués. "
                "Une personne peut retirer ses paroles en tout temps."
            )
        )
        said.append(sentence(Mask.QUOTES_RENEWED))
    return tuple(Paragraph(telling.say(text)) for text in said)


def reference_section(telling: Telling) -> Section:
    """Return the bibliography."""
    items = tuple(
        ReferenceItem(telling.say(reference.text), reference.url, reference.key)
        for reference in telling.release.references
    )
    blocks = (References(items),) if items else ()
    return Section(2, telling.say(phrase("Références")), "references", blocks)
