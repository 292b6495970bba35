"""What changed between the versions of a questionnaire that editions were asked by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from croisee.formats.xlsform import Workbook
from croisee.language import Label
from croisee.questionnaire.asked import Asked, Sort
from croisee.questionnaire.crosswalk import compare
from croisee.study import Break, Study, Verdict
from croisee_web.collection.models import Submission
from croisee_web.instruments.models import PublishedVersion
from croisee_web.instruments.rules import book_of

_ORDER = tuple(Verdict)
_Codes = Mapping[str, str]
"""The code in the codebook of each question, by its name in the form."""


def with_breaks(study_id: int, study: Study) -> Study:
    """Return a study whose instruments say where two editions were asked by other versions.

    What a folder declared stays; what the versions show takes its place where both speak of the
    same question and editions. Two SQL queries.
    """
    order = [edition.code for edition in study.editions]
    asked = _asked(study_id)
    books = _books({one for waves in asked.values() for used in waves.values() for one in used})
    return replace(
        study,
        instruments=tuple(
            replace(one, breaks=_merged(one.breaks, _found(asked[one.code], order, books)))
            if one.code in asked
            else one
            for one in study.instruments
        ),
    )


def _asked(study_id: int) -> dict[str, dict[str, set[int]]]:
    """Return the versions answered, by instrument and edition, of those with several."""
    found: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = (
        Submission.objects.filter(collecting__study_id=study_id, sheet__isnull=False)
        .order_by()
        .values_list("published__instrument__code", "collecting__edition", "published_id")
        .distinct()
    )
    for instrument, edition, version in rows:
        found[instrument][edition].add(version)
    return {code: waves for code, waves in found.items() if len(set().union(*waves.values())) > 1}


def _books(versions: set[int]) -> dict[int, tuple[Workbook, _Codes]]:
    rows = PublishedVersion.objects.filter(pk__in=versions)
    return {
        row.pk: (
            book_of(row.workbook),
            {path.rpartition("/")[2]: code for path, _kind, code, _options in row.codebook},
        )
        for row in rows
    }


def _found(
    waves: Mapping[str, set[int]], order: list[str], books: Mapping[int, tuple[Workbook, _Codes]]
) -> Iterator[Break]:
    """Yield the worst that changed in each question, from each edition to the next."""
    there = [edition for edition in order if edition in waves]
    for before, after in pairwise(there):
        worst: dict[str, Break] = {}
        for old in waves[before]:
            for new in waves[after] - {old}:
                for one in _between(before, after, books[old], books[new]):
                    known = worst.get(one.question, one)
                    worst[one.question] = max(
                        known, one, key=lambda said: _ORDER.index(said.verdict)
                    )
        yield from worst.values()


def _between(
    before: str, after: str, old: tuple[Workbook, _Codes], new: tuple[Workbook, _Codes]
) -> Iterator[Break]:
    for match in compare(old[0], new[0]):
        verdict = Verdict(match.verdict.value)
        if match.old is None or match.new is None or verdict is Verdict.COMPARABLE:
            continue
        why = Label(match.why.to("fr"), match.why.to("en"))
        for code in _codes(match.new, new[1]):
            yield Break(code, before, after, verdict, why)


def _codes(asked: Asked, codes: _Codes) -> list[str]:
    """Return the codes of a question in the codebook: of a budget, one for each of its parts."""
    parts = [one.code for one in asked.choices] if asked.sort is Sort.BUDGET else []
    return [codes[name] for name in (asked.answer or asked.name, *parts) if name in codes]


def _merged(declared: tuple[Break, ...], found: Iterator[Break]) -> tuple[Break, ...]:
    seen = tuple(found)
    told = {(one.question, one.before, one.after) for one in seen}
    kept = (one for one in declared if (one.question, one.before, one.after) not in told)
    return (*kept, *seen)
