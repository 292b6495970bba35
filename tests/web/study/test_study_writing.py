"""A study written and read back: what an import brings is what an export takes away."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from croisee import study as library
from croisee.dataset.canonical import sort_rows
from croisee.dataset.schema import TABLES
from croisee.language import Label
from croisee.studyfolder import read_study
from croisee_web.access.queries import NotAllowed
from croisee_web.access.vocabulary import Role
from croisee_web.journal.models import Entry
from croisee_web.study.models import Activity, Case, ContextFigure, Organisation
from croisee_web.study.queries import dataset_rows, described
from croisee_web.study.usecases import (
    StillHoldsSomething,
    UnknownCode,
    write_activities,
    write_context,
    write_description,
    write_frame,
    write_milestones,
)

AT = datetime(2022, 6, 1, 12, tzinfo=UTC)
REFERENCE = Path("examples/etude-de-reference")


@pytest.fixture(scope="module")
def reference():
    return read_study(REFERENCE)


def only_this_slice(study: library.Study) -> library.Study:
    return replace(
        study, instruments=(), themes=(), purposes=(), crossings=(), policy=library.Policy()
    )


def write_tables(study_id, tables, lead):
    rows = {name: table.to_pylist() for name, table in tables.items()}
    told = {"study_id": study_id, "actor": lead, "at": AT}
    write_frame(organisations=rows["organisations"], sizes=rows["frames"], **told)
    write_activities(rows=rows["activities"], **told)
    write_milestones(rows=rows["milestones"], **told)
    write_context(rows=rows["context"], **told)


def test_reference_study_is_read_back_as_it_was_written(study, account_with, reference):
    lead = account_with(Role.LEAD)

    write_description(study_id=study.pk, described=reference.study, actor=lead, at=AT)

    assert described(study.pk) == only_this_slice(reference.study)
    assert len(reference.study.cases) > 1
    assert any(c.components for c in reference.study.cases)


def test_reference_tables_are_read_back_to_the_same_sorted_tables(study, account_with, reference):
    lead = account_with(Role.LEAD)
    write_description(study_id=study.pk, described=reference.study, actor=lead, at=AT)

    write_tables(study.pk, reference.tables, lead)

    for name, rows in dataset_rows(study.pk).items():
        back = pa.Table.from_pylist(rows, schema=TABLES[name])
        assert sort_rows(back).equals(sort_rows(reference.tables[name])), name
    assert min(reference.tables[name].num_rows for name in dataset_rows(study.pk)) > 0


def test_writing_twice_keeps_the_lines_of_networks(study, account_with, reference):
    lead = account_with(Role.LEAD)
    told = {"study_id": study.pk, "described": reference.study, "actor": lead, "at": AT}
    write_description(**told)
    before = dict(Case.objects.values_list("code", "pk"))

    write_description(**told)

    assert dict(Case.objects.values_list("code", "pk")) == before
    assert described(study.pk) == only_this_slice(reference.study)


texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"), max_size=20)
labels = st.builds(Label, texts, texts)
codes = st.from_regex(r"[a-z0-9][a-z0-9-]{0,79}", fullmatch=True)
dates = st.none() | st.dates()


def several(strategy):
    return st.lists(strategy, max_size=3, unique_by=lambda one: one.code).map(tuple)


CASES = several(
    st.builds(
        library.Case,
        codes,
        labels,
        labels,
        labels,
        labels,
        labels,
        labels,
        labels,
        st.booleans(),
        st.lists(codes, max_size=2).map(tuple),
        several(st.builds(library.Component, codes, labels)),
        st.lists(
            st.builds(
                library.Membership, st.integers(1800, 2200), st.integers(0, 2**31 - 1), texts
            ),
            max_size=2,
        ).map(tuple),
    )
)
STUDIES = st.builds(
    library.Study,
    title=labels,
    question=labels,
    languages=st.sampled_from((("fr",), ("en", "fr"), ("fr", "en"))),
    cases=CASES,
    editions=several(st.builds(library.Edition, codes, labels, dates, dates)),
    methods=several(
        st.builds(
            library.Method,
            codes,
            labels,
            st.sampled_from(library.MethodKind),
            st.sampled_from(library.Subject),
        )
    ),
    diffusion=st.builds(library.Diffusion, codes, dates, st.lists(codes, max_size=2).map(tuple)),
    certificates=st.lists(
        st.builds(library.Certificate, texts, texts, dates, dates), max_size=2
    ).map(tuple),
    team=labels,
    contact=texts,
    address=texts,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(STUDIES)
def test_any_description_is_read_back_whatever_was_written_before(study, account_with, one):
    lead = account_with(Role.LEAD)

    write_description(study_id=study.pk, described=one, actor=lead, at=AT)

    assert described(study.pk) == one


def test_a_decimal_of_eighteen_digits_survives(study, account_with):
    value = Decimal("12345678901234.5678")
    row = dict.fromkeys(TABLES["context"].names, "") | {"code": "a", "value": value}

    write_context(study_id=study.pk, rows=[row], actor=account_with(Role.LEAD), at=AT)

    assert dataset_rows(study.pk)["context"] == [row]
    assert ContextFigure.objects.get().value == "12345678901234.5678"


def test_a_member_of_every_edition_is_one_line_an_edition(study, network, edition, account_with):
    edition("2020"), edition("2022")
    case = network()
    Organisation.objects.create(study=study, case=case, code="maison", region="Nord")
    Organisation.objects.create(study=study, case=case, code="maison", edition="2022", region="Sud")

    rows = dataset_rows(study.pk)["organisations"]

    assert [(row["edition"], row["region"]) for row in rows] == [("2020", "Nord"), ("2022", "Sud")]


def test_names_of_members_survive_a_frame_that_has_none(study, network, account_with):
    case = network()
    Organisation.objects.create(study=study, case=case, code="maison", name="La Maison")
    row = {
        "organisation": "maison",
        "case": "carrefours",
        "component": "",
        "edition": "",
        "region": "",
        "type": "",
    }

    write_frame(
        study_id=study.pk, organisations=[row], sizes=[], actor=account_with(Role.LEAD), at=AT
    )

    assert list(Organisation.objects.values_list("code", "name")) == [("maison", "La Maison")]


def test_a_network_that_holds_something_is_not_removed(study, network, account_with):
    case = network()
    Organisation.objects.create(study=study, case=case, code="maison")
    empty = library.Study(
        Label("Veille"), Label(""), ("fr",), (), (), (), library.Diffusion("2022a")
    )

    with pytest.raises(StillHoldsSomething, match="carrefours"):
        write_description(study_id=study.pk, described=empty, actor=account_with(Role.LEAD), at=AT)

    study.refresh_from_db()
    assert (study.release_code, study.version, Case.objects.count()) == ("", 1, 1)


def test_a_line_of_an_unknown_network_writes_nothing(study, network, method, account_with):
    row = {"method": "eclair", "case": "ailleurs"}
    Activity.objects.create(study=study, method=method(), case=network(), state="prevue")

    with pytest.raises(UnknownCode, match="ailleurs"):
        write_activities(study_id=study.pk, rows=[row], actor=account_with(Role.LEAD), at=AT)

    assert Activity.objects.count() == 1


def test_a_coder_writes_nothing(study, account_with, reference):
    with pytest.raises(NotAllowed):
        write_description(
            study_id=study.pk, described=reference.study, actor=account_with(Role.CODER), at=AT
        )

    assert not Case.objects.exists()
    assert not Entry.objects.exists()


def test_writing_is_journaled_with_counts_only(study, account_with, reference):
    lead = account_with(Role.LEAD)

    write_description(study_id=study.pk, described=reference.study, actor=lead, at=AT)

    entry = Entry.objects.select_related("details").get()
    assert (entry.act, entry.actor, entry.details.content) == (
        "study.study.written",
        lead.label,
        {
            "cases": len(reference.study.cases),
            "editions": len(reference.study.editions),
            "methods": len(reference.study.methods),
        },
    )


def test_reading_back_makes_seven_queries(
    study, account_with, reference, django_assert_num_queries
):
    lead = account_with(Role.LEAD)
    write_description(study_id=study.pk, described=reference.study, actor=lead, at=AT)

    with django_assert_num_queries(7):
        described(study.pk)
    with django_assert_num_queries(6):
        dataset_rows(study.pk)


def test_dates_far_away_are_read_back(study, account_with):
    one = library.Certificate("Comité", "1", date(1, 1, 1), date(9999, 12, 31))
    bare = library.Study(
        Label("Veille"), Label(""), ("fr",), (), (), (), library.Diffusion(""), certificates=(one,)
    )

    write_description(study_id=study.pk, described=bare, actor=account_with(Role.LEAD), at=AT)

    assert described(study.pk).certificates == (one,)
