"""The report slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportConfig(AppConfig):
    """Published reports."""

    name = "croisee_web.report"
    label = "report"

    def ready(self) -> None:
        """Say what leaves with somebody who withdraws; add the results to the menu."""
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- needs models
        from croisee_web.kit.menu import add_to_menu  # noqa: PLC0415
        from croisee_web.people.rules import destroy_at_end, erase_on_withdrawal  # noqa: PLC0415
        from croisee_web.report.queries.reminders import reminders  # noqa: PLC0415
        from croisee_web.report.usecases import (  # noqa: PLC0415
            erase_participant,
            erase_results,
        )
        from croisee_web.report.usecases.ending import (  # noqa: PLC0415
            destroy_quotes,
            destroy_results,
        )
        from croisee_web.study.rules import add_reminders  # noqa: PLC0415

        add_reminders(reminders)
        destroy_at_end("report", destroy_quotes)
        destroy_at_end("results", destroy_results)
        erase_on_withdrawal("report", 10, erase_participant)
        erase_on_withdrawal("results", 90, erase_results)
        add_to_menu("rendre", 10, _("Résultats"), "report:results", Verb.READ_RESULTS)
        add_to_menu("rendre", 15, _("Constats"), "report:findings", Verb.READ_RESULTS)
        add_to_menu(
            "rendre", 20, _("Résultats par réseau"), "report:networks", Verb.READ_NETWORK_RESULTS
        )
        add_to_menu("rendre", 30, _("Après le sceau"), "report:after-seal", Verb.SEAL)
