"""The mails of the access slice, each in its reader's language. Sent by the worker."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from croisee_web.access.models import Account, Invitation, Opening, ResetLink
from croisee_web.access.queries import holders_of
from croisee_web.access.rules import RESET_LASTS, page_address, send_letter, study_names
from croisee_web.access.vault import link_token, new_nonce, token_digest
from croisee_web.access.vocabulary import Role, Verb
from croisee_web.kit.days import day_text


def send_invitation(*, number: int, origin: str, actor: str, at: datetime) -> None:
    """Send an invitation's link, unless it was cancelled or accepted meanwhile."""
    del actor
    found = Invitation.objects.select_related("invited_by").filter(pk=number).first()
    if found is None or found.accepted_at or found.cancelled_at:
        return
    token = link_token("invitation", found.nonce)
    with override(found.language):
        told = {
            "name": found.invited_by.name,
            "study": study_names().title(found.study_id),
            "role": _role_told(found),
            "link": page_address(origin, reverse("access:invitation", args=[token])),
            "until": day_text(localtime(found.expires_at)),
        }
        send_letter(
            found.email,
            _("Invitation à l’étude « %(study)s »") % told,
            _(
                "Bonjour,\n\n%(name)s vous invite à l’étude « %(study)s ».\n"
                "Votre rôle : %(role)s.\n\n"
                "Pour accepter, ouvrez ce lien avant le %(until)s. Il sert une seule fois :\n\n"
                "%(link)s\n\nSi vous n’attendiez pas ce courriel, laissez-le : rien ne se passera."
            )
            % told,
        )
    Invitation.objects.filter(pk=found.pk).update(sent_at=at)


def _role_told(found: Invitation) -> str:
    """Return the role, with the network it is for."""
    network = dict(study_names().cases(found.study_id)).get(found.case, "")
    role = str(Role(found.role).label)
    return f"{role} ({network})" if network else role


def send_reset(*, number: int, origin: str, actor: str, at: datetime) -> None:
    """Send the link that lets an account choose a new password; nothing to account 0."""
    del actor
    account = Account.objects.filter(pk=number, is_active=True).first()
    if account is None:
        return
    nonce = new_nonce()
    token = link_token("reset", nonce)
    ResetLink.objects.create(
        account=account,
        nonce=nonce,
        digest=token_digest(token),
        asked_at=at,
        expires_at=at + RESET_LASTS,
    )
    with override(account.language):
        link = page_address(origin, reverse("access:reset", args=[token]))
        send_letter(
            account.email,
            _("Choisir un nouveau mot de passe"),
            _(
                "Bonjour,\n\nPour choisir un nouveau mot de passe, ouvrez ce lien dans l’heure. "
                "Il sert une seule fois :\n\n%(link)s\n\n"
                "Si vous n’avez rien demandé, laissez ce courriel : rien ne change."
            )
            % {"link": link},
        )


def tell_of_opening(*, number: int, origin: str, actor: str, at: datetime) -> None:
    """Tell everyone who manages a study's access that its names may be read for a while."""
    del actor, at
    opening = Opening.objects.select_related("asked_by", "answered_by").filter(pk=number).first()
    if opening is None or not opening.granted or opening.until is None:
        return
    for account in holders_of(study_id=opening.study_id, verb=Verb.MANAGE_ACCESS):
        with override(account.language):
            told = {
                "study": study_names().title(opening.study_id),
                "asker": opening.asked_by.name,
                "answerer": opening.answered_by.name if opening.answered_by else "",
                "hours": opening.hours,
                "reason": opening.reason,
                "site": page_address(origin, reverse("study:list")),
            }
            send_letter(
                account.email,
                _("Accès exceptionnel aux noms : « %(study)s »") % told,
                _(
                    "Bonjour,\n\n%(asker)s peut voir les noms de l’étude « %(study)s » "
                    "pendant %(hours)s h. %(answerer)s l’a approuvé.\n\nMotif : %(reason)s\n\n"
                    "Vous pouvez y mettre fin depuis la page « Équipe et accès » :\n\n%(site)s"
                )
                % told,
            )
