"""Questionnaires: frame and response, tables of a wave, finite-population intervals."""

from croisee.survey.activities import activities
from croisee.survey.classes import UnknownAnswer, category, in_classes, joined
from croisee.survey.crossing import NotCrossable, banner, cross
from croisee.survey.intervals import interval, standard_error
from croisee.survey.participation import participation
from croisee.survey.waves import WaveTables, by_case, one_way, wave_tables

__all__ = [
    "NotCrossable",
    "UnknownAnswer",
    "WaveTables",
    "activities",
    "banner",
    "by_case",
    "category",
    "cross",
    "in_classes",
    "interval",
    "joined",
    "one_way",
    "participation",
    "standard_error",
    "wave_tables",
]
