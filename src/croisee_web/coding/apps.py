"""The coding slice, as Django knows it."""

from django.apps import AppConfig


class CodingConfig(AppConfig):
    """Codes and excerpts."""

    name = "croisee_web.coding"
    label = "coding"
