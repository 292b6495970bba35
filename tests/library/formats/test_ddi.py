"""DDI-Codebook: a description written is read the same; hostile XML is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from croisee.formats import FormatRefused
from croisee.formats.ddi import NAMESPACE, Described, read_ddi, write_ddi
from croisee.formats.labelled import Content, Labelled, Measure, Multiple, Value, Variable

TEXTS = st.text("aé’« »<&=+ ", max_size=8).map(lambda text: " ".join(text.split()))
VALUES = st.lists(
    st.builds(Value, st.sampled_from("123"), TEXTS, st.booleans()),
    max_size=3,
    unique_by=lambda one: one.code,
)
VARIABLES = st.lists(
    st.builds(
        Variable,
        st.sampled_from(["a", "b", "c"]),
        TEXTS,
        st.sampled_from(Content),
        VALUES.map(tuple),
        st.sampled_from(Measure),
        st.sampled_from([(), (("9", "9"),), (("7", "8"), ("9", "9"))]),
        TEXTS,
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one.name,
)
STUDY = Described("etude-1", "Outils & pratiques", "Résumé", "Équipe", "fr")


@settings(max_examples=40, deadline=None)
@given(variables=VARIABLES, together=st.booleans())
def test_a_description_written_is_read_the_same(tmp_path_factory, variables, together):
    sets = (Multiple("m", "Plusieurs", tuple(one.name for one in variables), "2"),)
    table = Labelled(STUDY.title, tuple(variables), sets if together else ())
    path = tmp_path_factory.mktemp("ddi") / "x.xml"
    path.write_bytes(write_ddi(table, STUDY))
    assert read_ddi(path) == (STUDY, table)


def test_answers_never_go_into_a_description():
    variable = Variable("a", "Âge", Content.TEXT)
    table = Labelled("t", (variable,), rows=(("SECRET-7",),))
    assert b"SECRET-7" not in write_ddi(table, STUDY)
    assert b"SECRET-7" in write_ddi(replace(table, title="SECRET-7"), STUDY)


def test_what_is_written_stands_in_the_order_of_the_schema():
    variable = Variable(
        "a", "A", Content.DATE, (Value("1", "un"),), Measure.ORDINAL, (("9", "9"),), "A ?", 2
    )
    root = etree.fromstring(write_ddi(Labelled("t", (variable,)), STUDY))
    assert etree.QName(root).namespace == NAMESPACE
    assert [etree.QName(one).localname for one in root] == ["stdyDscr", "fileDscr", "dataDscr"]
    var = next(root.iter("{*}var"))
    assert [etree.QName(one).localname for one in var] == [
        "labl", "qstn", "invalrng", "catgry", "varFormat",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<codeBook",
        b"<html/>",
        b"<!DOCTYPE c [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><codeBook>&a;</codeBook>",
        b"<!DOCTYPE c [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><codeBook>&b;</codeBook>",
    ],
)
def test_what_is_no_description_is_refused(tmp_path, content):
    path = tmp_path / "x.xml"
    path.write_bytes(content)
    with pytest.raises(FormatRefused):
        read_ddi(path)
