"""What whoever is outside the team reads before and after somebody leaves: nothing about her.

Everything reachable from outside is fetched: the network's pages and files, the public pages,
the archive, ``release.json``. Before the seal nothing was out; after it, every table is the same
byte for byte. The control, tables issued again without her, gives her answers away
(docs/methods/divulgation.md §7.1 and §9).
"""

import io
import zipfile
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import translation
from tests.trust.outsiders import learnt, reachable, study_of_answers, values_of
from tests.trust.test_withdrawal_canaries import FOLDERS
from tests.web.entrance import let_in

from croisee.disclosure import load_release, release_from_json
from croisee_web.access.models import Account, Assignment, SecondFactor
from croisee_web.access.vocabulary import Role
from croisee_web.analysis.queries import latest_run, register_folder, results_of
from croisee_web.analysis.usecases import ask_for_run
from croisee_web.exchange.usecases import import_folder
from croisee_web.people.models import Participant
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.usecases import compute_results, publish_sealed, seal_results

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
CODE = "2026a"
STARTS = ("/resultats/", "/")
pytestmark = [pytest.mark.proof, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey(settings, tmp_path):
    """A survey of 46 people on a site, its coordinator, and what each person answered."""
    translation.activate("fr")
    for name in FOLDERS:
        setattr(settings, name, tmp_path / "site" / name.lower())
        getattr(settings, name).mkdir(parents=True)
    lead = Account.objects.create(
        email="lea@exemple.ca", name="Léa", is_administrator=True, created_at=AT
    )
    coordinator = Account.objects.create(email="co@exemple.ca", name="Co", created_at=AT)
    SecondFactor.objects.create(account=lead, kind="totp", name="codes", added_at=AT)
    answers = study_of_answers(tmp_path / "etude", seed=20_261_122)
    study = import_folder(folder=tmp_path / "etude", actor=lead, at=AT)
    Assignment.objects.create(
        account=coordinator, study_id=study.pk, role=Role.COORDINATOR, case="nord", given_at=AT
    )
    return SimpleNamespace(study=study, lead=lead, coordinator=coordinator, answers=answers)


def silent(step):
    del step


def compute(survey):
    run = ask_for_run(study_id=survey.study.pk, actor=survey.lead, at=AT)
    compute_results(run_id=run.pk, actor="site", at=AT, progress=silent)
    return results_of(study_id=survey.study.pk)


def seal_and_publish(survey):
    seal_results(study_id=survey.study.pk, actor=survey.lead, at=AT, progress=silent)
    run = latest_run(study_id=survey.study.pk)
    compute_results(run_id=run.id, actor="site", at=AT, progress=silent)
    return publish_sealed(study_id=survey.study.pk, actor=survey.lead, at=AT)


def leave(survey, code):
    person = Participant.objects.get(study=survey.study, code=code)
    withdraw(participant_id=person.pk, way=WithdrawalWay.TEAM, actor=survey.lead, on=TODAY, at=AT)


def outside(survey):
    """Return everything that a coordinator and the public can reach, by address."""
    coordinator = let_in(Client(), survey.coordinator)
    home = f"/etudes/{survey.study.slug}/"
    return {
        **{("réseau", k): v for k, v in reachable(coordinator, [home]).items()},
        **{("public", k): v for k, v in reachable(Client(), STARTS).items()},
    }


def released(seen):
    """Return the releases that can be read from outside, whole or inside an archive."""
    found = []
    for (_who, address), body in seen.items():
        if address.endswith("release.json"):
            found.append(release_from_json(body))
        if address.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(body)) as archive:
                found += [
                    release_from_json(archive.read(name))
                    for name in archive.namelist()
                    if name.endswith("release.json")
                ]
    return found


def leavers(survey, count):
    """Return some people whose answers are printed: seeded by their place."""
    codes = sorted(survey.answers)
    return codes[:: len(codes) // count][:count]


def test_before_the_seal_nothing_is_out_and_a_withdrawal_shows_nothing(survey):
    compute(survey)
    before = outside(survey)
    assert released(before) == []
    assert not [address for _who, address in before if f"/x/{CODE}" in address]

    leave(survey, "p-01")
    compute(survey)
    after = outside(survey)

    assert set(after) == set(before)
    changed = [key for key in before if before[key] != after[key]]
    assert [key for key in changed if not key[1].endswith(f"/etudes/{survey.study.slug}/")] == []


def test_after_the_seal_every_leaver_leaves_each_table_as_it_was(survey):
    seal_and_publish(survey)
    first = outside(survey)
    told = released(first)
    assert len(told) >= 2
    assert all(len(values_of(one)) >= 4 for one in told)

    for code in leavers(survey, 3):
        leave(survey, code)
        compute_results(
            run_id=latest_run(study_id=survey.study.pk).id, actor="site", at=AT, progress=silent
        )

    after = outside(survey)
    assert set(after) == set(first)
    for one, other in zip(told, released(after), strict=True):
        assert other.tables == one.tables
        assert learnt(one, other) == {}
    files = [key for key in first if "/figures/" in key[1] or key[1].endswith((".csv", ".svg"))]
    assert len(files) >= 4
    assert [key for key in files if after[key] != first[key]] == []
    changed = {key for key in first if after[key] != first[key]}
    assert {key for key in changed if _numbers(first[key]) != _numbers(after[key])} <= {
        ("réseau", f"/etudes/{survey.study.slug}/")
    }


def _numbers(body):
    """Return the whole body of what is no page; of a page, its digits in order."""
    if body[:2] == b"PK" or body[:5] == b"%PDF-":
        return b""
    return bytes(sign for sign in body if chr(sign).isdigit())


def test_tables_issued_again_give_a_leaver_s_answers_away(survey):
    """The control: results as a team computes them before the seal, handed out twice."""
    first = load_release(compute(survey).folder / "equipe" / "release.json")
    found = asked = wrong = 0
    for code in leavers(survey, 3):
        before = load_release(results_of(study_id=survey.study.pk).folder / "equipe/release.json")
        leave(survey, code)
        run = latest_run(study_id=survey.study.pk)
        compute_results(run_id=run.id, actor="site", at=AT, progress=silent)
        after = load_release(results_of(study_id=survey.study.pk).folder / "equipe/release.json")

        for question, block in learnt(before, after).items():
            found += survey.answers[code][question] in block
            wrong += survey.answers[code][question] not in block
        asked += len(survey.answers[code])

    assert len(values_of(first)) >= 4
    assert wrong == 0
    assert found / asked >= 0.5


def test_the_register_keeps_one_release_whoever_leaves(survey):
    seal_and_publish(survey)
    folder = register_folder(survey.study.pk) / "diffusions" / CODE
    before = {path.name for path in folder.rglob("release.json")}

    leave(survey, "p-02")

    assert {path.name for path in folder.rglob("release.json")} == before
