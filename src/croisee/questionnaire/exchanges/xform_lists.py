"""The choices of an XForm, as the lists of a workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from croisee.language import phrase
from croisee.questionnaire.exchanges.told import Loss
from croisee.questionnaire.exchanges.xform_paths import Paths
from croisee.questionnaire.exchanges.xform_texts import Texts
from croisee.questionnaire.values import node_text
from croisee.questionnaire.xform import attribute, child

_SHUFFLED = re.compile(r"randomize\((.*?)(?:,\s*([^(),]+))?\)", re.DOTALL)
_INSTANCE = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)/root/item(?:\[(.*)\])?", re.DOTALL)
_REPEATED = re.compile(r"(/[\w.\-/]+?)\[\s*\./([\w.\-]+)\s*!=\s*''\s*\]")
_FILE = re.compile(r"jr://(?:file|file-csv)/([\w.\- ]+\.(?:csv|xml|geojson))")
_NAME, _LABEL, _KEY = "name", "label", "itextId"
_UNFIT = re.compile(r"[^\w.\-]+")

Record = dict[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Where the choices of a question are, as its row says it."""

    list_name: str
    kind: str = ""
    """``from_file``, or nothing: what stands between ``select_one`` and the list."""
    cells: Record = field(default_factory=dict)
    parameters: tuple[str, ...] = ()


class Lists:
    """The lists of a form, written as they are met.

    Args:
        model: of the form.
        texts: its words.
        paths: what its nodes are called.
    """

    def __init__(self, model: etree._Element, texts: Texts, paths: Paths) -> None:
        self._texts, self._paths = texts, paths
        self._instances = {
            str(one.get("id", "")): one
            for one in model
            if etree.QName(one).localname == "instance" and one.get("id")
        }
        self.choices: list[Record] = []
        self.losses: list[Loss] = []
        self.met: set[str] = set()
        self._written: dict[tuple[tuple[tuple[str, str], ...], ...], str] = {}
        self._shape: dict[str, tuple[str, str]] = {}

    def asked(self, control: etree._Element, path: str) -> Asked:
        """Return where the choices of one question are; its list is written the first time."""
        itemset = child(control, "itemset")
        if itemset is None:
            return Asked(self._inline(control, path))
        nodeset = attribute(itemset, "nodeset").strip()
        parameters: tuple[str, ...] = ()
        shuffled = _SHUFFLED.fullmatch(nodeset)
        if shuffled is not None:
            nodeset = shuffled[1].strip()
            seed = self._paths.named(shuffled[2] or "")
            parameters = ("randomize=true", *([f"seed={seed}"] if seed else []))
        value, label = child(itemset, "value"), child(itemset, "label")
        code = attribute(value, "ref").strip() if value is not None else _NAME
        shown = attribute(label, "ref").strip() if label is not None else _LABEL
        return self._from(nodeset, code or _NAME, shown or _LABEL, path, parameters)

    def files(self) -> list[tuple[str, str]]:
        """Return (name, file) of each table beside the form that no question chooses from."""
        return [
            (key, found[1])
            for key, one in self._instances.items()
            if key not in self.met and (found := _FILE.fullmatch(str(one.get("src", ""))))
        ]

    def left_over(self) -> None:
        """Write the lists that no question chooses from: expressions look into them."""
        for key, one in self._instances.items():
            if key not in self.met and not one.get("src") and len(one):
                keyed = any(child(item, _KEY) is not None for item in one[0])
                self._write(key, _NAME, f"jr:itext({_KEY})" if keyed else _LABEL)

    def twice(self) -> bool:
        """Return whether a list says the same code twice, as forms filtered by place do."""
        said = [(one["list_name"], one.get(_NAME, "")) for one in self.choices]
        return len(set(said)) < len(said)

    def _from(
        self, nodeset: str, code: str, shown: str, path: str, parameters: tuple[str, ...]
    ) -> Asked:
        found = _INSTANCE.fullmatch(nodeset)
        if found is not None and found[1] in self._instances:
            key, chosen = found[1], self._paths.named(found[2] or "")
            cells = {"choice_filter": chosen} if chosen else {}
            beside = _FILE.fullmatch(str(self._instances[key].get("src", "")))
            if beside is None:
                return Asked(self._list(key, code, shown, path), "", cells, parameters)
            self.met.add(key)
            said = [f"value={code}"] if code != _NAME else []
            said += [f"label={shown}"] if shown != _LABEL else []
            return Asked(beside[1], "from_file", cells, (*said, *parameters))
        times = _REPEATED.fullmatch(nodeset)
        if times is not None:
            name = self._paths.reference(f"{times[1]}/{times[2]}", path)
            if name:
                return Asked(name, "", {}, parameters)
        what = phrase("Ses choix viennent de « {nodeset} », qu’un classeur ne sait pas dire : "
                      "la liste est vide.", nodeset=nodeset)  # fmt: skip
        self.losses.append(Loss(path.rpartition("/")[2], what))
        return Asked(self._inline(control=etree.Element("none"), path=path), "", {}, parameters)

    def _list(self, key: str, code: str, shown: str, path: str) -> str:
        if key not in self.met:
            self._shape[key] = (code, shown)
            self._write(key, code, shown)
        elif self._shape.get(key) != (code, shown):
            what = phrase("La liste {name} est lue autrement à une autre question : "
                          "ses codes et libellés sont ceux de la première.", name=key)  # fmt: skip
            self.losses.append(Loss(path.rpartition("/")[2], what))
        return key

    def _write(self, key: str, code: str, shown: str) -> None:
        self.met.add(key)
        inside = self._instances[key]
        keyed = shown.startswith("jr:itext(")
        label = shown[len("jr:itext(") : -1].strip() if keyed else shown
        for item in inside[0] if len(inside) else ():
            record: Record = {"list_name": key}
            for one in item:
                name, said = etree.QName(one).localname, node_text(one).strip()
                if name == code:
                    record[_NAME] = said
                elif name == label:
                    record |= (
                        self._texts.keyed(said, _LABEL, f"/{key}") if keyed else {_LABEL: said}
                    )
                elif said:
                    record[f"{name}_2" if name in {_NAME, _LABEL, "list_name"} else name] = said
            self.choices.append(record)

    def _inline(self, control: etree._Element, path: str) -> str:
        """Write choices that stand in the question itself; the same ones are one list."""
        found: list[Record] = []
        for item in control:
            value = child(item, "value") if etree.QName(item).localname == "item" else None
            if value is not None:
                cells = self._texts.cells(child(item, "label"), _LABEL, path)
                found.append({_NAME: node_text(value).strip(), **cells})
        shape = tuple(tuple(one.items()) for one in found)
        if shape in self._written:
            return self._written[shape]
        name = _UNFIT.sub("_", path.rpartition("/")[2])
        taken = {*self._written.values(), *self._instances}
        while name in taken:
            name += "_"
        self._written[shape] = name
        self.choices += [{"list_name": name, **one} for one in found]
        return name
