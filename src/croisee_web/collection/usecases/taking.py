"""Taking the answers of a collection away, as files; the journal keeps who did."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.questionnaire.submission import Received, read_submission
from croisee.studyfolder.words import propose_code
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Collecting, Submission
from croisee_web.collection.queries.answering import form_language
from croisee_web.collection.queries.found import collecting_of
from croisee_web.collection.rules.brought import answers_said
from croisee_web.collection.rules.outgoing import exported_number
from croisee_web.collection.rules.taken import FORMATS, Answered, said_losses, zipped
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.vocabulary import ANSWERS_TAKEN, SubmissionState
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.queries import published_form, published_lines
from croisee_web.journal.usecases import record
from croisee_web.study.queries import reader_language
from croisee_web.study.queries.naming import said

Rows = tuple[tuple[Received, Mapping[str, str]], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A zip to hand over: its name, its bytes."""

    name: str
    content: bytes


@transaction.atomic
def take_out(*, study_id: int, collecting_id: int, how: str, actor: Account, at: datetime) -> Taken:
    """Return the answers of a collection as a zip, with what the format does not say.

    ``how``: one of ``rules.taken.FORMATS``. Where answers are anonymous, rows come in an order
    drawn at random each time, say the network only and bear a number made for the file, by which
    they double nothing when they come back (:mod:`..rules.outgoing`). Those that wait for files,
    or that another replaced, are not there.

    Raises:
        NotFound: no such collection in this study.
        NotAllowed: the actor may not read answers.
        CollectingRefused: no such format.
    """
    require(actor=actor, verb=Verb.READ_CORPUS, study_id=study_id)
    row = collecting_of(study_id, collecting_id)
    if how not in FORMATS:
        raise CollectingRefused(_("Choisissez un format."))
    groups = _groups(row)
    named = f"{row.published.questionnaire.code}-{row.edition}"
    base = propose_code(named) or "reponses"
    files: list[tuple[str, bytes]] = []
    told: list[str] = [_about(row)]
    for one in groups:
        name = base if len(groups) == 1 else f"{base}-v{one.number}"
        written = FORMATS[how](one, name)
        files += written.files
        told += said_losses(written.losses)
    record(
        act=ANSWERS_TAKEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        collecting=row.pk,
        how=how,
        rows=sum(len(one.rows) for one in groups),
    )
    return Taken(f"{base}-{how}.zip", zipped(files, "\r\n".join(told) + "\r\n"))


def _about(row: Collecting) -> str:
    if row.anonymous:
        return _(
            "Réponses anonymes, dans un ordre tiré au hasard. Chaque ligne porte un numéro fait "
            "pour ce fichier : il dit seulement qu’elle vient de cette collecte. Les formats ODK "
            "et dossier d’étude peuvent y revenir sans rien doubler ; le format SPSS, non."
        )
    return _("Pour rapporter ces réponses dans la même collecte, prenez le format ODK.")


def _answered_of(published: PublishedVersion, rows: Rows) -> Answered:
    """Return the answers given to a version, as formats take them."""
    named = published.questionnaire
    return Answered(
        published.number,
        published_form(published.pk),
        published_lines(published.pk),
        rows,
        form_language(published.pk, reader_language()),
        said(named.name_fr, named.name_en),
    )


def _groups(row: Collecting) -> list[Answered]:
    """Return the answers by the version they were given to, the collection's own at least."""
    kept: dict[int, list[tuple[Received, Mapping[str, str]]]] = {row.published_id: []}
    whole = Submission.objects.filter(
        collecting=row, state=SubmissionState.WHOLE, sheet__isnull=False
    )
    found = whole.select_related("sheet__case").order_by("received_at", "pk")
    for one in found.iterator(chunk_size=500):
        facts = _facts(row, one)
        kept.setdefault(one.published_id, []).append((_outgoing(row, one, facts["case"]), facts))
    versions = PublishedVersion.objects.select_related("questionnaire").filter(pk__in=kept)
    return [
        _answered_of(one, _ordered(kept[one.pk], anonymous=row.anonymous))
        for one in versions.order_by("number")
        if kept[one.pk] or len(kept) == 1
    ]


def _outgoing(row: Collecting, one: Submission, case: str) -> Received:
    """Return a filled form as it goes out; an anonymous one under a number made for the file."""
    content = bytes(one.content)
    received = read_submission(content)
    if not row.anonymous:
        return received
    said = answers_said(content, published_form(row.published_id))
    return replace(received, instance_id=exported_number(row.salt, case, said))


def _ordered(rows: list[tuple[Received, Mapping[str, str]]], *, anonymous: bool) -> Rows:
    if anonymous:
        secrets.SystemRandom().shuffle(rows)
    return tuple(rows)


def _facts(row: Collecting, one: Submission) -> dict[str, str]:
    """Return what is said of a row besides its answers: its network alone where anonymous."""
    sheet = one.sheet
    assert sheet is not None
    if row.anonymous:
        return {"case": sheet.case.code}
    return {
        "case": sheet.case.code,
        "component": sheet.component,
        "organisation": sheet.organisation,
        "respondent": sheet.respondent,
    }
