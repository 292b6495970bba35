"""When each question of the guide opened, as somebody noted it; where a person says it begins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from croisee.language import phrase
from croisee.studyfolder import messages, words
from croisee.studyfolder.deposit import DEPOSIT, Deposit
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import CUTS, SESSION_LOG
from croisee.studyfolder.logkeys import LOG_KEYS
from croisee.studyfolder.names import Names
from croisee.studyfolder.passages import no_turn
from croisee.studyfolder.problems import WARNING, Problem, Said
from croisee.studyfolder.table import Row
from croisee.text import parse_time

_DAY = 86_400.0
_HALF_DAY = _DAY / 2


@dataclass(frozen=True, slots=True)
class NotedOpening:
    """One line of ``journal-de-seance``: a question opened in a session.

    ``at``: seconds on the clock of whoever noted it; midnight gone by, they go on from 86 400.
    """

    session: str
    theme: str
    at: float


@dataclass(frozen=True, slots=True)
class CutDecision:
    """What a person decided of one question in one document (``relectures/coupes``).

    ``turn``: the number of the turn where it begins; ``None`` where it was not asked.
    """

    document: str
    theme: str
    turn: int | None
    by: str = ""
    on: str = ""


def read_session_log(folder: Folder, names: Names, documents: pa.Table) -> tuple[NotedOpening, ...]:
    """Read ``journal-de-seance``, in the order of the file; in one session times only grow."""
    table = folder.table(SESSION_LOG)
    recorded = set(documents["session"].to_pylist())
    found: list[NotedOpening] = []
    last: dict[str, tuple[float, Row]] = {}
    for row in table.rows() if table else ():
        session = row.ref("seance", names.sessions, "seances")
        theme = row.ref("theme", names.themes, "guide")
        at = _time(row)
        if session and session not in last and session not in recorded:
            row.warn("seance", _nothing_to_cut(session))
        if not session or at is None:
            continue
        if session in last:
            before, line = last[session]
            at = _after(at, before)
            if at < before:
                row.refuse("heure", _goes_back(row.text("heure"), line))
                continue
        last[session] = at, row
        if theme:
            found.append(NotedOpening(session, theme, at))
    return tuple(found)


def left_in_the_folder(
    openings: Sequence[NotedOpening],
    cuts: Sequence[CutDecision],
    log_keys: Sequence[str] = (),
    deposit: Deposit | None = None,
) -> tuple[Problem, ...]:
    """Return what to say of these files where a site takes a folder in without them."""
    files = (("journal-de-seance", openings), ("relectures/coupes", cuts))
    lost = phrase("Ce fichier n’est pas gardé ici : un export du site ne le rend pas.")
    mine = phrase("Gardez le vôtre : croisee cut le lit dans le dossier d’étude.")
    left = [Problem(WARNING, file, None, "", lost, mine) for file, lines in files if lines]
    if log_keys:
        what = phrase(
            "Gardez le vôtre : seul croisee run, sur le dossier d’étude, écrit le journal chiffré."
        )
        left.append(Problem(WARNING, LOG_KEYS[0], None, "", lost, what))
    if deposit not in {None, Deposit()}:
        what = phrase("Gardez le fichier de départ.")
        left.append(Problem(WARNING, f"{DEPOSIT[0]}.toml", None, "", lost, what))
    return tuple(left)


def _time(row: Row) -> float | None:
    text = row.required("heure")
    at = parse_time(text) if text else None
    if text and at is None:
        row.refuse("heure", _not_a_time(text))
    return at


def _after(at: float, before: float) -> float:
    """Return a time once the midnights gone by are counted: 0:10 comes after 23:50."""
    at += _DAY * (before // _DAY) if at < _DAY <= before else 0.0
    return at + _DAY if before - at > _HALF_DAY else at


class _Decided:
    """The decisions being read: one a question and a document, one question a turn."""

    def __init__(self) -> None:
        self.found: list[CutDecision] = []
        self._questions: dict[tuple[str, str], int] = {}
        self._turns: dict[tuple[str, int], int] = {}

    def add(self, row: Row, decided: CutDecision) -> None:
        """Keep a decision, or say which line already spoke of it."""
        question = decided.document, decided.theme
        if question in self._questions:
            row.refuse("theme", messages.twice(decided.theme, self._questions[question]))
            return
        self._questions[question] = row.line
        if decided.turn is not None:
            turn = decided.document, decided.turn
            if turn in self._turns:
                row.refuse("vers", _same_turn(decided.turn, self._turns[turn]))
                return
            self._turns[turn] = row.line
        self.found.append(decided)


def read_cuts(
    folder: Folder, names: Names, aliases: Mapping[str, str], turns: pa.Table
) -> tuple[CutDecision, ...]:
    """Read ``relectures/coupes``: what a person decided; lines nobody decided say nothing.

    ``aliases``: what a document may be called → its code.
    """
    table = folder.table(CUTS)
    rows = list(table.rows()) if table else []
    texts = _texts(turns, {aliases.get(row.text("document").lower(), "") for row in rows})
    decided = _Decided()
    for row in rows:
        text = row.required("document")
        document = aliases.get(text.lower())
        if text and document is None:
            near = row.near(text.lower(), aliases)
            row.refuse("document", messages.unknown_code(text, near, "documents"))
        theme = row.ref("theme", names.themes, "guide")
        if document and theme:
            one = _decision(row, document, theme, texts.get(document, {}))
            if one is not None:
                decided.add(row, one)
    return tuple(decided.found)


def _texts(turns: pa.Table, documents: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return the texts of a few documents, by turn."""
    wanted = pc.is_in(turns["document"], value_set=pa.array(sorted(documents), pa.string()))
    texts: dict[str, dict[int, str]] = {}
    for row in turns.filter(wanted).select(["document", "turn", "text"]).to_pylist():
        texts.setdefault(row["document"], {})[row["turn"]] = row["text"]
    return texts


def _decision(row: Row, document: str, theme: str, texts: Mapping[int, str]) -> CutDecision | None:
    """Return what a line decides, ``None`` if nothing, or once what is wrong has been said."""
    proposed, moved = _turn(row, "tour", texts), _turn(row, "vers", texts)
    decision = row.word("decision", words.DECISIONS) if row.text("decision") else ""
    if not decision and row.text("vers"):
        decision = "changer"
    if not decision:
        return None
    if proposed is not None and not _still_there(row.text("paroles"), texts[proposed]):
        row.warn("paroles", _moved(proposed))
        return None
    if decision == "refuser":
        return CutDecision(document, theme, None, row.text("par"), row.text("le"))
    column, turn = ("tour", proposed) if decision == "accepter" else ("vers", moved)
    if turn is None:
        if not row.text(column):
            row.refuse(column, messages.empty_cell())
        return None
    return CutDecision(document, theme, turn, row.text("par"), row.text("le"))


def _turn(row: Row, column: str, texts: Mapping[int, str]) -> int | None:
    turn = row.whole(column, low=1)
    if turn is not None and turn not in texts:
        row.refuse(column, no_turn(turn, len(texts)))
        return None
    return turn


def _still_there(written: str, text: str) -> bool:
    """Return whether a turn still begins with the words written of it."""
    return " ".join(text.split()).startswith(" ".join(written.split()).removesuffix("…").rstrip())


def _not_a_time(text: str) -> Said:
    return (
        phrase("« {text} » n’est pas une heure.", text=messages.shown(text)),
        phrase("Écrivez par exemple 14:05:30, ou 0:12:45 depuis le début de l’enregistrement."),
    )


def _goes_back(text: str, line: Row) -> Said:
    return (
        phrase(
            "{time} vient avant la ligne {row} ({before}) de la même séance.",
            time=text, row=line.line, before=line.text("heure"),
        ),
        phrase("Corrigez l’heure, ou remettez les lignes de la séance dans leur ordre."),
    )  # fmt: skip


def _nothing_to_cut(session: str) -> Said:
    return (
        phrase("Aucun document n’est de la séance « {session} ».", session=session),
        phrase("Écrivez la séance dans documents.csv ; sans verbatim, ce journal ne sert pas."),
    )


def _same_turn(turn: int, line: int) -> Said:
    return (
        phrase("La ligne {row} fait déjà commencer une question au tour {turn}.",
               row=line, turn=turn),
        phrase("Donnez à l’une des deux un autre tour, ou refusez-la."),
    )  # fmt: skip


def _moved(turn: int) -> Said:
    return (
        phrase("Le tour {turn} ne commence plus ainsi : la décision est sans effet.", turn=turn),
        phrase("Relancez croisee cut, et décidez de nouveau de cette question."),
    )
