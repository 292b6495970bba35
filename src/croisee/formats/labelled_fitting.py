"""A labelled table made to fit what SPSS or Stata can hold; what had to change is said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from croisee.formats import sav_writing, stata_writing
from croisee.formats.labelled import Content, Labelled, Value, Variable
from croisee.formats.sav import is_missing
from croisee.formats.sav_writing import MAX_TEXT, MAX_VALUE_LABEL, cut, kept_missing
from croisee.formats.stata_writing import LARGEST_CODE, is_lettered
from croisee.language import Phrase, phrase
from croisee.text import Notice

_SHOWN = 8
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPSS = frozenset("ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH".split())  # noqa: SIM905
_STATA = frozenset(
    """_all _b byte _coef _cons double float if in int long _n _N _pi _pred _rc _skip str strL
    using with""".split()  # noqa: SIM905
)
_WHOLE = re.compile(r"-?[0-9]{1,10}")


@dataclass(slots=True)
class _Changes:
    """What changed, sentence by sentence, and the names of what it changed in."""

    found: dict[Phrase, list[str]] = field(default_factory=dict)

    def add(self, what: Phrase, name: str) -> None:
        self.found.setdefault(what, []).append(name)

    def told(self) -> tuple[Notice, ...]:
        return tuple(_notice(what, names) for what, names in self.found.items())


def _notice(what: Phrase, names: Sequence[str]) -> Notice:
    shown = ", ".join(names[:_SHOWN])
    if len(names) > _SHOWN:
        said = phrase("{what} {names}… ({n} en tout).", what=what, names=shown, n=len(names))
    else:
        said = phrase("{what} {names}.", what=what, names=shown)
    return Notice(said, phrase("Gardez le fichier de départ."))


def fitted_for_sav(table: Labelled) -> tuple[Labelled, tuple[Notice, ...]]:
    """Return a table that SPSS can hold, and what it cannot carry of the one given.

    Names keep 64 bytes; two that become the same are told apart by a number. Stata's missing
    values (``.a`` to ``.z``) become whole numbers that the variable does not have. Where there
    are more than three missing values, and nothing else lies between them, they are a range.
    """
    changes = _Changes()
    fitted = _renamed(table, changes, _sav_name, phrase("Variables renommées pour SPSS :"))
    variables, columns = [], []
    for place, one in enumerate(fitted.variables):
        cells = [row[place] for row in fitted.rows]
        variable, cells = _sav_variable(one, cells, changes)
        variables.append(variable)
        columns.append(cells)
    return _rebuilt(fitted, variables, columns), changes.told()


def fitted_for_stata(table: Labelled) -> tuple[Labelled, tuple[Notice, ...]]:
    """Return a table that Stata can hold, and what it cannot carry of the one given.

    Names keep 32 letters, labels 80. A declared missing value becomes ``.a`` to ``.z`` in the
    order of its number, with its label; the same letter stands for the same value in every
    variable that declares the same ones. Labels of texts and of values that are no whole numbers
    have no place, nor have levels of measurement and multiple response sets.
    """
    changes = _Changes()
    fitted = _renamed(table, changes, _stata_name, phrase("Variables renommées pour Stata :"))
    for one_set in fitted.multiples:
        changes.add(phrase("Stata n’a pas d’ensemble de réponses multiples :"), one_set.name)
    variables, columns = [], []
    for place, one in enumerate(fitted.variables):
        cells = [row[place] for row in fitted.rows]
        variable, cells = _stata_variable(one, cells, changes)
        variables.append(variable)
        columns.append(cells)
    return _rebuilt(replace(fitted, multiples=()), variables, columns), changes.told()


def _rebuilt(
    table: Labelled, variables: Iterable[Variable], columns: Sequence[Sequence[str]]
) -> Labelled:
    rows = tuple(zip(*columns, strict=True)) if columns else table.rows
    return replace(table, variables=tuple(variables), rows=rows)


def _renamed(
    table: Labelled, changes: _Changes, named: Callable[[str], str], what: Phrase
) -> Labelled:
    names: dict[str, str] = {}
    taken: set[str] = set()
    for one in table.variables:
        base = name = named(one.name)
        place = 2
        while name.lower() in taken:
            ending = f"_{place}"
            name, place = cut(base, 32 - len(ending)) + ending, place + 1
        taken.add(name.lower())
        names[one.name] = name
        if name != one.name:
            changes.add(what, f"{one.name} → {name}")
    variables = tuple(replace(one, name=names[one.name]) for one in table.variables)
    multiples = tuple(
        replace(one, variables=tuple(names[name] for name in one.variables))
        for one in table.multiples
    )
    return replace(table, variables=variables, multiples=multiples)


def _sav_name(wanted: str) -> str:
    bare = re.sub(r"[^\w.$#@]+", "_", wanted)
    if not re.match(r"[^\W\d_]|@", bare):
        bare = f"v{bare}"
    bare = cut(bare, sav_writing.MAX_NAME).rstrip(".")
    return f"{bare}_" if bare.upper() in _SPSS else bare


def _stata_name(wanted: str) -> str:
    bare = re.sub(r"\W+", "_", wanted)
    if not re.match(r"[^\W\d]", bare):
        bare = f"v{bare}"
    bare = bare[: stata_writing.MAX_NAME]
    return f"{bare}_"[: stata_writing.MAX_NAME] if bare in _STATA else bare


def _sav_variable(one: Variable, cells: list[str], changes: _Changes) -> tuple[Variable, list[str]]:
    one, cells = _numbered(one, cells, changes)
    if one.content is Content.TEXT:
        if any(len(cell.encode()) > MAX_TEXT for cell in cells):
            changes.add(phrase("Textes coupés à 32 767 octets :"), one.name)
        cells = [cut(cell, MAX_TEXT).rstrip() for cell in cells]
    if len(one.label.encode()) > sav_writing.MAX_LABEL:
        changes.add(phrase("Libellés coupés à 255 octets :"), one.name)
        one = replace(one, label=cut(one.label, sav_writing.MAX_LABEL).rstrip())
    if any(len(value.label.encode()) > MAX_VALUE_LABEL for value in one.values):
        changes.add(phrase("Libellés de valeurs coupés à 120 octets :"), one.name)
    one = replace(one, missing=_joined(one, cells))
    if (kept := kept_missing(one)) != one.missing:
        changes.add(phrase("SPSS garde trois valeurs manquantes, ou une plage et une :"), one.name)
    values = tuple(
        replace(
            value,
            label=cut(value.label, MAX_VALUE_LABEL).rstrip(),
            missing=is_missing(value.code, kept),
        )
        for value in one.values
    )
    return replace(one, missing=kept, values=values), cells


def _numbered(one: Variable, cells: list[str], changes: _Changes) -> tuple[Variable, list[str]]:
    """Give numbers to Stata's missing values: the greatest negative ones that are free."""
    if one.content is Content.TEXT:
        return one, cells
    letters = sorted(code for code, _ in one.missing if is_lettered(code))
    if not letters:
        return one, cells
    if one.content is not Content.NUMBER:
        changes.add(phrase("Valeurs manquantes d’une date, laissées vides :"), one.name)
        values = tuple(value for value in one.values if not value.missing)
        blank = ["" if is_lettered(cell) else cell for cell in cells]
        return replace(one, missing=(), values=values), blank
    used = {*cells, *(value.code for value in one.values)}
    free = (str(-place) for place in range(1, len(used) + 60) if str(-place) not in used)
    theirs = dict(zip(letters, free, strict=False))
    said = ", ".join(f"{ours} = {number}" for ours, number in theirs.items())
    changes.add(phrase("Valeurs manquantes de Stata écrites en nombres :"), f"{one.name} ({said})")
    return _recoded(one, cells, theirs)


def _recoded(
    one: Variable, cells: Iterable[str], theirs: dict[str, str]
) -> tuple[Variable, list[str]]:
    values = tuple(
        Value(theirs.get(value.code, value.code), value.label, value.missing)
        for value in one.values
    )
    missing = tuple((theirs.get(low, low), theirs.get(high, high)) for low, high in one.missing)
    recoded = replace(one, values=values, missing=missing)
    return recoded, [theirs.get(cell, cell) for cell in cells]


def _joined(one: Variable, cells: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return more than three missing values as a range, where only they lie in it."""
    single = all(low == high for low, high in one.missing)
    if one.content is Content.TEXT or len(one.missing) <= 3 or not single:
        return one.missing
    low, *_, high = sorted((low for low, _ in one.missing), key=float)
    inside = {*cells, *(value.code for value in one.values)} - {low for low, _ in one.missing}
    if any(is_missing(cell, [(low, high)]) for cell in inside if cell):
        return one.missing
    return ((low, high),)


def _stata_variable(
    one: Variable, cells: list[str], changes: _Changes
) -> tuple[Variable, list[str]]:
    if one.content not in {Content.TEXT, Content.NUMBER} and not _all_told(one, cells):
        changes.add(phrase("Dates ou heures gardées comme des textes :"), one.name)
        one = replace(one, content=Content.TEXT)
    if len(one.label) > stata_writing.MAX_LABEL:
        changes.add(phrase("Libellés coupés à 80 signes :"), one.name)
        one = replace(one, label=one.label[: stata_writing.MAX_LABEL].rstrip())
    if one.content is Content.TEXT:
        if one.missing:
            changes.add(phrase("Stata n’a pas de valeur manquante dans un texte :"), one.name)
        if one.values:
            changes.add(phrase("Stata n’a pas de libellé pour les valeurs d’un texte :"), one.name)
        return replace(one, missing=(), values=()), cells
    one, cells = _lettered(one, cells, changes)
    values = tuple(value for value in one.values if _has_label(value.code))
    if len(values) < len(one.values):
        changes.add(phrase("Libellés de valeurs qui ne sont pas des entiers, perdus :"), one.name)
    return replace(one, values=values), cells


def _all_told(one: Variable, cells: Iterable[str]) -> bool:
    try:
        for cell in cells:
            if cell and not is_lettered(cell):
                stata_writing.number(cell, one.content)
    except ValueError:
        return False
    return True


def _lettered(one: Variable, cells: list[str], changes: _Changes) -> tuple[Variable, list[str]]:
    """Turn missing values into letters: those declared one by one, then those seen in a range."""
    if not one.missing or all(is_lettered(code) for code, _ in one.missing):
        return one, cells
    declared = {low for low, high in one.missing if low == high}
    ranges = [span for span in one.missing if span[0] != span[1]]
    seen = {*cells, *(value.code for value in one.values)}
    declared |= {code for code in seen if code and is_missing(code, ranges)}
    kept = {code for code in declared if is_lettered(code)}
    numbers = sorted(declared - kept, key=_order)
    free = [f".{letter}" for letter in _LETTERS if f".{letter}" not in kept]
    theirs = dict(zip(numbers, free, strict=False))
    if len(theirs) < len(numbers):
        changes.add(phrase("Plus de 26 valeurs manquantes ; les autres sont des réponses :"),
                    one.name)  # fmt: skip
    if ranges:
        changes.add(phrase("Stata n’a pas de plage de valeurs manquantes :"), one.name)
    said = ", ".join(f"{number} = {letter}" for number, letter in theirs.items())
    changes.add(phrase("Valeurs manquantes écrites en lettres de Stata :"), f"{one.name} ({said})")
    one, cells = _recoded(replace(one, missing=()), cells, theirs)
    letters = sorted({*theirs.values(), *kept})
    values = tuple(replace(value, missing=value.code in letters) for value in one.values)
    return replace(one, missing=tuple((code, code) for code in letters), values=values), cells


def _order(code: str) -> float:
    try:
        return float(code)
    except ValueError:
        return 0.0


def _has_label(code: str) -> bool:
    return is_lettered(code) or (
        bool(_WHOLE.fullmatch(code)) and -LARGEST_CODE <= int(code) <= LARGEST_CODE
    )
