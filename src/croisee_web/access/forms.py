"""What somebody writes in the pages of the access slice."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

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

    field_order = ("name", "language", "password", "again")


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
