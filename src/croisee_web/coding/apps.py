"""The coding slice, as Django knows it."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Codes and excerpts."""

    name = "croisee_web.coding"
    label = "coding"

    def ready(self) -> None:
        """Say what leaves with somebody who withdraws, and what is held of her."""
        from croisee_web.coding.queries import told_of_participant  # noqa: PLC0415 -- needs models
        from croisee_web.coding.usecases import erase_participant  # noqa: PLC0415
        from croisee_web.people.rules import erase_on_withdrawal, tell_on_request  # noqa: PLC0415

        erase_on_withdrawal("coding", 20, erase_participant)
        tell_on_request("coding", 40, told_of_participant)
