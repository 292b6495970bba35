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
_DAY = rf"(?:premier|un er|1er|\d{{1,2}}|{_NUMBER}(?:-(?:et-)?{_NUMBER}| et une?)?)"
_YEAR = (
    r"(?: (?:(?:19|20)\d\d|(?:deux[ -]mille|mille[ -]neuf[ -]cents?|dix-neuf[ -]cents?)"
    rf"(?:[ -](?:et[ -])?{_NUMBER}){{0,4}}))"
)
_HOUR = (
    r"(?: à (?:\d{1,2} ?h(?:eures?)?(?: ?\d\d)?"
    rf"|{_NUMBER} h(?: {_NUMBER}(?:-{_NUMBER})?)?)\b)"
)
_NEAR = r"(?: (?:dernier|prochain|passé|courant)\b)"
ENGLISH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE = re.compile(
    rf"\b(?:(?i:{WEEKDAY}),? (?:le )?)?(?i:{_DAY})(?: (?:au|et|ou|à) {_DAY})? {MONTH}\b"
    rf"{_YEAR}?{_NEAR}?{_HOUR}?"
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
_UNDER_32 = (
    r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-(?:sept|huit|neuf))?|onze|douze|treize"
    r"|quatorze|quinze|seize|vingt(?:[- ](?:et[- ]un|deux|trois|quatre|cinq|six|sept|huit|neuf))?"
    r"|trente(?:[- ]et[- ]un)?)"
)
_STOPS = r"(?= ?[.,;?!…»)]| ?$| (?:si|par|avec|on|pis|et(?! demi)|y|je|ça|mais|nous|à)\b)(?![.,]\d)"
_LONE_DAY = re.compile(
    rf"(?<!\w)[Ll]e ([12]?\d|3[01]){_STOPS}"
    r"|\b(?:depuis|avant|dès|jusqu[’']au|après|ans|départ|était|étions|place|rencontre|réunion)"
    rf" (?:le|du) ({_UNDER_32}){_STOPS}"
    rf"|\b({WEEKDAY},? le {_UNDER_32})\b(?! (?:{MONTH}|\w+ième|\w+s\b)|[%$h:])"
    rf"|\b({WEEKDAY} (?:treize|quatorze|quinze|seize|dix-\w+|vingt\S*|trente\S*)){_STOPS}"
)
"""A day by its number alone: « depuis le 4 », « mercredi le six », « samedi quatorze »."""
_DAY_OF_THE_YEAR = re.compile(
    rf"\b(?:premier|deuxième|troisième|quatrième|dernier) {WEEKDAY} (?:de |d[’']){MONTH}\b"
    r"|\b(?:lundi de Pâques|(?:jeudi|vendredi) saint|jour de l[’']An|fête du Travail)\b"
    r"|\b(?:nuit|journée|soirée|fin de semaine) du ((?:[12]?\d|3[01]) au (?:[12]?\d|3[01]))\b",
    re.IGNORECASE,
)
"""« Le premier samedi de mai », « le lundi de Pâques », « la nuit du 5 au 6 »."""
_BORN = re.compile(r"\b(?:née?s? (?:le|en)|naissance|anniversaire)[a-zà-ÿ ]{0,20}$", re.IGNORECASE)


def dates(text: str) -> Iterator[Found]:
    """Yield the exact days of a text; a birth apart."""
    for match in _DATE.finditer(text):
        born = _BORN.search(text, max(0, match.start() - 40), match.start())
        kind, words = ("naissance", "[date de naissance]") if born else ("date", "[date]")
        yield Found(match.start(), match.end(), kind, words)
    for match in (
        *_NUMBERED.finditer(text), *_LONE_DAY.finditer(text), *_DAY_OF_THE_YEAR.finditer(text)
    ):  # fmt: skip
        group = match.lastindex or 0
        yield Found(match.start(group), match.end(group), "date", "[date]")
