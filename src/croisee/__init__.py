"""Croisée: participatory action research, from a study folder to a protected report."""

from croisee.dataset import Consent, Dataset, freeze, load, verify
from croisee.disclosure import (
    AuditReport,
    Chiffre,
    DatasetWorlds,
    Register,
    Release,
    ReleasedQuote,
    ReleasedTable,
    audit,
    draft_release,
    load_release,
    save_release,
    say,
    seal,
    two_sided,
)
from croisee.report import write_report
from croisee.run import run_study, seal_study, trace
from croisee.studyfolder import Problem, StudyFolder, new_study, read_study

__all__ = [
    "AuditReport",
    "Chiffre",
    "Consent",
    "Dataset",
    "DatasetWorlds",
    "Problem",
    "Register",
    "Release",
    "ReleasedQuote",
    "ReleasedTable",
    "StudyFolder",
    "audit",
    "draft_release",
    "freeze",
    "load",
    "load_release",
    "new_study",
    "read_study",
    "run_study",
    "save_release",
    "say",
    "seal",
    "seal_study",
    "trace",
    "two_sided",
    "verify",
    "write_report",
]
