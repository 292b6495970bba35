"""What a person looks at after a transcription: voices to name, places to listen to, word times."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from croisee.formats import FormatRefused, read_table, write_csv
from croisee.formats.transcripts.lines_writing import clock
from croisee.language import phrase
from croisee.speech.heard import Dropped, HeardWord, Why
from croisee.speech.refused import SpeechRefused
from croisee.speech.turns import UNKNOWN, SpokenTurn
from croisee.text import stored_label

FORMAT = "croisee-mots-1"
WORDS, VOICES, LISTEN = ".mots.json", ".voix.csv", ".a-ecouter.csv"
DOUBTFUL = 0.4
"""A word less sure than this is listed for a person to listen to."""
_CUT = "|"
_VOICES = ("tour", "debut", "fin", "paroles", "voix")
_LISTEN = ("debut", "fin", "quoi", "ecrit", "entendu", "surete", "autour")
_AROUND = 4
_KINDS = {
    Why.INVENTED: "écarté : phrase que le logiciel invente",
    Why.LOOP: "écarté : répétition sans fin",
    Why.NO_SPEECH: "écarté : sans doute pas de parole",
    Why.UNSURE: "écarté : trop peu sûr",
    Why.UNREAD: "rien ne se lit ici : fichier abîmé ou coupé",
}


def write_words(path: Path, turns: Sequence[SpokenTurn], dropped: Sequence[Dropped]) -> None:
    """Write every word with its times and how sure it is; nothing of the recording's file."""
    told = {
        "format": FORMAT,
        "turns": [
            {"voice": turn.voice, "words": [asdict(word) for word in turn.words]} for turn in turns
        ],
        "dropped": [asdict(one) for one in dropped],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_words(path: Path) -> tuple[tuple[SpokenTurn, ...], tuple[Dropped, ...]]:
    """Read again what :func:`write_words` wrote.

    Raises:
        SpeechRefused: absent, or not one of ours.
    """
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise ValueError
        turns = tuple(
            SpokenTurn(one["voice"], tuple(HeardWord(**word) for word in one["words"]))
            for one in told["turns"]
        )
        dropped = tuple(Dropped(**(one | {"why": Why(one["why"])})) for one in told["dropped"])
    except (OSError, ValueError, KeyError, TypeError):
        raise SpeechRefused(
            phrase("Ce fichier de mots ne se lit pas : {file}.", file=str(path))
        ) from None
    return turns, dropped


def write_voices(path: Path, turns: Sequence[SpokenTurn]) -> None:
    """Write the proposed turns, to be given a voice: only where it changes."""
    write_csv(
        path,
        _VOICES,
        (
            (number, clock(turn.start), clock(turn.end), turn.text, "")
            for number, turn in enumerate(turns, 1)
        ),
    )


def named_turns(path: Path, turns: Sequence[SpokenTurn]) -> tuple[SpokenTurn, ...]:
    """Return the turns with the voices that a person wrote in the sheet.

    An empty cell is the voice above. Where the voice changes within a turn, ``|`` is written
    between two words, and the voices likewise: ``A | B``.

    Raises:
        SpeechRefused: words were changed, a line is missing, or voices and cuts do not agree.
    """
    try:
        sheet = read_table(path)
    except FormatRefused as refused:
        raise SpeechRefused(refused.message) from refused
    rows = list(sheet.rows)
    if not {"paroles", "voix"} <= set(sheet.header) or len(rows) != len(turns):
        raise SpeechRefused(
            phrase("La feuille des voix n’a plus ses {n} tours : reprenez celle qui a été écrite.",
                   n=len(turns))
        )  # fmt: skip
    named: list[SpokenTurn] = []
    voice = UNKNOWN
    for (line, cells), turn in zip(rows, turns, strict=True):
        said, told = cells["paroles"], cells["voix"]
        pieces = list(_pieces(said, turn, line))
        voices = [stored_label(one) for one in told.split(_CUT)] if told.strip() else [""]
        if len(voices) != len(pieces):
            raise SpeechRefused(
                phrase("Ligne {line} : autant de voix que de morceaux, séparées par |.", line=line)
            )
        for piece, one in zip(pieces, voices, strict=True):
            voice = one or voice
            named.append(replace(piece, voice=voice))
    return tuple(named)


def _pieces(said: str, turn: SpokenTurn, line: int) -> Iterator[SpokenTurn]:
    """Cut a turn where a person wrote ``|``, at the words that the recogniser timed."""
    parts = [part.split() for part in said.split(_CUT)]
    flat = [word for part in parts for word in part]
    if flat != turn.text.split() or not all(parts):
        raise SpeechRefused(
            phrase("Ligne {line} : les paroles ont changé. Ajoutez seulement des |, et corrigez "
                   "les mots dans le verbatim.", line=line)
        )  # fmt: skip
    words, at = list(turn.words), 0
    for part in parts:
        count, here = 0, at
        while count < len(part):
            count += len(words[at].text.split())
            at += 1
        yield replace(turn, words=tuple(words[here:at]))


def write_listen(path: Path, turns: Sequence[SpokenTurn], dropped: Sequence[Dropped]) -> int:
    """Write the places to listen to first: what was left out, repaired, then doubtful words.

    Returns how many.
    """
    rows = [*_dropped_rows(dropped), *_word_rows(turns)]
    write_csv(path, _LISTEN, rows)
    return len(rows)


def _dropped_rows(dropped: Iterable[Dropped]) -> Iterator[tuple[object, ...]]:
    for one in dropped:
        yield clock(one.start), clock(one.end), _KINDS[one.why], "", one.text, "", ""


def _word_rows(turns: Iterable[SpokenTurn]) -> list[tuple[object, ...]]:
    found = []
    for turn in turns:
        for place, word in enumerate(turn.words):
            if word.heard or word.sure < DOUBTFUL:
                around = turn.words[max(0, place - _AROUND) : place + _AROUND + 1]
                found.append((not word.heard, word.sure, word, " ".join(w.text for w in around)))
    found.sort(key=lambda one: (one[0], one[1], one[2].start))
    return [
        (
            clock(word.start), clock(word.end),
            "mot du glossaire mis à la place" if word.heard else "mot peu sûr",
            word.text, word.heard or word.text, f"{sure:.2f}".replace(".", ","), around,
        )
        for _, sure, word, around in found
    ]  # fmt: skip
