"""What a dissemination package says of its study, and what the study does not say yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from croisee.disclosure import Release
from croisee.formats.citation import Cited, Work
from croisee.formats.dataverse import Catalogued
from croisee.language import Label, Language, Phrase, phrase
from croisee.report.compose_report import languages_of
from croisee.study import Study
from croisee.studyfolder.deposit import Author, Deposit

_DEPOSIT, _STUDY = Label("depot.toml", "deposit.toml"), Label("etude.toml", "study.toml")
KIND = phrase("Tableaux agrégés passés par les règles de divulgation")


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that nobody wrote, and where to write it. ``required``: Dataverse asks for it."""

    what: Phrase
    file: Label
    key: Label
    required: bool = False


_ASKED = {
    "authors": Missing(phrase("qui signe"), _DEPOSIT, Label("[[auteurs]]", "[[authors]]"), True),
    "contact": Missing(phrase("une adresse de courriel"), _STUDY, Label("contact"), True),
    "description": Missing(phrase("une description"), _DEPOSIT, Label("description"), True),
    "subject": Missing(phrase("le sujet"), _DEPOSIT, Label("sujet", "subject"), True),
    "license": Missing(
        phrase("la licence, ou des conditions d’usage"), _DEPOSIT, Label("licence", "license")
    ),
    "keywords": Missing(phrase("des mots-clés"), _DEPOSIT, Label("mots_cles", "keywords")),
    "address": Missing(
        phrase("l’adresse où les résultats se lisent"), _STUDY, Label("adresse", "address")
    ),
    "certificates": Missing(
        phrase("les certificats d’éthique"), _STUDY, Label("[[certificats]]", "[[certificates]]")
    ),
    "editions": Missing(
        phrase("les jours de la collecte"),
        _STUDY,
        Label("[[editions]] debut, fin", "[[editions]] start, end"),
    ),
    "purpose": Missing(
        phrase("la finalité du consentement qui parle de déposer, si elle a été demandée"),
        _DEPOSIT,
        Label("finalite", "purpose"),
    ),
}


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a sealed release as a dataset; nothing is made up."""

    release: Release
    deposit: Deposit
    languages: tuple[Language, ...]
    authors: tuple[Author, ...]
    teams: bool
    """The authors are the study's team, as ``etude.toml`` writes it."""
    contact: str
    description: Label
    sealed_on: date

    @property
    def study(self) -> Study:
        """Return the study, without who decided its exceptions."""
        return self.release.study

    @property
    def first(self) -> Language:
        """Return the study's main language."""
        return self.languages[0]

    @property
    def name(self) -> str:
        """Return the name of the package's folder and of its zip."""
        return f"depot-{self.release.code}"

    def by_language(self, label: Label) -> dict[str, str]:
        """Return a text in each language of the study, the main one first."""
        return {code: label.to(code) for code in self.languages}

    def collected(self) -> tuple[tuple[str, str], ...]:
        """Return the first and last day of each edition that the release covers, where known."""
        chosen = self.study.diffusion.editions
        covered = [one for one in self.study.editions if not chosen or one.code in chosen]
        return tuple((_day(one.start), _day(one.end)) for one in covered if one.start or one.end)


def _day(on: date | None) -> str:
    return "" if on is None else on.isoformat()


def metadata_of(release: Release, deposit: Deposit) -> Metadata:
    """Return what a sealed release, as the public reads it, and ``depot.toml`` say."""
    assert release.sealed_on is not None
    study, languages = release.study, languages_of(release)
    team = study.team.to(languages[0])
    authors = deposit.authors or ((Author(team),) if team else ())
    return Metadata(
        release,
        deposit,
        languages,
        authors,
        not deposit.authors,
        study.contact if "@" in study.contact else "",
        deposit.description if deposit.description.fr else study.question,
        release.sealed_on,
    )


def missing_of(one: Metadata) -> tuple[Missing, ...]:
    """Return what the study does not say, what Dataverse requires first."""
    deposit, study = one.deposit, one.study
    told = {
        "authors": one.authors,
        "contact": one.contact,
        "description": one.description.fr,
        "subject": deposit.subject,
        "license": deposit.licence or deposit.conditions.fr,
        "keywords": deposit.keywords,
        "address": study.address,
        "certificates": study.certificates,
        "editions": one.collected(),
        "purpose": deposit.purpose,
    }
    return tuple(asked for name, asked in _ASKED.items() if not told[name])


def catalogued(one: Metadata) -> Catalogued:
    """Return the dataset as Dataverse asks it; ``complete`` says whether all is there."""
    name, _, version = one.release.software.partition(" ")
    deposit = one.deposit
    return Catalogued(
        identifier=one.release.code,
        titles=one.by_language(one.study.title),
        descriptions=one.by_language(one.description),
        authors=[(author.name, author.affiliation, author.orcid) for author in one.authors],
        contact=(one.authors[0].name if one.authors else "", one.contact),
        subject=deposit.subject,
        keywords=(*deposit.keywords, *deposit.keywords_en),
        licence=deposit.licence,
        terms=deposit.conditions.to(one.first),
        kinds=[KIND.to(one.first)],
        collected=one.collected(),
        produced=one.sealed_on.isoformat(),
        software=(name, version),
    )


def citations(one: Metadata, *, report: bool) -> tuple[Cited, ...]:
    """Return the dataset to cite, and the report where it is in the package.

    No number of ours stands for the identifier that a repository will give.
    """
    title = one.study.title.to(one.first)
    authors = tuple(author.name for author in one.authors)
    works = [(Work.DATASET, phrase("Jeu de données"), "")]
    if report:
        works.append((Work.REPORT, phrase("Rapport de recherche"), one.study.address))
    return tuple(
        Cited(
            key=f"{work.value}-{one.release.code}",
            work=work,
            title=title,
            authors=authors,
            on=one.sealed_on,
            version=one.release.code,
            language=one.first,
            url=url,
            note=what.to(one.first),
            teams=one.teams,
        )
        for work, what, url in works
    )


def citation_line(one: Metadata, language: Language) -> str:
    """Return the dataset in one line: who, when, what, which release."""
    who = " ; ".join(author.name for author in one.authors)
    said = phrase(
        "{who} ({year}). {title} [jeu de données]. Diffusion {code}.",
        who=who,
        year=one.sealed_on.year,
        title=one.study.title,
        code=one.release.code,
    )
    return said.to(language).strip()
