"""A questionnaire, and its answers, as a new study folder: what identifies is left out and said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats import FormatRefused, write_csv
from croisee.formats.xlsform import Workbook
from croisee.language import Label, Language, Phrase, phrase
from croisee.questionnaire.checking import Fault
from croisee.questionnaire.codebook import Line, code_of, is_language
from croisee.questionnaire.compiling import FormRefused, compile_form
from croisee.questionnaire.describing import InstrumentRefused, instrument_of, lines_of
from croisee.questionnaire.exchanges import Brought, Trouble
from croisee.questionnaire.exchanges.folder import folder_table
from croisee.questionnaire.exchanges.recognising import read_answers, source_of
from croisee.questionnaire.form import Form, Kind
from croisee.questionnaire.sheet import Prepared, prepare
from croisee.questionnaire.submission import read_submission
from croisee.questionnaire.xform import read_form
from croisee.run.identifying import asks_who, says_who
from croisee.study import (
    Case,
    Diffusion,
    Edition,
    Instrument,
    Method,
    MethodKind,
    Study,
    Subject,
)
from croisee.studyfolder import StudyExists, StudyFolder, read_study, write_study
from croisee.studyfolder.problems import REFUSAL
from croisee.text import Notice
from croisee.text.written_in import written_in

_CASE, _EDITION, _METHOD = "reseau", "1", "sondage"
_NAMES: dict[Language, tuple[str, str]] = {
    "fr": ("Édition 1", "Sondage"),
    "en": ("Edition 1", "Survey"),
}
_NEVER_ASKED = datetime(2000, 1, 1, tzinfo=UTC)
"""What « now » is for a calculation of the form: none of them is kept."""
_BOUNDS = frozenset({"exactement", "min", "max"})
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a questionnaire: its questions, the rows of answers, what is not there."""

    questions: int
    answers: int
    notices: tuple[Notice, ...]


def write_study_of_questionnaire(book: Workbook, answers: Sequence[Path], path: Path) -> Written:
    """Write a study folder from a form, and the files of one export of its answers, if any.

    One network, one edition: an export does not say who answered for whom. Places, files and
    what a code says to be a name, a phone, a birth are not kept, nor what the tool adds; a row is
    a number. The folder appears complete, and can be run, or not at all.

    Raises:
        FormatRefused: a form or a table that cannot be read, everything wrong said with its place.
        StudyExists: there is something at ``path``.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StudyExists(phrase("Ce dossier existe déjà : {folder}.", folder=str(path)))
    try:
        xml = compile_form(book).xml
        lines = lines_of(book, xml)
    except FormRefused as refused:
        raise _not_a_form(refused.faults) from refused
    title, code = _called(book)
    kept, left = _kept_lines(lines)
    form = read_form(xml)
    prepared = prepare(form)
    brought = Brought(())
    told: list[Notice] = []
    if answers:
        brought = read_answers(answers, source_of(answers[0]), prepared, kept, at=_NEVER_ASKED)
        told = [*_troubles(brought.troubles), *_ignored(brought.ignored), *_for_the_team()]
        kept, named = _said_of_nobody(kept, brought, prepared)
        left += named
    if not kept:
        raise _nothing_kept(left, form)
    instrument, lines, faults = _instrument(kept, code, title)
    notices = [*_left_out(left), *map(_of_fault, faults), *_not_held(prepared, lines), *told]
    study = _study_of(instrument, title, _languages(form, lines))
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as building:
        root = Path(building, "etude")
        write_study(StudyFolder(root, (), study), root)
        if brought.entered:
            _write_answers(brought, prepared, lines, root, f"{instrument.code}_{_EDITION}")
        notices += _problems(root)
        if path.exists():
            path.rmdir()
        root.chmod(0o755)
        root.rename(path)
    return Written(len(instrument.questions), len(brought.entered), tuple(notices))


def _study_of(instrument: Instrument, title: str, languages: tuple[Language, ...]) -> Study:
    edition, survey = _NAMES[languages[0]]
    return Study(
        title=Label(title),
        question=Label(title),
        languages=languages,
        cases=(Case(_CASE, Label(title), Label(title)),),
        editions=(Edition(_EDITION, Label(edition)),),
        methods=(Method(_METHOD, Label(survey), MethodKind.SURVEY),),
        diffusion=Diffusion("diffusion"),
        instruments=(instrument,),
    )


def _languages(form: Form, lines: Iterable[Line]) -> tuple[Language, ...]:
    """Return the language that a form declares, else that of its questions; French in doubt.

    A form in French and in English makes a study in French, whose questions keep both.
    """
    if any(is_language(one, "fr") for one in form.languages):
        return ("fr",)
    if any(is_language(one, "en") for one in form.languages):
        return ("en",)
    said = (cell for line in lines for name, cell in line.cells if name in {"libelle", "options"})
    return (written_in(said) or "fr",)


def _called(book: Workbook) -> tuple[str, str]:
    """Return the title of a form, and the code of its instrument."""
    said: dict[str, str] = next(iter(book.sheet("settings").records()), {})
    known = {column.strip().lower(): cell.strip() for column, cell in said.items()}
    identifier = known.get("form_id") or known.get("id_string") or ""
    title = known.get("form_title") or known.get("title") or identifier or "Questionnaire"
    return title, code_of(identifier or title)


def _kept_lines(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines of a codebook that identify nobody, and the codes of the others."""
    kept: list[Line] = []
    left: list[str] = []
    for line in lines:
        (left.append(line.code) if asks_who(line) else kept.append(line))
    return tuple(kept), tuple(left)


def _said_of_nobody(
    lines: tuple[Line, ...], brought: Brought, prepared: Prepared
) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Return the lines whose answers identify nobody, and the codes of the others."""
    texts = [line for line in lines if line.kind is Kind.TEXT and not _is_declared(line)]
    nothing: dict[str, str] = {}
    received = ((read_submission(one.submission, prepared), nothing) for one in brought.entered)
    table = folder_table(received, prepared, texts, name="")
    columns = dict(zip(table.header, zip(*table.rows, strict=True), strict=False))
    left = [line.code for line in texts if says_who(map(str, columns.get(line.code, ())))]
    return tuple(line for line in lines if line.code not in left), tuple(left)


def _is_declared(line: Line) -> bool:
    return "identifiant" in dict(line.cells)


def _instrument(
    lines: tuple[Line, ...], code: str, title: str
) -> tuple[Instrument, tuple[Line, ...], tuple[Fault, ...]]:
    """Return the instrument of what a codebook accepts, and why the rest is not there."""
    try:
        made = instrument_of(
            lines, code=code, name=Label(title), method=_METHOD, subject=Subject.PERSON
        )
    except InstrumentRefused as refused:
        wrong = {fault.row for fault in refused.faults}
        kept = tuple(
            line for place, line in enumerate(lines, 1) if (line.row or place) not in wrong
        )
        if not kept or len(kept) == len(lines):
            raise _not_a_form(refused.faults) from refused
        made, lines, more = _instrument(kept, code, title)
        return made, lines, (*refused.faults, *more)
    return made, lines, ()


def _write_answers(
    brought: Brought, prepared: Prepared, lines: Sequence[Line], root: Path, name: str
) -> None:
    received = (
        (read_submission(one.submission, prepared), {"respondent": str(row), "case": _CASE})
        for row, one in enumerate(brought.entered, 1)
    )
    table = folder_table(received, prepared, lines, name=name)
    (root / "reponses").mkdir()
    write_csv(root / "reponses" / f"{name}.csv", table.header, table.rows)


def _problems(root: Path) -> Iterator[Notice]:
    """Yield what must be corrected before a run, as ``croisee check`` would say it."""
    for one in read_study(root).problems:
        if one.severity == REFUSAL:
            yield Notice(
                phrase("{file}, colonne {column} : {what}", file=one.file, column=one.column,
                       what=one.message),
                one.remedy, one.row,
            )  # fmt: skip


def _not_a_form(faults: Sequence[Fault]) -> FormatRefused:
    """Return the refusal of a form, every fault with its place."""
    said = [_placed(one) for one in faults[:_SHOWN]]
    return FormatRefused(
        reduce(lambda one, two: phrase("{one} {two}", one=one, two=two), said),
        phrase("Corrigez le questionnaire : rien n’est écrit."),
    )


def _nothing_kept(left: Sequence[str], form: Form) -> FormatRefused:
    """Return the refusal of a form whose every question stays outside, each with its reason."""
    kinds = {node.kind for node in form.walk() if "/meta/" not in node.path and not node.preload}
    why = [
        (bool(left), phrase("peut dire qui répond ({names})", names=", ".join(left[:_SHOWN]))),
        (Kind.REPEAT in kinds, phrase("est dans un bloc répété")),
        (Kind.CALCULATED in kinds, phrase("se calcule, ou est cachée")),
        (Kind.NOTE in kinds, phrase("est une note, qui ne demande rien")),
    ]
    said = [reason for held, reason in why if held] or [phrase("n’est pas écrite")]
    reasons = reduce(lambda one, two: phrase("{one} ; {two}", one=one, two=two), said)
    return FormatRefused(
        phrase("Aucune question de ce formulaire n’a sa place dans un livre de codes : chacune "
               "{reasons}.", reasons=reasons),
        phrase("Un dossier d’étude garde ce qui se compte sans dire qui répond."),
    )  # fmt: skip


def _placed(one: Fault) -> Phrase:
    if one.row is None:
        return phrase("Feuille {sheet} : {what}", sheet=one.sheet, what=one.message)
    if not one.column:
        return phrase("Feuille {sheet}, ligne {row} : {what}", sheet=one.sheet, row=one.row,
                      what=one.message)  # fmt: skip
    return phrase(
        "Feuille {sheet}, ligne {row}, colonne {column} : {what}",
        sheet=one.sheet, row=one.row, column=one.column, what=one.message,
    )  # fmt: skip


def _of_fault(one: Fault) -> Notice:
    return Notice(phrase("Laissé de côté. {fault}", fault=_placed(one)), one.remedy)


def _left_out(codes: Sequence[str]) -> Iterator[Notice]:
    if codes:
        yield Notice(
            phrase("Laissé de côté, car cela peut dire qui répond : {names}.",
                   names=", ".join(codes)),
            phrase("Ces colonnes restent dans le fichier de départ seulement."),
        )  # fmt: skip


def _not_held(prepared: Prepared, lines: Iterable[Line]) -> Iterator[Notice]:
    """Yield what a form says and a codebook does not."""
    keep = phrase("Gardez le questionnaire de départ.")
    nodes = list(prepared.nodes.values())
    repeats = [node.name for node in nodes if node.kind is Kind.REPEAT]
    conditional = [node.name for node in nodes if node.relevant is not None]
    computed = [node.name for node in nodes if node.kind is Kind.CALCULATED and not node.preload
                and "/meta/" not in node.path]  # fmt: skip
    if repeats:
        yield Notice(
            phrase("Les questions d’un bloc répété ne sont pas dans un livre de codes : {names}.",
                   names=", ".join(repeats)), keep,
        )  # fmt: skip
    if conditional:
        yield Notice(
            phrase("Un livre de codes ne dit pas quand une question se pose : {names}.",
                   names=", ".join(conditional)), keep,
        )  # fmt: skip
    if computed:
        yield Notice(
            phrase("Les calculs et les valeurs cachées ne sont pas gardés : {names}.",
                   names=", ".join(computed)), keep,
        )  # fmt: skip
    bounded = {line.path for line in lines if not _BOUNDS.isdisjoint(dict(line.cells))}
    constrained = [
        node.name for node in nodes if node.constraint is not None and node.path not in bounded
    ]
    if constrained:
        yield Notice(
            phrase("Les contraintes ne sont pas gardées, sauf le nombre de choix : {names}.",
                   names=", ".join(constrained)), keep,
        )  # fmt: skip


def _troubles(troubles: Iterable[Trouble]) -> Iterator[Notice]:
    for one in troubles:
        place = " ".join(part for part in (one.file, one.sheet) if part)
        if not one.column:
            yield Notice(
                phrase("{file} : {what}", file=place, what=one.message), one.remedy, one.row
            )
            continue
        yield Notice(
            phrase("{file}, colonne {column} : {what}", file=place, column=one.column,
                   what=one.message),
            one.remedy, one.row,
        )  # fmt: skip


def _ignored(columns: Sequence[str]) -> Iterator[Notice]:
    yield Notice(
        phrase("Les numéros, les moments et les adresses que l’outil ajoute ne sont pas gardés."),
        phrase("Une ligne est une personne, numérotée à partir de 1."),
    )
    if columns:
        yield Notice(
            phrase("Ces colonnes ne répondent à aucune question : {names}.",
                   names=", ".join(columns)),
            phrase("Vérifiez que le fichier et le questionnaire sont de la même version."),
        )  # fmt: skip


def _for_the_team() -> Iterator[Notice]:
    yield Notice(
        phrase("Pour l’équipe seulement : une ligne par personne, et ce qu’elle a écrit."),
        phrase("Vérifiez les textes libres avant de faire circuler ce dossier."),
    )
