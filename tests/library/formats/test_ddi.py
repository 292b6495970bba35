"""DDI-Codebook: a description written is read the same; hostile XML is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from tests.library.formats.ddi_models import faults

from croisee.formats import FormatRefused
from croisee.formats.ddi import NAMESPACE, Archived, Described, read_ddi, unread_ddi, write_ddi
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


@settings(max_examples=40, deadline=None)
@given(variables=VARIABLES, words=st.lists(TEXTS.filter(bool), min_size=12, max_size=12))
def test_two_languages_written_are_read_each_in_its_own(tmp_path_factory, variables, words):
    said = iter(words)

    def translated(text):
        return f"en {next(said)}" if text else ""

    english = tuple(
        replace(
            one,
            label=translated(one.label),
            question=translated(one.question),
            values=tuple(replace(v, label=f"en {v.label}" if v.label else "") for v in one.values),
        )
        for one in variables
    )
    sets = Multiple("m", "Plusieurs", tuple(one.name for one in variables))
    french = Labelled(STUDY.title, tuple(variables), (sets,))
    other = Labelled("Tools", english, (replace(sets, label="Several"),))
    more = Archived({"fr": STUDY.title, "en": "Tools"}, {"fr": STUDY.abstract, "en": "Summary"})
    path = tmp_path_factory.mktemp("ddi") / "x.xml"
    path.write_bytes(write_ddi(french, STUDY, others={"en": other}, archived=more))
    assert read_ddi(path) == (STUDY, french)
    assert read_ddi(path, "en") == (replace(STUDY, title="Tools", abstract="Summary"), other)


WORDS = st.text(max_size=20)
ODD = st.lists(
    st.builds(
        Variable,
        WORDS,
        WORDS,
        st.sampled_from(Content),
        st.lists(st.builds(Value, WORDS.filter(bool), WORDS, st.booleans()), max_size=3).map(tuple),
        st.sampled_from(Measure),
        st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
        WORDS,
        st.integers(0, 3),
    ),
    max_size=3,
    unique_by=lambda one: one.name,
)


@settings(max_examples=80, deadline=None)
@given(ODD, WORDS, WORDS, st.booleans(), st.booleans(), st.booleans())
def test_whatever_is_written_is_what_the_schema_allows(odd, one, other, sets, english, archive):
    """No question, odd signs, empty words, long labels, two languages: the models of 2.5 hold."""
    named = tuple(variable.name for variable in odd)
    table = Labelled(one, tuple(odd), (Multiple(one, other, named),) if sets else ())
    both = {"fr": one, "en": other}
    pair, day = ((one, other),), "2024-03-01"
    more = Archived(
        both, both, authors=pair, contact=one, software=other, produced=day, version=one,
        citation=other, subject=one, keywords=(("fr", one), ("en", other)),
        collected=((day, ""), ("", "")), units=(both,), universes=(both, both), kind=one,
        modes=(both,), authorised=pair, restriction=one, conditions=other,
        sections=((one, both, named),), materials=((one, both), (other, both)),
    )  # fmt: skip
    study = Described(one, other, one, other, "fr")
    others = {"en": table} if english else None
    written = write_ddi(table, study, others=others, archived=more if archive else None)
    assert faults(etree.fromstring(written)) == []


def test_the_table_of_the_schema_finds_what_is_wrong():
    """The table is worth what it refuses: each fault is of a kind that validators find."""
    written = write_ddi(Labelled("t", (Variable("a", "A", values=(Value("1", ""),)),)), STUDY)
    for right, wrong in (
        (b'<var ID="V1" name="a"', b'<var ID="V1"'),
        (b'files="F1"', b'files="F2"'),
        (b'ID="V1"', b'ID="1"'),
        (b'version="2.5"', b'version="2.6"'),
        (b'intrvl="discrete"', b'intrvl="other"'),
        (b"<labl>A</labl>", b"<labl>A</labl><txt/><labl>A</labl>"),
        (b"<titlStmt>", b"<titlStmt>said"),
        (b"<catValu>1</catValu>", b"<catValu>1</catValu><catValu>2</catValu>"),
        (b'<fileDscr ID="F1">', b'<fileDscr ID="V1">'),
    ):
        assert right in written
        assert faults(etree.fromstring(written.replace(right, wrong)))


def test_what_an_archive_reads_stands_in_the_order_of_the_schema():
    """Content models of stdyDscr, citation, stdyInfo, sumDscr and useStmt (codebook.xsd, 2.5)."""
    more = Archived(
        titles={"fr": STUDY.title, "en": "Tools"},
        abstracts={"fr": "Résumé", "en": "Summary"},
        authors=(("Équipe des outils", "Université inventée"),),
        contact="a@exemple.ca",
        software="croisee 0",
        produced="2024-11-30",
        version="2024a",
        citation="Équipe (2024).",
        subject="Social Sciences",
        keywords=(("fr", "outils"), ("en", "tools")),
        collected=(("2024-03-01", "2024-06-30"),),
        units=({"fr": "Personne", "en": "Person"},),
        universes=({"fr": "Réseau des potagers", "en": "Gardens Network"},),
        kind="tableaux",
        modes=({"fr": "Sondage", "en": "Survey"},),
        authorised=(("Comité inventé", "2024-000"),),
        restriction="Aucune ligne par personne.",
        conditions="CC-BY-4.0",
        sections=(("outils", {"fr": "Outils", "en": "Tools"}, ("a",)),),
        materials=(("diffusion/rapport.pdf", {"fr": "Rapport"}),),
    )
    table = Labelled("t", (Variable("a", "A"),))
    root = etree.fromstring(write_ddi(table, STUDY, archived=more))

    def below(path):
        found = root.find("/".join(f"{{*}}{name}" for name in path.split("/")))
        return [etree.QName(one).localname for one in found]

    assert [etree.QName(one).localname for one in root] == ["stdyDscr", "dataDscr", "otherMat"]
    assert below("stdyDscr") == ["citation", "studyAuthorization", "stdyInfo", "method", "dataAccs"]
    assert below("stdyDscr/citation") == [
        "titlStmt", "rspStmt", "prodStmt", "distStmt", "verStmt", "biblCit",
    ]  # fmt: skip
    assert below("stdyDscr/citation/titlStmt") == ["titl", "parTitl", "IDNo"]
    assert below("stdyDscr/citation/prodStmt") == ["producer", "prodDate", "software"]
    assert below("stdyDscr/stdyInfo") == ["subject", "abstract", "abstract", "sumDscr"]
    assert below("stdyDscr/stdyInfo/subject") == ["keyword", "keyword", "topcClas"]
    assert below("stdyDscr/stdyInfo/sumDscr") == [
        "collDate", "collDate", "anlyUnit", "anlyUnit", "universe", "universe", "dataKind",
    ]  # fmt: skip
    assert below("stdyDscr/dataAccs/useStmt") == ["restrctn", "conditions"]
    assert below("dataDscr") == ["varGrp", "var"]
    assert root.find("{*}otherMat").attrib == {"level": "study", "URI": "diffusion/rapport.pdf"}
    identifiers = [one.get("ID") for one in root.iter() if one.get("ID")]
    assert len(identifiers) == len(set(identifiers))


CUBES = """<codeBook xmlns="http://www.icpsr.umich.edu/DDI" version="2.0"><stdyDscr/><dataDscr>
<varGrp ID="G1" type="multipleResp" var="V1 V2"/><varGrp ID="G2" type="subject" var="V1"/>
<var ID="V1" name="age"><catgry><catValu>1</catValu><catStat>12</catStat></catgry></var>
<var ID="V2" name="age"><sumStat type="mean">3</sumStat></var>
<var ID="V3" name="age_2"/>
<nCube ID="N1"><labl>Âge par sexe</labl><dmns rank="1" varRef="V1"/><dmns varRef="V3"/></nCube>
<nCube ID="N2"/></dataDscr></codeBook>"""


def test_cubes_and_counts_are_told_one_by_one(tmp_path):
    """A file of two data files and cubes: names made distinct, what is not read has its line."""
    path = tmp_path / "x.xml"
    path.write_text(CUBES, encoding="utf-8")
    _, table = read_ddi(path)
    told = [(one.line, one.message.to("fr")) for one in unread_ddi(path)]

    assert [one.name for one in table.variables] == ["age", "age_3", "age_2"]
    assert table.multiples[0].variables == ("age", "age_3")
    assert told == [
        (4, "La variable « age » est là plusieurs fois : celle-ci devient « age_3 »."),
        (6, "Le cube « Âge par sexe » (age × age_2) n’est pas repris : c’est un tableau agrégé."),
        (7, "Le cube « N2 » (?) n’est pas repris : c’est un tableau agrégé."),
        (None, "2 effectifs ou statistiques ne sont pas repris."),
        (None, "1 groupe de variables n’est pas repris."),
    ]


def test_what_we_write_leaves_nothing_unread(tmp_path):
    path = tmp_path / "x.xml"
    path.write_bytes(write_ddi(Labelled("t", (Variable("a", "A"), Variable("b", "B"))), STUDY))
    assert unread_ddi(path) == ()


def test_tables_that_are_not_the_same_are_refused():
    one, other = (Labelled("t", (Variable(name),)) for name in "ab")
    with pytest.raises(ValueError, match="same variables"):
        write_ddi(one, STUDY, others={"en": other})


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
