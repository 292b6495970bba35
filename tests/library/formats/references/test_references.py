"""References between BibTeX and CSL-JSON: what each carries, read back the same."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.cli import main
from croisee.formats.references import (
    CitedWork,
    Contributor,
    bibtex_of,
    csl_of,
    read_bibtex,
    read_csl,
)
from croisee.formats.references.naming import KIND_OF
from croisee.formats.refused import FormatRefused

TEXTS = st.text("aéŒ &%$#_{}\\,.:-«»~^@=\"'/<>", min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
).filter(bool)  # fmt: skip
TITLES = st.one_of(TEXTS, st.just('Dire <span class="nocase">ONU</span> et <i>œuvrer</i> à 5 %'))
NAMES = st.sampled_from([
    Contributor("Lanoue", "Odile"), Contributor("Tour", "Ève", "de la", suffix="Jr"),
    Contributor("de la Tour", "Ève"), Contributor("Platon"), Contributor("Ben Omar", "Ali"),
    Contributor(literal="Équipe & comité, nord and sud"),
    Contributor("Land and Sea", "A."), Contributor("O’Neil", "Zoé-Ann"),
])  # fmt: skip
DAYS = st.sampled_from(["2019", "2019-03", "2019-03-05", "2019/2020", "2019~", "sous presse"])
KINDS = st.sampled_from(sorted({*KIND_OF.values(), "article-magazine", "map", "post-weblog"}))
VARIABLES = st.sampled_from([
    "publisher", "publisher-place", "volume", "issue", "number", "note", "ISBN", "keyword",
    "genre", "edition", "original-title", "medium", "version",
])  # fmt: skip


@st.composite
def works(draw):
    kind = draw(KINDS)
    texts = draw(st.dictionaries(VARIABLES, TEXTS, max_size=5))
    texts |= {"title": draw(TITLES), "container-title": draw(TITLES), "page": "4–9"}
    texts |= {"URL": "https://a.ca/x_y~z?a=1&b=%20#c"}
    roles = st.sampled_from(["author", "editor", "translator", "interviewer"])
    people = draw(st.dictionaries(roles, st.lists(NAMES, min_size=1, max_size=3).map(tuple)))
    days = draw(st.dictionaries(st.sampled_from(["issued", "accessed", "event-date"]), DAYS))
    return CitedWork("clé:1", kind, texts, people, days)


def said(one):
    return (one.key, one.kind, one.texts, one.people, one.dates, one.extra)


@settings(max_examples=300, deadline=None)
@given(works())
def test_a_work_reads_back_the_same_from_each_format(work):
    (from_csl,), lost = read_csl(csl_of([work]))
    assert (said(from_csl), lost) == (said(work), ())

    (from_bibtex,), _ = read_bibtex(bibtex_of([work]))
    assert said(from_bibtex) == said(work)


SAMPLE = r"""
@string{rev = "Revue fictive"}
@Article{tour2019, author = "de la Tour, Jr, {\`E}ve and {Land and Sea} and Ali Ben Omar",
  title = {La {ONU} et l'\'et\'e d'{\oe}uvre \emph{beau} : 5\%, Fran\c{c}ois},
  journal = rev, year = 2019, month = mar, number = 3, pages = {4--9}, annote = {À {relire}},
  doi = {10.5555/a_b}}
@inproceedings{actes1, crossref = {actes}, title = {Parler}}
@proceedings{actes, booktitle = {Actes fictifs}, year = {2020}}
"""


def test_what_people_have_in_a_bib_is_read():
    (tour, inside, _), notices = read_bibtex(SAMPLE)

    assert tour.kind == "article-journal"
    assert tour.texts == {
        "title": 'La <span class="nocase">ONU</span> et l\'été d\'œuvre <i>beau</i> : 5%, François',
        "container-title": "Revue fictive", "issue": "3", "page": "4–9", "DOI": "10.5555/a_b",
    }  # fmt: skip
    assert tour.people["author"] == (
        Contributor("Tour", "Ève", "de la", suffix="Jr"), Contributor(literal="Land and Sea"),
        Contributor("Omar", "Ali Ben"),
    )  # fmt: skip
    assert (tour.dates, tour.extra) == ({"issued": "2019-03"}, {"annote": "À {relire}"})
    assert (inside.texts["container-title"], inside.dates) == (
        "Actes fictifs", {"issued": "2020"},
    )  # fmt: skip
    assert [one.message.to("fr") for one in notices] == [
        "BibTeX coupe ces noms en prénom et nom : Ali Ben Omar."
    ]


def test_what_csl_does_not_name_comes_back_from_json():
    before, _ = read_bibtex(SAMPLE)
    through, _ = read_csl(csl_of(before))
    after, _ = read_bibtex(bibtex_of(through))

    assert list(map(said, after)) == list(map(said, before))
    assert [one.entry for one in after] == [one.entry for one in before]


def test_csl_as_zotero_and_pandoc_write_it():
    item = {
        "id": "http://zotero.org/users/0/items/A1", "type": "chapter", "title": "Dire",
        "volume": 12, "author": [{"family": "Roy", "given": "Félixe", "isInstitution": False}],
        "issued": {"date-parts": [["2018", "5"]], "season": "2"},
        "accessed": {"raw": "2024-01-02"},
    }  # fmt: skip
    for kept in ([item], {"references": [item]}, item):
        (work,), notices = read_csl(json.dumps(kept))
        assert work.texts == {"title": "Dire", "volume": "12"}
        assert work.dates == {"issued": "2018-05", "accessed": "2024-01-02"}
        assert [one.message.to("fr") for one in notices] == [
            "Ceci n’est pas gardé : isInstitution (1), season (1)."
        ]


@pytest.mark.parametrize("count", [1, 2, 1500])
def test_references_that_send_to_one_another_in_a_ring_are_read(count):
    text = "".join(
        f"@misc{{k{place}, crossref={{k{(place + 1) % count}}}, title={{T}}}}\n"
        for place in range(count)
    )
    works, _ = read_bibtex(text)

    assert [one.texts for one in works] == [{"title": "T"}] * count


def test_a_broken_entry_is_named_with_its_line_and_the_rest_is_read():
    works, notices = read_bibtex("@misc{un, title={Dire}}\n@misc{ouvert, title={Dire\n@misc{fin,\n"
                                 " title={Fin}}\n@misc{un, title={Redire}}\n")  # fmt: skip

    assert [one.key for one in works] == ["un", "fin", "un-2"]
    assert (notices[0].line, "« ouvert »" in notices[0].message.to("fr")) == (2, True)
    assert "deux fois" in notices[1].message.to("fr")


@pytest.mark.parametrize(
    "text",
    ["", "[", "[]", "{}", "3", '[{"id": "a"}]', "[" * 100_000, '{"a":' * 100_000,
     '{"segments": [{"text": "Bonjour"}]}'],
)  # fmt: skip
def test_other_json_is_refused(text):
    with pytest.raises(FormatRefused):
        read_csl(text)


@pytest.mark.parametrize("text", ["", "Du texte", "@", "@misc{", "{" * 10_000, "@misc{a" * 500])
def test_what_holds_no_entry_is_refused(text):
    with pytest.raises(FormatRefused):
        read_bibtex(text)


@settings(max_examples=150, deadline=None)
@given(st.text("@misc{},=\"\\'é a1#\n~$", max_size=60), st.text('[]{}":,a1type', max_size=40))
def test_any_text_is_read_or_refused(bib, kept):
    for read, text in (
        (read_bibtex, bib), (read_bibtex, f"@misc{{k, title={{{bib}}}}}"), (read_csl, kept),
    ):  # fmt: skip
        try:
            read(text)
        except FormatRefused:
            continue


def test_a_field_of_custom_that_would_break_an_entry_is_left_out_and_told(tmp_path, capsys):
    source, result = tmp_path / "ref.json", tmp_path / "ref.bib"
    item = {"id": "a, b}", "type": "book", "title": "Dire",
            "custom": {"bibtex": {"annote": "}} @misc{x,", "a b": "c"}}}  # fmt: skip
    source.write_text(json.dumps([item]), encoding="utf-8")

    assert main(["convert", str(source), str(result)]) == 0

    (work,), _ = read_bibtex(result.read_text(encoding="utf-8"))
    assert (work.key, work.extra) == ("a-b", {})
    said = capsys.readouterr().out
    assert "a b (1), annote (1)" in said
    assert "id (1)" in said


def test_a_family_name_of_two_words_alone_becomes_whole_and_is_told(tmp_path, capsys):
    source, result = tmp_path / "ref.json", tmp_path / "ref.bib"
    item = {"id": "a", "type": "book", "author": [{"family": "Ben Omar"}]}
    source.write_text(json.dumps([item]), encoding="utf-8")

    assert main(["convert", str(source), str(result)]) == 0

    (work,), _ = read_bibtex(result.read_text(encoding="utf-8"))
    assert work.people == {"author": (Contributor(literal="Ben Omar"),)}
    assert "author (1)" in capsys.readouterr().out


def test_convert_goes_both_ways_and_says_what_is_kept_aside(tmp_path, capsys):
    bib, kept, back = tmp_path / "ref.bib", tmp_path / "ref.json", tmp_path / "retour.bib"
    bib.write_text(SAMPLE, encoding="utf-8")

    assert main(["convert", str(bib), str(kept)]) == 0
    said_first = capsys.readouterr().out
    assert "3 références." in said_first
    assert "annote (1)" in said_first
    assert "ne se relit pas" not in said_first
    assert main(["--lang", "en", "convert", str(kept), str(back)]) == 0
    assert "3 references." in capsys.readouterr().out
    assert main(["convert", str(bib), str(kept)]) != 0
    assert main(["convert", str(bib), str(tmp_path / "ref.pdf")]) != 0
    assert not (tmp_path / "ref.pdf").exists()


def test_what_does_not_read_back_is_shown_entry_by_entry(tmp_path, capsys):
    source, result = tmp_path / "ref.json", tmp_path / "ref.bib"
    who = [
        {"family": "Ruelle\x1b[31m", "given": "Anne", "dropping-particle": "de la"},
        {"family": "Pascal", "given": "Luc"},
    ]
    items = [
        {"id": f"livre{place}", "type": "book", "title": "Les liens", "author": who}
        for place in range(22)
    ]
    source.write_text(json.dumps(items), encoding="utf-8")

    assert main(["convert", str(source), str(result), "--lang", "fr"]) == 0

    told = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    kept, lost = ", dropping-particle = de la", ", non-dropping-particle = de la"
    name = "family = Ruelle[31m, given = Anne"
    assert f"livre0, author : {name}{kept} → {name}{lost}" in told
    assert ["author (22)" in told, "(+ 2)" in told] == [True, True]
    assert ["livre20," in told, "Pascal" in told, "\x1b" in told] == [False, False, False]
