"""Two deposits of one study, months apart: their files together tell of nobody."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from lxml import etree
from tests.journeys.reference import AT, copy_of_the_example
from tests.library.formats.ddi_models import faults
from tests.trust.deposit_attacker import guessed, read_deposits

from croisee.run import seal_study
from croisee.run.package import package_study, packaged_lines

LATER = datetime(2027, 6, 1, tzinfo=UTC)


def lines(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


class Deposits:
    """The reference study deposited; then one person quoted refuses, and it is made again."""

    def __init__(self, place):
        self.study = copy_of_the_example(place / "etude")
        path = self.study / "participants.csv"
        rows = [{**row, "consent_rappel": "oui"} for row in lines(path)]
        write(path, rows)
        (self.study / "depot.toml").write_text('finalite = "rappel"\n', encoding="utf-8")
        seal_study(self.study, by="Une chercheuse", at=AT)
        package_study(self.study, place / "a", at=AT, place="Entrepôt inventé")
        self.first = place / "a" / "depot-2022a"
        held = {one["code"]: one["extraits"] for one in lines(place / "a/equipe/consentements.csv")}
        self.speaker = {
            code: who for who, codes in held.items() for code in codes.split(", ") if code
        }
        (self.who, _), *_ = Counter(self.speaker.values()).most_common(1)
        write(path, [{**r, "consent_rappel": "non"} if r["code"] == self.who else r for r in rows])
        self.again = package_study(self.study, place / "b", at=LATER, place="Entrepôt inventé")
        self.second = place / "b" / "depot-2022a"


@pytest.fixture(scope="module")
def deposits(tmp_path_factory):
    return Deposits(tmp_path_factory.mktemp("deposits"))


def test_nothing_small_is_found_by_adding_both_deposits_up(deposits):
    tried, found = guessed(read_deposits((deposits.first, deposits.second)))
    assert tried > 150
    assert found == []


def test_the_description_of_a_whole_study_is_what_the_schema_allows(deposits):
    described = etree.parse(deposits.first / "metadonnees" / "ddi.xml").getroot()
    assert faults(described) == []
    assert len(described.findall(".//{*}var")) > 50
    assert not {"catStat", "sumStat", "TotlResp"} & {
        etree.QName(x).localname for x in described.iter()
    }


def test_frequencies_of_a_codebook_would_be_found_out(deposits):
    """Broken control: the exact counts of the whole study, as many codebooks print them."""
    asked = read_deposits((deposits.first,))
    answered = lines(deposits.study / "reponses" / "eclair_2020.csv")
    codes = [r for r in lines(deposits.first / "livre-de-codes" / "eclair.csv") if r["option"]]
    for question in ("equipement", "connexion"):
        options = [row["option"] for row in codes if row["question"] == question]
        counts = Counter(row[question] for row in answered)
        total = sum(counts[one] for one in options)
        for place, one in enumerate(options):
            exact = ("Ensemble", (place,), counts[one], counts[one], total)
            asked["eclair", "2020", question].printed[exact] = None
    _, found = guessed(asked)
    assert {one.question[2] for one in found} == {"equipement", "connexion"}


def test_numbers_and_questions_are_the_same_bytes_in_both(deposits):
    def numbers(root):
        kept = [*(root / "diffusion" / "figures").glob("*.csv"), *root.glob("livre-de-codes/*")]
        kept += [root / "tableaux.csv", root / "guide.csv"]
        return {path.relative_to(root): path.read_bytes() for path in kept}

    assert numbers(deposits.first) == numbers(deposits.second) != {}


def test_what_is_proposed_to_remove_does_not_single_out_who_refused(deposits):
    """With hers go quotes of other people of each source, as after a withdrawal."""
    told = " ".join(line.to("fr") for line in packaged_lines(deposits.again))
    gone = re.findall(r"--remove (V-\d+)", told)
    public = json.loads((deposits.first / "diffusion" / "release.json").read_text("utf-8"))
    source = {q["code"]: (q["case"], q["method"], q["edition"]) for q in public["quotes"]}
    hers = {code for code, who in deposits.speaker.items() if who == deposits.who}

    assert hers < set(gone) == {*deposits.again.withheld, *deposits.again.cover}
    for one in {source[code] for code in hers}:
        others = {w for c, w in deposits.speaker.items() if source[c] == one} - {deposits.who}
        covering = {deposits.speaker[c] for c in gone if source[c] == one} - {deposits.who}
        assert len(covering) == min(4, len(others)) > 0


def test_codes_in_order_do_not_line_up_who_speaks(deposits):
    """Quotes of one person are no more often neighbours, in one source, than drawn at random."""
    public = json.loads((deposits.first / "diffusion" / "release.json").read_text("utf-8"))
    by_source = {}
    for quote in public["quotes"]:
        by_source.setdefault((quote["case"], quote["method"], quote["edition"]), []).append(
            deposits.speaker[quote["code"]]
        )
    beside, expected = 0, 0.0
    for voices in by_source.values():
        beside += sum(a == b for a, b in pairwise(voices))
        pairs = sum(many * (many - 1) for many in Counter(voices).values())
        expected += pairs / len(voices)
    assert expected > 0
    assert beside <= 2 * expected + 2


def test_no_moment_of_the_making_is_in_a_deposit(deposits):
    """The days written are the study's and the arrest's: neither file tells when it was made."""
    texts = [
        path.read_bytes()
        for root in (deposits.first, deposits.second)
        for path in root.rglob("*")
        if path.is_file()
    ]
    for moment in (AT, LATER, AT + timedelta(hours=5)):
        for written in (f"{moment:%Y-%m-%dT%H}", f"{moment:%Y%m%d%H}", f"{LATER:%Y-%m-%d}"):
            assert not [text for text in texts if written.encode() in text]
