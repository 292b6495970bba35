"""How both genders are written in our own sentences, and said to whoever listens to a page.

What people said or wrote is printed as typed: these functions are for generated sentences, and
for the words a screen reader says in place of a form that stays on the page as it is.
"""

from __future__ import annotations

from functools import lru_cache

from croisee.text.inclusive.pairs import Pair, shared

_WHOLE = frozenset("il lui eux celui ce le mon ton son lequel compagnon copain héros".split())  # noqa: SIM905
"""Masculines written beside their whole feminine: « celui·celle »."""
_SUFFIXES = ("eresse", "trice", "drice", "euse", "esse", "ère", "ète", "ève", "ive", "eure")


@lru_cache(maxsize=16384)
def ending(masculine: str, feminine: str) -> str:
    """Return what is added to a masculine to say its feminine too; "" when nothing short is.

    >>> ending("citoyen", "citoyenne"), ending("directeur", "directrice"), ending("il", "elle")
    ('ne', 'trice', '')
    """
    if masculine in _WHOLE:
        return ""
    if feminine == masculine + "e":
        return "e"
    if feminine.startswith(masculine) and len(feminine) - len(masculine) <= 5:
        return feminine[len(masculine) :]
    if masculine.endswith("eau") and feminine.endswith("elle"):
        return "elle"
    for suffix in _SUFFIXES:
        if feminine.endswith(suffix):
            return suffix
    begun = len(shared((masculine, feminine)))
    return feminine[begun:] if begun > 1 and len(feminine) - begun <= 4 else ""


def median(pair: Pair) -> str:
    """Return a pair with median points: ``intervenant·e·s``, ``locaux·locales``, ``ils·elles``."""
    return _short(pair, "·{}", "·s")


def parentheses(pair: Pair) -> str:
    """Return a pair in parentheses: ``intervenant(e)s``, ``locaux (locales)``, ``ils (elles)``."""
    return _short(pair, "({})", "s", apart=" ({})")


def _short(pair: Pair, mark: str, plural: str, *, apart: str = "") -> str:
    he, she = pair.words
    if pair.masculine == "tout" and pair.plural:
        return "tou" + mark.format("te") + plural
    added = ending(pair.masculine, pair.feminine)
    regular = not pair.plural or he in {pair.masculine + "s", pair.masculine}
    if not added or not regular:
        return he + (apart or mark).format(she)
    return pair.masculine + mark.format(added) + (plural if pair.plural else "")


def doublet(pair: Pair) -> str:
    """Return both words in full, the feminine first: « intervenantes et intervenants ».

    One person: « intervenante ou intervenant ».
    """
    he, she = pair.words
    return f"{she} {'et' if pair.plural else 'ou'} {he}"
