"""What is followed beside the collection: dates, figures from elsewhere, committee, retention."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.study.models.description import CODE, Study
from croisee_web.study.vocabulary import Covered, Fate


class Milestone(models.Model):
    """A step of the study's timeline; ``on`` is a date as far as it is known."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="milestones")
    on = models.CharField(_("date"), max_length=10)
    lane = models.CharField(_("volet"), max_length=20)
    """``recherche`` or ``action``."""
    label_fr = models.TextField(_("libellé"))
    label_en = models.TextField(_("libellé en anglais"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.on}"


class ContextFigure(models.Model):
    """A number from elsewhere, with its source.

    ``value`` is the text of a decimal: a database's own decimals lose digits on SQLite.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="context_figures")
    code = models.CharField(_("code"), max_length=CODE)
    group_fr = models.TextField(_("groupe"), blank=True)
    group_en = models.TextField(_("groupe en anglais"), blank=True)
    statement_fr = models.TextField(_("énoncé"))
    statement_en = models.TextField(_("énoncé en anglais"), blank=True)
    value = models.CharField(_("valeur"), max_length=30, blank=True)
    unit = models.TextField(_("unité"), blank=True)
    source_fr = models.TextField(_("source"))
    source_en = models.TextField(_("source en anglais"), blank=True)
    reference = models.TextField(_("référence"), blank=True)
    year = models.TextField(_("année"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="context_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class CommitteeMember(models.Model):
    """Somebody who sits on the study's committee. Partners, never participants."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="committee")
    name = models.CharField(_("nom"), max_length=200)
    part = models.CharField(_("à titre de"), max_length=200, blank=True)
    since = models.DateField(_("depuis"), null=True, blank=True)
    until = models.DateField(_("jusqu’au"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Meeting(models.Model):
    """A meeting of the committee: its agenda before, its minutes after."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("date"))
    title = models.CharField(_("objet"), max_length=300)
    agenda = models.TextField(_("ordre du jour"), blank=True)
    minutes = models.TextField(_("compte rendu"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.held_on}"


class Decision(models.Model):
    """What was decided, by whom, on which day. ``searchable`` is both texts folded."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="decisions")
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, related_name="decisions", null=True, blank=True
    )
    decided_on = models.DateField(_("date"))
    decided_by = models.CharField(_("par"), max_length=300)
    text = models.TextField(_("décision"))
    searchable = models.TextField(_("texte de recherche"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.decided_on}"


class Retention(models.Model):
    """One line of the retention calendar: what is kept, until when, and what happens then.

    ``told_on``: the day the leads were told by mail that its day had passed.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="retentions")
    covers = models.CharField(
        _("renseignements personnels visés"), max_length=20, choices=Covered.choices, blank=True
    )
    what = models.CharField(_("ce qui est conservé"), max_length=300)
    until = models.DateField(_("jusqu’au"))
    fate = models.CharField(_("ensuite"), max_length=20, choices=Fate.choices)
    basis = models.CharField(_("fondement"), max_length=300, blank=True)
    done_on = models.DateField(_("fait le"), null=True, blank=True)
    told_on = models.DateField(_("rappelé le"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.until}"
