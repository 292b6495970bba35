"""The guide's clock: a verbatim cut along the questions of its guide.

Someone notes when each question opened; the recording began at another moment, on another clock.
What the facilitator reads aloud tells how far apart the two are. Without such a log, or where its
clock cannot be told, the questions are looked for in the facilitator's words alone.

The method is ours: ``docs/methods/horloge-du-guide.md`` gives its formulae and its limits.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from croisee.text import EMPTY_WORDS, ParsedTurn, fold, is_team
from croisee.text.inclusive import analysed, word_places

READ, HEARD = 0.6, 0.35
"""Shares of a question's words from which it counts as read aloud; as perhaps heard."""
APART = 0.2
"""What a turn must say more of a question than any other turn does, to be surely its reading."""
CLOSE = 30.0
"""Seconds between the noted opening and the reading of a question, the clocks being set."""
_STEM = 5
"""Letters by which two words are one: « finance », « financement » and what a machine misspells."""


class Ground(StrEnum):
    """What a cut stands on."""

    BOTH = "journal et lecture"
    LOG = "journal"
    READING = "lecture"
    PERSON = "personne"


class Sureness(StrEnum):
    """How sure a cut is."""

    SURE = "sûr"
    LIKELY = "probable"
    TO_CHECK = "à vérifier"


@dataclass(frozen=True, slots=True)
class Opened:
    """One line of a session log: a question of the guide, and the second it opened at.

    Seconds of the log's own clock: only their differences matter.
    """

    theme: str
    at: float


@dataclass(frozen=True, slots=True)
class Cut:
    """Where a question begins: the place of its first turn, from 0, and on what ground.

    ``likeness``: the share (0 to 1) of the question's words heard there, the rarer in the guide
    the heavier.
    """

    theme: str
    turn: int
    ground: Ground
    sureness: Sureness
    likeness: float


@dataclass(frozen=True, slots=True)
class Cuts:
    """A verbatim cut along its guide, in the order of the turns."""

    cuts: tuple[Cut, ...]
    missing: tuple[str, ...] = ()
    """Questions of the guide, or of the log, that begin nowhere."""
    shift: float | None = None
    """Seconds to add to the log's clock to have the recording's; ``None`` where nothing says it."""

    def theme_of(self, turn: int) -> str:
        """Return the question under which a turn was said, ``""`` before the first."""
        said = ""
        for cut in self.cuts:
            if cut.turn > turn:
                break
            said = cut.theme
        return said

    def moved(self, theme: str, turn: int) -> Cuts:
        """Return the cuts once a person has said where a question begins.

        It stands whatever is computed later; another question cannot begin at the same turn.

        Raises:
            ValueError: another question begins there.
        """
        if any(one.turn == turn for one in self.cuts if one.theme != theme):
            raise ValueError(turn)
        return self.settled({theme: turn})

    def settled(self, said: Mapping[str, int | None]) -> Cuts:
        """Return the cuts once a person has said where questions begin, or were not asked (None).

        What she says wins: a question computed at a turn she gave to another begins nowhere.
        """
        known = {one.theme: one for one in self.cuts}
        taken = {turn for turn in said.values() if turn is not None}
        kept = [one for one in self.cuts if one.theme not in said and one.turn not in taken]
        for theme, turn in said.items():
            if turn is not None:
                before = known.get(theme)
                likeness = before.likeness if before is not None and before.turn == turn else 0.0
                kept.append(Cut(theme, turn, Ground.PERSON, Sureness.SURE, likeness))
        placed = {one.theme for one in kept}
        asked = dict.fromkeys((*known, *self.missing))
        return replace(
            self,
            cuts=tuple(sorted(kept, key=lambda one: one.turn)),
            missing=tuple(one for one in asked if one not in placed and one not in said),
        )


def cut_along_the_guide(
    turns: Sequence[ParsedTurn],
    wordings: Mapping[str, str],
    log: Iterable[Opened] = (),
    *,
    team: Iterable[str] = (),
) -> Cuts:
    """Cut a verbatim along its guide.

    Args:
        turns: of one session, in their order.
        wordings: the words of each question as this session's guide has them, in its order.
        log: when each question opened, if somebody noted it; a question may come back.
        team: labels of those who facilitate, besides the usual ones (« Animatrice », …).

    Returns:
        One cut a question at most, in the order of the turns; where a question came back, the
        first time. Turns without times are cut by the reading alone.
    """
    reading = _Reading(turns, wordings, frozenset(map(fold, team)))
    noted: dict[str, float] = {}
    for line in log:
        noted.setdefault(line.theme, line.at)
    timed = [place for place, turn in enumerate(turns) if turn.start is not None]
    shift = _shift(noted, reading, turns) if noted and timed else None
    asked = dict.fromkeys((*wordings, *noted))
    cuts = (
        _by_the_reading(reading, list(wordings))
        if shift is None
        else _by_the_log(noted, shift, reading, turns, timed)
    )
    found = {one.theme for one in cuts}
    return Cuts(tuple(cuts), tuple(one for one in asked if one not in found), shift)


class _Reading:
    """How much of each question each turn of the facilitator says."""

    def __init__(
        self, turns: Sequence[ParsedTurn], wordings: Mapping[str, str], team: frozenset[str]
    ) -> None:
        led = [
            place
            for place, turn in enumerate(turns)
            if is_team(turn.speaker) or fold(turn.speaker) in team
        ]
        self.places = led or list(range(len(turns)))
        """Places of the turns looked at: all of them where nobody is known to facilitate."""
        questions = {theme: frozenset(_stems(text)) for theme, text in wordings.items()}
        times = Counter(stem for stems in questions.values() for stem in stems)
        weights = {stem: math.log(1 + len(questions) / n) for stem, n in times.items()}
        self._said = {place: _stems(turns[place].text) for place in self.places}
        self.likeness: dict[str, dict[int, float]] = {
            theme: self._of(stems, weights) for theme, stems in questions.items()
        }

    def _of(self, stems: frozenset[str], weights: Mapping[str, float]) -> dict[int, float]:
        whole = sum(weights[stem] for stem in stems)
        found = {}
        for place, said in self._said.items():
            heard = _heard_together(said, stems, weights)
            if whole and heard:
                found[place] = heard / whole
        return found

    def at(self, theme: str, place: int) -> float:
        """Return how much of a question a turn says, 0 to 1."""
        return self.likeness.get(theme, {}).get(place, 0.0)

    def second_to(self, theme: str, place: int) -> float:
        """Return the best likeness of a question elsewhere than at a turn."""
        others = (one for where, one in self.likeness.get(theme, {}).items() if where != place)
        return max(others, default=0.0)


def _stems(text: str) -> list[str]:
    """Return the words of a text that say something, cut to their first letters.

    A form written for both genders gives the stem of both.
    """
    plain = analysed(text).text
    words = (fold(plain[start:end]) for start, end in word_places(plain))
    return [word[:_STEM] for word in words if word not in EMPTY_WORDS and len(word) > 1]


def _heard_together(
    said: Sequence[str], stems: frozenset[str], weights: Mapping[str, float]
) -> float:
    """Return the greatest weight of a question's words within a stretch twice its length.

    Someone who speaks for long says by chance, here and there, most words of every question.
    """
    length = max(8, 2 * len(stems))
    met: Counter[str] = Counter()
    weight = best = 0.0
    for place, stem in enumerate(said):
        if stem in stems:
            weight += weights[stem] * (met[stem] == 0)
            met[stem] += 1
        gone = said[place - length] if place >= length else ""
        if gone in stems:
            met[gone] -= 1
            weight -= weights[gone] * (met[gone] == 0)
        best = max(best, weight)
    return best


def _shift(
    noted: Mapping[str, float], reading: _Reading, turns: Sequence[ParsedTurn]
) -> float | None:
    """Return the seconds from the log's clock to the recording's, on which most readings agree.

    Two questions read aloud must agree within ``CLOSE``, or one if the log has no other.
    """
    heard = [
        (start - at, likeness, theme)
        for theme, at in noted.items()
        for place, likeness in reading.likeness.get(theme, {}).items()
        if likeness >= READ and (start := turns[place].start) is not None
    ]
    best: tuple[float, float] | None = None
    for middle, _likeness, _theme in heard:
        near = [one for one in heard if abs(one[0] - middle) <= CLOSE]
        strongest: dict[str, float] = {}
        for _gap, likeness, theme in near:
            strongest[theme] = max(likeness, strongest.get(theme, 0.0))
        if len(strongest) < min(2, len(noted)):
            continue
        agreed = sum(strongest.values())
        if best is None or agreed > best[0]:
            best = agreed, _median([one[0] for one in near])
    return None if best is None else best[1]


def _median(numbers: Iterable[float]) -> float:
    ordered = sorted(numbers)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _by_the_log(
    noted: Mapping[str, float],
    shift: float,
    reading: _Reading,
    turns: Sequence[ParsedTurn],
    timed: Sequence[int],
) -> list[Cut]:
    """Cut at the noted openings; at the turn that reads the question where it is close by.

    A question that nobody noted is cut where it is read aloud, to be checked.
    """
    starts = [float(turns[place].start or 0.0) for place in timed]
    found: dict[int, Cut] = {}
    for theme, at in sorted(noted.items(), key=lambda line: line[1]):
        moment = at + shift
        read = _read_near(theme, moment, reading, turns)
        if read is not None:
            cut = Cut(theme, read, Ground.BOTH, Sureness.SURE, reading.at(theme, read))
        else:
            later = bisect_left(starts, moment)
            if moment < starts[0] - CLOSE or later == len(timed):
                continue  # outside the recording
            cut = Cut(
                theme, timed[later], Ground.LOG, Sureness.LIKELY, reading.at(theme, timed[later])
            )
        there = found.get(cut.turn)
        if there is None or (there.ground, cut.ground) == (Ground.LOG, Ground.BOTH):
            found[cut.turn] = cut  # of two that fall together, the one that is read
    for theme, heard in reading.likeness.items():
        place = max(heard, key=lambda one: (heard[one], -one), default=None)
        if theme not in noted and place is not None and heard[place] >= READ:
            found.setdefault(
                place, replace(_heard(theme, place, reading), sureness=Sureness.TO_CHECK)
            )
    return [found[turn] for turn in sorted(found)]


def _read_near(
    theme: str, moment: float, reading: _Reading, turns: Sequence[ParsedTurn]
) -> int | None:
    """Return the turn that says most of a question about the moment it opened."""
    near = [
        (likeness, -place)
        for place, likeness in reading.likeness.get(theme, {}).items()
        if likeness >= HEARD
        and (start := turns[place].start) is not None
        and abs(start - moment) <= CLOSE
    ]
    return -max(near)[1] if near else None


def _by_the_reading(reading: _Reading, themes: Sequence[str]) -> list[Cut]:
    """Cut where the questions are heard in the order of the guide, for the most likeness in all.

    Dynamic programming over (questions, turns): a question may be passed over, none goes back.
    """
    places = reading.places
    table = [[0.0] * (len(places) + 1)]
    for theme in themes:
        above, row = table[-1], [0.0]
        for position, place in enumerate(places):
            likeness = reading.at(theme, place)
            with_it = above[position] + likeness if likeness >= HEARD else 0.0
            row.append(max(row[-1], above[position + 1], with_it))
        table.append(row)
    cuts = []
    position = len(places)
    for number in range(len(themes), 0, -1):
        row, above = table[number], table[number - 1]
        while position and row[position] == row[position - 1]:
            position -= 1  # the earliest turn that does as well
        if row[position] > above[position]:
            position -= 1
            cuts.append(_heard(themes[number - 1], places[position], reading))
    return cuts[::-1]


def _heard(theme: str, place: int, reading: _Reading) -> Cut:
    likeness, other = reading.at(theme, place), reading.second_to(theme, place)
    sureness = Sureness.TO_CHECK
    if likeness >= READ:
        sureness = Sureness.SURE if likeness - other >= APART else Sureness.LIKELY
    return Cut(theme, place, Ground.READING, sureness, likeness)
