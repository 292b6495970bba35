"""``croisee key`` makes the keys of the log of replacements; ``croisee unmask`` undoes with one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyrage

from croisee.dataset.manifest import MANIFEST, read_manifest
from croisee.disclosure import load_release
from croisee.language import Phrase, phrase
from croisee.run.sealed_log import LOG, LogRefused, OpenedLog, open_log, write_secret
from croisee.studyfolder.logkeys import LOG_KEYS


def no_log(study: Path) -> Phrase:
    """Say how a study without a key gets an encrypted log."""
    return phrase(
        "Aucun journal des noms remplacés : pour en avoir un, chiffré, faites d’abord {command}",
        command=f"croisee key {study} --out cle.txt",
    )


def make_key(study: Path, out: Path) -> Iterator[Phrase]:
    """Make a pair: the private key in ``out``, the public one added to the study folder.

    Raises:
        LogRefused: ``study`` is no folder, or ``out`` is inside it or there already.
    """
    if not study.is_dir():
        raise LogRefused(phrase("Ce dossier n’existe pas."))
    if out.resolve().is_relative_to(study.resolve()):
        raise LogRefused(
            phrase("La clé secrète ne va pas dans le dossier d’étude : rangez-la ailleurs.")
        )
    names = [study / f"{name}.txt" for name in LOG_KEYS]
    public = next((path for path in names if path.is_file()), names[0])
    identity = pyrage.x25519.Identity.generate()
    write_secret(out, f"{identity}\n")
    before = public.read_text(encoding="utf-8-sig") if public.is_file() else ""
    gap = "" if before.endswith("\n") or not before else "\n"
    public.write_text(f"{before}{gap}{identity.to_public()}\n", encoding="utf-8")
    yield phrase("Clé secrète : {file}", file=str(out))
    yield phrase(
        "Qui la tient peut défaire le masquage : gardez-la loin du dossier d’étude, et en lieu sûr."
    )
    yield phrase("Clé publique ajoutée à {file}.", file=str(public))


def unmasked_lines(results: Path, what: str, key_file: Path, out: Path | None) -> Iterator[str]:
    """Yield the original of an excerpt (``V-12``), of a turn (``document/3``) or of a document.

    A document may be given by the name of its file (``document.docx``).

    ``out``: a folder that receives it as a text, instead of the screen.

    Raises:
        LogRefused: no log, not the right key, a log of other results, or nothing by that name.
    """
    team = results / "equipe"
    log = open_log(team / LOG, key_file)
    _refuse_another(team, log)
    lines = _found(team, what, log)
    if out is None:
        yield from lines
        return
    out.mkdir(parents=True, exist_ok=True)
    path = out / (what.replace("/", "-").replace("\\", "-") + ".txt")
    write_secret(path, "".join(f"{line}\n" for line in lines))
    yield str(path)


def _refuse_another(team: Path, log: OpenedLog) -> None:
    manifest = team / "dataset" / MANIFEST
    if not manifest.is_file() or read_manifest(team / "dataset").digest != log.dataset:
        raise LogRefused(phrase("Ce journal n’est pas celui de ces résultats."))


def _found(team: Path, what: str, log: OpenedLog) -> list[str]:
    for quote in load_release(team / "release.json").quotes:
        if quote.code == what.upper() and (said := log.excerpt(quote.key)) is not None:
            return [said]
    document, _, number = what.rpartition("/")
    for name in (document, document.rpartition(".")[0]):
        if number.isdecimal() and (text := log.turns.get((name, int(number)))) is not None:
            return [text]
    for name in (what, what.rpartition(".")[0]):
        if turns := log.document(name):
            return [f"{turn}\t{text}" for turn, text in turns.items()]
    raise LogRefused(phrase("{what} n’est pas dans ce journal.", what=what))
