"""From an empty study to a number of a flash survey in the proof of a network's leaflet."""

import re
import time
import uuid
from urllib.request import Request, urlopen

import xlsxwriter
from lxml import etree
from playwright.sync_api import expect
from tests.journeys.one_survey import ask_it, look_at_the_dashboard
from tests.journeys.platform_walk import HEADINGS
from tests.journeys.tongues import plain
from tests.journeys.walking import LONG, Walker

MEMBERS = (
    "Argile", "Bouleau", "Cerise", "Dune", "Falaise", "Houx", "Iris", "Jonquille", "Lilas",
    "Mousse", "Noisette", "Ortie", "Pin", "Quenouille", "Rivage", "Sapin",
)  # fmt: skip
XHTML = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
SENT = {
    "equipement": ("aucun", "tous"), "connexion": ("mauvaise", "bonne"),
    "distance": ("non", "oui"), "aide": ("payee", "aucune"), "activites": ("aucune", "toutes"),
    "priorites": ("materiel", "materiel formation"),
}  # fmt: skip
"""What devices send: half of the answers each."""
FROM_DEVICES = (4, 8)
"""How many devices say the first thing, as both telephones do, and the other one."""

ASKED = {
    "fr": "Votre équipe a-t-elle l’équipement qu’il faut pour travailler ?",
    "en": "Does your team have the equipment it needs to work?",
}


def walk_to_the_leaflet(walk):
    """Do the walk; ``walk.kept`` has what each page showed."""
    kept, began = walk.kept, time.monotonic()
    ask_it(walk, members=write_members(walk))
    kept.phone = answer_while_the_network_breaks(walk)
    kept.bare = answer_twice_without_script(walk)
    send_from_devices(walk)
    kept.dashboard_said = look_at_the_dashboard(walk)
    compute(walk)
    read_the_proof(walk)
    kept.seconds = time.monotonic() - began


def write_members(walk):
    """Return a member list of sixteen organisations: enough for a number to be shown."""
    path = walk.place / "membres.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            [HEADINGS[walk.language], *((one, "Estrie") for one in MEMBERS)]
        ):
            sheet.write_row(number, 0, row)
    return path


def answer_while_the_network_breaks(walk):
    """Answer on 360 px; the server receives what is sent, and its answer never arrives."""
    phone = _phone(walk, "phone")
    lost = []

    def lose(route):
        if not lost:
            lost.append(route.fetch().status)
            route.abort("connectionreset")
            return
        route.continue_()

    _to_the_last_page(phone)
    phone.page.context.route("**/verifier/", lose)
    phone.page.get_by_role("button", name=phone.words("Envoyer mes réponses")).click()
    phone.reads("Merci. Vos réponses sont reçues.", soon=LONG)
    phone.look()
    walk.kept.lost = lost
    walk.kept.complaints["phone"] = [
        one for one in phone.complaints if "net::ERR_CONNECTION_RESET" not in one[1]
    ]
    return phone.text()


def answer_twice_without_script(walk):
    """Send, come back, and send again, as somebody who doubts does; return both last pages."""
    phone = _phone(walk, "bare", scripts=False)
    _to_the_last_page(phone)
    address = phone.page.url
    form = phone.page.locator("main form").first.evaluate(
        "form => Object.fromEntries(new FormData(form))"
    )
    phone.press("Envoyer mes réponses")
    said = phone.text()
    again = phone.page.context.request.post(address, form=form, headers={"Referer": address})
    walk.kept.complaints["bare"] = phone.complaints
    return said, again.status, plain(re.sub(r"<[^>]+>", " ", again.text()))


def _phone(walk, name, **how):
    phone = Walker(walk.browser, walk.language, name=name, width=360, **how)
    phone.page.goto(walk.kept.open_address)
    if walk.language == "en":
        phone.follow_named("English")
    phone.look()
    phone.press("Commencer")
    return phone


def _to_the_last_page(phone):
    """Choose the first answer of each page, by the keyboard's order."""
    heading = phone.page.locator("main h1").first
    while "/verifier/" not in phone.page.url:
        for kind in ("radio", "checkbox"):
            if phone.page.locator(f"main input[type={kind}]").count():
                phone.page.locator(f"main input[type={kind}]").first.check()
        for box in phone.page.locator("main textarea").all():
            box.fill("Du temps")
        before = heading.inner_text()
        phone.page.get_by_role("button", name=phone.words("Continuer"), exact=True).click()
        expect(heading).not_to_have_text(before)
        phone.look()


def send_from_devices(walk):
    """Send twelve answers as ODK Collect sends them, with a device's key."""
    lead = walk.lead
    lead.arrive(walk.kept.dashboard)
    lead.follow("Recevoir d’ODK Collect ou d’Enketo")
    lead.write("Appareil", "Une tablette")
    lead.press("Créer la clé")
    door = lead.page.locator("dl.fiche code").first.inner_text()
    listed = etree.fromstring(_open(f"{door}/formList"))
    xform = _open(listed.findtext(".//{*}downloadUrl"))
    walk.kept.sent = [
        _open(f"{door}/submission", _multipart(_filled(xform, side)), 201)
        for side, many in enumerate(FROM_DEVICES)
        for _ in range(many)
    ]


def _filled(xform, side):
    """Return the form's own instance, filled."""
    empty = etree.fromstring(xform).find(".//x:model/x:instance", XHTML)[0]
    root = etree.fromstring(etree.tostring(empty))
    said = {name: both[side] for name, both in SENT.items()} | {"accord": "oui"}
    for one in root.iter(etree.Element):
        name = etree.QName(one).localname
        if name in said and len(one) == 0:
            one.text = said[name]
        if name == "instanceID":
            one.text = f"uuid:{uuid.uuid4()}"
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _multipart(content):
    head = b'Content-Disposition: form-data; name="xml_submission_file"; filename="a.xml"\r\n'
    return b"--b\r\n" + head + b"Content-Type: text/xml\r\n\r\n" + content + b"\r\n--b--\r\n"


def _open(address, body=None, status=200):
    headers = {"X-OpenRosa-Version": "1.0", "Date": "Sun, 22 Nov 2026 15:00:00 GMT"}
    if body is not None:
        headers["Content-Type"] = "multipart/form-data; boundary=b"
    with urlopen(Request(address, body, headers), timeout=60) as answer:
        assert answer.status == status
        return answer.read()


def compute(walk):
    """From the dashboard to the results that the worker has written, reading the page only."""
    lead = walk.lead
    lead.menu("Résultats")
    lead.press("Calculer les résultats")
    lead.reads("Ce que chaque réseau lira", soon=LONG)
    lead.look()
    walk.kept.results = lead.text()


def read_the_proof(walk):
    """Open what the network will read; from its number, one click to where it comes from."""
    lead, kept = walk.lead, walk.kept
    lead.follow_named("Réseau des maisons" if walk.language == "fr" else "Network of houses")
    kept.leaflet = lead.document_text()
    kept.asked = ASKED[walk.language]
    chart = lead.document.get_by_role("region", name=kept.asked)
    kept.bars = chart.locator("td b").all_inner_texts()
    number = chart.get_by_role("link")
    kept.figure = number.inner_text()
    number.click()
    told = lead.document.locator(f"section#{kept.figure}")
    told.wait_for()
    kept.provenance = plain(told.inner_text())
