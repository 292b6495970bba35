"""What every refusal says to a person, whichever room it comes from."""

from __future__ import annotations

from croisee.dataset import DatasetUnreadable, EngineRefused, FreezeRefused
from croisee.deidentify.gold import GoldRefused
from croisee.disclosure import (
    AmendmentRefused,
    PolicyRefused,
    RegisterRefused,
    ReleaseUnreadable,
)
from croisee.language import Phrase, phrase
from croisee.run.arguments import WrongCommand
from croisee.run.coding import CodingRefused
from croisee.run.converting import ConversionRefused
from croisee.run.cutting import CutRefused
from croisee.run.frozen_study import SurveyRefused
from croisee.run.opinion import OpinionRefused
from croisee.run.output import OutputRefused
from croisee.run.package import PackageRefused
from croisee.run.reviewing import ReviewRefused
from croisee.run.sealed_log import LogRefused
from croisee.run.sealing import SealRefused
from croisee.run.searching import SearchRefused
from croisee.run.tracing import TraceRefused
from croisee.run.votes import VotesRefused
from croisee.speech import SpeechRefused
from croisee.studyfolder import StudyExists
from croisee.survey import WeightsRefused

REFUSALS = (
    AmendmentRefused,
    CodingRefused,
    ConversionRefused,
    CutRefused,
    DatasetUnreadable,
    EngineRefused,
    FreezeRefused,
    GoldRefused,
    LogRefused,
    OpinionRefused,
    OutputRefused,
    PackageRefused,
    PolicyRefused,
    RegisterRefused,
    ReleaseUnreadable,
    ReviewRefused,
    SealRefused,
    SearchRefused,
    SpeechRefused,
    StudyExists,
    SurveyRefused,
    TraceRefused,
    VotesRefused,
    WeightsRefused,
    WrongCommand,
)
"""What is said in one sentence, never as a traceback."""


def messages_of(refusal: Exception) -> tuple[Phrase, ...]:
    """Return what a refusal of any room says to a person, one sentence each."""
    for name in ("message", "phrase", "reason"):
        if isinstance(said := getattr(refusal, name, None), Phrase):
            return (said,)
    if isinstance(refusal, AmendmentRefused | PolicyRefused):
        return refusal.reasons
    if isinstance(refusal, OSError):
        return (
            phrase(
                "Impossible de lire ou d’écrire {file} ({reason}).",
                file=str(refusal.filename or ""),
                reason=refusal.strerror or type(refusal).__name__,
            ),
        )
    return (
        phrase(
            "Un fichier écrit par Croisée n’a plus sa forme ({detail}). "
            "Relancez croisee run, ou remettez la copie du registre.",
            detail=str(refusal),
        ),
    )
