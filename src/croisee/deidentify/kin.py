"""Who is somebody's: a tie that few people share, or any tie with the name that follows it.

« Mon mari » alone stays in sight: half of what is said at home would be hidden. « Mon gendre »,
« mon frère Gérard », « le beau-frère de Ghyslain » are hidden, the tie kept where it is common.
See ``docs/methods/reconnaissance.md`` §3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.deidentify.gazetteer import FIRST, WORD, gazetteer, word_key
from croisee.deidentify.ordinary import is_known
from croisee.deidentify.patterns import Found

_SOMEBODY = "[un proche]"
_OF_HERS = r"(?:[mts]on|[mts]a|[nv]otre|leur)"
_RARE = (
    r"(?:gendre|bru|beaux[- ]parents|beaux?[- ](?:père|frère|fils)"
    r"|belles?[- ](?:m[èe]re|s(?:œ|oe)ur|fille)"
    r"|(?:arrière-)?petits?[- ]fils|(?:arrière-)?petite-fille|demi[- ](?:frère|s(?:œ|oe)ur)|veuve"
    r"|veuf|arrière[- ]grands?[- ](?:père|mère)|ex(?:-(?:mari|femme|conjointe?|chum|blonde))?"
    r"|filleule?|parrain|marraine|gookum|k[ou]kom|n[ou]kum|mushum|jumeau|jumelle)"
)
_TIES = {
    "mère": "une mère", "père": "un père", "frère": "un frère", "sœur": "une sœur",
    "soeur": "une sœur", "fille": "une fille", "fils": "un fils", "gars": "un fils",
    "garçon": "un fils", "mari": "un mari", "femme": "une femme", "blonde": "une conjointe",
    "chum": "un conjoint", "conjoint": "un conjoint", "conjointe": "une conjointe",
    "époux": "un mari", "épouse": "une femme", "oncle": "un oncle", "mononcle": "un oncle",
    "tante": "une tante", "matante": "une tante", "neveu": "un neveu", "nièce": "une nièce",
    "cousin": "un cousin", "cousine": "une cousine", "grand-mère": "une grand-mère",
    "grand-père": "un grand-père", "grand-maman": "une grand-mère", "grand-papa": "un grand-père",
    "voisin": "un voisin", "voisine": "une voisine",
}  # fmt: skip
_COMMON = "|".join(sorted(_TIES, key=len, reverse=True)).replace("grand-", "grand[- ]")
KIN = (
    "|".join(map(re.escape, _TIES))
    + r"|gendre|bru|beaux?|belles?|petits?|petite|arriere|demi|veuves?|veuf|ex|filleule?|parrain"
    r"|husband|wife|sister|brother|daughter|son|uncle|aunt|auntie|grandmother|grandfather|grandma"
    r"|marraine|k[ou]k[ou]m|gookum|koko|n[ou]kum|mushum|jumeau|jumelle|jeune|vieille|vieux|maman|papa"
)
"""The words, folded as patterns, without which there is no kin."""
_AGED = r"plus (?:jeune|vieux|vieille|grande?)"
_NAME = r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*"
_CAP = r"[A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŒ]"
_TAIL = re.compile(rf" (?:au|aux|en) ({_NAME})")
_RARE_TIE = re.compile(rf"\b(?:{_OF_HERS}|[mts]es|[nv]os) {_RARE}\b(?![-’'])", re.IGNORECASE)
_NAMED = re.compile(rf"\b(?i:{_OF_HERS}) (?i:({_COMMON})|{_AGED})(, | )({_NAME})(?![’'])")
_LITTLE = r"(?: (?i:petite?|grande?|gros(?:se)?))?"
_TIED_TO = re.compile(
    rf"\b(?i:l[ea]s?|des) (?i:{_COMMON}|{_RARE}|veuves) "
    rf"(?:(?i:de la|à la|de|à|du){_LITTLE} |d[’'])({_NAME})"
)
_ENGLISH = re.compile(
    r"\b(?:[Mm]y|[Hh]is|[Hh]er|[Oo]ur|[Yy]our) (?:husband|wife|sister|brother|daughter|son|uncle"
    rf"|aunt|auntie|cousin|niece|nephew|grandmother|grandfather|grandma|grandpa),? ({_CAP}[\w’-]+)"
)
_OWN = re.compile(rf"\b(?i:[mts]on|[mts]a) ({_CAP}{_NAME})")
_ALONE = re.compile(
    r"\b(?:k[ou]k[ou]m|gookum|koko|n[ou]kum|mushum)\b"
    rf"|\b(?:maman|papa)\b(?=,? c[’'](?:est|était) {_CAP})",
    re.IGNORECASE,
)


def kin(text: str) -> Iterator[Found]:
    """Yield the people said by their tie to somebody."""
    for match in _RARE_TIE.finditer(text):
        tail = _TAIL.match(text, match.end())
        far = tail and is_known(word_key(tail.group(1)))
        yield Found(match.start(), tail.end() if tail and far else match.end(), "proche", _SOMEBODY)
    for match in _NAMED.finditer(text):
        tie, gap, name = match.groups()
        if _is_first_name(name, sure=gap != " ") or (gap == " " and _is_capital(name)):
            words = f"[{_TIES[tie.lower().replace(' ', '-')]}]" if tie else _SOMEBODY
            yield Found(match.start(), match.end(), "proche", words)
    for match in _TIED_TO.finditer(text):
        name = match.group(1)
        if (_is_capital(name) and not _is_place(name)) or _is_first_name(name):
            yield Found(match.start(), match.end(), "proche", _SOMEBODY)
    for match in _ENGLISH.finditer(text):
        if _is_capital(match.group(1)):
            yield Found(match.start(), match.end(), "proche", _SOMEBODY)
    for match in _ALONE.finditer(text):
        yield Found(match.start(), match.end(), "proche", _SOMEBODY)


def _is_first_name(name: str, *, sure: bool = False) -> bool:
    """Whether a word is a first name and nothing else; ``sure`` asks for its capital too."""
    if sure and not name[0].isupper():
        return False
    bits = gazetteer().words.get(word_key(re.split("[-‐‑]", name)[0]), 0)
    return bool(bits & FIRST) and not bits & WORD


def possessed(text: str) -> Iterator[Found]:
    """Yield the first names that are said to be somebody's: « mon Zachary »."""
    for match in _OWN.finditer(text):
        if _is_first_name(match.group(1), sure=True):
            yield Found(match.start(), match.end(), "proche", _SOMEBODY)


def _is_place(name: str) -> bool:
    """Whether a word opens the name of a place: « la fille de Rimouski » is anybody."""
    keys = [word_key(part) for part in re.split("[-‐‑]", name)]
    found = gazetteer().places.get(keys[0], ())
    return any(place.words[: len(keys)] == tuple(keys) for place in found)


def _is_capital(name: str) -> bool:
    """Whether a word with its capital is a name: not « Facebook », not « Dieu »."""
    key = word_key(name)
    return name[0].isupper() and not is_known(key)
