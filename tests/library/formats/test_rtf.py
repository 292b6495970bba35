"""Rich texts: words, turns and tables as Word has them; what is no word is said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.rtf import read_rtf
from croisee.formats.transcripts import read_transcript
from croisee.text import stored_text

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\froman\fcharset0 Times;}{\f1\fswiss\fcharset204"
    r"{\*\falt Arial}Arial Cyr;}}{\colortbl;\red0\green0\blue0;}{\stylesheet{\s0 Normal;}}"
    r"{\info{\author Quelqu'un}{\title Verbatim}}{\header En-t\'eate\par}"
)


def rtf(body):
    return (HEAD + body + "}").encode("latin-1")


def blocks(body):
    return read_rtf(rtf(body)).blocks


@pytest.fixture
def read(tmp_path):
    def of(body):
        path = tmp_path / "sans-nom"
        path.write_bytes(rtf(body))
        return read_transcript(path)

    return of


def said(found):
    return [(one.speaker, one.text, one.start, one.end) for one in found.turns]


def told(found):
    return [one.message.to("fr") for one in found.notices]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pard\plain \'c9t\'e9, \'ab\~ah\~\'bb\par", "Été, «\u00a0ah\u00a0»"),
        (r"intervenant\u8729?e\u8729?s\par", "intervenant∙e∙s"),
        (r"{\uc2 \u8729\'3f\'3fe}s\u233?\par", "∙esé"),
        (r"\uc0\u8217 a\par", "’a"),
        (r"\u-10179?\u-8638?\par", "\U0001f642"),
        (r"e\u769?\par", "é"),
        (r"l\rquote\'e2ge \endash  un\emdash deux\line trois\par", "l’âge – un—deux\ntrois"),
        (r"\f1 \'c6\f0 \'c6\par", "ЖÆ"),
        (r"{\f1 \'c6}\'c6\plain\f1\'c6\par", "ЖÆЖ"),
        (r"a\{b\}\\c\-d\_e\tab f\par", "a{b}\\cd-e\tf"),
        ("un\r\n deux\\\ntrois", "un deux"),
        (r"{\pict\wmetafile8 0102ab{\sp x}}ab{\*\bkmkstart lieu}c{\*\inconnu d}e\par", "abce"),
        ("{\\pict\\bin4 }}{\\x}a\\par", "a"),
        (r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt ici}} l\'e0{\footnote non}\par", "ici là"),
        (r"{\listtext 1.\tab}Un\par", "Un"),
        (r"Oui{\deleted  Aline}{\v  cach\'e9}{\revised  bien}\v non\v0 .\par", "Oui bien."),
        (r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv 1}}{\shptxt Bulle}}{\shprslt x}}\par", "Bulle"),
        (r"{\upr{Ete}{\*\ud{\u201?}}}\par", "Ete"),
    ],
)
def test_words_of_a_paragraph(body, text):
    assert blocks(body)[0] == text


def test_code_page_of_the_file_is_followed():
    assert read_rtf(b"{\\rtf1\\mac Caf\\'8e\\par}").blocks == ["Café"]
    assert read_rtf(b"{\\rtf1\\ansi\\ansicpg932 \\'93\\'fa\\'96\\'7b\\par}").blocks == ["日本"]
    assert read_rtf(b"{\\rtf1\\ansi\\ansicpg99999 \\'e9\\par}").blocks == ["é"]
    assert read_rtf(b"{\\rtf1\\ansi Caf\xe9\\par}").blocks == ["Café"]


def test_a_table_is_rows_of_cells_and_stands_where_it_is():
    row = r"\trowd\cellx1\cellx2\pard\intbl %s\cell %s\cell\row"

    found = blocks(r"Avant\par" + row % ("a", r"b|c\par d") + row % ("", "e") + r"\pard Apr\'e8s")

    assert found == ["Avant", [("a", "b|c\nd"), ("", "e")], "Après"]


def test_turns_in_paragraphs_are_read_as_those_of_word(read):
    found = read(r"\b Aline :\b0  Bonjour.\par\par\b Basile :\b0  Oui.\par\b Aline :\b0  Ah !\par")

    assert (found.format, said(found)) == (
        "rtf",
        [("Aline", "Bonjour.", None, None), ("Basile", "Oui.", None, None),
         ("Aline", "Ah !", None, None)],
    )  # fmt: skip


def test_turns_in_a_table_have_their_times(read):
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl %s\cell %s\cell %s\cell\row"
    found = read(
        row % ("D\\'e9but", "Locuteur", "Texte") + row % ("0:01", "Aline", "Oui.")
        + row % ("0:02", "Basile", "Non.")
    )  # fmt: skip

    assert said(found) == [("Aline", "Oui.", 1.0, None), ("Basile", "Non.", 2.0, None)]


def test_what_is_not_read_is_counted_and_said(read):
    found = read(
        r"Aline : Oui{\deleted  Ludivine}.\par Basile : N{\v x}on{\footnote n}."
        r"{\*\annotation c}\par Aline : {\revised Ah}"
        r"{\*\shppict{\pict 00}}{\nonshppict{\pict 00}}{\object 0{\result r}}"
    )

    assert [one.text for one in found.turns] == ["Oui.", "Non.", "Ah"]
    assert told(found) == [
        "1 suppression suivie n’est pas lue.",
        "1 ajout suivi est lu.",
        "1 commentaire n’est pas lu.",
        "1 note n’est pas lue.",
        "2 images ou objets ne sont pas lus.",
        "1 passage caché n’est pas lu.",
    ]


def test_a_file_that_stops_too_soon_is_read_and_said(tmp_path):
    whole = rtf(r"Aline : Oui.\par Basile : Non.\par")
    (tmp_path / "a").write_bytes(whole[:-2])
    (tmp_path / "b").write_bytes(rtf(r"Aline : Oui \'81.\par Basile : Non.\par") + b"Suite")

    cut, lost = (read_transcript(tmp_path / name) for name in "ab")

    assert [one.text for one in cut.turns] == ["Oui.", "Non."]
    assert told(cut) == ["Le fichier s’arrête avant sa fin : ce qui précède est lu."]
    assert lost.turns[-1].text == "Non."
    assert told(lost) == ["1 lettre ne se lit pas : elle est remplacée par « � »."]


def test_groups_nested_without_end_are_refused():
    with pytest.raises(FormatRefused) as refused:
        read_rtf(b"{\\rtf1" + b"{" * 100_000)

    assert refused.value.message.to("fr") == "Le fichier imbrique trop de groupes."


def escaped(text):
    units = text.encode("utf-16-le")
    numbers = [int.from_bytes(units[i : i + 2], "little") for i in range(0, len(units), 2)]
    return "".join(f"\\u{n - 0x10000 if n > 0x7FFF else n}?" for n in numbers)


@settings(max_examples=150, deadline=None)
@given(lines=st.lists(st.text(max_size=40).map(stored_text), min_size=1, max_size=5))
def test_any_words_written_by_their_numbers_come_back(lines):
    body = "".join(escaped(line.replace("\n", " ")) + "\\par " for line in lines)

    assert blocks(body) == [line.replace("\n", " ") for line in lines]


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            ["{", "}", "\\par ", "\\'e9", "\\'", "\\u-3?", "\\u99999 ", "\\bin9 ", "\\*", "\\cell",
             "\\row ", "\\trowd", "\\intbl", "\\deleted", "\\v ", "Aline : oui", "\\f1 ", "\\uc9 ",
             "{\\fonttbl{\\f1\\fcharset128 x;}}", "\\ansicpg0 ", "\\ansicpg65001 ", "\\", "\x00"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_anything_is_read_or_refused(pieces):
    text = read_rtf(("{\\rtf1 " + "".join(pieces)).encode("latin-1"))

    for block in text.blocks:
        for words in [block] if isinstance(block, str) else [cell for row in block for cell in row]:
            words.encode("utf-8")
