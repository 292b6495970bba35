"""A list of participants being read: what each line says, and what would be done of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.formats import Line
from croisee.studyfolder.words import YES_NO, column_key, read_code
from croisee_web.people.models import Participant
from croisee_web.people.queries.register import described_purposes
from croisee_web.study.models import Case

COLUMNS = {
    "code": "code",
    "code_de_la_personne": "code",
    "participant": "code",
    "cas": "case",
    "reseau": "case",
    "case": "case",
    "network": "case",
    "composante": "component",
    "component": "component",
    "organisme": "organisation",
    "organisation": "organisation",
    "organization": "organisation",
}
"""What a column is, by its name without accents nor capitals."""
CONSENT = "consent_"
LONGEST = 60


class Verdict(models.TextChoices):
    """What would be done of a line."""

    NEW = "new", gettext_lazy("À inscrire")
    KNOWN = "known", gettext_lazy("Code déjà donné : la ligne est laissée")
    REFUSED = "refused", gettext_lazy("Refusée")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to inscribe; ``answers`` are those the list gives, by purpose."""

    code: str
    case: str
    component: str = ""
    organisation: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One line of the file: its number there, its verdict, and why when it is refused."""

    number: int
    verdict: Verdict
    code: str
    why: str = ""
    person: NewPerson | None = None


@dataclass(frozen=True, slots=True)
class PeopleReport:
    """What a file holds. ``unread``: titles of columns that were not looked at."""

    lines: tuple[IncomingLine, ...]
    unread: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[NewPerson, ...]:
        """Return who would be inscribed."""
        return tuple(line.person for line in self.lines if line.person is not None)

    @property
    def answered(self) -> bool:
        """Return whether some line accepts something: a form must then be named."""
        return any(any(person.answers.values()) for person in self.people)


def read_people(*, study_id: int, lines: Sequence[Line]) -> PeopleReport:
    """Say what each line of a file would become. Three SQL queries, whatever its length.

    Columns are known by their titles; any other is left unread, names and addresses first.
    """
    titles = [column_key(title) for title in lines[0][1]] if lines else []
    purposes = {column_key(one.code): one.code for one in described_purposes(study_id=study_id)}
    places: dict[str, int] = {}
    answers: dict[str, int] = {}
    unread = []
    for place, title in enumerate(titles):
        purpose = purposes.get(title.removeprefix(CONSENT)) if title.startswith(CONSENT) else None
        if purpose:
            answers[purpose] = place
        elif title in COLUMNS:
            places.setdefault(COLUMNS[title], place)
        elif title:
            unread.append(lines[0][1][place])
    missing = tuple(name for name in ("code", "case") if name not in places)
    if missing:
        return PeopleReport((), tuple(unread), missing)
    reading = _Reading(study_id, places, answers)
    read = tuple(reading.line(line) for line in lines[1:] if any(line[1]))
    return PeopleReport(read, tuple(unread))


class _Reading:
    """What lines are compared with: the codes given, the networks, the lines before."""

    def __init__(self, study_id: int, places: dict[str, int], answers: dict[str, int]) -> None:
        known = Participant.objects.filter(study_id=study_id)
        self._known = set(known.values_list("code", flat=True))
        self._cases: dict[str, str] = {}
        rows = Case.objects.filter(study_id=study_id).values_list("code", "name_fr", "short_fr")
        for code, name, short in rows:
            self._cases |= dict.fromkeys((column_key(one) for one in (code, name, short)), code)
        self._places, self._answers = places, answers
        self._seen: dict[str, int] = {}

    def line(self, line: Line) -> IncomingLine:
        """Return what a line would become."""
        written = self._cell(line, "code")
        code = read_code(written)
        if code is None or len(code) > LONGEST:
            return self._refused(line, written, _("Ce n’est pas un code : p-014, par exemple."))
        if code in self._seen:
            return self._refused(
                line, code, _("Le même code est à la ligne %(n)d.") % {"n": self._seen[code]}
            )
        self._seen[code] = line[0]
        if code in self._known:
            return IncomingLine(line[0], Verdict.KNOWN, code)
        case = self._cases.get(column_key(self._cell(line, "case")))
        if case is None:
            return self._refused(line, code, _("Le réseau n’est pas dans l’étude."))
        return self._person(line, code, case)

    def _person(self, line: Line, code: str, case: str) -> IncomingLine:
        parts = {}
        for name in ("component", "organisation"):
            written = self._cell(line, name)
            read = read_code(written) if written else ""
            if read is None or len(read) > LONGEST:
                return self._refused(
                    line, code, _("« %(said)s » n’est pas un code.") % {"said": written[:40]}
                )
            parts[name] = read
        answers = {}
        for purpose, place in self._answers.items():
            said = _at(line, place).casefold()
            if said and said not in YES_NO:
                why = _("Un consentement se note oui ou non : « %(said)s ».") % {"said": said[:40]}
                return self._refused(line, code, why)
            if said:
                answers[purpose] = YES_NO[said]
        person = NewPerson(code, case, parts["component"], parts["organisation"], answers)
        return IncomingLine(line[0], Verdict.NEW, code, person=person)

    def _cell(self, line: Line, name: str) -> str:
        return _at(line, self._places[name]) if name in self._places else ""

    @staticmethod
    def _refused(line: Line, code: str, why: str) -> IncomingLine:
        return IncomingLine(line[0], Verdict.REFUSED, code[:60], why)


def _at(line: Line, place: int) -> str:
    cells = line[1]
    return cells[place].strip() if place < len(cells) else ""
