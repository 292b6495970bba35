"""Files that go with the rows that named them."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path


def remove_folders(folders: Iterable[Path]) -> None:
    """Remove folders of results; one that is not there, or no longer whole, is no trouble."""
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
