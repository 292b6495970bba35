"""Carrying every row from the site's database to another one."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils.translation import gettext as _

from croisee_web.access.models import Account
from croisee_web.journal.usecases import record
from croisee_web.kit.errors import UseCaseError
from croisee_web.upkeep.rules import digests, load_rows, other_database, row_lines
from croisee_web.upkeep.vocabulary import SITE_MOVED


def move_site(*, to: dict[str, Any], actor: str, at: datetime) -> int:
    """Carry every row to an empty database, compare, and return how many there are.

    ``to`` is Django's settings for it. The files and keys stay where they are. The site is
    stopped meanwhile, and starts from the new database once its address is set.

    Raises:
        UseCaseError: the other database cannot be reached, holds a site, or differs once filled.
    """
    record(act=SITE_MOVED, actor=actor, at=at)
    with other_database(to) as using, tempfile.TemporaryDirectory(dir=settings.HOME) as made:
        rows = Path(made) / "lignes.jsonl"
        try:
            call_command("migrate", database=using, interactive=False, verbosity=0)
        except DatabaseError as unreachable:
            raise UseCaseError(
                _("L’autre base ne répond pas. Vérifiez l’adresse ; rien n’a été changé.")
            ) from unreachable
        if Account.objects.using(using).exists():
            raise UseCaseError(
                _("L’autre base contient déjà un site. Donnez une base vide ; rien n’a été changé.")
            )
        with rows.open("xb") as out:
            out.writelines(row_lines("default"))
        with rows.open("rb") as lines:
            expected = digests(lines)
        with rows.open("rb") as lines:
            load_rows(lines, using)
        if digests(row_lines(using)) != expected:
            raise UseCaseError(
                _("Les lignes portées diffèrent. Gardez la base d’avant : elle est intacte.")
            )
    return sum(count for count, _digest in expected.values())
