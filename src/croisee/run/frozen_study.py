"""A study folder frozen for the time of a command: those who may be analysed, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from croisee.dataset import Dataset, freeze
from croisee.language import Phrase, phrase
from croisee.run.preparation import StudyRefused
from croisee.run.workshop import workshop
from croisee.studyfolder import StudyFolder, read_study


class SurveyRefused(Exception):
    """A command on the answers cannot do what is asked; ``message`` says what to give."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@contextmanager
def frozen_study(path: Path, at: datetime) -> Iterator[tuple[StudyFolder, Dataset]]:
    """Give a study folder as read and as :func:`croisee.run.run_study` would freeze it.

    The frozen copy lies in a folder that only its owner may open, gone at the end.

    Raises:
        StudyRefused: the folder must be corrected first.
        SurveyRefused: the study has no answers to a questionnaire.
    """
    folder = read_study(path)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    with workshop() as place:
        frozen = freeze(folder.study, folder.tables, folder.consents, place / "dataset", at=at)
        with frozen as dataset:
            if not dataset.waves():
                raise SurveyRefused(
                    phrase("Aucune réponse à un questionnaire dans ce dossier : voir reponses/.")
                )
            yield folder, dataset


def chosen_waves(dataset: Dataset, instrument: str, edition: str) -> tuple[tuple[str, str], ...]:
    """Return the waves of an instrument and an edition, all of them where neither is given.

    Raises:
        SurveyRefused: no wave has this instrument and this edition.
    """
    found = tuple(
        wave for wave in dataset.waves() if instrument in {"", wave[0]} and edition in {"", wave[1]}
    )
    if not found:
        known = ", ".join(f"{code} {named}" for code, named in dataset.waves())
        raise SurveyRefused(phrase("Personne n’a répondu à cela. Il y a : {waves}.", waves=known))
    return found


def refuse_existing(out: Path | None) -> None:
    """Refuse to write where something is already.

    Raises:
        SurveyRefused: a file is there.
    """
    if out is not None and out.exists():
        raise SurveyRefused(phrase("Choisissez un nom nouveau : {file} existe.", file=str(out)))
