"""What gives someone away whatever their name: telephones, e-mails, postal codes, addresses.

Patterns of Québec, Canada and France, over French and English text. Each is cheap to
rule out, so that a turn without digit or ``@`` costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from croisee.text import POINTS

_SP = "[ \u00a0\u202f]"
_SEP = "[ \u00a0\u202f.\\-‐‑–]"
_CAP = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"


@dataclass(frozen=True, slots=True)
class Found:
    """A passage a recogniser points at, in characters of the text it was given."""

    start: int
    end: int
    kind: str
    replacement: str


class Recogniser(Protocol):
    """Anything that points at passages of a text: a pattern pack, a statistical model.

    ``name`` becomes the candidate's ``source``. The same text always gives the same passages.
    """

    @property
    def name(self) -> str:
        """Return the recogniser's name."""
        ...

    def find(self, text: str) -> Iterable[Found]:
        """Yield passages in any order; they may overlap."""
        ...


_NORTH_AMERICA = rf"(?:\+?1{_SEP}?)?(?:\([2-9]\d\d\){_SEP}?|[2-9]\d\d{_SEP}?)\d{{3}}{_SEP}?\d{{4}}"
_FRANCE = rf"0[1-9](?:(?:{_SEP}|/)?\d\d){{4}}"
_ABROAD = (
    rf"(?:(?:\+|00)[1-9]\d{{0,2}}(?:{_SEP}?(?:\(0\))?\d){{7,12}}"
    rf"|\(\+?[1-9]\d{{1,2}}\){_SEP}?\d(?:{_SEP}?\d\d){{4}})"
)
_LOCAL = r"\d{3}[-‐‑]\d{4}"
_EXTENSION = rf"(?:{_SP}*,?{_SP}*(?:poste|ext\.?|extension|p\.){_SP}*\d{{1,6}})?"
_TELEPHONE = re.compile(
    rf"(?<![\w+(])(?<!\d[.,-])(?:{_ABROAD}|{_FRANCE}|{_NORTH_AMERICA}|{_LOCAL}){_EXTENSION}(?!\w|[.,-]\d)"
)

_EMAIL = re.compile(
    r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|[\w.+-]+(?:{_SP}(?:point|tiret){_SP}[\w-]+)*"
    rf"{_SP}?(?:{_SP}(?:arobase|arrobas|arobas|a commercial){_SP}"
    r"|\((?:at|arobase)\)|\[(?:at|arobase)\])"
    rf"{_SP}?[\w-]+(?:(?:{_SP}(?:point|dot){_SP}|{_SP}?[(\[]dot[)\]]{_SP}?|\.)[\w-]+)+",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?:https?://|www\.)[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]}'’”]"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+(?:ca|quebec|com|org|net|info|coop|fr|be|ch|eu|io|us)"
    r"(?:/[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]}'’”])?(?![\w-])"
)
_ACCOUNT = re.compile(r"(?<![\w@./])@[A-Za-z0-9_](?:[\w.]*\w)?")
_POSTAL = re.compile(
    rf"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]{_SP}?-?\d[ABCEGHJ-NPRSTV-Z]\d(?![\w-])",
    re.IGNORECASE,
)
_GROUPS_OF_THREE = re.compile(r"(?<![\w.,-])\d{3}([ \u00a0-]?)\d{3}\1\d{3}(?![\w-]|[.,]\d)")
_NAMED_NUMBER = re.compile(
    rf"\b(?:NAS|SIN|NAM|RAMQ|NIR|IPP|matricule|code permanent|num[ée]ro d[’']assurance[ -]\w+"
    r"|s[ée]curit[ée] sociale)\b[^\d\n]{0,25}?"
    rf"((?:[A-Z]{{4}}{_SP}?)?\d(?:[ \u00a0.-]?\d){{3,15}})",
    re.IGNORECASE,
)
_HEALTH = re.compile(rf"(?<!\w)[A-Z]{{4}}{_SP}?\d{{4}}{_SP}?\d{{4}}(?!\w)")
_FRENCH_NIR = re.compile(
    rf"(?<![\w.,])[12]{_SP}?\d\d{_SP}?(?:0[1-9]|1[0-2]){_SP}?\d[\dAB]{_SP}?\d{{3}}{_SP}?\d{{3}}"
    rf"(?:{_SP}?\d\d)?(?!\w)"
)
_LONG = re.compile(r"(?<![\w.,])\d{10,}(?!\w|[.,]\d)|(?<!\w)\d(?: \d){8,}(?!\w)")
_CARD = re.compile(r"(?<![\w.,-])\d{4}([ \u00a0-]?)\d{4}\1\d{4}\1\d{4}(?![\w-])")

_SURE_WAY = (
    r"rue|avenue|av\.|boulevard|boul\.|bd|blvd|chemin|ch\.|rang|impasse|allée|ruelle|venelle"
    r"|faubourg|montée"
)
_WAY = (
    rf"{_SURE_WAY}|place|route|allées|square|quai|terrasse|cours|promenade|croissant|traverse"
    r"|passage|sentier|esplanade|lotissement|résidence"
)
_ENGLISH_WAY = r"Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Blvd\.?|Drive|Crescent|Lane|Court"
_WAY_WORD = re.compile(rf"\b(?:{_WAY}|{_ENGLISH_WAY})", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LINK = r"(?:(?i:de la|de l[’']|du|des|de|d[’']|la|le|les|l[’']|à|aux?|en|sur|sous)\s?)"
_NAME = rf"(?:{_CAP}\w*(?:[’'.-]+\w+)*|\d{{1,4}}e(?:r|re)?)"
_NAMES = rf"{_LINK}*{_NAME}(?:[ -]{_LINK}?{_NAME})*"
_NUMBER = r"(?<![\w.,-])\d{1,5}(?:\s?(?:bis|ter|[A-D])\b)?(?:-\d{1,5})?,?\s"
_DOOR = r"(?:,?\s(?i:app(?:artement|t?\.?)|bureau|local|suite|apt\.?|studio)\s?#?\w+)?"
_ADDRESS = re.compile(
    rf"{_NUMBER}(?i:{_WAY})\s{_NAMES}{_DOOR}"
    rf"|{_NUMBER}(?i:{_SURE_WAY})\s{_LINK}*\w[\w’'-]*(?:[ -]{_LINK}?{_NAME})*{_DOOR}"
    rf"|\b(?i:{_SURE_WAY})\s{_NAMES}"
    rf"|(?<![\w.,-])\d{{1,5}}\s(?:{_CAP}[\w’'-]*\s){{1,3}}"
    rf"(?:{_ENGLISH_WAY})\b"
)
_TOWN_CODE = re.compile(rf"(?<![\w.,-])\d{{5}},?\s{_CAP}[\w’'-]+(?:[ -]{_CAP}[\w’'-]*)*")
_DATE = (
    r"(?:\d{1,2}(?:er)?\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre"
    r"|novembre|décembre)(?:\s\d{4})?|\d{1,2}[/.|-]\d{1,2}[/.|-]\d{2,4}|\d{4}-\d{2}-\d{2}"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s\d{1,2}(?:,?\s\d{4})?|(?:19|20)\d\d)"
)
_BIRTH = re.compile(
    rf"(?:\bn[ée]{{1,2}}(?:\s?[(\[{POINTS}./-]e[)\]]?)?\s(?:(?:le|en|au)\s)?"
    r"|\bnais(?:sance|\.)\s?:?\s(?:le\s)?|\bborn\s(?:on|in)\s"
    rf"|\banniversaire\s(?:\w+\s){{0,2}}le\s)({_DATE})",
    re.IGNORECASE,
)


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _checked(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if _luhn(re.sub(r"\D", "", match.group())):
            yield match.span()


class QuebecPatterns:
    """The pack of patterns used by default; its candidates' source is ``motif``.

    Finds telephones (Canada, France, abroad; with extension), e-mails (written or dictated),
    Canadian postal codes, web addresses, social insurance, health and card numbers (checked
    by Luhn's sum where one exists), accounts (``@name``), street addresses, dates of birth.

    Limits: a civic number or a telephone dictated in words is not seen, nor a street name
    without capital. See ``docs/methods/desidentification.md`` for what was measured.
    """

    name = "motif"

    def find(self, text: str) -> Iterator[Found]:
        """Yield what could identify someone in ``text``."""
        yield from self._addresses_of_the_net(text)
        if _DIGIT.search(text):
            yield from self._numbers(text)
        if _WAY_WORD.search(text):
            for match in _ADDRESS.finditer(text):
                yield Found(match.start(), match.end(), "adresse", "[adresse]")

    def _addresses_of_the_net(self, text: str) -> Iterator[Found]:
        lowered = text.lower() if "(" in text or "[" in text or " a" in text.lower() else text
        if (
            "@" in text
            or "arob" in lowered
            or "arrob" in lowered
            or "(at)" in lowered
            or ("[at]" in lowered or "a commercial" in lowered)
        ):
            for match in _EMAIL.finditer(text):
                yield Found(match.start(), match.end(), "courriel", "[courriel]")
            for match in _ACCOUNT.finditer(text):
                yield Found(match.start(), match.end(), "compte", "[compte]")
        if "." in text or "://" in text:
            for match in _WEB.finditer(text):
                yield Found(match.start(), match.end(), "adresse web", "[adresse web]")

    def _numbers(self, text: str) -> Iterator[Found]:
        for match in _TELEPHONE.finditer(text):
            yield Found(match.start(), match.end(), "téléphone", "[téléphone]")
        for match in _POSTAL.finditer(text):
            yield Found(match.start(), match.end(), "code postal", "[code postal]")
        for match in _TOWN_CODE.finditer(text):
            yield Found(match.start(), match.end(), "adresse", "[adresse]")
        for match in _BIRTH.finditer(text):
            yield Found(match.start(1), match.end(1), "naissance", "[date de naissance]")
        for match in _NAMED_NUMBER.finditer(text):
            yield Found(match.start(1), match.end(1), "numéro", "[numéro]")
        for pattern in (_HEALTH, _FRENCH_NIR, _LONG):
            for match in pattern.finditer(text):
                yield Found(match.start(), match.end(), "numéro", "[numéro]")
        for pattern in (_GROUPS_OF_THREE, _CARD):
            for start, end in _checked(pattern, text):
                yield Found(start, end, "numéro", "[numéro]")
