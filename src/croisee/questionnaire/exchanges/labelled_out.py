"""Answers as a labelled table: what SPSS, DDI and their readers take."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.sav_writing import MAX_LABEL, MAX_TEXT, MAX_VALUE_LABEL
from croisee.language import Phrase, phrase
from croisee.questionnaire.codebook import SCALE, Line
from croisee.questionnaire.exchanges.blank import empty_filling
from croisee.questionnaire.exchanges.columns import Columns
from croisee.questionnaire.exchanges.labelled_names import Renaming, notes_of, variable_name
from croisee.questionnaire.exchanges.told import Loss
from croisee.questionnaire.form import Kind, Node
from croisee.questionnaire.sheet import Prepared
from croisee.questionnaire.submission import Received

_CODE = re.compile(r"0|-?[1-9][0-9]{0,8}")
_NUMBERS = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_FIRST_DAY = date(1582, 10, 15)
_MOST_MISSING = 3


@dataclass(slots=True)
class _Columns:
    """The variables as they come: each with the cells of every submission."""

    variables: list[Variable] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    multiples: list[Multiple] = field(default_factory=list)
    renaming: Renaming = field(default_factory=Renaming)
    losses: dict[tuple[str, Phrase], None] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    ranks: set[str] = field(default_factory=set)

    def add(self, variable: Variable, header: str, cells: list[str]) -> str:
        """Add a variable; return the name it got."""
        name = variable_name(variable.name, self.taken)
        self.variables.append(replace(variable, name=name))
        self.cells.append(cells)
        self.renaming.headers[name] = header
        return name


def labelled_of(
    received: Iterable[Received],
    prepared: Prepared,
    *,
    language: str = "",
    lines: Sequence[Line] = (),
) -> tuple[Labelled, tuple[Loss, ...]]:
    """Return submissions as one table with labels, and what it cannot carry.

    A multiple choice is a variable for each choice (1, 0) and a set; a ranking a variable for
    each choice, its rank. Codes that are no whole numbers become 1, 2, 3…; the table's notes
    remember them. Repeats are left out, and said.

    Args:
        received: the submissions.
        prepared: their form.
        language: of labels; one of the form's.
        lines: the codebook, for the choices that mean no answer.
    """
    empty = empty_filling(prepared)
    empty.language = language or empty.language
    columns = Columns(empty)
    values = [one.values for one in received]
    made = _Columns()
    absent = {line.path: {theirs for theirs, ours in line.options if not ours} for line in lines}
    for node in columns.questions:
        repeat = _inside_repeat(node, prepared)
        name = node.path.strip("/").partition("/")[2]
        if repeat:
            what = phrase("La question est dans un bloc répété : elle n’y est pas.")
            made.losses[name, what] = None
        elif node.kind is not Kind.NOTE:
            label = " ".join(empty.say(node.label).split()) or node.name
            codes = [(code, empty.say(words)) for code, words in empty.every_choice(node.path)]
            said = [one.get(node.path, "") for one in values]
            question = _Question(node, name, label, codes, said, absent.get(node.path, set()))
            _add(made, question)
    made.renaming.ranks = frozenset(made.ranks)
    table = Labelled(
        title=prepared.form.title,
        variables=tuple(made.variables),
        multiples=tuple(made.multiples),
        rows=tuple(zip(*made.cells, strict=True)) if made.cells else (),
        notes=notes_of(made.renaming),
    )
    _long_labels(made)
    return table, tuple(Loss(*one) for one in made.losses)


@dataclass(frozen=True, slots=True)
class _Question:
    """One question, its labels, and what each submission answered."""

    node: Node
    name: str
    label: str
    codes: Sequence[tuple[str, str]]
    said: Sequence[str]
    absent: set[str]


def _inside_repeat(node: Node, prepared: Prepared) -> bool:
    path = node.path
    while path.count("/") > 1:
        path = path.rpartition("/")[0]
        above = prepared.nodes.get(path)
        if above is not None and above.kind is Kind.REPEAT:
            return True
    return False


def _add(made: _Columns, one: _Question) -> None:
    if one.node.kind is Kind.SINGLE:
        _single(made, one)
    elif one.node.kind is Kind.MULTIPLE:
        _multiple(made, one)
    elif one.node.kind is Kind.RANKING:
        _ranking(made, one)
    elif one.node.kind in _NUMBERS:
        _amount(made, one)
    else:
        _text(made, one)


def _single(made: _Columns, one: _Question) -> None:
    known = list(dict(one.codes).items())
    whole = all(_CODE.fullmatch(code) for code, _ in known)
    theirs = {code: code if whole else str(place) for place, (code, _) in enumerate(known, 1)}
    missing = [theirs[code] for code, _ in known if code in one.absent]
    if len(missing) > _MOST_MISSING:
        made.losses[one.name, phrase("SPSS garde trois valeurs manquantes au plus.")] = None
    kept = tuple((code, code) for code in missing[:_MOST_MISSING])
    variable = Variable(
        one.name,
        one.label,
        Content.NUMBER,
        tuple(
            Value(theirs[code], label or code, theirs[code] in dict(kept)) for code, label in known
        ),
        Measure.ORDINAL if SCALE in one.node.appearance else Measure.NOMINAL,
        kept,
        one.label,
    )
    name = made.add(variable, one.name, [theirs.get(said, "") for said in one.said])
    if not whole:
        made.renaming.codes[name] = {their: ours for ours, their in theirs.items()}


def _multiple(made: _Columns, one: _Question) -> None:
    values = (Value("0", "Non"), Value("1", "Oui"))
    names = []
    for code, label in dict(one.codes).items():
        cells = [str(int(code in said.split())) if said else "" for said in one.said]
        variable = Variable(
            f"{one.name}_{code}", label or code, Content.NUMBER, values, question=one.label
        )
        names.append(made.add(variable, f"{one.name}/{code}", cells))
    if names:
        set_name = variable_name(one.name, made.taken)
        made.multiples.append(Multiple(set_name, one.label, tuple(names)))


def _ranking(made: _Columns, one: _Question) -> None:
    made.ranks.add(one.name)
    for code, label in dict(one.codes).items():
        cells = [
            str(said.split().index(code) + 1) if code in said.split() else "" for said in one.said
        ]
        variable = Variable(
            f"{one.name}_{code}",
            f"{one.label} — {label or code}",
            Content.NUMBER,
            (),
            Measure.SCALE,
            question=one.label,
        )
        made.add(variable, f"{one.name}/{code}", cells)


def _amount(made: _Columns, one: _Question) -> None:
    rounded = [said for said in one.said if said and not _exact(said)]
    if rounded:
        what = phrase("Les nombres de plus de 15 chiffres sont arrondis.")
        made.losses[one.name, what] = None
    decimals = max((len(said.partition(".")[2]) for said in one.said), default=0)
    variable = Variable(
        one.name,
        one.label,
        Content.NUMBER,
        measure=Measure.SCALE,
        question=one.label,
        decimals=decimals,
    )
    made.add(variable, one.name, list(one.said))


def _exact(said: str) -> bool:
    return len(re.sub(r"\D", "", said).lstrip("0")) <= 15


def _text(made: _Columns, one: _Question) -> None:
    content = Content.TEXT
    if one.node.kind is Kind.DATE and all(map(_is_day, filter(None, one.said))):
        content = Content.DATE
    if any(len(said.encode()) > MAX_TEXT for said in one.said):
        made.losses[one.name, phrase("Un texte de plus de 32 767 octets est coupé.")] = None
    if any(said != said.rstrip(" ") for said in one.said):
        made.losses[one.name, phrase("Les espaces à la fin d’un texte ne sont pas gardés.")] = None
    measure = Measure.SCALE if content is Content.DATE else Measure.NOMINAL
    variable = Variable(one.name, one.label, content, measure=measure, question=one.label)
    made.add(variable, one.name, list(one.said))


def _is_day(said: str) -> bool:
    try:
        return len(said) == 10 and date.fromisoformat(said) >= _FIRST_DAY
    except ValueError:
        return False


def _long_labels(made: _Columns) -> None:
    for one in made.variables:
        header = made.renaming.headers[one.name]
        if len(one.label.encode()) > MAX_LABEL:
            made.losses[header, phrase("Le libellé est coupé à 255 octets.")] = None
        if any(len(value.label.encode()) > MAX_VALUE_LABEL for value in one.values):
            made.losses[header, phrase("Le libellé d’un choix est coupé à 120 octets.")] = None


def values_by_variable(table: Labelled) -> Iterator[Mapping[str, str]]:
    """Yield each row as its cells by variable."""
    names = [one.name for one in table.variables]
    for row in table.rows:
        yield dict(zip(names, row, strict=True))
