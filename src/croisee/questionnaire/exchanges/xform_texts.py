"""The words, pictures and sounds of an XForm, as the columns of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lxml import etree

from croisee.language import phrase
from croisee.questionnaire.exchanges.told import Loss
from croisee.questionnaire.exchanges.xform_paths import Paths
from croisee.questionnaire.xform import attribute, child

_UNNAMED = frozenset({"", "default"})
_ABSENT = frozenset({"", "-"})
_MEDIA = {
    "image": "media::image",
    "big-image": "media::big-image",
    "audio": "media::audio",
    "video": "media::video",
    "guidance": "guidance_hint",
}
"""``form`` of a text's value → column of XLSForm."""


class Texts:
    """The texts of a form in its languages, the default one first.

    Args:
        model: of the form.
        paths: what its nodes are called.
        lost: what to call with each thing a workbook cannot say.
    """

    def __init__(self, model: etree._Element, paths: Paths, lost: Callable[[Loss], None]) -> None:
        self._paths, self._lost = paths, lost
        itext = child(model, "itext")
        found = [] if itext is None else [one for one in itext if _local(one) == "translation"]
        found.sort(key=lambda one: not _is_default(one))
        self.languages = tuple(str(one.get("lang", "")) for one in found)
        self.default = self.languages[0] if found and _is_default(found[0]) else ""
        self._by_key: dict[str, list[tuple[str, etree._Element]]] = {}
        for one, language in zip(found, self.languages, strict=True):
            for entry in one:
                self._by_key.setdefault(str(entry.get("id", "")), []).append((language, entry))

    def cells(self, element: etree._Element | None, column: str, at: str) -> dict[str, str]:
        """Return what a label or a hint says, by column of the workbook.

        Args:
            element: ``<label>`` or ``<hint>``; its text, or a key of the texts.
            column: what its words go under (``label``).
            at: the path of the node it is of.
        """
        if element is None:
            return {}
        key = text_key(attribute(element, "ref"))
        if key:
            return self.keyed(key, column, at)
        said = self._said(element, at)
        return {self._column(column, self.default): said} if said else {}

    def keyed(self, key: str, column: str, at: str) -> dict[str, str]:
        """Return what a key of the texts says, by column: words, pictures, sounds."""
        cells: dict[str, str] = {}
        for language, entry in self._by_key.get(key, []):
            for value in entry:
                form = str(value.get("form", ""))
                said = self._said(value, at)
                if said in _ABSENT:
                    continue
                if not form:
                    cells[self._column(column, language)] = said
                elif form in _MEDIA:
                    name = said.rpartition("/")[2] if said.startswith("jr://") else said
                    cells[self._column(_MEDIA[form], language)] = name
                elif form not in {"long", "short"}:
                    what = phrase("Le texte de la forme « {form} » n’est pas repris.", form=form)
                    self._lost(Loss(at.rpartition("/")[2], what))
        return cells

    def message(self, written: str, column: str, at: str) -> dict[str, str]:
        """Return a message of a bind (``constraintMsg``), by column."""
        key = text_key(written)
        if key:
            return self.keyed(key, column, at)
        return {self._column(column, self.default): written.strip()} if written.strip() else {}

    def _column(self, column: str, language: str) -> str:
        return column if language in _UNNAMED else f"{column}::{language}"

    def _said(self, value: etree._Element, at: str) -> str:
        return "".join(self._pieces(value, at)).strip()

    def _pieces(self, value: etree._Element, at: str) -> Iterator[str]:
        yield value.text or ""
        for one in value:
            if _local(one) == "output":
                written = attribute(one, "value") or attribute(one, "ref")
                reference = self._paths.reference(written, at)
                if not reference:
                    what = phrase(
                        "Le texte montre « {written} », qu’un classeur ne sait pas dire : "
                        "trois points à la place.",
                        written=written.strip(),
                    )
                    self._lost(Loss(at.rpartition("/")[2], what))
                yield reference or "…"
            else:
                yield "".join(str(text) for text in one.itertext())
            yield one.tail or ""


def text_key(reference: str) -> str:
    """Return the key that ``jr:itext('key')`` names, ``""`` for any other text."""
    written = reference.strip()
    if not written.startswith("jr:itext("):
        return ""
    return written[len("jr:itext(") :].rstrip(")").strip().strip("'\"")


def _is_default(translation: etree._Element) -> bool:
    return bool(translation.get("default"))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname
