"""What a study remembers of everything that ever left it: key, codes, sealed releases.

``docs/methods/divulgation.md`` §7.2, ``docs/dossier-d-etude.md`` §7. The folder stays with the
study and never leaves the team.
"""

from __future__ import annotations

import csv
import hmac
import io
import os
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Literal

from croisee.disclosure.atomic import write_bytes
from croisee.disclosure.released import Release, ReleasedTable
from croisee.disclosure.stored import ReleaseUnreadable, release_from_json, release_json
from croisee.disclosure.versions import remade, version_name, without_quotes
from croisee.language import Phrase, phrase

ROWS_HEADER = ("genre", "objet", "marque")
CodeKind = Literal["F", "V"]
"""``F`` for tables and figures, ``V`` for quotes."""
_KEY, _CODES, _JOURNAL, _RELEASES = "cle.bin", "codes.csv", "journal.csv", "diffusions"
_RELEASE, _SEAL = "release.json", "sceau.txt"
_JOURNAL_HEADER = ("le", "acte", "diffusion", "objet", "detail")
_KEY_BYTES = 32


class RegisterRefused(Exception):
    """The register does not allow this; ``reason`` says why and what to do."""

    def __init__(self, reason: Phrase) -> None:
        super().__init__(reason.to("fr"))
        self.reason = reason


class Register:
    """A study's register folder. Every change is written at once, atomically."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder = folder
        self._key = key
        self._codes = self._read_codes()

    @classmethod
    def open(cls, folder: Path, *, token: bytes | None = None) -> Register:
        """Open a study's register, and begin one where there is none.

        ``token`` is the key of a new register (32 bytes; drawn from the system's randomness
        when not given). An existing key is never replaced.

        Raises:
            RegisterRefused: the key there is not 32 bytes, or releases are there without it.
        """
        path = folder / _KEY
        if path.is_file():
            key = path.read_bytes()
        elif (folder / _CODES).exists() or (folder / _RELEASES).exists():
            raise RegisterRefused(
                phrase(
                    "La clé de l’étude manque dans {folder}. "
                    "Remettez cle.bin : une autre clé ferait perdre la trace des diffusions.",
                    folder=str(folder),
                )
            )
        else:
            key = os.urandom(_KEY_BYTES) if token is None else token
            if len(key) == _KEY_BYTES:
                write_bytes(path, key, mode=0o600)
        if len(key) != _KEY_BYTES:
            raise RegisterRefused(
                phrase("La clé de l’étude doit compter {n} octets.", n=_KEY_BYTES)
            )
        return cls(folder, key)

    def mac(self, digest: str) -> str:
        """Return the keyed digest of a Dataset: the plain one lets a row be found by trying."""
        return hmac.new(self._key, digest.encode(), sha256).hexdigest()

    def codes(self, kind: CodeKind, keys: Iterable[str]) -> dict[str, str]:
        """Return the printed code of each key; new keys get the next ones, in the order given."""
        known = len(self._codes)
        found = {}
        for key in keys:
            about = (kind, key)
            if about not in self._codes:
                taken = [int(code[2:]) for (k, _), code in self._codes.items() if k == kind]
                self._codes[about] = f"{kind}-{max(taken, default=0) + 1:02d}"
            found[key] = self._codes[about]
        if len(self._codes) > known:
            rows = [(code, kind_, key) for (kind_, key), code in self._codes.items()]
            self._write(_CODES, ("code", "genre", "cle"), rows)
        return found

    def code_of(self, kind: CodeKind, key: str) -> str:
        """Return the printed code a key was given, or the key when it has none."""
        return self._codes.get((kind, key), key)

    def draw(self, purpose: str, names: Iterable[str]) -> list[str]:
        """Return names in an order that nobody without the study's key can foresee."""
        return sorted(names, key=lambda name: self.mac(f"{purpose}\n{name}"))

    def sealed(self, code: str) -> Release | None:
        """Return the release sealed under a code as it was last written, if any.

        Raises:
            RegisterRefused: the file is not the one that was sealed.
        """
        places = self._versions(code)
        return self._read_release(code, places[-1]) if places else None

    def sealed_releases(self) -> tuple[Release, ...]:
        """Return every release ever sealed, as last written, in order of sealing."""
        found = [release for code in self._sealed_codes() if (release := self.sealed(code))]
        return tuple(sorted(found, key=lambda release: (str(release.sealed_on), release.code)))

    def everything_out(self) -> tuple[Release, ...]:
        """Return all that was ever printed: what the audit adds up.

        One release a code as sealed, then one a change, of the tables it brought (its code is
        ``2026a+2``). Removed tables are there: they were read. A table corrected since is
        there as corrected: what it said was not so, and is no evidence.
        """
        found: list[Release] = []
        for code in self._sealed_codes():
            wrong = self._corrected(code)
            known: set[ReleasedTable] = set()
            for number, path in enumerate(self._versions(code), start=1):
                release = self._read_release(code, path)
                tables = [
                    table
                    for table in release.tables
                    if table not in known and number >= wrong.get(table.key, 0)
                ]
                known.update(release.tables)
                found.append(remade(release, code=version_name(code, number), tables=tuple(tables)))
        return tuple(sorted(found, key=lambda release: (str(release.sealed_on), release.code)))

    def keep(self, release: Release, at: datetime, by: str = "") -> None:
        """Write a sealed release and its line in the journal.

        Raises:
            RegisterRefused: this code is sealed already, or cannot name a folder.
        """
        path = self._release_path(release.code)
        if path.exists():
            raise RegisterRefused(already_sealed(release.code))
        self._write_release(release, path)
        exceptions = [
            (at.isoformat(), "exception", release.code, w.about, f"{w.decided_by} · {w.reason}")
            for w in release.study.policy.exceptions
        ]
        sealed = (at.isoformat(), "scelle", release.code, by, release.dataset_mac)
        self.note([*exceptions, sealed])

    def keep_next(self, release: Release) -> int:
        """Write a sealed release as changed since; the earlier ones stay. Return its number."""
        number = len(self._versions(release.code)) + 1
        self._write_release(release, self._version_path(release.code, number))
        return number

    def forget_words(self, code: str, keys: Iterable[str]) -> None:
        """Take quotes out of what is kept of a sealed release: nobody reads them any more.

        The file is sealed again; every table stays.
        """
        gone = set(keys)
        for path in self._versions(code):
            release = self._read_release(code, path)
            if any(quote.key in gone for quote in release.quotes):
                self._write_release(without_quotes(release, gone), path)

    def silence(self, keys: Collection[str]) -> None:
        """Blank the words of some quotes in all that is kept, at once.

        Their places stay until the next run, which needs them to choose the quotes that go
        with them (:func:`croisee.disclosure.release_again`).
        """
        for code in self._sealed_codes():
            for path in self._versions(code):
                release = self._read_release(code, path)
                quotes = tuple(
                    replace(one, text="") if one.key in keys else one for one in release.quotes
                )
                if quotes != release.quotes:
                    self._write_release(remade(release, quotes=quotes), path)

    def keep_rows(self, code: str, name: str, rows: Iterable[Sequence[str]]) -> None:
        """Write a team's table beside a sealed release (``lignes``, ``voix``)."""
        self._write(f"{_RELEASES}/{self._named(code)}/{name}.csv", ROWS_HEADER, rows)

    def rows(self, code: str, name: str) -> list[list[str]]:
        """Return the lines of a table kept beside a sealed release."""
        return self._read(f"{_RELEASES}/{self._named(code)}/{name}.csv")

    def note(self, rows: Sequence[tuple[str, str, str, str, str]]) -> None:
        """Add lines to the journal: when, act, release, object, detail."""
        if rows:
            self._write(_JOURNAL, _JOURNAL_HEADER, [*self.journal(), *rows])

    def journal(self) -> tuple[tuple[str, str, str, str, str], ...]:
        """Return the journal's lines, oldest first."""
        return tuple(
            (row[0], row[1], row[2], row[3], row[4])
            for row in self._read(_JOURNAL)
            if len(row) == len(_JOURNAL_HEADER)
        )

    def retired(self, code: str) -> frozenset[str]:
        """Return the keys of the quotes removed from a sealed release since its seal."""
        return frozenset(row[3] for row in self.journal() if row[1:3] == ("retire", code))

    def added(self, code: str) -> dict[str, str]:
        """Return the quotes put in the place of others since a seal: keyed digest of the words."""
        return {row[3]: row[4] for row in self.journal() if row[1:3] == ("remplace", code)}

    def removed(self, code: str) -> frozenset[str]:
        """Return the tables and findings that somebody decided to take off a sealed release."""
        return frozenset(row[3] for row in self.journal() if row[1:3] == ("ote", code))

    def _corrected(self, code: str) -> dict[str, int]:
        """Return, for each table that replaced a wrong one, the version that brought it."""
        found = {}
        for _, act, release, key, detail in self.journal():
            if (act, release) == ("corrige", code):
                found[key] = int(detail.split(" ", maxsplit=1)[0].removeprefix("v"))
        return found

    def _sealed_codes(self) -> list[str]:
        folder = self._folder / _RELEASES
        return sorted(path.parent.name for path in folder.glob(f"*/{_RELEASE}"))

    def _versions(self, code: str) -> list[Path]:
        """Return the files of a sealed release, from the first to the one in force."""
        found = []
        path = self._release_path(code)
        while path.is_file():
            found.append(path)
            path = self._version_path(code, len(found) + 1)
        return found

    def _version_path(self, code: str, number: int) -> Path:
        return self._folder / _RELEASES / self._named(code) / str(number) / _RELEASE

    def _read_release(self, code: str, path: Path) -> Release:
        content = path.read_bytes()
        mark = path.with_name(_SEAL)
        expected = mark.read_text(encoding="ascii").split() if mark.is_file() else []
        if not any(hmac.compare_digest(one, self._seal_of(content)) for one in expected):
            raise RegisterRefused(
                phrase(
                    "La diffusion {code} du registre n’est plus celle qui a été scellée. "
                    "Reprenez-la d’une sauvegarde.",
                    code=code,
                )
            )
        try:
            return release_from_json(content)
        except ReleaseUnreadable as error:
            raise RegisterRefused(
                phrase("La diffusion {code} du registre ne se lit plus.", code=code)
            ) from error

    def _write_release(self, release: Release, path: Path) -> None:
        """Write the seal before the file: stopped in between, the one there is still good."""
        content = release_json(release)
        mark, seal = path.with_name(_SEAL), self._seal_of(content)
        before = mark.read_text(encoding="ascii").split() if path.is_file() else []
        write_bytes(mark, "\n".join([seal, *before]).encode())
        write_bytes(path, content)
        write_bytes(mark, seal.encode())

    def _seal_of(self, content: bytes) -> str:
        return hmac.new(self._key, b"release\n" + content, sha256).hexdigest()

    def _release_path(self, code: str) -> Path:
        return self._folder / _RELEASES / self._named(code) / _RELEASE

    def _named(self, code: str) -> str:
        if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", code):
            raise RegisterRefused(
                phrase(
                    "« {code} » ne peut pas nommer une diffusion : minuscules, chiffres, tirets.",
                    code=code,
                )
            )
        return code

    def _read_codes(self) -> dict[tuple[str, str], str]:
        return {(row[1], row[2]): row[0] for row in self._read(_CODES)}

    def _read(self, name: str) -> list[list[str]]:
        path = self._folder / name
        if not path.is_file():
            return []
        return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))[1:]

    def _write(self, name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)
        write_bytes(self._folder / name, text.getvalue().encode())


def already_sealed(code: str) -> Phrase:
    """Return why a code cannot be sealed twice."""
    return phrase(
        "La diffusion {code} est déjà scellée : ses chiffres ne changent plus. "
        "Une nouvelle collecte demande un nouveau code.",
        code=code,
    )
