"""The log of replacements: encrypted for the study's keys, and undone with one of them.

The originals go from memory to the encrypted file: no clear file is made, even for a moment.
The age format says by itself that a file was cut or changed.
"""

from __future__ import annotations

import json
import os
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyrage

from croisee.dataset import Dataset
from croisee.deidentify import MaskedDocument
from croisee.deidentify.restoring import NotTheText, Undo, restored, undoing
from croisee.language import Phrase, phrase

LOG = "journal.age"
"""The encrypted log, in the team's folder."""
FORMAT = "croisee-log/1"

_NO_MATCH = "No matching keys found"
"""What pyrage says of a whole log that another key opens; its words are never shown."""
_OTHER_KEY = phrase("Cette clé n’ouvre pas ce journal : essayez celle de l’étude.")
_DAMAGED = phrase("Ce journal est coupé ou changé : reprenez une copie intacte.")


class LogRefused(Exception):
    """No key can be made, or nothing undone; ``message`` says why. Nothing was written."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


class SealedLog:
    """The log being written: compressed in memory turn by turn, encrypted at the end."""

    def __init__(self, dataset: Dataset) -> None:
        self._packer = zlib.compressobj()
        self._packed = bytearray()
        excerpts = [
            {name: row[name] for name in ("key", "document", "turn", "start", "end")}
            for row in dataset.rows("excerpts")
        ]
        self._line({"format": FORMAT, "dataset": dataset.digest, "excerpts": excerpts})

    def add(self, document: MaskedDocument) -> None:
        """Take the masked text of a document, and what undoes it."""
        for turn in document.turns:
            undos = [asdict(undo) for undo in undoing(turn)]
            self._line(
                {"document": turn.document, "turn": turn.turn, "masked": turn.text, "undo": undos}
            )

    def write(self, path: Path, keys: tuple[str, ...]) -> None:
        """Write the log so that any holder of one of the keys can open it, and nobody else."""
        self._packed += self._packer.flush()
        recipients = [pyrage.x25519.Recipient.from_str(key) for key in keys]
        path.write_bytes(pyrage.encrypt(bytes(self._packed), recipients))

    def _line(self, told: dict[str, Any]) -> None:
        line = json.dumps(told, ensure_ascii=False) + "\n"
        self._packed += self._packer.compress(line.encode("utf-8", "surrogatepass"))


@dataclass(frozen=True, slots=True)
class OpenedLog:
    """A log that a key opened: every turn in its own words, and where the excerpts are."""

    dataset: str
    turns: dict[tuple[str, int], str]
    excerpts: dict[str, tuple[str, int, int, int]]

    def excerpt(self, key: str) -> str | None:
        """Return the original of an excerpt, by its key."""
        if (place := self.excerpts.get(key)) is None:
            return None
        document, turn, start, end = place
        return self.turns[document, turn][start:end]

    def document(self, document: str) -> dict[int, str]:
        """Return the turns of a document, in order; nothing where it is not in the log."""
        return {turn: text for (name, turn), text in self.turns.items() if name == document}


def open_log(path: Path, key_file: Path) -> OpenedLog:
    """Open an encrypted log with the file of a private key.

    Raises:
        LogRefused: no key in the file, not the right one, or the log was cut or changed.
    """
    identity = _identity(key_file)
    if not path.is_file():
        raise LogRefused(
            phrase(
                "Il n’y a pas de journal ici ({file}) : aucune clé n’était déclarée.",
                file=str(path),
            )
        )
    try:
        clear = zlib.decompress(pyrage.decrypt(path.read_bytes(), [identity]))
        lines = [json.loads(line) for line in clear.splitlines()]
        return _opened(lines)
    except pyrage.DecryptError as wrong:
        said = _OTHER_KEY if str(wrong) == _NO_MATCH else _DAMAGED
        raise LogRefused(said) from wrong
    except (zlib.error, ValueError, KeyError, TypeError) as wrong:
        raise LogRefused(phrase("Ce fichier n’est pas un journal de Croisée.")) from wrong


def _opened(lines: list[dict[str, Any]]) -> OpenedLog:
    head, *turns = lines
    if head["format"] != FORMAT:
        raise NotTheText
    return OpenedLog(
        head["dataset"],
        {
            (one["document"], one["turn"]): restored(
                one["masked"], [Undo(**undo) for undo in one["undo"]]
            )
            for one in turns
        },
        {e["key"]: (e["document"], e["turn"], e["start"], e["end"]) for e in head["excerpts"]},
    )


def _identity(path: Path) -> pyrage.x25519.Identity:
    for line in path.read_bytes().decode("utf-8-sig", "replace").splitlines():
        if line.strip().startswith("AGE-SECRET-KEY-"):
            try:
                return pyrage.x25519.Identity.from_str(line.strip())
            except pyrage.IdentityError:
                break
    raise LogRefused(
        phrase("{file} ne contient pas de clé secrète de Croisée (age).", file=str(path))
    )


def write_secret(path: Path, text: str) -> None:
    """Write a new file that only its owner reads; a file that is there is never replaced.

    Raises:
        LogRefused: the file is there already.
    """
    try:
        held = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as there:
        raise LogRefused(phrase("Ce fichier existe déjà : {file}.", file=str(path))) from there
    try:
        with os.fdopen(held, "w", encoding="utf-8", newline="", errors="surrogatepass") as stream:
            stream.write(text)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
