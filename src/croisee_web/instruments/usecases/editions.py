"""Starting an edition from another: its questionnaires and frames come along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee.language import Label
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Questionnaire
from croisee_web.instruments.queries.drafts import free_code
from croisee_web.instruments.queries.editions import last_workbook
from croisee_web.instruments.vocabulary import EDITION_STARTED, Carried
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.study.models import Edition, FrameSize, Organisation, Study
from croisee_web.study.usecases import RowEdit, save_rows


@dataclass(frozen=True, slots=True)
class NewEdition:
    """An edition to start: its code and name, and the code of the one it comes from."""

    code: str
    name: Label
    source: str


@dataclass(frozen=True, slots=True)
class Carrying:
    """What came along: questionnaires copied (their new codes), members, declared sizes."""

    questionnaires: tuple[str, ...]
    members: int
    sizes: int


@transaction.atomic
def start_edition(
    *,
    study_id: int,
    edition: NewEdition,
    carried: Mapping[str, Carried],
    frames: bool,
    actor: Account,
    at: datetime,
) -> Carrying:
    """Open an edition and bring along what the one before asked, and whom.

    ``carried`` says, by questionnaire's code, whether it is copied to be reworked. A copy keeps
    the identity of each question (``croisee::identite``): both editions stay comparable where
    the words are. ``frames``: the member lists and the declared sizes of the source edition are
    copied to this one; those that hold for every edition already do.

    Raises:
        NotFound, NotAllowed: the actor may not edit the study, or no such source.
        CodeTaken: the study already has an edition of this code.
    """
    require(actor=actor, verb=Verb.EDIT_STUDY, study_id=study_id)
    Study.objects.select_for_update().get(pk=study_id)
    if not Edition.objects.filter(study_id=study_id, code=edition.source).exists():
        raise NotFound
    _open(study_id, edition, actor, at)
    rows = Questionnaire.objects.filter(study_id=study_id).select_related("method").order_by("pk")
    copied = tuple(
        _copied(row, edition)
        for row in list(rows)
        if carried.get(row.code, Carried.LEFT) is Carried.COPIED
    )
    members, sizes = _frames(study_id, edition) if frames else (0, 0)
    record(
        act=EDITION_STARTED,
        actor=actor.label,
        at=at,
        study_id=study_id,
        questionnaires=len(copied),
        organisations=members,
        sizes=sizes,
    )
    return Carrying(copied, members, sizes)


def _open(study_id: int, edition: NewEdition, actor: Account, at: datetime) -> None:
    save_rows(
        study_id=study_id,
        part="editions",
        rows=[
            RowEdit(
                values={
                    "code": edition.code,
                    "name_fr": edition.name.fr,
                    "name_en": edition.name.en,
                    "start": None,
                    "end": None,
                    "position": 9999,
                }
            ),
        ],
        actor=actor,
        at=at,
    )


def _copied(row: Questionnaire, edition: NewEdition) -> str:
    """Copy what was asked last: the last published version, else the draft."""
    copy = Questionnaire.objects.create(
        study_id=row.study_id,
        code=free_code(row.study_id, f"{row.code}-{edition.code}"),
        name_fr=_("%(name)s, %(edition)s") % {"name": row.name_fr, "edition": edition.code},
        name_en=f"{row.name_en}, {edition.code}" if row.name_en else "",
        method=row.method,
        subject=row.subject,
        workbook=last_workbook(row),
    )
    return copy.code


def _frames(study_id: int, edition: NewEdition) -> tuple[int, int]:
    members = list(Organisation.objects.filter(study_id=study_id, edition=edition.source))
    sizes = list(FrameSize.objects.filter(study_id=study_id, edition=edition.source))
    for member in members:
        member.pk, member.edition, member.version = None, edition.code, 1
    for size in sizes:
        size.pk, size.edition, size.version = None, edition.code, 1
    Organisation.objects.bulk_create(members, batch_size=1000)
    FrameSize.objects.bulk_create(sizes, batch_size=1000)
    return len(members), len(sizes)
