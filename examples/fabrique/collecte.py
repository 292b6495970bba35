"""Frame, participants, sessions and answers: who, where, and what each person answered."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from personnes import (
    GROUPS,
    INTERVIEWS,
    NO_EVALUATION,
    NO_QUOTE,
    OBSERVATIONS,
    WITHDRAWN,
    Person,
    group_members,
    interviewees,
)
from questionnaires import (
    CODEBOOK_COLUMNS,
    EVALUATION,
    FLASH,
    INDIVIDUAL,
    INSTRUMENTS,
    PROFILE,
    Item,
    codebook_row,
)
from tableur import write_table

REGIONS = (
    "Rive-Haute", "Les Caps", "Val-Clair", "Terres-Noires", "Bas-du-Lac", "Pays-des-Ruisseaux",
    "Les Buttes", "Côte-aux-Vents", "Grandes-Érablières", "Anse-Grise", "Plaine-Sud",
    "Les Portages", "Haute-Savane", "Deux-Îles", "Tourbières",
)  # fmt: skip
SIZES = {"carrefours": 64, "quartiers": 30, "nord": 23, "sud": 31}
COMMUNITY = {"nord": 12, "sud": 16}
"""Community organisations of each family table: the frame of the flash survey."""

COMMENTS = {
    0: "On nous demande de nous réinventer chaque semaine. J’aimerais juste un ordi qui démarre.",
    5: "Merci de demander. C’est le premier sondage qui ne veut pas me vendre une formation.",
    9: "Dans mon rang, la vitesse d’Internet, c’est celle du facteur.",
    14: "Je ne suis pas contre le numérique, je suis contre le numérique tout seul.",
    19: "Nos membres n’ont pas toutes un cellulaire. On a ressorti la chaîne téléphonique.",
    23: "Le télétravail m’a redonné deux heures par jour. Je ne veux pas les rendre.",
    31: "Quand c’est le bailleur qui choisit la plateforme, c’est lui qui choisit qui vient.",
    38: "On a appris, mais tout seul·e·s, le soir.",
    44: "Une affiche à l’épicerie marche encore mieux que trois publications.",
    50: "Notre table a sauvé un loyer, mais on a perdu la machine à café et tout ce qui va avec.",
    57: "Il faudrait arrêter de dire que les aîné·e·s ne veulent pas apprendre.",
    63: "Je garde ma caméra fermée parce que mon bureau, c’est la chambre de ma fille.",
    70: "On a quatre façons de partager un document et personne ne trouve le bon.",
    78: "Les jeunes ferment la caméra, et là tu ne sais plus si ça va.",
    86: "Donnez-nous du temps avant de nous donner des outils.",
}


def frame() -> list[list[str]]:
    """Return the lines of ``cadre.csv``."""
    rows = [
        [f"car-{i:02d}", "carrefours", "", "2020", REGIONS[(i - 1) % len(REGIONS)], "carrefour"]
        for i in range(1, SIZES["carrefours"] + 1)
    ]
    rows += [
        [f"tq-{i:02d}", "quartiers", "", "2020", "", "table de quartier"]
        for i in range(1, SIZES["quartiers"] + 1)
    ]
    for part in ("nord", "sud"):
        for i in range(1, SIZES[part] + 1):
            kind = "organisme communautaire" if i <= COMMUNITY[part] else "institution"
            rows.append([f"tf-{part}-{i:02d}", "tables-famille", part, "2020", "", kind])
    return rows


def deal(rng: np.random.Generator, item: Item, case: str, n: int) -> list[str]:
    """Return one answer a respondent, so that the counts of the case come out exactly."""
    counts = item.counts.get(case) or item.counts.get("*")
    if counts is None:
        return [""] * n
    if item.kind == "nombre":
        answers = [str(value) for value in counts]
    else:
        pairs = zip(item.options, counts, strict=True)
        answers = [option[0] for option, count in pairs for _ in range(count)]
    empty = item.without.get(case, 0)
    missing = item.more.get("sans_reponse", "")
    answers += [missing] * empty
    if len(answers) != n:
        raise ValueError(f"{item.code}, {case}: {len(answers)} answers for {n} people")
    return [answers[i] for i in rng.permutation(n)]


def deal_several(rng: np.random.Generator, item: Item, case: str, n: int) -> list[str]:
    """Return the choices of each respondent to a multiple-response question, counts exact.

    Options are dealt one after the other to those who still have room, people with no choice
    yet first, so that everybody chooses at least one and nobody more than allowed.
    """
    counts = item.counts.get(case) or item.counts["*"]
    room = int(item.more.get("max", len(item.options)))
    chosen: list[list[str]] = [[] for _ in range(n)]
    order = np.argsort([-count for count in counts], kind="stable")
    for rank in order:
        luck = rng.permutation(n)
        left = [i for i in luck if len(chosen[i]) < room]
        left.sort(key=lambda i: (len(chosen[i]) > 0) if rank != order[0] else False)
        for i in left[: counts[rank]]:
            chosen[i].append(item.options[rank][0])
    for option, count in zip(item.options, counts, strict=True):
        got = sum(option[0] in choice for choice in chosen)
        if got != count:
            raise ValueError(f"{item.code}, {case}: {option[0]} chosen {got} times, not {count}")
    if not all(chosen):
        raise ValueError(f"{item.code}, {case}: someone chose nothing")
    codes = [option[0] for option in item.options]
    return ["|".join(sorted(choice, key=codes.index)) for choice in chosen]


def columns_of(
    rng: np.random.Generator, items: Sequence[Item], case: str, n: int
) -> list[list[str]]:
    """Return the answers of ``n`` people of a case, one line a person."""
    columns = [
        deal_several(rng, item, case, n) if item.kind == "multiple" else deal(rng, item, case, n)
        for item in items
    ]
    return [list(line) for line in zip(*columns, strict=True)]


def choose(rng: np.random.Generator, codes: Sequence[str], n: int) -> list[str]:
    """Return ``n`` codes drawn without repeat, in order."""
    picked = sorted(int(i) for i in rng.choice(len(codes), size=n, replace=False))
    return [codes[i] for i in picked]


def flash_answers(rng: np.random.Generator) -> list[list[str]]:
    """Return the flash survey: 46 of 64, 24 of 30, 13 of 28."""
    community = [f"tf-{part}-{i:02d}" for part in COMMUNITY for i in range(1, COMMUNITY[part] + 1)]
    frames = {
        "carrefours": ([f"car-{i:02d}" for i in range(1, 65)], 46),
        "quartiers": ([f"tq-{i:02d}" for i in range(1, 31)], 24),
        "tables-famille": (community, 13),
    }
    rows = []
    for case, (codes, n) in frames.items():
        answers = columns_of(rng, FLASH, case, n)
        for code, line in zip(choose(rng, codes, n), answers, strict=True):
            rows.append([code, case, code, *line])
    return rows


def organisations_of(
    rng: np.random.Generator, codes: Sequence[str], people: int, n: int
) -> list[str]:
    """Return the organisation of each of ``people`` respondents, ``n`` different ones."""
    reached = choose(rng, codes, n)
    return sorted(reached + choose(rng, reached, people - n))


def individual_answers(rng: np.random.Generator) -> list[list[str]]:
    """Return the questionnaire: 47 people of 41, 27 of 24, 10 and 10."""
    orgs = {
        "carrefours": organisations_of(rng, [f"car-{i:02d}" for i in range(1, 65)], 47, 41),
        "quartiers": organisations_of(rng, [f"tq-{i:02d}" for i in range(1, 31)], 27, 24),
        "tables-famille": [
            code
            for part in ("nord", "sud")
            for code in choose(rng, [f"tf-{part}-{i:02d}" for i in range(1, SIZES[part] + 1)], 10)
        ],
    }
    rows: list[list[str]] = []
    for case, names in orgs.items():
        for org, line in zip(names, columns_of(rng, INDIVIDUAL, case, len(names)), strict=True):
            part = org.split("-")[1] if case == "tables-famille" else ""
            rows.append([f"r-{len(rows) + 1:03d}", case, part, org, *line])
    for place, text in COMMENTS.items():
        rows[place][-1] = text
    return rows


def evaluation_answers(rng: np.random.Generator, members: Sequence[Person]) -> list[list[str]]:
    """Return the twenty-eight evaluation sheets."""
    filled = [person for person in members if person.code not in NO_EVALUATION]
    lines = columns_of(rng, EVALUATION, "*", len(filled))
    return [[p.code, p.case, *line] for p, line in zip(filled, lines, strict=True)]


def participants(respondents: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the lines of ``participants.csv``: consents by purpose, and the one withdrawal."""
    rows = []
    for i, person in enumerate([*group_members(), *interviewees()]):
        quote = "non" if person.code in NO_QUOTE else "oui"
        again = "non" if i % 4 == 3 else "oui"
        rows.append(
            [
                person.code,
                person.case,
                person.component,
                "",
                person.session,
                "oui",
                quote,
                again,
                "",
            ]
        )
    code, case, _, date = WITHDRAWN
    rows.append([code, case, "", "", "", "oui", "oui", "non", date])
    for i, (code, case, component, organisation, *_) in enumerate(respondents):
        again = "oui" if i % 3 else "non"
        rows.append([code, case, component, organisation, "", "oui", "non", again, ""])
    return rows


def sessions() -> list[list[object]]:
    """Return the lines of ``seances.csv``."""
    rows: list[list[object]] = [
        [f"entretien-{i:02d}", "entretien", case, "", "2020", date, 45 + (i * 7) % 31]
        for i, (case, date, _) in enumerate(INTERVIEWS, start=1)
    ]
    rows += [
        [session, "observation", case, component, "2020", date, minutes]
        for session, case, component, date, minutes in OBSERVATIONS
    ]
    rows += [
        [session, "groupe", case, component, "2021", date, minutes]
        for session, (case, component, date, minutes, _) in GROUPS.items()
    ]
    return rows


def write_collection(folder: Path, rng: np.random.Generator) -> None:
    """Write the codebooks, the frame, the people, the sessions and the answers."""
    for code, items in INSTRUMENTS.items():
        path = folder / "instruments" / f"{code}.csv"
        write_table(path, CODEBOOK_COLUMNS, [codebook_row(item) for item in items])
    header = ["organisme", "cas", "composante", "edition", "region", "type"]
    write_table(folder / "cadre.csv", header, frame())
    respondents = individual_answers(rng)
    header = ["code", "cas", "composante", "organisme", "seances"]
    header += ["consent_analyse", "consent_citation", "consent_rappel", "retrait"]
    write_table(folder / "participants.csv", header, participants(respondents))
    header = ["seance", "methode", "cas", "composante", "edition", "date", "minutes"]
    write_table(folder / "seances.csv", header, sessions())
    members = group_members()
    answers = folder / "reponses"
    write_table(
        answers / "eclair_2020.csv",
        ["repondant", "cas", "organisme", *(item.code for item in FLASH)],
        flash_answers(rng),
    )
    write_table(
        answers / "individuel_2020.csv",
        ["repondant", "cas", "composante", "organisme", *(item.code for item in INDIVIDUAL)],
        respondents,
    )
    write_table(
        answers / "profil_2021.csv",
        ["repondant", "cas", *(item.code for item in PROFILE)],
        [*([one.code, one.case, one.gender] for one in members), list(WITHDRAWN[:3])],
    )
    write_table(
        answers / "evaluation_2021.csv",
        ["repondant", "cas", *(item.code for item in EVALUATION)],
        evaluation_answers(rng, members),
    )
