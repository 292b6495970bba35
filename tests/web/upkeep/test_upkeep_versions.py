"""A backup of an older version put back by a newer one, as it happens; never the reverse.

Two versions of one app of the tests, ``carnet``: the older knows ``0001``, the newer ``0002``
too, which puts a column in the middle and turns the rows into something else. Real commands, in
processes of their own, on the engine of the tests.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest
from django.db import connection

HERE = Path(__file__).parent
OLDER, NEWER = "version_ancienne", "version_nouvelle"
STARTED = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.core.management import call_command
from carnet.models import Note
from croisee_web.config.commands.site import main
def notes():
    rows = Note.objects.order_by("pk").values_list("title", "body")
    return [[title, body] for title, body in rows]
def saved(folder):
    assert main(["backup", folder, "--recipient", PUBLIC, "--home", HOME, "--lang", "fr"]) == 0
def restored(folder):
    site, keys = next(Path(folder).glob("*-site-*")), next(Path(folder).glob("*-cles-*"))
    words = [str(site), "--keys", str(keys), "--identity", SECRET]
    return main(["restore", *words, "--home", HOME, "--lang", "fr"])
def told(**found):
    print("TOLD", json.dumps(found))
"""


class Place:
    """A site of its own, for whichever version runs; its key opens every archive."""

    identity = pyrage.x25519.Identity.generate()

    def __init__(self, root, name):
        self.home, self.secret = root / name, root / "cle.txt"
        self.secret.write_text(f"{self.identity}\n")
        self.home.mkdir()
        self.address = ""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE DATABASE croisee_{name}")
            settings = connection.settings_dict
            self.address = (
                f"postgresql://{settings['USER']}:@/croisee_{name}?host={settings['HOST']}"
            )

    def run(self, version, script):
        """Run a version's code in a process of its own; return what it told, and said."""
        unset = {"CROISEE_SECRET_KEY", "CROISEE_TESTS_PLACE"}
        environment = {key: value for key, value in os.environ.items() if key not in unset} | {
            "DJANGO_SETTINGS_MODULE": "settings_of_versions",
            "PYTHONPATH": os.pathsep.join([str(HERE), str(HERE / version), *sys.path]),
            "CROISEE_HOME": str(self.home),
            "DATABASE_URL": self.address,
        }
        given = (
            f"PUBLIC, HOME = {str(self.identity.to_public())!r}, {str(self.home)!r}\n"
            f"SECRET = {str(self.secret)!r}\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", given + STARTED + script],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        said = (done.stdout + done.stderr).replace("\u202f", " ").replace("\xa0", " ")
        told = [line for line in done.stdout.splitlines() if line.startswith("TOLD ")]
        return (json.loads(told[-1][5:]) if told else {}), said


@pytest.fixture(scope="module")
def root(tmp_path_factory, django_db_setup, django_db_blocker):
    """A folder for the sites; on PostgreSQL, each has a database of its own, removed after."""
    with django_db_blocker.unblock():
        yield tmp_path_factory.mktemp("versions")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                for name in ("older", "newer"):
                    cursor.execute(f"DROP DATABASE IF EXISTS croisee_{name} WITH (FORCE)")
            connection.close()


@pytest.fixture(scope="module")
def older(root):
    """A site of the older version, saved twice: with rows that pass, and with one that cannot."""
    place = Place(root, "older")
    script = f"""
call_command("migrate", verbosity=0)
for title in ("une", "deux"):
    Note.objects.create(title=title, body="mots de " + title)
saved({str(root / "passe")!r})
bad = Note.objects.create(title="", body="")
saved({str(root / "ne-passe-pas")!r})
bad.delete()
"""
    place.run(OLDER, script)
    return place


@pytest.fixture(scope="module")
def newer(root, older):
    """A new site where the newer version has put the older backup back, then saved itself."""
    place = Place(root, "newer")
    script = f"""
from croisee_web.journal.queries import verify
code = restored({str(root / "passe")!r})
lengths = list(Note.objects.order_by("pk").values_list("length", flat=True))
told(code=code, notes=notes(), lengths=lengths, holds=verify().holds)
saved({str(root / "nouveau")!r})
"""
    place.told, place.said = place.run(NEWER, script)
    return place


def test_backup_of_an_older_version_is_put_back_by_a_newer_one(newer):
    assert newer.told == {
        "code": 0,
        "notes": [["UNE", "mots de une"], ["DEUX", "mots de deux"]],
        "lengths": [11, 12],
        "holds": True,
    }
    assert "Une version plus ancienne" in newer.said
    assert [path.name for path in newer.home.iterdir() if path.name.startswith(".en-cours")] == []


def test_backup_of_a_newer_version_is_refused_in_words_and_changes_nothing(newer, older, root):
    script = f"told(code=restored({str(root / 'nouveau')!r}), notes=notes())"

    told, said = older.run(OLDER, script)

    assert told == {"code": 1, "notes": [["une", "mots de une"], ["deux", "mots de deux"]]}
    assert ("plus récente" in said, "Rien n’a été changé" in said) == (True, True)


def test_rows_that_do_not_pass_are_refused_and_change_nothing(newer, root):
    script = f"told(code=restored({str(root / 'ne-passe-pas')!r}), notes=notes())"

    told, said = newer.run(NEWER, script)

    assert told == {"code": 1, "notes": newer.told["notes"]}
    assert ("ne passent pas" in said, "Rien n’a été changé" in said) == (True, True)
