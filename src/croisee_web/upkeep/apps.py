"""The upkeep slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from croisee_web.kit.menu import add_to_menu


class UpkeepConfig(AppConfig):
    """The site's upkeep."""

    name = "croisee_web.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        """Put a study's journal in its menu."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- needs the registry

        add_to_menu("preparer", 90, _("Qui a fait quoi"), "upkeep:journal", Verb.READ_JOURNAL)
