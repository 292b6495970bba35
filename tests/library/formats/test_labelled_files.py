"""Tables with labels in SPSS, Stata, CSV and XLSX: written, read again, and those of others."""

from __future__ import annotations

import re

import pyreadstat
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.conftest import REAL_DATA

from croisee.formats import FormatRefused
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable
from croisee.formats.labelled_fitting import fitted_for_sav, fitted_for_stata
from croisee.formats.labelled_sheet import (
    beside,
    read_labelled_sheet,
    write_labelled_csv,
    write_labelled_xlsx,
)
from croisee.formats.sav import read_sav
from croisee.formats.sav_writing import write_sav
from croisee.formats.stata import read_dta
from croisee.formats.stata_writing import write_dta
from croisee.language import LANGUAGES
from croisee.run.converting import convert

SURVEYS = REAL_DATA / "survey"
real = pytest.mark.skipif(not SURVEYS.is_dir(), reason="the real data are not beside the project")
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
WORDS = st.text("abcéœΩж=-'; 0\"", max_size=14).map(str.strip)
WHOLE = st.integers(-99_999, 99_999)
CODES = st.lists(WHOLE, max_size=5, unique=True)


@st.composite
def variables(draw, place):
    """A variable and its cells' strategy, as SPSS can hold them."""
    content = draw(st.sampled_from(list(Content)))
    name, label = f"q{place}_é", draw(WORDS)
    measure = draw(st.sampled_from(list(Measure)))
    if content is Content.NUMBER:
        codes = draw(CODES)
        absent = sorted(codes[:3]) if draw(st.booleans()) else []
        spans = tuple((str(one), str(one)) for one in absent)
        if draw(st.booleans()):
            low = draw(WHOLE)
            spans = ((str(low), str(low + 5)), *spans[:1])
            absent = [one for one in codes if low <= one <= low + 5 or [one] == absent[:1]]
        values = tuple(Value(str(one), draw(WORDS), one in absent) for one in codes)
        own = Variable(name, label, content, values, measure, spans, "", draw(st.integers(0, 9)))
        numbers = WHOLE | st.sampled_from(codes) if codes else WHOLE
        decimals = st.integers(-(10**12), 10**12).map(lambda one: one / 1000)
        return own, st.just("") | (numbers | decimals).map(number_said)
    if content is Content.TEXT:
        size = draw(st.sampled_from([6, 300]))
        codes = draw(st.lists(st.text("abc", min_size=1, max_size=7), max_size=3, unique=True))
        absent = codes[: draw(st.integers(0, 3))]
        values = tuple(Value(one, draw(WORDS), one in absent) for one in codes)
        own = Variable(name, label, content, values, measure, tuple((one, one) for one in absent))
        return own, st.text("aé=ж, ", max_size=size).map(str.strip)
    moments = {
        Content.DATE: st.dates().map(str),
        Content.TIME: st.times().map(lambda one: one.replace(microsecond=0).isoformat()),
        Content.MOMENT: st.datetimes().map(lambda one: one.replace(microsecond=0).isoformat()),
    }
    since = moments[content].filter(lambda one: content is Content.TIME or one > "1600")
    return Variable(name, label, content, measure=measure), st.just("") | since


def number_said(one):
    value = float(one)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


@st.composite
def tables(draw):
    drawn = [draw(variables(place)) for place in range(draw(st.integers(1, 4)))]
    rows = draw(st.lists(st.tuples(*(cells for _, cells in drawn)), max_size=6))
    own = tuple(one for one, _ in drawn)
    sets = ()
    if draw(st.booleans()):
        sets = (Multiple("tous", draw(WORDS), tuple(one.name for one in own),
                         draw(st.sampled_from(["1", ""]))),)  # fmt: skip
    notes = tuple(draw(st.lists(WORDS.filter(bool), max_size=2)))
    return Labelled(draw(WORDS), own, sets, tuple(rows), notes)


@QUICK
@given(table=tables())
def test_what_is_written_for_spss_is_read_the_same(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("sav") / "x.sav"
    write_sav(path, table)
    assert read_sav(path) == table


@QUICK
@given(table=tables())
def test_a_sheet_and_its_variables_are_read_the_same(table, tmp_path_factory):
    assume(all(any(row) for row in table.rows))  # a line with nothing in it is no line
    folder = tmp_path_factory.mktemp("feuille")
    for language in LANGUAGES:
        write_labelled_csv(folder / "x.csv", beside(folder / "x.csv"), table, language)
        write_labelled_xlsx(folder / "x.xlsx", table, language)
        assert read_labelled_sheet(folder / "x.csv") == (table, ())
        assert read_labelled_sheet(folder / "x.xlsx") == (table, ())


@QUICK
@given(table=tables())
def test_what_stata_holds_is_read_the_same_and_the_rest_was_said(table, tmp_path_factory):
    path = tmp_path_factory.mktemp("dta") / "x.dta"
    fitted, losses = fitted_for_stata(table)
    write_dta(path, fitted)
    again = read_dta(path)
    assert (again.title, again.notes, again.rows) == (fitted.title, fitted.notes, fitted.rows)
    for old, new, before in zip(fitted.variables, again.variables, table.variables, strict=True):
        assert (new.name, new.label, new.content) == (old.name, old.label, old.content)
        assert set(new.values) == set(old.values)
        assert new.decimals == old.decimals
        assert set(new.missing) <= set(old.missing)  # a letter that nothing has is not written
        told = " ".join(one.message.to("fr") for one in losses)
        if set(new.missing) != set(before.missing) or set(new.values) != set(before.values):
            assert before.name in told
    if table.multiples:
        assert any("tous" in one.message.to("fr") for one in losses)


@QUICK
@given(table=tables())
def test_a_missing_answer_in_spss_is_a_missing_answer_in_stata_and_back(table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("va")
    write_dta(folder / "x.dta", fitted_for_stata(table)[0])
    back, _ = fitted_for_sav(read_dta(folder / "x.dta"))
    write_sav(folder / "x.sav", back)
    again = read_sav(folder / "x.sav")
    for place, one in enumerate(table.variables):
        if one.content is not Content.NUMBER:
            continue
        for before, after in zip(table.rows, again.rows, strict=True):
            own = again.variables[place]
            assert absent(before[place], one) == absent(after[place], own)
            if before[place] and not absent(before[place], one):
                assert after[place] == before[place]


def absent(cell, variable):
    return bool(cell) and any(
        float(low) <= float(cell) <= float(high) for low, high in variable.missing
    )


TABLE = Labelled(
    "Sondage-éclair",
    (
        Variable(
            "aide", "Aide reçue", Content.NUMBER,
            (Value("1", "Oui"), Value("2", "Non"), Value("-9", "Ne sait pas", missing=True)),
            Measure.NOMINAL, (("-9", "-9"),),
        ),
        Variable("mots", "En vos mots", Content.TEXT),
    ),
    (),
    (("1", "é" * 3000), ("-9", ""), ("2", "court")),
    ("Recueilli au printemps.",),
)  # fmt: skip


def test_readstat_opens_our_stata_file_with_labels_notes_and_missing_values(tmp_path):
    fitted, losses = fitted_for_stata(TABLE)
    write_dta(tmp_path / "x.dta", fitted)
    cells, about = pyreadstat.read_dta(
        str(tmp_path / "x.dta"), user_missing=True, output_format="dict"
    )
    assert list(cells["aide"]) == [1, "a", 2]
    assert about.variable_value_labels["aide"] == {1: "Oui", 2: "Non", "a": "Ne sait pas"}
    assert cells["mots"][0] == "é" * 3000
    assert about.file_label == "Sondage-éclair"
    assert about.notes == ["Recueilli au printemps."]
    plain, _ = pyreadstat.read_dta(str(tmp_path / "x.dta"), output_format="dict")
    assert plain["aide"][1] is None
    assert [one.message.to("fr") for one in losses] == [
        "Valeurs manquantes écrites en lettres de Stata : aide (-9 = .a)."
    ]


def test_names_that_become_the_same_are_told_apart_and_said():
    long = "priorites_du_regroupement_regional_"
    table = Labelled("", (Variable(f"{long}a"), Variable(f"{long}b"), Variable("if")))
    fitted, losses = fitted_for_stata(table)
    names = [one.name for one in fitted.variables]
    assert names == [long[:32], long[:30] + "_2", "if_"]
    assert f"{long}b → {long[:30]}_2" in losses[0].message.to("fr")


def test_letters_of_stata_get_numbers_that_nobody_answered():
    one = Variable("q", missing=((".a", ".a"), (".b", ".b")), values=(Value(".a", "Refus", True),))
    fitted, losses = fitted_for_sav(Labelled("", (one,), (), (("-1",), (".a",), (".b",))))
    assert fitted.rows == (("-1",), ("-2",), ("-3",))
    assert fitted.variables[0].missing == (("-2", "-2"), ("-3", "-3"))
    assert fitted.variables[0].values == (Value("-2", "Refus", missing=True),)
    assert "q (.a = -2, .b = -3)" in losses[0].message.to("fr")


def test_four_missing_values_with_nothing_between_are_a_range():
    spans = tuple((str(one), str(one)) for one in (-4, -3, -2, -1))
    kept, losses = fitted_for_sav(Labelled("", (Variable("q", missing=spans),), (), (("1",),)))
    assert (kept.variables[0].missing, losses) == ((("-4", "-1"),), ())
    spans = tuple((str(one), str(one)) for one in (-9, 7, 8, 9))
    kept, losses = fitted_for_sav(Labelled("", (Variable("q", missing=spans),), (), (("1",),)))
    assert kept.variables[0].missing == spans[:3]
    assert "trois valeurs manquantes" in losses[0].message.to("fr")


@real
def test_every_real_file_of_spss_is_written_and_read_the_same(tmp_path):
    paths = sorted([*SURVEYS.rglob("*.sav"), *SURVEYS.rglob("*.zsav")])
    assert len(paths) == 19
    for path in paths:
        table = read_sav(path)
        write_sav(tmp_path / "x.sav", table)
        assert read_sav(tmp_path / "x.sav") == table, path.name


@real
def test_every_real_file_of_stata_is_written_and_read_the_same(tmp_path):
    paths = sorted(SURVEYS.rglob("*.dta"))
    assert len(paths) == 2
    for path in paths:
        table = read_dta(path)
        write_dta(tmp_path / "x.dta", table)
        assert read_dta(tmp_path / "x.dta") == table, path.name


@real
def test_the_same_table_in_spss_and_in_stata_reads_alike():
    """ReadStat's own two samples hold the same answers."""
    folder = SURVEYS / "sav_pyreadstat"
    one, other = read_sav(folder / "sample.sav"), read_dta(folder / "sample.dta")
    assert one.rows == other.rows
    assert [each.content for each in one.variables] == [each.content for each in other.variables]


@pytest.mark.parametrize("reader", [read_sav, read_dta])
def test_a_file_cut_short_is_refused_in_one_sentence(reader, tmp_path):
    path = tmp_path / "x"
    (write_sav if reader is read_sav else write_dta)(path, fitted_for_stata(TABLE)[0]
                                                     if reader is read_dta else TABLE)  # fmt: skip
    whole = path.read_bytes()
    for size in (0, 3, 100, len(whole) // 2):
        path.write_bytes(whole[:size])
        with pytest.raises(FormatRefused, match=r"lisible|fichier"):
            reader(path)


def test_letters_in_another_encoding_than_the_file_says_are_refused(tmp_path):
    path = tmp_path / "x.sav"
    write_sav(path, TABLE)
    path.write_bytes(path.read_bytes().replace("Aide reçue".encode(), b"Aide re\xe7ues"))
    with pytest.raises(FormatRefused, match="encodage"):
        read_sav(path)


def test_a_word_in_a_variable_of_numbers_is_refused_with_its_line(tmp_path):
    path = tmp_path / "x.csv"
    write_labelled_csv(path, beside(path), TABLE)
    path.write_text(re.sub(r"(?m)^2;", "deux;", path.read_text("utf-8-sig")), "utf-8")
    with pytest.raises(FormatRefused, match="« deux » n’est pas un nombre") as refused:
        read_labelled_sheet(path)
    assert refused.value.line == 4


def test_a_sheet_alone_is_read_and_what_is_not_known_is_said(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("age;jour;code\n12,5;2020-03-13;001\n".replace(",", "."), "utf-8")
    table, notices = read_labelled_sheet(path)
    assert [one.content for one in table.variables] == [Content.NUMBER, Content.DATE, Content.TEXT]
    assert "ni libellé" in notices[0].message.to("fr")


def test_a_table_in_english_has_its_variables_said_in_english(tmp_path):
    hours = Variable("q1", "How many hours did you give?", measure=Measure.SCALE)
    codes = (Value("1", "Yes"), Value("9", "?", missing=True))
    agree = Variable("q2", "Do you agree?", values=codes, missing=(("9", "9"),))
    table = Labelled("Boxes", (hours, agree), (), (("2", "1"), ("", "9")))
    write_sav(tmp_path / "x.sav", table)
    convert(tmp_path / "x.sav", tmp_path / "x.csv")
    said = (tmp_path / "x-variables.csv").read_text("utf-8-sig").splitlines()
    assert said[0] == "kind;variable;code;up_to;label;content;measure;decimals;missing;question"
    assert "variable;q1;;;How many hours did you give?;number;scale;;;" in said
    assert "value;q2;9;;?;;;;yes;" in said
    convert(tmp_path / "x.csv", tmp_path / "y.sav")
    assert read_sav(tmp_path / "y.sav") == read_sav(tmp_path / "x.sav")
