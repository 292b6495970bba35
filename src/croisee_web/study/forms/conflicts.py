"""Two people at one page: the second sees what the first wrote, beside her own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


def show_conflict(form: forms.Form, saved: Mapping[str, Any], text: str) -> None:
    """Say in a bound form what was saved meanwhile, field by field, where it differs.

    Her own words stay in the fields: sending them again replaces what is shown.
    """
    form.add_error(None, f"{text} {_('Comparez, puis enregistrez de nouveau.')}")
    for name, value in saved.items():
        if name in form.fields and form.cleaned_data.get(name) != value:
            written = ", ".join(value) if isinstance(value, list | tuple) else value
            form.add_error(
                name,
                _("L’autre personne a écrit : « %(text)s ».") % {"text": written}
                if written not in {"", None}
                else _("L’autre personne a laissé ce champ vide."),
            )
