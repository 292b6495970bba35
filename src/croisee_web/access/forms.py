"""What somebody writes in the pages of the access slice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from croisee_web.access.rules import OPENING_HOURS
from croisee_web.access.vocabulary import Role

LANGUAGES = [("fr", "Français"), ("en", "English")]


class SignInForm(forms.Form):
    """An address and a password."""

    email = forms.EmailField(
        label=_("Adresse de courriel"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Mot de passe"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class ConfirmForm(forms.Form):
    """The password again, before a delicate change."""

    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )


class NewPasswordForm(forms.Form):
    """A new password, written once: the browser can show it."""

    password = forms.CharField(
        label=_("Nouveau mot de passe"),
        help_text=_("Au moins 12 caractères. Une phrase longue et facile à retenir convient."),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Le même, une deuxième fois"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, object]:
        """Compare the two."""
        kept = super().clean() or {}
        if kept.get("password") and kept.get("again") and kept["password"] != kept["again"]:
            self.add_error("again", _("Les deux mots de passe diffèrent. Réécrivez-les."))
        return kept


class AccountForm(forms.Form):
    """What somebody says of herself."""

    name = forms.CharField(
        label=_("Votre nom"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Langue du site"), choices=LANGUAGES)


class NewAccountForm(NewPasswordForm, AccountForm):
    """A name, a language and a password."""

    field_order: tuple[str, ...] = ("name", "language", "password", "again")


class FirstAccountForm(NewAccountForm):
    """The first account of a site."""

    email = forms.EmailField(
        label=_("Adresse de courriel"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    field_order = ("name", "email", "language", "password", "again")


class EmailForm(forms.Form):
    """Only an address."""

    email = forms.EmailField(
        label=_("Adresse de courriel"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )


class CodeForm(forms.Form):
    """A code of six digits, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "text", "autofocus": True}
        ),
    )


class RecoverForm(forms.Form):
    """The password, and a first code of a new application."""

    code = forms.CharField(
        label=_("Les six chiffres de l’application"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    password = forms.CharField(
        label=_("Votre mot de passe"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasskeyForm(forms.Form):
    """What the browser answers at the end of a passkey's ceremony."""

    answer = forms.JSONField(required=False, widget=forms.HiddenInput, initial="")


class NamedPasskeyForm(PasskeyForm):
    """The same, with a name to tell one's keys apart."""

    name = forms.CharField(
        label=_("Nom de cette clé"),
        help_text=_("Pour la reconnaître : « téléphone », « portable du bureau »."),
        required=False,
        max_length=60,
    )


class RoleForm(forms.Form):
    """A role, and the network it is for."""

    role = forms.ChoiceField(label=_("Rôle"), choices=[("", _("Choisir…")), *Role.choices])
    case = forms.ChoiceField(
        label=_("Réseau"),
        help_text=_("Pour une coordination, le réseau qu’elle coordonne. Sinon, toute l’étude."),
        required=False,
    )

    def __init__(self, *args: object, cases: tuple[tuple[str, str], ...], **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        whole = ("", _("Toute l’étude"))
        self.fields["case"].choices = [whole, *cases]  # type: ignore[attr-defined]


class InvitationForm(RoleForm):
    """Who is invited, for what, and in which language."""

    email = forms.EmailField(
        label=_("Adresse de courriel"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Langue du courriel"), choices=LANGUAGES)
    field_order = ("email", "role", "case", "language")


class OpeningForm(forms.Form):
    """Why somebody must see the names of a study, and for how long."""

    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Une phrase. L’équipe de l’étude la lira ; n’y mettez le nom de personne."),
        min_length=10,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.TypedChoiceField(label=_("Durée"), coerce=int)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.fields["hours"].choices = [  # type: ignore[attr-defined]
            (hours, ngettext("%(n)s heure", "%(n)s heures", hours) % {"n": hours})
            for hours in OPENING_HOURS
        ]


class StudyOpeningForm(OpeningForm):
    """The same, for whoever runs the site: she names the study by its address."""

    slug = forms.SlugField(
        label=_("Adresse de l’étude"),
        help_text=_("Ce qui suit /etudes/ dans l’adresse de sa page."),
        max_length=80,
    )
    field_order = ("slug", "reason", "hours")
