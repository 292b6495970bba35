"""The kit, as Django knows it."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """Templates, filters and middleware used by every slice."""

    name = "croisee_web.kit"
    label = "kit"
