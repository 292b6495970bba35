"""Files of answers that somebody brings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.access.models import Account
from croisee_web.collection.models.answers import Collecting
from croisee_web.collection.vocabulary import BringingState


class Bringing(models.Model):
    """A file of answers that somebody brings. The file is removed once it is received, or dropped.

    ``told`` is what reading it found; it may quote a cell, so only who may read answers
    reads it, and it is emptied when they are received. ``account``: who brought it, then who
    had it received. ``report`` counts what became of the rows, and how
    far receiving went. ``folder`` is where the file lies, "" once it is removed.
    """

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="bringings")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    name = models.CharField(_("fichier"), max_length=120)
    folder = models.CharField(_("dossier"), max_length=40, blank=True)
    source = models.CharField(_("format"), max_length=12, blank=True)
    """One of the library's ``Source``, "" until it is recognised."""
    case = models.CharField(_("réseau"), max_length=80, blank=True)
    """The code of the network of the rows that say none."""
    state = models.CharField(_("état"), max_length=12, choices=BringingState.choices)
    job_id = models.PositiveBigIntegerField(_("travail"), null=True)
    told = models.JSONField(_("ce qui est lu"), default=dict)
    report = models.JSONField(_("ce qui est reçu"), default=dict)
    sent_at = models.DateTimeField(_("apporté le"))

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
