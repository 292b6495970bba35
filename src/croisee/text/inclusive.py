"""Abbreviated doublets: ``intervenant∙e∙s``, ``directeur(-trice)s``, ``ils·elles``.

They are recognised to be searched, matched and counted as one word. Nothing here rewrites
what someone wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from croisee.text.folding import fold

_POINT = "[∙·‧•⋅]"
_LETTER = r"[^\W\d_]"
_SUFFIX = (
    r"(?:trices?|rices?|euses?|ères?|ères?|ières?|ives?|ves?|nes?|les?|tes?|ses?|sses?"
    r"|elles?|celles?|esses?|eures?|es?|la)"
)
_SURE_SUFFIX = r"(?:trices?|rices?|euses?|ières?|ères?|ives?|nes?|es?)"
_FORM = re.compile(
    rf"(?<!\w)(?P<stem>{_LETTER}[\w’'-]*?)"
    r"(?:"
    rf"{_POINT}(?P<point>{_SUFFIX})(?:{_POINT}?(?P<point_s>s))?"
    rf"|{_POINT}s{_POINT}(?P<after_s>{_SUFFIX})"
    rf"|\(-?(?P<paren>{_SUFFIX})\)(?P<paren_s>s)?"
    rf"|\[-?(?P<bracket>{_SUFFIX})\](?P<bracket_s>s)?"
    rf"|\.(?P<dot>{_SURE_SUFFIX})(?:\.?(?P<dot_s>s))?"
    r"|-(?P<dash>trices?|euses?|ne|e)(?:-(?P<dash_s>s))?"
    r")(?![\w·∙‧•])"
)
_WHOLE = {"il": "elle", "ils": "elles", "celui": "celle", "ceux": "celles", "le": "la"}
_ENDINGS = (
    ("trice", "teur", "trice"),
    ("rice", "teur", "trice"),
    ("euse", "eur", "euse"),
    ("euse", "eux", "euse"),
    ("se", "eur", "euse"),
    ("se", "x", "se"),
    ("ière", "ier", "ière"),
    ("ère", "er", "ère"),
    ("ive", "if", "ive"),
    ("ve", "f", "ve"),
    ("eure", "eur", "eure"),
    ("esse", "e", "esse"),
    ("sse", "e", "esse"),
)


@dataclass(frozen=True, slots=True)
class InclusiveForm:
    """One abbreviated doublet in a text: its place, and the two words it stands for.

    ``keys`` are the folded words and doublets under which it is found.
    """

    start: int
    end: int
    text: str
    masculine: str
    feminine: str

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the masculine, the feminine and both full doublets, folded."""
        he, she = fold(self.masculine), fold(self.feminine)
        return he, she, f"{he} et {she}", f"{she} et {he}", f"{he} ou {she}", f"{she} ou {he}"


def inclusive_forms(text: str) -> tuple[InclusiveForm, ...]:
    """Return the abbreviated doublets of ``text``, left to right, with original offsets.

    Signs: the points ∙ · ‧ • and parentheses or brackets for every usual ending; ``.`` and
    ``-`` only for endings that are nothing else (``.e.s``, ``-trice``), since « dit-elle »
    and a missing space after a full stop look the same otherwise.

    Example:
        >>> [(f.masculine, f.feminine) for f in inclusive_forms("les directeur·rice·s")]
        [('directeurs', 'directrices')]
    """
    found = []
    for match in _FORM.finditer(text):
        form = _form(match)
        if form is not None:
            found.append(form)
    return tuple(found)


def _form(match: re.Match[str]) -> InclusiveForm | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    stem = parts.pop("stem")
    plural = "after_s" in parts or any(name.endswith("_s") for name in parts)
    suffix = next(value for name, value in parts.items() if value != "s" or len(parts) == 1)
    if suffix.endswith("s"):
        suffix, plural = suffix[:-1], True
    dotted = "dot" in parts or "dash" in parts
    if dotted and suffix == "e" and not plural and len(stem) < 3:
        return None
    feminine = _feminine(stem, suffix)
    if feminine is None:
        return None
    masculine = stem
    if plural:
        masculine = stem if stem[-1] in "sxz" else stem + "s"
        feminine = feminine if feminine.endswith("s") else feminine + "s"
    return InclusiveForm(match.start(), match.end(), match.group(), masculine, feminine)


def _feminine(stem: str, suffix: str) -> str | None:
    lowered = stem.lower()
    whole = _WHOLE.get(lowered)
    if suffix in {"elle", "celle", "la"}:
        return whole if whole and whole.rstrip("s") == suffix else None
    for ending, masculine, feminine in _ENDINGS:
        if suffix == ending and lowered.endswith(masculine):
            return stem[: len(stem) - len(masculine)] + feminine
    return None if suffix in {"esse", "sse"} else stem + suffix
