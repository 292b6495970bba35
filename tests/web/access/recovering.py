"""A lost second factor, step by step."""

import re

from tests.web.access.conftest import PASSWORD
from tests.web.access.moments import REAL_NOW

from croisee_web.access.models import Recovery
from croisee_web.access.rules import code_at, new_secret, step_of
from croisee_web.access.usecases import (
    FactorProof,
    NewApplication,
    confirm_recovery,
    open_recovery,
    recover,
    send_recovery_link,
)

ORIGIN = "https://etudes.exemple.test"


def asked(account, at=REAL_NOW):
    open_recovery(number=account.pk, origin=ORIGIN, actor="site", at=at)
    return Recovery.objects.get(account=account, ended_at=None)


def confirm(who, recovery, at=REAL_NOW):
    proof = FactorProof(code=code_at(who.secret, step_of(at)))
    return confirm_recovery(actor=who, number=recovery.pk, proof=proof, at=at, origin=ORIGIN)


def replaced(token, at=REAL_NOW, password=PASSWORD, code=None):
    secret = new_secret()
    application = NewApplication(secret, code or code_at(secret, step_of(at)))
    return recover(
        token=token, password=password, machine="10.0.0.1", application=application,
        actor="site", at=at,
    )  # fmt: skip


def mailed_token(letters):
    return re.search(r"/connexion/secours/([^/\s]+)/", letters[-1].get_content()).group(1)


def linked(people, letters):
    """Return the token of the link that two confirmations have sent."""
    ada, lea, max_ = people
    waiting = asked(ada)
    confirm(lea, waiting)
    confirm(max_, waiting)
    send_recovery_link(number=waiting.pk, origin=ORIGIN, actor="x", at=REAL_NOW)
    return mailed_token(letters)
