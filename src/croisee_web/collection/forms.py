"""Opening a collection, changing it, opening it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from croisee_web.collection.queries.plans import Choices
from croisee_web.collection.rules.brought import LARGEST
from croisee_web.collection.usecases.by_hand import HandSheet
from croisee_web.collection.usecases.conducting import Plan
from croisee_web.collection.usecases.inviting import Pasted, Wording
from croisee_web.collection.vocabulary import LetterKind, Way
from croisee_web.study.forms.fields import DayField

_MOST = 2**31 - 1
ANONYMITY = [
    (
        "non",
        _("Non : l’équipe sait qui a répondu, et peut relier une réponse à un lien personnel."),
    ),
    (
        "oui",
        _("Oui : rien de ce qui est gardé ne relie une réponse à un lien, à un jour ou à un nom."),
    ),
]
LINKS = [
    ("personnels", _("Des liens personnels : une réponse par organisme ou par personne.")),
    ("ouvert", _("Un lien ouvert : quiconque a l’adresse peut répondre.")),
]


class PlanForm(forms.Form):
    """What a collection asks, of whom, until when; ``choices`` is what the study has."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    published = forms.ChoiceField(label=_("Questionnaire publié"))
    edition = forms.ChoiceField(label=_("Édition"))
    opens_on = DayField(label=_("Ouvre le"))
    closes_on = DayField(
        label=_("Ferme le"), help_text=_("On peut répondre jusqu’à la fin de ce jour.")
    )
    anonymous = forms.ChoiceField(
        label=_("Les réponses sont-elles anonymes ?"),
        help_text=_(
            "Anonyme, personne ne saura qui n’a pas répondu : un rappel part sans montrer à qui."
        ),
        choices=ANONYMITY,
        widget=forms.RadioSelect,
    )
    open_link = forms.ChoiceField(
        label=_("Comment répond-on ?"), choices=LINKS, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["published"].choices = choices.published  # type: ignore[attr-defined]
        self.fields["edition"].choices = choices.editions  # type: ignore[attr-defined]
        self.cases = choices.cases
        for code, name in choices.cases:
            self.fields[f"reseau-{code}"] = forms.BooleanField(label=name, required=False)
            self.fields[f"but-{code}"] = forms.IntegerField(
                label=_("Réponses espérées"), required=False, min_value=1, max_value=_MOST
            )

    def clean(self) -> dict[str, Any]:
        """Refuse a collection that asks nobody, or that closes before it opens."""
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"reseau-{code}") for code, _name in self.cases):
            self.add_error(None, _("Choisissez au moins un réseau."))
        opens, closes = cleaned.get("opens_on"), cleaned.get("closes_on")
        if isinstance(opens, date) and isinstance(closes, date) and closes < opens:
            self.add_error("closes_on", _("La collecte ferme le jour où elle ouvre, ou après."))
        return cleaned

    @property
    def plain(self) -> list[forms.BoundField]:
        """Return the fields that are not a network's."""
        return [self[name] for name in ("published", "edition", "opens_on", "closes_on")]

    @property
    def ways(self) -> list[forms.BoundField]:
        """Return how people answer."""
        return [self["open_link"], self["anonymous"]]

    @property
    def networks(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return each network's box, and its goal."""
        return [(self[f"reseau-{code}"], self[f"but-{code}"]) for code, _name in self.cases]

    def plan(self) -> Plan:
        """Return what was asked for."""
        told = self.cleaned_data
        return Plan(
            int(told["published"]),
            told["edition"],
            {code: told[f"but-{code}"] for code, _name in self.cases if told.get(f"reseau-{code}")},
            told["opens_on"],
            told["closes_on"],
            told["anonymous"] == "oui",
            told["open_link"] == "ouvert",
        )


class ReopenForm(forms.Form):
    """Until when answers are taken again."""

    closes_on = DayField(label=_("Nouveau jour de fermeture"))


FILE_LIMIT = 1_000_000
"""Bytes of a file of addresses."""


class AddressesForm(forms.Form):
    """Addresses of one network, pasted or sent as a file."""

    case = forms.ChoiceField(label=_("Réseau"))
    language = forms.ChoiceField(
        label=_("Langue, si la ligne n’en dit pas"),
        choices=[("fr", _("français")), ("en", _("anglais"))],
    )
    text = forms.CharField(
        label=_("Adresses"),
        help_text=_(
            "Une par ligne : l’adresse, et si vous voulez le code ou le nom du membre, "
            "et « fr » ou « en ». Par exemple : info@exemple.org, Maison Bleue, fr. "
            "Elles sont chiffrées, et détruites après la collecte."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        max_length=400_000,
        required=False,
    )
    file = forms.FileField(label=_("Ou un fichier CSV"), required=False)

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        """Return the file as a text."""
        sent: Any | None = self.cleaned_data["file"]
        if sent is None:
            return ""
        if (sent.size or 0) > FILE_LIMIT:
            raise forms.ValidationError(_("Ce fichier dépasse 1 Mo : envoyez-le en parties."))
        content = bytes(sent.read())
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                continue
        raise forms.ValidationError(_("Ce fichier ne se lit pas : enregistrez-le en CSV."))

    def clean(self) -> dict[str, Any]:
        """Ask for at least one line."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("text", "") + cleaned.get("file", "")).strip():
            self.add_error("text", _("Collez des adresses, ou choisissez un fichier."))
        return cleaned

    def pasted(self) -> Pasted:
        """Return what was given."""
        told = self.cleaned_data
        return Pasted(told["case"], f"{told['text']}\n{told['file']}", told["language"])


def _words(label: Any, *, rows: int, required: bool = True, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=area, max_length=5000, required=required, **more)


class LetterForm(forms.Form):
    """What a letter says, in French, and in English for whoever reads it."""

    subject_fr = forms.CharField(label=_("Objet"), max_length=150)
    body_fr = _words(
        _("Texte"),
        rows=9,
        help_text=_("{lien} devient le lien de chaque personne, {fin} le dernier jour."),
    )
    subject_en = forms.CharField(label=_("Objet en anglais"), max_length=150, required=False)
    body_en = _words(
        _("Texte en anglais"),
        rows=9,
        required=False,
        help_text=_("Vide, tout le monde reçoit le texte français."),
    )

    def wording(self, kind: LetterKind, origin: str) -> Wording:
        """Return the letter as it was written."""
        told = self.cleaned_data
        return Wording(
            kind,
            told["subject_fr"],
            told["body_fr"].replace("\r\n", "\n"),
            told["subject_en"],
            told["body_en"].replace("\r\n", "\n"),
            origin,
        )


class CardsForm(forms.Form):
    """Which cards to print."""

    case = forms.ChoiceField(label=_("Réseau"))
    cards = forms.IntegerField(
        label=_("Combien de cartes sans nom"),
        help_text=_("Vide : une carte à son nom pour chaque lien qui n’a pas servi."),
        required=False,
        min_value=1,
        max_value=400,
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]

    def told(self) -> str:
        """Return what is to be corrected."""
        return " ".join(str(error) for errors in self.errors.values() for error in errors)


class SheetForm(forms.Form):
    """Where a sheet typed by hand comes from; its answers are read beside."""

    seed = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    begun = forms.FloatField(widget=forms.HiddenInput, min_value=0, max_value=1e11)
    way = forms.ChoiceField(
        label=_("Moyen"),
        choices=[(Way.PAPER, Way.PAPER.label), (Way.INTERVIEW, Way.INTERVIEW.label)],
    )
    case = forms.ChoiceField(label=_("Réseau"))
    organisation = forms.CharField(label=_("Code de l’organisme"), max_length=80, required=False)
    number = forms.CharField(
        label=_("Numéro écrit sur la feuille"),
        help_text=_("Il sert à la retrouver pour la double saisie."),
        max_length=40,
        required=False,
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = cases  # type: ignore[attr-defined]

    def sheet(self, sent: Mapping[str, str]) -> HandSheet:
        """Return the sheet as it was typed."""
        told = self.cleaned_data
        return HandSheet(
            sent,
            told["case"],
            Way(told["way"]),
            told["seed"],
            datetime.fromtimestamp(told["begun"], UTC),
            told["organisation"],
            told["number"],
        )


class CodeForm(forms.Form):
    """The short code of a printed card."""

    code = forms.CharField(
        label=_("Votre code"),
        help_text=_("Les 10 signes imprimés sur la carte. Les majuscules ne comptent pas."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )


class DeviceForm(forms.Form):
    """A device that will send filled forms, and the network it sends for."""

    label = forms.CharField(
        label=_("Appareil"), help_text=_("Par exemple : téléphone de Rimouski."), max_length=80
    )
    case = forms.ChoiceField(label=_("Réseau"), required=False)

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        each = [("", _("celui que dit chaque formulaire"))]
        self.fields["case"].choices = [*cases, *each]  # type: ignore[attr-defined]


SOURCES = [
    ("", _("le reconnaître au contenu")),
    ("odk", _("ODK, Kobo, Ona (CSV, XLSX, ou le ZIP de l’export)")),
    ("limesurvey", _("LimeSurvey (CSV, XLSX ou VV)")),
    ("dossier", _("dossier d’étude, « reponses » (CSV, XLSX)")),
    ("sav", _("SPSS (SAV)")),
]


class BringForm(forms.Form):
    """A file of answers, and its format where it is known."""

    file = forms.FileField(
        label=_("Fichier de réponses"),
        help_text=_("CSV, XLSX, SAV ou ZIP. Rien n’est reçu avant que vous ayez vu ce qu’il dit."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.sav,.zsav,.zip"}),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez-en un autre."),
        },
    )
    source = forms.ChoiceField(label=_("Format"), choices=SOURCES, required=False)

    def clean_file(self) -> Any:
        """Refuse at once what is far too large."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST:
            raise forms.ValidationError(_("Ce fichier dépasse 100 Mo : envoyez-le en parties."))
        return sent


class RestForm(forms.Form):
    """The network of the rows that say none."""

    case = forms.ChoiceField(
        label=_("Réseau des lignes qui n’en disent pas"),
        error_messages={"required": _("Choisissez le réseau des lignes qui n’en disent pas.")},
    )

    def __init__(self, *args: Any, cases: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].choices = [("", "—"), *cases]  # type: ignore[attr-defined]
