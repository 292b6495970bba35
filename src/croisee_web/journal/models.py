"""One entry an act. The chain holds commitments; what they commit to can be erased."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what, when, in which study. Chained: never changed, never removed.

    ``commitment`` is the SHA-256 of a salt and of the details, which lie in
    :class:`EntryDetails`: erasing those leaves the chain whole.
    """

    act = models.CharField(_("acte"), max_length=80)
    actor = models.CharField(_("par"), max_length=120)
    study_id = models.PositiveBigIntegerField(_("étude"), null=True, db_index=True)
    happened_at = models.DateTimeField(_("le"))
    commitment = models.CharField(_("engagement"), max_length=64)
    previous = models.CharField(_("empreinte précédente"), max_length=64, unique=True)
    digest = models.CharField(_("empreinte"), max_length=64, unique=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.act}"


class EntryDetails(models.Model):
    """What an entry commits to: ids and counts, never words or names of people studied."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="details")
    salt = models.CharField(_("sel"), max_length=64)
    content = models.JSONField(_("détails"), default=dict)

    def __str__(self) -> str:
        return f"#{self.pk}"


class ChainHead(models.Model):
    """The one row that writers lock, so that two cannot follow the same entry."""

    digest = models.CharField(_("empreinte"), max_length=64)
    length = models.PositiveBigIntegerField(_("longueur"), default=0)

    def __str__(self) -> str:
        return f"{self.length} {self.digest[:12]}"
