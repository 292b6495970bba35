"""Whoever is outside the team: everything she can reach, and what two visits tell her."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit

import numpy as np

from croisee.disclosure.values import Chiffre

LINKS = re.compile(rb"""(?:href|src|action)=["']([^"'#?]+)""")
FORGET = (
    re.compile(rb'csrfmiddlewaretoken" value="[^"]*'),
    re.compile(rb'nonce="[^"]*'),
)
"""What changes at each visit and says nothing."""
NOT_FOLLOWED = ("/static/", "/compte/", "/connexion/", "/deconnexion/", "/en/", "/api/")
TEXTS = ("text/", "application/json", "image/svg")


def reachable(client, starts):
    """Follow every link from some pages; return what each address gives, by address."""
    found, waiting = {}, list(starts)
    while waiting:
        address = waiting.pop()
        if address in found or any(part in address for part in NOT_FOLLOWED):
            continue
        answer = client.get(address)
        body = b"".join(answer) if answer.streaming else answer.content
        if answer.status_code in {301, 302}:
            waiting.append(urljoin(address, answer["Location"]))
        if answer.status_code != 200:
            continue
        found[address] = plain(body)
        if answer["Content-Type"].startswith(TEXTS):
            waiting += [
                urljoin(address, unescape(link.decode()))
                for link in LINKS.findall(body)
                if not urlsplit(link.decode()).scheme
            ]
    return found


def plain(body):
    for pattern in FORGET:
        body = pattern.sub(b"", body)
    return body


def values_of(release):
    """Return the counts that a release prints exactly, each with the answers it counts."""
    return {
        (table.key, cell.base, cell.events): cell.value.lo
        for table in release.tables
        for row in table.cells
        for cell in row
        if isinstance(cell.value, Chiffre)
        and cell.value.lo == cell.value.hi
        and len(cell.events) == 1
    }


def learnt(before, after):
    """Return which answers of one leaver two releases give for certain, by question.

    The block that lost one person is hers: she knows nothing else.
    """
    one, other = values_of(before), values_of(after)
    return {
        events[0].question: frozenset(events[0].levels)
        for (key, base, events), count in one.items()
        if other.get((key, base, events)) == count - 1
    }


def study_of_answers(folder, seed, *, people=46, sizes=(3, 4, 5, 6)):
    """Write the folder of a small survey of people, answers drawn at random; return them."""
    rng = np.random.default_rng(seed)
    answers = {
        f"p-{number:02}": {
            f"q{size}": f"o{level}" for size, level in zip(sizes, levels, strict=True)
        }
        for number, levels in enumerate(_levels(rng, people, sizes), 1)
    }
    folder.mkdir()
    (folder / "etude.toml").write_text(_STUDY, encoding="utf-8")
    _csv(folder / "participants.csv", ["code", "cas", "consent_analyse"],
         [[code, "nord", "oui"] for code in answers])  # fmt: skip
    (folder / "instruments").mkdir()
    (folder / "reponses").mkdir()
    _csv(
        folder / "instruments" / "enquete.csv",
        ["question", "libelle", "type", "options", "nature"],
        [
            [f"q{size}", f"Question {size}", "ordinal",
             " | ".join(f"o{i} = Réponse {i}" for i in range(size)), "ordinaire"]
            for size in sizes
        ],
    )  # fmt: skip
    _csv(
        folder / "reponses" / "enquete_2026.csv",
        ["repondant", "cas", *(f"q{size}" for size in sizes)],
        [[code, "nord", *said.values()] for code, said in answers.items()],
    )
    return answers


def _levels(rng, people, sizes):
    columns = [rng.choice(size, people, p=rng.dirichlet([4] * size)) for size in sizes]
    return np.stack(columns, axis=1).tolist()


def _csv(path, header, rows):
    lines = [";".join(header), *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


_STUDY = """format = 1
titre = "Une enquête"
question = "Comment ?"
contact = "recherche@exemple.ca"
equipe = "Équipe"
[diffusion]
code = "2026a"
arret = 2026-11-20
[[cas]]
code = "nord"
nom = "Réseau du Nord"
individus = true
[[editions]]
code = "2026"
nom = "Automne 2026"
[[methodes]]
code = "enquete"
nom = "Enquête"
genre = "sondage"
sujet = "personne"
[[instruments]]
code = "enquete"
nom = "Enquête"
methode = "enquete"
sujet = "personne"
[[finalites]]
code = "analyse"
nom = "Compter mes réponses"
role = "analyse"
"""
