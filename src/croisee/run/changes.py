"""What moved from one edition to the next, with what may be compared: for the team.

Two editions of one codebook, or two questionnaires of one method put side by side by their
crosswalk; breaks are said, and what is not the same measure any more is not compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from croisee.language import Label, Phrase, phrase, phrases
from croisee.study import Instrument, Question, QuestionKind, Study, Verdict
from croisee.survey import PanelChange, Units, panel_change, response
from croisee.survey.trends import Step, declared_step

_COUNTED = {
    QuestionKind.SINGLE,
    QuestionKind.ORDINAL,
    QuestionKind.MULTIPLE,
    QuestionKind.NUMBER,
}
_IN_COMMON = 2
_FEW = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """One question in two waves: what was compared, and how it may be read.

    ``change`` is ``None`` where the verdict is « non », or where the answers are not the same.
    """

    question: str
    levels: tuple[str, ...]
    step: Step
    change: PanelChange | None


def successive(units: Sequence[Units], study: Study) -> Iterator[tuple[Units, Units]]:
    """Yield the waves of a method that follow each other, the oldest first."""
    order = {edition.code: place for place, edition in enumerate(study.editions)}
    methods = dict.fromkeys((one.instrument.method, one.instrument.subject) for one in units)
    for method in methods:
        waves = [one for one in units if (one.instrument.method, one.instrument.subject) == method]
        waves.sort(key=lambda one: order.get(one.edition, -1))
        yield from (pair for pair in pairwise(waves) if pair[0].edition != pair[1].edition)


def moves(first: Units, second: Units, study: Study, question: str = "") -> tuple[Moved, ...]:
    """Return what moved in each question that both waves asked."""
    found = []
    for old, new, step in _matched(first, second, study):
        if question not in {"", new.code} or new.kind not in _COUNTED or old.kind is not new.kind:
            continue
        levels = _levels(second, new)
        change = None
        if step.verdict is not Verdict.NOT_COMPARABLE:
            change = panel_change((first, second), (old, new), levels)
        found.append(Moved(new.code, levels, step, change))
    return tuple(found)


def _matched(
    first: Units, second: Units, study: Study
) -> Iterator[tuple[Question, Question, Step]]:
    """Yield the questions of two waves that are one, with what changed."""
    old, new = first.instrument, second.instrument
    editions = first.edition, second.edition
    if old.code == new.code:
        for one in new.questions:
            yield one, one, declared_step(study, new, one.code, *editions)
        return
    pairs = _crosswalk(old, new)
    if _IN_COMMON * len(pairs) < len(new.questions):
        return  # two questionnaires that have little in common are not two editions of one
    before = {one.code: one for one in old.questions}
    after = {one.code: one for one in new.questions}
    for (was, now), (verdict, why) in pairs.items():
        if was in before and now in after:
            yield before[was], after[now], Step(*editions, verdict, why)


def _crosswalk(
    old: Instrument, new: Instrument
) -> dict[tuple[str, str], tuple[Verdict, Phrase | Label]]:
    from croisee.questionnaire.crosswalk import compare  # noqa: PLC0415 -- pyxform is slow to read
    from croisee.questionnaire.describing import workbook_of  # noqa: PLC0415

    return {
        (match.old.name.removeprefix("q-"), match.new.name.removeprefix("q-")): (
            Verdict(match.verdict.value),
            match.why,
        )
        for match in compare(workbook_of(old), workbook_of(new))
        if match.old is not None and match.new is not None
    }


def _levels(units: Units, asked: Question) -> tuple[str, ...]:
    """Return what is followed: the upper block of the cut, else the answer most chosen now."""
    if asked.cut:
        return asked.cut[-1]
    found = response(units.rows, asked)
    return (found.options[int(found.chosen[found.answered].sum(axis=0).argmax())],)


def moves_told(first: Units, second: Units, found: Sequence[Moved]) -> Iterator[Phrase]:
    """Say what moved between two waves, what did not, and what cannot be compared."""
    yield phrase(
        "D’une édition à l’autre, {before} puis {after} :",
        before=f"{first.instrument.code} {first.edition}",
        after=f"{second.instrument.code} {second.edition}",
    )
    for one in found:
        change = one.change
        if one.step.verdict is Verdict.NOT_COMPARABLE:
            yield phrase(
                "    {question} : rien n’est comparé. {why}",
                question=one.question,
                why=one.step.why,
            )
        elif change is None:
            yield phrase(
                "    {question} : ces réponses n’ont pas été proposées aux deux éditions.",
                question=one.question,
            )
        elif min(change.sizes) < _FEW:
            yield phrase(
                "    {question} : moins de cinq réponses à une des éditions.", question=one.question
            )
        else:
            yield _change_told(one, change)
            if one.step.verdict is Verdict.WITH_CARE:
                yield phrase("      à comparer avec prudence. {why}", why=one.step.why)


def _change_told(one: Moved, change: PanelChange) -> Phrase:
    told = {
        "name": f"{one.question}, {' + '.join(one.levels)}",
        "before": f"{100 * change.before:.0f}",
        "after": f"{100 * change.after:.0f}",
        "gap": signed(change.gap),
        "low": signed(change.low),
        "high": signed(change.high),
        "sure": phrase("a bougé") if change.moved else phrase("sans changement sûr"),
    }
    if change.both:
        return phrase(
            "    {name} : {before} % puis {after} %, {gap} points (de {low} à {high}, {both}) : "
            "{sure}",
            **told,
            both=phrases("{n} aux deux éditions", "{n} aux deux éditions", change.both),
        )
    return phrase(
        "    {name} : {before} % puis {after} %, {gap} points (de {low} à {high}) : {sure}", **told
    )


def signed(share: float) -> str:
    """Return a gap of shares in points, with its sign."""
    number = round(100 * share)
    return f"{number:+d}".replace("-", "−") if number else "0"
