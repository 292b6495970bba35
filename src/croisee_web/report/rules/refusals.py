"""What the library refuses, in a reader's words."""

from __future__ import annotations

from croisee.disclosure import PolicyRefused
from croisee.language import Language, Phrase
from croisee.run import StudyRefused


def refusal_words(refusal: Exception, reader: Language = "fr") -> str:
    """Return what a refusal of the library says, in a reader's language."""
    if isinstance(refusal, StudyRefused):
        return " ".join(problem.message.to(reader) for problem in refusal.problems[:5])
    if isinstance(refusal, PolicyRefused):
        return " ".join(reason.to(reader) for reason in refusal.reasons)
    for name in ("message", "phrase", "reason"):
        if isinstance(said := getattr(refusal, name, None), Phrase):
            return said.to(reader)
    return str(refusal)
