"""Taking answers back: by the code that their author kept, by her withdrawal, at the end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, override

from croisee_web.collection.models import (
    AnswerLink,
    AnswerSheet,
    Collecting,
    Draft,
    GoneSubmission,
    Submission,
)
from croisee_web.collection.rules.drafts import place_of
from croisee_web.collection.usecases.intake.attaching import forget_files
from croisee_web.collection.usecases.intake.filed import hashed_number, receipt_digest
from croisee_web.collection.vault import new_token, read_ledger, write_in_ledger
from croisee_web.collection.vocabulary import ANSWER_WITHDRAWN
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal, erasers
from croisee_web.people.usecases import CLEAN
from croisee_web.people.vocabulary import SITE

_COMPUTED = ("results", "exports")
"""What other slices made of answers, as they name it: made again without these."""


@transaction.atomic
def remove_by_receipt(*, collecting_id: int, receipt: str, at: datetime) -> bool:
    """Remove the answers that a code was given for; return whether there were some.

    The ledger outside the database is written first: no crash and no backup bring them back
    (:func:`reapply_receipts`). With them go the files, what was frozen or exported with them in
    it. Their number stays, hashed: sent again, they are refused. The journal says that an answer
    was taken back, not which one. The count of the day they came stays: it says who took part,
    not what was said.
    """
    digest = receipt_digest(receipt)
    rows = Submission.objects.filter(collecting_id=collecting_id, receipt_sha256=digest)
    if not receipt or not rows.exists():
        return False
    write_in_ledger(collecting_id, digest)
    _remove_with_results(rows, at)
    return True


def reapply_receipts(at: datetime) -> int:
    """Remove the answers whose receipts the ledger holds and that are there; return how many."""
    ledger, done = read_ledger(), 0
    held = set(
        Submission.objects.exclude(receipt_sha256="").values_list("collecting_id", "receipt_sha256")
        if ledger
        else ()
    )
    for collecting_id, digest in dict.fromkeys(ledger):
        if (collecting_id, digest) in held:
            with transaction.atomic():
                _remove_with_results(
                    Submission.objects.filter(collecting_id=collecting_id, receipt_sha256=digest),
                    at,
                )
            done += 1
    return done


def _remove_with_results(rows: QuerySet[Submission], at: datetime) -> None:
    collecting = Collecting.objects.get(submissions__in=rows[:1])
    # Asked first: it must not wait for the results that the erasers have computed anew.
    ask(job=CLEAN, actor=SITE, at=at)
    remove_submissions(collecting.study_id, rows)
    with override("fr"):
        for name, eraser in erasers():
            if name in _COMPUTED:
                eraser(collecting.study_id, "", at)
    record(
        act=ANSWER_WITHDRAWN,
        actor=SITE,
        at=at,
        study_id=collecting.study_id,
        collecting=collecting.pk,
    )


def remove_submissions(study_id: int, rows: QuerySet[Submission]) -> int:
    """Remove filled forms with their answers and their files; return how many.

    Their numbers stay, hashed, so that nobody's telephone brings them back.
    """
    found = list(rows.select_related("collecting"))
    gone = {(one.collecting_id, hashed_number(one)) for one in found}
    GoneSubmission.objects.bulk_create(
        [GoneSubmission(collecting_id=where, instance_sha256=number) for where, number in gone],
        ignore_conflicts=True,
    )
    forget_files(study_id, rows.values_list("attachments__sha256", flat=True).distinct())
    sheets = [one.sheet_id for one in found if one.sheet_id]
    Submission.objects.filter(pk__in=[one.pk for one in found]).delete()
    AnswerSheet.objects.filter(pk__in=sheets).delete()
    return len(found)


def erase_submissions(study_id: int, participant: str) -> tuple[Removal, ...]:
    """Remove the filled forms somebody sent under her code, and her links.

    What she sent in an anonymous collection is tied to nobody: her receipt's code takes it back.
    """
    hers = Q(link__participant=participant) | Q(
        sheet__respondent=participant, sheet__instrument__subject="person"
    )
    sent = remove_submissions(
        study_id, Submission.objects.filter(Q(collecting__study_id=study_id) & hers)
    )
    links = AnswerLink.objects.filter(collecting__study_id=study_id, participant=participant)
    Draft.objects.filter(
        place__in=[
            place_of(new_token(study_id, where, number))
            for number, where in links.values_list("pk", "collecting_id")
        ]
    ).delete()
    removed = links.delete()[1].get(AnswerLink._meta.label, 0)
    return (
        Removal(gettext_lazy("Formulaires remplis, avec leurs fichiers"), sent),
        Removal(gettext_lazy("Liens de réponse"), removed),
    )


def destroy_submissions(study_id: int) -> tuple[Removal, ...]:
    """Remove every filled form of a study, its files, its links and its drafts."""
    rows = Submission.objects.filter(collecting__study_id=study_id)
    forget_files(study_id, rows.values_list("attachments__sha256", flat=True).distinct())
    sent = rows.delete()[1].get(Submission._meta.label, 0)
    links = AnswerLink.objects.filter(collecting__study_id=study_id).delete()[1]
    drafts = Draft.objects.filter(collecting__study_id=study_id).delete()[1]
    return (
        Removal(gettext_lazy("Formulaires remplis, avec leurs fichiers"), sent),
        Removal(gettext_lazy("Liens de réponse"), links.get(AnswerLink._meta.label, 0)),
        Removal(gettext_lazy("Réponses en cours d’écriture"), drafts.get(Draft._meta.label, 0)),
    )
