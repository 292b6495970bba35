"""The collection slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectionConfig(AppConfig):
    """Answers."""

    name = "croisee_web.collection"
    label = "collection"

    def ready(self) -> None:
        """Say what leaves with somebody who withdraws, what is held of her; count what came in.

        Add the pages to the menu, and what a collection asks of its team today.
        """
        from croisee_web.access.vocabulary import Verb  # noqa: PLC0415 -- needs models
        from croisee_web.collection.queries import (  # noqa: PLC0415 -- needs models
            answered,
            editions_asked,
            received_of,
            told_of_participant,
        )
        from croisee_web.collection.queries.reminders import reminders  # noqa: PLC0415
        from croisee_web.collection.usecases import (  # noqa: PLC0415
            destroy_answers,
            erase_participant,
        )
        from croisee_web.collection.usecases.bringing import (  # noqa: PLC0415
            destroy_brought,
            erase_brought,
        )
        from croisee_web.collection.usecases.intake.removing import (  # noqa: PLC0415
            reapply_receipts,
        )
        from croisee_web.collection.views.previewing import draw, turn  # noqa: PLC0415
        from croisee_web.instruments.http import previews_are_drawn_by  # noqa: PLC0415
        from croisee_web.instruments.rules import (  # noqa: PLC0415
            answers_are_counted_by,
            editions_are_told_by,
        )
        from croisee_web.kit.menu import add_to_menu  # noqa: PLC0415
        from croisee_web.people.rules import (  # noqa: PLC0415
            destroy_at_end,
            erase_on_withdrawal,
            reapply_from_ledger,
            tell_on_request,
        )
        from croisee_web.study.rules import add_reminders  # noqa: PLC0415
        from croisee_web.study.rules.collected import count_received_by  # noqa: PLC0415

        erase_on_withdrawal("collection", 50, erase_participant)
        erase_on_withdrawal("collection.bringing", 55, erase_brought)
        destroy_at_end("collection", destroy_answers)
        destroy_at_end("collection.bringing", destroy_brought)
        reapply_from_ledger("collection.receipts", reapply_receipts)
        tell_on_request("collection", 10, told_of_participant)
        count_received_by(received_of)
        answers_are_counted_by(answered)
        add_reminders(reminders)
        add_to_menu("recueillir", 5, _("Collecte"), "collection:list", Verb.SEE_STUDY)
        editions_are_told_by(editions_asked)
        previews_are_drawn_by(draw, turn)
