"""Words of a BibTeX field and the same words for people: accents, signs, italics, kept capitals.

Source: O. Patashnik, « BibTeXing » (1988), section 4 (braces), and the accents of LaTeX.
"""

from __future__ import annotations

import re
import unicodedata

_ACCENTS = dict(
    zip(
        "'`^\"~=.cvuHdrkb",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0327\u030c\u0306\u030b\u0323\u030a\u0328\u0331",
        strict=True,
    )
)
_BY_SIGN = re.compile(
    r"""\\(['`^"~=.])\s?(?:\{\s?\\?([A-Za-z])\s?\}|\\([ij])(?![A-Za-z])(?:\{\})?|([A-Za-z]))"""
)
_BY_LETTER = re.compile(r"\\([cvuHdrkb])(?:\s?\{\s?\\?([A-Za-z])\s?\}|\s([A-Za-z])(?![A-Za-z]))")
_ALONE = re.compile(r"\{((?:[^\W\d_]\u0301?))\}")
_SIGNS = {
    "oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
    "l": "ł", "L": "Ł", "ss": "ß", "i": "ı", "j": "ȷ", "textbackslash": "\\",
    "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{", "textbraceright": "}",
    "textendash": "–", "textemdash": "—", "guillemotleft": "«", "guillemotright": "»", "og": "« ",
    "fg": " »", "ldots": "…", "dots": "…", "textquoteright": "’", "textdegree": "°",
}  # fmt: skip
_SIGN = re.compile(
    rf"\\({'|'.join(sorted(_SIGNS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|[ \t\n]?)"
)
_SPECIAL = re.compile(r"\\([&%$#_{} ])")
_TAGS = {
    "emph": "i", "textit": "i", "textbf": "b", "textsc": "sc", "textsuperscript": "sup",
    "textsubscript": "sub",
}  # fmt: skip
_STYLED = re.compile(rf"\\({'|'.join(_TAGS)})\{{([^{{}}]*)\}}")
_URL = re.compile(r"\\url\{([^{}]*)\}")
_WRITTEN_TAG = re.compile(r"<(i|b|sc|sup|sub)>([^<>]*)</\1>")
_KEPT = re.compile(r'<span class="nocase">([^<>]*)</span>')
_BACK = {"i": "emph", "b": "textbf", "sc": "textsc", "sup": "textsuperscript",
         "sub": "textsubscript"}  # fmt: skip
_HIDDEN = {sign: chr(0xF0000 + place) for place, sign in enumerate("\\{}~^$")}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
_ESCAPED = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\u00a0": "~",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
})  # fmt: skip
_SPACES = re.compile(r"[ \t\n]+")
_UNKNOWN = re.compile(r"\\[A-Za-z]|\$")


def plain_of(field: str, *, title: bool = False) -> tuple[str, bool]:
    r"""Return what a field says, and whether every command in it was understood.

    In a title, what braces keep from a change of capitals stands in ``<span class="nocase">``, as
    CSL has it; elsewhere braces are left out.

    Example:
        >>> plain_of(r"L'{\'e}t{\'e} de la {ONU}", title=True)
        ('L\'été de la <span class="nocase">ONU</span>', True)
    """
    text = _BY_SIGN.sub(_accented, field)
    text = _BY_LETTER.sub(_accented, text)
    text = _SIGN.sub(lambda found: _hidden(_SIGNS[found[1]]), text)
    text = _SPECIAL.sub(lambda found: _hidden(found[1]), text)
    text = _ALONE.sub(_uncovered, unicodedata.normalize("NFC", text))
    text = _URL.sub(r"\1", text).replace("``", "“").replace("''", "”")
    text = _STYLED.sub(lambda found: f"<{_TAGS[found[1]]}>{found[2]}</{_TAGS[found[1]]}>", text)
    if title:
        text = re.sub(r"\{([^{}]+)\}", r'<span class="nocase">\1</span>', text)
    text = _SPACES.sub(" ", re.sub(r"[{}]", "", text)).strip(" ")
    text = text.replace("~", "\u00a0")
    return text.translate(_SHOWN), not _UNKNOWN.search(text)


def _accented(found: re.Match[str]) -> str:
    letter = next(one for one in found.groups()[1:] if one)
    return unicodedata.normalize("NFC", letter + _ACCENTS[found[1]])


def _hidden(text: str) -> str:
    return "".join(_HIDDEN.get(sign, sign) for sign in text)


def _uncovered(found: re.Match[str]) -> str:
    """Take the braces off an accented letter; those of a plain one keep its capital."""
    return found[0] if found[1].isascii() else found[1]


def field_text(text: str, *, title: bool = False) -> str:
    """Return a text as a field holds it between its own braces; :func:`plain_of` reads it back."""
    pieces, at = [], 0
    wanted = re.compile(f"{_KEPT.pattern}|(?:{_TAGGED})") if title else re.compile(_TAGGED)
    for found in wanted.finditer(text):
        pieces.append(_escaped(text[at : found.start()]))
        kept = _KEPT.fullmatch(found[0])
        styled = _WRITTEN_TAG.fullmatch(found[0])
        if kept is not None:
            pieces.append(f"{{{_escaped(kept[1])}}}")
        elif styled is not None:
            pieces.append(f"\\{_BACK[styled[1]]}{{{_escaped(styled[2])}}}")
        at = found.end()
    pieces.append(_escaped(text[at:]))
    return "".join(pieces)


def _escaped(text: str) -> str:
    """Return a text as LaTeX reads it, two apostrophes in a row held apart."""
    return _TWICE.sub("{}", text.translate(_ESCAPED))


_TWICE = re.compile(r"(?<=')(?=')|(?<=`)(?=`)")
_TAGGED = "|".join(f"<{tag}>[^<>]*</{tag}>" for tag in _BACK)


def outside_braces(text: str, word: str) -> list[str]:
    """Cut a text at a word that stands between spaces and in no braces."""
    pieces, depth, begin = [], 0, 0
    for found in re.finditer(rf"[{{}}]|(?<=\s){word}(?=\s)", text):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
        elif depth <= 0:
            pieces.append(text[begin : found.start()])
            begin = found.end()
    return [one for piece in (*pieces, text[begin:]) if (one := piece.strip())]
