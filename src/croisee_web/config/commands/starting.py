"""What ``croisee serve`` does before and while the site runs."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import threading
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management import call_command
from django.core.validators import validate_email
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.access.rules import write_first_steps
from croisee_web.access.usecases import first_administrator
from croisee_web.config.commands.site import DONE, TO_CORRECT, say
from croisee_web.config.serving import (
    answers,
    children_of,
    is_free,
    only_one,
    remove_leftovers,
    supervise,
)
from croisee_web.journal.usecases import record
from croisee_web.journal.vocabulary import SITE_STARTED
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.usecases import reapply_withdrawals
from croisee_web.study.models import Study

_TRY = "croisee-web demo"


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- a command is the edge


def serve(options: argparse.Namespace) -> int:
    """Prepare the base, say where to go, and keep both processes alive until told to stop."""
    if not is_free(options.host, options.port):
        say(
            _("Le port %(port)s est déjà pris. Choisissez-en un autre : croisee serve --port %(n)s")
            % {"port": options.port, "n": options.port + 1},
            error=True,
        )
        return TO_CORRECT
    with only_one(Path(settings.HOME)):
        if not prepare():
            return TO_CORRECT
        if options.admin and not Account.objects.exists():
            _first_in_the_terminal(options.admin)
        first = "" if Account.objects.exists() else write_first_steps()
        reapply_withdrawals(at=_now())
        record(act=SITE_STARTED, actor="console", at=_now())
        if not Study.objects.exists():
            options.then_say = [_("Pour essayer avec une étude inventée : {}").format(_TRY)]
        connections.close_all()
        return keep_up(options, first)


def prepare() -> bool:
    """Bring the base up to date, saying so; return whether it could be reached."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, ImproperlyConfigured) as unreachable:
        say(
            _("La base ne répond pas (%(kind)s). Vérifiez DATABASE_URL, puis relancez.")
            % {"kind": type(unreachable).__name__},
            error=True,
        )
        return False
    if missing:
        say(
            ngettext(
                "Mise en place de la base : %(n)s étape…",
                "Mise en place de la base : %(n)s étapes…",
                len(missing),
            )
            % {"n": len(missing)}
        )
        call_command("migrate", interactive=False, verbosity=0, stdout=StringIO())
    return True


def keep_up(options: argparse.Namespace, first: str, *, seconds: float = 0) -> int:
    """Run both processes; say where to go once the web one answers. ``seconds``: then stop."""
    remove_leftovers(at=_now())
    stop, said = threading.Event(), threading.Event()
    children = children_of(options.host, options.port)

    def told(name: str, pause: float) -> None:
        if not stop.is_set():
            say(
                _("Le processus « %(name)s » s’est arrêté ; il repart dans %(n)d s.")
                % {"name": name, "n": round(pause)},
                error=True,
            )

    def each_turn() -> None:
        if not said.is_set() and answers(options.host, options.port):
            said.set()
            _say_where(options, first, seconds)
            if seconds:
                timer = threading.Timer(seconds, stop.set)
                timer.daemon = True  # stopped before, the command does not wait for it
                timer.start()

    supervise(children, stop=stop, told=told, each_turn=each_turn)
    say(_("Le site est arrêté. Rien n’est perdu."))
    return DONE


def address_of(options: argparse.Namespace) -> str:
    """Return the address to open, in the language of the terminal."""
    shown = "localhost" if options.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else options.host  # noqa: S104 -- read, not bound
    english = "/en" if (get_language() or "fr").startswith("en") else ""
    return f"http://{shown}:{options.port}{english}"


def _say_where(options: argparse.Namespace, first: str, seconds: float) -> None:
    address = address_of(options)
    say(_("Croisée est prêt : %(address)s/") % {"address": address})
    if first:
        say(
            _("Première fois ici. Ouvrez votre compte (ce lien sert une fois) :")
            + f"\n  {address}/premier-pas/{first}/"
        )
    for line in getattr(options, "then_say", ()):
        say(line)
    if seconds:
        say(
            ngettext(
                "Personne n’est au clavier : le site s’arrête de lui-même après %(n)d seconde. "
                "Pour le garder ouvert, relancez la commande dans un terminal.",
                "Personne n’est au clavier : le site s’arrête de lui-même après %(n)d secondes. "
                "Pour le garder ouvert, relancez la commande dans un terminal.",
                round(seconds),
            )
            % {"n": round(seconds)}
        )
    say(_("Pour arrêter : Ctrl-C."))


def _first_in_the_terminal(email: str) -> None:
    """Open the administrator's account by asking here.

    Raises:
        UseCaseError: nobody can answer, the address is not one, or the password is too weak.
    """
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise UseCaseError(_("Cette adresse de courriel n’est pas complète.")) from wrong
    given = os.environ.get("CROISEE_ADMIN_PASSWORD", "")
    if not given and not sys.stdin.isatty():
        raise UseCaseError(
            _("Personne ne peut répondre ici. Relancez sans --admin : un lien ouvrira le compte.")
        )
    name = "" if given else input(_("Votre nom : "))
    password = given or getpass.getpass(_("Mot de passe (12 caractères ou plus) : "))
    first_administrator(
        email=email,
        name=name or email.split("@", maxsplit=1)[0],
        password=password,
        at=_now(),
        language=get_language() or "fr",
    )
    say(_("Compte ouvert : %(email)s") % {"email": email})
