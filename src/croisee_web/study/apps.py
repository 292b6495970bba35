"""The study slice, as Django knows it."""

from django.apps import AppConfig


class StudyConfig(AppConfig):
    """Studies and their networks."""

    name = "croisee_web.study"
    label = "study"
