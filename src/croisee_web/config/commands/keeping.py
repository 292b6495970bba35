"""``croisee backup``, ``restore`` and ``move``."""

from __future__ import annotations

import argparse
import getpass
import sys
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.config.commands.site import DONE, TO_CORRECT, say
from croisee_web.config.commands.starting import prepare
from croisee_web.config.serving import only_one
from croisee_web.config.settings import database_at
from croisee_web.kit.errors import UseCaseError
from croisee_web.upkeep.rules import Keyring
from croisee_web.upkeep.usecases import back_up, move_site
from croisee_web.upkeep.usecases import restore as put_back

SHORTEST = 12


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- a command is the edge


def backup(options: argparse.Namespace) -> int:
    """Write both archives; the site may be running."""
    if not prepare():
        return TO_CORRECT
    ring = Keyring(recipients=tuple(options.recipient))
    if not ring.recipients:
        ring = Keyring(passphrase=_passphrase(options.passphrase_file, twice=True))
    site, keys = back_up(folder=options.folder, ring=ring, actor="console", at=_now(), progress=say)
    say(_("Le site : {path}").format(path=site))
    say(_("Les clés et le registre des retraits : {path}").format(path=keys))
    say(_("Gardez-les à deux endroits. Sans la seconde, rien ne se remet."))
    return DONE


def restore(options: argparse.Namespace) -> int:
    """Put a backup in place of a stopped site."""
    with only_one(Path(settings.HOME)):
        if not prepare():
            return TO_CORRECT
        if options.identity:
            ring = Keyring(identity=_first_key(options.identity))
        else:
            ring = Keyring(passphrase=_passphrase(options.passphrase_file))
        again = put_back(
            archive=options.archive,
            keys=options.keys,
            ring=ring,
            actor="console",
            at=_now(),
            progress=say,
        )
    say(_("La sauvegarde est en place. Toutes les sessions sont fermées."))
    if again:
        say(
            ngettext(
                "{n} retrait fait depuis a été appliqué de nouveau.",
                "{n} retraits faits depuis ont été appliqués de nouveau.",
                again,
            ).format(n=again)
        )
    return DONE


def move(options: argparse.Namespace) -> int:
    """Carry a stopped site to another database."""
    url = "" if options.to == "sqlite" else options.to
    to = database_at(url)
    if to["ENGINE"] == connection.settings_dict["ENGINE"] and not url:
        raise UseCaseError(_("Le site est déjà sur SQLite."))
    with only_one(Path(settings.HOME)):
        if not prepare():
            return TO_CORRECT
        count = move_site(to={"OPTIONS": {}, **to}, actor="console", at=_now())
    say(
        ngettext("{n} ligne portée, identique.", "{n} lignes portées, identiques.", count).format(
            n=count
        )
    )
    if url:
        say(_("Démarrez maintenant avec DATABASE_URL à cette adresse. L’ancienne base reste."))
    else:
        say(_("Démarrez maintenant sans DATABASE_URL. L’ancienne base reste."))
    return DONE


def _passphrase(file: Path | None, *, twice: bool = False) -> str:
    if file is not None:
        given = file.read_text(encoding="utf-8").partition("\n")[0].strip()
    elif sys.stdin.isatty():
        given = getpass.getpass(_("Phrase de passe : "))
        if twice and getpass.getpass(_("Encore une fois : ")) != given:
            raise UseCaseError(_("Les deux phrases diffèrent. Rien n’est écrit."))
    else:
        raise UseCaseError(_("Donnez --passphrase-file, ou --recipient avec une clé age."))
    if len(given) < SHORTEST:
        raise UseCaseError(_("Une phrase de passe a {n} caractères ou plus.").format(n=SHORTEST))
    return given


def _first_key(file: Path) -> str:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if line.startswith("AGE-SECRET-KEY-")), "")
