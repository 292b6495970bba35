"""The trend of a question over editions: from printed values, with its interval and its breaks."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from gate_samples import KEY, case_table, draft, one_way, question, study, yes_no
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.disclosure import Kind, Register, Release, seal
from croisee.disclosure.attacker.reading import gather
from croisee.disclosure.released import _GATE
from croisee.disclosure.trends import share_interval
from croisee.language import Label
from croisee.report import compose_report, figure_blocks
from croisee.study import Break, Edition, Instrument, QuestionKind, Subject, Verdict
from croisee.survey import interval

NOTHING = type("Nothing", (), {"breaches": (), "undecided": ()})()


def trends_of(made):
    return [table for table in made.release.tables if table.kind is Kind.TREND]


def rows(table):
    return [
        (head.key, *(None if cell is None else _said(cell.value) for cell in line))
        for head, line in zip(table.rows, table.cells, strict=True)
    ]


def _said(value):
    return (value.lo, value.n) if hasattr(value, "lo") else value.text.fr


def two_editions(folder, before, after, **more):
    return draft(
        folder,
        ("individuel.2020.aide", case_table(before)),
        ("individuel.2021.aide", case_table(after, edition="2021")),
        **more,
    )


def test_a_trend_holds_the_exact_points_of_two_editions_and_what_moved(tmp_path):
    made = two_editions(
        tmp_path,
        {"carrefours": (30, 10), "quartiers": (2, 22)},
        {"carrefours": (20, 20), "quartiers": (10, 14)},
    )
    (table,) = trends_of(made)

    assert (table.key, [head.label.fr for head in table.columns]) == (
        "tendance.individuel.aide", ["2020", "2021", "Écart"],
    )  # fmt: skip
    assert rows(table) == [
        ("oui@carrefours", (10, 40), (20, 40),
         "2020 à 2021 : +25 points (entre +2 et +46)"),
    ]  # fmt: skip
    assert {base.id for base in table.bases} == {
        "individuel.2020@carrefours", "individuel.2021@carrefours",
    }  # fmt: skip


def test_a_point_of_a_sealed_edition_counts(tmp_path):
    register = Register.open(tmp_path / "registre", token=KEY)
    first = draft(tmp_path, ("individuel.2020.q", one_way((10, 20), yes_no("q"))),
                  register=register)  # fmt: skip
    seal(first.release, register, datetime(2026, 12, 1, tzinfo=UTC), NOTHING)
    later = study(diffusion=replace(study().diffusion, code="2027a"))

    made = draft(
        tmp_path, ("individuel.2021.q", one_way((16, 14), yes_no("q"), edition="2021")),
        register=register, of=later,
    )  # fmt: skip

    assert [rows(table) for table in trends_of(made)] == [
        [("oui", (20, 30), (14, 30),
          "2020 à 2021 : −20 points (entre −45 et +8, sans changement sûr)")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [((2, 22), (12, 12)), ((9, 9), (9, 11)), ((12, 12), (23, 1))],
)
def test_no_trend_is_made_of_a_masked_or_small_point(tmp_path, before, after):
    assert trends_of(two_editions(tmp_path, {"carrefours": before}, {"carrefours": after})) == []


OLD = "Avez-vous reçu de l’aide avec un outil ?"


def copied(label):
    """A study whose second edition asks by a copy of the first questionnaire, as amended."""

    def asks(code, name, text):
        asked = replace(
            question("aide", ("non", "oui"), kind=QuestionKind.SINGLE), label=Label(text)
        )
        return Instrument(code, Label(name), "individuel", Subject.PERSON, (asked,)), asked

    old, first = asks("avant", "Avant", OLD)
    new, second = asks("apres", "Après", label)
    return study(instruments=(old, new)), first, second


def over_a_copy(folder, label):
    of, first, second = copied(label)
    return draft(
        folder,
        ("avant.2020.aide", one_way((30, 10), first, source="avant")),
        ("apres.2021.aide", one_way((20, 20), second, source="apres", edition="2021")),
        of=of,
    )


def test_a_copied_question_goes_on(tmp_path):
    (table,) = trends_of(over_a_copy(tmp_path, OLD))

    assert rows(table)[0][1:] == (
        (10, 40), (20, 40), "2020 à 2021 : +25 points (entre +2 et +46)",
    )  # fmt: skip
    assert table.notes == ()


def test_a_reworded_question_is_compared_with_care_and_says_so(tmp_path):
    (table,) = trends_of(over_a_copy(tmp_path, "Avez-vous reçu de l’aide avec un nouvel outil ?"))

    assert rows(table)[0][3] == "2020 à 2021 : +25 points (entre +2 et +46)"
    assert [note.fr.partition(". ")[0] for note in table.notes] == [
        "2020 à 2021 : à comparer avec prudence"
    ]


def test_a_question_renamed_and_reworded_is_known_by_its_identity(tmp_path):
    """Nothing but the identity says that it is the same question: it is drawn, not compared."""
    of, first, _second = copied(OLD)
    asked = replace(
        question("soutien", ("non", "oui"), kind=QuestionKind.SINGLE),
        label=Label("Quelqu’un vous a-t-il épaulé pour le numérique ?"),
    )

    def over(identity):
        before = replace(first, identity="k3f9")
        after = replace(asked, identity=identity)
        waves = (replace(of.instruments[0], questions=(before,)),
                 replace(of.instruments[1], questions=(after,)))  # fmt: skip
        return trends_of(draft(
            tmp_path / (identity or "rien"),
            ("avant.2020.aide", one_way((30, 10), before, source="avant")),
            ("apres.2021.soutien", one_way((20, 20), after, source="apres", edition="2021")),
            of=replace(of, instruments=waves),
        ))  # fmt: skip

    (table,) = over("k3f9")
    assert (table.key, rows(table)) == (
        "tendance.apres.soutien", [("oui", (10, 40), (20, 40), None)],
    )  # fmt: skip
    assert [note.fr.partition(". ")[0] for note in table.notes] == [
        "2020 à 2021 : rien n’est comparé"
    ]
    assert over("autre") == over("") == []


@pytest.mark.parametrize(
    ("verdict", "gap", "note"),
    [
        (Verdict.WITH_CARE, "2020 à 2021 : +25 points (entre +2 et +46)",
         "2020 à 2021 : à comparer avec prudence. Un choix est ajouté."),
        (Verdict.NOT_COMPARABLE, None,
         "2020 à 2021 : rien n’est comparé. Un choix est ajouté."),
    ],
)  # fmt: skip
def test_a_break_between_two_versions_of_one_codebook_is_said(tmp_path, verdict, gap, note):
    asked = question("aide", ("non", "oui"), kind=QuestionKind.SINGLE)
    said = Label("Un choix est ajouté.", "A choice is added.")
    wave = Instrument(
        "individuel", Label("Sondage"), "individuel", Subject.PERSON, (asked,),
        breaks=(Break("aide", "2020", "2021", verdict, said),
                Break("autre", "2020", "2021", Verdict.NOT_COMPARABLE, said)),
    )  # fmt: skip
    made = draft(
        tmp_path,
        ("individuel.2020.aide", one_way((30, 10), asked)),
        ("individuel.2021.aide", one_way((20, 20), asked, edition="2021")),
        of=study(instruments=(wave,)),
    )
    (table,) = trends_of(made)
    assert rows(table) == [("oui", (10, 40), (20, 40), gap)]
    assert [one.fr for one in table.notes] == [note]
    assert table.notes[0].en.endswith("A choice is added.")


def test_another_scale_is_drawn_and_never_compared(tmp_path):
    scales = [replace(question("accord", degrees), label=Label("Êtes-vous d’accord ?"))
              for degrees in ("abc", "abcd")]  # fmt: skip
    waves = [
        Instrument(code, Label(code), "individuel", Subject.PERSON, (asked,))
        for code, asked in zip(("avant", "apres"), scales, strict=True)
    ]
    made = draft(
        tmp_path,
        ("avant.2020.accord", one_way((15, 16, 17), scales[0], source="avant")),
        ("apres.2021.accord",
         one_way((15, 16, 17, 18), scales[1], source="apres", edition="2021")),
        of=study(instruments=tuple(waves)),
    )  # fmt: skip
    (table,) = trends_of(made)

    assert rows(table) == [
        ("a", (15, 48), (15, 66), None), ("b", (16, 48), (16, 66), None),
        ("c", (17, 48), (17, 66), None),
    ]  # fmt: skip
    assert [note.fr.partition(". ")[0] for note in table.notes] == [
        "2020 à 2021 : rien n’est comparé"
    ]


def test_two_questionnaires_with_little_in_common_are_not_two_editions(tmp_path):
    of, first, second = copied(OLD)
    others = tuple(replace(question(f"autre-{n}"), label=Label(f"Sujet {n}")) for n in range(3))
    apart = replace(of.instruments[1], questions=(second, *others))
    made = draft(
        tmp_path,
        ("avant.2020.aide", one_way((30, 10), first, source="avant")),
        ("apres.2021.aide", one_way((20, 20), second, source="apres", edition="2021")),
        of=replace(of, instruments=(of.instruments[0], apart)),
    )

    assert trends_of(made) == []


def test_another_condition_is_a_break(tmp_path):
    made = draft(
        tmp_path,
        ("individuel.2020.aide", one_way((30, 10), yes_no())),
        ("individuel.2021.aide",
         one_way((20, 20), yes_no(), edition="2021", filter="sans-institutions")),
    )  # fmt: skip
    (table,) = trends_of(made)

    assert rows(table) == [("oui", (10, 40), (20, 40), None)]
    assert [note.fr for note in table.notes] == [
        "2020 à 2021 : rien n’est comparé. La question n’a pas été posée aux mêmes personnes."
    ]


COUNTS = st.tuples(st.integers(0, 40), st.integers(0, 40)).filter(lambda pair: sum(pair) > 9)


@settings(max_examples=30, deadline=None)
@given(
    before=st.fixed_dictionaries({"carrefours": COUNTS, "quartiers": COUNTS}),
    after=st.fixed_dictionaries({"carrefours": COUNTS, "quartiers": COUNTS}),
)
def test_a_trend_says_nothing_that_is_not_printed(tmp_path_factory, before, after):
    made = two_editions(tmp_path_factory.mktemp("tendance"), before, after)
    printed = {
        (cell.base, cell.events, cell.value)
        for table in made.release.tables
        if table.kind is not Kind.TREND
        for line in table.cells
        for cell in line
        if cell is not None
    }
    for table in trends_of(made):
        for line in table.cells:
            told = [cell for cell in line[:-1] if cell is not None]
            assert {(cell.base, cell.events, cell.value) for cell in told} <= printed
            assert all(cell.value.lo == cell.value.hi for cell in told)


def without_trends(release):
    parts = {name: getattr(release, name) for name in Release.__slots__}
    kept = tuple(table for table in release.tables if table.kind is not Kind.TREND)
    return Release(_gate=_GATE, **(parts | {"tables": kept}))


def test_the_attacker_learns_nothing_from_a_trend(tmp_path):
    made = two_editions(tmp_path, {"carrefours": (30, 10)}, {"carrefours": (20, 20)})
    policy = made.release.study.policy

    assert trends_of(made) != []
    assert gather([made.release], policy) == gather([without_trends(made.release)], policy)


def test_an_interval_is_of_the_frame_where_the_whole_of_it_was_asked(tmp_path):
    made = draft(
        tmp_path,
        ("individuel.2020.aide", one_way((30, 10), yes_no(), frame=60)),
        ("individuel.2021.aide",
         one_way((20, 20), yes_no(), edition="2021", frame=60, filter="aide",
                 within="individuel.2021@tous")),
    )  # fmt: skip
    (table,) = trends_of(made)
    bases = {base.id: base for base in table.bases}

    ends = [share_interval(cell.value, bases[cell.base]) for cell in table.cells[0][:2]]

    assert ends == [interval(10, 40, 60), interval(20, 40, None)]


def test_a_trend_is_a_figure_and_a_page_of_the_report(tmp_path):
    editions = (Edition("2020", Label("2020")), Edition("2021", Label("2021")))
    made = two_editions(
        tmp_path, {"carrefours": (30, 10)}, {"carrefours": (20, 20)}, of=study(editions=editions)
    )
    (table,) = trends_of(made)
    block = figure_blocks(made.release, "fr")[table.key]

    assert block.table.columns == ("Réponse", "2020", "2021", "Écart")
    assert block.table.rows == (
        ("réponse oui", "10 sur 40 (25 %), entre 12 % et 42 %",
         "20 sur 40 (50 %), entre 33 % et 67 %", "2020 à 2021 : +25 points (entre +2 et +46)"),
    )  # fmt: skip
    chapters = {s.anchor: s for s in compose_report(made.release, "fr").sections}
    assert [one.code for one in chapters["tendances"].blocks] == [table.code]
