"""Names of no list, in a turn without capitals, by where they stand: « darquise prend les notes ».

A word that is none of every day's is a name after a tie (« ma nièce maïté »), after a little
word that a common noun would follow with its article (« chez kely »), where a subject without
an article stands, or joined to another by a hyphen. Words are in ``lists/oreille.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from croisee.deidentify.gazetteer import FIRST, LAST, WORD, gazetteer, word_key, word_sets
from croisee.deidentify.ordinary import is_ordinary

CUES = word_sets("oreille.txt")
_KIN = word_sets("proches.txt")
ACRONYMS = frozenset(word for words in word_sets("sigles.txt").values() for word in words)
_TIES = _KIN["lien"] | frozenset(
    {"husband", "wife", "sister", "brother", "daughter", "son", "cousin", "uncle", "aunt"}
)
_MINE = frozenset({
    "mon", "ma", "ton", "ta", "son", "sa", "notre", "votre", "leur", "petit", "petite", "grand",
    "my", "his", "her", "our", "your",
})  # fmt: skip
_COMMON = re.compile(rf"(?:{'|'.join(sorted(CUES['forme'], key=len, reverse=True))})$")
_PARTICIPLE = re.compile(r"(?:é|ée|és|ées)$")
_ADJECTIVE = re.compile(
    r"(?:al|ales?|aux|els?|elles?|if|ives?|aine?s?|oise?s?|aise?s?|ienn?e?s?|ards?|ardes?|us?|ues?"
    r"|ies?|is|ise|ite?s?|iques?|iers?|ieres?)$"
)
_VOWEL = re.compile("[aeiouy]")
_INFINITIVE = re.compile(r"(?:er|ir|re|oir)$")
_STEPS = frozenset({"beau", "belle", "grand", "petit", "petite", "demi", "arriere", "ex"})
_PREFIXES = frozenset({
    "ex", "auto", "micro", "anti", "semi", "post", "pre", "co", "non", "mini", "super", "sous",
    "contre", "demi", "quasi", "franco", "anglo", "socio", "multi", "inter", "extra", "hyper",
})  # fmt: skip
_HYPHENS = frozenset({"-", "‑", "‐"})
_LONGEST_CUE = 3
_SHORTEST = 3
_SAID = frozenset({
    ("moi", "c", "est"), ("nom", "c", "est"), ("prenom", "c", "est"), ("elle", "c", "est"),
    ("lui", "c", "est"), ("name", "is"), ("it", "s"), ("i", "m"), ("he", "s"), ("she", "s"),
    ("mon", "nom", "est"), ("famille", "c", "est"), ("famille", "est"), ("s", "appelle"),
    ("m", "appelle"), ("au", "nom", "de"), ("dame", "s", "appelle"), ("bonjour", "ici"),
    ("oui", "ici"), ("allo", "ici"), ("monsieur", "c", "est"), ("dame", "c", "est"),
})  # fmt: skip


def is_bare_name(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Return whether a word that no list holds is somebody's name by where it stands.

    The caller knows that the word is none of every day's.
    """
    word = tokens[index].group()
    key = word_key(word)
    if len(word) < _SHORTEST or not _VOWEL.search(key) or key in ACRONYMS:
        return False
    if _is_joined(text, tokens, index):
        return True
    if is_formed(word):
        return False
    before = _key(tokens, index - 1)
    gap = text[tokens[index - 1].end() : tokens[index].start()] if index else "."
    if gap in {" ", ", "} and tie_before(tokens, index) is not None:
        return not _PARTICIPLE.search(word)
    if gap == " " and _stands_alone(tokens[index - 1].group()):
        return not (_INFINITIVE.search(key) or _PARTICIPLE.search(word))
    said = gap in {" ", ", ", " « "} and _is_said(tokens, index)
    titled = gap == " " and before in CUES["titre"]
    family = _before_family_name(text, tokens, index)
    return said or titled or family or _is_subject(text, tokens, index)


def _key(tokens: Sequence[re.Match[str]], index: int) -> str:
    return word_key(tokens[index].group()) if 0 <= index < len(tokens) else ""


def is_formed(word: str) -> bool:
    """Return whether a word ends as common words do: « -ment », « -tion », « -ilise »."""
    return _COMMON.search(word_key(word)) is not None


def _is_said(tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Whether what stands before says that a name comes: « moi c’est », « au nom de »."""
    before = tuple(_key(tokens, place) for place in range(max(0, index - _LONGEST_CUE), index))
    return any(before[-len(cue) :] == cue for cue in _SAID)


def _stands_alone(before: str) -> bool:
    """Whether a common noun would have its article after this word: « chez », « avec », « à »."""
    return before != "a" and word_key(before) in CUES["seul"]


def _is_joined(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Whether a hyphen joins a word to another that is none of every day's either."""
    if index + 1 >= len(tokens) or _key(tokens, index) in _PREFIXES:
        return False
    joined = text[tokens[index].end() : tokens[index + 1].start()] in _HYPHENS
    other = _key(tokens, index + 1)
    return joined and len(other) >= _SHORTEST and not is_ordinary(other)


def _before_family_name(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Whether a family name, and nothing else, follows: « constanse labrie »."""
    if index + 1 >= len(tokens) or text[tokens[index].end() : tokens[index + 1].start()] != " ":
        return False
    bits = gazetteer().words.get(_key(tokens, index + 1), 0)
    return (
        bool(bits & LAST) and not bits & (WORD | FIRST) and not is_ordinary(_key(tokens, index + 1))
    )


def _is_subject(text: str, tokens: Sequence[re.Match[str]], index: int) -> bool:
    """Whether a verb follows, so that the word is a subject without article.

    After a word that may be its noun, a word that may be an adjective is none: « la salle
    communale est ».
    """
    word = tokens[index].group()
    if _PARTICIPLE.search(word) or index + 1 >= len(tokens):
        return False
    gap = text[tokens[index].end() : tokens[index + 1].start()]
    said = tokens[index + 1].group()
    if gap not in {" ", ", "} or said == "à" or word_key(said) not in CUES["verbe"]:
        return False
    before = tokens[index - 1].group() if index else ""
    left = text[tokens[index - 1].end() : tokens[index].start()].strip() if index else "."
    if left not in {"", ","} or before == "là" or word_key(before) in CUES["bord"]:
        return True
    return word_key(before) not in CUES["outil"] and not _ADJECTIVE.search(word_key(word))


def is_function_word(key: str) -> bool:
    """Return whether a folded word is a tool of every sentence: « vous », « dans »."""
    return key in CUES["outil"] or key in CUES["verbe"] or key in CUES["bord"]


def ends_as_common(word: str) -> bool:
    """Return whether a word ends as common words, participles or infinitives do."""
    return bool(is_formed(word) or _PARTICIPLE.search(word) or _INFINITIVE.search(word_key(word)))


def tie_before(tokens: Sequence[re.Match[str]], index: int) -> int | None:
    """Return where the tie that leads to a name begins: « ma sœur », « mon beau frère »."""
    place = index - 1
    if _key(tokens, place) not in _TIES:
        return None
    while _key(tokens, place - 1) in _STEPS:
        place -= 1
    return place - 1 if _key(tokens, place - 1) in _MINE else None
