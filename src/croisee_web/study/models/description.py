"""What a study says of itself; the same words as the library's ``croisee.study``.

Texts have no longest length: a study folder gives them none. Forms bound what is typed.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

CODE = 80
"""The longest code of a study folder."""


class Study(models.Model):
    """A study. Its texts are in French, and in English where the team wrote some."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    title_fr = models.TextField(_("titre"))
    title_en = models.TextField(_("titre en anglais"), blank=True)
    question_fr = models.TextField(_("question de recherche"), blank=True)
    question_en = models.TextField(_("question en anglais"), blank=True)
    languages = models.JSONField(_("langues des documents"), default=list)
    timezone = models.CharField(_("fuseau horaire"), max_length=60, default="America/Toronto")
    team_fr = models.TextField(_("équipe"), blank=True)
    team_en = models.TextField(_("équipe, en anglais"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    address = models.TextField(_("adresse des résultats"), blank=True)
    release_code = models.CharField(_("diffusion préparée"), max_length=CODE, blank=True)
    release_arrest_on = models.DateField(_("date d’arrêt"), null=True, blank=True)
    release_editions = models.JSONField(_("éditions de la diffusion"), default=list)
    example = models.BooleanField(_("exemple"), default=False)
    """To look at and to practise on: everything in it is invented, and it can be removed."""
    version = models.PositiveIntegerField(_("version"), default=1)
    """Counts the changes: who edits an older one is told. The same in every table below."""
    created_at = models.DateTimeField(_("créée le"))
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.slug}"


class CodedPart(models.Model):
    """A part of a study that a code names for good, in the study's own order."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="%(class)ss")
    code = models.CharField(_("code"), max_length=CODE)
    position = models.PositiveIntegerField(_("rang"))
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="%(class)s_code_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Case(CodedPart):
    """One network studied, in the study's own order."""

    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)
    short_fr = models.TextField(_("nom court"))
    short_en = models.TextField(_("nom court en anglais"), blank=True)
    scale_fr = models.TextField(_("échelle"), blank=True)
    scale_en = models.TextField(_("échelle en anglais"), blank=True)
    territory_fr = models.TextField(_("territoire"), blank=True)
    territory_en = models.TextField(_("territoire en anglais"), blank=True)
    mission_fr = models.TextField(_("mission"), blank=True)
    mission_en = models.TextField(_("mission en anglais"), blank=True)
    unit_fr = models.TextField(_("un membre"), blank=True)
    unit_en = models.TextField(_("un membre, en anglais"), blank=True)
    units_fr = models.TextField(_("des membres"), blank=True)
    units_en = models.TextField(_("des membres, en anglais"), blank=True)
    individuals = models.BooleanField(_("les membres sont des personnes"), default=False)
    links = models.JSONField(_("réseaux liés"), default=list)


class Component(models.Model):
    """A part of a network with its own frame and no result of its own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="components")
    code = models.CharField(_("code"), max_length=CODE)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "code"], name="component_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Membership(models.Model):
    """How many members a network had, and who counted."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="memberships")
    position = models.PositiveIntegerField(_("rang"))
    year = models.IntegerField(_("année"))
    count = models.PositiveIntegerField(_("nombre de membres"))
    source = models.TextField(_("source"), blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"


class Edition(CodedPart):
    """One wave of collection."""

    name_fr = models.TextField(_("nom"), blank=True)
    name_en = models.TextField(_("nom en anglais"), blank=True)
    start = models.DateField(_("début"), null=True, blank=True)
    end = models.DateField(_("fin"), null=True, blank=True)


class Method(CodedPart):
    """A way of collecting, planned and counted in the activity table."""

    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)
    kind = models.CharField(_("genre"), max_length=20)
    """One of the library's ``MethodKind``."""
    subject = models.CharField(_("sujet"), max_length=20)


class Certificate(models.Model):
    """An ethics certificate: outside its dates, no collection."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="certificates")
    position = models.PositiveIntegerField(_("rang"))
    board = models.TextField(_("comité d’éthique"))
    number = models.TextField(_("numéro"))
    start = models.DateField(_("du"), null=True, blank=True)
    end = models.DateField(_("au"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk}"
