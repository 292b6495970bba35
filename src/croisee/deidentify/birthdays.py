"""Births as people say them: « le vingt-six du trois de l’an cinq », « 4 avril, en 97 ».

Day, month and year are numbers, a month's name or its rank, in any order, with what links them.
What says that a birth is meant may stand before or after; a whole date with its year that could
be the birth of an adult is hidden in any case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from croisee.deidentify.dictated import values_of
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import (
    MARK,
    NUMBER,
    SIGN,
    Token,
    ends_the_turn,
    is_unit,
    opens_the_turn,
    stream,
)

_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre", "janv", "jan", "fev", "fevr", "avr", "jui", "juil", "aou",
    "sep", "sept", "oct", "nov", "dec", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_RANKS = (
    "premier", "deuxieme", "troisieme", "quatrieme", "cinquieme", "sixieme", "septieme",
    "huitieme", "neuvieme", "dixieme", "onzieme", "douzieme",
)  # fmt: skip
ORDINAL = "|".join((*_RANKS, *_MONTHS))
"""The folded words, as a pattern, that say a month."""
_SHORT_MONTHS = frozenset(
    ("jan", "fev", "jui", "aou", "sep", "sept", "oct", "nov", "dec", "avr", "may")
)
_LINKS = frozenset(
    {
        "du", "de", "d'", "d’", "le", "l'", "l’", "en", "an", "annee", "mois", "euh", "heu", "of",
        "attends", "bon", "pis", "puis", "donc", "as", "tu", "note", "c'", "c’", "est", "ca", "non",
        "oui", "ok", "okay", "slash", "barre", "oblique", "tiret", "et", "la", "attendez", "voyons",
        "secondes",
    }
)  # fmt: skip
_JOINTS = frozenset(",/.-–‑…?")
_BORN = frozenset(
    {"ne", "nee", "nes", "nees", "naissance", "naissances", "anniversaire", "fete", "monde", "born",
     "birth", "birthday", "naitre", "naquit", "bapteme", "baptistaire", "age", "accouche", "bebe"}
)  # fmt: skip
_WEEKDAYS = frozenset(
    {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lun", "mar", "mer",
     "jeu", "ven", "sam", "dim"}
)  # fmt: skip
_MOST_LINKS = 5
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_RECENT = re.compile(r"20(?:1[3-9]|[2-9]\d)")
_LAST_DAY, _LAST_MONTH, _LAST_SHORT = 31, 12, 99
_DATE_PARTS = 3
_CENTURY = re.compile(
    r"\b(?:dix neuf cents?|19 cents?|mille neuf cents?|deux mille(?! neuf cents?\b))\b"
)
_TEENS = {"sept": "17", "huit": "18", "neuf": "19"}
_TEEN = re.compile(r"\bdix (sept|huit|neuf)\b(?! cent)")
_SECONDS = frozenset({"seconde", "secondes"})


@dataclass(slots=True)
class _Said:
    first: int
    last: int
    numbers: list[str]
    month: bool


def birthdays(text: str) -> Iterator[Found]:
    """Yield the dates that are births, and whole dates that could be one."""
    tokens = stream(text)
    cued = any(token.key in _BORN for token in tokens)
    place = 0
    while place < len(tokens):
        said = _date_at(tokens, place) if _opens(tokens, place) else None
        kind = _kind(tokens, said, cued=cued) if said else ""
        if said and kind:
            words = "[date de naissance]" if kind == "naissance" else "[date]"
            last = _with_rank(tokens, said.last)
            yield Found(tokens[said.first].start, tokens[last].end, kind, words)
        place = said.last + 1 if said and kind else place + 1


def _with_rank(tokens: Sequence[Token], last: int) -> int:
    """Return the last token of a date with what tells its year: « 3 mars passé »."""
    following = tokens[last + 1].key if last + 1 < len(tokens) else ""
    return last + (following in {"passe", "dernier", "prochain", "courant"})


def days(text: str) -> Iterator[Found]:
    """Yield the days said without their month: « samedi 21 », « le 14 du mois prochain »."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        last = _day(tokens, place) if token.key.isdigit() and len(token.key) < _DATE_PARTS else 0
        if last:
            first = place - (place > 0 and tokens[place - 1].key in _WEEKDAYS)
            yield Found(tokens[first].start, tokens[last].end, "date", "[date]")


def _day(tokens: Sequence[Token], place: int) -> int:
    """Return the last token of a day of the month, 0 when a number is not one."""
    if not 0 < int(tokens[place].key) <= _LAST_DAY:
        return 0
    after = [token.key for token in tokens[place + 1 : place + 6]] + [""]
    if after[:2] == ["du", "mois"]:
        ranked = after[2] in {"prochain", "passe", "dernier"}
        following = after[2] in {"d'", "d’"} and after[3] == "apres"
        return place + 2 + ranked + 2 * following
    if after[:3] == ["du", "meme", "mois"]:
        return place + 3
    if after[0] == "courant":
        return place + 1
    day = place > 0 and tokens[place - 1].key in _WEEKDAYS
    counted = (
        is_unit(after[0])
        or after[0] in {"h", ":", "-", "/", "%"}
        or _is_month(tokens, place + 1 if place + 1 < len(tokens) else place)
    )
    return place if day and not counted else 0


def _is_month(tokens: Sequence[Token], place: int) -> bool:
    key = tokens[place].key
    if key in _SHORT_MONTHS:
        near = [*tokens[max(0, place - 1) : place], *tokens[place + 1 : place + 2]]
        cut = place > 1 and tokens[place - 1].key == "…" and tokens[place - 2].kind == NUMBER
        return cut or any(item.kind == NUMBER for item in near)
    ranked = key in _RANKS and place > 0 and tokens[place - 1].key == "du"
    return key in _MONTHS or ranked


def _opens(tokens: Sequence[Token], place: int) -> bool:
    following = tokens[place + 1].key if place + 1 < len(tokens) else ""
    if tokens[place].key in {"un", "une"} and following.isdigit():
        return False
    return (
        tokens[place].kind == NUMBER
        or _is_month(tokens, place)
        or (tokens[place].key == "premier" and place + 1 < len(tokens))
    )


def _date_at(tokens: Sequence[Token], first: int) -> _Said | None:
    """Return the numbers, months and links from a place on, as far as a date may go."""
    numbers: list[str] = []
    words: list[str] = []
    month = False
    last, links = first, 0
    for place in range(first, min(first + 24, len(tokens))):
        token = tokens[place]
        if _waits(tokens, place):
            continue
        if (place != first and token.key in {"cents", "cent"} and words) or (
            token.kind == NUMBER and not _is_counted(tokens, place)
        ):
            words.append(token.key)
            last, links = place, 0
        elif _is_month(tokens, place) or (place == first and token.key == "premier"):
            if token.key == "premier":
                words.append("1")
            else:
                month = True
            numbers, words = numbers + _values(words), []
            last, links = place, 0
        elif _links(tokens, place) and links < _MOST_LINKS:
            apart = token.kind == MARK and token.key not in "-–‑"
            cut = token.key == "…" and words[-1:] == ["mille"]
            if (apart and not cut) or token.key in {"du", "de", "slash", "barre", "tiret"}:
                numbers, words = numbers + _values(words), []
            links += token.kind != MARK
        else:
            break
    return _Said(first, last, numbers + _values(words), month)


def _waits(tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody asks for time in the middle of a date: « deux secondes »."""
    if tokens[place].key in _SECONDS:
        return place > 0 and tokens[place - 1].kind == NUMBER
    asked = place + 1 < len(tokens) and tokens[place + 1].key in _SECONDS
    return asked and tokens[place].kind == NUMBER


def _links(tokens: Sequence[Token], place: int) -> bool:
    """Whether a token may stand between the parts of a date; a full stop only in figures."""
    token, before = tokens[place], tokens[place - 1].key
    if token.key == ".":
        glued = place + 1 < len(tokens) and tokens[place + 1].start == token.end
        following = tokens[place + 1].key if place + 1 < len(tokens) else ""
        dated = before in _MONTHS and _YEAR.fullmatch(following) is not None
        return (glued and before.isdigit()) or before in _SHORT_MONTHS or dated
    return token.key in _LINKS or token.key in _JOINTS or token.kind == SIGN


def _values(words: list[str]) -> list[str]:
    """Return the numbers said; a year cut in two, « dix-neuf cent vingt-huit », stays whole."""
    if not words:
        return []
    spoken = _TEEN.sub(lambda said: _TEENS[said.group(1)], " ".join(words))
    words = spoken.split()
    match = _CENTURY.search(spoken)
    if match:
        before, after = spoken[: match.start()].split(), spoken[match.end() :].split()
        century = 2000 if match.group() == "deux mille" else 1900
        rest = values_of(after)
        year = century + (int(rest[0]) if rest and int(rest[0]) <= _LAST_SHORT else 0)
        return [*values_of(before), str(year)]
    numbers: list[str] = []
    plain: list[str] = []
    for word in words:
        if word.isalpha():
            plain.append(word)
        else:
            numbers += [*values_of(plain), *re.findall(r"\d+", word)]
            plain = []
    return _zeros_joined(numbers + values_of(plain))


def _zeros_joined(numbers: list[str]) -> list[str]:
    """Return numbers where « zéro quatre » is one: the fourth month."""
    joined: list[str] = []
    for number in numbers:
        if joined and joined[-1] == "0" and len(number) == 1:
            joined[-1] = number
        else:
            joined.append(number)
    return joined


def _is_counted(tokens: Sequence[Token], place: int) -> bool:
    if tokens[place].key[:1].isdigit() and not re.fullmatch(
        r"\d{1,2}|\d{4}|\d{1,2}(?:er|e)|\d{8}|\d{6}", tokens[place].key
    ):
        return True
    following = tokens[place + 1].key if place + 1 < len(tokens) else ""
    return is_unit(following) and following not in {"mille", "cents"}


def _kind(tokens: Sequence[Token], said: _Said, *, cued: bool) -> str:
    numbers = said.numbers
    year = next((number for number in numbers if _YEAR.fullmatch(number)), "")
    alone = opens_the_turn(tokens, said.first) and ends_the_turn(tokens, said.last)
    if said.month and len(numbers) > 1 and _may_be_date(numbers[:2]):
        if cued or alone:
            return "naissance"
        return "date" if year or numbers[0] != numbers[1] else ""
    if len(numbers) == _DATE_PARTS and _may_be_date(numbers):
        sure = cued or (alone and not year) or (year and not _RECENT.fullmatch(year))
        ordered = _is_ordered(tokens, said)
        return "naissance" if sure or ordered else ""
    recent = year and _RECENT.fullmatch(year)
    return "naissance" if cued and said.month and numbers and not recent else ""


def _is_ordered(tokens: Sequence[Token], said: _Said) -> bool:
    """Whether a date says « du » between its day and its month: « le 8 du 8 62 »."""
    return any(token.key == "du" for token in tokens[said.first : said.last])


def _may_be_date(numbers: Sequence[str]) -> bool:
    """Whether numbers may be a day, a month and a year, or two of them, in some order."""
    values = [int(number) for number in numbers]
    years = [number for number in numbers if _YEAR.fullmatch(number)]
    small = [value for value in values if value <= _LAST_DAY]
    if len(years) > 1 or any(v > _LAST_SHORT for v in values if not _YEAR.fullmatch(str(v))):
        return False
    if len(values) < _DATE_PARTS:
        return bool(small)
    months = [value for value in small if 1 <= value <= _LAST_MONTH]
    return len(small) >= len(values) - 1 and bool(months)
