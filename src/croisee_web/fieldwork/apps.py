"""The fieldwork slice, as Django knows it."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Sessions and what groups said."""

    name = "croisee_web.fieldwork"
    label = "fieldwork"

    def ready(self) -> None:
        """Say what leaves with somebody who withdraws, what is held of her; count the sessions."""
        from croisee_web.fieldwork.queries import (  # noqa: PLC0415 -- needs models
            received_of,
            told_of_participant,
        )
        from croisee_web.fieldwork.usecases import erase_participant  # noqa: PLC0415
        from croisee_web.people.rules import erase_on_withdrawal, tell_on_request  # noqa: PLC0415
        from croisee_web.study.rules.collected import count_received_by  # noqa: PLC0415

        erase_on_withdrawal("fieldwork", 40, erase_participant)
        tell_on_request("fieldwork", 20, told_of_participant)
        count_received_by(received_of)
