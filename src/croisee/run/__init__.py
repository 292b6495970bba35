"""The steps of a run, from a study folder to its results."""

from croisee.run.amending import Amended, Decision, amend_folder, amend_study
from croisee.run.output import OutputRefused
from croisee.run.preparation import Prepared, StudyRefused, prepare, prepare_folder, software
from croisee.run.running import RunResult, run_folder, run_study
from croisee.run.sealing import SealRefused, seal_folder, seal_study
from croisee.run.tracing import TraceRefused, trace

__all__ = [
    "Amended",
    "Decision",
    "OutputRefused",
    "Prepared",
    "RunResult",
    "SealRefused",
    "StudyRefused",
    "TraceRefused",
    "amend_folder",
    "amend_study",
    "prepare",
    "prepare_folder",
    "run_folder",
    "run_study",
    "seal_folder",
    "seal_study",
    "software",
    "trace",
]
