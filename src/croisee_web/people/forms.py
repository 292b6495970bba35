"""What the team, or a participant on her own page, writes about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from croisee.language import Language
from croisee.study import Purpose
from croisee_web.people.vocabulary import ConsentMode

CODE = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z",
    _("Un code s’écrit en minuscules sans accent, en chiffres et en traits d’union : p-014."),
)
YES_NO = [("oui", _("J’accepte")), ("non", _("Je refuse"))]


class PlaceForm(forms.Form):
    """Where somebody belongs: a network, a part of it, an organisation."""

    case = forms.ChoiceField(label=_("Réseau"))
    component = forms.CharField(
        label=_("Composante"), max_length=60, required=False, validators=[CODE]
    )
    organisation = forms.CharField(
        label=_("Code de l’organisme"),
        max_length=80,
        required=False,
        validators=[CODE],
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]


class InscriptionForm(PlaceForm):
    """A new person, under a code that says nothing of her."""

    code = forms.CharField(
        label=_("Code de la personne"),
        help_text=_("Un code qui ne dit rien d’elle : ni initiales, ni date de naissance."),
        max_length=60,
        validators=[CODE],
    )
    field_order = ("code", "case", "component", "organisation")


class ChangeForm(PlaceForm):
    """A correction; it carries the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class IdentityForm(forms.Form):
    """What the vault keeps: a name and ways to reach somebody."""

    nom = forms.CharField(label=_("Nom"), max_length=200)
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Par exemple, comment la personne préfère être jointe."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class ConsentForm(forms.Form):
    """One question a purpose; nothing is ticked beforehand, nothing is compulsory."""

    def __init__(
        self,
        *args: Any,
        purposes: Sequence[Purpose],
        language: Language,
        by_team: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._purposes = [purpose.code for purpose in purposes]
        for purpose in purposes:
            self.fields[f"finalite-{purpose.code}"] = forms.ChoiceField(
                label=purpose.name.to(language),
                choices=YES_NO,
                widget=forms.RadioSelect,
                required=False,
            )
        if by_team:
            self.fields["mode"] = forms.ChoiceField(
                label=_("Comment la personne a répondu"),
                choices=[
                    (mode.value, mode.label) for mode in (ConsentMode.WRITTEN, ConsentMode.ORAL)
                ],
                widget=forms.RadioSelect,
            )
            self.fields["form_version"] = forms.CharField(
                label=_("Version du formulaire lu"), max_length=60, required=False
            )

    def answers(self) -> dict[str, bool]:
        """Return what was answered, purpose by purpose; what was skipped is not there."""
        said = {code: self.cleaned_data[f"finalite-{code}"] for code in self._purposes}
        return {code: value == "oui" for code, value in said.items() if value}


class WithdrawForm(forms.Form):
    """The last step of a withdrawal: one box, that says what it does."""

    sure = forms.BooleanField(
        label=_("Oui, retirer tout ce qui peut l’être. Je sais que cela ne se défait pas.")
    )
