"""Exact days, in words or in digits, with their weekday, a stretch of days, the hour, English.

A month alone, a weekday alone, a year alone are left: many days are meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.patterns import Found

MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre"
    r"|novembre|décembre|decembre)"
)
_NUMBER = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille)"
)
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
_DAY = rf"(?:premier|1er|\d{{1,2}}|{_NUMBER}(?:-(?:et-)?{_NUMBER}| et une?)?)"
_YEAR = (
    r"(?: (?:(?:19|20)\d\d|(?:deux[ -]mille|mille[ -]neuf[ -]cents?|dix-neuf[ -]cents?)"
    rf"(?:[ -](?:et[ -])?{_NUMBER}){{0,4}}))"
)
_HOUR = r"(?: à \d{1,2} ?h(?:eures?)?(?: ?\d\d)?\b)"
ENGLISH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE = re.compile(
    rf"\b(?:(?i:{WEEKDAY}),? (?:le )?)?{_DAY}(?: (?:au|et|ou|à) {_DAY})? {MONTH}\b{_YEAR}?{_HOUR}?"
    r"|(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w-])"
    rf"|\b(?i:{ENGLISH}) \d{{1,2}}(?:st|nd|rd|th)\b(?:,? (?:19|20)\d\d)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?i:{ENGLISH})\b"
)
_NUMBERED = re.compile(
    rf"\b(?i:{WEEKDAY}),? le (?:[12]?\d|3[01]|premier|1er)\b(?! (?:{MONTH}|\w+ième)|[%$h:]|[.,]\d)"
    r"|\b(?:réunion|rencontre|assemblée|séance|audience|atelier|souper|formation|conseil)"
    r" du ([12]?\d|3[01])\b(?![%$h:/-]|[.,]\d)"
    rf"|\ble ([12]?\d|3[01])(?=,? à (?:\d{{1,2}}|{_NUMBER}) ?h)"
)
_BORN = re.compile(r"\b(?:née?s? (?:le|en)|naissance|anniversaire)[a-zà-ÿ ]{0,20}$", re.IGNORECASE)


def dates(text: str) -> Iterator[Found]:
    """Yield the exact days of a text; a birth apart."""
    for match in _DATE.finditer(text):
        born = _BORN.search(text, max(0, match.start() - 40), match.start())
        kind, words = ("naissance", "[date de naissance]") if born else ("date", "[date]")
        yield Found(match.start(), match.end(), kind, words)
    for match in _NUMBERED.finditer(text):
        group = match.lastindex or 0
        yield Found(match.start(group), match.end(group), "date", "[date]")
