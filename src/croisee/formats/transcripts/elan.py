"""ELAN (``.eaf``) and EXMARaLDA (``.exb``): one tier a speaker, one annotation a turn."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from croisee.formats.transcripts.hostile_xml import line_of
from croisee.formats.transcripts.transcriber import seconds_in
from croisee.language import phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, find_marks, stored_label, stored_text


def read_elan(root: etree._Element) -> Transcript:
    """Return the annotations that have their own times, as turns in order of time.

    A tier whose annotations hang on another's (a translation, a gloss) is left out, and said.
    The label is the tier's participant, else its name.
    """
    slots = {
        one.get("TIME_SLOT_ID"): seconds_in(one.get("TIME_VALUE")) for one in root.iter("TIME_SLOT")
    }
    tiers = list(root.iter("TIER"))
    many = Counter(str(tier.get("PARTICIPANT", "")) for tier in tiers if _own(tier))
    turns, read, left = [], [], []
    for tier in tiers:
        name, person = str(tier.get("TIER_ID", "")), str(tier.get("PARTICIPANT", ""))
        if not _own(tier):
            left.append(name)
            continue
        label = stored_label(person if person and many[person] == 1 else name)
        read.append(label)
        for one in tier.iter("ALIGNABLE_ANNOTATION"):
            times = [slots.get(one.get(f"TIME_SLOT_REF{side}")) for side in (1, 2)]
            start, end = (None if at is None else at / 1000 for at in times)
            words = one.findtext("ANNOTATION_VALUE") or ""
            turns.append(_turn(label, words, start, end, one))
    return _transcript(turns, read, left, "elan")


def _own(tier: etree._Element) -> bool:
    return next(tier.iter("ALIGNABLE_ANNOTATION"), None) is not None


def read_exmaralda(root: etree._Element) -> Transcript:
    """Return the events of the tiers of type ``t`` (what is said), as turns in order of time."""
    times = {one.get("id"): seconds_in(one.get("time")) for one in root.iter("tli")}
    labels = {
        one.get("id"): (one.findtext("abbreviation") or one.get("id") or "").strip()
        for one in root.iter("speaker")
    }
    turns, read, left = [], [], []
    for tier in root.iter("tier"):
        name = labels.get(tier.get("speaker")) or tier.get("display-name") or ""
        label = stored_label(name)
        if tier.get("type") != "t":
            left.append(tier.get("display-name") or tier.get("id") or "")
            continue
        read.append(label)
        for one in tier.iter("event"):
            start, end = times.get(one.get("start")), times.get(one.get("end"))
            turns.append(_turn(label, "".join(map(str, one.itertext())), start, end, one))
    return _transcript(turns, read, left, "exmaralda")


def _turn(
    label: str, words: str, start: float | None, end: float | None, element: etree._Element
) -> ParsedTurn:
    text = stored_text(words)
    return ParsedTurn(label, text, start, end, line_of(element), find_marks(text))


def _transcript(turns: list[ParsedTurn], read: list[str], left: list[str], name: str) -> Transcript:
    said = sorted(
        (turn for turn in turns if turn.text),
        key=lambda turn: float("inf") if turn.start is None else turn.start,
    )
    notices = []
    if read:
        told = phrases(
            "Un palier est pris pour une personne : {names}.",
            "Chacun des {n} paliers est pris pour une personne : {names}.",
            len(read),
            names=", ".join(read[:20]),
        )
        notices.append(Notice(told, phrase("Retirez du fichier les paliers de mots ou de sons.")))
    if left:
        told = phrases(
            "Le palier {names} n’est pas lu : il n’est pas fait de paroles.",
            "{n} paliers ne sont pas lus, ils ne sont pas faits de paroles : {names}.",
            len(left),
            names=", ".join(left[:20]),
        )
        notices.append(Notice(told, phrase("Vérifiez qu’il n’y a là aucune parole.")))
    return Transcript(tuple(said), name, tuple(notices))
