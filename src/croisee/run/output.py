"""The results folder: complete or not there at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from croisee.language import Language, Phrase, phrase

MARK = "LISEZMOI.txt"
"""Every results folder of ours has this file: without it, nothing is replaced."""


ABOUT_RESULTS = (
    phrase("Résultats d’une étude, écrits par Croisée."),
    phrase("diffusion/ : la vue publique. On peut la compresser et l’envoyer."),
    phrase("cercles/ : le feuillet de chaque réseau, et ce qu’il voit de plus, pour lui seul."),
    phrase("equipe/ : données et vérifications. Ce dossier ne sort jamais de l’équipe."),
    phrase("D’où vient un chiffre : croisee trace <ce dossier> F-07"),
)


class OutputRefused(Exception):
    """The folder given for the results cannot be used; ``message`` says what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@contextmanager
def results_folder(
    out: Path, language: Language, *, mark: str = MARK, about: tuple[Phrase, ...] = ABOUT_RESULTS
) -> Iterator[Path]:
    """Give a folder to fill, and put it at ``out`` only if everything in the block succeeded.

    Results of an earlier run at ``out`` are replaced in one move; any other content is
    never touched. ``mark`` is the file that says a folder is ours, ``about`` its sentences.

    Raises:
        OutputRefused: ``out`` holds something that is not ours, or cannot be written.
    """
    out = out.absolute()
    _put_back(out)
    _check(out, mark)
    partial = out.with_name(f".{out.name}.partiel")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
    except OSError as error:
        raise OutputRefused(
            phrase(
                "Impossible d’écrire dans {folder} ({reason}). Choisissez un autre dossier.",
                folder=str(out.parent),
                reason=error.strerror or "",
            )
        ) from error
    try:
        yield partial
        lines = "".join(f"{line.to(language)}\n" for line in about)
        (partial / mark).write_text(lines, encoding="utf-8")
        _replace(out, partial)
    finally:
        _put_back(out)
        shutil.rmtree(partial, ignore_errors=True)
        if out.exists():
            shutil.rmtree(_set_aside(out), ignore_errors=True)


def refuse_inside(out: Path, study: Path) -> None:
    """Refuse results that would be written over the study folder, in it or around it.

    A study folder with results inside reads its own results as study files; results around
    it would take it away with them when they are replaced.

    Raises:
        OutputRefused: one of the two folders is, or holds, the other.
    """
    results, source = out.resolve(), study.resolve()
    if results.is_relative_to(source):
        raise OutputRefused(
            phrase(
                "Les résultats ne vont pas dans le dossier d’étude ({folder}). "
                "Choisissez un dossier à côté avec --out.",
                folder=str(study),
            )
        )
    if source.is_relative_to(results):
        raise OutputRefused(
            phrase(
                "{folder} contient le dossier d’étude. Choisissez un dossier à côté avec --out.",
                folder=str(out),
            )
        )


def _check(out: Path, mark: str) -> None:
    if not out.exists():
        return
    ours = out.is_dir() and ((out / mark).is_file() or not any(out.iterdir()))
    if not ours:
        raise OutputRefused(
            phrase(
                "{folder} existe déjà et ne contient pas de résultats de Croisée. "
                "Rien n’y est touché : choisissez un autre dossier avec --out.",
                folder=str(out),
            )
        )


def _set_aside(out: Path) -> Path:
    return out.with_name(f".{out.name}.ancien")


def _put_back(out: Path) -> None:
    """Give back the earlier results where a run was stopped between the two moves."""
    if not out.exists() and _set_aside(out).is_dir():
        _set_aside(out).rename(out)


def _replace(out: Path, partial: Path) -> None:
    old = _set_aside(out)
    shutil.rmtree(old, ignore_errors=True)
    if out.exists():
        out.rename(old)
    partial.rename(out)
    shutil.rmtree(old, ignore_errors=True)
