"""When a question is asked and what it accepts: the simple expressions, read and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Label, Phrase, phrase
from croisee.questionnaire.checking import straight

_TERM = re.compile(r"\$\{([^}]+)\}\s*(!?=)\s*(?:'([^']*)'|\"([^\"]*)\")")
_SELECTED = re.compile(r"selected\(\s*\$\{([^}]+)\}\s*,\s*(?:'([^']*)'|\"([^\"]*)\")\s*\)")
_LIMIT = re.compile(r"(count-selected\(\s*\.\s*\)|\.)\s*(<=|>=|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_ALONE = re.compile(
    r"not\(\s*selected\(\s*\.\s*,\s*'([^']+)'\s*\) and count-selected\(\s*\.\s*\)\s*>\s*1\s*\)"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """Asked only if ``question`` is one of ``codes``; ``negated``: if it is none of them."""

    question: str
    codes: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """The least and most a number may be, or how many choices may be made.

    ``alone`` is the code of a choice that goes with no other (« aucun »).
    """

    low: Decimal | None = None
    high: Decimal | None = None
    alone: str = ""


def read_condition(relevant: str) -> Condition | None:
    """Return a condition on the choice of one question; ``None`` for anything else.

    Example:
        >>> read_condition("${aide} = 'non' or ${aide} = 'nsp'")
        Condition(question='aide', codes=('non', 'nsp'), negated=False)
        >>> read_condition("${heures} > 3")
    """
    written = straight(relevant).strip()
    inside = re.fullmatch(r"not\((.*)\)", written)
    terms = [_term(one.strip()) for one in (inside[1] if inside else written).split(" or ")]
    questions = {term[0] for term in terms if term}
    if not all(terms) or len(questions) != 1:
        return None
    codes = tuple(term[1] for term in terms if term)
    differs = [term[2] for term in terms if term]
    if any(differs) and (len(differs) > 1 or inside):
        return None
    return Condition(questions.pop(), codes, negated=bool(inside) or any(differs))


def _term(written: str) -> tuple[str, str, bool] | None:
    found = _TERM.fullmatch(written)
    if found:
        code = found[3] if found[3] is not None else found[4]
        return (found[1].strip(), code, found[2] == "!=") if code else None
    found = _SELECTED.fullmatch(written)
    return (found[1].strip(), found[2] or found[3], False) if found else None


def read_limits(constraint: str, *, several: bool) -> Limits | None:
    """Return the limits of a number, or of how many may be chosen; ``None`` for anything else.

    Example:
        >>> read_limits("count-selected(.) <= 3", several=True)
        Limits(low=None, high=Decimal('3'), alone='')
    """
    rest = straight(constraint).strip()
    if not rest:
        return Limits()
    alone = _ALONE.search(rest)
    if alone:
        rest = rest.replace(alone[0], "", 1).removesuffix(" and ").removeprefix(" and ").strip()
    ends: dict[str, Decimal] = {}
    for term in rest.split(" and ") if rest else ():
        found = _LIMIT.fullmatch(term.strip())
        if not found or found[1].startswith("count") != several:
            return None
        for side in ("<=", ">=") if found[2] == "=" else (found[2],):
            if side in ends:
                return None
            ends[side] = Decimal(found[3])
    return Limits(ends.get(">="), ends.get("<="), alone[1] if alone else "")


def condition_written(condition: Condition, *, several: bool) -> str:
    """Return the expression of a condition; ``several``: its question takes several choices."""
    name = f"${{{condition.question}}}"
    terms = [
        f"selected({name}, '{code}')" if several else f"{name} = '{code}'"
        for code in condition.codes
    ]
    asked = " or ".join(terms)
    return f"not({asked})" if condition.negated else asked


def limits_written(limits: Limits, *, several: bool) -> tuple[str, Label]:
    """Return the expression of limits, and what is said to who goes past them."""
    told = "count-selected(.)" if several else "."
    terms = []
    if limits.alone:
        terms.append(f"not(selected(., '{limits.alone}') and count-selected(.) > 1)")
    if limits.low is not None and limits.low == limits.high:
        terms.append(f"{told} = {limits.low:f}")
    else:
        terms += [f"{told} >= {limits.low:f}"] if limits.low is not None else []
        terms += [f"{told} <= {limits.high:f}"] if limits.high is not None else []
    said = _said(limits, several=several) if terms else Phrase("")
    return " and ".join(terms), Label(said.to("fr"), said.to("en"))


def _said(limits: Limits, *, several: bool) -> Phrase:
    low, high = limits.low, limits.high
    if low is not None and high is not None:
        if several:
            return phrase("Choisissez de {low} à {high} réponses.", low=low, high=high)
        return phrase("Écrivez un nombre de {low} à {high}.", low=low, high=high)
    if high is not None:
        if several:
            return phrase("Choisissez {high} réponses au plus.", high=high)
        return phrase("Écrivez un nombre de {high} ou moins.", high=high)
    if low is not None and several:
        return phrase("Choisissez {low} réponses au moins.", low=low)
    return (
        phrase("Ce choix va seul, sans aucun autre.")
        if low is None
        else phrase("Écrivez un nombre de {low} ou plus.", low=low)
    )
