"""The report: what was found, where it comes from, and what cannot be said."""

from __future__ import annotations

from collections.abc import Mapping

from croisee.disclosure.released import PUBLIC, Release
from croisee.language import Language, phrase
from croisee.report.compose_annex import (
    across_cases,
    all_questions,
    over_editions,
    what_networks_say,
)
from croisee.report.compose_findings import finding_sections
from croisee.report.compose_limits import method_and_limits, reference_section
from croisee.report.compose_portraits import portraits
from croisee.report.compose_study import (
    in_brief,
    participation_title,
    the_study,
    who_took_part,
)
from croisee.report.dates import day_of
from croisee.report.figures import figure_blocks
from croisee.report.told import Telling, filled
from croisee.report.tree import Document, FigureBlock, Section


def compose_report(
    release: Release,
    language: Language,
    *,
    audience: str = PUBLIC,
    figures: Mapping[str, FigureBlock] | None = None,
) -> Document:
    """Return the whole report as one audience may read it.

    A section that has nothing to say is not there: a study made of interviews, or of one
    survey, reads without holes. ``figures`` may be given when they are already drawn.

    Raises:
        TypeError: anything but a :class:`Release` was given.
    """
    if not isinstance(release, Release):
        raise TypeError("a report is composed from a Release: see croisee.disclosure")
    seen = release.seen_by(audience)
    telling = Telling(seen, language, figure_blocks(seen, language) if figures is None else figures)
    opening = in_brief(telling), the_study(telling)
    sections = filled(
        *opening,
        *_participation_and_findings(telling),
        *portraits(telling),
        what_networks_say(telling),
        across_cases(telling),
        over_editions(telling),
        all_questions(telling),
        method_and_limits(telling),
        reference_section(telling),
    )
    return document(
        seen,
        language,
        sections,
        title=seen.study.title.to(language),
        subtitle=phrase("Rapport de recherche").to(language),
    )


def _participation_and_findings(telling: Telling) -> tuple[Section, ...]:
    """Return who took part, then the findings; one chapter when the authors wrote that one.

    Their findings then choose the figures: the others wait with the rest of the questions.
    """
    title = telling.say(participation_title())
    theirs = {name for f in telling.release.findings for name in (f.section, f.section_en)}
    if title in theirs:
        return finding_sections(telling)
    return who_took_part(telling), *finding_sections(telling)


def document(
    release: Release,
    language: Language,
    sections: tuple[Section, ...],
    *,
    title: str,
    subtitle: str,
) -> Document:
    """Return a document of a release: its footer, its draft words, its languages."""
    study = release.study
    return Document(
        title=title,
        subtitle=subtitle,
        language=language,
        sections=sections,
        footer=" · ".join(_footer(release, language)),
        draft=draft_words(release, language),
        release_code=release.code,
        arrest_on=study.diffusion.arrest_on,
        authors=study.team.to(language),
        contact=study.contact,
        languages=languages_of(release),
    )


def draft_words(release: Release, language: Language) -> str:
    """Return what every page of an unsealed release says, or nothing."""
    return phrase("Épreuve : à ne pas diffuser").to(language) if release.draft else ""


def languages_of(release: Release) -> tuple[Language, ...]:
    """Return the languages of a study's documents, the first one first."""
    known: dict[str, Language] = {"fr": "fr", "en": "en"}
    found = tuple(known[code] for code in release.study.languages if code in known)
    return found or ("fr",)


def _footer(release: Release, language: Language) -> list[str]:
    said = [
        release.study.title.to(language),
        phrase("diffusion {code}", code=release.code).to(language),
    ]
    on = release.study.diffusion.arrest_on
    if on is not None:
        day = day_of(on, language)
        said.append(phrase("chiffres arrêtés le {day}", day=day).to(language))
    return said
