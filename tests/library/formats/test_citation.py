"""Citations: BibTeX as bibtexparser reads it, CSL-JSON as its schema says."""

from __future__ import annotations

import json
import re
from datetime import date

import bibtexparser
from bibtexparser.bparser import BibTexParser
from bibtexparser.customization import author as cut_authors
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.formats.citation import Cited, Work, write_bibtex, write_csl

ON = date(2024, 11, 30)
TEXTS = st.text("aéŒ &%$#_{}\\,.:'-«»", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)
NAMES = st.sampled_from(["Lanoue, Odile", "Équipe & comité, nord et sud", "UQ"])


def entry(one):
    parser = BibTexParser(ignore_nonstandard_types=False)
    (found,) = bibtexparser.loads(write_bibtex([one]), parser).entries
    return found


@settings(max_examples=200, deadline=None)
@given(title=TEXTS.filter(bool), note=TEXTS, authors=st.lists(NAMES, min_size=1, max_size=3))
def test_any_title_is_one_balanced_entry_that_another_reader_reads(title, note, authors):
    found = entry(Cited("k", Work.DATASET, title, tuple(authors), ON, note=note))

    assert (found["ID"], found["year"]) == ("k", "2024")
    plain = title.replace("{", "(").replace("}", ")").replace("\\", "/")
    assert re.sub(r"\\([&%$#_])", r"\1", found["title"])[1:-1] == plain
    assert len(cut_authors({"author": found["author"]})["author"]) == len(authors)


def test_a_person_is_cut_in_two_and_a_team_never():
    one = Cited(
        "k", Work.REPORT, "T", ("Lanoue, Odile", "Équipe des outils"), ON, url="https://a.ca"
    )
    (csl,) = json.loads(write_csl([one]))

    assert csl["author"] == [
        {"family": "Lanoue", "given": "Odile"},
        {"literal": "Équipe des outils"},
    ]
    assert (csl["type"], csl["issued"], csl["URL"]) == (
        "report", {"date-parts": [[2024, 11, 30]]}, "https://a.ca",
    )  # fmt: skip
    assert entry(one)["author"] == "Lanoue, Odile and {Équipe des outils}"


def test_a_team_with_a_comma_stays_whole_where_it_is_said():
    one = Cited("k", Work.DATASET, "T", ("Équipe du nord, du sud",), ON, teams=True)

    assert json.loads(write_csl([one]))[0]["author"] == [{"literal": "Équipe du nord, du sud"}]
    assert entry(one)["author"] == "{Équipe du nord, du sud}"


def test_a_name_that_bibtex_would_cut_stands_in_braces():
    """« and » between braces separates nobody (Patashnik, 1988, section 4)."""
    one = Cited("k", Work.DATASET, "T", ("Land and Sea, Friends of",), ON)

    assert entry(one)["author"] == "{Land and Sea, Friends of}"
