"""Questions one may ask of freezes and runs. Nothing here writes."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def study_files(study_id: int) -> Path:
    """Return the folder of a study's files: register, datasets, results."""
    return Path(settings.STUDIES_ROOT) / str(study_id)


def register_folder(study_id: int) -> Path:
    """Return where a study's register lies: its key, its codes, its sealed releases."""
    return study_files(study_id) / "registre"


def results_folder(study_id: int, number: int) -> Path:
    """Return where the results of one run lie."""
    return study_files(study_id) / "resultats" / str(number)
