"""Writing the questionnaires and the guide of a study."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from croisee import study as library
from croisee.dataset.study_json import decimal_text
from croisee_web.access.models import Account
from croisee_web.access.queries import require
from croisee_web.access.vocabulary import Verb
from croisee_web.instruments.models import Crossing, Instrument, Question, Theme
from croisee_web.instruments.rules.rows import options_of, question_row
from croisee_web.instruments.vocabulary import INSTRUMENTS_WRITTEN
from croisee_web.journal.usecases import record
from croisee_web.study.models import Method

_BATCH = 1000


@transaction.atomic
def write_instruments(
    *, study_id: int, described: library.Study, actor: Account, at: datetime
) -> None:
    """Write the instruments, themes and crossings of a study that has none yet.

    ``queries.described`` gives them back. The study's methods are there already.

    Raises:
        NotFound, NotAllowed: the actor may not import in this study.
    """
    require(actor=actor, verb=Verb.EXCHANGE, study_id=study_id)
    methods = dict(Method.objects.filter(study_id=study_id).values_list("code", "pk"))
    written = {
        one.code: Instrument.objects.create(
            study_id=study_id,
            code=one.code,
            position=position,
            name_fr=one.name.fr,
            name_en=one.name.en,
            method_id=methods[one.method],
            subject=one.subject.value,
            weighted=one.weighted,
            breaks=[_break(said) for said in one.breaks],
        )
        for position, one in enumerate(described.instruments)
    }
    Question.objects.bulk_create(
        (
            question_row(written[one.code], position, question)
            for one in described.instruments
            for position, question in enumerate(one.questions)
        ),
        batch_size=_BATCH,
    )
    Theme.objects.bulk_create(
        _theme(study_id, position, theme) for position, theme in enumerate(described.themes)
    )
    Crossing.objects.bulk_create(
        Crossing(
            instrument=written[instrument],
            position=position,
            edition=edition,
            attribute=attribute,
            question=question,
        )
        for position, (instrument, edition, attribute, question) in enumerate(described.crossings)
    )
    record(
        act=INSTRUMENTS_WRITTEN,
        actor=actor.label,
        at=at,
        study_id=study_id,
        instruments=len(written),
        themes=len(described.themes),
    )


def _break(one: library.Break) -> list[str]:
    said = (one.question, one.before, one.after, one.verdict.value)
    return [*said, one.why.fr, one.why.en]


def _theme(study_id: int, position: int, one: library.Theme) -> Theme:
    return Theme(
        study_id=study_id,
        code=one.code,
        position=position,
        order=one.order,
        kind=one.kind,
        label_fr=one.label.fr,
        label_en=one.label.en,
        wording=[[case, label.fr, label.en] for case, label in one.wording],
        options=options_of(one.options),
        total="" if one.total is None else decimal_text(one.total),
        step=decimal_text(one.step),
        nature=one.nature.value,
    )
