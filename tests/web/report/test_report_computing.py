"""Results are computed from the database as they are from the folder, and go with who leaves."""

import json
import shutil
from datetime import date

import pytest
from tests.web.entrance import let_in
from tests.web.exchange.conftest import AT

from croisee.dataset import load
from croisee.disclosure import load_release
from croisee_web.access.models import Account
from croisee_web.analysis.models import Freeze, Run
from croisee_web.analysis.queries import latest_run, results_folder, results_of
from croisee_web.analysis.usecases import ask_for_run, begin_run, destroy_datasets
from croisee_web.jobs.models import Job
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.usecases import compute_results


def computed(study, actor):
    run = ask_for_run(study_id=study.pk, actor=actor, at=AT)
    compute_results(run_id=run.pk, actor=actor.label, at=AT, progress=lambda step: None)
    return results_of(study_id=study.pk)


def test_a_run_freezes_the_database_and_writes_everything(small, admin):
    run = ask_for_run(study_id=small.pk, actor=admin, at=AT)
    assert ask_for_run(study_id=small.pk, actor=admin, at=AT).pk == run.pk
    job = Job.objects.get(pk=run.job_id)
    assert (job.name, job.arguments) == ("report.compute", {"run": run.pk})
    steps = []
    compute_results(run_id=run.pk, actor="compte:1", at=AT, progress=steps.append)
    done = latest_run(study_id=small.pk)
    assert (done.state, done.number, done.message) == ("done", 1, "")
    assert len(steps) == 7
    release = load_release(done.folder / "equipe" / "release.json")
    assert done.release_code == release.code
    with load(done.folder / "equipe" / "dataset") as dataset:
        assert done.digest == dataset.digest
    assert (done.folder / "diffusion" / "rapport.html").is_file()
    # Done twice, nothing changes.
    compute_results(run_id=run.pk, actor="compte:1", at=AT, progress=steps.append)
    assert len(steps) == 7


def test_a_later_run_takes_the_place_of_the_earlier_one(
    small,
    admin,
    django_capture_on_commit_callbacks,
):
    first = computed(small, admin)
    with django_capture_on_commit_callbacks(execute=True):
        second = computed(small, admin)
    assert (first.number, second.number) == (1, 2)
    assert first.digest == second.digest
    assert [path.name for path in first.folder.parent.iterdir()] == ["2"]


def test_who_may_not_compute_is_refused(small):
    stranger = Account.objects.create(email="s@exemple.ca", name="S", created_at=AT)
    with pytest.raises(Exception, match="rien à cette adresse"):
        ask_for_run(study_id=small.pk, actor=stranger, at=AT)
    assert not Run.objects.exists()


def test_somebody_who_leaves_takes_the_datasets_and_the_results_with_her(
    small,
    admin,
    django_capture_on_commit_callbacks,
):
    before = computed(small, admin)
    person = Participant.objects.filter(study=small, turns__isnull=False).first()
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(
            participant_id=person.pk, way=WithdrawalWay.TEAM, actor=admin, on=date(2026, 11, 22),
            at=AT,
        )  # fmt: skip
    assert not before.folder.exists()
    tombstone = Freeze.objects.get(study=small)
    assert (tombstone.digest, tombstone.destroyed_at) == (before.digest, AT)
    run = latest_run(study_id=small.pk)
    assert (run.state, run.number) == ("waiting", 2)
    compute_results(run_id=run.id, actor="site", at=AT, progress=lambda step: None)
    after = results_of(study_id=small.pk)
    assert after.digest != before.digest
    with load(after.folder / "equipe" / "dataset") as dataset:
        assert person.code not in json.dumps(dataset.rows("turns"))


def test_somebody_who_leaves_while_results_are_computed_is_in_none(small, admin):
    run = ask_for_run(study_id=small.pk, actor=admin, at=AT)
    told = []

    def leave(step):
        told.append(step)
        if len(told) == 4:
            destroy_datasets(study_id=small.pk, actor="site", at=AT)

    compute_results(run_id=run.pk, actor="site", at=AT, progress=leave)
    assert len(told) == 14
    assert results_of(study_id=small.pk).number == run.number


def test_what_the_library_refuses_is_kept_in_words(small, admin, settings):
    register = settings.STUDIES_ROOT / str(small.pk) / "registre"
    register.mkdir(parents=True, exist_ok=True)
    (register / "cle.bin").write_bytes(b"short")
    run = ask_for_run(study_id=small.pk, actor=admin, at=AT)
    with pytest.raises(Exception, match="32 octets"):
        compute_results(run_id=run.pk, actor="site", at=AT, progress=lambda step: None)
    kept = latest_run(study_id=small.pk)
    assert (kept.state, "32 octets" in kept.message) == ("refused", True)
    assert not results_folder(small.pk, run.number).exists()
    assert begin_run(run_id=run.pk, actor="site", at=AT) is None


def test_a_run_whose_job_was_given_up_does_not_stand_in_the_way(small, admin, client):
    run = ask_for_run(study_id=small.pk, actor=admin, at=AT)
    begin_run(run_id=run.pk, actor="site", at=AT)
    Job.objects.filter(pk=run.job_id).update(state="failed")
    page = let_in(client, admin).get(f"/etudes/{small.slug}/resultats/").content.decode()
    assert ("Le calcul s’est arrêté" in page, "Calculer les résultats" in page) == (True, True)
    again = ask_for_run(study_id=small.pk, actor=admin, at=AT)
    assert (again.number, Run.objects.get(pk=run.pk).state) == (2, "refused")


def test_results_that_a_withdrawal_has_just_taken_away_are_no_error(small, admin, client):
    run = computed(small, admin)
    shutil.rmtree(run.folder)
    let_in(client, admin)
    assert client.get(f"/etudes/{small.slug}/resultats/").status_code == 200
    case = small.cases.first().code
    assert client.get(f"/etudes/{small.slug}/reseaux/{case}/").status_code == 200
    assert client.get(f"/x/{run.release_code}-F-01").status_code == 404
