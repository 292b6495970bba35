"""What the groups decided: positions, agreed orders, ballots, budgets, technologies named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from personnes import Person, group_members
from tableur import write_table

POSITIONS: Mapping[str, tuple[str, ...]] = {
    # p pour, n nuance, c contre; then the reasons, in the order of the people of the session
    "g-car-1": ("n j-autonomie", "c j-democratie", "n j-soin", "c j-equite", "n j-efficacite",
                "c j-soin"),
    "g-car-2": ("c j-autonomie", "n j-efficacite", "c j-equite", "n j-soin|j-autonomie",
                "c j-democratie"),
    "g-qua-1": ("n j-efficacite", "n j-equite", "c j-soin", "p j-efficacite", "n j-democratie"),
    "g-qua-2": ("c j-democratie", "n j-efficacite", "p j-soin", "n j-securite", "n j-soin"),
    "g-pra-1": ("c j-democratie", "n j-soin", "c j-autonomie", "c j-soin"),
    "g-pra-2": ("p j-efficacite", "c j-democratie", "n j-equite"),
    "g-fam-1": ("c j-soin", "c j-equite", "c j-soin|j-democratie", "c j-equite", "c j-soin"),
}  # fmt: skip
WORDS = {"p": "pour", "n": "nuance", "c": "contre"}

AGREED: Mapping[str, tuple[str, str, str]] = {
    "g-car-1": ("suite", "internet", "soutien"),
    "g-car-2": ("suite", "soutien", "internet"),
    "g-qua-1": ("portables", "internet", "securite"),
    "g-qua-2": ("internet", "portables", "securite"),
    "g-pra-1": ("visio", "cellulaire", "vpn"),
    "g-pra-2": ("visio", "vpn", "ergonomie"),
    "g-fam-1": ("portables", "suite", "cellulaire"),
}

TRAINING: Mapping[str, tuple[float, ...]] = {
    # weight of: choisir, animer, bases, securite, reflexion, politique
    "carrefours": (9, 7, 3, 2, 2, 3),
    "quartiers": (4, 6, 9, 5, 2, 3),
    "praticien-ne-s": (2, 3, 2, 2, 9, 8),
    "tables-famille": (2, 9, 4, 1, 6, 1),
}
OBJECTIVES = ("choisir", "animer", "bases", "securite", "reflexion", "politique")

PROJECT: Mapping[str, tuple[float, ...]] = {
    # weight of: poste, appareils, journees, balado, plateforme, trousse
    "carrefours": (12, 4, 3, 1, 2, 5),
    "quartiers": (6, 5, 6, 2, 4, 6),
    "praticien-ne-s": (4, 1, 6, 6, 8, 2),
    "tables-famille": (3, 10, 9, 1, 1, 2),
}
PROJECTS = ("poste", "appareils", "journees", "balado", "plateforme", "trousse")

LANDSCAPE: tuple[tuple[str, str, str, bool, tuple[int, int, int, int]], ...] = (
    # French name, English name, class, used by everybody, people who named it by case
    ("Ordinateur portable", "Laptop", "appareils", True, (9, 8, 5, 5)),
    ("Téléphone intelligent", "Smartphone", "appareils", True, (7, 6, 6, 5)),
    ("Deuxième écran", "Second screen", "appareils", False, (4, 2, 5, 1)),
    ("Casque d’écoute", "Headset", "appareils", False, (5, 3, 3, 2)),
    ("Caméra web", "Webcam", "appareils", False, (5, 6, 2, 3)),
    ("Tablette", "Tablet", "appareils", False, (2, 3, 1, 4)),
    ("Jeton d’accès", "Access token", "appareils", False, (0, 0, 5, 0)),
    ("Borne Internet mobile", "Mobile hotspot", "appareils", False, (5, 2, 0, 1)),
    ("Facebook", "Facebook", "reseaux", True, (10, 9, 4, 5)),
    ("Messenger", "Messenger", "reseaux", True, (6, 5, 2, 5)),
    ("Instagram", "Instagram", "reseaux", False, (3, 5, 1, 5)),
    ("LinkedIn", "LinkedIn", "reseaux", False, (1, 2, 2, 0)),
    ("TikTok", "TikTok", "reseaux", False, (0, 1, 0, 3)),
    ("WhatsApp", "WhatsApp", "mobiles", False, (3, 6, 1, 3)),
    ("Signal", "Signal", "mobiles", False, (1, 2, 1, 0)),
    ("Application de sondage éclair", "Quick poll app", "mobiles", False, (2, 1, 0, 1)),
    ("Microsoft 365", "Microsoft 365", "collaboration", True, (8, 5, 7, 5)),
    ("Teams", "Teams", "collaboration", True, (8, 6, 7, 3)),
    ("SharePoint", "SharePoint", "collaboration", False, (2, 1, 5, 0)),
    ("Espace de travail Google", "Google Workspace", "collaboration", False, (7, 8, 1, 3)),
    ("Basecamp", "Basecamp", "collaboration", False, (5, 1, 0, 0)),
    ("Slack", "Slack", "collaboration", False, (3, 4, 0, 0)),
    ("Trello", "Trello", "collaboration", False, (2, 5, 0, 0)),
    ("Asana", "Asana", "collaboration", False, (1, 2, 0, 0)),
    ("YouTube", "YouTube", "web", True, (6, 4, 3, 4)),
    ("Canva", "Canva", "web", False, (6, 6, 1, 5)),
    ("SurveyMonkey", "SurveyMonkey", "web", False, (5, 3, 2, 0)),
    ("PayPal", "PayPal", "web", False, (2, 1, 0, 1)),
    ("Doodle", "Doodle", "web", False, (5, 5, 5, 2)),
    ("Infolettre en ligne", "Online newsletter", "web", False, (6, 3, 1, 1)),
    ("Zoom", "Zoom", "logiciels", True, (11, 10, 7, 5)),
    ("GoToMeeting", "GoToMeeting", "logiciels", False, (3, 0, 1, 0)),
    ("WebEx", "WebEx", "logiciels", False, (1, 1, 2, 0)),
    ("Dropbox", "Dropbox", "logiciels", False, (5, 4, 1, 1)),
    ("Réseau privé virtuel", "Virtual private network", "logiciels", False, (2, 1, 6, 0)),
    ("Adobe", "Adobe", "logiciels", False, (3, 3, 2, 1)),
    ("DocuSign", "DocuSign", "logiciels", False, (2, 2, 1, 0)),
    ("Logiciel comptable", "Accounting software", "logiciels", False, (5, 3, 0, 2)),
    ("Registre des présences (maison)", "Attendance register (home-made)", "logiciels", False,
     (1, 2, 0, 3)),
    ("Base de données des membres", "Members’ database", "logiciels", False, (5, 3, 1, 1)),
)  # fmt: skip


def plackett_luce(rng: np.random.Generator, weights: Sequence[float]) -> list[int]:
    """Return an order drawn object by object, each with a chance in proportion to its weight."""
    noise = rng.gumbel(size=len(weights))
    return [int(i) for i in np.argsort(-(np.log(weights) + noise), kind="stable")]


def split(rng: np.random.Generator, weights: Sequence[float], units: int) -> list[int]:
    """Return whole units shared in proportion to weights that vary from person to person."""
    shares = rng.dirichlet(np.asarray(weights, dtype=float) / 3) * units
    whole = np.floor(shares).astype(int)
    rest = units - int(whole.sum())
    whole[np.argsort(whole - shares, kind="stable")[:rest]] += 1
    return [int(x) for x in whole]


def positions(members: Sequence[Person]) -> list[list[str]]:
    """Return the lines of ``positions.csv``."""
    rows = []
    for session, words in POSITIONS.items():
        people = [person for person in members if person.session == session]
        for person, word in zip(people, words, strict=True):
            letter, reasons = word.split()
            rows.append([session, "teletravail", person.code, WORDS[letter], reasons])
    return rows


def rankings(rng: np.random.Generator, members: Sequence[Person]) -> list[list[object]]:
    """Return the lines of ``rangs.csv``: seven agreed orders, thirty-three ballots."""
    rows: list[list[object]] = [
        [session, "technologies", "", thing, place]
        for session, things in AGREED.items()
        for place, thing in enumerate(things, start=1)
    ]
    for person in members:
        order = plackett_luce(rng, TRAINING[person.case])
        rows += [
            [person.session, "formation-ordre", person.code, OBJECTIVES[i], place]
            for place, i in enumerate(order, start=1)
        ]
    return rows


def budgets(rng: np.random.Generator, members: Sequence[Person]) -> list[list[object]]:
    """Return the lines of ``budgets.csv``: 100 000 $ of training, a project of 200 000 $."""
    rows: list[list[object]] = []
    for theme, things, weights, step in (
        ("formation", OBJECTIVES, TRAINING, 5_000),
        ("projet", PROJECTS, PROJECT, 10_000),
    ):
        for person in members:
            units = split(rng, weights[person.case], 20)
            rows += [
                [person.session, theme, person.code, thing, unit * step]
                for thing, unit in zip(things, units, strict=True)
                if unit
            ]
    return rows


def mentions(rng: np.random.Generator, members: Sequence[Person]) -> list[list[str]]:
    """Return the lines of ``technologies.csv``: who named what, drawn so that counts are exact."""
    cases = tuple(dict.fromkeys(person.case for person in members))
    rows = []
    for french, english, group, common, counts in LANDSCAPE:
        for case, count in zip(cases, counts, strict=True):
            people = [person for person in members if person.case == case]
            for i in sorted(int(x) for x in rng.choice(len(people), size=count, replace=False)):
                person = people[i]
                mark = "oui" if common else "non"
                rows.append([case, french, english, group, person.code, person.session, mark])
    return rows


def write_groups(folder: Path, rng: np.random.Generator) -> None:
    """Write what the seven groups decided."""
    members = group_members()
    header = ["seance", "theme", "participant", "position", "justification"]
    write_table(folder / "positions.csv", header, positions(members))
    header = ["seance", "theme", "participant", "objet", "rang"]
    write_table(folder / "rangs.csv", header, rankings(rng, members))
    header = ["seance", "theme", "participant", "objectif", "montant"]
    write_table(folder / "budgets.csv", header, budgets(rng, members))
    header = ["cas", "technologie", "technologie_en", "classe", "participant", "seance", "commun"]
    write_table(folder / "technologies.csv", header, mentions(rng, members))
