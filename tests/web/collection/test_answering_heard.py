"""What a screen reader says of a survey, page by page: roles, names and states, in order."""

import re

import pytest
from tests.web.collection.answering_world import YES_NO, answering, book, row
from tests.web.collection.pictured import described_png

from croisee_web.kit.days import day_text

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SAID = {
    "alert", "banner", "button", "checkbox", "combobox", "contentinfo", "DescriptionListDetail",
    "DescriptionListTerm", "form", "group", "heading", "image", "link", "main", "navigation",
    "radio", "radiogroup", "region", "RootWebArea", "spinbutton", "status", "StaticText",
    "textbox",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _places(settings, tmp_path):
    settings.KEYS_ROOT, settings.FILES_ROOT = tmp_path / "cles", tmp_path / "fichiers"


def heard(page):
    """Return what is said of a page: « role name », with the states a reader adds."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    nodes = {node["nodeId"]: node for node in tree}
    told = []

    def walk(node, named):
        role = node.get("role", {}).get("value", "")
        name = re.sub(r"\s+", " ", node.get("name", {}).get("value", "")).strip()
        kept = not node.get("ignored") and role in SAID
        if kept and not (role == "StaticText" and (not name or name in named)):
            told.append(" ".join(filter(None, [*_states(node), role, name])))
        inside = f"{named} {name}" if kept and role != "RootWebArea" else named
        for child in node.get("childIds", ()):
            walk(nodes[child], inside)

    walk(tree[0], "")
    return told


def _states(node):
    held = {one["name"]: one["value"].get("value") for one in node.get("properties", ())}
    level = held.get("level")
    return [
        *([f"h{level}"] if level else []),
        *(["checked"] if held.get("checked") in {True, "true"} else []),
        *(["invalid"] if held.get("invalid") not in {None, False, "false"} else []),
        *(
            [f"({node['description']['value']})"]
            if node.get("description", {}).get("value")
            else []
        ),
    ]


def through(page, name):
    """Press a button by its name; the next page is there when this returns."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).press("Enter")
    return heard(page)


TOP = ["banner", "link Retour", "link English", "main"]
FOOT = ["contentinfo", "StaticText Vos réponses sont gardées à chaque page.",
        "link Reprendre plus tard", "StaticText ·", "link Vos droits"]  # fmt: skip
ON = ["button Continuer", "button Passer cette question", *FOOT]
ASKED = "Qui vous aide quand un outil ne marche pas?"
TO_CHOOSE = "Choisissez une réponse, ou passez la question."
ANSWERS = ("Une personne de mon équipe", "Une personne payée de l’extérieur", "Personne")


def options(role, labels, chosen=""):
    return [
        line
        for label in labels
        for line in (f"{'checked ' * (label == chosen)}{role} {label}", f"StaticText {label}")
    ]


def test_a_survey_is_heard_in_the_order_it_is_read(browser, live_server):
    world = answering()
    closes = world.collecting.closes_on
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{world.own}")

    assert heard(page) == [
        "RootWebArea Sondage-éclair", "banner", "link English", "main",
        "h1 heading Sondage-éclair",
        "StaticText Au plus 5 questions, une par page. De 2 à 3 minutes.",
        "h2 heading Qui demande", "StaticText Le numérique au travail",
        "StaticText Une équipe de recherche", "StaticText Pour le réseau : Carrefours",
        "h2 heading Qui saura",
        ("StaticText L’équipe de recherche sait de qui viennent les réponses. "
        "Elle ne le dit à personne d’autre."),
        "form", "button Commencer", "contentinfo",
        f"StaticText Vous pouvez répondre jusqu’au {day_text(closes)}.", "link Vos droits",
    ]  # fmt: skip
    assert through(page, "Commencer") == [
        "RootWebArea Question 1 sur 4 — Sondage-éclair", *TOP, "StaticText Question 1 sur 4",
        "form", f"(Choisissez une seule réponse.) radiogroup {ASKED}", f"h1 heading {ASKED}",
        "StaticText Choisissez une seule réponse.", *options("radio", ANSWERS), *ON,
    ]  # fmt: skip
    assert through(page, "Continuer") == [
        "RootWebArea À revoir : Question 1 sur 4 — Sondage-éclair", *TOP,
        "alert", "h2 heading Une réponse est à revoir", f"link {TO_CHOOSE}",
        "StaticText Question 1 sur 4", "form",
        f"invalid ({TO_CHOOSE} Choisissez une seule réponse.) radiogroup {ASKED}",
        f"h1 heading {ASKED}",
        f"StaticText {TO_CHOOSE}", "StaticText Choisissez une seule réponse.",
        *options("radio", ANSWERS), *ON,
    ]  # fmt: skip
    page.get_by_role("radio", name="Personne", exact=True).press("Space")
    assert options("radio", ANSWERS, chosen="Personne")[-2:] == [
        line for line in heard(page) if line.endswith(" Personne")
    ]
    through(page, "Continuer")
    through(page, "Passer cette question")
    last = through(page, "Passer cette question")
    assert last[6:10] == ["form", "h1 heading Autre chose à dire?", "textbox Autre chose à dire?",
                         "button Continuer"]  # fmt: skip
    checked = through(page, "Passer cette question")
    assert checked[: len(TOP) + 6] == [
        "RootWebArea Vérifiez vos réponses — Sondage-éclair", *TOP,
        "h1 heading Vérifiez vos réponses", "StaticText Vous pouvez encore les changer.",
        f"StaticText {ASKED}", "StaticText Personne", f"link Changer : {ASKED}",
    ]  # fmt: skip
    received = through(page, "Envoyer mes réponses")
    assert received[: received.index("main") + 2][-1] == (
        "h1 heading Merci. Vos réponses sont reçues."
    )


def test_what_is_not_marked_is_not_heard_as_such(browser):
    """A drawn button or title is heard as plain words: the listening would tell."""
    page = browser.new_page()
    page.set_content("<main><div>Personne</div><span>Passer cette question</span></main>")

    assert heard(page)[1:] == [
        "main", "StaticText Personne", "StaticText Passer cette question",
    ]  # fmt: skip


WRONG = book(
    [
        row("select_one oui_non", "une", "Un choix ?", "One?"),
        row("select_multiple oui_non", "plusieurs", "Plusieurs choix ?", "Several?",
            required="yes"),
        row("rank oui_non", "rang", "Dans quel ordre ?", "In which order?", required="yes"),
        row("select_one oui_non", "liste", "Dans la liste ?", "From the list?",
            appearance="minimal", required="yes"),
        row("integer", "nombre", "Combien ?", "How many?", required="yes"),
        row("text", "mots", "En quelques mots ?", "In words?", appearance="multiline",
            required="yes"),
        row("acknowledge", "lu", "Avez-vous lu ?", "Did you read?", required="yes"),
        row("image", "photo", "Une photo ?", "A photo?", required="yes"),
    ],
    YES_NO,
)  # fmt: skip
"""One question of each sort that a page shows."""


def refused(page):
    """Return what is heard as not right: (role, the message that describes it)."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        (node["role"]["value"], node.get("description", {}).get("value", ""))
        for node in tree
        if any(
            one["name"] == "invalid" and one["value"].get("value") not in {None, False, "false"}
            for one in node.get("properties", ())
        )
    ]


def test_each_sort_of_field_is_heard_as_to_be_seen_again_and_why(browser, live_server):
    world = answering(WRONG)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}{world.own}")
    through(page, "Commencer")
    heard_of = {}
    for question in ("une", "plusieurs", "rang", "liste", "nombre", "mots", "lu", "photo"):
        assert refused(page) == []
        through(page, "Continuer")
        told = page.locator("p.me").inner_text()
        heard_of[question] = [(role, told in why) for role, why in refused(page)]
        _answer_it(page)
        through(page, "Continuer")
    assert heard_of == {
        "une": [("radiogroup", True)], "plusieurs": [("checkbox", True)] * 2,
        "rang": [("combobox", True)] * 2, "liste": [("combobox", True)],
        "nombre": [("textbox", True)], "mots": [("textbox", True)], "lu": [("checkbox", True)],
        "photo": [("button", True)],
    }  # fmt: skip


def _answer_it(page):
    for kind in ("radio", "checkbox"):
        if page.locator(f"main input[type={kind}]").count():
            page.locator(f"main input[type={kind}]").first.check()
    for place, one in enumerate(page.locator("main select").all()):
        one.select_option(index=place + 1)
    for one in page.locator("main textarea, main input[type=text]").all():
        one.fill("3")
    for one in page.locator("main input[type=file]").all():
        one.set_input_files({"name": "p.png", "mimeType": "image/png", "buffer": described_png()})


def test_a_code_that_leads_nowhere_is_heard_as_such(browser, live_server):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{live_server.url}/retrait/")
    assert refused(page) == []
    page.get_by_role("textbox").fill("AAAA")
    through(page, "Retirer mes réponses")

    assert [(role, page.locator("p.me").inner_text() in why) for role, why in refused(page)] == [
        ("textbox", True)
    ]
