"""Croisée: participatory action research, from a study folder to a protected report."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

_ROOMS = {
    "Consent": "croisee.dataset",
    "Dataset": "croisee.dataset",
    "freeze": "croisee.dataset",
    "load": "croisee.dataset",
    "verify": "croisee.dataset",
    "AuditReport": "croisee.disclosure",
    "Chiffre": "croisee.disclosure",
    "DatasetWorlds": "croisee.disclosure",
    "Register": "croisee.disclosure",
    "Release": "croisee.disclosure",
    "ReleasedQuote": "croisee.disclosure",
    "ReleasedTable": "croisee.disclosure",
    "audit": "croisee.disclosure",
    "draft_release": "croisee.disclosure",
    "load_release": "croisee.disclosure",
    "save_release": "croisee.disclosure",
    "say": "croisee.disclosure",
    "seal": "croisee.disclosure",
    "two_sided": "croisee.disclosure",
    "write_report": "croisee.report",
    "run_study": "croisee.run",
    "seal_study": "croisee.run",
    "trace": "croisee.run",
    "Problem": "croisee.studyfolder",
    "StudyFolder": "croisee.studyfolder",
    "new_study": "croisee.studyfolder",
    "read_study": "croisee.studyfolder",
}
"""Where each name is: loaded when it is first asked for. A command can then be stopped from its
first moment, and whoever wants one room does not load them all."""


def __getattr__(name: str) -> object:
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
