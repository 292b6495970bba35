"""Files of questionnaires and answers, broken at random: refused in words, or read."""

from __future__ import annotations

import numpy as np
import pytest
from tests.library.questionnaire.generated_forms import AT, FR, prepared_of, workbook_of

from croisee.formats import FormatRefused
from croisee.questionnaire.exchanges.limesurvey import read_limesurvey
from croisee.questionnaire.exchanges.limesurvey_answers import read_limesurvey_answers
from croisee.questionnaire.exchanges.limesurvey_out import write_limesurvey
from croisee.questionnaire.exchanges.odk import read_odk

BOOK = workbook_of(
    [
        {"type": "select_one avis", "name": "avis", FR: "Avis"},
        {"type": "select_multiple avis", "name": "outils", FR: "Outils"},
        {"type": "begin_repeat", "name": "r", FR: "R"},
        {"type": "integer", "name": "n", FR: "N"},
        {"type": "end_repeat"},
    ],
    {"avis": ["oui", "non"]},
)
LSS = b"""<?xml version="1.0" encoding="UTF-8"?>
<document><LimeSurveyDocType>Survey</LimeSurveyDocType><languages><language>fr</language></languages>
<groups><rows><row><gid>1</gid><group_order>1</group_order></row></rows></groups>
<questions><rows><row><qid>2</qid><gid>1</gid><parent_qid>0</parent_qid><type>M</type>
<title>Q1</title><relevance>Q1 == "a"</relevance></row></rows></questions>
<subquestions><rows><row><qid>3</qid><parent_qid>2</parent_qid><title>S1</title></row></rows>
</subquestions></document>"""
ANSWERS = b"avis,outils,outils/oui,r[1]/n,r[2]/n,_uuid\noui,oui non,1,2,3,a\nnon,,,x,,\n"
PIECES = (
    b"a",
    b"9",
    b"",
    b"[",
    b"]",
    b"\x00",
    b"\t",
    b'"',
    b"<",
    b"&#0;",
    b"[999]",
    b"[0]",
    b"=",
    b"\xff",
    b"/",
)


def broken(content: bytes, dice: np.random.Generator) -> bytes:
    """A file with some of its bytes changed, taken away, or added."""
    for _ in range(dice.integers(1, 3)):
        place = int(dice.integers(len(content)))
        piece = PIECES[dice.integers(len(PIECES))]
        content = content[:place] + piece + content[place + (0, 1, 5)[dice.integers(3)] :]
    return content


def try_reading(way, path, prepared):
    if way in {"lss", "tsv"}:
        return read_limesurvey(path)
    if way == "odk":
        return read_odk([path], prepared, at=AT)
    return read_limesurvey_answers(path, prepared, at=AT)


@pytest.mark.parametrize("way", ["lss", "tsv", "odk", "vv"])
def test_a_broken_file_is_refused_or_read(tmp_path, way):
    dice, prepared = np.random.default_rng(len(way) + 2026), prepared_of(BOOK)
    whole = {
        "lss": LSS,
        "tsv": write_limesurvey(BOOK).content,
        "odk": ANSWERS,
        "vv": b"a\tb\tc\nid\tsubmitdate\tavis\n1\t2026\toui\n",
    }[way]
    path = tmp_path / ("x.csv" if way in {"odk", "vv"} else "x.lss")
    seen = {"read": 0, "refused": 0}
    for _ in range(150):
        path.write_bytes(broken(whole, dice))
        try:
            try_reading(way, path, prepared)
            seen["read"] += 1
        except FormatRefused:
            seen["refused"] += 1
    assert seen["read"] > 0
    assert seen["refused"] > 0
