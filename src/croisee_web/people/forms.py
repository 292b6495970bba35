"""What the team, or a participant on her own page, writes about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from croisee.language import Language
from croisee.study import Purpose
from croisee_web.people.queries import FormCard
from croisee_web.people.queries.registers import Register
from croisee_web.people.rules import PROOF_LIMIT, Proof, ShownForm
from croisee_web.people.vocabulary import ConsentMode

CODE = RegexValidator(
    r"^[a-z0-9][a-z0-9-]*\Z",
    _("Un code s’écrit en minuscules sans accent, en chiffres et en traits d’union : p-014."),
)
YES_NO = [("oui", _("J’accepte")), ("non", _("Je refuse"))]


class PlaceForm(forms.Form):
    """Where somebody belongs: a network, a part of it, an organisation."""

    case = forms.ChoiceField(label=_("Réseau"))
    component = forms.CharField(
        label=_("Composante"), max_length=60, required=False, validators=[CODE]
    )
    organisation = forms.CharField(
        label=_("Code de l’organisme"),
        max_length=80,
        required=False,
        validators=[CODE],
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]


class InscriptionForm(PlaceForm):
    """A new person, under a code that says nothing of her."""

    code = forms.CharField(
        label=_("Code de la personne"),
        help_text=_("Un code qui ne dit rien d’elle : ni initiales, ni date de naissance."),
        max_length=60,
        validators=[CODE],
    )
    field_order = ("code", "case", "component", "organisation")


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
    """One question a purpose; nothing is ticked beforehand, nothing is compulsory."""

    def __init__(
        self,
        *args: Any,
        purposes: Sequence[Purpose],
        language: Language,
        by_team: bool,
        published: Sequence[FormCard] = (),
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
                    *((str(card.id), f"{card.version} ({card.language})") for card in published),
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
        """Return the form that was read, how it was answered, and the proof."""
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
        )


class FormTextForm(forms.Form):
    """A version of the consent form, as it will be read."""

    version = forms.CharField(label=_("Version"), help_text=_("Par exemple 2026-1."), max_length=60)
    language = forms.ChoiceField(
        label=_("Langue"), choices=[("fr", _("français")), ("en", _("anglais"))]
    )
    brief = forms.CharField(
        label=_("En bref"),
        help_text=_("Cinq phrases au plus : ce qu’on demande, à quoi ça sert, comment se retirer."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=2000,
    )
    text = forms.CharField(
        label=_("Texte entier"), widget=forms.Textarea(attrs={"rows": 20}), max_length=60_000
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)


class WithdrawForm(forms.Form):
    """The last step of a withdrawal: one box, that says what it does."""

    sure = forms.BooleanField(
        label=_("Oui, retirer tout ce qui peut l’être. Je sais que cela ne se défait pas.")
    )


def register_form(register: Register) -> type[forms.Form]:
    """Return the form of one line of a register: its columns, and the version it was made from."""
    fields: dict[str, Any] = {
        "version": forms.IntegerField(widget=forms.HiddenInput, required=False)
    }
    for column in register.columns:
        field: Any = register.model._meta.get_field(column)
        widget: dict[str, Any] = {}
        if field.get_internal_type() == "TextField":
            widget = {"widget": forms.Textarea(attrs={"rows": 3}), "max_length": 10_000}
        elif field.get_internal_type() == "DateField":
            widget = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        fields[column] = field.formfield(**widget)
    return type("RegisterForm", (forms.Form,), fields)


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
            *((str(card.id), f"{card.version} ({card.language})") for card in published),
        ]
        if not answered:
            del self.fields["form"], self.fields["mode"]

    def shown(self) -> ShownForm | None:
        """Return the form that was read, when the list notes consents."""
        if "form" not in self.fields:
            return None
        card = self._published[self.cleaned_data["form"]]
        return ShownForm(self.cleaned_data["mode"], card.version, card.language)
