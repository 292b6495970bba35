"""A submission is read in one walk, and it comes to what XPath itself says of it."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import prepare
from croisee.questionnaire.submission import read_submission
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NAMES = ("a", "b", "é", "meta", "instanceID", "deprecatedID", "p:a", "p:meta", "p:instanceID")


def element(name, content, attributes=()):
    said = "".join(f' {key}="{value}"' for key, value in attributes)
    return f"<{name}{said}>{content}</{name}>"


TEXTS = ("", " ", "x", " é\n", "<!-- -->z")
TREES = st.recursive(
    st.builds(element, st.sampled_from(NAMES), st.sampled_from(TEXTS)),
    lambda below: st.builds(
        lambda name, parts: element(name, "".join(parts)),
        st.sampled_from(NAMES), st.lists(below, max_size=5),
    ),
    max_leaves=20,
)  # fmt: skip
ROOTS = st.lists(
    st.tuples(st.sampled_from(("id", "p:id", "version", "instanceID")), st.sampled_from(("", "v"))),
    max_size=3, unique_by=lambda one: one[0],
)  # fmt: skip


def by_xpath(content):
    """Return the same by XPath, over a copy without namespaces: slower, and plain to read."""

    def bare(one):
        copied = etree.Element(etree.QName(one).localname)
        for key, value in one.attrib.items():
            copied.set(etree.QName(key).localname, value)
        copied.text = one.text
        copied.extend(bare(below) for below in one)
        return copied

    root = bare(etree.fromstring(content, etree.XMLParser(remove_comments=True)))
    tree = etree.ElementTree(root)
    values = {
        tree.getpath(one): one.text.strip()
        for one in root.iter()
        if not len(one) and (one.text or "").strip()
    }
    number = root.findtext("meta/instanceID") or root.get("instanceID", "")
    older = root.findtext("meta/deprecatedID") or ""
    return root.get("id", ""), root.get("version", ""), number.strip(), older.strip(), values


@settings(max_examples=300, deadline=None)
@given(ROOTS, st.lists(TREES, max_size=6))
def test_what_is_read_is_what_xpath_says(attributes, parts):
    attributes = [("xmlns:p", "urn:x"), *attributes]
    content = element("data", "".join(parts), attributes).encode()

    received = read_submission(content)

    assert (
        received.form_id, received.version, received.instance_id, received.deprecated_id,
        received.values,
    ) == by_xpath(content)  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "extra", "always"),
    [
        ("select_one l", {}, True),
        ("select_multiple l", {}, True),
        ("rank l", {}, True),
        ("select_one l", {"choice_filter": "filtre = ${mot}"}, False),
        ("select_one l", {"parameters": "randomize=true"}, False),
    ],
)
def test_codes_known_beforehand_are_those_that_the_form_gives(kind, extra, always):
    rows = [
        {"type": "text", "name": "mot", "label": "Mot"},
        {"type": kind, "name": "q", "label": "Q", **extra},
    ]
    choices = [{"list_name": "l", "name": name, "label": name, "filtre": "x"} for name in "ab"]
    book = Workbook((worksheet_of("survey", rows), worksheet_of("choices", choices),
                     worksheet_of("settings", [{"form_id": "f"}])))  # fmt: skip
    prepared = prepare(read_form(compile_form(book).xml))
    filling = Filling(prepared, at=AT, chance=np.random.default_rng(1), values={"/data/mot": "x"})
    (address,) = (one.address for one in filling.sheet.places if one.node.name == "q")

    shown = frozenset(code for code, _label in filling.choices(address))

    assert filling.codes(address) == shown == frozenset("ab")
    assert (prepared.codes.get(address) == shown) is always
