"""A temporary folder for a team’s own copy of a study, gone at the end whatever happens.

It may hold what people said. A process that was killed leaves its folder; the next one that
opens a workshop, on the same machine and by the same person, takes it away.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LEFT = re.compile(r"croisee-(\d+)-.+")


@contextmanager
def workshop() -> Iterator[Path]:
    """Give a temporary folder that only its owner may open."""
    _sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=f"croisee-{os.getpid()}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove the workshops of processes that are no more; those of others cannot be opened.

    Only where a process can be asked after without a signal that would stop it.
    """
    if os.name != "posix":
        return
    for folder in parent.glob("croisee-*"):
        left = _LEFT.fullmatch(folder.name)
        mine = left and not folder.is_symlink() and folder.stat().st_uid == os.getuid()
        if left and mine and not _is_alive(int(left.group(1))):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
