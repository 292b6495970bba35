"""The disclosure slice, as Django knows it."""

from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    """Policy and sealed releases."""

    name = "croisee_web.disclosure"
    label = "disclosure"
