"""The jobs slice, as Django knows it."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Long work and its progress."""

    name = "croisee_web.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every slice register what its ``jobs.py`` declares."""
        autodiscover_modules("jobs")
