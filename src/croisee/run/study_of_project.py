"""A coded project as a new study folder: its texts cut into turns, its codes and codings."""

from __future__ import annotations

import csv
import io
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from croisee.formats import unguarded, write_csv
from croisee.formats.coded import CodedProject, ProjectCode, Source
from croisee.formats.transcripts import Target, read_transcript, write_transcript
from croisee.formats.transcripts.reading import turns_of_text
from croisee.language import Label, phrase, phrases
from croisee.run.project_of_study import CODE_COLUMNS, CODES_NOTE, EXCERPTS_NOTE
from croisee.study import Case, Diffusion, Edition, Method, MethodKind, Study
from croisee.studyfolder import StudyExists, StudyFolder, write_study
from croisee.text import Notice, ParsedTurn, fold

_MOST_LETTERS = 60
_EDITION = "1"


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a project: how many documents, codings, and what was not kept."""

    documents: int
    codings: int
    notices: tuple[Notice, ...]


def write_study_of_project(project: CodedProject, path: Path) -> Written:
    """Write a study folder from a project; it appears complete or not at all.

    A network for each case that holds sources of its own, or one for all. Each text is cut into
    turns as a transcript is; a passage over several turns is a coding in each. Nobody is
    registered: who speaks is for the team to say, in ``participants`` and ``locuteurs``.

    Raises:
        StudyExists: there is something at ``path``.
    """
    sources = [one for one in project.sources if one.text is not None and one.text.strip()]
    codes = _named_codes(project)
    cases, of_source = _networks(project, sources)
    study = Study(
        title=Label(project.name or "Projet"),
        question=Label(project.description or project.name or "Projet"),
        languages=("fr",),
        cases=cases,
        editions=(Edition(_EDITION, Label("Édition 1")),),
        methods=(Method("entretien", Label("Entretien"), MethodKind.INTERVIEW),),
        diffusion=Diffusion("diffusion"),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as building:
        root = Path(building, "etude")
        write_study(StudyFolder(root, (), study), root)
        chosen = {one.key for one in project.notes if one.name == EXCERPTS_NOTE}
        files, codings, excerpts, notices = _documents(sources, codes, chosen, root)
        coders = {one.key: one.name for one in project.coders}
        write_csv(root / "documents.csv", ("fichier", "cas", "methode", "edition"), [
            (name, of_source[source.key], "entretien", _EDITION)
            for source, name in zip(sources, files, strict=True)
        ])  # fmt: skip
        write_csv(
            root / "codes.csv", (*CODE_COLUMNS[:1], *CODE_COLUMNS[2:]), _code_rows(project, codes)
        )
        write_csv(
            root / "codages.csv",
            ("document", "tour", "debut", "fin", "code", "codeur"),
            [(*row[:5], coders.get(row[5], "")) for row in codings],
        )
        if excerpts:
            write_csv(
                root / "extraits.csv", ("extrait", "document", "tour", "debut", "fin"), excerpts
            )
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        if path.exists():
            raise StudyExists(phrase("Ce dossier existe déjà : {folder}.", folder=str(path)))
        root.chmod(0o755)
        root.rename(path)
    return Written(len(files), len(codings), (*notices, *_not_kept(project)))


_Coding = tuple[str, int, int, int, str, str]
_Excerpt = tuple[str, str, int, int, int]


def _documents(
    sources: Sequence[Source], codes: dict[str, str], chosen: AbstractSet[str], root: Path
) -> tuple[list[str], list[_Coding], list[_Excerpt], list[Notice]]:
    """Write the texts; return what each file is called, what is coded, what is to be quoted.

    ``chosen``: the keys of the notes that are on passages to quote.
    """
    names: list[str] = []
    codings: list[_Coding] = []
    excerpts: list[_Excerpt] = []
    over = lost = cut = 0
    (root / "documents").mkdir(exist_ok=True)
    for source in sources:
        name = f"{_free(_slug(source.name) or 'document', names)}.txt"
        names.append(name.removesuffix(".txt"))
        file = root / "documents" / name
        assert source.text is not None
        write_transcript(turns_of_text(source.text), file, Target.TXT)
        turns = read_transcript(file).turns
        places = _Places(source.text, turns)
        for mark in source.selections:
            parts = list(places.parts(mark.start, mark.end))
            over += len(parts) > 1 and bool(mark.applied)
            lost += not parts and bool(mark.applied)
            codings += [
                (name, turn, start, end, codes[one.code], one.coder)
                for turn, start, end in parts
                for one in mark.applied
            ]
            if parts and not chosen.isdisjoint(mark.notes):
                key = _free(_key(mark.name), [one[0] for one in excerpts])
                excerpts.append((key, name, *parts[0]))
                cut += len(parts) > 1
    return [f"{name}.txt" for name in names], codings, excerpts, _cut_notices(over, lost, cut)


class _Places:
    """Where each character of a source is in its turns, line by line."""

    def __init__(self, text: str, turns: Sequence[ParsedTurn]) -> None:
        self.starts: list[int] = []
        self.lines: list[tuple[int, int, int, int]] = []
        at = 0
        for number, turn in enumerate(turns, 1):
            offset = 0
            for line in turn.text.split("\n"):
                found = text.find(line, at)
                if found >= 0:
                    self.starts.append(found)
                    self.lines.append((found, found + len(line), number, offset))
                    at = found + len(line)
                offset += len(line) + 1

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield what a passage covers of each turn: turn, start and end in its text."""
        first = max(0, bisect_right(self.starts, start) - 1)
        covered: dict[int, tuple[int, int]] = {}
        for begin, stop, turn, offset in self.lines[first:]:
            if begin >= end:
                break
            low, high = max(start, begin), min(end, stop)
            if low < high:
                span = offset + low - begin, offset + high - begin
                before = covered.get(turn, span)
                covered[turn] = min(before[0], span[0]), max(before[1], span[1])
        yield from ((turn, *span) for turn, span in covered.items())


def _cut_notices(over: int, lost: int, cut: int) -> list[Notice]:
    found = []
    if cut:
        said = phrases(
            "{n} passage à citer couvre plusieurs tours de parole : le premier est gardé.",
            "{n} passages à citer couvrent plusieurs tours de parole : le premier est gardé.",
            cut,
        )
        found.append(Notice(said, phrase("Gardez le projet d’origine.")))
    if over:
        said = phrases(
            "{n} passage couvre plusieurs tours de parole : un codage dans chacun.",
            "{n} passages couvrent plusieurs tours de parole : un codage dans chacun.",
            over,
        )
        found.append(Notice(said, phrase("Gardez le projet d’origine.")))
    if lost:
        said = phrases(
            "{n} passage codé ne couvre aucune parole : il n’est pas gardé.",
            "{n} passages codés ne couvrent aucune parole : ils ne sont pas gardés.",
            lost,
        )
        found.append(Notice(said, phrase("Gardez le projet d’origine.")))
    return found


def _not_kept(project: CodedProject) -> list[Notice]:
    """Say what a study folder has no place for."""
    kept = phrase("Gardez le projet d’origine.")
    own = sum(one.name not in {CODES_NOTE, EXCERPTS_NOTE} for one in project.notes)
    whole = sum(len(one.applied) for one in project.sources)
    told = [
        (own, phrases("{n} note n’est pas gardée.", "{n} notes ne sont pas gardées.", own)),
        (
            len(project.sets),
            phrases(
                "{n} ensemble n’est pas gardé.", "{n} ensembles ne sont pas gardés.",
                len(project.sets),
            ),
        ),
        (
            whole,
            phrases(
                "{n} codage d’un document entier n’est pas gardé.",
                "{n} codages de documents entiers ne sont pas gardés.",
                whole,
            ),
        ),
    ]  # fmt: skip
    colours = sum(bool(one.colour) for one in project.codes)
    told.append(
        (
            colours,
            phrases("{n} couleur de code n’est pas gardée.",
                    "{n} couleurs de codes ne sont pas gardées.", colours),
        )
    )  # fmt: skip
    empty = sum(one.text is None or not one.text.strip() for one in project.sources)
    told.append(
        (
            empty,
            phrases("{n} source sans texte n’est pas gardée.",
                    "{n} sources sans texte ne sont pas gardées.", empty),
        )
    )  # fmt: skip
    return [Notice(said, kept) for count, said in told if count]


def _networks(
    project: CodedProject, sources: Sequence[Source]
) -> tuple[tuple[Case, ...], dict[str, str]]:
    """Return the networks, and that of each source: those of its cases, if none shares any."""
    there = {one.key for one in sources}
    held = [(case, [key for key in case.sources if key in there]) for case in project.cases]
    told = [(case, keys) for case, keys in held if keys and not case.values]
    whole = {key for _, keys in told for key in keys}
    if told and whole == there and sum(len(keys) for _, keys in told) == len(there):
        taken: list[str] = []
        cases: list[Case] = []
        of_source: dict[str, str] = {}
        for case, keys in told:
            code = _free(_slug(case.name) or "reseau", taken)
            taken.append(code)
            cases.append(Case(code, Label(case.name or code), Label(case.name or code)))
            of_source |= dict.fromkeys(keys, code)
        return tuple(cases), of_source
    name = Label(project.name or "Projet")
    return (Case("projet", name, name),), dict.fromkeys(there, "projet")


def _named_codes(project: CodedProject) -> dict[str, str]:
    """Return the code of each key: what our own note says, else a name made from the label."""
    noted = {row["identifiant"]: row["code"] for row in _noted(project)}
    taken: list[str] = [noted[one.key] for one in project.codes if one.key in noted]
    found = {}
    for one in project.codes:
        code = noted.get(one.key)
        if code is None:
            code = _free(_slug(one.name) or "code", taken)
            taken.append(code)
        found[one.key] = code
    return found


def _noted(project: CodedProject) -> list[dict[str, str]]:
    text = next((one.text for one in project.notes if one.name == CODES_NOTE), "")
    rows = [
        {key: unguarded(cell) if isinstance(cell, str) else cell for key, cell in row.items()}
        for row in csv.DictReader(io.StringIO(text), delimiter=";")
    ]
    good = all(row.keys() >= set(CODE_COLUMNS) and None not in row.values() for row in rows)
    return rows if good else []


def _code_rows(project: CodedProject, codes: dict[str, str]) -> list[tuple[str, ...]]:
    noted = {row["identifiant"]: row for row in _noted(project)}

    def row(one: ProjectCode) -> tuple[str, ...]:
        own = noted.get(one.key, {})
        return (
            codes[one.key], one.name or codes[one.key], own.get("libelle_en", ""),
            " ".join(one.description.split()), own.get("definition_en", ""),
            codes.get(one.parent, ""), own.get("genre", "theme"), own.get("sensible", "non"),
        )  # fmt: skip

    return [row(one) for one in project.codes]


def _slug(name: str) -> str:
    plain = re.sub(r"\.(?:docx?|odt|pdf|rtf|txt|vtt)$", "", name, flags=re.IGNORECASE)
    return re.sub(r"[^a-z0-9]+", "-", fold(plain))[:_MOST_LETTERS].strip("-")


def _key(name: str) -> str:
    """Return the key of an excerpt by the name of its passage: our own, or one made of it."""
    return name if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) else _slug(name) or "extrait"


def _free(name: str, taken: Sequence[str]) -> str:
    number, free = 2, name
    while free in taken:
        free, number = f"{name}-{number}", number + 1
    return free
