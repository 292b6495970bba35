"""The people slice, as Django knows it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Participants and their consent."""

    name = "croisee_web.people"
    label = "people"

    def ready(self) -> None:
        """Let Django know the vault's table."""
        from croisee_web.people import vault  # noqa: F401, PLC0415 -- models need the registry
