"""The access slice, as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Accounts and what they may do."""

    name = "croisee_web.access"
    label = "access"
