"""Study folders built on the fly from real data nobody here wrote.

``real`` is the folder that ``CROISEE_REAL_DATA`` names. What is written to ``target`` is the
caller's to destroy; no word of the data is kept here.
"""

import csv
import json
import re
import shutil
from pathlib import Path

from croisee.deidentify import Turn, find_candidates
from croisee.formats import read_docx
from croisee.text import parse_turns

ARTISANS = Path("verbatims/artisans_docx")
INSEE = Path("survey/derived")
KEYWORDS = {
    "geste": ("geste", "main", "mouvement"),
    "apprentissage": ("appr", "école", "formation", "stage"),
    "matiere": ("verre", "plomb", "chaleur", "feu"),
}


def _table(path: Path, header: list[str], rows: list[list[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


# --- The seven interviews with glass workers ---------------------------------------------------


def artisans_study(target: Path, real: Path) -> None:
    """Write a study of one case, ``verre``: seven interviews, their register of consents."""
    target.mkdir(parents=True, exist_ok=True)
    register = _register(real / ARTISANS / "recap_entretien.csv")
    files = sorted((real / ARTISANS).glob("*.docx"))
    people = []
    for number, file in enumerate(files, 1):
        line = next(line for line in register if _same_interview(line["Nom Fichier"], file.stem))
        day = file.stem.split()[2].split(".")
        consent = "oui" if line["Consentement"].strip().startswith("oui") else "non"
        people.append((f"a-{number:02}", f"e-{number:02}", file, f"20{'-'.join(day)}", consent))
    (target / "documents").mkdir(exist_ok=True)
    for _, _, file, _, _ in people:
        shutil.copyfile(file, target / "documents" / file.name)
    _artisans_tables(target, people)
    _artisans_words(target, people)
    (target / "etude.toml").write_text(_ARTISANS_TOML, encoding="utf-8")
    (target / "constats.toml").write_text(_ARTISANS_FINDINGS, encoding="utf-8")


def _register(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _same_interview(registered: str, stem: str) -> bool:
    return stem.startswith(registered.replace("_", " "))


def _artisans_tables(target: Path, people: list[tuple[str, str, Path, str, str]]) -> None:
    _table(
        target / "participants.csv",
        ["code", "cas", "seances", "consent_analyse", "consent_citation"],
        [[code, "verre", session, consent, consent] for code, session, _, _, consent in people],
    )
    _table(
        target / "seances.csv",
        ["seance", "methode", "cas", "edition", "date"],
        [[session, "entretien", "verre", "2024", day] for _, session, _, day, _ in people],
    )
    _table(
        target / "documents.csv",
        ["document", "fichier", "cas", "methode", "seance", "participant"],
        [
            [session, file.name, "verre", "entretien", session, code]
            for code, session, file, _, _ in people
        ],
    )
    _table(
        target / "activites.csv",
        ["methode", "cas", "edition", "prevu", "fait", "unite"],
        [["entretien", "verre", "2024", len(people), len(people), "entretiens"]],
    )
    _table(
        target / "codes.csv",
        ["code", "libelle", "libelle_en"],
        [
            ["geste", "Le geste", "The gesture"],
            ["apprentissage", "L’apprentissage", "Learning"],
            ["matiere", "La matière", "The material"],
        ],
    )


def _artisans_words(target: Path, people: list[tuple[str, str, Path, str, str]]) -> None:
    """Code turns by keyword; review and excerpt, for each person, one turn that names nobody."""
    codings: list[list[object]] = []
    excerpts: list[list[object]] = []
    reviews: list[list[object]] = []
    codes = tuple(code for code, *_ in people)
    for code, session, file, _, _ in people:
        parsed = parse_turns(read_docx(file))
        spoken = [
            (n, turn.text) for n, turn in enumerate(parsed, 1) if turn.speaker == "Interviewe"
        ]
        for number, text in spoken:
            for theme, keywords in KEYWORDS.items():
                if any(word in text.lower() for word in keywords):
                    codings.append([session, number, theme, "codeuse-1"])
        turns = [Turn(session, n, "Interviewe", code, text) for n, text in spoken]
        doubtful = {found.turn for found in find_candidates(turns, (), codes)}
        quiet = [(n, t) for n, t in spoken if n not in doubtful and "BIP" not in t and len(t) < 400]
        number, _ = max(quiet, key=lambda pair: len(pair[1]))
        excerpts.append([f"verbatim-{len(excerpts) + 1}", session, number])
        reviews.append([session, number, "oui", "relectrice-1", "2025-02-03"])
    _table(target / "codages.csv", ["document", "tour", "code", "codeur"], codings)
    _table(target / "extraits.csv", ["extrait", "document", "tour"], excerpts)
    _table(
        target / "relectures" / "passages.csv",
        ["document", "tour", "relu", "par", "le"],
        reviews,
    )


_ARTISANS_TOML = """\
format = 1
titre = "Dire le geste"
titre_en = "Putting the gesture into words"
question = "Comment les artisanes et artisans parlent-ils de leur geste ?"
langues = ["fr", "en"]

[diffusion]
code = "2025a"
arret = 2025-03-31
editions = ["2024"]

[[cas]]
code = "verre"
nom = "Artisanat du verre"
nom_en = "Glass crafts"
court = "Verre"
unite = "personne"
unites = "personnes"
individus = true

[[editions]]
code = "2024"
nom = "Automne 2024"
debut = 2024-10-01
fin = 2024-12-31

[[methodes]]
code = "entretien"
nom = "Entretien"
nom_en = "Interview"
genre = "entretien"

[[finalites]]
code = "analyse"
nom = "Utiliser mes propos dans l’analyse"
role = "analyse"

[[finalites]]
code = "citation"
nom = "Citer mes propos sans mon nom"
role = "citation"
"""
_ARTISANS_FINDINGS = """\
[[constats]]
code = "C-01"
section = "Le geste"
titre = "Le geste se dit par la matière"
titre_en = "The gesture is told through the material"
etat = "discute"
texte = "Le thème de la matière est {codes/matiere@verre|mot} dans les entretiens."
texte_en = "The theme of the material is {codes/matiere@verre|mot} in the interviews."
figures = ["codes"]
extraits = ["verbatim-1", "verbatim-2", "verbatim-3"]
feuillets = ["verre"]

[[constats]]
code = "C-02"
section = "Apprendre"
titre = "Apprendre prend du temps"
titre_en = "Learning takes time"
etat = "brouillon"
texte = "Les personnes rencontrées parlent de leur apprentissage en regardant faire."
texte_en = "The people interviewed speak of learning by watching."
extraits = ["verbatim-4", "verbatim-5"]
feuillets = ["verre"]
"""

# --- The INSEE survey « Histoire de vie », 2003 ------------------------------------------------

_SKIPPED = {"id", "poids"}
_CLASSES = {"age": "25|40|60|75", "freres.soeurs": "1|3|5", "heures.tv": "1|2|4"}
_UNITS = {"age": "ans", "freres.soeurs": "frères et sœurs", "heures.tv": "heures"}
_NATURES = {"sexe": "visible", "age": "visible", "relig": "sensible"}
_ORDINAL = {"nivetud", "trav.imp"}
_ACCENTS = {
    "etudes": "études",
    "arrete": "arrêté",
    "derniere": "dernière",
    "Derniere": "Dernière",
    "annee": "année",
    "2eme": "2e",
    "superieur": "supérieur",
    "Chomeur": "Chômeur",
    "Etudiant": "Étudiant",
    "eleve": "élève",
    "Retire": "Retiré",
    "specialise": "spécialisé",
    "qualifie": "qualifié",
    "intermediaire": "intermédiaire",
    "Employe": "Employé",
    "regulier": "régulier",
    "Equilibre": "Équilibre",
}
_LABELS = {
    "sexe": "Sexe",
    "age": "Âge",
    "nivetud": "Niveau d’études",
    "occup": "Occupation",
    "qualif": "Qualification",
    "freres.soeurs": "Nombre de frères et sœurs",
    "clso": "Sentiment d’appartenir à une classe sociale",
    "relig": "Rapport à la religion",
    "trav.imp": "Importance du travail",
    "trav.satisf": "Satisfaction au travail",
    "hard.rock": "Écoute du hard rock",
    "lecture.bd": "Lit des bandes dessinées",
    "peche.chasse": "Pêche ou chasse",
    "cuisine": "Fait la cuisine",
    "bricol": "Bricole",
    "cinema": "Va au cinéma",
    "sport": "Fait du sport",
    "heures.tv": "Heures de télévision par jour",
}


def insee_study(target: Path, real: Path) -> None:
    """Write a study of one case, ``france``: one weighted survey, no frame."""
    target.mkdir(parents=True, exist_ok=True)
    described = json.loads((real / INSEE / "hdv2003_codebook.json").read_text(encoding="utf-8"))
    variables = [one for one in described if one["variable"] not in _SKIPPED]
    _table(
        target / "instruments" / "hdv.csv",
        ["question", "libelle", "type", "options", "nature", "unite", "classes"],
        [_question(one) for one in variables],
    )
    with (real / INSEE / "hdv2003.csv").open(encoding="utf-8", newline="") as stream:
        answers = list(csv.DictReader(stream))
    closed = {one["variable"] for one in variables if one["values"]}
    names = [one["variable"] for one in variables]
    _table(
        target / "reponses" / "hdv_2003.csv",
        ["repondant", "cas", "poids", *(_code(name) for name in names)],
        [
            [
                f"r-{line['id']}",
                "france",
                line["poids"],
                *(_code(line[name]) if name in closed else line[name] for name in names),
            ]
            for line in answers
        ],
    )
    (target / "etude.toml").write_text(_INSEE_TOML, encoding="utf-8")
    (target / "constats.toml").write_text(_INSEE_FINDINGS, encoding="utf-8")


def _code(text: object) -> str:
    return re.sub(r"[^a-z0-9]+", "-", str(text).lower()).strip("-")


def _spelled(value: str) -> str:
    """Write a label of the file as French writes it: the file has no accents."""
    words = re.split(r"(\W+)", value.replace("NSP ou NVPR", "Ne sait pas ou ne veut pas répondre"))
    return "".join(_ACCENTS.get(word, word) for word in words)


def _question(one: dict[str, object]) -> list[object]:
    name, values = str(one["variable"]), one["values"]
    options = " | ".join(f"{_code(value)} = {_spelled(value)}" for value in values or ())
    kind = "nombre" if not values else "ordinal" if name in _ORDINAL else "choix"
    return [
        _code(name),
        _LABELS[name],
        kind,
        options,
        _NATURES.get(name, "ordinaire"),
        _UNITS.get(name, ""),
        _CLASSES.get(name, ""),
    ]


_INSEE_TOML = """\
format = 1
titre = "Histoire de vie"
titre_en = "Life history"
question = "Que font les gens de leur temps libre ?"
langues = ["fr", "en"]

[diffusion]
code = "2003a"
arret = 2004-06-30

[[cas]]
code = "france"
nom = "Population adulte de France"
nom_en = "Adult population of France"
court = "France"
unite = "personne"
unites = "personnes"
individus = true

[[editions]]
code = "2003"
nom = "2003"
debut = 2003-01-01
fin = 2003-12-31

[[methodes]]
code = "enquete"
nom = "Enquête par questionnaire"
nom_en = "Questionnaire survey"
genre = "sondage"

[[instruments]]
code = "hdv"
nom = "Histoire de vie"
nom_en = "Life history"
methode = "enquete"
poids = true
"""
_INSEE_FINDINGS = """\
[[constats]]
code = "C-01"
section = "Temps libre"
titre = "Bouger, une affaire partagée"
titre_en = "Moving, a shared matter"
etat = "discute"
texte = "On estime que {hdv.2003.sport/oui|pct} des adultes font du sport."
texte_en = "An estimated {hdv.2003.sport/oui|pct} of adults play a sport."
figures = ["hdv.2003.sport", "hdv.2003.cinema"]
feuillets = ["france"]

[[constats]]
code = "C-02"
section = "Travail"
titre = "Ce que le travail apporte"
titre_en = "What work brings"
etat = "brouillon"
texte = "La satisfaction au travail est décrite par les personnes qui ont un emploi."
texte_en = "Satisfaction at work is described by people who have a job."
figures = ["hdv.2003.trav-satisf"]
feuillets = ["france"]
"""
