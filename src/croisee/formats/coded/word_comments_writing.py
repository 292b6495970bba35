"""A coded project as Word documents whose comments are its codes."""

from __future__ import annotations

import re
import zipfile
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from croisee.formats.coded.comment_words import Path as CodePath
from croisee.formats.coded.comment_words import comment_of, reads_back, said_in
from croisee.formats.coded.refi_writing import REFUSED
from croisee.formats.coded.shapes import Applied, CodedProject, Selection, Source
from croisee.formats.refused import FormatRefused
from croisee.formats.word_package import word_package
from croisee.language import Phrase, phrase, phrases
from croisee.text import Notice

_STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[-+]\d\d:\d\d)?")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_WHEN = (1980, 1, 1, 0, 0, 0)
_SHOWN = 10


def write_commented(project: CodedProject, path: Path) -> tuple[Notice, ...]:
    """Write the texts of a project as Word documents, its codes in comments; return what is lost.

    A comment is one passage, by one person at one moment: its codes, a line each (``Parent >
    Enfant``), then what was noted. :func:`.word_comments_reading.read_commented` reads it back.

    Args:
        project: with at least one text.
        path: ``.docx`` for a project of one text; ``.zip`` for a document a text.

    Raises:
        FormatRefused: no text, or several for one ``.docx``.
    """
    sources = [one for one in project.sources if one.text is not None]
    if not sources:
        raise FormatRefused(
            phrase("Ce projet n’a aucun texte."), phrase("Exportez-le de nouveau avec ses sources.")
        )
    alone = path.suffix.lower() == ".docx"
    if alone and len(sources) > 1:
        raise FormatRefused(
            phrases("Ce projet a {n} document.", "Ce projet a {n} documents.", len(sources)),
            phrase("Donnez un nom en .zip : un document Word pour chacun."),
        )
    writing = _Writing(project)
    if alone:
        path.write_bytes(writing.document(sources[0]))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            for name, source in zip(_names(sources), sources, strict=True):
                part = zipfile.ZipInfo(name, _WHEN)
                part.create_system = 0
                archive.writestr(part, writing.document(source))
    return tuple(writing.notices(sources))


def _names(sources: Sequence[Source]) -> list[str]:
    """Return a file name for each source, no two alike."""
    taken: set[str] = set()
    found = []
    for source in sources:
        stem = _UNFIT.sub("_", source.name).strip(". ")[:100] or "document"
        stem = re.sub(r"\.(docx|txt|rtf|odt)$", "", stem, flags=re.IGNORECASE)
        name, more = stem, 2
        while name.lower() in taken:
            name, more = f"{stem} ({more})", more + 1
        taken.add(name.lower())
        found.append(f"{name}.docx")
    return found


class _Writing:
    """A project being written."""

    def __init__(self, project: CodedProject) -> None:
        self._project = project
        self._coders = {one.key: one for one in project.coders}
        self._notes = {one.key: one.text for one in project.notes}
        self._paths: dict[str, CodePath] = {}
        for code in project.codes:
            self._paths[code.key] = (*self._paths.get(code.parent, ()), code.name)
        self._used: set[str] = set()
        self._lost: Counter[str] = Counter()
        self._replaced = 0

    def document(self, source: Source) -> bytes:
        """Return one text with its comments."""
        text = source.text or ""
        comments: list[str] = []
        starts: dict[int, list[int]] = defaultdict(list)
        ends: dict[int, list[int]] = defaultdict(list)
        for passage in sorted(source.selections, key=lambda one: (one.start, -one.end)):
            for words, coder, at in self._said(passage):
                number = len(comments)
                comments.append(self._comment(number, words, coder, at))
                starts[passage.start].append(number)
                ends[passage.end].append(number)
        self._lost["whole"] += len(source.applied)
        self._lost["value"] += len(source.values)
        self._lost["about"] += bool(source.description) + len(source.notes)
        self._lost["sync"] += len(source.syncs)
        return word_package("".join(self._paragraphs(text, starts, ends)), "".join(comments))

    def _said(self, passage: Selection) -> Iterator[tuple[str, str, str]]:
        """Yield (words, coder, moment) of each comment of a passage."""
        together: dict[tuple[str, str], list[CodePath]] = defaultdict(list)
        for one in passage.applied:
            self._used.add(one.code)
            path = self._paths.get(one.code, (one.code,))
            if one.notes:
                yield comment_of([path], self._thoughts(one)), one.coder, one.at
            else:
                together[one.coder, one.at].append(path)
        for (coder, at), paths in together.items():
            yield comment_of(paths), coder, at
        memo = [one for one in (passage.name, passage.description) if one]
        memo += [self._notes.get(key, "") for key in passage.notes]
        if any(memo):
            yield self._memo([one for one in memo if one]), passage.coder, passage.at
        elif not passage.applied:
            yield "", passage.coder, passage.at

    def _memo(self, said: list[str]) -> str:
        """Return what is said of a passage; a name alone would be read again as a code."""
        if said_in("\n".join(said)).codes:
            said = [f"— {said[0]}.", *said[1:]]
            self._lost["memo"] += 1
        return "\n".join(said)

    def _thoughts(self, one: Applied) -> list[str]:
        found = [self._notes.get(key, "") for key in one.notes]
        said = [text for text in found if text.strip()]
        if said and said_in(said[0]).codes:
            said[0] = f"— {said[0]}."
            self._lost["memo"] += 1
        return said

    def _comment(self, number: int, words: str, coder: str, at: str) -> str:
        who = self._coders.get(coder)
        name = quoteattr(self._plain(who.name if who else ""))
        initials = f" w:initials={quoteattr(self._plain(who.initials))}" if who else ""
        if at and not _STAMP.fullmatch(at):
            self._lost["moment"] += 1
        when = f' w:date="{at}"' if _STAMP.fullmatch(at) else ""
        lines = "".join(f"<w:p>{self._run(line)}</w:p>" for line in words.split("\n"))
        return f'<w:comment w:id="{number}" w:author={name}{when}{initials}>{lines}</w:comment>'

    def _paragraphs(
        self, text: str, starts: dict[int, list[int]], ends: dict[int, list[int]]
    ) -> Iterator[str]:
        cuts = sorted({*starts, *ends})
        at = 0
        for line in text.split("\n"):
            last = at + len(line)
            here = cuts[bisect_left(cuts, at) : bisect_right(cuts, last)]
            pieces = []
            begin = at
            for cut in here:
                pieces.append(self._run(text[begin:cut]))
                pieces += [_ended(number) for number in ends.get(cut, ())]
                pieces += [
                    f'<w:commentRangeStart w:id="{number}"/>' for number in starts.get(cut, ())
                ]
                begin = cut
            pieces.append(self._run(text[begin:last]))
            yield f"<w:p>{''.join(pieces)}</w:p>"
            at = last + 1

    def _run(self, text: str) -> str:
        if not text:
            return ""
        parts = "<w:tab/>".join(
            f'<w:t xml:space="preserve">{escape(self._plain(part))}</w:t>' if part else ""
            for part in text.split("\t")
        )
        return f"<w:r>{parts}</w:r>"

    def _plain(self, text: str) -> str:
        clean, count = REFUSED.subn("\ufffd", text)
        self._replaced += count
        return clean.replace("\r", "\ufffd")

    def notices(self, sources: Sequence[Source]) -> Iterator[Notice]:
        """Yield what these documents do not say."""
        project = self._project
        keep = phrase("Gardez le projet d’origine.")
        lost = self._lost + Counter({
            "unused": sum(one.key not in self._used for one in project.codes),
            "colour": sum(bool(one.colour) for one in project.codes),
            "meaning": sum(bool(one.description or one.notes) for one in project.codes),
            "case": len(project.cases),
            "set": len(project.sets),
            "textless": len(project.sources) - len(sources),
            "replaced": self._replaced,
        })  # fmt: skip
        for kind, told in _TOLD.items():
            if lost[kind]:
                yield Notice(told(lost[kind]), keep)
        changed = [
            " > ".join(self._paths[key])
            for key in self._paths
            if key in self._used and not reads_back(self._paths[key])
        ]
        if changed:
            names = " ; ".join(changed[:_SHOWN]) + ("…" if len(changed) > _SHOWN else "")
            yield Notice(
                phrase("Ces noms de codes ne se reliront pas pareil d’un commentaire : {names}.",
                       names=names),
                phrase("Ôtez « > » et les fins de ligne de ces noms."),
            )  # fmt: skip


def _ended(number: int) -> str:
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


_TOLD: dict[str, Callable[[int], Phrase]] = {
    "whole": lambda count: phrases(
        "{n} codage d’un document entier n’est pas dans un commentaire.",
        "{n} codages de documents entiers ne sont pas dans un commentaire.",
        count,
    ),
    "unused": lambda count: phrases(
        "{n} code que rien ne porte n’est pas dans ces documents.",
        "{n} codes que rien ne porte ne sont pas dans ces documents.",
        count,
    ),
    "colour": lambda count: phrases(
        "La couleur de {n} code est perdue.",
        "Les couleurs de {n} codes sont perdues.",
        count,
    ),
    "meaning": lambda count: phrases(
        "La description de {n} code est perdue.",
        "Les descriptions de {n} codes sont perdues.",
        count,
    ),
    "case": lambda count: phrases(
        "{n} cas est perdu.",
        "{n} cas sont perdus.",
        count,
    ),
    "set": lambda count: phrases(
        "{n} ensemble est perdu.",
        "{n} ensembles sont perdus.",
        count,
    ),
    "value": lambda count: phrases(
        "{n} valeur de variable est perdue.",
        "{n} valeurs de variables sont perdues.",
        count,
    ),
    "about": lambda count: phrases(
        "{n} description ou note de document est perdue.",
        "{n} descriptions ou notes de documents sont perdues.",
        count,
    ),
    "sync": lambda count: phrases(
        "{n} repère de temps est perdu.",
        "{n} repères de temps sont perdus.",
        count,
    ),
    "moment": lambda count: phrases(
        "La date de {n} codage n’a pas la forme que Word lit : elle est perdue.",
        "Les dates de {n} codages n’ont pas la forme que Word lit : elles sont perdues.",
        count,
    ),
    "memo": lambda count: phrases(
        "{n} note a la forme d’un code, et se relira comme un code ou autrement.",
        "{n} notes ont la forme d’un code, et se reliront comme des codes ou autrement.",
        count,
    ),
    "textless": lambda count: phrases(
        "{n} document sans texte n’est pas écrit.",
        "{n} documents sans texte ne sont pas écrits.",
        count,
    ),
    "replaced": lambda count: phrases(
        "{n} signe interdit dans un document Word est remplacé par « \ufffd ».",
        "{n} signes interdits dans un document Word sont remplacés par « \ufffd ».",
        count,
    ),
}
