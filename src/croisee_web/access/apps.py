"""The access slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    """Accounts and what they may do."""

    name = "croisee_web.access"
    label = "access"

    def ready(self) -> None:
        """Add the team's page to the menu."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- models need the registry
        from croisee_web.kit.menu import add_to_menu  # noqa: PLC0415

        add_to_menu("preparer", 90, _("Équipe et accès"), "access:team", Verb.MANAGE_ACCESS)
