"""A finished run's public view, as it was published."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.report.vocabulary import PublicationState


class Publication(models.Model):
    """One release shown on the site. The files are a copy, in a folder named by ``slug``."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    release_code = models.SlugField(_("diffusion"), max_length=40, unique=True)
    title_fr = models.CharField(_("titre"), max_length=300)
    title_en = models.CharField(_("titre anglais"), max_length=300, blank=True)
    arrested_on = models.DateField(_("chiffres arrêtés le"))
    published_at = models.DateTimeField(_("diffusé le"))
    state = models.CharField(
        _("état"),
        max_length=20,
        choices=PublicationState.choices,
        default=PublicationState.PUBLIC,
    )

    def __str__(self) -> str:
        return f"#{self.pk} {self.release_code}"
