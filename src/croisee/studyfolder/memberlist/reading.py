"""Every line of a member list: taken, to be looked at, or refused, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from croisee.formats import Line
from croisee.language import Phrase, phrase
from croisee.studyfolder import words
from croisee.studyfolder.memberlist.columns import Heading, MemberPart
from croisee.studyfolder.memberlist.likeness import Likeness
from croisee.text import fold

_TOTAL = re.compile(r"(sous[- ]|grand[- ])?tota(l|ux)( general| des? .*)?[\s:=]*[\d\s]*")
_NOTE = re.compile(r"(source|note|notes|mise a jour|mis a jour|nombre (total )?d).*|\*.*|n ?= ?\d+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 300


class Outcome(StrEnum):
    """What becomes of a line."""

    ACCEPTED = "acceptee"
    CHECK = "a-verifier"
    REFUSED = "refusee"


class Decision(StrEnum):
    """What somebody decides of a line to be looked at."""

    KEEP = "garder"
    """It is a member of its own."""
    SAME = "meme"
    """It is the member already known: that one takes the new writing."""
    LEAVE = "laisser"
    """It is left out."""


class Change(StrEnum):
    """What a line changes in the frame as it stands."""

    ADDED = "ajout"
    RENAMED = "renommage"
    MODIFIED = "modification"
    SAME = "inchange"
    NONE = ""


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a network: its code and what is public of it."""

    code: str
    name: str
    region: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the list. ``line`` is its number in the file; ``why`` says all there is to say.

    ``choices`` are what may be decided of it; empty when there is nothing to decide.
    ``member`` is what would be written; ``known`` the code it would replace, if any.
    """

    line: int
    outcome: Outcome
    member: Member
    why: tuple[Phrase, ...] = ()
    change: Change = Change.NONE
    known: str = ""
    choices: tuple[Decision, ...] = ()
    decision: Decision | None = None

    @property
    def undecided(self) -> bool:
        """Return whether somebody must still decide."""
        return bool(self.choices) and self.decision is None

    @property
    def written(self) -> bool:
        """Return whether confirming writes this line."""
        if self.outcome is Outcome.CHECK:
            return self.decision in {Decision.KEEP, Decision.SAME}
        return self.outcome is Outcome.ACCEPTED


@dataclass(frozen=True, slots=True)
class MemberReport:
    """A whole list as read. ``absent``: members of the frame that the list does not name."""

    lines: tuple[ReadLine, ...]
    absent: tuple[Member, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many lines came to something."""
        return sum(one.outcome is outcome for one in self.lines)

    def changes(self, change: Change) -> int:
        """Return how many lines that will be written change the frame so."""
        return sum(one.written and one.change is change for one in self.lines)

    @property
    def undecided(self) -> int:
        """Return how many lines somebody must still decide of."""
        return sum(one.undecided for one in self.lines)


def read_members(
    lines: Sequence[Line],
    heading: Heading,
    columns: Mapping[MemberPart, int],
    *,
    known: Sequence[Member] = (),
    decisions: Mapping[int, Decision] | None = None,
) -> MemberReport:
    """Read every line after the header; nothing is left unsaid, nothing is removed.

    Args:
        lines: the whole sheet, header included.
        heading: its header; the lines after it are read.
        columns: where each part is; a list without a name column has codes at least.
        known: the frame as it stands, for what is added, renamed or absent.
        decisions: by line number, for the lines to be looked at.
    """
    return _Reading(lines, heading, columns, known, decisions or {}).report()


class _Reading:
    """One list being read, line after line."""

    def __init__(
        self,
        lines: Sequence[Line],
        heading: Heading,
        columns: Mapping[MemberPart, int],
        known: Sequence[Member],
        decisions: Mapping[int, Decision],
    ) -> None:
        self.lines = lines[heading.last + 1 :]
        self.header = {fold(name) for name in heading.names} if heading.last >= 0 else set()
        self.columns = columns
        self.decisions = decisions
        self.known = {member.code: member for member in known}
        self.known_names: dict[str, list[Member]] = {}
        for member in known:
            self.known_names.setdefault(fold(member.name), []).append(member)
        self.near_known: Likeness[str] = Likeness()
        for member in known:
            if member.name:
                self.near_known.add(member.code, member.name)
        self.near_line: Likeness[int] = Likeness()
        self.said: dict[str, list[ReadLine]] = {}
        self.taken: dict[str, int] = {}
        self.done: list[ReadLine] = []

    def report(self) -> MemberReport:
        for number, cells in self.lines:
            read = self._line(number, cells)
            if read.choices:
                decision = self.decisions.get(number)
                read = replace(read, decision=decision if decision in read.choices else None)
                if read.decision is Decision.KEEP and read.known:
                    read = self._as_its_own(read)
            self.done.append(read)
        named = {one.known for one in self.done if one.known}
        absent = tuple(member for code, member in self.known.items() if code not in named)
        return MemberReport(tuple(self.done), absent)

    def _part(self, cells: Sequence[str], part: MemberPart) -> str:
        column = self.columns.get(part)
        text = cells[column] if column is not None and column < len(cells) else ""
        return re.sub(r"\s+", " ", text).strip()

    def _line(self, number: int, cells: tuple[str, ...]) -> ReadLine:
        member = Member(
            code=self._part(cells, MemberPart.CODE),
            name=self._part(cells, MemberPart.NAME),
            region=self._part(cells, MemberPart.REGION),
            type=self._part(cells, MemberPart.TYPE),
        )
        refusal = self._not_a_member(cells, member) or self._said_before(number, member)
        if refusal:
            return ReadLine(number, Outcome.REFUSED, member, (refusal,))
        notes: list[Phrase] = []
        doubts = self._odd(cells, member)
        member, code_notes = self._with_code(number, member)
        notes += code_notes
        read = self._compared(number, member, doubts, notes)
        if read.outcome is not Outcome.REFUSED:
            self.taken.setdefault(read.member.code, number)
            if member.name:
                self.said.setdefault(fold(member.name), []).append(read)
                self.near_line.add(number, member.name)
        return read

    def _not_a_member(self, cells: tuple[str, ...], member: Member) -> Phrase | None:
        filled = [cell for cell in cells if cell]
        first = fold(filled[0]) if filled else ""
        whole = len(filled) == len(cells) > 1
        reasons = (
            (not filled, phrase("La ligne ne porte que des coordonnées de personnes.")),
            (bool(_TOTAL.fullmatch(first)), phrase("C’est un total, pas un membre.")),
            (
                whole and len(set(filled)) == 1,
                phrase("C’est un titre qui couvre toute la ligne."),
            ),
            (
                len(filled) == 1 and bool(_NOTE.fullmatch(first)),
                phrase("C’est une note au bas de la liste."),
            ),
            (
                len(filled) > 1 and {fold(cell) for cell in filled} <= self.header,
                phrase("Les titres des colonnes sont répétés."),
            ),
            (not member.name and not member.code, phrase("Il n’y a ni nom ni code.")),
            (len(member.name) > _LONGEST, phrase("Le nom dépasse 300 caractères.")),
        )
        return next((why for happens, why in reasons if happens), None)

    def _said_before(self, number: int, member: Member) -> Phrase | None:
        """Refuse a code or a name that a line before already bears, the region being no other."""
        code = words.read_code(member.code)
        if code and code in self.taken:
            return phrase("Ce code est déjà à la ligne {line}.", line=self.taken[code])
        for before in self.said.get(fold(member.name), ()) if member.name else ():
            apart = {fold(before.member.region), fold(member.region)} - {""}
            if before.line != number and len(apart) < 2:
                return phrase("Ce nom est déjà à la ligne {line}.", line=before.line)
        return None

    def _odd(self, cells: tuple[str, ...], member: Member) -> list[Phrase]:
        found = []
        if not member.name:
            found.append(phrase("Le nom manque."))
        elif _DAY.fullmatch(member.name) or _DAY.fullmatch(member.code):
            found.append(phrase("Le tableur a peut-être pris ce texte pour une date."))
        elif not re.search(r"[^\W\d_]{2}", member.name):
            found.append(phrase("Ce nom n’a pas de mot."))
        if len(self.columns) > 1 and sum(map(bool, cells)) == 1 and member.name:
            usual = sum(sum(map(bool, row)) > 1 for _, row in self.lines) * 2 > len(self.lines)
            if usual:
                found.append(phrase("Le reste de la ligne est vide : est-ce un titre ?"))
        return found

    def _with_code(self, number: int, member: Member) -> tuple[Member, list[Phrase]]:
        if member.code:
            code = words.read_code(member.code) or words.propose_code(member.code)
            if code and code not in self.taken:
                rewritten = code != member.code.lower().replace("_", "-")
                note = [phrase("Code écrit « {code} ».", code=code)] if rewritten else []
                return replace(member, code=code), note
        elif len(same := self.known_names.get(fold(member.name), [])) == 1:
            return replace(member, code=same[0].code), []
        code = self._free_code(words.propose_code(member.name) or f"membre-{number}")
        return replace(member, code=code), [phrase("Code proposé : « {code} ».", code=code)]

    def _free_code(self, stem: str) -> str:
        code, turn = stem, 2
        while code in self.taken or code in self.known:
            code, turn = f"{stem}-{turn}", turn + 1
        return code

    def _compared(
        self, number: int, member: Member, doubts: list[Phrase], notes: list[Phrase]
    ) -> ReadLine:
        """Compare with the frame as it stands, then with the lines before."""
        former = self.known.get(member.code)
        if former is not None:
            return self._of_known(number, member, former, doubts, notes)
        near = self.near_known.find(member.name) if member.name else None
        if near is not None and near not in {one.known for one in self.done}:
            like = phrase("Ressemble à « {name} », déjà dans la base.", name=self.known[near].name)
            return ReadLine(
                number,
                Outcome.CHECK,
                replace(member, code=near),
                (like, *doubts),
                Change.RENAMED,
                near,
                (Decision.SAME, Decision.KEEP, Decision.LEAVE),
            )
        before = self.near_line.find(member.name) if member.name else None
        if before is not None:
            doubts = [phrase("Ressemble à la ligne {line}.", line=before), *doubts]
        if not doubts:
            return ReadLine(number, Outcome.ACCEPTED, member, tuple(notes), Change.ADDED)
        return ReadLine(
            number,
            Outcome.CHECK,
            member,
            (*doubts, *notes),
            Change.ADDED,
            choices=(Decision.KEEP, Decision.LEAVE),
        )

    def _of_known(
        self,
        number: int,
        member: Member,
        former: Member,
        doubts: list[Phrase],
        notes: list[Phrase],
    ) -> ReadLine:
        change = Change.SAME
        if member.name and member.name != former.name:
            change = Change.RENAMED
            notes = [phrase("S’appelait « {name} ».", name=former.name), *notes]
        elif self._differs(member, former):
            change = Change.MODIFIED
        merged = replace(
            member,
            name=member.name or former.name,
            region=member.region or former.region,
            type=member.type or former.type,
        )
        if not member.name:  # the code is enough: the name is known
            doubts = []
        stranger = change is Change.RENAMED and former.name and self._strangers(member, former)
        if not stranger and not doubts:
            return ReadLine(number, Outcome.ACCEPTED, merged, tuple(notes), change, former.code)
        return ReadLine(
            number,
            Outcome.CHECK,
            merged,
            (*doubts, *notes),
            change,
            former.code,
            (Decision.SAME, Decision.LEAVE),
        )

    def _differs(self, member: Member, former: Member) -> bool:
        return any(
            new and new != old
            for new, old in ((member.region, former.region), (member.type, former.type))
        )

    def _strangers(self, member: Member, former: Member) -> bool:
        pair: Likeness[int] = Likeness()
        pair.add(0, former.name)
        return pair.find(member.name) is None

    def _as_its_own(self, read: ReadLine) -> ReadLine:
        """Give a line decided to be another member a code of its own."""
        code = self._free_code(words.propose_code(read.member.name) or f"membre-{read.line}")
        self.taken[code] = read.line
        self.taken.pop(read.known, None)
        member = replace(read.member, code=code)
        return replace(read, member=member, change=Change.ADDED, known="")
