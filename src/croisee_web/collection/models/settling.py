"""What the team decides of filled forms that were flagged."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.collection.models.answers import RandomKey, Submission
from croisee_web.collection.vocabulary import Decision


class Settlement(models.Model):
    """What somebody decided of a filled form to look at. Undone, it leaves the form as it was.

    ``before``: its flags, its state and its answers as they were, for undoing; ``received``: the
    filled form as it came, where it was corrected, b"" elsewhere. It bears no day: the journal
    says when, not of which answer where answers are anonymous.
    """

    id = RandomKey()
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="settled")
    decision = models.CharField(_("décision"), max_length=12, choices=Decision.choices)
    reason = models.CharField(_("raison"), max_length=500, blank=True)
    decided_by = models.CharField(_("décidé par"), max_length=120)
    before = models.JSONField(_("avant"), default=dict)
    received = models.BinaryField(_("formulaire reçu"), default=b"")

    def __str__(self) -> str:
        return f"#{self.pk} {self.decision}"
