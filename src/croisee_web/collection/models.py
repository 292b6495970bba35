"""Answers, one row a respondent of a wave of a questionnaire."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.instruments.models import Instrument
from croisee_web.study.models import Case


class AnswerSheet(models.Model):
    """What one respondent answered in one edition.

    ``respondent`` is a participant's code, an organisation's, or a number of the
    questionnaire's own; ``weight`` is a decimal written as text, "" where the questionnaire
    has none. ``answers`` holds, by question code: an option's code, a text, a decimal as text;
    for multiple response the list of what was chosen (empty: nothing was); for ranks
    ``{option: rank}``. A question that was not answered is absent.
    """

    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="sheets")
    edition = models.CharField(_("édition"), max_length=80)
    respondent = models.CharField(_("répondant"), max_length=80)
    case = models.ForeignKey(Case, models.CASCADE, related_name="sheets")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    weight = models.CharField(_("poids"), max_length=40, blank=True)
    answers = models.JSONField(_("réponses"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "edition", "respondent"], name="sheet_once_a_respondent"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.edition}"
