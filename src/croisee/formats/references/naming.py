"""How BibTeX and CSL name the same things.

Sources: O. Patashnik, « BibTeXing » (1988), section 3; CSL 1.0.2, appendices III and IV.
"""

from __future__ import annotations

import re

KIND_OF = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "online": "webpage",
    "patent": "patent",
    "phdthesis": "thesis",
    "proceedings": "book",
    "report": "report",
    "software": "software",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
}
_ENTRY_OF = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
"""Types that every style knows; the others are ``misc``."""
PLAIN = {
    "abstract": "abstract",
    "address": "publisher-place",
    "chapter": "chapter-number",
    "doi": "DOI",
    "edition": "edition",
    "isbn": "ISBN",
    "issn": "ISSN",
    "keywords": "keyword",
    "language": "language",
    "location": "publisher-place",
    "note": "note",
    "pages": "page",
    "series": "collection-title",
    "shorttitle": "title-short",
    "title": "title",
    "type": "genre",
    "url": "URL",
    "version": "version",
    "volume": "volume",
}
CONTAINERS = ("journal", "journaltitle", "booktitle")
HOUSES = ("publisher", "institution", "school", "organization")
ROLES = {"author": "author", "editor": "editor", "translator": "translator"}
ALL_ROLES = frozenset({
    "author", "chair", "collection-editor", "compiler", "composer", "container-author",
    "contributor", "curator", "director", "editor", "editorial-director", "executive-producer",
    "guest", "host", "illustrator", "interviewer", "narrator", "organizer", "original-author",
    "performer", "producer", "recipient", "reviewed-author", "script-writer", "series-creator",
    "translator",
})  # fmt: skip
ALL_DATES = frozenset({
    "accessed", "available-date", "event-date", "issued", "original-date", "submitted",
})  # fmt: skip
VERBATIM = frozenset({"URL", "DOI"})
TITLES = frozenset({"title", "container-title", "collection-title", "title-short"})
OURS = "csl-"
"""Before the name of what BibTeX has no field for; its readers leave such a field alone."""
_DAY = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?"
ISO = re.compile(rf"({_DAY})(?:/({_DAY}))?(~?)")


def entry_of(kind: str, before: str) -> str:
    """Return the BibTeX type of a work: the one it had, where it still says the same kind."""
    if before and KIND_OF.get(before, "document") == kind:
        return before
    return _ENTRY_OF.get(kind, "misc")


def field_of(variable: str, kind: str) -> str:
    """Return the BibTeX field of a variable of CSL."""
    article = kind.startswith("article")
    if variable == "container-title":
        return "journal" if article else "booktitle"
    if variable == "publisher":
        return {"report": "institution", "thesis": "school"}.get(kind, "publisher")
    if variable == ("issue" if article else "number"):
        return "number"
    return _FIELD_OF.get(variable, OURS + variable)


_FIELD_OF = {variable: name for name, variable in PLAIN.items() if name != "location"}
