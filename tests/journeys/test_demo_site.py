"""The demonstration site as a newcomer finds it; then the whole of it without a mouse.

``croisee-web demo`` as ``make demo`` starts it, its worker, and a real mail server. The journeys
of the researcher and of the coordinator use Tab, Enter, Space, arrows and letters only.
"""

import re
from types import SimpleNamespace

import pytest
from lxml import html
from playwright.sync_api import sync_playwright
from tests.journeys.keying import Keys
from tests.journeys.platform_site import post_office, served
from tests.journeys.platform_walk import HER_SECRET, HERS, write_member_list
from tests.journeys.reference import EXAMPLE
from tests.journeys.walking import LONG, Walker

pytestmark = [pytest.mark.browser, pytest.mark.proof, pytest.mark.xdist_group("demo")]
STUDY = "/etudes/le-numerique-dans-nos-reseaux/"


@pytest.fixture(scope="module")
def demo(tmp_path_factory, chromium_path):
    """The site, a browser, and what the terminal said of entering it."""
    place = tmp_path_factory.mktemp("demo")
    with (
        post_office() as post,
        served(
            ["croisee-web", "demo", str(EXAMPLE)], place / "site",
            ready="Pour arrêter : Ctrl-C.", CROISEE_DEMO_SECONDS="3600",
            CROISEE_SMTP=f"smtp://127.0.0.1:{post.server.port}",
        ) as site,
        sync_playwright() as playwright,
    ):  # fmt: skip
        browser = playwright.chromium.launch(executable_path=chromium_path)
        entrance = re.search(r"http://\S+/entrer/\S+", site.said()).group()
        secret = re.search(r"responsable@exemple\.ca\s+(\S+)", site.said()).group(1)
        yield SimpleNamespace(
            site=site, post=post, browser=browser, entrance=entrance, secret=secret, place=place
        )
        browser.close()


def test_newcomer_enters_signed_in_with_the_report_a_click_away(demo):
    newcomer = Walker(demo.browser, "fr", name="newcomer")
    newcomer.arrive(demo.entrance)
    first = newcomer.text()
    newcomer.follow("Rapport à l’écran")

    assert "Épreuve 2022a" in first
    assert "Le numérique dans nos réseaux" in newcomer.document_text()
    assert newcomer.complaints == []
    assert newcomer.status_of(demo.entrance) in {404, 410}  # the link serves once


def test_newcomer_reads_the_same_in_english(demo):
    newcomer = Walker(demo.browser, "fr", name="newcomer")
    newcomer.arrive(f"{demo.site.url}/connexion/")
    newcomer.write("Adresse de courriel", "responsable@exemple.ca")
    newcomer.write("Mot de passe", demo.secret)
    newcomer.press("Se connecter")
    newcomer.language = "en"
    newcomer.follow_named("English")
    newcomer.follow_named("Digital technology in our networks")
    for page in ("Résultats", "Résultats par réseau", "Participation", "Équipe et accès"):
        newcomer.menu(page)
    newcomer.menu("Résultats")
    newcomer.follow("Rapport à l’écran")

    assert "Digital technology in our networks" in newcomer.document_text()
    assert newcomer.complaints == []


@pytest.fixture(scope="module")
def researcher(demo):
    """From the sign-in page to the provenance of a figure, without a mouse; then the seal."""
    keys, kept = Keys(demo.browser, "fr", name="researcher"), SimpleNamespace()
    members = write_member_list(demo.place / "membres.xlsx")
    keys.arrive(f"{demo.site.url}/connexion/")
    kept.first_focus = keys.page.evaluate("document.activeElement.name")
    keys.page.keyboard.type("responsable@exemple.ca")
    keys.key_in("Mot de passe", demo.secret)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.look()
    keys.enter("Créer une étude")
    keys.key_in("Titre", "Une étude au clavier")
    keys.enter("Créer l’étude")
    keys.enter("Ajouter un réseau")
    keys.key_in("Nom", "Réseau du clavier")
    keys.enter("Ajouter le réseau")
    keys.enter("Importer une liste")
    keys.give_file("Fichier", members)
    keys.enter("Lire la liste")
    keys.go_to("Que faire de la ligne %(n)s", named="Que faire de la ligne 6")
    keys.page.keyboard.type("Laisser")
    keys.enter("Garder ces choix")
    keys.enter("Enregistrer", named="Enregistrer 2 membres")
    kept.members = keys.text()
    keys.enter("Études")
    keys.enter("", named="Le numérique dans nos réseaux")
    invite_by_keyboard(keys)
    kept.mail = demo.post.wait_for(1).get_body().get_content()
    keys.enter("Résultats")
    keys.enter("Calculer les résultats")
    keys.reads("Calcul en cours")
    keys.reads_no_more("Calcul en cours")
    keys.enter("", named="F-07")
    kept.provenance = keys.text()
    keys.arrive(demo.site.url + STUDY)
    keys.enter("Résultats")
    keys.enter("Sceller la diffusion…")
    keys.tick_by_space("Je sais que les chiffres scellés ne changeront plus")
    keys.enter("Sceller la diffusion")
    keys.wait_for("Voir le résultat")
    keys.enter("Voir le résultat")
    keys.wait_for("Diffusion %(code)s, scellée", code="2022a")
    keys.reads_text("F-07", soon=LONG)
    return keys, kept


def invite_by_keyboard(keys):
    keys.enter("Équipe et accès")
    keys.enter("Inviter une personne")
    keys.key_in("Adresse de courriel", HERS)
    keys.key_in("Rôle", "Coord")
    keys.key_in("Réseau", "Carref")
    keys.enter("Envoyer l’invitation")


@pytest.fixture(scope="module")
def coordinator(demo, researcher):
    """From the link of the mail to a disputed finding, without a mouse."""
    keys, kept = Keys(demo.browser, "fr", name="coordinator"), SimpleNamespace()
    keys.arrive(re.search(r"http://\S+/invitation/\S+", researcher[1].mail).group())
    keys.key_in("Votre nom", "Colombe Exemple")
    keys.key_in("Nouveau mot de passe", HER_SECRET)
    keys.key_in("Le même, une deuxième fois", HER_SECRET)
    keys.enter("Ouvrir mon compte et accepter")
    kept.arrived = keys.page.url.removeprefix(demo.site.url)
    network = keys.page.url
    keys.enter("Le feuillet à l’écran")
    kept.leaflet = keys.document_text()
    keys.go_to("", named="V-01")
    keys.page.keyboard.press("Enter")
    keys.document.locator("section#V-01").wait_for()
    keys.arrive(network)
    keys.go_to("Répondre à ce constat")
    keys.page.keyboard.press("Enter")
    keys.key_in("Votre commentaire", "Chez nous, c’est plus net encore.")
    keys.enter("Commenter ce constat")
    kept.commented = keys.text()
    keys.go_to("Répondre à ce constat")
    keys.page.keyboard.press("Space")
    keys.key_in("Note, si votre réseau conteste", "Nous ne le voyons pas ainsi.")
    keys.enter("Contester au nom du réseau")
    kept.disputed = keys.text()
    return keys, kept


def test_researcher_does_it_all_without_a_mouse(researcher):
    _keys, kept = researcher

    assert kept.first_focus == "email"
    assert "2 membres" in kept.members
    assert "Carrefours" in kept.mail
    assert "2022a-F-07" in kept.provenance


def test_coordinator_does_it_all_without_a_mouse(coordinator):
    _keys, kept = coordinator

    assert kept.arrived == f"{STUDY}reseaux/carrefours/"  # one click from the mail, leaflet next
    assert len(kept.leaflet) > 500
    assert "Chez nous, c’est plus net encore." in kept.commented
    assert "Réponse de votre réseau : contesté. Nous ne le voyons pas ainsi." in kept.disputed


@pytest.mark.parametrize("who", ["researcher", "coordinator"])
def test_every_stop_of_the_keyboard_is_seen_in_order_and_large_enough(who, request):
    keys, _kept = request.getfixturevalue(who)

    assert "\n".join(map(str, keys.faults)) == ""
    assert keys.complaints == []


def test_first_stop_of_a_page_goes_over_the_menu(researcher, demo):
    keys = researcher[0]
    for address in (STUDY, f"{STUDY}resultats/", f"{STUDY}participation/", "/etudes/", "/compte/"):
        keys.page.goto(demo.site.url + address)
        keys.skip()


@pytest.mark.parametrize(
    "name", ["diffusion/rapport.html", "diffusion/rapport.en.html",
             "diffusion/feuillets/carrefours.html", "diffusion/feuillets/carrefours.en.html",
             "cercles/carrefours/carrefours.html", "cercles/carrefours/carrefours.en.html"],
)  # fmt: skip
def test_every_number_and_quote_is_one_click_from_its_provenance(demo, name):
    """Each code printed has a link, and the link leads to the entry of that code."""
    runs = demo.site.home / "etudes" / "1" / "resultats"
    folder = max(
        (run for run in runs.iterdir() if run.name.isdigit()), key=lambda run: int(run.name)
    )
    page = html.fromstring((folder / name).read_bytes())
    links = {one.rpartition("#")[2]: one for one in page.xpath("//a/@href") if "provenance" in one}
    words = " ".join(page.xpath("//body//text()"))

    assert set(re.findall(r"(?<![\w-])[FV]-\d+", words)) - set(links) == set()
    assert len(links) > 3
    for code, href in links.items():
        there = (folder / name).parent / href.partition("#")[0]
        assert f'id="{code}"' in there.read_text(encoding="utf-8")
