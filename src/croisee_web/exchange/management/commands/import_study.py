"""``import_study``: make a study of a study folder, from the terminal."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from croisee.language import Phrase
from croisee.run.listing import problem_lines
from croisee.studyfolder import StudyFolder, left_in_the_folder
from croisee_web.access.models import Account
from croisee_web.exchange.usecases import FolderRefused, import_folder
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.models import Study


class Command(BaseCommand):
    """Import a study folder; its lead is the account given."""

    help = "Importer un dossier d’étude."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder and who will lead the study."""
        parser.add_argument("folder", type=Path)
        parser.add_argument("--lead", required=True, help="adresse de la personne responsable")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import, or say everything there is to correct."""
        del args
        actor = Account.objects.filter(email__iexact=options["lead"]).first()
        if actor is None:
            raise CommandError(f"Aucun compte à cette adresse : {options['lead']}")
        try:
            study = import_folder(
                folder=options["folder"],
                actor=actor,
                at=timezone.now(),
                progress=self._say,
                also=self._not_kept,
            )
        except FolderRefused as refused:
            for line in problem_lines(refused.problems, "fr"):
                self.stderr.write(line)
            raise CommandError(str(refused)) from refused
        except UseCaseError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Étude importée : /etudes/{study.slug}/")

    def _not_kept(self, study: Study, read: StudyFolder) -> None:
        del study
        for line in problem_lines(
            left_in_the_folder(read.openings, read.cuts, read.log_keys, read.deposit), "fr"
        ):
            self.stdout.write(line)

    def _say(self, step: Phrase) -> None:
        self.stdout.write(f"{step.to('fr')}…")
