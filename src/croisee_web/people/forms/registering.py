"""Somebody inscribed, her consents, her name, her way out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from croisee.language import Language
from croisee.study import Purpose
from croisee_web.people.queries import FormCard
from croisee_web.people.rules import PROOF_LIMIT, Proof, ShownForm
from croisee_web.people.usecases import Belonging
from croisee_web.people.vocabulary import MINORS, AgeGroup, Answerer, Assent, ConsentMode

CODE = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z",
    _("Un code s’écrit en minuscules sans accent, en chiffres et en traits d’union : p-014."),
)
YES_NO = [("oui", _("J’accepte")), ("non", _("Je refuse"))]


class PlaceForm(forms.Form):
    """Where somebody belongs: a network, a part of it, an organisation."""

    case = forms.ChoiceField(label=_("Réseau"))
    component = forms.CharField(
        label=_("Composante"), max_length=80, required=False, validators=[CODE]
    )
    organisation = forms.CharField(
        label=_("Code de l’organisme"),
        max_length=80,
        required=False,
        validators=[CODE],
    )
    age_group = forms.ChoiceField(
        label=_("Groupe d’âge"),
        help_text=_("Seulement s’il change qui consent. Aucune date de naissance."),
        choices=[("", _("non précisé")), *AgeGroup.choices],
        required=False,
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]

    def belonging(self) -> Belonging:
        """Return where somebody belongs, as it was written."""
        names = ("case", "component", "organisation", "age_group")
        return Belonging(*(self.cleaned_data[name] for name in names))


class InscriptionForm(PlaceForm):
    """A new person, under a code that says nothing of her."""

    code = forms.CharField(
        label=_("Code de la personne"),
        help_text=_("Un code qui ne dit rien d’elle : ni initiales, ni date de naissance."),
        max_length=80,
        validators=[CODE],
    )
    field_order = ("code", "case", "component", "organisation", "age_group")


class ChangeForm(PlaceForm):
    """A correction; it carries the version that was shown."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class IdentityForm(forms.Form):
    """What the vault keeps: a name and ways to reach somebody."""

    nom = forms.CharField(label=_("Nom"), max_length=200)
    courriel = forms.EmailField(label=_("Courriel"), required=False)
    telephone = forms.CharField(label=_("Téléphone"), max_length=60, required=False)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Par exemple, comment la personne préfère être jointe."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        required=False,
    )


class ConsentForm(forms.Form):
    """One question a purpose; nothing is ticked beforehand, nothing is compulsory.

    ``age``: the age group of whoever it is about; for a minor, who answers and what the young
    person says of it are asked, unless ``holder`` (whose page it is) says who answers.
    """

    def __init__(
        self,
        *args: Any,
        purposes: Sequence[Purpose],
        language: Language,
        by_team: bool,
        published: Sequence[FormCard] = (),
        age: str = "",
        holder: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._purposes = [purpose.code for purpose in purposes]
        for purpose in purposes:
            self.fields[f"finalite-{purpose.code}"] = forms.ChoiceField(
                label=purpose.name.to(language),
                choices=YES_NO,
                widget=forms.RadioSelect,
                required=False,
            )
        self._holder = holder
        if age in MINORS and by_team:
            self.fields["by"] = forms.ChoiceField(
                label=_("Qui a répondu"), choices=Answerer.choices, widget=forms.RadioSelect
            )
        if age in MINORS and holder != Answerer.PERSON:
            self.fields["assent"] = forms.ChoiceField(
                label=_("Ce que la jeune personne en dit"),
                choices=Assent.choices,
                widget=forms.RadioSelect,
                required=False,
            )
        if by_team:
            self.fields["mode"] = forms.ChoiceField(
                label=_("Comment la personne a répondu"),
                choices=[
                    (mode.value, mode.label) for mode in (ConsentMode.WRITTEN, ConsentMode.ORAL)
                ],
                widget=forms.RadioSelect,
            )
            self.fields["form"] = forms.ChoiceField(
                label=_("Formulaire lu"),
                choices=[
                    ("", _("Choisir…")),
                    *((str(card.id), card.name) for card in published),
                ],
                required=False,
            )
            self.fields["proof"] = forms.FileField(
                label=_("Preuve"),
                help_text=_("Le formulaire signé, ou l’enregistrement : 20 Mo au plus."),
                max_length=200,
                required=False,
                widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,audio/*"}),
            )
        self._published = {str(card.id): card for card in published}

    def answers(self) -> dict[str, bool]:
        """Return what was answered, purpose by purpose; what was skipped is not there."""
        said = {code: self.cleaned_data[f"finalite-{code}"] for code in self._purposes}
        return {code: value == "oui" for code, value in said.items() if value}

    def shown(self) -> ShownForm:
        """Return the form that was read, how it was answered and by whom, and the proof."""
        said, sent = self.cleaned_data, self.cleaned_data["proof"]
        card = self._published.get(said["form"])
        proof = None
        if sent is not None:
            proof = Proof(sent.name, "", sent.read(PROOF_LIMIT + 1))
        return ShownForm(
            said["mode"],
            card.version if card else "",
            card.language if card else "fr",
            proof,
            card.audience if card else "",
            *self._who(),
        )

    def shown_here(self, read: FormCard | None, language: Language) -> ShownForm:
        """Return the form read on somebody's own page, answered there."""
        told = (
            (read.version, read.language, None, read.audience) if read else ("", language, None, "")
        )
        return ShownForm(ConsentMode.CLICK, *told, *self._who())

    def _who(self) -> tuple[str, str]:
        """Return who answered, and what the young person says of it."""
        by = self._holder or self.cleaned_data.get("by") or Answerer.PERSON
        assent = self.cleaned_data.get("assent", "") if by == Answerer.PARENT else ""
        return by, assent


class WithdrawForm(forms.Form):
    """The last step of a withdrawal: one box, that says what it does."""

    sure = forms.BooleanField(
        label=_("Oui, retirer tout ce qui peut l’être. Je sais que cela ne se défait pas.")
    )


class TeamWithdrawForm(WithdrawForm):
    """The same, received by the team: for a minor, a parent may have asked."""

    by = forms.ChoiceField(
        label=_("Qui le demande"), choices=Answerer.choices, widget=forms.RadioSelect
    )
    field_order = ("by", "sure")

    def __init__(self, *args: Any, minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not minor:
            del self.fields["by"]
