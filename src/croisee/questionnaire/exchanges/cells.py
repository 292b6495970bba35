"""A cell of an export, read as a value of the form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from croisee.language import Phrase, phrase
from croisee.questionnaire.answers import typed
from croisee.questionnaire.exchanges.columns import same_text
from croisee.questionnaire.form import Kind, Node

Codes = Sequence[tuple[str, tuple[str, ...]]]
"""(code, its labels) of each choice."""
YES = frozenset({"1", "1.0", "oui", "yes", "y", "o", "vrai", "true", "x"})
NO = frozenset({"0", "0.0", "non", "no", "n", "faux", "false"})
_MIDNIGHT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]00:00(:00(\.0+)?)?(Z|[+-][0-9:]+)?")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2}.*)")
_ON_A_DAY = re.compile(r"1[89][0-9]{2}-[0-9]{2}-[0-9]{2}[ T](.+)")
_MOST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Misread:
    """Why a cell is not a value of its question."""

    message: Phrase
    remedy: Phrase


def value_of(node: Node, written: str, codes: Codes) -> str | Misread:
    """Return a whole answer as a submission holds it; ``""`` where there is none."""
    kept = written.strip()
    if not kept:
        return ""
    if node.kind is Kind.SINGLE:
        return _one(kept, codes)
    if node.kind is Kind.MULTIPLE:
        return _several(kept, codes)
    if node.kind is Kind.RANKING:
        return _ranked(kept, codes)
    if node.kind is Kind.TRIGGER:
        return "OK" if kept.lower() in YES | {"ok"} else ""
    if node.kind is Kind.INTEGER and re.fullmatch(r"[+-]?[0-9]+[.,]0+", kept):
        kept = re.split(r"[.,]", kept)[0]
    return typed(node.kind, _dated(node.kind, kept))


def _dated(kind: Kind, written: str) -> str:
    """Return a date or a time without what databases and spreadsheets add to it."""
    if kind is Kind.DATE:
        found = _MIDNIGHT.fullmatch(written)
        return found[1] if found else written
    if kind is Kind.DATETIME:
        found = _MOMENT.fullmatch(written)
        return f"{found[1]}T{found[2]}" if found else written
    if kind is Kind.TIME:
        found = _ON_A_DAY.fullmatch(written)
        return found[1] if found else written
    return written


def is_ticked(option: str, written: str, codes: Codes) -> bool | Misread | None:
    """Return whether a choice's own column says it was chosen; ``None`` where it is empty.

    « non » says it was not, even of a choice that is itself called « non ».
    """
    said = same_text(written)
    if not said:
        return None
    if said in NO:
        return False
    own = {same_text(option), *(same_text(label) for label in dict(codes).get(option, ()))}
    if said in YES or said in own:
        return True
    return Misread(
        phrase(
            "« {written} » ne dit pas si « {option} » est choisi.",
            written=_short(written),
            option=option,
        ),
        phrase("Écrivez 1 ou 0, oui ou non."),
    )


def _one(written: str, codes: Codes) -> str | Misread:
    known = [code for code, _ in codes]
    if written in known:
        return written
    whole = _whole(written)
    if whole in known:
        return whole
    for found in (_by_code(written, codes), _by_label(written, codes)):
        if len(found) == 1:
            return found[0]
        if found:
            return Misread(
                phrase("« {written} » est le libellé de plusieurs choix.", written=_short(written)),
                phrase("Écrivez le code du choix."),
            )
    return _unknown(written)


def _whole(written: str) -> str:
    """Return ``2`` for ``2.0`` and ``2,0``: how spreadsheets and SPSS keep a code."""
    return re.sub(r"[.,]0+$", "", written) if re.fullmatch(r"-?[0-9]+[.,]0+", written) else written


def _by_code(written: str, codes: Codes) -> list[str]:
    return [code for code, _ in codes if same_text(code) == same_text(written)]


def _by_label(written: str, codes: Codes) -> list[str]:
    said = same_text(written)
    return [code for code, labels in codes if said in {same_text(label) for label in labels}]


def _several(written: str, codes: Codes) -> str | Misread:
    """Read codes or labels apart by spaces, ``|``, ``;``, commas or line ends."""
    single = _one(written, codes)
    if isinstance(single, str):
        return single
    for sign in ("|", "\n", ";", ","):
        if sign in written:
            parts = [part.strip() for part in written.split(sign) if part.strip()]
            found = [_one(part, codes) for part in parts]
            kept = [one for one in found if isinstance(one, str)]
            if len(kept) == len(found):
                return " ".join(dict.fromkeys(kept))
    return _cut(written, codes)


def _cut(written: str, codes: Codes) -> str | Misread:
    """Read codes or labels apart by spaces, when they can be told apart one way only."""
    words = written.split()
    known = {code for code, _ in codes}
    if all(word in known for word in words):
        return " ".join(dict.fromkeys(words))
    names = {tuple(same_text(name).split()): code for code, labels in codes for name in labels}
    names |= {tuple(same_text(code).split()): code for code in known}
    folded = [same_text(word) for word in words]
    if len(folded) > _MOST_WORDS:
        return _unknown(written)
    ways: list[list[tuple[str, ...]]] = [[()], *([] for _ in folded)]
    for end in range(1, len(folded) + 1):
        for name, code in names.items():
            start = end - len(name)
            if name and start >= 0 and tuple(folded[start:end]) == name:
                ways[end] += [(*way, code) for way in ways[start][:2]]
    found = dict.fromkeys(ways[-1])
    if len(found) != 1:
        return _unknown(written)
    return " ".join(dict.fromkeys(next(iter(found))))


def _ranked(written: str, codes: Codes) -> str | Misread:
    parts = written.split(">") if ">" in written else re.split(r"[|;,\n]", written)
    if len(parts) == 1:
        return _cut(written, codes)
    found = [_one(part.strip(), codes) for part in parts]
    wrong = next((one for one in found if isinstance(one, Misread)), None)
    return wrong or " ".join(one for one in found if isinstance(one, str))


def ranks_of(ranks: dict[str, str], column: str) -> str | Misread:
    """Return a ranking from the rank of each choice."""
    placed: dict[int, str] = {}
    for code, written in ranks.items():
        if not written.strip():
            continue
        number = _whole(written.strip())
        if not re.fullmatch(r"[0-9]{1,3}", number) or int(number) in placed or not int(number):
            return Misread(
                phrase("« {written} » n’est pas un rang de « {column} », ou il est déjà donné.",
                       written=_short(written), column=column),
                phrase("Donnez 1 au premier choix, 2 au deuxième, un rang à chacun."),
            )  # fmt: skip
        placed[int(number)] = code
    return " ".join(placed[rank] for rank in sorted(placed))


def _unknown(written: str) -> Misread:
    return Misread(
        phrase("« {written} » n’est pas un choix de cette question.", written=_short(written)),
        phrase("Écrivez le code d’un choix, ou son libellé exact."),
    )


def _short(written: str) -> str:
    kept = " ".join(written.split())
    return kept if len(kept) <= 60 else f"{kept[:60]}…"


def plain_number(value: float) -> str:
    """Return a number as a person writes it, without the noise of binary fractions.

    Example:
        >>> [plain_number(value) for value in (2.0, 3.5, 1e-7)]
        ['2', '3.5', '0.0000001']
    """
    return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
