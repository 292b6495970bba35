"""The exchange slice, as Django knows it."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """Study folders in and out."""

    name = "croisee_web.exchange"
    label = "exchange"
