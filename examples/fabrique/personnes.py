"""Who takes part in the reference study: invented people, known by a code and a first name.

First names appear in the raw verbatims only, where de-identification must find them.
"""

from __future__ import annotations

from dataclasses import dataclass

GROUPS: dict[str, tuple[str, str, str, int, tuple[str, ...]]] = {
    # session: case, component, date, minutes, first names (a star: gender « homme »)
    "g-car-1": (
        "carrefours", "", "2021-02-09", 121,
        ("Mireille", "Jacquelin*", "Solène", "Bertrand*", "Noémie", "Rolande"),
    ),
    "g-car-2": (
        "carrefours", "", "2021-02-16", 118,
        ("Yvan*", "Catherine", "Omar*", "Lison", "Gaétan*"),
    ),
    "g-qua-1": (
        "quartiers", "", "2021-03-10", 124,
        ("Fatou", "Étienne*", "Maryse", "Dominic*", "Anh"),
    ),
    "g-qua-2": (
        "quartiers", "", "2021-03-17", 119,
        ("Ghislaine", "Rachid*", "Élodie", "Pascale", "Hubert*"),
    ),
    "g-pra-1": (
        "praticien-ne-s", "", "2021-05-05", 122,
        ("Louise", "Marc-Aurèle*", "Josée", "Widline"),
    ),
    "g-pra-2": (
        "praticien-ne-s", "", "2021-05-12", 116,
        ("Normand*", "Claudie", "Sophie-Anne"),
    ),
    "g-fam-1": (
        "tables-famille", "", "2022-04-20", 120,
        ("Karine", "Tristan*", "Danielle", "Youssef*", "Amélie"),
    ),
}  # fmt: skip

INTERVIEWS: tuple[tuple[str, str, str], ...] = (
    # case, date, first name
    ("carrefours", "2020-04-28", "Ginette"),
    ("carrefours", "2020-05-04", "Raynald"),
    ("carrefours", "2020-05-07", "Marie-Ève"),
    ("carrefours", "2020-05-14", "Lucien"),
    ("carrefours", "2020-05-21", "Doris"),
    ("carrefours", "2020-06-02", "Samuel"),
    ("carrefours", "2020-06-09", "Huguette"),
    ("carrefours", "2020-06-16", "Nadine"),
    ("quartiers", "2020-05-06", "Clément"),
    ("quartiers", "2020-05-13", "Aïcha"),
    ("quartiers", "2020-05-20", "Roxane"),
    ("quartiers", "2020-05-28", "Jean-Guy"),
    ("quartiers", "2020-06-03", "Mélissa"),
    ("quartiers", "2020-06-11", "Carlos"),
    ("quartiers", "2020-06-18", "Brigitte"),
    ("praticien-ne-s", "2020-05-05", "Suzanne"),
    ("praticien-ne-s", "2020-05-12", "Alain"),
    ("praticien-ne-s", "2020-05-19", "Manon"),
    ("praticien-ne-s", "2020-05-26", "Thérèse"),
    ("praticien-ne-s", "2020-06-04", "Vincent"),
    ("praticien-ne-s", "2020-06-10", "Isabelle"),
    ("praticien-ne-s", "2020-06-17", "Robert"),
    ("praticien-ne-s", "2020-06-23", "Audrey"),
    ("praticien-ne-s", "2020-06-25", "Jocelyne"),
)

OBSERVATIONS: tuple[tuple[str, str, str, str, int], ...] = (
    # session, case, component, date, minutes
    ("obs-car-1", "carrefours", "", "2020-09-10", 95),
    ("obs-car-2", "carrefours", "", "2020-09-24", 110),
    ("obs-car-3", "carrefours", "", "2020-10-08", 90),
    ("obs-car-4", "carrefours", "", "2020-10-22", 105),
    ("obs-qua-1", "quartiers", "", "2020-09-17", 75),
    ("obs-pra-1", "praticien-ne-s", "", "2020-09-30", 80),
    ("obs-fam-1", "tables-famille", "nord", "2020-10-06", 60),
    ("obs-fam-2", "tables-famille", "sud", "2020-10-15", 180),
)

OBSERVED = ("o-01", "tables-famille", "nord", "obs-fam-1", "Sylvain")
"""The one person interviewed during an observation: code, case, component, session, name."""

NO_QUOTE = ("p-020", "p-023", "e-07")
"""People who accept the analysis and refuse to be quoted."""

WITHDRAWN = ("p-034", "carrefours", "femme", "2021-02-03")
"""Someone who registered for a group, filled the form, and withdrew before it: code, case,
gender, date. Her line is in the file, and must be in no result."""

NO_EVALUATION = ("p-006", "p-014", "p-021", "p-027", "p-033")
"""Group participants who did not fill the evaluation: four women, one man."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who speaks: code, case, component, session, first name, gender (groups only)."""

    code: str
    case: str
    component: str
    session: str
    name: str
    gender: str = ""


def group_members() -> list[Person]:
    """Return the thirty-three people of the seven groups."""
    people = []
    for session, (case, component, _, _, names) in GROUPS.items():
        for name in names:
            gender = "homme" if name.endswith("*") else "femme"
            code = f"p-{len(people) + 1:03d}"
            people.append(Person(code, case, component, session, name.rstrip("*"), gender))
    return people


def interviewees() -> list[Person]:
    """Return the twenty-four people interviewed, and the one met during an observation."""
    people = [
        Person(f"e-{i:02d}", case, "", f"entretien-{i:02d}", name)
        for i, (case, _, name) in enumerate(INTERVIEWS, start=1)
    ]
    code, case, component, session, name = OBSERVED
    return [*people, Person(code, case, component, session, name)]
