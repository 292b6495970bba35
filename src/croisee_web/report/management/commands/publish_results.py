"""``croisee-web publish_results DOSSIER``: show a finished run to everybody."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from croisee_web.kit.errors import UseCaseError
from croisee_web.report.usecases import publish_results


class Command(BaseCommand):
    """Publish the public view of one results folder."""

    help = "Diffuse la vue publique d’un dossier de résultats scellé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and the name of the person who publishes."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--actor", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Publish, and say at which address."""
        del args
        try:
            publication = publish_results(
                folder=options["folder"], actor=options["actor"], at=timezone.now()
            )
        except UseCaseError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"/rapports/{publication.slug}/")
