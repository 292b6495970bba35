"""The codebook of the verbatims, its uses, and the passages chosen as quotes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from croisee_web.corpus.models import Turn
from croisee_web.study.models import Study


class Code(models.Model):
    """A label of the codebook, under another one or at the top."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="codes")
    code = models.CharField(_("code"), max_length=80)
    position = models.PositiveIntegerField(_("rang"))
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, blank=True
    )
    label_fr = models.TextField(_("libellé"))
    label_en = models.TextField(_("libellé en anglais"), blank=True)
    definition_fr = models.TextField(_("définition"), blank=True)
    definition_en = models.TextField(_("définition en anglais"), blank=True)
    kind = models.TextField(_("genre"))
    sensitive = models.BooleanField(_("sensible"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="code_once"),
            models.CheckConstraint(name="code_not_its_own_parent", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Coding(models.Model):
    """A code on a passage: characters ``start`` to ``end`` of a turn."""

    code = models.ForeignKey(Code, models.CASCADE, related_name="codings")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="codings")
    start = models.PositiveIntegerField(_("début"))
    end = models.PositiveIntegerField(_("fin"))
    coder = models.TextField(_("par"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="coding_has_characters", condition=Q(start__lt=F("end")))
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Excerpt(models.Model):
    """A passage chosen to be quoted. ``key`` is its authors' name for it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="excerpts")
    key = models.CharField(_("extrait"), max_length=80)
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="excerpts")
    start = models.PositiveIntegerField(_("début"))
    end = models.PositiveIntegerField(_("fin"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "key"], name="excerpt_key_once"),
            models.CheckConstraint(name="excerpt_has_characters", condition=Q(start__lt=F("end"))),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"
