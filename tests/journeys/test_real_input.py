"""Data nobody here wrote: seven interviews with glass workers, and a weighted national survey."""

import csv
import json
import re
import shutil
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from tests.journeys.reading import every_text, plain, words_of_page
from tests.journeys.reference import AT
from tests.library.studyfolder.real_studies import ARTISANS, INSEE, artisans_study, insee_study

from croisee import load_release
from croisee.dataset import load
from croisee.disclosure import Amount, Chiffre, Form, Mask, Percent, Word
from croisee.formats import read_docx
from croisee.run import run_study, seal_study, trace
from croisee.text import parse_turns

T, T_SENSITIVE, QUOTES_MIN = 5, 10, 5


def taken(study: Path, out: Path) -> SimpleNamespace:
    result = run_study(study, out, at=AT)
    release = load_release(out / "diffusion" / "release.json")
    return SimpleNamespace(study=study, out=out, result=result, release=release)


def outside(run: SimpleNamespace) -> dict[str, str]:
    return every_text(run.out / "diffusion") | every_text(run.out / "cercles")


# --- Seven interviews ---------------------------------------------------------------------------


def refuse_to_be_quoted(study: Path, code: str) -> None:
    """Write in the register that one person is analysed and not quoted."""
    path = study / "participants.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith(f"{code};"))
    *kept, quoted = lines[place].split(";")
    assert quoted == "oui"
    lines[place] = ";".join([*kept, "non"])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def artisans(real_data, tmp_path_factory):
    """The interviews, one of the seven people refusing to be quoted."""
    if not (real_data / ARTISANS).is_dir():
        pytest.skip("no interviews in the real data")
    place = tmp_path_factory.mktemp("artisans")
    artisans_study(place / "etude", real_data)
    refuse_to_be_quoted(place / "etude", "a-03")
    return taken(place / "etude", place / "resultats")


def test_the_register_of_consents_is_read_to_the_letter(artisans, real_data):
    with (real_data / ARTISANS / "recap_entretien.csv").open(encoding="utf-8-sig") as file:
        register = {line["Nom Fichier"]: line["Consentement"] for line in csv.DictReader(file)}
    files = sorted(path.stem for path in (real_data / ARTISANS).glob("*.docx"))
    given = [
        consent.startswith("oui")
        for stem in files
        for name, consent in register.items()
        if name and stem.replace(" ", "_").startswith(name)
    ]
    people = artisans.result.prepared.folder.consents

    assert [consent.analysis for consent in people.values()] == given == [True] * 7
    assert [code for code, consent in people.items() if not consent.quote] == ["a-03"]


def test_everyone_is_counted_and_who_refused_is_not_quoted(artisans):
    spoken = {quote.key: quote.participant for quote in artisans.result.prepared.quotes}
    codes = artisans.release.table("codes")

    assert sorted(spoken[quote.key] for quote in artisans.release.quotes) == [
        "a-01", "a-02", "a-04", "a-05", "a-06", "a-07",
    ]  # fmt: skip
    assert [base.n for base in codes.bases] == [7]


def test_quotes_are_the_words_reviewed_and_no_others(artisans, real_data):
    said = {}
    files = sorted((real_data / ARTISANS).glob("*.docx"))
    with (artisans.study / "extraits.csv").open(encoding="utf-8") as file:
        for line in csv.DictReader(file, delimiter=";"):
            path = files[int(line["document"].removeprefix("e-")) - 1]
            said[line["extrait"]] = plain(parse_turns(read_docx(path))[int(line["tour"]) - 1].text)

    assert {q.key: plain(q.text) for q in artisans.release.quotes} == {
        q.key: said[q.key] for q in artisans.release.quotes
    }


def test_quotes_share_a_label_with_five_interviewed_people(artisans):
    release = artisans.release
    labels = {(quote.case, quote.method, quote.edition) for quote in release.quotes}
    interviewed = release.table("participation.entretien.2024").cells[0][0].value

    assert labels == {("verre", "entretien", "2024")}
    assert interviewed.lo >= QUOTES_MIN


def test_seven_people_are_told_in_words(artisans):
    table = artisans.release.table("codes")
    said = {cell.value for line in table.cells for cell in line if cell is not None}

    assert said <= {Word("exprime"), Word("silence")}
    assert table.masks == (Mask.WORDS,)


def test_nothing_unquoted_leaves_the_team(artisans, real_data):
    """Stretches of every turn are looked for outside; the same search finds them inside."""
    quoted = " ".join(plain(quote.text) for quote in artisans.release.quotes)
    stretches = [
        plain(turn.text)[20:70]
        for path in sorted((real_data / ARTISANS).glob("*.docx"))
        for turn in parse_turns(read_docx(path))
        if len(plain(turn.text)) > 90
    ]
    secret = [stretch for stretch in stretches if stretch not in quoted]
    everything = " ".join(outside(artisans).values())
    with load(artisans.out / "equipe" / "dataset") as dataset:
        kept = " ".join(plain(turn["text"]) for turn in dataset.rows("turns"))

    assert len(secret) > 100
    assert [stretch for stretch in secret if stretch in everything] == []
    assert all(stretch in kept for stretch in secret)


def test_no_person_no_file_and_no_day_is_named(artisans):
    everything = " ".join(outside(artisans).values())

    assert re.findall(r"\b[ae]-0\d\b|traitement_|\.docx|24\.10\.0\d|octobre 2024", everything) == []


def test_report_of_interviews_reads_well(artisans):
    page = words_of_page(artisans.out / "diffusion" / "rapport.html")

    assert "7 personnes Entretien" in page
    assert "Verre ·" not in page
    assert "Les réseaux de l’étude" not in page
    assert "Moins de 10 personnes ont répondu : nous donnons les avis, sans nombre." in page
    assert artisans.result.prepared.audit.passed


def test_a_study_of_one_case_speaks_of_no_network(artisans, insee):
    pages = [
        p for run in (artisans, insee) for p in sorted((run.out / "diffusion").rglob("*.html"))
    ]
    told = {page.name: words_of_page(page) for page in pages}

    named = [n for n, text in told.items() if re.search(r"(?i)réseau|\bnetworks?\b", text)]

    assert len(pages) > 10
    assert named == []


def test_method_of_interviews_lists_only_the_rules_that_apply(artisans):
    method = words_of_page(artisans.out / "diffusion" / "methode.html")

    assert "Pour qu’un extrait soit cité" in method
    assert [w for w in ("Questions délicates", "Faits sur les organismes", "Les pourcentages",
                        "Moyenne et médiane", "Borda") if w in method] == []  # fmt: skip


def test_short_report_goes_on_under_its_contents(artisans):
    pages = PdfReader(artisans.out / "diffusion" / "rapport.pdf").pages
    contents = next(text for p in pages if "Sommaire" in (text := p.extract_text()))

    assert "7 personnes" in plain(contents)


def test_leaflet_of_interviews_is_filled_with_words(artisans):
    page = words_of_page(artisans.out / "diffusion" / "feuillets" / "verre.html")

    assert len(re.findall(r"extrait V-\d+", page)) == 6


# --- A weighted survey --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def insee(real_data, tmp_path_factory):
    if not (real_data / INSEE / "hdv2003.csv").is_file():
        pytest.skip("no INSEE survey in the real data")
    place = tmp_path_factory.mktemp("insee")
    insee_study(place / "etude", real_data)
    return taken(place / "etude", place / "resultats")


@pytest.fixture(scope="module")
def lines(real_data):
    with (real_data / INSEE / "hdv2003.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def closed(real_data):
    """The closed variables of the codebook, and the values each may take."""
    path = real_data / INSEE / "hdv2003_codebook.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    return {one["variable"]: one["values"] for one in described if one["values"]}


def key(variable: str) -> str:
    return f"hdv.2003.{variable.replace('.', '-')}"


def code(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def estimated(rows: list[dict[str, str]], those: list[dict[str, str]]) -> int:
    """Return Σw of some lines over Σw of all, in whole per cent, halves up."""
    whole = sum(Decimal(row["poids"]) for row in rows)
    share = 100 * sum((Decimal(row["poids"]) for row in those), Decimal(0)) / whole
    return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_printed_percentages_are_those_of_the_file(insee, lines, closed):
    compared = 0
    for variable in closed.keys() - {"relig"}:
        table = insee.release.table(key(variable))
        answered = [line for line in lines if line[variable]]
        assert [base.n for base in table.bases] == [len(answered)]
        for head, (cell,) in zip(table.rows, table.cells, strict=True):
            those = [line for line in answered if code(line[variable]) in head.key.split("+")]
            count = Chiffre(len(those), len(those), len(answered), Form.EXACT, T)
            assert isinstance(cell.value, Percent)
            assert (cell.value.points, cell.value.count) == (estimated(answered, those), count)
            compared += 1
    assert compared >= 40


def test_answers_are_merged_exactly_where_a_count_is_small(insee, lines, closed):
    """The gate looks at people, never at weights: every printed block has five on both sides."""
    for variable, values in closed.items():
        counts = [sum(line[variable] == value for line in lines) for value in values]
        printed = len(insee.release.table(key(variable)).rows)
        least = T_SENSITIVE if variable == "relig" else T

        assert (printed == len(values)) == (min(counts) >= least)


def test_delicate_question_is_released_from_ten_people(insee, lines):
    table = insee.release.table(key("relig"))
    people = [cell.value.count for (cell,) in table.cells]

    assert table.masks == (Mask.SENSITIVE,)
    assert {count.t for count in people} == {T_SENSITIVE}
    assert [count.n for count in people] == [len(lines)] * len(people)
    assert [count.lo for count in people] == [
        sum(code(line["relig"]) in head.key.split("+") for line in lines) for head in table.rows
    ]
    assert "nous n’écrivons aucun nombre plus petit que 10" in words_of_page(
        insee.out / "diffusion" / "rapport.html"
    )


@pytest.mark.parametrize("variable", ["age", "freres.soeurs", "heures.tv"])
def test_printed_mean_is_the_weighted_one_of_the_file(insee, lines, variable):
    table = insee.release.table(key(variable))
    rows = [(Decimal(x[variable]), Decimal(x["poids"])) for x in lines if x[variable]]
    mean = sum(value * weight for value, weight in rows) / sum(weight for _, weight in rows)
    (printed,) = [
        cell.value
        for head, (cell,) in zip(table.rows, table.cells, strict=True)
        if head.key == "moyenne"
    ]

    assert isinstance(printed, Amount)
    assert abs(printed.value - mean) <= printed.step / 2


def test_report_of_the_survey_says_it_estimates(insee, lines):
    page = words_of_page(insee.out / "diffusion" / "rapport.html")
    method = words_of_page(insee.out / "diffusion" / "methode.html")
    share = estimated(lines, [line for line in lines if line["sport"] == "Oui"])

    assert f"{share} % des adultes font du sport" in page
    assert "Part estimée des réponses." in page
    assert "chaque réponse compte selon son poids" in method
    assert "Les réseaux sont petits" not in page + method


def test_every_estimate_is_traced_to_as_many_answers(insee):
    traced = 0
    for table in insee.release.tables:
        found = "\n".join(trace(insee.out, table.code, "fr"))
        for head, (cell, *_) in zip(table.rows, table.cells, strict=True):
            if isinstance(cell.value, Percent) and "+" not in head.key:
                assert f"{cell.value.count.lo} lignes (answers/hdv@2003)" in found
                traced += 1
    assert traced >= 50


def test_audit_of_the_survey_certifies_it(insee):
    audit = insee.result.prepared.audit

    assert audit.passed
    assert sum(audit.certified.values()) >= 60


# --- Sealed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["artisans", "insee"])
def test_real_study_is_sealed_run_again_and_traced(request, name, tmp_path):
    drafted = request.getfixturevalue(name)
    alone = shutil.ignore_patterns("registre")
    study = shutil.copytree(drafted.study, tmp_path / "etude", ignore=alone)

    seal_study(study, by="Une chercheuse", at=AT)
    sealed = taken(study, tmp_path / "resultats")

    traced = [trace(sealed.out, table.code, "fr")[0] for table in sealed.release.tables]
    assert (drafted.release.draft, sealed.release.draft) == (True, False)
    assert sealed.release.tables == drafted.release.tables
    assert sealed.release.quotes == drafted.release.quotes
    assert [line.partition(" ")[0] for line in traced] == [t.code for t in sealed.release.tables]
    assert sealed.result.prepared.audit.passed
