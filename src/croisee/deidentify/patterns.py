"""What gives someone away whatever their name: telephones, e-mails, postal codes, addresses.

Patterns of Québec, Canada and France, over French and English text. Each is cheap to
rule out, so that a turn without digit or ``@`` costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from croisee.deidentify.codes import codes, may_announce_a_code
from croisee.deidentify.dictated import births, is_month_word, is_number_word, said_numbers
from croisee.deidentify.streets import (
    addresses,
    addresses_without_way,
    bare_addresses,
    is_surely_a_way,
    may_name_a_side,
    may_name_a_way,
)
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


_STEP = f"(?:,{_SP}|{_SEP})?"
_NORTH_AMERICA = (
    rf"(?:\+?1{_STEP})?(?:\([2-9]\d\d\){_STEP}|[2-9]\d\d{_STEP})\d{{3}}{_STEP}\d\d{_SP}?\d\d"
)
_FRANCE = rf"0[1-9](?:(?:{_SEP}|/)?\d\d){{4}}"
_ABROAD = (
    rf"(?:(?:\+|00)[1-9]\d{{0,2}}(?:{_SEP}?(?:\(0\))?\d){{7,12}}"
    rf"|\(\+?[1-9]\d{{1,2}}\){_SEP}?\d(?:{_SEP}?\d\d){{4}})"
)
_LOCAL = r"\d{3}[-‐‑]\d{4}"
_EXTENSION = (
    rf"(?:{_SP}*,?{_SP}*(?:(?:poste|ext\.?|extension|p\.)(?:,{_SP}attends,)?{_SP}*|#{_SP}?)"
    r"\d{1,6})?"
)
_TELEPHONE = re.compile(
    rf"(?<![\w+(])(?<!\d[.,-])(?:{_ABROAD}|{_FRANCE}|{_NORTH_AMERICA}|{_LOCAL}){_EXTENSION}(?!\w|[.,-]\d)"
)
_MISTYPED = re.compile(
    r"(?<!\d)(?<!\d[.-])[0Oo][1-9](?:([ .-])[\dOo]{2})(?:\1[\dOo]{2}){3}(?![\dOo]|[.-]\d)"
)
"""One of France with a letter O for a zero, or glued to the word before it: « O1.42.15.93.30 »."""

_SIGN = (
    rf"(?:point|dot|dash|hyphen|tiret(?:{_SP}(?:du{_SP})?bas)?|soulign[ée]|underscore|barre(?:{_SP}en{_SP}bas)?"
    rf"|trait{_SP}d[’']union)"
)
_FIGURE = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingt|trente|quarante|cinquante|soixante|\d+)"
)
_USER = rf"[\w.+-]+(?:{_SP}{_SIGN}{_SP}[\w-]+)*(?:{_SP}{_SIGN})?(?:{_SP}{_FIGURE})*"
_TOP = r"(?:com|ca|net|org|qc|quebec|coop|info|fr|gouv|gc|edu)"
_DOMAIN = rf"[\w-]+(?:{_SP}(?:tiret|dot|point){_SP}[\w-]+)*"
_EMAIL = re.compile(
    rf"[\w.+%-]+{_SP}?@{_SP}?[\w-]+(?:\.[\w-]+)+"
    rf"|{_USER}{_SP}?(?:{_SP}(?:arobase|arrobas|arobas|a commercial){_SP}"
    r"|\((?:at|arobase)\)|\[(?:at|arobase)\])"
    rf"{_SP}?[\w-]+(?:(?:{_SP}(?:point|dot|tiret){_SP}|{_SP}?[(\[]dot[)\]]{_SP}?|\.)[\w-]+)+"
    rf"|{_USER}{_SP}(?:at|à){_SP}{_DOMAIN}{_SP}(?:point|dot){_SP}{_TOP}\b",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_SITE_SAID = re.compile(
    rf"\b(?:(?:www|3w|3{_SP}w|trois{_SP}w|triple{_SP}w){_SP}(?:point|dot){_SP})"
    rf"[\w-]+(?:{_SP}(?:point|dot){_SP}[\w-]+)+(?:{_SP}(?:barre oblique|slash){_SP}[\w-]+)*"
    rf"|\b[\w-]{{3,}}(?:{_SP}tiret{_SP}[\w-]+)*{_SP}(?:point|dot){_SP}{_TOP}\b"
    rf"(?:{_SP}(?:point|dot){_SP}{_TOP}\b)?(?:{_SP}(?:barre oblique|slash){_SP}[\w-]+)*",
    re.IGNORECASE,
)
_WEB = re.compile(
    r"(?:https?://|www\.|(?i:facebook|instagram|linkedin|tiktok|youtube)\.com/)"
    r"[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]}'’”]"
    r"|(?<![\w@.-])(?:[a-z0-9][a-z0-9-]*\.)+(?:ca|quebec|com|org|net|info|coop|fr|be|ch|eu|io|us)"
    r"(?:/[^\s<>«»\"]*[^\s<>«»\".,;:!?)\]}'’”])?(?![\w-])"
)
_ACCOUNT = re.compile(
    r"(?<![\w@./])(?:@[A-Za-z0-9_](?:[\w.-]*\w)?|(?i:u/)[\w.-]*\w|(?i:arobase|arobas) [\w.-]*\w)"
)
_SAID_SIGN = re.compile(r"point|dot|arobase?|arrobas", re.IGNORECASE)
_POSTAL = re.compile(
    rf"(?<![\w-])[ABCEGHJ-NPRSTVXY]{_SP}?\d{_SP}?[ABCEGHJ-NPRSTV-Z],?{_SP}?-?\d{_SP}?"
    rf"[ABCEGHJ-NPRSTV-Z]{_SP}?\d(?![\w-])",
    re.IGNORECASE,
)
_GROUPS_OF_THREE = re.compile(r"(?<![\w.,-])\d{3}([ \u00a0.-]?)\d{3}\1\d{3}(?![\w-]|[.,]\d)")
_NAMED_NUMBER = re.compile(
    rf"\b(?:NAS|SIN|NAM|RAMQ|NIR|IPP|matricule|code permanent|num[ée]ro d[’']assurance[ -]\w+"
    r"|s[ée]curit[ée] sociale)\b[^\d\n]{0,25}?"
    rf"((?:[A-Z]{{4}}{_SP}?)?\d(?:[ \u00a0.-]?\d){{3,15}})",
    re.IGNORECASE,
)
_HEALTH = re.compile(
    rf"(?<!\w)(?:[A-Z]{{4}}{_SP}?\d{{4}}{_SP}?\d{{4}}"
    rf"|(?:[A-Za-z],?{_SP}){{4}}\d\d{_SP}?\d\d{_SP}?\d\d{_SP}?\d\d)(?!\w)"
)
_FRENCH_NIR = re.compile(
    rf"(?<![\w.,])[12]{_SP}?\d\d{_SP}?(?:0[1-9]|1[0-2]){_SP}?\d[\dAB]{_SP}?\d{{3}}{_SP}?\d{{3}}"
    rf"(?:{_SP}?\d\d)?(?!\w)"
)
_LONG = re.compile(r"(?<![\w.,])\d{10,}(?!\w|[.,]\d)|(?<!\w)\d(?: \d){8,}(?!\w)")
_CARD = re.compile(r"(?<![\w.,-])\d{4}([ \u00a0-]?)\d{4}\1\d{4}\1\d{4}(?![\w-])")

_ACCOUNT_OF_BANK = re.compile(r"(?<![\w.,-])(?:\d{3}-\d{5}|\d{5}-\d{3})-\d{5,12}(?![\w-])")
"""Institution, branch and account, in either order."""
_SHORT_DATE = re.compile(
    r"(?<![\w.,/-])(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)"
    r"(?![\w/-]|[.,]\d)"
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


def luhn(digits: str) -> bool:
    """Return whether digits satisfy Luhn’s sum, as social insurance numbers and cards do."""
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _checked(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    for match in pattern.finditer(text):
        if luhn(re.sub(r"\D", "", match.group())):
            yield match.span()


class QuebecPatterns:
    """The pack of patterns used by default; its candidates' source is ``motif``.

    Finds telephones (Canada, France, abroad; with extension), e-mails (written or dictated),
    Canadian postal codes, web addresses, social insurance, health and card numbers (checked
    by Luhn's sum where one exists), accounts (``@name``), street addresses, dates of birth.

    Numbers, births and addresses are read in digits and as they are dictated (``dictated``,
    ``streets``, ``codes``). See ``docs/methods/desidentification.md`` for what was measured.
    """

    name = "motif"

    def find(self, text: str) -> Iterator[Found]:
        """Yield what could identify someone in ``text``."""
        numbers = every = 0
        for bits in map(_BITS.__getitem__, _WORD.findall(text)):
            every |= bits
            numbers += bits & _A_NUMBER
        yield from _of_the_net(text, said=bool(every & _A_SIGN))
        digits = _DIGIT.search(text)
        if digits:
            yield from self._numbers(text, announced=bool(every & _A_CODE))
            yield from _addresses(bare_addresses(text))
            if every & _A_SIDE:
                yield from _addresses(addresses_without_way(text))
        if numbers + (2 if digits else 0) >= _FEW:
            yield from (_as_found(*said) for said in said_numbers(text))
        if every & _A_MONTH or (digits and _CENTURY.search(text)):
            yield from (_as_found(*said) for said in births(text))
        if every & _A_SURE_WAY or (digits and every & _A_WAY):
            yield from _addresses(addresses(text))

    def _numbers(self, text: str, *, announced: bool) -> Iterator[Found]:
        figures = len(_DIGIT.findall(text))
        for least, pattern, kind in _KINDS:
            if figures >= least:
                yield from _each(pattern, text, kind)
        for match in _BIRTH.finditer(text):
            yield _as_found(match.start(1), match.end(1), "naissance")
        for match in _NAMED_NUMBER.finditer(text):
            yield _as_found(match.start(1), match.end(1), "numéro")
        for start, end in codes(text, announced=announced):
            yield _as_found(start, end, "numéro")
        for least, pattern in _SUMMED:
            if figures >= least:
                for start, end in _checked(pattern, text):
                    yield _as_found(start, end, "numéro")


_WORD = re.compile(r"[^\W\d_]+")
_AT_SIGN = re.compile(r"[(\[]at[)\]]| a commercial ", re.IGNORECASE)
_CENTURY = re.compile(r"(?:19|20)\d\d")
_TOP_SAID = re.compile(rf"(?:point|dot){_SP}{_TOP}\b", re.IGNORECASE)
_AT_SAID = re.compile(r"arr?oba|a commercial", re.IGNORECASE)
_W_SAID = re.compile(rf"w{_SP}(?:point|dot)", re.IGNORECASE)
_INNER_DOT = re.compile(r"[A-Za-z0-9-]\.[A-Za-z0-9]|www\.")
_FEW = 3
_A_NUMBER, _A_SIGN, _A_MONTH, _A_WAY, _A_SIDE = 1, 2, 4, 8, 16
_A_SURE_WAY, _A_CODE = 32, 64


class _Bits(dict[str, int]):
    """What a word as written calls for, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        bits = _A_NUMBER * is_number_word(word) | _A_MONTH * is_month_word(word)
        bits |= _A_WAY * may_name_a_way(word) | _A_SIDE * may_name_a_side(word)
        bits |= _A_SURE_WAY * is_surely_a_way(word) | _A_CODE * may_announce_a_code(word)
        bits |= _A_SIGN * bool(_SAID_SIGN.fullmatch(word))
        self[word] = bits
        return bits


_BITS = _Bits()
_KINDS = (
    (7, _TELEPHONE, "téléphone"),
    (8, _MISTYPED, "téléphone"),
    (3, _POSTAL, "code postal"),
    (5, _TOWN_CODE, "adresse"),
    (8, _HEALTH, "numéro"),
    (13, _FRENCH_NIR, "numéro"),
    (9, _LONG, "numéro"),
    (13, _ACCOUNT_OF_BANK, "numéro"),
    (5, _SHORT_DATE, "date"),
)
"""The figures that each cannot do without, first."""
_SUMMED = ((9, _GROUPS_OF_THREE), (16, _CARD))
_WORDS = {"naissance": "[date de naissance]"}


def _of_the_net(text: str, *, said: bool) -> Iterator[Found]:
    """Yield e-mails, accounts and pages, dictated ones only where a sign is said."""
    top = said and _TOP_SAID.search(text) is not None
    mailed = "@" in text or top or (said and _AT_SAID.search(text) is not None)
    if mailed or (("commercial" in text or "at" in text) and _AT_SIGN.search(text)):
        yield from _each(_EMAIL, text, "courriel")
    if said or "@" in text or "/" in text:
        yield from _each(_ACCOUNT, text, "compte")
    if top or (said and _W_SAID.search(text)):
        yield from _each(_SITE_SAID, text, "adresse web")
    if ("." in text and _INNER_DOT.search(text)) or "://" in text:
        yield from _each(_WEB, text, "adresse web")


def _each(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield _as_found(match.start(), match.end(), kind)


def _addresses(places: Iterable[tuple[int, int]]) -> Iterator[Found]:
    for start, end in places:
        yield _as_found(start, end, "adresse")


def _as_found(start: int, end: int, kind: str) -> Found:
    return Found(start, end, kind, _WORDS.get(kind, f"[{kind}]"))
