"""The sentences that several readers of a study folder say."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from croisee.language import Label, Phrase, phrase
from croisee.studyfolder.problems import Said

_SHOWN = 60
_IN_ENGLISH = {
    name: Label(name, english)
    for name, english in (
        ("etude.toml", "study.toml"),
        ("seances", "sessions"),
        ("codes", "codebook"),
        ("classes", "groups"),
        ("extraits", "excerpts"),
        ("constats.toml", "findings.toml"),
        ("[[finalites]]", "[[purposes]]"),
    )
}
"""Files and sections by the name each language gives them."""


def shown(text: object) -> str:
    """Return what was written, short enough to be quoted in a message."""
    plain = " ".join(str(text).split())
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN - 1]}…"


def meant(near: str, otherwise: Phrase) -> Phrase:
    """Return « did you mean », when something is near."""
    return phrase("Vouliez-vous dire « {near} » ?", near=near) if near else otherwise


def several(words: Iterable[str], most: int = 8) -> str:
    """Return a few words in a row."""
    listed = list(islice(words, most + 1))
    return ", ".join(listed[:most]) + (", …" if len(listed) > most else "")


def unknown_column(name: str, near: str) -> Said:
    """Return what is said of a column nobody reads."""
    return (
        phrase("Cette colonne n’est pas lue : « {name} ».", name=shown(name)),
        meant(near, phrase("Retirez-la, ou vérifiez son nom.")),
    )


def missing_column(name: str | Label, near: str) -> Said:
    """Return what is said of a required column that is not there."""
    return (
        phrase("Il manque la colonne « {name} ».", name=name),
        phrase("Renommez « {near} » en « {name} ».", near=shown(near), name=name)
        if near
        else phrase("Ajoutez la colonne « {name} ».", name=name),
    )


def empty_cell() -> Said:
    """Return what is said of a required cell left empty."""
    return phrase("Cette cellule est vide."), phrase("Écrivez une valeur, ou retirez la ligne.")


def not_a_code(text: str, proposal: str) -> Said:
    """Return what is said of a text where a code is wanted."""
    return (
        phrase("« {text} » n’est pas un code.", text=shown(text)),
        phrase(
            "Écrivez « {proposal} » : minuscules sans accent, chiffres, traits d’union.",
            proposal=proposal,
        )
        if proposal
        else phrase("Un code a des minuscules sans accent, des chiffres et des traits d’union."),
    )


def unknown_code(text: str, near: str, source: str) -> Said:
    """Return what is said of a code that ``source`` (a file) does not declare."""
    file = _IN_ENGLISH.get(source, source)
    return (
        phrase("« {text} » n’est pas dans {source}.", text=shown(text), source=file),
        meant(near, phrase("Corrigez ce code, ou ajoutez-le dans {source}.", source=file)),
    )


def twice(text: str, row: int | None) -> Said:
    """Return what is said of a key written twice."""
    return (
        phrase("« {text} » est déjà à la ligne {row}.", text=shown(text), row=row)
        if row
        else phrase("« {text} » est écrit deux fois.", text=shown(text)),
        phrase("Gardez une seule des deux lignes, ou changez un code."),
    )


def unknown_word(text: str, near: str, words: Iterable[str]) -> Said:
    """Return what is said of a word out of a closed list."""
    allowed = phrase("Valeurs possibles : {words}.", words=several(words, 20))
    return (
        phrase("« {text} » n’est pas une valeur possible ici.", text=shown(text)),
        meant(near, allowed),
    )


def not_a_number(text: str) -> Said:
    """Return what is said of a text where a number is wanted."""
    return (
        phrase("« {text} » n’est pas un nombre.", text=shown(text)),
        phrase("Écrivez par exemple 1234,5, ou laissez vide."),
    )


def out_of_range(text: str, low: object, high: object) -> Said:
    """Return what is said of a number too small or too large."""
    return (
        phrase("« {text} » n’est pas entre {low} et {high}.", text=shown(text), low=low, high=high),
        phrase("Corrigez ce nombre."),
    )


def not_whole(text: str) -> Said:
    """Return what is said of a number that should be whole and positive."""
    return (
        phrase("« {text} » n’est pas un nombre entier.", text=shown(text)),
        phrase("Écrivez un nombre entier, par exemple 12."),
    )


def not_a_date(text: str) -> Said:
    """Return what is said of a text where a date is wanted."""
    return (
        phrase("« {text} » n’est pas une date.", text=shown(text)),
        phrase("Écrivez par exemple 2020-03-13 ou 13 mars 2020."),
    )


def ambiguous_date(text: str, read: str) -> Said:
    """Return what is said of a date that could be read two ways."""
    return (
        phrase("« {text} » est lu jour puis mois : {read}.", text=shown(text), read=read),
        phrase("Écrivez {read} pour lever le doute.", read=read),
    )


def not_yes_no(text: str) -> Said:
    """Return what is said of a cell that is neither yes nor no."""
    return (
        phrase("« {text} » n’est ni oui ni non.", text=shown(text)),
        phrase("Écrivez oui ou non."),
    )
