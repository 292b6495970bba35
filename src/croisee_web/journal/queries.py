"""Questions one may ask of the journal. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from croisee_web.journal.models import ChainHead, Entry
from croisee_web.journal.rules import ORIGIN, Anchor, commitment, entry_digest, read_anchors
from croisee_web.journal.vocabulary import sentence_of

_COLUMNS = (
    "pk",
    "act",
    "actor",
    "study_id",
    "happened_at",
    "commitment",
    "previous",
    "digest",
    "details__salt",
    "details__content",
)


@dataclass(frozen=True, slots=True)
class Verification:
    """What a reading of the whole journal found. It holds when nothing is told against it.

    ``broken``: entries altered, inserted, moved, or after one that was removed. ``cut``: the
    chain is shorter than its head or an anchor says. ``contradicted``: anchors whose digest is
    no longer in the chain. ``foreign``: lines among the anchors that the key did not sign.
    ``erased``: entries whose details were erased, which breaks nothing.
    """

    entries: int
    erased: int
    broken: tuple[int, ...]
    cut: bool
    contradicted: tuple[Anchor, ...]
    foreign: int
    last_anchor: Anchor | None

    @property
    def holds(self) -> bool:
        """Whether the journal is as it was written."""
        return not (self.broken or self.cut or self.contradicted or self.foreign)


def verify() -> Verification:
    """Read every entry and every anchor. Two SQL queries, read as they come: 10⁶ in a minute."""
    anchors, foreign = read_anchors()
    at_length = {anchor.length: anchor for anchor in anchors}
    said = {anchor.length: set[str]() for anchor in anchors}
    for anchor in anchors:
        said[anchor.length].add(anchor.digest)
    broken: list[int] = []
    contradicted = [at_length[0]] if 0 in at_length and said[0] != {ORIGIN} else []
    previous, length, erased = ORIGIN, 0, 0
    rows = Entry.objects.order_by("pk").values_list(*_COLUMNS).iterator(chunk_size=5000)
    for pk, act, actor, study_id, at, committed, before, digest, salt, content in rows:
        length += 1
        if salt is None:
            erased += 1
            opened = True
        else:
            opened = committed == commitment(salt=salt, content=content)
        expected = entry_digest(
            previous=previous, act=act, actor=actor, study_id=study_id, at=at, committed=committed
        )
        if before != previous or digest != expected or not opened:
            broken.append(pk)
        previous = digest
        if length in said and said[length] != {digest}:
            contradicted.append(at_length[length])
    head = ChainHead.objects.filter(pk=1).values_list("digest", "length").first()
    longest = max(said, default=0)
    return Verification(
        entries=length,
        erased=erased,
        broken=tuple(broken),
        cut=(head or (ORIGIN, 0)) != (previous, length) or longest > length,
        contradicted=tuple(contradicted),
        foreign=foreign,
        last_anchor=anchors[-1] if anchors else None,
    )


def broken_entries() -> tuple[int, ...]:
    """Return the ids of the entries that do not hold; 0 when the tail is cut or rewritten."""
    found = verify()
    whole = found.cut or bool(found.contradicted)
    return (*found.broken, 0) if whole else found.broken


@dataclass(frozen=True, slots=True)
class Line:
    """One act: ``actor`` is a label, that a slice above turns into a name."""

    number: int
    at: datetime
    act: str
    actor: str
    study_id: int | None
    sentence: str
    details: dict[str, Any] | None


def lines(
    *,
    study_id: int | None = None,
    actor: str = "",
    act: str = "",
    before: int | None = None,
    limit: int | None = None,
) -> Iterator[Line]:
    """Return the acts of a study, or of the whole site, latest first. One SQL query.

    ``before``: only entries older than this number; ``details`` is none once erased.
    """
    rows = Entry.objects.order_by("-pk")
    if study_id is not None:
        rows = rows.filter(study_id=study_id)
    if actor:
        rows = rows.filter(actor=actor)
    if act:
        rows = rows.filter(act=act)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    columns = ("pk", "happened_at", "act", "actor", "study_id", "details__content")
    for pk, at, name, who, study, details in rows.values_list(*columns)[:limit]:
        yield Line(pk, at, name, who, study, sentence_of(name), details)


def actors_and_acts(*, study_id: int | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return who acted and which acts there were, for the filters. Two SQL queries."""
    rows = Entry.objects.all() if study_id is None else Entry.objects.filter(study_id=study_id)
    actors = rows.order_by("actor").values_list("actor", flat=True).distinct()
    acts = rows.order_by("act").values_list("act", flat=True).distinct()
    return tuple(actors), tuple(acts)
