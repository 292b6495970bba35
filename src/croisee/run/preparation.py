"""The steps before any page: check → freeze → de-identify → analyse → release → audit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from croisee.dataset import Dataset, Engine, freeze
from croisee.disclosure import (
    AuditReport,
    DatasetWorlds,
    Draft,
    Register,
    Release,
    audit,
    draft_release,
    keep_voices,
)
from croisee.findings import Quote
from croisee.language import Language, Phrase, phrase
from croisee.qualitative import quotes
from croisee.run.masking import MaskedStudy, mask_study
from croisee.run.plan import Keyed, raw_tables
from croisee.studyfolder import Problem, StudyFolder, read_study

Progress = Callable[[Phrase], None]
"""Called as each step begins, with a sentence to show."""
Check = Callable[[StudyFolder, Register], None]
"""Called when the folder is read, before the long steps; raises to stop there."""


class StudyRefused(Exception):
    """The study folder has problems that stop a run; ``problems`` says them all."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything a run knows before it writes its pages."""

    folder: StudyFolder
    dataset: Dataset
    masked: MaskedStudy
    tables: tuple[Keyed, ...]
    quotes: tuple[Quote, ...]
    register: Register
    draft: Draft
    audit: AuditReport

    @property
    def release(self) -> Release:
        """Return what leaves the team: the sealed release of this code, or a draft."""
        return self.draft.release


def silent(step: Phrase) -> None:
    """Show nothing."""
    del step


def prepare(
    study: Path,
    team: Path,
    *,
    at: datetime,
    language: Language = "fr",
    progress: Progress = silent,
    before: Check | None = None,
    engine: Engine | None = None,
) -> Prepared:
    """Read, freeze, de-identify, analyse, release and audit a study; write no page of a report.

    ``team`` receives the Dataset, the review files and the log of replacements: documents
    stream through them one by one. ``before`` may stop the work when only the folder is read.
    ``engine`` runs the analysis; DuckDB where none is given.

    Raises:
        StudyRefused: the folder has problems that stop a run.
    """
    progress(phrase("Lecture et vérification du dossier"))
    folder = read_study(study)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    register = Register.open(study / "registre")
    if before is not None:
        before(folder, register)
    return prepare_folder(
        folder, register, team, at=at, language=language, progress=progress, engine=engine
    )


def prepare_folder(
    folder: StudyFolder,
    register: Register,
    team: Path,
    *,
    at: datetime,
    language: Language = "fr",
    progress: Progress = silent,
    engine: Engine | None = None,
) -> Prepared:
    """Do what :func:`prepare` does with a study folder in memory, whatever it came from.

    Raises:
        StudyRefused: the folder has problems that stop a run.
    """
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    progress(phrase("Gel des données consenties"))
    dataset = freeze(folder.study, folder.tables, folder.consents, team / "dataset", at=at)
    if engine is not None:
        dataset.on(engine)
    progress(phrase("Désidentification des verbatims"))
    masked = mask_study(dataset, folder, team, language)
    progress(phrase("Analyse"))
    tables = raw_tables(dataset)
    progress(phrase("Passage des chiffres et des extraits par la divulgation"))
    passages = quotes(dataset, masked.corpus)
    draft = draft_release(
        study=folder.study,
        tables=tables,
        quotes=passages,
        findings=folder.findings,
        leaflets=folder.leaflets,
        references=folder.references,
        reported=folder.reported,
        register=register,
        dataset_digest=dataset.digest,
        software=software(),
        at=at,
    )
    progress(phrase("Audit : ce qu’un lecteur averti pourrait deviner"))
    if not draft.release.draft:
        keep_voices(register, draft.release, passages)
    new = (draft.release,) if draft.release.draft else ()
    union = (*register.everything_out(), *new)
    report = audit(union, DatasetWorlds(dataset), folder.study.policy)
    return Prepared(folder, dataset, masked, tables, passages, register, draft, report)


def software() -> str:
    """Return the name and version printed on every document."""
    return f"croisee {version('croisee')}"
