"""``migrate``: Django's own, quick on a base where there is nothing yet."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate

from croisee_web.kit.tables import make_tables

_IN_PART = (
    "app_label",
    "migration_name",
    "fake",
    "fake_initial",
    "plan",
    "check_unapplied",
    "prune",
)


class Command(migrate.Command):
    """Make an empty base's tables at once; migrate any other."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Do as Django does, whatever part of it is asked for."""
        if any(options.get(one) for one in _IN_PART) or not make_tables(options["database"]):
            super().handle(*args, **options)
