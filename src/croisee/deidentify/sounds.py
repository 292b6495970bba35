"""How a French name sounds, roughly: two names that sound alike give the same key."""

from __future__ import annotations

import re
from functools import lru_cache

from croisee.text import fold

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""), (r"eaux?|aulx|aul?[tdx]?s?$|ot?s?$|au", "o"), (r"ph", "f"),
        (r"th", "t"), (r"sch|sh", "ch"), (r"gn", "ni"), (r"qu|ck|cq|q|c(?![eihy])", "k"),
        (r"g(?=[eiy])", "j"), (r"c(?=[eiy])|z|ss", "s"), (r"y", "i"), (r"h", ""),
        (r"(?:a|e)[mn](?=[^aeioumn]|$)", "A"), (r"(?:ai|ei|i|u)[mn](?=[^aeioumn]|$)", "I"),
        (r"o[mn](?=[^aeioumn]|$)", "O"), (r"oi", "wa"), (r"ou", "u"), (r"oeu|eu", "e"),
        (r"ai|ei|er$|ez$|et$|é", "e"), (r"(.)\1+", r"\1"), (r"(?<=.)[tdsx]$", ""),
        (r"(?<=..)e?s?$", ""), (r"e", ""),
    )
)  # fmt: skip


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return the key of one word; endings that are not heard and doubled letters are left out.

    A rough key: it brings together « Thériault » and « Teriot », « Pelletier » and
    « Peltié » no more than an ear would. Vowels « e » are left out altogether.
    """
    key = fold(word)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key
