"""The dictionary of a package: what each column of each of its tables means, in two languages.

And the page of its licence: which one, its address, who signs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from croisee.formats import write_csv
from croisee.formats.dataverse import licence_named
from croisee.language import Language, Phrase, phrase
from croisee.run.package_metadata import Metadata, citation_line
from croisee.text import typeset

DICTIONARY = "dictionnaire.csv"
LICENCE = "LICENCE.txt"
_HEADER = ("fichier", "colonne", "colonne_en", "sens", "sens_en")
_ENGLISH = {
    "groupe": "group",
    "ligne": "line",
    "colonne": "column",
    "valeur": "value",
}
"""The columns of figures that have another name in their English file (``F-07.en.csv``)."""
_FRENCH, _OTHER = phrase("le texte, en français"), phrase("le texte, en anglais")
_OPTION = phrase("le code d’une réponse possible ; vide quand la réponse est libre")
_QUESTION = {
    "libelle": _FRENCH,
    "libelle_en": _OTHER,
    "option": _OPTION,
    "option_libelle": phrase("la réponse possible, en français"),
    "option_libelle_en": phrase("la réponse possible, en anglais"),
}
COLUMNS: dict[str, dict[str, Phrase]] = {
    "diffusion/figures/*.csv": {
        "figure": phrase("le code de la diffusion, puis celui du tableau"),
        "groupe": phrase("le titre qui réunit des lignes, s’il y en a un"),
        "ligne": phrase("ce que compte la ligne"),
        "colonne": phrase("ce que compte la colonne"),
        "valeur": phrase("ce qui est imprimé"),
        "minimum": phrase("le plus petit nombre que la valeur peut vouloir dire"),
        "maximum": phrase("le plus grand nombre que la valeur peut vouloir dire"),
        "base": phrase("parmi combien"),
    },
    "tableaux.csv": {
        "fichier": phrase("le fichier, dans diffusion/figures"),
        "figure": phrase("le code imprimé du tableau"),
        "cle": phrase("la clé du tableau : questionnaire, édition, question, réseau"),
        "genre": phrase("ce que montre le tableau : distribution, cas, croisement, participation…"),
        "titre": phrase("le titre, en français"),
        "titre_en": phrase("le titre, en anglais"),
        "base": phrase("qui est compté : questionnaire, édition, réseaux"),
        "n": phrase("combien ont répondu ; vide quand ce nombre ne sort pas"),
        "cadre": phrase("combien auraient pu répondre, quand on le sait"),
        "edition": phrase("l’édition de la collecte"),
    },
    "livre-de-codes/*.csv": {
        "instrument": phrase("le code du questionnaire"),
        "question": phrase("le code de la question"),
        "type": phrase("comment on y répond : choix, ordinal, multiple, nombre, texte…"),
        "nature": phrase(
            "ce que la réponse dit de quelqu’un : visible, ordinaire, sensible, fait…"
        ),
        **_QUESTION,
    },
    "guide.csv": {
        "ordre": phrase("la place dans le guide"),
        "theme": phrase("le code du thème"),
        "genre": phrase("ce qui est fait du thème : question, activité…"),
        "cas": phrase("le réseau à qui il a été demandé autrement ; vide pour tous"),
        **_QUESTION,
    },
}
"""The columns of each table, by the files that have them."""


def write_dictionary(root: Path) -> None:
    """Write ``dictionnaire.csv`` for the tables that a package has."""
    lines = [
        (where, name, _ENGLISH.get(name, name) if "figures" in where else name,
         meaning.to("fr"), meaning.to("en"))
        for where, columns in COLUMNS.items()
        if any(root.glob(where))
        for name, meaning in columns.items()
    ]  # fmt: skip
    write_csv(root / DICTIONARY, _HEADER, lines)


def licence_text(one: Metadata) -> str:
    """Return what may be done with the package, in each of its languages; empty if unsaid."""
    if not (one.deposit.licence or one.deposit.conditions.fr):
        return ""
    return "\n".join(_page(one, language) for language in one.languages)


def _page(one: Metadata, language: Language) -> str:
    lines = [citation_line(one, language), *(each.to(language) for each in _terms(one))]
    return typeset("\n".join(lines) + "\n", language, medium="text")


def _terms(one: Metadata) -> Iterator[Phrase]:
    if one.deposit.licence:
        name, address = licence_named(one.deposit.licence)
        yield phrase("Licence : {name}", name=name)
        yield phrase("Son texte, qui fait foi : {address}", address=address)
    if one.deposit.conditions.fr:
        yield phrase("Conditions d’usage : {conditions}", conditions=one.deposit.conditions)
