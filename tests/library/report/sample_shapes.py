"""What the sample tables are made of: cases, bases, cells, heads."""

from croisee.disclosure.released import (
    Cell,
    Event,
    Head,
    ReleasedBase,
    Value,
)
from croisee.disclosure.values import Chiffre
from croisee.language import Label
from croisee.study import Subject

CASES = (
    Head("carrefours", Label("Carrefours", "Hubs")),
    Head("quartiers", Label("Quartiers", "Neighbourhoods")),
    Head("praticiens", Label("Praticien·ne·s", "Practitioners")),
    Head("tables-famille", Label("Tables famille", "Family tables")),
)
CODES = tuple(head.key for head in CASES)
OVERALL = (Head("ensemble", Label("Ensemble", "Overall")),)
ECLAIR = Label("Sondage-éclair, printemps 2020", "Flash survey, spring 2020")
GROUPS = Label("Groupes de discussion, 2021", "Focus groups, 2021")
JOURNAL = Label("Journal de l’étude", "Study log")


def base(
    case: str,
    n: int,
    frame: int | None,
    source: str = "eclair",
    subject: Subject = Subject.ORGANISATION,
) -> ReleasedBase:
    cases = tuple(case.split("+"))
    return ReleasedBase(f"{source}.2020@{case}", source, "2020", cases, subject, n, frame)


def grid(
    values: tuple[tuple[Value | None, ...], ...], question: str = "", rows: tuple[Head, ...] = ()
) -> tuple[tuple[Cell | None, ...], ...]:
    """Cells of the values; counts of a question carry their events, as the gate writes them."""
    lines = []
    for r, line in enumerate(values):
        events = (Event(question, tuple(rows[r].key.split("+"))),) if question else ()
        lines.append(
            tuple(
                None if v is None else Cell(v, events=events if isinstance(v, Chiffre) else ())
                for v in line
            )
        )
    return tuple(lines)


def head(
    key: str, fr: str, en: str = "", group: Label = Label(""), parts: tuple[Label, ...] = ()
) -> Head:
    return Head(key, Label(fr, en), group, parts)
