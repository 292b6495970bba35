"""What DDI-Codebook 2.5 allows where Croisée writes: content models and attributes, as facts.

Read from ``codebook.xsd`` (DDI Alliance, « DDI Codebook 2.5 », 17 January 2012), for every element
that Croisée writes and all that may stand below them. An element that is not here is a fault: the
table grows with what is written. Texts that may hold markup are texts here: Croisée writes none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

NAMESPACE = "ddi:codebook:2_5"
MODELS = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* "
    "othrStdyMat* notes*",
    "citation": "titlStmt rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*",
    "titlStmt": "titl subTitl* altTitl* parTitl* IDNo*",
    "rspStmt": "AuthEnty* othId*",
    "prodStmt": "producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*",
    "distStmt": "distrbtr* contact* depositr* depDate* distDate?",
    "verStmt": "version? verResp? notes*",
    "studyAuthorization": "authorizingAgency* authorizationStatement*",
    "stdyInfo": "studyBudget* subject* abstract* sumDscr* qualityStatement? notes* "
    "exPostEvaluation*",
    "subject": "keyword* topcClas*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* "
    "universe* dataKind*",
    "method": "dataColl* notes* anlyInfo? stdyClas? dataProcessing* codingInstructions*",
    "dataColl": "timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* "
    "targetSampleSize* deviat* collMode* resInstru* instrumentDevelopment* sources? collSitu* "
    "actMin* ConOps* weight* cleanOps*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac? "
    "dataChck* ProcStat? dataMsng? software* verStmt?",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn? universe? notes*",
    "var": "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* "
    "invalrng* undocCod* universe* TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* "
    "codInstr* verStmt* concept* derivation? varFormat? geoMap* catLevel* notes*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
    "invalrng": "(item|range)+ key? notes*",
    "qstn": "(preQTxt|qstnLit|postQTxt|forward|backward|ivuInstr)*",
    "otherMat": "labl* txt? notes* table* citation? otherMat*",
    "item": "",
    "range": "",
}


def _words(told: str) -> frozenset[str]:
    return frozenset(told.split())


TEXTS = _words(
    "titl parTitl IDNo AuthEnty producer prodDate software contact version biblCit "
    "authorizingAgency authorizationStatement keyword topcClas abstract collDate anlyUnit "
    "universe dataKind collMode restrctn conditions fileName labl txt qstnLit catValu varFormat "
    "qstn"
)
"""Elements with text; all others hold only elements."""
_ANY, _REFERENCES = None, "IDREFS"
ATTRIBUTES: dict[str, dict[str, object]] = {
    "codeBook": {"version": {"2.5"}, "codeBookAgency": _ANY},
    "AuthEnty": {"affiliation": _ANY},
    "IDNo": {"agency": _ANY, "level": {"study", "file", "project"}},
    "producer": {"abbr": _ANY, "affiliation": _ANY, "role": _ANY},
    "prodDate": {"date": _ANY},
    "software": {"date": _ANY, "version": _ANY},
    "contact": {"affiliation": _ANY, "URI": _ANY, "email": _ANY},
    "version": {"date": _ANY, "type": _ANY},
    "biblCit": {"format": _ANY},
    "keyword": {"vocab": _ANY, "vocabURI": _ANY},
    "topcClas": {"vocab": _ANY, "vocabURI": _ANY},
    "abstract": {"date": _ANY, "contentType": {"abstract", "purpose", "mixed"}},
    "collDate": {"date": _ANY, "event": {"start", "end", "single"}, "cycle": _ANY},
    "anlyUnit": {"unit": _ANY},
    "universe": {"level": _ANY, "clusion": {"I", "E"}},
    "dataKind": {"type": _ANY},
    "labl": {"level": _ANY, "vendor": _ANY, "country": _ANY, "sdatrefs": _REFERENCES},
    "txt": {"level": _ANY, "sdatrefs": _REFERENCES},
    "varGrp": {
        "type": {
            *[
                "section",
                "multipleResp",
                "grid",
                "display",
                "repetition",
                "subject",
                "version",
                "iteration",
            ],
            *["analysis", "pragmatic", "record", "file", "randomized", "other"],
        },
        "var": _REFERENCES,
        "varGrp": _REFERENCES,
        "name": _ANY,
    },
    "var": {
        "name": _ANY,
        "files": _REFERENCES,
        "dcml": _ANY,
        "intrvl": {"contin", "discrete"},
        "nature": {"nominal", "ordinal", "interval", "ratio", "percent", "other"},
    },
    "catgry": {"missing": {"Y", "N"}},
    "item": {"UNITS": {"INT", "REAL"}, "VALUE": _ANY},
    "range": {
        "UNITS": {"INT", "REAL"},
        **dict.fromkeys(("min", "minExclusive", "max", "maxExclusive")),
    },
    "varFormat": {
        "type": {"character", "numeric"},
        "formatname": _ANY,
        "schema": {"SAS", "SPSS", "IBM", "ANSI", "ISO", "XML-Data", "other"},
        "otherSchema": _ANY,
        "category": {"date", "time", "currency", "other"},
    },
    "otherMat": {"type": _ANY, "level": _ANY, "URI": _ANY},
}
REQUIRED = {"var": {"name"}, "item": {"VALUE"}, "otherMat": {"level"}}
_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def faults(root: etree._Element) -> list[str]:
    """Return what DDI-Codebook 2.5 does not allow in a document, a sentence each."""
    found = [fault for one in root.iter() for fault in _faults(one)]
    identifiers = [one.get("ID") for one in root.iter() if one.get("ID") is not None]
    found += [f"ID {name!r} is no name" for name in identifiers if not _NAME.fullmatch(name)]
    found += [f"ID {name!r} twice" for name in set(identifiers) if identifiers.count(name) > 1]
    for one in root.iter():
        for name, kind in ATTRIBUTES.get(_tag(one), {}).items():
            if kind is _REFERENCES and (told := one.get(name)) is not None:
                found += [f"{name} names {to!r}" for to in told.split() if to not in identifiers]
                found += [f"{_tag(one)}@{name} names nothing"] * (not told.split())
    if _tag(root) != "codeBook":
        found.append("the root is not codeBook")
    return found


def _faults(one: etree._Element) -> Iterator[str]:
    tag = _tag(one)
    if etree.QName(one).namespace != NAMESPACE or (tag not in MODELS and tag not in TEXTS):
        yield f"{one.tag} is not in the table"
        return
    below = " ".join(_tag(each) for each in one)
    if not _pattern(MODELS.get(tag, "")).fullmatch(below + " " * bool(below)):
        yield f"{tag} holds {below or 'nothing'}"
    between = [one.text, *(each.tail for each in one)]
    if tag not in TEXTS and any((text or "").strip() for text in between):
        yield f"{tag} holds text"
    yield from _attribute_faults(one, tag)


def _attribute_faults(one: etree._Element, tag: str) -> Iterator[str]:
    allowed = ATTRIBUTES.get(tag, {})
    for name, told in one.attrib.items():
        if name == _XML_LANGUAGE:
            if told and not _LANGUAGE.fullmatch(told):
                yield f"{tag}: language {told!r}"
        elif name == "ID":
            continue
        elif name not in allowed:
            yield f"{tag}@{name} does not exist"
        elif isinstance(values := allowed[name], set | frozenset) and told not in values:
            yield f"{tag}@{name} says {told!r}"
    for name in REQUIRED.get(tag, ()):
        if name not in one.attrib:
            yield f"{tag} has no {name}"


def _pattern(model: str) -> re.Pattern[str]:
    parts = (re.fullmatch(r"\(?([\w|]+)\)?([*+?]?)", part) for part in model.split())
    return re.compile("".join(f"(?:(?:{one[1]}) ){one[2]}" for one in parts if one is not None))


def _tag(one: etree._Element) -> str:
    return etree.QName(one).localname
