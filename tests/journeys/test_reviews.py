"""What a run asks people to read comes back through ``relectures/`` and is understood."""

import shutil

from tests.journeys.reference import copy_of_the_example

from croisee.studyfolder import read_study


def test_candidates_written_by_a_run_are_read_back(journey, tmp_path):
    study = copy_of_the_example(tmp_path / "etude")
    for name in ("candidats.csv", "passages.csv"):
        (study / "relectures" / name).unlink()
        shutil.copy(journey.out / "equipe" / "relectures" / name, study / "relectures" / name)

    read, first = read_study(study), read_study(journey.study)

    kinds = {decision.kind for decision in read.reviews.decisions}
    assert [p for p in read.problems if p.file.startswith("relectures")] == []
    assert read.reviews.passages == first.reviews.passages
    assert [(d.document, d.turn, d.start, d.end) for d in read.reviews.decisions] == [
        (d.document, d.turn, d.start, d.end) for d in first.reviews.decisions
    ]
    assert {"téléphone", "adresse"} <= kinds
