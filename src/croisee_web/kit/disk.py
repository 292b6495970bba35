"""Files that a power cut cannot take back: what was kept stays, what was removed is gone.

Content is flushed before a name leads to it; a name is durable once its folder is flushed, and
so is its removal. Measured by ``tests/trust/test_power_cut.py``.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700


def make_folder(path: Path) -> None:
    """Make a folder and those above it, for their owner only; each name is durable."""
    missing = [path]
    while not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    for folder in reversed(missing):
        folder.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
        sync_folder(folder.parent)


def keep(path: Path, content: bytes) -> None:
    """Write a file for its owner only, in place of what was there: the old one or the new one."""
    make_folder(path.parent)
    partial = _written_beside(path, content)
    partial.replace(path)
    sync_folder(path.parent)


def keep_once(path: Path, fresh: Callable[[], bytes]) -> bytes:
    """Return a file's content, made the first time; whoever comes second gets the first one's."""
    if not path.exists():
        make_folder(path.parent)
        partial = _written_beside(path, fresh())
        try:
            os.link(partial, path)
        except FileExistsError:
            pass  # another process made it first
        finally:
            partial.unlink()
        sync_folder(path.parent)
    return path.read_bytes()


def append(path: Path, line: bytes) -> None:
    """Add a line at the end of a file, durable before this returns.

    A line that a crash cut there stays alone: the new one is not glued to it.
    """
    make_folder(path.parent)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, PRIVATE_FILE)
    try:
        size = os.fstat(descriptor).st_size
        cut = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        left = b"\n" + line if cut else line
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def put_in_place(made: Path, target: Path) -> None:
    """Give a file or a folder its name, once its content is flushed; what was there goes."""
    sync_tree(made)
    make_folder(target.parent)
    if made.is_dir():
        shutil.rmtree(target, ignore_errors=True)
    made.replace(target)
    sync_folder(target.parent)


def remove(path: Path) -> None:
    """Remove a file, or a folder with all it holds; what is not there is no trouble."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
    if path.parent.is_dir():
        sync_folder(path.parent)


def settle(path: Path, root: Path) -> None:
    """Flush what another wrote at ``path``, and each name that leads there from ``root``."""
    sync_tree(path)
    for folder in path.parents:
        sync_folder(folder)
        if folder == root.parent:
            return


def sync_tree(path: Path) -> None:
    """Flush a file, or a folder with all it holds."""
    inside = sorted(path.rglob("*")) if path.is_dir() else []
    for one in (*reversed(inside), path):
        if not one.is_symlink():
            sync_folder(one)


def sync_folder(path: Path) -> None:
    """Flush a folder's names, or a file's content."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _written_beside(path: Path, content: bytes) -> Path:
    partial = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial
