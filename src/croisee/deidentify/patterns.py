"""What gives someone away whatever their name: telephones, e-mails, postal codes, addresses.

Patterns of Québec, Canada and France, over French and English text; each is cheap to rule out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import or_
from typing import Protocol

from croisee.deidentify.codes import codes, may_announce_a_code
from croisee.deidentify.dictated import (
    begins_with_a_rank,
    births,
    is_month_word,
    is_number_word,
    said_numbers,
)
from croisee.deidentify.glance import (
    Figures,
    Glance,
    Judged,
    figures,
    glance,
    matches_at,
    words_with,
)
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
_AT_WRITTEN = rf"[\w.+%-]+{_SP}?@{_SP}?[\w-]+(?:\.[\w-]+)+"
_WRITTEN_EMAIL = re.compile(_AT_WRITTEN)
_USER_BEGINS = re.compile(r"(?<![\w.+-])[\w.+%-]")
_EMAIL = re.compile(
    rf"{_AT_WRITTEN}"
    rf"|{_USER}{_SP}?(?:{_SP}(?:arobase|arrobas|arobas|a commercial){_SP}"
    r"|\((?:at|arobase)\)|\[(?:at|arobase)\])"
    rf"{_SP}?[\w-]+(?:(?:{_SP}(?:point|dot|tiret){_SP}|{_SP}?[(\[]dot[)\]]{_SP}?|\.)[\w-]+)+"
    rf"|{_USER}{_SP}(?:at|à){_SP}{_DOMAIN}{_SP}(?:point|dot){_SP}{_TOP}\b",
    re.IGNORECASE,
)
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
        seen = glance(text)
        bits = list(map(_PIECES.__getitem__, seen.pieces))
        every = reduce(or_, set(bits), 0)
        if every & _OF_THE_NET:
            yield from _of_the_net(text, every)
        crowded = every & _A_NUMBER and (every & _MORE_NUMBERS or _is_crowded(seen.pieces, bits))
        if crowded or every & (_A_DIGIT | _A_MONTH | _A_SURE_WAY):
            yield from _of_words(_Marks(seen, bits, _A_NUMBER if crowded else 0), every)


class _Marks:
    """Where stand the digits of a text and the words that a pattern begins with."""

    def __init__(self, seen: Glance, bits: list[int], also: int) -> None:
        self.text = seen.text
        self.figures = figures(seen, bits, _A_DIGIT)
        needed = also | (_PLACED if self.figures.runs else _PLACED_WITHOUT_FIGURES)
        self._words = words_with(seen, bits, needed, _BITS.__getitem__)

    def words(self, mask: int) -> list[int]:
        """Return where the words that hold ``mask`` begin."""
        return [start for start, bits in self._words if bits & mask]


def _of_words(marks: _Marks, every: int) -> Iterator[Found]:
    """Yield what numbers, months and ways call for."""
    digits = every & _A_DIGIT
    if digits:
        yield from _numbers(marks)
        yield from _addresses(bare_addresses(marks.figures))
        if every & _A_SIDE:
            yield from _addresses(addresses_without_way(marks.figures))
    numbers = marks.words(_A_NUMBER)
    if len(numbers) + (2 if digits else 0) >= _FEW:
        yield from (_as_found(*said) for said in said_numbers(marks.figures, numbers))
    if every & (_A_MONTH | _A_CENTURY):
        months, ranks = marks.words(_A_MONTH), marks.words(_A_RANK)
        yield from (_as_found(*said) for said in births(marks.figures, months, ranks))
    if every & _A_SURE_WAY or (digits and every & _A_WAY):
        yield from _addresses(addresses(marks.figures, marks.words(_A_SURE_WAY)))


def _numbers(marks: _Marks) -> Iterator[Found]:
    yield from _by_shape(marks.figures)
    for pattern, mask, kind in _AFTER_A_WORD:
        if places := marks.words(mask):
            for match in matches_at(pattern, marks.text, places):
                yield _as_found(match.start(1), match.end(1), kind)
    for start, end in codes(marks.figures, marks.words(_A_CODE)):
        yield _as_found(start, end, "numéro")


def _by_shape(figures: Figures) -> Iterator[Found]:
    every = sum(end - start for start, end in figures.runs)
    for least, pattern, kind, starts in _KINDS:
        if every >= least and (places := starts(figures)):
            for match in matches_at(pattern, figures.text, places):
                if pattern not in _SUMMED or luhn(re.sub(r"\D", "", match.group())):
                    yield _as_found(match.start(), match.end(), kind)


_AT_SIGN = re.compile(r"[(\[]at[)\]]| a commercial ", re.IGNORECASE)
_CENTURY = re.compile(r"(?:19|20)\d\d")
_TOP_SAID = re.compile(rf"(?:point|dot){_SP}{_TOP}\b", re.IGNORECASE)
_AT_SAID = re.compile(r"arr?oba|a commercial", re.IGNORECASE)
_W_SAID = re.compile(rf"w{_SP}(?:point|dot)", re.IGNORECASE)
_INNER_DOT = re.compile(r"[A-Za-z0-9-]\.[A-Za-z0-9]|www\.|://")
_BIRTH_WORD = re.compile(r"n[ée]{1,2}|nais(?:sance)?|born|anniversaire", re.IGNORECASE)
_NAMED_WORD = re.compile(
    r"NAS|SIN|NAM|RAMQ|NIR|IPP|matricule|code|num[ée]ro|s[ée]curit[ée]", re.IGNORECASE
)
_ACCOUNT_SAID = re.compile(r"arobase|arobas", re.IGNORECASE)
_AT_WORD = re.compile(r"at|commercial", re.IGNORECASE)
_FEW = 3
_A_NUMBER, _A_SIGN, _A_MONTH, _A_WAY, _A_SIDE, _A_SURE_WAY, _A_CODE = (1 << n for n in range(7))
_A_BIRTH, _A_NAMED, _A_RANK, _AN_ACCOUNT, _AT, _A_DIGIT = (1 << n for n in range(7, 13))
_A_CENTURY, _AN_AT_SIGN, _A_SLASH, _A_DOT, _TWO_NUMBERS, _MORE_NUMBERS = (
    1 << n for n in range(13, 19)
)
_OF_THE_NET = _A_SIGN | _AT | _AN_AT_SIGN | _A_SLASH | _A_DOT
_PLACED_WITHOUT_FIGURES = _A_MONTH | _A_SURE_WAY | _A_RANK
_PLACED = _PLACED_WITHOUT_FIGURES | _A_CODE | _A_BIRTH | _A_NAMED


class _Bits(dict[str, int]):
    """What a word as written calls for, worked out once a writing."""

    def __missing__(self, word: str) -> int:
        bits = _A_NUMBER * is_number_word(word) | _A_MONTH * is_month_word(word)
        bits |= _A_WAY * may_name_a_way(word) | _A_SIDE * may_name_a_side(word)
        bits |= _A_SURE_WAY * is_surely_a_way(word) | _A_CODE * may_announce_a_code(word)
        bits |= _A_RANK * begins_with_a_rank(word)
        for bit, pattern in (
            (_A_SIGN, _SAID_SIGN), (_A_BIRTH, _BIRTH_WORD), (_A_NAMED, _NAMED_WORD),
            (_AN_ACCOUNT, _ACCOUNT_SAID), (_AT, _AT_WORD),
        ):  # fmt: skip
            bits |= bit * (pattern.fullmatch(word) is not None)
        self[word] = bits
        return bits


_BITS = _Bits()


def _signs(piece: str, words: list[str]) -> int:
    """Return what the signs of a piece call for, and whether it says several numbers."""
    runs = len(_FIGURES.findall(piece))
    bits = _AN_AT_SIGN * ("@" in piece) | _A_SLASH * ("/" in piece)
    bits |= _A_DOT * (_INNER_DOT.search(piece) is not None)
    if runs:
        bits |= _A_DIGIT | _A_CENTURY * (_CENTURY.search(piece) is not None)
    if len(words) + runs > 1:
        said = runs + sum(_BITS[word] & _A_NUMBER for word in words)
        bits |= _TWO_NUMBERS * (said == 2) | _MORE_NUMBERS * (said > 2)
    return bits


_FIGURES = re.compile(r"\d+")
_PIECES = Judged(_BITS.__getitem__, _signs)


def _is_crowded(pieces: list[str], bits: list[int]) -> bool:
    """Return whether three numbers may follow one another, « et » or « pis » between or not."""
    said, last = 0, -_FEW
    for place in compress(range(len(bits)), map((_A_NUMBER | _A_DIGIT).__and__, bits)):
        step = place - last
        follows = step == 1 or (step == 2 and len(pieces[place - 1]) <= len("pis"))
        said = (said if follows else 0) + (2 if bits[place] & _TWO_NUMBERS else 1)
        if said >= _FEW:
            return True
        last = place
    return False


def _before(
    *steps: int, together: int = 1, width: Collection[int] | None = None
) -> Callable[[Figures], list[int]]:
    return lambda figures: figures.before(*steps, together=together, width=width)


_KINDS = (
    (7, _TELEPHONE, "téléphone", _before(0, 1, 2, together=7)),
    (8, _MISTYPED, "téléphone", _before(0, 1)),
    (3, _POSTAL, "code postal", _before(1, 2, width={1})),
    (5, _TOWN_CODE, "adresse", _before(0, width={5})),
    (8, _HEALTH, "numéro", _before(*range(4, 13), together=8)),
    (13, _FRENCH_NIR, "numéro", _before(0, together=12)),
    (9, _LONG, "numéro", _before(0, together=9)),
    (13, _ACCOUNT_OF_BANK, "numéro", _before(0, together=13)),
    (5, _SHORT_DATE, "date", _before(0, width={1, 2})),
    (9, _GROUPS_OF_THREE, "numéro", _before(0, together=9)),
    (16, _CARD, "numéro", _before(0, together=16)),
)
"""The figures of the text that each cannot do without; where it may begin, by its digits."""
_SUMMED = {_GROUPS_OF_THREE, _CARD}
_AFTER_A_WORD = ((_BIRTH, _A_BIRTH, "naissance"), (_NAMED_NUMBER, _A_NAMED, "numéro"))
_WORDS = {"naissance": "[date de naissance]"}


def _of_the_net(text: str, every: int) -> Iterator[Found]:
    """Yield e-mails, accounts and pages, dictated ones only where a sign is said."""
    said, at = every & _A_SIGN, every & _AN_AT_SIGN
    top = said and _TOP_SAID.search(text) is not None
    mailed = at or top or (said and _AT_SAID.search(text) is not None)
    if mailed or (every & _AT and ("commercial" in text or "at" in text) and _AT_SIGN.search(text)):
        pattern = _EMAIL if every & (_A_SIGN | _AT) else _WRITTEN_EMAIL
        for match in _emails(pattern, text):
            yield _as_found(match.start(), match.end(), "courriel")
    if every & (_AN_ACCOUNT | _AN_AT_SIGN | _A_SLASH):
        yield from _each(_ACCOUNT, text, "compte")
    if top or (said and _W_SAID.search(text)):
        yield from _each(_SITE_SAID, text, "adresse web")
    if every & _A_DOT:
        yield from _each(_WEB, text, "adresse web")


def _emails(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what ``pattern.finditer(text)`` yields, tried where a word begins and after a match.

    What precedes « @ » may begin anywhere in a word, so the first of its letters comes first.
    """
    end = 0
    for beginning in _USER_BEGINS.finditer(text):
        start = beginning.start()
        while start >= end and (match := pattern.match(text, start)):
            yield match
            start = end = match.end()


def _each(pattern: re.Pattern[str], text: str, kind: str) -> Iterator[Found]:
    for match in pattern.finditer(text):
        yield _as_found(match.start(), match.end(), kind)


def _addresses(places: Iterable[tuple[int, int]]) -> Iterator[Found]:
    for start, end in places:
        yield _as_found(start, end, "adresse")


def _as_found(start: int, end: int, kind: str) -> Found:
    return Found(start, end, kind, _WORDS.get(kind, f"[{kind}]"))
