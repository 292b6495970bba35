"""What a team writes, as the library knows it; and the whole study, put together.

For the jobs that freeze and export; nothing here asks who is looking.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from croisee import findings as library
from croisee.dataset import TABLES
from croisee.language import Label
from croisee.studyfolder import StudyFolder, Written, gather_study
from croisee_web.coding.queries import dataset_rows as coding_rows
from croisee_web.collection.queries import answers_tables, with_breaks
from croisee_web.corpus.queries import dataset_tables, registry, reviews
from croisee_web.disclosure.queries import policy_of
from croisee_web.fieldwork.queries import dataset_rows as fieldwork_rows
from croisee_web.instruments.queries import with_instruments
from croisee_web.people.queries import (
    accepted_purposes,
    consents,
    described_purposes,
    participant_rows,
)
from croisee_web.report.models import Finding, LeafletContent, Reference, ReportedNumber
from croisee_web.report.queries.stances import notes_by_finding
from croisee_web.report.rules import FIELDS, FindingText, finding_text
from croisee_web.study.queries import dataset_rows as study_rows
from croisee_web.study.queries import described


def study_folder(study_id: int) -> StudyFolder:
    """Return a study of the database as the study folder it would be. About 50 SQL queries.

    Their number does not depend on the number of lines; answers and turns are read as they
    come. Freezing the folder gives the Dataset of the study.
    """
    study = replace(
        with_breaks(study_id, with_instruments(study_id, described(study_id))),
        purposes=described_purposes(study_id=study_id),
        policy=policy_of(study_id),
    )
    rows = {
        **study_rows(study_id),
        **fieldwork_rows(study_id),
        **coding_rows(study_id),
        "participants": participant_rows(study_id=study_id),
    }
    tables = {
        name: pa.Table.from_pylist(lines, schema=TABLES[name]) for name, lines in rows.items()
    }
    return gather_study(
        study,
        {**tables, **dataset_tables(study_id), **answers_tables(study_id, study)},
        accepted_purposes(study_id=study_id),
        consents(study_id=study_id),
        written_of(study_id),
    )


def written_of(study_id: int) -> Written:
    """Return findings, leaflets, references, numbers reported, masks, reviews. Eight queries."""
    notes = notes_by_finding(study_id)
    written = Finding.objects.filter(study_id=study_id, withdrawn_at=None)
    return Written(
        findings=tuple(
            text_of(row).to_library(row.code, notes.get(row.pk, ""))
            for row in written.order_by("position", "pk")
        ),
        leaflets=tuple(
            map(
                _leaflet,
                LeafletContent.objects.filter(case__study_id=study_id)
                .select_related("case")
                .order_by("position", "pk"),
            )
        ),
        references=tuple(
            library.Reference(row.key, Label(row.text_fr, row.text_en), row.url)
            for row in Reference.objects.filter(study_id=study_id).order_by("position", "pk")
        ),
        reported=tuple(
            library.Reported(row.key, row.printed, Label(row.where_fr, row.where_en))
            for row in ReportedNumber.objects.filter(study_id=study_id).order_by("position")
        ),
        registry=registry(study_id),
        reviews=reviews(study_id),
    )


def text_of(row: Finding) -> FindingText:
    """Return what the authors of a finding wrote."""
    return finding_text({name: getattr(row, name) for name in FIELDS})


def _leaflet(row: LeafletContent) -> library.Leaflet:
    return library.Leaflet(
        case=row.case.code,
        title=Label(row.title_fr, row.title_en),
        lead=Label(row.lead_fr, row.lead_en),
        numbers=tuple(
            library.KeyNumber(mark, Label(french, english)) for mark, french, english in row.numbers
        ),
        figure=row.figure,
        quotes=tuple(row.quotes),
        proposals=tuple(row.proposals),
        minority=row.minority,
    )
