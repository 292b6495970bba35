"""The verbatims of a study folder, cut along its guide; ``croisee cut`` shows where, how surely.

For the team only: the turns are as they were said. What somebody refused or withdrew is not read.
The Dataset holds no cut, and no released value uses one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from croisee.dataset import consenting_tables
from croisee.focusgroup import Cut, Cuts, Ground, Opened, Sureness, cut_along_the_guide
from croisee.formats import write_csv
from croisee.formats.transcripts.lines_writing import clock
from croisee.language import LANGUAGES, Language, Phrase, phrase, phrases
from croisee.run.preparation import StudyRefused
from croisee.study import MethodKind, Study
from croisee.studyfolder import CutDecision, StudyFolder, read_study
from croisee.text import ParsedTurn, is_team, typeset

CUTS = "coupes.csv"
HEADER = (
    "document", "theme", "tour", "heure", "surete", "fondement", "paroles", "decision", "vers",
    "par", "le",
)  # fmt: skip
_SHOWN = 60
SURENESS = {
    Sureness.SURE: phrase("sûr"),
    Sureness.LIKELY: phrase("probable"),
    Sureness.TO_CHECK: phrase("à vérifier"),
}
GROUNDS = {
    Ground.BOTH: phrase("journal et lecture"),
    Ground.LOG: phrase("journal"),
    Ground.READING: phrase("lecture"),
    Ground.PERSON: phrase("décidé par une personne"),
}
_Row = dict[str, Any]


class CutRefused(Exception):
    """Nothing can be cut, or written; ``message`` says why and what to do."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


@dataclass(frozen=True, slots=True)
class CutDocument:
    """One verbatim cut along the guide. ``turns``: rows of the Dataset’s table, in order.

    A cut’s ``turn`` is a place in ``turns``, from 0; people count turns by their number.
    """

    document: str
    file: str
    turns: tuple[_Row, ...]
    cuts: Cuts
    logged: bool
    """Somebody noted when the questions of this session opened."""
    decisions: Mapping[str, CutDecision]
    team: frozenset[str]
    """Labels of those who facilitate."""

    def cut_of(self, number: int) -> Cut | None:
        """Return the question under which the turn of that number was said, if any."""
        said = None
        for cut in self.cuts.cuts:
            if self.turns[cut.turn]["turn"] > number:
                break
            said = cut
        return said


def cut_study(folder: StudyFolder) -> tuple[CutDocument, ...]:
    """Cut the verbatims of a study along its guide, in the folder’s order.

    Those of focus groups, those whose session has a log, and those where a person decided.

    Raises:
        StudyRefused: the folder must be corrected first.
    """
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    tables, _ = consenting_tables(folder.study, folder.tables, folder.consents)
    if not folder.study.themes or "turns" not in tables or "documents" not in tables:
        return ()
    groups = {one.code for one in folder.study.methods if one.kind is MethodKind.FOCUS_GROUP}
    logged = {one.session for one in folder.openings}
    decided = {one.document for one in folder.cuts}
    chosen = {
        row["document"]: row
        for row in tables["documents"].to_pylist()
        if row["method"] in groups or row["session"] in logged or row["document"] in decided
    }
    said: dict[str, list[_Row]] = {}
    for row in tables["turns"].to_pylist():
        if row["document"] in chosen:
            said.setdefault(row["document"], []).append(row)
    return tuple(
        _cut(folder, folder.study, chosen[code], tuple(turns)) for code, turns in said.items()
    )


def _cut(folder: StudyFolder, study: Study, document: _Row, turns: tuple[_Row, ...]) -> CutDocument:
    log = tuple(
        Opened(one.theme, one.at)
        for one in folder.openings
        if one.session and one.session == document["session"]
    )
    team = _team(turns)
    parsed = [
        ParsedTurn(row["speaker"], row["text"] or "", row["start"], row["end"]) for row in turns
    ]
    tried = [
        cut_along_the_guide(parsed, wordings, log, team=team)
        for wordings in _wordings(study, document["case"])
    ]
    best = max(tried, key=lambda cuts: sum(one.likeness for one in cuts.cuts))
    decisions = {one.theme: one for one in folder.cuts if one.document == document["document"]}
    said = {
        theme: None if one.turn is None else _place(turns, one.turn)
        for theme, one in decisions.items()
    }
    return CutDocument(
        document["document"],
        document["file"] or document["document"],
        turns,
        best.settled(said),
        bool(log),
        decisions,
        team,
    )


def _team(turns: Iterable[_Row]) -> frozenset[str]:
    """Return the labels of those who facilitate.

    Where labels were linked to people, the others are the team’s; where nobody linked any, the
    usual labels of a team alone.
    """
    turns = list(turns)
    usual = {row["speaker"] for row in turns if is_team(row["speaker"])}
    if not any(row["participant"] for row in turns):
        return frozenset(usual)
    return frozenset(usual | {r["speaker"] for r in turns if r["speaker"] and not r["participant"]})


def _wordings(study: Study, case: str) -> list[dict[str, str]]:
    """Return the words of the guide for a case, in each language of the study."""
    told = [dict(theme.wording).get(case, theme.label) for theme in study.themes]
    codes = [theme.code for theme in study.themes]
    return [
        dict(zip(codes, (label.to(language) for label in told), strict=True))
        for language in LANGUAGES
        if language in study.languages or language == "fr"
    ]


def _place(turns: tuple[_Row, ...], number: int) -> int:
    """Return the place of a turn; of the next one, where that one is not kept."""
    return next((place for place, row in enumerate(turns) if row["turn"] >= number), len(turns) - 1)


def write_cuts(path: Path, documents: Iterable[CutDocument]) -> None:
    """Write the CSV that a person corrects (``docs/dossier-d-etude.md`` §6).

    One line a question and a document, what was already decided included. Only words of those
    who facilitate are in it.
    """
    write_csv(path, HEADER, (line for document in documents for line in _lines(document)))


def _lines(document: CutDocument) -> Iterator[tuple[object, ...]]:
    refused = [theme for theme, one in document.decisions.items() if one.turn is None]
    for cut in document.cuts.cuts:
        turn = document.turns[cut.turn]
        start = "" if turn["start"] is None else clock(float(int(turn["start"])))
        decision = document.decisions.get(cut.theme)
        yield (
            document.document, cut.theme, turn["turn"], start, cut.sureness.value,
            cut.ground.value, _beginning(turn, document.team), *_taken(decision, "accepter"),
        )  # fmt: skip
    for theme in (*document.cuts.missing, *refused):
        decision = document.decisions.get(theme)
        yield (document.document, theme, *("",) * 5, *_taken(decision, "refuser"))


def _taken(decision: CutDecision | None, word: str) -> tuple[str, ...]:
    return ("",) * 4 if decision is None else (word, "", decision.by, decision.on)


def _beginning(turn: _Row, team: frozenset[str]) -> str:
    """Return the first words of a turn of the team; of nobody else."""
    words = " ".join((turn["text"] or "").split())
    if turn["participant"] or turn["speaker"] not in team:
        return ""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"


def cut_lines(path: Path, language: Language, out: Path | None = None) -> Iterator[str]:
    """Yield what ``croisee cut`` prints: each verbatim, its questions, how sure each cut is.

    ``out``: where to write the CSV to correct; a file that is there is never replaced.

    Raises:
        CutRefused: there is no guide, no verbatim to cut, or ``out`` is there already.
        StudyRefused: the folder must be corrected first.
    """
    if out is not None and out.exists():
        raise CutRefused(phrase("Ce fichier existe déjà : {file}.", file=str(out)))
    folder = read_study(path)
    documents = cut_study(folder)
    if not documents:
        raise CutRefused(_nothing(folder))
    yield _ours(
        phrase("Pour l’équipe seulement : ces paroles ne sont pas désidentifiées."), language
    )
    yield ""
    for document in documents:
        yield from _document_lines(document, language)
        yield ""
    yield from _count(documents, language)
    if out is not None:
        write_cuts(out, documents)
        yield _ours(phrase("Coupes écrites : {file}", file=str(out)), language)
        told = phrase(
            "Pour corriger : remplissez decision (accepter, refuser, changer) et vers, "
            "puis rangez ce fichier dans {place}.",
            place=f"relectures/{CUTS}",
        )
        yield _ours(told, language)


def _nothing(folder: StudyFolder) -> Phrase:
    if folder.study is not None and not folder.study.themes:
        return phrase("Ce dossier n’a pas de guide. Écrivez ses questions dans guide.csv.")
    return phrase(
        "Aucun verbatim à couper : ni groupe de discussion, ni séance qui ait un journal."
    )


def _document_lines(document: CutDocument, language: Language) -> Iterator[str]:
    yield f"documents/{document.file}"
    yield "  " + _ours(_by_what(document), language)
    width = max((len(cut.theme) for cut in document.cuts.cuts), default=0)
    for cut in document.cuts.cuts:
        turn = document.turns[cut.turn]
        how = phrase("{sureness} ({ground})", sureness=SURENESS[cut.sureness],
                     ground=GROUNDS[cut.ground])  # fmt: skip
        start = "" if turn["start"] is None else f", {clock(float(int(turn['start'])))}"
        head = _ours(phrase("tour {turn}", turn=turn["turn"]), language) + start
        words = _beginning(turn, document.team)
        told = f"  {cut.theme:<{width}}  {head} · {_ours(how, language)}"
        yield f"{told} · {words}" if words else told
    if document.cuts.missing:
        absent = phrase("Nulle part : {themes}", themes=", ".join(document.cuts.missing))
        yield "  " + _ours(absent, language)
    refused = [theme for theme, one in document.decisions.items() if one.turn is None]
    if refused:
        told = _ours(phrase("Pas posées : {themes}", themes=", ".join(refused)), language)
        yield f"  {told}"


def _by_what(document: CutDocument) -> Phrase:
    if not document.logged:
        return phrase("Pas de journal de séance : coupé par ce que dit l’animation.")
    if document.cuts.shift is not None:
        return phrase("Journal de séance mis à l’heure de l’enregistrement.")
    if all(turn["start"] is None for turn in document.turns):
        return phrase("Journal non suivi : ce verbatim n’a pas d’heures.")
    return phrase("Journal non suivi : trop peu de questions lues pour le mettre à l’heure.")


def _count(documents: Iterable[CutDocument], language: Language) -> Iterator[str]:
    sure = Counter(cut.sureness for one in documents for cut in one.cuts.cuts)
    told = phrase(
        "{sure}, {likely}, {check}.",
        sure=phrases("{n} coupe sûre", "{n} coupes sûres", sure[Sureness.SURE]),
        likely=phrases("{n} probable", "{n} probables", sure[Sureness.LIKELY]),
        check=phrases("{n} à vérifier", "{n} à vérifier", sure[Sureness.TO_CHECK]),
    )
    yield _ours(told, language)


def _ours(sentence: Phrase, language: Language) -> str:
    return typeset(sentence.to(language), language, medium="text")
