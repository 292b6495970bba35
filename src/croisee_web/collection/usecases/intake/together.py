"""Several filled forms written in one transaction, those that nothing contradicts in one go.

They came at the same time: none was acknowledged when another was sent, so each order of them is
as good as another. What is plain is written first, by one statement a table; each other one is
written by itself (:mod:`.keeping`). What every writer waits for comes last: the counts of the day,
then the journal.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from django.utils.translation import override

from croisee_web.collection.rules.filled import Acknowledgement, Outcome
from croisee_web.collection.usecases.intake.filed import (
    Incoming,
    Written,
    count_all,
    respondent_of,
    row_of,
    sheet_of,
)
from croisee_web.collection.usecases.intake.keeping import met, said_case, told_of, write
from croisee_web.collection.usecases.intake.shuffling import shuffle
from croisee_web.journal.usecases import record_all
from croisee_web.kit.statements import insert_all


def write_together(group: Sequence[Incoming]) -> list[Written]:
    """Write filled forms inside a transaction; return what each is told, in their order."""
    plain = _plain(group)
    at_once = dict(zip(plain, _written([group[place] for place in plain]), strict=True))
    done = []
    for place, given in enumerate(group):
        found = at_once.get(place)
        if found is None:
            with override(given.language):
                found = write(given)
        done.append(found)
    count_all(group, done)
    record_all(acts=[act for one in done for act in one.acts])
    _hide_their_order(group, done)
    return done


def _plain(group: Sequence[Incoming]) -> list[int]:
    """Return the places of the forms that nothing else is about, here or among what is kept."""
    numbers = Counter((one.collecting.id, one.reading.instance_id) for one in group)
    asked = defaultdict(list)
    for place, one in enumerate(group):
        if _stands_alone(one) and numbers[one.collecting.id, one.reading.instance_id] == 1:
            asked[one.collecting.id].append(place)
    found = []
    for collecting_id, places in asked.items():
        known = met(collecting_id, [group[place].reading for place in places])
        found += [place for place in places if known.isdisjoint(_numbers(group[place]))]
    return sorted(found)


def _numbers(given: Incoming) -> tuple[str, str]:
    return given.reading.instance_id, given.reading.hashed_id


def _stands_alone(given: Incoming) -> bool:
    """Return whether a form comes by no link, with no file, corrects none, and names nobody."""
    reading, filled = given.reading, given.filled
    return not (
        given.collecting.anonymous
        or filled.token
        or filled.files
        or reading.files
        or reading.replaces
        or respondent_of(given, None)
        or said_case(given) not in given.collecting.cases
    )


def _written(group: Sequence[Incoming]) -> list[Written]:
    """Write plain forms: their answers, then their rows, each table at once."""
    cases = [given.collecting.cases[said_case(given)] for given in group]
    sheets = [sheet_of(given, case, "", None) for given, case in zip(group, cases, strict=True)]
    rows = [row_of(given, None, case) for given, case in zip(group, cases, strict=True)]
    for row, sheet in zip(rows, sheets, strict=True):
        row.sheet_id = sheet.pk
    insert_all(sheets)
    insert_all(rows)
    return [
        Written(
            Acknowledgement(Outcome.RECEIVED, row.pk),
            row.pk,
            0,
            row.case_id,
            1,
            told_of(given, row),
        )
        for given, row in zip(group, rows, strict=True)
    ]


def _hide_their_order(group: Sequence[Incoming], done: Sequence[Written]) -> None:
    """Write the rows of anonymous collections again, once whatever the number of answers."""
    new: defaultdict[int, set[int]] = defaultdict(set)
    for given, one in zip(group, done, strict=True):
        if given.collecting.anonymous and one.submission_id:
            new[given.collecting.id] |= {one.submission_id, one.link_id}
    for collecting_id, numbers in new.items():
        shuffle(collecting_id, frozenset(numbers))
