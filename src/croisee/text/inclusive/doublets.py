"""Full doublets: « intervenantes et intervenants », « une citoyenne ou un citoyen »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.text.inclusive.pairs import Pair, two_words

_L = r"[^\W\d_]"
_JOINED = re.compile(rf"\s(?P<joiner>[eE][tT](?:/[oO][uU])?|[oO][uU](?:/[eE][tT])?|&)\s+(?={_L})")
_WORD = re.compile(rf"{_L}+(?:[-‐‑]{_L}+)*")
_ARTICLES = re.compile(
    r"(?:(?:tou(?:te)?s|à|de|par|pour|avec|chez|les?|la|des|du|aux?|nos|vos|leurs?|mes|tes|ses"
    r"|ces?|cet(?:te)?|une?|mon|ma|ton|ta|son|sa|notre|votre|chaque|plusieurs|quelques)\s+"
    r"|(?:de\s|à\s)?[ld][’'ʼ]){1,3}",
    re.IGNORECASE,
)
_ONE_EACH = frozenset("il elle lui le la un une ce cet cette mon ma ton ta son sa".split())  # noqa: SIM905
"""Words for one person or thing: only « ou » makes them a doublet (« lui et elle » are two)."""
_IRREGULAR = frozenset("lui eux il elle ils elles le la un une ce cette".split())  # noqa: SIM905
_HYPHENS = frozenset("-‐‑")
_LONGEST = 40


def doublets(text: str) -> Iterator[tuple[int, int, Pair]]:
    """Yield (start, end, pair) for each full doublet of a composed text, in order.

    From the first word to the second; the articles before the first stay outside.
    """
    floor = 0
    for match in _JOINED.finditer(text):
        end = match.start()
        start = end
        lowest = max(floor, end - _LONGEST)
        while start > lowest and (text[start - 1].isalpha() or text[start - 1] in _HYPHENS):
            start -= 1
        if start == end or text[start] in _HYPHENS:
            continue
        found = _second(text, text[start:end].lower(), match)
        if found is not None:
            yield start, found[0], found[1]
            floor = found[0]


def _second(text: str, first: str, match: re.Match[str]) -> tuple[int, Pair] | None:
    """Return the end of the second word and the pair it makes with the first."""
    place = match.end()
    near = _WORD.match(text, place)
    if near and _alike(first, near.group()):
        pair = _joined(first, near.group().lower(), match["joiner"])
        if pair is not None:
            return near.end(), pair
    articles = _ARTICLES.match(text, place)
    far = _WORD.match(text, articles.end()) if articles else None
    if far and _alike(first, far.group()):
        pair = _joined(first, far.group().lower(), match["joiner"])
        if pair is not None:
            return far.end(), pair
    return None


def _alike(first: str, second: str) -> bool:
    """Return whether two words may be one word's genders, by how they begin."""
    return first[0] == second[0].lower() or first in _IRREGULAR


def _joined(first: str, second: str, joiner: str) -> Pair | None:
    if (first in _ONE_EACH or second in _ONE_EACH) and joiner.lower() in {"et", "&"}:
        return None
    found = two_words(first, second)
    return None if found is None else found[0]
