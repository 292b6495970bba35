"""Answers alike that came the same day by an open link: shown to the team, never removed.

Nobody who answers is followed, and no hour is needed: once a day, what the collection holds is
compared with what it held the day before. What is kept of a day is how many answers said each
thing, by keyed digests; where answers are anonymous, any of those alike may bear the flag.
"""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction

from croisee_web.collection.models import Collecting, Submission
from croisee_web.collection.rules.brought import answers_said
from croisee_web.collection.rules.reading import keyed
from croisee_web.collection.usecases.intake.shuffling import shuffle
from croisee_web.collection.vocabulary import Flag, SubmissionState, Way
from croisee_web.instruments.queries import published_form

ALIKE, ALIKE_WITH_WORDS = 3, 2
"""Answers alike in a day, from which they are flagged: boxes may agree, sentences hardly do."""
A_SENTENCE = 20
"""Letters of a text that two people do not write alike."""
_CHANCE = secrets.SystemRandom()


def flag_repeats(*, actor: str, at: datetime) -> int:
    """Flag the answers alike that came since the day before; return how many."""
    del actor
    day_before = (at - timedelta(days=2)).date()
    open_ones = Collecting.objects.exclude(open_slug=None).filter(closes_on__gte=day_before)
    return sum(_flag_in(number) for number in open_ones.values_list("pk", flat=True))


@transaction.atomic
def _flag_in(collecting_id: int) -> int:
    row = Collecting.objects.select_for_update().get(pk=collecting_id)
    alike, with_words = _alike(row)
    flagged: list[Submission] = []
    for digest, numbers in alike.items():
        new = len(numbers) - row.alike.get(digest, 0)
        if new >= (ALIKE_WITH_WORDS if digest in with_words else ALIKE):
            rows = list(Submission.objects.filter(pk__in=numbers, settled=None))
            clear = [one for one in rows if Flag.ALIKE.value not in one.flags]
            flagged += _CHANCE.sample(clear, min(new, len(clear)))
    for one in flagged:
        one.flags = sorted({*one.flags, Flag.ALIKE.value})
        one.save(update_fields=["flags"])
    row.alike = {digest: len(numbers) for digest, numbers in sorted(alike.items())}
    row.save(update_fields=["alike"])
    if row.anonymous and flagged:
        shuffle(row.pk, frozenset(one.pk for one in flagged))
    return len(flagged)


def _alike(row: Collecting) -> tuple[dict[str, list[int]], set[str]]:
    """Return the answers given on a page by what they say; and those that hold a sentence."""
    found: dict[str, list[int]] = defaultdict(list)
    with_words = set()
    rows = Submission.objects.filter(
        collecting=row, state=SubmissionState.WHOLE, way__in=(Way.PAGE, Way.PHONE), link=None
    ).values_list("pk", "case_id", "published_id", "content")
    for number, case, published, content in rows.iterator(chunk_size=500):
        said = answers_said(bytes(content), published_form(published))
        digest = keyed(row.salt, json.dumps([case, sorted(said.items())]))[:24]
        found[digest].append(number)
        if any(len(value) >= A_SENTENCE and " " in value for value in said.values()):
            with_words.add(digest)
    return found, with_words
