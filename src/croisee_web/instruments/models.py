"""Questionnaires and guides; the same words as the library's ``croisee.study``."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee.study import Nature, QuestionKind, Subject
from croisee_web.instruments.vocabulary import THEME_KINDS
from croisee_web.study.models import Method, Study

_SUBJECTS = [subject.value for subject in Subject]


class Instrument(models.Model):
    """A questionnaire and its codebook."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="instruments")
    code = models.CharField(_("code"), max_length=80)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)
    method = models.ForeignKey(Method, models.CASCADE, related_name="instruments")
    subject = models.CharField(_("sujet"), max_length=20)
    """One of the library's ``Subject``."""
    weighted = models.BooleanField(_("pondéré"), default=False)
    breaks = models.JSONField(_("ruptures"), default=list, blank=True)
    """Declared in the folder it came from: ``[[question, before, after, verdict, fr, en], …]``."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="instrument_code_once"),
            models.CheckConstraint(
                name="instrument_subject_known", condition=Q(subject__in=_SUBJECTS)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Question(models.Model):
    """One line of a codebook. Decimals are texts: no engine rounds them.

    ``options``: ``[[code, French, English], …]``; ``groupings``: partitions, finest first;
    ``cut``: the two-block partition that compares; ``classes``: inner bounds, increasing.
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="questions")
    code = models.CharField(_("code"), max_length=80)
    position = models.PositiveIntegerField(_("rang"))
    label_fr = models.TextField(_("libellé"))
    label_en = models.TextField(_("libellé en anglais"), blank=True)
    kind = models.CharField(_("type"), max_length=20)
    nature = models.CharField(_("nature"), max_length=20)
    subject = models.CharField(_("sujet"), max_length=20)
    options = models.JSONField(_("réponses possibles"), default=list)
    groupings = models.JSONField(_("groupements"), default=list)
    cut = models.JSONField(_("coupe"), default=list)
    common = models.JSONField(_("réponses communes à tous"), default=list)
    exactly = models.PositiveIntegerField(_("exactement"), null=True, blank=True)
    at_least = models.PositiveIntegerField(_("au moins"), default=0)
    at_most = models.PositiveIntegerField(_("au plus"), null=True, blank=True)
    pooled = models.BooleanField(_("lue pour l’ensemble"), default=False)
    missing = models.JSONField(_("valeurs sans réponse"), default=list)
    unit = models.TextField(_("unité"), blank=True)
    step = models.CharField(_("pas"), max_length=40, default="1")
    classes = models.JSONField(_("bornes des classes"), default=list)
    mean = models.BooleanField(_("moyenne demandée"), default=False)
    identity = models.TextField(_("identité"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["instrument", "code"], name="question_code_once"),
            models.CheckConstraint(
                name="question_kind_known",
                condition=Q(kind__in=[kind.value for kind in QuestionKind]),
            ),
            models.CheckConstraint(
                name="question_nature_known",
                condition=Q(nature__in=[nature.value for nature in Nature]),
            ),
            models.CheckConstraint(
                name="question_subject_known", condition=Q(subject__in=_SUBJECTS)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Questionnaire(models.Model):
    """A questionnaire being written: the rows of an XLSForm workbook.

    ``workbook``: ``[[sheet, [column, …], [[cell, …], …]], …]``, every sheet and column kept, as
    text, in order. ``code`` is that of the instrument its publication writes.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="questionnaires")
    code = models.CharField(_("code"), max_length=80)
    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)
    method = models.ForeignKey(Method, models.CASCADE, related_name="questionnaires")
    subject = models.CharField(_("sujet"), max_length=20)
    """One of the library's ``Subject``."""
    workbook = models.JSONField(_("classeur"), default=list)
    previous = models.JSONField(_("classeur d’avant"), default=list, blank=True)
    """As it was before the last change, ``[]`` when nothing can be undone."""
    undone = models.BooleanField(_("changement annulé"), default=False)
    """The last act undid a change: ``previous`` is that change."""
    version = models.PositiveIntegerField(_("version"), default=1)
    """Counts the changes: who edits an older one is told."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="questionnaire_code_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class PublishedVersion(models.Model):
    """A questionnaire as people answer it: it never changes again.

    ``xform`` is the compiled form, ``codebook`` where each question of the instrument stands in
    it: ``[[path, kind, code, [[code in the form, code in the codebook], …]], …]``.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="published")
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="published")
    number = models.PositiveIntegerField(_("numéro"))
    workbook = models.JSONField(_("classeur"))
    xform = models.BinaryField(_("formulaire"))
    form_id = models.CharField(_("identifiant du formulaire"), max_length=200)
    form_version = models.CharField(_("version du formulaire"), max_length=80, blank=True)
    codebook = models.JSONField(_("livre des questions"), default=list)
    certificate = models.TextField(_("certificat d’éthique"), blank=True)
    """The certificate's number, as it was that day."""
    published_at = models.DateTimeField(_("publiée le"))
    published_by = models.CharField(_("par"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "number"], name="published_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} v{self.number}"


class Theme(models.Model):
    """One step of a focus-group guide. ``wording``: ``[[case, French, English], …]``."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="themes")
    code = models.CharField(_("code"), max_length=80)
    position = models.PositiveIntegerField(_("rang"))
    order = models.PositiveIntegerField(_("ordre"), default=0)
    kind = models.CharField(_("genre"), max_length=20)
    label_fr = models.TextField(_("libellé"))
    label_en = models.TextField(_("libellé en anglais"), blank=True)
    wording = models.JSONField(_("libellés par réseau"), default=list)
    options = models.JSONField(_("objets, objectifs ou positions"), default=list)
    total = models.CharField(_("somme à partager"), max_length=40, blank=True)
    step = models.CharField(_("pas"), max_length=40, default="5000")
    nature = models.CharField(_("nature"), max_length=20, default=Nature.SPOKEN.value)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="theme_nature_known",
                condition=Q(nature__in=[Nature.SPOKEN.value, Nature.SENSITIVE.value]),
            ),
            models.UniqueConstraint(fields=["study", "code"], name="theme_code_once"),
            models.CheckConstraint(name="theme_kind_known", condition=Q(kind__in=THEME_KINDS)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Crossing(models.Model):
    """A visible attribute crossed with an answer, asked for beforehand. Codes of questions."""

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="crossings")
    position = models.PositiveIntegerField(_("rang"))
    edition = models.CharField(_("édition"), max_length=80)
    attribute = models.CharField(_("attribut"), max_length=80)
    question = models.CharField(_("question"), max_length=80)

    def __str__(self) -> str:
        return f"#{self.pk} {self.attribute} × {self.question}"
