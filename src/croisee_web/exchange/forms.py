"""A study folder to bring in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class FolderForm(forms.Form):
    """One zip."""

    folder = forms.FileField(
        label=gettext_lazy("Dossier d’étude, compressé (.zip)"),
        help_text=gettext_lazy(
            "Le dossier qui contient etude.toml. Tout est vérifié avant d’être importé : "
            "s’il y a une chose à corriger, rien n’est gardé."
        ),
        error_messages={
            "required": gettext_lazy("Choisissez un fichier."),
            "empty": gettext_lazy("Ce fichier est vide. Choisissez-en un autre."),
        },
    )

    def clean_folder(self) -> UploadedFile[Any]:
        """Refuse at once what is plainly no zip."""
        sent: UploadedFile[Any] = self.cleaned_data["folder"]
        start = sent.read(4)
        sent.seek(0)
        if start != b"PK\x03\x04":
            raise forms.ValidationError(
                _("Ce fichier n’est pas un dossier compressé. Compressez le dossier en .zip.")
            )
        return sent
