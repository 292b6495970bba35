"""What is wrong with an installation, and how to mend it."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee_web.access.models import Account
from croisee_web.jobs.models import Job
from croisee_web.jobs.vocabulary import JobState
from croisee_web.journal.models import Entry
from croisee_web.journal.rules import read_anchors
from croisee_web.upkeep.vocabulary import BACKUP_MADE

ROOM = 1_000_000_000
"""Bytes of free disk under which a site is in danger."""
ANCHOR_AGE, BACKUP_AGE, PATIENCE = timedelta(days=2), timedelta(days=8), timedelta(minutes=15)
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: whether it is well, and what to do when it is not.

    ``urgent``: what was acknowledged, or somebody's privacy, is at stake; else it is advice.
    """

    what: str
    ok: bool
    advice: str = ""
    urgent: bool = True


def findings(*, at: datetime) -> Iterator[Finding]:
    """Look at everything, one thing after another, the quick ones first.

    A dozen SQL queries, and every uploaded file read once.
    """
    yield from _folders()
    yield _room()
    reached = _base()
    yield reached
    if not reached.ok:
        return
    yield from _durability()
    pending = _migrations()
    yield pending
    if not pending.ok:
        return
    yield from _jobs(at)
    yield _clock(at)
    yield _anchors(at)
    yield _backups(at)
    yield _files()
    yield from _administrators()


def _folders() -> Iterator[Finding]:
    for folder in (Path(settings.HOME), Path(settings.KEYS_ROOT)):
        mode = folder.stat().st_mode & 0o777 if folder.is_dir() else None
        if mode is None:
            advice = _("Ce dossier manque : remettez-le depuis une sauvegarde.")
        else:
            advice = _("D’autres comptes de la machine le lisent : chmod 700 {folder}").format(
                folder=folder
            )
        yield Finding(
            _("Dossier {folder}, pour vous seulement").format(folder=folder), mode == 0o700, advice
        )


def _room() -> Finding:
    free = shutil.disk_usage(settings.HOME).free
    return Finding(
        _("Place libre : {n} Go").format(n=free // 1_000_000_000),
        free >= ROOM,
        _("Faites de la place : un disque plein arrête le site."),
    )


def _base() -> Finding:
    what = _("Base intacte ({vendor})").format(vendor=connection.vendor)
    try:
        with connection.cursor() as cursor:
            if connection.vendor != "sqlite":
                cursor.execute("SELECT 1")
                return Finding(what, ok=True)
            cursor.execute("PRAGMA integrity_check")
            whole = cursor.fetchone() == ("ok",)
            cursor.execute("PRAGMA foreign_key_check")
            whole = whole and cursor.fetchone() is None
    except DatabaseError as failure:
        advice = _("La base ne répond pas ({kind}) : vérifiez DATABASE_URL et le disque.")
        return Finding(what, ok=False, advice=advice.format(kind=type(failure).__name__))
    return Finding(what, whole, _("Arrêtez le site et remettez la dernière sauvegarde."))


def _durability() -> Iterator[Finding]:
    """Say whether what is acknowledged survives a power cut."""
    wanted = (
        {"PRAGMA synchronous": 2, "PRAGMA journal_mode": "wal"}
        if connection.vendor == "sqlite"
        else {"SHOW fsync": "on", "SHOW synchronous_commit": "on"}
    )
    with connection.cursor() as cursor:
        for statement, value in wanted.items():
            cursor.execute(statement)
            found = cursor.fetchone()
            yield Finding(
                _("Écriture sûre ({setting})").format(setting=statement.split()[1]),
                found is not None and found[0] == value,
                _("Une panne de courant perdrait des réponses : remettez le réglage d’origine."),
            )


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Finding(
        _("Base à jour"),
        not missing,
        _("Démarrez le site une fois : croisee serve met la base à jour."),
    )


def _jobs(at: datetime) -> Iterator[Finding]:
    stopped = Job.objects.filter(state=JobState.FAILED, ended_at__gte=at - timedelta(days=7))
    number = stopped.count()
    yield Finding(
        ngettext(
            "{n} travail arrêté cette semaine", "{n} travaux arrêtés cette semaine", number
        ).format(n=number),
        not number,
        _("Relancez-les depuis leur page ; leur message dit pourquoi."),
    )
    late = Job.objects.filter(state=JobState.WAITING, not_before__lt=at - PATIENCE).exists()
    yield Finding(
        _("Aucun travail n’attend depuis plus d’un quart d’heure"),
        not late,
        _("Le processus de travail ne tourne pas : redémarrez croisee serve."),
    )


def _clock(at: datetime) -> Finding:
    last = Entry.objects.order_by("-pk").values_list("happened_at", flat=True).first()
    return Finding(
        _("Horloge : {at}").format(at=at.isoformat(timespec="minutes")),
        last is None or last <= at + timedelta(minutes=5),
        _("Le journal contient un acte plus récent : remettez la machine à l’heure."),
    )


def _anchors(at: datetime) -> Finding:
    anchors, foreign = read_anchors()
    fresh = bool(anchors) and at - anchors[-1].at <= ANCHOR_AGE
    return Finding(
        _("Journal ancré depuis moins de deux jours"),
        fresh and not foreign,
        _("Lancez croisee journal verify, puis croisee journal anchor."),
    )


def _backups(at: datetime) -> Finding:
    last = Entry.objects.filter(act=BACKUP_MADE).order_by("-pk").first()
    return Finding(
        _("Sauvegarde de moins de huit jours"),
        last is not None and at - last.happened_at <= BACKUP_AGE,
        _("Lancez croisee backup, et gardez les deux archives à deux endroits."),
    )


def _administrators() -> Iterator[Finding]:
    """Say whether somebody who lost her second factor could be let in again by two others."""
    rows = Account.objects.filter(is_administrator=True, is_active=True)
    number = rows.count()
    if not number:  # a site that nobody has opened yet
        return
    yield Finding(
        ngettext(
            "{n} personne administre le site", "{n} personnes administrent le site", number
        ).format(n=number),
        number > 1,
        _(
            "Nommez-en une deuxième (Mon compte, Comptes). Seule, elle ne retrouverait pas "
            "son compte si elle perdait son téléphone et ses codes."
        ),
        urgent=False,
    )
    yield Finding(
        _("Double vérification de qui administre le site"),
        not rows.filter(second_factors=None).exists(),
        _("Ajoutez-la : Mon compte, Double vérification. Un mot de passe se devine."),
        urgent=False,
    )


def _files() -> Finding:
    root, changed = Path(settings.FILES_ROOT), 0
    for path in root.rglob("*") if root.is_dir() else ():
        if path.is_file() and _DIGEST.fullmatch(path.name):
            with path.open("rb") as file:
                changed += hashlib.file_digest(file, "sha256").hexdigest() != path.name
    return Finding(
        _("Fichiers déposés identiques à leur empreinte"),
        not changed,
        _("Un fichier a changé sur le disque : remettez-le depuis une sauvegarde."),
    )
