"""The one door through which a filled form is received, whichever way it comes.

Once and once only: the number a form bears is known for as long as the collection lives. What is
acknowledged is committed, and its files are on disk. What cannot enter the answers is kept aside
for the team, never lost, never put in the place of something else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from django.db import IntegrityError, OperationalError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from croisee.formats import FormatRefused
from croisee.questionnaire.submission import Received, read_submission, with_files
from croisee_web.collection.queries.asked import Asked, Version, asked, version_of
from croisee_web.collection.rules.filled import Acknowledgement, Filled, Refused, Why
from croisee_web.collection.rules.openness import zone_of
from croisee_web.collection.rules.reading import Reading, read_filled
from croisee_web.collection.usecases.intake.attaching import keep_files
from croisee_web.collection.usecases.intake.filed import Incoming, Told
from croisee_web.collection.usecases.intake.grouping import Read, written
from croisee_web.collection.vocabulary import Way
from croisee_web.instruments.queries import published_form, published_lines
from croisee_web.study.queries import reader_language

GRACE = timedelta(days=1)
"""How long after the closing somebody may still send what she began on a page."""
SHORT = 16_384
"""Bytes of a filled form that is read beside others, by the thread that writes them all."""
_TRIES = 3
_IN_FRONT = frozenset({Way.PAGE, Way.PHONE})
"""Ways where a person is there to mend what is not right."""
CASE_QUESTION = "reseau"
"""The question whose answer is the code of a network, where nothing else says it."""


def receive(filled: Filled, *, at: datetime) -> Acknowledgement:
    """Receive a filled form: acknowledged, it is committed and on disk, with its files.

    The same form sent again changes nothing (``ALREADY``), brings files that were awaited, or is
    refused when it says something else: both are kept, and the team sees both. A form that
    corrects another (``deprecatedID``) takes its place. One that comes after the closing is
    received and flagged, except a page sent more than a day after it.

    Raises:
        Refused: with words, and why; nothing else changes, but what is kept aside for the team.
        NotFound: no such collection.
    """
    read = partial(incoming, filled, at=at)
    if filled.files or len(filled.content) > SHORT:
        given = read()  # nobody else waits for this one's files, nor for its many answers
        told = _written(lambda: given)
    else:
        told = _written(read)
    if isinstance(told, Refused):
        raise told
    return told


def incoming(filled: Filled, *, at: datetime) -> Incoming:
    """Read a filled form and put its files on disk; nothing is written in the base yet.

    Raises:
        Refused: it cannot be read, it is of no version we know, it comes too late, or somebody
            is there to mend its answers.
    """
    collecting = _collecting(filled.collecting_id)
    received = _received(filled.content)
    version = _version(collecting, received)
    prepared = published_form(version.id)
    if received.root != prepared.instance.tag:  # nothing would be read of it
        raise _unknown_form()
    reading = read_filled(
        filled.content,
        with_files(received, prepared),
        prepared,
        published_lines(version.id),
        at=at.astimezone(zone_of(collecting.zone)),
        salt=collecting.salt,
        anonymous=collecting.anonymous,
    )
    late = _is_late(collecting, filled, at)
    if reading.faults and filled.way in _IN_FRONT:
        raise Refused(Why.WRONG_ANSWERS, _problems(reading))
    return Incoming(
        collecting=collecting,
        version=version,
        filled=filled if filled.case else _with_case(filled, reading),
        reading=reading,
        files=keep_files(collecting.study_id, filled.files, anonymous=collecting.anonymous),
        late=late,
        at=at,
        language=get_language() or "fr",
    )


def _written(read: Read) -> Told:
    """Write it, again when another writer came first with its number, or stood in its way."""
    for left in reversed(range(_TRIES)):
        try:
            return written(read).told
        except IntegrityError:
            if not left:
                raise
        except OperationalError as cause:
            if not left or "deadlock" not in str(cause):
                raise
    raise AssertionError


def _collecting(collecting_id: int) -> Asked:
    found = asked(collecting_id)
    if found is None:
        raise _unknown_form()
    return found


def _received(content: bytes) -> Received:
    try:
        return read_submission(content)
    except FormatRefused as cause:
        raise Refused(
            Why.UNREADABLE,
            [_("Ces réponses n’ont pas pu être lues. Rien n’a été gardé. Renvoyez-les.")],
        ) from cause


def _version(collecting: Asked, received: Received) -> Version:
    """Return the version that a form was filled in: this one, an older one, a newer one."""
    named = (received.form_id, received.version)
    if named == (collecting.form_id, collecting.form_version):
        return collecting.version
    found = version_of(collecting.questionnaire_id, *named)
    if found is None:
        raise Refused(
            Why.UNKNOWN_FORM,
            [
                _(
                    "Ces réponses viennent d’un questionnaire, ou d’une version, que cette "
                    "collecte ne connaît pas. Rien n’a été gardé."
                )
            ],
        )
    return found


def _unknown_form() -> Refused:
    return Refused(
        Why.UNKNOWN_FORM,
        [
            _(
                "Ces réponses viennent d’un questionnaire, ou d’une version, que cette "
                "collecte ne connaît pas. Rien n’a été gardé."
            )
        ],
    )


def _is_late(collecting: Asked, filled: Filled, at: datetime) -> bool:
    """Return whether a form comes outside the collection's days.

    Raises:
        Refused: a page sent before the opening, or more than a day after the closing.
    """
    dates = collecting.dates
    today = dates.day_of(at)
    closed = dates.closed_at is not None or today > dates.closes_on
    if filled.way is Way.PAGE and (
        today < dates.opens_on or (closed and dates.day_of(at - GRACE) > dates.closed_on)
    ):
        raise Refused(Why.CLOSED, [_("Cette collecte ne prend plus de réponses aujourd’hui.")])
    return closed or today < dates.opens_on


def _problems(reading: Reading) -> list[str]:
    language = reader_language()
    return [fault.words or fault.message.to(language) for fault in reading.faults]


def _with_case(filled: Filled, reading: Reading) -> Filled:
    """Return the form with the network that its answers say, if they do."""
    for address, value in reading.values.items():
        if address.rpartition("/")[2] == CASE_QUESTION:
            return replace(filled, case=value)
    return filled
