"""Every kind of mistake: said with its file, its row, its column, and all of them at once."""

import shutil
from pathlib import Path

import pytest

from croisee.studyfolder import new_study, read_study


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("exemple") / "etude"
    new_study(folder, "fr")
    return folder


@pytest.fixture
def folder(example, tmp_path) -> Path:
    return Path(shutil.copytree(example, tmp_path / "etude"))


def _change(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def _said(folder: Path, severity: str = "refus") -> list[tuple]:
    return [
        (p.file, p.row, p.column, p.message.to("fr"))
        for p in read_study(folder).problems
        if p.severity == severity
    ]


def _remedies(folder: Path) -> list[str]:
    return [problem.remedy.to("fr") for problem in read_study(folder).problems]


def _mistakes() -> list[tuple[str, str, str, int, str, str]]:
    """Read ``mistakes.tsv``: a file, what is changed in it, and what is said of it."""
    lines = (Path(__file__).parent / "mistakes.tsv").read_text(encoding="utf-8").split("\n")[1:-1]
    rows = (line.replace("\\n", "\n").split("\t") for line in lines)
    return [(file, before, after, int(row), *rest) for file, before, after, row, *rest in rows]


CASES = _mistakes()


@pytest.mark.parametrize(
    ("file", "before", "after", "row", "column", "said"),
    CASES,
    ids=[f"{case[0]}:{case[2][:25]}" for case in CASES],
)
def test_mistake_is_said_in_its_place(folder, file, before, after, row, column, said):
    _change(folder, file, before, after)

    assert (file, row, column, said) in _said(folder)


@pytest.mark.parametrize(
    ("file", "before", "after", "remedy"),
    [
        ("participants.csv", "p-03;potagers", "p-03;potager", "Vouliez-vous dire « potagers » ?"),
        ("participants.csv", "consent_citation", "consent_cittation", "Renommez « consent_cittation » en « consent_citation »."),  # noqa: E501
        ("cadre.csv", "organisme;cas", "organisme;cass", "Renommez « cass » en « cas »."),
        ("reponses/accueil_2024.csv", "oui;jamais", "oui;jamait", "Vouliez-vous dire « jamais » ?"),
        ("reponses/accueil_2024.csv", "aide;out", "aides;out", "Vouliez-vous dire « aide » ?"),
        ("etude.toml", "membres =", "menbres =", "Vouliez-vous dire « membres » ?"),
    ],
)  # fmt: skip
def test_near_miss_is_named(folder, file, before, after, remedy):
    _change(folder, file, before, after)

    assert remedy in _remedies(folder)


def test_a_key_that_names_its_document_is_warned_of(folder):
    """Keys are diffused: « groupe-1-voisin » would line up the quotes of one interview."""
    _change(folder, "extraits.csv", "voisin;", "voisin-groupe-1;")

    (found,) = [one for one in _said(folder, "avertissement") if one[0] == "extraits.csv"]
    assert found[1:3] == (2, "extrait")
    assert "elle nomme un document : groupe-1" in found[3]
    assert not [one for one in _said(folder) if one[0] == "extraits.csv"]


def test_every_problem_is_said_at_once(folder):
    for file, before, after in (
        ("participants.csv", "p-03;potagers", "p-03;potager"),
        ("participants.csv", "p-05;potagers;groupe-1", "p-05;potagers;groupe-2"),
        ("seances.csv", "2024-05-14", "hier"),
        ("rangs.csv", "p-02;soutien;1", "p-02;soutien;0"),
        ("codages.csv", ";2;34;98;", ";2;34;998;"),
        ("etude.toml", 'genre = "groupe"', 'genre = "groupes"'),
    ):
        _change(folder, file, before, after)

    assert [(file, row, column) for file, row, column, _ in _said(folder)] == [
        ("etude.toml", 73, "genre"),
        ("codages.csv", 2, "fin"),
        ("participants.csv", 4, "cas"),
        ("participants.csv", 6, "seances"),
        ("rangs.csv", 5, "rang"),
        ("seances.csv", 2, "date"),
    ]


def test_threshold_may_be_lowered_by_a_named_decision(folder):
    _change(
        folder,
        "etude.toml",
        "# [divulgation]\n# t = 5",
        '[divulgation]\nt = 4\n[[divulgation.exceptions]]\nobjet = "t"\nmotif = "essai"\n'
        'par = "comité"\nle = 2024-01-10',
    )

    read = read_study(folder)

    assert not read.refused
    assert read.study.policy.t == 4
    assert [waiver.decided_by for waiver in read.study.policy.exceptions] == ["comité"]


def test_literal_reviewed_by_a_person_may_be_typed(folder):
    _change(folder, "constats.toml", "ont répondu au sondage", "ont répondu (100 % télétravail)")
    _change(
        folder, "constats.toml", 'code = "C-01"', 'code = "C-01"\nlitteraux = ["100 % télétravail"]'
    )

    assert _said(folder) == []


def test_ambiguous_date_is_read_day_first_with_a_warning(folder):
    _change(folder, "seances.csv", "2024-05-14", "04/05/2024")

    read = read_study(folder)

    assert [(p.file, p.row, p.column) for p in read.problems] == [("seances.csv", 2, "date")]
    assert read.tables["sessions"]["held_on"].to_pylist() == ["2024-05-04"]


def test_unknown_file_is_a_warning_and_system_files_are_ignored(folder):
    for name in ("~$cadre.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "README.txt"):
        (folder / name).write_bytes(b"\x00")
    (folder / "registre").mkdir()
    (folder / "registre" / "cle.bin").write_bytes(b"secret")
    (folder / "codage.csv").write_text("x", encoding="utf-8")

    read = read_study(folder)

    assert not read.refused
    assert [(p.file, p.remedy.to("fr")) for p in read.problems] == [
        ("codage.csv", "Son nom devrait-il être « codages » ?")
    ]


def test_same_table_twice_is_refused(folder):
    shutil.copy(folder / "cadre.csv", folder / "frame.csv")

    assert _said(folder) == [
        ("frame.csv", None, "", "Ce tableau existe deux fois : « cadre.csv » aussi.")
    ]


def test_folder_named_like_a_table_is_said(folder):
    (folder / "cadre.csv").unlink()
    (folder / "cadre.csv").mkdir()

    assert (
        "cadre.csv",
        None,
        "",
        "Ceci est un dossier ; un fichier est attendu sous ce nom.",
    ) in _said(folder)


@pytest.mark.parametrize(
    ("file", "refused"),
    [("cadre.csv", True), ("etude.toml", True), ("constats.toml", False), ("references.bib", True)],
)
def test_empty_file_is_no_traceback(folder, file, refused):
    (folder / file).write_bytes(b"")

    assert read_study(folder).refused == refused


def test_folder_without_study_file_or_absent_is_said(tmp_path):
    assert _said(tmp_path) == [
        ("etude.toml", None, "", "Il manque etude.toml, le seul fichier obligatoire.")
    ]
    assert _said(tmp_path / "absent") == [("absent", None, "", "Ce dossier n’existe pas.")]


def test_decision_about_a_text_that_moved_has_no_effect(folder):
    _change(folder, "documents/groupe-1.txt", "Oui, on a eu", "Oui, oui, on a eu")

    read = read_study(folder)

    assert read.reviews.decisions == ()
    assert ("relectures/candidats.csv", 2, "texte") in {
        (p.file, p.row, p.column) for p in read.problems if p.severity == "avertissement"
    }


def test_label_of_nobody_is_a_warning_and_its_words_are_nobodys(folder):
    _change(folder, "locuteurs.csv", "groupe-1.txt;Fabien;p-06\n", "")

    read = read_study(folder)

    assert [(p.file, p.row, p.column) for p in read.problems] == [
        ("documents/groupe-1.txt", 15, "Fabien")
    ]
    assert read.tables["turns"].to_pylist()[6]["participant"] == ""


def test_english_says_the_same_things(folder):
    _change(folder, "cadre.csv", "organisme;cas", "organisme;cass")

    problems = read_study(folder).problems

    assert all(problem.message.to("en") and problem.remedy.to("en") for problem in problems)
