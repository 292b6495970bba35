"""One network: its words, its components, its counts of members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from croisee.language import Label
from croisee.study import Case, Component, Membership
from croisee.studyfolder.words import propose_code
from croisee_web.study.forms.fields import CodeField, line, paragraph
from croisee_web.study.queries.networks import NamedCode

_STEMS = ("name", "short", "scale", "territory", "mission", "unit", "units")
_ORDER = (*(f"{stem}_{language}" for stem in _STEMS for language in ("fr", "en")), "code")


class CaseForm(forms.Form):
    """What a network says of itself. Only its name is needed."""

    name_fr = line(_("Nom"), required=True)
    name_en = line(_("Nom en anglais"))
    code = CodeField(
        label=_("Code"),
        required=False,
        help_text=_("Proposé à partir du nom s’il est vide. Il ne change plus ensuite."),
    )
    short_fr = line(_("Nom court"), most=120, help_text=_("Pour les tableaux et les figures."))
    short_en = line(_("Nom court en anglais"), most=120)
    scale_fr = line(_("Échelle"), help_text=_("Par exemple : provinciale, quartier, en ligne."))
    scale_en = line(_("Échelle en anglais"))
    territory_fr = line(_("Territoire"))
    territory_en = line(_("Territoire en anglais"))
    mission_fr = paragraph(_("Mission"))
    mission_en = paragraph(_("Mission en anglais"))
    unit_fr = line(_("Un membre se dit"), most=120, help_text=_("Par exemple : carrefour."))
    unit_en = line(_("Un membre se dit, en anglais"), most=120)
    units_fr = line(_("Des membres se disent"), most=120, help_text=_("Par exemple : carrefours."))
    units_en = line(_("Des membres se disent, en anglais"), most=120)
    individuals = forms.BooleanField(
        label=_("Les membres sont des personnes"),
        required=False,
        help_text=_("Leur liste ne s’importe pas ici : leurs noms restent dans le coffre."),
    )
    links = forms.MultipleChoiceField(
        label=_("Réseaux liés"), required=False, widget=forms.CheckboxSelectMultiple
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = _ORDER

    def __init__(self, *args: Any, others: Sequence[NamedCode] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["links"].choices = [(one.code, str(one)) for one in others]  # type: ignore[attr-defined]
        if not others:
            del self.fields["links"]
        if self.initial.get("code"):
            self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Propose a code when none was written."""
        cleaned = super().clean() or {}
        if "code" in cleaned and not cleaned["code"]:
            cleaned["code"] = propose_code(cleaned.get("name_fr", "")) or "reseau"
        return cleaned

    def case(self, components: Any, memberships: Any) -> Case:
        """Return the network as written, with the rows of both tables under it."""
        said = self.cleaned_data
        labels = {stem: Label(said[f"{stem}_fr"], said[f"{stem}_en"]) for stem in _STEMS}
        if not labels["short"].fr:
            labels["short"] = labels["name"]
        return Case(
            code=said["code"],
            individuals=said["individuals"],
            links=tuple(said.get("links", ())),
            components=tuple(
                Component(row["code"], Label(row["name_fr"], row["name_en"]))
                for row in written(components)
            ),
            memberships=tuple(
                Membership(row["year"], row["count"], row["source"]) for row in written(memberships)
            ),
            **labels,
        )


def initial_of(case: Case, version: int) -> dict[str, Any]:
    """Return what the form of a network starts from."""
    texts = {
        f"{stem}_{language}": getattr(getattr(case, stem), language)
        for stem in _STEMS
        for language in ("fr", "en")
    }
    return {
        **texts,
        "code": case.code,
        "individuals": case.individuals,
        "links": list(case.links),
        "version": version,
    }


class ComponentForm(forms.Form):
    """A part of the network with its own frame."""

    code = CodeField(label=_("Code"))
    name_fr = line(_("Nom"), required=True)
    name_en = line(_("Nom en anglais"))

    @property
    def legend(self) -> str:
        """Return the component's name."""
        return str(self.initial.get("name_fr", ""))


class MembershipForm(forms.Form):
    """How many members, counted when, by whom."""

    year = forms.IntegerField(label=_("Année"), min_value=1800, max_value=2200)
    count = forms.IntegerField(label=_("Nombre de membres"), min_value=0, max_value=2**31 - 1)
    source = line(_("Source"))

    @property
    def legend(self) -> str:
        """Return the year."""
        return str(self.initial.get("year", ""))


class DistinctCodes(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows whose codes are all different."""

    def clean(self) -> None:
        """Refuse a code twice."""
        codes = [row["code"] for row in written(self) if "code" in row]
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            raise ValidationError(_("Le code « %s » est déjà pris.") % twice[0])


def written(formset: Any) -> list[dict[str, Any]]:
    """Return the rows that are kept, in their order."""
    return [
        form.cleaned_data
        for form in formset.forms
        if getattr(form, "cleaned_data", None)
        and not form.cleaned_data.get("DELETE")
        and (form in formset.initial_forms or form.has_changed())
    ]


def component_rows(case: Case | None, sent: Any = None) -> Any:
    """Return the forms of a network's components and a blank one."""
    rows = [
        {"code": one.code, "name_fr": one.name.fr, "name_en": one.name.en}
        for one in (case.components if case else ())
    ]
    kind = forms.formset_factory(
        ComponentForm, formset=DistinctCodes, extra=1, can_delete=True, can_delete_extra=False
    )
    return kind(sent, initial=rows, prefix="components")


def membership_rows(case: Case | None, sent: Any = None) -> Any:
    """Return the forms of a network's counts of members and a blank one."""
    rows = [
        {"year": one.year, "count": one.count, "source": one.source}
        for one in (case.memberships if case else ())
    ]
    kind = forms.formset_factory(MembershipForm, extra=1, can_delete=True, can_delete_extra=False)
    return kind(sent, initial=rows, prefix="memberships")
