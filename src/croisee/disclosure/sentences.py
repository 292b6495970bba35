"""The sentence that goes with each mask, word for word (``docs/methods/divulgation.md`` §5).

A sentence depends on the mask, the threshold, the unit and the date, and on nothing else:
it is the same for 24 and for 28 of 28.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from croisee.disclosure.released import Cell, Correction, Percent, ReleasedBase, ReleasedTable
from croisee.disclosure.values import Chiffre, Mask
from croisee.language import Label, Language, Phrase, phrase, phrases
from croisee.study import Policy, Subject

_MONTHS = (
    phrase("janvier"),
    phrase("février"),
    phrase("mars"),
    phrase("avril"),
    phrase("mai"),
    phrase("juin"),
    phrase("juillet"),
    phrase("août"),
    phrase("septembre"),
    phrase("octobre"),
    phrase("novembre"),
    phrase("décembre"),
)


@dataclass(frozen=True, slots=True)
class _Context:
    t: int
    subject: Subject
    on: date | None
    base: int


def _fewer(context: _Context) -> Phrase:
    return phrase("Nous n’écrivons pas les nombres plus petits que {t}.", t=context.t)


def _at_least(_: _Context) -> Phrase:
    return phrase(
        "Quand presque tout le monde, ou tout le monde, répond la même chose, "
        "nous écrivons « au moins »."
    )


def _merged(context: _Context) -> Phrase:
    if context.subject is Subject.ORGANISATION:
        return phrase(
            "Des réponses sont réunies pour que chaque nombre compte au moins {t} organismes.",
            t=context.t,
        )
    return phrase(
        "Des réponses sont réunies pour que chaque nombre compte au moins {t} personnes.",
        t=context.t,
    )


def _words(context: _Context) -> Phrase:
    return phrase(
        "Moins de {base} personnes ont répondu : nous donnons les avis, sans nombre.",
        base=context.base,
    )


def _sensitive(context: _Context) -> Phrase:
    return phrase(
        "Question délicate : nous n’écrivons aucun nombre plus petit que {t}.", t=context.t
    )


def _organisations(context: _Context) -> Phrase:
    return phrase("Nous n’écrivons pas les nombres plus petits que {t} organismes.", t=context.t)


def _locked(context: _Context) -> Phrase:
    if context.on is None:
        raise ValueError("M11 says a date")
    return phrase(
        "Chiffres arrêtés le {date}. Ils ne changent plus avant la prochaine édition.",
        date=day(context.on),
    )


_SENTENCES: dict[Mask, Callable[[_Context], Phrase]] = {
    Mask.FEWER_THAN: _fewer,
    Mask.AT_LEAST: _at_least,
    Mask.MERGED: _merged,
    Mask.WORDS: _words,
    Mask.OMITTED_CROSSING: lambda _: phrase(
        "Ce croisement n’est pas montré : il permettrait de deviner une réponse."
    ),
    Mask.OMITTED_TOTAL: lambda _: phrase(
        "Le total n’est pas écrit : il ferait retrouver un nombre protégé."
    ),
    Mask.POOLED_CASES: lambda _: phrase(
        "Ces réseaux sont présentés ensemble : chacun compte trop peu de réponses."
    ),
    Mask.ORDER_ONLY: lambda _: phrase("L’ordre est montré, pas les points de chaque personne."),
    Mask.BUDGET: lambda _: phrase(
        "Les montants sont arrondis pour que la part de chaque personne reste privée."
    ),
    Mask.QUOTE_LABEL: lambda _: phrase(
        "La source est décrite largement pour que personne ne soit reconnu."
    ),
    Mask.LOCKED: _locked,
    Mask.QUOTES_RENEWED: lambda _: phrase("Les extraits sont renouvelés de temps en temps."),
    Mask.OTHER_CASES: lambda _: phrase(
        "Les autres réseaux sont donnés par tranche de 10 %, sans les nommer."
    ),
    Mask.SENSITIVE: _sensitive,
    Mask.ORGANISATIONS: _organisations,
    Mask.TOO_FEW: lambda _: phrase("Trop peu de réponses pour montrer un résultat."),
    Mask.ROUNDED: lambda _: phrase(
        "Les nombres sont arrondis à un multiple de 5, une fois pour toutes."
    ),
    Mask.HALVES: lambda _: phrase(
        "Les résultats sur des personnes sont dits en moitiés : ils pourront être recalculés."
    ),
    Mask.CONFIDENTIAL: lambda _: phrase(
        "Prendre part à cette étude est confidentiel : nous n’écrivons pas combien ont répondu ici."
    ),
}

_USUAL = {Mask.SENSITIVE: 10}


def sentence(
    mask: Mask,
    *,
    t: int = 0,
    subject: Subject = Subject.PERSON,
    on: date | None = None,
    base: int = 0,
) -> Phrase:
    """Return the sentence that explains one mask to a reader.

    ``t`` is the threshold of the value or table it explains (0: the usual one, 5, or 10 for a
    sensitive question); ``subject`` its unit; ``on`` the arrest date, for
    :attr:`Mask.LOCKED` alone; ``base`` the smallest base that has numbers, for
    :attr:`Mask.WORDS` alone (0: twice the threshold). For :attr:`Mask.CORRECTED` see
    :func:`correction_sentence`.
    """
    if mask is Mask.CORRECTED:
        raise ValueError("M17 speaks of one correction: see correction_sentence()")
    t = t or _USUAL.get(mask, 5)
    return _SENTENCES[mask](_Context(t, subject, on, base or 2 * t))


def correction_sentence(correction: Correction) -> Phrase:
    """Return M17: what the source printed beside what the count gives (process facts only)."""
    right = correction.right
    if right.n is None or right.lo != right.hi:
        raise ValueError("a correction needs an exact count and its frame")
    return phrase(
        "La source imprimait {printed} ; {count} sur {frame} font {points} %.",
        printed=Label(correction.printed),
        count=right.lo,
        frame=right.n,
        points=points(right.lo, right.n),
    )


def sentence_of(
    mask: Mask, table: ReleasedTable, policy: Policy, *, on: date | None = None
) -> Phrase:
    """Return the sentence for one mask of a released table, with its threshold and its unit.

    ``policy`` is the release's own: which bases have words alone and how delicate questions are
    counted are said as it decides them. ``on`` is the arrest date, for :attr:`Mask.LOCKED`.
    """
    subjects = {base.subject for base in table.bases}
    subject = Subject.ORGANISATION if subjects == {Subject.ORGANISATION} else Subject.PERSON
    t = _threshold_of(mask, table, policy)
    base = max(2 * policy.t, policy.base_min)
    return sentence(mask, t=t, subject=subject, on=on, base=base)


def base_words(base: ReleasedBase, language: Language) -> str:
    """Return a base in words: « 46 organismes sur 64 », « 28 personnes », or that it is untold."""
    if base.n is None:
        return phrase("nombre non écrit").to(language)
    if base.subject is Subject.ORGANISATION:
        counted = phrases("{n} organisme", "{n} organismes", base.n).to(language)
    else:
        counted = phrases("{n} personne", "{n} personnes", base.n).to(language)
    if base.frame is None:
        return counted
    return phrase("{counted} sur {frame}", counted=counted, frame=base.frame).to(language)


def _threshold_of(mask: Mask, table: ReleasedTable, policy: Policy) -> int:
    """Return the threshold a mask's sentence says: that of the values it masks, if any."""
    if mask is Mask.SENSITIVE:
        return policy.t_sensitive
    counts = [count for line in table.cells for cell in line if (count := _count_in(cell))]
    of_mask = [count.t for count in counts if count.mask is mask]
    return max(of_mask or [count.t for count in counts], default=policy.t)


def _count_in(cell: Cell | None) -> Chiffre | None:
    value = None if cell is None else cell.value
    if isinstance(value, Percent):
        value = value.count
    return value if isinstance(value, Chiffre) and value.t else None


def day(on: date) -> Phrase:
    """Return a date in full: « 1er mai 2026 », "1 May 2026"."""
    if on.day == 1:
        return phrase("1er {month} {year}", month=_MONTHS[on.month - 1], year=on.year)
    return phrase("{day} {month} {year}", day=on.day, month=_MONTHS[on.month - 1], year=on.year)


def points(x: int, n: int) -> int:
    """Return ``x`` of ``n`` in whole per cent, halves rounded up (§3.11)."""
    return (200 * x + n) // (2 * n)
