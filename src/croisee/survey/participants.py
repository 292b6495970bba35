"""Who took part in an activity of the field, and what that makes of a form's frame."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from croisee.dataset import Dataset
from croisee.study import Case, Instrument, Method, MethodKind, Study, Subject
from croisee.survey.frames import Frames

FrameOf = Callable[[Case, str], int | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """One participant in one case of a method's edition."""

    participant: str
    case: str
    component: str
    organisation: str


def people_of(dataset: Dataset, method: Method) -> dict[str, frozenset[Taken]]:
    """Return, by edition, the people a method met: present in a session, or heard in a document.

    The case is the session's or the document's; component and organisation are the
    person's own, the component being the session's when the person has none.
    """
    known = {row["participant"]: row for row in dataset.rows("participants")}
    met: defaultdict[str, set[Taken]] = defaultdict(set)

    def meet(participant: str, where: dict[str, str]) -> None:
        person = known.get(participant, {})
        component = person.get("component") or where["component"]
        organisation = person.get("organisation", "")
        met[where["edition"]].add(Taken(participant, where["case"], component, organisation))

    sessions = {r["session"]: r for r in dataset.rows("sessions") if r["method"] == method.code}
    for row in dataset.rows("presences"):
        if row["session"] in sessions:
            meet(row["participant"], sessions[row["session"]])
    heard = {r["document"]: r for r in dataset.rows("documents") if r["method"] == method.code}
    if heard:
        turns = dataset.table("turns")
        for row in dataset.collect(turns.select("document", "participant").distinct()):
            if row["participant"] and row["document"] in heard:
                meet(row["participant"], heard[row["document"]])
    return {edition: _one_a_person(people) for edition, people in met.items()}


def _one_a_person(people: set[Taken]) -> frozenset[Taken]:
    """Keep one line a person and case, should a session and a document disagree."""
    chosen: dict[tuple[str, str], Taken] = {}
    for one in sorted(people, key=lambda one: (one.component, one.organisation), reverse=True):
        chosen.setdefault((one.participant, one.case), one)
    return frozenset(chosen.values())


def wave_frames(dataset: Dataset, instrument: Instrument, edition: str) -> FrameOf:
    """Return how many units of a case (or component) could have answered a wave.

    Organisations, and people of a network of individuals: the frame. A form filled by the
    people of a focus group or an interview: those who were there. Other people: unknown,
    since a frame of organisations does not say how many people they have.
    """
    method = _field_method(dataset.study, instrument)
    if method is not None:
        present = people_of(dataset, method).get(edition, frozenset())

        def there(case: Case, component: str) -> int | None:
            people = [one for one in present if one.case == case.code]
            return len([1 for one in people if component in {"", one.component}]) or None

        return there
    frames = Frames(dataset, instrument.code, edition)

    def listed(case: Case, component: str) -> int | None:
        countable = instrument.subject is Subject.ORGANISATION or case.individuals
        return frames.of(case, component) if countable else None

    return listed


def wave_parent(
    study: Study, instrument: Instrument, edition: str
) -> Callable[[tuple[str, ...]], str]:
    """Return the maker of the id of the base a wave is nested in: a field method's people."""
    method = _field_method(study, instrument)

    def parent(cases: tuple[str, ...]) -> str:
        return f"{method.code}.{edition}@{'+'.join(cases)}" if method is not None else ""

    return parent


def _field_method(study: Study, instrument: Instrument) -> Method | None:
    """Return the method whose people fill this form, when it is not a survey of its own."""
    found = [method for method in study.methods if method.code == instrument.method]
    return found[0] if found and found[0].kind is not MethodKind.SURVEY else None
