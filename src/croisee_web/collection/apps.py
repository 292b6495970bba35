"""The collection slice, as Django knows it."""

from django.apps import AppConfig


class CollectionConfig(AppConfig):
    """Answers."""

    name = "croisee_web.collection"
    label = "collection"
