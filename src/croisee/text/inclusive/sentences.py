"""Our own sentences in the study's manner of writing, and what a screen reader says of a form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import Literal

from croisee.text.inclusive.forms import InclusiveForm, Writing, in_case_of, inclusive_forms
from croisee.text.inclusive.writing import median, parentheses

Manner = Literal["as typed", "doublets", "median", "parentheses"]
"""How generated sentences write both genders. Words of people are always as typed."""

_ELIDED = re.compile(r"(?<![^\W_])((?:[ldLD]|[qQ]u)[’'ʼ])$")
_BEFORE = 5
"""Characters read before a form to see an elided article."""


@dataclass(frozen=True, slots=True)
class Said:
    """A piece of a text: what is shown, and what is heard when that differs (else ``None``)."""

    shown: str
    heard: str | None = None


def rewritten(sentence: str, manner: Manner) -> str:
    """Return a sentence **of ours** with its inclusive forms written in one manner.

    Never to be used on what someone said or wrote. Coined words are left as they are.

    Example:
        >>> rewritten("les intervenant·e·s engagé·e·s", "doublets")
        'les intervenantes engagées et intervenants engagés'
        >>> rewritten("les citoyennes et citoyens", "median")
        'les citoyen·ne·s'
    """
    if manner == "as typed":
        return sentence
    if manner == "doublets":
        return "".join(said.shown if said.heard is None else said.heard for said in heard(sentence))
    write = median if manner == "median" else parentheses
    pieces: list[str] = []
    done = 0
    for form in inclusive_forms(sentence):
        if form.writing is not Writing.COINED:
            pieces += (sentence[done : form.start], in_case_of(form.text, write(form.pair)))
            done = form.end
    return "".join((*pieces, sentence[done:]))


def heard(text: str) -> tuple[Said, ...]:
    """Return a text in pieces, each short form with the full words to be heard in its place.

    « les intervenant·e·s » is shown so and heard « les intervenantes et intervenants ». Forms
    that follow each other are said together; an elided article is said twice (« l’étudiante ou
    l’étudiant »). Whole words and coined words are heard as they are.
    """
    short = [form for form in inclusive_forms(text) if form.writing is Writing.ABBREVIATED]
    if not short:
        return (Said(text),)
    pieces: list[Said] = []
    done = 0
    for group in _together(text, short):
        start, end = group[0].start, group[-1].end
        elided = _ELIDED.search(text[max(0, start - _BEFORE) : start])
        before = elided[1] if elided else ""
        pieces.append(Said(text[done:start]))
        pieces.append(Said(text[start:end], _both(group, before)))
        done = end
    pieces.append(Said(text[done:]))
    return tuple(piece for piece in pieces if piece.shown)


def _together(text: str, forms: list[InclusiveForm]) -> list[list[InclusiveForm]]:
    """Return the forms in groups: « un·e intervenant·e » is one thing said twice."""
    groups = [[forms[0]]]
    for before, form in pairwise(forms):
        if text[before.end : form.start] in {" ", "\u00a0"}:
            groups[-1].append(form)
        else:
            groups.append([form])
    return groups


def _both(group: list[InclusiveForm], elided: str) -> str:
    plural = group[-1].pair.plural or group[-1].pair.masculine == "eux"
    she = " ".join(form.feminine for form in group)
    he = " ".join(form.masculine for form in group)
    if not group[0].text.isupper():
        he = he[:1].lower() + he[1:]
    return f"{she} {'et' if plural else 'ou'} {elided.lower()}{he}"


def heard_html(text: str, *, hidden: str) -> str:
    """Return a text as HTML in which a short form is seen as typed and heard in full.

    ``hidden`` is the class that hides from sight only. A text without short forms is escaped.

    Example:
        >>> heard_html("élu·e", hidden="h")
        '<span aria-hidden="true">élu·e</span><span class="h">élue ou élu</span>'
    """
    return "".join(
        escape(said.shown)
        if said.heard is None
        else f'<span aria-hidden="true">{escape(said.shown)}</span>'
        f'<span class="{escape(hidden)}">{escape(said.heard)}</span>'
        for said in heard(text)
    )
