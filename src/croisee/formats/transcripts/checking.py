"""What a person should know of the times of a transcript: said once each, with the first place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice, ParsedTurn, Transcript, folded_label, is_team

_HOURS_OF_DAY = 6 * 3600


def checked(transcript: Transcript) -> Transcript:
    """Return a transcript with what is odd in its times said; an end before its start is dropped.

    Nothing else is changed: turns stay in the order of the file, times as it has them.
    """
    turns, notices = transcript.turns, list(transcript.notices)
    reversed_ones = [turn for turn in turns if _ends_before(turn)]
    if reversed_ones:
        said = phrases(
            "{n} tour finit avant de commencer : son heure de fin n’est pas gardée.",
            "{n} tours finissent avant de commencer : leur heure de fin n’est pas gardée.",
            len(reversed_ones),
        )
        notices.append(_at(said, reversed_ones))
        turns = tuple(replace(one, end=None) if _ends_before(one) else one for one in turns)
    timed = [turn for turn in turns if turn.start is not None]
    notices += _order(timed)
    if timed and min(turn.start or 0.0 for turn in timed) >= _HOURS_OF_DAY:
        said = phrase(
            "Les temps commencent après six heures : ce sont peut-être des heures du jour."
        )
        notices.append(_at(said, timed))
    if timed and len(timed) < len(turns):
        untimed = [turn for turn in turns if turn.start is None]
        said = phrases("{n} tour n’a pas de temps.", "{n} tours n’ont pas de temps.", len(untimed))
        notices.append(_at(said, untimed))
    notices += _labels(turns)
    if not turns:
        notices.append(
            Notice(
                phrase("Ce document ne contient aucun texte."),
                phrase("Vérifiez que c’est le bon fichier."),
            )
        )
    return replace(transcript, turns=turns, notices=tuple(notices))


def _order(timed: Sequence[ParsedTurn]) -> list[Notice]:
    found = []
    pairs = [(one, other, one.start or 0.0, other.start or 0.0) for one, other in pairwise(timed)]
    back = [other for _, other, before, start in pairs if start < before]
    if back:
        said = phrases(
            "{n} tour commence avant celui qui le précède : l’ordre du fichier est gardé.",
            "{n} tours commencent avant celui qui les précède : l’ordre du fichier est gardé.",
            len(back),
        )
        found.append(_at(said, back))
    over = [
        other
        for one, other, before, start in pairs
        if one.end is not None and before < start < one.end
    ]
    if over:
        said = phrases(
            "{n} tour commence avant la fin du précédent : les deux sont gardés.",
            "{n} tours commencent avant la fin du précédent : tous sont gardés.",
            len(over),
        )
        found.append(_at(said, over))
    return found


def _labels(turns: Sequence[ParsedTurn]) -> list[Notice]:
    written: dict[str, dict[str, int]] = {}
    for turn in turns:
        if turn.speaker and not is_team(turn.speaker):
            written.setdefault(folded_label(turn.speaker), {}).setdefault(turn.speaker, turn.line)
    return [
        Notice(
            phrase(
                "Une étiquette est écrite de plusieurs façons ({labels}) : tenue pour une seule "
                "personne.",
                labels=", ".join(f"« {label} »" for label in lines),
            ),
            phrase("Si ce sont deux personnes, donnez à chacune une étiquette à elle."),
            list(lines.values())[1] or None,
        )
        for lines in written.values()
        if len(lines) > 1
    ]


def _ends_before(turn: ParsedTurn) -> bool:
    return turn.start is not None and turn.end is not None and turn.end < turn.start


def _at(said: Phrase, turns: Sequence[ParsedTurn]) -> Notice:
    return Notice(said, phrase("Vérifiez les temps à cet endroit."), turns[0].line or None)
