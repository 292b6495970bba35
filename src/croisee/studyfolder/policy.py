"""``[divulgation]``: the gate's thresholds, and what lifting one asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from croisee.language import Phrase, phrase
from croisee.study import Nature, Partition, Policy, Waiver
from croisee.studyfolder import words
from croisee.studyfolder.problems import Said
from croisee.studyfolder.toml_source import Section

THRESHOLDS: Mapping[str, tuple[str, ...]] = {
    "t": ("t",),
    "t_sensitive": ("t_sensible", "t_sensitive"),
    "t_organisation_circle": ("t_organisme_cercle", "t_organisation_circle"),
    "t_organisation_public": ("t_organisme_public", "t_organisation_public"),
    "base_min": ("base_min",),
    "base_cross": ("base_croisement", "base_cross"),
    "quotes_min": ("citations_min", "quotes_min"),
    "quotes_max": ("citations_max", "quotes_max"),
    "cover": ("couverture", "cover"),
    "withdrawal_window_days": ("fenetre_retrait_jours", "withdrawal_window_days"),
}
"""Field of the policy → keys of the study file."""
_MOST_IS_SAFER = set(THRESHOLDS) - {"quotes_max"}
_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class QuestionRule:
    """``[divulgation.questions.<question>]``: what it changes, and where it is written.

    ``instrument`` is ``""`` for every instrument that has the question.
    """

    instrument: str
    question: str
    section: Section
    nature: Nature | None
    groupings: tuple[Partition, ...]
    cut: Partition
    common: tuple[str, ...]
    mean: bool = False


def read_policy(section: Section) -> tuple[Policy, tuple[QuestionRule, ...]]:
    """Read the policy and the rules of single questions."""
    waivers = tuple(_waivers(section))
    given = {
        name: value
        for name, keys in THRESHOLDS.items()
        if (value := section.whole(*keys, low=1, high=_LARGEST)) is not None
    }
    policy = replace(
        Policy(),
        **given,
        stability=section.word(
            "stabilite", "stability", words=words.STABILITIES, default="arretee"
        ),
        method=section.word(
            "methode", "method", words=words.GATE_METHODS, default="exact-ou-plus-large"
        ),
        participation=section.word("participation", words=words.PARTICIPATIONS, default="exacte"),
        exceptions=waivers,
        agreements=tuple(_agreements(section)),
    )
    _check_lowered(section, policy)
    _say_what_is_lost(section, policy)
    rules = tuple(_rules(section.section("questions")))
    section.warn_of_the_rest()
    return policy, rules


def _say_what_is_lost(section: Section, policy: Policy) -> None:
    """Say, before anything is released, what the two coarser policies will not print."""
    if policy.stability == "recalculable":
        section.warn(
            section.named("stabilite", "stability"),
            (
                phrase(
                    "Tous les résultats sur des personnes seront dits en deux moitiés : ni nombre, "
                    "ni pourcentage, ni croisement, ni montant, ni moyenne."
                ),
                phrase(
                    "Gardez « arretee » si le comité d’éthique accepte que les chiffres diffusés "
                    "ne changent plus. Ce choix se fait avant la première diffusion."
                ),
            ),
        )
    if policy.participation == "confidentielle":
        section.warn(
            "participation",
            (
                phrase(
                    "Qui a pris part sera borné comme une question délicate : là où ce nombre ne "
                    "peut pas être écrit, les résultats n’auront pas de nombre."
                ),
                phrase("Gardez « exacte » si prendre part à l’étude ne révèle rien de personne."),
            ),
        )


def _check_lowered(section: Section, policy: Policy) -> None:
    """Refuse a weaker threshold that no named person has decided."""
    lifted = {waiver.about for waiver in policy.exceptions}
    usual = Policy()
    for known in fields(Policy):
        keys = THRESHOLDS.get(known.name)
        if keys is None:
            continue
        value, default = getattr(policy, known.name), getattr(usual, known.name)
        weaker = value < default if known.name in _MOST_IS_SAFER else value > default
        if weaker and lifted.isdisjoint(keys):
            section.refuse(section.named(*keys), _weaker(keys[0], default))
    _check_together(section, policy)


def _check_together(section: Section, policy: Policy) -> None:
    """Refuse thresholds that contradict each other, as the gate would after the analysis."""
    if policy.base_min < 2 * policy.t:
        said = phrase("Un nombre demande au moins {base} réponses : le double de « t ».",
                      base=2 * policy.t)  # fmt: skip
        section.refuse("base_min", (said, phrase("Mettez {least}.", least=2 * policy.t)))
    if policy.t_sensitive < policy.t:
        said = phrase("Une question délicate serait moins protégée qu’une autre.")
        key = section.named("t_sensible", "t_sensitive")
        section.refuse(key, (said, phrase("Mettez {least}.", least=policy.t)))


def _weaker(key: str, default: int) -> Said:
    return (
        phrase("Ce seuil protège moins que le seuil habituel, {default}.", default=default),
        phrase(
            "Remettez {default}, ou ajoutez une section [[divulgation.exceptions]] "
            "avec objet = « {key} », motif, par et le.",
            default=default,
            key=key,
        ),
    )


def _waivers(section: Section) -> Iterator[Waiver]:
    for line in section.sections("exceptions", "waivers"):
        about = line.text("objet", "about", required=True)
        reason = line.text("motif", "reason", required=True)
        by = line.text("par", "by", required=True)
        on = line.day("le", "on")
        if on is None:
            line.refuse("le", _undated())
        line.warn_of_the_rest()
        if about and reason and by and on:
            yield Waiver(about, reason, by, on)


def _agreements(section: Section) -> Iterator[Waiver]:
    """Read the written agreements of organisations: the cell, who keeps the paper, the day."""
    for line in section.sections("accords", "agreements"):
        about = line.text("objet", "about", required=True)
        by = line.text("par", "by", required=True)
        reason = line.text("motif", "reason")
        on = line.day("le", "on")
        if on is None:
            line.refuse("le", _undated_agreement())
        line.warn_of_the_rest()
        if about and "/" not in about:
            line.refuse(line.named("objet", "about"), _no_cell())
        elif about and by and on:
            yield Waiver(about, reason, by, on)


def _undated_agreement() -> Said:
    return (
        phrase("Un accord écrit porte la date où il a été donné."),
        phrase("Ajoutez une ligne le = 2026-01-10."),
    )


def _no_cell() -> Said:
    return (
        phrase("Un accord vaut pour une case d’un tableau."),
        phrase("Écrivez-la comme un repère : « eclair.2020.aide/oui@quartiers »."),
    )


def _undated() -> Said:
    return (
        phrase("Une exception porte la date où elle a été décidée."),
        phrase("Ajoutez une ligne le = 2026-01-10."),
    )


def _rules(section: Section) -> Iterator[QuestionRule]:
    for key in list(section.values):
        rule = section.section(key)
        if rule.values:
            instrument, _, question = key.rpartition(".")
            yield from _rule(rule, instrument, question)
            continue
    section.warn_of_the_rest()


def _rule(section: Section, instrument: str, question: str) -> Iterator[QuestionRule]:
    nested = [key for key, value in section.values.items() if isinstance(value, dict)]
    for key in nested:  # [divulgation.questions.profil.fonction], without quotes
        yield from _rule(section.section(key), question, key)
    if nested:
        return
    nature = section.word("nature", words=words.NATURES, default="ordinaire")
    yield QuestionRule(
        words.read_code(instrument) or "",
        words.read_code(question) or question,
        section,
        Nature(nature) if "nature" in section.values else None,
        tuple(_partitions(section)),
        _partition(section, section.named("coupe", "cut"), section.get("coupe", "cut") or []) or (),
        section.texts("commun", "common"),
        section.flag("moyenne", "mean"),
    )
    section.warn_of_the_rest()


def _partitions(section: Section) -> Iterator[Partition]:
    key = section.named("groupements", "groupings")
    value = section.values.get(key, [])
    for item in value if isinstance(value, list) else [value]:
        partition = _partition(section, key, item)
        if partition:
            yield partition


def _partition(section: Section, key: str, value: Any) -> Partition | None:
    """Read ``[["a"], ["b", "c"]]``."""
    blocks = value if isinstance(value, list) else None
    if blocks is None or not all(
        isinstance(block, list) and all(isinstance(code, str | int) for code in block)
        for block in blocks
    ):
        section.refuse(
            key, (_badly_written(), phrase("Écrivez {example}.", example='[["a"], ["b", "c"]]'))
        )
        return None
    return tuple(
        tuple(words.read_code(str(code)) or str(code) for code in block) for block in blocks
    )


def _badly_written() -> Phrase:
    return phrase("Une partition est une liste de listes de codes.")
