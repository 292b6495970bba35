"""REFI-QDA: the sources of a project, without the project (no codes, no ``.qdpx``)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5
from xml.sax.saxutils import quoteattr

from croisee.language import phrase
from croisee.text import Notice, ParsedTurn

_NAMESPACE = "urn:QDA-XML:project:1.0"
_ROOT = UUID("6f0d8f0e-5f3c-5d1b-9a56-3b1f0f5f9a11")
_SCALE = 1000


@dataclass(frozen=True, slots=True)
class RefiSource:
    """A plain-text source as the exchange standard has it.

    ``text`` goes in a UTF-8 file named ``{guid}.txt``; ``element`` is the XML that names it in a
    project: a ``TextSource``, or, with times, the ``Transcript`` of a recording and its
    ``SyncPoint`` (position in characters, from 0; time in thousandths of a second).
    """

    guid: str
    text: str
    element: str
    notices: tuple[Notice, ...] = ()


def refi_source(turns: Sequence[ParsedTurn], name: str) -> RefiSource:
    """Return the source of a transcript; the same turns and name give the same identifiers.

    Each turn is a line ``Label : words``; lines of one turn follow. No user, no date.
    """
    pieces: list[str] = []
    points: list[tuple[int, float]] = []
    at = 0
    for turn in turns:
        label = f"{turn.speaker} : " if turn.speaker else ""
        if turn.start is not None:
            points.append((at, turn.start))
        points.extend(
            (at + len(label) + mark.start, mark.seconds)
            for mark in turn.marks
            if mark.start == mark.end and mark.kind == "time" and mark.seconds is not None
        )
        piece = f"{label}{turn.text}\n"
        pieces.append(piece)
        at += len(piece)
    text = "".join(pieces)
    guid = str(uuid5(_ROOT, f"{name}\n{text}"))
    path = quoteattr(f"internal://{guid}.txt")
    named = f'xmlns="{_NAMESPACE}" guid="{guid}" name={quoteattr(name)} plainTextPath={path}'
    if not points:
        return RefiSource(guid, text, f"<TextSource {named}/>\n", _notices(turns, timed=False))
    synced = "".join(
        f'  <SyncPoint guid="{uuid5(UUID(guid), str(number))}" position="{place}" '
        f'timeStamp="{round(seconds * _SCALE)}"/>\n'
        for number, (place, seconds) in enumerate(points)
    )
    element = f"<Transcript {named}>\n{synced}</Transcript>\n"
    return RefiSource(guid, text, element, _notices(turns, timed=True))


def _notices(turns: Sequence[ParsedTurn], *, timed: bool) -> tuple[Notice, ...]:
    remedy = phrase("Gardez aussi le fichier d’origine.")
    found = [
        Notice(
            phrase("Ceci est la source d’un projet REFI-QDA, pas un projet (.qdpx)."),
            phrase("Donnez le fichier .txt à votre logiciel, ou placez l’élément XML."),
        )
    ]
    if any(turn.end is not None for turn in turns):
        found.append(Notice(phrase("Les heures de fin ne sont pas gardées par ce format."), remedy))
    if any(m.start == m.end and m.kind != "time" for turn in turns for m in turn.marks):
        said = phrase("Les pauses et bruits notés à côté des paroles ne sont pas gardés.")
        found.append(Notice(said, remedy))
    if timed:
        said = phrase(
            "Les temps demandent l’enregistrement : l’élément « Transcript » s’y attache."
        )
        found.append(Notice(said, phrase("Sans enregistrement, donnez seulement le fichier .txt.")))
    return tuple(found)
