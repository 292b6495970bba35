"""``croisee review``: the queue of a study’s verbatims, to decide once what is written alike.

For the team only: it shows names. What somebody refused or withdrew is neither read nor said
again from an older decision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pyarrow as pa

from croisee.dataset import consenting_tables
from croisee.deidentify import Reviews, Turn, mask_documents, with_replacements
from croisee.deidentify.everywhere import by_place
from croisee.deidentify.queue import EVERYWHERE, LEVELS, Queue, QueueBuilder, write_queue
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.masking import finder_of
from croisee.run.preparation import StudyRefused
from croisee.studyfolder import StudyFolder, read_study
from croisee.text import typeset


class ReviewRefused(Exception):
    """Nothing can be reviewed, or written; ``message`` says why and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


def review_queue(folder: StudyFolder) -> Queue:
    """Return the review queue of a study, the decisions of its folder applied.

    Raises:
        StudyRefused: the folder must be corrected first.
    """
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    tables, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    documents = _documents(tables["turns"])
    builder = QueueBuilder(with_replacements(folder.registry), folder.reviews)
    for document in mask_documents(documents, finder_of(folder), folder.reviews):
        builder.add(document)
    return builder.built()


def decided_by_place(folder: StudyFolder) -> Reviews:
    """Return a folder’s reviews with each decision taken everywhere written at its places.

    For what keeps decisions by place only, like the platform: nothing hidden comes back in sight.
    """
    if not folder.reviews.everywhere:
        return folder.reviews
    finder = finder_of(folder)
    documents = _documents(folder.tables["turns"])
    return by_place(folder.reviews, ((turns, finder.document(turns)) for turns in documents))


def _documents(table: pa.Table) -> Iterator[tuple[Turn, ...]]:
    turns = (
        Turn(row["document"], row["turn"], row["speaker"], row["participant"], row["text"] or "")
        for batch in table.to_batches()
        for row in batch.to_pylist()
    )
    for _, document in groupby(turns, key=lambda turn: turn.document):
        yield tuple(document)


def review_lines(path: Path, language: Language, out: Path | None = None) -> Iterator[str]:
    """Yield what ``croisee review`` prints: what waits, and every decision that fits no more.

    ``out``: where to write the CSV to fill; a file that is there is never replaced.

    Raises:
        ReviewRefused: there is nothing to review, or ``out`` is there already.
        StudyRefused: the folder must be corrected first.
    """
    if out is not None and out.exists():
        raise ReviewRefused(phrase("Ce fichier existe déjà : {file}.", file=str(out)))
    folder = read_study(path)
    queue = review_queue(folder)
    if not folder.tables["turns"].num_rows:
        raise ReviewRefused(phrase("Aucun mot à relire : ce dossier n’a pas de verbatim."))
    for sentence in _told(queue):
        yield typeset(sentence.to(language), language, medium="text")
    if out is None:
        return
    write_queue(out, queue, with_replacements(folder.registry), language)
    for sentence in (
        phrase("File de relecture écrite : {file}", file=str(out)),
        phrase(
            "Remplissez decision (accepter, refuser, changer) et remplacement, puis rangez ce "
            "fichier dans {place} : chaque ligne vaut partout où les mots sont écrits pareil.",
            place=f"relectures/{EVERYWHERE}",
        ),
        phrase("Pour l’équipe seulement : ce fichier montre des noms."),
    ):
        yield typeset(sentence.to(language), language, medium="text")


def _told(queue: Queue) -> Iterator[Phrase]:
    waiting = Counter(line.level for line in queue.waiting)
    for level, name in LEVELS.items():
        yield phrase("{level} : {n} à décider", level=name, n=waiting[level])
    decided = len(queue.lines) - len(queue.waiting)
    yield phrases("{n} ligne déjà décidée.", "{n} lignes déjà décidées.", decided)
    rows = [str(one.row) for one in queue.unfit if one.row is not None]
    if rows:
        yield _unfit(rows)


def _unfit(rows: Sequence[str]) -> Phrase:
    """Name lines by their numbers: their words may be of somebody who left since."""
    return phrases(
        "Ligne {rows} de {file}, sans effet : ses mots ne sont plus trouvés ainsi nulle part. "
        "Retirez-la, puis relisez la nouvelle file.",
        "Lignes {rows} de {file}, sans effet : leurs mots ne sont plus trouvés ainsi nulle part. "
        "Retirez-les, puis relisez la nouvelle file.",
        len(rows),
        rows=", ".join(rows),
        file=f"relectures/{EVERYWHERE}",
    )
