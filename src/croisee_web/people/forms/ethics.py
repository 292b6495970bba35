"""The consent form, the registers, an incident's decision, the privacy assessment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee_web.people.models import InjuryAssessment, PrivacyAssessment
from croisee_web.people.queries.assessments import TEXTS
from croisee_web.people.queries.incidents import ELEMENTS, JUDGED
from croisee_web.people.queries.registers import Register, column_label
from croisee_web.people.vocabulary import FormFor, Level, YouthRule


class FormTextForm(forms.Form):
    """A version of the consent form, as it will be read."""

    version = forms.CharField(label=_("Version"), help_text=_("Par exemple 2026-1."), max_length=60)
    language = forms.ChoiceField(
        label=_("Langue"), choices=[("fr", _("français")), ("en", _("anglais"))]
    )
    audience = forms.ChoiceField(
        label=_("Pour"),
        choices=[("", _("toutes les personnes")), *FormFor.choices],
        required=False,
    )
    youth = forms.ChoiceField(
        label=_("De 14 à 17 ans, qui consent"),
        help_text=_("Ce que le comité d’éthique a approuvé. Sous 14 ans, un parent consent."),
        choices=YouthRule.choices,
        initial=YouthRule.BOTH,
        widget=forms.RadioSelect,
    )
    brief = forms.CharField(
        label=_("En bref"),
        help_text=_("Cinq phrases au plus : ce qu’on demande, à quoi ça sert, comment se retirer."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    text = forms.CharField(
        label=_("Texte entier"), widget=forms.Textarea(attrs={"rows": 20}), max_length=60_000
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


def register_form(register: Register) -> type[forms.Form]:
    """Return the form of one line of a register: its columns, and the version it was made from."""
    fields: dict[str, Any] = {
        "version": forms.IntegerField(widget=forms.HiddenInput, required=False)
    }
    for column in register.columns:
        field: Any = register.model._meta.get_field(column)
        widget: dict[str, Any] = {}
        if field.get_internal_type() == "TextField":
            widget = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 10_000}
        elif field.get_internal_type() == "DateField":
            widget = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        fields[column] = field.formfield(**widget)
    return type("RegisterForm", (forms.Form,), fields)


def _of(model: type, name: str, **more: Any) -> Any:
    """Return the form field of a column; long texts get three lines."""
    field: Any = model._meta.get_field(name)  # type: ignore[attr-defined]
    if field.get_internal_type() == "TextField":
        more = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 10_000, **more}
    return field.formfield(**more)


class InjuryForm(forms.Form):
    """The four elements, the conclusion, and what the notices say besides the register."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in JUDGED:
            if name in ELEMENTS:
                self.fields[name] = forms.ChoiceField(
                    label=column_label(InjuryAssessment, name),
                    choices=Level.choices,
                    widget=forms.RadioSelect,
                )
            elif name == "serious":
                self.fields[name] = forms.TypedChoiceField(
                    label=_("Y a-t-il un risque de préjudice sérieux ?"),
                    choices=[("oui", _("oui")), ("non", _("non"))],
                    coerce=_is_yes,
                    widget=forms.RadioSelect,
                )
            else:
                self.fields[name] = _of(InjuryAssessment, name)
            if name.endswith("_why"):
                before = self.fields[name.removesuffix("_why")].label
                self.fields[name].label = _("%(element)s : pourquoi") % {"element": before}

    def judged(self) -> dict[str, Any]:
        """Return what was decided, by the name of each column."""
        return {name: self.cleaned_data[name] for name in JUDGED}


def _is_yes(said: str) -> bool:
    return said == "oui"


class AssessmentForm(forms.Form):
    """The texts of a privacy impact assessment; it carries the revision that was shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in TEXTS:
            self.fields[name] = _of(PrivacyAssessment, name, required=name == "project")
            self.fields[name].widget.attrs["rows"] = 4

    def texts(self) -> dict[str, str]:
        """Return what was written, by the name of each part."""
        return {name: self.cleaned_data[name] for name in TEXTS}


class SignatureForm(forms.Form):
    """Who signs, and as what."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nom de la personne qui signe"), max_length=200)
    title = forms.CharField(
        label=_("À titre de"),
        help_text=_("Par exemple, responsable de la protection des renseignements personnels."),
        max_length=200,
        required=False,
    )
    sure = forms.BooleanField(
        label=_("J’ai relu cette version. Une fois signée, elle ne change plus.")
    )


class DestroyForm(forms.Form):
    """The last step of a destruction: one box, that says what it does."""

    sure = forms.BooleanField(
        label=_("Oui, détruire ces renseignements, pour toutes les personnes. Cela est définitif.")
    )
