"""What a new version may change once somebody answered, and what it must keep."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.study import Instrument, Option, Question, QuestionKind
from croisee.text import fold

SAME_WORDS = 0.6
"""Below this likeness, a label is not the other one corrected: it says something else."""
_TURNING = re.compile(
    r"[0-9]+|\b(?:pas|non|jamais|sans|aucune?|plus|moins|ni|not?|never|without|none|more|less)\b"
)
"""Numbers and words that turn a label round however little they change it."""
_TYPES = {
    QuestionKind.SINGLE: gettext_lazy("un choix"),
    QuestionKind.ORDINAL: gettext_lazy("une échelle"),
    QuestionKind.MULTIPLE: gettext_lazy("plusieurs choix"),
    QuestionKind.NUMBER: gettext_lazy("un nombre"),
    QuestionKind.RANK: gettext_lazy("un classement"),
    QuestionKind.TEXT: gettext_lazy("un texte"),
}


@dataclass(frozen=True, slots=True)
class Broken:
    """One change after which an answer already given would mean something else."""

    question: str
    why: str


def broken_by(old: Instrument, new: Instrument) -> Iterator[Broken]:
    """Yield what a new version would change in the meaning of answers already given.

    Labels corrected, options and questions added, questions retired change nothing.
    """
    if old.subject is not new.subject:
        yield Broken("", _("Des personnes y répondaient, ou des organismes : cela ne change plus."))
    now = {question.code: question for question in new.questions}
    for question in old.questions:
        if question.code in now:
            yield from _broken(question, now[question.code])


def _broken(old: Question, new: Question) -> Iterator[Broken]:
    if old.kind is not new.kind:
        yield Broken(
            old.code,
            _("Elle demandait %(old)s ; elle demande maintenant %(new)s.")
            % {"old": str(_TYPES[old.kind]), "new": str(_TYPES[new.kind])},
        )
        return
    options = {option.code: option for option in new.options}
    for option in old.options:
        if option.code not in options:
            yield Broken(old.code, _("La réponse « %s » a disparu.") % option.label.fr)
        elif not same_words(option, options[option.code]):
            yield Broken(
                old.code,
                _("Le code « %(code)s » voulait dire « %(old)s » ; il dit maintenant « %(new)s ».")
                % {
                    "code": option.code,
                    "old": option.label.fr,
                    "new": options[option.code].label.fr,
                },
            )


def same_words(old: Option, new: Option) -> bool:
    """Return whether a label is the other one, perhaps corrected."""
    before, after = fold(old.label.fr), fold(new.label.fr)
    if sorted(_TURNING.findall(before)) != sorted(_TURNING.findall(after)):
        return False
    return SequenceMatcher(None, before, after).ratio() >= SAME_WORDS


def kept_with(old: Instrument, new: Instrument) -> Instrument:
    """Return the new instrument and, after its questions, those it asks no more.

    Answers to them are there: whoever reads the answers still needs their codes.
    """
    asked = {question.code for question in new.questions}
    retired = tuple(question for question in old.questions if question.code not in asked)
    return replace(new, questions=(*new.questions, *retired), weighted=old.weighted)
