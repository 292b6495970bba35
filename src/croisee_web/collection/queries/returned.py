"""Rows of a file that a collection holds already, or held: read before any is received."""

from __future__ import annotations

from collections import Counter

from croisee.questionnaire.exchanges import Entered
from croisee_web.collection.models import Collecting, Submission
from croisee_web.collection.rules.brought import answers_said
from croisee_web.collection.rules.outgoing import Back, comes_from, still_says
from croisee_web.collection.rules.reading import keyed
from croisee_web.collection.vocabulary import SubmissionState
from croisee_web.instruments.queries import published_form

_Said = tuple[str, frozenset[tuple[str, str]]]


def is_there(collecting: Collecting, one: Entered) -> bool:
    """Return whether the collection holds this form, with the same answers. One SQL query.

    Another tool writes the same answers otherwise: empty ones, calculations, times.
    """
    number = keyed(collecting.salt, one.instance_id) if collecting.anonymous else one.instance_id
    held = (
        Submission.objects.filter(collecting=collecting, instance_id=number)
        .values_list("content", flat=True)
        .first()
    )
    if held is None:
        return False
    form = published_form(collecting.published_id)
    kept, brought = (answers_said(bytes(xml), form) for xml in (held, one.submission))
    return kept == brought


class Returned:
    """The rows of a file that went out of an anonymous collection, told one after the other.

    As many are there as the collection holds of answers that say the same: a row more was taken
    back meanwhile. Two SQL queries, where a first row comes from the collection.
    """

    def __init__(self, collecting: Collecting) -> None:
        self._collecting = collecting
        self._left: Counter[_Said] | None = None

    def told(self, one: Entered, case: str) -> Back | None:
        """Return what became of a row; ``None`` when it does not come from this collection."""
        if not self._collecting.anonymous:
            return None
        salt = self._collecting.salt
        numbers = (one.instance_id, one.facts.get("respondent", ""))
        number = next((own for own in numbers if comes_from(salt, own)), "")
        if not number:
            return None
        form = published_form(self._collecting.published_id)
        said = answers_said(one.submission, form)
        if not still_says(salt, number, case, said):
            return Back.CHANGED
        self._left = self._held() if self._left is None else self._left
        row = (case, frozenset(said.items()))
        self._left[row] -= 1
        return Back.THERE if self._left[row] >= 0 else Back.GONE

    def _held(self) -> Counter[_Said]:
        form = published_form(self._collecting.published_id)
        rows = Submission.objects.filter(
            collecting=self._collecting, state=SubmissionState.WHOLE, sheet__isnull=False
        ).values_list("case__code", "content")
        return Counter(
            (case, frozenset(answers_said(bytes(content), form).items()))
            for case, content in rows.iterator(chunk_size=500)
        )
