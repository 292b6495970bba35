"""Writing answers page after page, sending them, taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.questionnaire.answers import faults_of
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Place
from croisee.questionnaire.submission import submission_of
from croisee_web.collection.models import Draft, DraftFile, Submission
from croisee_web.collection.queries.answering import (
    Visit,
    budget_totals,
    filling_for,
    is_spent,
    kept_of,
    receipt_is_known,
    state,
)
from croisee_web.collection.rules.drafts import (
    Kept,
    cipher_of,
    keep_filling,
    new_token,
    place_of,
    read_kept,
    receipt_of,
)
from croisee_web.collection.rules.filled import Filled, SentFile
from croisee_web.collection.rules.pages import (
    Page,
    PageKind,
    after,
    consents_in,
    lasting,
    number_of,
    pages_of,
)
from croisee_web.collection.rules.posted import PART, Sent, Wrong, faults_on, needed, values_of
from croisee_web.collection.usecases.intake.removing import remove_by_receipt
from croisee_web.collection.usecases.receiving import receive
from croisee_web.collection.vault import token_digest
from croisee_web.collection.vocabulary import Way
from croisee_web.instruments.queries import published_consents
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.usecases import note_survey_consents
from croisee_web.study.queries import reader_language

MAX_FILE = 10_000_000
"""Bytes of one photo or file that somebody adds to her answers."""


class NotOpen(UseCaseError):
    """The collection takes no answer now; the text says since when, or until when."""


class AlreadyAnswered(UseCaseError):
    """Answers were received by this link already."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a page sends: the page's key, its fields, its files, and which button sent it.

    ``button``: "" to go on, ``passer``, ``ajouter``, or ``retirer`` with the place to take away.
    """

    key: str
    sent: Sent
    files: Mapping[str, SentFile]
    button: str = ""
    which: str = ""


@dataclass(frozen=True, slots=True)
class Turned:
    """Where a page led: the rank of the next one, past the last to check; or what was wrong."""

    rank: int
    wrong: tuple[Wrong, ...] = ()
    page: Page | None = None
    filling: Filling | None = None


@dataclass(frozen=True, slots=True)
class Sending:
    """What became of a sending: the code to keep, or the rank of a page to answer first."""

    receipt: str = ""
    rank: int = 0


@transaction.atomic
def begin(*, visit: Visit, case: str, actor: None, at: datetime) -> str:
    """Open a draft, or find again the one there is; return the token it is written under.

    From an open link each beginning is an answer of its own, under a token drawn then.

    Raises:
        NotOpen, AlreadyAnswered: nothing is taken by this link now.
        CaseUnknown: the network chosen is none of the collection's.
    """
    del actor
    _require_open(visit, at)
    if visit.cases and case not in dict(visit.cases):
        raise CaseUnknown(_("Choisissez votre réseau, puis commencez."))
    token = visit.token or new_token()
    draft, kept = _locked(Visit(visit.collecting, visit.link, token, visit.slug))
    if is_spent(visit, kept):
        raise AlreadyAnswered(_("Ce lien a déjà servi."))
    kept.case = case if visit.cases else kept.case
    _write(draft, kept, token)
    return token


class CaseUnknown(UseCaseError):
    """A network that this collection does not ask."""

    http_status = 422


@transaction.atomic
def turn_page(*, visit: Visit, given: Given, actor: None, at: datetime) -> Turned:
    """Write what a page sends, and tell where it leads; what is not right is not written.

    Answers are written where they belong, whatever page the reader had open: two tabs, the
    Back button and a button pressed twice write over nothing else.

    Raises:
        NotOpen, AlreadyAnswered: nothing is taken by this link now.
    """
    del actor
    _require_open(visit, at)
    draft, kept = _locked(visit)
    if is_spent(visit, kept):
        raise AlreadyAnswered(_("Ce lien a déjà servi."))
    filling = filling_for(kept, at=at)
    before = pages_of(filling)
    page = next((one for one in before if one.key == given.key), None)
    if page is None:
        return Turned(min(len(before), 1))
    if page.kind is PageKind.AGAIN:
        return _turn_again(visit, draft, kept, filling, page, given)
    wrong = _fill(page, filling, given, kept.published)
    if wrong:
        return Turned(number_of(before, page.key), wrong, page, filling)
    now = pages_of(filling)
    grown = {one.address for one in _page(now, page.key)} - {one.address for one in page.asks}
    kept.form = ""
    kept.passed = sorted({*kept.passed, page.key} - ({page.key} if grown else set()))
    keep_filling(kept, filling)
    _write(draft, kept, visit.token)
    _keep_files(draft, visit.token, given, filling)
    return Turned(number_of(now, page.key) if grown else after(before, now, page.key))


def send(*, visit: Visit, receipt: str, actor: None, at: datetime) -> Sending:
    """Send the answers, and return the code their author keeps. Sent twice, they count once.

    Nothing is acknowledged that is not on disk: the draft goes only then. ``receipt`` is the
    code the page was made with: it opens the acknowledgement again when the page is reloaded.

    Raises:
        AlreadyAnswered: answers were received by this link already.
        Refused: as ``receive`` says it.
    """
    del actor
    shown = receipt_of(receipt)
    kept = kept_of(visit)
    if kept is None or is_spent(visit, kept):
        if shown and receipt_is_known(visit.collecting.id, shown):
            return Sending(shown)
        if kept is None and not is_spent(visit, kept):
            return Sending(rank=1)
        raise AlreadyAnswered(_("Ce lien a déjà servi."))
    filling = filling_for(kept, at=at)
    stopped = _first_fault(filling)
    if stopped:
        return Sending(rank=stopped)
    kept = _freeze(visit, filling)
    receive(_filled(visit, kept), at=at)
    _note_consents(visit, kept.published, filling, at)
    _spend(visit)
    return Sending(kept.receipt)


def _note_consents(visit: Visit, published: int, filling: Filling, at: datetime) -> None:
    """Tell the register what somebody known by her code consents to; nobody where anonymous."""
    link = visit.link
    if link is None or visit.collecting.anonymous or not link.participant:
        return
    answers = consents_in(filling, published_consents(published))
    if answers:
        form = filling.form
        note_survey_consents(
            study_id=visit.collecting.study_id,
            participant=link.participant,
            answers=answers,
            wording=f"{form.identifier} {form.version}",
            language=reader_language(),
            actor=None,
            at=at,
        )


@transaction.atomic
def erase_draft(*, visit: Visit, actor: None, at: datetime) -> None:
    """Erase what was being written by this link; what was received stays."""
    del actor, at
    draft = Draft.objects.select_for_update().filter(place=place_of(visit.token)).first()
    if draft and not read_kept(cipher_of(visit.token).open(bytes(draft.sealed))).spent:
        draft.delete()


def take_back(*, code: str, actor: None, at: datetime) -> bool:
    """Withdraw the answers that a receipt code is of; ``False`` where there are none."""
    del actor
    receipt = receipt_of(code)
    if not receipt:
        return False
    row = Submission.objects.filter(receipt_sha256=token_digest(receipt)).first()
    return row is not None and remove_by_receipt(
        collecting_id=row.collecting_id, receipt=receipt, at=at
    )


def _require_open(visit: Visit, at: datetime) -> None:
    told = state(visit, at)
    if not told.open:
        raise NotOpen(told.words)


def _locked(visit: Visit) -> tuple[Draft, Kept]:
    """Return the draft of a token, held until the act ends; made where there is none."""
    fresh = Kept(published=visit.collecting.published_id)
    draft, _made = Draft.objects.select_for_update().get_or_create(
        place=place_of(visit.token),
        defaults={
            "collecting_id": visit.collecting.id,
            "sealed": cipher_of(visit.token).seal(fresh.text()),
        },
    )
    return draft, read_kept(cipher_of(visit.token).open(bytes(draft.sealed)))


def _write(draft: Draft, kept: Kept, token: str) -> None:
    draft.sealed = cipher_of(token).seal(kept.text())
    draft.save(update_fields=["sealed"])


def _page(pages: Sequence[Page], key: str) -> tuple[Place, ...]:
    return next((page.asks for page in pages if page.key == key), ())


def _fill(page: Page, filling: Filling, given: Given, published_id: int) -> tuple[Wrong, ...]:
    """Put what was sent in the filling; return what is not right with it."""
    if given.button == "passer":
        filling.set_many({one.address: "" for one in page.asks})
        return needed(page, filling)
    filling.set_many(values_of(page, given.sent, filling) | _file_names(page, given, filling))
    total = budget_totals(published_id).get(page.group.node.name) if page.group else None
    too_large = tuple(
        Wrong(one.address, _("Ce fichier dépasse 10 Mo. Choisissez-en un plus léger."))
        for one in page.asks
        if (file := given.files.get(lasting(filling, one.address))) and len(file.content) > MAX_FILE
    )
    return too_large or faults_on(page, filling, reader_language(), total)


def _file_names(page: Page, given: Given, filling: Filling) -> dict[str, str]:
    """Return the name of each file of a page: the one sent, none if taken away, else as it was."""
    found = {}
    for one in page.asks:
        if one.node.kind is Kind.FILE:
            name = lasting(filling, one.address)
            away = given.sent.get(f"{name}{PART}retirer")
            kept = "" if away else filling.value(one.address)
            file = given.files.get(name)
            found[one.address] = file.name if file else kept
    return found


def _keep_files(draft: Draft, token: str, given: Given, filling: Filling) -> None:
    """Keep what was sent, sealed; forget what no answer names any more."""
    named = {
        value for one in filling.sheet.places
        if one.node.kind is Kind.FILE and (value := filling.value(one.address))
    }  # fmt: skip
    for file in given.files.values():
        if file.name in named:
            sealed = cipher_of(token).seal_bytes(file.content)
            DraftFile.objects.create(
                draft=draft, name=file.name, media_type=file.media_type, sealed=sealed
            )
    DraftFile.objects.filter(draft=draft).exclude(name__in=named).delete()


def _turn_again(
    visit: Visit, draft: Draft, kept: Kept, filling: Filling, page: Page, given: Given
) -> Turned:
    """Ask a repeat once more, take one time away, or go on."""
    before = pages_of(filling)
    path = page.times[0].node.path
    above = page.key.rpartition("/")[0]
    if given.button == "ajouter":
        asked = len(page.times)
        filling.sheet.add(path, page.times[0].address.rpartition("/")[0])
        filling.set_many({})
        rank = _first_of(pages_of(filling), f"{above}/{page.times[0].node.name}[{asked + 1}]")
    elif given.button == "retirer" and given.which in {one.address for one in page.times}:
        filling.remove_repeat(given.which)
        under = f"{above}/{page.times[0].node.name}"
        kept.passed = [key for key in kept.passed if not key.startswith(under)]
        rank = 0
    else:
        kept.passed = sorted({*kept.passed, page.key})
        rank = number_of(before, page.key) + 1
    kept.form = ""
    keep_filling(kept, filling)
    _write(draft, kept, visit.token)
    return Turned(rank or number_of(pages_of(filling), page.key))


def _first_of(pages: Sequence[Page], address: str) -> int:
    """Return the rank of the first page of one time of a repeat."""
    found = (
        rank
        for rank, page in enumerate(pages, 1)
        if page.key == address or page.key.startswith(f"{address}/")
    )
    return next(found, 0)


def _first_fault(filling: Filling) -> int:
    """Return the rank of the first page with something not right, 0 where there is none."""
    wrong = {fault.address for fault in faults_of(filling)}
    ranks = (
        rank
        for rank, page in enumerate(pages_of(filling), 1)
        if wrong & {one.address for one in page.places}
    )
    return next(ranks, 0)


@transaction.atomic
def _freeze(visit: Visit, filling: Filling) -> Kept:
    """Write the filled form down before it is sent: sent again, it is the same to a byte."""
    draft, kept = _locked(visit)
    if not kept.form:
        kept.form = submission_of(filling).decode()
        _write(draft, kept, visit.token)
    return kept


def _filled(visit: Visit, kept: Kept) -> Filled:
    cipher = cipher_of(visit.token)
    rows = DraftFile.objects.filter(draft__place=place_of(visit.token)).order_by("name")
    alone = visit.collecting.cases[0].code if visit.link is None else ""
    return Filled(
        collecting_id=visit.collecting.id,
        content=kept.form.encode(),
        way=Way.PAGE,
        token=visit.token,
        case=kept.case or alone,
        receipt=kept.receipt,
        files=tuple(
            SentFile(row.name, row.media_type, content=cipher.open_bytes(bytes(row.sealed)))
            for row in rows
        ),
    )


@transaction.atomic
def _spend(visit: Visit) -> None:
    """Forget what was written, once it is received; note that an open link's token has served."""
    if visit.link:
        Draft.objects.filter(place=place_of(visit.token)).delete()
        return
    draft, _kept = _locked(visit)
    DraftFile.objects.filter(draft=draft).delete()
    spent = Kept(published=visit.collecting.published_id, receipt="", spent=True)
    _write(draft, spent, visit.token)
