"""French and English typography at display: spaces that do not break, apostrophes, quotes.

One filter, applied when a text is printed and never to what is stored. It changes spaces,
apostrophes, quotes and three dots; it changes no word. What people said is printed
as they said it: a caller that prints a verbatim may leave it alone.
See ``docs/methods/typographie.md`` for the rules and where they come from.
"""

from __future__ import annotations

import re
from html import escape
from typing import Literal

from croisee.language import Language

Medium = Literal["html", "pdf", "text"]
"""``html``: pages of a screen; ``pdf``: paged documents (PDF, DOCX); ``text``: plain text
read anywhere (a terminal, an e-mail, a page whose fonts are unknown)."""

NBSP = "\u00a0"
NARROW = "\u202f"
_HELD = "\ue000"
_SP = "[ \u00a0\u202f\u2009]"
_SPACE = re.compile(_SP)
_PROTECTED = re.compile(
    r"`[^`\n]*`"
    r"|\{[^{}\n]*\}"
    r"|(?:https?|ftp|mailto|file):[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]}'\"’…]"
    r"|www\.[^\s<>«»“”]*[^\s<>«»“”.,;:!?)\]}'\"’…]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|\ue000"
)
_GROUPS = re.compile(rf"(?<![\d,.\w])(\d{{1,3}}(?:{_SP}\d{{3}})+)(?!{_SP}?-?\d)(?!\w)")
_NO_BREAK_NUMBER = re.compile(
    r"(?<![\d,.\w])\d{1,3}(?: \d{3})+(?!\d)(?! ?-?\d)(?:[,.]\d+)?(?!\w)"
    "(?:\u00a0(?:%|‰|[kMG]?\\$|€|¢))?"
)

_COMMANDS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF = re.compile("[\ud800-\udfff]")
_Rule = tuple[re.Pattern[str], str]


def typeset(text: str, language: Language, *, medium: Medium = "text") -> str:
    r"""Return ``text`` with the spaces, apostrophes and quotes of ``language``.

    Idempotent, and indifferent to what another medium did before: only the last call
    counts. Web addresses, e-mails, ``{marks}`` and `` `code` `` are left alone.
    French: U+00A0 before ``: % $ »`` and after ``«``; before ``; ! ?`` U+202F (html, pdf)
    or nothing (text); thousands keep an ordinary space (html, text: screen readers spell a
    number broken by another space) or take U+202F (pdf).

    Example:
        >>> typeset("Vraiment ? Oui : 75%", "fr", medium="text")
        'Vraiment? Oui\xa0: 75\xa0%'
    """
    held: list[str] = []

    def hold(match: re.Match[str]) -> str:
        held.append(match.group())
        return _HELD

    open_text = _PROTECTED.sub(hold, text)
    for pattern, replacement in _rules(language, medium):
        open_text = pattern.sub(replacement, open_text)
    if language == "fr":
        inner = NARROW if medium == "pdf" else " "
        open_text = _GROUPS.sub(lambda match: _SPACE.sub(inner, match.group()), open_text)
    kept = iter(held)
    return re.sub(_HELD, lambda _: next(kept), open_text)


def shown(line: str) -> str:
    r"""Return a line as a terminal can show it: a file's words never command it.

    Controls but the line end and the tab are left out; half a surrogate pair, as a file name
    that is no text has, becomes U+FFFD.

    Example:
        >>> shown("caf\udce9\x1b[31m.txt")
        'caf\ufffd[31m.txt'
    """
    if line.isprintable():
        return line
    return _HALF.sub("\ufffd", _COMMANDS.sub("", line))


def typeset_html(text: str, language: Language) -> str:
    """Return ``text`` typeset for a page and escaped: the result is HTML, the input is not.

    A number in thousands is wrapped in ``<span class="nc">`` (``white-space: nowrap``) with
    ordinary spaces, its unit included, so that it neither breaks nor is spelled by a
    screen reader.

    Example:
        >>> typeset_html("1 000 $ & plus", "fr")
        '<span class="nc">1 000 $</span> &amp; plus'
    """

    def wrap(match: re.Match[str]) -> str:
        return f'<span class="nc">{match.group().replace(NBSP, " ")}</span>'

    return _NO_BREAK_NUMBER.sub(wrap, escape(typeset(text, language, medium="html")))


def _rules(language: Language, medium: Medium) -> tuple[_Rule, ...]:
    return _COMMON + (_FRENCH[medium] if language == "fr" else _ENGLISH)


def _rule(pattern: str, replacement: str) -> _Rule:
    return re.compile(pattern), replacement


def _french(medium: Medium) -> tuple[_Rule, ...]:
    high = "" if medium == "text" else NARROW
    return (
        _rule(r'(^|[ \n(\[])"([^"\n«»“”]*[^\s"«»“”])"(?=$|[ \n.,;:!?)\]…])', r"\1« \2 »"),
        _rule(rf"«{_SP}*(?=[^\s»])", f"«{NBSP}"),
        _rule(rf"(?<=[^\s«]){_SP}*»", f"{NBSP}»"),
        _rule(rf"(?<=[^\s(\[{{«:;!?]){_SP}*([;!?]+)(?=$|[\s)\]}}»”\"…,.:])", rf"{high}\1"),
        _rule(rf"(?<=[^\s(\[{{«:;!?]){_SP}*:(?=$|[\s»])", f"{NBSP}:"),
        _rule(rf"(?<=\d){_SP}*([%‰]|[kMG]?\$|€|¢)(?!\w)", rf"{NBSP}\1"),
        _rule(rf"(?<![\w.,-])(\d{{1,2}}){_SP}*h{_SP}*(\d\d)(?!\w)", rf"\1{NBSP}h{NBSP}\2"),
        _rule(rf"(?<![\w.,-])(\d{{1,2}}){_SP}*h(?!\w)", rf"\1{NBSP}h"),
        _rule(rf"(?<=\d){_SP}(min|km|kg|[KMGT]o)(?!\w)", rf"{NBSP}\1"),
        _rule(rf"(?<!\w)(\d{{1,2}}|1er){_SP}({_MONTHS})(?!\w)", rf"\1{NBSP}\2"),
    )


_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_COMMON: tuple[_Rule, ...] = (
    _rule(r"(?<=[^\W\d_])'(?=[^\W_])", "’"),
    _rule(r"(?<!\.)\.{3}(?!\.)", "…"),
    _rule(rf"(?<!\w)([nN]){_SP}*={_SP}*(?=\d)", rf"\1{NBSP}={NBSP}"),
)
_ENGLISH: tuple[_Rule, ...] = (
    _rule(rf"«{_SP}*", "“"),
    _rule(rf"{_SP}*»", "”"),
    _rule(r'(^|[ \n(\[])"([^"\n«»“”]*[^\s"«»“”])"(?=$|[ \n.,;:!?)\]…])', r"\1“\2”"),
    _rule(rf"(?<=\d){_SP}+%(?!\w)", "%"),
    _rule(rf"(?<=[^\s(\[{{«]){_SP}+([;:!?]+)(?=$|[\s)\]}}”\"])", r"\1"),
    _rule(
        rf"(?<!\w)(\d{{1,2}}){_SP}(January|February|March|April|May|June|July|August|September"
        r"|October|November|December)(?!\w)",
        rf"\1{NBSP}\2",
    ),
)
_FRENCH: dict[Medium, tuple[_Rule, ...]] = {
    "html": _french("html"),
    "pdf": _french("pdf"),
    "text": _french("text"),
}
