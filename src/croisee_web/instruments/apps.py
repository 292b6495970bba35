"""The instruments slice, as Django knows it."""

from django.apps import AppConfig


class InstrumentsConfig(AppConfig):
    """Questionnaires and guides."""

    name = "croisee_web.instruments"
    label = "instruments"
