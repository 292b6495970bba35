"""``croisee-web name_administrator ADRESSE``: when nobody who administers the site can sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from croisee_web.access.usecases import name_from_console
from croisee_web.kit.errors import UseCaseError


class Command(BaseCommand):
    """Have an account administer the site; everyone who does is told by mail."""

    help = "Nomme un compte à l’administration du site ; le journal le garde."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the account's address."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Name, and say who."""
        del args
        try:
            name_from_console(email=options["email"], actor="console", at=timezone.now())
        except UseCaseError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(options["email"])
