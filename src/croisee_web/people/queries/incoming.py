"""A list of participants being read: what each line says, and what would be done of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from croisee.formats import Line
from croisee.studyfolder.words import (
    AGES,
    ANSWERERS,
    ASSENTS,
    YES_NO,
    column_key,
    read_code,
)
from croisee_web.people.models import Participant
from croisee_web.people.queries.register import described_purposes
from croisee_web.people.rules import who_consented
from croisee_web.people.vocabulary import Answerer
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
    "age": "age_group",
    "age_group": "age_group",
    "groupe_d_age": "age_group",
    "groupe_d’age": "age_group",
    "consenti_par": "by",
    "consented_by": "by",
    "assentiment": "assent",
    "assent": "assent",
}
"""What a column is, by its name without accents nor capitals; the same as a study folder's."""
WORDS = {"age_group": AGES, "by": ANSWERERS, "assent": ASSENTS}
CONSENT = "consent_"
LONGEST_SHOWN = 60


class Verdict(models.TextChoices):
    """What would be done of a line."""

    NEW = "new", gettext_lazy("À inscrire")
    KNOWN = "known", gettext_lazy("Code déjà donné : la ligne est laissée")
    REFUSED = "refused", gettext_lazy("Refusée")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to inscribe; ``answers`` are those the list gives, by purpose.

    ``by`` is an :class:`Answerer`, ``assent`` an :class:`Assent`, ``age_group`` an
    :class:`AgeGroup`; the last two "" when the list does not say.
    """

    code: str
    case: str
    component: str = ""
    organisation: str = ""
    answers: Mapping[str, bool] = field(default_factory=dict)
    age_group: str = ""
    by: str = Answerer.PERSON.value
    assent: str = ""


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
        rows = Case.objects.filter(study_id=study_id)
        for code, *names in rows.values_list("code", "name_fr", "short_fr", "name_en", "short_en"):
            keys = (column_key(one) for one in (*names, code) if one)
            self._cases |= dict.fromkeys(keys, code)
        self._places, self._answers = places, answers
        self._seen: dict[str, int] = {}

    def line(self, line: Line) -> IncomingLine:
        """Return what a line would become."""
        written = self._cell(line, "code")
        code = read_code(written) or ""
        try:
            if not code:
                raise _Refused(_("Ce n’est pas un code : p-014, par exemple."))
            if code in self._seen:
                told = _("Le même code est à la ligne %(n)d.") % {"n": self._seen[code]}
                raise _Refused(told)
            self._seen[code] = line[0]
            if code in self._known:
                return IncomingLine(line[0], Verdict.KNOWN, code)
            person = self._person(line, code)
        except _Refused as refused:
            shown = (code or written)[:LONGEST_SHOWN]
            return IncomingLine(line[0], Verdict.REFUSED, shown, str(refused))
        return IncomingLine(line[0], Verdict.NEW, code, person=person)

    def _person(self, line: Line, code: str) -> NewPerson:
        case = self._cases.get(column_key(self._cell(line, "case")))
        if case is None:
            raise _Refused(_("Le réseau n’est pas dans l’étude."))
        said = {name: self._word(line, name) for name in WORDS}
        person = NewPerson(
            code,
            case,
            self._code(line, "component"),
            self._code(line, "organisation"),
            self._consents(line),
            said["age_group"],
            Answerer.PARENT if said["by"] == "parent" else Answerer.PERSON,
            said["assent"],
        )
        who = who_consented(age=person.age_group, by=person.by, assent=person.assent)
        if any(person.answers.values()) and not who.may_accept:
            raise _Refused(
                _("Sous 14 ans, un parent consent, et la jeune personne ne dit pas non.")
            )
        return person

    def _code(self, line: Line, name: str) -> str:
        written = self._cell(line, name)
        read = read_code(written) if written else ""
        if read is None:
            raise _Refused(_("« %(said)s » n’est pas un code.") % {"said": written[:40]})
        return read

    def _word(self, line: Line, name: str) -> str:
        """Return a word of a closed list as the library writes it, "" when the cell is empty."""
        written = self._cell(line, name)
        word = WORDS[name].read(written) if written else ""
        if word is None:
            raise _Refused(
                _("« %(said)s » n’est pas un de ces mots : %(words)s.")
                % {"said": written[:40], "words": ", ".join(WORDS[name].canonical)}
            )
        return word

    def _consents(self, line: Line) -> dict[str, bool]:
        answers = {}
        for purpose, place in self._answers.items():
            said = _at(line, place).casefold()
            if said and said not in YES_NO:
                raise _Refused(
                    _("Un consentement se note oui ou non : « %(said)s ».") % {"said": said[:40]}
                )
            if said:
                answers[purpose] = YES_NO[said]
        return answers

    def _cell(self, line: Line, name: str) -> str:
        return _at(line, self._places[name]) if name in self._places else ""


class _Refused(Exception):
    """Why a line is not taken, in words."""


def _at(line: Line, place: int) -> str:
    cells = line[1]
    return cells[place].strip() if place < len(cells) else ""
