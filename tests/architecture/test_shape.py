"""The shape of the code: what the import contracts cannot see.

Each rule is a function that returns the offences it finds, so that the tests can show
both that the tree obeys it and that a guilty source is caught.
"""

import ast
from collections import Counter
from pathlib import Path

import pytest

SRC = Path("src")
WEB = SRC / "croisee_web"
LIBRARY = SRC / "croisee"
FILES = [p for p in sorted(SRC.rglob("*.py")) if "migrations" not in p.parts]
MAX_LINES, MAX_FUNCTION = 400, 60
LOWER_CONTEXT = {"journal.record", "journal.record_all"}
"""Told by the use cases above; each act of ``record_all`` carries its actor and its hour."""
ERASER = ["study_id", "participant", "at"]
DESTROYER = ["study_id", "at"]
"""What runs inside a withdrawal is given what it needs by position: see people.rules.Eraser."""
RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}
CLOCK = ("timezone.now(", "datetime.now(", "datetime.today(", "date.today(", "time.time(")
EDGES = {"views", "commands", "jobs", "cli"}
JUNK = {"utils", "helpers", "common", "manager", "service", "services", "data", "info", "misc"}


def too_long(path: str, source: str) -> list[str]:
    found = [path] if source.count("\n") > MAX_LINES else []
    return found + [
        f"{path}:{node.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION
    ]


def reads_the_clock(path: str, source: str) -> list[str]:
    if EDGES & {Path(path).stem, *Path(path).parts}:
        return []
    return [f"{path}: {word}" for word in CLOCK if word in source]


def relations_by_string(path: str, source: str) -> list[str]:
    return [
        f"{path}:{node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in RELATIONS
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and "." in str(node.args[0].value)
    ]


def careless_use_cases(path: str, source: str) -> list[str]:
    found = []
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
            continue
        if [arg.arg for arg in node.args.args] in (ERASER, DESTROYER):
            continue
        name = f"{Path(path).parent.name}.{node.name}"
        told = {arg.arg for arg in node.args.kwonlyargs}
        if node.args.args or not ast.get_docstring(node):
            found.append(f"{name}: keyword-only, with a docstring")
        if name not in LOWER_CONTEXT and not {"actor", "at"} <= told:
            found.append(f"{name}: told actor and at")
    return found


def junk_names(path: str, source: str) -> list[str]:
    del source
    return [path] if JUNK & set(Path(path).with_suffix("").parts) else []


def speaks_http(path: str, source: str) -> list[str]:
    """Use cases, queries, rules and models know nothing of HTTP."""
    if Path(path).stem not in {"usecases", "queries", "rules", "models"}:
        return []
    return [
        f"{path}:{node.lineno}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[:2] in (["django", "http"], ["django", "shortcuts"])
    ]


RULES = {
    "http": (
        speaks_http,
        "from django.http import HttpRequest\n",
        "src/croisee_web/x/queries.py",
    ),
    "too_long": (too_long, "def f():\n" + "    x = 1\n" * 61, "src/croisee/x.py"),
    "clock": (reads_the_clock, "at = datetime.now(UTC)\n", "src/croisee_web/x/queries.py"),
    "relation": (
        relations_by_string,
        'a = models.ForeignKey("report.Leaflet", models.CASCADE)\n',
        "src/croisee_web/x/models.py",
    ),
    "use_case": (
        careless_use_cases,
        "def publish(leaflet_id):\n    pass\n",
        "src/croisee_web/x/usecases.py",
    ),
    "junk": (junk_names, "", "src/croisee_web/x/helpers.py"),
}


def _concerned(rule: str, path: Path) -> bool:
    return rule != "use_case" or path.name == "usecases.py" or path.parent.name == "usecases"


@pytest.mark.parametrize("rule", RULES)
def test_tree_obeys(rule):
    check = RULES[rule][0]

    offences = [
        offence
        for path in FILES
        if _concerned(rule, path)
        for offence in check(str(path), path.read_text(encoding="utf-8"))
    ]

    assert offences == []


@pytest.mark.parametrize("rule", RULES)
def test_guilty_source_is_caught(rule):
    check, guilty, path = RULES[rule]

    assert check(path, guilty)


def test_no_two_test_files_bear_one_name():
    """pytest imports them by their name alone: two would stop a run over all of them."""
    names = Counter(path.name for path in Path("tests").rglob("test_*.py"))

    assert [name for name, times in names.items() if times > 1] == []
