"""A whole run: the steps of a preparation, then the pages, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from croisee.disclosure import Release
from croisee.language import Language, Phrase, phrase
from croisee.report import write_report
from croisee.run.output import refuse_inside, results_folder
from croisee.run.preparation import Prepared, Progress, prepare, silent
from croisee.run.team import write_team
from croisee.studyfolder import Problem


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
) -> RunResult:
    """Take a study folder to its results; ``out`` appears complete or not at all.

    Raises:
        StudyRefused: the folder has problems (all of them are in the exception).
        OutputRefused: ``out`` cannot be used.
    """
    refuse_inside(out, study)
    with results_folder(out, language) as partial:
        team = partial / "equipe"
        team.mkdir()
        prepared = prepare(study, team, at=at, language=language, progress=progress)
        progress(phrase("Rapport, feuillets et figures"))
        warnings = write_report(prepared.release, partial)
        progress(phrase("Dossier de l’équipe"))
        write_team(team, prepared, language)
        prepared.dataset.close()
    return RunResult(out, prepared.release, prepared.folder.problems, prepared, tuple(warnings))
