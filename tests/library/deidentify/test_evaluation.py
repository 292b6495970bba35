"""What was found and missed is counted as it is said: whole marks, steady names, an intruder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from croisee.cli import main
from croisee.deidentify.candidates import CandidateFinder
from croisee.deidentify.evaluation import Evaluation, after_review, by_level, evaluate, wilson
from croisee.deidentify.gold import (
    CLASSES,
    DIRECT,
    GoldCorpus,
    GoldDocument,
    Listed,
    read_gold_text,
)
from croisee.deidentify.masking import MaskedDocument, mask_documents
from croisee.deidentify.model import MaskEntry, Reviews, Turn
from croisee.deidentify.sounds import sound

PERSON = next(about for about in CLASSES if about.code == "personne")
BOLDUC = Listed(1, PERSON, MaskEntry("Ginette Bolduc", "personne", ""))
THERIAULT = Listed(2, PERSON, MaskEntry("Rosaire Thériault", "personne", ""))


def _measured(
    text: str, *directory: Listed, known: Iterable[MaskEntry] | None = None
) -> Evaluation:
    document = GoldDocument("essai", "noyau", "clair", "groupe", read_gold_text("essai", text))
    corpus = GoldCorpus((document,), directory)
    entries = [listed.entry for listed in directory] if known is None else known
    finder = CandidateFinder(entries, recognisers=())

    def masking(documents: Iterable[Sequence[Turn]]) -> Iterator[MaskedDocument]:
        return mask_documents(documents, finder, Reviews())

    (result,) = evaluate(corpus, [document], masking)
    return result


def test_a_mark_is_found_only_when_all_of_it_is_masked() -> None:
    result = _measured(
        "P1 : ⟦personne:1|Ginette Bolduc⟧ et ⟦personne:3|Ginette Roy⟧ rient.", BOLDUC
    )
    assert (result.marks["personne"], result.found["personne"]) == (2, 1)
    (missed,) = result.missed
    assert (missed.words, missed.shown, missed.after) == ("Ginette Roy", "Roy", " rient.")
    assert (result.complete, result.complete_direct) == (0, 0)


def test_a_document_may_miss_a_place_and_no_direct_identifier() -> None:
    result = _measured("P1 : ⟦personne:1|Ginette⟧ reste à ⟦lieu:4|Amqui⟧.", BOLDUC)
    assert (result.documents, result.complete, result.complete_direct) == (1, 0, 1)


def test_what_the_queue_would_have_hidden_is_counted_apart() -> None:
    result = _measured(
        "P1 : ⟦personne:2|zazou⟧ et ⟦personne:3|le grand mince⟧ ont ⟦téléphone:4|5 et 55 01⟧."
    )

    assert (by_level(result, DIRECT), after_review(result, DIRECT)) == ((0, 3), 2)
    assert result.lines == {"RARE": 1, "NUMBER": 1}


def test_a_name_of_which_only_a_letter_is_hidden_stays_missed_after_review() -> None:
    result = _measured("P1 : ⟦personne:1|Ginette Petit 12⟧ rit.", BOLDUC)

    assert (by_level(result, DIRECT), after_review(result, DIRECT)) == ((0, 1), 0)


def test_what_is_masked_outside_of_any_mark_counts_against_precision() -> None:
    result = _measured("P1 : ⟦personne:1|Ginette⟧ chante Ginette.", BOLDUC)
    assert (result.right["personne"], result.masks["personne"]) == (1, 2)


def test_one_person_under_two_names_is_not_steady_and_two_under_one_are_confused() -> None:
    steady = _measured("P1 : ⟦personne:1|Ginette⟧, ⟦personne:1|Bolduc⟧.", BOLDUC)
    assert (steady.compared, steady.steady, steady.confused) == (1, 1, ())
    two = [MaskEntry("Ginette", "personne", "[personne 1]"),
           MaskEntry("Bolduc", "personne", "[personne 2]")]  # fmt: skip
    unsteady = _measured("P1 : ⟦personne:1|Ginette⟧, ⟦personne:1|Bolduc⟧.", BOLDUC, known=two)
    assert (unsteady.compared, unsteady.steady) == (1, 0)
    one = [MaskEntry("Ginette", "personne", "[personne 1]", ("Rosaire",))]
    confused = _measured(
        "P1 : ⟦personne:1|Ginette⟧, ⟦personne:2|Rosaire⟧.", BOLDUC, THERIAULT, known=one
    )
    assert confused.confused == ("[personne 1]",)


@pytest.mark.parametrize(
    ("left", "way"),
    [
        ("Rosaire Thériault", "exact"), ("rosaire theriault", "plain"), ("teriau", "sound"),
        ("thériaulm", "near"),
    ],
)  # fmt: skip
def test_whoever_holds_the_directory_sees_a_name_left_in_sight(left: str, way: str) -> None:
    text = f"P1 : Avec ⟦personne:2|{left}⟧, bon."
    seen = _measured(text, THERIAULT, known=[]).intrusion
    assert {w: seen.recognised(w) for w in ("exact", "plain", "sound", "near")} == {
        "exact": 0, "plain": 0, "sound": 0, "near": 0, way: 1,
    }  # fmt: skip
    assert seen.everyone == {("personne", 2)}


def test_whoever_holds_the_directory_sees_nothing_once_it_is_masked() -> None:
    text = "P1 : Avec ⟦personne:2|Rosaire Thériault⟧, bon."
    assert _measured(text, THERIAULT).intrusion.everyone == set()


def test_a_word_that_looks_like_a_name_is_told_apart() -> None:
    rose = Listed(5, PERSON, MaskEntry("Rose Sirois", "personne", ""))
    seen = _measured("P1 : Une robe rose.", rose, known=[]).intrusion
    assert (seen.everyone, seen.wrong["plain"]) == (set(), {("personne", 5)})


def test_names_that_sound_alike_share_a_key() -> None:
    assert sound("Thériault") == sound("Terio")
    assert sound("Philippe") == sound("filip")
    assert sound("Bolduc") != sound("Pelletier")


def test_wilson_gives_the_published_interval() -> None:
    """Newcombe (1998), example: 81 of 263, 0.2553 to 0.3662."""
    low, high = wilson(81, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(20, 20)[1] == pytest.approx(1.0)


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    (tmp_path / "manifeste.csv").write_text("document,part,rendu,methode\nun,noyau,clair,groupe\n")
    (tmp_path / "annuaire.csv").write_text(
        "numero,classe,nom,variantes\n1,personne,Ginette Bolduc,\n"
    )
    (tmp_path / "documents" / "un.txt").write_text(
        "P1 : ⟦personne:1|Ginette⟧ appelle ⟦personne:9|la grande⟧.\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("language", "title", "second", "row", "brief"),
    [
        (
            "fr",
            "ÉCRIT À LA MAIN · TEXTE CLAIR",
            "EN BREF : ÉCRIT À LA MAIN, SECONDE MOITIÉ",
            "  personne                1      2    50,0 %        0/1   9,5 % à 90,5 %",
            "noms de l’annuaire retrouvés, sur 1              0         0         0",
        ),
        (
            "en",
            "WRITTEN BY HAND · CLEAR TEXT",
            "IN BRIEF: WRITTEN BY HAND, SECOND HALF",
            "  person                  1      2     50.0%        0/1   9.5% to 90.5%",
            "directory names found again, of 1                0         0         0",
        ),
    ],
)
def test_report_is_printed_in_both_languages(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    language: str,
    title: str,
    second: str,
    row: str,
    brief: str,
) -> None:
    folder = _folder(tmp_path)
    (folder / "documents" / "deux.txt").write_text("P1 : ⟦personne:8|Zoé⟧.\n", encoding="utf-8")
    with (folder / "manifeste.csv").open("a", encoding="utf-8") as manifest:
        manifest.write("deux,seconde,clair,groupe\n")
    assert main(["deidentify", "--evaluate", str(folder), "--missed", "--lang", language]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    lines = told.splitlines()
    assert title in lines
    assert second in lines
    assert row in lines
    assert brief in lines
    assert "un:1" in told
    assert "[[la grande]]" in told


def test_documents_are_counted_class_by_class() -> None:
    result = _measured("P1 : ⟦personne:1|Ginette⟧ reste à ⟦lieu:4|Amqui⟧.", BOLDUC)
    assert (result.holding, result.whole) == (
        Counter(personne=1, direct=1, lieu=1, indirect=1),
        Counter(personne=1, direct=1),
    )


def test_corpus_out_of_format_is_said_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _folder(tmp_path)
    (folder / "documents" / "un.txt").write_text("P1 : ⟦voisin|Zoé⟧", encoding="utf-8")
    assert main(["deidentify", "--evaluate", str(folder), "--lang", "fr"]) == 2
    said = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")
    assert said == "un.txt, ligne 1, colonne 6 : la classe « voisin » est inconnue.\n"
