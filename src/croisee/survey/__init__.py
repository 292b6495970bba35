"""Questionnaires: frame and response, tables of a wave, intervals, editions put together."""

from croisee.survey.activities import activities
from croisee.survey.bases import wave_sizes
from croisee.survey.classes import UnknownAnswer, category, in_classes, joined
from croisee.survey.crossing import NotCrossable, banner, cross
from croisee.survey.design import Design, Estimate, design, mean, ratio, share
from croisee.survey.exact import (
    Tested,
    Way,
    association,
    holm,
    linear_trend,
    paired,
    trend,
)
from croisee.survey.intervals import interval, share_interval, standard_error
from croisee.survey.keyness import KeyWord, key_words, log_likelihood, times_more
from croisee.survey.linking import (
    PARTS,
    Collisions,
    Links,
    Part,
    expected_collisions,
    link,
    sealed,
    written,
)
from croisee.survey.ordered import median, places_given
from croisee.survey.panels import PanelChange, overlap_correlation, panel_change
from croisee.survey.participation import participation
from croisee.survey.permuting import (
    association_in_strata,
    before_after,
    levels_by_group,
    several_answers,
)
from croisee.survey.responses import SILENT, Response, numbers, response
from croisee.survey.transitions import transitions
from croisee.survey.trends import (
    Change,
    Point,
    Step,
    Trend,
    difference,
    question_trend,
    trend_of,
)
from croisee.survey.units import Units, wave_design, wave_units
from croisee.survey.waves import WaveTables, by_case, one_way, wave_tables
from croisee.survey.weighting import (
    Margin,
    Raked,
    WeightsRefused,
    base_weights,
    kish_effect,
    kish_size,
    margin_name,
    rake,
    worth_weighting,
)

__all__ = [
    "PARTS",
    "SILENT",
    "Change",
    "Collisions",
    "Design",
    "Estimate",
    "KeyWord",
    "Links",
    "Margin",
    "NotCrossable",
    "PanelChange",
    "Part",
    "Point",
    "Raked",
    "Response",
    "Step",
    "Tested",
    "Trend",
    "Units",
    "UnknownAnswer",
    "WaveTables",
    "Way",
    "WeightsRefused",
    "activities",
    "association",
    "association_in_strata",
    "banner",
    "base_weights",
    "before_after",
    "by_case",
    "category",
    "cross",
    "design",
    "difference",
    "expected_collisions",
    "holm",
    "in_classes",
    "interval",
    "joined",
    "key_words",
    "kish_effect",
    "kish_size",
    "levels_by_group",
    "linear_trend",
    "link",
    "log_likelihood",
    "margin_name",
    "mean",
    "median",
    "numbers",
    "one_way",
    "overlap_correlation",
    "paired",
    "panel_change",
    "participation",
    "places_given",
    "question_trend",
    "rake",
    "ratio",
    "response",
    "sealed",
    "several_answers",
    "share",
    "share_interval",
    "standard_error",
    "times_more",
    "transitions",
    "trend",
    "trend_of",
    "wave_design",
    "wave_sizes",
    "wave_tables",
    "wave_units",
    "worth_weighting",
    "written",
]
