"""A flash survey asked from an empty study, and three ways to answer it."""

import zipfile

from playwright.sync_api import expect
from tests.journeys.platform_walk import (
    create_a_study_from_a_member_list,
    open_the_first_account,
)
from tests.journeys.tongues import plain
from tests.journeys.walking import Walker
from tests.third_party.form_page import FormPage
from tests.third_party.web_forms import page_of

LANGUAGES = {"fr": "Français (fr)", "en": "English (en)"}
SHEET = {
    "accord": "1", "equipement": "2", "connexion": "3", "distance": "2", "aide": "3",
    "activites": "4", "priorites": "1 4", "commentaire": "Une ligne écrite à la main",
}  # fmt: skip
"""What is typed from paper: the number of a choice on the page, or words."""


def ask_it(walk, members=None):
    """From nothing to an open collection that anybody with its address may answer."""
    lead = walk.lead
    open_the_first_account(walk)
    if members is None:
        create_a_study_from_a_member_list(walk)
    else:
        create_a_study_of(walk, members)
    lead.menu("Éthique")
    lead.write("Comité d’éthique", "CER")
    lead.write("Numéro du certificat", "2026-7")
    lead.write("Valide du", "2026-01-01")
    lead.write("au", "2030-12-31")
    lead.press("Enregistrer")
    lead.menu("Instruments")
    lead.press_one_of("Partir de ce modèle")
    lead.follow("Vérifier et publier")
    lead.press_saying("Publier la version %(n)s", n=1)
    lead.follow("Ouvrir une collecte")
    lead.page.locator("[name=reseau-maisons]").check()
    lead.page.locator("[name=open_link][value=ouvert]").check()
    lead.page.locator("[name=anonymous][value=non]").check()
    lead.press("Ouvrir la collecte")
    walk.kept.dashboard = lead.page.url
    walk.kept.open_address = lead.page.locator("main a[href*='/s/']").inner_text()


def create_a_study_of(walk, members):
    """From no study to one of a network, whose member list has nothing to look at."""
    lead = walk.lead
    lead.follow("Créer une étude")
    lead.write("Titre", "Les maisons de quartier" if walk.language == "fr" else "Neighbourhoods")
    lead.press("Créer l’étude")
    lead.follow("Ajouter un réseau")
    lead.write("Nom", "Réseau des maisons" if walk.language == "fr" else "Network of houses")
    lead.write("Code", "maisons")
    lead.press("Ajouter le réseau")
    lead.follow("Importer une liste")
    lead.give("Fichier", members)
    lead.press("Lire la liste")
    lead.press_several("Enregistrer %(n)s membre", "Enregistrer %(n)s membres", 16)


def answer_on_a_phone(walk):
    """On a page of 360 px where no script runs; return what the last page says."""
    phone = Walker(walk.browser, walk.language, name="phone", width=360, scripts=False)
    phone.page.goto(walk.kept.open_address)
    if walk.language == "en":
        phone.follow_named("English")
    phone.look()
    phone.press("Commencer")
    while "/verifier/" not in phone.page.url:
        _choose_first(phone)
        phone.press("Continuer")
    phone.press("Envoyer mes réponses")
    walk.kept.complaints["phone"] = phone.complaints
    return phone.text()


def _choose_first(phone):
    for kind in ("radio", "checkbox"):
        boxes = phone.page.locator(f"main input[type={kind}]")
        if boxes.count():
            boxes.first.check()
    for box in phone.page.locator("main textarea").all():
        box.fill("Du temps, sur un téléphone")


def type_a_sheet(walk):
    """Type what somebody wrote on paper, with the keyboard only."""
    lead = walk.lead
    lead.arrive(walk.kept.dashboard)
    lead.follow("Saisir des feuilles de papier ou des entrevues")
    lead.write("Numéro écrit sur la feuille", "12")
    for name, typed in SHEET.items():
        field = lead.page.locator(f'[name^="r:"][name$="/{name}"]')
        field.focus()
        lead.page.keyboard.type(typed)
        lead.page.keyboard.press("Enter")
    lead.press("Recevoir cette feuille")
    return lead.text()


def answer_in_web_forms(walk):
    """Make a key for a device, and let another team's pages fill the form; return the status."""
    lead = walk.lead
    lead.arrive(walk.kept.dashboard)
    lead.follow("Recevoir d’ODK Collect ou d’Enketo")
    lead.write("Appareil", "Une tablette")
    lead.press("Créer la clé")
    address = lead.page.locator("dl.fiche code").first.inner_text()
    with page_of(walk.browser, walk.site.url, "form", language=walk.language) as page:
        filled = FormPage(page, address)
        filled.read_in(LANGUAGES[walk.language])
        filled.answer_all({})
        sent = filled.send()
        walk.kept.complaints["web-forms"] = page.complaints
    return sent["status"]


def look_at_the_dashboard(walk):
    """Return what the dashboard says of the network."""
    lead = walk.lead
    lead.arrive(walk.kept.dashboard)
    networks = lead.page.locator("ul.collecte")
    expect(networks).to_be_visible()
    return plain(networks.inner_text())


def take(walk, how):
    """Return the files of the answers in a format: name → content."""
    lead = walk.lead
    lead.arrive(walk.kept.dashboard)
    lead.follow("Télécharger les réponses")
    with lead.page.expect_download() as given:
        lead.page.locator(f'button[name=format][value="{how}"]').click()
    with zipfile.ZipFile(given.value.path()) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
