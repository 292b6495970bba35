"""``croisee words --between``: words of a network by who says them, on the reference study."""

import csv
from pathlib import Path

import pytest

from croisee.cli import main

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"


def told(capsys, *words):
    capsys.readouterr()
    done = main(["words", *map(str, words)])
    said = capsys.readouterr()
    return done, (said.out + said.err).replace("\u00a0", " ").replace("\u202f", " ")


def test_words_of_the_reference_study_by_people(tmp_path, capsys):
    out = tmp_path / "mots.csv"
    done, said = told(capsys, REFERENCE, "--between", "--out", out, "--lang", "fr")

    assert done == 0
    assert "un mot désigne souvent qui le dit" in said
    assert "membres (membre) : 11 sur 28, ailleurs 1 sur 45, soit 12 fois plus" in said
    assert "carrefour : 9 sur 28, personne sur 45 ailleurs, au moins 1,8 fois plus" in said
    assert "Plus que le hasard" not in said
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) > 100
    for row in rows:
        assert int(row["personnes"]) + int(row["personnes_ailleurs"]) >= 5
        assert float(row["p"].replace(",", ".")) <= float(row["p_holm"].replace(",", "."))


STUDY = """format = 1
titre = "Essai"

[[cas]]
code = "rives"
nom = "Rives"

[[cas]]
code = "vals"
nom = "Vals"

[[methodes]]
code = "sondage"
nom = "Sondage"
genre = "sondage"

[[instruments]]
code = "fiche"
nom = "Fiche"
methode = "sondage"
"""


@pytest.fixture
def words_of_two(tmp_path):
    """Twelve people of the Rives speak of a bridge, one of them of ducks, fifty times."""
    folder = tmp_path / "etude"
    (folder / "instruments").mkdir(parents=True)
    (folder / "reponses").mkdir()
    (folder / "etude.toml").write_text(STUDY, encoding="utf-8")
    (folder / "instruments" / "fiche.csv").write_text(
        "question;libelle;type\nmots;Dites-nous;texte\n", encoding="utf-8"
    )
    lines = ["repondant;cas;mots"]
    for k in range(12):
        said = "Le pont est fermé." if k % 2 else "Les ponts sont loin."
        lines.append(f"r-{k};rives;{said}{' canard' * 50 if not k else ''} voisins")
        lines.append(f"v-{k};vals;La route est longue, voisins")
    (folder / "reponses" / "fiche.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_theme_of_one_network_is_announced_and_one_voice_is_not(words_of_two, capsys):
    done, said = told(capsys, words_of_two, "--between", "--lang", "en")

    assert done == 0, said
    rives = said.partition("rives (12 people):")[2].partition("vals (12")[0]
    assert "More than chance (Holm, every word of every network):" in rives
    assert "pont (ponts): 12 of 12, nobody of 12 elsewhere, at least" in rives
    assert "canard" not in said
    assert "voisins" not in said  # said alike


def test_one_network_alone_is_compared_with_nobody(words_of_two, capsys):
    answers = words_of_two / "reponses" / "fiche.csv"
    kept = [line for line in answers.read_text("utf-8").splitlines() if ";vals;" not in line]
    answers.write_text("\n".join(kept), encoding="utf-8")
    done, said = told(capsys, words_of_two, "--between", "--lang", "fr")

    assert (done, "Il faut des paroles de deux réseaux" in said) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--between", "--with", "outil"), "Une chose à la fois : --with, ou --between."),
        (("--between", "--question", "potager"), "Pas de question « potager »."),
    ],
)
def test_what_cannot_be_compared_is_said(capsys, words, message):
    done, said = told(capsys, REFERENCE, *words, "--lang", "fr")

    assert (done, message in said) == (2, True)
