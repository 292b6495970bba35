import pytest
from gate_samples import case_table, draft, one_way, question, refused, study, yes_no

from croisee.disclosure import MarkRefused, read_mark, resolve_marks
from croisee.findings import Finding, KeyNumber, Leaflet
from croisee.language import Label
from croisee.study import Instrument, Subject

ROWS = {"carrefours": (15, 31), "quartiers": (2, 22), "praticiens": (11, 9)}


def finding(text: str, **more) -> Finding:
    return Finding("C-01", Label("Titre"), Label(text), "Section", (), "valide", **more)


def of_tables(tmp_path, *findings, **more):
    aide = yes_no()
    eclair = Instrument("eclair", Label("Éclair"), "eclair", Subject.ORGANISATION, (aide,))
    table = case_table(ROWS, aide, source="eclair")
    three = one_way((5, 6, 9), question("besoin", "abc"))
    return draft(
        tmp_path,
        ("eclair.2020.aide", table),
        ("eclair.2020.besoin", three),
        findings=findings,
        of=study(instruments=(eclair,)),
        **more,
    )


def test_mark_is_taken_apart():
    mark = read_mark("eclair.2020.aide/aucune@carrefours|pct")

    assert (mark.key, mark.row, mark.column, mark.form) == (
        "eclair.2020.aide",
        "aucune",
        "carrefours",
        "pct",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Soit {eclair.2020.aide/oui@carrefours|pct}.", "Soit 31 sur 46 (67 %)."),
        ("{eclair.2020.aide/oui@quartiers|dix} sont aidées.", "Au moins 8 sur 10 sont aidées."),
        ("Ici, {eclair.2020.aide/non@quartiers}.", "Ici, moins de 5 sur 24."),
        ("{eclair.2020.besoin/a+b|nombre} et {eclair.2020.besoin/c}.", "11 et 9 sur 20."),
        ("{F-01/oui@praticiens|base} réponses", "20 réponses"),
    ],
)
def test_marks_are_resolved(tmp_path, text, said):
    release = of_tables(tmp_path).release

    assert resolve_marks(text, release, "fr") == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{eclair.2020.aides/oui@quartiers}", "Voulez-vous dire eclair.2020.aide"),
        ("{eclair.2020.aide/jamais@quartiers}", "la ligne « jamais » n’est pas diffusée"),
        ("{eclair.2020.aide/oui@famille}", "la colonne « famille » n’est pas diffusée"),
        ("{eclair.2020.aide/oui}", "Diffusées : carrefours, quartiers, praticiens"),
        ("{eclair.2020.aide/oui@quartiers|montant}", "la forme « montant » ne convient pas"),
    ],
)
def test_mark_that_points_to_nothing_released_is_refused(tmp_path, text, said):
    release = of_tables(tmp_path).release

    with pytest.raises(MarkRefused, match=said):
        resolve_marks(text, release, "fr")


def test_finding_with_released_numbers_leaves(tmp_path):
    made = of_tables(tmp_path, finding("{eclair.2020.aide/oui@carrefours} le disent."))

    assert [f.code for f in made.release.findings] == ["C-01"]


@pytest.mark.parametrize(
    "text", ["{eclair.2020.aide/oui@famille} le disent.", "31 carrefours le disent."]
)
def test_finding_with_another_number_stays_inside(tmp_path, text):
    made = of_tables(tmp_path, finding(text))

    assert made.release.findings == ()
    assert ("C-01", "constats") in refused(made)


def test_reviewed_literal_may_be_typed(tmp_path):
    made = of_tables(
        tmp_path, finding("Non au 100 % télétravail.", literals=("100 % télétravail",))
    )

    assert [f.code for f in made.release.findings] == ["C-01"]


def test_number_in_letters_is_flagged_and_the_finding_leaves(tmp_path):
    made = of_tables(tmp_path, finding("Quinze carrefours le disent."))

    assert [f.code for f in made.release.findings] == ["C-01"]
    assert ("C-01", "à relire") in refused(made)


def test_figure_that_did_not_leave_is_taken_off_a_finding(tmp_path):
    made = of_tables(tmp_path, finding("Un texte.", figures=("eclair.2020.aide", "secret")))

    assert made.release.findings[0].figures == ("eclair.2020.aide",)


def test_leaflet_keeps_only_released_numbers(tmp_path):
    leaflet = Leaflet(
        "carrefours",
        title=Label("Sur 46 carrefours"),
        lead=Label("On veut de l’aide."),
        numbers=(
            KeyNumber("{eclair.2020.aide/oui@carrefours|fraction}", Label("sont aidés")),
            KeyNumber("{eclair.2020.secret/oui@carrefours}", Label("autre")),
        ),
        figure="secret",
    )

    (kept,) = of_tables(tmp_path, leaflets=[leaflet]).release.leaflets

    assert (kept.title, kept.lead, kept.figure) == (Label(""), leaflet.lead, "")
    assert kept.numbers == leaflet.numbers[:1]


def test_a_mark_after_de_is_elided_before_a_vowel(tmp_path):
    rows = {"carrefours": (2, 28), "quartiers": (12, 12)}
    aide = yes_no()
    eclair = Instrument("eclair", Label("Éclair"), "eclair", Subject.ORGANISATION, (aide,))
    table = case_table(rows, aide, source="eclair")
    release = draft(tmp_path, ("eclair.2020.aide", table), of=study(instruments=(eclair,))).release
    wide, exact = "{eclair.2020.aide/oui@carrefours}", "{eclair.2020.aide/oui@quartiers}"

    said = resolve_marks(f"C’est le cas de {wide} et de {exact}. {wide} le disent.", release, "fr")
    english = resolve_marks(f"It is true of {wide}.", release, "en")

    assert said == (
        "C’est le cas d’au moins 26 sur 30 et de 12 sur 24. Au moins 26 sur 30 le disent."
    )
    assert english == "It is true of at least 26 of 30."


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Une aide pour {eclair.2020.aide/oui@carrefours|points} des équipes.", False),
        ("{eclair.2020.aide/oui@carrefours|nombre} ({F-01/oui@carrefours|points}).", True),
        ("{F-01/oui@carrefours} sur place, {F-01/oui@praticiens|points} ailleurs.", False),
        ("Une aide pour {eclair.2020.aide/oui@carrefours|pct}.", True),
        ("Une aide pour {eclair.2020.aide/oui@quartiers|points}.", True),
    ],
)
def test_a_percentage_is_always_with_its_count(tmp_path, text, kept):
    """§3.11: a masked value has no percentage, so that the form says it in words."""
    made = of_tables(tmp_path, finding(text))

    assert [one.code for one in made.release.findings] == (["C-01"] if kept else [])
    assert [about for about, _ in refused(made)] == ([] if kept else ["C-01"])
