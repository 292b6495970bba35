"""Which files of a run may be shown, and what a browser may load with them."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from croisee_web.report.vocabulary import Stance

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
"""The only kinds of files a publication holds."""

ARCHIVE, SIGNATURE, PUBLIC_KEY = "archive.zip", "archive.zip.minisig", "minisign.pub"
SIGNED = {
    ARCHIVE: "application/zip",
    SIGNATURE: "text/plain; charset=utf-8",
    PUBLIC_KEY: "text/plain; charset=utf-8",
}
"""What the site adds to a publication: the whole of it in one file, and how to check it."""

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a network answers to a finding; ``version`` is the finding's, as it was read."""

    stance: Stance
    note: str
    version: int


def is_shown(name: str) -> bool:
    """Return whether a file of ``diffusion/`` has a kind and a path that may be served."""
    path = PurePosixPath(name)
    return (
        path.suffix in MEDIA
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(part.startswith(".") for part in path.parts)
    )


class NotShown(ValueError):
    """A file that may not be shown; ``name`` is its path in the folder."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def copy_shown(source: Path, target: Path) -> int:
    """Copy the files that may be shown in a folder of ours; return their number.

    Raises:
        NotShown: one of them may not.
    """
    count = 0
    for path in sorted(source.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        name = path.relative_to(source).as_posix()
        if path.is_symlink() or not is_shown(name):
            raise NotShown(name)
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target / name)
        count += 1
    return count


def media_of(name: str) -> str:
    """Return the kind of a file that may be served."""
    return SIGNED.get(PurePosixPath(name).name) or MEDIA[PurePosixPath(name).suffix]


def content_policy(page: str) -> str:
    """Return the content security policy of a self-contained page: its own style sheets by digest.

    The digests are those of the ``<style>`` elements as they stand; no script, nothing from
    elsewhere.
    """
    digests = [
        base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        for style in _STYLE.findall(page)
    ]
    styles = " ".join(f"'sha256-{digest}'" for digest in sorted(set(digests))) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
