"""What a study says of itself."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from croisee_web.study.forms.fields import CodeField, DayField, line, paragraph
from croisee_web.study.queries.description import Description


class DescriptionForm(forms.Form):
    """Title, question, team, dates. ``version`` travels with it."""

    title_fr = line(_("Titre"), required=True)
    title_en = line(_("Titre en anglais"))
    question_fr = paragraph(_("Question de recherche"))
    question_en = paragraph(_("Question de recherche en anglais"))
    languages = forms.MultipleChoiceField(
        label=_("Langues des documents"),
        choices=[("fr", _("français")), ("en", _("anglais"))],
        initial=["fr"],
        widget=forms.CheckboxSelectMultiple,
    )
    team_fr = line(_("Équipe"), help_text=_("Comme elle signera le rapport."))
    team_en = line(_("Équipe, en anglais"))
    contact = line(_("Contact"), help_text=_("Où écrire à l’équipe : un courriel, un téléphone."))
    address = line(
        _("Adresse des résultats"), help_text=_("Où les résultats seront lus : https://…")
    )
    timezone = line(_("Fuseau horaire"), required=True, most=60, initial="America/Toronto")
    release_code = CodeField(
        label=_("Code de la diffusion préparée"),
        required=False,
        help_text=_("Par exemple 2026a. Il nomme tout ce qui sera diffusé ensemble."),
    )
    release_arrest_on = DayField(
        label=_("Date d’arrêt"),
        required=False,
        help_text=_("Le jour où les chiffres ne changent plus. Annoncez-le d’avance."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("title_fr", "title_en", "question_fr", "question_en", "team_fr", "team_en")

    def clean_address(self) -> str:
        """Ask for an address a browser opens."""
        address: str = self.cleaned_data["address"]
        if address and not address.startswith(("https://", "http://")):
            raise ValidationError(_("Une adresse commence par https://."))
        return address

    def clean_timezone(self) -> str:
        """Ask for a time zone that exists."""
        name: str = self.cleaned_data["timezone"]
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as cause:
            raise ValidationError(_("Écrivez par exemple America/Toronto.")) from cause
        return name

    def description(self) -> Description:
        """Return what was written."""
        values: dict[str, Any] = {
            name: self.cleaned_data[name] for name in Description.__slots__ if name in self.fields
        }
        return Description(**{**values, "languages": tuple(values["languages"])})


class NewStudyForm(DescriptionForm):
    """What a study starts with; the rest is written later."""

    asked = ("title_fr", "title_en", "question_fr", "languages")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = {name: self.fields[name] for name in self.asked}
        if get_language() == "en":
            self.fields["languages"].initial = ["fr", "en"]
