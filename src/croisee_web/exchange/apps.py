"""The exchange slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Study folders in and out."""

    name = "croisee_web.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Add the export to the menu; say what leaves with somebody who withdraws."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- needs models
        from croisee_web.exchange.usecases import erase_exports  # noqa: PLC0415
        from croisee_web.kit.menu import add_to_menu  # noqa: PLC0415
        from croisee_web.people.rules import erase_on_withdrawal  # noqa: PLC0415

        add_to_menu("preparer", 90, _("Exporter l’étude"), "exchange:export", Verb.EXCHANGE)
        erase_on_withdrawal("exports", 95, erase_exports)
