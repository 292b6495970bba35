"""The journal, as Django knows it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Append-only record of acts."""

    name = "croisee_web.journal"
    label = "journal"
