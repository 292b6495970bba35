"""Numbers in a text: those typed in digits, those written in letters, and how ours are said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Language

_SP = "[ \u00a0\u202f\u2009]"
_MARK = re.compile(r"\{[^{}\n]*\}")
_TYPED = re.compile(rf"\d{{1,3}}(?:{_SP}\d{{3}})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+")

_FRENCH_UNITS = (
    "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
)
_FRENCH_TENS = "vingt vingts trente quarante cinquante soixante septante huitante nonante"
_FRENCH_SCALES = "cent cents mille million millions milliard milliards"
_FRENCH_GROUPS = (
    "demi-douzaine huitaine dizaine dizaines douzaine douzaines quinzaine vingtaine trentaine"
    " quarantaine cinquantaine soixantaine centaine centaines millier milliers"
)
_FRENCH_FRACTIONS = "moitié tiers quart quarts cinquième cinquièmes dixième dixièmes"
_ENGLISH_UNITS = (
    "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH_SCALES = "hundred hundreds thousand thousands million millions billion billions"
_ENGLISH_GROUPS = "dozen dozens"
_ENGLISH_FRACTIONS = "half halves third thirds quarter quarters fifth fifths tenth tenths"
_JOINERS: dict[Language, str] = {"fr": "et", "en": "and"}
_ARTICLES: dict[Language, tuple[str, ...]] = {
    "fr": ("un", "une", "la", "le", "les"),
    "en": ("a", "an", "one", "the"),
}


def _choice(*lists: str) -> str:
    words = sorted({word for words in lists for word in words.split()}, key=len, reverse=True)
    return "|".join(words)


def _spelled(language: Language) -> re.Pattern[str]:
    if language == "fr":
        number = _choice(_FRENCH_UNITS, _FRENCH_TENS, _FRENCH_SCALES)
        alone = _choice(_FRENCH_GROUPS, _FRENCH_FRACTIONS)
    else:
        number = _choice(_ENGLISH_UNITS, _ENGLISH_TENS, _ENGLISH_SCALES)
        alone = _choice(_ENGLISH_GROUPS, _ENGLISH_FRACTIONS)
    joiner = _JOINERS[language]
    between = rf"(?:{_SP}+|-|{_SP}+{joiner}{_SP}+|-{joiner}-)"
    one = "un|une|onze|unième" if language == "fr" else "one"
    number_group = rf"(?:{number})(?:{between}(?:{number}|{one}))*"
    article = "|".join(_ARTICLES[language])
    return re.compile(
        rf"(?<![\w’'-])(?:{number_group}{_SP}+(?:{alone})"
        rf"|(?:(?:{article}){_SP}+)?(?:{alone})"
        rf"|{number_group})(?![\w-])",
        re.IGNORECASE,
    )


_SPELLED: dict[Language, re.Pattern[str]] = {"fr": _spelled("fr"), "en": _spelled("en")}


@dataclass(frozen=True, slots=True)
class NumberFound:
    """A number met in a text: ``text == source[start:end]``."""

    start: int
    end: int
    text: str


def typed_numbers(text: str, *, literals: Iterable[str] = ()) -> tuple[NumberFound, ...]:
    """Return the numbers typed in digits, left to right.

    What stands inside ``{marks}`` and inside a reviewed literal (an exact substring, spaces
    of any kind being equal) is not a typed number.

    Example:
        >>> [n.text for n in typed_numbers("{a.b/c} sur 46, et 1 000 $")]
        ['46', '1 000']
    """
    allowed = [(match.start(), match.end()) for match in _MARK.finditer(text)]
    plain = re.sub(_SP, " ", text)
    for literal in literals:
        wanted = re.escape(re.sub(_SP, " ", literal))
        if wanted:
            allowed += [
                (match.start(), match.end())
                for match in re.finditer(rf"(?<!\w){wanted}(?!\w)", plain)
            ]
    return tuple(
        NumberFound(match.start(), match.end(), match.group())
        for match in _TYPED.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in allowed)
    )


def spelled_numbers(text: str, language: Language) -> tuple[NumberFound, ...]:
    """Return the numbers written in letters: counts, collectives, fractions.

    The articles « un », « une », « one », « a » alone are not numbers. Nothing inside
    ``{marks}`` is looked at. « neuf » is always reported, new or nine: a person decides.

    Example:
        >>> [n.text for n in spelled_numbers("La moitié, une douzaine, un réseau sur trois", "fr")]
        ['La moitié', 'une douzaine', 'trois']
    """
    marks = [(match.start(), match.end()) for match in _MARK.finditer(text)]
    return tuple(
        NumberFound(match.start(), match.end(), match.group())
        for match in _SPELLED[language].finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in marks)
    )


def say_number(value: int | Decimal, language: Language) -> str:
    """Return a number in figures with the language's separators, no trailing zeros.

    French: ``2 700``, ``12,5`` (ordinary space; :func:`typeset` makes it hold together).
    English: ``2,700``, ``12.5``.

    Example:
        >>> say_number(Decimal("2700.50"), "fr"), say_number(2700, "en")
        ('2 700,5', '2,700')
    """
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "fr":
        text = text.replace(",", " ").replace(".", ",")
    return text.replace("-", "−", 1) if text.startswith("-") else text
