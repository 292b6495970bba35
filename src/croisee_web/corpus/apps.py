"""The corpus slice, as Django knows it."""

from django.apps import AppConfig


class CorpusConfig(AppConfig):
    """Verbatims."""

    name = "croisee_web.corpus"
    label = "corpus"
