"""Two languages: French source strings, a complete English catalogue.

A message is a :class:`Phrase`: it is written once in French, travels as a value,
and becomes text only where a reader's language is known.
"""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

Language = Literal["fr", "en"]
LANGUAGES: tuple[Language, ...] = ("fr", "en")


@cache
def catalogue(language: Language) -> gettext.NullTranslations:
    """Return the catalogue of one language (French too: its plural rule is n > 1)."""
    return gettext.translation(
        "croisee", Path(__file__).parent / "locale", languages=[language], fallback=True
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of ours and the values it speaks of, in no language yet.

    ``one`` is the French source; ``many`` its plural, chosen by ``count``.
    Values replace ``{name}`` marks. Make it with :func:`phrase` or :func:`phrases`
    so that the catalogue tool finds the source string.
    """

    one: str
    values: tuple[tuple[str, object], ...] = ()
    many: str = field(default="")
    count: int | None = None

    def to(self, language: Language) -> str:
        """Return the sentence in ``language``; the empty sentence is empty in all of them."""
        if not self.one:
            return ""  # gettext answers the empty message with the catalogue's own header
        words = catalogue(language)
        if self.count is None:
            text = words.gettext(self.one)
        else:
            text = words.ngettext(self.one, self.many, self.count)
        values = {
            name: value.to(language) if isinstance(value, Phrase | Label) else value
            for name, value in self.values
        }
        return text.format(**values) if values else text


@dataclass(frozen=True, slots=True)
class Label:
    """A text of the study (not ours): French, and English where the study gives it."""

    fr: str
    en: str = ""

    def to(self, language: Language) -> str:
        """Return the English text if it exists and is asked for, else the French one."""
        return self.en if language == "en" and self.en else self.fr


def phrase(source: str, /, **values: object) -> Phrase:
    """Return a phrase with its values, in the order given (so that equal phrases are equal)."""
    return Phrase(source, tuple(values.items()))


def phrases(one: str, many: str, count: int, /, **values: object) -> Phrase:
    """Return a phrase that has a plural; ``{n}`` is the count."""
    return Phrase(one, (("n", count), *values.items()), many, count)


STOPPED = phrase("Arrêté. Ce qui n’était pas fini n’est pas écrit ; ce qui était là y est encore.")


def language_of(given: list[str]) -> Language:
    """Return the language to speak: the one asked for, else the terminal's."""
    for position, word in enumerate(given):
        if word == "--lang" and position + 1 < len(given):
            return "en" if given[position + 1].startswith("en") else "fr"
        if word.startswith("--lang="):
            return "en" if word[7:].startswith("en") else "fr"
    names = ("CROISEE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
    wanted = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "en" if wanted.startswith("en") else "fr"
