"""The reference study: its counts, its words, and that it can be written again, byte for byte."""

import importlib
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from croisee.deidentify import CandidateFinder, Turn
from croisee.studyfolder import read_study

EXAMPLES = Path("examples").resolve()
STUDY = EXAMPLES / "etude-de-reference"
FACTORY = EXAMPLES / "fabrique"
GENERATED = (
    "cadre.csv",
    "participants.csv",
    "seances.csv",
    "documents.csv",
    "locuteurs.csv",
    "codages.csv",
    "extraits.csv",
    "positions.csv",
    "rangs.csv",
    "budgets.csv",
    "technologies.csv",
)
FOLDERS = ("documents", "reponses", "instruments")
FORBIDDEN = ("PIACEN", "TNCDC", "CMTQ", "RQIIAC", "TJ-SH", "TJ-SAM")

SENTENCES = {
    # What the public report must read (docs/methods/divulgation.md §2), and the raw counts.
    "46 des 64 carrefours ont répondu au sondage-éclair (72 %).": (46, 64),
    "24 des 30 tables de quartier (80 %).": (24, 30),
    "13 des 28 organismes communautaires des tables famille (46 %).": (13, 28),
    "47 personnes, de 41 carrefours sur 64 (64 %).": (47, 41, 64),
    "27 personnes, de 24 tables de quartier sur 30 (80 %).": (27, 24, 30),
    "10 organismes sur 23 et 10 sur 31, soit 20 sur 54 (37 %).": (10, 23, 10, 31, 20, 54),
    "33 personnes : 20 femmes (61 %) et 13 hommes (39 %).": (33, 20, 13),
    "28 des 33 personnes ont rempli l’évaluation (85 %).": (28, 33),
    "Au moins 24 de ces 28 personnes se disent satisfaites ou très satisfaites.": (27, 28),
    "18 à 34 ans : 8 · 35 à 54 ans : 13 · 55 ans et plus : 7 (28 fiches).": (8, 13, 7, 28),
    "Intervention, organisation, projet ou communication : 16 · Direction ou coordination : 12.": (
        15,
        1,
        12,
    ),
    "Moins de 5 ans : 11 · 5 à 10 ans : 6 · Plus de 10 ans : 11.": (11, 6, 11),
    "Prévu 2, réalisé 1 (50 %).": (2, 1),
    "24 entretiens : 8, 7 et 9.": (24, 8, 7, 9),
}


@pytest.fixture(scope="module")
def study():
    return read_study(STUDY)


@pytest.fixture(scope="module")
def factory():
    sys.path.insert(0, str(FACTORY))
    yield importlib.import_module
    sys.path.remove(str(FACTORY))


def _rows(study, table):
    return study.tables[table].to_pylist()


def _answers(study, wave, question):
    withdrawn = {code for code, consent in study.consents.items() if not consent.stands}
    rows = [row for row in _rows(study, f"answers/{wave}") if row["respondent"] not in withdrawn]
    return Counter(row[f"q_{question}"] for row in rows)


def _reached(study, wave, case):
    rows = [row for row in _rows(study, f"answers/{wave}") if row["case"] == case]
    return len(rows), len({row["organisation"] for row in rows})


def _frame(study, case, component=""):
    return sum(
        row["case"] == case and component in {"", row["component"]}
        for row in _rows(study, "organisations")
    )


def test_reference_study_reads_without_a_word_to_say(study):
    assert [(p.file, p.row, p.message.to("fr")) for p in study.problems] == []


def test_reference_study_contradicts_itself_where_it_means_to(study):
    found = [one.message.to("fr") for one in study.contradictions]

    assert found == [
        "Quartiers, 2020 : la base de sondage compte 30, les membres sont 31.",
        "Tables famille, 2020 : la base de sondage compte 28, les membres sont 54.",
        "Tables famille, 2020 : deux tailles de base de sondage, 54 et 28.",
    ]


def test_flash_survey_counts_are_those_of_the_sentences(study):
    cases = ("carrefours", "quartiers", "tables-famille")

    reached = [_reached(study, "eclair@2020", case) for case in cases]

    assert reached == [(46, 46), (24, 24), (13, 13)]
    assert [_frame(study, case) for case in cases] == [64, 30, 54]
    sizes = [row["size"] for row in _rows(study, "frames")]
    assert sizes == [12, 16]


def test_individual_questionnaire_counts_are_those_of_the_sentences(study):
    parts = Counter(row["component"] for row in _rows(study, "answers/individuel@2020"))

    assert _reached(study, "individuel@2020", "carrefours") == (47, 41)
    assert _reached(study, "individuel@2020", "quartiers") == (27, 24)
    assert _reached(study, "individuel@2020", "tables-famille") == (20, 20)
    assert (parts["nord"], parts["sud"]) == (10, 10)
    assert [_frame(study, "tables-famille", part) for part in ("nord", "sud")] == [23, 31]


def test_groups_count_thirty_three_people_once_the_withdrawn_one_is_out(study):
    groups = {row["session"] for row in _rows(study, "sessions") if row["method"] == "groupe"}
    present = Counter(row["session"] for row in _rows(study, "presences"))

    assert sum(present[one] for one in groups) == 33
    assert sorted(present[one] for one in groups) == [3, 4, 5, 5, 5, 5, 6]
    assert _answers(study, "profil@2021", "genre") == {"femme": 20, "homme": 13}
    assert len(_rows(study, "answers/profil@2021")) == 34


def test_evaluation_counts_are_those_of_the_sentences(study):
    wave = "evaluation@2021"

    assert _answers(study, wave, "age") == {"18-34": 8, "35-54": 13, "55-plus": 7}
    assert _answers(study, wave, "fonction") == {"interv": 15, "com": 1, "dir": 12}
    assert _answers(study, wave, "experience") == {"moins-5": 11, "5-10": 6, "plus-10": 11}
    assert _answers(study, wave, "satisfaction") == {"peu": 1, "satisfait": 11, "tres": 16}


def test_gender_on_the_twenty_eight_would_point_at_five_people(study):
    gender = {row["respondent"]: row["q_genre"] for row in _rows(study, "answers/profil@2021")}
    filled = Counter(gender[row["respondent"]] for row in _rows(study, "answers/evaluation@2021"))

    assert filled == {"femme": 16, "homme": 12}


def test_activities_say_what_was_planned_and_done(study):
    done = {(r["method"], r["case"]): (r["planned"], r["done"]) for r in _rows(study, "activities")}

    assert [done["entretien", c] for c in ("carrefours", "quartiers", "praticien-ne-s")] == [
        (8, 8),
        (7, 7),
        (9, 9),
    ]
    assert done["entretien", "tables-famille"] == (None, None)
    assert done["groupe", "tables-famille"] == (2, 1)
    assert sum(pair[0] for key, pair in done.items() if key[0] == "groupe") == 8
    assert sum(pair[1] for key, pair in done.items() if key[0] == "groupe") == 7


def test_wrong_printed_figures_are_kept_for_correction(study):
    printed = {one.key: one.printed for one in study.reported}

    assert printed["participation.eclair.2020/carrefours@repondu"] == "75 %"
    assert "3 % (n = 1)" in printed.values()
    assert "96 %" in printed.values()


def test_findings_name_quotes_of_different_people(study):
    speakers = {(r["document"], r["turn"]): r["participant"] for r in _rows(study, "turns")}
    people = {r["key"]: speakers[r["document"], r["turn"]] for r in _rows(study, "excerpts")}

    told = {one.code: [people[key] for key in one.quotes] for one in study.findings}
    told |= {one.case: [people[key] for key in one.quotes] for one in study.leaflets}

    assert [code for code, who in told.items() if len(set(who)) < len(who)] == []


def test_findings_quote_people_who_accepted_in_passages_that_were_read(study):
    speakers = {(r["document"], r["turn"]): r["participant"] for r in _rows(study, "turns")}
    places = {r["key"]: (r["document"], r["turn"]) for r in _rows(study, "excerpts")}
    read = {one.document for one in study.reviews.passages if one.reviewed}
    used = {key for one in (*study.findings, *study.leaflets) for key in one.quotes}

    assert {key for key in used if not study.consents[speakers[places[key]]].quote} == set()
    assert {key for key in used if places[key][0] not in read} == set()


def test_one_document_is_still_unread_and_one_person_refused_to_be_quoted(study):
    unread = [one.document for one in study.reviews.passages if not one.reviewed]
    speakers = {(r["document"], r["turn"]): r["participant"] for r in _rows(study, "turns")}
    chosen = {r["key"]: (r["document"], r["turn"]) for r in _rows(study, "excerpts")}

    refused = [key for key, place in chosen.items() if not study.consents[speakers[place]].quote]

    assert unread == ["entretien-23"]
    assert refused == ["sans-accord"]
    assert [key for key, place in chosen.items() if place[0] in unread] == ["la-marche-filmee"]


def test_nobody_is_cited_more_than_three_times_by_the_findings(study):
    speakers = {(r["document"], r["turn"]): r["participant"] for r in _rows(study, "turns")}
    people = {r["key"]: speakers[r["document"], r["turn"]] for r in _rows(study, "excerpts")}
    used = {key for one in (*study.findings, *study.leaflets) for key in one.quotes}

    times = Counter(people[key] for key in used)

    assert [who for who, count in times.items() if count > 3] == []


def test_every_leaflet_has_its_parts(study):
    shapes = {
        one.case: (len(one.numbers), len(one.quotes), len(one.proposals)) for one in study.leaflets
    }

    assert shapes == dict.fromkeys(
        ("carrefours", "quartiers", "praticien-ne-s", "tables-famille"), (3, 2, 3)
    )


def test_every_candidate_has_a_decision(study):
    finder = CandidateFinder(
        study.registry, study.tables["participants"]["participant"].to_pylist()
    )
    documents = {}
    for row in _rows(study, "turns"):
        turn = Turn(row["document"], row["turn"], row["speaker"], row["participant"], row["text"])
        documents.setdefault(row["document"], []).append(turn)

    found = {
        (one.document, one.turn, one.start, one.end, one.text)
        for turns in documents.values()
        for one in finder.document(turns)
    }

    decided = {(d.document, d.turn, d.start, d.end, d.text) for d in study.reviews.decisions}
    assert found == decided


def test_no_real_network_is_named():
    for path in (*STUDY.rglob("*"), *FACTORY.rglob("*.py"), *FACTORY.rglob("*.txt")):
        if path.suffix in {".csv", ".txt", ".vtt", ".toml", ".bib", ".py", ".md"}:
            text = path.read_text(encoding="utf-8")
            assert [name for name in FORBIDDEN if name in text] == [], path


def test_generator_writes_the_committed_bytes(tmp_path):
    subprocess.run([sys.executable, str(FACTORY / "fabriquer.py"), str(tmp_path)], check=True)

    written = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*") if p.is_file()}
    kept = [STUDY / name for name in GENERATED]
    kept += [path for folder in FOLDERS for path in (STUDY / folder).iterdir()]
    assert written == {path.relative_to(STUDY): path.read_bytes() for path in kept}


def test_reviews_are_written_again_with_the_same_bytes(factory, tmp_path):
    copy = tmp_path / "etude"
    shutil.copytree(STUDY, copy, ignore=shutil.ignore_patterns("registre"))

    factory("relire").read_again(copy)

    for name in ("candidats.csv", "passages.csv"):
        kept = (STUDY / "relectures" / name).read_bytes()
        assert (copy / "relectures" / name).read_bytes() == kept


def test_larger_study_has_everything_three_times(study, factory, tmp_path):
    factory("agrandir").enlarge(tmp_path / "grande", 3)

    larger = read_study(tmp_path / "grande")

    assert [problem.message.to("fr") for problem in larger.problems] == []
    for table in ("organisations", "participants", "turns", "codings", "answers/individuel@2020"):
        assert larger.tables[table].num_rows == 3 * study.tables[table].num_rows


def test_study_is_small_and_has_both_languages():
    size = sum(path.stat().st_size for path in STUDY.rglob("*") if path.is_file())
    findings = tomllib.loads((STUDY / "constats.toml").read_text(encoding="utf-8"))["constats"]

    assert size <= 3 * 1024 * 1024
    assert [one["code"] for one in findings if not (one.get("titre_en") and one["texte_en"])] == []
