"""Files that go with the rows that named them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from croisee_web.kit.disk import remove


def remove_folders(folders: Iterable[Path]) -> None:
    """Remove folders of results for good; one that is not there, or not whole, is no trouble."""
    for folder in folders:
        remove(folder)
