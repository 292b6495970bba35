"""Reading an XForm.

Source: ODK XForms Specification, « Primary Instance », « Bindings », « Body Elements ».
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from croisee.formats import FormatRefused
from croisee.formats.xml import document
from croisee.language import phrase
from croisee.questionnaire.expressions import Expression, ExpressionRefused, parse
from croisee.questionnaire.form import Choice, Choices, Form, Kind, Node, Words
from croisee.questionnaire.values import node_text

_ALWAYS, _NEVER = "true()", "false()"


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def child(element: etree._Element, name: str) -> etree._Element | None:
    """Return the first child of this local name, whatever its namespace."""
    return next((one for one in element if _local(one) == name), None)


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute by its local name, whatever its namespace; ``""`` if absent."""
    found = (value for key, value in element.attrib.items() if etree.QName(key).localname == name)
    return str(next(found, ""))


def parsed_xml(content: bytes) -> etree._Element:
    """Return the root of hostile XML: no entity, no document type, no network.

    Raises:
        FormatRefused: not XML, too large, or with a document type.
    """
    try:
        return document(content)
    except FormatRefused as cause:
        raise _not_a_form() from cause


def _not_a_form() -> FormatRefused:
    return FormatRefused(
        phrase("Le formulaire n’est pas un XForm lisible."),
        phrase("Publiez de nouveau le questionnaire à partir de son classeur XLSForm."),
    )


def read_form(content: bytes) -> Form:
    """Read an XForm, as ``compile_form`` or another ODK tool writes it.

    Raises:
        FormatRefused: not an XForm; the message names the expression that cannot be read.
    """
    root = parsed_xml(content)
    head, body = child(root, "head"), child(root, "body")
    model = child(head, "model") if head is not None else None
    instances = [one for one in model if _local(one) == "instance"] if model is not None else []
    if head is None or body is None or model is None or not instances or not len(instances[0]):
        raise _not_a_form()
    primary = instances[0][0]
    reading = _Reading(model, primary)
    title = child(head, "title")
    return Form(
        identifier=str(primary.get("id", "")),
        version=attribute(primary, "version"),
        title=node_text(title).strip() if title is not None else "",
        languages=reading.languages,
        nodes=(*reading.children(body), *reading.hidden()),
        instance=etree.tostring(primary, encoding="utf-8"),
        lists=tuple(
            (str(one.get("id", "")), etree.tostring(one[0], encoding="utf-8"))
            for one in instances[1:]
            if len(one)
        ),
        texts=tuple(reading.texts.items()),
    )


_CONTROLS = {
    "select1": Kind.SINGLE,
    "select": Kind.MULTIPLE,
    "rank": Kind.RANKING,
    "trigger": Kind.TRIGGER,
    "upload": Kind.FILE,
    "range": Kind.RANGE,
}
_TYPES = {
    "int": Kind.INTEGER, "integer": Kind.INTEGER, "long": Kind.INTEGER, "decimal": Kind.DECIMAL,
    "date": Kind.DATE, "time": Kind.TIME, "dateTime": Kind.DATETIME, "geopoint": Kind.PLACE,
    "geotrace": Kind.PLACE, "geoshape": Kind.PLACE, "barcode": Kind.BARCODE, "rank": Kind.RANKING,
}  # fmt: skip


class _Reading:
    """The binds and texts of a form while its body is walked."""

    def __init__(self, model: etree._Element, primary: etree._Element) -> None:
        self._root = primary
        self._binds = {
            _unprefixed(attribute(one, "nodeset")): one for one in model if _local(one) == "bind"
        }
        self._shown: set[str] = set()
        self.texts: dict[str, Words] = {}
        self.languages: tuple[str, ...] = ("",)
        itext = child(model, "itext")
        if itext is not None:
            self._read_texts(itext)

    def _read_texts(self, itext: etree._Element) -> None:
        translations = [one for one in itext if _local(one) == "translation"]
        translations.sort(key=lambda one: not one.get("default"))
        self.languages = tuple(str(one.get("lang", "")) for one in translations) or ("",)
        found: dict[str, dict[str, tuple[str | Expression, ...]]] = {}
        for one, language in zip(translations, self.languages, strict=True):
            for entry in one:
                value = next((v for v in entry if _local(v) == "value" and not v.get("form")), None)
                pieces = () if value is None else self._pieces(value)
                if pieces not in {(), ("-",)}:
                    found.setdefault(str(entry.get("id", "")), {})[language] = pieces
        self.texts = {key: Words(tuple(by.items())) for key, by in found.items()}

    def _pieces(self, value: etree._Element) -> tuple[str | Expression, ...]:
        pieces: list[str | Expression] = [value.text or ""]
        for output in value:
            if _local(output) == "output":
                pieces.append(_expression(attribute(output, "value") or attribute(output, "ref")))
            pieces.append(output.tail or "")
        if isinstance(pieces[0], str):
            pieces[0] = pieces[0].lstrip()
        if isinstance(pieces[-1], str):
            pieces[-1] = pieces[-1].rstrip()
        return tuple(piece for piece in pieces if piece != "")

    def _words(self, element: etree._Element | None) -> Words:
        if element is None:
            return Words()
        key = _text_key(attribute(element, "ref"))
        if key:
            return self.texts.get(key, Words())
        pieces = self._pieces(element)
        return Words(((self.languages[0], pieces),)) if pieces else Words()

    def _message(self, bind: etree._Element | None, name: str) -> Words:
        written = attribute(bind, name) if bind is not None else ""
        if not written:
            return Words()
        key = _text_key(written)
        return self.texts.get(key, Words()) if key else Words(((self.languages[0], (written,)),))

    def children(self, parent: etree._Element) -> tuple[Node, ...]:
        """Return what a body, a group or a repeat shows."""
        return tuple(node for element in parent for node in self._nodes(element))

    def _nodes(self, element: etree._Element) -> Iterator[Node]:
        name = _local(element)
        if name == "group":
            repeat = child(element, "repeat")
            if repeat is not None:
                yield self._repeat(element, repeat)
            else:
                yield self._group(element)
        elif name == "repeat":
            yield self._repeat(element, element)
        elif name in _CONTROLS or name in {"input", "secret"}:
            yield self._question(element, name)

    def _group(self, element: etree._Element) -> Node:
        path = _unprefixed(attribute(element, "ref") or attribute(element, "nodeset"))
        self._shown.add(path)
        return Node(
            path=path,
            kind=Kind.GROUP,
            label=self._words(child(element, "label")),
            appearance=tuple(attribute(element, "appearance").split()),
            relevant=self._condition(path, "relevant"),
            children=self.children(element),
        )

    def _repeat(self, group: etree._Element, repeat: etree._Element) -> Node:
        path = _unprefixed(attribute(repeat, "nodeset"))
        self._shown.add(path)
        count = attribute(repeat, "count")
        appearance = attribute(repeat, "appearance") or attribute(group, "appearance")
        return Node(
            path=path,
            kind=Kind.REPEAT,
            label=self._words(child(group, "label")),
            appearance=tuple(appearance.split()),
            relevant=self._condition(path, "relevant"),
            count=_expression(count) if count else None,
            children=self.children(repeat),
        )

    def _question(self, element: etree._Element, name: str) -> Node:
        path = _unprefixed(attribute(element, "ref"))
        self._shown.add(path)
        bind = self._binds.get(path)
        typed = attribute(bind, "type").rpartition(":")[2] if bind is not None else ""
        kind = _CONTROLS.get(name) or _TYPES.get(typed, Kind.TEXT)
        readonly = bind is not None and attribute(bind, "readonly").strip() == _ALWAYS
        if readonly and kind is Kind.TEXT:
            kind = Kind.NOTE
        return Node(
            path=path,
            kind=kind,
            label=self._words(child(element, "label")),
            hint=self._words(child(element, "hint")),
            appearance=tuple(attribute(element, "appearance").split()),
            relevant=self._condition(path, "relevant"),
            required=self._condition(path, "required"),
            constraint=self._condition(path, "constraint"),
            constraint_message=self._message(bind, "constraintMsg"),
            required_message=self._message(bind, "requiredMsg"),
            calculate=self._condition(path, "calculate"),
            readonly=readonly,
            preload=attribute(bind, "preload") if bind is not None else "",
            default=self._default(path),
            choices=self._choices(element),
            parameters=_parameters(element, typed),
        )

    def hidden(self) -> Iterator[Node]:
        """Yield what the form keeps and never shows: calculations, facts of the session."""
        for path, bind in self._binds.items():
            if path in self._shown:
                continue
            yield Node(
                path=path,
                kind=Kind.CALCULATED,
                relevant=self._condition(path, "relevant"),
                calculate=self._condition(path, "calculate"),
                readonly=True,
                preload=attribute(bind, "preload"),
                default=self._default(path),
            )

    def _condition(self, path: str, name: str) -> Expression | None:
        bind = self._binds.get(path)
        written = attribute(bind, name).strip() if bind is not None else ""
        return (
            None
            if not written or (written == _NEVER and name == "required")
            else _expression(written)
        )

    def _default(self, path: str) -> str:
        steps = path.strip("/").split("/")[1:]
        found: etree._Element | None = self._root
        for step in steps:
            found = child(found, step.rpartition(":")[2]) if found is not None else None
        return (found.text or "").strip() if found is not None and not len(found) else ""

    def _choices(self, element: etree._Element) -> Choices:
        itemset = child(element, "itemset")
        if itemset is None:
            items = [one for one in element if _local(one) == "item"]
            return Choices(fixed=tuple(choice for one in items for choice in self._choice(one)))
        code, label = child(itemset, "value"), child(itemset, "label")
        shown = attribute(label, "ref") if label is not None else ""
        keyed = shown.startswith("jr:itext(")
        return Choices(
            items=_expression(attribute(itemset, "nodeset")),
            code=attribute(code, "ref") if code is not None else "name",
            label=shown[len("jr:itext(") : -1].strip() if keyed else shown,
            keyed=keyed,
        )

    def _choice(self, item: etree._Element) -> Iterator[Choice]:
        value = child(item, "value")
        if value is not None:
            yield Choice(node_text(value).strip(), self._words(child(item, "label")))


def _unprefixed(path: str) -> str:
    return "/".join(step.rpartition(":")[2] for step in path.strip().split("/"))


def _text_key(reference: str) -> str:
    written = reference.strip()
    if not written.startswith("jr:itext("):
        return ""
    return written[len("jr:itext(") :].rstrip(")").strip().strip("'\"")


def _parameters(element: etree._Element, typed: str) -> tuple[tuple[str, str], ...]:
    names = ("start", "end", "step", "mediatype", "rows")
    found = [(name, attribute(element, name)) for name in names if attribute(element, name)]
    return tuple([*found, ("type", typed)] if typed and found else found)


def _expression(written: str) -> Expression:
    try:
        return parse(written)
    except ExpressionRefused as refused:
        raise FormatRefused(
            phrase("« {expression} » : {why}", expression=written.strip(), why=refused.message),
            phrase("Corrigez l’expression dans le classeur, puis publiez de nouveau."),
        ) from refused
