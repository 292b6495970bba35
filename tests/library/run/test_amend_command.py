"""``croisee amend`` as a person meets it, on the folder that ``croisee new`` writes."""

import shutil

import pytest
from tests.library.run.test_sealing import LATE

from croisee.cli import main
from croisee.disclosure import Register, load_release
from croisee.run import run_study, seal_study, trace
from croisee.studyfolder import new_study

WHO = ("--by", "Une chercheuse", "--reason", "Vu en comité")


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("amend") / "etude"
    new_study(folder, "fr")
    seal_study(folder, by="Une chercheuse", at=LATE)
    return folder


@pytest.fixture
def study(sealed_once, tmp_path):
    return shutil.copytree(sealed_once, tmp_path / "etude")


@pytest.fixture
def say(capsys):
    def call(*words):
        code = main([*map(str, words), "--lang", "fr"])
        told = capsys.readouterr()
        plain = str.maketrans({"\u00a0": " ", "\u202f": " "})
        return code, told.out.translate(plain), told.err.translate(plain)

    return call


def release_of(study):
    code = next((study / "registre" / "diffusions").iterdir()).name
    found = Register.open(study / "registre").sealed(code)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Dites quoi changer, une chose à la fois"),
        (("--add", "x", "--revise"), "Dites quoi changer, une chose à la fois"),
        (("--remove", "F-01", "--by", "Une chercheuse"), "Dites qui le décide et pourquoi"),
    ],
)
def test_amend_asks_for_one_thing_somebody_and_a_reason(study, say, words, said):
    code, _, err = say("amend", study, *words)

    assert (code, said in err) == (2, True)


def test_amend_before_the_seal_is_refused(tmp_path, say):
    new_study(tmp_path / "neuve", "fr")

    code, _, err = say("amend", tmp_path / "neuve", "--remove", "F-01", *WHO)

    assert (code, "n’est pas scellée" in err) == (1, True)


def test_removed_table_is_gone_from_the_results_and_trace_says_who_decided(study, say, tmp_path):
    table = release_of(study).tables[0]
    out = tmp_path / "resultats"

    code, said, _ = say("amend", study, "--remove", table.code, *WHO)
    run_study(study, out, at=LATE)

    now = load_release(out / "diffusion" / "release.json")
    lines = "\n".join(trace(out, table.code, "fr"))
    assert (code, table.key in said) == (0, True)
    assert table.key not in [one.key for one in now.tables]
    assert not (out / "diffusion" / "figures" / f"{table.code}.svg").exists()
    assert f"{table.code} a été retiré de la diffusion" in lines
    assert "Une chercheuse · Vu en comité" in lines
    for path in (out / "diffusion").rglob("*.html"):
        assert "Vu en comité" not in path.read_text(encoding="utf-8")


def test_removing_again_says_that_it_was_done(study, say):
    table = release_of(study).tables[0]
    say("amend", study, "--remove", table.code, *WHO)

    code, said, _ = say("amend", study, "--remove", table.key, *WHO)

    assert (code, "C’était déjà fait" in said) == (0, True)


def test_what_is_not_in_the_release_is_refused_by_name(study, say):
    code, _, err = say("amend", study, "--remove", "F-999", *WHO)

    assert (code, "F-999 n’est pas dans la diffusion" in err) == (1, True)


def test_nothing_to_issue_again_is_said(study, say):
    code, _, err = say("amend", study, "--revise", *WHO)

    assert (code, "rien à rééditer" in err) == (1, True)


def test_trace_of_a_destroyed_dataset_says_so(study, tmp_path):
    out = tmp_path / "resultats"
    run_study(study, out, at=LATE)
    table = load_release(out / "equipe" / "release.json").tables[0]
    whole = trace(out, table.code, "fr")
    digest = next(line for line in whole if "Jeu gelé" in line).rpartition(" ")[2]
    for path in (out / "equipe" / "dataset").rglob("*.parquet"):
        path.unlink()

    lines = " ".join(trace(out, table.code, "fr"))

    assert "Le jeu gelé a été détruit" in lines
    assert digest in lines
    assert "Le jeu gelé a été détruit" not in " ".join(whole)


def test_trace_of_a_removed_code_without_the_team_is_an_unknown_code(study, say, tmp_path):
    table = release_of(study).tables[0]
    out = tmp_path / "resultats"
    say("amend", study, "--remove", table.code, *WHO)
    run_study(study, out, at=LATE)
    shutil.rmtree(out / "equipe")

    code, _, err = say("trace", out, table.code)

    assert (code, f"{table.code} n’est pas dans la diffusion" in err) == (2, True)


def test_masked_values_are_where_the_team_looks_after_the_seal_too(study, tmp_path):
    draft = shutil.copytree(study, tmp_path / "epreuve", ignore=shutil.ignore_patterns("registre"))
    before = run_study(draft, tmp_path / "un", at=LATE).prepared.draft.log
    after = run_study(study, tmp_path / "deux", at=LATE).prepared.draft.log

    assert before.masked != ()
    assert after.masked == before.masked
