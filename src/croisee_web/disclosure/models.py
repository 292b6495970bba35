"""What leaves a study: thresholds, the decisions that lift them, what was sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.disclosure.vocabulary import WaiverKind
from croisee_web.study.models import Study


class Policy(models.Model):
    """A study's thresholds (``docs/methods/divulgation.md`` §8). No row: the usual ones."""

    study = models.OneToOneField(Study, models.CASCADE, related_name="policy")
    t = models.PositiveIntegerField(_("seuil"), default=5)
    t_sensitive = models.PositiveIntegerField(_("seuil sensible"), default=10)
    t_organisation_circle = models.PositiveIntegerField(_("seuil, cercle"), default=3)
    t_organisation_public = models.PositiveIntegerField(_("seuil, public"), default=5)
    base_min = models.PositiveIntegerField(_("base minimale"), default=10)
    base_cross = models.PositiveIntegerField(_("base d’un croisement"), default=30)
    quotes_min = models.PositiveIntegerField(_("citations, au moins"), default=5)
    quotes_max = models.PositiveIntegerField(_("citations, au plus"), default=3)
    cover = models.PositiveIntegerField(_("couverture"), default=4)
    withdrawal_window_days = models.PositiveIntegerField(_("fenêtre de retrait"), default=30)
    stability = models.CharField(_("stabilité"), max_length=20, default="arretee")
    method = models.CharField(_("méthode"), max_length=40, default="exact-ou-plus-large")
    participation = models.CharField(_("participation"), max_length=20, default="exacte")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="policy_thresholds_from_one",
                condition=Q(t__gte=1, t_sensitive__gte=1, base_min__gte=1, quotes_max__gte=1),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Waiver(models.Model):
    """A named decision that lifts a rule for one thing, or a written agreement for one cell."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="waivers")
    kind = models.CharField(_("genre"), max_length=20, choices=WaiverKind.choices)
    position = models.PositiveIntegerField(_("rang"))
    about = models.TextField(_("objet"))
    reason = models.TextField(_("motif"), blank=True)
    decided_by = models.TextField(_("par"))
    decided_on = models.DateField(_("le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "kind", "position"], name="waiver_place_once"),
            models.CheckConstraint(name="waiver_is_named", condition=~Q(decided_by="")),
            models.CheckConstraint(
                name="waiver_has_a_reason",
                condition=Q(kind=WaiverKind.AGREEMENT) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class SealedRelease(models.Model):
    """A release arrested once; the register of STUDIES_ROOT holds what it says."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="sealed_releases")
    code = models.CharField(_("diffusion"), max_length=80)
    arrested_on = models.DateField(_("chiffres arrêtés le"))
    sealed_at = models.DateTimeField(_("scellé le"))
    sealed_by = models.TextField(_("par"))
    dataset_mac = models.CharField(_("empreinte à clé des données"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="release_sealed_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
