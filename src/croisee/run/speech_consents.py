"""Whether the people of a recording accept that a machine writes what they said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from croisee.language import Phrase, phrase
from croisee.speech import SpeechRefused
from croisee.studyfolder import StudyFolder

PURPOSE = "transcription"
"""How the code of the purpose « transcribe by machine » begins, in a study that asks for it."""


def check_consents(folder: StudyFolder, session: str, labels: Sequence[str]) -> Iterator[Phrase]:
    """Say what the register knows of consents to a transcription by machine, or refuse.

    ``session`` is a code, or empty; ``labels`` are those of the tracks, which may be codes of
    participants.

    Raises:
        SpeechRefused: the study has no such session; somebody of it, or of a track, said no or
            withdrew.
    """
    assert folder.study is not None
    if session and session not in folder.tables["sessions"]["session"].to_pylist():
        raise SpeechRefused(
            phrase("Cette étude n’a pas de séance « {code} » : voyez seances.", code=session)
        )
    asked = [one.code for one in folder.study.purposes if one.code.startswith(PURPOSE)]
    codes = _people(folder, session, labels)
    refused = sorted(code for code in codes if not _accepts(folder, code, asked))
    if refused:
        raise SpeechRefused(
            phrase(
                "Ces personnes n’acceptent pas d’être transcrites par une machine, ou se sont "
                "retirées : {codes}. Rien n’est transcrit.",
                codes=", ".join(refused),
            )
        )
    if not asked:
        yield phrase(
            "Cette étude n’a pas de finalité « {purpose} » : vérifiez que les personnes ont "
            "accepté d’être transcrites par une machine.",
            purpose=PURPOSE,
        )
    elif not codes:
        yield phrase("Aucune personne reconnue : dites la séance (--session) pour vérifier les "
                     "consentements.")  # fmt: skip


def _people(folder: StudyFolder, session: str, labels: Sequence[str]) -> set[str]:
    """Return the codes of those who were there, or whose track it is."""
    there = {
        one["participant"]
        for one in folder.tables["presences"].to_pylist()
        if session and one["session"] == session
    }
    return there | ({label.lower() for label in labels} & set(folder.consents))


def _accepts(folder: StudyFolder, code: str, asked: Sequence[str]) -> bool:
    known = folder.consents.get(code)
    given = folder.accepted.get(code, ())
    return known is not None and known.withdrawn_on is None and all(one in given for one in asked)
