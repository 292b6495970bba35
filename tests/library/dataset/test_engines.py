"""The same expressions on DuckDB and on Spark: the same tables, decimals included."""

import shutil
from decimal import Decimal
from importlib.util import find_spec

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from croisee.dataset import Distributed, Embedded, EngineRefused, spark
from croisee.survey.counting import weighted_sum
from croisee.survey.joint import _squared
from croisee.survey.participation import _counted

needs_spark = pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="no pyspark or no Java on this machine",
)
WEIGHT = pa.decimal128(24, 12)
ANSWERS = pa.table(
    {
        "respondent": ["é2", "r1", "R3", "r4", "r5", "r6"],
        "case": ["nord", "nord", "sud", "sud", "Île", "Île"],
        "component": ["", "a", "a", "", "b", "b"],
        "organisation": ["o1", "", "o2", "o2", "o3", "o3"],
        "weight": pa.array(
            [
                Decimal("0.333333333333"),
                Decimal("1.666666666667"),
                Decimal("99999.123456789012"),
                Decimal("1.000000500000"),
                Decimal("2.5"),
                Decimal("0.000000500000"),
            ],
            WEIGHT,
        ),
        "amount": pa.array(
            [
                Decimal("12.3456"),
                None,
                Decimal(0),
                Decimal("99999999999999.9999"),
                Decimal("-1.5"),
                Decimal("-1.5"),
            ],
            pa.decimal128(18, 4),
        ),
        "mark": pa.array([True, False, None, True, True, None]),
        "rank": pa.array([1, 2, 0, 1, 1, 3], pa.int16()),
    }
)


@pytest.fixture(scope="session")
def distributed():
    with Distributed("local[2]", collected=20) as engine:
        yield engine


@pytest.fixture
def both(tmp_path, distributed):
    """Return what runs one expression on each engine, on a file at an awkward place."""
    folder = tmp_path / ".réponses [1] {a} 100% @2026"
    folder.mkdir()
    file = folder / "profil@2026.parquet"
    pq.write_table(ANSWERS, file)
    embedded = Embedded()

    def run(expression):
        return [
            engine.run(expression(engine.read("answers/profil@2026", file)))
            for engine in (embedded, distributed)
        ]

    yield run
    embedded.close()


def wide(t):
    return t.group_by("case").agg(
        people=t.count(),
        answered=t.mark.count(),
        marked=t.mark.sum(),
        total=t.amount.sum(),
        weighted=weighted_sum(t.amount, t.weight),
        some=(t.amount != 0).sum(),
    )


def joint(t):
    counted = t.group_by(key=t["rank"], rank0=t["rank"]).agg(
        people=t.count(), weight=t.weight.sum(), squares=_squared(t.weight)
    )
    absent = ibis.null("int16").name("rank2")
    return counted.select(
        "key", "rank0", absent, "people", "weight", "squares", bundle=ibis.literal(0, "int32")
    )


def largest(t):
    values = t.select(case=t["case"], value=t.amount)
    values = values.filter(values.value.notnull())
    window = ibis.window(group_by="case", order_by=ibis.desc("value"))
    ranked = values.mutate(place=ibis.row_number().over(window))
    return ranked.filter(ranked.place < 2).select("case", "value", question=ibis.literal("q"))


def participation(t):
    parts = _counted(t.filter(t.component != ""), "case", "component")
    whole = _counted(t, "case").mutate(component=ibis.literal(""))
    return ibis.union(parts, whole.select(parts.columns))


def classes(t):
    bound = ibis.literal(Decimal("12.3456"), "decimal(18, 4)")
    text = ibis.cases((t.amount.isnull(), ibis.null("string")), (t.amount < bound, "a"), else_="b")
    return t.select("respondent", answer=text).filter(lambda t: t.answer.isin(["a"]))


def names(t):
    return t.filter(ibis.or_(t.mark)).select("respondent")


@needs_spark
@pytest.mark.parametrize("expression", [wide, joint, largest, participation, classes, names])
def test_one_expression_gives_the_same_arrow_table_on_both_engines(both, expression):
    def ordered(t):
        found = expression(t)
        return found.order_by(found.columns)

    here, there = both(ordered)

    assert here.num_rows
    assert there.schema == here.schema
    assert there.to_pylist() == here.to_pylist()


@needs_spark
def test_texts_are_ordered_by_their_bytes_on_both_engines(both):
    found = both(lambda t: t.select("respondent").order_by("respondent"))

    assert [table.column("respondent").to_pylist() for table in found] == [
        ["R3", "r1", "r4", "r5", "r6", "é2"]
    ] * 2


@needs_spark
def test_what_would_flood_the_driver_is_refused_by_its_table(tmp_path, distributed):
    pq.write_table(pa.table({"n": range(21)}), tmp_path / "tours.parquet")
    turns = distributed.read("turns", tmp_path / "tours.parquet")

    with pytest.raises(EngineRefused) as refused:
        distributed.run(turns)

    assert refused.value.message.to("fr").startswith("Trop de lignes à rapporter de turns")
    assert distributed.run(turns.count().name("n").as_table()).to_pylist() == [{"n": 21}]


def test_without_java_one_sentence_says_what_to_install(monkeypatch, tmp_path):
    if find_spec("pyspark") is None:
        pytest.skip("no pyspark on this machine")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))

    with pytest.raises(EngineRefused) as refused:
        spark.Distributed("local[2]")

    assert "Java 17" in refused.value.message.to("fr")
