"""How a released value is said: every printed number goes through :func:`say`.

``docs/methods/divulgation.md`` §3.11. What is said depends on the released value, the form
asked for and the language alone. Spaces are ordinary ones: the typography filter comes after.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from croisee.disclosure.released import Amount, Fact, Percent, Rank, Value, Word
from croisee.disclosure.sentences import points
from croisee.disclosure.values import Chiffre, Form
from croisee.language import Label, Language, Phrase, phrase

SayForm = Literal[
    "sur", "pct", "nombre", "base", "points", "dix", "fraction", "rang", "montant", "mot"
]
FORMS: tuple[SayForm, ...] = (
    "sur",
    "pct",
    "nombre",
    "base",
    "points",
    "dix",
    "fraction",
    "rang",
    "montant",
    "mot",
)
ROUNDED_WITHIN = 4
"""A rounded count is at most so far from the true one."""
PERCENT_FROM = 20
"""Smallest base whose percentages are printed."""
_CLOSE = Fraction(2, 100)
_FRACTIONS = tuple(
    Fraction(over, under)
    for under in (2, 3, 4, 5)
    for over in range(1, under)
    if Fraction(over, under).denominator == under
)

WORDS: dict[str, Phrase] = {
    "exprime": phrase("exprimé"),
    "non-exprime": phrase("non exprimé"),
    "majorite": phrase("la majorité"),
    "presque-tous": phrase("par presque tout le monde"),
    "silence": phrase("—"),
    "trop-peu": phrase("trop peu de réponses"),
    "present": phrase("présent"),
    "solide": phrase("solide"),
    "fragile": phrase("fragile"),
    "consensus": phrase("consensus"),
    "partage": phrase("partagé"),
    "accord": phrase("d’accord"),
    "converge": phrase("converge"),
    "diverge": phrase("diverge"),
    "ici-seulement": phrase("ici seulement"),
    "plus": phrase("plus"),
    "autant": phrase("autant"),
    "moins": phrase("moins"),
    "non-ecrit": phrase("nombre non écrit"),
    "moitie-plus": phrase("la moitié ou plus"),
    "moitie-moins": phrase("moins de la moitié"),
}
"""The closed list of words a released value may be."""


class CannotSay(ValueError):
    """A value that has nothing to say in the form asked for (a rank asked as an amount)."""


def say(value: Value, form: str = "sur", language: Language = "fr") -> str:
    """Say a released value in words and figures.

    ``form``: ``sur`` (« 31 sur 46 »), ``pct`` (« 31 sur 46 (67 %) »), ``nombre`` (« 31 »),
    ``base`` (« 46 »), ``points`` (« 67 % »), ``dix`` (« au moins 8 sur 10 »), ``fraction``
    (« 3 sur 4 »), ``rang`` (« 1er »), ``montant`` (« environ 25 000 $ »), ``mot``. A form that
    would say more than the value allows falls back on ``sur``: no percentage under a base of 20
    or for a value that is not exact.

    Raises:
        CannotSay: the form does not fit this kind of value.
    """
    if form not in FORMS:
        raise CannotSay(f"{form}: {', '.join(FORMS)}")
    if isinstance(value, Chiffre):
        return _say_count(value, form, language)
    if isinstance(value, Fact):
        return _say_fact(value, form, language)
    return _say_other(value, form, language)


def percentage(value: Value, *, always: bool = False) -> int | None:
    """Return the whole percentage that may be printed of a value, or ``None``.

    Exact counts of bases of 20 and more; every base when ``always`` (planned and done, §3.1).
    """
    if isinstance(value, Percent):
        return value.points
    if isinstance(value, Fact):
        return _fact_points(value)
    if not isinstance(value, Chiffre) or value.lo != value.hi or not value.n:
        return None
    return points(value.lo, value.n) if always or value.n >= PERCENT_FROM else None


def number(value: Decimal | int, language: Language) -> str:
    """Write a number: « 25 000 », « 3,5 » ; "25,000", "3.5"."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    if language == "en":
        return text
    return text.replace(",", " ").replace(".", ",")


def place(rank: Rank, language: Language) -> str:
    """Write a rank: « 1er », « 2e ex æquo » ; "1st", "2nd, tied"."""
    if language == "fr":
        text = "1er" if rank.place == 1 else f"{rank.place}e"
        return f"{text} ex æquo" if rank.tied else text
    teens = 10 <= rank.place % 100 <= 20
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(rank.place % 10, "th")
    return f"{rank.place}{ending}, tied" if rank.tied else f"{rank.place}{ending}"


def with_unit(value: Decimal | int, unit: str, language: Language) -> str:
    """Write a number and its unit: « 25 000 $ », « 63 % » ; "$25,000", "63%"."""
    text = number(value, language)
    if not unit:
        return text
    if language == "en" and unit in {"$", "€", "£"}:
        return f"{unit}{text}"
    if language == "en" and unit == "%":
        return f"{text}%"
    return f"{text} {unit}"


def _say_count(value: Chiffre, form: str, language: Language) -> str:
    if form in {"rang", "montant"}:
        raise CannotSay(f"a count has no {form}")
    if form == "base":
        if value.n is None:
            raise CannotSay("this count has no base")
        return number(value.n, language)
    if value.form in _SPOKEN:
        return _SPOKEN[value.form].to(language)
    if value.form is Form.ROUNDED:
        return _say_rounded(value, form, language)
    if value.lo == value.hi:
        return _say_exact(value, form, language)
    return _say_wide(value, form, language)


_SPOKEN: dict[Form, Phrase] = {
    Form.VOICED: WORDS["exprime"],
    Form.HALF_OR_MORE: phrase("la moitié ou plus"),
    Form.UNDER_HALF: phrase("moins de la moitié"),
    Form.MORE_THAN_HALF: phrase("plus de la moitié"),
    Form.HALF_OR_LESS: phrase("la moitié ou moins"),
    Form.NEARLY_ALL: WORDS["presque-tous"],
    Form.ABSENT: WORDS["trop-peu"],
}


def _say_exact(value: Chiffre, form: str, language: Language) -> str:
    if not value.n or form == "nombre":
        return number(value.lo, language)
    share = percentage(value)
    if form == "points" and share is not None:
        return with_unit(share, "%", language)
    if form == "dix":
        return _tenths(value, language)
    if form == "fraction":
        close = _fraction(value)
        if close:
            return phrase("{over} sur {under}", over=close.numerator, under=close.denominator).to(
                language
            )
    words = _of(value.lo, value.n, language)
    if form == "pct" and share is not None:
        return f"{words} ({with_unit(share, '%', language)})"
    return words


def shown(value: Chiffre) -> int:
    """Return the multiple of five that a rounded count is written as."""
    return value.hi - ROUNDED_WITHIN


def _say_rounded(value: Chiffre, form: str, language: Language) -> str:
    x = shown(value)
    about = phrase("environ {amount}", amount=number(x, language))
    if form == "nombre" or not value.n:
        return about.to(language)
    share = with_unit(points(x, value.n), "%", language)
    if form == "points":
        return phrase("environ {amount}", amount=share).to(language)
    words = phrase("environ {amount}", amount=_of(x, value.n, language)).to(language)
    return f"{words} ({share})" if form == "pct" else words


def _say_wide(value: Chiffre, form: str, language: Language) -> str:
    if value.form is Form.FEWER_THAN:
        bound = number(value.hi + 1, language)
        if form == "nombre" or value.n is None:
            return phrase("moins de {bound}", bound=bound).to(language)
        frame = number(value.n, language)
        return phrase("moins de {bound} sur {frame}", bound=bound, frame=frame).to(language)
    if form in {"dix", "fraction"} and value.n and 10 * value.lo // value.n:
        return _tenths(value, language)
    bound = number(value.lo, language)
    if form == "nombre" or value.n is None:
        return phrase("au moins {bound}", bound=bound).to(language)
    frame = number(value.n, language)
    return phrase("au moins {bound} sur {frame}", bound=bound, frame=frame).to(language)


def _tenths(value: Chiffre, language: Language) -> str:
    assert value.n
    tenths, over = divmod(10 * value.lo, value.n)
    if value.lo == value.hi and not over:
        return phrase("{tenths} sur 10", tenths=tenths).to(language)
    if not tenths:
        return phrase("moins de 1 sur 10").to(language)
    return phrase("au moins {tenths} sur 10", tenths=tenths).to(language)


def _fraction(value: Chiffre) -> Fraction | None:
    assert value.n
    share = Fraction(value.lo, value.n)
    near = min(_FRACTIONS, key=lambda f: (abs(f - share), f.denominator))
    return near if abs(near - share) <= _CLOSE else None


def _of(x: Decimal | int, n: Decimal | int, language: Language) -> str:
    return phrase("{count} sur {frame}", count=number(x, language), frame=number(n, language)).to(
        language
    )


def _fact_points(fact: Fact) -> int | None:
    if fact.number is None or not fact.of:
        return None
    if fact.number != int(fact.number) or fact.of != int(fact.of):
        return None
    return points(int(fact.number), int(fact.of))


def _say_fact(fact: Fact, form: str, language: Language) -> str:
    if form == "mot" or (fact.number is None and form == "sur"):
        return fact.text.to(language)
    if fact.number is None:
        raise CannotSay("this fact has no number")
    if form == "nombre":
        return number(fact.number, language)
    if fact.of is None:
        return with_unit(fact.number, fact.state, language)
    return _say_planned(fact.number, fact.of, form, language)


def _say_planned(done: Decimal, planned: Decimal, form: str, language: Language) -> str:
    if form == "base":
        return number(planned, language)
    share = _fact_points(Fact(Label(""), done, planned))
    words = _of(done, planned, language)
    if share is None or form not in {"points", "pct"}:
        return words
    percent = with_unit(share, "%", language)
    return percent if form == "points" else f"{words} ({percent})"


def _say_other(value: Word | Rank | Amount | Percent, form: str, language: Language) -> str:
    if isinstance(value, Word) and form in {"sur", "mot"}:
        return WORDS[value.word].to(language)
    if isinstance(value, Rank) and form in {"sur", "rang"}:
        return place(value, language)
    if isinstance(value, Amount) and form in {"sur", "montant"}:
        text = with_unit(value.value, value.unit, language)
        return phrase("environ {amount}", amount=text).to(language)
    if isinstance(value, Percent) and form == "base":
        return _say_count(value.count, form, language)
    if isinstance(value, Percent) and form in {"sur", "pct", "points", "dix", "fraction"}:
        return with_unit(value.points, "%", language)
    raise CannotSay(f"{type(value).__name__} has no {form}")
