"""Questions one may ask about questionnaires and guides. Nothing here writes.

For the slices above, which compose the whole study; nothing here asks who is looking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from croisee import study as library
from croisee.language import Label
from croisee_web.instruments.models import Crossing, Instrument, Question, Theme
from croisee_web.people.rules import DossierFile
from croisee_web.study.queries import reader_language


def with_instruments(study_id: int, described: library.Study) -> library.Study:
    """Return a study with its instruments, themes and crossings. Four SQL queries."""
    return replace(
        described,
        instruments=instruments_of(study_id),
        themes=themes_of(study_id),
        crossings=_crossings(study_id),
    )


def instruments_of(study_id: int) -> tuple[library.Instrument, ...]:
    """Return the questionnaires as the library knows them, in order. Two SQL queries."""
    rows = Question.objects.filter(instrument__study_id=study_id).order_by(
        "instrument_id", "position", "pk"
    )
    questions = {
        instrument: tuple(map(_question, group))
        for instrument, group in groupby(rows, key=lambda row: row.instrument_id)
    }
    return tuple(
        library.Instrument(
            row.code,
            Label(row.name_fr, row.name_en),
            row.method.code,
            library.Subject(row.subject),
            questions.get(row.pk, ()),
            row.weighted,
            tuple(_break(*cells) for cells in row.breaks),
        )
        for row in Instrument.objects.filter(study_id=study_id)
        .select_related("method")
        .order_by("position", "pk")
    )


def _break(
    question: str, before: str, after: str, verdict: str, french: str, english: str
) -> library.Break:
    said = Label(french, english)
    return library.Break(question, before, after, library.Verdict(verdict), said)


def _question(row: Question) -> library.Question:
    return library.Question(
        code=row.code,
        label=Label(row.label_fr, row.label_en),
        kind=library.QuestionKind(row.kind),
        options=_options(row.options),
        nature=library.Nature(row.nature),
        subject=library.Subject(row.subject),
        groupings=tuple(_partition(one) for one in row.groupings),
        cut=_partition(row.cut),
        common=tuple(row.common),
        exactly=row.exactly,
        at_least=row.at_least,
        at_most=row.at_most,
        pooled=row.pooled,
        missing=tuple(row.missing),
        unit=row.unit,
        step=Decimal(row.step),
        classes=tuple(Decimal(bound) for bound in row.classes),
        mean=row.mean,
        identity=row.identity,
    )


def _options(rows: Iterable[list[str]]) -> tuple[library.Option, ...]:
    return tuple(library.Option(code, Label(fr, en)) for code, fr, en in rows)


def _partition(blocks: Iterable[Iterable[str]]) -> library.Partition:
    return tuple(tuple(block) for block in blocks)


def themes_of(study_id: int) -> tuple[library.Theme, ...]:
    """Return the guide as the library knows it, in order. One SQL query."""
    return tuple(
        library.Theme(
            code=row.code,
            order=row.order,
            kind=row.kind,
            label=Label(row.label_fr, row.label_en),
            wording=tuple((case, Label(fr, en)) for case, fr, en in row.wording),
            options=_options(row.options),
            total=Decimal(row.total) if row.total else None,
            step=Decimal(row.step),
            nature=library.Nature(row.nature),
        )
        for row in Theme.objects.filter(study_id=study_id).order_by("position", "pk")
    )


def _crossings(study_id: int) -> tuple[tuple[str, str, str, str], ...]:
    rows = Crossing.objects.filter(instrument__study_id=study_id).order_by("position", "pk")
    return tuple(rows.values_list("instrument__code", "edition", "attribute", "question"))


def dossier_files(study_id: int) -> tuple[DossierFile, ...]:
    """Return the instruments as an ethics board reads them: names, versions, every question.

    An instrument's version is the digest of what it asks: it changes when a question does.
    """
    language = reader_language()
    rows = []
    for instrument in instruments_of(study_id):
        version = hashlib.sha256(repr(instrument).encode()).hexdigest()[:12]
        rows += [
            (instrument.code, instrument.name.to(language), version, question.label.to(language))
            for question in instrument.questions
        ]
    guide = tuple((theme.code, theme.label.to(language)) for theme in themes_of(study_id))
    return (
        DossierFile(
            "instruments.csv", (_("code"), _("nom"), _("version"), _("question")), tuple(rows)
        ),
        DossierFile("guide.csv", (_("code"), _("thème")), guide),
    )
