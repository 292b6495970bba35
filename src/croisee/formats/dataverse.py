"""The description of a dataset as Dataverse's native API takes it (``POST …/datasets``).

Source: Dataverse guides, « Native API », create a dataset, and its citation metadata block.
Tried on no server: field names, their kinds and what is required are held by tests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Field = dict[str, object]
_LANGUAGES = {"fr": "French", "en": "English"}
_CREATIVE = "http://creativecommons.org"
_LICENCES = {
    "CC0-1.0": ("CC0 1.0", f"{_CREATIVE}/publicdomain/zero/1.0"),
    "CC-BY-4.0": ("CC BY 4.0", f"{_CREATIVE}/licenses/by/4.0"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", f"{_CREATIVE}/licenses/by-sa/4.0"),
    "CC-BY-NC-4.0": ("CC BY-NC 4.0", f"{_CREATIVE}/licenses/by-nc/4.0"),
    "CC-BY-NC-SA-4.0": ("CC BY-NC-SA 4.0", f"{_CREATIVE}/licenses/by-nc-sa/4.0"),
    "CC-BY-ND-4.0": ("CC BY-ND 4.0", f"{_CREATIVE}/licenses/by-nd/4.0"),
    "CC-BY-NC-ND-4.0": ("CC BY-NC-ND 4.0", f"{_CREATIVE}/licenses/by-nc-nd/4.0"),
}


@dataclass(frozen=True, slots=True)
class Catalogued:
    """A dataset as a catalogue asks it. Days are ISO; what is unknown is empty.

    ``titles``, ``descriptions``: by language, the main one first. ``authors`` are
    (name, affiliation, ORCID). ``keywords`` are words, whatever their language.
    """

    identifier: str
    titles: Mapping[str, str]
    descriptions: Mapping[str, str]
    authors: Sequence[tuple[str, str, str]]
    contact: tuple[str, str]
    """(who, e-mail)."""
    subject: str
    keywords: Sequence[str] = ()
    licence: str = ""
    terms: str = ""
    kinds: Sequence[str] = ()
    collected: Sequence[tuple[str, str]] = ()
    produced: str = ""
    software: tuple[str, str] = ("", "")

    @property
    def complete(self) -> bool:
        """Return whether all that Dataverse requires is there."""
        told = (self.identifier, *self.titles.values(), *self.descriptions.values())
        required = (self.authors, self.contact[1], self.subject, self.titles, self.descriptions)
        return all(required) and all(told)


def licence_named(code: str) -> tuple[str, str]:
    """Return the name and the address of a licence, by its SPDX name."""
    name, address = _LICENCES[code]
    return name, f"{address.replace('http:', 'https:')}/"


def write_dataverse(one: Catalogued) -> str:
    """Return the JSON of a dataset to create. The same description gives the same text.

    Raises:
        ValueError: something that Dataverse requires is not there (see ``complete``).
    """
    if not one.complete:
        raise ValueError("Dataverse requires a title, authors, a contact, a description, a subject")
    version: dict[str, object] = {}
    if one.licence:
        name, address = _LICENCES[one.licence]
        version["license"] = {"name": name, "uri": address}
    elif one.terms:
        version["termsOfUse"] = one.terms
    version["metadataBlocks"] = {
        "citation": {"displayName": "Citation Metadata", "fields": _fields(one)}
    }
    text = json.dumps({"datasetVersion": version}, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n"


def _fields(one: Catalogued) -> list[Field]:
    title, *others = dict.fromkeys(one.titles.values())
    fields = [_text("title", title)]
    if others:
        fields.append(_text("alternativeTitle", others))
    who, email = one.contact
    fields += [
        _many("otherId", [{"otherIdValue": one.identifier}]),
        _authors(one),
        _many("datasetContact", [{"datasetContactName": who, "datasetContactEmail": email}]),
        _many(
            "dsDescription",
            [{"dsDescriptionValue": text} for text in dict.fromkeys(one.descriptions.values())],
        ),
        _listed("subject", [one.subject]),
    ]
    if one.keywords:
        fields.append(_many("keyword", [{"keywordValue": word} for word in one.keywords]))
    said_in = [_LANGUAGES[code] for code in one.titles if code in _LANGUAGES]
    if said_in:
        fields.append(_listed("language", said_in))
    if one.produced:
        fields.append(_text("productionDate", one.produced))
    waves = [
        {"dateOfCollectionStart": first, "dateOfCollectionEnd": last}
        for first, last in one.collected
        if first or last
    ]
    if waves:
        fields.append(_many("dateOfCollection", waves))
    if one.kinds:
        fields.append(_text("kindOfData", list(one.kinds)))
    if one.software[0]:
        name, version = one.software
        fields.append(_many("software", [{"softwareName": name, "softwareVersion": version}]))
    return fields


def _text(name: str, value: str | list[str]) -> Field:
    several = isinstance(value, list)
    return {"typeName": name, "multiple": several, "typeClass": "primitive", "value": value}


def _listed(name: str, values: list[str]) -> Field:
    return {
        "typeName": name,
        "multiple": True,
        "typeClass": "controlledVocabulary",
        "value": values,
    }


def _many(name: str, values: list[dict[str, str]]) -> Field:
    written = [{key: _text(key, text) for key, text in one.items() if text} for one in values]
    return {"typeName": name, "multiple": True, "typeClass": "compound", "value": written}


def _authors(one: Catalogued) -> Field:
    """Return the authors; the scheme of an identifier is a word of a closed list."""
    field = _many(
        "author",
        [
            {"authorName": name, "authorAffiliation": affiliation, "authorIdentifier": orcid}
            for name, affiliation, orcid in one.authors
        ],
    )
    for written, (_, _, orcid) in zip(field["value"], one.authors, strict=True):  # type: ignore[call-overload]
        if orcid:
            scheme = {"multiple": False, "typeClass": "controlledVocabulary", "value": "ORCID"}
            written["authorIdentifierScheme"] = {"typeName": "authorIdentifierScheme", **scheme}
    return field
