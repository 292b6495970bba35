"""Where somebody lives: a number and a way, in every writing, with its door.

A number said in words before a way is read by ``spoken``; here are those written in digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from croisee.deidentify.glance import Figures, matches_at

_CAP = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
_SURE_WAY = (
    r"rue|avenue|av\.|ave\.|boulevard|boul\.?|bd|blvd|chemin|ch\.|rang|impasse|allée|ruelle"
    r"|venelle|faubourg|montée|rte\.?"
)
_WAY = (
    rf"{_SURE_WAY}|place|route|allées|square|quai|terrasse|cours|promenade|croissant|traverse"
    r"|passage|sentier|esplanade|lotissement|résidence|côte"
)
_ENGLISH_WAY = r"Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Crescent|Lane|Court"
_SURE_WORD, _WAY_WORD = (
    re.compile(words.replace(r"\.?", "").replace(r"\.", ""), re.IGNORECASE)
    for words in (_SURE_WAY, f"{_WAY}|{_ENGLISH_WAY}")
)
_SIDE_WORD = re.compile(r"nord|sud|est|ouest")
_LINK = r"(?:(?i:de la|de l[’']|du|des|de|d[’']|la|le|les|l[’']|à|aux?|en|sur|sous)\s?)"
_NAME = rf"(?:{_CAP}\w*(?:[’'.-]+\w+)*|\d{{1,4}}(?:e(?:r|re)?)?\b)"
_NAMES = rf"{_LINK}*{_NAME}(?:[ -]{_LINK}?{_NAME})*"
_SIDE = r"(?:\s(?i:nord|sud|est|ouest)\b)?"
_NUMBER = r"(?<![\w.,-])(?:\d{1,2} \d{3}|\d{1,5})(?:\s?(?:bis|ter|[A-D])\b)?(?:-\d{1,5})?,?\s"
_DOOR = (
    r"(?:,?\s(?:(?i:app(?:artement|t?\.?)|bureau|local|suite|apt\.?|studio|porte|unité|logement"
    r"|chambre|étage|hall|entrée|entrepôt"
    r"|logis|unit|numéro)\s?#?\w+|#\s?\w+"
    r"|(?i:sous-sol|porte d[’']en arrière"
    r"|(?:première|deuxième|troisième) (?:entrée|porte))))?"
)
_ORDINAL = r"\d{1,3}(?:e|er|re|è|ème|ième|ère)"
_END = _SIDE + _DOOR
_WRITTEN = re.compile(
    rf"{_NUMBER}{_ORDINAL}\s(?i:{_SURE_WAY})\b{_END}"
    rf"|{_NUMBER}(?i:{_WAY})\s{_NAMES}{_END}"
    rf"|{_NUMBER}(?i:{_SURE_WAY}|côte)\s{_LINK}*\w[\w’'-]*(?:[ -]{_LINK}?{_NAME})*{_END}"
    rf"|(?<![\w.,-])\d{{2,5}}(?:-\d{{1,5}})?,\s(?i:{_WAY})\s{_LINK}*\w[\w’'-]*{_END}"
    rf"|(?<![\w.,-])\d{{2,5}}\s(?i:croissant|route|place)\s{_LINK}*\w[\w’'-]*{_END}"
    rf"|\b(?i:{_SURE_WAY})\s{_NAMES}"
    rf"|(?<![\w.,-])\d{{1,5}}\s(?:{_CAP}[\w’'-]*\s){{1,3}}(?:{_ENGLISH_WAY})(?!\w){_END}"
    rf"|(?<![\w.,-])\d{{1,5}}\s(?:[\w’'-]+\s){{1,3}}(?i:street|road|crescent|lane)\b{_END}"
)
_NO_WAY = re.compile(
    rf"(?:\b[Mm]aison )?(?<![\w.,-])\d{{1,5}},? {_LINK}?{_CAP}[\w’'-]*(?: {_CAP}[\w’'-]*)?"
    r" (?:Nord|Sud|Est|Ouest)\b" + _DOOR
)
_BARE = re.compile(
    r"(?<![\w.,/$€-])(?P<number>\d{1,5})(?P<side>(?:[A-D]|\s?(?:bis|ter))?\b)"
    rf"(?:, |[ \u00a0])(?P<name>(?:[Dd]e(?: la)? |[Dd]es |[Dd]u |[Dd]e l[’'])?"
    rf"{_CAP}[^\W\d_]{{2,}}(?:[-’'][^\W\d_]+)*){_END}"
)
_PEOPLE = re.compile(r"(?:ais|ois|iens|ennes|ains|aines|aises|oises|istes)$")
_AT_HOME = re.compile(
    r"\b(?:au|le|du|to|at|restes?|reste|habit\w+|livr\w+)(?:-vous au)? $", re.IGNORECASE
)
_CENTURY = re.compile(r"(?:1[6-9]|20)\d\d")
_CODE_AFTER = re.compile(
    r",? (?:[A-ZÉ][^\W\d_]+(?:[-’' ][^\W\d_]+){0,4},? )?[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b"
)
"""A postal code, after the town or not: what stands before it is an address."""
_MANY, _LEAD = 3, 14
_MONTH = re.compile(
    r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_LONG_PLACE = re.compile(r"\d\s(?:croissants|places?\sde\s(?:garderie|choix|stationnement))\b")


def may_name_a_way(word: str) -> bool:
    """Return whether a word as written may be a way, where a number stands: « rue », « place »."""
    return _WAY_WORD.fullmatch(word) is not None


def is_surely_a_way(word: str) -> bool:
    """Return whether a word as written is a way even without a number: « rue », « boul »."""
    return _SURE_WORD.fullmatch(word) is not None


def may_name_a_side(word: str) -> bool:
    """Return whether a word as written is the side of a street without its way: « Ouest »."""
    return word[0].isupper() and _SIDE_WORD.fullmatch(word.lower()) is not None


def addresses(figures: Figures, ways: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of the addresses of a text, those without number included.

    ``ways``: where stand the words that are surely a way.
    """
    text = figures.text
    for match in matches_at(_WRITTEN, text, (*figures.before(0), *ways)):
        if not _LONG_PLACE.match(text, match.start()):
            yield match.span()


def addresses_without_way(figures: Figures) -> Iterator[tuple[int, int]]:
    """Yield the places of « 88 Perron Ouest », « maison 88 Perron Ouest »."""
    for match in matches_at(_NO_WAY, figures.text, figures.before(0, len("maison "))):
        yield match.span()


def bare_addresses(figures: Figures) -> Iterator[tuple[int, int]]:
    """Yield the places of « au 75 Curé-Labelle », « 8610 Rose-de-Lima, porte 3 »: no way is said.

    A number of three figures or more that is no year, or a door said or led to (« au 12 »), then
    a name with a capital that is no people, no month and no sigle.
    """
    text = figures.text
    for match in matches_at(_BARE, text, figures.before(0)):
        name, number = match["name"], match["number"]
        last = name.split()[-1]
        if _PEOPLE.search(last) or _MONTH.fullmatch(last) or last.isupper():
            continue
        if "," in text[match.end("side") : match.start("name")] and not name[0].islower():
            led = _AT_HOME.search(text, max(0, match.start() - _LEAD), match.start())
            if not led:
                continue
        door = match.end() > match.end("name")
        long = len(number) >= _MANY and not _CENTURY.fullmatch(number)
        led = _AT_HOME.search(text, max(0, match.start() - _LEAD), match.start())
        if door or long or (led and "-" in last) or _CODE_AFTER.match(text, match.end()):
            yield match.span()
