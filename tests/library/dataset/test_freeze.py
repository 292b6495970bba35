import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.library.dataset.frozen_study import (
    ANSWERS,
    AT,
    REGISTER,
    STUDY,
    answer,
    small_tables,
    table,
)
from tests.library.dataset.plain_digest import plain_dataset_digest, plain_table_digest

from croisee.dataset import TABLES, Consent, FreezeRefused, freeze, load
from croisee.dataset.canonical import TableDigest, sort_rows

GOLDEN = "749fb7f2d7db91db991251aef679dc5e6f6eb7aa759d81deccf441d7c851befd"
TAGS = {pa.string(): "text", pa.int32(): "int32", pa.bool_(): "bool", pa.float64(): "float64"}


def tag(kind: pa.DataType) -> str:
    return f"decimal:{kind.scale}" if pa.types.is_decimal(kind) else TAGS[kind]


def test_digest_is_the_one_written_down(tmp_path):
    dataset = freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)

    assert dataset.digest == GOLDEN


def test_digest_is_recomputed_from_the_documented_rule_in_plain_python(tmp_path):
    dataset = freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)
    manifest = json.loads((tmp_path / "gel" / "manifest.json").read_text(encoding="utf-8"))

    tables = {
        name: plain_table_digest(
            name,
            [(field.name, tag(field.type)) for field in dataset.schema(name)],
            dataset.rows(name),
        )
        for name in manifest["tables"]
    }

    assert tables == {name: entry["digest"] for name, entry in manifest["tables"].items()}
    assert plain_dataset_digest(manifest["study"], tables) == dataset.digest


def test_digest_does_not_depend_on_when_or_where(tmp_path):
    later = datetime.fromisoformat("2031-01-01T00:00:00-05:00")

    one = freeze(STUDY, small_tables(), REGISTER, tmp_path / "a", at=AT)
    other = freeze(STUDY, small_tables(), REGISTER, tmp_path / "b" / "c", at=later)

    assert one.digest == other.digest
    assert one.frozen_at != other.frozen_at


def disguised(columns: pa.Table, order: list[int], cut: int, *, dictionary: bool) -> pa.Table:
    """Return the same lines: shuffled, columns reversed, in two chunks, texts as dictionaries."""
    moved = columns.take(pa.array(order, pa.int64())).select(columns.column_names[::-1])
    if dictionary:
        arrays = [c.dictionary_encode() if pa.types.is_string(c.type) else c for c in moved.columns]
        moved = pa.table(dict(zip(moved.column_names, arrays, strict=True)))
    return pa.concat_tables([moved.slice(0, cut), moved.slice(cut)])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_digest_does_not_depend_on_order_chunks_or_encoding(tmp_path_factory, data):
    tables = small_tables()
    names = data.draw(st.permutations(sorted(tables)))
    shuffled = {
        name: disguised(
            tables[name],
            data.draw(st.permutations(range(tables[name].num_rows))),
            data.draw(st.integers(0, tables[name].num_rows)),
            dictionary=data.draw(st.booleans()),
        )
        for name in names
    }
    register = {code: REGISTER[code] for code in data.draw(st.permutations(sorted(REGISTER)))}

    dataset = freeze(STUDY, shuffled, register, tmp_path_factory.mktemp("gel") / "gel", at=AT)

    assert dataset.digest == GOLDEN


@settings(max_examples=50, deadline=None)
@given(
    texts=st.lists(st.one_of(st.none(), st.text(st.characters(codec="utf-8"), max_size=5))),
    cut=st.integers(0, 10),
)
def test_table_digest_of_any_text_agrees_with_plain_python(texts, cut):
    schema = pa.schema([pa.field("texte", pa.string())])
    rows = sort_rows(pa.table({"texte": pa.array(texts, pa.string())}, schema))
    digest = TableDigest("essai", schema)

    digest.add(rows.slice(0, cut))
    digest.add(rows.slice(cut))

    expected = plain_table_digest("essai", [("texte", "text")], [{"texte": text} for text in texts])
    assert digest.hexdigest() == expected


@settings(max_examples=50, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.booleans()),
            st.one_of(st.none(), st.integers(-(2**31), 2**31 - 1)),
            st.one_of(st.none(), st.decimals(-(10**13), 10**13, places=4, allow_nan=False)),
            st.one_of(st.none(), st.integers(-100, 100).map(lambda n: n / 8)),
        ),
        max_size=8,
    )
)
def test_table_digest_of_any_number_agrees_with_plain_python(lines):
    schema = pa.schema(
        [("b", pa.bool_()), ("i", pa.int32()), ("d", pa.decimal128(18, 4)), ("f", pa.float64())]
    )
    rows = [
        dict(zip("bidf", (b, i, d, f if f != 0 else f and abs(f)), strict=True))
        for b, i, d, f in lines
    ]
    digest = TableDigest("essai", schema)

    digest.add(sort_rows(pa.Table.from_pylist(rows, schema)))

    columns = [(field.name, tag(field.type)) for field in schema]
    assert digest.hexdigest() == plain_table_digest("essai", columns, rows)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "L’aide manque, e à œ."},
        {"text": ""},
        {"participant": ""},
        {"start": None},
        {"start": 0.25},
    ],
    ids=str,
)
def test_digest_changes_with_any_value(tmp_path, change):
    tables = small_tables()
    rows = tables["turns"].to_pylist()
    rows[3] |= change
    tables["turns"] = table("turns", rows)

    assert freeze(STUDY, tables, REGISTER, tmp_path / "gel", at=AT).digest != GOLDEN


def test_digest_tells_no_answer_from_an_empty_one(tmp_path):
    digests = {
        freeze(
            STUDY,
            {ANSWERS: table(ANSWERS, [answer("p-9", "sommets", "peu", "1", note)])},
            {},
            tmp_path / f"gel{place}",
            at=AT,
        ).digest
        for place, note in enumerate((None, ""))
    }

    assert len(digests) == 2


def test_digest_changes_with_the_study_and_with_a_repeated_line(tmp_path):
    tables = small_tables()
    twice = pa.concat_tables([tables["presences"], tables["presences"].slice(0, 1)])

    renamed = freeze(
        replace(STUDY, contact="equipe@exemple.ca"), tables, REGISTER, tmp_path / "a", at=AT
    )
    repeated = freeze(STUDY, {**tables, "presences": twice}, REGISTER, tmp_path / "b", at=AT)

    assert len({GOLDEN, renamed.digest, repeated.digest}) == 3


def test_empty_table_is_not_written_and_changes_nothing(tmp_path):
    tables = {**small_tables(), "milestones": TABLES["milestones"].empty_table()}

    dataset = freeze(STUDY, tables, REGISTER, tmp_path / "gel", at=AT)

    assert dataset.digest == GOLDEN
    assert not (tmp_path / "gel" / "milestones.parquet").exists()


def test_missing_table_reads_empty_with_its_columns(tmp_path):
    with freeze(STUDY, {}, {}, tmp_path / "gel", at=AT) as dataset:
        milestones = dataset.table("milestones")

        assert dataset.collect(milestones.count().name("n").as_table()) == [{"n": 0}]
        assert list(milestones.columns) == TABLES["milestones"].names
        assert dataset.rows("turns") == []
        assert list(dataset.documents()) == []
        assert dataset.waves() == ()


def test_dataset_reads_back_what_was_frozen(tmp_path):
    everybody = {code: Consent(analysis=True, quote=True) for code in REGISTER}
    freeze(STUDY, small_tables(), everybody, tmp_path / "gel", at=AT).close()

    with load(tmp_path / "gel") as dataset:
        assert dataset.study == STUDY
        assert dataset.frozen_at == AT
        assert dataset.waves() == (("individuel", "2021"),)
        for name, given_table in small_tables().items():
            assert dataset.arrow(name).equals(sort_rows(given_table).combine_chunks())
        weights = dataset.answers("individuel", "2021").weight.sum().name("w").as_table()
        assert dataset.collect(weights) == [{"w": Decimal("3.75")}]


def test_documents_stream_in_order_with_their_turns(tmp_path):
    everybody = {code: Consent(analysis=True, quote=True) for code in REGISTER}
    tables = small_tables()
    silent = {**tables["documents"].to_pylist()[0], "document": "aaa-sans-tour"}
    tables["documents"] = table("documents", [*tables["documents"].to_pylist(), silent])

    with freeze(STUDY, tables, everybody, tmp_path / "gel", at=AT) as dataset:
        found = [
            (document["document"], [turn["turn"] for turn in turns])
            for document, turns in dataset.documents()
        ]

    assert found == [
        ("aaa-sans-tour", []),
        ("entretien-deux", [1, 2]),
        ("groupe-un", [1, 2, 3, 4]),
    ]


def test_row_groups_of_turns_never_cut_a_document(tmp_path):
    rows = [
        {"document": f"d-{d:02}", "turn": n, "speaker": "", "participant": "", "text": f"{n}"}
        for d in range(12)
        for n in range(1, 600)
    ]
    turns = pa.Table.from_pylist(rows, TABLES["turns"])
    chunks = [turns.slice(start, 700) for start in range(0, turns.num_rows, 700)]
    tables = {"turns": pa.concat_tables(chunks)}

    freeze(STUDY, tables, {}, tmp_path / "gel", at=AT)

    with pq.ParquetFile(tmp_path / "gel" / "turns.parquet") as file:
        groups = [
            set(file.read_row_group(group)["document"].to_pylist())
            for group in range(file.num_row_groups)
        ]
    assert len(groups) > 1
    assert sum(len(group) for group in groups) == 12


def test_numbers_of_any_exact_type_are_taken(tmp_path):
    rows = table(ANSWERS, [answer("p-9", "sommets", "peu", "3", None)])
    place = rows.schema.get_field_index("q_heures")
    whole = rows.set_column(place, "q_heures", pa.array([3], pa.int64()))

    one = freeze(STUDY, {ANSWERS: rows}, {}, tmp_path / "a", at=AT)
    other = freeze(STUDY, {ANSWERS: whole}, {}, tmp_path / "b", at=AT)

    assert one.digest == other.digest


def refused_tables() -> dict[str, dict[str, pa.Table]]:
    turns = small_tables()["turns"]
    start = turns.schema.get_field_index("start")
    answers = small_tables()[ANSWERS]
    hours = answers.schema.get_field_index("q_heures")

    def starting(value: float) -> dict[str, pa.Table]:
        return {"turns": turns.set_column(start, "start", pa.array([value] * 6))}

    def hours_as(values: pa.Array) -> dict[str, pa.Table]:
        return {ANSWERS: answers.set_column(hours, "q_heures", values)}

    return {
        "unknown table": {"inconnu": turns},
        "path in a name": {"answers/../../x@2021": answers},
        "unknown instrument": {"answers/autre@2021": answers},
        "unknown edition": {"answers/individuel@2099": answers},
        "missing column": {"turns": turns.drop_columns(["text"])},
        "extra column": {"turns": turns.append_column("nom", turns["text"])},
        "twice a column": {"turns": turns.append_column("text", turns["text"])},
        "not a number": starting(float("nan")),
        "infinite": starting(float("inf")),
        "minus zero": starting(-0.0),
        "binary fraction": hours_as(pa.array([0.1, 0.2, None], pa.float64())),
        "too precise": hours_as(pa.array([Decimal("0.00001")] * 3)),
        "a word": hours_as(pa.array(["trois"] * 3)),
    }


@pytest.mark.parametrize("name", refused_tables())
def test_freeze_refuses_what_it_cannot_keep_exactly_and_leaves_nothing(tmp_path, name):
    with pytest.raises(FreezeRefused):
        freeze(STUDY, refused_tables()[name], REGISTER, tmp_path / "gel", at=AT)

    assert list(tmp_path.iterdir()) == []


def test_freeze_refuses_a_folder_that_holds_something(tmp_path):
    (tmp_path / "gel").mkdir()
    (tmp_path / "gel" / "notes.txt").write_text("à garder", encoding="utf-8")

    with pytest.raises(FreezeRefused):
        freeze(STUDY, {}, {}, tmp_path / "gel", at=AT)

    assert (tmp_path / "gel" / "notes.txt").read_text(encoding="utf-8") == "à garder"


def test_freeze_takes_an_empty_folder_and_leaves_no_draft(tmp_path):
    (tmp_path / "gel").mkdir()

    freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)

    assert [path.name for path in tmp_path.iterdir()] == ["gel"]


def test_freeze_needs_a_moment_with_its_zone(tmp_path):
    with pytest.raises(ValueError, match="time zone"):
        freeze(STUDY, {}, {}, tmp_path / "gel", at=AT.replace(tzinfo=None))

    assert list(tmp_path.iterdir()) == []


def test_engine_is_bounded_closed_and_opens_again(tmp_path):
    dataset = freeze(STUDY, small_tables(), REGISTER, tmp_path / "gel", at=AT)
    engine = dataset._connect()._backend
    settings_read = engine.raw_sql(
        "SELECT current_setting('threads'), current_setting('temp_directory'),"
        " current_setting('autoload_known_extensions')"
    ).fetchone()

    dataset.close()

    assert settings_read == (2, "", False)
    with pytest.raises(Exception, match="closed"):
        engine.raw_sql("SELECT 1")
    assert dataset.collect(dataset.table("turns").count().name("n").as_table()) == [{"n": 3}]
    assert dataset._engine._backend is not engine
    dataset.close()
