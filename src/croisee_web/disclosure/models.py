"""What leaves a study: thresholds, the decisions that lift them, what was sealed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.disclosure.vocabulary import AmendmentAct, AmendmentState, WaiverKind
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


class Amendment(models.Model):
    """A named decision on a sealed release, from its trial to what it changed.

    ``about`` lists keys; ``proposal`` says what would change, in released values only, and goes
    when somebody withdraws before the decision: it was computed with her. ``mark`` is the digest
    of what was tried: nothing else is adopted. ``message``: why it was refused, in each language.
    ``keys`` and ``codes``: what was changed in the end, and how it is printed.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="amendments")
    release_code = models.CharField(_("diffusion"), max_length=80)
    act = models.CharField(_("acte"), max_length=10, choices=AmendmentAct.choices)
    about = models.JSONField(_("objets"), default=list)
    reason = models.TextField(_("motif"))
    decided_by = models.TextField(_("par"))
    state = models.CharField(_("état"), max_length=10, choices=AmendmentState.choices)
    job_id = models.PositiveBigIntegerField(_("travail"), null=True)
    proposal = models.JSONField(_("ce qui changerait"), default=dict)
    mark = models.CharField(_("empreinte"), max_length=64, blank=True)
    message = models.JSONField(_("message"), default=dict)
    keys = models.JSONField(_("clés"), default=list)
    codes = models.JSONField(_("codes"), default=list)
    asked_at = models.DateTimeField(_("demandé le"))
    decided_at = models.DateTimeField(_("décidé le"), null=True)
    done_at = models.DateTimeField(_("fait le"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="amendment_act_known", condition=Q(act__in=AmendmentAct.values)
            ),
            models.CheckConstraint(
                name="amendment_is_named", condition=~Q(decided_by="") & ~Q(reason="")
            ),
            models.CheckConstraint(
                name="amendment_done_was_decided",
                condition=~Q(state=AmendmentState.DONE) | Q(decided_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["study"],
                condition=Q(
                    state__in=[
                        AmendmentState.TRYING, AmendmentState.READY, AmendmentState.DECIDED,
                    ]
                ),
                name="amendment_one_at_a_time",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk} {self.act} {self.state}"
