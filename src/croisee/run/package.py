"""``croisee package``: a sealed release as a repository of research data takes it.

Nothing goes in that the gate has not let out: the public view of a sealed release, the
questions, and what the study says of itself. Nobody's line is in it, whatever the licence.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from croisee.disclosure import PUBLIC, Register, Release
from croisee.formats import write_csv
from croisee.formats.citation import write_bibtex, write_csl
from croisee.formats.dataverse import write_dataverse
from croisee.language import Label, Language, Phrase, phrase
from croisee.report import write_report
from croisee.run.output import refuse_inside, results_folder
from croisee.run.package_codebook import ddi_of, write_codebooks, write_guide, write_table_list
from croisee.run.package_consent import cover_of_withheld, words_withheld, write_consents
from croisee.run.package_dictionary import LICENCE, licence_text, write_dictionary
from croisee.run.package_metadata import (
    Metadata,
    Missing,
    catalogued,
    citations,
    metadata_of,
    missing_of,
)
from croisee.run.package_readme import NAMES, SUMS, readme
from croisee.run.package_register import keep_package, stale_packages
from croisee.run.preparation import Prepared, Progress, prepare, silent
from croisee.run.workshop import workshop
from croisee.studyfolder import StudyFolder

MARK = "A-LIRE.txt"
_ABOUT = (
    phrase("Un dépôt préparé par Croisée."),
    phrase("depot-….zip : ce qui peut être déposé ; le dossier du même nom a le même contenu."),
    phrase("equipe/ : qui consent à quoi, et ce qui manque. Il ne sort jamais de l’équipe."),
    phrase("Après un retrait, refaites le dépôt et remplacez-le dans l’entrepôt : rien ne s’y "
           "retire tout seul."),
)  # fmt: skip
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day a zip knows: the same files give the same bytes."""


_LISTED = {
    "guide.csv": phrase("Guide des groupes et des entretiens"),
    "tableaux.csv": phrase("Liste des tableaux"),
    "dictionnaire.csv": phrase("Dictionnaire des colonnes"),
}


class PackageRefused(Exception):
    """Nothing was packaged; ``message`` says why."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.to("fr"))
        self.message = message


@dataclass(frozen=True, slots=True)
class Packaged:
    """A package written: its zip, what the study does not say, whose words were kept out."""

    archive: Path
    files: int
    missing: tuple[Missing, ...]
    withheld: tuple[str, ...]
    """Codes of the quotes that kept every word out of the package."""
    cover: tuple[str, ...]
    """Codes of quotes of others, to take out of the release with those withheld."""
    described: bool
    """Dataverse's description could be written."""
    earlier: tuple[Phrase, ...] = ()
    """What earlier packages hold that should not be read any more, and what to ask."""


def package_study(
    study: Path,
    out: Path,
    *,
    at: datetime,
    place: str = "",
    language: Language = "fr",
    progress: Progress = silent,
) -> Packaged:
    """Write ``out``: the files to deposit, their zip, and what the team alone may read.

    The same study folder and register give the same bytes. ``out`` appears complete or not at
    all; an earlier package there is replaced. The register remembers what was made, and
    ``place``: where it is to be sent.

    Raises:
        PackageRefused: the release is not sealed, or the audit refuses what is out.
        StudyRefused: the folder has problems that stop a run.
        OutputRefused: ``out`` cannot be used.
    """
    refuse_inside(out, study)
    with workshop() as team:
        prepared = prepare(
            study, team, at=at, language=language, progress=progress, before=_require_sealed
        )
        with prepared.dataset:
            if not prepared.audit.passed:
                raise PackageRefused(
                    phrase("L’audit refuse cette diffusion. Lancez croisee run : la page de "
                           "vérification de l’équipe dit quels tableaux sont en cause.")
                )  # fmt: skip
            progress(phrase("Rapport, feuillets et figures"))
            write_report(prepared.release, team / "pages")
            progress(phrase("Dépôt"))
            with results_folder(out, language, mark=MARK, about=_ABOUT) as partial:
                written = _package(prepared, team / "pages" / "diffusion", partial, language)
                # Remembered before anybody can have it: a package never left without a trace.
                earlier = _remember(prepared, partial / written.archive.name, written, place, at)
            return replace(written, archive=out / written.archive.name, earlier=earlier)


def _require_sealed(folder: StudyFolder, register: Register) -> None:
    """Say before the long work that a draft is not deposited."""
    code = folder.study.diffusion.code if folder.study is not None else ""
    if not code or register.sealed(code) is None:
        raise PackageRefused(
            phrase("Une épreuve ne se dépose pas. Scellez d’abord la diffusion : croisee seal.")
        )


def _remember(
    prepared: Prepared, archive: Path, written: Packaged, place: str, at: datetime
) -> tuple[Phrase, ...]:
    public, words = prepared.release.seen_by(PUBLIC), not written.withheld
    keep_package(prepared, public, archive, words=words, place=place, at=at)
    return tuple(stale_packages(prepared, replaced=True))


def _package(prepared: Prepared, pages: Path, partial: Path, language: Language) -> Packaged:
    public = prepared.release.seen_by(PUBLIC)
    one = metadata_of(public, prepared.folder.deposit)
    withheld = words_withheld(prepared, public)
    root = partial / one.name
    root.mkdir()
    described = _fill(root, pages, one, words=not withheld)
    names = _sum_up(root)
    archive = partial / f"{one.name}.zip"
    _zip(archive, root, names)
    team = partial / "equipe"
    team.mkdir()
    write_consents(team / "consentements.csv", prepared, public, words=not withheld)
    missing = missing_of(one)
    write_csv(
        team / "a-completer.csv",
        ("quoi", "fichier", "cle", "exige_par_dataverse"),
        [
            (
                *(said.to(language) for said in (asked.what, asked.file, asked.key)),
                "oui" if asked.required else "non",
            )
            for asked in missing
        ],
    )
    cover = tuple(cover_of_withheld(prepared, public, withheld)) if withheld else ()
    return Packaged(archive, len(names), missing, withheld, cover, described)


def _fill(root: Path, pages: Path, one: Metadata, *, words: bool) -> bool:
    """Write every file of the package but its sums; return whether Dataverse's is among them."""
    if words:
        shutil.copytree(pages, root / "diffusion")
    else:
        (root / "diffusion" / "figures").mkdir(parents=True)
        for path in sorted((pages / "figures").glob("*.csv")):
            shutil.copyfile(path, root / "diffusion" / "figures" / path.name)
    write_table_list(root / "tableaux.csv", one.release.tables)
    if one.study.themes:
        write_guide(root / "guide.csv", one.study.themes)
    write_codebooks(root / "livre-de-codes", one.study.instruments)
    write_dictionary(root)
    if terms := licence_text(one):
        _text(root / LICENCE, terms)
    for language in one.languages:
        _text(root / NAMES[language], readme(one, language, words=words))
    about = root / "metadonnees"
    about.mkdir()
    cited = citations(one, report=words) if one.authors else ()
    if cited:
        _text(about / "citation.bib", write_bibtex(cited))
        _text(about / "citation.json", write_csl(cited))
    (about / "ddi.xml").write_bytes(ddi_of(one, tuple(_materials(root, one.release))))
    dataset = catalogued(one)
    if dataset.complete:
        _text(about / "dataverse.json", write_dataverse(dataset))
    return dataset.complete


def _materials(root: Path, release: Release) -> Iterator[tuple[str, Label | Phrase]]:
    """Yield the files that a catalogue lists: tables, codebooks, reports and leaflets on paper."""
    titles = {table.code: table.title for table in release.tables}
    names = {case.code: case.name for case in release.study.cases}
    asked = {one.code: one.name for one in release.study.instruments}
    for name in _files(root):
        path = Path(name)
        stem = path.name.partition(".")[0]
        if path.parent.name == "figures" and path.suffix == ".csv" and stem in titles:
            yield name, titles[stem]
        elif path.parent.name == "feuillets" and path.suffix == ".pdf" and stem in names:
            yield name, names[stem]
        elif path.parent.name == "livre-de-codes" and stem in asked:
            yield name, asked[stem]
        elif stem == "rapport" and path.suffix == ".pdf":
            yield name, phrase("Rapport de recherche")
        elif name in _LISTED:
            yield name, _LISTED[name]


def _files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


def _sum_up(root: Path) -> list[str]:
    """Write the sums of every file, for ``sha256sum -c``; return the names, the sums' included."""
    names = _files(root)
    sums = [f"{hashlib.sha256((root / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    _text(root / SUMS, "".join(sums))
    return sorted([*names, SUMS])


def _zip(archive: Path, root: Path, names: list[str]) -> None:
    with ZipFile(archive, "w") as whole:
        for name in names:
            part = ZipInfo(f"{root.name}/{name}", _DAY)
            part.compress_type, part.external_attr = ZIP_DEFLATED, 0o644 << 16
            whole.writestr(part, (root / name).read_bytes(), compresslevel=6)


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def packaged_lines(done: Packaged) -> Iterator[Phrase]:
    """Yield what to tell: what was written, what is missing and where to write it."""
    yield phrase("À déposer : {path} ({n} fichiers).", path=str(done.archive), n=done.files)
    if done.withheld:
        yield phrase(
            "Sans paroles, rapport ni feuillets : {quotes} viennent de personnes qui n’ont pas "
            "accepté le dépôt.",
            quotes=", ".join(done.withheld),
        )
        yield phrase(
            "Pour déposer le rapport, retirez-les de la diffusion avec d’autres de même source, en "
            "une fois : seuls, ils se reconnaîtraient en comparant. croisee amend {codes}",
            codes=" ".join(f"--remove {code}" for code in (*done.withheld, *done.cover)),
        )
    for one in done.missing:
        yield phrase("Manque : {what}. À écrire dans {file}, « {key} ».", what=one.what,
                     file=one.file, key=one.key)  # fmt: skip
    if not done.described:
        yield phrase("La description pour Dataverse (dataverse.json) attend ce qui manque.")
    yield phrase("Pour l’équipe seulement : {path}", path=str(done.archive.parent / "equipe"))
    yield from done.earlier
    yield _ABOUT[-1]
