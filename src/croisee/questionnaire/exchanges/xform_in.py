"""A questionnaire from an XForm: what ODK, Kobo and Ona compile a workbook to, read back.

Source: ODK XForms Specification; XLSForm, « Reference table ».
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from croisee.formats.refused import FormatRefused
from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.language import Phrase, phrase
from croisee.questionnaire.exchanges.told import Imported, Loss
from croisee.questionnaire.exchanges.xform_controls import (
    CONTROLS,
    Record,
    control_cells,
    hidden_type,
    prefixed,
    question_type,
)
from croisee.questionnaire.exchanges.xform_lists import Lists
from croisee.questionnaire.exchanges.xform_paths import Paths
from croisee.questionnaire.exchanges.xform_texts import Texts
from croisee.questionnaire.xform import attribute, child, parsed_xml

_OF_SERVER = frozenset({"formhub", "__version__"})
"""What KoboToolbox and Ona put in a form for themselves."""
_OF_META = frozenset({"instanceID", "deprecatedID", "instanceName", "rootUuid"})
_BIND_READ = frozenset(
    {
        "nodeset", "type", "required", "relevant", "constraint", "constraintMsg", "requiredMsg",
        "calculate", "readonly", "preload", "preloadParams", "saveto", "max-pixels",
    }
)  # fmt: skip
_FIRST, _CHANGED = "odk-instance-first-load", "xforms-value-changed"


def is_xform(head: bytes) -> bool:
    """Return whether a file is an XForm, by its first thousands of bytes."""
    return b"http://www.w3.org/2002/xforms" in head and b"html" in head and b"<" in head


def questionnaire_of_xform(content: bytes) -> Imported:
    """Return the workbook of an XForm; compiled again, it asks the same questions.

    Raises:
        FormatRefused: not XML, hostile, or no XForm.
    """
    root = parsed_xml(content)
    head, body = child(root, "head"), child(root, "body")
    model = child(head, "model") if head is not None else None
    first = child(model, "instance") if model is not None else None
    if head is None or body is None or model is None or first is None or not len(first):
        raise FormatRefused(
            phrase("Ce fichier XML n’est pas un questionnaire (XForm) complet."),
            phrase("Téléchargez de nouveau le questionnaire, ou exportez-le en XLSForm."),
        )
    reading = _Reading(model, first[0], body)
    survey = list(reading.rows(first[0], f"/{_local(first[0])}"))
    reading.lists.left_over()
    asides = [
        {"type": "csv-external" if file.endswith(".csv") else "xml-external", "name": name}
        for name, file in reading.lists.files()
    ]
    sheets = [worksheet_of("survey", [*asides, *survey])]
    if reading.lists.choices:
        sheets.append(worksheet_of("choices", reading.lists.choices))
    sheets.append(worksheet_of("settings", [reading.settings(head, body)]))
    losses = dict.fromkeys((*reading.losses, *reading.lists.losses))
    return Imported(Workbook(tuple(sheets)), tuple(losses))


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


class _Reading:
    """What a form says of each node of its answer sheet, and the rows made of it."""

    def __init__(
        self, model: etree._Element, primary: etree._Element, body: etree._Element
    ) -> None:
        self.losses: list[Loss] = []
        self._primary = primary
        self._binds = {
            _unprefixed(attribute(one, "nodeset")): one for one in model if _local(one) == "bind"
        }
        self._paths = Paths(_paths_of(primary, f"/{_local(primary)}"))
        self._texts = Texts(model, self._paths, self.losses.append)
        self.lists = Lists(model, self._texts, self._paths)
        self._shown: dict[str, etree._Element] = {}
        self._order: dict[str, int] = {}
        self._actions: dict[str, Record] = {}
        self._read_body(body)
        self._read_actions(model)

    def settings(self, head: etree._Element, body: etree._Element) -> Record:
        """Return the row of ``settings``."""
        title = child(head, "title")
        root = f"/{_local(self._primary)}"
        named = self._binds.get(f"{root}/meta/instanceName")
        said = {
            "form_title": "".join(map(str, title.itertext())).strip() if title is not None else "",
            "form_id": str(self._primary.get("id", "")),
            "version": attribute(self._primary, "version"),
            "default_language": self._texts.default,
            "instance_name": self._paths.named(attribute(named, "calculate"))
            if named is not None else "",
            "style": attribute(body, "class"),
            "name": _local(self._primary) if _local(self._primary) != "data" else "",
            "allow_choice_duplicates": "yes" if self.lists.twice() else "",
        }  # fmt: skip
        return {name: cell for name, cell in said.items() if cell}

    def _read_body(self, parent: etree._Element) -> None:
        for element in parent:
            name = _local(element)
            path = _unprefixed(attribute(element, "ref") or attribute(element, "nodeset"))
            if name in CONTROLS:
                self._show(path, element)
                self._read_actions(element, trigger=path)
            elif name == "repeat":
                self._show(path, element)
                self._read_actions(element)
                self._read_body(element)
            elif name == "group":
                if path and child(element, "repeat") is None:
                    self._show(path, element)
                elif not path and child(element, "label") is not None:
                    said = self._texts.cells(child(element, "label"), "label", "")
                    self._lose(
                        "",
                        phrase("Un groupe sans nom n’est que pour l’écran, et n’est pas repris : "
                               "{label}", label=next(iter(said.values()), "")),
                    )  # fmt: skip
                self._read_body(element)

    def _show(self, path: str, element: etree._Element) -> None:
        if path in self._shown:
            what = phrase("Cette question est posée deux fois : seule la première est reprise.")
            self._lose(path.rpartition("/")[2], what)
            return
        self._shown[path] = element
        self._order[path] = len(self._order)

    def _read_actions(self, parent: etree._Element, trigger: str = "") -> None:
        for action in parent:
            name, path = _local(action), _unprefixed(attribute(action, "ref"))
            if name not in {"setvalue", "setgeopoint", "recordaudio"}:
                continue
            events = attribute(action, "event").split()
            said = attribute(action, "value") or (f"'{action.text}'" if action.text else "")
            cells = self._actions.setdefault(path, {})
            if name == "recordaudio":
                quality = attribute(action, "quality")
                cells["type"] = "background-audio"
                cells |= {"parameters": f"quality={quality}"} if quality else {}
            elif name == "setgeopoint":
                cells["type"] = "background-geopoint" if trigger else "start-geopoint"
                cells |= {"trigger": self._paths.reference(trigger, path)} if trigger else {}
            elif _CHANGED in events and trigger:
                cells["trigger"] = self._paths.reference(trigger, path)
                cells["calculation"] = self._paths.named(said)
            elif _FIRST in events or "odk-new-repeat" in events:
                cells["default"] = self._paths.named(said)
            else:
                what = phrase("L’action « {event} » n’est pas reprise.", event=" ".join(events))
                self._lose(path.rpartition("/")[2], what)

    def rows(self, parent: etree._Element, at: str) -> Iterator[Record]:
        """Yield the rows of what stands in one element of the answer sheet, in order."""
        met: set[str] = set()
        kept: list[tuple[str, etree._Element]] = []
        for one in parent:
            name = _local(one)
            if name not in met and not (at.count("/") == 1 and name in _OF_SERVER | {"meta"}):
                kept.append((f"{at}/{name}", one))
            elif name in _OF_SERVER:
                self._lose("", phrase("Laissé : {name}, que le serveur avait ajouté.", name=name))
            met.add(name)
        for path, one in self._in_order(kept):
            yield from self._rows(one, path)
        if at.count("/") == 1:
            yield from self._meta()

    def _in_order(
        self, found: list[tuple[str, etree._Element]]
    ) -> list[tuple[str, etree._Element]]:
        """Return elements as the body shows them; one it never shows stays after its neighbour."""
        first = {path: self._first(path) for path, _ in found}
        ranked: list[tuple[float, int]] = []
        last = -1.0
        for place, (path, _) in enumerate(found):
            last = first[path] if first[path] is not None else last  # type: ignore[assignment]
            ranked.append((last, place))
        return [found[place] for _, place in sorted(ranked)]

    def _first(self, path: str) -> float | None:
        below = f"{path}/"
        ranks = [
            rank for shown, rank in self._order.items() if shown == path or shown.startswith(below)
        ]
        return min(ranks, default=None)

    def _rows(self, element: etree._Element, path: str) -> Iterator[Record]:
        control = self._shown.get(path)
        name = path.rpartition("/")[2]
        if len(element) or (control is not None and _local(control) in {"group", "repeat"}):
            kind = "repeat" if control is not None and _local(control) == "repeat" else "group"
            record = {"type": f"begin_{kind}", "name": name, **self._bound(path)}
            if control is not None:
                record |= self._container(control, path)
            yield record
            yield from self.rows(element, path)
            yield {"type": f"end_{kind}", "name": name}
        elif control is None:
            yield self._hidden(element, path)
        else:
            yield self._question(element, control, path)

    def _container(self, control: etree._Element, path: str) -> Record:
        held = control.getparent() if _local(control) == "repeat" else control
        count = attribute(control, "count")
        appearance = attribute(control, "appearance")
        labelled = held if held is not None and _local(held) == "group" else control
        said = {
            **self._texts.cells(child(labelled, "label"), "label", path),
            "appearance": appearance or attribute(labelled, "appearance"),
            "repeat_count": self._paths.reference(count, path) or self._paths.named(count),
        }
        return {column: cell for column, cell in said.items() if cell}

    def _question(self, element: etree._Element, control: etree._Element, path: str) -> Record:
        bind = self._binds.get(path)
        record: Record = {"type": "", "name": path.rpartition("/")[2]}
        record |= self._texts.cells(child(control, "label"), "label", path)
        record |= self._texts.cells(child(control, "hint"), "hint", path)
        bound = self._bound(path)
        kind = question_type(control, bind)
        parameters: list[str] = []
        if kind.startswith(("select_", "rank")):
            asked = self.lists.asked(control, path)
            between = f"_{asked.kind}" if asked.kind else ""
            kind = f"{kind}{between} {asked.list_name}"
            record |= asked.cells
            parameters += asked.parameters
        if kind == "note":
            bound.pop("readonly", None)
        cells, more, lost = control_cells(control, bind)
        for what in lost:
            self._lose(record["name"], what)
        default = (element.text or "").strip()
        record |= {"default": default} if default else {}
        record |= {**bound, **cells, **self._acted(path)}
        if parameters or more:
            record["parameters"] = " ".join((*parameters, *more))
        return record | {"type": kind}

    def _hidden(self, element: etree._Element, path: str) -> Record:
        bind = self._binds.get(path)
        default = (element.text or "").strip()
        record: Record = {"type": hidden_type(bind), "name": path.rpartition("/")[2]}
        record |= self._bound(path)
        record |= {"default": default} if default else {}
        return record | self._acted(path)

    def _acted(self, path: str) -> Record:
        return {name: cell for name, cell in self._actions.get(path, {}).items() if cell}

    def _bound(self, path: str) -> Record:
        """Return what the bind of a node says, by column."""
        bind = self._binds.get(path)
        if bind is None:
            return {}
        said: Record = {}
        for name, column in (
            ("required", "required"), ("relevant", "relevant"), ("constraint", "constraint"),
            ("calculate", "calculation"), ("readonly", "readonly"),
        ):  # fmt: skip
            cell = self._paths.named(attribute(bind, name))
            if cell and cell != "false()":
                said[column] = "yes" if cell == "true()" else cell
        said |= self._texts.message(attribute(bind, "constraintMsg"), "constraint_message", path)
        said |= self._texts.message(attribute(bind, "requiredMsg"), "required_message", path)
        saved = attribute(bind, "saveto")
        if saved:
            said["save_to"] = saved
        for key, setting in bind.attrib.items():
            if etree.QName(key).localname not in _BIND_READ:
                said[f"bind::{prefixed(str(key))}"] = str(setting)
        return said

    def _meta(self) -> Iterator[Record]:
        meta = child(self._primary, "meta")
        root = f"/{_local(self._primary)}/meta"
        for one in meta if meta is not None else ():
            name = _local(one)
            if name in _OF_META:
                continue
            bind = self._binds.get(f"{root}/{name}")
            if name == "audit" and bind is not None:
                said = [
                    f"{etree.QName(key).localname}={setting!s}"
                    for key, setting in bind.attrib.items()
                    if etree.QName(key).localname not in {"nodeset", "type"}
                ]
                yield {"type": "audit", "name": "audit", "parameters": " ".join(said)}
            elif name == "entity":
                self._lose("", phrase("Les entités (ODK) ne sont pas reprises."))
            else:
                self._lose("", phrase("Laissé : {name}, que le serveur avait ajouté.", name=name))

    def _lose(self, question: str, what: Phrase) -> None:
        self.losses.append(Loss(question, what))


def _paths_of(element: etree._Element, at: str) -> Iterator[str]:
    met: set[str] = set()
    for one in element:
        name = _local(one)
        if name not in met:
            met.add(name)
            yield f"{at}/{name}"
            yield from _paths_of(one, f"{at}/{name}")


def _unprefixed(path: str) -> str:
    return "/".join(step.rpartition(":")[2] for step in path.strip().split("/"))
