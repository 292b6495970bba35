"""A whole run: the steps of a preparation, then the pages, all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from croisee.dataset import Engine
from croisee.deidentify.entities import versions
from croisee.deidentify.queue import EVERYWHERE
from croisee.disclosure import Register, Release
from croisee.language import Language, Phrase, phrase
from croisee.report import write_report
from croisee.run.masking import WITHOUT_MODEL
from croisee.run.output import refuse_inside, results_folder
from croisee.run.package_register import stale_packages
from croisee.run.preparation import Prepared, Progress, prepare, prepare_folder, silent
from croisee.run.team import write_team
from croisee.studyfolder import Problem, StudyFolder
from croisee.studyfolder.problems import WARNING


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run gave: the folder, the release, and what somebody should look at."""

    out: Path
    release: Release
    problems: tuple[Problem, ...]
    prepared: Prepared
    warnings: tuple[Phrase, ...]


def run_study(
    study: Path,
    out: Path,
    *,
    at: datetime,
    language: Language = "fr",
    progress: Progress = silent,
    engine: Engine | None = None,
) -> RunResult:
    """Take a study folder to its results; ``out`` appears complete or not at all.

    ``engine`` runs the analysis (DuckDB where none is given); results are the same on each.

    Raises:
        StudyRefused: the folder has problems (all of them are in the exception).
        OutputRefused: ``out`` cannot be used.
        EngineRefused: the engine would bring back too much.
    """
    refuse_inside(out, study)

    def prepared_in(team: Path) -> Prepared:
        return prepare(study, team, at=at, language=language, progress=progress, engine=engine)

    return _run(out, prepared_in, language, progress)


def run_folder(
    folder: StudyFolder,
    register: Register,
    out: Path,
    *,
    at: datetime,
    language: Language = "fr",
    progress: Progress = silent,
) -> RunResult:
    """Do what :func:`run_study` does with a study folder in memory and its register.

    Raises:
        StudyRefused: the folder has problems (all of them are in the exception).
        OutputRefused: ``out`` cannot be used.
    """

    def prepared_in(team: Path) -> Prepared:
        return prepare_folder(folder, register, team, at=at, language=language, progress=progress)

    return _run(out, prepared_in, language, progress)


def _run(
    out: Path, prepared_in: Callable[[Path], Prepared], language: Language, progress: Progress
) -> RunResult:
    with results_folder(out, language) as partial:
        team = partial / "equipe"
        team.mkdir()
        prepared = prepared_in(team)
        progress(phrase("Rapport, feuillets et figures"))
        warnings = [*write_report(prepared.release, partial), *_without_model()]
        warnings += stale_packages(prepared)
        progress(phrase("Dossier de l’équipe"))
        write_team(team, prepared, language)
        prepared.dataset.close()
    return RunResult(out, prepared.release, _problems(prepared), prepared, tuple(warnings))


def _problems(prepared: Prepared) -> tuple[Problem, ...]:
    """Return what the folder is told, and the lines of ``partout`` that fit no place any more.

    By their numbers: their words may be names.
    """
    said = (
        phrase("Cette ligne est sans effet : ses mots ne sont plus trouvés ainsi nulle part."),
        phrase("Retirez-la ; croisee review dit si ces mots attendent une autre décision."),
    )
    file = f"relectures/{EVERYWHERE.removesuffix('.csv')}"
    unfit = (Problem(WARNING, file, one.row, "texte", *said) for one in prepared.masked.unfit)
    return (*prepared.folder.problems, *unfit)


def _without_model() -> list[Phrase]:
    return [] if versions() else [WITHOUT_MODEL]
