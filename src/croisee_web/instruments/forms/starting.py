"""How a questionnaire is called, whom it asks, and the file it comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from croisee.language import Label
from croisee.study import Subject
from croisee_web.instruments.vocabulary import SUBJECTS

LARGEST = 10_000_000
_ENDINGS = ".xlsx,.xlsm,.xls,.csv"
_ALL_ENDINGS = f"{_ENDINGS},.lss,.tsv,.txt,.sav,.zsav,.xml"


def _line(label: Any, *, required: bool, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=300, **more)


def workbook_field() -> forms.FileField:
    """Return the field of an XLSForm file."""
    return forms.FileField(
        label=_("Fichier XLSForm"),
        widget=forms.FileInput(attrs={"accept": _ENDINGS}),
        help_text=_("XLSX, XLS ou CSV, avec une feuille « survey » et une feuille « choices »."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )


def not_too_large(form: forms.Form) -> Any:
    """Refuse at once what is far too large to be a questionnaire."""
    sent = form.cleaned_data["file"]
    if sent.size > LARGEST:
        raise ValidationError(_("Le fichier dépasse 10 Mo. Un questionnaire est plus petit."))
    return sent


class BlankForm(forms.Form):
    """A new questionnaire: its name, and whom it asks."""

    name_fr = _line(_("Nom du questionnaire"), required=True)
    name_en = _line(_("Nom en anglais"), required=False)
    subject = forms.ChoiceField(
        label=_("On interroge"),
        choices=[(one.value, words) for one, words in SUBJECTS.items()],
        initial=Subject.PERSON.value,
        help_text=_("Un organisme répond d’une seule voix ; une personne répond pour elle-même."),
    )

    def name(self) -> Label:
        """Return the name in both languages."""
        return Label(self.cleaned_data["name_fr"], self.cleaned_data["name_en"])

    def whom(self) -> Subject:
        """Return whom it asks."""
        return Subject(self.cleaned_data["subject"])


class FileForm(BlankForm):
    """A workbook that somebody made elsewhere."""

    name_fr = _line(
        _("Nom du questionnaire"),
        required=False,
        help_text=_("Sans nom, celui que donne le classeur est gardé."),
    )
    file = forms.FileField(
        label=_("Fichier du questionnaire"),
        widget=forms.FileInput(attrs={"accept": _ALL_ENDINGS}),
        help_text=_(
            "XLSForm (XLSX, XLS, CSV), LimeSurvey (LSS, TSV), SPSS (SAV) ou DDI-Codebook (XML)."
        ),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )
    field_order = ("file", "name_fr", "name_en", "subject")
    clean_file = not_too_large


class WorkbookForm(forms.Form):
    """A workbook that takes the place of a draft."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = workbook_field()
    clean_file = not_too_large


class NameForm(forms.Form):
    """How a questionnaire is called, and the method it belongs to."""

    name_fr = _line(_("Nom du questionnaire"), required=True)
    name_en = _line(_("Nom en anglais"), required=False)
    method = forms.ChoiceField(label=_("Méthode"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, methods: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = methods  # type: ignore[attr-defined]

    def name(self) -> Label:
        """Return the name in both languages."""
        return Label(self.cleaned_data["name_fr"], self.cleaned_data["name_en"])
