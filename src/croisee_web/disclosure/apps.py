"""The disclosure slice, as Django knows it."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Policy and sealed releases."""

    name = "croisee_web.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Say how participation may be told outside the team."""
        from croisee_web.disclosure.queries import participation_band  # noqa: PLC0415 -- needs models
        from croisee_web.study.rules.collected import (  # noqa: PLC0415
            participation_is_protected_by,
        )

        participation_is_protected_by(participation_band)
