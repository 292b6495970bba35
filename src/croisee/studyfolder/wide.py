"""``relectures/partout``: what a person decided once for every place written alike."""

from __future__ import annotations

from collections.abc import Mapping

from croisee.deidentify import WideDecision
from croisee.studyfolder import messages, words
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.layout import EVERYWHERE
from croisee.studyfolder.table import Row


def read_wide_decisions(folder: Folder, aliases: Mapping[str, str]) -> tuple[WideDecision, ...]:
    """Read the lines that somebody decided; the others say nothing.

    ``aliases``: what a document may be called → its code.
    """
    table = folder.table(EVERYWHERE)
    found = (_read(row, aliases) for row in (table.rows() if table else ()))
    return tuple(one for one in found if one is not None)


def _read(row: Row, aliases: Mapping[str, str]) -> WideDecision | None:
    if not row.text("decision"):
        return None
    text = row.required("texte")
    decision = row.word("decision", words.DECISIONS)
    replacement = row.text("remplacement")
    if decision == "changer" and not replacement:
        row.refuse("remplacement", messages.empty_cell())
    documents = []
    for name in row.listed("documents"):
        document = aliases.get(name.lower())
        if document is None:
            near = row.near(name.lower(), aliases)
            row.warn("documents", messages.unknown_code(name, near, "documents"))
        else:
            documents.append(document)
    if not text or not decision or (row.text("documents") and not documents):
        return None
    kind = words.MASK_KINDS.read(row.text("type")) or row.text("type")
    return WideDecision(
        text, kind, row.text("proposition"), decision, replacement, row.text("par"),
        row.text("le"), tuple(documents), row.line,
    )  # fmt: skip
