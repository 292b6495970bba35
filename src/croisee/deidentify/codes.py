"""Numbers that point at one file, car, lease, firm or machine, written with digits.

Two ways in: a word that announces one (« dossier », « plaque », « NEQ ») and a code after
it, whatever its shape; or a shape that is nothing else (« LOC-20884-B », « F47 KNB »).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from croisee.deidentify.glance import Figures, matches_at

_ANNOUNCED = (
    r"dossiers?|matricule|plaque|immatriculation|bail|NEQ|r[ée]f[ée]rence|s[ée]rie|police|lot"
    r"|cadastre|contrat|permis|certificat|code permanent|licence|r[ée]servation|confirmation"
    r"|facture|folio|plainte|requ[êe]te|formulaire|membre|employ[ée]e?|inscription|compte"
    r"|organisme|carte|num[ée]ro|n[o°]\.?|enregistrement|succursale|institution|transit|MAPAQ"
    r"|RBQ|CNESST|SAAQ|CSST|IVAC|RAMQ|NAS|NIP|mot de passe|passeport|immigration|IUC|client"
)
_ANNOUNCING = re.compile(
    re.sub(r"(?<=[a-z]) [^|]+", "", _ANNOUNCED).replace(r"n[o°]\.?", "no?"), re.IGNORECASE
)
_SAID = (
    r"(?:[\s,:]|c[’']est|c[’'][ée]tait|est|le|la|l[’']|d[’'e]\w*|du|de|num[ée]ro|no\.?|n°|#|finit|par"
    r"|commence)"
)
_LETTERS = r"[A-Za-z]{1,5}(?=[-–/]\d)|[A-Z]{1,5}(?= \d)|[A-Z]{1,3}\b"
_PIECE = rf"(?:{_LETTERS}|\d+[A-Za-z]{{1,3}}\b|[A-Za-z]{{1,4}}\d\w*|\d+)"
_CODE = rf"{_PIECE}(?:[-–/. ]{_PIECE})*(?:[- ][A-Z]\b)?"
_CUED = re.compile(
    rf"(?:\b(?i:le|la|l[’'])\s?)?\b(?i:{_ANNOUNCED})(?![\w-])(?P<gap>{_SAID}{{0,8}}?)(?P<code>{_CODE})"
)
_PLATE_CUED = re.compile(
    r"(?:\b[Ll]a )?\b[Pp]laque\b[ ,:]*(?:c[’'](?:est|était) )?"
    r"([A-Za-z]\d\d ?[A-Za-z]{3}|[A-Za-z]{3} ?\d{3}|\d{3} ?[A-Za-z]{3})\b"
)
_LEADS = (0, 2, 3)
"""The signs of the article that may stand before: « l’ », « la »."""
_TIES, _PARTING = {"-", " "}, " ,-"
_MIN_DIGITS = 3
_NEAR = 12
"""So close, the word that announces a code is hidden with it: « dossier 77-41832 »."""
_SAYS_WHICH = re.compile(
    r"(?:(?:le|la|l[’'])\s?)?(?:dossier|plaque|NEQ|matricule|MAPAQ|RBQ|immatriculation)",
    re.IGNORECASE,
)
_MONTHS = (
    "jan", "fév", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc",
)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(
    r"\s?(?:\$|%|€|h\b|ans?\b|pour cent|dollars?|personnes?|membres?|km\b|fois|mille|minutes?"
    r"|heures?|jours?|mois|pages?|participant|organismes?|familles?|paniers?|repas|dîners?)"
)
_SHAPES = re.compile(
    r"(?<![\w@./-])(?:"
    r"[A-Za-z]{1,5}-\d{4,}(?:-\w+)*"
    r"|[A-Za-z]{2,5}-\d{2,4}-\d{3,}(?:-\w+)*"
    r"|\d{2,4}-[A-Za-z]{1,3}-\d{3,}"
    r"|\d{2}-\d{5,6}"
    r"|\d{6,}-\d{1,3}"
    r"|[A-Za-z]{1,4}\d{2,}-\d{3,}"
    r"|[A-Z]\d\d [A-Z]{3}"
    r"|[A-Z]{3} \d{3}"
    r"|[A-Za-z]{4}\d{8}"
    r"|[^\W\d_]{4,}\d{2,4}"
    r"|[A-Z]{2,5}\d{3,}"
    r"|\d{2}-\d{8}"
    r"|0\d{4,}"
    r"|\d-\d{4}"
    r"|[A-Z]-\d{3}(?:-\d+)?"
    r"|[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]"
    r"|\d{7,9}"
    r"|\d{4} \d{3} \d{3}"
    r"|\d{5,9} \d{2,5}(?: [A-Za-z]{2}\d{4}| \d{2,8})?(?: [B-XZb-xz])?"
    r"|\d{9} ?[A-Za-z]{2} ?\d{4}"
    r"|(?=[A-Za-z]*\d+[A-Za-z]+\d)[A-Za-z0-9]{4,12}(?: \d{3,}| [A-Z]{2,3}\b"
    r"| [b-df-hj-np-tv-z]{2,3}\b)*"
    r")(?![\w@]|[.,]\d|-\d)"
)
_SPELLED = re.compile(r"(?<![\w’'-])(?:[A-Za-z0-9][ ,-]{1,2}){4,}[A-Za-z0-9](?![\w’'-])")
_ORDINARY = re.compile(
    r"(?:(?:covid|g|mp|h|windows|office|canal|radio|sras|cov)-?\d+|h\dn\d|\d+(?:h|km|mm|cm)\d+)",
    re.IGNORECASE,
)


def may_announce_a_code(word: str) -> bool:
    """Return whether a word as written may say that a code follows: « dossier », « plaque »."""
    return _ANNOUNCING.fullmatch(word) is not None


def codes(figures: Figures, announcing: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the places of the identifiers of a text, by its digits.

    ``announcing``: where stand its words that may say that a code follows.
    """
    text = figures.text
    cues = [start - step for start in announcing for step in _LEADS]
    if cues:
        yield from _announced_codes(text, cues)
    for match in matches_at(_SHAPES, text, shape_starts(figures)):
        if not _is_plain(match.group(), text, match.end()):
            yield match.span()
    for match in matches_at(_SPELLED, text, spelled_starts(figures)):
        if any(map(str.isdigit, match.group())) and any(map(str.isalpha, match.group())):
            yield match.span()


def shape_starts(figures: Figures) -> Iterator[int]:
    """Yield where a shape may begin: at digits, or at the letters that lead to them."""
    text = figures.text
    for start, _ in figures.runs:
        yield start
        led = start - (start > 0 and text[start - 1] in _TIES)
        first = led
        while first and text[first - 1].isalnum() and not text[first - 1].isdecimal():
            first -= 1
        if first < led:
            yield first


def spelled_starts(figures: Figures) -> Iterator[int]:
    """Yield where a spelled code may begin: at each sign of the chain that leads to a digit."""
    text = figures.text
    for start, end in figures.runs:
        place = start if end == start + 1 else -1
        while place >= 0:
            yield place
            before = text[max(0, place - 3) : place]
            parted = before.rstrip(_PARTING)
            step = len(before) - len(parted)
            place = place - step - 1 if step in {1, 2} and parted else -1


def _announced_codes(text: str, cues: list[int]) -> Iterator[tuple[int, int]]:
    for match in matches_at(_PLATE_CUED, text, cues):
        yield match.span()
    for match in matches_at(_CUED, text, cues):
        code = match["code"]
        if _is_code(code, text, match.end()):
            near = len(match["gap"]) <= _NEAR or "num" in match["gap"]
            near = near and _SAYS_WHICH.match(match.group()) is not None
            yield (match.start() if near else match.start("code")), match.end()


def _is_code(code: str, text: str, end: int) -> bool:
    digits = sum(map(str.isdigit, code))
    if digits < _MIN_DIGITS or _UNIT.match(text, end):
        return False
    if code.isdigit():
        return digits > _MIN_DIGITS and not _YEAR.fullmatch(code)
    return digits > _MIN_DIGITS or not code[0].islower()


def _is_plain(shape: str, text: str, end: int) -> bool:
    """Whether a shape is an amount, a date or a word of every day all the same."""
    if _UNIT.match(text, end) or _ORDINARY.fullmatch(shape):
        return True
    digits = sum(map(str.isdigit, shape))
    if shape.isupper() and len(shape) == _MIN_DIGITS:
        return False
    if digits < _MIN_DIGITS and " " not in shape and len(shape) - digits <= _MIN_DIGITS:
        return True
    return shape.lower().startswith(_MONTHS) and bool(_YEAR.search(shape))
