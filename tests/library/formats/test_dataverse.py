"""Dataverse's dataset JSON: the fields, their kinds and what it requires (native API guide)."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from croisee.formats.dataverse import Catalogued, write_dataverse

ONE = Catalogued(
    identifier="2024a",
    titles={"fr": "Outils", "en": "Tools"},
    descriptions={"fr": "Ce que disent deux réseaux.", "en": "What two networks say."},
    authors=[("Lanoue, Odile", "Université inventée", "0000-0002-1825-0097"), ("Équipe", "", "")],
    contact=("Équipe", "a@exemple.ca"),
    subject="Social Sciences",
    keywords=("outils",),
    licence="CC-BY-4.0",
    kinds=("tableaux",),
    collected=(("2024-03-01", "2024-06-30"),),
    produced="2024-11-30",
    software=("croisee", "0.1.0"),
)
COMPOUND = {"otherId", "author", "datasetContact", "dsDescription", "keyword", "dateOfCollection",
            "software"}  # fmt: skip
CONTROLLED = {"subject", "language"}
PARENTS = {
    "otherIdValue": "otherId",
    "authorName": "author",
    "authorAffiliation": "author",
    "authorIdentifier": "author",
    "authorIdentifierScheme": "author",
    "datasetContactName": "datasetContact",
    "datasetContactEmail": "datasetContact",
    "dsDescriptionValue": "dsDescription",
    "keywordValue": "keyword",
    "dateOfCollectionStart": "dateOfCollection",
    "dateOfCollectionEnd": "dateOfCollection",
    "softwareName": "software",
    "softwareVersion": "software",
}
"""Where each field stands in Dataverse's citation block (``citation.tsv``, versions 5 and 6)."""
REQUIRED = {"title", "authorName", "datasetContactEmail", "dsDescriptionValue", "subject"}
SEVERAL = COMPOUND | CONTROLLED | {"alternativeTitle", "kindOfData"}


def written(one):
    version = json.loads(write_dataverse(one))["datasetVersion"]
    fields = version["metadataBlocks"]["citation"]["fields"]
    return version, {field["typeName"]: field for field in fields}


def test_each_field_has_its_kind():
    version, fields = written(ONE)

    assert version["license"] == {
        "name": "CC BY 4.0",
        "uri": "http://creativecommons.org/licenses/by/4.0",
    }
    for name, field in fields.items():
        kind = "compound" if name in COMPOUND else "primitive"
        kind = "controlledVocabulary" if name in CONTROLLED else kind
        assert (name, field["typeClass"], field["multiple"]) == (name, kind, name in SEVERAL)
        assert isinstance(field["value"], list) is field["multiple"]
        for value in field["value"] if kind == "compound" else ():
            assert all(key == inner["typeName"] for key, inner in value.items())
            assert not any(inner["multiple"] for inner in value.values())
    assert fields["language"]["value"] == ["French", "English"]
    first, team = fields["author"]["value"]
    assert first["authorIdentifierScheme"]["typeClass"] == "controlledVocabulary"
    assert team.keys() == {"authorName"}


def test_each_field_stands_where_the_citation_block_has_it():
    _, fields = written(ONE)
    inner = {(key, name) for name in COMPOUND for value in fields[name]["value"] for key in value}
    assert inner == set(PARENTS.items())
    assert {key for key, _ in inner} | fields.keys() >= REQUIRED
    assert not fields.keys() & PARENTS.keys()


@pytest.mark.parametrize(
    "gone",
    [
        {"titles": {}},
        {"authors": []},
        {"contact": ("Équipe", "")},
        {"descriptions": {"fr": ""}},
        {"subject": ""},
    ],
)
def test_what_dataverse_requires_is_never_made_up(gone):
    one = replace(ONE, **gone)

    assert not one.complete
    with pytest.raises(ValueError, match="requires"):
        write_dataverse(one)


def test_terms_stand_where_no_licence_does():
    version, _ = written(replace(ONE, licence="", terms="Avec soin."))
    assert (version.get("license"), version["termsOfUse"]) == (None, "Avec soin.")
