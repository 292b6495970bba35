"""Which drawing each kind of released table gets."""

from __future__ import annotations

from collections.abc import Callable

from croisee.disclosure.released import Kind
from croisee.report.figures import (
    activity,
    bars,
    cards,
    gauges,
    landscape,
    tiles,
    timeline,
    trends,
    units,
)
from croisee.report.figures.canvas import Canvas
from croisee.report.figures.sight import Sight

DRAWINGS: dict[Kind, Callable[[Sight], Canvas]] = {
    Kind.ONE_WAY: bars.one_way,
    Kind.MULTIPLE: bars.one_way,
    Kind.NUMERIC: bars.one_way,
    Kind.PROFILE: bars.profile,
    Kind.CASE_ROWS: gauges.by_case,
    Kind.MULTIPLE_CASES: gauges.by_case,
    Kind.CROSS: gauges.crossed,
    Kind.PARTICIPATION: gauges.participation,
    Kind.OBJECTIVES: gauges.objectives,
    Kind.RANKING: tiles.ranking,
    Kind.BUDGET: tiles.budget,
    Kind.CODE_CASE: tiles.codes,
    Kind.CROSS_CASE: tiles.cross_case,
    Kind.POSITIONS: units.positions,
    Kind.ARGUMENTS: units.positions,
    Kind.TIMELINE: timeline.timeline,
    Kind.LANDSCAPE: landscape.landscape,
    Kind.MEETINGS: tiles.meetings,
    Kind.LICENCES: gauges.by_case,
    Kind.TREND: trends.trend,
    Kind.CASES: cards.cases,
    Kind.CONTEXT: cards.context,
    Kind.ACTIVITIES: activity.activities,
}
"""One drawing a kind: a test holds that none is missing."""
