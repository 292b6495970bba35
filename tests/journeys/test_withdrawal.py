"""After the arrest date a person leaves: her words go, with cover; numbers stand (P6)."""

import csv

from tests.journeys.reading import every_byte, plain
from tests.journeys.reference import AT, copy_of_the_example

from croisee import load_release
from croisee.run import run_study


def withdraw(study, participant):
    path = study / "participants.csv"
    text = path.read_text(encoding="utf-8-sig")
    delimiter = ";" if ";" in text.splitlines()[0] else ","
    rows = list(csv.DictReader(text.splitlines(), delimiter=delimiter))
    for row in rows:
        if row["code"].lower() == participant:
            row["retrait"] = "2026-12-02"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def test_withdrawal_after_the_seal_takes_words_and_leaves_tables(journey, tmp_path):
    study = tmp_path / "etude"
    copy_of_the_example(study)
    (study / "registre").mkdir()
    for path in (journey.study / "registre").rglob("*"):
        if path.is_file():
            target = study / path.relative_to(journey.study)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    before = load_release(journey.out / "diffusion" / "release.json")
    spoken = {q.key: q.participant for q in journey.result.prepared.quotes}
    leaver = next(spoken[q.key] for q in before.quotes if q.case == "carrefours")
    hers = [q for q in before.quotes if spoken[q.key] == leaver]

    withdraw(study, leaver)
    run_study(study, tmp_path / "out", at=AT)

    after = load_release(tmp_path / "out" / "diffusion" / "release.json")
    everywhere = every_byte(tmp_path / "out")
    canaries = [plain(q.text)[10:50].encode() for q in hers]
    assert len(hers) >= 1
    assert after.tables == before.tables
    assert [n for n, content in everywhere.items() for c in canaries if c in content] == []
    gone = {q.key for q in before.quotes} - {q.key for q in after.quotes}
    assert len({spoken[key] for key in gone} - {leaver}) >= 4
