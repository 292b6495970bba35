"""``croisee convert DOSSIER reponses.sav``: a study's answers for statistical software (team)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.dataset import answers_name
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.converting_tables import (
    TABLE_ENDINGS,
    differences,
    fitted,
    for_the_team,
    refuse_taken,
    written,
)
from croisee.run.frozen_study import frozen_study
from croisee.run.labelled_answers import answers_of
from croisee.text import Notice

_NEVER_SEEN = datetime(2000, 1, 1, tzinfo=UTC)
"""The frozen copy is gone at the end, and its moment is in nothing that is written."""


def is_answers_conversion(source: Path, result: Path) -> bool:
    """Return whether a study folder is to become a table of answers."""
    return source.is_dir() and result.suffix.lower() in TABLE_ENDINGS


def convert_answers(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write the answers of a study folder, a file for each questionnaire and edition.

    One wave takes the name given; several are told apart by it (``reponses-eclair-2020.sav``).
    People who refused the analysis or withdrew are not in it. All files appear or none does.

    Raises:
        StudyRefused, SurveyRefused: the folder must be corrected, or has no answers.
        FormatRefused: there is something at the place of a result.
    """
    with frozen_study(source, _NEVER_SEEN) as (folder, dataset):
        assert folder.study is not None
        language: Language = "en" if folder.study.languages[:1] == ("en",) else "fr"
        waves = dataset.waves()
        places = [_place(result, wave, len(waves)) for wave in waves]
        for place in places:
            refuse_taken(place)
        notices: dict[Notice, None] = {}
        total = 0
        with TemporaryDirectory(dir=result.parent, prefix=".croisee-") as drafts:
            for (code, edition), place in zip(waves, places, strict=True):
                table = answers_of(
                    folder.study,
                    folder.study.instrument(code),
                    dataset.rows(answers_name(code, edition)),
                    language,
                )
                total += len(table.rows)
                kept, losses = fitted(table, place.suffix.lower())
                again = written(Path(drafts) / place.name, kept, language)
                notices |= dict.fromkeys((*losses, *differences(kept, again)))
                notices |= dict.fromkeys(for_the_team(table))
            for draft in sorted(Path(drafts).iterdir()):
                draft.rename(result.with_name(draft.name))
    done = phrase(
        "{answers} dans {files}.",
        answers=phrases("{n} réponse", "{n} réponses", total),
        files=", ".join(place.name for place in places),
    )
    return done, tuple(notices)


def _place(result: Path, wave: tuple[str, str], waves: int) -> Path:
    return result if waves == 1 else result.with_stem("-".join((result.stem, *wave)))
