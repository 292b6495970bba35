"""Numbers, doors and accounts that nothing announces: « Le 581 555 quoi ? », « v point moulin ».

The other searches want a word before a number, or a whole one. Said in pieces, taken back or
dictated to somebody who already knows what is meant, it has neither. A year, a round
number, an amount, a measure and a number of people are left in sight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.patterns import Found

_AREAS = ("418", "581", "367", "819", "873", "450", "579", "354", "514", "438", "263", "468")
"""The area codes of Québec."""
_DIGITS = ("z[ée]ro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_SAID_AREAS = "|".join("[ ,-]+".join(_DIGITS[int(digit)] for digit in area) for area in _AREAS)
_PHONE = re.compile(
    rf"(?<![\w-])(?:(?:{'|'.join(_AREAS)})[ .-]{{1,3}}\d{{3}}\b|(?:{_SAID_AREAS})(?![\w-]))"
    rf"(?:[ .,…-]{{0,3}}(?:\d+|{'|'.join(_DIGITS)}|dix|cent)\b)*",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"(?<![\w.,$/-])(?<!\d )(?!(?:1[6-9]|20)\d\d\b|\d+00\b)\d{4,9}[A-Z]?"
    r"(?![\w/$%-]|[., ]\d| ?(?:\$|%)"
    r"| (?:piastres?|piasses?|dollars?|personnes?|euros?|km|kilom|pieds|milles?|livres|kilos|mots"
    r"|membres|heures|habitants|[^\W\d_]{3,}s\b))"
)
_CAP = "[A-ZÀ-Ý]"
_DOOR = re.compile(
    r"(?:(?<=\bau )|(?<=\ble )|(?<=\bdu )|(?<=\breste )|(?<=\bau, )|(?<=: )|^)"
    r"\d{1,5}(?:[ -]?[A-D])?,? (?:(?:D[eu]|Des|d[eu]|de la|des|Sainte?|Ste?)[ -])?"
    rf"{_CAP}[\w’-]{{3,}}(?:[ -]{_CAP}[\w’-]+)*"
)
_LETTERED = re.compile(
    rf"(?<![\w.-])\d{{1,5}}[ -]?[A-Da-d](?=,? (?:rue|boul|chemin|rang|avenue|place|route|mont"
    rf"|c[oô]te|imp|{_CAP}))"
)
_SHORT_ACCOUNT = re.compile(
    r"(?<![\w’'])(?!(?:de|un|le|la|ce|au|du|en|ai|es|on|tu|si|ou|et|ok|il|ma|sa|ta|se|[aày]) )"
    r"[^\W\d_]{1,2} (?:point|tiret|soulign[ée]|underscore) (?!(?:de|final|et|là)\b)[\w-]+"
    r"(?: (?:point|tiret|underscore) [\w-]+)*",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<![\w@])[\w.+-]{2,}@(?=[\w.-]{3})[\w-]+(?:\.[\w-]+)*")
SIGNS = re.compile(r"\d|@|\b(?:point|tiret|underscore)\b|\b(?:quatre|cinq|huit|trois|deux)\b")
"""Without which nothing of this stands in a text."""


def unannounced(text: str) -> Iterator[Found]:
    """Yield pieces of phones, long numbers, doors and accounts that no word announces."""
    for pattern, kind in (
        (_PHONE, "téléphone"), (_LONG, "numéro"), (_DOOR, "adresse"), (_LETTERED, "adresse"),
        (_SHORT_ACCOUNT, "compte"), (_AT, "compte"),
    ):  # fmt: skip
        for match in pattern.finditer(text):
            yield Found(match.start(), match.end(), kind, f"[{kind}]")
