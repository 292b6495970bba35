"""A study folder written is read back equal: same tables, same words, same Dataset digest."""

import shutil
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from croisee.dataset import TABLES, answers_schema, consent_of, freeze
from croisee.dataset.canonical import sort_rows
from croisee.deidentify import Decision, MaskEntry, PassageReview, Reviews
from croisee.findings import Finding, KeyNumber, Leaflet, Reference, Reported
from croisee.language import Label
from croisee.study import (
    Break,
    Case,
    Component,
    Diffusion,
    Edition,
    Instrument,
    Membership,
    Method,
    MethodKind,
    Nature,
    Option,
    Policy,
    Purpose,
    Question,
    QuestionKind,
    Study,
    Subject,
    Theme,
    Verdict,
    Waiver,
)
from croisee.studyfolder import StudyExists, StudyFolder, new_study, read_study, write_study
from croisee.studyfolder.deposit import Author, Deposit

REFERENCE = Path(__file__).parents[3] / "examples" / "etude-de-reference"
AT = datetime(2026, 11, 22, tzinfo=UTC)


def content(folder):
    """Everything a folder says but where it lies and what is to look at in it."""
    said = {f.name: getattr(folder, f.name) for f in fields(folder)}
    for name in ("path", "problems", "tables"):
        del said[name]
    return said | {n: sort_rows(t).to_pylist() for n, t in folder.tables.items() if t.num_rows}


def digest(folder, where):
    shutil.rmtree(where, ignore_errors=True)
    dataset = freeze(folder.study, folder.tables, folder.consents, where, at=AT)
    dataset.close()
    return dataset.digest


@pytest.mark.parametrize("source", ["reference", "fr", "en"])
def test_a_study_written_is_read_back_equal(source, tmp_path):
    if source == "reference":
        before = read_study(REFERENCE)
    else:
        new_study(tmp_path / "new", source)
        before = read_study(tmp_path / "new")
    write_study(before, tmp_path / "out")
    after = read_study(tmp_path / "out")
    assert after.problems == ()
    assert content(after) == content(before)
    assert digest(after, tmp_path / "b") == digest(before, tmp_path / "a")


def test_what_is_there_is_never_written_over(tmp_path):
    folder = read_study(REFERENCE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StudyExists):
        write_study(folder, tmp_path / "out")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def told(path, name):
    return [p.message.to("fr") for p in read_study(path).problems if p.file == name]


def test_turns_of_no_document_and_references_elsewhere_are_refused(tmp_path):
    write_study(read_study(REFERENCE), tmp_path / "out")
    with (tmp_path / "out" / "tours.csv").open("a", encoding="utf-8") as file:
        file.write("ailleurs;1;;;Bonjour.;;\r\nentretien-01;1;;;Encore.;;\r\n")
        file.write("entretien-01;900;;;Tard.;tantôt;\r\n")
    with (tmp_path / "out" / "references.csv").open("a", encoding="utf-8") as file:
        file.write("autre;Un texte.;;javascript:alert(1)\r\n")
    assert told(tmp_path / "out", "tours.csv") == [
        "Le document « ailleurs » n’est pas déclaré.",
        "« 1 » est déjà à la ligne 2.",
        "« tantôt » n’est pas un nombre.",
    ]
    assert told(tmp_path / "out", "references.csv") == ["Une adresse commence par https://."]


def test_a_document_without_file_nor_turn_has_nothing_in_it(tmp_path):
    write_study(read_study(REFERENCE), tmp_path / "out")
    with (tmp_path / "out" / "documents.csv").open("a", encoding="utf-8") as file:
        file.write("vide;vide.txt;carrefours;;entretien;entretien-01;2020;\r\n")
    folder = read_study(tmp_path / "out")
    assert not folder.refused
    assert "vide" in folder.tables["documents"]["document"].to_pylist()


# A text as a table gives it back: no white space at its ends, one Unicode form, no odd sign.
words = st.text(
    st.sampled_from("aéœ '’\"«»=+-@;,|\n0195.:{}[]#\\€—…<&\t"), min_size=1, max_size=30
).map(str.strip)
texts = words.filter(bool)
labels = texts.filter(lambda text: "|" not in text)


def _question(code, kind, names, **others):
    options = tuple(Option(one, Label(label)) for one, label in names)
    return Question(code, Label("Une question"), kind, options, **others)


@st.composite
def studies(draw):
    """A small study whose texts are what makes tables and TOML stumble."""
    names = [(code, draw(labels)) for code in ("a", "b-2", "aucun")]
    questions = (
        _question("un", QuestionKind.SINGLE, names),
        _question("echelle", QuestionKind.ORDINAL, names, mean=draw(st.booleans())),
        _question(
            "plus", QuestionKind.MULTIPLE, names, missing=draw(st.sampled_from([(), ("non",)]))
        ),
        _question("ordre", QuestionKind.RANK, names),
        _question(
            "combien", QuestionKind.NUMBER, (), step=Decimal("0.5"), classes=(Decimal("2.5"),)
        ),
        _question("dire", QuestionKind.TEXT, ()),
    )  # fmt: skip
    text = lambda: Label(draw(texts), draw(words))  # noqa: E731 -- one of many
    breaks = (Break("un", "e1", "e2", Verdict.WITH_CARE, text()),
              Break("plus", "e1", "e2", Verdict.NOT_COMPARABLE))  # fmt: skip
    questions = (replace(questions[0], identity=draw(words)), *questions[1:])
    people = Instrument(
        "fiche", text(), "groupe", Subject.PERSON, questions, weighted=True, breaks=breaks
    )
    cases = tuple(
        Case(code, text(), text(), unit=text(), components=components,
             memberships=(Membership(2020, 12, draw(words)),))
        for code, components in (("nord", (Component("n1", text()),)), ("sud", ()))
    )  # fmt: skip
    theme = Theme("budget", 2, "budget", text(), wording=(("sud", text()),),
                  options=(Option("o", Label(draw(labels))),), total=Decimal(1000),
                  nature=draw(st.sampled_from((Nature.SPOKEN, Nature.SENSITIVE))))  # fmt: skip
    return Study(
        title=text(), question=text(), languages=("fr", "en"), cases=cases,
        editions=(
            Edition("e1", text(), date(2020, 1, 1), date(2020, 12, 31)), Edition("e2", Label("")),
        ),
        methods=(Method("groupe", text(), MethodKind.FOCUS_GROUP),),
        diffusion=Diffusion("2020a", date(2021, 1, 1), ("e1",)),
        policy=Policy(
            t=3, exceptions=(Waiver("t", draw(texts), draw(texts), date(2020, 1, 2)),),
            agreements=(Waiver("a/b@nord", draw(words), draw(texts), date(2020, 1, 2)),),
        ),
        instruments=(people,), themes=(theme,),
        purposes=(Purpose("analyse", text(), "analyse"), Purpose("re-voir", text(), "autre")),
        crossings=(("fiche", "e1", "un", "plus"),), team=text(), contact=draw(words),
    )  # fmt: skip


def _table(name, *rows):
    """A Dataset's table: texts not said are empty, yes or no is no."""
    unsaid = {
        field.name: {pa.string(): "", pa.bool_(): False}.get(field.type) for field in TABLES[name]
    }
    whole = [{column: row.get(column, absent) for column, absent in unsaid.items()} for row in rows]
    return name, pa.Table.from_pylist(whole, schema=TABLES[name])


@st.composite
def folders(draw):
    study = draw(studies())
    spoken = draw(st.lists(texts, min_size=1, max_size=4))
    numbers = sorted(draw(st.sets(st.integers(1, 9), min_size=len(spoken), max_size=len(spoken))))
    turns = [
        {"document": "d", "turn": number, "speaker": draw(words),
         "participant": "p-1" if place else "", "text": text,
         "start": draw(st.none() | st.floats(0, 1e4)), "end": None}
        for place, (number, text) in enumerate(zip(numbers, spoken, strict=True))
    ]  # fmt: skip
    first = turns[0]
    passage = {"document": "d", "turn": first["turn"], "start": 0, "end": len(first["text"])}
    sheets = [_sheet(draw, code) for code in draw(st.sets(st.sampled_from(["p-1", "x", "y"])))]
    inside = {"session": "s", "case": "nord", "edition": "e1"}
    held = {**inside, "method": "groupe", "held_on": "2020-05"}
    gave = {"theme": "budget", "participant": "p-1", "option": "o", "amount": Decimal("12.5000")}
    tables = dict(
        [
            _table("participants", {"participant": "p-1", "case": "nord", "component": "n1"}),
            _table("presences", {"session": "s", "participant": "p-1"}),
            _table("sessions", held),
            _table("documents", {**held, "document": "d", "file": "Un document.docx"}),
            _table("turns", *turns),
            _table("codes", {"code": "c", "label_fr": draw(texts), "kind": "theme"}),
            _table("codings", *[{**passage, "code": "c", "coder": draw(words)}] * 2),
            _table("excerpts", {**passage, "key": "k"}),
            _table("allocations", {**inside, **gave}),
            _table("mention_groups", {"group": "g", "label_fr": draw(texts), "order": 1}),
            _table("mentions", {"case": "sud", "name_fr": draw(texts), "group": "g"}),
        ]
    )
    tables["answers/fiche@e1"] = pa.Table.from_pylist(
        sheets, schema=answers_schema(study.instruments[0])
    )
    accepted = {"p-1": draw(st.sampled_from([("analyse",), ("analyse", "re-voir"), ()]))}
    # Prose holds no digit and no brace: those are refused in a finding, as they should be.
    said = Label("".join(c for c in draw(texts) if c not in "{}0195").strip() or "mots")
    return StudyFolder(
        path=Path(), problems=(), study=study, tables=tables, accepted=accepted,
        consents={"p-1": consent_of(study.purposes, accepted["p-1"], None)},
        deposit=Deposit(
            (Author(draw(texts), draw(words)), Author("Équipe", orcid="0000-0002-1825-0097")),
            Label(draw(texts), draw(words)), "Social Sciences", (draw(texts),), (),
            "CC-BY-4.0", Label(draw(words)), "analyse",
        ),
        findings=(
            Finding("C-1", said, said, draw(words), ("nord", "sud"), "valide", quotes=("k",)),
        ),
        leaflets=(Leaflet("nord", lead=said, numbers=(KeyNumber("{a.b/c}", said),)),),
        references=(Reference("clé-1", Label(draw(texts)), "https://exemple.ca"),),
        reported=(Reported("a/b@c", draw(texts), Label(draw(words))),),
        registry=(MaskEntry("Odile", "personne", draw(words), ("Didi",)),),
        reviews=Reviews(
            (Decision("d", first["turn"], 0, len(first["text"]), first["text"], "personne",
                      "changer", draw(texts), draw(words), "hier"),),
            (PassageReview("d", None, True, draw(words), "hier"),),
        ),
    )  # fmt: skip


def _sheet(draw, code):
    ticks = draw(st.none() | st.tuples(*[st.booleans()] * 3))
    ranks = draw(st.permutations([1, 2, None]))
    named = ("a", "b-2", "aucun")
    return {
        "respondent": code, "case": "sud", "component": "", "organisation": "",
        "weight": draw(st.decimals("0.000000000001", 9, places=12)),
        "q_echelle": None,
        "q_un": draw(st.none() | st.sampled_from(named)),
        "q_combien": draw(st.none() | st.decimals(-99, 99, places=4)),
        "q_dire": draw(st.none() | texts),
        **{f"q_plus__{o}": t for o, t in zip(named, ticks or (None,) * 3, strict=True)},
        **{f"q_ordre__{o}": rank for o, rank in zip(named, ranks, strict=True)},
    }  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(folders())
def test_any_text_comes_back_as_it_was_written(tmp_path_factory, folder):
    where = tmp_path_factory.mktemp("written")
    write_study(folder, where / "out")
    after = read_study(where / "out")
    assert [p for p in after.problems if p.severity == "refus"] == []
    before = content(replace(folder, contradictions=after.contradictions))
    assert content(after) == before
    assert digest(after, where / "b") == digest(folder, where / "a")
