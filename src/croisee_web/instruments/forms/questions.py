"""One question of a questionnaire: its words in both languages, its answers, how it is read."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from croisee.language import Label
from croisee.questionnaire.asked import Asked, Choice, Sort
from croisee.questionnaire.conditions import Condition, Limits
from croisee.text import parse_number
from croisee_web.instruments.vocabulary import CONSENTED, LIMITED, LISTING, NATURES, READ_AS

_LABELS: dict[Sort, tuple[Any, Any]] = {
    Sort.NOTE: (_("Texte"), ""),
    Sort.SECTION: (_("Titre de la section"), ""),
    Sort.CONSENT: (_("Question posée"), _("Par exemple : acceptez-vous de répondre ?")),
    Sort.POSITION: (_("Énoncé"), _("La personne dit si elle est pour, nuancée ou contre.")),
}
_ASKED = (_("Question"), _("Quinze mots au plus, une idée, « vous »."))
_MOST_ROWS = 200
_BLANK_ROWS = 3


class NumberField(forms.CharField):
    """A number as people write it; ``None`` when nothing is written."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 20, **kwargs})

    def clean(self, value: Any) -> Any:
        """Return the number."""
        text = super().clean(value)
        if not text:
            return None
        number = parse_number(text)
        if number is None or abs(number) > Decimal(10) ** 12:
            raise ValidationError(_("Écrivez un nombre, par exemple 12,5."))
        return number


def _text(label: Any, *, rows: int = 2, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=5000, widget=area, **{"required": False, **more})


class QuestionForm(forms.Form):
    """One question. Which fields there are depends on its sort."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    label_fr = _text(_("Question"), required=True)
    label_en = _text(_("En anglais"))
    hint_fr = _text(_("Précision"), help_text=_("Sous la question, en plus petit. Facultative."))
    hint_en = _text(_("Précision en anglais"))
    low = NumberField(label=_("Au moins"))
    high = NumberField(label=_("Au plus"))
    total = NumberField(label=_("Somme à partager"), help_text=_("Par exemple 100 000."))
    required = forms.BooleanField(
        label=_("Réponse obligatoire"),
        required=False,
        help_text=_("À éviter : une personne doit pouvoir passer une question."),
    )
    nature = forms.ChoiceField(label=_("Nature de la réponse"), choices=NATURES, required=False)
    lecture = forms.ChoiceField(label=_("Se lit"), choices=READ_AS, required=False)
    unite = forms.CharField(label=_("Unité"), max_length=40, required=False)
    pas = forms.CharField(label=_("Plus petit écart"), max_length=20, required=False)
    classes = forms.CharField(
        label=_("Classes"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : 5 | 10 | 20."),
    )
    coupe = forms.CharField(
        label=_("Coupe"),
        max_length=500,
        required=False,
        help_text=_("Deux blocs de codes, par exemple : jamais,peu / souvent,toujours."),
    )
    groupements = forms.CharField(
        label=_("Groupements"),
        max_length=1000,
        required=False,
        help_text=_("Par exemple : a / b / c ; a,b / c."),
    )
    sans_reponse = forms.CharField(
        label=_("Codes sans réponse"),
        max_length=200,
        required=False,
        help_text=_("Par exemple : nsp."),
    )
    consentement = forms.ChoiceField(
        label=_("Inscrit dans les consentements"),
        choices=CONSENTED,
        required=False,
        help_text=_(
            "Pour une personne connue par son lien, hors des collectes anonymes. "
            "Un non à « l’accord de répondre » ne retire rien de ce qu’elle a accepté ailleurs."
        ),
    )

    def __init__(self, sent: Any, *, asked: Asked, english: bool, version: int) -> None:
        super().__init__(sent, initial={**_initial(asked), "version": version})
        self.asked = asked
        for name in set(self.fields) - _fields_of(asked, english=english):
            del self.fields[name]
        label, aid = _LABELS.get(asked.sort, _ASKED)
        self.fields["label_fr"].label, self.fields["label_fr"].help_text = label, aid
        if asked.sort is Sort.CONSENT:
            self.fields["hint_fr"].label = _("Ce que la personne lit avant")
            self.fields["hint_fr"].help_text = _("Le plus important d’abord, en phrases courtes.")
            self.fields["hint_fr"].required = True
            self._allow(asked.said("consentement"))
        if asked.sort is Sort.BUDGET:
            self.fields["total"].required = True

    def _allow(self, purpose: str) -> None:
        """Keep a purpose that a workbook names by its own code."""
        field = self.fields["consentement"]
        assert isinstance(field, forms.ChoiceField)
        if purpose and purpose not in dict(CONSENTED):
            field.choices = [*CONSENTED, (purpose, purpose)]

    def words(self) -> list[Any]:
        """Return the fields of the words, French beside English."""
        return [self[name] for name in _WORDS if name in self.fields]

    def rules(self) -> list[Any]:
        """Return the fields that bound an answer."""
        return [self[name] for name in ("low", "high", "total", "required") if name in self.fields]

    def reading(self) -> list[Any]:
        """Return the fields that say how answers are read."""
        return [self[name] for name in _COLUMNS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Refuse a least above the most."""
        cleaned = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if low is not None and high is not None and low > high:
            self.add_error("high", _("Le plus grand nombre est sous le plus petit."))
        return cleaned

    def question(self, choices: tuple[Choice, ...]) -> Asked:
        """Return the question as written, with these answers."""
        told = self.cleaned_data
        asked = self.asked
        kept = {name: cell for name, cell in asked.columns if name not in self.fields}
        kept |= {name: told[name] for name in _COLUMNS if told.get(name)}
        changed = replace(
            asked,
            label=Label(told["label_fr"], told.get("label_en", asked.label.en)),
            columns=tuple(kept.items()),
        )
        if "hint_fr" in told:
            changed = replace(
                changed, hint=Label(told["hint_fr"], told.get("hint_en", asked.hint.en))
            )
        if "low" in told and asked.limits is not None:
            changed = replace(
                changed, limits=replace(asked.limits, low=told["low"], high=told["high"])
            )
        if "total" in told:
            changed = replace(changed, total=told["total"])
        if "required" in told:
            changed = replace(changed, required=told["required"])
        return replace(changed, choices=choices) if asked.sort in LISTING else changed


_WORDS = ("label_fr", "label_en", "hint_fr", "hint_en")
_COLUMNS = (
    "nature", "lecture", "unite", "pas", "classes", "coupe", "groupements", "sans_reponse",
    "consentement",
)  # fmt: skip
_NUMBERS = frozenset({Sort.INTEGER, Sort.DECIMAL, Sort.BUDGET})
_NO_ANSWER = frozenset({Sort.NOTE, Sort.SECTION})


def _fields_of(asked: Asked, *, english: bool) -> set[str]:
    """Return the names of the fields that a sort of question has."""
    found = {"version", "label_fr", "label_en"}
    if asked.sort is not Sort.SECTION:
        found |= {"hint_fr", "hint_en"}
    if asked.sort not in _NO_ANSWER:
        found |= {"required", "nature", "lecture", "sans_reponse"}
    if asked.sort is Sort.CONSENT:
        found = found - {"nature", "lecture", "sans_reponse"} | {"consentement"}
    if asked.sort in LIMITED and asked.limits is not None:
        found |= {"low", "high"}
    if asked.sort in _NUMBERS:
        found |= {"unite", "pas", "classes"}
    if asked.sort is Sort.BUDGET:
        found |= {"total"}
    if asked.sort in {Sort.SINGLE, Sort.SCALE}:
        found |= {"coupe", "groupements"}
    return found if english else found - {"label_en", "hint_en"}


def _initial(asked: Asked) -> dict[str, Any]:
    return {
        "label_fr": asked.label.fr,
        "label_en": asked.label.en,
        "hint_fr": asked.hint.fr,
        "hint_en": asked.hint.en,
        "required": asked.required,
        "low": _written(asked.limits.low if asked.limits else None),
        "high": _written(asked.limits.high if asked.limits else None),
        "total": _written(asked.total),
        **{name: cell for name, cell in asked.columns if name in _COLUMNS},
    }


def _written(number: Decimal | None) -> str:
    return "" if number is None else f"{number:f}".replace(".", ",")


class ChoiceForm(forms.Form):
    """One answer that may be chosen. Without words, it goes."""

    code = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    fr = forms.CharField(label=_("En français"), required=False, max_length=500)
    en = forms.CharField(label=_("En anglais"), required=False, max_length=500)
    rank = forms.IntegerField(label=_("Rang"), required=False, min_value=0, max_value=9999)
    alone = forms.BooleanField(label=_("va seul"), required=False)


class ChoicesOnce(forms.BaseFormSet):  # type: ignore[type-arg]
    """The answers of a question, each with its own words."""

    def clean(self) -> None:
        """Refuse words in English only, and the same answer twice."""
        said = [form.cleaned_data.get("fr", "") for form in self.forms if form.is_valid()]
        kept = [words.strip().casefold() for words in said if words.strip()]
        twice = sorted({words for words in kept if kept.count(words) > 1})
        if twice:
            raise ValidationError(_("La réponse « %s » est là deux fois.") % twice[0])

    def choices(self) -> tuple[tuple[Choice, ...], str]:
        """Return the answers in their order, and the code of the one that goes alone."""
        rows = [
            (row.get("rank"), place, row)
            for place, form in enumerate(self.forms)
            if (row := form.cleaned_data) and row.get("fr", "").strip()
        ]
        rows.sort(key=lambda one: (one[0] is None, one[0] or 0, one[1]))
        alone = next((row["code"] for _rank, _place, row in rows if row.get("alone")), "")
        return tuple(Choice(row["code"], Label(row["fr"], row["en"])) for _, _, row in rows), alone


def choice_rows(asked: Asked, sent: Any = None) -> Any:
    """Return the forms of a question's answers, and three blank ones."""
    rows = [
        {
            "code": one.code,
            "fr": one.label.fr,
            "en": one.label.en,
            "rank": place,
            "alone": bool(asked.limits and asked.limits.alone == one.code),
        }
        for place, one in enumerate(asked.choices, 1)
    ]
    kind = forms.formset_factory(
        ChoiceForm, formset=ChoicesOnce, extra=_BLANK_ROWS, max_num=_MOST_ROWS, absolute_max=500
    )
    return kind(sent, initial=rows, prefix="reponses")


class ConditionForm(forms.Form):
    """When a question is asked: the answers of another."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    how = forms.ChoiceField(
        label=_("Posée"),
        choices=[
            ("si", _("si la réponse est l’une de celles-ci")),
            ("sauf", _("sauf si la réponse est l’une de celles-ci")),
        ],
        initial="si",
        widget=forms.RadioSelect,
    )
    codes = forms.MultipleChoiceField(
        label=_("Réponses"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Cochez au moins une réponse.")},
    )

    def __init__(self, *args: Any, source: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (one.code, one.label.fr or one.code) for one in source.choices
        ]

    def condition(self) -> Condition:
        """Return the condition as chosen."""
        told = self.cleaned_data
        return Condition(self.source.name, tuple(told["codes"]), negated=told["how"] == "sauf")


def limits_with(asked: Asked, alone: str) -> Asked:
    """Return a question of several choices whose ``alone`` goes with no other."""
    if asked.sort is not Sort.MULTIPLE or asked.limits is None:
        return asked
    return replace(asked, limits=Limits(asked.limits.low, asked.limits.high, alone))
