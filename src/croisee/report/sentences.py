"""Cutting a text where a sentence ends, never inside one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_END = re.compile(r"(?<=[.!?…])[»”]?\s+(?=[A-ZÀ-ÖØ-Þ0-9«“(\[])")

_LAST_PARENTHESIS = re.compile(r"\s*\([^()]*\)\s*$")


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, white space evened out."""
    flat = " ".join(text.split())
    starts = [0, *(match.end() for match in _END.finditer(flat)), len(flat)]
    found = (flat[a:b].strip() for a, b in pairwise(starts))
    return tuple(sentence for sentence in found if sentence)


def first_sentences(text: str, length: int) -> str:
    """Return whole sentences of the first paragraph, up to ``length`` characters; at least one."""
    found = sentences(text.strip().split("\n\n")[0])
    kept = ""
    for sentence in found:
        longer = f"{kept} {sentence}".strip()
        if kept and len(longer) > length:
            break
        kept = longer
    return kept


def beside(text: str, aside: str) -> str:
    """Return a sentence with something in parentheses before its full stop."""
    return f"{text.removesuffix('.')} ({aside})." if aside else text


def in_a_row(texts: Sequence[str]) -> tuple[str, ...]:
    """Return texts that a semicolon will join: the last alone ends with a full stop."""
    open_ended = [text.rstrip().removesuffix(".") for text in texts]
    return (*open_ended[:-1], *(ended(text) for text in open_ended[-1:]))


def without_last_sentence(text: str) -> str:
    """Return the text without its last sentence (empty when it had one)."""
    return " ".join(sentences(text)[:-1])


def ended(text: str) -> str:
    """Return the text with a full stop, unless it already ends."""
    return text if not text or text.rstrip(" »”)")[-1:] in ".!?…:" else f"{text}."


def capital(text: str) -> str:
    """Return the text with a capital, as a line of its own begins."""
    return f"{text[:1].upper()}{text[1:]}"


def last_parenthesis(text: str) -> str:
    """Return what :func:`without_parenthesis` leaves out, without its marks; often nothing."""
    if without_parenthesis(text) == text:
        return ""
    return text[len(without_parenthesis(text)) :].strip(" ()\u00a0\u202f")


def without_parenthesis(text: str) -> str:
    """Return a question without what its last parenthesis tells respondents: « (trois choix) »."""
    kept = _LAST_PARENTHESIS.sub("", text)
    return kept if kept.strip() else text
