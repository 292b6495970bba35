"""Which waves of a study follow one of our questionnaires: by the codes of their questions.

A team may reword, add and remove: what must stay for a wave to be read as a portrait is listed
in ``docs/methods/portrait.md`` §1. Every rule then looks for its own question, and says nothing
where it is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from croisee.study import Instrument, QuestionKind, Study

HOST, JOIN = "visio-organise", "visio-rejoint"
"""Questions that say with which tools an organisation hosts a meeting, and joins one."""
LEVEL = "niveau-"
"""Beginning of the codes of the questions on the training wished for, one a topic."""
LEVELS = ("aucune", "base", "moyenne", "avancee")
_SINGLE, _MULTIPLE, _ORDINAL, _NUMBER = (
    QuestionKind.SINGLE,
    QuestionKind.MULTIPLE,
    QuestionKind.ORDINAL,
    QuestionKind.NUMBER,
)
_PORTRAIT = {HOST: _MULTIPLE, JOIN: _MULTIPLE, "acces-distance": _ORDINAL}
_TELEWORK = {"mode": _SINGLE, "jours-souhaites": _NUMBER, "contenu": _MULTIPLE}
_TRAINING = {"lieu": _SINGLE, "obstacles": _MULTIPLE}


@dataclass(frozen=True, slots=True)
class Wave:
    """One questionnaire in one edition."""

    instrument: Instrument
    edition: str

    @property
    def name(self) -> str:
        """Return the beginning of the keys of its tables: ``portrait.2026``."""
        return f"{self.instrument.code}.{self.edition}"


def is_portrait(instrument: Instrument) -> bool:
    """Return whether a questionnaire asks organisations about their digital access."""
    return _asks(instrument, _PORTRAIT)


def is_telework(instrument: Instrument) -> bool:
    """Return whether a questionnaire asks about telework and its rules."""
    return _asks(instrument, _TELEWORK)


def is_training(instrument: Instrument) -> bool:
    """Return whether a questionnaire asks which training people wish for, topic by topic."""
    return _asks(instrument, _TRAINING) and len(topics(instrument)) > 1


def topics(instrument: Instrument) -> tuple[str, ...]:
    """Return the codes of the questions on training, one a topic, in their order."""
    return tuple(
        question.code
        for question in instrument.questions
        if question.code.startswith(LEVEL)
        and tuple(option.code for option in question.options) == LEVELS
    )


def latest(
    study: Study, instruments: Iterable[Instrument], waves: Iterable[tuple[str, str]]
) -> Iterator[Wave]:
    """Yield the last edition in which each questionnaire has answers, in the study's order."""
    order = [edition.code for edition in study.editions]
    known = list(waves)
    for instrument in instruments:
        asked = [e for source, e in known if source == instrument.code and e in order]
        if asked:
            yield Wave(instrument, max(asked, key=order.index))


def _asks(instrument: Instrument, wanted: dict[str, QuestionKind]) -> bool:
    asked = {question.code: question.kind for question in instrument.questions}
    return all(asked.get(code) is kind for code, kind in wanted.items())
