"""The people slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """Participants and their consent."""

    name = "croisee_web.people"
    label = "people"

    def ready(self) -> None:
        """Let Django know the vault's table; add pages to the menu and what is to be done."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- models need the registry
        from croisee_web.kit.menu import add_to_menu, add_to_tabs  # noqa: PLC0415
        from croisee_web.people import vault  # noqa: F401, PLC0415
        from croisee_web.people.queries.reminders import reminders  # noqa: PLC0415
        from croisee_web.study.rules import add_reminders  # noqa: PLC0415

        add_reminders(reminders)

        add_to_menu("recueillir", 30, _("Participation"), "people:register", Verb.SEE_PARTICIPANTS)
        for order, label, address in (
            (30, _("Formulaires"), "people:consent-forms"),
            (40, _("Avis de collecte"), "people:notice"),
            (50, _("Registres"), "people:registers"),
            (60, _("Vie privée"), "people:assessments"),
            (70, _("Fin de conservation"), "people:ending"),
        ):
            add_to_tabs("ethique", order, label, address, Verb.EDIT_ETHICS)
