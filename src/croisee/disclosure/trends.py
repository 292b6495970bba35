"""One question over editions, drawn from printed values alone (``divulgation.md`` §3.12).

No rule lets a count out here: a point is an exact value that the gate printed, in this release or
in a sealed one, and a change stands between two of them. What was asked differently is said, and
what is not the same measure any more is not compared (``docs/methods/tendances.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import ceil, floor

from croisee.disclosure.beside import ASIDE
from croisee.disclosure.released import (
    PUBLIC,
    Cell,
    Fact,
    Head,
    Kind,
    Release,
    ReleasedBase,
    ReleasedTable,
)
from croisee.disclosure.sentences import points
from croisee.disclosure.shapes import label_of
from croisee.disclosure.values import Chiffre, Form
from croisee.disclosure.wording import PERCENT_FROM
from croisee.language import Label, Phrase, phrase
from croisee.study import Instrument, Study, Verdict
from croisee.survey import interval
from croisee.survey.trends import Change, Step, Trend, declared_step, trend_of

_Said = tuple[Verdict, Phrase | Label]
GAP = "ecart"
"""The column that says what moved."""
_DRAWN = {Kind.ONE_WAY, Kind.CASE_ROWS, Kind.MULTIPLE, Kind.MULTIPLE_CASES}
_AT_CUT, _IN_COMMON = 2, 2


@dataclass(frozen=True, slots=True)
class _Wave:
    """One edition of a question: where its printed table is, and what changed since the last."""

    edition: str
    source: str
    table: ReleasedTable
    step: Step | None = None


def share_interval(value: object, base: ReleasedBase | None) -> tuple[float, float] | None:
    """Return the 95 % interval of an exact share of a base of 20 and more, else ``None``.

    The frame is used where the whole of it was asked the question.
    """
    if not isinstance(value, Chiffre) or base is None or not _exact(value) or base.rounded:
        return None
    frame = None if base.frame is None or "?" in base.id else base.frame
    return interval(value.lo, value.n or 1, frame)


def with_trends(
    told: Sequence[ReleasedTable], earlier: Sequence[Release], study: Study
) -> list[ReleasedTable]:
    """Return the tables, and after them the trend of each question that two editions printed.

    Only what anybody may read, of whole networks; the networks and answers that have two points.
    """
    known = {table.key: table for release in earlier for table in release.tables}
    known |= {table.key: table for table in told}
    found = [_table(series, study) for series in _series(list(known.values()), study)]
    return [*told, *(table for table in found if table is not None)]


def _series(tables: Sequence[ReleasedTable], study: Study) -> list[list[_Wave]]:
    """Return the editions of each question, oldest first, two at least."""
    order = {edition.code: place for place, edition in enumerate(study.editions)}
    waves = [wave for table in tables if (wave := _wave(table)) and wave.edition in order]
    found: list[list[_Wave]] = []
    for wave in sorted(waves, key=lambda one: (order[one.edition], one.table.key)):
        for series in found:
            step = _step(series[-1], wave, study)
            if step is not None:
                series.append(_Wave(wave.edition, wave.source, wave.table, step))
                break
        else:
            found.append([wave])
    return [series for series in found if len(series) > 1]


def _wave(table: ReleasedTable) -> _Wave | None:
    places = {(base.source, base.edition) for base in table.bases}
    whole = table.audience == PUBLIC and not {"@", "~"} & set(table.key)
    if table.kind not in _DRAWN or len(places) != 1 or not table.question or not whole:
        return None
    ((source, edition),) = places
    return _Wave(edition, source, table)


def _step(before: _Wave, after: _Wave, study: Study) -> Step | None:
    """Return what changed between two editions, ``None`` where another question was asked.

    One codebook asks one question. Two are set side by side as two versions of a questionnaire.
    """
    if before.edition == after.edition or before.table.kind is not after.table.kind:
        return None
    verdict = _verdict(before, after, study)
    if verdict is None:
        return None
    if _asked_of(before) != _asked_of(after):
        why = phrase("La question n’a pas été posée aux mêmes personnes.")
        verdict = Verdict.NOT_COMPARABLE, why
    return Step(before.edition, after.edition, *verdict)


def _verdict(before: _Wave, after: _Wave, study: Study) -> _Said | None:
    pair = before.table.question, after.table.question
    known = {one.code: one for one in study.instruments}
    if before.source == after.source and len(set(pair)) > 1:
        return None
    if before.source == after.source:
        if before.source not in known:
            return Verdict.COMPARABLE, Phrase("")
        codebook = known[before.source]
        said = declared_step(study, codebook, pair[0], before.edition, after.edition)
        return said.verdict, said.why
    if before.source not in known or after.source not in known:
        return None
    return _compared(known[before.source], known[after.source]).get(pair)


def _asked_of(wave: _Wave) -> frozenset[str]:
    """Return the conditions that bases put on who is asked; having answered is none."""
    conditions = {base.id.partition("?")[2] for base in wave.table.bases}
    return frozenset(conditions - {"", wave.table.question})


@lru_cache(maxsize=64)
def _compared(old: Instrument, new: Instrument) -> dict[tuple[str, str], _Said]:
    """Return what may be compared, by the codes of a question in the two codebooks.

    Nothing between two questionnaires that have fewer than half of their questions in common.
    """
    from croisee.questionnaire.crosswalk import compare  # noqa: PLC0415 -- pyxform is slow to read
    from croisee.questionnaire.describing import workbook_of  # noqa: PLC0415

    if (old.method, old.subject) != (new.method, new.subject):
        return {}
    found: dict[tuple[str, str], _Said] = {
        (match.old.name.removeprefix("q-"), match.new.name.removeprefix("q-")): (
            Verdict(match.verdict.value),
            match.why,
        )
        for match in compare(workbook_of(old), workbook_of(new))
        if match.old is not None and match.new is not None
    }
    return found if _IN_COMMON * len(found) >= len(new.questions) else {}


def _table(series: Sequence[_Wave], study: Study) -> ReleasedTable | None:
    names = {edition.code: edition.name for edition in study.editions}
    columns = [Head(wave.edition, names[wave.edition]) for wave in series]
    columns.append(Head(GAP, label_of(phrase("Écart"))))
    rows: list[Head] = []
    cells: list[tuple[Cell | None, ...]] = []
    used: dict[str, None] = {}
    for head, line in _lines(series):
        trend = _trend(series, line)
        if len(trend.points) < 2:
            continue
        rows.append(head)
        cells.append((*line, _gap(trend, names)))
        used |= {cell.base: None for cell in line if cell is not None}
    if not rows:
        return None
    last = series[-1]
    bases = {base.id: base for wave in series for base in wave.table.bases}
    return ReleasedTable(
        code="",
        key=f"tendance.{last.source}.{last.table.question}",
        kind=Kind.TREND,
        title=last.table.title,
        rows=tuple(rows),
        columns=tuple(columns),
        cells=tuple(cells),
        bases=tuple(bases[one] for one in used if one in bases),
        nature=last.table.nature,
        question=last.table.question,
        notes=tuple(_breaks(series, names)),
    )


def _lines(series: Sequence[_Wave]) -> Iterator[tuple[Head, tuple[Cell | None, ...]]]:
    """Yield each answer and network of the last edition, with its printed cells over editions."""
    last = series[-1].table
    answers = [head for head in last.rows if head.key not in ASIDE]
    one_of_two = last.kind in {Kind.ONE_WAY, Kind.CASE_ROWS} and len(answers) <= _AT_CUT
    for answer in answers[-1:] if one_of_two else answers:
        for case in last.columns:
            line = tuple(_exact_cell(wave.table, answer.key, case.key) for wave in series)
            alone = len(last.columns) == 1
            head = Head(answer.key, answer.label, parts=answer.parts) if alone else Head(
                f"{answer.key}@{case.key}", case.label, answer.label
            )  # fmt: skip
            yield head, line


def _exact_cell(table: ReleasedTable, row: str, column: str) -> Cell | None:
    if row not in {head.key for head in table.rows}:
        return None
    if column not in {head.key for head in table.columns}:
        return None
    cell = table.cell(row, column)
    return cell if cell is not None and _exact(cell.value) else None


def _exact(value: object) -> bool:
    return (
        isinstance(value, Chiffre)
        and value.form is Form.EXACT
        and value.lo == value.hi
        and (value.n or 0) >= PERCENT_FROM
    )


def _trend(series: Sequence[_Wave], line: Sequence[Cell | None]) -> Trend:
    """Return the trend of one line; a break between two points is the worst one they span."""
    observed: list[tuple[str, int, int, int | None]] = []
    steps: list[Step] = []
    worst: Step | None = None
    for wave, cell in zip(series, line, strict=True):
        worst = _worse(worst, wave.step)
        if cell is None:
            continue
        value = cell.value
        assert isinstance(value, Chiffre)
        base = next((one for one in wave.table.bases if one.id == cell.base), None)
        frame = None if base is None or "?" in base.id else base.frame
        if observed and worst is not None:
            steps.append(Step(observed[-1][0], wave.edition, worst.verdict, worst.why))
        observed.append((wave.edition, value.lo, value.n or 1, frame))
        worst = None
    return trend_of(series[-1].table.question, (), observed, steps)


_ORDER = tuple(Verdict)


def _worse(one: Step | None, other: Step | None) -> Step | None:
    if one is None or other is None:
        return other or one
    return max(one, other, key=lambda step: _ORDER.index(step.verdict))


def _gap(trend: Trend, names: dict[str, Label]) -> Cell | None:
    said = [_changed(trend, change, names) for change in trend.changes()]
    if not said:
        return None
    whole = said[0]
    for one in said[1:]:
        whole = phrase("{first} ; {second}", first=whole, second=one)
    return Cell(Fact(label_of(whole)))


def _changed(trend: Trend, change: Change, names: dict[str, Label]) -> Phrase:
    at = {point.edition: point for point in trend.points}
    before, after = at[change.before], at[change.after]
    told = {
        "gap": _signed(points(after.count, after.n) - points(before.count, before.n)),
        "before": names[change.before],
        "after": names[change.after],
        "low": _signed(floor(100 * change.low)),
        "high": _signed(ceil(100 * change.high)),
    }
    if change.moved:
        return phrase("{before} à {after} : {gap} points (entre {low} et {high})", **told)
    return phrase(
        "{before} à {after} : {gap} points (entre {low} et {high}, sans changement sûr)", **told
    )


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "−") if number else "0"


def _breaks(series: Sequence[_Wave], names: dict[str, Label]) -> Iterator[Label]:
    for before, after in pairwise(series):
        step = after.step
        if step is None or step.verdict is Verdict.COMPARABLE:
            continue
        told = {"before": names[before.edition], "after": names[after.edition], "why": step.why}
        if step.verdict is Verdict.WITH_CARE:
            yield label_of(phrase("{before} à {after} : à comparer avec prudence. {why}", **told))
        else:
            yield label_of(phrase("{before} à {after} : rien n’est comparé. {why}", **told))
