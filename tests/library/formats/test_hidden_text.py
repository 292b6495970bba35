"""What a Word file hides on screen never passes for what was said, and never in silence."""

import sys
from pathlib import Path

import pytest

from croisee.cli import main
from croisee.formats.transcripts import read_transcript

sys.path.insert(0, str(Path(__file__).parent))
import transcript_samples as samples

HIDDEN = "CACHE"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def said(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def styles(*made: str) -> str:
    return f'<w:styles xmlns:w="{samples.WORD}">{"".join(made)}</w:styles>'


def style(kind: str, code: str, inside: str, more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{code}" {more}>{inside}</w:style>'


BOX = "<w:pict><v:textbox xmlns:v='urn:v'><w:txbxContent>{}</w:txbxContent></v:textbox></w:pict>"
VANISH = "<w:rPr><w:vanish/></w:rPr>"
WAYS = {
    "vanish": (said(run(HIDDEN, "<w:b/><w:vanish/>")), ""),
    "web": (said(run(HIDDEN, "<w:webHidden w:val='1'/>")), ""),
    "style of letters": (
        said(run(HIDDEN, "<w:rStyle w:val='Secret'/>")),
        styles(style("character", "Secret", VANISH)),
    ),
    "style of paragraphs, built upon another": (
        said(run(HIDDEN), properties="<w:pStyle w:val='B'/>"),
        styles(style("paragraph", "A", VANISH), style("paragraph", "B", "<w:basedOn w:val='A'/>")),
    ),
    "text box": (
        f"<w:p><w:r>{VANISH}{BOX.format(said(run(HIDDEN)))}</w:r></w:p>",
        "",
    ),
    "in a table": (
        "<w:tbl><w:tr><w:tc>" + said(run(HIDDEN, "<w:vanish/>")) + "</w:tc></w:tr></w:tbl>",
        "",
    ),
}


@pytest.mark.parametrize(("body", "parts"), WAYS.values(), ids=WAYS)
def test_hidden_words_are_left_out_and_their_paragraph_is_said(tmp_path, capsys, body, parts):
    turns = samples.paragraph("Aline : Bonjour."), samples.paragraph("Basile : Oui.")
    extra = {"word/styles.xml": parts} if parts else {}
    path = samples.word_file(tmp_path / "a.docx", turns[0] + body + turns[1], **extra)

    read = read_transcript(path)

    assert [turn.text for turn in read.turns] == ["Bonjour.", "Oui."]
    told = [one.message.to("fr") for one in read.notices if "caché" in one.message.to("fr")]
    assert told == ["Du texte caché n’est pas lu, au paragraphe 2."]
    assert main(["convert", str(path), str(tmp_path / "b.docx"), "--lang", "en"]) == 0
    assert "Hidden text is not read, in paragraph 2." in capsys.readouterr().out
    assert all(HIDDEN not in turn.text for turn in read_transcript(tmp_path / "b.docx").turns)


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (said(run("Basile : Oui.", "<w:vanish w:val='0'/>")), ""),
        (
            said(run("Basile : Oui.", "<w:vanish w:val='false'/><w:rStyle w:val='Secret'/>")),
            styles(style("character", "Secret", VANISH)),
        ),
        (
            said(run("Basile : Oui."), properties="<w:rPr><w:vanish/></w:rPr>"),
            styles(style("paragraph", "A", VANISH), style("paragraph", "B", "", "w:default='1'")),
        ),
        (
            said(run("Basile : Oui."), properties="<w:pStyle w:val='A'/>"),
            styles(
                style("paragraph", "A", "<w:basedOn w:val='B'/>"),
                style("paragraph", "B", "<w:basedOn w:val='A'/>"),
            ),
        ),
    ],
    ids=["said to be seen", "seen in a hidden style", "the mark alone", "styles in a ring"],
)
def test_what_is_seen_is_read_without_a_word(tmp_path, body, parts):
    extra = {"word/styles.xml": parts} if parts else {}
    path = samples.word_file(
        tmp_path / "a.docx", samples.paragraph("Aline : Bonjour.") + body, **extra
    )

    read = read_transcript(path)

    assert [turn.text for turn in read.turns] == ["Bonjour.", "Oui."]
    assert [one for one in read.notices if "caché" in one.message.to("fr")] == []
