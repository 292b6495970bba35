"""A meeting, a decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee_web.study.forms.fields import DayField, line, paragraph


class MeetingForm(forms.Form):
    """A meeting of the committee."""

    held_on = DayField(label=_("Date"))
    title = line(_("Objet"), required=True)
    agenda = paragraph(_("Ordre du jour"), rows=6)
    minutes = paragraph(
        _("Compte rendu"), rows=12, help_text=_("Sans nom ni parole de personne participante.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """What was decided, by whom, when."""

    decided_on = DayField(label=_("Date"))
    decided_by = line(_("Qui a décidé"), required=True)
    text = paragraph(_("Décision"), required=True, rows=4)
    meeting_id = forms.TypedChoiceField(
        label=_("Rencontre"), required=False, coerce=int, empty_value=None
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, meetings: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting_id"].choices = [("", _("hors rencontre")), *meetings]  # type: ignore[attr-defined]
