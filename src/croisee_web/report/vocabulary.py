"""Words of the report slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationState(models.TextChoices):
    """Where a publication stands."""

    PUBLIC = "public", _("diffusé")
    WITHDRAWN = "withdrawn", _("retiré")
