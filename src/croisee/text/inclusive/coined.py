"""Words coined for both genders: ``iel``, ``celleux``, ``toustes``, ``auteurice``.

Each is read as the pair it stands for, and nobody rewrites it. Words that are also something
else are left out: *ille* (a river), *ol*, *al*, *taon* (an insect), *léa* (a name).
"""

from __future__ import annotations

import re
from functools import lru_cache

from croisee.text.inclusive.pairs import Pair

_WHOLE = {
    "iel": ("il", "elle"),
    "ielle": ("il", "elle"),
    "yel": ("il", "elle"),
    "yelle": ("il", "elle"),
    "ellui": ("lui", "elle"),
    "cellui": ("celui", "celle"),
    "lae": ("le", "la"),
    "copaine": ("copain", "copine"),
}
_PLURAL_ONLY = {
    "celleux": ("celui", "celle"),
    "ceulles": ("celui", "celle"),
    "ceuxelles": ("celui", "celle"),
    "elleux": ("eux", "elles"),
    "euxelles": ("eux", "elles"),
    "toustes": ("tout", "toute"),
    "touxtes": ("tout", "toute"),
    "toutxs": ("tout", "toute"),
}
_NO_PLURAL = frozenset({"ellui", "cellui", "lae"})
_ENDINGS: tuple[tuple[str, str, str], ...] = (
    ("teurice", "teur", "trice"),
    ("deurice", "deur", "drice"),
)
_ENDINGS += (("eureuse", "eur", "euse"), ("euxse", "eux", "euse"))
_ORDINARY = frozenset(
    "heureuse bienheureuse malheureuse peureuse pleureuse chaleureuse valeureuse".split()  # noqa: SIM905
)
_WORD = re.compile(
    r"(?<![^\W_])(?:[iy]el(?:le)?s?|c?ellui|celleux|ceulles|ceuxelles|elleux|euxelles"
    r"|tou[sx]tes|toutxs|lae|copaines?|[^\W\d_]{2,}?(?:[td]eurice|eureuse|euxse)s?)(?![^\W_])",
    re.IGNORECASE,
)


def coined_words(text: str) -> list[tuple[int, int, Pair]]:
    """Return the coined words of a composed text: start, end and the pair they stand for.

    Whole words only. Cost: a few plain searches when there is none.
    """
    if not _may_hold(text.lower()):
        return []
    found = []
    for match in _WORD.finditer(text):
        pair = coined(match.group().lower())
        if pair is not None and _one_case(match.group()) and not _inside_compound(text, match):
            found.append((match.start(), match.end(), pair))
    return found


def _may_hold(lowered: str) -> bool:
    """Return whether a piece of a coined word is there: plain searches, in the order of chance."""
    return (
        "iel" in lowered
        or "lleu" in lowered
        or "xel" in lowered
        or "yel" in lowered
        or "eurice" in lowered
        or "eureuse" in lowered
        or "euxse" in lowered
        or "toustes" in lowered
        or "toux" in lowered
        or "toutxs" in lowered
        or "ellui" in lowered
        or "ceulles" in lowered
        or "lae" in lowered
        or "copaine" in lowered
    )


def _one_case(word: str) -> bool:
    """Return whether a word is written in one go: « malheureuxSe » is two words run together."""
    return word[1:].islower() or word.isupper()


def _inside_compound(text: str, match: re.Match[str]) -> bool:
    """Return whether the word is part of an address, a file name or a longer compound."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 2]
    follows = after[:1] in {"@", "_", "/", "\\", "."} and after[1:2].isalnum()
    return before in {"@", "_", "/", "\\", ".", "#"} or follows


@lru_cache(maxsize=4096)
def coined(word: str) -> Pair | None:
    """Return the pair of a coined word in lower case, or ``None``.

    >>> coined("iels").words, coined("heureuse")
    (('ils', 'elles'), None)
    """
    if word in _PLURAL_ONLY:
        return Pair(*_PLURAL_ONLY[word], plural=True)
    plural = word.endswith("s")
    one = word.removesuffix("s")
    if one in _WHOLE and not (plural and one in _NO_PLURAL):
        return Pair(*_WHOLE[one], plural=plural)
    if one in _ORDINARY:
        return None
    for ending, he, she in _ENDINGS:
        if one.endswith(ending) and len(one) > len(ending) + 1:
            root = one.removesuffix(ending)
            return Pair(root + he, root + she, plural=plural)
    return None
