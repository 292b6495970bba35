"""A list of participants, sent then confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee_web.people.queries import FormCard
from croisee_web.people.rules import ShownForm
from croisee_web.people.vocabulary import ConsentMode

LIST_LIMIT = 10_000_000


class PeopleFileForm(forms.Form):
    """The file of a list of participants."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV ou XLSX. Les noms et les coordonnées n’y sont pas lus."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """Refuse what cannot be a list before reading it."""
        sent = self.cleaned_data["file"]
        if sent.size > LIST_LIMIT:
            raise forms.ValidationError(
                _("Le fichier dépasse 10 Mo. Gardez une ligne par personne.")
            )
        if not sent.name.lower().endswith((".csv", ".tsv", ".txt", ".xlsx")):
            raise forms.ValidationError(_("Choisissez un fichier CSV ou XLSX."))
        return sent


class PeopleConfirmForm(forms.Form):
    """The list as it was read, signed; the form people read when the list notes consents."""

    read = forms.CharField(widget=forms.HiddenInput)
    mode = forms.ChoiceField(
        label=_("Comment les personnes ont répondu"),
        choices=[(mode.value, mode.label) for mode in (ConsentMode.WRITTEN, ConsentMode.ORAL)],
        widget=forms.RadioSelect,
    )
    form = forms.ChoiceField(label=_("Formulaire lu"))

    def __init__(
        self, *args: Any, published: Sequence[FormCard], answered: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._published = {str(card.id): card for card in published}
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            ("", _("Choisir…")),
            *((str(card.id), card.name) for card in published),
        ]
        if not answered:
            del self.fields["form"], self.fields["mode"]

    def shown(self) -> ShownForm | None:
        """Return the form that was read, when the list notes consents."""
        if "form" not in self.fields:
            return None
        card = self._published[self.cleaned_data["form"]]
        return ShownForm(
            self.cleaned_data["mode"], card.version, card.language, audience=card.audience
        )
