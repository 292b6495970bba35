"""From texts to candidates: everything that could identify someone, each place once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from croisee.deidentify.around import bridges, corrects, widened, widened_number
from croisee.deidentify.capitals import CapitalNames
from croisee.deidentify.echoes import Echoes
from croisee.deidentify.entities import named_entities
from croisee.deidentify.heard import HeardNames
from croisee.deidentify.likeness import LikeNames
from croisee.deidentify.model import PERSON, Candidate, MaskEntry, Turn
from croisee.deidentify.names import NamesOfQuebec
from croisee.deidentify.namesakes import Namesakes
from croisee.deidentify.patterns import QuebecPatterns, Recogniser
from croisee.deidentify.registry import Match, NameIndex, with_replacements, words_of
from croisee.deidentify.spoken import SpokenIdentifiers
from croisee.text import fold, is_team

REGISTRY, PARTICIPANT, SPEAKER = "registre", "participant", "locuteur"
ALIKE, ECHO = "semblable", "reprise"
SOMEBODY = "[une autre personne]"
_TRUST = {PARTICIPANT: 0, REGISTRY: 1, SPEAKER: 2, ALIKE: 3}
_MIN_CODE = 4
_WORD = re.compile(r"[^\W_]+")
_HYPHENED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_GENERIC = {
    "participant", "participante", "participants", "personne", "repondant", "repondante",
    "interviewe", "interviewee", "enquete", "enquetee", "locuteur", "locutrice", "intervenant",
    "intervenante", "homme", "femme", "speaker", "respondent", "person", "voix",
    "inconnu", "inconnue", "chercheur", "chercheuse", "animation", "animatrice", "animateur",
    "interviewer", "intervieweur", "intervieweuse", "researcher", "facilitator", "moderator",
    "equipe", "membre", "invite", "invitee", "artisan", "artisane", "groupe", "question",
    "reponse", "facilitateur", "facilitatrice", "moderateur", "moderatrice", "unknown",
    "m", "mme", "dr", "dre", "monsieur", "madame", "docteur", "professeur", "professeure",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    kind: str
    replacement: str
    source: str
    name: str
    """What was recognised: two parts of one person's name are one name."""


def voices(turns: Iterable[Turn]) -> dict[str, str]:
    """Return a stable neutral label for each participant of one document.

    « Voix 1 » is the first who speaks. Labels say nothing outside the document: the
    same person may be 2 elsewhere, so that documents cannot be joined on them.
    """
    codes = dict.fromkeys(turn.participant for turn in turns if turn.participant)
    return {code: f"Voix {number}" for number, code in enumerate(codes, start=1)}


class CandidateFinder:
    """Recognisers made ready once, for any number of documents.

    ``registry`` is the study's list of names; ``participants`` the codes that may appear in
    texts, those of people who refused included. ``labels`` gives for each document speakers'
    labels that its turns no longer bear: somebody who withdrew is still called by name by the
    others. ``recognisers`` replaces the default ones (:func:`default_recognisers`), the statistical
    source too, which is used where it is installed (:func:`named_entities`).
    """

    def __init__(
        self,
        registry: Iterable[MaskEntry],
        participants: Collection[str] = (),
        recognisers: Sequence[Recogniser] | None = None,
        *,
        labels: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self._registry = NameIndex(with_replacements(registry))
        self._like = LikeNames(self._registry.entries)
        self._codes = NameIndex(
            [MaskEntry(code, "code", "") for code in sorted(participants) if _is_telling(code)]
        )
        self._recognisers = default_recognisers() if recognisers is None else tuple(recognisers)
        self._entities = named_entities() if recognisers is None else None
        self._labels = labels or {}
        self._namesakes = Namesakes(self._registry.entries)
        self._shared_parts = _shared_parts(self._registry.entries)

    def document(self, turns: Sequence[Turn]) -> tuple[Candidate, ...]:
        """Return the candidates of one document (all its turns), in order of place."""
        labels = voices(turns)
        gone = self._labels.get(turns[0].document, ()) if turns else ()
        speakers = _speaker_names(turns, labels, gone)
        seen: list[tuple[Turn, list[_Hit]]] = []
        echoes = Echoes()
        for turn in turns:
            hits = [*self._hits(turn.text), *self._code_hits(turn.text, labels)]
            hits += _speaker_hits(turn.text, speakers)
            seen.append((turn, hits))
        self._read_by_the_model(seen)
        for turn, hits in seen:
            for hit in hits:
                if hit.kind == PERSON and hit.source != PARTICIPANT:
                    echoes.learn(turn.text[hit.start : hit.end], hit.replacement, hit.name)
        found: list[Candidate] = []
        for turn, hits in seen:
            hits += [
                _Hit(start, end, PERSON, words, ECHO, name)
                for start, end, words, name in echoes.find(turn.text)
                if not any(hit.start <= start and end <= hit.end for hit in hits)
            ]
            found += _candidates(turn, _whole(turn.text, hits))
        if not self._registry.entries:
            return tuple(found)
        return tuple(self._namesakes.told_apart(turns, found))

    def _read_by_the_model(self, seen: Sequence[tuple[Turn, list[_Hit]]]) -> None:
        """Add what the statistical source finds beside the hits of each turn of a document."""
        if self._entities is None:
            return
        hidden = [[(hit.start, hit.end) for hit in hits] for _, hits in seen]
        settled = [[(h.start, h.end) for h in hits if h.source in _TRUST] for _, hits in seen]
        found = self._entities.find_all([turn.text for turn, _ in seen], hidden, settled)
        for (_, hits), names in zip(seen, found, strict=True):
            hits += [
                _Hit(one.start, one.end, one.kind, one.replacement, self._entities.name, "")
                for one in names
            ]

    def _hits(self, text: str) -> Iterator[_Hit]:
        for match in self._registry.find(text):
            entry = self._registry.entries[match.entry]
            replacement = entry.replacement
            if match.part and fold(text[match.start : match.end]) in self._shared_parts:
                replacement = "[personne]"
            yield _Hit(match.start, match.end, entry.kind, replacement, REGISTRY, str(match.entry))
        yield from self._like_hits(text)
        for recogniser in self._recognisers:
            for found in recogniser.find(text):
                yield _Hit(
                    found.start, found.end, found.kind, found.replacement, recogniser.name, ""
                )

    def _like_hits(self, text: str) -> Iterator[_Hit]:
        """Yield what sounds like a name of the registry; one word that suits two people: nobody."""
        places: dict[tuple[int, int], list[Match]] = defaultdict(list)
        for match in self._like.find(text):
            places[match.start, match.end].append(match)
        for (start, end), matches in places.items():
            entry = self._registry.entries[matches[0].entry]
            several = len({match.entry for match in matches}) > 1
            unsure = entry.kind == PERSON and (several or matches[0].part)
            words = "[personne]" if unsure else entry.replacement
            yield _Hit(start, end, entry.kind, words, ALIKE, str(matches[0].entry))

    def _code_hits(self, text: str, labels: dict[str, str]) -> Iterator[_Hit]:
        for match in self._codes.find(text):
            code = self._codes.entries[match.entry].text
            label = labels.setdefault(code, f"Voix {len(labels) + 1}")
            yield _Hit(match.start, match.end, PERSON, _bracketed(label), PARTICIPANT, code)


def default_recognisers() -> tuple[Recogniser, ...]:
    """Return what looks at every text: patterns, what is said, lists of Québec, capitals."""
    return QuebecPatterns(), SpokenIdentifiers(), NamesOfQuebec(), CapitalNames(), HeardNames()


def find_candidates(
    turns: Iterable[Turn], registry: Iterable[MaskEntry], participants: Collection[str] = ()
) -> tuple[Candidate, ...]:
    """Return everything in ``turns`` that could identify someone, each place once.

    Turns of one document follow each other. For a large corpus make one
    :class:`CandidateFinder` and call it document by document. Deterministic; offsets are
    characters of each turn's text. Overlapping passages give one candidate that covers
    them all (the longest; for equal lengths the registry first), never less.
    """
    finder = CandidateFinder(registry, participants)
    return tuple(
        candidate
        for _, group in groupby(turns, key=lambda turn: turn.document)
        for candidate in finder.document(tuple(group))
    )


def _bracketed(label: str) -> str:
    return f"[{label[0].lower()}{label[1:]}]"


def _is_telling(code: str) -> bool:
    """Whether a code in a text is that code and not an ordinary number or word."""
    letters = sum(c.isalpha() for c in code)
    return bool(letters) and (any(c.isdigit() for c in code) or letters >= _MIN_CODE)


def _shared_parts(entries: Sequence[MaskEntry]) -> frozenset[str]:
    """Return the words that belong to several people's names: « Marie » alone is nobody."""
    owners: dict[str, set[int]] = {}
    for position, entry in enumerate(entries):
        if entry.kind == PERSON:
            for word in words_of(entry.text):
                owners.setdefault(word.keys[0], set()).add(position)
    return frozenset(word for word, who in owners.items() if len(who) > 1)


def _speaker_names(
    turns: Iterable[Turn], labels: Mapping[str, str], gone: Iterable[str]
) -> dict[str, str]:
    """Return the words of the speakers' labels that look like names, with what hides them.

    Labels linked to nobody, and those of people who are no longer there, are names too.
    """
    names: dict[str, str] = {}
    spoken = {(turn.speaker, turn.participant): None for turn in turns}
    linked = [(label, code) for label, code in spoken if code and fold(label) != fold(code)]
    others = [(label, "") for label, code in spoken if not code]
    for label, code in (*linked, *others, *((label, "") for label in sorted(gone))):
        if not code and is_team(label):
            continue
        hidden = _bracketed(labels[code]) if code else SOMEBODY
        for _, _, name in _name_words(label):
            if name[0].isupper() and len(name) > 2 and fold(name) not in _GENERIC:
                names.setdefault(name, hidden)
                names.setdefault(name.title(), hidden)
    return names


def _name_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text, and those that a hyphen joins as one: « Marie-Ève »."""
    for pattern in (_HYPHENED, _WORD):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), match.group()


def _speaker_hits(text: str, names: Mapping[str, str]) -> Iterator[_Hit]:
    if any(name in text for name in names):
        for start, end, name in _name_words(text):
            if name in names:
                yield _Hit(start, end, PERSON, names[name], SPEAKER, name)


def _whole(text: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """Return the hits, those of people widened to what goes with a name, and joined when one."""
    people = [hit for hit in hits if hit.kind == PERSON]
    wide = []
    for hit in people:
        start, end = widened(text, hit.start, hit.end)
        wide.append(
            hit if end - start == hit.end - hit.start else replace(hit, start=start, end=end)
        )
    wide.sort(key=lambda hit: (hit.start, -hit.end, _TRUST.get(hit.source, 4), hit.name))
    joined = [
        replace(one, end=other.end)
        for one, other in pairwise(wide)
        if one.end < other.start and bridges(text[one.end : other.start])
    ]
    named = sorted(
        (hit for hit in (*wide, *hits) if hit.kind in {PERSON, "proche"}), key=lambda h: h.start
    )
    joined += [
        replace(one, end=other.end)
        for one, other in pairwise(named)
        if one.end < other.start and corrects(text[one.end : other.start])
    ]
    others = [
        _with_letters(text, hit) if hit.kind == "numéro" else hit
        for hit in hits
        if hit.kind != PERSON
    ]
    return [*others, *wide, *joined]


def _with_letters(text: str, hit: _Hit) -> _Hit:
    start, end = widened_number(text, hit.start, hit.end)
    return replace(hit, start=start, end=end)


def _candidates(turn: Turn, hits: Sequence[_Hit]) -> Iterator[Candidate]:
    for cluster in _clusters(hits):
        yield _merged(turn, cluster)


def _clusters(hits: Iterable[_Hit]) -> Iterator[list[_Hit]]:
    """Yield groups of hits that touch one another's characters."""
    cluster: list[_Hit] = []
    end = -1
    for hit in sorted(hits, key=lambda h: (h.start, -h.end, h.source, h.name)):
        if cluster and hit.start >= end:
            yield cluster
            cluster = []
        cluster.append(hit)
        end = max(end, hit.end) if len(cluster) > 1 else hit.end
    if cluster:
        yield cluster


def _merged(turn: Turn, cluster: list[_Hit]) -> Candidate:
    start, end = min(h.start for h in cluster), max(h.end for h in cluster)
    best = min(cluster, key=lambda h: (h.start - h.end, _TRUST.get(h.source, 4), h.start, h.name))
    inside = [
        h
        for h in cluster
        if h.source in _TRUST
        and (h.source, h.name) != (best.source, best.name)
        and (h.start, h.end) != (start, end)
    ]
    return Candidate(
        turn.document,
        turn.turn,
        start,
        end,
        turn.text[start:end],
        best.kind,
        best.replacement,
        best.source,
        tuple(_merged(turn, group) for group in _clusters(inside)),
    )
