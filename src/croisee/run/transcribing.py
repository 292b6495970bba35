"""``croisee transcribe``: what will be done, how long it takes, then the transcript and its doubts.

Everything happens on this machine: the recording goes nowhere, and no network is used.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from croisee.formats.transcripts import Target
from croisee.formats.transcripts.lines_writing import clock
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.preparation import StudyRefused
from croisee.run.speech_consents import check_consents
from croisee.run.speech_given import model_path, stem_of, study_terms, terms_of, tracks_of
from croisee.speech import (
    UNKNOWN,
    Advance,
    Dropped,
    Glossary,
    SpeechRefused,
    Transcription,
    Why,
    Written,
    model_folder,
    named_turns,
    read_words,
    refuse_taken,
    require_speech,
    write_all,
)
from croisee.stopping import Stopped
from croisee.studyfolder import StudyFolder, read_study
from croisee.text import shown, typeset

__all__ = ["SpeechRefused", "transcribe_command"]

INTERRUPTED = 130
_SPOKEN = {"fr": phrase("français"), "en": phrase("anglais")}
_OFTEN, _SHOWN_AFTER = 10.0, 2.0
_VOICES_ENDING = ".voix.csv"


def transcribe_command(options: argparse.Namespace, language: Language) -> int:
    """Run ``croisee transcribe`` and return its exit code.

    Raises:
        SpeechRefused: nothing can be heard, or written; a person did not consent.
        StudyRefused: the study folder must be corrected first.
    """
    try:
        if options.voices:
            return _name_voices(options, language)
        return _transcribe(options, language)
    except KeyboardInterrupt as stop:
        _say(
            phrase("Arrêté. Ce qui est entendu est gardé : la même commande continuera de là."),
            language,
        )
        return stop.code if isinstance(stop, Stopped) else INTERRUPTED


def _transcribe(options: argparse.Namespace, language: Language) -> int:
    require_speech()
    folder = _study(options)
    tracks = tracks_of(options)
    if folder is not None:
        for line in check_consents(folder, options.session, [track.label for track in tracks]):
            _say(line, language)
    model = model_folder(model_path(options))
    stem = stem_of(options, f"verbatim-{tracks[0].recording.digest[:8]}")
    targets = [Target(one) for one in options.to or ["vtt"]]
    refuse_taken(options.out, stem, targets)
    glossary = Glossary([*terms_of(options.glossary), *study_terms(folder)])
    work = Transcription(tracks, model, options.spoken, glossary, options.out, time.monotonic)
    for line in _announced(work, glossary, options, stem):
        _say(line, language)
    if not _go_on(options, language):
        _say(phrase("Rien n’a été écrit."), language)
        return 0
    options.out.mkdir(parents=True, exist_ok=True)
    _listen(work, language)
    dropped = work.dropped()
    turns = work.turns()
    if not turns:
        work.kept.forget()
    written = write_all(turns, dropped, options.out, stem, targets)
    work.kept.forget()
    for line in _told(written, dropped, options.out):
        _say(line, language)
    return 0


def _study(options: argparse.Namespace) -> StudyFolder | None:
    if options.study is None:
        return None
    folder = read_study(options.study)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    return folder


def _announced(
    work: Transcription, glossary: Glossary, options: argparse.Namespace, stem: str
) -> Iterator[Phrase]:
    """Say what will be done, and how long it takes: measured on this very recording."""
    if work.tracks[0].label:
        yield phrases("{n} piste, une par voix.", "{n} pistes, une par voix.", len(work.tracks))
    else:
        yield phrase("Un enregistrement où les voix sont mêlées : les changements de voix seront "
                     "proposés, les personnes ne seront pas reconnues.")  # fmt: skip
    if others := sum(track.recording.others for track in work.tracks):
        yield phrases(
            "{n} autre piste de son dans le fichier ne sera pas entendue : la première seulement.",
            "{n} autres pistes de son dans le fichier ne seront pas entendues : la première "
            "seulement.",
            others,
        )
    yield phrase("À écouter : {length}. Langue : {language}. Tout se fait sur cette machine.",
                 length=lasting(work.total), language=_SPOKEN.get(options.spoken, options.spoken),
                )  # fmt: skip
    yield phrase("À écrire dans {folder} : {name}, et les mots à réécouter.",
                 folder=str(options.out), name=stem)  # fmt: skip
    if glossary.terms:
        yield phrase("Glossaire : {n} mots, dont {told} dits au modèle.",
                     n=len(glossary.terms), told=work.told_terms)  # fmt: skip
    if work.kept.windows:
        yield phrase("Reprise : {done} déjà entendues.", done=lasting(work.done))
    rate = work.rate()
    yield phrase(
        "Durée : au plus {left} environ ; mesuré ici même : {each} par minute de parole.",
        left=lasting(rate * max(0.0, work.total - work.done)),
        each=lasting(60 * rate),
    )


def lasting(seconds: float) -> Phrase:
    """Return a length of time as people say it."""
    if seconds < 90:
        return phrases("{n} seconde", "{n} secondes", max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 120:
        return phrases("{n} minute", "{n} minutes", minutes)
    return phrase("{hours} h {minutes:02}", hours=minutes // 60, minutes=minutes % 60)


def _go_on(options: argparse.Namespace, language: Language) -> bool:
    """Ask whether to go on, where somebody is there to answer."""
    if options.yes or not sys.stdin.isatty():
        return True
    question = typeset(phrase("Continuer ? [o/n] ").to(language), language, medium="text")
    return input(question).strip().lower()[:1] in {"o", "y"}


def _listen(work: Transcription, language: Language) -> None:
    began = shown = time.monotonic()
    for advance in work.listen():
        now = time.monotonic()
        if now - began > _SHOWN_AFTER and now - shown >= _OFTEN and advance.left > 0:
            shown = now
            _say(_progress(advance), language)


def _progress(advance: Advance) -> Phrase:
    return phrase(
        "{share:.0f} % entendus, encore {left} environ",
        share=100 * advance.done / advance.total if advance.total else 100.0,
        left=lasting(advance.left),
    )


def _told(written: Written, dropped: Sequence[Dropped], out: Path) -> Iterator[Phrase]:
    for file in written.files:
        yield phrase("Écrit : {path}", path=str(out / file.name))
    unread = [one for one in dropped if one.why is Why.UNREAD]
    if unread:
        yield phrases(
            "{n} endroit où rien ne se lit, à {at} : fichier abîmé ou coupé, ou durée mal "
            "annoncée.",
            "{n} endroits où rien ne se lit, d’abord à {at} : fichier abîmé ou coupé, ou durée mal "
            "annoncée.",
            len(unread), at=clock(unread[0].start),
        )  # fmt: skip
    if len(dropped) > len(unread):
        yield phrases(
            "{n} passage écarté, sans doute inventé par le logiciel : il est listé.",
            "{n} passages écartés, sans doute inventés par le logiciel : ils sont listés.",
            len(dropped) - len(unread),
        )
    if written.to_listen:
        yield phrases(
            "{n} endroit à réécouter d’abord : voir le fichier a-ecouter.",
            "{n} endroits à réécouter d’abord : voir le fichier a-ecouter.",
            written.to_listen,
        )
    voices = [file for file in written.files if file.name.endswith(_VOICES_ENDING)]
    if voices:
        yield phrase(
            "Pour nommer les voix : remplissez la colonne voix de {file} là où la voix change, "
            "puis croisee transcribe --voices {file} --out DOSSIER",
            file=str(out / voices[0].name),
        )
    for notice in written.notices:
        yield phrase("{message} {remedy}", message=notice.message, remedy=notice.remedy)


def _name_voices(options: argparse.Namespace, language: Language) -> int:
    """Write the transcript again with the voices that a person gave."""
    sheet: Path = options.voices
    if not sheet.name.endswith(_VOICES_ENDING):
        raise SpeechRefused(phrase("Donnez le fichier {ending}.", ending=_VOICES_ENDING))
    stem = sheet.name.removesuffix(_VOICES_ENDING)
    name = stem_of(options, stem)
    turns, dropped = read_words(sheet.with_name(f"{stem}.mots.json"))
    named = named_turns(sheet, turns)
    options.out.mkdir(parents=True, exist_ok=True)
    targets = [Target(one) for one in options.to or ["vtt"]]
    written = write_all(named, dropped, options.out, name, targets)
    unknown = sum(turn.voice == UNKNOWN for turn in named)
    if unknown:
        _say(phrases("{n} tour reste sans nom.", "{n} tours restent sans nom.", unknown), language)
    for line in _told(written, (), options.out):
        _say(line, language)
    return 0


def _say(sentence: Phrase, language: Language) -> None:
    sys.stdout.write(shown(typeset(sentence.to(language), language, medium="text")) + "\n")
    sys.stdout.flush()
