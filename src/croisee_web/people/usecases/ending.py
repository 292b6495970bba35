"""The end of a retention: what was kept is destroyed, by somebody named, with a certificate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee_web.access.models import Account
from croisee_web.access.queries import holders_of, require
from croisee_web.access.vocabulary import Verb
from croisee_web.jobs.usecases import ask
from croisee_web.journal.usecases import record
from croisee_web.kit.days import day_text
from croisee_web.kit.errors import UseCaseError
from croisee_web.kit.letters import letter_of
from croisee_web.people import vault
from croisee_web.people.models import (
    Consent,
    Destruction,
    Participant,
    PersonalLink,
    RightsRequest,
)
from croisee_web.people.rules import Removal, destroyers, erasers
from croisee_web.people.usecases.forgetting import forget_people_of
from croisee_web.people.usecases.withdrawing import CLEAN
from croisee_web.people.vocabulary import DESTROYED, RETENTION_PAST, SITE
from croisee_web.study.models import MemberList, Organisation, Retention, Study
from croisee_web.study.queries.naming import said
from croisee_web.study.vocabulary import Covered, Fate


class NotYet(UseCaseError):
    """The calendar keeps this longer, or keeps it for another end."""


@transaction.atomic
def destroy(*, study_id: int, covers: Covered, actor: Account, at: datetime) -> Destruction:
    """Destroy what one kind of personal information covers, for everybody; certify it.

    Every slice's eraser runs, or what it says it destroys at the end of a retention; the ledger
    of destructions is written first, outside the database, so that no backup undoes it. What
    was sealed and published stays: tables, and quotes that people accepted. The calendar's
    lines are done.

    Raises:
        NotFound, NotAllowed: the actor may not keep this study's ethics, or not see names.
        NotYet: no line of the calendar is at its end, or it does not end in a destruction.
    """
    require(actor=actor, verb=Verb.EDIT_ETHICS, study_id=study_id)
    require(actor=actor, verb=Verb.SEE_IDENTITIES, study_id=study_id)
    on = _day_of(study_id, at)
    lines = _at_their_end(study_id, covers, on)
    vault.write_destruction(vault.DestroyedLine(study_id, covers, on))
    made = destroy_kind(study_id=study_id, covers=covers, actor=actor.label, by=actor.name, at=at)
    made.until = max(line.until for line in lines)
    made.basis = next((line.basis for line in lines if line.basis), "")
    made.save(update_fields=["until", "basis"])
    for line in lines:
        line.done_on = on
        line.version += 1
        line.save(update_fields=["done_on", "version"])
    return made


def _at_their_end(study_id: int, covers: Covered, on: date) -> list[Retention]:
    rows = Retention.objects.select_for_update().filter(
        study_id=study_id, covers=covers, done_on=None
    )
    lines = list(rows)
    if not lines:
        raise NotYet(
            _("Le calendrier de conservation n’a pas de ligne à faire pour ces renseignements.")
        )
    longest = max(lines, key=lambda line: line.until)
    if longest.until >= on:
        raise NotYet(
            _("Le calendrier les garde jusqu’au %(day)s. Rien n’est détruit avant.")
            % {"day": day_text(longest.until)}
        )
    if any(line.fate != Fate.DESTROY for line in lines):
        raise NotYet(
            _("Le calendrier prévoit autre chose qu’une destruction. Corrigez-le d’abord.")
        )
    return lines


@transaction.atomic
def destroy_kind(*, study_id: int, covers: str, actor: str, by: str, at: datetime) -> Destruction:
    """Destroy one kind of information, whatever the calendar says; return its certificate.

    ``by`` is the name that the certificate bears.

    For :func:`destroy`, and for a restored backup that brought back what was destroyed.
    """
    codes = list(
        Participant.objects.filter(study_id=study_id)
        .order_by("code")
        .values_list("code", flat=True)
    )
    ask(job=CLEAN, actor=SITE, at=at)
    with translation.override("fr"):
        removed = _removals(study_id, Covered(covers), codes, at)
    made = Destruction.objects.create(
        study_id=study_id,
        covers=covers,
        until=_day_of(study_id, at),
        people=len(codes),
        lines=_summed(removed),
        by=by,
        destroyed_at=at,
    )
    record(
        act=DESTROYED,
        actor=actor,
        at=at,
        study_id=study_id,
        kind=str(covers),
        people=len(codes),
        removed=sum(count for _what, count, stands in made.lines if not stands),
    )
    return made


def _removals(study_id: int, covers: Covered, codes: list[str], at: datetime) -> list[Removal]:
    if covers == Covered.IDENTITIES:
        return _identities(study_id, SITE, at)
    if covers == Covered.REGISTER:
        return _register(study_id)
    at_end, found = destroyers(), list[Removal]()
    for name, eraser in erasers():
        if name in at_end:
            found += at_end[name](study_id, at)
        else:
            found += [removal for code in codes for removal in eraser(study_id, code, at)]
    return found


def _identities(study_id: int, actor: str, at: datetime) -> list[Removal]:
    """Remove names, proofs and links, and destroy their keys."""
    sealed, proofs = forget_people_of(study_id=study_id, actor=actor, at=at)
    links = PersonalLink.objects.filter(participant__study_id=study_id).delete()[0]
    return [
        Removal(gettext_lazy("Noms et coordonnées, dans le coffre, et leurs clés"), sealed),
        Removal(gettext_lazy("Preuves de consentement"), proofs),
        Removal(gettext_lazy("Liens personnels"), links),
    ]


def _register(study_id: int) -> list[Removal]:
    """Empty everybody's line but its code, so that no code is ever given twice."""
    people = Participant.objects.filter(study_id=study_id)
    consents = Consent.objects.filter(participant__study_id=study_id).delete()[0]
    of_people = {"study_id": study_id, "case__individuals": True}
    frames = Organisation.objects.filter(**of_people).delete()[0]
    waiting = MemberList.objects.filter(**of_people).delete()[0]
    emptied = people.exclude(component="", organisation="", age_group="").update(
        component="", organisation="", age_group=""
    )
    asked = RightsRequest.objects.filter(study_id=study_id).exclude(participant="")
    requests = asked.update(participant="", answer="")
    return [
        Removal(gettext_lazy("Consentements notés"), consents),
        Removal(gettext_lazy("Composantes, organismes et groupes d’âge"), emptied),
        Removal(gettext_lazy("Lignes d’une base de sondage"), frames),
        Removal(gettext_lazy("Listes de personnes en attente"), waiting),
        Removal(gettext_lazy("Demandes d’accès : le code et la réponse"), requests),
        Removal(
            gettext_lazy("Codes et jours de retrait"),
            people.count(),
            gettext_lazy("Un code n’est jamais redonné. Il ne mène plus à personne."),
        ),
    ]


def _summed(removals: Iterable[Removal]) -> list[tuple[str, int, str]]:
    """Return one line a thing, whatever the number of people."""
    found: dict[tuple[str, str], int] = {}
    for one in removals:
        key = (str(one.what), str(one.stands))
        found[key] = found.get(key, 0) + one.count
    return [(what, count, stands) for (what, stands), count in found.items()]


def look_at_dates(*, actor: str, at: datetime) -> int:
    """Tell the leads, once a line, of what is kept past its day; return how many were told.

    The study's home shows it every day until it is done; the mail and the journal say it once.
    """
    told = 0
    for line in Retention.objects.filter(done_on=None, told_on=None).select_related("study"):
        on = _day_of(line.study_id, at)
        if line.until >= on:
            continue
        with transaction.atomic():
            Retention.objects.filter(pk=line.pk).update(told_on=on)
            record(act=RETENTION_PAST, actor=actor, at=at, study_id=line.study_id, line=line.pk)
        _write_to_leads(line)
        told += 1
    return told


def _write_to_leads(line: Retention) -> None:
    for account in holders_of(study_id=line.study_id, verb=Verb.SEE_IDENTITIES):
        with translation.override(account.language):
            told = {
                "study": said(line.study.title_fr, line.study.title_en),
                "what": line.what,
                "day": day_text(line.until),
            }
            letter_of(
                account.email,
                _("Conservation terminée : %(study)s") % told,
                _(
                    "Bonjour,\n\nDans l’étude « %(study)s », ceci devait être gardé jusqu’au "
                    "%(day)s :\n\n%(what)s\n\nOuvrez la page « Fin de conservation », sous "
                    "Éthique, pour le détruire ou pour corriger le calendrier."
                )
                % told,
            ).send()


def _day_of(study_id: int, at: datetime) -> date:
    zone = Study.objects.values_list("timezone", flat=True).get(pk=study_id)
    return at.astimezone(ZoneInfo(zone)).date()
