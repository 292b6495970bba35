"""``depot.toml`` (``deposit.toml``): what a repository asks and that no result needs.

It is beside the Dataset: changing it changes no released value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from croisee.language import Label, phrase
from croisee.studyfolder import messages
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.problems import Said
from croisee.studyfolder.toml_source import Section, read_toml
from croisee.studyfolder.toml_text import toml_lines, toml_text
from croisee.text import folded_label

DEPOSIT = ("depot", "deposit")
LICENCES = (
    "CC0-1.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "CC-BY-ND-4.0",
    "CC-BY-NC-ND-4.0",
)
"""By their SPDX names; another licence is written in full, in ``conditions``."""
SUBJECTS = {
    "Sciences agricoles": "Agricultural Sciences",
    "Arts et sciences humaines": "Arts and Humanities",
    "Astronomie et astrophysique": "Astronomy and Astrophysics",
    "Affaires et gestion": "Business and Management",
    "Chimie": "Chemistry",
    "Informatique et sciences de l’information": "Computer and Information Science",
    "Sciences de la Terre et de l’environnement": "Earth and Environmental Sciences",
    "Génie": "Engineering",
    "Droit": "Law",
    "Mathématiques": "Mathematical Sciences",
    "Médecine, santé et sciences de la vie": "Medicine, Health and Life Sciences",
    "Physique": "Physics",
    "Sciences sociales": "Social Sciences",
    "Autre": "Other",
}
"""The fourteen subjects of Dataverse's citation block, and the word of ours for each."""
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")


@dataclass(frozen=True, slots=True)
class Author:
    """Who signs. « Family name, given name » for a person; no comma: a team or an organisation."""

    name: str
    affiliation: str = ""
    orcid: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """What the study says for a repository; what it does not say is empty."""

    authors: tuple[Author, ...] = ()
    description: Label = Label("")
    subject: str = ""
    """One of Dataverse's, in English."""
    keywords: tuple[str, ...] = ()
    keywords_en: tuple[str, ...] = ()
    licence: str = ""
    conditions: Label = Label("")
    purpose: str = ""
    """The purpose of the consent form that speaks of depositing, if one does."""


def read_deposit(folder: Folder, purposes: tuple[str, ...]) -> Deposit:
    """Read ``depot.toml``; an empty one where there is none. ``purposes``: those of the study."""
    key = folder.find(DEPOSIT, (".toml",))
    top = read_toml(folder, key) if key is not None else None
    if top is None:
        return Deposit()
    found = Deposit(
        authors=tuple(_author(one) for one in top.sections("auteurs", "authors")),
        description=top.label("description"),
        subject=_subject(top),
        keywords=top.texts("mots_cles", "keywords"),
        keywords_en=top.texts("mots_cles_en", "keywords_en"),
        licence=_licence(top),
        conditions=top.label("conditions"),
        purpose=top.ref("finalite", "purpose", known=purposes, required=False),
    )
    top.warn_of_the_rest()
    return found


def deposit_text(deposit: Deposit) -> str:
    """Return what :func:`read_deposit` reads as the same deposit."""
    top = toml_lines(
        "",
        {
            "sujet": deposit.subject,
            "licence": deposit.licence,
            "finalite": deposit.purpose,
            "description": deposit.description.fr,
            "description_en": deposit.description.en,
            "conditions": deposit.conditions.fr,
            "conditions_en": deposit.conditions.en,
            "mots_cles": list(deposit.keywords),
            "mots_cles_en": list(deposit.keywords_en),
        },
    )
    authors = [
        toml_lines(
            "[[auteurs]]",
            {"nom": one.name, "affiliation": one.affiliation, "orcid": one.orcid},
        )
        for one in deposit.authors
    ]
    return toml_text([top, *authors])


def _author(section: Section) -> Author:
    name = section.text("nom", "name", required=True)
    orcid = section.text("orcid").removeprefix("https://orcid.org/")
    if orcid and not is_orcid(orcid):
        section.refuse("orcid", _no_orcid())
        orcid = ""
    found = Author(name, section.text("affiliation"), orcid)
    section.warn_of_the_rest()
    return found


def is_orcid(text: str) -> bool:
    """Return whether a text is an ORCID whose last sign is the one its digits give.

    ISO/IEC 7064:2003, MOD 11-2, as ORCID describes the structure of its identifiers.

    Example:
        >>> is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0098")
        (True, False)
    """
    if not _ORCID.fullmatch(text):
        return False
    digits = text.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    last = (12 - total % 11) % 11
    return digits[-1] == ("X" if last == 10 else str(last))


def _subject(top: Section) -> str:
    written = top.text("sujet", "subject")
    known = {
        folded_label(word): english
        for ours, english in SUBJECTS.items()
        for word in (ours, english)
    }
    if written and folded_label(written) not in known:
        top.refuse(
            top.named("sujet", "subject"),
            (
                phrase("Dataverse n’a pas ce sujet : « {subject} ».",
                       subject=messages.shown(written)),
                phrase("Choisissez : {subjects}.", subjects=" | ".join(SUBJECTS)),
            ),
        )  # fmt: skip
    return known.get(folded_label(written), "") if written else ""


def _licence(top: Section) -> str:
    written = top.text("licence", "license")
    found = next((one for one in LICENCES if one.lower() == written.lower()), "")
    if written and not found:
        top.refuse(
            top.named("licence", "license"),
            (
                phrase("Cette licence n’est pas connue : « {licence} ».",
                       licence=messages.shown(written)),
                phrase("Écrivez {licences}, ou dites les vôtres dans « conditions ».",
                       licences=", ".join(LICENCES)),
            ),
        )  # fmt: skip
    return found


def _no_orcid() -> Said:
    return (
        phrase("Cet identifiant ORCID n’est pas valide."),
        phrase("Recopiez-le : 0000-0002-1825-0097, le dernier signe vérifie les autres."),
    )
