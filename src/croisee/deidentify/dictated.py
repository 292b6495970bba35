"""Numbers said aloud: telephones, insurance numbers and births, in words, in digits or in both.

A run of number words and digits is read as people dictate: « quatre un huit… cinq cinq
cinq… zéro un… trente-neuf » is ten digits. What counts, or says an amount, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from croisee.deidentify.glance import Figures, matches_at
from croisee.text import fold

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9,
}  # fmt: skip
_TEENS = {
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
_TENS = {"vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_HUNDRED = {"cent", "cents"}
_LINKS = {"et", "pis", "plus"}
ENGLISH_FIGURES = {
    "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8,
    "nine": 9,
}  # fmt: skip
_VALUES = {
    **_UNITS, **_TEENS, **_TENS, **ENGLISH_FIGURES, "zeros": 0, "cent": 100, "cents": 100,
    "mille": 1000,
}  # fmt: skip
_WORDS = (
    r"(?:z[ée]ros?|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze"
    r"|quinze|seize|vingts?|trente|quarante|cinquante|soixante|cents?|mille)"
)
_NUMBER_WORD = re.compile(_WORDS, re.IGNORECASE)
_SPACE = r"[ \u00a0\u202f]"
_STEP = rf"(?:(?:…|\.\.\.|,|\.|-|–|‑)?{_SPACE}|{_SPACE}(?:et|pis){_SPACE}|…|-et-|-|‑)"
_NUMBER = rf"(?:{_WORDS}|\d{{1,4}})"
_RUN = re.compile(
    rf"(?<![\w’'.,-])(?:plus{_SPACE})?{_NUMBER}(?:{_STEP}{_NUMBER}){{2,}}(?![\w’'%$]|{_SPACE}?[%$])",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:, ?| )[A-Za-z](?![\w’'])|,? (?:poste|extension) (?:\w+)(?:[ -]\w+)?")
_PHONES, _NUMBERS = (7, 10, 11), (8, 9, 12, 13)
_ENDS_IN = re.compile(
    r"(?:fini[ts]?(?:ssait)?|termin\w+|commenc\w+|derniers?|premiers?)(?: chiffres?)?"
    r"(?: (?:par|c[’']est|en|sont|le))*[ :,]*$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"(?:[\W_]|oui|ok|c[’']est|bon|alors|donc|pis|puis|et|ensuite|hum|euh|le|au)*$")
_MONTH = (
    r"(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre"
    r"|d[ée]cembre)"
)
_UNDER_HUNDRED = (
    rf"(?:(?:quatre{_SPACE}?[- ]?vingts?|vingt|trente|quarante|cinquante|soixante)"
    rf"(?:[ -](?:et[ -])?(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix(?:-\w+)?|onze|douze"
    r"|treize|quatorze|quinze|seize))?)"
)
_THOUSANDS = r"(?:mille neuf cents?|dix-neuf cents?|deux[ -]mille)"
_LONG_YEAR = rf"(?:(?:19|20)\d\d|{_THOUSANDS}(?:[ -](?:et[ -])?{_WORDS})*)"
_DAY = rf"(?:premier|1er|\d{{1,2}}|{_WORDS}(?:(?:-et-|-| et | ){_WORDS})?)"
_NINTH = (
    r"(?:premier|deuxième|troisième|quatrième|cinquième|sixième|septième|huitième|neuvième"
    r"|dixième|onzième|douzième)"
)
_BORN = re.compile(
    r"\b(?:née?s?|naissance|anniversaire|fête|au monde|born|birth\w*|birthday|âge)\b",
    re.IGNORECASE,
)
_FULL_DATE = re.compile(
    rf"\b{_DAY} {_MONTH},? (?:{_LONG_YEAR}|{_UNDER_HUNDRED}\b)"
    rf"|\b{_DAY},? du {_NINTH}(?: mois)?(?:,? (?:{_LONG_YEAR}|{_UNDER_HUNDRED}|\d\d)\b)?"
    rf"|\b{_MONTH} \d{{1,2}},? (?:19|20)\d\d\b"
    r"|(?<![\w/.-])(?:0?[1-9]|[12]\d|3[01])[ /.-](?:0?[1-9]|1[0-2])[ /.-](?:19|20)\d\d(?![\w/-])"
    r"|(?<![\w/.-])(?:19|20)\d\d[ /.-](?:0[1-9]|1[0-2])[ /.-](?:0[1-9]|[12]\d|3[01])(?![\w/-])",
    re.IGNORECASE,
)
_SHORT_YEAR = re.compile(
    rf"\b{_DAY} {_MONTH} \d\d(?![\d\w%$]|{_SPACE}?(?:[%$h:]|heures?))", re.IGNORECASE
)
_MONTH_WORD = re.compile(rf"{_MONTH}|{_NINTH}", re.IGNORECASE)
_OF_NINTH = re.compile(rf"du {_NINTH}", re.IGNORECASE)
_RANK = re.compile(_NINTH, re.IGNORECASE)
_BEGINNING = re.compile(r"\b\w")
_LETTERS = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_DAY, _THREE = 24, 28
"""The signs of « cinquante-et-cinquante, », and those from a number to the third in a row."""
_FEW, _TEN = 3, 10
_BEFORE = 3
_ARTICLE = re.compile(r"\b[Ll]e $")
_JUST_BORN = re.compile(r"\b(?:née?s?|naissance|fête|au monde)\b[\w’' :,]{0,20}$", re.IGNORECASE)
_RECENT = re.compile(r"\b20(?:1[3-9]|[2-9]\d)\b")
"""A year whose children take no part in a study: a plain date, which ``parole`` finds."""
Said = tuple[int, int, str]
"""Where something is said, and what it is: « téléphone », « numéro », « naissance », « date »."""


def said_numbers(figures: Figures, words: Iterable[int]) -> Iterator[Said]:
    """Yield the numbers dictated in a text, those of a telephone apart.

    ``words``: where stand the words that say a number.
    """
    text = figures.text
    for match in matches_at(_RUN, text, run_starts(figures, words)):
        words = _LETTERS.findall(fold(match.group()))
        kind = _kind(values_of(words), words, text, match)
        if kind:
            tail = _TAIL.match(text, match.end())
            yield match.start(), tail.end() if tail else match.end(), kind


def run_starts(figures: Figures, words: Iterable[int]) -> Iterator[int]:
    """Yield where three numbers in a row may begin, a « plus » before them or not."""
    places = sorted((*words, *figures.before(0)))
    for first, third in zip(places, places[2:], strict=False):
        if third - first <= _THREE:
            yield from (first - len("plus "), first)


def _kind(values: list[str], words: list[str], text: str, match: re.Match[str]) -> str:
    if "mille" in words or _counts(values) or match.group().strip().isdigit():
        return ""
    digits = "".join(values)
    cued = _ENDS_IN.search(text, 0, match.start())
    if cued and len(digits) >= _FEW:
        return "téléphone"
    if len(digits) in _PHONES + _NUMBERS and len(words) > _FEW:
        return "téléphone" if len(digits) in _PHONES else "numéro"
    alone = _ASIDE.match(text[: match.start()].lower()) and not text[match.end() :].strip(" .!?…,")
    return "numéro" if alone and len(digits) >= _FEW and len(words) >= _FEW else ""


def _counts(values: list[str]) -> bool:
    """Whether somebody only counts: « un deux trois quatre », « 62, 63, 64, 65 ans »."""
    steps = {int(b) - int(a) for a, b in pairwise(values)}
    tens = all(int(value) >= _TEN and value[0] != "0" for value in values)
    return len(steps) <= 1 or (tens and (min(steps) > 0 or max(steps) < 0))


def values_of(words: list[str]) -> list[str]:
    """Return the numbers dictated: « cinq cent cinquante-cinq » 555, « zéro un » 0 and 1."""
    values: list[str] = []
    last = ""
    for word in words:
        if word in _LINKS:
            continue
        if values and _goes_on(last, word, values[-1]):
            values[-1] = _together(values[-1], word)
        else:
            values.append(word if word.isdigit() else str(_VALUES.get(word, 0)))
        last = word
    return values


def _goes_on(last: str, word: str, before: str) -> bool:
    """Whether a word belongs to the number before it: « soixante-douze », « cinq cents »."""
    if word.isdigit() or last.isdigit() or before == "0":
        return False
    if word in _HUNDRED:
        return last not in _HUNDRED
    if word in {"vingt", "vingts"} and last == "quatre":
        return True
    value = _VALUES[word]
    if last in _TENS and 0 < value < _TENS["vingt"]:
        return value < _TEN or int(before) % 100 in {60, 80}
    return last in _HUNDRED and value > 0


def _together(before: str, word: str) -> str:
    if word in _HUNDRED:
        return str(int(before) * 100)
    if word in {"vingt", "vingts"} and before == "4":
        return "80"
    return str(int(before) + _VALUES[word])


def births(figures: Figures, months: list[int], ranks: list[int]) -> Iterator[Said]:
    """Yield whole dates with their year, and those of a birth with a year of two digits.

    ``months`` and ``ranks``: where stand the words that name a month or its rank, and those that
    begin with a rank.
    """
    text = figures.text
    dates = list(matches_at(_FULL_DATE, text, date_starts(figures, months, ranks)))
    short = list(matches_at(_SHORT_YEAR, text, _days_before(text, months))) if months else []
    if not (dates or short):
        return
    born = _BORN.search(text) is not None
    for match in dates:
        recent = _RECENT.search(match.group())
        if born or not recent:
            yield _article(text, match.start()), match.end(), "naissance" if born else "date"
    if born:
        for match in short:
            yield match.start(), match.end(), "naissance"


def date_starts(figures: Figures, months: list[int], ranks: list[int]) -> Iterator[int]:
    """Yield where a whole date may begin: at digits, at a month, at what may be a day before."""
    text = figures.text
    yield from figures.before(0)
    yield from months
    yield from _days_before(text, months)
    links = (place - len("du ") for place in ranks)
    yield from _days_before(text, (link for link in links if _OF_NINTH.match(text, max(0, link))))


def _days_before(text: str, places: Iterable[int]) -> Iterator[int]:
    """Yield where the words begin that stand before some places, as far as a day is long."""
    for place in places:
        for match in _BEGINNING.finditer(text, max(0, place - _LONGEST_DAY), place):
            yield match.start()


def _article(text: str, start: int) -> int:
    """Return where a date begins, the article of an answer included: « Le 4 juillet 1931 »."""
    article = _ARTICLE.search(text, max(0, start - _BEFORE), start)
    return article.start() if article and not _JUST_BORN.search(text, 0, start) else start


def is_number_word(word: str) -> bool:
    """Return whether a word as written says a number."""
    return _NUMBER_WORD.fullmatch(word) is not None


def begins_with_a_rank(word: str) -> bool:
    """Return whether a word as written begins as the rank of a month: « deuxièmement »."""
    return _RANK.match(word) is not None


def is_month_word(word: str) -> bool:
    """Return whether a word as written names a month, or the rank of one."""
    return _MONTH_WORD.fullmatch(word) is not None
