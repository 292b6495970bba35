"""What may be done today, and by whom: names seen, consents accepted."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.queries import may_see_identities, require
from croisee_web.access.vocabulary import Verb
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.models import ConsentForm, Participant
from croisee_web.people.rules import ShownForm, why_not
from croisee_web.study.queries.ethics import collection_open


class CollectionClosed(UseCaseError):
    """No certificate covers the day: nobody may be asked to accept anything."""


class FormNotPublished(UseCaseError):
    """A consent answers a form that people could read, in words that no longer change."""


class ParentNeeded(UseCaseError):
    """Who answered may not accept for a minor, or not alone; the text says who must."""


def require_acceptable(person: Participant, form: ShownForm, at: datetime) -> None:
    """Stop an acceptance outside the certificates' dates, of a form nobody could read, or by
    somebody who may not accept for a minor.

    Raises:
        CollectionClosed, FormNotPublished, ParentNeeded: for each of these, in that order.
    """
    day = at.astimezone(ZoneInfo(person.study.timezone)).date()
    closed = collection_open(person.study_id, day)
    if closed:
        raise CollectionClosed(
            _("%(why)s Un refus ou un retrait se note toujours.") % {"why": closed}
        )
    published = ConsentForm.objects.filter(
        study_id=person.study_id,
        version=form.version,
        language=form.language,
        audience=form.audience,
        published_at__isnull=False,
    ).first()
    if published is None:
        raise FormNotPublished(
            _("Un consentement répond à un formulaire publié : publiez-en un, et choisissez-le.")
        )
    why = why_not(age=person.age_group, by=form.by, assent=form.assent, youth=published.youth)
    if why:
        raise ParentNeeded(why)


def require_identities(actor: Account, study_id: int) -> None:
    """Stop whoever may not see names, by a role or by an exceptional access."""
    require(actor=actor, verb=Verb.SEE_PARTICIPANTS, study_id=study_id)
    if not may_see_identities(account=actor, study_id=study_id):
        require(actor=actor, verb=Verb.SEE_IDENTITIES, study_id=study_id)
