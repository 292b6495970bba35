"""A member list: the file, its columns; and one member."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from croisee.studyfolder.memberlist import MemberPart
from croisee_web.kit.templatetags.typography import typo_plain
from croisee_web.study.forms.fields import CodeField, line
from croisee_web.study.queries.memberlists import ListPreview
from croisee_web.study.queries.networks import NamedCode, NetworkRef

LARGEST = 10 * 1024 * 1024
ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
PARTS = {
    MemberPart.NAME: _("Nom"),
    MemberPart.CODE: _("Code"),
    MemberPart.REGION: _("Région"),
    MemberPart.TYPE: _("Type"),
}


def _choices(first: Any, ones: Sequence[NamedCode]) -> list[tuple[str, Any]]:
    return [("", first), *((one.code, str(one)) for one in ones)]


class PlaceForm(forms.Form):
    """Which edition and component members belong to."""

    edition = forms.ChoiceField(label=_("Édition"), required=False)
    component = forms.ChoiceField(label=_("Composante"), required=False)

    def __init__(self, *args: Any, network: NetworkRef, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["edition"].choices = _choices(_("toutes les éditions"), network.editions)  # type: ignore[attr-defined]
        self.fields["component"].choices = _choices(_("tout le réseau"), network.parts)  # type: ignore[attr-defined]
        if not network.parts:
            del self.fields["component"]


class UploadForm(PlaceForm):
    """The file of a list."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV ou XLSX, comme vous l’avez. Les courriels et téléphones ne sont pas lus."),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    field_order = ("file", "edition", "component")

    def clean_file(self) -> Any:
        """Refuse what cannot be a list before reading it."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise ValidationError(_("Le fichier dépasse 10 Mo. Gardez une ligne par membre."))
        if not sent.name.lower().endswith(ENDINGS):
            raise ValidationError(
                _(
                    "Ce fichier n’est ni un CSV ni un XLSX. Ouvrez-le dans votre tableur, "
                    "puis enregistrez-le en .xlsx."
                )
            )
        return sent


class ColumnsForm(forms.Form):
    """Where the header is, and which column holds what."""

    header = forms.ChoiceField(label=_("Ligne des titres"))
    nom = forms.ChoiceField(label=PARTS[MemberPart.NAME], required=False)
    code = forms.ChoiceField(label=PARTS[MemberPart.CODE], required=False)
    region = forms.ChoiceField(label=PARTS[MemberPart.REGION], required=False)
    type = forms.ChoiceField(label=PARTS[MemberPart.TYPE], required=False)

    def __init__(self, *args: Any, preview: ListPreview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns: list[tuple[str, Any]] = [("", _("aucune colonne"))]
        columns += [(str(place), name) for place, name in enumerate(preview.heading.names)]
        for part in MemberPart:
            self.fields[part.value].choices = columns  # type: ignore[attr-defined]
            self.initial[part.value] = preview.columns.get(part, "")
        self.fields["header"].choices = [  # type: ignore[attr-defined]
            ("0", _("aucune")),
            *(
                (str(number), typo_plain(f"{number} : {text}"))
                for number, text in preview.first_lines
            ),
        ]
        self.initial["header"] = preview.header_line

    def clean(self) -> dict[str, Any]:
        """Ask for a name or a code, and for one column a part."""
        cleaned = super().clean() or {}
        told = [cleaned.get(part.value) for part in MemberPart if cleaned.get(part.value)]
        if not cleaned.get("nom") and not cleaned.get("code"):
            self.add_error("nom", _("Dites au moins où est le nom ou le code."))
        if len(set(told)) < len(told):
            self.add_error(None, _("Deux parties lisent la même colonne."))
        return cleaned

    def choices(self) -> dict[str, Any]:
        """Return what was chosen. Another header line: its columns are guessed again."""
        columns = {
            part.value: int(self.cleaned_data[part.value])
            for part in MemberPart
            if self.cleaned_data[part.value]
        }
        header = int(self.cleaned_data["header"])
        if header != self.initial["header"]:
            return {"header": header}
        return {"columns": columns}


class MemberForm(PlaceForm):
    """One member of a network."""

    name = line(_("Nom"), required=True)
    code = CodeField(
        label=_("Code"),
        required=False,
        help_text=_("Proposé à partir du nom s’il est vide. Il ne change plus ensuite."),
    )
    region = line(_("Région"), most=120)
    type = line(_("Type"), most=120)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ("name", "code", "region", "type", "edition", "component")
