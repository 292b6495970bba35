"""The tables of a new QualCoder project, as QualCoder 3.8 makes them (base v14).

4.0 opens it and adds what it has more. In ``_COLUMNS``: ``*`` the key, ``:`` text, ``~`` a real
number, otherwise a whole number; after ``|``, what is unique together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from croisee.formats.sqlite_file import Cell
from croisee.formats.sqlite_writing import NewTable

VERSION = "v14"
_KINDS = {"*": "integer primary key", ":": "text", "~": "real"}
_COLUMNS = {
    "project": "databaseversion: date: memo: about: bookmarkfile bookmarkpos codername: "
               "recently_used_codes:",
    "source": "id* name: fulltext: mediapath: memo: owner: date: av_text_id risid | name",
    "code_image": "imid* id x1 y1 width height cid memo: date: owner: important pdf_page",
    "code_av": "avid* id pos0 pos1 cid memo: date: owner: important",
    "annotation": "anid* fid pos0 pos1 memo: owner: date: | fid pos0 pos1 owner",
    "attribute_type": "name: date: owner: memo: caseOrFile: valuetype: | name",
    "attribute": "attrid* name: attr_type: value: id date: owner: | name attr_type id",
    "case_text": "id* caseid fid pos0 pos1 owner: date: memo:",
    "cases": "caseid* name: memo: owner: date: | name",
    "code_cat": "catid* name: owner: date: memo: supercatid | name",
    "code_text": "ctid* cid fid seltext: pos0 pos1 owner: date: memo: avid important "
                 "| cid fid pos0 pos1 owner",
    "code_name": "cid* name: memo: catid owner: date: color: | name",
    "journal": "jid* name: jentry: date: owner: | name",
    "stored_sql": "title: description: grouper: ssql: | title",
    "graph": "grid* name: description: date: scene_width scene_height | name",
    "gr_cdct_text_item": "gtextid* grid x y supercatid catid cid font_size bold isvisible "
                         "displaytext:",
    "gr_case_text_item": "gcaseid* grid x y caseid font_size bold color: displaytext:",
    "gr_file_text_item": "gfileid* grid x y fid font_size bold color: displaytext:",
    "gr_free_text_item": "gfreeid* grid freetextid x y free_text: font_size bold color: tooltip: "
                         "ctid memo_ctid memo_imid memo_avid",
    "gr_cdct_line_item": "glineid* grid fromcatid fromcid tocatid tocid color: linewidth~ "
                         "linetype: isvisible",
    "gr_free_line_item": "gflineid* grid fromfreetextid fromcatid fromcid fromcaseid fromfileid "
                         "fromimid fromavid tofreetextid tocatid tocid tocaseid tofileid toimid "
                         "toavid color: linewidth~ linetype:",
    "gr_pix_item": "grpixid* grid imid x y px py w h filepath: tooltip: pdf_page",
    "gr_av_item": "gr_avid* grid avid x y pos0 pos1 filepath: tooltip: color:",
    "ris": "risid tag: longtag: value:",
    "manage_files_display": "mfid* name: tblrows: tblcolumns: owner:",
    "files_filter": "filterid* name: filter: owner:",
}  # fmt: skip
_CODERS = "name text unique not null, visibility integer not null default 1 check (visibility < 2)"
VIEWS = tuple(
    f"CREATE VIEW {name}_visible AS SELECT * FROM {name} "  # noqa: S608 -- names of this module
    "WHERE owner NOT IN (SELECT name FROM coder_names WHERE visibility = 0)"
    for name in ("code_image", "code_text", "code_av", "annotation")
)
"""What QualCoder looks at so that a coder may be hidden."""
FOLDERS = ("images", "audio", "video", "documents")


def tables(rows: Mapping[str, Iterable[Sequence[Cell]]]) -> Iterator[NewTable]:
    """Yield every table of a project, filled with the rows given by its name."""
    for name, columns in _COLUMNS.items():
        yield NewTable(name, _sql(columns), rows.get(name, ()))
    yield NewTable("coder_names", _CODERS, rows.get("coder_names", ()))


def _sql(columns: str) -> str:
    names, _, unique = columns.partition(" | ")
    told = [f"{one.rstrip('*:~')} {_KINDS.get(one[-1], 'integer')}" for one in names.split()]
    return ", ".join([*told, f"unique ({', '.join(unique.split())})"] if unique else told)
