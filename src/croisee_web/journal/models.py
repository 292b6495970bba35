"""One entry an act; each holds the digest of the one before."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what, when. Details hold ids and counts, never words or names of people studied."""

    act = models.CharField(_("acte"), max_length=80)
    actor = models.CharField(_("par"), max_length=120)
    happened_at = models.DateTimeField(_("le"))
    details = models.JSONField(_("détails"), default=dict)
    previous = models.CharField(_("empreinte précédente"), max_length=64, unique=True)
    digest = models.CharField(_("empreinte"), max_length=64, unique=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"
