"""QualCoder projects written: read again the same, read by its own questions, losses said."""

import sqlite3
from dataclasses import replace

import pytest
from hypothesis import given, settings
from projects import BY_HAND, TEXT, number, projects
from qualcoder_base import made

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
    Value,
    read_refi,
    write_refi,
)
from croisee.formats.coded.qualcoder_reading import read_qualcoder
from croisee.formats.coded.qualcoder_writing import write_qualcoder


def again(project, folder):
    """Return a project written, then read, and what was said of both."""
    path = folder / f"{len(list(folder.iterdir()))}.qda"
    lost = write_qualcoder(project, path)
    read, left = read_qualcoder(path)
    return replace(read, name=project.name), [one.message.to("fr") for one in (*lost, *left)]


def coded(project):
    """Return who put which code on which words, with what memo."""
    names = {one.key: one.name for one in (*project.codes, *project.coders)}
    memos = {one.key: one.text for one in project.notes}
    return sorted(
        (source.text, mark.start, mark.end, names[one.code], names.get(one.coder, ""),
         one.at[:19], "\n\n".join(filter(None, (memos[note] for note in one.notes))))
        for source in project.sources for mark in source.selections for one in mark.applied
    )  # fmt: skip


def plainly(project):
    """Return a drawn project where names are one of their kind and nothing is said twice."""

    def each(rows):
        return tuple(replace(one, name=f"{one.name}-{at}") for at, one in enumerate(rows))

    sources = tuple(
        replace(
            source, applied=(), values=(),
            selections=tuple(
                replace(mark, applied=mark.applied[:1])
                for at, mark in enumerate(source.selections)
                if all((mark.start, mark.end) != (other.start, other.end)
                       for other in source.selections[:at])
            ),
        )
        for source in each(project.sources)
    )  # fmt: skip
    return replace(
        project, codes=each(project.codes), coders=each(project.coders), sources=sources,
        cases=each(project.cases), variables=each(project.variables), notes=each(project.notes),
    )  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(drawn=projects())
def test_what_was_read_is_written_and_read_the_same(tmp_path_factory, drawn):
    folder = tmp_path_factory.mktemp("q")
    first, _ = again(drawn, folder)
    second, said = again(first, folder)

    assert second == first
    assert said == []


@settings(max_examples=60, deadline=None)
@given(drawn=projects())
def test_codes_and_codings_of_any_project_are_all_there(tmp_path_factory, drawn):
    project = plainly(drawn)
    used = {one.code for source in project.sources for mark in source.selections
            for one in mark.applied}  # fmt: skip

    read, _ = again(project, tmp_path_factory.mktemp("q"))

    assert coded(read) == coded(project)
    names = {one.key: one.name for one in (*read.codes, *project.codes)}
    assert sorted(
        (one.name, names.get(one.parent, ""), one.codable) for one in read.codes
    ) == sorted(
        (one.name, names.get(one.parent, ""), one.codable or one.key in used)
        for one in project.codes
    )
    assert [one.text for one in read.sources] == [one.text for one in project.sources]
    assert [(one.name, sorted(value.text for value in one.values)) for one in read.cases] == [
        (one.name, sorted(value.text for value in one.values)) for one in project.cases
    ]


def test_a_code_that_only_groups_but_was_used_stands_with_the_codes(tmp_path):
    codes = (
        ProjectCode("a", "Utilisé", codable=False),
        ProjectCode("b", "Famille", codable=False),
        ProjectCode("c", "Enfant", "b"),
    )
    source = Source("s", "Un", "Oui", applied=(Applied("x", "a"),))
    project = CodedProject("Deux", codes=codes, sources=(source,))

    first, _ = again(project, tmp_path)
    second, _ = again(first, tmp_path)

    assert [one.name for one in first.codes] == ["Famille", "Enfant", "Utilisé"]
    assert second == first


def test_a_project_of_qualcoder_goes_out_and_comes_back_the_same(tmp_path):
    folder = made(tmp_path / "Deux voix.qda")
    first, _ = read_qualcoder(folder)
    under = next(one for one in first.codes if one.name == "juillet")
    assert under.parent

    read, said = again(first, tmp_path)

    assert said == []
    assert coded(read) == coded(first)
    names = [{one.key: one.name for one in project.codes} for project in (first, read)]
    assert [(one.name, names[0].get(one.parent), one.codable) for one in first.codes] == [
        (one.name, names[1].get(one.parent), one.codable) for one in read.codes
    ]
    assert [one.recording for one in read.sources] == ["", "/audio/voix.mp3"]
    assert [one.description for one in read.cases] == ["la première", ""]


def asked(path, question):
    base = sqlite3.connect(path / "data.qda")
    found = base.execute(question).fetchall()
    base.close()
    return found


def test_what_its_reports_ask_finds_the_words_the_people_and_the_tree(tmp_path):
    path = tmp_path / "p.qda"
    write_qualcoder(BY_HAND, path)

    assert asked(
        path,
        "SELECT code_name.name, code_name.color, code_text_visible.owner, seltext,"
        " substr(source.fulltext, pos0 + 1, pos1 - pos0), source.name"
        " FROM code_text_visible JOIN code_name USING (cid) JOIN source ON source.id = fid",
    ) == [
        ("Lien", "#aa0000", "Croisée", "on se parlait", "on se parlait", "rencontre"),
        ("Été", "#999999", "Codeuse 1", "mieux à deux", "mieux à deux", "rencontre"),
    ]
    assert asked(
        path, "SELECT code_name.name, code_cat.name FROM code_name LEFT JOIN code_cat USING (catid)"
    ) == [("Lien", "Lien"), ("Été", "Lien")]
    ((version, about, coder),) = asked(
        path, "SELECT databaseversion, about, codername FROM project"
    )
    assert (version, "QualCoder" in about, coder) == ("v14", True, "Croisée")
    assert asked(path, "PRAGMA integrity_check") == [("ok",)]
    assert sorted(one.name for one in path.iterdir()) == [
        "audio", "data.qda", "documents", "images", "video",
    ]  # fmt: skip
    assert "" not in {date for (date,) in asked(path, "SELECT date FROM source")}


def test_a_hidden_coder_is_hidden_from_what_its_screens_ask(tmp_path):
    path = tmp_path / "p.qda"
    write_qualcoder(BY_HAND, path)
    base = sqlite3.connect(path / "data.qda")
    base.execute("UPDATE coder_names SET visibility = 0 WHERE name = 'Codeuse 1'")
    base.commit()
    base.close()

    assert asked(path, "SELECT owner FROM code_text_visible") == [("Croisée",)]


def test_everything_that_it_cannot_hold_is_said(tmp_path):
    at = iter(range(100, 200))
    code = ProjectCode(number(1), "a", colour="#010203", codable=False)
    note = ProjectNote(number(4), "Titre", "texte")
    project = CodedProject(
        "p",
        (Coder(number(2), "c"),),
        (code, ProjectCode(number(3), "a", code.key, notes=(note.key,))),
        (ProjectVariable(number(5), "quand", "Date"),),
        (ProjectCase(number(6), "cas", codes=(number(3),), values=(
            Value(number(5), "2024-01-01"), Value(number(5), "2024-01-02"))),),
        (
            Source(number(7), "t", TEXT, "", (Selection(number(next(at)), 0, 4, "nommé"),),
                   (Applied(number(next(at)), number(3)),), (), (Sync(number(8), 0, 5),)),
            Source(number(9), "vide", None),
        ),
        (note,),
        (ProjectSet(number(10), "e"),),
    )  # fmt: skip

    _, said = again(project, tmp_path)

    assert said == [
        "1 source sans texte n’est pas écrite, ni ses codages.",
        "1 nom servait deux fois : il reçoit un numéro.",
        "1 codage d’un document entier devient celui de tout son texte.",
        "1 codage ou valeur redit un autre : un seul est écrit.",
        "1 note attachée devient un mémo, sans son titre.",
        "1 passage est écrit sans son nom.",
        "1 repère de temps n’est pas écrit.",
        "1 ensemble n’est pas écrit.",
        "1 code attaché à un cas n’est pas écrit.",
        "1 couleur de catégorie n’est pas écrite.",
        "1 variable (date, oui ou non) est écrite comme un texte.",
    ]


def test_nothing_is_replaced_nor_left_half_made(tmp_path):
    path = tmp_path / "p.qda"
    path.mkdir()
    with pytest.raises(FileExistsError):
        write_qualcoder(BY_HAND, path)

    assert [one.name for one in tmp_path.iterdir()] == ["p.qda"]
    assert list(path.iterdir()) == []


def test_the_command_writes_it_for_the_team_and_refuses_what_is_there(tmp_path, capsys):
    study, path = "examples/etude-de-reference", tmp_path / "etude.qda"

    assert main(["convert", study, str(path), "--lang", "fr"]) == 0
    out = capsys.readouterr().out
    assert "446 codages" in out
    assert "Pour l’équipe seulement" in out
    assert main(["convert", str(path), str(tmp_path / "p.qdpx")]) == 0
    assert main(["convert", str(path), str(tmp_path / "b.qda")]) == 0
    assert coded(read_refi(tmp_path / "p.qdpx")[0]) == coded(read_qualcoder(path)[0])
    assert coded(read_qualcoder(tmp_path / "b.qda")[0]) == coded(read_qualcoder(path)[0])
    assert asked(path, "SELECT count(*) FROM code_text") == [(446,)]
    capsys.readouterr()

    assert main(["convert", study, str(path), "--lang", "fr"]) == 2
    assert "Ce dossier existe déjà" in capsys.readouterr().err


def test_the_command_counts_what_it_wrote_and_not_what_had_no_text(tmp_path, capsys):
    mark = Selection(number(3), 0, 4, applied=(Applied(number(4), number(1)),))
    project = CodedProject(
        "p",
        codes=(ProjectCode(number(1), "c"),),
        sources=(
            Source(number(5), "dit", TEXT, selections=(replace(mark, key=number(6)),)),
            Source(number(2), "perdu", None, selections=(mark,)),
        ),
    )
    write_refi(project, tmp_path / "p.qdpx")

    for name in ("p.qda", "p.sqlite3"):
        assert (
            main(["convert", str(tmp_path / "p.qdpx"), str(tmp_path / name), "--lang", "fr"]) == 0
        )
        assert "1 document, 1 code, 1 codage." in capsys.readouterr().out
