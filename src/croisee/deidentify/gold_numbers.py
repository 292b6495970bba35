"""Numbers, addresses of the web and dates as a voice says them, and back to figures.

One recogniser writes « quatre un huit », another « 418 » for the same voice: a rendering
chooses one for a whole document (``gold_renderings.heard``). Québec French; cardinals to 9999.
"""

from __future__ import annotations

import re

from croisee.deidentify.chance import Chance

_ONES = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
    "onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit",
    "dix-neuf",
)  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_HUNDRED, _THOUSAND, _YEARS = 100, 1000, range(1900, 2000)
_SEVENTY, _EIGHTY = 70, 80
_PAIR, _TRIPLE, _FOUR = 2, 3, 4
_SHARE_HUNDREDS, _SHARE_PAIRS = 0.3, 0.5
"""How often « 418 » is « quatre cent dix-huit », and « 0142 » two pairs. A choice."""
_SIGNS = {
    "@": " arobase ", ".": " point ", "-": " tiret ", "_": " tiret bas ", "/": " barre oblique ",
    "?": " point d’interrogation ", "=": " égale ",
}  # fmt: skip
_SIGN = re.compile("[" + re.escape("".join(_SIGNS)) + "]")
_DROPPED = re.compile(r"^https?://")
_DIGITS = re.compile(r"\d+")
_SILENT = re.compile(r"[.,;:/()#+…–-]+")
_SPACES = re.compile(r"\s+")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_STUCK = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_CODE_LETTERS = re.compile(r"\b[A-Z]{1,4}\b")


def cardinal(number: int) -> str:
    """Return a whole number from 0 to 9999 in words, « quatre-vingt-onze »."""
    if number < len(_ONES):
        return _ONES[number]
    if number < _HUNDRED:
        return _below_hundred(number)
    if number < _THOUSAND:
        hundreds, rest = divmod(number, _HUNDRED)
        said = "cent" if hundreds == 1 else f"{_ONES[hundreds]} cent"
        return f"{said} {cardinal(rest)}" if rest else f"{said}{'s' * (hundreds > 1)}"
    thousands, rest = divmod(number, _THOUSAND)
    said = "mille" if thousands == 1 else f"{_ONES[thousands]} mille"
    return f"{said} {cardinal(rest)}" if rest else said


def _below_hundred(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= _EIGHTY:
        rest = number - _EIGHTY
        return f"quatre-vingt-{_ONES[rest]}" if rest else "quatre-vingts"
    if number >= _SEVENTY:
        return "soixante et onze" if ones == 1 else f"soixante-{_ONES[10 + ones]}"
    if not ones:
        return _TENS[tens]
    return f"{_TENS[tens]} et un" if ones == 1 else f"{_TENS[tens]}-{_ONES[ones]}"


def said(written: str, chance: Chance) -> str:
    """Return a dictated number without a figure: groups of digits as people say them.

    Letters of a code come apart (« G7X » is « g sept x »); signs between groups are not heard.
    """
    spaced = _CODE_LETTERS.sub(lambda m: " ".join(m.group()), _STUCK.sub(" ", written))
    words = _DIGITS.sub(lambda m: f" {_group(m.group(), chance)} ", spaced)
    kept = "-".join(_SILENT.sub(" ", part) for part in _HYPHEN.split(words))
    return _SPACES.sub(" ", kept).strip()


def said_counted(written: str) -> str:
    """Return a date or a door with each number as one cardinal; years as people say them."""
    words = _DIGITS.sub(lambda m: f" {_counted(m.group())} ", _STUCK.sub(" ", written))
    kept = re.sub(r"[.,;:/()#…]|(?<=\s)-(?=\s)", " ", words)
    return _SPACES.sub(" ", kept).strip()


def said_web(written: str, chance: Chance) -> str:
    """Return an e-mail, a link or an account as somebody dictates it, « point », « arobase »."""
    signs = _SIGN.sub(lambda m: _SIGNS[m.group()], _DROPPED.sub("", written))
    words = _DIGITS.sub(lambda m: f" {_group(m.group(), chance)} ", signs)
    return _SPACES.sub(" ", words.replace(",", " ")).strip()


def _group(digits: str, chance: Chance) -> str:
    if len(digits) == _PAIR and digits[0] != "0":
        return cardinal(int(digits))
    if len(digits) == _TRIPLE and digits[0] != "0" and chance.share() < _SHARE_HUNDREDS:
        return cardinal(int(digits))
    if len(digits) == _FOUR and chance.share() < _SHARE_PAIRS:
        return f"{_pair(digits[:2])} {_pair(digits[2:])}"
    return " ".join(_ONES[int(digit)] for digit in digits)


def _pair(digits: str) -> str:
    return cardinal(int(digits)) if digits[0] != "0" else " ".join(_ONES[int(d)] for d in digits)


def _counted(digits: str) -> str:
    number = int(digits)
    if len(digits) == _FOUR and number in _YEARS:
        return f"dix-neuf cent {cardinal(number % 100)}" if number % 100 else "dix-neuf cents"
    if len(digits) > _FOUR:
        return " ".join(_ONES[int(digit)] for digit in digits)
    return f"zéro {cardinal(number)}" if digits[0] == "0" and number else cardinal(number)


def _figures() -> dict[str, str]:
    known = {cardinal(number): str(number) for number in range(_HUNDRED)}
    known |= {f"{_ONES[n]} cent": str(n * _HUNDRED) for n in range(2, 17)} | {"cent": "100"}
    both = {}
    for words, figures in known.items():
        both[words] = both[words.replace(" et ", "-et-")] = figures
        both[f"{words}s" if words.endswith("cent") else words] = figures
    hundreds = [(w, int(f)) for w, f in known.items() if w.endswith("cent")]
    below = [(w, int(f)) for w, f in known.items() if int(f) < _HUNDRED]
    both |= {f"{h} {w}": str(n + m) for h, n in hundreds for w, m in below if m}
    both["deux mille"] = "2000"
    both |= {f"deux mille {w}": str(2 * _THOUSAND + m) for w, m in below if m}
    for nineteen in ("mille neuf cent", "dix-neuf cent"):
        both |= {f"{nineteen} {w}": str(_YEARS[0] + m) for w, m in below if m}
    return both


_KNOWN = _figures()
_HEARD = re.compile(
    r"\b(?:" + "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True)) + r")\b"
)
_CHAIN = re.compile(r"\b(?:{0})(?:-(?:{0}))+\b".format("|".join(_ONES[:10])))
_BETWEEN = re.compile(r"(?<=\d)[ ,]+(?=\d)")


def figures(spoken: str, chance: Chance) -> str:
    """Return a dictated number with its words as figures, stuck together one time in two."""
    apart = _CHAIN.sub(lambda m: m.group().replace("-", " "), spoken)
    written = _HEARD.sub(lambda m: _KNOWN[m.group()], apart)
    if written == apart:
        return spoken
    return _BETWEEN.sub(chance.choice((" ", "")), written)
