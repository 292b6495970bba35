"""The site's commands as one types them: words, exit codes, nothing changed when refused."""

import os
import subprocess
import sys

import pyrage
import pytest


def _croisee(home, *words, typed=None):
    unset = {"DATABASE_URL", "CROISEE_HOME", "CROISEE_SECRET_KEY", "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(
        [sys.executable, "-m", "croisee.cli", *map(str, words), "--home", home, "--lang", "fr"],
        env={key: value for key, value in os.environ.items() if key not in unset},
        capture_output=True, text=True, check=False, input=typed,
    )  # fmt: skip
    return done.returncode, (done.stdout + done.stderr).replace("\u202f", " ").replace("\xa0", " ")


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A site backed up once, with the key that opens its archives."""
    place = tmp_path_factory.mktemp("commandes")
    identity = pyrage.x25519.Identity.generate()
    (place / "cle.txt").write_text(f"# une clé\n{identity}\n")
    code, said = _croisee(
        place / "site", "backup", place / "sauvegardes", "--recipient", identity.to_public()
    )
    assert code == 0, said
    site, keys = (
        sorted((place / "sauvegardes").glob("croisee-site-*.age")),
        sorted((place / "sauvegardes").glob("croisee-cles-*.age")),
    )
    return place, site[0], keys[0]


def test_backup_restores_on_an_empty_place_by_the_commands_alone(kept):
    place, archive, keys = kept

    code, said = _croisee(
        place / "neuf", "restore", archive, "--keys", keys, "--identity", place / "cle.txt"
    )

    assert code == 0, said
    assert "La sauvegarde est en place" in said
    assert _croisee(place / "neuf", "journal", "verify")[0] == 0


def test_restore_without_the_keys_or_with_another_key_is_refused(kept, tmp_path):
    place, archive, keys = kept
    (tmp_path / "autre.txt").write_text(f"{pyrage.x25519.Identity.generate()}\n")

    code, said = _croisee(tmp_path / "neuf", "restore", archive)
    assert (code, "--keys" in said) == (2, True)
    code, said = _croisee(
        tmp_path / "neuf", "restore", archive, "--keys", keys, "--identity", tmp_path / "autre.txt"
    )
    assert (code, "Rien n’a été changé" in said) == (1, True)
    code, said = _croisee(
        tmp_path / "neuf", "restore", tmp_path / "absent.age", "--keys", keys,
        "--identity", place / "cle.txt",
    )  # fmt: skip
    assert (code, "absent.age" in said) == (2, True)


def test_backup_without_a_passphrase_or_with_a_short_one_says_what_to_do(kept, tmp_path):
    place, _archive, _keys = kept
    (tmp_path / "courte.txt").write_text("court\n")

    code, said = _croisee(place / "site", "backup", tmp_path / "s", typed="")
    assert (code, "--recipient" in said) == (1, True)
    code, said = _croisee(
        place / "site", "backup", tmp_path / "s", "--passphrase-file", tmp_path / "courte.txt"
    )
    assert (code, "12 caractères" in said) == (1, True)
    code, said = _croisee(place / "site", "backup", tmp_path / "s", "--recipient", "age1faux")
    assert (code, "age1" in said) == (1, True)


def test_journal_is_verified_anchored_and_a_tampering_fails_the_command(kept):
    import sqlite3

    place, _archive, _keys = kept
    code, said = _croisee(place / "site", "journal", "verify")
    assert (code, "Le journal tient." in said, "Dernière ancre" in said) == (0, True, True)
    assert _croisee(place / "site", "journal", "anchor")[0] == 0

    base = sqlite3.connect(place / "site" / "croisee.sqlite3")
    with base:
        base.execute("UPDATE journal_entry SET actor = 'compte:9'")
    base.close()

    code, said = _croisee(place / "site", "journal", "verify")
    assert (code, "ne tient pas" in said) == (1, True)


def test_doctor_says_each_line_and_what_to_do(kept):
    place, _archive, _keys = kept
    (place / "site" / "cles").chmod(0o755)

    code, said = _croisee(place / "site", "doctor")

    assert ("[ok] Base à jour" in said, "chmod 700" in said, code) == (True, True, 1)

    (place / "site" / "cles").chmod(0o700)
    code, said = _croisee(place / "site", "doctor")
    assert (code, "Rien à corriger." in said) == (0, True), said


def test_move_to_where_the_site_is_already_is_refused(kept):
    place, _archive, _keys = kept

    assert _croisee(place / "site", "move", "sqlite")[0] == 1


def test_move_to_a_base_that_does_not_answer_is_said(kept):
    place, _archive, _keys = kept

    code, said = _croisee(place / "site", "move", "postgresql://personne@127.0.0.1:9/rien")

    assert (code, "ne répond pas" in said) == (1, True)


@pytest.mark.parametrize(
    "started",
    [
        "from croisee.cli import main; raise SystemExit(main(['serve', '--lang', 'fr']))",
        "from croisee_web.config.commands import main; main()",
    ],
)
def test_site_without_its_extra_says_a_command_to_copy(started):
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.modules['django'] = None; {started}"],
        env={**os.environ, "CROISEE_LANG": "fr"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "pip install 'croisee[web]'" in done.stderr
