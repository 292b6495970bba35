"""One survey answered in three ways, from an empty study: all three in one table.

``croisee serve`` as it is started, in French on SQLite and in English on PostgreSQL. On a page of
360 px without JavaScript; on paper, then typed; in ODK Web Forms, another team's pages.
"""

import csv
import io
import re
from types import SimpleNamespace

import pytest
from tests.journeys.one_survey import (
    answer_in_web_forms,
    answer_on_a_phone,
    ask_it,
    look_at_the_dashboard,
    take,
    type_a_sheet,
)
from tests.journeys.platform_walk import walking
from tests.journeys.tongues import in_tongue, plain

pytestmark = [pytest.mark.browser, pytest.mark.proof]
SAID = {
    "equipement": ["aucun", "certains", "aucun"],
    "connexion": ["mauvaise", "bonne", "mauvaise"],
    "distance": ["non", "partie", "non"],
    "aide": ["payee", "equipe", "payee"],
    "activites": ["aucune", "toutes", "aucune"],
}
"""What each said: on the phone, on paper, in Web Forms."""
WORDS = ["Du temps, sur un téléphone", "Une ligne écrite à la main", "Du temps, et l’été"]


@pytest.fixture(scope="module", params=[("fr", "sqlite"), ("en", "postgresql")], ids=str)
def asked(request, tmp_path_factory, chromium_path):
    """What was kept of the walk; the site is stopped and the browser closed."""
    language, engine = request.param
    place = tmp_path_factory.mktemp(f"table-{language}")
    with walking(language, engine, place, chromium_path) as walk:
        walk.kept = kept = SimpleNamespace(language=language, complaints={})
        ask_it(walk)
        kept.before = look_at_the_dashboard(walk)
        kept.phone, kept.paper = answer_on_a_phone(walk), type_a_sheet(walk)
        kept.status = answer_in_web_forms(walk)
        kept.after = look_at_the_dashboard(walk)
        kept.taken = {how: take(walk, how) for how in ("odk", "dossier")}
        kept.complaints["lead"] = walk.lead.complaints
    return kept


def table(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_no_page_was_at_fault(asked):
    assert asked.complaints == {"lead": [], "phone": [], "web-forms": []}


def test_each_way_says_that_it_was_received(asked):
    def says(french, text, **values):
        return plain(in_tongue(french, asked.language, **values)) in text

    assert says("Merci. Vos réponses sont reçues.", asked.phone)
    assert says("La feuille %(number)s est reçue.", asked.paper, number=12)
    assert asked.status == 201


@pytest.mark.parametrize(("how", "group"), [("odk", "suite/"), ("dossier", "")])
def test_the_three_answers_are_rows_of_one_table(asked, how, group):
    rows = table(asked.taken[how]["eclair-2026.csv"])
    told = sorted((row[f"{group}commentaire"], row) for row in rows)
    ordered = [row for word in WORDS for said, row in told if said.startswith(word)]

    assert len(rows) == 3
    for name in ("equipement", "connexion", "distance", "aide", "activites"):
        assert [row[f"{group}{name}"] for row in ordered] == SAID[name]
    assert [row["cas"] for row in ordered] == ["maisons"] * 3
    assert all(None not in row and None not in row.values() for row in ordered)


def test_choices_of_several_are_the_same_columns_for_all(asked):
    rows = table(asked.taken["odk"]["eclair-2026.csv"])
    by_words = {row["suite/commentaire"]: row["suite/priorites"] for row in rows}

    assert [by_words[said] for word in WORDS for said in by_words if said.startswith(word)] == [
        "materiel", "materiel formation", "materiel",
    ]  # fmt: skip


def test_the_dashboard_counts_them(asked):
    assert (first_number(asked.before), first_number(asked.after)) == (0, 3)


def first_number(text):
    return int(re.search(r"\d+", text)[0])
