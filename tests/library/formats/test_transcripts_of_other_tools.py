"""Transcripts of hosted recognisers, captions, annotation tools, chats, tables and ODT."""

import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from croisee.formats import FormatRefused
from croisee.formats.transcripts import read_transcript
from croisee.formats.transcripts.json_recognisers import turns_of_recogniser
from croisee.text import cut_turns


@pytest.fixture
def read(tmp_path):
    """Return a reader of a text, under a name that says nothing."""

    def of(content):
        path = tmp_path / "sans-nom.bin"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return read_transcript(path)

    return of


def said(found):
    return [(one.speaker, one.text, one.start, one.end) for one in found.turns]


def notices(found):
    return [one.message.to("fr") for one in found.notices]


def word(text, start, end, **more):
    return {"start": start, "end": end, "word": text, **more}


AWS_ITEMS = [
    {"type": "pronunciation", "start_time": "0.5", "end_time": "1.0",
     "alternatives": [{"content": "Bonjour"}]},
    {"type": "punctuation", "alternatives": [{"content": ","}]},
    {"type": "pronunciation", "start_time": "1.0", "end_time": "2.0",
     "alternatives": [{"content": "Basile"}]},
    {"type": "punctuation", "alternatives": [{"content": "."}]},
    {"type": "pronunciation", "start_time": "2.5", "end_time": "3.0",
     "alternatives": [{"content": "Salut"}]},
]  # fmt: skip
AWS_LABELS = {
    "segments": [
        {"items": [{"start_time": "0.5", "speaker_label": "spk_0"},
                   {"start_time": "1.0", "speaker_label": "spk_0"}]},
        {"items": [{"start_time": "2.5", "speaker_label": "spk_1"}]},
    ]
}  # fmt: skip
HOSTED = {
    "assemblyai": {
        "text": "Bonjour, Basile. Salut",
        "utterances": [
            {"speaker": "spk_0", "start": 500, "end": 2000, "text": "Bonjour, Basile."},
            {"speaker": "spk_1", "start": 2500, "end": 3000, "text": "Salut"},
        ],
    },
    "deepgram": {
        "results": {
            "channels": [],
            "utterances": [
                {"speaker": 0, "start": 0.5, "end": 2.0, "transcript": "Bonjour, Basile."},
                {"speaker": 1, "start": 2.5, "end": 3.0, "transcript": "Salut"},
            ],
        }
    },
    "deepgram, words": {
        "results": {
            "channels": [{"alternatives": [{"words": [
                word("bonjour", 0.5, 1.0, speaker=0, punctuated_word="Bonjour,"),
                word("basile", 1.0, 2.0, speaker=0, punctuated_word="Basile."),
                word("salut", 2.5, 3.0, speaker=1, punctuated_word="Salut"),
            ]}]}]
        }
    },
    "rev": {
        "monologues": [
            {"speaker": 0, "elements": [
                {"type": "text", "value": "Bonjour", "ts": 0.5, "end_ts": 1.0},
                {"type": "punct", "value": ","},
                {"type": "punct", "value": " "},
                {"type": "text", "value": "Basile", "ts": 1.0, "end_ts": 2.0},
                {"type": "punct", "value": "."},
            ]},
            {"speaker": 1, "elements": [
                {"type": "text", "value": "Salut", "ts": 2.5, "end_ts": 3.0},
            ]},
        ]
    },
    "aws": {"results": {"items": AWS_ITEMS, "speaker_labels": AWS_LABELS}},
    "speechmatics": {
        "results": [
            {"type": one["type"].replace("pronunciation", "word"),
             "start_time": float(one.get("start_time", 2.0)),
             "end_time": float(one.get("end_time", 2.0)),
             "alternatives": [{**one["alternatives"][0], "speaker": who}]}
            for one, who in zip(AWS_ITEMS, ["S1"] * 4 + ["S2"], strict=True)
        ]
    },
}  # fmt: skip


@pytest.mark.parametrize("tool", HOSTED)
def test_a_hosted_recogniser_gives_each_person_their_words_and_times(read, tool):
    found = read(json.dumps(HOSTED[tool]))

    assert [one[1:] for one in said(found)] == [
        ("Bonjour, Basile.", 0.5, 2.0),
        ("Salut", 2.5, 3.0),
    ]
    one, other = (turn.speaker for turn in found.turns)
    assert one != other
    assert all((one, other))


def test_words_of_nobody_are_parted_where_it_is_silent(read):
    words = [word("un", 0.0, 0.5), word("deux", 0.6, 1.0), word("trois", 9.0, 9.5)]

    found = read(json.dumps({"results": {"channels": [{"alternatives": [{"words": words}]}]}}))

    assert said(found) == [("", "un deux", 0.0, 1.0), ("", "trois", 9.0, 9.5)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["results", "items", "utterances", "monologues", "elements", "channels", "words",
             "alternatives", "content", "speaker", "start", "text", "transcript", "value", "type",
             "segments", "speaker_labels", "start_time", "word"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=30,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["results", "utterances", "monologues"]), JSON, max_size=2))
def test_no_json_breaks_the_reading(kept):
    turns = turns_of_recogniser(kept)
    assert turns is None or all(turn.text for turn in turns)


WORD = {"start_time": {}, "alternatives": [{"content": "Oui"}], "speaker": []}


@pytest.mark.parametrize(
    "kept",
    [
        {"monologues": [{"speaker": [], "elements": [{"value": "Oui"}]}]},
        {"utterances": [{"speaker": {}, "text": "Oui"}]},
        {"results": {"items": [WORD], "speaker_labels": {"segments": [{"items": [WORD]}]}}},
    ],
)
def test_a_speaker_that_is_no_name_is_nobody(kept):
    assert [(turn.speaker, turn.text) for turn in turns_of_recogniser(kept)] == [("", "Oui")]


SBV = "0:00:00.599,0:00:04.160\nAline: Bonjour\ntout le monde.\n\n"
SBV += "0:00:04.160,0:00:06.770\nBasile: Salut.\n\n0:00:07.000,0:00:08.000\nAline: Oui.\n"
ASS = """[Script Info]
Title: essai
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:00.50,Default,,0,0,0,,rien
Dialogue: 0,0:00:00.60,0:00:04.16,Default,Aline,0,0,0,,{\\i1}Bonjour{\\i0},\\Ntout le monde.
Dialogue: 0,0:00:04.16,0:00:06.77,Default,Basile,0,0,0,,Salut.
"""
TTML = """<?xml version="1.0"?><tt xmlns="http://www.w3.org/ns/ttml"
 xmlns:ttm="http://www.w3.org/ns/ttml#metadata"><head><metadata>
<ttm:agent xml:id="a"><ttm:name>Aline</ttm:name></ttm:agent></metadata></head><body><div>
<p begin="00:00:00.6" end="4.16s" ttm:agent="a">Bonjour,<br/>tout le monde.</p>
<p begin="4160ms" dur="2s" ttm:agent="b">Salut.</p><p begin="1:00:00:05">Oui.</p>
</div></body></tt>"""


def test_captions_of_other_makes_are_read(read):
    assert said(read(SBV))[:2] == [
        ("Aline", "Bonjour\ntout le monde.", 0.599, 4.16),
        ("Basile", "Salut.", 4.16, 6.77),
    ]
    assert said(read(ASS)) == [
        ("Aline", "Bonjour,\ntout le monde.", 0.6, 4.16),
        ("Basile", "Salut.", 4.16, 6.77),
    ]
    assert said(read(TTML)) == [
        ("Aline", "Bonjour,\ntout le monde.", 0.6, 4.16),
        ("b", "Salut.", 4.16, 6.16),
        ("", "Oui.", 3600.2, None),
    ]


ELAN = """<?xml version="1.0"?><ANNOTATION_DOCUMENT><TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="a" TIME_VALUE="600"/><TIME_SLOT TIME_SLOT_ID="b" TIME_VALUE="4160"/>
<TIME_SLOT TIME_SLOT_ID="c"/><TIME_SLOT TIME_SLOT_ID="d" TIME_VALUE="100"/></TIME_ORDER>
<TIER TIER_ID="t1" PARTICIPANT="Aline"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="1"
 TIME_SLOT_REF1="a" TIME_SLOT_REF2="b"><ANNOTATION_VALUE>Bonjour.</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="Basile"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="2"
 TIME_SLOT_REF1="d" TIME_SLOT_REF2="c"><ANNOTATION_VALUE>Salut (..).</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="traduction"><ANNOTATION><REF_ANNOTATION ANNOTATION_ID="3" ANNOTATION_REF="1">
<ANNOTATION_VALUE>Hello.</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>
</ANNOTATION_DOCUMENT>"""
EXMARALDA = """<?xml version="1.0"?><basic-transcription><head><speakertable>
<speaker id="S0"><abbreviation>Aline</abbreviation></speaker></speakertable></head><basic-body>
<common-timeline><tli id="T0" time="0.6"/><tli id="T1" time="4.16"/><tli id="T2"/></common-timeline>
<tier id="1" speaker="S0" type="t"><event start="T0" end="T1">Bonjour.</event>
<event start="T1" end="T2">Oui.</event></tier>
<tier id="2" speaker="S0" type="a" display-name="Aline [trad]"><event start="T0" end="T1">Hello.
</event></tier></basic-body></basic-transcription>"""


def test_tiers_of_elan_and_exmaralda_are_people_and_that_is_said(read):
    elan, exmaralda = read(ELAN), read(EXMARALDA)

    assert said(elan) == [("Basile", "Salut (..).", 0.1, None), ("Aline", "Bonjour.", 0.6, 4.16)]
    assert notices(elan) == [
        "Chacun des 2 paliers est pris pour une personne : Aline, Basile.",
        "Le palier traduction n’est pas lu : il n’est pas fait de paroles.",
    ]
    assert said(exmaralda) == [("Aline", "Bonjour.", 0.6, 4.16), ("Aline", "Oui.", 4.16, None)]
    assert notices(exmaralda)[1].startswith("Le palier Aline [trad]")


TWO = [("Aline", "Bonjour, ça va ?"), ("Basile", "Ça va bien."), ("Aline", "Et ensuite ?")]


@pytest.mark.parametrize(
    "form",
    ["**{0}** : {1}", "**{0} :** {1}", "__{0}__: {1}", "*{0}:* {1}", ">> {0}: {1}", "> {0} : {1}",
     "<{0}> {1}", "[{0}] {1}", "({0}) {1}", "[{0}]: {1}"],
)  # fmt: skip
def test_a_label_between_signs_opens_a_turn(read, form):
    found = read("\n\n".join(form.format(*one) for one in TWO))

    assert [one[:2] for one in said(found)] == TWO


def test_numbered_turns_lose_their_number_and_numbered_lists_keep_it(read):
    numbered = read("\n".join(f"{n}. {who} : {what}" for n, (who, what) in enumerate(TWO, 7)))
    shopping = read("1. Du pain\n2. Du lait\n3. Du pain encore")

    assert [one[:2] for one in said(numbered)] == TWO
    assert [one.text for one in shopping.turns] == ["1. Du pain", "2. Du lait", "3. Du pain encore"]


@pytest.mark.parametrize(
    "text",
    [
        "[Rires] Oui.\n[Rires] Non.\n[Pause] Bon.",
        "(inaudible) Oui.\n(inaudible) Non.",
        "Il dit (Basile) oui.\n(Basile) part.\nSuite.\nEncore.\nEt là.\n(Basile) revient.\nFin.",
        "# Titre\n* un point\n* un autre point",
    ],
)
def test_what_stands_between_signs_is_not_always_somebody(read, text):
    assert [one.text for one in read(text).turns] == text.split("\n")


@pytest.mark.parametrize(
    "form",
    ["{0} – {1}", "{0}. — {1}", "{0}\t{1}", "{0} | {1}", "{0}\n{1}"],
)  # fmt: skip
@pytest.mark.parametrize("dress", [str, str.upper])
def test_a_label_that_comes_back_opens_a_turn_whatever_parts_it(read, form, dress):
    found = read("\n".join(form.format(dress(who), what) for who, what in TWO * 2))

    assert [one[:2] for one in said(found)] == [(dress(who), what) for who, what in TWO * 2]


@pytest.mark.parametrize(
    "form",
    ["00:00:0{2} {0} : {1}", "0:0{2} - {0}: {1}", "0:0{2}\t{0}\t{1}", "{0} | 0:0{2} | {1}",
     "{0} (0:0{2}) - {1}", "[00:00:0{2}:12] {0} : {1}", "0:0{2}\n{0} : {1}"],
)  # fmt: skip
def test_a_time_and_a_label_in_any_order_open_a_turn(read, form):
    found = read("\n".join(form.format(*one, n) for n, one in enumerate(TWO * 2)))

    assert said(found) == [(*one, float(n), None) for n, one in enumerate(TWO * 2)]


def test_labels_in_lower_case_codes_and_roles_are_labels_when_they_come_back(read):
    lower = read("marie: Oui.\njean: Non.\nmarie: Bon.")
    codes = read("P1 Oui.\nP2 Non.\nP1. Bon.\nP2 Rien.")
    roles = read("Marie (Carrefour) : Oui.\nJean (Le Relais) : Non.\nMarie (Carrefour) : Bon.")

    assert [one.speaker for one in lower.turns] == ["marie", "jean", "marie"]
    assert [one.speaker for one in codes.turns] == ["P1", "P2", "P1", "P2"]
    assert [one.speaker for one in roles.turns] == [
        "Marie (Carrefour)", "Jean (Le Relais)", "Marie (Carrefour)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Accueil\nOn arrive à neuf heures.\nRepas\nOn mange.\nDépart\nOn part.",
        "Le midi – une soupe.\nLe soir – un pain.\nLe matin – rien.\nLa nuit – rien non plus.",
        "Oui\nJe suis venue deux fois.\nOui\nEt toi, jamais.\nNon\nMoi non plus.",
        "Lundi\t12\nMardi\t14\nMercredi\t9\nJeudi\t11",
    ],
)
def test_what_does_not_come_back_is_nobody(read, text):
    assert {one.speaker for one in read(text).turns} == {""}


def test_times_alone_between_words_are_theirs(read):
    found = read("0:00\nBonjour.\n0:04\nOui\net non.\n0:09\nBon.")

    assert said(found) == [
        ("", "Bonjour.", 0.0, None),
        ("", "Oui\net non.", 4.0, None),
        ("", "Bon.", 9.0, None),
    ]


def test_a_label_and_a_time_each_on_its_line_open_a_turn(read):
    label_first = "\n\n".join(f"{who}\n0:0{n}\n{what}" for n, (who, what) in enumerate(TWO))
    time_first = "\n\n".join(f"00:00:0{n}\n{who}:\n{what}" for n, (who, what) in enumerate(TWO))

    wanted = [(*one, float(n), None) for n, one in enumerate(TWO)]
    assert said(read(label_first)) == wanted
    assert said(read(time_first)) == wanted


def test_times_alone_over_a_turn_are_its_own(read):
    spans = "\n\n".join(
        f"00:00:0{n} - 00:00:0{n + 1}\n{who}: {what}" for n, (who, what) in enumerate(TWO)
    )
    meet = "Réunion\n\n00:00:00\n\nAline: Bonjour.\nBasile: Oui.\n\n00:05:00\n\nAline: Bon."

    assert said(read(spans)) == [(*one, float(n), n + 1.0) for n, one in enumerate(TWO)]
    assert said(read(meet)) == [
        ("Aline", "Bonjour.", 0.0, None),
        ("Basile", "Oui.", None, None),
        ("Aline", "Bon.", 300.0, None),
    ]


def test_a_time_that_closes_each_turn_is_its_end(read):
    found = read("I: Bonjour. #00:00:05-3#\n\nB1: Oui. #00:00:09-8#\n\nI: Bon. #00:00:15-0#")

    assert [(one.start, one.end) for one in found.turns] == [(0.0, 5.3), (5.3, 9.8), (9.8, 15.0)]


CHATS = {
    "zoom": "00:03:12\t From  Aline Roy : Bonjour\n00:04:00\t From  Basile  to  Everyone : Oui\n",
    "dated": "[2024-03-04 22:02:13] Aline Roy: Bonjour\n[2024-03-04 22:03:01] Basile: Oui\n",
    "other day": "2024-03-04, 23:59 - Aline Roy: Bonjour\n2024-03-05, 00:01 - Basile: Oui\n",
    "half days": "[04/03/2024, 11:59:59 AM] Aline Roy: Bonjour\n[04/03/2024, 12:00:47 PM] Basile: "
    "Oui\n",
}


@pytest.mark.parametrize(
    ("chat", "times"),
    [("zoom", [192, 240]), ("dated", [0, 48]), ("other day", [0, 120]), ("half days", [0, 48])],
)
def test_messages_of_a_chat_are_turns(read, chat, times):
    found = read(CHATS[chat])

    assert [(one.speaker, one.text) for one in found.turns] == [
        ("Aline Roy", "Bonjour"),
        ("Basile", "Oui"),
    ]
    assert [one.start for one in found.turns] == times


def test_messages_of_days_that_cannot_be_told_have_no_time(read):
    found = read(
        "[04/03/24, 10:00:00] Aline: Un\n[04/03/24, 10:00:05] Basile a rejoint le groupe\n"
        "[05/03/24, 10:00:00] Basile: Deux\net la suite\n"
    )

    assert said(found) == [
        ("Aline", "Un", 0.0, None),
        ("", "Basile a rejoint le groupe", 5.0, None),
        ("Basile", "Deux\net la suite", None, None),
    ]


def test_columns_of_a_csv_are_told_by_their_titles_and_the_others_are_said(read):
    found = read(
        'Start,End,Speaker,Confiance,Text\n00:00:01,00:00:04,Aline,0.9,"Bonjour,\ntous."\n'
        "5.5,6,Basile,0.8,Oui,de trop\n,,,,\n"
    )

    assert said(found) == [("Aline", "Bonjour,\ntous.", 1.0, 4.0), ("Basile", "Oui", 5.5, 6.0)]
    assert [one.line for one in found.turns] == [2, 4]
    assert notices(found) == [
        "1 ligne a plus de cases que de colonnes : les dernières ne sont pas lues.",
        "La colonne « Confiance » n’est pas lue.",
    ]


def test_the_columns_of_whisper_count_in_thousandths(read):
    found = read("start\tend\ttext\n0\t4160\tBonjour.\n4160\t6000\tOui.\n")

    assert said(found) == [("", "Bonjour.", 0.0, 4.16), ("", "Oui.", 4.16, 6.0)]


def test_a_text_whose_first_line_only_looks_like_columns_is_a_text(read):
    text = "Aline, Basile, Carmen : texte, temps\n\nAline : Oui.\n\nBasile : Non.\n\nAline : Oui."

    assert [one.speaker for one in read(text).turns][-3:] == ["Aline", "Basile", "Aline"]


def test_a_page_where_people_speak_is_read_and_another_is_refused(read):
    page = "<html><head><title>x</title></head><body>{}</body></html>"
    spoken = "".join(f"<p><b>{who}:</b> {what}</p>" for who, what in TWO)

    assert [one[:2] for one in said(read(page.format(spoken)))] == TWO
    with pytest.raises(FormatRefused, match="où personne ne parle"):
        read(page.format("<p>Une recette.</p><p>Du sel.</p>"))


def test_a_corpus_of_iramuteq_is_read_text_by_text(read):
    found = read(
        "**** *cas_fleuve *locuteur_aline\nBonjour,\nvoilà.\n\n-*temps\n**** *cas_fleuve *sexe_f\n"
        "Sans nom.\n**** *locuteur_basile\n\n"
    )

    assert said(found) == [
        ("aline", "Bonjour,\nvoilà.", None, None),
        ("", "Sans nom.", None, None),
    ]
    assert notices(found) == [
        "2 variables ne sont pas de l’étude : « cas », « sexe ».",
        "1 thématique n’est pas lue.",
    ]
    assert [one.variables for one in found.turns] == [
        (("cas", "fleuve"),),
        (("cas", "fleuve"), ("sexe", "f")),
    ]


def test_a_starred_line_written_amiss_is_told_with_its_place(read):
    """What is beside its variables is neither lost in silence nor taken for somebody’s words."""
    found = read(
        "**** *cas Bas Fleuve *locuteur_aline\nBonjour.\n****cas_b\nOui.\n"
        "*** *cas_c\n12 *cas_d reste\nNon.\n"
    )

    assert said(found) == [
        ("aline", "Bonjour.", None, None),
        ("", "Oui.\n*** *cas_c\n12 *cas_d reste\nNon.", None, None),
    ]
    assert [(one.message.to("fr"), one.line) for one in found.notices][:2] == [
        ("2 lignes étoilées ne sont lues qu’en partie : ce qui n’y est pas une variable est omis.",
         1),
        ("2 lignes ressemblent à des lignes étoilées : elles sont lues comme des paroles.", 5),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["**** \nOui", "0001 *a_b\nOui", "\n\n**** *a_b\nOui"])
def test_the_heads_of_alceste_are_told(read, text):
    assert read(text).format == "iramuteq"


@pytest.mark.parametrize("text", ["*** trois\nOui", "1 * 2\nOui", "**Aline** : Oui\n**Aline** : N"])
def test_other_stars_are_no_corpus(read, text):
    assert read(text).format == "txt"


NS = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def odt(tmp_path, body):
    path = tmp_path / "t.bin"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NS}><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
        )
    return path


def test_the_paragraphs_of_an_odt_are_read_and_what_is_not_is_said(tmp_path):
    found = read_transcript(
        odt(
            tmp_path,
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>effacé</text:p>"
            "</text:deletion></text:changed-region></text:tracked-changes>"
            "<text:p>Aline<text:s/>:<text:s text:c='2'/>Bon<text:span>jour</text:span>"
            "<text:line-break/>tous.<office:annotation><dc:creator>X</dc:creator><text:p>hum"
            "</text:p></office:annotation></text:p><text:list><text:list-item><text:p>Basile : Oui"
            "<text:note><text:p>bas</text:p></text:note>.</text:p></text:list-item></text:list>"
            "<text:p>Aline : Bon.</text:p>",
        )
    )

    assert [one[:2] for one in said(found)] == [
        ("Aline", "Bonjour\ntous."),
        ("Basile", "Oui."),
        ("Aline", "Bon."),
    ]
    assert notices(found) == [
        "1 suppression suivie n’est pas lue.",
        "1 commentaire n’est pas lu.",
        "1 note n’est pas lue.",
    ]


def test_the_table_of_an_odt_is_read_by_its_columns(tmp_path):
    rows = [
        ("Début", "Locuteur", "Texte"),
        ("0:01", "Aline", "Bonjour."),
        ("0:05", "Basile", "Oui."),
    ]
    table = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
        + "</table:table-row>"
        for row in rows
    )

    found = read_transcript(odt(tmp_path, f"<table:table>{table}</table:table>"))

    assert said(found) == [("Aline", "Bonjour.", 1.0, None), ("Basile", "Oui.", 5.0, None)]


def test_a_hostile_odt_is_refused(tmp_path):
    path = odt(tmp_path, "")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

    with pytest.raises(FormatRefused, match="entités"):
        read_transcript(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    with pytest.raises(FormatRefused, match="abîmé"):
        read_transcript(path)


def test_a_label_that_nothing_follows_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Aline : Bonjour.\nBasile :\nAline : Oui.\nConclusion :\n", "utf-8")

    found = read_transcript(path)

    assert [turn.speaker for turn in found.turns] == ["Aline", "Aline"]
    assert [(one.message.to("fr"), one.line) for one in found.notices] == [
        ("2 étiquettes ne sont suivies d’aucune parole : elles ne sont pas lues.", 2)
    ]


@given(st.lists(st.sampled_from(
    ["[", "]", "(", ")", "*", "**", ">>", "<", ">", ":", " ", "\n", "A", "Aline", "0:01", "1.",
     "12", "2024-03-04", "10:02", "From", "to", "-", "#00:00:05-3#", "é", "\t", "_"]
), max_size=60))  # fmt: skip
def test_no_word_is_lost_whatever_the_signs(pieces):
    text = "".join(pieces)
    cut = cut_turns(text)
    kept = "".join(f"{t.speaker} {t.text} " for t in cut.turns) + "".join(w for _, w in cut.before)
    lines = text.split("\n")
    kept += "".join(lines[number - 1] for number in cut.silent)
    for word_typed in ("Aline", "é"):
        assert kept.count(word_typed) >= text.count(word_typed)


@pytest.mark.parametrize("cut", ['{"text":', '{"text": "<p>bon', '[{"start": 1, "text": "oui"}'])
def test_json_cut_short_is_refused_rather_than_read_as_speech(read, cut):
    with pytest.raises(FormatRefused):
        read(cut)
