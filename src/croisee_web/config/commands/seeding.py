"""What the demonstration site holds, and what the terminal says of it."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.usecases import first_administrator, invite, join_with_new_account
from croisee_web.access.vault import link_token
from croisee_web.access.vocabulary import Role
from croisee_web.analysis.usecases import ask_for_run
from croisee_web.config.commands.site import TO_CORRECT, say
from croisee_web.config.commands.starting import address_of, keep_up, prepare
from croisee_web.config.serving import free_port, only_one
from croisee_web.exchange.usecases import import_folder
from croisee_web.study.models import Study
from croisee_web.upkeep.rules import write_entry_link

ADMINISTRATOR, LEAD = "admin@exemple.ca", "responsable@exemple.ca"
ACCOUNTS = "demo.txt"
WITHOUT_A_TERMINAL = 3.0
"""Seconds that the site stays up when nobody is at a terminal to stop it."""


def run(options: argparse.Namespace) -> int:
    """Fill the site the first time; say how to enter; serve it."""
    with only_one(Path(settings.HOME)):
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    options.port = free_port(options.host, options.port)
    if not prepare():
        return TO_CORRECT
    home = Path(os.environ["CROISEE_HOME"])
    if not Account.objects.exists():
        _seed(options.study, home / ACCOUNTS)
    lead = Account.objects.get(email=LEAD)
    results = reverse("report:results", args=[Study.objects.earliest("pk").slug])
    token = write_entry_link(lead.pk, _now(), to=results)
    root = address_of(options).removesuffix("/en")
    options.then_say = [
        _("Entrez par ce lien, il sert une fois. Le rapport est ensuite à un clic :"),
        f"  {root}{reverse('upkeep:enter-once', args=[token])}",
        _("Les comptes de cet essai et leurs mots de passe :"),
        *(home / ACCOUNTS).read_text(encoding="utf-8").splitlines(),
    ]
    connections.close_all()
    seconds = float(os.environ.get("CROISEE_DEMO_SECONDS", "0"))
    if not seconds and not sys.stdin.isatty():
        seconds = WITHOUT_A_TERMINAL
    return keep_up(options, "", seconds=seconds)


def _seed(study: Path, accounts: Path) -> None:
    """Open both accounts, import the study, and have its results computed by the worker."""
    words = {email: secrets.token_urlsafe(12) for email in (ADMINISTRATOR, LEAD)}
    language = get_language() or "fr"
    administrator = first_administrator(
        email=ADMINISTRATOR,
        name=_("Administration"),
        password=words[ADMINISTRATOR],
        at=_now(),
        language=language,
    )
    say(_("Import de l’étude {folder}…").format(folder=study))
    made = import_folder(folder=study, actor=administrator, at=_now())
    offered = invite(
        email=LEAD, role=Role.LEAD, study_id=made.pk, case="", actor=administrator, at=_now()
    )
    lead = join_with_new_account(
        token=link_token("invitation", offered.nonce),
        name="Camille Lavoie",
        password=words[LEAD],
        language=language,
        actor="console",
        at=_now(),
    )
    ask_for_run(study_id=made.pk, actor=lead, at=_now())
    say(_("Calcul des résultats par le site…"))
    call_command("work", until_empty=True)
    accounts.touch(mode=0o600)
    lines = (f"  {email}  {password}\n" for email, password in words.items())
    accounts.write_text("".join(lines), encoding="utf-8")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- a command is the edge
