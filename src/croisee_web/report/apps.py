"""The report slice, as Django knows it."""

from django.apps import AppConfig


class ReportConfig(AppConfig):
    """Published reports."""

    name = "croisee_web.report"
    label = "report"
