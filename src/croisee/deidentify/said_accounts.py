"""Accounts said aloud or in one piece: « lili point rubans », « comptoirdubourg, tout attaché ».

Those that name their platform or have an « @ » are read by ``on_the_net``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.gazetteer import FIRST, LAST, WORD, gazetteer, word_key
from croisee.deidentify.ordinary import is_ordinary
from croisee.deidentify.patterns import Found

_NUMBER = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille|\d+)"
)
_PART = rf"(?:{_NUMBER}(?:[ -]{_NUMBER})*|[^\W_]+)"
_DOTTED = re.compile(
    rf"(?<![\w-])([^\W\d_]{{2,}})"
    rf"((?: (?:point|tiret bas|tiret|underscore|souligné|barre) {_PART})+)"
    rf"((?: {_NUMBER}(?:[ -]{_NUMBER})*)?)",
    re.IGNORECASE,
)
_UNDERSCORE = re.compile(r"tiret bas|underscore|souligné", re.IGNORECASE)
_ABOUT = re.compile(
    r"(?:compte|utilisat\w+|usager|pseudo\w*|page|user\w*|handle|insta\w*|facebook|appli|écri\w+"
    r"|en a fait un|profil|snap\w*|tiktok|code d[’']accès|nom)\W+(?:[\w’']+\W+){0,4}$",
    re.IGNORECASE,
)
_ATTACHED = re.compile(
    r"(?<![\w.@/-])([^\W_][\w.-]{5,}),? (?:tout attachée?s?|tout collée?s?|en un (?:seul )?mot"
    r"|all (?:in )?one word|all small|tout en (?:minuscules?|petit))",
    re.IGNORECASE,
)
_CALL_SIGN = re.compile(
    r"indicatif,? (?:c[’']est|est) ((?:[^\W\d_]+)(?: (?:d[’']|de |du )?[^\W\d_]+)?)", re.IGNORECASE
)
_NET = re.compile(r"point (?:com|ca|org|net|qc|info|quebec|example|exemple|fr)\b", re.IGNORECASE)
SAID_ACCOUNTS = (
    "point|tiret|underscore|souligne|attachee?s?|collee?s?|mot|word|small|indicatif"
    "|minuscules?|petit"
)
"""The folded words, as a pattern, without which no such account is said."""
_AROUND = 45


def said_accounts(text: str) -> Iterator[Found]:
    """Yield the accounts of a text that are said part by part, or said to be in one piece."""
    for match in _DOTTED.finditer(text):
        if _NET.search(match[0]) or " arobase " in text[match.end() : match.end() + 12]:
            continue
        about = _ABOUT.search(text, max(0, match.start() - _AROUND), match.start())
        underscore = _UNDERSCORE.search(match[2])
        named = _is_name(match[1]) and (about or underscore or _is_bare(text, match))
        if named or (about and underscore):
            yield Found(match.start(), match.end(), "compte", "[compte]")
    for match in _ATTACHED.finditer(text):
        if not is_ordinary(word_key(re.split("[.-]", match[1])[0])):
            yield Found(match.start(1), match.end(1), "compte", "[compte]")
    for match in _CALL_SIGN.finditer(text):
        yield Found(match.start(1), match.end(1), "compte", "[compte]")


def _is_bare(text: str, match: re.Match[str]) -> bool:
    """Whether an account is all that is said: « rivest point max point quatre-vingt-onze? »."""
    return not text[: match.start()].strip(" «") and match[2].count(" point ") > 1


def _is_name(word: str) -> bool:
    key = word_key(word)
    bits = gazetteer().words.get(key, 0)
    return not is_ordinary(key) or bool(bits & (FIRST | LAST) and not bits & WORD)
