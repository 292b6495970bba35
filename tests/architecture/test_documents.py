"""The pages name what the code has, and their links lead somewhere."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from croisee.disclosure import Mask
from croisee.run.arguments import ABOUT
from croisee.studyfolder import layout, policy

ROOT = Path(__file__).parents[2]
SKIPPED = {".venv", "build", ".uv", ".git", "node_modules"}
PAGES = sorted(
    page for page in ROOT.rglob("*.md") if not SKIPPED & set(page.relative_to(ROOT).parts)
)
LAYOUTS = [found for found in vars(layout).values() if isinstance(found, layout.Layout)]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def unnamed(words, page: str) -> list[str]:
    """Return the words that a page does not write as code, whole."""
    text = read(page)
    return [word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)]


def anchors_of(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def lost_links(page: Path) -> list[str]:
    lost = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        name, _hash, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            lost.append(f"{page.name}: {link}")
    return lost


def contract(name: str) -> dict:
    settings = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    return next(contract for contract in settings if contract["id"] == name)


def names_in(layers: list[str]) -> list[str]:
    return [name.strip() for layer in layers for name in layer.split("|")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_of_a_page_lead_somewhere(page):
    assert lost_links(page) == []


def test_a_lost_link_is_caught(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Titre\n[a](absent.md) [b](#autre) [c](#titre)", encoding="utf-8")

    assert lost_links(page) == ["page.md: absent.md", "page.md: #autre"]


def test_a_word_that_is_absent_is_caught():
    assert unnamed(["croisee new", "croisee danser"], "README.md") == ["croisee danser"]


def test_every_command_is_named():
    assert unnamed([f"croisee {name}" for name in ABOUT], "README.md") == []


def test_every_command_of_the_site_is_named():
    folder = ROOT / "src" / "croisee_web" / "report" / "management" / "commands"
    names = [path.stem for path in folder.glob("[!_]*.py")]

    assert (len(names), unnamed(names, "README.md")) == (2, [])


def test_every_make_target_is_named():
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)

    assert unnamed([f"make {target}" for target in targets], "docs/index.md") == []


def test_every_file_and_column_of_a_study_folder_is_in_the_contract():
    names = [name for found in LAYOUTS for name in found.names[:1]]
    columns = [column.name for found in LAYOUTS for column in found.columns]

    told = [name.rpartition("/")[2] for name in names]
    assert (len(LAYOUTS), unnamed([*told, *columns], "docs/dossier-d-etude.md")) == (30, [])


def test_every_file_is_in_the_english_mirror():
    names = [found.names[1] if len(found.names) > 1 else found.names[0] for found in LAYOUTS]

    told = [name.rpartition("/")[2] for name in names]
    assert unnamed(told, "docs/en/study-folder.md") == []


@pytest.mark.parametrize(
    ("page", "place"), [("docs/dossier-d-etude.md", 0), ("docs/en/study-folder.md", -1)]
)
def test_every_policy_key_is_in_the_contract(page, place):
    keys = [names[place] for names in policy.THRESHOLDS.values()]
    words = {
        0: ["stabilite", "methode", "participation", "accords"],
        -1: ["stability", "method", "waivers", "agreements"],
    }

    assert unnamed([*keys, *words[place]], page) == []


def test_every_threshold_of_the_policy_is_read_from_the_folder():
    others = {"stability", "method", "participation", "exceptions", "agreements"}

    assert {f.name for f in fields(policy.Policy)} - others == set(policy.THRESHOLDS)


def test_every_room_and_slice_is_in_the_architecture_page():
    rooms = names_in(contract("library-rooms")["layers"])
    slices = names_in(contract("slices")["layers"])
    files = [name.strip("()") for name in names_in(contract("inside-a-slice")["layers"])]

    assert unnamed([*rooms, *slices], "ARCHITECTURE.md") == []
    assert unnamed([name for name in files if name not in {"api", "http"}], "ARCHITECTURE.md") == []


def test_every_mask_is_explained():
    assert unnamed([mask.value for mask in Mask], "docs/methods/divulgation.md") == []


def test_every_kind_of_key_is_in_the_results_page():
    source = read("src/croisee/run/plan.py")
    written = re.findall(r'(?:yield|return) f?"([a-z-]+)[."]', source)
    written += re.findall(r'^ +f"([a-z]+)\.', source, re.MULTILINE)
    written += re.findall(r'_theme_key\("([a-z]+)"', source)

    kinds = {*written, "participation", "profil", "arguments"}
    for page in ("docs/resultats.md", "docs/en/results.md"):
        assert (len(kinds) > 12, unnamed(sorted(kinds), page)) == (True, [])


def test_every_page_is_reached_from_the_index():
    index = read("docs/index.md")
    pages = [page.relative_to(ROOT / "docs").as_posix() for page in (ROOT / "docs").rglob("*.md")]

    assert [page for page in pages if page != "index.md" and f"({page})" not in index] == []


def test_nothing_names_the_place_where_this_was_made():
    places = re.compile(r"(?<!\w)/w[o]rk/|\.\./sh[a]red(?!/data)|sh[a]red/(mission|design|style)")
    guilty = [
        str(path.relative_to(ROOT))
        for folder in ("src", "docs", "tests", "examples", "benchmarks")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".md", ".toml", ".html", ".css", ".typ"}
        and places.search(path.read_text(encoding="utf-8"))
    ]

    assert guilty == []
