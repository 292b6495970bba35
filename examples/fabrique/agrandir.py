"""Write the reference study made larger, for the benchmarks: same shape, more of everything.

    python examples/fabrique/agrandir.py <folder> [times]

Everybody and everything met in the field is copied ``times`` times (20 by default) under new
codes: organisations, people, answers, sessions, documents, codings, ballots. Quotes are not
copied. Sentences of the findings that hold a number are left out: at this size other groupings
of answers pass the gate, so their marks would name rows that are not there.
"""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

from fabriquer import STUDY
from tableur import read_table, write_table

COPIED: dict[str, tuple[str, ...]] = {
    # file: columns that hold codes of things that are copied
    "cadre.csv": ("organisme",),
    "participants.csv": ("code", "organisme", "seances"),
    "seances.csv": ("seance",),
    "documents.csv": ("fichier", "seance", "participant"),
    "locuteurs.csv": ("document", "participant"),
    "codages.csv": ("document",),
    "positions.csv": ("seance", "participant"),
    "rangs.csv": ("seance", "participant"),
    "budgets.csv": ("seance", "participant"),
    "technologies.csv": ("participant", "seance"),
    "reponses/eclair_2020.csv": ("repondant", "organisme"),
    "reponses/individuel_2020.csv": ("repondant", "organisme"),
    "reponses/profil_2021.csv": ("repondant",),
    "reponses/evaluation_2021.csv": ("repondant",),
    "relectures/candidats.csv": ("document",),
    "relectures/passages.csv": ("document",),
}
NUMBERS = ("prevu", "fait")


def renamed(code: str, copy: int) -> str:
    """Return the code of one copy; the first keeps its own. A file keeps its extension."""
    if not code or copy == 0:
        return code
    name, dot, ending = code.partition(".")
    return f"{name}-x{copy}{dot}{ending}"


def larger_table(source: Path, target: Path, columns: tuple[str, ...], times: int) -> None:
    """Write a table ``times`` times, with new codes in some columns."""
    rows = read_table(source)
    header = list(rows[0])
    write_table(
        target,
        header,
        (
            [renamed(row[name], copy) if name in columns else row[name] for name in header]
            for copy in range(times)
            for row in rows
        ),
    )


def larger_activities(source: Path, target: Path, times: int) -> None:
    """Write the activity table with its planned and done numbers multiplied."""
    rows = read_table(source)
    for row in rows:
        for name in NUMBERS:
            # A row without an edition counts earlier editions, not fieldwork.
            if row[name] and row["edition"]:
                row[name] = str(int(row[name]) * times)
    write_table(target, list(rows[0]), ([*row.values()] for row in rows))


def without_numbers(findings: str) -> str:
    """Return the findings without the sentences, or the key numbers, that mark a result."""

    def plain(match: re.Match[str]) -> str:
        sentences = re.split(r"(?<=[.?!])\s+", match.group(2).strip('"'))
        kept = " ".join(one for one in sentences if "{" not in one)
        words = kept or "Ce constat n’a pas de texte sans nombre."
        return f'{match.group(1)} = """{words}"""'

    text = re.sub(r'^(texte(?:_en)?) = ("""[^"]*"""|"[^"]*")$', plain, findings, flags=re.MULTILINE)
    return re.sub(r"^    \{ repere = .*\n", "", text, flags=re.MULTILINE)


def enlarge(folder: Path, times: int) -> None:
    """Write the larger study into an empty folder."""
    shutil.copytree(STUDY, folder, ignore=shutil.ignore_patterns("registre"))
    for name, columns in COPIED.items():
        if (STUDY / name).exists():
            larger_table(STUDY / name, folder / name, columns, times)
    larger_activities(STUDY / "activites.csv", folder / "activites.csv", times)
    for path in sorted((STUDY / "documents").iterdir()):
        for copy in range(1, times):
            shutil.copy(path, folder / "documents" / renamed(path.name, copy))
    toml = (STUDY / "etude.toml").read_text(encoding="utf-8")
    toml = re.sub(r"nombre = (\d+)", lambda found: f"nombre = {int(found[1]) * times}", toml)
    (folder / "etude.toml").write_text(toml, encoding="utf-8")
    findings = (STUDY / "constats.toml").read_text(encoding="utf-8")
    (folder / "constats.toml").write_text(without_numbers(findings), encoding="utf-8")


if __name__ == "__main__":
    enlarge(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20)
