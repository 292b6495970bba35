"""What a study says of itself; the same words as the library's ``croisee.study``."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Study(models.Model):
    """A study. Its texts are in French, and in English where the team wrote some."""

    slug = models.SlugField(_("adresse"), max_length=80, unique=True)
    title_fr = models.CharField(_("titre"), max_length=300)
    title_en = models.CharField(_("titre en anglais"), max_length=300, blank=True)
    question_fr = models.TextField(_("question de recherche"), blank=True)
    question_en = models.TextField(_("question en anglais"), blank=True)
    languages = models.JSONField(_("langues des documents"), default=list)
    timezone = models.CharField(_("fuseau horaire"), max_length=60, default="America/Toronto")
    team_fr = models.CharField(_("équipe"), max_length=300, blank=True)
    team_en = models.CharField(_("équipe, en anglais"), max_length=300, blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    address = models.URLField(_("adresse des résultats"), blank=True)
    release_code = models.CharField(_("diffusion préparée"), max_length=40, blank=True)
    release_arrest_on = models.DateField(_("date d’arrêt"), null=True, blank=True)
    release_editions = models.JSONField(_("éditions de la diffusion"), default=list)
    version = models.PositiveIntegerField(_("version"), default=1)
    """Counts the changes: who edits an older one is told."""
    created_at = models.DateTimeField(_("créée le"))
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.slug}"


class Case(models.Model):
    """One network studied, in the study's own order."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="cases")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.CharField(_("nom"), max_length=300)
    name_en = models.CharField(_("nom en anglais"), max_length=300, blank=True)
    short_fr = models.CharField(_("nom court"), max_length=120)
    short_en = models.CharField(_("nom court en anglais"), max_length=120, blank=True)
    scale_fr = models.CharField(_("échelle"), max_length=120, blank=True)
    scale_en = models.CharField(_("échelle en anglais"), max_length=120, blank=True)
    territory_fr = models.CharField(_("territoire"), max_length=200, blank=True)
    territory_en = models.CharField(_("territoire en anglais"), max_length=200, blank=True)
    mission_fr = models.TextField(_("mission"), blank=True)
    mission_en = models.TextField(_("mission en anglais"), blank=True)
    unit_fr = models.CharField(_("un membre"), max_length=120, blank=True)
    unit_en = models.CharField(_("un membre, en anglais"), max_length=120, blank=True)
    units_fr = models.CharField(_("des membres"), max_length=120, blank=True)
    units_en = models.CharField(_("des membres, en anglais"), max_length=120, blank=True)
    individuals = models.BooleanField(_("les membres sont des personnes"), default=False)
    links = models.JSONField(_("réseaux liés"), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="case_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Component(models.Model):
    """A part of a network with its own frame and no result of its own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="components")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.CharField(_("nom"), max_length=300)
    name_en = models.CharField(_("nom en anglais"), max_length=300, blank=True)

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
    source = models.CharField(_("source"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.year}"


class Edition(models.Model):
    """One wave of collection."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="editions")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.CharField(_("nom"), max_length=200)
    name_en = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    start = models.DateField(_("début"), null=True, blank=True)
    end = models.DateField(_("fin"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="edition_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Method(models.Model):
    """A way of collecting, planned and counted in the activity table."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="methods")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.CharField(_("nom"), max_length=200)
    name_en = models.CharField(_("nom en anglais"), max_length=200, blank=True)
    kind = models.CharField(_("genre"), max_length=20)
    """One of the library's ``MethodKind``."""
    subject = models.CharField(_("sujet"), max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="method_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Organisation(models.Model):
    """A member of a network in an edition: one line of its sampling frame.

    ``edition`` is a code, "" for all. ``name`` is the organisation's public name.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="organisations")
    case = models.ForeignKey(Case, models.CASCADE, related_name="organisations")
    component = models.CharField(_("composante"), max_length=60, blank=True)
    edition = models.CharField(_("édition"), max_length=60, blank=True)
    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("nom"), max_length=300, blank=True)
    region = models.CharField(_("région"), max_length=120, blank=True)
    type = models.CharField(_("type"), max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "edition", "code"], name="organisation_once_a_frame"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class FrameSize(models.Model):
    """The size of a frame of which there is no list. Codes, "" where it is for all."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="frame_sizes")
    case = models.ForeignKey(Case, models.CASCADE, related_name="frame_sizes")
    component = models.CharField(_("composante"), max_length=60, blank=True)
    edition = models.CharField(_("édition"), max_length=60, blank=True)
    instrument = models.CharField(_("instrument"), max_length=60, blank=True)
    size = models.PositiveIntegerField(_("taille"))
    source = models.CharField(_("source"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.size}"


class Activity(models.Model):
    """A method in a network and an edition: planned, done, and where it stands."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="activities")
    method = models.ForeignKey(Method, models.CASCADE, related_name="activities")
    case = models.ForeignKey(Case, models.CASCADE, related_name="activities")
    component = models.CharField(_("composante"), max_length=60, blank=True)
    edition = models.CharField(_("édition"), max_length=60, blank=True)
    planned = models.PositiveIntegerField(_("prévu"), null=True, blank=True)
    done = models.PositiveIntegerField(_("fait"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=20)
    """One of the library's ``ActivityState``."""
    unit_fr = models.CharField(_("unité"), max_length=120, blank=True)
    unit_en = models.CharField(_("unité en anglais"), max_length=120, blank=True)
    reason_fr = models.CharField(_("motif"), max_length=300, blank=True)
    reason_en = models.CharField(_("motif en anglais"), max_length=300, blank=True)
    start = models.CharField(_("début"), max_length=10, blank=True)
    end = models.CharField(_("fin"), max_length=10, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class Certificate(models.Model):
    """An ethics certificate: outside its dates, no collection."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="certificates")
    position = models.PositiveIntegerField(_("rang"))
    board = models.CharField(_("comité d’éthique"), max_length=300)
    number = models.CharField(_("numéro"), max_length=120)
    start = models.DateField(_("du"), null=True, blank=True)
    end = models.DateField(_("au"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class Milestone(models.Model):
    """A step of the study's timeline."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="milestones")
    on = models.CharField(_("date"), max_length=10)
    lane = models.CharField(_("volet"), max_length=20)
    label_fr = models.CharField(_("libellé"), max_length=300)
    label_en = models.CharField(_("libellé en anglais"), max_length=300, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.on}"


class ContextFigure(models.Model):
    """A number from elsewhere, with its source."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="context_figures")
    code = models.CharField(_("code"), max_length=60)
    group_fr = models.CharField(_("groupe"), max_length=300, blank=True)
    group_en = models.CharField(_("groupe en anglais"), max_length=300, blank=True)
    statement_fr = models.CharField(_("énoncé"), max_length=500)
    statement_en = models.CharField(_("énoncé en anglais"), max_length=500, blank=True)
    value = models.DecimalField(_("valeur"), max_digits=18, decimal_places=4, null=True)
    unit = models.CharField(_("unité"), max_length=60, blank=True)
    source_fr = models.CharField(_("source"), max_length=500)
    source_en = models.CharField(_("source en anglais"), max_length=500, blank=True)
    reference = models.CharField(_("référence"), max_length=120, blank=True)
    year = models.CharField(_("année"), max_length=20, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"
