"""``croisee convert`` for tables with labels: SPSS, Stata, CSV and XLSX with their variables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats import FormatRefused, read_table
from croisee.formats.ddi import Described, read_ddi, unread_ddi, write_ddi
from croisee.formats.labelled import Labelled, Variable
from croisee.formats.labelled_fitting import fitted_for_sav, fitted_for_stata
from croisee.formats.labelled_sheet import (
    beside,
    language_of_table,
    read_labelled_sheet,
    write_labelled_csv,
    write_labelled_xlsx,
)
from croisee.formats.redcap import dictionary_beside, read_redcap, redcap_columns
from croisee.formats.redcap_dictionary import is_redcap_dictionary
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.formats.stata import read_dta
from croisee.formats.stata_writing import write_dta
from croisee.language import Language, Phrase, phrase, phrases
from croisee.text import Notice

_STATISTICAL = (".sav", ".zsav", ".dta")
_SHEETS = (".csv", ".xlsx")
TABLE_ENDINGS = (".sav", ".dta", ".csv", ".xlsx")
"""Endings of what is written, besides ``.xml``: the description alone, in DDI-Codebook."""
_SHOWN = 8


def is_table_conversion(source: Path, result: Path) -> bool:
    """Return whether what is asked is about tables, by what the two files are called."""
    written, read = result.suffix.lower(), source.suffix.lower()
    return written in TABLE_ENDINGS or (written == ".xml" and read in (*_STATISTICAL, *_SHEETS))


def convert_table(source: Path, result: Path) -> tuple[Phrase, Sequence[Notice]]:
    """Write a table with labels in another format; what that one cannot carry comes second.

    What was written is read again before it is put in its place, and compared with what was
    read: any difference is a notice.

    Raises:
        FormatRefused: it cannot be read, or there is something at the place of the result.
    """
    table, notices = _read(source)
    ending = result.suffix.lower()
    refuse_taken(result)
    if not table.variables:
        raise FormatRefused(
            phrase("Ce fichier n’a aucune variable."), phrase("Vérifiez que c’est le bon fichier.")
        )
    if ending == ".xml":
        title = table.title or source.stem
        result.write_bytes(write_ddi(table, Described(source.stem, title)))
        return _said(table, rows=False), (*notices, _description_only())
    kept, losses = fitted(table, ending)
    with TemporaryDirectory(dir=result.parent, prefix=".croisee-") as folder:
        drafted = Path(folder) / result.name
        again = written(drafted, kept)
        if ending == ".csv":
            beside(drafted).rename(beside(result))
        drafted.rename(result)
    return _said(table), (*notices, *losses, *differences(kept, again), *for_the_team(table))


def refuse_taken(result: Path) -> None:
    """Refuse to write where something is, also beside a CSV.

    Raises:
        FormatRefused: there is.
    """
    for place in (result, beside(result)) if result.suffix.lower() == ".csv" else (result,):
        if place.exists():
            raise FormatRefused(
                phrase("Ce fichier existe déjà : {file}.", file=str(place)),
                phrase("Choisissez un autre nom."),
            )


def _read(path: Path) -> tuple[Labelled, tuple[Notice, ...]]:
    ending = path.suffix.lower()
    if ending in {".sav", ".zsav"}:
        return read_sav(path), ()
    if ending == ".dta":
        return read_dta(path), ()
    if ending == ".xml":
        table = read_ddi(path)[1]
        only = phrase("Une description n’a aucune réponse : les variables seules sont écrites.")
        apart = Notice(only, phrase("Apportez les réponses à part."))
        return table, (apart, *unread_ddi(path))
    if ending in _SHEETS:
        return _of_redcap(path) or read_labelled_sheet(path)
    raise FormatRefused(
        phrase("Ce fichier n’est pas un tableau que Croisée sait lire."),
        phrase("Donnez un .sav, un .dta, un .csv, un .xlsx, ou une description DDI (.xml)."),
    )


def _of_redcap(path: Path) -> tuple[Labelled, tuple[Notice, ...]] | None:
    """Return a REDCap dictionary, or records with theirs in the same folder, if it is one."""
    if path.suffix.lower() != ".csv" or beside(path).is_file():
        return None
    header = read_table(path).header
    if is_redcap_dictionary(header):
        return read_redcap(None, path)
    dictionary = dictionary_beside(path)
    if dictionary is None or not set(header) & set(redcap_columns(dictionary)):
        return None
    table, notices = read_redcap(path, dictionary)
    said = phrase("Lu comme des données de REDCap, avec le dictionnaire {file}.",
                  file=dictionary.name)  # fmt: skip
    remedy = phrase("Si ce n’en sont pas, mettez le dictionnaire dans un autre dossier.")
    return table, (Notice(said, remedy), *notices)


def fitted(table: Labelled, ending: str) -> tuple[Labelled, tuple[Notice, ...]]:
    """Return a table that a format can hold, and what it cannot carry of the one given."""
    if ending == ".sav":
        return fitted_for_sav(table)
    return fitted_for_stata(table) if ending == ".dta" else (table, ())


def written(path: Path, table: Labelled, language: Language | None = None) -> Labelled:
    """Write a table; return what the file says when it is read again.

    ``language``: of the titles of its variables' table; that of the labels where none is given.
    """
    ending = path.suffix.lower()
    if ending == ".csv":
        write_labelled_csv(path, beside(path), table, language or language_of_table(table))
        return read_labelled_sheet(path)[0]
    if ending == ".xlsx":
        write_labelled_xlsx(path, table, language or language_of_table(table))
        return read_labelled_sheet(path)[0]
    if ending == ".sav":
        write_sav(path, table)
        return read_sav(path)
    write_dta(path, table)
    return read_dta(path)


def _said(table: Labelled, *, rows: bool = True) -> Phrase:
    variables = phrases("{n} variable", "{n} variables", len(table.variables))
    if not rows:
        return phrase("{variables}.", variables=variables)
    answers = phrases("{n} ligne", "{n} lignes", len(table.rows))
    return phrase("{answers}, {variables}.", answers=answers, variables=variables)


def for_the_team(table: Labelled) -> tuple[Notice, ...]:
    """Return what is said of a table that has a line for each person."""
    if not table.rows:
        return ()
    said = phrase("Pour l’équipe seulement : une ligne par personne, sans les règles de "
                  "divulgation.")  # fmt: skip
    return (Notice(said, phrase("Ce qui sort de l’équipe passe par croisee run.")),)


def _description_only() -> Notice:
    return Notice(
        phrase("DDI-Codebook : la description seulement, aucune réponse n’y est."),
        phrase("Les réponses s’écrivent en .sav, .dta, .csv ou .xlsx."),
    )


def differences(before: Labelled, after: Labelled) -> tuple[Notice, ...]:
    """Return what differs between a table and the same table read again, by kind."""
    found: list[Notice] = []
    for what, alike in _WHOLE:
        if not alike(before, after):
            found.append(_lost(what, ()))
    if [one.name for one in before.variables] != [one.name for one in after.variables]:
        return (*found, _lost(phrase("Les noms des variables"), ()))
    pairs = list(zip(before.variables, after.variables, strict=True))
    for name, what in _FIELDS:
        changed = [old.name for old, new in pairs if _of(old, name) != _of(new, name)]
        if changed:
            found.append(_lost(what, changed))
    cells = [
        one.name
        for place, one in enumerate(before.variables)
        if any(old[place] != new[place] for old, new in zip(before.rows, after.rows, strict=False))
    ]
    if cells:
        found.append(_lost(phrase("Des réponses"), cells))
    return tuple(found)


def _of(variable: Variable, name: str) -> object:
    """Return what a variable says; the order of its values is that of the file's program."""
    return frozenset(variable.values) if name == "values" else getattr(variable, name)


_WHOLE: tuple[tuple[Phrase, Callable[[Labelled, Labelled], bool]], ...] = (
    (phrase("Le titre"), lambda a, b: a.title == b.title),
    (phrase("Les notes"), lambda a, b: a.notes == b.notes),
    (phrase("Les ensembles de réponses multiples"), lambda a, b: a.multiples == b.multiples),
    (phrase("Le nombre de lignes"), lambda a, b: len(a.rows) == len(b.rows)),
)  # fmt: skip
_FIELDS = (
    ("label", phrase("Le libellé")),
    ("content", phrase("La sorte de contenu")),
    ("values", phrase("Les libellés des valeurs")),
    ("measure", phrase("Le niveau de mesure")),
    ("missing", phrase("Les valeurs manquantes")),
    ("question", phrase("Le texte complet de la question")),
    ("decimals", phrase("Le nombre de décimales montrées")),
)


def _lost(what: Phrase, names: Sequence[str]) -> Notice:
    remedy = phrase("Gardez le fichier de départ.")
    if not names:
        return Notice(phrase("Pas gardé dans ce format : {what}.", what=what), remedy)
    shown = ", ".join(names[:_SHOWN]) + ("…" if len(names) > _SHOWN else "")
    said = phrase("Pas gardé dans ce format : {what} ({names}).", what=what, names=shown)
    return Notice(said, remedy)
