"""A participant with a word in every table and file withdraws: none is found afterwards.

Each search is run before too, where it finds them; and each eraser left out leaves some.
What the numbers arrested before she left still tell an attacker is measured in
``tests/trust/test_controls.py``.
"""

import shutil
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection, connections
from tests.trust import canaries
from tests.trust.canaries import WHO, hits_in_files, hits_in_rows, plant
from tests.web.entrance import let_in

from croisee_web.access.models import Account, Assignment
from croisee_web.exchange.usecases import import_folder
from croisee_web.jobs.models import Job
from croisee_web.people import vault
from croisee_web.people.models import Participant, Receipt
from croisee_web.people.rules import leaving
from croisee_web.people.usecases import (
    CLEAN,
    clean_freed_pages,
    issue_link,
    reapply_withdrawals,
    withdraw,
)
from croisee_web.people.vocabulary import SITE, WithdrawalWay

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
REFERENCE = Path(__file__).parents[2] / "examples" / "etude-de-reference"
pytestmark = pytest.mark.django_db(transaction=True)
FOLDERS = ("KEYS_ROOT", "STUDIES_ROOT", "FILES_ROOT", "PUBLISHED_ROOT")


@pytest.fixture
def site(settings, tmp_path, monkeypatch):
    """The folders of a site, its temporary files among them."""
    for name in (*FOLDERS, "tmp"):
        folder = tmp_path / "site" / name.lower()
        folder.mkdir(parents=True)
        setattr(settings, name, folder)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "site" / "tmp"))
    return tmp_path / "site"


@pytest.fixture
def lead(site):
    return Account.objects.create(
        email="lea@exemple.ca", name="Léa", is_administrator=True, created_at=AT
    )


@pytest.fixture
def study(lead):
    return import_folder(folder=REFERENCE, actor=lead, at=AT)


@pytest.fixture
def person(study, lead, client):
    """Somebody with a word everywhere, seen by the team and on her own page."""
    person = plant(study, AT, lead)
    Assignment.objects.filter(account=lead, study_id=study.pk).update(role="lead")
    token = issue_link(participant_id=person.pk, actor=lead, at=AT)
    for address in (f"/p/{token}/mes-donnees/", f"/p/{token}/mes-donnees/paquet.zip"):
        client.get(address)
    let_in(client, lead).get(f"/etudes/{study.slug}/participation/{WHO}/")
    return person


def leave(person, actor=None):
    return withdraw(
        participant_id=person.pk, way=WithdrawalWay.OWN_PAGE, actor=actor, on=TODAY, at=AT
    )


def everywhere(site):
    """Return where a canary is read: rows, files, and the database's own bytes."""
    return {
        "rows": hits_in_rows(),
        "files": hits_in_files(site),
        "database": hits_in_files(*database_files()),
    }


def database_files():
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        return [path, path.with_name(f"{path.name}-wal")]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        folder = Path(cursor.fetchone()[0])
    return [folder / "base"]


TABLES = [
    "coding_coding", "coding_excerpt", "collection_answerlink", "collection_answersheet",
    "collection_attachment", "collection_bringing", "collection_draft", "collection_draftfile",
    "collection_handentry", "collection_invitation", "collection_settlement",
    "collection_submission", "corpus_document",
    "corpus_reviewdecision", "corpus_reviewedpassage", "corpus_turn", "disclosure_amendment",
    "exchange_upload", "fieldwork_allocation", "fieldwork_mention", "fieldwork_position",
    "fieldwork_ranking", "people_consent", "people_participant", "report_finding",
    "report_findingversion", "report_leafletcontent", "study_memberlist", "study_organisation",
]  # fmt: skip
"""Where a canary is read before: the rest is sealed, or says only that she was there."""
FILES = [
    "files_root/apports/apport/reponses.csv",
    f"files_root/collecte/{{study}}/44/{'4' * 64}",
    "published_root/etude-2026a/rapport.html",
    "studies_root/{study}/exports/etude.zip",
    "studies_root/{study}/resultats/1/cercles/a.html",
    "studies_root/{study}/resultats/1/diffusion/figures/F-01.svg",
    "studies_root/{study}/resultats/1/equipe/dataset/turns.parquet",
]
NOWHERE = {"rows": [], "files": [], "database": []}


def test_every_table_is_said_to_hold_something_of_a_person_or_not():
    assert canaries.undecided_tables() == []


def test_no_word_of_hers_is_left_within_a_minute(person, site):
    before = everywhere(site)
    assert before["rows"] == TABLES
    files = [file.format(study=person.study_id) for file in FILES]
    assert before["files"] == [str(site / file) for file in files]
    proof = site / "files_root" / "preuves" / str(person.study_id)
    assert len(list(proof.iterdir())) == 1
    assert before["database"] != []
    began = time.monotonic()

    leave(person)
    first, *later = Job.objects.filter(state="waiting").order_by("pk")
    assert (first.name, [job.name for job in later]) == (CLEAN, ["report.compute"])
    later[0].delete()  # the results made anew are looked at below, once, by `make proof`
    call_command("work", until_empty=True)

    assert everywhere(site) == NOWHERE
    assert list(proof.iterdir()) == []
    assert time.monotonic() - began < 60


@pytest.mark.parametrize(
    "left_out", ["report", "corpus", "fieldwork", "collection", "results", "exports"]
)
def test_an_eraser_left_out_leaves_some_of_her_words(person, site, monkeypatch, left_out):
    kept = {name: one for name, one in leaving._ERASERS.items() if name != left_out}
    assert len(kept) == len(leaving._ERASERS) - 1
    monkeypatch.setattr(leaving, "_ERASERS", kept)

    leave(person)

    assert everywhere(site) != NOWHERE


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_without_wiping_her_words_stay_in_the_bytes_of_the_database(person, site):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")

    leave(person)

    assert hits_in_rows() == []
    assert hits_in_files(*database_files()) != []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_copies_that_sqlite_leaves_inside_its_pages_are_wiped():
    """It zeroes a line where it lies, not where it lay before its page was divided."""
    chance = np.random.default_rng(1)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE divided (id integer PRIMARY KEY, said text)")
        for number in range(400):
            text = ("canari-" if number % 2 else "autre-") * int(chance.integers(1, 60))
            cursor.execute(
                "INSERT INTO divided VALUES (%s, %s)", [int(chance.integers(2**62)), text]
            )
        cursor.execute("DELETE FROM divided WHERE said LIKE 'canari%%'")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = hits_in_files(*database_files())

    clean_freed_pages(actor=SITE, at=AT)
    wiped = hits_in_files(*database_files())
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE divided")

    assert left != []
    assert wiped == []


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_statistics_of_the_base_keep_none_of_her_words(person, site):
    """PostgreSQL samples the columns it analyses; an emptied table's samples would stay."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT count(*) FROM pg_stats WHERE most_common_vals::text ~ %s"
                       " OR histogram_bounds::text ~ %s", ["canari-", "canari-"])  # fmt: skip
        assert cursor.fetchone()[0] > 0

    leave(person)
    Job.objects.filter(state="waiting", name="report.compute").delete()
    call_command("work", until_empty=True)

    assert hits_in_files(*database_files()) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_an_older_copy_of_everything_brings_nobody_back(person, site, tmp_path):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(connection.settings_dict["NAME"])
    connections.close_all()
    shutil.copy(path, tmp_path / "older.sqlite3")
    for name in FOLDERS[1:]:
        shutil.copytree(site / name.lower(), tmp_path / "older" / name.lower())
    leave(person)
    connections.close_all()

    for end in ("-wal", "-shm"):
        path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
    shutil.copy(tmp_path / "older.sqlite3", path)
    shutil.copytree(tmp_path / "older", site, dirs_exist_ok=True)
    assert everywhere(site) != NOWHERE
    assert Participant.objects.get(pk=person.pk).withdrawn_on is None

    assert reapply_withdrawals(at=AT) == 1
    assert hits_in_rows() == []
    # A page divided as the study was written keeps copies: only a base written anew wipes them.
    Job.objects.exclude(name=CLEAN).delete()
    call_command("work", until_empty=True)

    assert everywhere(site) == NOWHERE
    assert Participant.objects.get(pk=person.pk).withdrawn_on == TODAY
    assert reapply_withdrawals(at=AT) == 0


def test_the_vault_opens_for_nobody_even_from_an_older_copy_of_its_row(person, site, study):
    sealed = bytes(vault.SealedIdentity.objects.get(participant=WHO).sealed)

    leave(person)
    vault.SealedIdentity.objects.create(
        study_id=study.pk, participant=WHO, sealed=sealed, sealed_at=AT
    )

    with pytest.raises(vault.KeyMissing):
        vault.take(study_id=study.pk, participant=WHO)


def test_receipt_says_what_was_removed_in_every_slice(person):
    leave(person)

    lines = {what: count for what, count, stands in Receipt.objects.get().lines if not stands}

    assert [what for what, count in lines.items() if count == 0] == []
