"""What another tool’s project cannot hold, said once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice


def losses(lost: Mapping[str, int]) -> tuple[Notice, ...]:
    """Return one sentence for each kind of thing lost or changed, by how many there are."""
    kept = phrase("Gardez le projet d’origine.")
    return tuple(Notice(say(lost[kind]), kept) for kind, say in _KINDS.items() if lost.get(kind))


_KINDS: dict[str, Callable[[int], Phrase]] = {
    "textless": lambda count: phrases(
        "{n} source sans texte n’est pas écrite, ni ses codages.",
        "{n} sources sans texte ne sont pas écrites, ni leurs codages.",
        count,
    ),
    "names": lambda count: phrases(
        "{n} nom servait deux fois : il reçoit un numéro.",
        "{n} noms servaient deux fois : ils reçoivent un numéro.",
        count,
    ),
    "whole": lambda count: phrases(
        "{n} codage d’un document entier devient celui de tout son texte.",
        "{n} codages de documents entiers deviennent ceux de tout leur texte.",
        count,
    ),
    "twice": lambda count: phrases(
        "{n} codage ou valeur redit un autre : un seul est écrit.",
        "{n} codages ou valeurs en redisent d’autres : un seul est écrit.",
        count,
    ),
    "titles": lambda count: phrases(
        "{n} note attachée devient un mémo, sans son titre.",
        "{n} notes attachées deviennent des mémos, sans leur titre.",
        count,
    ),
    "labels": lambda count: phrases(
        "{n} passage est écrit sans son nom.", "{n} passages sont écrits sans leur nom.", count
    ),
    "syncs": lambda count: phrases(
        "{n} repère de temps n’est pas écrit.", "{n} repères de temps ne sont pas écrits.", count
    ),
    "sets": lambda count: phrases(
        "{n} ensemble n’est pas écrit.", "{n} ensembles ne sont pas écrits.", count
    ),
    "case_codes": lambda count: phrases(
        "{n} code attaché à un cas n’est pas écrit.",
        "{n} codes attachés à des cas ne sont pas écrits.",
        count,
    ),
    "colours": lambda count: phrases(
        "{n} couleur de catégorie n’est pas écrite.",
        "{n} couleurs de catégories ne sont pas écrites.",
        count,
    ),
    "kinds": lambda count: phrases(
        "{n} variable (date, oui ou non) est écrite comme un texte.",
        "{n} variables (dates, oui ou non) sont écrites comme des textes.",
        count,
    ),
    "shortened": lambda count: phrases(
        "{n} nom est raccourci ou complété : Taguette en veut un, de 50 signes au plus.",
        "{n} noms sont raccourcis ou complétés : Taguette en veut un, de 50 signes au plus.",
        count,
    ),
    "dots": lambda count: phrases(
        "{n} étiquette est écrite sans ses points : Taguette y lirait une autre hiérarchie.",
        "{n} étiquettes sont écrites sans leurs points : Taguette y lirait une autre hiérarchie.",
        count,
    ),
    "signs": lambda count: phrases(
        "{n} signe que le HTML refuse est remplacé.",
        "{n} signes que le HTML refuse sont remplacés.",
        count,
    ),
    "blank": lambda count: phrases(
        "{n} texte est écrit sans ses lignes vides.",
        "{n} textes sont écrits sans leurs lignes vides.",
        count,
    ),
    "empty": lambda count: phrases(
        "{n} passage sans un mot n’est pas écrit.",
        "{n} passages sans un mot ne sont pas écrits.",
        count,
    ),
    "grouped": lambda count: phrases(
        "{n} code qui ne marque rien devient une étiquette comme les autres.",
        "{n} codes qui ne marquent rien deviennent des étiquettes comme les autres.",
        count,
    ),
    "shades": lambda count: phrases(
        "{n} couleur de code n’est pas écrite.", "{n} couleurs de codes ne sont pas écrites.", count
    ),
    "described": lambda count: phrases(
        "{n} passage est écrit sans sa description.",
        "{n} passages sont écrits sans leur description.",
        count,
    ),
    "cases": lambda count: phrases(
        "{n} cas n’est pas écrit, ni ses valeurs.",
        "{n} cas ne sont pas écrits, ni leurs valeurs.",
        count,
    ),
    "variables": lambda count: phrases(
        "{n} variable n’est pas écrite, ni ses valeurs.",
        "{n} variables ne sont pas écrites, ni leurs valeurs.",
        count,
    ),
    "notes": lambda count: phrases(
        "{n} note n’est pas écrite.", "{n} notes ne sont pas écrites.", count
    ),
    "recordings": lambda count: phrases(
        "{n} chemin d’enregistrement n’est pas écrit.",
        "{n} chemins d’enregistrements ne sont pas écrits.",
        count,
    ),
}
