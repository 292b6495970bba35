"""``croisee-web bounces FICHIER…``: note the addresses whose letters came back."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from croisee_web.collection.rules.bounces import LARGEST, mails_in
from croisee_web.collection.usecases.bounced import note_bounces
from croisee_web.people.vocabulary import SITE


class Command(BaseCommand):
    """Read mails that came back."""

    help = (
        "Note les adresses que des invitations n’ont pas atteintes : Maildir, mbox, .eml ou « - »."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take folders and files of mails; ``-`` reads one mail from the standard input."""
        parser.add_argument("files", nargs="+")
        parser.add_argument("--actor", default=SITE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them all; say how many addresses were noted, never which."""
        del args
        for name in options["files"]:
            if name != "-" and not Path(name).exists():
                raise CommandError(_("Il n’y a rien à cet endroit : %(name)s") % {"name": name})
        told = note_bounces(mails=_all(options["files"]), actor=options["actor"], at=timezone.now())
        said = _("Courriels lus : %(read)s. Retours : %(bounces)s. Adresses notées : %(noted)s.")
        numbers = {"read": told.read, "bounces": told.bounces, "noted": told.noted}
        self.stdout.write(said % numbers)


def _all(names: list[str]) -> Iterator[bytes]:
    for name in names:
        if name == "-":
            yield sys.stdin.buffer.read(LARGEST)
        else:
            yield from mails_in(Path(name))
