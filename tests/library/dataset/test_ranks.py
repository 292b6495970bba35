import shutil
from dataclasses import replace
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.library.dataset.frozen_study import ANSWERS, AT, EASE, FORM, HOURS, STUDY, small_tables

from croisee.dataset import answers_schema, freeze, load, verify
from croisee.dataset.freezing import file_sha256
from croisee.dataset.manifest import read_manifest, table_file

FILE = table_file(ANSWERS)
FIRST = EASE.options[0].code
COARSE = replace(HOURS, classes=(Decimal(5), Decimal("12.5")))
DECLINED = replace(EASE, missing=("sans-reponse",))
QUESTIONS = tuple(
    {EASE.code: DECLINED, HOURS.code: COARSE}.get(question.code, question)
    for question in FORM.questions
)
WIDER = replace(STUDY, instruments=(replace(FORM, questions=QUESTIONS),))


def answered(**columns: list) -> pa.Table:
    """Return answers to the wider form: the columns given, nothing elsewhere."""
    schema = answers_schema(WIDER.instruments[0])
    length = len(next(iter(columns.values())))
    given = {"respondent": [f"r-{n}" for n in range(length)], "case": ["rivages"] * length}
    given |= {"component": [""] * length, "organisation": [""] * length} | columns
    lines = [{name: column[n] for name, column in given.items()} for n in range(length)]
    return pa.Table.from_pylist(lines, schema)


def ranks_of(tmp_path, table: pa.Table) -> dict[str, list[int]]:
    with freeze(WIDER, {ANSWERS: table}, {}, tmp_path / "gel", at=AT) as dataset:
        rows = dataset.answers("individuel", "2021")
        names = [name for name in rows.columns if name not in table.column_names]
        lines = dataset.collect(rows.order_by("respondent").select(names))
    return {name: [line[name] for line in lines] for name in names}


def test_rank_is_the_place_of_the_option_then_of_the_missing_value(tmp_path):
    codes = [option.code for option in EASE.options]
    strange = len(codes) + 2

    found = ranks_of(
        tmp_path, answered(**{f"q_{EASE.code}": [*codes, "sans-reponse", "inconnu", "", None]})
    )

    assert found[f"rank_{EASE.code}"] == [*range(1, len(codes) + 1), strange - 1, *[strange] * 2, 0]


def test_rank_of_a_number_is_its_class_a_bound_in_the_upper_one(tmp_path):
    hours = [Decimal(text) for text in ("-1", "4.9999", "5", "12.4999", "12.5", "400")]

    found = ranks_of(tmp_path, answered(**{f"q_{HOURS.code}": [*hours, None]}))

    assert found[f"rank_{HOURS.code}"] == [1, 1, 2, 2, 3, 3, 0]


def test_rank_of_a_case_follows_the_study(tmp_path):
    cases = [case.code for case in STUDY.cases]

    found = ranks_of(tmp_path, answered(case=[*cases, "ailleurs"]))

    assert found["case_rank"] == [*range(1, len(cases) + 1), 0]


def test_questions_with_several_answers_or_a_text_have_no_rank(tmp_path):
    found = ranks_of(tmp_path, answered(case=["rivages"]))

    assert list(found) == ["case_rank", f"rank_{EASE.code}", f"rank_{HOURS.code}"]


def test_ranks_are_no_part_of_what_is_read_back(tmp_path):
    with freeze(STUDY, small_tables(), {}, tmp_path / "gel", at=AT) as dataset:
        assert dataset.arrow(ANSWERS).schema == answers_schema(FORM)
        assert dataset.rows(ANSWERS)[0].keys() == set(answers_schema(FORM).names)


@pytest.fixture
def folder(tmp_path):
    freeze(STUDY, small_tables(), {}, tmp_path / "gel", at=AT).close()
    return tmp_path / "gel"


def sealed_again(folder, table: pa.Table) -> None:
    """Write a table of answers and a manifest that agrees with its bytes."""
    pq.write_table(table, folder / FILE)
    manifest = read_manifest(folder)
    entry = manifest.tables[ANSWERS]
    manifest.tables[ANSWERS] = replace(entry, sha256=file_sha256(folder / FILE))
    (folder / "manifest.json").write_bytes(manifest.to_bytes())


def test_file_written_again_with_the_same_content_and_ranks_is_intact(folder):
    sealed_again(folder, pq.read_table(folder / FILE))

    assert verify(folder) == ()


@pytest.mark.parametrize("column", ["case_rank", f"rank_{EASE.code}", f"rank_{HOURS.code}"])
def test_rank_that_is_not_its_answer_is_found_whatever_the_manifest_says(folder, column):
    digest = load(folder).digest
    rows = pq.read_table(folder / FILE)
    place = rows.schema.get_field_index(column)
    moved = [rank + 1 for rank in rows[column].to_pylist()]
    field = rows.schema.field(column)
    sealed_again(folder, rows.set_column(place, field, pa.array(moved, field.type)))

    assert load(folder).digest == digest
    assert [damage.file for damage in verify(folder)] == [FILE, "manifest.json"]


@pytest.mark.parametrize("change", ["fewer", "wider"])
def test_columns_that_are_not_the_table_s_are_found(folder, change):
    rows = pq.read_table(folder / FILE)
    rank = f"rank_{EASE.code}"
    if change == "fewer":
        sealed_again(folder, rows.drop_columns([rank]))
    else:
        place = rows.schema.get_field_index(rank)
        sealed_again(folder, rows.set_column(place, rank, rows[rank].cast(pa.int64())))

    assert [damage.file for damage in verify(folder)] == [FILE, "manifest.json"]


def test_same_content_has_the_same_digest_in_any_file(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "autre")
    pq.write_table(pq.read_table(copy / FILE), copy / FILE, compression="none", row_group_size=1)
    sealed_again(copy, pq.read_table(copy / FILE))

    assert verify(copy, load(folder).digest) == ()
