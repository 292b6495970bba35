"""The instruments slice, as Django knows it."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Questionnaires and guides."""

    name = "croisee_web.instruments"
    label = "instruments"

    def ready(self) -> None:
        """Put the instruments in the ethics dossier."""
        from croisee_web.instruments.queries import dossier_files  # noqa: PLC0415 -- needs models
        from croisee_web.people.rules import add_to_dossier  # noqa: PLC0415

        add_to_dossier("instruments", dossier_files)
