"""What a DDI-Codebook says of the study itself: citation, content, method, access, files.

The order is that of ``codebook.xsd`` (DDI Alliance, « DDI Codebook 2.5 », 2012).
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from croisee.formats.ddi_words import LANGUAGE, Words, below, words_below


@dataclass(frozen=True, slots=True)
class Described:
    """What a DDI says of the study itself."""

    identifier: str
    title: str
    abstract: str = ""
    producer: str = ""
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Archived:
    """What goes with a study into an archive. Days are ISO; what is unknown is empty.

    ``titles`` and ``abstracts`` say again, the study's language first, what :class:`Described`
    says. ``authors`` are (name, affiliation); ``collected`` are (first day, last day) of each
    wave; ``authorised`` are (ethics board, what it certified); ``sections`` are (name, labels,
    variables) of each questionnaire; ``materials`` are (path, labels) of each file.
    """

    titles: Words
    abstracts: Words
    authors: tuple[tuple[str, str], ...] = ()
    contact: str = ""
    software: str = ""
    produced: str = ""
    version: str = ""
    citation: str = ""
    subject: str = ""
    keywords: tuple[tuple[str, str], ...] = ()
    """(language, word)."""
    collected: tuple[tuple[str, str], ...] = ()
    units: tuple[Words, ...] = ()
    universes: tuple[Words, ...] = ()
    kind: str = ""
    modes: tuple[Words, ...] = ()
    authorised: tuple[tuple[str, str], ...] = ()
    restriction: str = ""
    conditions: str = ""
    sections: tuple[tuple[str, Words, tuple[str, ...]], ...] = ()
    materials: tuple[tuple[str, Words], ...] = ()


def describe_study(root: etree._Element, study: Described, more: Archived | None) -> None:
    """Add ``stdyDscr``."""
    about = below(root, "stdyDscr")
    _cite(below(about, "citation"), study, more)
    if more is None:
        if study.abstract:
            below(below(about, "stdyInfo"), "abstract", study.abstract)
        return
    for board, certified in more.authorised:
        authorised = below(about, "studyAuthorization")
        below(authorised, "authorizingAgency", board)
        if certified:
            below(authorised, "authorizationStatement", certified)
    _tell(below(about, "stdyInfo"), study, more)
    if more.modes:
        collected = below(below(about, "method"), "dataColl")
        for mode in more.modes:
            words_below(collected, "collMode", mode)
    if more.restriction or more.conditions:
        use = below(below(about, "dataAccs"), "useStmt")
        for tag, text in (("restrctn", more.restriction), ("conditions", more.conditions)):
            if text:
                below(use, tag, text)


def _cite(above: etree._Element, study: Described, more: Archived | None) -> None:
    title = below(above, "titlStmt")
    below(title, "titl", study.title)
    for language, text in more.titles.items() if more is not None else ():
        if language != study.language and text != study.title:
            below(title, "parTitl", text).set(LANGUAGE, language)
    below(title, "IDNo", study.identifier)
    if more is not None and more.authors:
        responsible = below(above, "rspStmt")
        for name, affiliation in more.authors:
            told = {"affiliation": affiliation} if affiliation else {}
            below(responsible, "AuthEnty", name, **told)
    made = ("", "") if more is None else (more.produced, more.software)
    if study.producer or any(made):
        production = below(above, "prodStmt")
        if study.producer:
            below(production, "producer", study.producer)
        if made[0]:
            below(production, "prodDate", made[0], date=made[0])
        if made[1]:
            below(production, "software", made[1])
    if more is not None:
        _distribute(above, more)


def _distribute(above: etree._Element, more: Archived) -> None:
    if more.contact:
        below(below(above, "distStmt"), "contact", more.contact, email=more.contact)
    if more.version:
        below(below(above, "verStmt"), "version", more.version)
    if more.citation:
        below(above, "biblCit", more.citation)


def _tell(above: etree._Element, study: Described, more: Archived) -> None:
    if more.subject or more.keywords:
        _classify(below(above, "subject"), study, more)
    words_below(above, "abstract", more.abstracts or {study.language: study.abstract})
    summary = below(above, "sumDscr")
    for wave in more.collected:
        for event, on in zip(("start", "end"), wave, strict=True):
            if on:
                below(summary, "collDate", on, event=event, date=on)
    for tag, many in (("anlyUnit", more.units), ("universe", more.universes)):
        for words in many:
            words_below(summary, tag, words)
    if more.kind:
        below(summary, "dataKind", more.kind)
    if not len(summary):
        above.remove(summary)


def _classify(above: etree._Element, study: Described, more: Archived) -> None:
    for language, word in more.keywords:
        added = below(above, "keyword", word)
        if language != study.language:
            added.set(LANGUAGE, language)
    if more.subject:
        below(above, "topcClas", more.subject)


def list_materials(root: etree._Element, more: Archived) -> None:
    """Add ``otherMat`` for each file that goes with the description."""
    for path, labels in more.materials:
        words_below(below(root, "otherMat", level="study", URI=path), "labl", labels)
