"""The command line as a person meets it: what it says, in which language, with which exit code."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from croisee.cli import main
from croisee.disclosure import load_release
from croisee.language import phrase
from croisee.run.listing import problem_lines, spans
from croisee.studyfolder import Problem

BOTH = pytest.mark.parametrize("language", ["fr", "en"])


@pytest.fixture
def say(capsys, language):
    """Return a caller: a command, and what it answers (code, output, complaints)."""

    def call(*words):
        code = main([*map(str, words), "--lang", language])
        told = capsys.readouterr()
        plain = str.maketrans({"\u00a0": " ", "\u202f": " "})
        return code, told.out.translate(plain), told.err.translate(plain)

    return call


def _study(path, language="fr"):
    assert main(["new", str(path), "--lang", language]) == 0
    return path


def _files(folder):
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*"))


@BOTH
def test_new_check_run_seal_trace_follow_one_another(tmp_path, say, language):
    study, out = tmp_path / "étude d’essai", tmp_path / "résultats"

    codes = [
        say("new", study)[0],
        say("check", study)[0],
        say("run", study, "--out", out)[0],
    ]
    code = load_release(out / "equipe" / "release.json").tables[0].code
    traced = say("trace", out, code)

    assert (codes, traced[0], traced[1].startswith(code), traced[2]) == ([0, 0, 0], 0, True, "")


WRONG = [
    ([], "Dites quoi faire : new, check, run", "Say what to do: new, check, run"),
    (["fabriquer"], "fabriquer n’est pas une commande.", "fabriquer is not a command."),
    (["run", "x"], "Il manque : --out.", "Missing: --out."),
    (["check", "x", "y"], "De trop ici : y.", "Not expected here: y."),
    (["check", "absent"], "Ce dossier n’existe pas.", "This folder does not exist."),
    (["run", "absent", "--out", "y"], "Ce dossier n’existe pas.", "This folder does not exist."),
    (["trace", "absent", "F-01"], "ne contient pas de résultats.", "holds no results."),
]  # fmt: skip


@BOTH
@pytest.mark.parametrize(("words", "french", "english"), WRONG, ids=lambda w: str(w)[:24])
def test_wrong_command_is_told_in_words_and_writes_nothing(
    tmp_path, monkeypatch, say, language, words, french, english
):
    monkeypatch.chdir(tmp_path)

    code, out, err = say(*words)

    expected = french if language == "fr" else english
    assert (code, expected in out + err, "usage:" in err, _files(tmp_path)) == (2, True, False, [])


@BOTH
@pytest.mark.parametrize("command", ["new", "check", "run", "seal", "trace"])
def test_help_of_each_command_is_in_the_readers_language(say, language, command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help", "--lang", language])

    shown = capsys.readouterr().out
    foreign = {"fr": ("usage:", "show this", "arguments:"), "en": ("Emploi", "montrer", "à donner")}
    assert (stopped.value.code, [word for word in foreign[language] if word in shown]) == (0, [])


@BOTH
def test_run_refuses_a_folder_that_is_not_its_own(tmp_path, say, language):
    study, photos = _study(tmp_path / "etude", language), tmp_path / "photos"
    photos.mkdir()
    (photos / "vacances.jpg").write_bytes(b"x")

    code, _out, err = say("run", study, "--out", photos)

    told = "Rien n’y est touché" if language == "fr" else "Nothing in it is touched"
    assert (code, told in err, _files(photos)) == (2, True, ["vacances.jpg"])


@BOTH
def test_seal_asks_who_seals(tmp_path, say, language):
    code, _out, err = say("seal", _study(tmp_path / "etude", language), "--by", " ")

    assert (code, "--by" in err) == (2, True)


@pytest.mark.parametrize("language", ["fr"])
def test_seal_is_signed_by_whoever_opened_the_session(tmp_path, say, language, monkeypatch):
    monkeypatch.setenv("LOGNAME", "ada")

    _code, _out, err = say("seal", _study(tmp_path / "etude", language))

    assert "--by" not in err


def _lost_key(study):
    (study / "registre").mkdir()
    (study / "registre" / "codes.csv").write_text("genre;cle;code\n", encoding="utf-8")


def _lower_threshold(study):
    settings = study / "etude.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f'{text}\n[divulgation]\nmethode = "arrondi"\n', encoding="utf-8")


@pytest.mark.parametrize("language", ["fr"])
@pytest.mark.parametrize("damage", [_lost_key, _lower_threshold])
def test_refusals_of_the_gate_are_sentences(tmp_path, say, language, damage):
    study, out = _study(tmp_path / "etude"), tmp_path / "resultats"
    damage(study)

    code, _out, err = say("run", study, "--out", out)

    assert (code, "Traceback" in err, err.strip() != "", out.exists()) == (2, False, True, False)


@BOTH
@pytest.mark.parametrize(
    "damage", [b"{}", b"\xff\xfe\x00", b'{"format": "croisee-release/1"}', b"[]"]
)
def test_trace_of_a_damaged_release_is_a_sentence(tmp_path, say, language, damage):
    public = tmp_path / "resultats" / "diffusion"
    public.mkdir(parents=True)
    (public / "release.json").write_bytes(damage)

    code, _out, err = say("trace", public.parent, "F-01")

    told = "n’a plus sa forme" if language == "fr" else "has lost its form"
    assert (code, told in err) == (2, True)


@BOTH
def test_check_tells_hundreds_of_problems_by_file_each_thing_and_each_remedy_once(
    tmp_path, say, language
):
    study = _study(tmp_path / "etude")
    answers = next((study / "reponses").glob("*.csv"))
    lines = answers.read_text(encoding="utf-8-sig").splitlines()
    last = lines[-1].split(",") if "," in lines[-1] else lines[-1].split(";")
    separator = "," if "," in lines[-1] else ";"
    for number in range(300):
        lines.append(separator.join([f"p-x{number}", "nulle-part", *last[2:]]))
    answers.write_text("\n".join(lines) + "\n", encoding="utf-8")

    code, out, err = say("check", study)

    flat = " ".join(out.split())
    named = "Lignes {} à {}." if language == "fr" else "Lines {} to {}."
    assert (code, out.count("nulle-part"), err, out.count(answers.name)) == (2, 1, "", 1)
    assert named.format(len(lines) - 299, len(lines)) in flat


def test_problem_lines_align_places_and_share_a_remedy():
    message, remedy = phrase("Ce code n’existe pas."), phrase("Corrigez.")
    problems = [Problem("refus", "a.csv", row, "cas", message, remedy) for row in (2, 113)] + [
        Problem("avertissement", "b.csv", None, "", message, remedy)
    ]

    lines = list(problem_lines(problems, "fr"))

    assert lines == [
        "À CORRIGER",
        "",
        "a.csv (2 choses)",
        "  ligne 2, cas    Ce code n’existe pas.",
        "  ligne 113, cas  Ce code n’existe pas.",
        "                  → Corrigez.",
        "",
        "À VÉRIFIER",
        "",
        "b.csv",
        "  Ce code n’existe pas.",
        "  → Corrigez.",
        "",
        "2 choses à corriger, 1 chose à vérifier, dans 2 fichiers.",
    ]  # fmt: skip


def test_the_same_thing_on_many_lines_is_said_once_and_loses_no_line():
    remedy, once, often = phrase("Corrigez."), phrase("Code a."), phrase("Code b.")
    rows = [(2, often), (3, once), (5, often), (6, often), (7, often), (12, often), (14, once)]
    problems = [Problem("refus", "a.csv", row, "cas", said, remedy) for row, said in rows]

    assert list(problem_lines(problems, "fr"))[2:7] == [
        "a.csv (7 choses)",
        "  cas            Code b. Lignes 2, 5 à 7, 12.",
        "  ligne 3, cas   Code a.",
        "  ligne 14, cas  Code a.",
        "                 → Corrigez.",
    ]


@pytest.mark.parametrize(
    ("numbers", "before", "told"),
    [
        ([4], "", "4"),
        ([4, 5], "", "4, 5"),
        ([4, 5, 6, 6, 9], "", "4 à 6, 9"),
        ([1, 2, 3, 120], "F-", "F-01 à F-03, F-120"),
        ([], "V-", ""),
    ],
)
def test_neighbouring_numbers_are_joined(numbers, before, told):
    assert spans(numbers, "fr", before=before) == told


@pytest.mark.parametrize("door", ["module", "script"])
def test_both_doors_lead_to_the_same_place(door):
    script = Path(sys.executable).with_name("croisee")
    if door == "script" and not script.exists():
        pytest.skip("the console script is not installed here")
    command = [str(script)] if door == "script" else [sys.executable, "-m", "croisee.cli"]

    told = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)

    assert told.stdout.startswith("croisee ")


def test_check_into_a_closed_pipe_says_nothing_more(tmp_path):
    study = _study(tmp_path / "etude")
    shell = shutil.which("sh")
    command = f'"{sys.executable}" -m croisee.cli check "{study}" | true'

    told = subprocess.run([shell, "-c", command], capture_output=True, text=True, check=True)

    assert told.stderr == ""
