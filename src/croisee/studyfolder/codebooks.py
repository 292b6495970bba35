"""``instruments/<code>.csv``: the questions of each questionnaire."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from decimal import Decimal

from croisee.language import Label, phrase
from croisee.study import Instrument, Nature, Option, Question, QuestionKind, Subject
from croisee.studyfolder import messages, words
from croisee.studyfolder.advice import advice
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import CODEBOOK, NO_QUESTION
from croisee.studyfolder.partitions import check_partitions, read_partition, read_partitions
from croisee.studyfolder.policy import QuestionRule
from croisee.studyfolder.problems import Problems, Said
from croisee.studyfolder.settings import DeclaredBreak, DeclaredInstrument, Settings, codes
from croisee.studyfolder.table import Row
from croisee.text import parse_number

_CHOSEN = {QuestionKind.SINGLE, QuestionKind.ORDINAL, QuestionKind.MULTIPLE, QuestionKind.RANK}
_MOST_OPTIONS = 200


def read_instruments(
    folder: Folder, settings: Settings
) -> tuple[tuple[Instrument, ...], tuple[tuple[str, str, str, str], ...]]:
    """Return the instruments, with their questions and the policy's rules, and the crossings."""
    instruments = tuple(
        _instrument(folder, declared, settings.rules) for declared in settings.instruments
    )
    for rule in settings.rules:
        instruments = _ruled(instruments, rule, folder.problems)
    instruments = tuple(_broken(one, settings.breaks, folder.problems) for one in instruments)
    crossings = []
    for asked in settings.crossings:
        questions = codes(next(i for i in instruments if i.code == asked.instrument).questions)
        for key, code in (("attribut", asked.attribute), ("question", asked.question)):
            if code not in questions:
                near = folder.problems.near(code, questions)
                asked.section.refuse(
                    key, messages.unknown_code(code, near, f"instruments/{asked.instrument}")
                )
        if {asked.attribute, asked.question} <= set(questions):
            crossings.append((asked.instrument, asked.edition, asked.attribute, asked.question))
    return instruments, tuple(crossings)


def _broken(
    instrument: Instrument, declared: Iterable[DeclaredBreak], problems: Problems
) -> Instrument:
    """Return an instrument with the breaks declared for its questions."""
    known = codes(instrument.questions)
    kept = []
    for one in declared:
        if one.instrument == instrument.code and one.told.question in known:
            kept.append(one.told)
        elif one.instrument == instrument.code:
            near = problems.near(one.told.question, known)
            place = f"instruments/{one.instrument}"
            one.section.refuse("question", messages.unknown_code(one.told.question, near, place))
    return replace(instrument, breaks=tuple(kept))


def _instrument(
    folder: Folder, declared: DeclaredInstrument, rules: Iterable[QuestionRule]
) -> Instrument:
    decided = {rule.question for rule in rules if rule.nature is not None}
    spellings = dict.fromkeys((declared.code, declared.code.replace("-", "_")))
    key = folder.find(tuple(f"instruments/{name}" for name in spellings), (".csv", ".xlsx"))
    table = folder.table(CODEBOOK, key) if key else None
    return Instrument(
        declared.code,
        declared.name,
        declared.method,
        declared.subject,
        read_questions(table.rows() if table else (), declared.subject, decided),
        declared.weighted,
    )


def read_questions(
    rows: Iterable[Row], subject: Subject, decided: Collection[str] = ()
) -> tuple[Question, ...]:
    """Return the questions of a codebook; what is wrong is noted by its row.

    ``decided`` are the questions whose nature is said elsewhere.
    """
    questions: dict[str, Question] = {}
    lines: dict[str, int] = {}
    for row in rows:
        code = row.code("question")
        if code in NO_QUESTION:
            row.refuse("question", _no_question(code))
        elif code in lines:
            row.refuse("question", messages.twice(code, lines[code]))
        elif code:
            lines[code] = row.line
            questions[code] = _question(row, code, subject)
            given = code in decided or bool(row.text("nature"))
            for column, said in advice(questions[code], nature_given=given):
                row.warn(column, said)
    return tuple(questions.values())


def _no_question(code: str) -> Said:
    return (
        phrase("« {code} » est le nom d’une autre colonne des réponses.", code=code),
        phrase("Donnez un autre code à la question, ici et dans reponses/ : q-{code}.", code=code),
    )


def _question(row: Row, code: str, subject: Subject) -> Question:
    kind = QuestionKind(row.word("type", words.QUESTION_KINDS) or "texte")
    options = read_options(row, "options", "options_en")
    known = codes(options)
    _check_options(row, kind, known)
    question = Question(
        code=code,
        label=Label(row.required("libelle"), row.text("libelle_en")),
        kind=kind,
        options=options if kind in _CHOSEN else (),
        nature=Nature(row.word("nature", words.NATURES, default="ordinaire")),
        subject=Subject(row.word("sujet", words.SUBJECTS, default=subject.value)),
        groupings=read_partitions(row.text("groupements")),
        cut=read_partition(row.text("coupe")),
        common=tuple(_known_codes(row, "commun", known)),
        exactly=row.whole("exactement", low=1),
        at_least=row.whole("min") or 0 if kind is QuestionKind.MULTIPLE else 0,
        at_most=row.whole("max", low=1) if kind is QuestionKind.MULTIPLE else None,
        pooled=row.word("lecture", words.READINGS, default="cas") == "ensemble",
        missing=tuple(row.listed("sans_reponse")),
        unit=row.text("unite"),
        step=_step(row),
        classes=_classes(row),
        identity=row.text("identite"),
    )
    return check_partitions(question, row.refuse)


def read_options(row: Row, column: str, english: str) -> tuple[Option, ...]:
    """Read ``code = libellé | code = libellé``; a code alone is its own label."""
    labels = dict(_pairs(row, english))
    options = {
        code: Option(code, Label(label, labels.get(code, "")))
        for code, label in _pairs(row, column)
    }
    for code in labels:
        if code not in options:
            near = row.near(code, options)
            row.refuse(english, messages.unknown_code(code, near, f"« {column} »"))
    return tuple(options.values())


def _pairs(row: Row, column: str) -> Iterable[tuple[str, str]]:
    seen: set[str] = set()
    for part in row.listed(column):
        written, _, label = (piece.strip() for piece in part.partition("="))
        code = words.read_code(written)
        if code is None:
            row.refuse(column, messages.not_a_code(written, words.propose_code(written)))
        elif code in seen:
            row.refuse(column, messages.twice(code, None))
        else:
            seen.add(code)
            yield code, label or written


def _check_options(row: Row, kind: QuestionKind, known: tuple[str, ...]) -> None:
    if kind in _CHOSEN and not known:
        row.refuse("options", _no_options())
    elif kind not in _CHOSEN and known:
        row.warn("options", _useless_options())
    elif len(known) > _MOST_OPTIONS:
        row.refuse("options", messages.out_of_range(str(len(known)), 1, _MOST_OPTIONS))


def _no_options() -> Said:
    return (
        phrase("Cette question n’a pas de réponses possibles."),
        phrase("Écrivez-les : oui = Oui | non = Non."),
    )


def _useless_options() -> Said:
    return (
        phrase("Une question de ce type n’a pas d’options ; elles ne sont pas lues."),
        phrase("Videz la cellule, ou changez le type."),
    )


def _known_codes(row: Row, column: str, known: Collection[str]) -> Iterable[str]:
    for text in row.listed(column):
        code = words.read_code(text)
        if code in known and code:
            yield code
        else:
            row.refuse(column, messages.unknown_code(text, row.near(text, known), "« options »"))


def _step(row: Row) -> Decimal:
    step = row.number("pas")
    if step is not None and step <= 0:
        row.refuse("pas", messages.out_of_range(row.text("pas"), "0,0001", "…"))
        return Decimal(1)
    return Decimal(1) if step is None else step.normalize()


def _classes(row: Row) -> tuple[Decimal, ...]:
    """Read the inner bounds of classes, ``25 | 45 | 65``, in increasing order."""
    bounds = []
    for text in row.listed("classes"):
        bound = parse_number(text)
        if bound is None:
            row.refuse("classes", messages.not_a_number(text))
        else:
            bounds.append(bound)
    if bounds != sorted(set(bounds)):
        said = (
            phrase("Les bornes de classes ne vont pas en croissant."),
            phrase("Écrivez-les de la plus petite à la plus grande, par exemple 25|45|65."),
        )
        row.refuse("classes", said)
        return ()
    return tuple(bounds)


def _ruled(
    instruments: tuple[Instrument, ...], rule: QuestionRule, problems: Problems
) -> tuple[Instrument, ...]:
    """Apply one ``[divulgation.questions.…]`` to the questions it names."""
    found = False
    result = []
    for instrument in instruments:
        questions = []
        for question in instrument.questions:
            concerned = question.code == rule.question and rule.instrument in {"", instrument.code}
            found = found or concerned
            questions.append(_with_rule(question, rule) if concerned else question)
        result.append(replace(instrument, questions=tuple(questions)))
    if not found:
        known = [question.code for one in instruments for question in one.questions]
        near = problems.near(rule.question, known)
        rule.section.refuse("", messages.unknown_code(rule.question, near, "instruments/"))
    return tuple(result)


def _with_rule(question: Question, rule: QuestionRule) -> Question:
    changed = replace(
        question,
        nature=rule.nature or question.nature,
        groupings=rule.groupings or question.groupings,
        cut=rule.cut or question.cut,
        common=rule.common or question.common,
        mean=rule.mean or question.mean,
    )
    return check_partitions(changed, rule.section.refuse)
