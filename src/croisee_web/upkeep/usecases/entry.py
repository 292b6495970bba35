"""Signing in by the link that the terminal showed."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import NotFound
from croisee_web.upkeep.rules import take_entry_link
from croisee_web.upkeep.vocabulary import ENTERED_ONCE


@transaction.atomic
def use_entry_link(*, token: str, actor: str, at: datetime) -> tuple[Account, str]:
    """Return the account that a one-use link signs in, and the page it leads to.

    Raises:
        NotFound: no such link, it was used, or it is too old.
    """
    del actor
    number, page = take_entry_link(token, at) or (0, "")
    account = Account.objects.filter(pk=number, is_active=True).first()
    if account is None:
        raise NotFound(_("Ce lien a déjà servi. Connectez-vous avec votre mot de passe."))
    record(act=ENTERED_ONCE, actor=account.label, at=at)
    return account, page
