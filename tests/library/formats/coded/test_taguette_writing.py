"""Taguette projects written: read again the same, its own counts, losses said."""

import json
import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from projects import BY_HAND, TEXT, number, projects, words

from croisee.cli import main
from croisee.formats.coded import (
    Applied,
    CodedProject,
    Coder,
    ProjectCase,
    ProjectCode,
    ProjectNote,
    ProjectSet,
    ProjectVariable,
    Selection,
    Source,
    Sync,
    read_taguette,
)
from croisee.formats.coded.taguette_writing import write_taguette


def again(project, folder):
    """Return a project written, then read, and what was said of both."""
    path = folder / f"{len(list(folder.iterdir()))}.sqlite3"
    lost = write_taguette(project, path)
    read, left = read_taguette(path)
    return read, [one.message.to("fr") for one in (*lost, *left)]


def coded(project):
    """Return who put which code, with its parents, on which words."""
    codes = {one.key: one for one in project.codes}
    coders = {one.key: one.name for one in project.coders}

    def path(key):
        one = codes[key]
        return (*(path(one.parent) if one.parent in codes else ()), one.name)

    return sorted(
        {
            (at, source.text[mark.start : mark.end].strip("\n"), path(one.code),
             coders.get(one.coder, ""))
            for at, source in enumerate(project.sources)
            for mark in source.selections for one in mark.applied
        }
    )  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(drawn=projects())
def test_what_was_read_is_written_and_read_the_same(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("t")
    first, _ = again(drawn, folder)
    second, said = again(first, folder)

    assert second == first
    assert said == []


@settings(max_examples=80, deadline=None)
@given(drawn=projects())
def test_every_coding_of_words_is_there_with_its_code_and_its_person(tmp_path_factory, drawn):
    text = "Un été à deux, 🙂 l’œuvre.\nEt le한 reste."
    sources = tuple(
        replace(
            one, text=text, applied=(), syncs=(),
            selections=tuple(
                replace(mark, start=at, end=at + 5) for at, mark in enumerate(one.selections)
            ),
        )
        for one in drawn.sources
    )  # fmt: skip
    codes = tuple(replace(one, name=f"n.{at}") for at, one in enumerate(drawn.codes))
    coders = tuple(replace(one, name=f"c-{at}") for at, one in enumerate(drawn.coders))
    project = replace(drawn, sources=sources, codes=codes, coders=coders)

    read, said = again(project, tmp_path_factory.mktemp("t"))

    assert coded(read) == coded(project)
    assert not [one for one in said if "étiquette est écrite sans" in one]
    assert [one.text for one in read.sources] == [f"{text}\n"] * len(sources)


def test_tags_that_would_be_read_under_another_lose_their_dots_only(tmp_path):
    project = CodedProject("p", codes=(
        ProjectCode(number(1), "a"), ProjectCode(number(2), "a.b"),
        ProjectCode(number(3), "1.2"), ProjectCode(number(4), "c", number(3)),
        ProjectCode(number(5), "a"), ProjectCode(number(6), ""),
    ))  # fmt: skip

    read, said = again(project, tmp_path)

    names = {one.key: one.name for one in read.codes}
    assert sorted((one.name, names.get(one.parent, "")) for one in read.codes) == [
        ("1.2", ""), ("a", ""), ("a (5)", ""), ("a·b", ""), ("c", "1.2"), ("—", ""),
    ]  # fmt: skip
    assert said == [
        "1 nom servait deux fois : il reçoit un numéro.",
        "1 étiquette est écrite sans ses points : Taguette y lirait une autre hiérarchie.",
    ]


def asked(path, question):
    base = sqlite3.connect(path)
    found = base.execute(question).fetchall()
    base.close()
    return found


def test_positions_are_bytes_of_the_words_of_its_paragraphs(tmp_path):
    path = tmp_path / "p.sqlite3"
    write_taguette(BY_HAND, path)

    ((html,),) = asked(path, "SELECT contents FROM documents")
    assert html == (
        "<p>Alma : 🙂 l’été, on se parlait.</p><p>Bruno : Oui, c’était mieux à deux.</p>"
    )
    told = TEXT.replace("\n", "").encode()
    marks = asked(path, "SELECT start_offset, end_offset, snippet FROM highlights ORDER BY id")
    assert [told[start:end].decode() for start, end, _ in marks] == [
        "on se parlait", "mieux à deux",
    ]  # fmt: skip
    assert marks[0][2] == "<p>on se parlait</p>"
    assert asked(path, "SELECT path FROM tags ORDER BY id") == [("Lien",), ("Lien.Été",)]
    ((who, payload),) = asked(path, "SELECT user_login, payload FROM commands")
    assert (who, json.loads(payload)["tags"]) == ("Codeuse 1", [2])
    assert asked(path, "SELECT version_num FROM alembic_version") == [("db5e31a0233d",)]
    assert asked(path, "PRAGMA foreign_key_check") == []
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_passage_over_two_lines_keeps_its_words_and_markup_is_text(tmp_path):
    text = "Un <b>mot</b> & deux\nla suite.\n"
    start, end = words("mot</b> & deux\nla", text)
    mark = Selection(number(3), start, end, applied=(Applied(number(4), number(1)),))
    project = CodedProject(
        "p",
        codes=(ProjectCode(number(1), "c"),),
        sources=(Source(number(2), "t", text, selections=(mark,)),),
    )

    read, said = again(project, tmp_path)

    (source,) = read.sources
    assert source.text == text
    assert coded(read) == [(0, "mot</b> & deux\nla", ("c",), "")]
    assert said == []


def test_everything_that_it_cannot_hold_is_said(tmp_path):
    project = CodedProject(
        "x" * 60,
        (Coder(number(2), "c"),),
        (ProjectCode(number(1), "a", colour="#010203", codable=False),),
        (ProjectVariable(number(5), "quand", "Date"),),
        (ProjectCase(number(6), "cas"),),
        (
            Source(number(7), "t", "un\x07\n\ndeux\n", "", (
                Selection(number(20), 0, 2, "nommé", "décrit"), Selection(number(21), 3, 4)),
                (Applied(number(22), number(1)),), (), (Sync(number(8), 0, 5),), "a.wav"),
            Source(number(9), "vide", None),
        ),
        (ProjectNote(number(4), "Titre", "texte"),),
        (ProjectSet(number(10), "e"),),
    )  # fmt: skip

    _, said = again(project, tmp_path)

    assert sorted(said) == sorted([
        "1 source sans texte n’est pas écrite, ni ses codages.",
        "1 codage d’un document entier devient celui de tout son texte.",
        "1 passage est écrit sans son nom.",
        "1 passage est écrit sans sa description.",
        "1 passage sans un mot n’est pas écrit.",
        "1 repère de temps n’est pas écrit.",
        "1 ensemble n’est pas écrit.",
        "1 nom est raccourci ou complété : Taguette en veut un, de 50 signes au plus.",
        "1 signe que le HTML refuse est remplacé.",
        "1 texte est écrit sans ses lignes vides.",
        "1 code qui ne marque rien devient une étiquette comme les autres.",
        "1 couleur de code n’est pas écrite.",
        "1 cas n’est pas écrit, ni ses valeurs.",
        "1 variable n’est pas écrite, ni ses valeurs.",
        "1 note n’est pas écrite.",
        "1 chemin d’enregistrement n’est pas écrit.",
    ])  # fmt: skip


def test_nothing_is_replaced_nor_left_beside(tmp_path):
    path = tmp_path / "p.sqlite3"
    path.write_text("déjà")
    with pytest.raises(FileExistsError):
        write_taguette(BY_HAND, path)

    assert [one.name for one in tmp_path.iterdir()] == ["p.sqlite3"]
    assert path.read_text() == "déjà"


def test_the_command_writes_it_for_the_team_and_nothing_is_lost_on_the_way_back(tmp_path, capsys):
    study, path = "examples/etude-de-reference", tmp_path / "etude.sqlite3"

    assert main(["convert", study, str(path), "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "446 codages" in out
    assert "Pour l’équipe seulement" in out
    assert asked(path, "SELECT count(*) FROM highlight_tags") == [(446,)]
    assert main(["convert", str(path), str(tmp_path / "p.qda")]) == 0
    assert main(["convert", str(tmp_path / "p.qda"), str(tmp_path / "b.sqlite3")]) == 0
    assert coded(read_taguette(tmp_path / "b.sqlite3")[0]) == coded(read_taguette(path)[0])
