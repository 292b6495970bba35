"""The steps of a run, from a study folder to its results."""

from croisee.run.amending import Amended, Attempt, Decision, amend_folder, amend_study, attempted
from croisee.run.output import OutputRefused
from croisee.run.preparation import Prepared, StudyRefused, prepare, prepare_folder, software
from croisee.run.running import RunResult, run_folder, run_study
from croisee.run.sealing import SealRefused, seal_folder, seal_study
from croisee.run.tracing import TraceRefused, trace

__all__ = [
    "Amended",
    "Attempt",
    "Decision",
    "OutputRefused",
    "Prepared",
    "RunResult",
    "SealRefused",
    "StudyRefused",
    "TraceRefused",
    "amend_folder",
    "amend_study",
    "attempted",
    "prepare",
    "prepare_folder",
    "run_folder",
    "run_study",
    "seal_folder",
    "seal_study",
    "software",
    "trace",
]
