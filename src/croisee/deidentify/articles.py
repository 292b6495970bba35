"""The little words before a replacement, made to agree with it: « d’[une personne] ».

A name takes its article away with it: « du Phare » becomes « de l’[organisme A] ». Only the
words that touch the replacement change. See ``docs/methods/desidentification.md`` §2.1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from croisee.deidentify.french_nouns import UNELIDED, is_feminine
from croisee.text import fold

_SPACE = r"[^\S\n]+"
_APOSTROPHE = "['’ʼ]"
_STEMS = {
    "de": "d", "que": "qu", "jusque": "jusqu", "lorsque": "lorsqu", "puisque": "puisqu",
    "quoique": "quoiqu", "je": "j", "ne": "n",
}  # fmt: skip
"""Words that lose their last vowel before another; « me », « te », « se » stand before no name."""
_FULL = {short: word for word, short in _STEMS.items()}
_CONTRACTED = {"du": ("de", "le"), "des": ("de", "les"), "au": ("à", "le"), "aux": ("à", "les")}
_JOINED = {pair: word for word, pair in _CONTRACTED.items()}
_ARTICLES = {"le", "la", "l", "les", "un", "une"}
_AGREEING = {
    "le": ("le", "l’", "la", "l’"), "un": ("un", "un", "une", "une"),
    "ce": ("ce", "cet", "cette", "cette"), "mon": ("mon", "mon", "ma", "mon"),
    "ton": ("ton", "ton", "ta", "ton"), "son": ("son", "son", "sa", "son"),
}  # fmt: skip
"""Before a masculine noun, then if it begins with a vowel; the same for a feminine."""
_FAMILY = {
    "la": "le", "l": "le", "les": "le", "une": "un", "cet": "ce", "cette": "ce", "ma": "mon",
    "ta": "ton", "sa": "son",
}  # fmt: skip
_FEMININE = {"la", "une", "cette", "ma", "ta", "sa"}
_OWN = {
    "un", "une", "le", "la", "les", "l", "des", "ce", "cet", "cette", "ces", "mon", "ma", "mes",
    "ton", "ta", "tes", "son", "sa", "ses", "notre", "nos", "votre", "vos", "leur", "leurs",
    "quelqu", "quelque", "quelques", "plusieurs", "chaque", "elle", "elles", "il", "ils", "iel",
    "iels", "lui", "eux", "on",
}  # fmt: skip
"""First words of a replacement that needs no article."""
_SHORT = "|".join(sorted(_FULL, key=len, reverse=True))
_LONG = "|".join([*_STEMS, "à", "si"])
_DETERMINERS = "|".join({*_FAMILY, *_AGREEING, *_CONTRACTED} - {"l"})
_LEAD = re.compile(
    rf"(?<![\w\-‐‑])(?P<first>(?:{_LONG}){_SPACE}|(?:{_SHORT}){_APOSTROPHE}[^\S\n]?)?"
    rf"(?P<article>(?<![\w\-‐‑])(?:{_DETERMINERS}){_SPACE}|(?<!\w)l{_APOSTROPHE}[^\S\n]?)?"
    r"(?P<quote>(?:[«“\"][^\S\n]?)?)\Z",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_ACRONYM = 2


@dataclass(frozen=True, slots=True)
class _Words:
    """What a replacement asks of the words before it."""

    bare: str
    """The replacement without its own article, when « de » or « à » swallows that article."""
    article: str
    own: bool
    vowel: bool
    feminine: bool | None
    pronoun_il: bool


def agreed(before: str, replacement: str, *, people: bool = False) -> tuple[str, str] | None:
    """Return the end of ``before`` to take away, and what stands for it and ``replacement``.

    ``None`` when nothing changes. ``people`` keeps « les », « des » and « aux » as they are
    before a person: « chez les Gagnon » speaks of a family; and « mon », « ce », « son », which
    say what a person is to another.
    """
    lead = _LEAD.search(before[-40:])
    if lead is None or not lead.group():
        return None
    old = lead.group()
    apostrophe = next((sign for sign in old if sign in "'’ʼ"), "’")
    first, article = _plain(lead["first"]), _plain(lead["article"])
    if article in _CONTRACTED:
        first, article = _CONTRACTED[article]
        old = old[len(lead["first"] or "") :]
    new = _written(first, article, _asked(replacement), replacement, people=people)
    if new is None:
        return None
    little, words = new
    written = little.replace("’", apostrophe)
    if old[0].isupper() and written:
        written = written[0].upper() + written[1:]
    if _squeezed(old) == _squeezed(written + lead["quote"]) and words == replacement:
        return None
    return old, written + lead["quote"] + words


def _plain(word: str | None) -> str:
    """Return a little word as the tables write it: « qu’ » is « que », « l’ » is « l »."""
    plain = (word or "").strip().lower()
    if plain[-1:] in ("'", "’", "ʼ"):
        plain = _FULL.get(plain[:-1], plain[:-1])
    return plain


def _squeezed(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("'", "’").replace("ʼ", "’")).replace("’ ", "’")


def _asked(replacement: str) -> _Words:
    words = [match.group() for match in _WORD.finditer(replacement)]
    if not words:
        return _Words(replacement, "", own=False, vowel=False, feminine=None, pronoun_il=False)
    first, bare = words[0].lower(), ""
    if words[0] in ("le", "les") and len(words) > 1:
        opening, _, rest = replacement.partition(words[0])
        bare = opening + rest.lstrip()
    return _Words(
        bare,
        first if bare else "",
        own=first in _OWN,
        vowel=_begins_with_vowel(words[0]),
        feminine=is_feminine(words[0]),
        pronoun_il=first in ("il", "ils"),
    )


def _begins_with_vowel(word: str) -> bool:
    """Whether « de » becomes « d’ » before a word, as it is written and as it is said.

    Acronyms elide before a written vowel only: « l’ONG », « la MRC ». A letter alone, « onze »
    and h aspiré never do.
    """
    plain = unicodedata.normalize("NFD", fold(word))
    if len(plain) < _ACRONYM or not plain.isalpha():
        return False
    if word.isupper():
        return plain[0] in "aeiou"
    if plain[0] == "y":
        return plain[1] not in "aeiou" or plain == "yeux"
    if plain[0] in "aeiou":
        return not UNELIDED.match(plain)
    return plain[0] == "h" and plain[1] in "aeiouy" and not UNELIDED.match(plain)


def _written(
    first: str, article: str, asked: _Words, replacement: str, *, people: bool
) -> tuple[str, str] | None:
    """Return the little words and the replacement as they are written together."""
    if article == "les" and (people or (asked.feminine is None and not asked.own)):
        return None
    if article and article not in _ARTICLES and (asked.own or people):
        return None
    if asked.own and asked.bare and first in ("de", "à"):
        return f"{_JOINED[first, asked.article]} ", asked.bare
    word = "" if asked.own else _agreeing(article, asked)
    if (first, word) in _JOINED:
        return f"{_JOINED[first, word]} ", replacement
    vowel = word in ("un", "une") if word else asked.vowel
    after = word if word.endswith("’") or not word else f"{word} "
    return _before(first, vowel, asked) + after, replacement


def _agreeing(article: str, asked: _Words) -> str:
    """Return the article in the gender of what follows, elided where it must be."""
    if not article:
        return ""
    feminine = asked.feminine
    if feminine is None:
        feminine = article in _FEMININE
    masculine, masculine_vowel, feminine_form, feminine_vowel = _AGREEING[
        _FAMILY.get(article, article)
    ]
    if feminine:
        return feminine_vowel if asked.vowel else feminine_form
    return masculine_vowel if asked.vowel else masculine


def _before(first: str, vowel: bool, asked: _Words) -> str:
    if not first:
        return ""
    if first == "si":
        return "s’" if asked.pronoun_il else "si "
    return f"{_STEMS[first]}’" if vowel and first in _STEMS else f"{first} "
