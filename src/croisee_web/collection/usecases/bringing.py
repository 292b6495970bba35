"""Bringing a file of answers: kept, read by a job, looked at, then received row by row."""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.formats import FormatRefused
from croisee.questionnaire.exchanges import Brought, Entered
from croisee.questionnaire.exchanges.recognising import Source, read_answers, source_of
from croisee.text import fold
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.collection.models import Bringing, Submission
from croisee_web.collection.queries.held import locked_collecting
from croisee_web.collection.queries.returned import Returned, is_there
from croisee_web.collection.rules import brought as rules
from croisee_web.collection.rules.filled import Filled, Outcome, Refused, Why
from croisee_web.collection.rules.outgoing import Back
from croisee_web.collection.usecases.conducting import CollectingRefused
from croisee_web.collection.usecases.receiving import CASE_QUESTION, receive
from croisee_web.collection.vocabulary import ANSWERS_BROUGHT, BringingState, Way
from croisee_web.instruments.queries import published_form, published_lines
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.disk import make_folder, put_in_place, remove
from croisee_web.kit.errors import NotFound
from croisee_web.people.rules import Removal

READ, RECEIVE = "collection.read_brought", "collection.receive_brought"
KEPT_FOR = timedelta(days=7)
"""How long a file that was read and not received is kept."""
_EVERY = 20
"""Rows received between two notes of how far it went."""
_MOST_REFUSED = 300
Progress = Callable[[int, int], None]


def bring(
    *,
    collecting_id: int,
    name: str,
    chunks: Iterable[bytes],
    source: str,
    actor: Account,
    at: datetime,
) -> Bringing:
    """Keep a file of answers, on disk before anything is acknowledged, and ask for its reading.

    ``source``: its format, "" to recognise it. Nothing is received yet.

    Raises:
        NotFound, NotAllowed: the actor does not conduct this study's collections, or may not
            read answers.
        CollectingRefused: the file is too large.
    """
    with transaction.atomic():
        row = locked_collecting(collecting_id, actor)
        require(actor=actor, verb=Verb.READ_CORPUS, study_id=row.study_id)
    kept = rules.safe_name(name)
    folder = _keep(chunks, kept)
    with transaction.atomic():
        made = Bringing.objects.create(
            collecting=row,
            account=actor,
            name=kept,
            folder=folder,
            source=Source(source).value if source else "",
            state=BringingState.READING,
            sent_at=at,
        )
        _ask(READ, made, actor, at)
    return made


def _keep(chunks: Iterable[bytes], name: str) -> str:
    """Write a file in a folder of its own, flushed; return the folder's name."""
    folder, size = secrets.token_hex(16), 0
    make_folder(Path(settings.FILES_ROOT))
    number, partial = tempfile.mkstemp(prefix=".recu-", dir=settings.FILES_ROOT)
    try:
        with os.fdopen(number, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > rules.LARGEST:
                    raise CollectingRefused(_("Ce fichier dépasse 100 Mo : envoyez-le en parties."))
                file.write(chunk)
        put_in_place(Path(partial), rules.brought_root() / folder / name)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
    return folder


def _ask(job: str, row: Bringing, actor: Account, at: datetime) -> None:
    asked = ask(
        job=job, actor=actor.label, at=at, study_id=row.collecting.study_id, bringing=row.pk
    )
    row.job_id = asked.pk
    row.save(update_fields=["job_id"])


def read_brought(*, bringing_id: int, actor: str, at: datetime) -> None:
    """Read a file and keep what is told of it. Bears being run twice."""
    del actor, at
    row = _row(bringing_id)
    if row is None or row.state != BringingState.READING:
        return
    try:
        source, found = _read(row)
    except FormatRefused as refused:
        _refuse(row, refused)
        return
    row.source, row.told, row.state = source.value, _told(row, found), BringingState.READY
    Bringing.objects.filter(pk=row.pk).update(source=row.source, told=row.told, state=row.state)


def _row(bringing_id: int) -> Bringing | None:
    return (
        Bringing.objects.select_related("collecting__published", "account")
        .filter(pk=bringing_id)
        .first()
    )


def _refuse(row: Bringing, refused: FormatRefused) -> None:
    """Say why a file is not read; it goes at once."""
    one = {
        **rules.place(row.name, refused.line),
        **rules.words(refused.message, refused.remedy),
        "misread": True,
    }
    Bringing.objects.filter(pk=row.pk).update(
        state=BringingState.REFUSED, told={"troubles": [one]}, folder=""
    )
    remove(rules.brought_folder(row))


def _read(row: Bringing) -> tuple[Source, Brought]:
    """Read a file. Calculations are made as of the day its version was published.

    So the same file gives the same answers whenever it is brought.
    """
    published = row.collecting.published
    with tempfile.TemporaryDirectory(prefix="croisee-apport-") as name:
        paths = rules.tables_in(rules.brought_folder(row) / row.name, Path(name))
        source = Source(row.source) if row.source else source_of(paths[0])
        found = read_answers(
            paths,
            source,
            published_form(published.pk),
            published_lines(published.pk),
            at=published.published_at,
        )
    return source, found


def _networks(row: Bringing) -> dict[str, str]:
    """Return the codes of the networks asked, by whatever may name them."""
    found: dict[str, str] = {}
    for case in (one.case for one in row.collecting.cases.select_related("case")):
        for said in (case.name_fr, case.name_en, case.short_fr, case.short_en, case.code):
            if said:
                found[fold(said)] = case.code
    return found


def _told(row: Bringing, found: Brought) -> dict[str, Any]:
    networks = _networks(row)
    cases = [rules.case_of(one, networks, CASE_QUESTION) for one in found.entered]
    alone = len(set(networks.values())) == 1
    troubles = [rules.told_of(one) for one in found.troubles]
    troubles += [
        {
            **rules.place(one.file, one.row, one.sheet),
            **rules.words(
                rules.WHY[Why.UNKNOWN_CASE],
                gettext_lazy("Écrivez le code ou le nom d’un réseau interrogé."),
            ),
            "misread": True,
        }
        for one, case in zip(found.entered, cases, strict=True)
        if case == rules.UNKNOWN
    ]
    first, more = rules.first_told(troubles)
    return {
        "rows": len(found.entered),
        "without_case": 0 if alone else sum(not case for case in cases),
        "unknown_case": sum(case == rules.UNKNOWN for case in cases),
        "weighted": any(one.facts.get("weight") for one in found.entered),
        "ignored": [name[:80] for name in found.ignored[:40]],
        "troubles": first,
        "more": more,
    }


@transaction.atomic
def take_in_brought(*, bringing_id: int, case: str, actor: Account, at: datetime) -> None:
    """Ask for the answers of a file that was read to be received.

    ``case``: the network of the rows that say none.

    Raises:
        NotFound, NotAllowed: there is none, or the actor does not conduct collections.
        CollectingRefused: it is not read yet, or no network is chosen where a row says none.
    """
    row = _own(bringing_id, actor)
    if row.state != BringingState.READY:
        raise CollectingRefused(_("Ce fichier n’attend pas d’être reçu. Rien n’a changé."))
    if row.told.get("without_case") and case not in set(_networks(row).values()):
        raise CollectingRefused(_("Choisissez le réseau des lignes qui n’en disent pas."))
    row.case, row.state, row.account = case, BringingState.RECEIVING, actor
    row.save(update_fields=["case", "state", "account"])
    _ask(RECEIVE, row, actor, at)


@transaction.atomic
def drop_brought(*, bringing_id: int, actor: Account, at: datetime) -> None:
    """Remove a file that is not received, and what was told of it.

    Raises:
        NotFound, NotAllowed: there is none, or the actor does not conduct collections.
        CollectingRefused: its answers are being received, or were.
    """
    del at
    row = _own(bringing_id, actor)
    if row.state in {BringingState.RECEIVING, BringingState.DONE}:
        raise CollectingRefused(_("Ses réponses sont reçues, ou en train de l’être."))
    _remove(row)


def _own(bringing_id: int, actor: Account) -> Bringing:
    row = (
        Bringing.objects.select_for_update(of=("self",))
        .select_related("collecting")
        .filter(pk=bringing_id)
        .first()
    )
    if row is None:
        raise NotFound
    for verb in (Verb.EDIT_STUDY, Verb.READ_CORPUS):
        require(actor=actor, verb=verb, study_id=row.collecting.study_id)
    return row


def _remove(row: Bringing) -> None:
    """Remove a bringing, and its files once that is committed."""
    folder = rules.brought_folder(row) if row.folder else None
    row.delete()
    if folder is not None:
        transaction.on_commit(lambda: remove(folder))


def receive_brought(
    *, bringing_id: int, actor: str, at: datetime, now: Callable[[], datetime], progress: Progress
) -> None:
    """Receive each row of a file, as if it had just been sent; then remove the file.

    Bears being run twice: it goes on from where it was, and a row received before is there
    already. It stops when the file was removed meanwhile. ``now``: when each row is received.
    """
    del actor, at
    row = _row(bringing_id)
    if row is None or row.state != BringingState.RECEIVING:
        return
    _source, found = _read(row)
    networks = _networks(row)
    report: dict[str, Any] = {**_NOTHING, "why": [], **row.report}
    returned, begun = Returned(row.collecting), report["next"]
    for number, one in enumerate(found.entered, 1):
        case = rules.case_of(one, networks, CASE_QUESTION) or row.case
        back = returned.told(one, case)
        if number <= begun:
            continue
        if not Bringing.objects.filter(pk=row.pk).exists():
            return
        if back is None:
            _receive_one(row, one, case, report, now())
        else:
            _come_back(one, back, report)
        report["next"] = number
        if number % _EVERY == 0:
            Bringing.objects.filter(pk=row.pk).update(report=report)
            progress(number, len(found.entered))
    _finish(row, report, now())


_NOTHING: Mapping[str, int] = {
    "received": 0, "already": 0, "apart": 0, "refused": 0, "flagged": 0, "next": 0,
}  # fmt: skip


def _come_back(one: Entered, back: Back, report: dict[str, Any]) -> None:
    """Count a row that went out of this collection: it is never received again."""
    if back is Back.THERE:
        report["already"] += 1
    else:
        report["refused"] += 1
        _say_why(one, rules.WHY_BACK[back], report)


def _say_why(one: Entered, why: Promise, report: dict[str, Any]) -> None:
    if len(report["why"]) < _MOST_REFUSED:
        report["why"].append({**rules.place(one.file, one.row, one.sheet), **rules.words(why)})


def _receive_one(
    row: Bringing, one: Entered, case: str, report: dict[str, Any], at: datetime
) -> None:
    if is_there(row.collecting, one):
        report["already"] += 1
        return
    filled = Filled(
        row.collecting_id,
        one.submission,
        Way.IMPORTED,
        case=case,
        organisation=one.facts.get("organisation", "")[:80],
        component=one.facts.get("component", "")[:80],
        respondent=one.facts.get("respondent", "")[:80],
    )
    try:
        told = receive(filled, at=at)
    except Refused as refused:
        report["apart" if refused.why is Why.ALREADY_ANSWERED else "refused"] += 1
        _say_why(one, rules.WHY.get(refused.why, rules.NOT_READ), report)
        return
    if told.outcome is Outcome.ALREADY:
        report["already"] += 1
        return
    report["received"] += 1
    flags = Submission.objects.filter(pk=told.submission_id).values_list("flags", flat=True)
    report["flagged"] += bool(flags.first())


def _finish(row: Bringing, report: dict[str, Any], at: datetime) -> None:
    """Keep the counts, forget what was told of cells, remove the file."""
    with transaction.atomic():
        done = Bringing.objects.filter(pk=row.pk, state=BringingState.RECEIVING).update(
            state=BringingState.DONE, report=report, told={"rows": report["next"]}, folder=""
        )
        if done:
            record(
                act=ANSWERS_BROUGHT,
                actor=row.account.label,
                at=at,
                study_id=row.collecting.study_id,
                collecting=row.collecting_id,
                added=report["received"],
                refused=report["apart"] + report["refused"],
            )
    remove(rules.brought_folder(row))


def forget_brought(*, actor: str, at: datetime) -> int:
    """Remove files brought a week ago and never received, and folders that no row leads to."""
    del actor
    removed = 0
    old = Bringing.objects.filter(sent_at__lt=at - KEPT_FOR).exclude(
        state__in=(BringingState.DONE, BringingState.RECEIVING)
    )
    for row in old:
        with transaction.atomic():
            _remove(row)
        removed += 1
    held = set(Bringing.objects.exclude(folder="").values_list("folder", flat=True))
    for folder in rules.brought_root().glob("*"):
        late = at.timestamp() - folder.stat().st_mtime > timedelta(days=1).total_seconds()
        if late and folder.name not in held:
            remove(folder)
    return removed


def erase_brought(study_id: int, participant: str, at: datetime) -> tuple[Removal, ...]:
    """Remove the files that may still hold somebody who leaves; counts of what came in stay."""
    del participant
    return destroy_brought(study_id, at)


def destroy_brought(study_id: int, at: datetime) -> tuple[Removal, ...]:
    """Remove every file of answers of a study that is not received yet."""
    del at
    rows = Bringing.objects.filter(collecting__study_id=study_id).exclude(state=BringingState.DONE)
    found = list(rows)
    for row in found:
        _remove(row)
    return (Removal(gettext_lazy("Fichiers de réponses apportés et pas encore reçus"), len(found)),)
