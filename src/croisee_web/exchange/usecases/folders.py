"""A study folder comes in, all or nothing; a study goes out as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypedDict

import pyarrow as pa
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from croisee.dataset import TABLES, Consent, answers_name, consenting_tables
from croisee.language import Phrase, phrase
from croisee.run.reviewing import decided_by_place
from croisee.study import Study as Described
from croisee.studyfolder import Problem, StudyFolder, Written, read_study, write_study
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.analysis.queries import register_folder, study_files
from croisee_web.coding.usecases import write_coding
from croisee_web.collection.rules import Wave, wave_of
from croisee_web.collection.usecases import write_answers
from croisee_web.corpus.usecases import write_corpus
from croisee_web.disclosure.usecases import note_sealed_releases, write_policy
from croisee_web.exchange.vocabulary import STUDY_EXPORTED, STUDY_IMPORTED
from croisee_web.fieldwork.usecases import write_fieldwork
from croisee_web.instruments.usecases import write_instruments
from croisee_web.journal.usecases import record
from croisee_web.kit.disk import make_folder, put_in_place, remove
from croisee_web.kit.errors import UseCaseError
from croisee_web.people.usecases import write_people
from croisee_web.report.queries import study_folder
from croisee_web.report.usecases import write_writings
from croisee_web.study.models import Study
from croisee_web.study.usecases import (
    Description,
    create_study,
    write_activities,
    write_context,
    write_description,
    write_frame,
    write_milestones,
)

Progress = Callable[[Phrase], None]
Tables = Mapping[str, pa.Table]


class _Who(TypedDict):
    """What every use case is told."""

    study_id: int
    actor: Account
    at: datetime


class FolderRefused(UseCaseError):
    """The study folder has things to correct; ``problems`` says them all."""

    http_status = 422

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        stops = sum(problem.severity == "refus" for problem in problems)
        super().__init__(
            ngettext(
                "Rien n’est importé : le dossier a %(n)s chose à corriger.",
                "Rien n’est importé : le dossier a %(n)s choses à corriger.",
                stops,
            )
            % {"n": stops}
        )
        self.problems = problems


def _silent(step: Phrase) -> None:
    """Show nothing."""
    del step


def _nothing_more(study: Study, read: StudyFolder) -> None:
    """Write nothing else."""
    del study, read


@dataclass(frozen=True, slots=True)
class _Ready:
    """A folder read, checked and prepared: all that is left is to write it."""

    read: StudyFolder
    described: Described
    tables: Tables
    rows: Mapping[str, list[dict[str, Any]]]
    waves: tuple[Wave, ...]


def import_folder(
    *,
    folder: Path,
    actor: Account,
    at: datetime,
    progress: Progress = _silent,
    also: Callable[[Study, StudyFolder], None] = _nothing_more,
) -> Study:
    """Read a study folder and make a study of it, complete or not at all.

    It is read and prepared first, then written in one short transaction: on SQLite, everybody
    else waits for that. ``also`` writes what belongs with it, in the same transaction.
    Its creator leads it. The folder's register (key, codes, sealed releases) comes with it,
    so that printed codes keep their meaning. Somebody the folder says withdrew comes as a
    code and a day; nothing she said or answered is written.

    Raises:
        FolderRefused: something must be corrected first; every problem is in it.
        NotAllowed: the actor may not open studies.
    """
    progress(phrase("Lecture et vérification du dossier"))
    ready = _prepared(folder)
    study = None
    try:
        with transaction.atomic():
            study = create_study(
                description=Description(title_fr=ready.described.title.fr), actor=actor, at=at
            )
            remove(study_files(study.pk))  # what an import cut by a crash left under this number
            _write_all(study.pk, ready, actor, at, progress)
            _bring_register(folder / "registre", register_folder(study.pk))
            note_sealed_releases(study_id=study.pk, actor=actor, at=at)
            record(
                act=STUDY_IMPORTED,
                actor=actor.label,
                at=at,
                study_id=study.pk,
                tables=sum(table.num_rows > 0 for table in ready.read.tables.values()),
            )
            also(study, ready.read)
    except BaseException:
        if study is not None:
            shutil.rmtree(study_files(study.pk), ignore_errors=True)
        raise
    return study


def _prepared(folder: Path) -> _Ready:
    """Read a folder and do all that needs no database.

    Raises:
        FolderRefused: something must be corrected first.
    """
    read = read_study(folder)
    if read.refused or read.study is None:
        raise FolderRefused(read.problems)
    described = read.study
    tables = _of_those_who_stayed(described, read)
    waves = tuple(
        wave_of(instrument, edition.code, table)
        for instrument in described.instruments
        for edition in described.editions
        if (table := tables.get(answers_name(instrument.code, edition.code))) is not None
    )
    rows = {name: table.to_pylist() for name, table in tables.items() if name in _SMALL}
    # The platform keeps decisions by place: looked for here, before the transaction.
    placed = replace(read, reviews=decided_by_place(read))
    return _Ready(placed, described, tables, rows, waves)


def _write_all(
    study_id: int, ready: _Ready, actor: Account, at: datetime, progress: Progress
) -> None:
    """Write each slice's part, from the study down to what its authors say."""
    who: _Who = {"study_id": study_id, "actor": actor, "at": at}
    read, described, rows = ready.read, ready.described, ready.rows
    progress(phrase("Écriture de l’étude, des réseaux et des personnes"))
    write_description(described=described, **who)
    write_frame(organisations=rows["organisations"], sizes=rows["frames"], **who)
    write_activities(rows=rows["activities"], **who)
    write_milestones(rows=rows["milestones"], **who)
    write_context(rows=rows["context"], **who)
    write_policy(policy=described.policy, **who)
    write_instruments(described=described, **who)
    write_people(
        purposes=described.purposes,
        rows=read.tables["participants"].to_pylist(),
        accepted=read.accepted,
        consents=read.consents,
        **who,
    )
    progress(phrase("Écriture des réponses"))
    for wave in ready.waves:
        write_answers(wave=wave, **who)
    progress(phrase("Écriture des séances et des verbatims"))
    write_fieldwork(tables=rows, **who)
    write_corpus(tables=ready.tables, registry=read.registry, reviews=read.reviews, **who)
    write_coding(tables=rows, **who)
    write_writings(
        written=Written(read.findings, read.leaflets, read.references, read.reported), **who
    )


_SMALL = TABLES.keys() - {"documents", "turns", "participants"}
"""Tables written from their rows; answers from their waves, turns batch by batch."""


def _of_those_who_stayed(described: Described, read: StudyFolder) -> Tables:
    """Return the tables without whoever withdrew; who refused analysis stays until the freeze."""
    stayed = {
        code: Consent(analysis=True, quote=one.quote, withdrawn_on=one.withdrawn_on)
        for code, one in read.consents.items()
    }
    return consenting_tables(described, read.tables, stayed)[0]


def _bring_register(source: Path, target: Path) -> None:
    """Copy a folder's register where the platform keeps it, complete or not at all."""
    if not source.is_dir():
        return
    make_folder(target.parent)
    partial = target.with_name(f".{target.name}.partiel")
    shutil.rmtree(partial, ignore_errors=True)
    shutil.copytree(source, partial, symlinks=True, copy_function=shutil.copyfile)
    if any(path.is_symlink() for path in partial.rglob("*")):
        shutil.rmtree(partial)
        raise UseCaseError(_("Le registre du dossier contient un lien. Rien n’est importé."))
    put_in_place(partial, target)


def export_folder(
    *, study_id: int, out: Path, actor: Account, at: datetime, progress: Progress = _silent
) -> None:
    """Write a study as a study folder, its register included; it appears complete or not at all.

    It holds everything the team holds, names to mask included, and the study's key: it is for
    the team alone. Reading it back gives the same Dataset.

    Raises:
        NotFound, NotAllowed: the actor may not export this study.
        StudyExists: ``out`` already holds something.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    progress(phrase("Lecture de l’étude"))
    folder = study_folder(study_id)
    progress(phrase("Écriture du dossier"))
    write_study(folder, out)
    _bring_register(register_folder(study_id), out / "registre")
    record(act=STUDY_EXPORTED, actor=actor.label, at=at, study_id=study_id)
