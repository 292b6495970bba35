"""A new edition, and what it takes from another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee.language import Label
from croisee_web.instruments.queries.editions import Sources
from croisee_web.instruments.usecases import NewEdition
from croisee_web.instruments.vocabulary import Carried
from croisee_web.study.forms.fields import CodeField, line

_CARRIED = "carried-"


class EditionForm(forms.Form):
    """The new edition; one more field for each questionnaire of the study."""

    code = CodeField(label=_("Code de l’édition"), help_text=_("Par exemple 2022."))
    name_fr = line(_("Nom"))
    name_en = line(_("Nom en anglais"))
    source = forms.ChoiceField(label=_("À partir de l’édition"))
    frames = forms.BooleanField(
        label=_("Reprendre les bases de sondage de cette édition"),
        required=False,
        initial=True,
        help_text=_("Ses listes de membres et ses nombres déclarés sont copiés."),
    )

    def __init__(self, *args: Any, sources: Sources, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sources = sources
        self.fields["source"].choices = [  # type: ignore[attr-defined]
            (one.code, one.name) for one in sources.editions
        ]
        for code, name in sources.questionnaires:
            self.fields[f"{_CARRIED}{code}"] = forms.ChoiceField(
                label=name, choices=Carried.choices, initial=Carried.COPIED
            )

    def edition(self) -> NewEdition:
        """Return the edition to open."""
        told = self.cleaned_data
        return NewEdition(told["code"], Label(told["name_fr"], told["name_en"]), told["source"])

    def carried(self) -> dict[str, Carried]:
        """Return what becomes of each questionnaire, by its code."""
        return {
            code: Carried(self.cleaned_data[f"{_CARRIED}{code}"])
            for code, _name in self.sources.questionnaires
        }
