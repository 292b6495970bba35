"""What the library refuses, in a reader's words, or in both languages for who reads later."""

from __future__ import annotations

from croisee.disclosure import AmendmentRefused, Breach, PolicyRefused, Undecided
from croisee.language import LANGUAGES, Language, Phrase
from croisee.run import SealRefused, StudyRefused

_MOST = 5
"""How many problems, or tables in cause, are told: the rest is on the page of verification."""


def refusal_told(refusal: Exception) -> dict[str, str]:
    """Return what a refusal of the library says, in each language."""
    return {language: refusal_words(refusal, language) for language in LANGUAGES}


def refusal_words(refusal: Exception, reader: Language = "fr") -> str:
    """Return what a refusal of the library says, in a reader's language."""
    if isinstance(refusal, StudyRefused):
        return " ".join(problem.message.to(reader) for problem in refusal.problems[:_MOST])
    if isinstance(refusal, PolicyRefused | AmendmentRefused):
        return " ".join(reason.to(reader) for reason in refusal.reasons)
    if isinstance(refusal, SealRefused):
        return _of_the_audit(refusal, reader)
    for name in ("message", "phrase", "reason"):
        if isinstance(said := getattr(refusal, name, None), Phrase):
            return said.to(reader)
    return str(refusal)


def _of_the_audit(refused: SealRefused, reader: Language) -> str:
    """Return why, and which tables the audit names."""
    said = [refused.message.to(reader)]
    if refused.audit is not None:
        found: list[Breach | Undecided] = [*refused.audit.breaches, *refused.audit.undecided]
        said += [f"{one.says().to(reader)} ({', '.join(one.tables)})" for one in found[:_MOST]]
    return " ".join(said)
