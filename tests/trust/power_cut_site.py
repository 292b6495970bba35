"""A site in a process of its own, for cutting its power: ``live HOME TOLD HOW`` or ``look TOLD``.

``live`` does one act after the other; once an act has answered, one line is added to ``TOLD``,
and what the site then holds is written beside it. ``HOW``: plain, normal (SQLite told not to
flush each commit), unsynced (no file is flushed). ``look`` reads « folder acknowledgements »
lines from its entry and answers each with the list of what is wrong there, in JSON.
"""

import hashlib
import io
import json
import os
import sys
import tempfile
import zipfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.umask(0o077)
if __name__ == "__main__" and sys.argv[1] in ("prepare", "live"):
    os.environ.update(CROISEE_HOME=sys.argv[2])
os.environ.update(
    DJANGO_SETTINGS_MODULE="croisee_web.config.settings", CROISEE_SECRET_KEY="only-for-tests"
)

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402
from tests.library.report.sample_release import release_of, sample_release  # noqa: E402
from tests.web.entrance import let_in  # noqa: E402

from croisee.disclosure import Register, save_release  # noqa: E402
from croisee_web.access.models import Account, SecondFactor  # noqa: E402
from croisee_web.access.rules import write_first_steps  # noqa: E402
from croisee_web.access.usecases import invite  # noqa: E402
from croisee_web.analysis.models import Run  # noqa: E402
from croisee_web.analysis.queries import register_folder, results_folder  # noqa: E402
from croisee_web.analysis.usecases import ask_for_run  # noqa: E402
from croisee_web.config.serving import empty_workshop  # noqa: E402
from croisee_web.exchange.models import Upload  # noqa: E402
from croisee_web.exchange.queries import upload_path  # noqa: E402
from croisee_web.journal.queries import verify  # noqa: E402
from croisee_web.journal.usecases import anchor  # noqa: E402
from croisee_web.people import vault  # noqa: E402
from croisee_web.people.models import Consent, Participant, Purpose  # noqa: E402
from croisee_web.people.rules import Proof, ShownForm  # noqa: E402
from croisee_web.people.usecases import (  # noqa: E402
    Belonging,
    add_participant,
    issue_link,
    reapply_withdrawals,
    record_consent,
    seal_identity,
    withdraw,
)
from croisee_web.report.models import Publication  # noqa: E402
from croisee_web.report.queries import publication_folder  # noqa: E402
from croisee_web.report.usecases import publish_results  # noqa: E402
from croisee_web.study.models import Case, Study  # noqa: E402
from croisee_web.study.usecases.members import Place, confirm_list, read_list  # noqa: E402
from croisee_web.upkeep.rules import Keyring, row_lines  # noqa: E402
from croisee_web.upkeep.usecases import back_up, restore  # noqa: E402

settings.ALLOWED_HOSTS = ["testserver"]
ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "src" / "croisee" / "studyfolder" / "example" / "fr"
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = date(2026, 11, 22)
WORDS = "une phrase que personne ne devine"
RING = Keyring(passphrase="une phrase de passe assez longue")
UNDER_REPAIR = "restore"
"""The act during which the site is stopped: an administrator does it again when it is cut."""

ROOTS = {
    "KEYS_ROOT": "cles",
    "STUDIES_ROOT": "etudes",
    "FILES_ROOT": "fichiers",
    "PUBLISHED_ROOT": "diffusions",
}


def held(home):
    """Return what a site holds: a digest of each row and of each file, and what it is."""
    rows = {hashlib.sha256(line).hexdigest()[:24]: line[:90].decode("utf-8", "replace")
            for line in row_lines("default")}  # fmt: skip
    return {"rows": rows, "files": files_of(home)}


def files_of(home):
    return {
        f"{path.relative_to(home)} {hashlib.sha256(path.read_bytes()).hexdigest()}": ""
        for path in sorted(home.rglob("*"))
        if path.is_file() and _counts(path.relative_to(home))
    }


def _counts(path):
    """Leave out the base, looked at by its rows, and what is being made."""
    hidden = any(part.startswith(".") or part == "temporaire" for part in path.parts)
    return not hidden and not path.name.startswith("croisee.sqlite3")


class Acts:
    """What a team does on a site, one act after the other."""

    def __init__(self, told):
        self.told, self.number, self.at = told, 0, AT

    def done(self, name):
        """Say that an act is acknowledged; keep beside what the site holds then."""
        beside = self.told.with_name(f"{self.number:03d}.json")
        beside.write_text(json.dumps({"act": name, **held(Path(settings.HOME))}), "utf-8")
        self.number += 1
        self.at += timedelta(minutes=1)
        with self.told.open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")

    def work(self, name):
        call_command("work", until_empty=True)
        self.done(name)

    def begin(self):
        """Open the site's first account by its page, then the study that « new » writes."""
        self.done("begun")
        token = write_first_steps()
        answer = Client().post(
            f"/premier-pas/{token}/",
            {"email": "lea@exemple.ca", "name": "Léa", "password": WORDS, "again": WORDS,
             "language": "fr"},
        )  # fmt: skip
        assert answer.status_code == 302, answer.content
        self.done("first account")
        self.lead = Account.objects.get()
        SecondFactor.objects.create(account=self.lead, kind="totp", name="codes", added_at=self.at)
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for path in sorted(EXAMPLE.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(EXAMPLE).as_posix())
            archive.writestr("registre/cle.bin", bytes(range(32)))
            archive.writestr("registre/codes.csv", "code,genre,cle\nF-01,F,cas\n")
        sent = SimpleUploadedFile("etude.zip", stream.getvalue())
        answer = let_in(Client(), self.lead).post("/importer/", {"folder": sent})
        assert answer.status_code == 302, answer.content
        self.done("folder sent")
        self.work("folder imported")
        self.study = Study.objects.get()

    def people(self):
        """Invite, register, note a consent and its proof, seal a name, read a member list."""
        who = {"actor": self.lead}
        study = self.study.pk
        invite(email="cam@exemple.ca", role="coder", study_id=study, case="", at=self.at, **who)
        self.done("invitation")
        self.work("invitation sent")
        case = Case.objects.filter(study=study).first()
        for code in ("z-01", "z-02"):
            person = add_participant(
                study_id=study, code=code, belonging=Belonging(case.code), at=self.at, **who
            )
            self.done(f"person {code}")
            purpose = Purpose.objects.filter(study=study).first()
            proof = Proof("formulaire.pdf", "application/pdf", b"%PDF-" + code.encode() * 900)
            record_consent(
                participant_id=person.pk, answers={purpose.code: False},
                form=ShownForm(mode="written", proof=proof), at=self.at, **who,
            )  # fmt: skip
            self.done(f"consent {code}")
            seal_identity(
                participant_id=person.pk, identity={"nom": f"Nom {code}"}, at=self.at, **who
            )
            self.done(f"identity {code}")
        self.person = person
        self._members(case)
        anchor(actor="site", at=self.at)
        self.done("anchor")

    def _members(self, case):
        place = Place(case.pk)
        path = Path(settings.HOME).parent / "membres.csv"
        path.write_text("Nom,Code\nAtelier du Nord,n-1\nAtelier du Sud,n-2\n", encoding="utf-8")
        given = {"study_id": self.study.pk, "place": place, "actor": self.lead, "at": self.at}
        number = read_list(path=path, file_name="membres.csv", **given)
        confirm_list(list_id=number, version=1, **given)
        self.done("members")

    def results(self):
        """Compute, export, publish."""
        ask_for_run(study_id=self.study.pk, actor=self.lead, at=self.at)
        self.work("computed")
        answer = let_in(Client(), self.lead).post(f"/etudes/{self.study.slug}/exporter/")
        assert answer.status_code == 302, answer.status_code
        self.work("exported")
        folder = Path(settings.HOME).parent / "sealed"
        public = folder / "diffusion"
        (public / "figures").mkdir(parents=True)
        release = release_of(sample_release().tables, code="2024b", sealed_on=TODAY)
        save_release(release, public / "release.json")
        for name in ("index.html", "rapport.html", "figures/F-07.svg"):
            (public / name).write_text(f"<p>{name}</p>" * 2000, encoding="utf-8")
        publish_results(folder=folder, actor="site", at=self.at, study_id=self.study.pk)
        self.done("published")

    def leaving(self):
        """Two people withdraw, one by her own page; the site is saved, and restored."""
        somebody = Participant.objects.filter(study=self.study, turns__isnull=False).first()
        withdraw(
            participant_id=(somebody or self.person).pk, way="team", actor=self.lead,
            on=TODAY, at=self.at,
        )  # fmt: skip
        self.done("withdrawn by the team")
        self.work("computed again")
        token = issue_link(participant_id=self.person.pk, actor=self.lead, at=self.at)
        self.done("link")
        answer = Client().post(f"/p/{token}/mes-donnees/retrait/", {"sure": "on"})
        assert answer.status_code == 302, answer.status_code
        self.done("withdrawn by herself")
        kept = Path(settings.HOME) / "sauvegardes"
        archive, keys = back_up(
            folder=kept, ring=RING, actor="console", at=self.at, progress=_silent
        )
        self.done("saved")
        Account.objects.filter(pk=self.lead.pk).update(name="Un autre nom")
        self.done("renamed")
        restore(
            archive=archive, keys=keys, ring=RING, actor="console", at=self.at, progress=_silent
        )
        self.done(UNDER_REPAIR)


def _silent(_sentence):
    """Say nothing."""


def live(told, how):
    if how == "normal":
        options = connection.settings_dict["OPTIONS"]
        options["init_command"] = options["init_command"].replace("=FULL", "=NORMAL")
    elif how == "unsynced":
        os.fsync = _silent
    tempfile.tempdir = str(empty_workshop("work"))  # as the site's own worker has it
    acts = Acts(told)
    acts.begin()
    acts.people()
    if how == "plain":
        acts.results()
        acts.leaving()


def place(home):
    """Open another site in this process."""
    connections.close_all()
    settings.HOME = home
    for name, folder in ROOTS.items():
        setattr(settings, name, home / folder)
    connection.settings_dict["NAME"] = str(home / "croisee.sqlite3")


def faults(home, acknowledged, snapshots):
    """Return what is wrong in a site that was cut after so many acknowledgements."""
    place(home)
    found = list(_broken())
    if found:
        return found
    before = snapshots[acknowledged - 1]
    after = snapshots[acknowledged] if acknowledged < len(snapshots) else before
    if after["act"] != UNDER_REPAIR:
        found += _compared(held(home), before, after, snapshots[:acknowledged])
        found += [] if verify().holds else ["the journal does not hold"]
        found += _names_nothing()
    return [*found, *_as_it_starts()]


def _broken():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        for (line,) in cursor.fetchall():
            if line != "ok":
                yield f"integrity: {line}"
        cursor.execute("PRAGMA foreign_key_check")
        for line in cursor.fetchall():
            yield f"foreign key: {line}"


def _compared(now, before, after, earlier):
    for kind in ("rows", "files"):
        had, has, will = before[kind], now[kind], after[kind]
        for key in had.keys() & will.keys() - has.keys():
            yield f"lost {kind}: {had[key] or key}"
        gone = set().union(*(one[kind] for one in earlier)) - had.keys() - will.keys()
        for key in gone & has.keys():
            yield f"back {kind}: {has[key] or key}"


def _names_nothing():
    """A row that is there names files that are there, whole."""
    for row in vault.SealedIdentity.objects.all():
        if vault.take(study_id=row.study_id, participant=row.participant) is None:
            yield f"identity {row}"
    for row in Consent.objects.exclude(proof_sha256="").select_related("participant"):
        vault.take_file(
            study_id=row.participant.study_id,
            participant=row.participant.code,
            digest=row.proof_sha256,
        )
    for upload in Upload.objects.filter(state="waiting"):
        content = upload_path(upload.sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != upload.sha256:
            yield f"upload {upload}"
    for study in Study.objects.all():
        Register.open(register_folder(study.pk))
    for run in Run.objects.filter(state="done"):
        if (
            not (results_folder(run.study_id, run.number) / "diffusion" / "index.html")
            .stat()
            .st_size
        ):
            yield f"results {run}"
    for shown in Publication.objects.filter(state="public"):
        yield from _archive(publication_folder(shown.slug))


def _archive(folder):
    with zipfile.ZipFile(folder / "archive.zip") as archive:
        if archive.testzip() is not None:
            yield f"archive of {folder.name}"
        for line in archive.read("SHA256SUMS").decode().splitlines():
            digest, _, name = line.partition("  ")
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != digest:
                yield f"published {name}"


def _as_it_starts():
    """Finish withdrawals as the site does when it starts; nobody of the ledger is left."""
    reapply_withdrawals(at=AT)
    for line in vault.read_ledger():
        person = Participant.objects.filter(study_id=line.study_id, code=line.participant).first()
        if person is not None and person.withdrawn_on is None:
            yield f"still there: {line.participant}"
        try:
            vault.take(study_id=line.study_id, participant=line.participant)
        except vault.KeyMissing:
            yield f"a sealed name without its key: {line.participant}"
    if not verify().holds:
        yield "the journal does not hold once the site has started"


def look(told):
    snapshots = [json.loads(path.read_text("utf-8")) for path in sorted(told.parent.glob("*.json"))]
    for line in sys.stdin:
        folder, acknowledged = line.rsplit(" ", 1)
        try:
            found = list(faults(Path(folder), int(acknowledged), snapshots))
        except Exception as broken:  # noqa: BLE001 -- a site that does not open is the worst fault
            found = [f"{type(broken).__name__}: {broken}"]
        connections.close_all()
        sys.stdout.write(json.dumps(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        call_command("migrate", verbosity=0)
        connections.close_all()
    elif sys.argv[1] == "live":
        live(Path(sys.argv[3]), sys.argv[4])
    else:
        look(Path(sys.argv[2]))
