"""Sending a letter, one reader at a time, within the hours of the study."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from croisee_web.access.rules import page_address
from croisee_web.collection import vault
from croisee_web.collection.models import AnswerLink, Invitation, Letter
from croisee_web.collection.queries.invited import addressees
from croisee_web.collection.queries.opened import collecting_told, is_open
from croisee_web.collection.rules.addressed import Addressed, Mail, mail_of, may_leave_at
from croisee_web.collection.usecases.inviting import JOB
from croisee_web.collection.usecases.linking import token_of
from croisee_web.collection.vocabulary import InvitationState
from croisee_web.jobs.usecases import ask
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import UseCaseError
from croisee_web.kit.letters import letter_of
from croisee_web.kit.sealing import KeyMissing
from croisee_web.study.queries.naming import said

BATCH = 50
Progress = Callable[[int, int], None]
Clock = Callable[[], datetime]


class NotSent(UseCaseError):
    """A letter that cannot leave; the text says why."""


def send_letter_to_all(
    *, letter_id: int, actor: str, at: datetime, now: Clock, progress: Progress
) -> None:
    """Send a letter to those it is for; bears being run twice.

    Whoever answers, or wants no more mail, meanwhile is left out. What a mail server refuses for
    good is noted under its code; what it cannot take now is tried again with the job. Past the
    hours of the study, the rest leaves the next morning. ``now`` is asked before each mail.

    Raises:
        NotSent: the collection takes no answer any more.
        OSError, SMTPException: the relay does not answer; the job is tried again.
    """
    letter = Letter.objects.select_related("collecting__study").filter(pk=letter_id).first()
    if letter is None or letter.done_at is not None:
        return
    told = collecting_told(letter.collecting_id)
    if told is None or not is_open(told, at).open:
        _end(letter, at)
        raise NotSent(_("La collecte ne prend pas de réponse : aucun courriel n’est parti."))
    waiting = list(
        addressees(letter.collecting_id, letter.kind)
        .exclude(last_letter=letter.pk)
        .values_list("pk", flat=True)
    )
    connection = get_connection()
    later: SMTPException | None = None
    try:
        for done, number in enumerate(waiting):
            moment = now()
            if may_leave_at(moment, told.dates.zone) > moment:
                ask(
                    job=JOB,
                    actor=actor,
                    at=may_leave_at(moment, told.dates.zone),
                    study_id=told.study_id,
                    letter=letter.pk,
                )
                return
            if done % BATCH == 0:
                progress(done, len(waiting))
            later = _send_one(letter, number, connection, moment) or later
    finally:
        connection.close()
    if later is not None:
        raise later
    _end(letter, now())


def _end(letter: Letter, at: datetime) -> None:
    """Note that a letter is over; which addresses it went to is told by no row any more."""
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(done_at=at)
        Invitation.objects.filter(link__collecting_id=letter.collecting_id).update(last_letter=None)


def _send_one(
    letter: Letter, number: int, connection: BaseEmailBackend, at: datetime
) -> SMTPException | None:
    """Write to one address; return what stopped it for now, if anything did.

    Sent, then noted: a crash between the two writes twice rather than never.
    """
    found = (
        addressees(letter.collecting_id, letter.kind)
        .exclude(last_letter=letter.pk)
        .select_related("link")
        .filter(pk=number)
        .first()
    )
    if found is None:
        return None  # she answered, or left, since
    study = letter.collecting.study
    try:
        address = vault.open_address(study.pk, letter.collecting_id, bytes(found.sealed))
    except KeyMissing:
        _note(letter, found, refusal="cle")
        return None
    with transaction.atomic():
        link = AnswerLink.objects.select_for_update().get(pk=found.link_id)
        token = token_of(link=link, study_id=study.pk, actor=letter.asked_by, at=at)
    try:
        connection.send_messages([_message(letter, found, address, token)])
    except SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        return _stopped(letter, found, code, refused)
    except SMTPResponseException as refused:
        return _stopped(letter, found, refused.smtp_code, refused)
    _note(letter, found)
    return None


def _stopped(
    letter: Letter, found: Invitation, code: int, why: SMTPException
) -> SMTPException | None:
    if code < 500:
        return why
    _note(letter, found, refusal=str(code))
    return None


def _note(letter: Letter, found: Invitation, refusal: str = "") -> None:
    state = InvitationState.REFUSED if refusal else InvitationState.SENT
    with transaction.atomic():
        Invitation.objects.filter(pk=found.pk).update(
            state=state, refusal=refusal, last_letter=letter.pk
        )
        counted = {"refused": F("refused") + 1} if refusal else {"sent": F("sent") + 1}
        Letter.objects.filter(pk=letter.pk).update(**counted)


def _message(letter: Letter, found: Invitation, address: str, token: str) -> EmailMultiAlternatives:
    study = letter.collecting.study
    language = "en" if found.language == "en" and letter.body_en else "fr"
    leave = vault.leave_token(study.pk, found.address_digest)
    with override(language):
        leaving = page_address(letter.origin, reverse("collection:leave", args=[leave]))
        mail = mail_of(
            *_texts(letter, language),
            Addressed(
                page_address(letter.origin, reverse("collection:answer-start", args=[token])),
                day_text(letter.collecting.closes_on),
                said(study.title_fr, study.title_en),
                leaving,
            ),
        )
        return _with_headers(mail, address, leaving, study.contact)


def _texts(letter: Letter, language: str) -> tuple[str, str]:
    if language == "en":
        return letter.subject_en or letter.subject_fr, letter.body_en
    return letter.subject_fr, letter.body_fr


def _with_headers(mail: Mail, address: str, leaving: str, contact: str) -> EmailMultiAlternatives:
    """Return a mail ready to leave, with the headers that let one stop receiving in one click.

    RFC 2369 and RFC 8058; ``contact``: where an answer goes, if it holds an address.
    """
    reply = parseaddr(contact)[1]
    message = letter_of(
        address,
        mail.subject,
        mail.text,
        reply_to=reply if "@" in reply else "",
        headers={
            "List-Unsubscribe": f"<{leaving}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(mail.html, "text/html")
    return message
