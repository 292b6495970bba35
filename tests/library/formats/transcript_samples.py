"""One invented exchange, as each tool writes it."""

import zipfile
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

TEAMS_VTT = """WEBVTT

0d5c-77/12-0
00:00:03.120 --> 00:00:05.000
<v Aline Roy>Bonjour tout le monde.</v>

0d5c-77/12-1
00:00:05.000 --> 00:00:08.500
<v Basile Côté>Salut &amp; merci.
On commence ?</v>
"""
ZOOM_VTT = """WEBVTT

1
00:00:03.120 --> 00:00:05.000
Aline Roy: Bonjour tout le monde.

2
00:00:05.000 --> 00:00:08.500
Basile Côté: Une chose : le temps.

3
00:00:09.000 --> 00:00:10.000
Aline Roy: D’accord.
"""
NOSCRIBE_VTT = """WEBVTT Entretien

NOTE
Transcribed with noScribe vers. 0.7
Audio file: /ailleurs/entretien.wav

NOTE media: /ailleurs/entretien.wav

1
00:00:01.930 --> 00:00:03.310
<v S00>S00: Bonjour (..) ça va?

2
00:00:03.470 --> 00:00:10.01
<v S01>S01: Oui, //d'accord// bien.
"""
DASHES_SRT = """1
00:00:01,000 --> 00:00:02,000
- Bonjour.
- Salut à vous.

2
00:00:03,000 --> 00:00:04,000
-5 degrés, ce matin.

3
00:00:05,000 --> 00:00:06,000
42
"""
TEAMS_OLD = """0:0:0.0 --> 0:0:3.120
Aline Roy
Bonjour à tous.

0:0:3.500 --> 0:0:5.0
Basile Côté
Oui.

0:0:6.0 --> 0:0:7.0
Aline Roy
Bon.

0:0:8.0 --> 0:0:9.0
Basile Côté
Oui.
"""
TEAMS_TXT = """Rencontre du réseau
3 octobre 2024

Aline Roy   0:03
Bonjour à tous.

Basile Côté   1:10
Merci.
On commence.
"""
ZOOM_TXT = "[Aline Roy] 00:00:11\nBonjour.\n[Basile Côté] 00:00:20\nOui.\n"
HEADED = "00:00:45 Aline Roy\nBonjour à tous.\n\n00:01:10 Basile Côté\nMerci.\nEncore.\n"
ATRAIN = """Transcription for 2024-entretien

SPEAKER_00
[00:00:05] - Bonjour.
[00:00:09] - Encore.

SPEAKER_01
[00:00:12] - Oui.
"""
NOSCRIBE_TXT = "S00: [00:00:05] Bonjour (..)\n\nS01: Oui, //d'accord// [00:01:02] bien.\n"
NOSCRIBE_HTML = """<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.0//EN" "http://x/strict.dtd">
<html><head><meta charset="UTF-8"><style type="text/css">p { white-space: pre; }</style></head>
<body><p style="font-weight:600;">entretien.wav</p>
<p><span>Transcribed with noScribe vers. 0.6<br>Audio file: /ailleurs/entretien.wav</span></p>
<p><a name="ts_1930_3310_S00">S00: Bonjour (..)</a><a name="ts_3310_3400_S00"> &ccedil;a va?</a></p>
<p><a name="ts_3470_10010_S01">Aline : Oui, //d'accord// bien.</a></p>
<p><a name="ts_10010_12000_S00">Une chose : encore.</a></p>
<p><a name="ts_12000_13000_S01">Aline : Oui.</a> Ajouté &agrave; la main.</p>
<p>S00: Sans temps.</p>
</body></html>
"""
OTRANSCRIBE = "0:00 Bonjour à tous.\n0:12 Bien oui.\n1:00 Voilà.\n"
WHISPER = (
    '{"text": " Bonjour. Oui.", "language": "fr", "segments": ['
    '{"id": 0, "start": 1.0, "end": 2.5, "text": " Bonjour.", "speaker": "SPEAKER_00"},'
    '{"id": 1, "start": 2.5, "end": 3, "text": " "}, 7,'
    '{"id": 2, "start": true, "end": null, "text": " Oui.", "speaker": 3}]}'
)
WHISPER_CPP = (
    '{"systeminfo": "", "transcription": [{"timestamps": {"from": "00:00:00,000", "to": '
    '"00:00:02,100"}, "offsets": {"from": 0, "to": 2100}, "text": " Bonjour."}]}'
)
SEGMENTS = '[{"start": 0, "end": 1e400, "text": "Bonjour."}]'
OTR = (
    '{"text":"<p><span class=\\"timestamp\\" data-timestamp=\\"1.2\\">0:01</span>Aline : bonjour'
    '<br></p><p>Basile : oui</p>","media":"x.mp3","media-time":3.2}'
)
TRS = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans scribe="x" audio_filename="y">
<Speakers><Speaker id="spk1" name="Aline"/><Speaker id="spk2" name="Basile"/></Speakers>
<Episode><Section type="report" startTime="0" endTime="7">
<Turn speaker="spk1" startTime="0" endTime="4.5">
<Sync time="0"/>
bonjour à tous
<Sync time="2.125"/>
encore <Event desc="rire" type="noise" extent="instantaneous"/>voilà
</Turn>
<Turn startTime="4.5" endTime="5">
<Sync time="4.5"/>

</Turn>
<Turn speaker="spk1 spk2" startTime="5" endTime="6">
<Sync time="5"/>
<Who nb="1"/>
oui
<Who nb="2"/>
non
</Turn>
</Section></Episode></Trans>
"""
TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><profileDesc><particDesc>
<person xml:id="A"><persName>Aline</persName></person></particDesc></profileDesc></teiHeader>
<text><timeline unit="s"><when xml:id="T0" absolute="00:00:10"/>
<when xml:id="T1" interval="1.5" since="#T0"/><when xml:id="T2" interval="3" since="#T0"/>
</timeline><body>
<u who="#A" start="#T0" end="#T2">Bonjour <pause dur="PT1.5S"/>à
  <anchor synch="#T1"/>tous <vocal><desc>rire</desc></vocal></u>
<u who="#B"><w>l’</w><w>eau</w> <w>monte</w></u>
</body></text></TEI>
"""
TEXTGRID = '''File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 5
tiers? <exists>
size = 3
item []:
    item [1]:
        class = "IntervalTier"
        name = "Aline"
        xmin = 0
        xmax = 5
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 2.5
            text = "Bonjour ""toi"""
        intervals [2]:
            xmin = 2.5
            xmax = 5
            text = ""
    item [2]:
        class = "TextTier"
        name = "bruits"
        xmin = 0
        xmax = 5
        points: size = 1
        points [1]:
            number = 1
            mark = "porte"
    item [3]:
        class = "IntervalTier"
        name = "Basile"
        xmin = 0
        xmax = 5
        intervals: size = 1
        intervals [1]:
            xmin = 1
            xmax = 3
            text = "Oui."
'''
SHORT_TEXTGRID = """File type = "ooTextFile"
"TextGrid"

0
5
<exists>
1
"IntervalTier"
"Aline"
0
5
1
0
5
"Bonjour."
"""
PLAIN = "Un premier paragraphe.\n\nIl y a une chose importante : le temps.\n"
BRACKETED = "[Chercheur] (0:01 - 0:11)\nBonjour.\n\n[Interviewée] (0:12 - 1:02:05)\nOui.\n"

TEXTS = {
    "teams.vtt": TEAMS_VTT,
    "zoom.vtt": ZOOM_VTT,
    "noscribe.vtt": NOSCRIBE_VTT,
    "tirets.srt": DASHES_SRT,
    "teams-ancien.txt": TEAMS_OLD,
    "teams.txt": TEAMS_TXT,
    "zoom.txt": ZOOM_TXT,
    "entete.txt": HEADED,
    "atrain.txt": ATRAIN,
    "noscribe.txt": NOSCRIBE_TXT,
    "noscribe.html": NOSCRIBE_HTML,
    "otranscribe.txt": OTRANSCRIBE,
    "otranscribe.otr": OTR,
    "whisper.json": WHISPER,
    "whisper-cpp.json": WHISPER_CPP,
    "passages.json": SEGMENTS,
    "transcriber.trs": TRS.replace("ISO-8859-1", "UTF-8"),
    "tei.xml": TEI,
    "long.TextGrid": TEXTGRID,
    "court.TextGrid": SHORT_TEXTGRID,
    "nu.txt": PLAIN,
    "crochets.txt": BRACKETED,
}


def word_file(path: Path, body: str, **parts: str) -> Path:
    """Write a DOCX whose body is given as XML; ``parts``: other files of the archive."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def paragraph(*runs: str) -> str:
    """Return a paragraph of these runs; a line break inside a run is a break."""
    texts = (run.replace("\n", "</w:t><w:br/><w:t>") for run in runs)
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of these cells."""
    lines = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"
