"""An annotated corpus: read exactly, refused with its place, rendered without moving a mark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from croisee.deidentify.chance import Chance
from croisee.deidentify.gold import (
    CORE,
    SECOND,
    GoldDocument,
    GoldRefused,
    GoldTurn,
    read_gold,
    read_gold_text,
)
from croisee.deidentify.gold_generated import EACH, generated
from croisee.deidentify.gold_numbers import cardinal, figures
from croisee.deidentify.gold_renderings import HEARD, INCLUSIVE, heard, inclusive
from croisee.deidentify.registry import words_of

CORPUS = Path(__file__).parents[3] / "examples" / "corpus-annote"
BLIND = CORPUS.with_name("corpus-temoin")
TUNING = CORPUS.with_name("corpus-d-appoint")
SEALED = CORPUS.with_name("corpus-scelle")
PLACES = CORPUS.with_name("corpus-milieux")
FEWEST_DOCUMENTS, FEWEST_WORDS = 100, 60_000
LONG, SEVEN = 40, 7
FEWEST_SEALED, FEWEST_UNMARKED = 60, 10
FEWEST_ROLES, FEWEST_EVENTS = 60, 50
NINE = 9
FEWEST_SHAPES, FEWEST_SENTENCES, MOSTLY = 30, 10, 0.85


def _luhn(number: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(number)]
    return len(number) == NINE and sum(d - 9 * (d > NINE) for d in doubled) % 10 == 0


def _marked(turn: GoldTurn) -> list[tuple[str, int, str]]:
    return [(m.about.code, m.number, turn.text[m.start : m.end]) for m in turn.marks]


def test_marks_are_taken_off_and_keep_their_place() -> None:
    (turn,) = read_gold_text("a.txt", "P1 : J’ai vu ⟦personne:3|Ginette⟧ au ⟦phone|555-0101⟧.")
    assert (turn.speaker, turn.text) == ("P1", "J’ai vu Ginette au 555-0101.")
    assert _marked(turn) == [("personne", 3, "Ginette"), ("téléphone", 0, "555-0101")]


def test_stage_direction_has_no_speaker() -> None:
    (turn,) = read_gold_text("a.txt", "(rires)\n")
    assert turn == GoldTurn("", "(rires)", ())


@pytest.mark.parametrize(
    ("written", "column"),
    [
        ("P1 : allô ⟦personne:3|Ginette", 11),
        ("P1 : allô ⟦voisin:3|Ginette⟧", 11),
        ("P1 : allô ⟦personne|Ginette⟧", 11),
        ("P1 : allô ⟦personne:trois|Ginette⟧", 11),
        ("P1 : allô ⟦personne:0|Ginette⟧", 11),
        ("P1 : allô ⟦date:x|3 mai⟧", 11),
        ("P1 : allô ⟦personne:3|Ginette ⟧", 11),
        ("P1 : allô ⟦personne:3|⟧", 11),
        ("P1 : allô Ginette⟧", 18),
        ("P1 : ⟦personne:3|la ⟦lieu:4|Baie⟧⟧", 6),
    ],
)
def test_what_is_not_in_the_format_is_refused_with_its_place(written: str, column: int) -> None:
    with pytest.raises(GoldRefused) as refusal:
        read_gold_text("a.txt", f"P1 : bonjour\n{written}")
    assert (refusal.value.file, refusal.value.line, refusal.value.column) == ("a.txt", 2, column)


def _folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "manifeste.csv").write_text(
        files.get("manifest", "document,part,rendu,methode\nun,noyau,clair,groupe\n")
    )
    (tmp_path / "annuaire.csv").write_text(
        files.get("directory", "numero,classe,nom,variantes\n1,personne,Ginette Bolduc,Gin|Ti-Gi\n")
    )
    (tmp_path / "documents" / "un.txt").write_bytes(files.get("text", "P1 : oui").encode("latin-1"))
    return tmp_path


def test_folder_gives_documents_and_directory(tmp_path: Path) -> None:
    corpus = read_gold(_folder(tmp_path))
    assert [(d.name, d.part, d.method) for d in corpus.documents] == [("un", "noyau", "groupe")]
    assert [(e.text, e.variants) for e in corpus.registry] == [("Ginette Bolduc", ("Gin", "Ti-Gi"))]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"text": "P1 : oui\nP2 : été"}, ("un.txt", 2, 6)),
        ({"text": "\n"}, ("un.txt", 1, 1)),
        ({"manifest": "document,part,rendu\nun,noyau,clair\n"}, ("manifeste.csv", 1, 1)),
        (
            {"manifest": "document,part,rendu,methode\nun,noyau,clair,chorale\n"},
            ("manifeste.csv", 2, 4),
        ),
        (
            {"manifest": "document,part,rendu,methode\ndeux,noyau,clair,groupe\n"},
            ("deux.txt", 1, 1),
        ),
        ({"directory": "numero,classe,nom,variantes\n1,nas,x,\n"}, ("annuaire.csv", 2, 2)),
        ({"directory": "numero,classe,nom,variantes\nx,personne,x,\n"}, ("annuaire.csv", 2, 1)),
    ],
)
def test_folder_out_of_format_is_refused(
    tmp_path: Path, files: dict[str, str], place: tuple[str, int, int]
) -> None:
    with pytest.raises(GoldRefused) as refusal:
        read_gold(_folder(tmp_path, **files))
    assert (refusal.value.file, refusal.value.line, refusal.value.column) == place


def test_document_left_out_of_the_manifest_is_refused(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    (folder / "documents" / "deux.txt").write_text("P1 : oui")
    with pytest.raises(GoldRefused, match=r"manifeste\.csv"):
        read_gold(folder)


@pytest.mark.parametrize(
    ("folder", "fewest"),
    [(CORPUS, FEWEST_DOCUMENTS), (TUNING, LONG), (SEALED, FEWEST_SEALED), (PLACES, LONG)],
)
def test_our_corpus_is_read_and_every_line_has_a_speaker(folder: Path, fewest: int) -> None:
    corpus = read_gold(folder)
    assert len(corpus.documents) >= fewest
    silent = [t.text for d in corpus.documents for t in d.turns if not t.speaker]
    assert [text for text in silent if not text.startswith("(")] == []


@pytest.mark.parametrize("folder", [CORPUS, BLIND, TUNING, SEALED, PLACES])
def test_our_corpora_give_one_name_one_number(folder: Path) -> None:
    """The same full name under two numbers would make a steady pseudonym look wrong."""
    numbers: dict[str, set[int]] = {}
    for document in read_gold(folder).documents:
        for turn in document.turns:
            for code, number, words in _marked(turn):
                if code == "personne" and " " in words and words[0].isupper():
                    numbers.setdefault(words, set()).add(number)
    assert {words for words, found in numbers.items() if len(found) > 1} == set()


@pytest.mark.parametrize("folder", [BLIND, SEALED])
def test_a_blind_corpus_is_read_has_every_class_and_shares_no_text_with_the_other(
    folder: Path,
) -> None:
    blind, tuned = read_gold(folder), read_gold(CORPUS)
    turns = [turn for document in blind.documents for turn in document.turns]
    assert {mark.about.code for turn in turns for mark in turn.marks} == {
        mark.about.code for one in tuned.documents for turn in one.turns for mark in turn.marks
    }
    long = {turn.text for turn in turns if len(turn.text) >= LONG}
    assert long.isdisjoint(turn.text for one in tuned.documents for turn in one.turns)


def test_the_blind_corpus_has_two_halves_and_with_the_other_reaches_its_size() -> None:
    blind = read_gold(BLIND)
    assert {document.part for document in blind.documents} == {CORE, SECOND}
    corpora = (*blind.documents, *read_gold(CORPUS).documents)
    words = sum(len(words_of(turn.text)) for one in corpora for turn in one.turns)
    assert words >= FEWEST_WORDS


def test_the_sealed_corpus_has_the_size_it_states_and_nothing_twice() -> None:
    """Its own page says how much there is; no turn is shared with a corpus rules came from."""
    sealed = read_gold(SEALED).documents
    turns = [turn for document in sealed for turn in document.turns]
    stated = re.search(
        r"([\d ]+) documents, ([\d ]+) mots, ([\d ]+) marques",
        (SEALED / "LISEZMOI.md").read_text(encoding="utf-8"),
    )
    assert stated is not None
    assert [int(number.replace(" ", "")) for number in stated.groups()] == [
        len(sealed),
        sum(len(words_of(turn.text)) for turn in turns),
        sum(len(turn.marks) for turn in turns),
    ]
    assert len({tuple(turn.text for turn in one.turns) for one in sealed}) == len(sealed)
    others = {
        turn.text
        for folder in (CORPUS, BLIND, TUNING)
        for one in read_gold(folder).documents
        for turn in one.turns
    }
    assert {turn.text for turn in turns if len(turn.text) >= LONG}.isdisjoint(others)


def test_the_sealed_corpus_has_talk_without_marks_many_roles_and_many_events() -> None:
    sealed = read_gold(SEALED).documents
    marks = [mark for document in sealed for turn in document.turns for mark in turn.marks]
    codes = [mark.about.code for mark in marks]
    unmarked = [one.name for one in sealed if not any(turn.marks for turn in one.turns)]
    assert len(unmarked) >= FEWEST_UNMARKED
    assert codes.count("rôle-unique") >= FEWEST_ROLES
    assert codes.count("événement") >= FEWEST_EVENTS


@pytest.mark.parametrize("folder", [SEALED, BLIND])
def test_marks_of_a_blind_corpus_leave_out_what_goes_before_a_name(folder: Path) -> None:
    """No article, possessive or elision begins the words of a mark that names by description."""
    before = re.compile(r"(?:le|la|les|un|une|mon|ma|mes|son|sa|ses) |[ld][’']", re.IGNORECASE)
    begun = [
        words
        for document in read_gold(folder).documents
        for turn in document.turns
        for code, _, words in _marked(turn)
        if code in {"rôle-unique", "proche", "date", "naissance"} and before.match(words)
    ]
    assert begun == []


@pytest.mark.parametrize(
    ("folder", "fewest_phones", "fewest_insured"),
    [(BLIND, LONG + 1, SEVEN + 1), (SEALED, 30, 6)],
)
def test_numbers_of_a_blind_corpus_are_nobodys(
    folder: Path, fewest_phones: int, fewest_insured: int
) -> None:
    """Telephones of the reserved range; insurance numbers that begin with 0 and pass Luhn."""
    written = [
        (code, re.sub(r"\D", "", words))
        for document in read_gold(folder).documents
        for turn in document.turns
        for code, _, words in _marked(turn)
        if re.search(r"\d", words)
    ]
    phones = [number for code, number in written if code == "téléphone" and len(number) >= SEVEN]
    insured = [number for code, number in written if code == "nas"]
    assert len(phones) >= fewest_phones
    assert [number for number in phones if not re.search(r"55501\d\d", number)] == []
    assert len(insured) >= fewest_insured
    assert [number for number in insured if number[0] != "0" or not _luhn(number)] == []


def test_renderings_keep_every_mark_and_always_come_out_the_same() -> None:
    for document in read_gold(CORPUS).documents:
        for render, name in ((heard, HEARD), (inclusive, INCLUSIVE)):
            rendered = render(document)
            assert rendered == render(document)
            assert rendered.rendering == name
            for turn, other in zip(document.turns, rendered.turns, strict=True):
                kept = [(code, number) for code, number, _ in _marked(other)]
                assert kept == [(code, number) for code, number, _ in _marked(turn)]
                assert all(words and words == words.strip() for _, _, words in _marked(other))


def _document(text: str) -> GoldDocument:
    return GoldDocument("essai", "noyau", "clair", "groupe", read_gold_text("essai", text))


def test_what_is_heard_has_no_capitals_and_no_names_of_speakers() -> None:
    rendered = heard(_document("Ginette : Ah! Oui, ⟦personne:1|Thériault⟧ l’a dit.\nYvan : Non."))
    assert [turn.speaker for turn in rendered.turns] == ["Locuteur 1", "Locuteur 2"]
    assert all(turn.text == turn.text.lower() for turn in rendered.turns)


def test_what_is_dictated_is_heard_in_words_or_in_figures_for_a_whole_document() -> None:
    text = (
        "P1 : Au ⟦téléphone|418 555-0142⟧, ⟦nas|zéro quatre six, quatre cinq quatre, deux huit"
        " six⟧, ⟦courriel|k.roy@riv.ca⟧, né le ⟦naissance|3 mai 1951⟧."
    )
    turns = read_gold_text("essai", text)
    heard_words = {
        tuple(words for _, _, words in _marked(rendered.turns[0]))
        for name in "abcdefgh"
        for rendered in (heard(GoldDocument(name, "noyau", "clair", "groupe", turns)),)
    }
    with_figures = {words for words in heard_words if any(map(str.isdigit, "".join(words)))}
    assert {words[2:] for words in with_figures} == {("k.roy@riv.ca", "3 mai 1951")}
    assert {re.sub(r"\D", "", words[1]) for words in with_figures} == {"046454286"}
    assert {words[2:] for words in heard_words - with_figures} == {
        ("k point roy arobase riv point ca", "trois mai dix-neuf cent cinquante et un")
    }


def test_common_words_are_never_heard_wrong() -> None:
    turns = read_gold_text(
        "x", "P1 : Chez ⟦proche:1|mon beau-frère⟧, ⟦rôle-unique:2|maire⟧.\n" * 40
    )
    rendered = heard(GoldDocument("x", "noyau", "clair", "groupe", turns))
    assert {words for turn in rendered.turns for _, _, words in _marked(turn)} <= {
        "mon beau-frère", "mon beau frère", "maire",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zéro"), (17, "dix-sept"), (21, "vingt et un"), (71, "soixante et onze"),
        (80, "quatre-vingts"), (91, "quatre-vingt-onze"), (200, "deux cents"),
        (418, "quatre cent dix-huit"), (1427, "mille quatre cent vingt-sept"),
        (2000, "deux mille"),
    ],
)  # fmt: skip
def test_numbers_are_said_as_in_quebec(number: int, words: str) -> None:
    assert cardinal(number) == words


@pytest.mark.parametrize("number", [*range(100), 418, 555, 819, 1951, 1999, 2007])
def test_a_number_in_words_comes_back_in_figures(number: int) -> None:
    assert figures(cardinal(number), Chance("essai")) == str(number)


def test_inclusive_writing_keeps_to_one_sign() -> None:
    rendered = inclusive(_document("P1 : Les citoyens et tous les travailleurs, avec des élus."))
    text = rendered.turns[0].text
    assert "toustes" in text
    assert len(set(re.findall(r"[∙·‧•(/]", text))) <= 1
    assert text != "Les citoyens et tous les travailleurs, avec des élus."


def test_generated_part_has_as_many_of_each_class_as_asked() -> None:
    counts: dict[str, int] = {}
    documents = generated(40)
    for document in documents:
        assert document.part == "produit"
        for turn in document.turns:
            ((code, _, _),) = _marked(turn)
            counts[code] = counts.get(code, 0) + 1
    assert set(counts.values()) == {40}
    assert set(counts) == {
        "téléphone", "courriel", "adresse", "code-postal", "nas", "ramq", "compte", "lien",
        "naissance", "identifiant",
    }  # fmt: skip
    assert generated(40) == documents


def test_generated_numbers_are_not_one_writing_over_and_over() -> None:
    """Of each class: hardly one twice, many shapes, many sentences; some voices hesitate."""
    turns: dict[str, list[GoldTurn]] = {}
    for document in generated():
        for turn in document.turns:
            turns.setdefault(turn.marks[0].about.code, []).append(turn)
    for code, said in turns.items():
        marks = [words for turn in said for _, _, words in _marked(turn)]
        shapes = {re.sub(r"[^\W\d_]+", "a", re.sub(r"\d", "9", words)) for words in marks}
        around = {(t.text[: t.marks[0].start], t.text[t.marks[0].end :]) for t in said}
        assert len(marks) == EACH
        assert len(set(marks)) > EACH * MOSTLY, code
        assert len(shapes) >= FEWEST_SHAPES, code
        assert len(around) >= FEWEST_SENTENCES, code
    hesitating = [turn for turn in turns["téléphone"] if "euh" in turn.text]
    assert 0 < len(hesitating) < EACH / 10


def test_generated_insurance_numbers_pass_luhn() -> None:
    seen = [
        re.sub(r"\D", "", words)
        for document in generated(60)
        for turn in document.turns
        for code, _, words in _marked(turn)
        if code == "nas"
    ]
    written = [digits for digits in seen if digits]
    assert len(written) > 10
    assert [digits for digits in written if not _luhn(digits)] == []
