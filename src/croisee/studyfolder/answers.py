"""``reponses/``: one wide table for each wave of each questionnaire."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pyarrow as pa

from croisee.dataset import answers_name, answers_schema
from croisee.language import Label, phrase
from croisee.study import Instrument, Subject
from croisee.studyfolder import messages, words
from croisee.studyfolder.encoded import EncodedColumn, Wrong, number_reader
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import ANSWERS
from croisee.studyfolder.margins import read_weights, warn_of_weights
from croisee.studyfolder.names import Names
from croisee.studyfolder.problems import Place, Problems, Said
from croisee.studyfolder.questions import question_columns
from croisee.studyfolder.settings import codes
from croisee.studyfolder.table import Table
from croisee.text import parse_number

_FOLDERS = ("reponses", "answers", "réponses")
_WEIGHT = pa.decimal128(24, 12)


def read_answers(folder: Folder, names: Names) -> dict[str, pa.Table]:
    """Read every wave; the key of each is its Dataset table's name."""
    tables: dict[str, pa.Table] = {}
    files: dict[str, str] = {}
    for key, inside in folder.under(_FOLDERS):
        if inside.suffix.lower() not in {".csv", ".xlsx"} or len(inside.parts) > 1:
            continue
        wave = _wave(folder, names, key, inside.stem)
        sheet = folder.sheet(key)
        if wave is None or sheet is None:
            continue
        instrument, edition = wave
        name = answers_name(instrument.code, edition)
        if name in files:
            folder.problems.refuse(Place(key), _same_wave(files[name]))
            continue
        files[name] = key
        table = Table.of(key, sheet, ANSWERS, folder.problems, free=True)
        if table.complete:
            given = None
            if instrument.weighted:
                given = read_weights(folder, instrument.code, edition)
            else:
                warn_of_weights(folder, instrument.code, edition)
            tables[name] = _Wave(table, instrument, edition, names, given).read()
    return tables


def _wave(folder: Folder, names: Names, key: str, stem: str) -> tuple[Instrument, str] | None:
    """Return the instrument and the edition a file name tells."""
    pairs = list(_splits(stem))
    if len(names.editions) == 1:
        pairs.append((words.read_code(stem) or "", next(iter(names.editions))))
    for instrument, edition in pairs:
        if instrument in names.instruments and edition in names.editions:
            return names.instruments[instrument], edition
    wanted = [f"{one}_{edition}" for one in names.instruments for edition in names.editions]
    near = folder.problems.near(stem.lower(), wanted)
    said = (
        phrase("Ce nom ne dit pas un instrument et une édition de l’étude."),
        messages.meant(near, phrase("Nommez le fichier <instrument>_<édition>.csv.")),
    )
    folder.use(key)
    folder.problems.refuse(Place(key), said)
    return None


def _splits(stem: str) -> Iterator[tuple[str, str]]:
    for place, sign in enumerate(stem):
        if sign in "_@":
            yield words.read_code(stem[:place]) or "", words.read_code(stem[place + 1 :]) or ""


def _same_wave(first: str) -> Said:
    return (
        phrase("Ces réponses sont déjà dans « {first} ».", first=first),
        phrase("Gardez un seul des deux fichiers, ou réunissez leurs lignes."),
    )


def _no_weights() -> Said:
    return (
        phrase("Il manque la colonne « {name} ».", name=Label("poids", "weight")),
        phrase(
            "Ajoutez-la ; ou écrivez poids = false, faites les poids avec croisee weights, puis "
            "poids = true."
        ),
    )


def _all_zero() -> Said:
    return (
        phrase("Tous ces poids valent zéro : aucune réponse ne compterait."),
        phrase("Écrivez des poids plus grands que zéro, ou poids = false."),
    )


class _Wave:
    """One file of answers being read."""

    def __init__(
        self,
        table: Table,
        instrument: Instrument,
        edition: str,
        names: Names,
        given: dict[str, Decimal] | None = None,
    ) -> None:
        self.table = table
        self.given = given
        self.problems: Problems = table.problems
        self.instrument = instrument
        self.edition = edition
        self.names = names
        self.lines = table.sheet.lines

    def read(self) -> pa.Table:
        """Return the wave as the Dataset holds it."""
        respondents = self._codes("repondant", required=True)
        cases = self._cases()
        organisations = self._codes("organisme")
        if self.instrument.subject is Subject.ORGANISATION:
            organisations = [
                own or respondent
                for own, respondent in zip(organisations, respondents, strict=True)
            ]
        self._check_respondents(respondents, organisations)
        components = self._components(cases, organisations)
        columns: dict[str, pa.Array] = {
            "respondent": pa.array(respondents, pa.string()),
            "case": pa.array(cases, pa.string()),
            "component": pa.array(components, pa.string()),
            "organisation": pa.array(organisations, pa.string()),
        }
        if self.instrument.weighted:
            columns["weight"] = self._weights(respondents)
        wholes, parts = self._question_names()
        for question in self.instrument.questions:
            whole = wholes.get(question.code)
            columns |= question_columns(self.table, question, whole, parts.get(question.code, {}))
        schema = answers_schema(self.instrument)
        return pa.table([columns[name] for name in schema.names], schema=schema)

    def _codes(self, column: str, *, required: bool = False) -> list[str]:
        name = self.table.written.get(column)
        if name is None:
            return [""] * len(self.lines)

        def read(text: str) -> str:
            code = words.read_code(text)
            if required and not text:
                raise Wrong(messages.empty_cell())
            if text and code is None:
                raise Wrong(messages.not_a_code(text, words.propose_code(text)))
            return code or ""

        found = EncodedColumn(self.table, name).read(read, pa.string()).to_pylist()
        return [code or "" for code in found]

    def _cases(self) -> list[str]:
        cases = self.names.cases

        def read(text: str) -> str:
            code = words.read_code(text)
            if not text:
                raise Wrong(messages.empty_cell())
            if code not in cases:
                near = self.problems.near(words.propose_code(text), cases)
                raise Wrong(messages.unknown_code(text, near, "etude.toml"))
            return code or ""

        column = EncodedColumn(self.table, self.table.written["cas"])
        return [code or "" for code in column.read(read, pa.string()).to_pylist()]

    def _components(self, cases: list[str], organisations: list[str]) -> list[str]:
        """Return components as written, else as the frame says of the organisation."""
        known = {code: codes(case.components) for code, case in self.names.cases.items()}
        written = self._codes("composante")
        result = []
        for row, (case, component, organisation) in enumerate(
            zip(cases, written, organisations, strict=True)
        ):
            if component and case and component not in known[case]:
                near = self.problems.near(component, known[case])
                said = messages.unknown_code(component, near, "etude.toml")
                self.problems.refuse(self.table.place(self.lines[row], "composante"), said)
            frame = self.names.organisations.get((case, self.edition))
            if frame is not None and case:
                self._check_frame(row, case, organisation, frame)
                component = component or frame.get(organisation, "")  # noqa: PLW2901
            result.append(component)
        return result

    def _check_frame(self, row: int, case: str, organisation: str, frame: dict[str, str]) -> None:
        """Refuse an organisation's answer from outside its frame; warn of a person's."""
        if not organisation or organisation in frame:
            return
        column = "organisme" if "organisme" in self.table.written else "repondant"
        near = self.problems.near(organisation, frame)
        said = (
            phrase(
                "« {organisation} » n’est pas dans la base de sondage de {case} pour {edition}.",
                organisation=messages.shown(organisation),
                case=case,
                edition=self.edition,
            ),
            messages.meant(
                near, phrase("Ajoutez cet organisme dans le fichier cadre, ou corrigez le code.")
            ),
        )
        place = self.table.place(self.lines[row], column)
        if self.instrument.subject is Subject.ORGANISATION:
            self.problems.refuse(place, said)
        elif not self.names.cases[case].individuals:
            self.problems.warn(place, said)

    def _check_respondents(self, respondents: list[str], organisations: list[str]) -> None:
        people = self.names.people
        named = self.instrument.subject is Subject.PERSON and not people.keys().isdisjoint(
            respondents
        )
        self._refuse_doubles("repondant", respondents)
        if self.instrument.subject is Subject.ORGANISATION and organisations != respondents:
            self._refuse_doubles("organisme", organisations)
        for row, respondent in enumerate(respondents if named else ()):
            if respondent and respondent not in people:
                said = messages.unknown_code(respondent, "", "participants")
                self.problems.warn(self.table.place(self.lines[row], "repondant"), said)

    def _refuse_doubles(self, column: str, found: list[str]) -> None:
        seen: dict[str, int] = {}
        for row, code in enumerate(found):
            if code in seen:
                place = self.table.place(self.lines[row], column)
                self.problems.refuse(place, messages.twice(code, seen[code]))
            elif code:
                seen[code] = self.lines[row]

    def _weights(self, respondents: list[str]) -> pa.Array:
        name = self.table.written.get("poids")
        if self.given is not None:
            return self._given_weights(respondents, self.given, name)
        if name is None:
            self.problems.refuse(Place(self.table.file, 1, "poids"), _no_weights())
            return pa.array([Decimal(0)] * len(self.lines), _WEIGHT)
        parse = number_reader(parse_number, (), scale=12, digits=12)

        def read(text: str) -> Decimal:
            weight = parse(text)
            if weight is None:
                raise Wrong(messages.empty_cell())
            if weight < 0:
                raise Wrong(messages.out_of_range(text, 0, "…"))
            return Decimal(weight)

        weights = EncodedColumn(self.table, name).read(read, _WEIGHT)
        if len(weights) and all(weight == 0 for weight in weights.to_pylist()):
            self.problems.refuse(Place(self.table.file, 1, name), _all_zero())
        return weights

    def _given_weights(
        self, respondents: list[str], given: dict[str, Decimal], column: str | None
    ) -> pa.Array:
        """Return the weights of ``poids/``, one for each respondent."""
        if column is not None:
            said = (
                phrase("Ces réponses ont une colonne de poids, et un fichier dans poids/."),
                phrase("Gardez l’un des deux."),
            )
            self.problems.refuse(Place(self.table.file, 1, column), said)
        for row, respondent in enumerate(respondents):
            if respondent and respondent not in given:
                said = (
                    phrase("« {code} » n’a pas de poids dans poids/.", code=respondent),
                    phrase("Refaites les poids : croisee weights."),
                )
                self.problems.refuse(self.table.place(self.lines[row], "repondant"), said)
        found = [given.get(respondent, Decimal(0)) for respondent in respondents]
        if found and not any(found):
            self.problems.refuse(Place(self.table.file), _all_zero())
        return pa.array(found, _WEIGHT)

    def _question_names(self) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
        """Match columns to questions (and options), and say which are read by nobody."""
        questions = {question.code: question for question in self.instrument.questions}
        wholes: dict[str, str] = {}
        parts: dict[str, dict[str, str]] = {}
        unread: dict[str, str] = {}
        for name in self.table.others:
            base, _, option = words.column_key(name).partition("__")
            code = words.read_code(base.replace(".", "-")) or base
            choice = words.read_code(option) or ""
            if code not in questions or (option and choice not in codes(questions[code].options)):
                unread[words.column_key(name).replace("_", "-")] = name
            elif (choice in parts.get(code, {})) if option else (code in wholes):
                self.problems.refuse(Place(self.table.file, 1, name), messages.twice(name, None))
            elif option:
                parts.setdefault(code, {})[choice] = name
            else:
                wholes[code] = name
        self._say_what_is_unread(unread, set(questions) - set(wholes) - set(parts))
        return wholes, parts

    def _say_what_is_unread(self, unread: dict[str, str], absent: set[str]) -> None:
        for key, name in unread.items():
            near = self.problems.near(key, sorted(absent))
            place = Place(self.table.file, 1, name)
            if near:
                self.problems.refuse(place, messages.unknown_column(name, near))
                absent = absent - {near}
            else:
                self.problems.warn(place, messages.unknown_column(name, ""))
        for code in sorted(absent):
            said = (
                phrase("Aucune colonne pour la question « {code} ».", code=code),
                phrase("Ajoutez la colonne, si la question a été posée à cette édition."),
            )
            self.problems.warn(Place(self.table.file, 1, code), said)
