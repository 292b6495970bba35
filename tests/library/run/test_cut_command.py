"""``croisee cut``: a folder's verbatims cut along its guide, corrected, and cut so afterwards."""

import csv
import shutil
from datetime import UTC, datetime

import pytest

from croisee.cli import main
from croisee.focusgroup import Ground, Sureness
from croisee.run.cutting import cut_study
from croisee.run.preparation import prepare
from croisee.run.searching import search_study
from croisee.run.team import write_team
from croisee.studyfolder import read_study

AT = datetime(2026, 11, 23, tzinfo=UTC)
SAID = (
    ("Animation", "Bonjour, on attend que tout le monde soit là."),
    ("Aline", "Le potager de Basile a brûlé."),
    ("Animation", "Bon. Votre potager est-il mieux équipé qu’il y a un an ?"),
    ("Basile", "On a deux portables."),
    ("Animation", "Alors, le courriel, la visio, et tout le reste à faire chez vous ?"),
    ("Aline", "Chez nous, on a besoin d’intervenantes et d’intervenants."),
    ("Animation", "Que faut-il payer d’abord ?"),
    ("Carole", "Le soutien, parce qu’un intervenant sait quoi faire."),
    ("Animation", "Partagez un budget de formation."),
)


@pytest.fixture
def study(tmp_path):
    """The example study, whose group also has a subtitle file: a turn every 40 seconds."""
    folder = tmp_path / "etude"
    assert main(["new", str(folder)]) == 0
    cues = [
        f"{40 * n // 60:02}:{40 * n % 60:02}.000 --> {40 * n // 60:02}:{40 * n % 60 + 9:02}.000\n"
        f"<v {who}>{text}\n"
        for n, (who, text) in enumerate(SAID)
    ]
    (folder / "documents" / "g.vtt").write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
    _add(folder / "documents.csv", "g.vtt;potagers;groupe;groupe-1;2024;")
    _add(folder / "locuteurs.csv", "g.vtt;Animation;", "g.vtt;Aline;p-01", "g.vtt;Basile;p-02",
         "g.vtt;Carole;p-03")  # fmt: skip
    return folder


def _add(path, *lines):
    text = path.read_text(encoding="utf-8-sig").rstrip("\n")
    path.write_text("\n".join([text, *lines]) + "\n", encoding="utf-8")


def _log(study, *lines):
    text = "\n".join(["seance;theme;heure", *lines])
    (study / "journal-de-seance.csv").write_text(text, encoding="utf-8")


def _cuts(study):
    """Return {theme: (number of the turn, ground, sureness)} of the subtitle file."""
    document = next(one for one in cut_study(read_study(study)) if one.document == "g")
    return {
        cut.theme: (document.turns[cut.turn]["turn"], cut.ground, cut.sureness)
        for cut in document.cuts.cuts
    }


def test_without_a_log_the_questions_read_aloud_are_found(study):
    assert _cuts(study) == {
        "bilan": (3, Ground.READING, Sureness.SURE),
        "besoins": (7, Ground.READING, Sureness.SURE),
        "formation": (9, Ground.READING, Sureness.SURE),
    }


def test_a_log_on_another_clock_finds_the_question_asked_in_other_words(study):
    _log(study, "groupe-1;bilan;14:01:20", "groupe-1;distance;14:02:38",
         "groupe-1;besoins;14:04:00", "groupe-1;formation;14:05:20")  # fmt: skip

    cuts = _cuts(study)

    assert cuts["distance"] == (5, Ground.LOG, Sureness.LIKELY)
    assert {cuts[theme] for theme in ("bilan", "besoins", "formation")} == {
        (3, Ground.BOTH, Sureness.SURE), (7, Ground.BOTH, Sureness.SURE),
        (9, Ground.BOTH, Sureness.SURE),
    }  # fmt: skip


def test_the_cuts_are_told_written_corrected_and_read_again(study, tmp_path, capsys):
    capsys.readouterr()
    out = tmp_path / "coupes.csv"
    assert main(["cut", str(study), "--out", str(out), "--lang", "fr"]) == 0
    told = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert "bilan      tour 3, 0:01:20 · sûr (lecture) · Bon. Votre potager" in told
    assert "Nulle part : distance" in told

    with out.open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file, delimiter=";"))
    mine = {line["theme"]: line for line in lines if line["document"] == "g"}
    mine["distance"] |= {"decision": "changer", "vers": "5", "par": "Odette"}
    mine["bilan"] |= {"decision": "accepter"}
    mine["formation"] |= {"decision": "refuser"}
    corrected = study / "relectures" / "coupes.csv"
    with corrected.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(lines)

    assert _cuts(study) == {
        "bilan": (3, Ground.PERSON, Sureness.SURE),
        "distance": (5, Ground.PERSON, Sureness.SURE),
        "besoins": (7, Ground.READING, Sureness.SURE),
    }
    assert main(["cut", str(study), "--lang", "fr"]) == 0
    assert "Pas posées : formation" in capsys.readouterr().out.replace("\u00a0", " ")

    again = tmp_path / "encore.csv"
    assert main(["cut", str(study), "--out", str(again)]) == 0
    before = read_study(study)
    shutil.copy(again, corrected)
    after = read_study(study)
    assert ([p for p in after.problems if p.file == "relectures/coupes.csv"], set(after.cuts)) == (
        [], set(before.cuts)
    )  # fmt: skip


def test_a_file_that_is_there_is_never_written_over(study, tmp_path, capsys):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")

    assert main(["cut", str(study), "--out", str(tmp_path / "mine.csv"), "--lang", "fr"]) == 2
    assert "Ce fichier existe déjà" in capsys.readouterr().err
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"


def test_a_folder_without_guide_or_without_group_is_told_so(study, capsys):
    for name in ("documents.csv", "locuteurs.csv", "codages.csv", "extraits.csv", "constats.toml"):
        (study / name).unlink()
    shutil.rmtree(study / "relectures")
    assert main(["cut", str(study), "--lang", "fr"]) == 2
    assert "Aucun verbatim à couper" in capsys.readouterr().err

    for name in ("guide.csv", "positions.csv", "rangs.csv", "budgets.csv"):
        (study / name).unlink()
    assert main(["cut", str(study), "--lang", "fr"]) == 2
    assert "Ce dossier n’a pas de guide." in capsys.readouterr().err.replace("\u00a0", " ")


def test_only_words_of_the_team_are_written(study, tmp_path):
    """Aline opens a question: her turn is cut by the log, and her words stay out of the file."""
    _log(study, "groupe-1;distance;0:00:38", "groupe-1;bilan;0:01:20", "groupe-1;besoins;0:04:00")
    out = tmp_path / "coupes.csv"
    assert main(["cut", str(study), "--out", str(out)]) == 0

    assert _cuts(study)["distance"][0] == 2
    text = out.read_text(encoding="utf-8-sig")
    assert ("Votre potager" in text, "a brûlé" in text) == (True, False)


def test_a_question_opened_by_somebody_who_withdrew_takes_no_question_s_place(study):
    _log(study, "groupe-1;distance;0:00:38", "groupe-1;bilan;0:01:20", "groupe-1;besoins;0:04:00")
    people = study / "participants.csv"
    text = people.read_text(encoding="utf-8-sig")
    line = next(one for one in text.splitlines() if one.startswith("p-01;"))
    head = text.splitlines()[0].split(";")
    cells = line.split(";")
    cells[head.index("retrait")] = "2024-06-01"
    people.write_text(text.replace(line, ";".join(cells)), encoding="utf-8")

    assert _cuts(study) == {  # the next turn kept is where « bilan » is read
        "bilan": (3, Ground.BOTH, Sureness.SURE),
        "besoins": (7, Ground.BOTH, Sureness.SURE),
        "formation": (9, Ground.READING, Sureness.TO_CHECK),
    }


def test_words_are_searched_under_a_question(study):
    _log(study, "groupe-1;bilan;0:01:20", "groupe-1;distance;0:02:38", "groupe-1;besoins;0:04:00")
    read = read_study(study)

    found = {
        question: [
            (hit.text.where, hit.text.place.to("fr"))
            for hit in search_study(read, "intervenant·e·s", question)
        ]
        for question in ("", "bilan", "distance", "besoins")
    }

    assert found["bilan"] == []
    assert found["distance"] == [
        ("documents/g.vtt", "tour 6, 0:03:20, Aline, question distance (probable)")
    ]
    assert found["besoins"] == [
        ("documents/g.vtt", "tour 8, 0:04:40, Carole, question besoins (sûr)")
    ]
    assert len(found[""]) == 2


def test_a_question_that_nobody_asks_is_refused_with_those_there_are(study, capsys):
    assert main(["search", str(study), "portable", "--question", "Q3", "--lang", "fr"]) == 2
    told = capsys.readouterr().err.replace("\u00a0", " ").replace("\u202f", " ")
    assert told == "Pas de question « Q3 ». Il y a : bilan, distance, besoins, formation.\n"


def test_a_run_writes_the_cuts_for_the_team_and_leaves_the_dataset_alone(study, tmp_path):
    written, digests = [], []
    for name in ("a", "b"):
        team = tmp_path / name
        team.mkdir()
        prepared = prepare(study, team, at=AT)
        write_team(team, prepared, "fr")
        digests.append(prepared.dataset.digest)
        written.append((team / "relectures" / "coupes.csv").read_text(encoding="utf-8-sig"))
        prepared.dataset.close()
        _log(study, "groupe-1;bilan;0:01:20", "groupe-1;distance;0:02:38",
             "groupe-1;besoins;0:04:00")  # fmt: skip

    assert ["g;distance;5" in text for text in written] == [False, True]
    assert digests[0] == digests[1]
