"""De-identification inside a run: documents stream through, only what is cited is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from croisee.dataset import Dataset
from croisee.deidentify import (
    CandidateFinder,
    Decision,
    MaskedCorpus,
    MaskedDocument,
    MaskedTurn,
    ReviewSummary,
    Turn,
    WideDecision,
    mask_documents,
    write_reviews,
)
from croisee.deidentify.entities import versions
from croisee.deidentify.unfit import WideFit
from croisee.formats import write_csv
from croisee.language import Language, phrase
from croisee.run.sealed_log import LOG, SealedLog
from croisee.studyfolder import StudyFolder

MASKS_HEADER = (
    "document", "tour", "debut", "fin", "type", "remplacement", "origine", "decide", "par", "le",
)  # fmt: skip


RECOGNISERS = "detecteurs.csv"
WITHOUT_MODEL = phrase(
    "Noms cherchés sans le modèle statistique : pour l’avoir aussi, {command}",
    command="pip install 'croisee[names]'",
)


@dataclass(frozen=True, slots=True)
class MaskedStudy:
    """The masked turns that quotes may come from, and what remains to review."""

    corpus: MaskedCorpus
    stale: tuple[Decision, ...]
    summary: ReviewSummary
    unfit: tuple[WideDecision, ...] = ()
    """Decisions taken everywhere that fitted no place."""


def mask_study(
    dataset: Dataset, folder: StudyFolder, team: Path, language: Language
) -> MaskedStudy:
    """Mask every document once: review files and what was masked go to ``team``.

    ``masques.csv`` holds no original; they go, encrypted, to the log, if the study has keys.

    Memory holds one document and the turns named by ``extraits``, whatever the number of
    documents; with keys, also the compressed log.
    """
    wanted = {(row["document"], row["turn"]) for row in dataset.rows("excerpts")}
    finder = finder_of(folder)
    kept: list[MaskedTurn] = []
    stale: list[Decision] = []
    sealed = SealedLog(dataset) if folder.log_keys else None
    fit = WideFit(folder.reviews.everywhere)

    def documents() -> Iterator[MaskedDocument]:
        for document in mask_documents(_documents(dataset), finder, folder.reviews):
            kept.extend(turn for turn in document.turns if (turn.document, turn.turn) in wanted)
            stale.extend(document.stale)
            fit.add(document)
            if sealed is not None:
                sealed.add(document)
            masks.extend(
                (
                    r.document,
                    r.turn,
                    r.start,
                    r.end,
                    r.kind,
                    r.replacement,
                    r.source,
                    "oui" if r.decided else "non",
                    r.by,
                    r.on,
                )
                for turn in document.turns
                for r in turn.replacements
            )
            yield document

    masks: list[tuple[object, ...]] = []
    summary = write_reviews(team / "relectures", documents(), folder.reviews, language)
    write_csv(team / "masques.csv", MASKS_HEADER, masks)
    write_csv(team / RECOGNISERS, ("detecteur", "version"), recognisers())
    if sealed is not None:
        sealed.write(team / LOG, folder.log_keys)
    return MaskedStudy(MaskedCorpus(kept, stale), tuple(stale), summary, fit.unfit())


def recognisers() -> list[tuple[str, str]]:
    """Return what looks for names on this machine, with its version: two machines may differ."""
    return [("croisee", version("croisee")), *(versions() or {"modèle": "absent"}).items()]


def finder_of(folder: StudyFolder) -> CandidateFinder:
    """Return what looks for people in the verbatims of a study."""
    return CandidateFinder(folder.registry, _codes(folder), labels=_labels(folder))


def _codes(folder: StudyFolder) -> list[str]:
    """Return every participant's code, refusals included: others may still say it."""
    table = folder.tables.get("participants")
    return [] if table is None else sorted(set(table.column("participant").to_pylist()))


def _labels(folder: StudyFolder) -> dict[str, list[str]]:
    """Return the labels written in each document, before consent took any turn away."""
    labels: dict[str, list[str]] = {}
    table = folder.tables.get("turns")
    if table is not None:
        for row in table.group_by(["document", "speaker"]).aggregate([]).to_pylist():
            labels.setdefault(row["document"], []).append(row["speaker"])
    return labels


def _documents(dataset: Dataset) -> Iterator[tuple[Turn, ...]]:
    for document, turns in dataset.documents():
        yield tuple(
            Turn(
                document["document"],
                turn["turn"],
                turn["speaker"],
                turn["participant"],
                turn["text"],
            )
            for turn in turns
        )
