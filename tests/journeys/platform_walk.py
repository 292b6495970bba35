"""The walk of a first day, by one who leads and one who coordinates; what each page showed."""

import json
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import xlsxwriter
from playwright.sync_api import sync_playwright
from tests.journeys.platform_site import database, post_office, served
from tests.journeys.reaching import everything_reachable, text_of, texts_of
from tests.journeys.reference import EXAMPLE
from tests.journeys.tongues import in_tongue, plain
from tests.journeys.walking import LONG, Walker

from croisee.dataset import load

LEAD, HERS = "lead@exemple.ca", "coordination@exemple.ca"
SECRET, HER_SECRET = "une longue phrase à retenir", "une autre phrase à retenir"
NETWORK = "carrefours"
CALLED = {"fr": "Carrefours", "en": "Crossroads"}
"""The network of the reference study that the coordinator is invited to."""
HEADINGS = {"fr": ("Nom", "Région", "Courriel"), "en": ("Name", "Region", "Email")}
MEMBERS = [
    ("2026",),
    (),
    HEADINGS["fr"],
    ("Maison Bleue", "Estrie", "bleue@exemple.ca"),
    ("Maison Rouge", "Laval", "rouge@exemple.ca"),
    ("La Maison bleue", "Estrie", ""),
    ("Total", "", 3),
]
"""As a network keeps it: a title, a blank line, mails, somebody twice, a total."""


@dataclass
class Walk:
    """Who walks, where, and what was kept on the way."""

    site: object
    post: object
    browser: object
    language: str
    place: Path
    kept: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(quoted=[]))

    def __post_init__(self):
        self.lead = Walker(self.browser, self.language, name="lead").key_holder()
        self.coordinator = Walker(self.browser, self.language, name="coordinator")
        self.public = Walker(self.browser, self.language, name="public")

    @property
    def home(self):
        return f"{self.site.url}{'/en' if self.language == 'en' else ''}"

    def folder(self):
        """Return the files of the imported study: the second one of the site."""
        return self.site.home / "etudes" / "2"

    def run(self):
        """Return the folder of the results that may be read."""
        runs = (self.folder() / "resultats").iterdir()
        return max((one for one in runs if one.name.isdigit()), key=lambda one: int(one.name))

    def tables(self):
        """Return the sealed tables byte for byte, and every file drawn from them."""
        register = self.folder() / "registre" / "diffusions" / "2022a" / "release.json"
        drawn = {
            path.relative_to(self.run()).as_posix(): path.read_bytes()
            for part in ("diffusion", "cercles")
            for path in (self.run() / part).rglob("figures/*")
        }
        released = json.loads(register.read_text(encoding="utf-8"))["tables"]
        return json.dumps(released, ensure_ascii=False), drawn

    def reached(self, walker, *starts):
        return everything_reachable(walker.page.context.request, self.site.url, starts)


@contextmanager
def walking(language, engine, place, chromium_path):
    """A walk on a new site, as ``croisee serve`` starts it, with a mail server and a browser."""
    ready = in_tongue("Pour arrêter : Ctrl-C.", language)
    with (
        post_office() as post,
        database(engine) as base,
        served(
            ["croisee", "serve"], place / "site", ready=ready, language=language,
            DATABASE_URL=base, CROISEE_SMTP=f"smtp://127.0.0.1:{post.server.port}",
        ) as site,
        sync_playwright() as playwright,
    ):  # fmt: skip
        browser = playwright.chromium.launch(executable_path=chromium_path)
        yield Walk(site, post, browser, language, place)
        browser.close()


def open_the_first_account(walk):
    lead = walk.lead
    lead.arrive(re.search(r"http://\S+/premier-pas/\S+", walk.site.said()).group())
    lead.write("Adresse de courriel", LEAD)
    lead.write("Votre nom", "Léa Responsable")
    lead.choose("Langue du site", "English" if walk.language == "en" else "Français")
    lead.write("Nouveau mot de passe", SECRET)
    lead.write("Le même, une deuxième fois", SECRET)
    lead.press("Ouvrir le compte")


def keep_a_passkey_and_enter_with_it(walk):
    lead = walk.lead
    lead.follow_named("Léa Responsable")
    lead.follow("Double vérification")
    lead.follow("Ajouter une clé d’accès")
    lead.write("Nom de cette clé", "mon téléphone")
    lead.press("Créer la clé")
    lead.follow("C’est fait")
    lead.press("Se déconnecter")
    lead.follow("Se connecter")
    lead.follow("Utiliser une clé d’accès")
    lead.press("Utiliser ma clé")


def write_member_list(path, language="fr"):
    rows = [HEADINGS[language] if row == HEADINGS["fr"] else row for row in MEMBERS]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def create_a_study_from_a_member_list(walk):
    lead, path = walk.lead, write_member_list(walk.place / "membres.xlsx", walk.language)
    lead.follow("Créer une étude")
    lead.write("Titre", "Les maisons de quartier" if walk.language == "fr" else "Neighbourhoods")
    lead.press("Créer l’étude")
    lead.follow("Ajouter un réseau")
    lead.write("Nom", "Réseau des maisons" if walk.language == "fr" else "Network of houses")
    lead.write("Code", "maisons")
    lead.press("Ajouter le réseau")
    lead.follow("Importer une liste")
    lead.give("Fichier", path)
    lead.press("Lire la liste")
    walk.kept.preview = lead.text()
    twice = lead.page.get_by_label(lead.words("Que faire de la ligne %(n)s", n=6), exact=True)
    twice.select_option(label=lead.words("Laisser de côté"))
    lead.press("Garder ces choix")
    lead.press_several("Enregistrer %(n)s membre", "Enregistrer %(n)s membres", 2)
    walk.kept.members = lead.text()


def invite_a_coordinator(walk, network):
    """Invite her from the team's page; she opens the link of the mail."""
    lead, count = walk.lead, len(walk.post.received)
    lead.menu("Équipe et accès")
    lead.follow("Inviter une personne")
    lead.write("Adresse de courriel", HERS)
    lead.choose("Langue du courriel", "English" if walk.language == "en" else "Français")
    lead.choose("Rôle", lead.words("Coordination d’un réseau"))
    lead.choose("Réseau", network)
    lead.press("Envoyer l’invitation")
    mail = walk.post.wait_for(count + 1)
    text = mail.get_body().get_content()
    walk.coordinator.arrive(re.search(r"http://\S+", text).group())
    return mail["to"], mail["subject"], plain(text)


def join_with_a_new_account(walk):
    her = walk.coordinator
    her.write("Votre nom", "Colombe Exemple")
    her.write("Nouveau mot de passe", HER_SECRET)
    her.write("Le même, une deuxième fois", HER_SECRET)
    her.press("Ouvrir mon compte et accepter")


def import_the_reference_study(walk):
    lead, path = walk.lead, walk.place / "etude.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in EXAMPLE.rglob("*"):
            if one.is_file() and "registre" not in one.parts:
                archive.write(one, one.relative_to(EXAMPLE))
    lead.follow("Études")
    lead.follow("Importer un dossier d’étude")
    lead.give("Dossier d’étude, compressé (.zip)", path)
    lead.press("Importer l’étude")
    lead.reads("L’étude est importée.", soon=LONG)
    lead.follow("Ouvrir l’étude")
    walk.kept.study = lead.page.url.removeprefix(walk.home)
    walk.kept.title = plain(lead.page.get_by_role("heading", level=1).inner_text())
    lead.menu("Résultats")


def wait_for_results(walk, state, **values):
    """Wait until the page of results has what was computed last, told to be ``state``."""
    walk.lead.reads(state, soon=LONG, **values)
    walk.lead.reads_text("F-07", soon=LONG)
    walk.lead.look()


def compute(walk):
    walk.lead.press("Calculer les résultats")
    walk.lead.reads("Calcul en cours")
    wait_for_results(walk, "Épreuve %(code)s", code="2022a")


def read_where_a_number_comes_from(walk):
    """From the report on screen, one click from a number to its provenance."""
    lead = walk.lead
    lead.follow("Rapport à l’écran")
    walk.kept.report = lead.document_text()
    lead.document.get_by_role("link", name="F-07", exact=True).first.click()
    provenance = lead.document.locator("section#F-07")
    provenance.wait_for()
    walk.kept.provenance = plain(provenance.inner_text())
    lead.menu("Résultats")


def read_before_the_seal(walk):
    """The coordinator joins the second study with the account of the first one."""
    her = walk.coordinator
    her.press("Accepter l’invitation")
    walk.kept.network = her.page.url.removeprefix(walk.home)
    walk.kept.before_the_seal = her.text()


def choose_who_leaves(walk):
    """Choose somebody interviewed, then somebody quoted on the coordinator's leaflet."""
    kept, release = walk.kept, released(walk)
    with load(walk.run() / "equipe" / "dataset") as dataset:
        spoken = {
            (row["document"], row["turn"]): row["participant"] for row in dataset.rows("turns")
        }
        kept.speaker = {
            row["key"]: spoken[row["document"], row["turn"]] for row in dataset.rows("excerpts")
        }
    leaflet = walk.run() / "cercles" / NETWORK / f"{NETWORK}.html"
    printed = text_of(".html", leaflet.read_bytes())

    def said_by(quote):
        return [
            one
            for one in release["quotes"]
            if kept.speaker[one["key"]] == kept.speaker[quote["key"]]
        ]

    interviewed = [quote for quote in release["quotes"] if quote["method"] == "entretien"]
    kept.first_said = said_by(next(one for one in interviewed if one["case"] != NETWORK))
    kept.second_said = said_by(next(q for q in release["quotes"] if stretch(q) in printed))
    kept.first, kept.second = (
        kept.speaker[quotes[0]["key"]] for quotes in (kept.first_said, kept.second_said)
    )


def stretch(quote):
    """Return forty letters of the middle of a quote: nobody else says them."""
    return plain(quote["text"])[10:50]


def withdraw(walk, person, quote):
    """Take somebody's withdrawal, from one of her quotes; return her receipt."""
    lead = walk.lead
    lead.follow_named(quote)
    walk.kept.quoted.append(lead.text())
    lead.arrive(walk.home + walk.kept.study)
    lead.menu("Participation")
    lead.follow_named(person)
    lead.follow("Recevoir un retrait")
    lead.tick("Oui, retirer tout ce qui peut l’être. Je sais que cela ne se défait pas.")
    lead.press("Faire le retrait")
    receipt = lead.text()
    lead.menu("Résultats")
    walk.kept.during = lead.text()
    return receipt


def withdraw_before_the_seal(walk):
    choose_who_leaves(walk)
    walk.kept.draft = walk.run()
    walk.kept.first_receipt = withdraw(walk, walk.kept.first, walk.kept.first_said[0]["code"])
    wait_for_results(walk, "Épreuve %(code)s", code="2022a")
    walk.kept.rebuilt = walk.lead.text()
    walk.kept.second_draft = walk.run()
    walk.kept.rebuilt_words = words_of_folder(walk.run() / "diffusion", {".html", ".json"})


def seal(walk):
    lead = walk.lead
    lead.follow("Sceller la diffusion…")
    lead.tick("Je sais que les chiffres scellés ne changeront plus")
    lead.press("Sceller la diffusion")
    lead.reads("Voir le résultat", soon=LONG)
    lead.follow("Voir le résultat")
    wait_for_results(walk, "Diffusion %(code)s, scellée", code="2022a")


def publish(walk):
    lead, anybody = walk.lead, walk.public
    lead.press("Diffuser à tout le monde")
    lead.follow("Le rapport")
    walk.kept.publication = lead.page.url.removeprefix(walk.home)
    lead.arrive(walk.home + walk.kept.study)
    lead.menu("Résultats")
    anybody.arrive(f"{walk.home}/resultats/")
    walk.kept.shown = anybody.text()
    walk.kept.archive = [
        anybody.file_behind(name)
        for name in ("tout, à garder (.zip)", "signature", "clé qui la vérifie")
    ]


def read_the_leaflet(walk):
    """The coordinator, from the study to her network's leaflet: two clicks."""
    her = walk.coordinator
    her.menu("Résultats par réseau")
    walk.kept.network_page = her.text()
    her.follow("Le feuillet à l’écran")
    walk.kept.leaflet = her.document_text()
    her.document.get_by_role("link", name="V-01", exact=True).click()
    walk.kept.her_provenance = plain(her.document.locator("section#V-01").inner_text())


def keep_everything_read(walk):
    """Return what the coordinator and anybody can reach, and what lies where it is served."""
    return SimpleNamespace(
        her=walk.reached(walk.coordinator, walk.kept.network, f"/en{walk.kept.network}"),
        anybody=walk.reached(walk.public, "/resultats/", "/en/resultats/"),
        circle=words_of_folder(walk.run() / "cercles" / NETWORK),
        published=words_of_folder(walk.site.home / "diffusions"),
    )


def withdraw_after_the_seal(walk):
    kept = walk.kept
    kept.read_before, kept.tables_before = keep_everything_read(walk), walk.tables()
    kept.release_before = released(walk)
    kept.second_receipt = withdraw(walk, kept.second, kept.second_said[0]["code"])
    wait_for_results(walk, "Diffusion %(code)s, scellée", code="2022a")
    kept.read_after, kept.tables_after = keep_everything_read(walk), walk.tables()
    kept.release_after = released(walk)


def released(walk):
    path = walk.run() / "diffusion" / "release.json"
    return json.loads(path.read_text(encoding="utf-8"))


def words_of_folder(folder, kinds=()):
    """Return the words of every file of a folder, or of those of some kinds."""
    return {
        name: text
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (not kinds or path.suffix in kinds)
        for name, text in texts_of(path.relative_to(folder).as_posix(), path.read_bytes()).items()
    }


def read_who_did_what(walk):
    walk.lead.menu("Qui a fait quoi")
    walk.kept.journal = walk.lead.text()
    walk.kept.journal_table = walk.lead.file_behind("Télécharger (CSV)").decode()


def try_the_other_doors(walk):
    """Return what the coordinator is answered where she was not invited."""
    study, her = walk.home + walk.kept.study, walk.coordinator
    tried = (
        "reseaux/quartiers/", "reseaux/nulle-part/", "reseaux/quartiers/lire/quartiers.html",
        f"reseaux/{NETWORK}/lire/../../quartiers/quartiers.html", "resultats/", "sceller/",
        "participation/", "participation/e-02/", "equipe/", "journal/", "exporter/",
    )  # fmt: skip
    walk.kept.doors = {one: her.status_of(study + one) for one in tried}
    walk.kept.nobody = {one: walk.public.led_to(study + one) for one in tried if ".." not in one}
    short = ("/resultats/", f"/f/{NETWORK}-2022a/", "/x/2022a-F-07")
    walk.kept.short = {one: walk.public.status_of(walk.home + one) for one in short}


def walk_it_all(walk):
    """Do the whole walk, in the order somebody would."""
    open_the_first_account(walk)
    keep_a_passkey_and_enter_with_it(walk)
    create_a_study_from_a_member_list(walk)
    network = "Réseau des maisons" if walk.language == "fr" else "Network of houses"
    walk.kept.first_mail = invite_a_coordinator(walk, network)
    join_with_a_new_account(walk)
    import_the_reference_study(walk)
    compute(walk)
    read_where_a_number_comes_from(walk)
    walk.kept.second_mail = invite_a_coordinator(walk, CALLED[walk.language])
    read_before_the_seal(walk)
    walk.lead.menu("Résultats")
    withdraw_before_the_seal(walk)
    seal(walk)
    publish(walk)
    read_the_leaflet(walk)
    withdraw_after_the_seal(walk)
    read_who_did_what(walk)
    try_the_other_doors(walk)
