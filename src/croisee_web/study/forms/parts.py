"""The rows of each part of a study: one form a row, several to a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee.study import MethodKind, Subject
from croisee_web.study.forms.fields import (
    CodeField,
    DateTextField,
    DayField,
    NumberTextField,
    line,
    paragraph,
)
from croisee_web.study.queries.parts import PartRow
from croisee_web.study.vocabulary import Covered, Fate

KINDS = {
    MethodKind.SURVEY: _("sondage"),
    MethodKind.INTERVIEW: _("entretien"),
    MethodKind.OBSERVATION: _("observation"),
    MethodKind.FOCUS_GROUP: _("groupe de discussion"),
}
SUBJECTS = {Subject.PERSON: _("des personnes"), Subject.ORGANISATION: _("des organismes")}
LANES = {"recherche": _("recherche"), "action": _("action")}


class RowForm(forms.Form):
    """A row: its number and version travel with it. ``called`` names it in its legend.

    ``ranked``: it has a place among the others; a new one comes last, and buttons move it.
    """

    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    called = "name_fr"
    ranked = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields.get("code")
        if code and self.initial.get("id"):
            code.disabled = True  # other tables name the row by its code

    @property
    def legend(self) -> str:
        """Return what the row is called, "" for a new one."""
        return str(self.initial.get(self.called, "") or self.initial.get("code", ""))

    def values(self) -> dict[str, Any]:
        """Return the row's columns as written."""
        hidden = {"id", "version", "DELETE"}
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}

    def clean(self) -> dict[str, Any]:
        """Refuse an end before its start."""
        cleaned = super().clean() or {}
        for first, last in (("start", "end"), ("since", "until")):
            start, end = cleaned.get(first), cleaned.get(last)
            if start and end and str(end) < str(start)[: len(str(end))]:
                self.add_error(last, _("La fin est avant le début."))
        return cleaned


class EditionForm(RowForm):
    """One wave of collection."""

    ranked = True
    code = CodeField(label=_("Code"), help_text=_("Par exemple 2026. Il ne change plus ensuite."))
    name_fr = line(_("Nom"))
    name_en = line(_("Nom en anglais"))
    start = DayField(label=_("Début"), required=False)
    end = DayField(label=_("Fin"), required=False)


class MethodForm(RowForm):
    """One way of collecting."""

    ranked = True
    code = CodeField(label=_("Code"), help_text=_("Par exemple eclair. Il ne change plus ensuite."))
    name_fr = line(_("Nom"), required=True)
    name_en = line(_("Nom en anglais"))
    kind = forms.ChoiceField(
        label=_("Genre"), choices=[(k.value, v) for k, v in KINDS.items()], initial="sondage"
    )
    subject = forms.ChoiceField(
        label=_("On interroge"),
        choices=[(k.value, v) for k, v in SUBJECTS.items()],
        initial="personne",
    )


class SizeForm(RowForm):
    """The size of a frame of which there is no list."""

    called = "called"
    place = forms.ChoiceField(label=_("Réseau"))
    edition = forms.ChoiceField(label=_("Édition"), required=False)
    size = forms.IntegerField(label=_("Nombre de membres"), min_value=0, max_value=2**31 - 1)
    source = line(_("Source"), help_text=_("Qui a compté, et où on peut le lire."))

    def __init__(self, *args: Any, places: Any = (), editions: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "case_id" in self.initial:
            self.initial["place"] = f"{self.initial['case_id']}:{self.initial['component']}"
            self.initial["called"] = dict(places).get(self.initial["place"], "")
        self.fields["place"].choices = [("", _("Choisir…")), *places]  # type: ignore[attr-defined]
        self.fields["edition"].choices = [  # type: ignore[attr-defined]
            ("", _("toutes les éditions")),
            *((one.code, str(one)) for one in editions),
        ]

    def values(self) -> dict[str, Any]:
        """Return the row's columns as written."""
        case, _colon, component = self.cleaned_data["place"].partition(":")
        return {
            "case_id": int(case),
            "component": component,
            **{name: self.cleaned_data[name] for name in ("edition", "size", "source")},
        }


class CertificateForm(RowForm):
    """One ethics certificate."""

    called = "number"
    ranked = True
    board = line(_("Comité d’éthique"), required=True)
    number = line(_("Numéro du certificat"), required=True)
    start = DayField(label=_("Valide du"), required=False)
    end = DayField(label=_("au"), required=False)


class RetentionForm(RowForm):
    """One line of the retention calendar."""

    called = "what"
    what = line(_("Ce qui est conservé"), required=True)
    covers = forms.ChoiceField(
        label=_("Renseignements personnels visés"),
        choices=[("", _("aucun, ou autre chose")), *Covered.choices],
        required=False,
    )
    until = DayField(label=_("Jusqu’au"))
    fate = forms.ChoiceField(label=_("Ensuite"), choices=Fate.choices, initial=Fate.DESTROY)
    basis = line(_("Fondement"), help_text=_("Certificat, loi ou engagement."))
    done_on = DayField(label=_("Fait le"), required=False)


class CommitteeForm(RowForm):
    """Somebody of the committee."""

    called = "name"
    name = line(_("Nom"), required=True, most=200)
    part = line(_("À titre de"), most=200)
    since = DayField(label=_("Depuis"), required=False)
    until = DayField(label=_("Jusqu’au"), required=False)


class MilestoneForm(RowForm):
    """A step of the timeline."""

    called = "label_fr"
    on = DateTextField(label=_("Date"), help_text=_("2020, 2020-03 ou 2020-03-13."))
    lane = forms.ChoiceField(label=_("Volet"), choices=list(LANES.items()), initial="recherche")
    label_fr = line(_("Libellé"), required=True)
    label_en = line(_("Libellé en anglais"))


class ContextForm(RowForm):
    """A figure from elsewhere."""

    called = "code"
    code = CodeField(label=_("Code"), help_text=_("Il ne change plus ensuite."))
    statement_fr = line(_("Énoncé"), required=True, most=500)
    statement_en = line(_("Énoncé en anglais"), most=500)
    value = NumberTextField(label=_("Valeur"), max_length=40, required=False)
    unit = line(_("Unité"), most=60)
    source_fr = line(_("Source"), required=True, most=500)
    source_en = line(_("Source en anglais"), most=500)
    group_fr = line(_("Groupe"))
    group_en = line(_("Groupe en anglais"))
    reference = line(_("Référence"), most=120)
    year = line(_("Année"), most=20)


class MeetingForm(RowForm):
    """A meeting of the committee."""

    called = "title"
    held_on = DayField(label=_("Date"))
    title = line(_("Objet"), required=True)
    agenda = paragraph(_("Ordre du jour"), rows=6)
    minutes = paragraph(_("Compte rendu"), rows=12)


ROW_FORMS: dict[str, type[RowForm]] = {
    "editions": EditionForm,
    "methods": MethodForm,
    "sizes": SizeForm,
    "certificates": CertificateForm,
    "retention": RetentionForm,
    "committee": CommitteeForm,
    "milestones": MilestoneForm,
    "context": ContextForm,
}
"""The form of a row, by the name of its part."""


def row_formset(part: str, rows: Sequence[PartRow], sent: Any = None, **told: Any) -> Any:
    """Return the forms of a part's rows and two blank ones, bound to what was sent, if anything."""
    kind = forms.formset_factory(
        ROW_FORMS[part],
        extra=2,
        can_delete=True,
        can_delete_extra=False,
        max_num=1000,
        absolute_max=1500,
    )
    initial = [{"id": row.id, "version": row.version, **row.values} for row in rows]
    if sent is not None:  # rows may have come and gone since the page was opened
        by_id = {str(values["id"]): values for values in initial}
        initial = [
            by_id.get(sent.get(f"{part}-{place}-id", ""), {}) for place in range(_kept(part, sent))
        ]
    return kind(sent, initial=initial, prefix=part, form_kwargs=told)


def _kept(part: str, sent: Any) -> int:
    """Return how many rows of the page were there before; none when it is not said."""
    told = sent.get(f"{part}-INITIAL_FORMS", "")
    return min(int(told), 1500) if told.isascii() and told.isdigit() and len(told) < 6 else 0
