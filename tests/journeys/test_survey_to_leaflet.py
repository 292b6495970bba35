"""From an empty study to a number of its flash survey in the proof of a network's leaflet.

In French on SQLite; in English on PostgreSQL, where no script runs in the study's pages.
"""

from types import SimpleNamespace

import pytest
from tests.journeys.leaflet_walk import FROM_DEVICES, MEMBERS, walk_to_the_leaflet
from tests.journeys.platform_walk import walking
from tests.journeys.tongues import in_tongue, plain
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.proof]
ANSWERS = sum(FROM_DEVICES) + 2
"""With those of two telephones, which answer as the first devices do."""
HALF = FROM_DEVICES[0] + 2
QUARTER_OF_AN_HOUR = 900
PROOF = {"fr": "Épreuve : à ne pas diffuser", "en": "Draft: not for circulation"}


@pytest.fixture(scope="module", params=[("fr", "sqlite"), ("en", "postgresql")], ids=str)
def walked(request, tmp_path_factory, chromium_path):
    language, engine = request.param
    place = tmp_path_factory.mktemp(f"feuillet-{language}")
    with walking(language, engine, place, chromium_path) as walk:
        scripts = language == "fr"
        walk.lead = Walker(walk.browser, language, name="lead", scripts=scripts)
        walk.kept = SimpleNamespace(language=language, complaints={})
        walk_to_the_leaflet(walk)
        walk.kept.complaints["lead"] = walk.lead.complaints
    return walk.kept


def says(walked, french, text, **values):
    return plain(in_tongue(french, walked.language, **values)) in text


def test_no_page_was_at_fault(walked):
    assert walked.complaints == {"phone": [], "bare": [], "lead": []}


def test_answers_whose_acknowledgement_was_lost_are_received_all_the_same(walked):
    assert walked.lost == [200]
    assert says(walked, "Merci. Vos réponses sont reçues.", walked.phone)


def test_without_script_sending_twice_says_the_same_code_twice(walked):
    said, status, again = walked.bare
    assert status == 200
    assert says(walked, "Merci. Vos réponses sont reçues.", said)
    code = plain(said).partition(": ")[2][:19]
    assert code in again


def test_the_dashboard_counts_each_answer_once(walked):
    assert says(walked, "%(n)s sur %(of)s", walked.dashboard_said, n=ANSWERS, of=len(MEMBERS))


def test_the_proof_of_the_leaflet_says_the_numbers_of_the_survey(walked):
    assert PROOF[walked.language] in walked.leaflet
    assert walked.bars == [str(HALF), str(ANSWERS - HALF)]


def test_each_number_leads_to_where_it_comes_from_in_one_click(walked):
    assert walked.figure in walked.provenance
    assert walked.asked in walked.provenance
    assert walked.asked in walked.leaflet


def test_the_walk_takes_less_than_a_quarter_of_an_hour(walked):
    assert walked.seconds < QUARTER_OF_AN_HOUR
