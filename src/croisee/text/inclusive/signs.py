"""Abbreviated doublets, found from their sign: a point, parentheses, ``.``, ``-``, ``_``, ``/``.

A text is searched for signs, not for words, so that a text without any costs almost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from croisee.text.inclusive.pairs import Pair, abbreviated, two_words

POINTS = "∙·‧•⋅⸱・･·"
"""U+2219, U+00B7, U+2027, U+2022 and their look-alikes."""
_L = r"[^\W\d_]"
_P = f"[{POINTS}]"
_END = rf"(?![\w{POINTS}])"
_DASHED = (
    r"(?i:(?:e|[nlt]e|enne|ienne|onne|[ai]?trice|rice|ice|euse|se|i?ère|ète|i?ve|fe|que|sse|elle|velle|celle"
    r"|toute|une|la)s?)"
)
_SIGN = re.compile(
    rf"{_P}(?P<point>{_L}{{1,30}}(?:{_P}{_L}{{1,12}}){{0,3}}){_END}"
    rf"|[(\[][-‐‑{POINTS}]?(?P<paren>{_L}{{1,30}})[)\]](?P<after>[sS]|[(\[][sS][)\]])?(?![^\W_])"
    rf"|\.(?P<dot>{_L}{{1,8}}(?:\.[sSxX]){{0,2}})(?![\w@/])"
    rf"|[-‐‑](?P<dash>{_DASHED}(?:[-‐‑][sSxX]){{0,2}})(?![\w‐‑@/-])"
    rf"|/-?(?P<slash>{_L}{{1,30}}(?:-{_L}{{2,30}})*(?:/-?[sS])?)(?![\w/\\@-])"
    rf"|_(?P<under>{_DASHED}(?:_[sSxX]){{0,2}})(?![\w@/\\=(\[}}-])"
)
_CAPITAL = re.compile(r"E[sS]?(?!\w)")
_BEFORE_CAPITAL = re.compile(r"(?:[NLTSV]|TRIC|RIC|EUS)$")
_SPLIT = re.compile(rf"[{POINTS}.\-‐‑/_]+")
_SLASH = re.compile("/-?")
_HELD = frozenset("-‐‑")
_PATH = frozenset("@/\\_#=&~%$")
_APOSTROPHES = frozenset("'’ʼ")
_FILES = frozenset("www http https ftp".split())  # noqa: SIM905
_LONGEST, _LONGEST_ADDRESS = 40, 200
_PRONOUNS = frozenset("il elle ils elles celui celle ceux celles un une le la".split())  # noqa: SIM905
_PRONOUNS |= {"tous", "toutes", "eux", "lui"}
_COINED = frozenset("iel iels ielle ielles x xs".split())  # noqa: SIM905
_UNSURE = frozenset({"dot", "dash", "slash", "under"})
_NO_LONE_E = ("ai", "eu", "ou", "a", "on", "en", "ar")
"""Endings after which « -e » alone is a scanner’s or a keyboard’s slip."""
_Found = tuple[int, int, Pair]


def abbreviations(text: str) -> Iterator[_Found]:
    """Yield (start, end, pair) for each abbreviated doublet of a composed text, in order."""
    floor = 0
    for match in _SIGN.finditer(text):
        place = match.start()
        kind = match.lastgroup
        if kind is None or place <= floor:
            continue
        found = _at(text, match, kind if kind != "after" else "paren", floor)
        if found is not None:
            yield found
            floor = found[1]
    if "E" in text:
        yield from _with_capitals(text)


def _at(text: str, match: re.Match[str], kind: str, floor: int) -> _Found | None:
    """Return the form whose sign is here, if it is one."""
    place = match.start()
    spaced = kind == "paren" and place > 0 and text[place - 1] == " "
    end_of_stem = place - 1 if spaced else place
    if end_of_stem <= floor or not text[end_of_stem - 1].isalpha():
        return None
    start = _stem_start(text, end_of_stem, floor)
    stem = text[start:end_of_stem]
    if kind != "point" and _in_a_path(text, start, match):
        return None
    if spaced and not _may_be_spaced(stem, match):
        return None
    if kind in _UNSURE and not _as_one_writes(stem, match[kind], least=3 if kind == "under" else 4):
        return None
    plural = kind == "paren" and match["after"] is not None
    split = _SLASH if kind == "slash" else _SPLIT
    pair = _pair(stem.lower(), _segments(match[kind].lower(), split, plural=plural), kind)
    return None if pair is None else (start, match.end(), pair)


def _stem_start(text: str, end: int, floor: int) -> int:
    """Return where the word before a sign begins: letters and hyphens, after any elision."""
    start = end
    lowest = max(floor, end - _LONGEST)
    while start > lowest and (text[start - 1].isalpha() or text[start - 1] in _HELD):
        start -= 1
    while start < end and text[start] in _HELD:
        start += 1
    if start > 7 and text[start - 1] in _APOSTROPHES:
        if text[start - 7 : start - 1].lower() == "quelqu":
            return start - 7
    elif start == 7 and text[:6].lower() == "quelqu" and text[6] in _APOSTROPHES:
        return 0
    return start


def _in_a_path(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether the place is in an address, a file name or a reference."""
    before = text[start - 1 : start]
    if before and (before in _PATH or before == "." or before.isalnum()):
        return True
    if text[start : match.start()].lower() in _FILES:
        return True
    after = text[match.end() : match.end() + 2]
    if after[:1] in {"@", "\\", "_"}:
        return True
    if after[:1] in {"/", "."} and after[1:2].isalnum() and match.lastgroup != "paren":
        return True
    lowest = max(0, start - _LONGEST_ADDRESS)
    opened = max(text.rfind(" ", lowest, start) + 1, lowest)
    return "//" in text[opened:start] or "@" in text[opened:start]


def _as_one_writes(stem: str, suffix: str, *, least: int) -> bool:
    """Return whether ``.e``, ``-e`` or ``/e`` may end this word, and in these capitals.

    « irai-e » is a scanner's; « Saint-E » is an address; « tou-tes » is a word cut in two.
    """
    shout = stem.isupper() and len(stem) > 1
    if not (suffix.isupper() if shout else suffix.islower() and (stem[1:] or "a").islower()):
        return False
    low = stem.lower()
    if low == "tou":
        return suffix.lower() in {"te-s", "te.s", "te/s", "te_s"}
    if suffix.lower() == "e":
        return low == "un" or (len(stem) >= least and not low.endswith(_NO_LONE_E))
    return True


def _may_be_spaced(stem: str, match: re.Match[str]) -> bool:
    """Return whether « mot (suite) » is one form: a whole feminine, a dash, or « né (e) »."""
    inside, low = match["paren"].lower(), stem.lower()
    if match.group()[1] in _HELD:
        return True
    if inside in {"e", "es"}:
        return low.endswith("é") or (inside == "es" and low.endswith("s"))
    return two_words(low, inside) is not None


def _segments(written: str, split: re.Pattern[str], *, plural: bool) -> list[str]:
    """Return the endings between the signs, the plural mark put on the last."""
    segments = [part for part in split.split(written) if part]
    while len(segments) > 1 and segments[-1] in _COINED:
        segments.pop()
    if len(segments) > 1 and segments[-1] == "s":
        segments.pop()
        plural = True
    while len(segments) > 1 and segments[-1] in _COINED:
        segments.pop()
    if len(segments) == 2 and segments[0] == "s":
        segments.pop(0)
        plural = True
    if plural and len(segments) == 1 and not segments[0].endswith("s"):
        segments[0] += "s"
    return segments


def _pair(stem: str, segments: list[str], kind: str) -> Pair | None:
    """Return the pair of a stem and its ending; ``None`` when this is something else."""
    if len(segments) != 1 or segments[0] in {"s", "x"}:
        return None
    suffix = segments[0]
    sure = kind in {"point", "paren"}
    if kind != "dot" and len(suffix) > 1 and _whole_word(stem, suffix, kind):
        found = two_words(stem, suffix)
        if found is not None:
            return found[0]
        if not sure and len(suffix) >= len(stem):
            return None
    if kind in {"dash", "under"} and suffix.rstrip("s") in {"la", "elle", "une"}:
        return None
    return abbreviated(stem, suffix, sure=sure)


def _whole_word(stem: str, suffix: str, kind: str) -> bool:
    """Return whether both sides may be whole words: with a hyphen, only pronouns are."""
    return kind not in {"dash", "under"} or (stem in _PRONOUNS and suffix in _PRONOUNS)


def _with_capitals(text: str) -> Iterator[_Found]:
    """Yield « étudiantEs »: the end of a feminine in capitals, after a word in lower case."""
    for match in _CAPITAL.finditer(text):
        place = match.start()
        if place == 0 or not text[place - 1].isalpha():
            continue
        begun = _BEFORE_CAPITAL.search(text, max(0, place - 4), place)
        end = begun.start() if begun else place
        start = _stem_start(text, end, 0)
        stem = text[start:end]
        if len(stem) < 4 or not stem[1:].islower() or _in_a_path(text, start, match):
            continue
        suffix = text[end : match.end()].lower()
        if not suffix.endswith("s") and not stem.endswith(("ant", "ent", "eur")):
            continue
        pair = abbreviated(stem.lower(), suffix, sure=False)
        if pair is not None:
            yield start, match.end(), pair
