"""A LimeSurvey questionnaire as its files say it: groups, questions, their parts, their texts."""

from __future__ import annotations

from dataclasses import dataclass, field

Texts = tuple[tuple[str, str], ...]
"""(language, text, with its HTML) in the survey's order of languages; only those filled."""


@dataclass(frozen=True, slots=True)
class Part:
    """A subquestion or an answer option. ``scale`` is 0, or 1 for the second axis or scale."""

    code: str
    texts: Texts = ()
    scale: int = 0
    relevance: str = ""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One setting of a question; ``language`` is ``""`` where it holds in all of them."""

    name: str
    value: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. ``type`` is LimeSurvey's sign; ``place`` its SGQA code (``1X2X3``) if any.

    ``mandatory`` is ``Y``, ``N`` or ``S`` (asked for once more, then let go).
    """

    code: str
    type: str
    texts: Texts = ()
    helps: Texts = ()
    mandatory: str = "N"
    other: bool = False
    relevance: str = ""
    validation: str = ""
    default: str = ""
    parts: tuple[Part, ...] = ()
    answers: tuple[Part, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    place: str = ""

    def attribute(self, name: str, language: str = "") -> str:
        """Return a setting in this language, else in none, else in the first that has it."""
        found = [one for one in self.attributes if one.name == name and one.value.strip()]
        exact = (one.value for one in found if one.language == language)
        return next(exact, next((one.value for one in found), "")).strip()


@dataclass(frozen=True, slots=True)
class Section:
    """One group of questions."""

    names: Texts = ()
    about: Texts = ()
    relevance: str = ""
    questions: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """One questionnaire. ``languages``: the main one first. ``other``: tables not read here."""

    languages: tuple[str, ...]
    sections: tuple[Section, ...]
    titles: Texts = ()
    welcome: Texts = ()
    end: Texts = ()
    settings: tuple[tuple[str, str], ...] = ()
    other: tuple[str, ...] = field(default=())


def condition(written: str) -> str:
    """Return a condition, empty where it always holds (LimeSurvey writes ``1``)."""
    return "" if written.strip() in {"", "1"} else written.strip()
