"""The analysis slice, as Django knows it."""

from django.apps import AppConfig


class AnalysisConfig(AppConfig):
    """Freezes and runs."""

    name = "croisee_web.analysis"
    label = "analysis"
