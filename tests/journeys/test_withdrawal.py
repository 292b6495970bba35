"""After the arrest date a person leaves: her words go, with cover; numbers stand (P6)."""

import csv
import re
from types import SimpleNamespace

import pytest
from tests.journeys.reading import every_byte, plain
from tests.journeys.reference import AT, copy_of_the_example

from croisee import load_release
from croisee.dataset import load
from croisee.run import run_study, trace


def write_in_register(study, participant, column, value):
    path = study / "participants.csv"
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    for row in rows:
        if row["code"].lower() == participant:
            row[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def withdraw(study, participant):
    write_in_register(study, participant, "retrait", "2026-12-02")


def refuse_quotes(study, participant):
    write_in_register(study, participant, "consent_citation", "non")


def words(text):
    return set(re.findall(r"\w{6,}", plain(text).lower()))


def where(word, folder):
    """Return the files where a word is read, whole."""
    sought = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    found = every_byte(folder)
    return sorted(
        name for name, text in found.items() if sought.search(text.decode("utf-8", "ignore"))
    )


def sealed_copy(journey, study):
    """Return a copy of the study as it was when it was sealed, register included."""
    copy_of_the_example(study)
    for path in (journey.study / "registre").rglob("*"):
        if path.is_file():
            target = study / path.relative_to(journey.study)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())


def an_interviewed_person(journey, spoken, before):
    """Return somebody interviewed alone, quoted, with a word that nobody else says anywhere."""
    with load(journey.out / "equipe" / "dataset") as dataset:
        turns = dataset.rows("turns")
    texts = [journey.study / "constats.toml", *journey.study.glob("*.csv")]
    chosen = {"extraits.csv", "codages.csv"}
    written = set().union(*(words(p.read_text("utf-8")) for p in texts if p.name not in chosen))
    for person in sorted({spoken[q.key] for q in before.quotes if q.method == "entretien"}):
        hers = set().union(*(words(t["text"]) for t in turns if t["participant"] == person))
        others = set().union(*(words(t["text"]) for t in turns if t["participant"] != person))
        quoted = set().union(*(words(q.text) for q in before.quotes if spoken[q.key] == person))
        rest = set().union(*(words(q.text) for q in before.quotes if spoken[q.key] != person))
        for word in sorted(quoted & hers - others - rest - written):
            if where(word, journey.out / "diffusion"):
                return person, word
    raise AssertionError("nobody interviewed has a word of her own")


@pytest.fixture(scope="module", params=[withdraw, refuse_quotes], ids=["leaves", "not-quoted"])
def after(request, journey, tmp_path_factory):
    place = tmp_path_factory.mktemp("depart")
    study, out = place / "etude", place / "resultats"
    sealed_copy(journey, study)
    before = load_release(journey.out / "diffusion" / "release.json")
    spoken = {q.key: q.participant for q in journey.result.prepared.quotes}
    person, word = an_interviewed_person(journey, spoken, before)
    request.param(study, person)
    run_study(study, out, at=AT)
    return SimpleNamespace(
        study=study,
        out=out,
        before=before,
        now=load_release(out / "diffusion" / "release.json"),
        person=person,
        word=word,
        spoken=spoken,
        left=request.param is withdraw,
        hers=[q for q in before.quotes if spoken[q.key] == person],
    )


def test_tables_are_byte_equal_after_a_departure(after, journey):
    assert after.now.tables == after.before.tables
    for name in ("figures/F-07.svg", "figures/F-07.csv"):
        theirs = (journey.out / "diffusion" / name).read_bytes()
        assert (after.out / "diffusion" / name).read_bytes() == theirs


def test_a_word_only_she_said_is_read_nowhere_outside(after, journey):
    assert where(after.word, journey.out / "diffusion") != []  # the search finds it before
    assert where(after.word, after.out / "diffusion") == []
    assert where(after.word, after.out / "cercles") == []


def test_words_of_who_left_are_in_no_folder_of_the_team(after):
    """Who refuses to be quoted is still analysed: her words stay with the team."""
    team = where(after.word, after.out / "equipe")

    assert (team == []) == after.left


def test_register_keeps_none_of_her_words(after, journey):
    stretches = [plain(quote.text)[10:50] for quote in after.hers]
    kept = "diffusions/2022a/release.json"
    first = load_release(journey.study / "registre" / kept)
    now = load_release(after.study / "registre" / kept)

    assert {plain(q.text)[10:50] for q in first.quotes} >= set(stretches)
    assert {plain(q.text)[10:50] for q in now.quotes} & set(stretches) == set()
    assert now.tables == first.tables


def test_four_other_quotes_of_the_same_source_go_with_hers(after):
    label = {q.key: (q.case, q.method, q.edition) for q in after.before.quotes}
    gone = {q.key for q in after.before.quotes} - {q.key for q in after.now.quotes}
    hers = {q.key for q in after.hers}

    assert hers <= gone
    assert len({after.spoken[key] for key in gone - hers}) >= 4
    assert {label[key] for key in gone} == {label[key] for key in hers}


def test_receipt_is_ready_to_hand_over(after):
    folder = after.out / "equipe" / "recus"
    text = (folder / f"{after.person}.fr.txt").read_text(encoding="utf-8")

    assert sorted(path.name for path in folder.iterdir()) == [
        f"{after.person}.en.txt", f"{after.person}.fr.txt",
    ]  # fmt: skip
    assert ", ".join(q.code for q in after.hers) in text
    assert "arrêtés le 30\u00a0novembre 2022" in text
    assert ("La prochaine édition se fera sans vous." in text) == after.left
    assert ("vous n’avez refusé que les citations" in text) == (not after.left)
    assert "pour que personne ne devine" in text


def test_team_is_told_what_remains_of_her_in_the_study_folder(after):
    page = plain((after.out / "equipe" / "verification.html").read_text(encoding="utf-8"))

    assert (f"documents/{after.person.replace('e-', 'entretien-')}" in page) == after.left
    assert "Consentements" in page


def test_nobody_outside_reads_of_consents_or_departures(after):
    for folder in ("diffusion", "cercles"):
        for name, content in every_byte(after.out / folder).items():
            assert b"2026-12-02" not in content, name
            assert b"Consentements" not in content, name


def test_trace_of_a_quote_that_left_says_so(after):
    lines = "\n".join(trace(after.out, after.hers[0].code, "fr"))

    assert f"{after.hers[0].code} a été retiré de la diffusion 2022a" in lines
    assert after.word not in lines


@pytest.mark.parametrize("after", [withdraw], ids=["leaves"], indirect=True)
def test_another_run_changes_nothing_more(after):
    run_study(after.study, after.out, at=AT)
    again = load_release(after.out / "diffusion" / "release.json")

    assert again.quotes == after.now.quotes
    assert (after.out / "equipe" / "recus" / f"{after.person}.fr.txt").is_file()
