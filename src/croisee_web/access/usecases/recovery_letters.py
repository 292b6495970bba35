"""The mails of a lost second factor and of the site's administration. Sent by the worker."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from croisee_web.access.models import Account, Recovery
from croisee_web.access.queries import guarantors_of, open_recoveries
from croisee_web.access.rules import RECOVERY_LASTS, page_address, send_letter
from croisee_web.access.vault import link_token, new_nonce, token_digest
from croisee_web.kit.days import moment_text


def tell_of_recovery(*, number: int, what: str, origin: str, actor: str, at: datetime) -> None:
    """Tell an account, and everyone who may answer for it, where its recovery stands.

    ``what``: ``asked``, ``refused`` or ``done``.
    """
    del actor, at
    found = Recovery.objects.select_related("account").filter(pk=number).first()
    if found is None or (what == "asked" and found.ended_at is not None):
        return
    account = found.account
    with override(account.language):
        subject, body = _to_her(what)
        send_letter(account.email, subject, body)
    for other in guarantors_of(account_id=account.pk):
        with override(other.language):
            told = {
                "name": account.name,
                "email": account.email,
                "until": moment_text(localtime(found.expires_at)),
                "page": page_address(origin, reverse("access:recoveries")),
            }
            subject, body = _to_others(what)
            send_letter(other.email, subject % told, body % told)


def send_recovery_link(*, number: int, origin: str, actor: str, at: datetime) -> None:
    """Send the link that replaces a lost second factor, unless it is over meanwhile."""
    del actor
    rows = open_recoveries(at=at).select_related("account")
    found = rows.filter(pk=number, second_by__isnull=False).first()
    if found is None:
        return
    token = link_token("recovery", new_nonce())
    found.digest, found.expires_at = token_digest(token), at + RECOVERY_LASTS
    found.save(update_fields=["digest", "expires_at"])
    with override(found.account.language):
        link = page_address(origin, reverse("access:recover", args=[token]))
        send_letter(
            found.account.email,
            _("Remplacer votre double vérification"),
            _(
                "Bonjour,\n\nDeux personnes ont confirmé votre demande. Pour remplacer votre "
                "double vérification, ouvrez ce lien dans les deux heures. Ayez votre mot de "
                "passe et un téléphone. Il sert une seule fois :\n\n%(link)s\n\n"
                "Si vous n’avez rien demandé, prévenez tout de suite la personne qui "
                "administre le site."
            )
            % {"link": link},
        )


def tell_of_administrator(
    *, number: int, named: bool, origin: str, actor: str, at: datetime
) -> None:
    """Tell everyone who administers the site that somebody does, or no longer does."""
    del actor, at
    account = Account.objects.filter(pk=number).first()
    if account is None:
        return
    others = Account.objects.filter(is_administrator=True, is_active=True).exclude(pk=number)
    for one in (account, *others.order_by("pk")):
        with override(one.language):
            told = {
                "name": account.name,
                "email": account.email,
                "page": page_address(origin, reverse("access:account")),
            }
            if named:
                subject = _("%(name)s administre maintenant le site")
                body = _(
                    "Bonjour,\n\n%(name)s (%(email)s) administre maintenant le site. Si cela vous "
                    "étonne, prévenez les autres personnes qui l’administrent :\n\n%(page)s"
                )
            else:
                subject = _("%(name)s n’administre plus le site")
                body = _(
                    "Bonjour,\n\n%(name)s (%(email)s) n’administre plus le site. Si cela vous "
                    "étonne, prévenez les autres personnes qui l’administrent :\n\n%(page)s"
                )
            send_letter(one.email, subject % told, body % told)


def _to_her(what: str) -> tuple[str, str]:
    if what == "asked":
        return (
            _("Votre demande de secours"),
            _(
                "Bonjour,\n\nQuelqu’un a dit avoir perdu la double vérification de votre compte. "
                "Si c’est vous, appelez deux personnes qui administrent le site ou qui sont "
                "responsables d’une de vos études : elles doivent confirmer.\n\n"
                "Si ce n’est pas vous, connectez-vous comme d’habitude : la demande tombe "
                "d’elle-même. Puis prévenez-les."
            ),
        )
    if what == "refused":
        return (
            _("Votre demande de secours est refusée"),
            _(
                "Bonjour,\n\nUne personne a refusé la demande de secours de votre compte. Rien "
                "n’a changé. Appelez-la ; vous pourrez redemander dans un jour."
            ),
        )
    return (
        _("Votre double vérification est remplacée"),
        _(
            "Bonjour,\n\nLa double vérification de votre compte a été remplacée, et toutes vos "
            "sessions sont fermées. L’ancienne ne sert plus.\n\nSi ce n’est pas vous, prévenez "
            "tout de suite la personne qui administre le site."
        ),
    )


def _to_others(what: str) -> tuple[str, str]:
    if what == "asked":
        return (
            _("%(name)s a perdu sa double vérification"),
            _(
                "Bonjour,\n\n%(name)s (%(email)s) dit avoir perdu sa double vérification et ses "
                "codes de secours. Deux personnes doivent confirmer avant le %(until)s.\n\n"
                "Confirmez seulement après avoir reconnu cette personne, de vive voix ou en face. "
                "Un courriel ne suffit pas.\n\n%(page)s"
            ),
        )
    if what == "refused":
        return (
            _("Demande de secours refusée : %(name)s"),
            _(
                "Bonjour,\n\nLa demande de secours de %(name)s (%(email)s) est refusée. "
                "Il n’y a plus rien à faire.\n\n%(page)s"
            ),
        )
    return (
        _("%(name)s a remplacé sa double vérification"),
        _(
            "Bonjour,\n\n%(name)s (%(email)s) a remplacé sa double vérification, après deux "
            "confirmations. Si vous en doutez, suspendez son compte et téléphonez-lui."
            "\n\n%(page)s"
        ),
    )
