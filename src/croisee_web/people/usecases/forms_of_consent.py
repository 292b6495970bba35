"""Writing the versions of a consent form; a published one never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound, UseCaseError
from croisee_web.people.models import ConsentForm
from croisee_web.people.queries.announcing import announcements
from croisee_web.people.usecases.registering import ChangedMeanwhile
from croisee_web.people.vocabulary import FORM_PUBLISHED, FORM_WRITTEN, YouthRule


class FormFrozen(UseCaseError):
    """People read this version: a change is a new version."""


class VersionTaken(UseCaseError):
    """A version is written once in a language."""


@dataclass(frozen=True, slots=True)
class FormText:
    """One version of the form, in one language: the brief, then the whole text.

    ``audience``: a :class:`FormFor`, "" for whoever takes part; ``youth``: a :class:`YouthRule`.
    """

    version: str
    language: str
    brief: str
    text: str
    audience: str = ""
    youth: str = YouthRule.BOTH


@transaction.atomic
def write_form(
    *,
    study_id: int,
    written: FormText,
    actor: Account,
    at: datetime,
    form_id: int | None = None,
    revision: int = 0,
) -> ConsentForm:
    """Write a draft, or change the one whose ``revision`` was shown.

    Raises:
        NotFound, NotAllowed: the actor may not keep the consents of this study.
        FormFrozen: it was published.
        ChangedMeanwhile: somebody changed the draft since it was shown.
        VersionTaken: this version is written already in this language.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    form = (
        ConsentForm(study_id=study_id, revision=0) if form_id is None else _draft(study_id, form_id)
    )
    if form_id is not None and form.revision != revision:
        raise ChangedMeanwhile(
            _("Quelqu’un a modifié ce formulaire entre-temps. Relisez-le, puis recommencez.")
        )
    same = ConsentForm.objects.filter(
        study_id=study_id,
        version=written.version,
        language=written.language,
        audience=written.audience,
    )
    if same.exclude(pk=form.pk).exists():
        raise VersionTaken(
            _("La version %(version)s existe déjà dans cette langue. Donnez-en une autre.")
            % {"version": written.version}
        )
    form.version, form.language = written.version, written.language
    form.brief, form.text = written.brief, written.text
    form.audience, form.youth = written.audience, written.youth
    form.revision += 1
    form.save()
    record(act=FORM_WRITTEN, actor=actor.label, at=at, study_id=study_id, form=form.pk)
    return form


@transaction.atomic
def publish_form(*, study_id: int, form_id: int, actor: Account, at: datetime) -> ConsentForm:
    """Put a draft in force: from now on it may be answered, and never changes.

    What the site announces of withdrawal and its limits is written with it, as it is today.

    Raises:
        NotFound, NotAllowed: the actor may not keep the consents of this study.
        FormFrozen: it was published already.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    form = _draft(study_id, form_id)
    form.published_at = at
    with translation.override(form.language):
        form.announced = "\n".join(announcements(study_id=study_id)[0])
    form.save(update_fields=["published_at", "announced"])
    record(act=FORM_PUBLISHED, actor=actor.label, at=at, study_id=study_id, form=form.pk)
    return form


def _draft(study_id: int, form_id: int) -> ConsentForm:
    form = ConsentForm.objects.select_for_update().filter(study_id=study_id, pk=form_id).first()
    if form is None:
        raise NotFound
    if form.published_at is not None:
        raise FormFrozen(
            _("Cette version est publiée : elle ne change plus. Écrivez une nouvelle version.")
        )
    return form
