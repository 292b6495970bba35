"""The answers to a questionnaire of a study as a table with labels, and its variables alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.language import Language, Phrase, phrase
from croisee.questionnaire.exchanges.labelled_names import Renaming, notes_of, variable_name
from croisee.study import Instrument, Question, QuestionKind, Study

Row = Mapping[str, object]
_WHO: tuple[tuple[str, Phrase], ...] = (
    ("respondent", phrase("Code de la personne ou de l’organisme")),
    ("case", phrase("Réseau")),
    ("component", phrase("Composante")),
    ("organisation", phrase("Organisme")),
)
_MEASURES = {
    QuestionKind.ORDINAL: Measure.ORDINAL,
    QuestionKind.NUMBER: Measure.SCALE,
    QuestionKind.RANK: Measure.ORDINAL,
}


@dataclass(slots=True)
class _Columns:
    """The variables as they come, each with the column of the answers it is made of."""

    language: Language
    variables: list[Variable] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)
    multiples: list[Multiple] = field(default_factory=list)

    def add(self, column: str, variable: Variable) -> None:
        self.variables.append(variable)
        self.columns.append(column)


def variables_of(instrument: Instrument, language: Language) -> Labelled:
    """Return what an instrument asks, as variables named by the study's codes; no row.

    A question of one answer is a variable, its options are values; a multiple choice is a
    variable for each option (0, 1) and a set; a ranking a variable for each option, its rank.
    """
    made = _Columns(language)
    for question in instrument.questions:
        _ask(made, question)
    title = instrument.name.to(language)
    return Labelled(title, tuple(made.variables), tuple(made.multiples))


def answers_of(
    study: Study, instrument: Instrument, rows: Iterable[Row], language: Language
) -> Labelled:
    """Return one wave of answers as SPSS keeps them; for the team, a line a respondent.

    ``rows`` are the lines of a Dataset's answers. Codes that are no whole numbers become 1, 2,
    3… in the order of the codebook; names lose the signs SPSS refuses. The notes remember ours
    (``:var``, ``:codes``), so that :mod:`croisee.questionnaire.exchanges` reads them back.
    """
    made = _Columns(language)
    for column, label in _WHO:
        values = _cases(study, language) if column == "case" else ()
        made.add(column, Variable(column, label.to(language), Content.TEXT, values))
    if instrument.weighted:
        weight = phrase("Poids").to(language)
        made.add("weight", Variable("weight", weight, measure=Measure.SCALE, decimals=6))
    for question in instrument.questions:
        _ask(made, question)
    cells = [[_text(row.get(column)) for column in made.columns] for row in rows]
    return _numbered(Labelled(
        instrument.name.to(language),
        tuple(made.variables),
        tuple(made.multiples),
        tuple(map(tuple, cells)),
    ))  # fmt: skip


def _cases(study: Study, language: Language) -> tuple[Value, ...]:
    return tuple(Value(case.code, case.name.to(language)) for case in study.cases)


def _ask(made: _Columns, question: Question) -> None:
    label, column = question.label.to(made.language), f"q_{question.code}"
    options = [(one.code, one.label.to(made.language)) for one in question.options]
    measure = _MEASURES.get(question.kind, Measure.NOMINAL)
    if question.kind in {QuestionKind.MULTIPLE, QuestionKind.RANK}:
        several = question.kind is QuestionKind.MULTIPLE
        yes_no = (phrase("Non"), phrase("Oui"))
        values = tuple(Value(str(n), one.to(made.language)) for n, one in enumerate(yes_no))
        names = [f"{question.code}_{code}" for code, _ in options]
        for name, (code, said) in zip(names, options, strict=True):
            choice = said if several else f"{label} — {said}"
            made.add(f"{column}__{code}", Variable(
                name, choice, values=values if several else (), measure=measure, question=label,
            ))  # fmt: skip
        if several and names:
            made.multiples.append(Multiple(question.code, label, tuple(names)))
    elif question.kind is QuestionKind.NUMBER:
        made.add(column, Variable(question.code, label, measure=measure, question=label))
    else:
        values = tuple(Value(code, said) for code, said in options)
        made.add(column, Variable(
            question.code, label, Content.TEXT, values, measure, question=label
        ))  # fmt: skip


def _text(cell: object) -> str:
    """Return a cell as labelled tables hold it: ``""`` where nothing was answered."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(int(cell))
    if not isinstance(cell, Decimal):
        return str(cell)
    text = f"{cell:f}"  # never « 1E+2 », that not everybody reads
    return text.rstrip("0").rstrip(".") if "." in text else text


def _numbered(table: Labelled) -> Labelled:
    """Return a table whose names and values statistical software takes, with what changed."""
    taken: set[str] = set()
    names = {one.name: variable_name(one.name, taken) for one in table.variables}
    renaming = Renaming(headers={new: old for old, new in names.items()})
    columns: list[Sequence[str]] = list(zip(*table.rows, strict=True)) or [
        () for _ in table.variables
    ]
    together = {name for one in table.multiples for name in one.variables}
    variables = []
    for place, one in enumerate(table.variables):
        # The label, or the label of the set, already says the question.
        asked = "" if one.question == one.label or one.name in together else one.question
        new, codes = replace(one, name=names[one.name], question=asked), _numbers(one)
        decimals = (len(cell.partition(".")[2]) for cell in columns[place])
        if codes:
            renaming.codes[new.name] = {number: code for code, number in codes.items()}
            columns[place] = [codes.get(cell, cell) for cell in columns[place]]
            values = tuple(replace(v, code=codes[v.code]) for v in one.values)
            new = replace(new, content=Content.NUMBER, values=values)
        elif one.content is Content.NUMBER and not one.values:
            new = replace(new, decimals=max(decimals, default=0))
        variables.append(new)
    multiples = tuple(
        Multiple(variable_name(one.name, taken), one.label, tuple(names[n] for n in one.variables))
        for one in table.multiples
    )
    return replace(
        table,
        variables=tuple(variables),
        multiples=multiples,
        rows=tuple(zip(*columns, strict=True)),
        notes=notes_of(renaming),
    )


def _numbers(one: Variable) -> dict[str, str]:
    """Return the number of each code of a question of one answer; none for free texts."""
    if one.content is not Content.TEXT or not one.values:
        return {}
    return {value.code: str(place) for place, value in enumerate(one.values, 1)}
