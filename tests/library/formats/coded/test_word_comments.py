"""Codes as comments of Word documents: written, read back, and as people make them."""

from __future__ import annotations

import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.cli import main
from croisee.formats.coded import (
    Applied,
    CodedProject,
    Coder,
    ProjectCode,
    ProjectNote,
    Selection,
    Source,
    is_commented,
    read_commented,
    read_refi,
    write_commented,
    write_refi,
)
from croisee.formats.coded.comment_words import comment_of, reads_back, said_in
from croisee.formats.refused import FormatRefused
from croisee.formats.word_package import MAIN, word_package

NAMES = ("Confiance", "Manque de temps", "L’été ?", "Règles & usages ; suite", "🙂 joie")
LETTERS = "aé’ç« »œ\t\n<&>🙂 ."


def names_of(project):
    found = {}
    for code in project.codes:
        found[code.key] = (*found.get(code.parent, ()), code.name)
    return found


def said(project):
    """Everything that comments carry, without the keys."""
    names, notes = names_of(project), {one.key: one.text for one in project.notes}
    coders = {one.key: one.name for one in project.coders}
    return [
        (
            source.name,
            source.text,
            sorted(
                (
                    mark.start, mark.end, mark.description,
                    sorted(
                        (
                            names[one.code], coders.get(one.coder, ""), one.at,
                            [notes[key] for key in one.notes],
                        )
                        for one in mark.applied
                    ),
                )
                for mark in source.selections
            ),
        )
        for source in project.sources
    ]  # fmt: skip


@st.composite
def projects(draw):
    """Texts with passages coded by two people, some nested, overlapping or without code."""
    codes = [ProjectCode(f"c{place}", name) for place, name in enumerate(NAMES)]
    codes.append(ProjectCode("c9", "Enfant", "c0"))
    coders = (Coder("k1", "Aurélie B."), Coder("k2", "Ali", "A"))
    notes, sources = [], []
    for number in range(draw(st.integers(1, 3))):
        text = draw(st.text(LETTERS, min_size=2, max_size=40))
        places = st.integers(0, len(text))
        spans = draw(st.lists(st.tuples(places, places).filter(lambda one: one[0] < one[1]),
                              max_size=4, unique=True))  # fmt: skip
        selections = []
        for start, end in spans:
            applied = []
            for place, code in enumerate(
                draw(st.lists(st.sampled_from(codes), max_size=3, unique=True))
            ):
                told = ()
                if draw(st.booleans()):
                    key = f"n{len(notes)}"
                    notes.append(ProjectNote(key, "", "Elle hésite, puis accepte."))
                    told = (key,)
                coder = draw(st.sampled_from(["", "k1", "k2"]))
                at = draw(st.sampled_from(["", "2026-10-02T09:30:00Z"]))
                applied.append(
                    Applied(f"a{number}-{start}-{end}-{place}", code.key, coder, at, told)
                )
            memo = draw(st.sampled_from(["", "Passage à relire avec le comité."]))
            selections.append(
                Selection(f"s{number}-{start}-{end}", start, end, "", memo, tuple(applied))
            )
        sources.append(Source(f"d{number}", f"Entretien {number}", text, "", tuple(selections)))
    return CodedProject("Essai", coders, tuple(codes), sources=tuple(sources), notes=tuple(notes))


@settings(max_examples=80)
@given(projects())
def test_what_comments_carry_reads_back_the_same(tmp_path_factory, project):
    path = tmp_path_factory.mktemp("w") / "essai.zip"
    write_commented(project, path)
    if not any(source.selections for source in project.sources):
        assert not is_commented(path)
        return
    assert is_commented(path)
    again, _ = read_commented(path)
    assert said(again) == said(project)


def test_the_same_project_gives_the_same_bytes(tmp_path):
    project = CodedProject("E", sources=(Source("d", "E", "mots", "", (Selection("s", 0, 2),)),))
    for name in ("a.docx", "b.docx"):
        write_commented(project, tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize(
    ("comment", "codes", "note"),
    [
        ("Confiance", [("Confiance",)], ""),
        ("Confiance ; manque de temps", [("Confiance",), ("manque de temps",)], ""),
        ("Confiance\nRépit", [("Confiance",), ("Répit",)], ""),
        ("#confiance #répit", [("confiance",), ("répit",)], ""),
        ("Temps > Manque", [("Temps", "Manque")], ""),
        ("Confiance\nElle hésite beaucoup ici.", [("Confiance",)], "Elle hésite beaucoup ici."),
        ("À revoir avec toute l’équipe ?", [], "À revoir avec toute l’équipe ?"),
        ("C’est la première fois que quelqu’un le dit aussi clairement", [],
         "C’est la première fois que quelqu’un le dit aussi clairement"),
        ("Code : Oui ; non, et plus.", [("Oui ; non, et plus.",)], ""),
        ("Confiance ; Confiance", [("Confiance",)], ""),
        ("", [], ""),
        (" ; ", [], " ; ".strip()),
    ],
)  # fmt: skip
def test_what_a_comment_says(comment, codes, note):
    found = said_in(comment)
    assert list(found.codes) == codes
    assert found.note == note


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(tuple))
def test_a_code_of_plain_words_reads_back(path):
    assert reads_back(path)
    assert said_in(comment_of([path])).codes == (path,)


def commented(tmp_path, body, comments, extended="", name="a.docx"):
    """A DOCX whose body and comments are written by hand, as other tools do."""
    path = tmp_path / name
    path.write_bytes(word_package(body, comments))
    if extended:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("word/commentsExtended.xml", extended)
    return path


def p(*inside):
    return f"<w:p>{''.join(inside)}</w:p>"


def r(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def start(number):
    return f'<w:commentRangeStart w:id="{number}"/>'


def end(number):
    return f'<w:commentRangeEnd w:id="{number}"/>'


def ref(number):
    return f'<w:r><w:commentReference w:id="{number}"/></w:r>'


def comment(number, text, extra=""):
    return (
        f'<w:comment w:id="{number}" w:author="Zoé" w:date="2026-10-02T09:30:00Z" '
        f'w:initials="Z"><w:p {extra}>{r(text)}</w:p></w:comment>'
    )


def passages(project):
    names = names_of(project)
    text = project.sources[0].text
    return [
        (text[one.start : one.end], [names[code.code][-1] for code in one.applied])
        for one in project.sources[0].selections
    ]


def test_passages_over_paragraphs_tables_and_changes(tmp_path):
    cell = f"<w:tbl><w:tr><w:tc>{p(r('Dans une case'), end(1), ref(1))}</w:tc></w:tr></w:tbl>"
    body = "".join([
        start(0), p(r("Un "), "<w:ins>", r("ajout"), "</w:ins>", "<w:del><w:r><w:delText>non"
          "</w:delText></w:r></w:del>", end(0), ref(0)),
        p(r("De "), start(1), r("là")), cell,
        p(r("Un mot"), ref(2)), p(start(3), r("sans fin")), p(r("e\u0301t\u00e9 "), start(4),
          r("e\u0301"), end(4), ref(4)),
    ])  # fmt: skip
    notes = "".join(comment(number, f"code {number}") for number in range(6))
    project, told = read_commented(commented(tmp_path, body, notes))
    assert passages(project) == [
        ("Un ajout", ["code 0"]),
        ("là\nDans une case", ["code 1"]),
        ("Un mot", ["code 2"]),
        ("sans fin", ["code 3"]),
        ("é", ["code 4"]),
    ]
    words = " ".join(one.message.to("fr") for one in told)
    assert "1 commentaire n’est pas dans le texte" in words
    assert "1 commentaire sans passage" in words
    assert "1 suppression suivie" in words
    first = project.sources[0].selections[0].applied[0]
    assert (project.coders[0].name, first.at) == ("Zoé", "2026-10-02T09:30:00Z")


def test_replies_are_notes_of_what_they_answer(tmp_path):
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    mark = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="{}"'
    body = p(start(0), start(1), r("mots"), end(0), ref(0), end(1), ref(1))
    notes = comment(0, "Confiance", mark.format("A1")) + comment(1, "D’accord", mark.format("B2"))
    extended = (
        f'<w15:commentsEx xmlns:w15="{w15}"><w15:commentEx w15:paraId="A1"/>'
        '<w15:commentEx w15:paraId="B2" w15:paraIdParent="A1"/></w15:commentsEx>'
    )
    project, _ = read_commented(commented(tmp_path, body, notes, extended))
    assert [one.name for one in project.codes] == ["Confiance"]
    assert [one.text for one in project.notes] == ["D’accord"]


def test_at_the_command_there_and_back(tmp_path, capsys):
    one = Selection("s", 0, 9, applied=(Applied("a", "c", "k"), Applied("b", "d", "k")))
    project = CodedProject(
        "Essai", (Coder("k", "Aurélie"),),
        (ProjectCode("c", "Confiance", colour="#ff0000"), ProjectCode("d", "Oui > non")),
        sources=(Source("x", "Entretien", "Bonjour à\ntoutes", "", (one,)),),
    )  # fmt: skip
    write_refi(project, tmp_path / "p.qdpx")
    assert main(["convert", str(tmp_path / "p.qdpx"), str(tmp_path / "p.docx")]) == 0
    printed = capsys.readouterr().out
    for words in ("1 document, 2 codes, 2 codages", "couleur", "Oui > non", "Pour l’équipe"):
        assert words in printed
    assert main(["convert", str(tmp_path / "p.docx"), str(tmp_path / "q.qdpx")]) == 0
    again, _ = read_refi(tmp_path / "q.qdpx")
    assert {one.name for one in again.codes} == {"Confiance", "Oui", "non"}
    assert main(["convert", str(tmp_path / "p.docx"), str(tmp_path / "etude")]) == 0
    assert "Confiance" in (tmp_path / "etude" / "codes.csv").read_text("utf-8-sig")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "un.docx").write_bytes((tmp_path / "p.docx").read_bytes())
    assert main(["convert", str(folder), str(tmp_path / "r.qdpx")]) == 0
    assert main(["convert", str(tmp_path / "p.docx"), str(tmp_path / "p.txt")]) == 0
    assert "Bonjour" in (tmp_path / "p.txt").read_text()


def test_several_texts_ask_for_a_zip(tmp_path, capsys):
    sources = tuple(Source(f"{n}", "E", "mots") for n in range(2))
    write_refi(CodedProject("E", sources=sources), tmp_path / "p.qdpx")
    assert main(["convert", str(tmp_path / "p.qdpx"), str(tmp_path / "p.docx")]) == 2
    assert ".zip" in capsys.readouterr().err
    assert not (tmp_path / "p.docx").exists()
    assert main(["convert", str(tmp_path / "p.qdpx"), str(tmp_path / "p.zip")]) == 0
    assert zipfile.ZipFile(tmp_path / "p.zip").namelist() == ["E.docx", "E (2).docx"]


def test_what_is_hostile_or_empty_is_refused(tmp_path):
    plain = commented(tmp_path, p(r("rien")), "", name="plain.docx")
    assert not is_commented(plain)
    entity = tmp_path / "entity.docx"
    with zipfile.ZipFile(entity, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/comments.xml", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>')
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
        archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{MAIN}"/>')
    outside = tmp_path / "outside.zip"
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../a.docx", plain.read_bytes())
    for path in (plain, entity, bomb, outside):
        with pytest.raises(FormatRefused):
            read_commented(path)


def test_real_projects_go_to_word_and_back(real_data, tmp_path):
    for number, path in enumerate(sorted((real_data / "qda").rglob("*.qd*"))):
        project, _ = read_refi(path)
        if not any(source.text for source in project.sources):
            continue
        write_commented(project, tmp_path / f"{number}.zip")
        again, _ = read_commented(tmp_path / f"{number}.zip")
        assert [one.text for one in again.sources] == [
            one.text for one in project.sources if one.text is not None
        ]
