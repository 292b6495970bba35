"""Transcripts as the field's tools write them, told by what they hold."""

import unicodedata
from pathlib import Path

import pytest
import transcript_samples as samples

from croisee.formats import FormatRefused, read_docx
from croisee.formats.transcripts import read_transcript
from croisee.text import Mark, MarkKind, merged

PAUSE, OVERLAP, TIME, EVENT = MarkKind.PAUSE, MarkKind.OVERLAP, MarkKind.TIME, MarkKind.EVENT


@pytest.fixture
def read(tmp_path):
    """Return a reader of bytes or of a text, under a name that says nothing."""

    def of(content, known=()):
        path = tmp_path / "sans-nom.bin"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_transcript(path, known)

    return of


def said(transcript):
    return [(one.speaker, one.text, one.start, one.end) for one in transcript.turns]


def notices(transcript):
    return [(one.message.to("fr"), one.line) for one in transcript.notices]


RECORDING = "Ce fichier est un enregistrement (son ou vidéo), pas un texte."
ALINE, BASILE = "Aline Roy", "Basile Côté"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (
            samples.TEAMS_VTT,
            "vtt",
            [
                (ALINE, "Bonjour tout le monde.", 3.12, 5.0),
                (BASILE, "Salut & merci.\nOn commence ?", 5.0, 8.5),
            ],
        ),
        (
            samples.ZOOM_VTT,
            "vtt",
            [
                (ALINE, "Bonjour tout le monde.", 3.12, 5.0),
                (BASILE, "Une chose : le temps.", 5.0, 8.5),
                (ALINE, "D’accord.", 9.0, 10.0),
            ],
        ),
        (
            samples.NOSCRIBE_VTT,
            "vtt",
            [
                ("S00", "Bonjour (..) ça va?", 1.93, 3.31),
                ("S01", "Oui, //d'accord// bien.", 3.47, 10.01),
            ],
        ),
        (
            samples.NOSCRIBE_HTML,
            "noscribe",
            [
                ("S00", "Bonjour (..) ça va?", 1.93, 3.4),
                ("Aline", "Oui, //d'accord// bien.", 3.47, 10.01),
                ("S00", "Une chose : encore.", 10.01, 12.0),
                ("Aline", "Oui. Ajouté à la main.", 12.0, 13.0),
                ("S00", "Sans temps.", None, None),
            ],
        ),
        (
            samples.DASHES_SRT,
            "srt",
            [
                ("", "Bonjour.", 1.0, 2.0),
                ("", "Salut à vous.", 1.0, 2.0),
                ("", "-5 degrés, ce matin.", 3.0, 4.0),
                ("", "42", 5.0, 6.0),
            ],
        ),
        (
            samples.TEAMS_OLD,
            "vtt",
            [
                (ALINE, "Bonjour à tous.", 0.0, 3.12),
                (BASILE, "Oui.", 3.5, 5.0),
                (ALINE, "Bon.", 6.0, 7.0),
                (BASILE, "Oui.", 8.0, 9.0),
            ],
        ),
        (
            samples.TEAMS_TXT,
            "txt",
            [
                (ALINE, "Bonjour à tous.", 3.0, None),
                (BASILE, "Merci.\nOn commence.", 70.0, None),
            ],
        ),
        (
            samples.ZOOM_TXT,
            "txt",
            [(ALINE, "Bonjour.", 11.0, None), (BASILE, "Oui.", 20.0, None)],
        ),
        (
            samples.HEADED,
            "txt",
            [(ALINE, "Bonjour à tous.", 45.0, None), (BASILE, "Merci.\nEncore.", 70.0, None)],
        ),
        (
            samples.ATRAIN,
            "txt",
            [
                ("SPEAKER_00", "Bonjour.\n[00:00:09] - Encore.", 5.0, None),
                ("SPEAKER_01", "Oui.", 12.0, None),
            ],
        ),
        (
            samples.NOSCRIBE_TXT,
            "txt",
            [
                ("S00", "Bonjour (..)", 5.0, None),
                ("S01", "Oui, //d'accord// [00:01:02] bien.", None, None),
            ],
        ),
        (
            samples.OTRANSCRIBE,
            "txt",
            [
                ("", "Bonjour à tous.", 0.0, None),
                ("", "Bien oui.", 12.0, None),
                ("", "Voilà.", 60.0, None),
            ],
        ),
        (
            samples.WHISPER,
            "json",
            [("SPEAKER_00", "Bonjour.", 1.0, 2.5), ("", "Oui.", None, None)],
        ),
        (samples.WHISPER_CPP, "json", [("", "Bonjour.", 0.0, 2.1)]),
        (samples.SEGMENTS, "json", [("", "Bonjour.", 0.0, None)]),
        (samples.OTR, "otr", [("Aline", "bonjour", 1.0, None), ("Basile", "oui", None, None)]),
        (
            samples.TRS.encode("latin-1"),
            "trs",
            [
                ("Aline", "bonjour à tous\nencore voilà", 0.0, 4.5),
                ("Aline", "oui", 5.0, 6.0),
                ("Basile", "non", 5.0, 6.0),
            ],
        ),
        (
            samples.TEI,
            "tei",
            [("Aline", "Bonjour à tous", 10.0, 13.0), ("B", "l’eau monte", None, None)],
        ),
        (
            samples.TEXTGRID,
            "textgrid",
            [("Aline", 'Bonjour "toi"', 0.0, 2.5), ("Basile", "Oui.", 1.0, 3.0)],
        ),
        (samples.SHORT_TEXTGRID, "textgrid", [("Aline", "Bonjour.", 0.0, 5.0)]),
        (
            samples.PLAIN,
            "txt",
            [
                ("", "Un premier paragraphe.", None, None),
                ("", "Il y a une chose importante : le temps.", None, None),
            ],
        ),
        (
            samples.BRACKETED,
            "txt",
            [("Chercheur", "Bonjour.", 1.0, 11.0), ("Interviewée", "Oui.", 12.0, 3725.0)],
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 10 else "",
)
def test_what_tools_write_is_read_whatever_its_name(read, content, name, expected):
    found = read(content)

    assert (found.format, said(found)) == (name, expected)


def test_marks_are_kept_beside_the_words_or_where_they_were_typed(read):
    found = {
        name: [one.marks for one in read(content).turns]
        for name, content in (
            ("noscribe", samples.NOSCRIBE_VTT), ("pages", samples.NOSCRIBE_HTML),
            ("trs", samples.TRS.encode("latin-1")), ("tei", samples.TEI),
            ("atrain", samples.ATRAIN),
            ("karaoké", "WEBVTT\n\n00:01.000 --> 00:03.000\n<c>Oui</c> <00:01.500><c>merci</c>\n"),
        )
    }  # fmt: skip

    assert found == {
        "noscribe": [(Mark(PAUSE, 8, 12),), (Mark(OVERLAP, 5, 17),)],
        "pages": [
            (Mark(PAUSE, 8, 12), Mark(TIME, 13, 13, 3.31)),
            (Mark(OVERLAP, 5, 17),),
            (),
            (),
            (),
        ],
        "trs": [(Mark(TIME, 15, 15, 2.125), Mark(EVENT, 22, 22, None, "rire")), (), ()],
        "tei": [
            (Mark(PAUSE, 8, 8, 1.5), Mark(TIME, 10, 10, 11.5), Mark(EVENT, 14, 14, None, "rire")),
            (),
        ],
        "atrain": [(Mark(TIME, 9, 19, 9.0),), ()],
        "karaoké": [(Mark(TIME, 4, 4, 1.5),)],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Euh (.) (...) (…) (1,5) (12 secondes) (2 min de pause) [pause] (longue pause)",
         [None, None, None, 1.5, 12.0, 120.0, None, None]),
        ("En (2020) et (A.) ou (3), [sic], voir https://a.b//c", []),
    ],
)  # fmt: skip
def test_pauses_have_a_length_where_somebody_wrote_it(read, text, expected):
    turn = read(f"Aline : {text}").turns[0]

    assert [mark.seconds for mark in turn.marks] == expected
    assert {mark.kind for mark in turn.marks} <= {PAUSE}


WIDE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize(
    ("codec", "form"),
    [("cp1252", "NFC"), *((one, form) for one in WIDE for form in ("NFC", "NFD"))],
)
def test_encodings_and_forms_of_accents_are_one(read, codec, form):
    words = "Hélène l’a “dit” — à l’œuvre"
    text = unicodedata.normalize(form, f"ALINE : {words}\r\nBASILE : oui\r\n")

    found = read(text.encode(codec))

    assert [(one.speaker, one.text) for one in found.turns] == [("ALINE", words), ("BASILE", "oui")]


def test_a_letter_in_another_encoding_spoils_nothing_else(read):
    found = read("ALINE : Été, forêt, déjà, théâtre\nBASILE : ".encode() + b"caf\xe9\n")

    assert [one.text for one in found.turns] == ["Été, forêt, déjà, théâtre", "café"]
    assert notices(found) == [
        ("1 lettre n’est pas dans l’encodage du reste du fichier : elle est lue à part.", 2)
    ]


def test_a_title_before_a_name_opens_a_turn(read):
    text = (
        "Interviewer: Bonjour.\nDre Roy: Oui.\nInterviewer: Et vous ?\nJ.-M. Côté: Non.\n"
        "Dr. Marie Roy: Ah.\nInterviewer: Fin."
    )

    assert [one.speaker for one in read(text).turns] == [
        "Interviewer", "Dre Roy", "Interviewer", "J.-M. Côté", "Dr. Marie Roy", "Interviewer",
    ]  # fmt: skip


def test_lines_about_the_recording_are_nobodys_words(read):
    found = read(
        "Entretien 4\nDate: 3 mai\nLieu: Rimouski\nDurée: 1 h\n\n"
        "Animatrice: Bonjour.\nP1: Oui.\nAnimatrice: Date : laquelle ?"
    )

    assert [one.speaker for one in found.turns] == ["Animatrice", "P1", "Animatrice"]
    assert notices(found) == [("4 lignes hors des tours de parole ne sont pas lues.", 1)]


def test_two_people_of_one_name_are_told_apart_by_the_file(read):
    found = read(samples.TRS.replace("Basile", "Aline").encode("latin-1"))

    assert {one.speaker for one in found.turns} == {"Aline (spk1)", "Aline (spk2)"}
    assert notices(found) == [("Deux personnes portent le même nom : « Aline ».", None)]


def test_one_label_written_two_ways_is_one_person_and_said(read):
    vtt = "WEBVTT\n\n" + "\n\n".join(
        f"00:0{at}.000 --> 00:0{at + 1}.000\n<v {label}>mot" for at, label in enumerate(
            ("Ada Roy", "Chercheuse", "Léo", "ADA ROY", "chercheuse", "Ada  Roy")
        )
    )  # fmt: skip

    found = read(vtt)

    told = (
        "Une étiquette est écrite de plusieurs façons (« Ada Roy », « ADA ROY ») : tenue pour "
        "une seule personne."
    )
    assert notices(found) == [(told, 12)]


def test_odd_times_are_said_and_kept(read):
    cues = ["00:10.000 --> 00:12.000", "00:11.000 --> 00:13.000", "00:05.000 --> 00:04.000"]
    text = "WEBVTT\n\n" + "\n\n".join(f"{cue}\n<v A>mot {i}" for i, cue in enumerate(cues))

    found = read(text)

    assert [(one.start, one.end) for one in found.turns] == [
        (10.0, 12.0),
        (11.0, 13.0),
        (5.0, None),
    ]
    assert notices(found) == [
        ("1 tour finit avant de commencer : son heure de fin n’est pas gardée.", 9),
        ("1 tour commence avant celui qui le précède : l’ordre du fichier est gardé.", 9),
        ("1 tour commence avant la fin du précédent : les deux sont gardés.", 6),
    ]


def test_webvtt_without_its_first_line_is_read_and_said(read):
    found = read(samples.TEAMS_VTT.removeprefix("WEBVTT\n\n"))

    assert said(found) == said(read(samples.TEAMS_VTT))
    assert notices(found) == [("La première ligne n’est pas « WEBVTT ».", 1)]


def test_words_far_from_their_time_are_read_and_said(read):
    found = read("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Oui.\n\nEt puis non.\n")

    assert [one.text for one in found.turns] == ["Oui.\nEt puis non."]
    assert notices(found) == [
        ("1 paragraphe sans temps est lu comme la suite de ce qui le précède.", 6)
    ]


def test_ten_hours_are_read(read):
    cues = "".join(
        f"{i + 1}\n{i // 900:02}:{i // 15 % 60:02}:{i % 15 * 4:02}.000 --> "
        f"{i // 900:02}:{i // 15 % 60:02}:{i % 15 * 4 + 3:02}.000\n<v P{i % 7}>mot {i}\n\n"
        for i in range(9000)
    )

    found = read(f"WEBVTT\n\n{cues}")

    assert (len(found.turns), found.turns[-1].end, found.notices) == (9000, 35999.0, ())


def test_turns_are_merged_when_somebody_asks(read):
    read_turns = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Oui (..)\n\n00:02.500 --> 00:03.000\n<v A>et non."
        "\n\n00:03.000 --> 00:04.000\n<v B>Ah.\n"
    ).turns

    together = merged(read_turns)

    assert [(one.text, one.start, one.end) for one in read_turns][:2] == [
        ("Oui (..)", 1.0, 2.0), ("et non.", 2.5, 3.0),
    ]  # fmt: skip
    assert [(one.speaker, one.text, one.start, one.end) for one in together] == [
        ("A", "Oui (..)\net non.", 1.0, 3.0),
        ("B", "Ah.", 3.0, 4.0),
    ]
    assert together[0].marks == (Mark(PAUSE, 4, 8), Mark(TIME, 9, 9, 2.5))


def test_word_paragraphs_of_teams_are_read(tmp_path):
    body = samples.paragraph("Rencontre") + "".join(
        samples.paragraph(name, f"   {time}\n{words}")
        for name, time, words in (
            (ALINE, "0:03", "Bonjour."), (BASILE, "0:09", "Oui."), (ALINE, "1:00:02", "Bon."),
        )
    )  # fmt: skip

    found = read_transcript(samples.word_file(tmp_path / "x", body))

    assert said(found) == [
        (ALINE, "Bonjour.", 3.0, None),
        (BASILE, "Oui.", 9.0, None),
        (ALINE, "Bon.", 3602.0, None),
    ]
    assert (found.format, found.notices) == ("docx", ())


def test_old_word_transcripts_of_teams_are_read(tmp_path):
    body = "".join(samples.paragraph(block) for block in samples.TEAMS_OLD.split("\n\n") if block)

    found = read_transcript(samples.word_file(tmp_path / "x", body))

    assert [(one.speaker, one.text) for one in found.turns] == [
        (ALINE, "Bonjour à tous."), (BASILE, "Oui."), (ALINE, "Bon."), (BASILE, "Oui."),
    ]  # fmt: skip


@pytest.mark.parametrize("titled", [True, False])
def test_word_tables_of_turns_are_read(tmp_path, titled):
    rows = [
        ("0:01", "Aline", "Bonjour.\nÇa va ?"), ("0:04", "Basile", "Oui."),
        ("0:09", "Aline", "Bon."),
    ]  # fmt: skip
    header = [("Temps", "Locuteur", "Verbatim")] if titled else []
    body = samples.paragraph("Groupe 2") + samples.table(*header, *rows)

    found = read_transcript(samples.word_file(tmp_path / "x", body))

    assert said(found) == [
        ("Aline", "Bonjour.\nÇa va ?", 1.0, None),
        ("Basile", "Oui.", 4.0, None),
        ("Aline", "Bon.", 9.0, None),
    ]
    assert found.notices == ()


def test_words_around_a_small_table_are_not_given_up_for_it(tmp_path):
    talk = "".join(samples.paragraph(f"Aline : {'parole ' * 9}{i}") for i in range(5))
    body = talk + samples.table(("Nom", "Texte"), ("Basile", "Absent."))

    found = read_transcript(samples.word_file(tmp_path / "x", body))

    assert [one.speaker for one in found.turns] == ["Aline"] * 5


def test_other_word_tables_are_read_cell_by_cell_and_said(tmp_path):
    body = samples.paragraph("Aline : bonjour") + samples.table(("Code", "P1"), ("Âge", "30"))

    found = read_transcript(samples.word_file(tmp_path / "x", body))

    assert said(found) == [("Aline", "bonjour\nCode\nP1\nÂge\n30", None, None)]
    assert [one.message.to("fr") for one in found.notices] == [
        "Un tableau est lu case par case : ses colonnes ne sont pas celles d’un verbatim."
    ]


def test_tracked_changes_comments_and_objects_are_said(tmp_path):
    body = (
        "<w:p><w:r><w:t>ALINE : gardé </w:t></w:r><w:del><w:r><w:delText>retiré</w:delText></w:r>"
        "</w:del><w:ins><w:r><w:t>ajouté</w:t></w:r></w:ins><w:r><w:commentReference/></w:r>"
        "<w:r><w:object/></w:r><w:r><w:drawing/></w:r><w:r><w:footnoteReference/></w:r></w:p>"
    )

    found = read_transcript(
        samples.word_file(tmp_path / "x", body, **{"word/comments.xml": "<a>secret</a>"})
    )

    assert said(found) == [("ALINE", "gardé ajouté", None, None)]
    assert [one.message.to("fr") for one in found.notices] == [
        "1 suppression suivie n’est pas lue.",
        "1 ajout suivi est lu.",
        "1 commentaire n’est pas lu.",
        "1 note n’est pas lue.",
        "2 images ou objets ne sont pas lus.",
    ]


def test_real_interviews_are_read_turn_by_turn(real_data):
    files = sorted((real_data / "verbatims" / "artisans_docx").glob("*.docx"))

    found = {file.name: read_transcript(file) for file in files}

    assert len(found) == 7
    assert sum(len(one.turns) for one in found.values()) == 341
    for file in files:
        words = " ".join(" ".join(read_docx(file)).split())
        turns = found[file.name].turns
        assert all(" ".join(one.text.split()) in words for one in turns)
        assert all(one.start is not None and one.end is not None for one in turns)


def test_real_texts_give_every_person_their_own_words(real_data):
    folder = real_data / "verbatims" / "rgpd_synthetic_interviews"

    for file in sorted(folder.glob("*.txt")):
        turns = read_transcript(file).turns
        lines = [
            line for line in Path(file).read_text(encoding="utf-8").split("\n") if ": " in line
        ]
        spoken = {line.partition(":")[0] for line in lines[3:]}

        assert spoken - {one.speaker for one in turns} <= {
            "Date", "Lieu", "Enregistré à", "Participant", "Enregistrement",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x00\x00\x00\x18ftypmp42" + bytes(64), RECORDING),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", RECORDING),
        (b"%PDF-1.7", "Ce fichier est un PDF."),
        (
            b'{"segments": 3}',
            "Ce fichier est du JSON, et d’aucun outil de transcription connu.",
        ),
        (
            b'{"segments": [{"start": 0, "text": " "}, 7]}',
            "Ce fichier est du JSON, et d’aucun outil de transcription connu.",
        ),
        (b"<html><body><p>Un avis</p></body></html>",
         "Ce fichier est une page web où personne ne parle à son tour."),
        (b"<!DOCTYPE html><p>Un avis</p>",
         "Ce fichier est une page web où personne ne parle à son tour."),
        (b"<?xml version='1.0'?><a/>", "Ce fichier XML (« a ») n’est pas d’un genre connu."),
        (bytes([1, 2, 3, 200, 201]) * 400, "Ce fichier n’est pas du texte, quoi que dise son nom."),
        (bytes(range(256)) * 20, "Ce fichier n’est pas du texte, quoi que dise son nom."),
        (b"MZ" + bytes(4000), "Ce fichier n’est pas du texte, quoi que dise son nom."),
        (b"Aline : oui.\n" * 400 + bytes([1, 2, 3, 200]) * 40,
         "Le fichier contient des octets qui ne sont pas du texte."),
        (b"<!DOCTYPE Trans [<!ENTITY a 'b'>]><Trans>&a;</Trans>",
         "Le fichier déclare des entités XML."),
        (b"<!DOCTYPE TEI SYSTEM 'x.dtd' [ ]><TEI/>",
         "Le fichier déclare des entités XML."),
    ],
)  # fmt: skip
def test_what_is_no_transcript_is_refused_in_a_sentence(read, content, message):
    with pytest.raises(FormatRefused) as refused:
        read(content)

    assert refused.value.message.to("fr") == message
