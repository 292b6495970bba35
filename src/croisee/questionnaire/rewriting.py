"""Writing a question in the rows of a workbook: only what differs from what is there."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from croisee.language import Label, phrase
from croisee.questionnaire.asked import (
    BLOCKS,
    LISTED,
    PLAIN,
    TOTAL,
    Asked,
    Choice,
    Sort,
    Span,
    list_of,
    parts_of,
)
from croisee.questionnaire.codebook import PREFIX, SCALE, code_of
from croisee.questionnaire.conditions import condition_written, limits_written
from croisee.questionnaire.grid import Grid
from croisee.questionnaire.holding import EditRefused

_LONGEST = 30
"""Letters of a code made from a label."""
_POSITIONS = (
    Choice("pour", Label("Je suis pour", "I am for")),
    Choice("nuance", Label("Cela dépend", "It depends")),
    Choice("contre", Label("Je suis contre", "I am against")),
)
_ANSWERS = (Choice("oui", Label("Oui", "Yes")), Choice("non", Label("Non", "No")))
_WHY = Label("Pourquoi ?", "Why?")
_HUNDRED = Decimal(100)


def new_rows(survey: Grid, choices: Grid, asked: Asked) -> list[list[str]]:
    """Return the rows of a question to be added: types, names and appearances, no words yet."""
    name = asked.name
    listed = _free(name, _lists(choices))
    if asked.sort in PLAIN or asked.sort in LISTED:
        return [_row(survey, _type(asked.sort, listed), name, _appearance(asked.sort))]
    inside: list[list[str]] = []
    if asked.sort is Sort.POSITION:
        why = _row(survey, "text", f"{name}_pourquoi", "multiline")
        survey.put_label(why, "label", _WHY)
        survey.put(why, "relevant", f"${{{name}_position}} != ''")
        inside = [_row(survey, f"select_one {listed}", f"{name}_position"), why]
    if asked.sort is Sort.CONSENT:
        inside = [
            _row(survey, "note", f"{name}_texte"),
            _row(survey, f"select_one {listed}", f"{name}_accord"),
        ]
    begin = _row(survey, "begin_group", name, BLOCKS.get(asked.sort, ""))
    return [begin, *inside, _row(survey, "end_group")]


def _row(survey: Grid, kind: str, name: str = "", appearance: str = "") -> list[str]:
    row = survey.blank()
    for column, cell in (("type", kind), ("name", name), ("appearance", appearance)):
        survey.put(row, column, cell)
    return row


def _type(sort: Sort, listed: str) -> str:
    return f"{LISTED[sort]} {listed}" if sort in LISTED else PLAIN[sort]


def _appearance(sort: Sort) -> str:
    return {Sort.SCALE: SCALE, Sort.TEXT: "multiline"}.get(sort, "")


def rewrite(survey: Grid, choices: Grid, span: Span, asked: Asked, old: Asked) -> None:
    """Write a question over its rows."""
    head = survey.rows[span.first]
    parts = [row for _, row in parts_of(survey, span.first, span.last)] if span.whole else []
    shown = head
    if span.sort in {Sort.POSITION, Sort.CONSENT}:
        shown = parts[0] if span.sort is Sort.POSITION else parts[-1]
    if asked.sort is not old.sort:
        _change_sort(survey, choices, shown, asked.sort)
    if asked.label != old.label:
        survey.put_label(shown, "label", asked.label)
    if asked.hint != old.hint:
        _write_hint(survey, span, shown, asked)
    if asked.sort is Sort.BUDGET:
        _write_parts(survey, span, asked, old)
    elif asked.choices != old.choices or (not asked.choices and asked.sort in BLOCKS):
        default = _POSITIONS if asked.sort is Sort.POSITION else _ANSWERS
        written = asked.choices or (default if asked.sort in BLOCKS else ())
        _write_choices(survey, choices, shown, written)
    _write_when(survey, head, shown, asked, old)
    _write_columns(survey, span, shown, asked, old)


def _change_sort(survey: Grid, choices: Grid, row: list[str], sort: Sort) -> None:
    listed = list_of(survey.get(row, "type")) or _free(survey.get(row, "name"), _lists(choices))
    survey.put(row, "type", _type(sort, listed))
    kept = [one for one in survey.get(row, "appearance").split() if one not in {SCALE, "multiline"}]
    survey.put(row, "appearance", " ".join([*kept, *filter(None, [_appearance(sort)])]))


def _write_hint(survey: Grid, span: Span, shown: list[str], asked: Asked) -> None:
    if asked.sort is not Sort.CONSENT:
        survey.put_label(shown, "hint", asked.hint)
        return
    first = survey.rows[span.first + 1]
    if survey.get(first, "type") != "note":
        first = _row(survey, "note", f"{asked.name}_texte")
        survey.rows.insert(span.first + 1, first)
    survey.put_label(first, "label", asked.hint)


def _write_when(survey: Grid, head: list[str], shown: list[str], asked: Asked, old: Asked) -> None:
    if asked.condition != old.condition:
        survey.put(head, "relevant", _condition(survey, asked))
    elif asked.relevant != old.relevant:
        survey.put(head, "relevant", asked.relevant)
    if asked.required != old.required and asked.sort is not Sort.BUDGET:
        survey.put(shown, "required", "yes" if asked.required else "")
    if asked.sort is Sort.BUDGET:
        return
    if asked.limits is not None and asked.limits != old.limits:
        several = asked.sort is Sort.MULTIPLE
        expression, said = limits_written(asked.limits, several=several)
        survey.put(shown, "constraint", expression)
        survey.put_label(shown, "constraint_message", said)
    elif asked.constraint != old.constraint:
        survey.put(shown, "constraint", asked.constraint)


def _condition(survey: Grid, asked: Asked) -> str:
    if asked.condition is None or not asked.condition.codes:
        return ""
    kinds = {survey.get(row, "name"): survey.get(row, "type") for row in survey.rows}
    several = kinds.get(asked.condition.question, "").startswith("select_multiple")
    return condition_written(asked.condition, several=several)


def _write_columns(survey: Grid, span: Span, shown: list[str], asked: Asked, old: Asked) -> None:
    rows = [shown]
    if asked.sort is Sort.BUDGET:
        rows = [row for _, row in parts_of(survey, span.first, _end_of(survey, span.first))]
    new, before = dict(asked.columns), dict(old.columns)
    for column in dict.fromkeys((*before, *new)):
        if new.get(column, "") != before.get(column, ""):
            for row in rows:
                survey.put(row, f"{PREFIX}{column}", new.get(column, ""))


def _end_of(survey: Grid, first: int) -> int:
    rest = range(first, len(survey.rows))
    return next(at for at in rest if survey.get(survey.rows[at], "type").startswith("end"))


def _write_choices(survey: Grid, choices: Grid, row: list[str], wanted: Iterable[Choice]) -> None:
    """Write the list of a question; one that others use is left to them."""
    listed = list_of(survey.get(row, "type"))
    users = [one for one in survey.rows if survey.get(one, "type").split()[1:2] == [listed]]
    before = [one for one in choices.rows if choices.get(one, "list_name") == listed]
    if len(users) > 1:
        listed = _free(survey.get(row, "name"), _lists(choices))
        survey.put(row, "type", f"{survey.get(row, 'type').split()[0]} {listed}")
        before = [list(one) for one in before]
        place = len(choices.rows)
    else:
        place = choices.rows.index(before[0]) if before else len(choices.rows)
        choices.rows = [one for one in choices.rows if all(one is not other for other in before)]
    choices.rows[place:place] = _listed(choices, listed, before, wanted)


def _listed(
    choices: Grid, listed: str, before: list[list[str]], wanted: Iterable[Choice]
) -> list[list[str]]:
    """Return the rows of a list: those it has, changed, and new ones under codes never had."""
    by_code = {choices.get(one, "name"): one for one in before}
    taken, used = set(by_code), set[str]()
    rows = []
    for choice in wanted:
        code = choice.code or _free(_slug(choice.label.fr), taken)
        if code in used or " " in code:
            raise _not_a_code(code)
        taken.add(code)
        used.add(code)
        row = by_code.get(code) or choices.blank()
        choices.put(row, "list_name", listed)
        choices.put(row, "name", code)
        if choices.label(row, "label") != choice.label:
            choices.put_label(row, "label", choice.label)
        rows.append(row)
    return rows


def _slug(label: str) -> str:
    return code_of(label)[:_LONGEST].strip("-")


def _lists(choices: Grid) -> set[str]:
    return {choices.get(row, "list_name") for row in choices.rows}


def _not_a_code(code: str) -> EditRefused:
    return EditRefused(
        phrase("« {code} » ne peut pas être le code de ce choix.", code=code),
        phrase("Écrivez un code court, sans espace, différent pour chaque choix."),
    )


def _free(wanted: str, taken: set[str]) -> str:
    name, number = wanted or "x", 1
    while name in taken:
        number += 1
        name = f"{wanted or 'x'}-{number}"
    return name


def _write_parts(survey: Grid, span: Span, asked: Asked, old: Asked) -> None:
    """Write the objectives of a budget, and the rule that makes them add up."""
    if (asked.choices, asked.total) == (old.choices, old.total):
        return
    rows = {survey.get(row, "name"): row for _, row in parts_of(survey, span.first, span.last)}
    taken = {survey.get(row, "name") for row in survey.rows}
    inside = []
    for choice in asked.choices:
        slug = _slug(choice.label.fr).replace("-", "_")
        name = choice.code or _free(f"{asked.name}_{slug}", taken)
        taken.add(name)
        row = rows.get(name) or _row(survey, "integer", name)
        if name not in rows:
            for column, cell in old.columns:
                survey.put(row, f"{PREFIX}{column}", cell)
        if survey.label(row, "label") != choice.label:
            survey.put_label(row, "label", choice.label)
        inside.append(row)
    survey.rows[span.first + 1 : span.last] = inside
    total = asked.total or _HUNDRED
    survey.put(survey.rows[span.first], TOTAL, f"{total:f}")
    _add_up(survey, inside, total)


def _add_up(survey: Grid, rows: list[list[str]], total: Decimal) -> None:
    """Each part stands between nothing and all; the last one completes the total.

    ODK clients check it as we do: the last part is asked for once another is filled.
    """
    names = [survey.get(row, "name") for row in rows]
    for name, row in zip(names, rows, strict=True):
        others = [f"${{{other}}}" for other in names if other != name]
        if row is rows[-1]:
            sum_of = " + ".join([".", *(f"coalesce({other}, 0)" for other in others)])
            constraint = f". >= 0 and {sum_of} = {total:f}"
            said = phrase("Le total doit faire {total}.", total=total)
            survey.put(row, "required", " or ".join(f"{other} != ''" for other in others))
        else:
            constraint = f". >= 0 and . <= {total:f}"
            said = phrase("Écrivez un nombre de {low} à {high}.", low=0, high=total)
            survey.put(row, "required", "")
        survey.put(row, "constraint", constraint)
        survey.put_label(row, "constraint_message", Label(said.to("fr"), said.to("en")))
