"""What is written on the pages of results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee_web.disclosure.vocabulary import AmendmentAct
from croisee_web.report.queries.findings import Offered
from croisee_web.report.rules import FIELDS, FindingText, finding_text
from croisee_web.report.usecases import NothingSaid, Wish
from croisee_web.report.vocabulary import FindingStatus, Stance

_LONGEST = 2000
Choices = Sequence[tuple[str, str]]


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


class _Decision(forms.Form):
    """Why a sealed release changes; ``about`` holds what is chosen."""

    reason = forms.CharField(
        label=gettext_lazy("Pourquoi"),
        help_text=gettext_lazy(
            "Inscrit au registre de l’étude avec votre nom, et montré à personne hors de l’équipe. "
            "N’y nommez personne."
        ),
        max_length=_LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Écrivez pourquoi.")},
    )
    act = AmendmentAct.REVISE

    def __init__(self, given: Mapping[str, Any] | None, **choices: Choices) -> None:
        super().__init__(given)
        for name, offered in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = list(offered)

    def wish(self) -> Wish:
        """Return what is asked, once the form holds."""
        chosen = [key for field in self.chosen for key in self.cleaned_data.get(field, ())]
        return Wish(self.act, tuple(chosen), self.cleaned_data["reason"])

    chosen: tuple[str, ...] = ()


def _boxes(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, widget=forms.CheckboxSelectMultiple
    )


class RemoveForm(_Decision):
    """What is taken off a sealed release."""

    act = AmendmentAct.REMOVE
    tables = _boxes(gettext_lazy("Tableaux et figures"))
    findings = _boxes(gettext_lazy("Constats"))
    quotes = _boxes(gettext_lazy("Extraits"))
    chosen = ("tables", "findings", "quotes")
    field_order = (*chosen, "reason")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one thing."""
        if not any(self.cleaned_data.get(name) for name in self.chosen):
            raise forms.ValidationError(_("Cochez ce qui est retiré."))
        return self.cleaned_data


class AddForm(_Decision):
    """Tables put beside those that are sealed."""

    act = AmendmentAct.ADD
    tables = _boxes(gettext_lazy("Tableaux à ajouter"))
    chosen = ("tables",)
    field_order = (*chosen, "reason")

    def clean(self) -> dict[str, Any]:
        """Ask for at least one table."""
        if not self.cleaned_data.get("tables"):
            raise forms.ValidationError(_("Cochez au moins un tableau."))
        return self.cleaned_data


class CorrectForm(_Decision):
    """An error of ours: every table that it touches is found."""

    act = AmendmentAct.CORRECT


class ReviseForm(_Decision):
    """The tables of a release, with the answers that came or left since."""


DECISIONS: dict[str, type[_Decision]] = {
    "retirer": RemoveForm,
    "corriger": CorrectForm,
    "ajouter": AddForm,
    "reediter": ReviseForm,
}
"""The form of each change, by the word of its address."""


class SureForm(forms.Form):
    """The decision itself."""

    sure = forms.BooleanField(
        label=gettext_lazy("Je sais que ce changement ne se défait pas"),
        error_messages={"required": gettext_lazy("Cochez cette case pour décider.")},
    )


def _text(label: Any, rows: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=10_000,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class FindingForm(forms.Form):
    """A finding, with all that its authors write; it carries the version it was made from."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Il ne change plus ensuite."),
        max_length=80,
    )
    title_fr = _text(gettext_lazy("Titre"), 2, required=True)
    text_fr = _text(
        gettext_lazy("Texte"),
        8,
        required=True,
        hint=gettext_lazy(
            "Un nombre s’écrit par un repère : {clé du tableau/ligne@colonne}. Une ligne vide "
            "sépare deux paragraphes."
        ),
    )
    status = forms.ChoiceField(label=gettext_lazy("État"), choices=FindingStatus.choices)
    minority_fr = _text(
        gettext_lazy("Note minoritaire"),
        3,
        hint=gettext_lazy(
            "Ce que disent les personnes en désaccord. Les notes des réseaux s’y ajoutent seules."
        ),
    )
    cases = _boxes(gettext_lazy("Réseaux dont il parle"))
    section_fr = forms.CharField(
        label=gettext_lazy("Section du rapport"), max_length=300, required=False
    )
    proposal = forms.BooleanField(label=gettext_lazy("C’est une proposition"), required=False)
    figures = _boxes(gettext_lazy("Figures montrées avec lui"))
    quotes = _boxes(gettext_lazy("Extraits qui l’appuient"))
    leaflets = _boxes(gettext_lazy("Feuillets qui le portent"))
    references = _boxes(gettext_lazy("Références"))
    literals = _text(
        gettext_lazy("Nombres tapés et relus"),
        2,
        hint=gettext_lazy("Une expression par ligne, par exemple « 2 à 3 jours »."),
    )
    title_en = _text(gettext_lazy("Titre en anglais"), 2)
    text_en = _text(gettext_lazy("Texte en anglais"), 8)
    minority_en = _text(gettext_lazy("Note minoritaire en anglais"), 3)
    section_en = forms.CharField(
        label=gettext_lazy("Section en anglais"), max_length=300, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    first = ("code", "title_fr", "text_fr", "status", "minority_fr", "cases")
    folded: tuple[tuple[Any, tuple[str, ...]], ...] = (
        (
            gettext_lazy("Preuves : figures, extraits, références"),
            ("figures", "quotes", "references"),
        ),
        (
            gettext_lazy("Place dans les documents"),
            ("section_fr", "section_en", "leaflets", "proposal", "literals"),
        ),
        (gettext_lazy("En anglais"), ("title_en", "text_en", "minority_en")),
    )

    def __init__(
        self, given: Mapping[str, Any] | None, offered: Offered, text: FindingText | None = None
    ) -> None:
        initial = {"code": offered.next_code} if text is None else initial_of(text)
        super().__init__(given, initial=initial)
        mine = {} if text is None else {name: getattr(text, name) for name in FIELDS}
        for name, choices in (
            ("cases", offered.cases),
            ("leaflets", offered.cases),
            ("figures", offered.figures),
            ("quotes", offered.quotes),
            ("references", offered.references),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            known = {key for key, _label in choices}
            missing = [(key, key) for key in mine.get(name, ()) if key not in known]
            field.choices = [*choices, *missing]
        if text is not None:
            del self.fields["code"]

    def groups(self) -> list[tuple[Any, list[forms.BoundField], bool]]:
        """Return the fields that come folded: a name, the fields, whether one is to correct."""
        return [
            (label, [self[name] for name in names], any(self[name].errors for name in names))
            for label, names in self.folded
        ]

    def shown(self) -> list[forms.BoundField]:
        """Return the fields that come first."""
        return [self[name] for name in self.first if name in self.fields]

    def text(self) -> FindingText:
        """Return what was written."""
        given: dict[str, Any] = {name: _newlines(self.cleaned_data[name]) for name in FIELDS}
        lines = (line.strip() for line in given["literals"].splitlines())
        given["literals"] = [line for line in lines if line]
        return finding_text(given)


def initial_of(text: FindingText) -> dict[str, Any]:
    """Return what the fields of a form hold for a finding as it is."""
    found = {name: getattr(text, name) for name in FIELDS}
    return {**found, "literals": "\n".join(text.literals)}


def _newlines(value: Any) -> Any:
    """Return a text as the study folder holds it: a browser ends its lines otherwise."""
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value
