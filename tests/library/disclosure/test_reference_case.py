"""The reference case, sentence by sentence, under invented names (§2)."""

import pytest
from gate_samples import case, draft, one_way, refused, study

from croisee.disclosure import (
    Draft,
    correction_sentence,
    release_json,
    resolve_marks,
    sentence_of,
)
from croisee.disclosure.released import Kind
from croisee.findings import Reported
from croisee.language import Label
from croisee.study import Component, Instrument, Nature, Option, Question, QuestionKind, Subject
from croisee.tables import (
    ObjectiveRow,
    ObjectiveTable,
    ParticipationRow,
    ParticipationTable,
    ProfileTable,
)


def asked(code: str, labels: dict[str, str], nature=Nature.VISIBLE, **more) -> Question:
    options = tuple(Option(key, Label(label)) for key, label in labels.items())
    return Question(code, Label(code.capitalize()), QuestionKind.ORDINAL, options, nature, **more)


GENDER = asked("genre", {"f": "femmes", "h": "hommes"})
AGE = asked("age", {"18": "18 à 34 ans", "35": "35 à 54 ans", "55": "55 ans et plus"})
ROLE = asked(
    "fonction",
    {
        "com": "communication",
        "interv": "intervention, organisation, projet",
        "dir": "direction ou coordination",
    },
    groupings=((("com",), ("interv",), ("dir",)), (("com", "interv"), ("dir",))),
)
TENURE = asked("experience", {"a": "moins de 5 ans", "b": "5 à 10 ans", "c": "plus de 10 ans"})
PLEASED = asked(
    "satisfaction",
    {"non": "insatisfaites", "peu": "peu satisfaites", "oui": "satisfaites", "tres": "très"},
    Nature.ORDINARY,
    cut=(("non", "peu"), ("oui", "tres")),
)


def took_part(source, subject, *rows) -> tuple[str, ParticipationTable]:
    key = f"participation.{source}.2020"
    made = tuple(
        ParticipationRow(code, Label(code), x, n, Label("organismes"), reached, part)
        for code, x, n, reached, part in rows
    )
    return key, ParticipationTable(key, Label(source), source, "2020", subject, made)


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> Draft:
    evaluation = {"source": "evaluation", "edition": "2021", "within": "groupe.2021@tous"}
    profile = ProfileTable(
        "evaluation",
        "2021",
        (
            one_way((8, 13, 7), AGE, **evaluation),
            one_way((1, 15, 12), ROLE, **evaluation),
            one_way((11, 6, 11), TENURE, **evaluation),
        ),
    )
    gender = ProfileTable("profil", "2021", (one_way((20, 13), GENDER, source="profil"),))
    tables_of = (
        ("famille", 10, 23, None, "nord"),
        ("famille", 10, 31, None, "sud"),
    )
    return draft(
        tmp_path_factory.mktemp("reference"),
        took_part(
            "eclair",
            Subject.ORGANISATION,
            ("carrefours", 46, 64, None, ""),
            ("quartiers", 24, 30, None, ""),
            ("famille", 13, 28, None, ""),
        ),
        took_part(
            "individuel",
            Subject.PERSON,
            ("carrefours", 47, None, (41, 64), ""),
            ("quartiers", 27, None, (24, 30), ""),
        ),
        took_part("tables", Subject.ORGANISATION, *tables_of),
        took_part("evaluation", Subject.PERSON, ("carrefours", 28, 33, None, "")),
        ("profil.profil.2021", gender),
        ("profil.evaluation.2021", profile),
        ("evaluation.2021.satisfaction", one_way((0, 1, 15, 12), PLEASED, **evaluation)),
        (
            "objectifs",
            ObjectiveTable(
                ("groupe",),
                (
                    ObjectiveRow("carrefours", Label("Carrefours"), 2, 2),
                    ObjectiveRow("famille", Label("Tables famille"), 2, 1),
                ),
            ),
        ),
        of=study(
            cases=(
                case("carrefours", "Carrefours", "carrefours"),
                case("quartiers", "Quartiers", "tables de quartier"),
                case("praticiens", "Praticien·ne·s", "personnes"),
                case(
                    "famille",
                    "Tables famille",
                    "organismes",
                    components=(
                        Component("nord", Label("Nord")),
                        Component("sud", Label("Sud")),
                    ),
                ),
            ),
            instruments=(
                Instrument("evaluation", Label("Évaluation"), "groupe", Subject.PERSON, (PLEASED,)),
            ),
        ),
        reported=[
            Reported("participation.eclair.2020/carrefours@repondu", "75 %", Label("p. 12")),
            Reported("participation.eclair.2020/quartiers@repondu", "80 %", Label("p. 12")),
            Reported("profil.evaluation.2021/fonction:com", "3 % (n = 1)", Label("p. 30")),
            Reported("evaluation.2021.satisfaction/oui+tres", "96 %", Label("p. 31")),
        ],
    )


P = "participation"
SENTENCES = [
    (
        (
            f"{{{P}.eclair.2020/carrefours@repondu|nombre}} des "
            f"{{{P}.eclair.2020/carrefours@repondu|base}} carrefours ont répondu au sondage-éclair "
            f"({{{P}.eclair.2020/carrefours@repondu|points}})."
        ),
        "46 des 64 carrefours ont répondu au sondage-éclair (72 %).",
    ),
    (
        (
            f"{{{P}.eclair.2020/quartiers|nombre}} des "
            f"{{{P}.eclair.2020/quartiers|base}} tables de "
            f"quartier ({{{P}.eclair.2020/quartiers|points}})."
        ),
        "24 des 30 tables de quartier (80 %).",
    ),
    (
        (
            f"{{{P}.eclair.2020/famille|nombre}} des {{{P}.eclair.2020/famille|base}} organismes "
            f"communautaires des tables famille ({{{P}.eclair.2020/famille|points}})."
        ),
        "13 des 28 organismes communautaires des tables famille (46 %).",
    ),
    (
        (
            f"{{{P}.individuel.2020/carrefours@repondu}} personnes, de "
            f"{{{P}.individuel.2020/carrefours@organismes|nombre}} carrefours sur "
            f"{{{P}.individuel.2020/carrefours@organismes|base}} "
            f"({{{P}.individuel.2020/carrefours@organismes|points}})."
        ),
        "47 personnes, de 41 carrefours sur 64 (64 %).",
    ),
    (
        (
            f"{{{P}.individuel.2020/quartiers@repondu}} personnes, de "
            f"{{{P}.individuel.2020/quartiers@organismes|nombre}} tables de quartier sur "
            f"{{{P}.individuel.2020/quartiers@organismes|base}} "
            f"({{{P}.individuel.2020/quartiers@organismes|points}})."
        ),
        "27 personnes, de 24 tables de quartier sur 30 (80 %).",
    ),
    (
        (
            f"{{{P}.tables.2020/nord|nombre}} organismes sur {{{P}.tables.2020/nord|base}} et "
            f"{{{P}.tables.2020/sud}}, soit {{{P}.tables.2020/famille|pct}}."
        ),
        "10 organismes sur 23 et 10 sur 31, soit 20 sur 54 (37 %).",
    ),
    (
        (
            "{profil.profil.2021/genre:f|base} personnes : "
            "{profil.profil.2021/genre:f|nombre} femmes "
            "({profil.profil.2021/genre:f|points}) et {profil.profil.2021/genre:h|nombre} hommes "
            "({profil.profil.2021/genre:h|points})."
        ),
        "33 personnes : 20 femmes (61 %) et 13 hommes (39 %).",
    ),
    (
        (
            f"{{{P}.evaluation.2020/carrefours|nombre}} des "
            f"{{{P}.evaluation.2020/carrefours|base}} "
            f"personnes ont rempli l’évaluation ({{{P}.evaluation.2020/carrefours|points}})."
        ),
        "28 des 33 personnes ont rempli l’évaluation (85 %).",
    ),
    (
        (
            "{evaluation.2021.satisfaction|nombre} de ces {evaluation.2021.satisfaction|base} "
            "personnes se disent satisfaites ou très satisfaites."
        ),
        "Au moins 24 de ces 28 personnes se disent satisfaites ou très satisfaites.",
    ),
    (
        "{evaluation.2021.satisfaction|dix} se disent satisfaites.",
        "Au moins 8 sur 10 se disent satisfaites.",
    ),
    (
        (
            "Intervention, organisation, projet ou communication : "
            "{profil.evaluation.2021/fonction:com+interv|nombre} · Direction ou coordination : "
            "{profil.evaluation.2021/fonction:dir|nombre}."
        ),
        (
            "Intervention, organisation, projet ou communication : 16 · "
            "Direction ou coordination : 12."
        ),
    ),
    (
        (
            "18 à 34 ans : {profil.evaluation.2021/age:18|nombre} · 35 à 54 ans : "
            "{profil.evaluation.2021/age:35|nombre} · 55 ans et plus : "
            "{profil.evaluation.2021/age:55|nombre} ({profil.evaluation.2021/age:18|base} fiches)."
        ),
        "18 à 34 ans : 8 · 35 à 54 ans : 13 · 55 ans et plus : 7 (28 fiches).",
    ),
    (
        (
            "Moins de 5 ans : {profil.evaluation.2021/experience:a|nombre} · 5 à 10 ans : "
            "{profil.evaluation.2021/experience:b|nombre} · Plus de 10 ans : "
            "{profil.evaluation.2021/experience:c|nombre}."
        ),
        "Moins de 5 ans : 11 · 5 à 10 ans : 6 · Plus de 10 ans : 11.",
    ),
    (
        (
            "Prévu {objectifs/famille|base}, réalisé {objectifs/famille|nombre} "
            "({objectifs/famille|points})."
        ),
        "Prévu 2, réalisé 1 (50 %).",
    ),
]


@pytest.mark.parametrize(("text", "read"), SENTENCES, ids=[read[:30] for _, read in SENTENCES])
def test_reference_sentence_reads_as_it_must(reference, text, read):
    assert resolve_marks(text, reference.release, "fr") == read


def test_wrong_process_figure_is_corrected_in_public(reference):
    (correction,) = reference.release.corrections

    assert correction_sentence(correction).to("fr") == (
        "La source imprimait 75 % ; 46 sur 64 font 72 %."
    )


def test_mixed_base_is_flagged_for_the_team_alone(reference):
    flagged = [r.detail for r in reference.log.refusals if r.about.startswith("profil.evaluation")]

    assert flagged == [
        (
            "« 3 % (n = 1) » : 1 sur 28 font 3,6 %. "
            "La base semble être une autre : 1 sur 33 font 3,0 %."
        )
    ]


def test_mixed_base_is_flagged_in_english_figures(reference):
    flagged = [r for r in reference.log.refusals if r.about.startswith("profil.evaluation")]

    assert "1 of 28 is 3.6%" in flagged[0].reason.to("en")


def test_figures_that_agree_are_not_flagged(reference):
    assert [about for about, _ in refused(reference)] == ["profil.evaluation.2021/fonction:com"]


def test_gender_a_second_time_is_refused(reference, tmp_path):
    whole = one_way((20, 13), GENDER, source="groupe", edition="2021")
    again = one_way((16, 12), GENDER, source="evaluation", edition="2021", within=whole.base.id)
    profiles = (
        ("profil.groupe.2021", ProfileTable("groupe", "2021", (whole,))),
        ("profil.evaluation.2021", ProfileTable("evaluation", "2021", (again,))),
    )

    made = draft(tmp_path, *profiles)

    assert [table.key for table in made.release.tables] == ["profil.groupe.2021"]


def test_control_masked_counts_are_in_no_byte_of_the_release_nor_of_its_sentences(reference):
    """The team's log has the raw counts, so there is something that could leak."""
    raw = " ".join(what for _, what in reference.log.masked)
    told = release_json(reference.release).decode()
    tables = [t for t in reference.release.tables if t.kind in {Kind.PROFILE, Kind.ONE_WAY}]
    policy = reference.release.study.policy
    explained = [sentence_of(m, table, policy).to("fr") for table in tables for m in table.masks]

    assert "com = 1, interv = 15" in raw
    assert "peu = 1, oui = 15" in raw
    printed = {(v.lo, v.hi) for t in tables for line in t.cells for v in [line[0].value]}
    assert printed == {(20, 20), (13, 13), (8, 8), (7, 7), (16, 16), (12, 12), (11, 11), (6, 6)} | {
        (24, 28)
    }
    assert "peu = 1" not in told
    assert set(explained) == {
        "Des réponses sont réunies pour que chaque nombre compte au moins 5 personnes.",
        (
            "Quand presque tout le monde, ou tout le monde, répond la même chose, "
            "nous écrivons « au moins »."
        ),
    }
