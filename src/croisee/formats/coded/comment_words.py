"""What a comment in a margin says: codes, and what was thought of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_LETTERS = 60
_MOST_WORDS = 8
_INSIDE = " > "
_TAG = re.compile(r"#[^\s#;]+(?:\s+#[^\s#;]+)*")
_MARKED = re.compile(r"code[ \u00a0\u202f]?:\s+(.+)", re.IGNORECASE)
_MARK = "Code : "
_SENTENCE = (".", "?", "!", "…", ":", ",")

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The codes of a comment, each as its names from the widest, and the rest of its words."""

    codes: tuple[Path, ...]
    note: str = ""


def said_in(comment: str) -> Said:
    r"""Return the codes and the note of a comment.

    A line is codes where each piece between ``;`` could be a name: at most 60 letters and eight
    words, no end of a sentence. ``#mot`` is a code, several in a line are several; ``Parent >
    Enfant`` is a code in another; after ``Code :``, the whole line is one, whatever it says. From
    the first line that is none, everything is a note.

    Example:
        >>> said_in("Confiance ; Temps > Manque\nElle hésite beaucoup.")
        Said(codes=(('Confiance',), ('Temps', 'Manque')), note='Elle hésite beaucoup.')
    """
    lines = comment.strip().split("\n")
    codes: list[Path] = []
    for place, line in enumerate(lines):
        found = _codes_of(line)
        if found is None:
            return Said(tuple(dict.fromkeys(codes)), "\n".join(lines[place:]).strip())
        codes += found
    return Said(tuple(dict.fromkeys(codes)))


def _codes_of(line: str) -> list[Path] | None:
    text = line.strip()
    if not text:
        return []
    marked = _MARKED.fullmatch(text)
    if marked is not None:
        return [_path_of(marked[1])]
    if _TAG.fullmatch(text):
        return [(tag,) for tag in re.findall(r"#([^\s#;]+)", text)]
    paths = [_path_of(piece) for piece in text.split(";") if piece.strip()]
    names = [name for path in paths for name in path]
    return paths if names and all(map(_may_be_a_name, names)) else None


def _path_of(text: str) -> Path:
    return tuple(name.strip() for name in text.split(_INSIDE))


def _may_be_a_name(text: str) -> bool:
    short = 0 < len(text) <= MOST_LETTERS and len(text.split()) <= _MOST_WORDS
    return short and not text.endswith(_SENTENCE)


def comment_of(codes: Sequence[Path], notes: Sequence[str] = ()) -> str:
    """Return a comment that says these codes, a line each, then these notes."""
    return "\n".join([*map(_line_of, codes), *notes])


def _line_of(path: Path) -> str:
    plain = _INSIDE.join(path)
    return plain if said_in(plain).codes == (path,) else _MARK + plain


def reads_back(path: Path) -> bool:
    """Return whether a code named so is the same once read in a comment."""
    return said_in(comment_of([path])).codes == (path,)
