"""Taking the site away in two archives, and putting it back."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction
from django.utils.translation import gettext as _

from croisee.run import software
from croisee_web.journal.usecases import anchor, record
from croisee_web.kit.disk import keep, make_folder, put_in_place, remove
from croisee_web.people.usecases import reapply_withdrawals
from croisee_web.upkeep.rules import (
    ArchiveRefused,
    Digests,
    Keyring,
    applied_migrations,
    bring_forward,
    columns_now,
    digests,
    is_ahead,
    load_rows,
    open_archive,
    other_database,
    row_lines,
    seal_archive,
)
from croisee_web.upkeep.vocabulary import BACKUP_MADE, SITE_RESTORED

SITE, KEYS, ROWS = "site", "cles", "lignes.jsonl"
FOLDERS = {"etudes": "STUDIES_ROOT", "fichiers": "FILES_ROOT", "diffusions": "PUBLISHED_ROOT"}
SECRET, ANCHORS = "secret.txt", "journal-ancres.txt"
Progress = Callable[[str], None]


def back_up(
    *, folder: Path, ring: Keyring, actor: str, at: datetime, progress: Progress = print
) -> tuple[Path, Path]:
    """Write two archives, encrypted: the site; its keys and ledger, to be kept apart.

    Taken while the site runs: one view of the database, then the files it names.
    """
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    site, keys = folder / f"croisee-site-{stamp}.age", folder / f"croisee-cles-{stamp}.age"
    make_folder(folder)
    record(act=BACKUP_MADE, actor=actor, at=at)
    anchor(actor=actor, at=at)
    with _staging() as staged:
        progress(_("La base…"))
        rows = staged / ROWS
        with _one_view(staged) as using, rows.open("xb") as out:
            out.writelines(row_lines(using))
        with rows.open("rb") as lines:
            counted = digests(lines)
        progress(_("Les fichiers…"))
        about: dict[str, Any]
        about = {"kind": SITE, "at": at.isoformat(), "software": software(), "tables": counted}
        about |= {"migrations": applied_migrations(), "columns": columns_now()}
        seal_archive(site, _site_files(rows), about, ring)
        progress(_("Les clés et le registre des retraits, à part…"))
        about = {"kind": KEYS, "at": at.isoformat(), "software": software()}
        seal_archive(keys, _key_files(), about, ring)
    return site, keys


def restore(
    *,
    archive: Path,
    keys: Path,
    ring: Keyring,
    actor: str,
    at: datetime,
    progress: Progress = print,
) -> int:
    """Put a backup in place; return how many withdrawals made since were applied again.

    Both archives are opened and checked wholly, and the rows loaded in a new database and
    compared, before anything of the site is touched. Rows of an older version are brought to
    this one's tables first; those of a newer version are refused.

    Raises:
        ArchiveRefused: an archive is not whole, not ours, or from a newer version.
    """
    with _staging() as staged:
        progress(_("Vérification des deux archives…"))
        about = _opened(archive, staged / SITE, ring, SITE)
        _opened(keys, staged / KEYS, ring, KEYS)
        expected = _for_this_version(about, staged, progress)
        progress(_("Les lignes, dans une base neuve…"))
        with _rows_in_place(staged, expected):
            progress(_("Mise en place…"))
            _put_keys(staged / KEYS)
            with _files_in_place(staged):
                pass
    record(act=SITE_RESTORED, actor=actor, at=at)
    again = reapply_withdrawals(at=at)
    anchor(actor=actor, at=at)
    return again


def _for_this_version(about: dict[str, Any], staged: Path, progress: Progress) -> Digests:
    """Return what the rows of an archive must be here; those of an older version are changed."""
    expected: Digests = {label: tuple(it) for label, it in about["tables"].items()}
    if about["migrations"] == applied_migrations():
        return expected
    told = {"software": about["software"]}
    if is_ahead(about["migrations"]):
        raise ArchiveRefused(
            _(
                "Cette sauvegarde vient d’une version plus récente (%(software)s). Mettez "
                "Croisée à jour, puis recommencez. Rien n’a été changé."
            )
            % told
        )
    progress(_("Une version plus ancienne (%(software)s) : les lignes sont mises à jour…") % told)
    try:
        return bring_forward(staged / SITE / ROWS, about, expected, staged)
    except (DatabaseError, ValueError, KeyError) as differs:
        raise ArchiveRefused(
            _(
                "Les lignes de cette sauvegarde ne passent pas à cette version. Remettez-la "
                "avec la sienne (%(software)s). Rien n’a été changé."
            )
            % told
        ) from differs


def _opened(archive: Path, folder: Path, ring: Keyring, kind: str) -> dict[str, Any]:
    about = open_archive(archive, folder, ring)
    if about.get("kind") != kind:
        raise ArchiveRefused(
            _("%(name)s n’est pas l’archive attendue ici : croisee-%(kind)s-….age.")
            % {"name": archive.name, "kind": kind}
        )
    return about


@contextmanager
def _staging() -> Iterator[Path]:
    """Give a folder for its owner only, on the site's own disk; nothing of it remains."""
    with tempfile.TemporaryDirectory(prefix=".en-cours-", dir=settings.HOME) as made:
        yield Path(made)


@contextmanager
def _one_view(staged: Path) -> Iterator[str]:
    """Give a name under which the database is read as it was at one moment."""
    if connection.vendor == "sqlite":
        copy = staged / "copie.sqlite3"
        source = sqlite3.connect(f"file:{connection.settings_dict['NAME']}?mode=ro", uri=True)
        target = sqlite3.connect(copy)
        with target:
            source.backup(target)
        source.close()
        target.close()
        with other_database({"NAME": str(copy)}) as using:
            yield using
        copy.unlink()
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield "default"


def _site_files(rows: Path) -> Iterator[tuple[str, Path]]:
    yield ROWS, rows
    for name, setting in FOLDERS.items():
        yield from _under(name, Path(getattr(settings, setting)))


def _key_files() -> Iterator[tuple[str, Path]]:
    yield from _under(KEYS, Path(settings.KEYS_ROOT))
    secret = Path(settings.HOME) / SECRET
    if secret.is_file():
        yield SECRET, secret


def _under(name: str, root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            yield f"{name}/{path.relative_to(root).as_posix()}", path


@contextmanager
def _rows_in_place(staged: Path, expected: dict[str, Any]) -> Iterator[None]:
    """Load the rows beside and compare them; they take their place once the block ended well."""
    rows = staged / SITE / ROWS
    if connection.vendor != "sqlite":
        with transaction.atomic():
            with rows.open("rb") as lines:
                load_rows(lines, "default")
            _compare("default", expected)
            Session.objects.all().delete()
            yield
        return
    live = Path(str(connection.settings_dict["NAME"]))
    fresh = live.with_name(f".{live.name}.neuve")
    try:
        _fill(fresh, rows, expected)
        yield
        connection.close()
        for suffix in ("-wal", "-shm"):
            # Gone for good before the new base has its name: it would be read with it.
            remove(live.with_name(live.name + suffix))
        put_in_place(fresh, live)
    finally:
        for path in live.parent.glob(f"{fresh.name}*"):
            path.unlink()


def _fill(fresh: Path, rows: Path, expected: dict[str, Any]) -> None:
    fresh.unlink(missing_ok=True)
    with other_database({"NAME": str(fresh)}) as using:
        call_command("migrate", database=using, interactive=False, verbosity=0)
        with rows.open("rb") as lines:
            load_rows(lines, using)
        _compare(using, expected)
        with connections[using].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _compare(using: str, expected: dict[str, tuple[int, str]]) -> None:
    if digests(row_lines(using)) != expected:
        raise ArchiveRefused(
            _("Les lignes remises ne sont pas celles de la sauvegarde. Rien n’a été changé.")
        )


@contextmanager
def _files_in_place(staged: Path) -> Iterator[None]:
    """Exchange the folders of files; the former ones come back if anything fails."""
    exchanged: list[tuple[Path, Path, Path]] = []
    try:
        for name, setting in FOLDERS.items():
            live, old = Path(getattr(settings, setting)), staged / f"ancien-{name}"
            new = staged / SITE / name
            new.mkdir(exist_ok=True)
            exchanged.append((live, old, new))
            if live.exists():
                live.rename(old)
            put_in_place(new, live)
        yield
    except BaseException:
        for live, old, new in reversed(exchanged):
            if old.exists():
                if live.exists():
                    live.rename(new)
                old.rename(live)
        raise


def _put_keys(found: Path) -> None:
    """Bring the keys back. A ledger keeps what it says here and what the archive says.

    Anchors made since the backup are kept aside: they speak of acts that are gone.
    """
    live = Path(settings.KEYS_ROOT)
    for path in sorted((found / KEYS).rglob("*")):
        target = live / path.relative_to(found / KEYS)
        if path.is_dir():
            make_folder(target)
        elif path.suffix == ".jsonl" and target.exists():
            here = target.read_bytes().splitlines(keepends=True)
            there = path.read_bytes().splitlines(keepends=True)
            keep(target, b"".join([*there, *(line for line in here if line not in there)]))
        elif path.name == ANCHORS and target.exists() and target.read_bytes() != path.read_bytes():
            target.replace(target.with_name(f"avant-{ANCHORS}"))
            keep(target, path.read_bytes())
        elif not target.exists():
            keep(target, path.read_bytes())
    secret = Path(settings.HOME) / SECRET
    if (found / SECRET).is_file() and not secret.exists():
        keep(secret, (found / SECRET).read_bytes())
