"""Decide the candidates of the reference study, as its invented team did.

    python examples/fabrique/relire.py [folder]

Writes ``relectures/candidats.csv`` and ``relectures/passages.csv``. Unlike ``fabriquer.py`` this
needs Croisée itself, which finds the candidates.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from fabriquer import STUDY
from tableur import write_table

from croisee.deidentify import Candidate, CandidateFinder, Turn
from croisee.studyfolder import StudyFolder, read_study

READERS = (("assistante-1", "2022-06-14"), ("assistant-2", "2022-06-21"))
CHANGED = {
    "rue des Tanneurs.": "[une rue].",
    "12, rue du Vieux-Four": "[l’adresse du local]",
    "La Rescousse": "[un organisme voisin]",
}
"""Candidates masked with other words than those proposed."""
REFUSED = {("entretien-11", "Gisèle", 3)}
"""Kept as said (document, text, place in the document): there it is a saying, not a person."""
HARMLESS = ("date", "événement")
"""Kinds kept as said: the sessions' dates and a flood everybody knows are in the study's plan."""
UNREAD = ("entretien-23",)
"""A document nobody has signed yet: it is masked, and not quoted."""


def candidates(study: StudyFolder) -> Iterator[Candidate]:
    """Yield the candidates of every document, in the order of the documents."""
    people = study.tables["participants"]["participant"].to_pylist()
    finder = CandidateFinder(study.registry, people)
    rows = study.tables["turns"].to_pylist()
    for _, turns in groupby(rows, key=lambda row: row["document"]):
        yield from finder.document(
            [
                Turn(row["document"], row["turn"], row["speaker"], row["participant"], row["text"])
                for row in turns
            ]
        )


def decided(candidate: Candidate, seen: int) -> tuple[str, str]:
    """Return the decision and the replacement for one candidate."""
    if candidate.kind in HARMLESS or (candidate.document, candidate.text, seen) in REFUSED:
        return "refuser", ""
    if candidate.text in CHANGED:
        return "changer", CHANGED[candidate.text]
    return "accepter", ""


def read_again(folder: Path) -> None:
    """Write both files of ``relectures/``."""
    study = read_study(folder)
    documents = sorted(set(study.tables["turns"]["document"].to_pylist()))
    reader = {name: READERS[place % 2] for place, name in enumerate(documents)}
    seen: dict[tuple[str, str], int] = {}
    rows = []
    for one in candidates(study):
        place = one.document, one.text
        seen[place] = seen.get(place, 0) + 1
        decision, words = decided(one, seen[place])
        by, on = reader[one.document]
        span = [one.document, one.turn, one.start, one.end]
        rows.append([*span, one.text, one.kind, one.replacement, decision, words, by, on])
    header = ["document", "tour", "debut", "fin", "texte", "type", "proposition", "decision"]
    header += ["remplacement", "par", "le"]
    write_table(folder / "relectures" / "candidats.csv", header, rows)
    signed = [
        [name, "", "non" if name in UNREAD else "oui", *(("", "") if name in UNREAD else by_on)]
        for name, by_on in reader.items()
    ]
    header = ["document", "tour", "relu", "par", "le"]
    write_table(folder / "relectures" / "passages.csv", header, signed)


if __name__ == "__main__":
    read_again(Path(sys.argv[1]) if len(sys.argv) > 1 else STUDY)
