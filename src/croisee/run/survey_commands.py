"""What each command on answers is given, and what it prints."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime

from croisee.language import Language
from croisee.run.answer_tests_told import TestsAsked, tests_lines
from croisee.run.estimates import EstimatesAsked, estimates_lines
from croisee.run.weights_told import WeightsAsked, weights_lines

ON_ANSWERS = ("estimates", "tests", "weights")


def survey_lines(options: argparse.Namespace, language: Language, at: datetime) -> Iterator[str]:
    """Yield what a command of :data:`ON_ANSWERS` prints; see its own module for its refusals."""
    if options.command == "estimates":
        asked = EstimatesAsked(options.instrument, options.edition, options.question, options.out)
        return estimates_lines(options.study, language, asked, at=at)
    if options.command == "tests":
        tests = TestsAsked(
            options.instrument, options.edition, options.by, options.question, options.out
        )
        return tests_lines(options.study, language, tests, at=at)
    weights = WeightsAsked(
        options.instrument, options.edition, tuple(options.by), options.limit, options.out
    )
    return weights_lines(options.study, language, weights, at=at)
