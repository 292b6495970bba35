"""Numbers, codes and telephones as they are dictated: hesitations, glosses, corrections and all.

What announces one (« dossier », « carte-soleil », « mon cell ») opens a window in which the
first run of numbers and letters is taken. Without announcement a run must be long and dictated
one figure at a time. « Quarante-cinq ans », « en 2012, 2013 » are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from croisee.deidentify.ordinary import is_everyday
from croisee.deidentify.patterns import Found, luhn
from croisee.deidentify.stream import (
    DICTATED,
    LETTER,
    MARK,
    NUMBER,
    PASSED,
    WORD,
    Run,
    Token,
    ends_the_turn,
    may_open,
    opens_the_turn,
    run_at,
    stream,
)

_PHONE = DICTATED["telephone"]
_STRONG = DICTATED["code"]
_STATED = frozenset({"numero", "matricule", "dossier", "facture", "membre", "no"})
_ENDING = frozenset({"finit", "finissait", "termine", "commence", "finissent", "debute"})
_WEAK = DICTATED["numero"]
TRIGGERS = "|".join(sorted(_PHONE | _STRONG | _WEAK | _ENDING | {"comme"}))
"""The folded words, as a pattern, that announce a number."""
_WINDOW = 14
_HEALTH, _WOMEN = 8, 50
_EXTENSIONS = frozenset({"poste", "ext", "extension", "#", "local"})
_NEAR, _AS_FAR = 6, 10
_PHONES = (7, 10, 11)
_AREAS = frozenset(
    {"418", "581", "367", "450", "579", "354", "514", "438", "263", "819", "873", "468"}
)
_CUTS = ((3, 4), (3, 3, 4), (1, 3, 3, 4), (10,), (11,))
"""How the figures of a telephone are cut."""
_SHORT, _MEDIUM, _LONG = 3, 4, 7
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEAST_GROUPS = 4


def announced(text: str) -> Iterator[Found]:
    """Yield the numbers and codes that a word of the text announces."""
    tokens = stream(text)
    heard = -1
    for place, token in enumerate(tokens):
        if place <= heard or token.kind not in (WORD, PASSED, LETTER):
            continue
        for words, judge in (
            (_ENDING, _as_part),
            (_PHONE, _as_phone),
            (_STRONG, _as_code),
            (_WEAK, _as_loose_code),
        ):
            if token.key not in words:
                continue
            run = _first_run(tokens, place + 1)
            kind = judge(run, run.first - place, tokens) if run else ""
            if run and kind:
                heard = run.last
                yield _found(tokens, run, kind)
                break


def dictated(text: str) -> Iterator[Found]:
    """Yield the numbers and spellings that nothing announces, by their length and their way."""
    tokens = stream(text)
    place = 0
    while place < len(tokens):
        run = run_at(tokens, place) if may_open(tokens, place) else None
        kind = _by_itself(tokens, run) if run else ""
        if run and kind:
            yield _found(tokens, _with_extension(tokens, _with_letters(tokens, run)), kind)
        place = run.last + 1 if run and kind else place + 1


def _found(tokens: Sequence[Token], run: Run, kind: str) -> Found:
    words = "[un nom épelé]" if kind == "personne" else f"[{kind}]"
    first = run.first
    while first and tokens[first - 1].key == "extension":
        first -= 1
    return Found(tokens[first].start, tokens[run.last].end, kind, words)


def _with_extension(tokens: Sequence[Token], run: Run) -> Run:
    """Return a run with the extension said after it: « …, attends, poste 12 »."""
    for place in range(run.last + 1, min(run.last + _AS_FAR, len(tokens) - 1)):
        token = tokens[place]
        if token.key in _EXTENSIONS:
            after = place + 1 + (tokens[place + 1].kind == MARK)
            more = run_at(tokens, after) if after < len(tokens) else None
            return replace(run, last=more.last) if more else run
        if token.kind not in (PASSED, MARK):
            break
    return run


def _with_letters(tokens: Sequence[Token], run: Run) -> Run:
    """Return eight figures with the four letters of a health card: « Bmgn, euh, 51 04 23 98 »."""
    if run.letters or len(run.digits) != _HEALTH:
        return run
    month, day = int(run.digits[2:4]) % _WOMEN, int(run.digits[4:6])
    possible = 1 <= month <= 12 and 1 <= day <= 31
    for place in range(run.first - 1, max(-1, run.first - _NEAR - 1), -1):
        token = tokens[place]
        if token.kind == WORD and possible:
            name = len(token.key) == _MEDIUM and not is_everyday(token.key)
            return replace(run, first=place) if name else run
        if token.kind not in (PASSED, MARK):
            break
    return run


def _first_run(tokens: Sequence[Token], first: int) -> Run | None:
    """Return the first run that may be a code in the window after what announces it."""
    for place in range(first, min(first + _WINDOW, len(tokens))):
        token = tokens[place]
        if token.key in {".", "!"} and place > first + 1:
            return None
        if token.kind not in (NUMBER, LETTER):
            continue
        run = run_at(tokens, place)
        if run and (len(run.digits) > 1 or run.letters > 1):
            return run
    return None


def _as_phone(run: Run, distance: int, tokens: Sequence[Token]) -> str:
    before = tokens[run.first - 1].key
    count = len(run.digits)
    if _is_amount(run):
        return ""
    if before in _EXTENSIONS and 1 < count <= _MEDIUM + 1:
        return "téléphone"
    if count >= _LONG:
        return "téléphone"
    cut = ends_the_turn(tokens, run.last) and count >= _SHORT and len(run.groups) > 1
    number = tokens[run.first - distance].key in {"numero", "cell", "cellulaire", "telephone"}
    return "téléphone" if cut and number else ""


def _as_part(run: Run, distance: int, tokens: Sequence[Token]) -> str:
    """Return what « ça finit par » announces: a part of a number."""
    led = tokens[run.first - 1].key in {"par", "est", ":"} and distance <= _NEAR
    return "numéro" if led and len(run.digits) >= _SHORT and not _is_amount(run) else ""


def _as_code(run: Run, distance: int, tokens: Sequence[Token]) -> str:
    count, size = len(run.digits), len(run.digits) + run.letters
    stated = run.thousands and distance <= _SHORT and tokens[run.first - 1].key in _STATED
    if stated:
        return "numéro"
    if _is_amount(run) or (not count and not run.glossed):
        return ""
    if size >= _MEDIUM + 1 or (run.letters and count > 1 and size >= _MEDIUM):
        return "numéro"
    if len(run.groups) == 1 and _YEAR.fullmatch(run.digits):
        return ""
    near = distance <= _NEAR and tokens[run.first - 1].key not in {"les", "de", "des"}
    return "numéro" if (count >= _MEDIUM or (count == _SHORT and near)) else ""


def _as_loose_code(run: Run, distance: int, tokens: Sequence[Token]) -> str:
    del tokens, distance
    count, size = len(run.digits), len(run.digits) + run.letters
    if _is_amount(run) or count < _SHORT or (not run.letters and len(run.groups) == 1 < count <= 4):
        return ""
    return "numéro" if size > _MEDIUM + 1 or (run.letters and size > _MEDIUM) else ""


def _by_itself(tokens: Sequence[Token], run: Run) -> str:
    count = len(run.digits)
    if run.letters > _SHORT and run.groups and set(run.groups) == {"2"}:
        return "personne"
    if _is_amount(run) or (_counts(run) and not _is_cut(run)):
        return ""
    if not count:
        return "personne" if run.glossed and run.letters >= _SHORT else ""
    return _mixed(run) if run.letters else _figures(tokens, run)


def _figures(tokens: Sequence[Token], run: Run) -> str:
    phone = len(run.digits) in _PHONES or run.corrected
    if _opens_a_phone(tokens, run) or (_is_long(run) and phone):
        return "téléphone"
    return "numéro" if _is_long(run) or _is_piece(tokens, run) else ""


def _mixed(run: Run) -> str:
    """Return what letters and figures together are, when there are enough of both."""
    count, size = len(run.digits), len(run.digits) + run.letters
    if run.letters == len(run.groups) == count == _SHORT:
        return "code postal"
    sizes = (
        count > _MEDIUM,
        run.letters > 1 and count >= _SHORT,
        run.letters >= _SHORT < count + 2,
    )
    return "numéro" if any(sizes) and size > _MEDIUM else ""


def _is_piece(tokens: Sequence[Token], run: Run) -> bool:
    """Whether a few figures are all that a turn says, or begin by a zero: « zéro un huit huit »."""
    single = max(map(len, run.groups)) == 1
    if run.digits[0] == "0" and len(run.groups) > _SHORT and single:
        return True
    opened = opens_the_turn(tokens, run.first)
    if opened and run.digits[0] == "0" and len(run.digits) > _SHORT:
        return True
    alone = opened and ends_the_turn(tokens, run.last)
    long_enough = len(run.digits) >= _SHORT
    return alone and long_enough and (len(run.groups) >= _SHORT or run.digits[0] == "0")


def _opens_a_phone(tokens: Sequence[Token], run: Run) -> bool:
    """Whether a run begins by the code of a region of Québec, and goes on or opens the turn."""
    if run.letters or run.digits[:3] not in _AREAS or run.thousands:
        return False
    cut = len(run.digits) > _MEDIUM + 1 and run.groups[0] in {run.digits[:3], run.digits[0]}
    pieces = len(run.digits) == len(run.groups) == _SHORT
    return (cut and len(run.groups) > 1) or (pieces and opens_the_turn(tokens, run.first))


def _is_long(run: Run) -> bool:
    """Whether so many figures, so cut, count nothing: « 418 555-0142 », « 019, 806, 900 »."""
    count, sizes = len(run.digits), tuple(map(len, run.groups))
    if _is_cut(run):
        return True
    if len(sizes) >= _LEAST_GROUPS and count >= _LONG:
        return True
    figures = max(sizes, default=0) == 1 and len(sizes) > _MEDIUM
    return figures or (len(sizes) <= _SHORT and count > _LONG and max(sizes) > _SHORT)


def _is_cut(run: Run) -> bool:
    """Whether figures are cut as a telephone’s, or an insurance number whose sum is right."""
    sizes = tuple(map(len, run.groups))
    return not run.letters and (sizes in _CUTS or (sizes == (3, 3, 3) and luhn(run.digits)))


def _is_amount(run: Run) -> bool:
    """Whether a run is years, or a sum in thousands."""
    if run.thousands:
        return True
    years = all(_YEAR.fullmatch(group) for group in run.groups) and not run.letters
    return bool(run.groups) and years and len(run.groups) > 1


def _counts(run: Run) -> bool:
    """Whether somebody only counts, or compares: steps all alike, or all upwards by tens."""
    values = [int(group) for group in run.groups]
    steps = {second - first for first, second in pairwise(values)}
    rounded = all(value >= 10 and value % 5 == 0 for value in values)
    rising = len(values) > 1 and (min(steps) > 0 or max(steps) < 0) and min(values) > 9
    return not run.letters and ((len(steps) <= 1 and steps != {0}) or rounded or rising)
