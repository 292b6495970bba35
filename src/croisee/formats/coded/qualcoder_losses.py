"""What a QualCoder project cannot hold, said once each."""

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
        "{n} source sans texte n’est pas écrite.",
        "{n} sources sans texte ne sont pas écrites.",
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
}
