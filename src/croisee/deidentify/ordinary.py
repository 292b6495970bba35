"""Words of every day: what is one of them is nobody's name by itself.

A list of ours (``lists/ordinaires.txt``), and the regular endings of French: whoever knows
« marcher » knows « marchaient ». See ``docs/methods/reconnaissance.md`` §2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from croisee.deidentify.gazetteer import FIRST, LAST, WORD, gazetteer, read_list

_ENDINGS = re.compile(
    r"(?:iss(?:aient|ait|ons|ez|ent|e|ant)|er(?:aient|ait|ais|ions|iez|ons|ont|ez|ai|as|a)"
    r"|ements?|ments?|ations?|itions?|euses?|eurs?|trices?|teurs?|ables?|ives?|ifs?|istes?|ages?"
    r"|aient|assent|erent|ames|ions|iez|ait|ais|ant|antes?|ants|ees?|es|er|ez|ent|ons|ai|as|a|e|s"
    r"|x|t|ir|it|is|i|ite|ites|elles?|els?|aux|al|ales?|ien|iennes?|iens|ique|iques)$"
)
_VERB = re.compile(r"(?:ees?|es?|ent|ez|ons|ais|ait|aient|ant|ions|iez|era|erai|ai|a)$")
_SHORTEST_STEM = 4
_OF_STATE = frozenset({
    "president", "presidente", "roi", "reine", "chef", "cheffe", "senateur", "senatrice",
    "ambassadeur", "ambassadrice", "empereur", "dirigeant", "dirigeante",
})  # fmt: skip
"""Who is known to everybody when a country follows: « la présidente du Mexique »."""


def _stem(key: str) -> str:
    stem = _ENDINGS.sub("", key)
    return stem if len(stem) >= _SHORTEST_STEM else ""


@cache
def _ordinary() -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(word for line in read_list("ordinaires.txt") for word in line[0].split())
    return words, frozenset(map(_stem, words)) - {""}


@cache
def _known() -> frozenset[str]:
    return frozenset(word for line in read_list("connus.txt") for word in line[0].split())


def is_known(key: str) -> bool:
    """Return whether a folded word names what everybody knows: a country, a feast, a make."""
    return key in _known()


def leads_a_country(words: Iterable[str]) -> bool:
    """Whether folded words are a post and a country: everybody knows who « la présidente » is."""
    first, *others = words
    return first in _OF_STATE and any(map(is_known, others))


@lru_cache(maxsize=65536)
def is_everyday(key: str) -> bool:
    """Return whether a folded word is in the list of every day's words, or a form of one."""
    words, stems = _ordinary()
    if key in words:
        return True
    if gazetteer().words.get(key, 0) & (FIRST | LAST):
        return False
    return _stem(key) in stems or _is_short_form(key, words)


def is_ordinary(key: str) -> bool:
    """Return whether a folded word is of every day, or is told apart by ``lists/mots.txt``."""
    return is_everyday(key) or bool(gazetteer().words.get(key, 0) & WORD)


def _is_short_form(key: str, words: frozenset[str]) -> bool:
    """Whether a word too short to have a stem is a plural, or a form of a verb in -er."""
    if key[-1:] in "sx" and key[:-1] in words:
        return True
    verb = _VERB.sub("er", key)
    return verb != key and len(verb) > _SHORTEST_STEM and verb in words
