"""What a study gives back: findings, leaflets, references, and what was published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.access.models import Account
from croisee_web.report.vocabulary import FindingStatus, PublicationState, Stance
from croisee_web.study.models import Case, Study


class Publication(models.Model):
    """One release shown on the site. The files are a copy, in a folder named by ``slug``.

    No study: the release came from a results folder, by the command line.
    """

    study = models.ForeignKey(
        Study, models.CASCADE, related_name="publications", null=True, blank=True
    )
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
    run_number = models.PositiveIntegerField(_("calcul montré"), null=True)
    renewal_asked = models.BooleanField(_("à remplacer au prochain calcul"), default=False)

    def __str__(self) -> str:
        return f"#{self.pk} {self.release_code}"


class Finding(models.Model):
    """A statement with its evidence, as its authors wrote it last. Marks stay in the texts.

    Lists hold codes, keys and cases as the study folder writes them. ``minority_fr`` is the
    authors' own; what networks answer is added where it is printed. ``version`` counts the
    wordings: each earlier one is a :class:`FindingVersion`. Withdrawn, it is printed no more.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="findings")
    code = models.CharField(_("code"), max_length=80)
    position = models.PositiveIntegerField(_("rang"))
    title_fr = models.TextField(_("titre"))
    title_en = models.TextField(_("titre en anglais"), blank=True)
    text_fr = models.TextField(_("texte"))
    text_en = models.TextField(_("texte en anglais"), blank=True)
    section_fr = models.TextField(_("section"), blank=True)
    section_en = models.TextField(_("section en anglais"), blank=True)
    cases = models.JSONField(_("réseaux"), default=list)
    status = models.CharField(_("état"), max_length=20, choices=FindingStatus.choices)
    figures = models.JSONField(_("figures"), default=list)
    quotes = models.JSONField(_("extraits"), default=list)
    minority_fr = models.TextField(_("dissidence"), blank=True)
    minority_en = models.TextField(_("dissidence en anglais"), blank=True)
    leaflets = models.JSONField(_("feuillets"), default=list)
    references = models.JSONField(_("références"), default=list)
    literals = models.JSONField(_("expressions relues"), default=list)
    proposal = models.BooleanField(_("proposition"), default=False)
    version = models.PositiveIntegerField(_("version"), default=1)
    withdrawn_at = models.DateTimeField(_("retiré le"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="finding_code_once"),
            models.CheckConstraint(
                name="finding_status_known", condition=Q(status__in=FindingStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class FindingVersion(models.Model):
    """A wording and a status a finding had: who wrote others in their place, and when."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("contenu"), default=dict)
    """Every field its authors write, and ``notes``: what networks had answered then."""
    by = models.CharField(_("par"), max_length=120)
    at = models.DateTimeField(_("le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="finding_version_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} v{self.number}"


class Comment(models.Model):
    """What somebody of a network, or of the team, says of a finding."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="comments")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="comments")
    """No network: the team."""
    author = models.ForeignKey(Account, models.PROTECT, related_name="comments")
    text = models.TextField(_("commentaire"))
    at = models.DateTimeField(_("le"))

    class Meta:
        constraints = [models.CheckConstraint(name="comment_says_something", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"#{self.pk}"


class NetworkStance(models.Model):
    """What a network answers to a finding: the last answer counts, the others are kept.

    A dispute comes with the note that will be printed beside the finding.
    """

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="stances")
    case = models.ForeignKey(Case, models.CASCADE, related_name="stances")
    stance = models.CharField(_("réponse"), max_length=10, choices=Stance.choices)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(_("version lue"), default=1)
    author = models.ForeignKey(Account, models.PROTECT, related_name="stances")
    at = models.DateTimeField(_("le"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="stance_disputed_says_why", condition=~Q(stance=Stance.DISPUTED, note="")
            ),
            models.CheckConstraint(name="stance_known", condition=Q(stance__in=Stance.values)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.stance}"


class LeafletContent(models.Model):
    """What a network's leaflet says, as its authors chose it."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="leaflet")
    position = models.PositiveIntegerField(_("rang"))
    title_fr = models.TextField(_("titre"), blank=True)
    title_en = models.TextField(_("titre en anglais"), blank=True)
    lead_fr = models.TextField(_("chapeau"), blank=True)
    lead_en = models.TextField(_("chapeau en anglais"), blank=True)
    numbers = models.JSONField(_("grands chiffres"), default=list)
    """``[[mark, French caption, English caption], …]``."""
    figure = models.TextField(_("figure"), blank=True)
    quotes = models.JSONField(_("extraits"), default=list)
    proposals = models.JSONField(_("propositions"), default=list)
    minority = models.CharField(_("dissidence"), max_length=80, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Reference(models.Model):
    """One entry of the bibliography, ready to print."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="references")
    key = models.CharField(_("clé"), max_length=200)
    position = models.PositiveIntegerField(_("rang"))
    text_fr = models.TextField(_("texte"))
    text_en = models.TextField(_("texte en anglais"), blank=True)
    url = models.TextField(_("adresse"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "key"], name="reference_key_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.key}"


class ReportedNumber(models.Model):
    """A number as another document printed it, to be compared with the computed one."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="reported_numbers")
    position = models.PositiveIntegerField(_("rang"))
    key = models.TextField(_("clé"))
    printed = models.TextField(_("imprimé"))
    where_fr = models.TextField(_("où"), blank=True)
    where_en = models.TextField(_("où, en anglais"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "position"], name="reported_place_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
