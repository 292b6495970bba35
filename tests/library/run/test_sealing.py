"""``croisee seal``: what it refuses, it refuses before the long work."""

from datetime import UTC, datetime

import pytest

from croisee.run import OutputRefused, SealRefused, run_study, seal_study
from croisee.studyfolder import new_study

LATE = datetime(2099, 1, 1, tzinfo=UTC)
EARLY = datetime(2001, 1, 1, tzinfo=UTC)


@pytest.fixture
def small_study(tmp_path):
    folder = tmp_path / "etude"
    new_study(folder, "fr")
    return folder


def seen(steps):
    return lambda step: steps.append(step.to("fr"))


def test_seal_before_the_arrest_date_is_refused_after_reading_alone(small_study):
    steps = []

    with pytest.raises(SealRefused, match="peut encore se retirer"):
        seal_study(small_study, by="Une chercheuse", at=EARLY, progress=seen(steps))

    assert steps == ["Lecture et vérification du dossier"]


def test_second_seal_is_refused_after_reading_alone(small_study):
    seal_study(small_study, by="Une chercheuse", at=LATE)
    steps = []

    with pytest.raises(SealRefused, match="déjà scellée"):
        seal_study(small_study, by="Une chercheuse", at=LATE, progress=seen(steps))

    assert steps == ["Lecture et vérification du dossier"]


def test_release_without_a_code_is_refused_after_reading_alone(small_study):
    path = small_study / "etude.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    start = next(i for i in range(len(lines)) if lines[i].startswith("[diffusion]"))
    place = next(i for i in range(start, len(lines)) if lines[i].startswith("code"))
    path.write_text("\n".join(lines[:place] + lines[place + 1 :]) + "\n", encoding="utf-8")
    steps = []

    with pytest.raises(SealRefused, match="Donnez un code"):
        seal_study(small_study, by="Une chercheuse", at=LATE, progress=seen(steps))

    assert steps == ["Lecture et vérification du dossier"]


@pytest.mark.parametrize("place", ["etude", "etude/resultats", "etude/a/b", "."])
def test_results_inside_or_around_the_study_folder_are_refused(small_study, tmp_path, place):
    before = sorted(str(path) for path in tmp_path.rglob("*"))

    with pytest.raises(OutputRefused, match="dossier d’étude"):
        run_study(small_study, tmp_path / place, at=LATE)

    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_results_inside_by_way_of_a_link_are_refused(small_study, tmp_path):
    link = tmp_path / "raccourci"
    link.symlink_to(small_study, target_is_directory=True)

    with pytest.raises(OutputRefused, match="dossier d’étude"):
        run_study(small_study, link / "resultats", at=LATE)
