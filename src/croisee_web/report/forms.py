"""What is written on the pages of results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee_web.report.usecases import NothingSaid
from croisee_web.report.vocabulary import Stance

_LONGEST = 2000


class _Said(forms.Form):
    finding = forms.IntegerField(widget=forms.HiddenInput)

    def checked(self) -> dict[str, Any]:
        """Return what was written.

        Raises:
            NothingSaid: a field is empty or too long, in words.
        """
        if not self.is_valid():
            first = next(iter(self.errors.values()), None)
            raise NothingSaid(str(first[0]) if first else _("Écrivez quelque chose, puis envoyez."))
        return dict(self.cleaned_data)


class CommentForm(_Said):
    """A comment on one finding."""

    text = forms.CharField(
        label=gettext_lazy("Votre commentaire"), max_length=_LONGEST, widget=forms.Textarea
    )


class AnswerForm(_Said):
    """A network's answer to one finding; it carries the version that was read."""

    stance = forms.ChoiceField(choices=Stance.choices)
    note = forms.CharField(
        label=gettext_lazy("Note à imprimer avec le constat"),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class SealForm(forms.Form):
    """The decision to seal; a reason, if the audit's warnings may stand."""

    warnings_reason = forms.CharField(
        label=gettext_lazy("Si l’audit donne des avertissements, pourquoi ils peuvent rester"),
        help_text=gettext_lazy(
            "Un avertissement : tout le monde, ou personne, a répondu la même chose. "
            "Votre raison et votre nom sont inscrits au registre."
        ),
        max_length=_LONGEST,
        required=False,
        widget=forms.Textarea,
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Je sais que les chiffres scellés ne changeront plus"),
        error_messages={"required": gettext_lazy("Cochez cette case pour sceller.")},
    )
