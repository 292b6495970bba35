"""What an act keeps beside its sentence is told in words, never by a name of the code."""

import ast
from pathlib import Path

SLICES = Path(__file__).parents[2] / "src" / "croisee_web"
OURS = {"act", "actor", "at", "study_id"}


def recorded(source: str) -> set[str]:
    """Return the names of the details that a source gives to ``record``."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {
        keyword.arg
        for call in calls
        if getattr(call.func, "id", "") == "record"
        for keyword in call.keywords
        if keyword.arg and keyword.arg not in OURS
    }


def named() -> set[str]:
    tree = ast.parse((SLICES / "upkeep" / "vocabulary.py").read_text(encoding="utf-8"))
    (table,) = (
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "DETAILS"
    )
    return {key.value for key in table.keys}


def test_every_detail_of_an_act_has_its_words():
    found = {
        name for path in SLICES.rglob("*.py") for name in recorded(path.read_text(encoding="utf-8"))
    }

    assert (len(found) > 30, found - named()) == (True, set())


def test_a_detail_without_words_is_caught():
    assert recorded("record(act=a, actor=b, at=c, forgotten=1)") - named() == {"forgotten"}
