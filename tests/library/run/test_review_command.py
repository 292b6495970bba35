"""``croisee review``: a folder's queue written, filled, put back, and applied everywhere."""

import csv
import re
import shutil

import pytest

from croisee.cli import main
from croisee.deidentify import Reviews, Turn, WideDecision, mask_documents
from croisee.run.masking import finder_of
from croisee.run.receipts import still_there
from croisee.run.reviewing import decided_by_place, review_queue
from croisee.studyfolder import left_in_the_folder, read_study, write_study

NAME = "partout.csv"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "etude"
    assert main(["new", str(folder)]) == 0
    said = "Animation : Julie aime le zibou.\n\nAline : Mme Tremblay aussi. Avec Julie Tremblay.\n"
    (folder / "documents" / "r.txt").write_text(said, encoding="utf-8")
    with (folder / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("r.txt;potagers;groupe;groupe-1;2024;\n")
    return folder


def _lines(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _put(study, rows):
    place = study / "relectures" / NAME
    place.parent.mkdir(exist_ok=True)
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def _said(folder):
    return [f"{p.row}:{p.column}" for p in folder.problems if NAME in p.file]


def test_a_queue_filled_and_put_back_is_applied_and_asked_no_more(study, tmp_path, capsys):
    out = tmp_path / "queue.csv"
    assert main(["review", str(study), "--out", str(out)]) == 0
    assert "relectures/partout.csv" in capsys.readouterr().out
    rows = _lines(out)
    assert [row["decision"] for row in rows] == [""] * len(rows)
    assert {"Julie"} < {row["texte"] for row in rows}

    for row in rows:
        row["decision"] = "accepter" if row["proposition"] else "refuser"
        row["par"], row["le"] = "MR", "2026-11-20"
    _put(study, rows)

    assert _said(read_study(study)) == []
    queue = review_queue(read_study(study))
    assert (queue.waiting, queue.unfit) == ((), ())
    assert {(line.decision.by, line.decision.on) for line in queue.lines} == {("MR", "2026-11-20")}


def test_a_file_that_is_there_is_never_replaced(study, tmp_path, capsys):
    out = tmp_path / "queue.csv"
    out.write_text("à moi", encoding="utf-8")

    assert main(["review", str(study), "--out", str(out)]) == 2
    assert (out.read_text(encoding="utf-8"), "existe déjà" in capsys.readouterr().err) == (
        "à moi",
        True,
    )


def test_a_line_that_fits_no_more_is_said_by_its_number(study, capsys):
    line = {"type": "personne", "proposition": "", "decision": "accepter", "remplacement": ""}
    _put(study, [
        {**line, "texte": "Ludivine", "proposition": "[une personne]"},
        {**line, "texte": "Zibou"},
        {**line, "texte": "Zibelline"},
    ])  # fmt: skip

    assert main(["review", str(study)]) == 0

    out = capsys.readouterr().out
    told = [one for one in out.splitlines() if "sans effet" in one]
    assert [re.findall(r"\d+", one) for one in told] == [["2", "4"]]
    assert [name for name in ("Ludivine", "Zibelline") if name in out] == []


def test_words_of_who_left_are_said_no_more_by_the_review(study, tmp_path, capsys):
    """What she alone said is in no line of the queue, nor in what is printed of a decision."""
    said = "Aline : Mon chien Zorglub dort.\n\nBasile : Le mien aussi.\n"
    (study / "documents" / "r.txt").write_text(said, encoding="utf-8")
    with (study / "locuteurs.csv").open("a", encoding="utf-8") as file:
        file.write("r.txt;Aline;p-01\n")
    _put(study, [{"texte": "Zorglub", "type": "autre", "proposition": "", "decision": "accepter",
                  "remplacement": "[un chien]"}])  # fmt: skip
    before = _reviewed(study, tmp_path / "avant.csv", capsys)
    _leaves(study, "p-01")
    after = _reviewed(study, tmp_path / "apres.csv", capsys)

    assert ["zorglub" in one.lower() for one in before] == [False, True]
    assert ["zorglub" in one.lower() for one in after] == [False, False]
    assert ["sans effet" in before[0], "sans effet" in after[0]] == [False, True]


def test_words_that_are_gone_from_a_document_are_said_by_no_check(study, capsys):
    """Somebody left and her turn was taken out by hand: lines about it remain elsewhere."""
    said = "Animation : Bonjour.\n\nAline : Mon voisin Zorglub dort.\n"
    (study / "documents" / "r.txt").write_text(said, encoding="utf-8")
    place = study / "relectures" / "candidats.csv"
    place.parent.mkdir(exist_ok=True)
    place.write_text(
        "document;tour;debut;fin;texte;type;proposition;decision;remplacement;par;le\n"
        "r;2;11;18;Zorglub;personne;[une personne];accepter;;;\n",
        encoding="utf-8",
    )
    with (study / "extraits.csv").open("a", encoding="utf-8") as file:
        head = (study / "extraits.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(";")
        row = {"extrait": "voisin", "document": "r", "tour": "2", "texte": "Mon voisin Zorglub"}
        file.write(";".join(row.get(name, "") for name in head) + "\n")
    left = said.replace("Mon voisin Zorglub dort.", "[parti]")
    before = _checked(study, capsys)
    (study / "documents" / "r.txt").write_text(left, encoding="utf-8")
    after = _checked(study, capsys)

    told = "Ce passage n’est pas dans ce tour.", "Ces mots ne sont plus à cet endroit"
    assert [[one in said for one in told] for said in (before, after)] == [[False] * 2, [True] * 2]
    assert "Zorglub" not in after


def _checked(study, capsys):
    main(["check", str(study), "--lang", "fr"])
    return " ".join(capsys.readouterr().out.split())


def _reviewed(study, out, capsys):
    """Return what a review prints and what it writes."""
    assert main(["review", str(study), "--out", str(out)]) == 0
    return capsys.readouterr().out, out.read_text(encoding="utf-8-sig")


def _leaves(study, participant):
    path = study / "participants.csv"
    rows = _lines(path)
    for row in rows:
        if row["code"] == participant:
            row["retrait"] = "2024-12-02"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_study_without_verbatims_has_nothing_to_review(study, capsys):
    shutil.rmtree(study / "documents")
    for name in ("documents.csv", "locuteurs.csv", "codages.csv", "extraits.csv"):
        (study / name).unlink(missing_ok=True)
    shutil.rmtree(study / "relectures", ignore_errors=True)

    assert main(["review", str(study)]) == 2
    assert capsys.readouterr().err != ""


def test_each_mistake_of_the_file_is_said_at_its_place(study):
    base = dict.fromkeys(("texte", "type", "decision", "remplacement", "documents"), "")
    base["texte"] = "Zibou"
    _put(study, [
        base | {"decision": "peut-être"},
        base | {"decision": "changer"},
        base | {"decision": "refuser", "documents": "nulle-part"},
        base | {"texte": "", "decision": "accepter"},
        base,
    ])  # fmt: skip

    folder = read_study(study)

    assert _said(folder) == [
        "2:decision",
        "3:remplacement",
        "4:documents",
        "5:texte",
    ]
    assert [one.decision for one in folder.reviews.everywhere] == ["changer"]


def test_a_folder_written_again_keeps_what_was_decided_everywhere(study, tmp_path):
    document = read_study(study).tables["documents"]["document"][0].as_py()
    _put(study, [{"text": "Zibou", "type": "organisation", "proposal": "", "decision": "change",
                  "replacement": "[organisme B]", "by": "MR", "on": "2026-11-20",
                  "documents": document}])  # fmt: skip
    before = read_study(study)

    write_study(before, tmp_path / "encore")

    assert before.reviews.everywhere == (
        WideDecision("Zibou", "organisme", "", "changer", "[organisme B]", "MR", "2026-11-20",
                     (document,)),
    )  # fmt: skip
    assert read_study(tmp_path / "encore").reviews == before.reviews


def test_decided_by_place_hides_and_shows_the_same(study):
    _put(study, [{"texte": "Zibou", "type": "autre", "proposition": "", "decision": "changer",
                  "remplacement": "[organisme Z]"},
                 {"texte": "Julie", "type": "personne", "proposition": "[une personne]",
                  "decision": "refuser", "remplacement": ""}])  # fmt: skip
    folder = read_study(study)

    placed = decided_by_place(folder)

    assert placed.everywhere == ()
    texts = [_masked(folder, reviews) for reviews in (folder.reviews, placed, Reviews())]
    assert texts[0] == texts[1]
    assert "Julie aime l’[organisme Z]." in texts[0]
    assert "zibou" in " ".join(texts[2])


def test_who_leaves_is_told_that_the_queue_may_hold_her_sentences(study):
    with (study / "locuteurs.csv").open("a", encoding="utf-8") as file:
        file.write("r.txt;Aline;p-01\n")
    without = list(still_there(read_study(study), "p-01"))
    _put(study, [{"texte": "Zibou", "type": "autre", "decision": "accepter",
                  "phrase": "Mme Tremblay aussi."}])  # fmt: skip

    assert "documents/r" in without
    assert set(still_there(read_study(study), "p-01")) - set(without) == {"relectures/partout"}


def test_a_run_says_by_their_numbers_the_lines_that_fit_nowhere(study, tmp_path, capsys):
    line = {"type": "personne", "proposition": "", "decision": "refuser", "remplacement": ""}
    _put(study, [
        {**line, "texte": "Julie"},
        {**line, "texte": "Wilhelmine"},
        {**line, "texte": "Zorglub", "decision": "accepter"},
        {**line, "texte": "Zibou", "decision": "accepter"},
        {**line, "texte": "Ottilie", "proposition": "[une personne]"},
    ])  # fmt: skip

    assert main(["run", str(study), "--out", str(tmp_path / "resultats"), "--lang", "fr"]) == 0
    told = capsys.readouterr().out
    part = told.split("relectures/partout", 1)[1].split("\n\n")[0]

    assert [n for n in range(2, 7) if f"ligne {n}" in part] == [3, 4, 6]
    assert [name for name in ("Wilhelmine", "Zorglub", "Ottilie") if name in told] == []


def test_who_leaves_is_told_that_an_earlier_log_may_hold_her_words(study, tmp_path):
    with (study / "locuteurs.csv").open("a", encoding="utf-8") as file:
        file.write("r.txt;Aline;p-01\n")
    without = set(still_there(read_study(study), "p-01"))
    assert main(["key", str(study), "--out", str(tmp_path / "cle.txt")]) == 0

    assert set(still_there(read_study(study), "p-01")) - without == {"equipe/journal.age"}


def test_a_site_says_that_it_does_not_keep_the_keys_of_the_log(study, tmp_path):
    assert main(["key", str(study), "--out", str(tmp_path / "cle.txt")]) == 0
    read = read_study(study)

    left = left_in_the_folder(read.openings, read.cuts, read.log_keys)

    assert "cles-du-journal" in {one.file for one in left}
    assert "cles-du-journal" not in {p.file for p in left_in_the_folder(read.openings, read.cuts)}


def _masked(folder, reviews):
    turns = [
        Turn(row["document"], row["turn"], row["speaker"], row["participant"], row["text"])
        for row in folder.tables["turns"].to_pylist()
        if row["document"] == "r"
    ]
    (document,) = mask_documents([turns], finder_of(folder), reviews)
    return [turn.text for turn in document.turns]
