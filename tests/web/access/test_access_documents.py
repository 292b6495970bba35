"""The page that says who may do what says what the code does."""

from pathlib import Path

from croisee_web.access.vocabulary import STRONG, VERBS, Role, Verb

PAGE = Path("docs/plateforme.md")
SHORT = {
    Role.LEAD: "responsable",
    Role.RESEARCHER: "recherche",
    Role.CODER: "codage",
    Role.FACILITATOR: "animation",
    Role.COORDINATOR: "coordination",
    Role.COMMITTEE: "comité",
}


def table_of_roles():
    lines = [
        "| | " + " | ".join(SHORT[role] for role in Role) + " |",
        "|---|" + ":-:|" * len(Role),
    ]
    for verb in Verb:
        if verb == Verb.OPENED:
            continue
        marks = ["oui" if verb in VERBS[role] else "" for role in Role]
        star = " ¹" if verb in STRONG else ""
        lines.append(f"| {verb.label}{star} | " + " | ".join(marks) + " |")
    return "\n".join(lines)


def test_page_gives_the_table_of_roles():
    assert table_of_roles() in PAGE.read_text(encoding="utf-8")
