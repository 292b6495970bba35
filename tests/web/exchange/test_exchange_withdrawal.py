"""Somebody who withdraws from the database leaves what an import without her would have made."""

import shutil
from datetime import date

import pytest
from django.utils import translation
from tests.library.studyfolder.test_write_study import digest
from tests.web.exchange.conftest import AT, REFERENCE

from croisee.studyfolder import read_study
from croisee_web.exchange.usecases import export_folder, import_folder
from croisee_web.people.models import Participant
from croisee_web.people.queries import held_of
from croisee_web.people.usecases import withdraw
from croisee_web.people.vocabulary import WithdrawalWay
from croisee_web.report.models import Finding
from croisee_web.report.queries import study_folder

ON = date(2020, 5, 2)
INTERVIEWED, IN_A_GROUP = "e-01", "p-002"


def leave(study, code, actor):
    person = Participant.objects.get(study=study, code=code)
    return withdraw(participant_id=person.pk, way=WithdrawalWay.TEAM, actor=actor, on=ON, at=AT)


def folder_without(code, where):
    shutil.copytree(REFERENCE, where)
    path = where / "participants.csv"
    lines = path.read_text("utf-8-sig").splitlines()
    lines = [f"{line}{ON}" if line.startswith(f"{code};") else line for line in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    return where


@pytest.mark.parametrize("code", [INTERVIEWED, IN_A_GROUP])
def test_withdrawal_leaves_what_an_import_without_her_makes(imported, admin, tmp_path, code):
    theirs = import_folder(folder=folder_without(code, tmp_path / "in"), actor=admin, at=AT)

    leave(imported, code, admin)

    ours = digest(study_folder(imported.pk), tmp_path / "a")
    assert ours == digest(study_folder(theirs.pk), tmp_path / "b")
    assert ours != digest(read_study(REFERENCE), tmp_path / "c")


def test_study_without_her_comes_out_as_a_folder_with_nothing_to_correct(imported, admin, tmp_path):
    keys = {key for finding in Finding.objects.all() for key in finding.quotes}
    leave(imported, INTERVIEWED, admin)

    export_folder(study_id=imported.pk, out=tmp_path / "out", actor=admin, at=AT)

    assert read_study(tmp_path / "out").problems == ()
    assert {key for finding in Finding.objects.all() for key in finding.quotes} < keys


def test_everything_told_to_somebody_before_is_told_no_more_after(imported, admin):
    translation.activate("fr")
    before = held_of(study_id=imported.pk, participant=IN_A_GROUP)
    others = held_of(study_id=imported.pk, participant="p-003")
    receipt = leave(imported, IN_A_GROUP, admin)

    assert [len(held.lines) > 0 for held in before] == [True] * len(before)
    assert len(before) >= 4
    assert held_of(study_id=imported.pk, participant=IN_A_GROUP) == ()
    assert held_of(study_id=imported.pk, participant="p-003") == others
    removed = {what: count for what, count, stands in receipt.lines if count and not stands}
    for held in before:
        assert removed[str(held.what)] > 0


def test_a_person_is_told_of_herself_only(imported):
    hers = held_of(study_id=imported.pk, participant=IN_A_GROUP)
    others = {
        line["paroles"]
        for code in ("p-001", "p-003", "p-004")
        for held in held_of(study_id=imported.pk, participant=code)
        for line in held.lines
        if "paroles" in line
    }

    words = {line["paroles"] for held in hers for line in held.lines if "paroles" in line}

    assert len(words) > 0
    assert words & others == set()
