"""What stops a questionnaire, said all at once with its sheet, row and column."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from croisee.formats import FormatRefused
from croisee.formats.xlsform import Workbook, read_workbook
from croisee.questionnaire.checking import Fault
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.exchanges import Imported
from croisee.questionnaire.exchanges.recognising import read_questionnaire
from croisee_web.kit.errors import UseCaseError
from croisee_web.study.queries import reader_language


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One thing to correct. ``sheet`` is "" where it is in no sheet; ``row`` counts its header."""

    text: str
    remedy: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    question: str = ""


class QuestionnaireRefused(UseCaseError):
    """A questionnaire that may not be taken, or published, as it is. ``faults`` says it all."""

    http_status = 422

    def __init__(self, faults: Sequence[ToCorrect]) -> None:
        super().__init__(" ".join(f"{fault.text} {fault.remedy}".strip() for fault in faults))
        self.faults = tuple(faults)


def corrected(faults: Iterable[Fault]) -> QuestionnaireRefused:
    """Return the refusal of what the library found, in the reader's language."""
    language = reader_language()
    return QuestionnaireRefused(
        [
            ToCorrect(
                fault.message.to(language),
                fault.remedy.to(language),
                fault.sheet,
                fault.row,
                fault.column,
            )
            for fault in faults
        ]
    )


def workbook_sent(chunks: Iterable[bytes]) -> Workbook:
    """Return the XLSForm of a file somebody sent, which compiles.

    Raises:
        QuestionnaireRefused: damaged, hostile, no questionnaire, or everything wrong in it.
    """
    return _compiled(chunks, _xlsform).workbook


def questionnaire_sent(chunks: Iterable[bytes]) -> Imported:
    """Return the questionnaire of a file somebody sent, whatever its format, and what is lost.

    XLSForm, LimeSurvey, SPSS or DDI-Codebook; what it became compiles.

    Raises:
        QuestionnaireRefused: damaged, hostile, no questionnaire, or everything wrong in it.
    """
    return _compiled(chunks, read_questionnaire)


def _xlsform(path: Path) -> Imported:
    return Imported(read_workbook(path))


def _compiled(chunks: Iterable[bytes], read: Callable[[Path], Imported]) -> Imported:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "classeur")
        with path.open("wb") as stream:
            stream.writelines(chunks)
        try:
            found = read(path)
            compile_form(found.workbook)
        except FormatRefused as refused:
            language = reader_language()
            raise QuestionnaireRefused(
                [ToCorrect(refused.message.to(language), refused.remedy.to(language))]
            ) from refused
        except FormRefused as refused:
            raise corrected(refused.faults) from refused
    return found
