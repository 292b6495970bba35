"""What a person must be told of a project read or written: once each, with the first place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from lxml import etree

from croisee.formats.coded.positions import Unit
from croisee.formats.transcripts.hostile_xml import line_of
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_MOST_SAID = 20
"""Passages told one by one; the others are counted."""


class Telling:
    """Notices being gathered while a project is read."""

    def __init__(self) -> None:
        self._left: Counter[str] = Counter()
        self._first: dict[str, int] = {}
        self._said: list[Notice] = []
        self._past = 0

    def left(self, kind: str, count: int, element: etree._Element | None = None) -> None:
        """Count things of a kind that are not read (see ``_KINDS``)."""
        if count:
            self._left[kind] += count
            self._first.setdefault(kind, 0 if element is None else line_of(element))

    def twice(self, key: str, element: etree._Element) -> None:
        """Say that an identifier stands for two things."""
        said = phrase("L’identifiant {key} sert deux fois.", key=key)
        self._said.append(Notice(said, _CHECK, line_of(element) or None))

    def past(
        self, source: str, start: int, end: int, element: etree._Element | None = None
    ) -> None:
        """Say that a passage is not in its text; after twenty, count them."""
        self._past += 1
        if self._past <= _MOST_SAID:
            said = phrase(
                "Un passage ({start} à {end}) sort de « {source} » : il n’est pas lu.",
                start=start, end=end, source=source,
            )  # fmt: skip
            line = None if element is None else line_of(element) or None
            self._said.append(Notice(said, _CHECK, line))

    def without_text(self, source: str, element: etree._Element) -> None:
        """Say that a source has no text in the project."""
        said = phrase("Le texte de « {source} » n’est pas dans le projet.", source=source)
        remedy = phrase("Exportez de nouveau avec les sources, ou gardez le projet d’origine.")
        self._said.append(Notice(said, remedy, line_of(element) or None))

    def unit(
        self, source: str, unit: Unit, *, two_for_line: bool, at: etree._Element | None = None
    ) -> None:
        """Say in what the positions of a source were counted."""
        said = phrase(
            "Les positions de « {source} » comptent des {unit}.", source=source, unit=_UNITS[unit]
        )
        if two_for_line:
            said = phrase(
                "Les positions de « {source} » comptent des {unit}, et deux par fin de ligne.",
                source=source, unit=_UNITS[unit],
            )  # fmt: skip
        remedy = phrase("Elles sont ramenées à des caractères. Relisez un passage ou deux.")
        self._said.append(Notice(said, remedy, None if at is None else line_of(at) or None))

    def nowhere(self, lost: Mapping[str, int]) -> None:
        """Say how many references point at nothing."""
        for kind, count in lost.items():
            if count:
                self._said.append(Notice(_NOWHERE[kind](count), _CHECK))

    def notices(self) -> tuple[Notice, ...]:
        """Return what was gathered."""
        if self._past > _MOST_SAID:
            rest = self._past - _MOST_SAID
            said = phrases(
                "{n} autre passage sort de son texte.",
                "{n} autres passages sortent de leur texte.",
                rest,
            )
            self._said.append(Notice(said, _CHECK))
        self._past = 0
        kept = phrase("Gardez le projet d’origine.")
        told = [
            Notice(_KINDS[kind](count), kept, self._first.get(kind) or None)
            for kind, count in self._left.items()
        ]
        return (*self._said, *told)


_CHECK = phrase("Vérifiez cet endroit dans votre logiciel.")
_UNITS = {
    Unit.POINTS: phrase("caractères"),
    Unit.UTF16: phrase("unités UTF-16"),
    Unit.BYTES: phrase("octets"),
}


def _media(count: int) -> Phrase:
    return phrases(
        "{n} passage d’un enregistrement n’est pas lu.",
        "{n} passages d’enregistrements ne sont pas lus.",
        count,
    )


def _pictures(count: int) -> Phrase:
    return phrases("{n} zone d’image n’est pas lue.", "{n} zones d’image ne sont pas lues.", count)


_KINDS: dict[str, Callable[[int], Phrase]] = {
    "AudioSource": _media,
    "VideoSource": _media,
    "PictureSource": _pictures,
    "PDFSource": lambda count: phrases(
        "{n} zone de page PDF n’est pas lue.", "{n} zones de page PDF ne sont pas lues.", count
    ),
    "Links": lambda count: phrases("{n} lien n’est pas lu.", "{n} liens ne sont pas lus.", count),
    "Graphs": lambda count: phrases(
        "{n} schéma n’est pas lu.", "{n} schémas ne sont pas lus.", count
    ),
    "textless": lambda count: phrases(
        "{n} source sans texte (image, son, film) n’est pas lue, ni ce qui s’y rattache.",
        "{n} sources sans texte (image, son, film) ne sont pas lues, ni ce qui s’y rattache.",
        count,
    ),
    "reference": lambda count: phrases(
        "{n} ligne de références bibliographiques n’est pas lue.",
        "{n} lignes de références bibliographiques ne sont pas lues.",
        count,
    ),
    "important": lambda count: phrases(
        "{n} codage est lu sans sa marque « important ».",
        "{n} codages sont lus sans leur marque « important ».",
        count,
    ),
    "note": lambda count: phrases(
        "{n} codage d’une note n’est pas lu.", "{n} codages de notes ne sont pas lus.", count
    ),
    "whole": lambda count: phrases(
        "{n} codage d’un enregistrement entier n’est pas lu.",
        "{n} codages d’enregistrements entiers ne sont pas lus.",
        count,
    ),
    "timed": lambda count: phrases(
        "{n} passage dit par son temps seul n’est pas lu.",
        "{n} passages dits par leur temps seul ne sont pas lus.",
        count,
    ),
}
_NOWHERE: dict[str, Callable[[int], Phrase]] = {
    "code": lambda count: phrases(
        "{n} codage nomme un code qui n’est pas là : il n’est pas lu.",
        "{n} codages nomment un code qui n’est pas là : ils ne sont pas lus.",
        count,
    ),
    "note": lambda count: phrases(
        "{n} renvoi nomme une note qui n’est pas là.",
        "{n} renvois nomment une note qui n’est pas là.",
        count,
    ),
    "variable": lambda count: phrases(
        "{n} valeur nomme une variable qui n’est pas là.",
        "{n} valeurs nomment une variable qui n’est pas là.",
        count,
    ),
    "source": lambda count: phrases(
        "{n} renvoi nomme une source qui n’est pas là.",
        "{n} renvois nomment une source qui n’est pas là.",
        count,
    ),
    "passage": lambda count: phrases(
        "{n} renvoi nomme un passage qui n’est pas là.",
        "{n} renvois nomment un passage qui n’est pas là.",
        count,
    ),
}
