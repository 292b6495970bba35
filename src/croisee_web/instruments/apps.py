"""The instruments slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstrumentsConfig(AppConfig):
    """Questionnaires and guides."""

    name = "croisee_web.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Put the instruments in the ethics dossier, and the pages in the menu."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- needs models
        from croisee_web.instruments.queries import dossier_files  # noqa: PLC0415
        from croisee_web.kit.menu import add_to_menu  # noqa: PLC0415
        from croisee_web.people.rules import add_to_dossier  # noqa: PLC0415

        add_to_dossier("instruments", dossier_files)
        add_to_menu("preparer", 30, _("Instruments"), "instruments:list", Verb.EDIT_STUDY)
