"""The disclosure slice, as Django knows it."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Policy and sealed releases."""

    name = "croisee_web.disclosure"
    label = "disclosure"

    def ready(self) -> None:
        """Say how participation may be told outside the team, and what a seal counts."""
        from croisee_web.collection.rules.openness import sealed_by  # noqa: PLC0415 -- needs models
        from croisee_web.disclosure.queries import (  # noqa: PLC0415
            participation_band,
            sealed_release,
        )
        from croisee_web.study.rules.collected import (  # noqa: PLC0415
            participation_is_protected_by,
        )

        participation_is_protected_by(participation_band)
        sealed_by(sealed_release)
