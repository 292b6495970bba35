"""The log of replacements: encrypted, undone only with its key, never written in clear."""

import csv
import stat
from pathlib import Path

import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.cli import main
from croisee.deidentify import Candidate, MaskEntry, Reviews, Turn, find_candidates, mask
from croisee.deidentify.restoring import NotTheText, Undo, restored, undoing
from croisee.run.sealed_log import LOG
from croisee.studyfolder import read_study, write_study

CORPUS = Path("examples/corpus-annote")
NAMES = ("Zébulon", "Quenneville", "514 555-0142")
STAYS = "p-01;potagers;groupe-1;oui;oui;"
"""The line of somebody who then leaves."""
SAID = (
    "Animation : Bonjour.\n\n"
    "Aline : Le voisin de Zébulon Quenneville, au 514 555-0142, vient d’Alma.\u2028Voilà.\n\n"
    "Animation : Merci.\n"
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A study with two keys, run once; what follows only reads it."""
    root = tmp_path_factory.mktemp("journal")
    study, out = root / "etude", root / "resultats"
    assert main(["new", str(study)]) == 0
    (study / "documents" / "r.txt").write_text(SAID, encoding="utf-8")
    with (study / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("r.txt;potagers;groupe;groupe-1;2024;\n")
    with (study / "masquer.csv").open("a", encoding="utf-8") as file:
        file.write("Zébulon Quenneville;personne;;\n")
    for name in ("une.txt", "deux.txt"):
        assert main(["key", str(study), "--out", str(root / name)]) == 0
    assert main(["run", str(study), "--out", str(out)]) == 0
    people = study / "participants.csv"
    there = people.read_text(encoding="utf-8")
    people.write_text(there.replace(STAYS, f"{STAYS}2024-06-01"), encoding="utf-8")
    assert main(["run", str(study), "--out", str(root / "apres")]) == 0
    people.write_text(there, encoding="utf-8")
    return root


def _said(capsys, *words):
    code = main(["unmask", *map(str, words), "--lang", "fr"])
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("key", ["une.txt", "deux.txt"])
def test_each_key_gives_back_a_document_exactly(world, capsys, key):
    code, out, _ = _said(capsys, world / "resultats", "r", "--key", world / key)

    turns = read_study(world / "etude").tables["turns"].to_pylist()
    wanted = [f"{t['turn']}\t{t['text']}" for t in turns if t["document"] == "r"]
    assert (code, out) == (0, "".join(f"{line}\n" for line in wanted))
    assert all(name in out for name in NAMES)


def test_a_document_may_be_given_by_the_name_of_its_file(world, capsys):
    key = ("--key", world / "une.txt")

    whole = _said(capsys, world / "resultats", "r", *key)
    assert _said(capsys, world / "resultats", "r.txt", *key) == whole
    turn = _said(capsys, world / "resultats", "r/2", *key)
    assert turn[0] == 0
    assert _said(capsys, world / "resultats", "r.txt/2", *key) == turn


@pytest.mark.parametrize("what", ["V-999", "s.txt", "r/999", ".txt", "/2", ""])
def test_what_is_not_in_the_log_is_said(world, capsys, what):
    code, out, err = _said(capsys, world / "resultats", what, "--key", world / "une.txt")

    assert (code, out, err.strip()) == (2, "", f"{what} n’est pas dans ce journal.".strip())


def test_a_turn_is_given_back_in_a_private_file_and_never_over_another(world, capsys, tmp_path):
    words = (world / "resultats", "r/2", "--key", world / "une.txt", "--out", tmp_path / "ici")

    assert _said(capsys, *words)[0] == 0
    written = tmp_path / "ici" / "r-2.txt"
    assert "Zébulon Quenneville" in written.read_text(encoding="utf-8")
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert _said(capsys, *words)[0] == 2


def test_the_clear_table_holds_no_original_and_the_verbatims_do(world):
    team = world / "resultats" / "equipe"
    with (team / "masques.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    table = (team / "masques.csv").read_text(encoding="utf-8-sig")
    log = (team / LOG).read_bytes()

    assert list(rows[0]) == [
        "document", "tour", "debut", "fin", "type", "remplacement", "origine", "decide", "par",
        "le",
    ]  # fmt: skip
    assert "r" in {row["document"] for row in rows}
    assert [name for name in NAMES if name in table or name.encode() in log] == []
    # What could have leaked is there: people review it in the team’s own pages.
    pages = "".join(p.read_text(encoding="utf-8") for p in team.rglob("candidats*/*.html"))
    assert [name for name in NAMES if name in pages] == list(NAMES)


def test_what_leaves_the_team_holds_no_original_nor_the_log(world):
    out = world / "resultats"
    leaving = [p for p in out.rglob("*") if p.is_file() and "equipe" not in p.parts]

    assert leaving
    assert [p for p in leaving if p.suffix == ".age"] == []
    assert [p for p in leaving for name in NAMES if name.encode() in p.read_bytes()] == []


def test_no_secret_key_is_in_the_study_or_its_results(world):
    files = [p for name in ("etude", "resultats") for p in (world / name).rglob("*") if p.is_file()]

    assert [p for p in files if b"AGE-SECRET-KEY-" in p.read_bytes()] == []
    assert b"AGE-SECRET-KEY-" in (world / "une.txt").read_bytes()
    assert stat.S_IMODE((world / "une.txt").stat().st_mode) == 0o600


def _copy_with(world, folder, log):
    team = folder / "equipe"
    (team / "dataset").mkdir(parents=True)
    for name in ("release.json", "dataset/manifest.json"):
        source = world / "resultats" / "equipe" / name
        (team / name).write_bytes(source.read_bytes())
    (team / LOG).write_bytes(log)
    return folder


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda log: b"",
        lambda log: log[:40],
        lambda log: log[: len(log) // 2],
        lambda log: log[:-1],
        lambda log: log[:-20] + bytes([log[-20] ^ 1]) + log[-19:],
    ],
    ids=["empty", "head", "half", "one byte less", "one bit changed"],
)
def test_a_log_cut_or_changed_is_refused_in_one_sentence(world, capsys, tmp_path, spoilt):
    log = (world / "resultats" / "equipe" / LOG).read_bytes()
    results = _copy_with(world, tmp_path / "copie", spoilt(log))

    words = (results, "r", "--key", world / "une.txt", "--out", tmp_path / "ici")
    code, out, err = _said(capsys, *words)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "coupé ou changé" in err
    assert not (tmp_path / "ici").exists()


def test_another_key_opens_nothing(world, capsys, tmp_path):
    other = tmp_path / "autre.txt"
    other.write_text(f"{pyrage.x25519.Identity.generate()}\n", encoding="utf-8")

    code, out, err = _said(capsys, world / "resultats", "r", "--key", other)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert "n’ouvre pas ce journal" in err


def test_a_log_of_other_results_is_refused(world, capsys, tmp_path):
    log = (world / "resultats" / "equipe" / LOG).read_bytes()
    results = _copy_with(world, tmp_path / "copie", log)
    other = world / "apres" / "equipe" / "dataset" / "manifest.json"
    (results / "equipe" / "dataset" / "manifest.json").write_bytes(other.read_bytes())

    code, out, err = _said(capsys, results, "r", "--key", world / "une.txt")
    assert (code, out) == (2, "")
    assert "pas celui de ces résultats" in err


def test_keys_survive_writing_the_folder_again(world, tmp_path):
    read = read_study(world / "etude")
    write_study(read, tmp_path / "copie")

    assert len(read.log_keys) == 2
    assert read_study(tmp_path / "copie").log_keys == read.log_keys


def test_without_a_key_the_run_goes_on_and_says_how_to_have_a_log(tmp_path, capsys):
    study, out = tmp_path / "etude", tmp_path / "resultats"
    main(["new", str(study)])
    capsys.readouterr()

    assert main(["run", str(study), "--out", str(out), "--lang", "fr"]) == 0
    assert capsys.readouterr().out.count("croisee key") == 1
    assert not (out / "equipe" / LOG).exists()


def test_a_key_is_never_made_over_a_file_nor_in_the_study(tmp_path, capsys):
    study = tmp_path / "etude"
    main(["new", str(study)])
    there = tmp_path / "la.txt"
    there.write_text("à moi", encoding="utf-8")

    assert main(["key", str(study), "--out", str(there)]) == 2
    assert main(["key", str(study), "--out", str(study / "cle.txt")]) == 2
    assert there.read_text(encoding="utf-8") == "à moi"
    assert read_study(study).log_keys == ()


def test_a_line_that_is_no_public_key_is_refused_and_not_repeated(tmp_path):
    study = tmp_path / "etude"
    main(["new", str(study)])
    secret = str(pyrage.x25519.Identity.generate())
    (study / "cles-du-journal.txt").write_text(f"# clés\n{secret}\n", encoding="utf-8")

    folder = read_study(study)
    found = [p for p in folder.problems if "cles-du-journal" in p.file]
    assert (folder.refused, [p.row for p in found]) == (True, [2])
    assert secret not in repr(folder.problems)


def test_what_a_person_who_withdrew_said_is_not_in_a_new_log(world, capsys):
    turns = read_study(world / "etude").tables["turns"].to_pylist()
    theirs = [t["text"] for t in turns if t["participant"] == "p-01"]
    words = ("groupe-1", "--key", world / "une.txt")

    before = _said(capsys, world / "resultats", *words)[1]
    after = _said(capsys, world / "apres", *words)[1]
    assert theirs
    assert [text for text in theirs if text not in before] == []
    assert [text for text in theirs if text in after] == []


def _undone(turns, registry):
    corpus = mask(turns, find_candidates(turns, registry), Reviews())
    return [(t.original, t.text, restored(t.text, undoing(t))) for t in corpus]


def test_masked_and_log_give_back_every_text_of_the_annotated_corpus():
    registry = [MaskEntry("Alma", "lieu", "[une municipalité]")]
    seen = []
    for path in sorted(CORPUS.rglob("*.txt"))[:12]:
        lines = path.read_text(encoding="utf-8").splitlines()
        turns = [Turn(path.stem, n, "", "", line) for n, line in enumerate(lines) if line]
        seen += _undone(turns, registry)

    assert sum(original != masked for original, masked, _ in seen) > 20
    assert [original for original, _, back in seen if back != original] == []


@given(st.lists(st.sampled_from(
    ["de ", "Alma", "d’", "le voisin ", "à ", "Jean", " et ", "l’", "[une municipalité]", "\u2028",
     "J’ai vu ", "que ", "😀 ", "du "]
), max_size=14))  # fmt: skip
def test_articles_rewritten_around_a_replacement_come_back(pieces):
    text = "".join(pieces)
    registry = [
        MaskEntry("Alma", "lieu", "[une municipalité]"),
        MaskEntry("Jean", "personne", "[le voisin A]"),
    ]

    assert [back for *_, back in _undone([Turn("d", 1, "", "", text)], registry)] == [text]


def test_a_text_that_is_not_the_one_of_the_log_is_refused():
    undo = Undo(3, "d’[un lieu]", "de Alma")
    assert restored("je d’[un lieu].", [undo]) == "je de Alma."
    with pytest.raises(NotTheText):
        restored("je d’[un lieu].", [Undo(4, "d’[un lieu]", "de Alma")])


def test_candidates_of_any_place_are_undone():
    """Two that overlap become one: it comes back whole."""
    found = [
        Candidate("d", 1, s, e, "abcdef"[s:e], "autre", "[x]", "motif") for s, e in ((0, 3), (2, 5))
    ]
    (turn,) = mask([Turn("d", 1, "", "", "abcdef")], found, Reviews())

    assert (turn.text, restored(turn.text, undoing(turn))) == ("[x]f", "abcdef")
