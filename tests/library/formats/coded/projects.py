"""Projects drawn at random, and one invented by hand."""

import re
import unicodedata
from uuid import UUID

from hypothesis import strategies as st

from croisee.formats.coded import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectSet,
    ProjectVariable,
    Selection,
    Source,
    Sync,
    Value,
)

KEYS = st.uuids(allow_nil=False).map(str)
STAMPS = st.sampled_from(["", "2024-03-04T10:00:00Z", "2024-03-04T10:00:00.5-05:00"])
SIGNS = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
NAMES = st.text(SIGNS, max_size=12)
TEXTS = st.text(
    st.sampled_from(["a", "é", "e", "\u0301", "œ", "\U0001f642", " ", "\n", ".", "·", "한", "“"]),
    min_size=1,
    max_size=60,
).map(lambda text: unicodedata.normalize("NFC", text))
RECORDINGS = ["", "internal://a.wav", "relative:///b.mp4"]
VALUES = {
    "Text": NAMES.filter(str.strip),
    "Boolean": st.sampled_from(["true", "false"]),
    "Integer": st.integers(-(10**6), 10**6).map(str),
    "Float": st.decimals(-1000, 1000, places=2).map(lambda one: f"{one:f}"),
    "Date": st.just("2024-03-04"),
    "DateTime": st.just("2024-03-04T10:00:00Z"),
}


@st.composite
def projects(draw):
    """Return a project where every key exists and is used once."""
    taken = set()

    def key():
        return draw(
            KEYS.filter(lambda one: one not in taken).map(lambda one: (taken.add(one), one)[1])
        )

    def some(keys, most=2):
        return (
            tuple(draw(st.lists(st.sampled_from(keys), max_size=most, unique=True))) if keys else ()
        )

    coders = tuple(Coder(key(), draw(NAMES), draw(NAMES)) for _ in range(draw(st.integers(0, 2))))
    who = ["", *(one.key for one in coders)]
    notes = tuple(
        ProjectNote(key(), draw(NAMES), draw(TEXTS), draw(st.sampled_from(who)), draw(STAMPS))
        for _ in range(draw(st.integers(0, 2)))
    )
    noted = [one.key for one in notes]
    codes: list[ProjectCode] = []
    for _ in range(draw(st.integers(0, 4))):
        codes.append(
            ProjectCode(
                key(), draw(NAMES), draw(st.sampled_from(["", *(one.key for one in codes)])),
                draw(NAMES), draw(st.sampled_from(["", "#00ff7f"])), draw(st.booleans()),
                some(noted),
            )
        )  # fmt: skip
    codes = in_order(codes)
    named = [one.key for one in codes]
    variables = tuple(
        ProjectVariable(key(), draw(NAMES), draw(st.sampled_from(sorted(VALUES))), draw(NAMES))
        for _ in range(draw(st.integers(0, 2)))
    )

    def values():
        return tuple(
            Value(one.key, draw(VALUES[one.kind]))
            for one in variables if draw(st.booleans())
        )  # fmt: skip

    def applied():
        return tuple(
            Applied(key(), code, draw(st.sampled_from(who)), draw(STAMPS), some(noted, 1))
            for code in some(named)
        )

    sources = []
    for _ in range(draw(st.integers(0, 2))):
        text = draw(TEXTS)
        places = st.integers(0, len(text))
        marks = []
        for _ in range(draw(st.integers(0, 3))):
            start, end = sorted((draw(places), draw(places)))
            if start < end:
                marks.append(
                    Selection(
                        key(), start, end, draw(NAMES), draw(NAMES), applied(),
                        draw(st.sampled_from(who)), draw(STAMPS), some(noted, 1),
                    )
                )  # fmt: skip
        timed = draw(st.booleans())
        syncs = tuple(
            Sync(key(), draw(places), draw(st.integers(0, 10**7)))
            for _ in range(draw(st.integers(1, 2)) if timed else 0)
        )
        sources.append(
            Source(
                key(), draw(NAMES), text, draw(NAMES), tuple(marks), applied(), values(), syncs,
                draw(st.sampled_from(RECORDINGS)) if timed else "",
                draw(st.sampled_from(who)), draw(STAMPS), some(noted),
            )
        )  # fmt: skip
    there = [one.key for one in sources]
    passages = [mark.key for one in sources for mark in one.selections]
    cases = tuple(
        ProjectCase(
            key(), draw(NAMES), draw(NAMES), some(named), values(), some(there), some(passages)
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    sets = tuple(
        ProjectSet(key(), draw(NAMES), draw(NAMES), some(named), some(there), some(noted))
        for _ in range(draw(st.integers(0, 2)))
    )
    return CodedProject(
        draw(NAMES), coders, tuple(codes), variables, cases, tuple(sources), notes, sets,
        draw(NAMES), some(noted), "Croisée", draw(st.sampled_from(who)), draw(STAMPS),
    )  # fmt: skip


def in_order(codes):
    """Return codes as a tree is read: each parent, then its children."""
    found, waiting = [], [one for one in reversed(codes) if not one.parent]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += [child for child in reversed(codes) if child.parent == one.key]
    return found


def number(place):
    """Return an identifier from a number."""
    return str(UUID(int=place))


TEXT = "Alma : 🙂 l’été, on se parlait.\nBruno : Oui, c’était mieux à deux.\n"


def words(of, text=TEXT):
    """Return where some words stand in a text."""
    match = re.search(re.escape(of), text)
    return match.span()


BY_HAND = CodedProject(
    "Deux voix",
    (Coder(number(1), "Codeuse 1", "C1"),),
    (
        ProjectCode(number(10), "Lien", "", "Ce qui relie", "#aa0000"),
        ProjectCode(number(11), "Été", number(10)),
    ),
    (),
    (),
    (
        Source(
            number(20),
            "rencontre",
            TEXT,
            "",
            (
                Selection(
                    number(30), *words("on se parlait"), "", "", (Applied(number(40), number(10)),)
                ),
                Selection(number(31), *words("mieux à deux"), "", "", (
                    Applied(number(41), number(11), number(1)),
                )),
            ),
        ),
    ),
    origin="Croisée",
)  # fmt: skip
