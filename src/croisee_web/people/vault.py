"""The vault: what links a participant's code to a person. No foreign key leads here.

Only the people slice imports this module; no ORM path can reach a name.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedIdentity(models.Model):
    """A person's name and contacts, encrypted with a key of her own, kept outside the database.

    Destroying the key destroys what it seals, in every backup.
    """

    study_id = models.PositiveBigIntegerField(_("étude"))
    participant = models.CharField(_("code"), max_length=60)
    sealed = models.BinaryField(_("contenu chiffré"))
    sealed_at = models.DateTimeField(_("déposé le"))

    class Meta:
        app_label = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["study_id", "participant"], name="identity_once_a_participant"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
