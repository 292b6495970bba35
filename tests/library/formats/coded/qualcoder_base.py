"""An invented QualCoder project, made by plain SQL as its own tables are."""

import sqlite3

TABLES = """
CREATE TABLE project (databaseversion text, date text, memo text, about text,
    bookmarkfile integer, bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text,
    owner text, date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer, unique(name));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text,
    date text, color text, supercid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text,
    pos0 integer, pos1 integer, owner text, date text, memo text, avid integer,
    important integer, unique(cid, fid, pos0, pos1, owner));
CREATE TABLE code_image (imid integer primary key, id integer, cid integer);
CREATE TABLE code_av (avid integer primary key, id integer, cid integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer,
    memo text, owner text, date text, unique(fid, pos0, pos1, owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text,
    caseOrFile text, valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text,
    id integer, date text, owner text, unique(name, attr_type, id));
CREATE TABLE cases (caseid integer primary key, name text, memo text, owner text, date text,
    unique(name));
CREATE TABLE case_text (id integer primary key, caseid integer, fid integer, pos0 integer,
    pos1 integer, owner text, date text, memo text);
CREATE TABLE journal (jid integer primary key, name text, jentry text, date text, owner text,
    unique(name));
CREATE TABLE coder_names (name text unique not null, visibility integer not null default 1);
CREATE VIEW code_text_visible AS SELECT t.* FROM code_text t;
"""
TEXT = "Alma : 🙂 l’été, on se parlait.\nBruno : Oui, c’était mieux à deux.\n"
WHEN = "2026-03-04 10:00:00"


def rows(path, *statements):
    """Run statements, each a text or a text and what it is given."""
    base = sqlite3.connect(path)
    for one in statements:
        base.execute(*(one if isinstance(one, tuple) else (one,)))
    base.commit()
    base.close()


def span(words):
    """Return where words stand in the invented text, in characters."""
    start = TEXT.index(words)
    return start, start + len(words)


def made(folder):
    """Make a project; return its folder."""
    folder.mkdir()
    path = folder / "data.qda"
    base = sqlite3.connect(path)
    base.executescript(TABLES)
    coded = [(1, 1, "on se parlait", "camille", "dit bas", 1),
             (2, 2, "on se parlait", "dominique", "", 0),
             (3, 2, "mieux à deux", "camille", None, None)]  # fmt: skip
    for ctid, cid, words, who, memo, important in coded:
        base.execute(
            "INSERT INTO code_text VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, NULL, ?)",
            (ctid, cid, words, *span(words), who, WHEN, memo, important),
        )
    base.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?, 'camille', ?, ?, NULL)", [
        (1, "rencontre", TEXT, None, "au café", WHEN, None),
        (2, "photo.jpg", None, "/images/photo.jpg", "", WHEN, None),
        (3, "voix.mp3", None, "/audio/voix.mp3", "prise au parc", WHEN, 4),
        (4, "voix.mp3.txt", "Bonjour.\n", None, "relu", WHEN, None),
    ])  # fmt: skip
    script = (
        f"INSERT INTO project VALUES ('v14', '{WHEN}', 'Pourquoi', 'QualCoder 3.8', 0, 0, "
        "'camille', ''); "
        f"INSERT INTO code_cat VALUES (1, 'Liens', 'camille', '{WHEN}', 'ce qui relie', NULL), "
        f"(2, 'Saisons', 'camille', '{WHEN}', '', 1); "
        f"INSERT INTO code_name VALUES (1, 'parole', 'se dire', 1, 'camille', '{WHEN}', "
        f"'#AA0000', NULL), (2, 'été', '', 2, 'camille', '{WHEN}', '#00FF00', NULL), "
        f"(3, 'juillet', '', NULL, 'camille', '{WHEN}', '', 2); "
        "INSERT INTO code_image VALUES (1, 2, 1); "
        "INSERT INTO code_av VALUES (1, 3, 1), (2, 3, 2); "
        f"INSERT INTO annotation VALUES (1, 1, 0, 4, 'son nom ?', 'dominique', '{WHEN}'); "
        "INSERT INTO attribute_type VALUES ('Âge', '', '', 'en années', 'case', 'numeric'), "
        "('Lieu', '', '', '', 'file', 'character'); "
        "INSERT INTO attribute VALUES (1, 'Âge', 'case', '41', 1, '', ''), "
        "(2, 'Âge', 'case', '', 2, '', ''), (3, 'Lieu', 'file', 'parc', 3, '', ''), "
        "(4, 'Lieu', 'file', 'café', 1, '', ''); "
        "INSERT INTO cases VALUES (1, 'Alma', 'la première', '', ''), (2, 'Bruno', '', '', ''); "
        f"INSERT INTO journal VALUES (1, 'Journal', 'On commence.', '{WHEN}', 'camille'); "
        "INSERT INTO coder_names VALUES ('camille', 1), ('📌 Speaker coding', 1)"
    )
    base.executescript(script)
    line = TEXT.index("\n") + 1
    base.executemany("INSERT INTO case_text VALUES (?, ?, ?, ?, ?, '', '', '')", [
        (1, 1, 1, 0, line), (2, 2, 1, 0, len(TEXT)), (3, 2, 3, 0, 0),
    ])  # fmt: skip
    base.commit()
    base.close()
    return folder
