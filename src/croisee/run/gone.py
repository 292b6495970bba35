"""What ``croisee trace`` says of what is no longer there: a removed code, a destroyed Dataset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from croisee.dataset import Dataset, load
from croisee.dataset.manifest import MANIFEST, read_manifest
from croisee.disclosure import Act, Release, day
from croisee.formats import read_table
from croisee.language import Language, Phrase, phrase
from croisee.run.aftermath import AFTERMATH
from croisee.text import typeset

_REMOVED = {"retire", Act.REMOVE.value}


def removed_lines(team: Path | None, code: str, release: Release, language: Language) -> list[str]:
    """Return what became of a code that a sealed release no longer has; nothing if unknown.

    Only the team's folder knows: for anybody else a removed code is a code that is not there.
    """
    path = None if team is None else team / AFTERMATH
    if path is None or not path.is_file():
        return []
    found = [line for line in _lines(path) if line["acte"] in _REMOVED and _is(code, line)]
    return [typeset(one.to(language), language, medium="text")
            for line in found for one in _told(code, line, release)]  # fmt: skip


def dataset_there(team: Path | None) -> Dataset | None:
    """Return the Dataset of a team's folder, ``None`` when its lines are not there any more.

    Raises:
        DatasetUnreadable: it is there and damaged.
    """
    if team is None or not (team / "dataset").is_dir() or _is_tombstone(team / "dataset"):
        return None
    return load(team / "dataset")


def tombstone_lines(team: Path | None) -> Iterator[Phrase]:
    """Say, to the team, that no line can be shown, and what is still known of the Dataset."""
    if team is None:
        return
    folder = team / "dataset"
    if not (folder / MANIFEST).is_file():
        yield phrase("Le jeu gelé n’est plus dans ce dossier : les lignes ne se montrent pas.")
    elif _is_tombstone(folder):
        manifest = read_manifest(folder)
        yield phrase(
            "Le jeu gelé a été détruit : les lignes ne se montrent plus. "
            "Il en reste l’empreinte, {digest}.",
            digest=manifest.digest,
        )


def _is_tombstone(folder: Path) -> bool:
    """Return whether only the manifest is left of a Dataset that had tables."""
    if not (folder / MANIFEST).is_file():
        return True
    return bool(read_manifest(folder).tables) and not any(folder.rglob("*.parquet"))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    for _, line in read_table(path).rows:
        yield line


def _is(code: str, line: dict[str, str]) -> bool:
    return code.lower() in {line["code"].lower(), line["objet"].lower()} - {""}


def _told(code: str, line: dict[str, str], release: Release) -> Iterator[Phrase]:
    name = line["code"] or code
    if not line["le"]:
        yield phrase("{code} a été retiré de la diffusion {release}.", code=name,
                     release=release.code)  # fmt: skip
        return
    at = datetime.fromisoformat(line["le"]).astimezone(ZoneInfo(release.study.timezone))
    yield phrase(
        "{code} a été retiré de la diffusion {release} le {on}.",
        code=name,
        release=release.code,
        on=day(at.date()),
    )
    _, dot, _ = line["detail"].partition(" · ")
    if dot:
        yield phrase("Décision : {who}", who=line["detail"])
