"""``croisee-web withdraw_publication ADRESSE``: take a report off the site."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from croisee_web.kit.errors import UseCaseError
from croisee_web.report.usecases import withdraw_publication


class Command(BaseCommand):
    """Withdraw one published report."""

    help = "Retire du site un rapport diffusé et en détruit les fichiers."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address and the name of the person who withdraws."""
        parser.add_argument("slug")
        parser.add_argument("--actor", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Withdraw, and say what is gone."""
        del args
        try:
            publication = withdraw_publication(
                slug=options["slug"], actor=options["actor"], at=timezone.now()
            )
        except UseCaseError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"/rapports/{publication.slug}/")
