"""``export_study``: write a study as a study folder, from the terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from croisee.studyfolder import StudyExists
from croisee_web.access.models import Account
from croisee_web.exchange.usecases import export_folder
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import Study


class Command(BaseCommand):
    """Export a study; the account given must be allowed to."""

    help = "Exporter une étude en dossier d’étude. Réservé à l’équipe : il contient sa clé."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the study's address, the folder to write, and who asks."""
        parser.add_argument("study")
        parser.add_argument("folder", type=Path)
        parser.add_argument("--by", required=True, help="adresse de la personne qui exporte")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the folder, complete or not at all."""
        del args
        actor = Account.objects.filter(email__iexact=options["by"]).first()
        study = Study.objects.filter(slug=options["study"]).first()
        if actor is None or study is None:
            raise CommandError("Cette étude ou ce compte n’est pas sur ce site.")
        try:
            export_folder(study_id=study.pk, out=options["folder"], actor=actor, at=timezone.now())
        except StudyExists as refused:
            raise CommandError(refused.message.to("fr")) from refused
        except UseCaseError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Dossier écrit : {options['folder']}")
