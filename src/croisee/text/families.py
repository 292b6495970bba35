"""Who says a word, all its writings, numbers and genders together, as far as they are attested.

See ``docs/methods/mots-par-reseau.md`` §1.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from croisee.text.counting import words_said
from croisee.text.folding import fold
from croisee.text.inclusive.pairs import singulars


@dataclass(frozen=True, slots=True)
class WordFamily:
    """Writings that are one word, and the people who said one of them, once each.

    ``form`` is the writing said most; ``writings`` all of them, the most said first.
    """

    form: str
    people: frozenset[str]
    writings: tuple[str, ...]


def word_families(
    texts: Iterable[tuple[str, str]], *, without: Collection[str] = ()
) -> tuple[WordFamily, ...]:
    """Return the words of texts by who says them, those said by most people first.

    ``texts`` are (person, words). A plural joins its singular where the singular is said too, and
    two genders join where somebody writes them together (« intervenant·e·s »): nothing is joined
    that the texts do not hold. Capitals do not count; accents do.

    Example:
        >>> found = word_families([("a", "Les bureaux"), ("b", "un bureau"), ("a", "bureau")],
        ...                       without={"les", "un"})
        >>> [(one.form, len(one.people), one.writings) for one in found]
        [('bureau', 2, ('bureau', 'bureaux'))]
    """
    people: defaultdict[str, set[str]] = defaultdict(set)
    times: defaultdict[str, Counter[str]] = defaultdict(Counter)
    chief: dict[str, str] = {}
    for person, text in texts:
        for form, words in words_said(text, without):
            for key in words:
                chief.setdefault(key, key)
                _join(chief, words[0], key)
            people[words[0]].add(person)
            times[words[0]][form] += 1
    for key in list(chief):
        if key.endswith(("s", "x")):
            for one in singulars(key):
                if one in chief:
                    _join(chief, one, key)
    joined: defaultdict[str, list[str]] = defaultdict(list)
    for key in people:
        joined[_root(chief, key)].append(key)
    found = [_family(keys, people, times) for keys in joined.values()]
    return tuple(sorted(found, key=lambda one: (-len(one.people), fold(one.form), one.form)))


def _family(
    keys: Iterable[str], people: dict[str, set[str]], times: dict[str, Counter[str]]
) -> WordFamily:
    said: Counter[str] = Counter()
    who: set[str] = set()
    for key in keys:
        said.update(times[key])
        who |= people[key]
    writings = tuple(sorted(said, key=lambda form: (-said[form], form)))
    return WordFamily(writings[0], frozenset(who), writings)


def _root(chief: dict[str, str], key: str) -> str:
    while chief[key] != key:
        chief[key] = chief[chief[key]]
        key = chief[key]
    return key


def _join(chief: dict[str, str], one: str, other: str) -> None:
    chief[_root(chief, other)] = _root(chief, one)
