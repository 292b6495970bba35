"""Addresses said without their usual words: « cinq e rue est », « dix-huit de la berge ».

Those with a number and a way are read by ``streets`` and ``spoken``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.patterns import Found

_NUMBER = (
    r"(?:(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze"
    r"|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille)\b)"
)
_NUMBERS = rf"{_NUMBER}(?:(?:-et-|-| et | ){_NUMBER})*"
_ENGLISH = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundred|oh)"
)
_NAME = r"[^\W\d_][\w’'-]+"
_SAID = re.compile(
    rf"\b(?:{_NUMBERS}|\d+),? e (?:rue|avenue|rang|boulevard)(?: de(?: la| l[’'])? {_NAME})?"
    r"(?: (?:nord|sud|est|ouest)\b)?"
    rf"|\b(?:{_NUMBERS}|\d{{1,5}})(?: ?(?:bis|ter))?,? (?:de la|du|des|de l[’']) ?"
    rf"(?:(?-i:[A-ZÉ])[\w’'-]+(?=,? (?:(?-i:[A-ZÉ])|à ))"
    r"|(?:berge|rivière|falaise|grève|pointe|marina|quai)\b)"
    rf"|\b{_NUMBERS} (?:bis|ter)\b,? (?:de la|du|des|de l[’']) ?{_NAME}"
    rf"|\b(?:{_NUMBERS}|\d+) (?:[^\W\d_]{{4,}}) (?:ouest|nord|sud)\b"
    rf"|\b{_NUMBERS} route {_NUMBERS}"
    rf"|\b(?:{_NUMBERS}|\d+),? [^\W\d_]{{4,}},? (?:deuxième|premier|troisième) étage\b"
    rf"|\b(?:{_NUMBERS}|\d+) [^\W\d_]{{4,}},? (?:unit|appartement|app) (?:\w|{_NUMBERS})\b",
    re.IGNORECASE,
)
_SAID_IN_ENGLISH = re.compile(
    rf"\b(?:{_ENGLISH}(?:[ -]{_ENGLISH})*|{_NUMBERS}|\d{{1,5}}) (?:{_NAME} ){{1,2}}"
    r"(?:street|road|lane|drive|crescent|avenue)\b(?! (?:de|du|des)\b)"
    rf"|\bbox (?:\d+|{_NUMBERS})\b",
    re.IGNORECASE,
)
_AT_A_NUMBER = re.compile(
    r"\b(?i:(?:je|elle|il|y|on|a) (?:suis|est|reste|demeure|habite|vis|vit)|j[’']habite)"
    r" (?i:au|dans le) (\d{1,5}[A-Za-z]?)\b(?=[.,;!?…]| et |$)"
    rf"|^{_NAME}(?: {_NAME})?, au (\d{{1,5}}[A-Za-z]?)\b(?=[.,;!?…]|$)"
    r"|\b(?i:porte|app\.|appartement|logement|chambre) (\d{1,5}[A-Za-z]?)\b(?![%:/]|[.,]\d)"
)
"""A door alone: « je suis au 14 », « Alma, au 213. », « porte 5 »."""
SAID_ADDRESSES = (
    "e|bis|ter|ouest|nord|sud|route|etage|unit|app|appartement|de|du|des|au|dans|porte|logement"
    "|chambre"
)
"""The folded words, as a pattern, without which no such address is said."""


def said_addresses(text: str) -> Iterator[Found]:
    """Yield the addresses of a text that are said by parts."""
    for match in _SAID.finditer(text):
        yield Found(match.start(), match.end(), "adresse", "[adresse]")
    for match in _AT_A_NUMBER.finditer(text):
        group = match.lastindex or 0
        yield Found(match.start(group), match.end(group), "adresse", "[adresse]")


def english_addresses(text: str) -> Iterator[Found]:
    """Yield the addresses said in English: « two hundred Spring Road », « Box 12 »."""
    for match in _SAID_IN_ENGLISH.finditer(text):
        yield Found(match.start(), match.end(), "adresse", "[adresse]")
