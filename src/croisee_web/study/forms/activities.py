"""The activity table: one form a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee.study import ActivityState
from croisee_web.study.forms.fields import DateTextField, line
from croisee_web.study.queries.activities import ActivityTable
from croisee_web.study.usecases.parts import RowEdit

STATES = {
    ActivityState.PLANNED: _("prévue"),
    ActivityState.ONGOING: _("en cours"),
    ActivityState.DONE: _("terminée"),
    ActivityState.NOT_APPLICABLE: _("sans objet"),
}
_MOST = 2**31 - 1
PREFIX = "activites"


class ActivityForm(forms.Form):
    """A method in a network: planned, done, where it stands."""

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    case_id = forms.IntegerField(widget=forms.HiddenInput)
    method_id = forms.IntegerField(widget=forms.HiddenInput)
    component = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    edition = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    planned = forms.IntegerField(label=_("Prévu"), required=False, min_value=0, max_value=_MOST)
    done = forms.IntegerField(label=_("Fait"), required=False, min_value=0, max_value=_MOST)
    state = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("pas d’activité")), *((s.value, label) for s, label in STATES.items())],
    )
    reason_fr = line(_("Motif, si sans objet"))
    reason_en = line(_("Motif en anglais"))
    unit_fr = line(_("Ce qu’on compte"), most=120)
    unit_en = line(_("Ce qu’on compte, en anglais"), most=120)
    start = DateTextField(label=_("Début"), required=False)
    end = DateTextField(label=_("Fin"), required=False)
    rare = ("unit_fr", "unit_en", "start", "end", "reason_en")

    def clean(self) -> dict[str, Any]:
        """Take numbers without a state for a plan; refuse an end before its start."""
        cleaned = super().clean() or {}
        start, end = cleaned.get("start", ""), cleaned.get("end", "")
        if start and end and end < start[: len(end)]:
            self.add_error("end", _("La fin est avant le début."))
        told = any(cleaned.get(name) not in {"", None} for name in ("planned", "done"))
        if told and not cleaned.get("state") and "state" not in self.changed_data:
            cleaned["state"] = ActivityState.PLANNED.value
        return cleaned

    @property
    def seldom(self) -> list[forms.BoundField]:
        """Return the fields that are folded."""
        return [self[name] for name in self.rare]

    @property
    def folded_has_errors(self) -> bool:
        """Return whether a folded field must be corrected."""
        return any(name in self.errors for name in self.rare)


def activity_formset(table: ActivityTable, sent: Any = None) -> Any:
    """Return a form a line, bound to what was sent, each beside the line it was made from."""
    rows = [
        {
            "id": row.id,
            "version": row.version,
            "network": row.code,
            "called": (row.case, row.method, row.component),
            "received": row.received,
        }
        | dict(row.values)
        for row in table.rows
    ]
    if sent is not None:
        by_key = {tuple(str(row[name]) for name in _KEY): row for row in rows}
        total = sent.get(f"{PREFIX}-TOTAL_FORMS", "")
        count = (
            min(int(total), 5000) if total.isascii() and total.isdigit() and len(total) < 6 else 0
        )
        rows = [
            by_key.get(tuple(sent.get(f"{PREFIX}-{place}-{name}", "") for name in _KEY), {})
            for place in range(count)
        ]
    kind = forms.formset_factory(ActivityForm, extra=0, max_num=5000, absolute_max=5000)
    return kind(sent, initial=rows, prefix=PREFIX)


_KEY = ("case_id", "method_id", "component", "edition")


def activity_edits(formset: Any) -> list[RowEdit]:
    """Return the lines as somebody leaves them: one without a state is no activity."""
    edits = []
    for form in formset.forms:
        told = form.cleaned_data
        values = {name: value for name, value in told.items() if name not in {"id", "version"}}
        number = told.get("id")
        if number:
            edits.append(RowEdit(values, number, told.get("version") or 0, not told["state"]))
        elif told.get("state"):
            edits.append(RowEdit(values))
    return edits
