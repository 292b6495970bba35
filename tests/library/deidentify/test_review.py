"""The files a team fills: written, read back, decided once."""

from croisee.deidentify import (
    CandidateFinder,
    Decision,
    MaskEntry,
    PassageReview,
    Reviews,
    Turn,
    find_candidates,
    mask_documents,
    write_candidates_csv,
    write_reviews,
)
from croisee.formats import read_table

REGISTRY = (MaskEntry("Lise Gagnon", "personne", "[prénom 1]"),)
DOCUMENTS = (
    [Turn("g-1", 1, "A", "p-1", "Lise Gagnon <rit> ; +1 514 555-0199")],
    [Turn("g-2", 1, "B", "", "Bonjour."), Turn("g-2", 2, "A", "p-1", "Écrivez à a@b.ca")],
)
REVIEWS = Reviews(
    (
        Decision(
            "g-1", 1, 0, 11, "Lise Gagnon", "personne", "changer", "[amie]", "MR", "2026-11-02"
        ),
    ),
    (PassageReview("g-1", None, reviewed=True, by="MR", on="2026-11-02"),),
)


def write(folder, language="fr"):
    documents = mask_documents(DOCUMENTS, CandidateFinder(REGISTRY), REVIEWS)
    return write_reviews(folder, documents, REVIEWS, language)


def test_candidates_csv_keeps_the_decisions_already_taken(tmp_path):
    summary = write(tmp_path)

    sheet = read_table(tmp_path / "candidats.csv")
    assert [tuple(row.values()) for _, row in sheet.rows] == [
        ("g-1", "1", "0", "11", "Lise Gagnon", "personne", "[prénom 1]", "changer", "[amie]",
         "MR", "2026-11-02"),
        ("g-1", "1", "20", "35", "+1 514 555-0199", "téléphone", "[téléphone]", "", "", "", ""),
        ("g-2", "2", "10", "16", "a@b.ca", "courriel", "[courriel]", "", "", "", ""),
    ]  # fmt: skip
    assert summary.documents == [("g-1", 1, 2, 1), ("g-2", 2, 1, 1)]
    assert (summary.candidates, summary.undecided) == (3, 2)


def test_candidates_csv_alone_is_the_same_file(tmp_path):
    write(tmp_path)
    turns = [turn for document in DOCUMENTS for turn in document]

    write_candidates_csv(tmp_path / "alone.csv", find_candidates(turns, REGISTRY), REVIEWS)

    assert (tmp_path / "alone.csv").read_bytes() == (tmp_path / "candidats.csv").read_bytes()


def test_passages_csv_has_a_line_to_sign_for_each_document(tmp_path):
    write(tmp_path)

    sheet = read_table(tmp_path / "passages.csv")
    assert [tuple(row.values()) for _, row in sheet.rows] == [
        ("g-1", "", "oui", "MR", "2026-11-02"),
        ("g-2", "", "non", "", ""),
    ]


def test_page_shows_the_line_of_each_candidate_and_escapes_the_words(tmp_path):
    write(tmp_path)

    page = (tmp_path / "candidats" / "0001.html").read_text(encoding="utf-8")
    assert (
        '<p><mark class="fait">Lise Gagnon<sup> 2</sup></mark> &lt;rit&gt; ; '
        "<mark>+1 514 555-0199<sup> 3</sup></mark></p>"
    ) in page
    second = (tmp_path / "candidats" / "0002.html").read_text(encoding="utf-8")
    assert "<mark>a@b.ca<sup> 4</sup></mark>" in second


def test_pages_stand_alone_and_say_they_are_secret(tmp_path):
    write(tmp_path)

    pages = [tmp_path / "candidats.html", *sorted((tmp_path / "candidats").iterdir())]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith('<!doctype html>\n<html lang="fr">')
        assert text.count("<h1>") == text.count("</main>") == 1
        assert "Il ne se diffuse pas" in text
        assert "http" not in text
        assert "<script" not in text
    assert [page.name for page in pages] == ["candidats.html", "0001.html", "0002.html"]


def test_same_corpus_gives_the_same_files(tmp_path):
    write(tmp_path / "a")
    write(tmp_path / "b")

    names = sorted(p.relative_to(tmp_path / "a") for p in (tmp_path / "a").rglob("*.*"))
    assert len(names) == 5
    assert all(
        (tmp_path / "a" / n).read_bytes() == (tmp_path / "b" / n).read_bytes() for n in names
    )
