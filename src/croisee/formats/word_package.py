"""A Word document put together: its parts, and no property that says who wrote it or when."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="22"/>'
    '<w:lang w:val="fr-CA"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Locuteur"><w:name w:val="Locuteur"/>'
    '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
    '<w:spacing w:before="120" w:after="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    "</w:styles>"
)
_PAGE = (
    '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1440" w:right="1440" '
    'w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/></w:sectPr>'
)
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_package(body: str, comments: str = "") -> bytes:
    """Return a DOCX of US Letter pages; the same words give the same bytes.

    Args:
        body: the paragraphs and tables, in WordprocessingML.
        comments: the ``w:comment`` elements; no such part where there is none.
    """
    parts = {"styles": _STYLES}
    if comments:
        parts["comments"] = f'<w:comments xmlns:w="{MAIN}">{comments}</w:comments>'
    types = "".join(_type_of(name, name) for name in parts)
    related = "".join(_relation(place, name, f"{name}.xml") for place, name in enumerate(parts, 1))
    written = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            f"{_type_of('document', 'document.main')}{types}</Types>"
        ),
        "_rels/.rels": _relations(_relation(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(related),
        **{f"word/{name}.xml": content for name, content in parts.items()},
        "word/document.xml": (
            f'<w:document xmlns:w="{MAIN}"><w:body>{body}{_PAGE}</w:body></w:document>'
        ),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in written.items():
            part = ZipInfo(name, _EPOCH)
            part.compress_type, part.create_system = ZIP_DEFLATED, 0
            archive.writestr(part, _DECLARED + content)
    return made.getvalue()


def _type_of(name: str, kind: str) -> str:
    return f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'


def _relation(place: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{place}" Type="{_RELATED}/{kind}" Target="{target}"/>'


def _relations(inside: str) -> str:
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{namespace}">{inside}</Relationships>'
