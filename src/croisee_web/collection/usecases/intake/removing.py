"""Taking answers back: by the code that their author kept, by her withdrawal, at the end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, override

from croisee_web.collection.models import AnswerLink, AnswerSheet, Draft, GoneSubmission, Submission
from croisee_web.collection.rules.drafts import place_of
from croisee_web.collection.usecases.intake.attaching import forget_files
from croisee_web.collection.usecases.intake.filed import hashed_number, receipt_digest
from croisee_web.collection.vault import new_token
from croisee_web.collection.vocabulary import ANSWER_WITHDRAWN
from croisee_web.journal.usecases import record
from croisee_web.people.rules import Removal, erasers
from croisee_web.people.vocabulary import SITE

_COMPUTED = ("results", "exports")
"""What other slices made of answers, as they name it: made again without these."""


@transaction.atomic
def remove_by_receipt(*, collecting_id: int, receipt: str, at: datetime) -> bool:
    """Remove the answers that a code was given for; return whether there were some.

    With them go the files, what was frozen or exported with them in it. Their number stays,
    hashed: sent again, they are refused. The journal says that an answer was taken back, not
    which one. The count of the day they came stays: it says who took part, not what was said.
    """
    found = list(
        Submission.objects.select_related("collecting").filter(
            collecting_id=collecting_id, receipt_sha256=receipt_digest(receipt)
        )
        if receipt
        else ()
    )
    if not found:
        return False
    study_id = found[0].collecting.study_id
    remove_submissions(study_id, Submission.objects.filter(pk__in=[one.pk for one in found]))
    with override("fr"):
        for name, eraser in erasers():
            if name in _COMPUTED:
                eraser(study_id, "", at)
    record(act=ANSWER_WITHDRAWN, actor=SITE, at=at, study_id=study_id, collecting=collecting_id)
    return True


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
