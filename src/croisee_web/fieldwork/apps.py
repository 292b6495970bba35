"""The fieldwork slice, as Django knows it."""

from django.apps import AppConfig


class FieldworkConfig(AppConfig):
    """Sessions and what groups said."""

    name = "croisee_web.fieldwork"
    label = "fieldwork"
