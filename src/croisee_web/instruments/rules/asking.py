"""A draft as its writers read it: sorts, conditions and answers in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from croisee.language import Language
from croisee.questionnaire.asked import Asked
from croisee.questionnaire.conditions import Condition


def answered_names(questions: tuple[Asked, ...]) -> dict[str, Asked]:
    """Return, by the name a condition speaks of, the question it belongs to.

    A consent or a position is a group: conditions speak of the choice inside it.
    """
    return {one.answer: one for one in questions if one.answer and one.choices}


def condition_words(
    condition: Condition | None, relevant: str, named: Mapping[str, Asked], language: Language
) -> str:
    """Return when a question is asked, in words; as it is written where it is not understood."""
    if condition is None:
        return _("Posée si %(written)s") % {"written": relevant} if relevant else ""
    source = named.get(condition.question)
    label = source.label.to(language) if source else condition.question
    known = {one.code: one.label.to(language) for one in source.choices} if source else {}
    said = [f"« {known.get(code, code)} »" for code in condition.codes]
    answers = said[0] if len(said) == 1 else _("%(some)s ou %(last)s") % {
        "some": ", ".join(said[:-1]), "last": said[-1]
    }  # fmt: skip
    told = {"question": label, "answers": answers}
    if condition.negated:
        return _("Posée sauf si « %(question)s » a pour réponse %(answers)s") % told
    return _("Posée si « %(question)s » a pour réponse %(answers)s") % told
