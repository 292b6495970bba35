"""What authors write in a finding, and what changed from one wording to the next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from typing import Any, Literal

from croisee import findings as library
from croisee.language import Label
from croisee_web.kit.errors import UseCaseError

_PIECE = re.compile(r"\s+|[\w’'-]+|\{[^{}]*\}|.", re.DOTALL)
Change = Literal["same", "gone", "new"]


class ChangedMeanwhile(UseCaseError):
    """Somebody changed this finding first: nothing is overwritten in silence."""


@dataclass(frozen=True, slots=True)
class FindingText:
    """All that the authors of a finding write. Marks stay in the texts; lists hold codes, keys."""

    title_fr: str
    text_fr: str
    status: str
    title_en: str = ""
    text_en: str = ""
    section_fr: str = ""
    section_en: str = ""
    cases: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    minority_fr: str = ""
    minority_en: str = ""
    leaflets: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    literals: tuple[str, ...] = ()
    proposal: bool = False

    def to_library(self, code: str, notes: str = "") -> library.Finding:
        """Return the finding as the library knows it; ``notes``: what networks dispute."""
        return library.Finding(
            code=code,
            title=Label(self.title_fr, self.title_en),
            text=Label(self.text_fr, self.text_en),
            section=self.section_fr,
            section_en=self.section_en,
            cases=self.cases,
            status=self.status,
            figures=self.figures,
            quotes=self.quotes,
            minority=with_notes(Label(self.minority_fr, self.minority_en), notes),
            leaflets=self.leaflets,
            references=self.references,
            literals=self.literals,
            proposal=self.proposal,
        )


FIELDS = tuple(field.name for field in fields(FindingText))
"""The fields of a finding that its authors write: columns of its row."""


def finding_text(content: Mapping[str, Any]) -> FindingText:
    """Return what was kept of a wording; what an older one does not tell is left empty."""
    told: dict[str, Any] = {"title_fr": "", "text_fr": "", "status": ""}
    for name in FIELDS:
        value = content.get(name)
        if value is not None:
            told[name] = tuple(value) if isinstance(value, list) else value
    return FindingText(**told)


def kept_text(text: FindingText) -> dict[str, Any]:
    """Return a wording as it is kept in a version."""
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in asdict(text).items()
    }


def with_notes(authors: Label, notes: str) -> Label:
    """Return the minority note as it is printed: its authors', then those of networks."""
    if not notes:
        return authors
    french = "\n\n".join(part for part in (authors.fr, notes) if part)
    english = f"{authors.en}\n\n{notes}" if authors.en else ""
    return Label(french, english)


def compared(before: str, after: str) -> tuple[tuple[Change, str], ...]:
    """Return what stays, what is gone and what is new between two texts, word by word.

    A mark is one piece. The pieces of « same » and « new », put end to end, are ``after``.
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    found: list[tuple[Change, str]] = []
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append(("same", "".join(old[i:j])))
            continue
        parts: Iterable[tuple[Change, str]] = (
            ("gone", "".join(old[i:j])),
            ("new", "".join(new[k:m])),
        )
        found += [(change, text) for change, text in parts if text]
    return tuple(found)
