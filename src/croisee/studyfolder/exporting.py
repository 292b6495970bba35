"""A study folder written from one in memory: what :func:`read_study` reads back, equal."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple
from pathlib import Path

from croisee.dataset import Consent, WhoConsented
from croisee.formats import write_csv
from croisee.formats.transcripts.lines_writing import clock
from croisee.study import Study
from croisee.studyfolder.deposit import DEPOSIT, Deposit, deposit_text
from croisee.studyfolder.exported_answers import answer_files
from croisee.studyfolder.exported_settings import findings_text, settings_text
from croisee.studyfolder.exported_tables import LINES, codebook_lines, guide_lines
from croisee.studyfolder.logkeys import LOG_KEYS
from croisee.studyfolder.reading import StudyFolder
from croisee.studyfolder.starting import StudyExists, taken

Header = Sequence[str]
Lines = Iterable[Sequence[object]]
Write = Callable[[str, Header, Lines], None]


def write_study(folder: StudyFolder, path: Path) -> None:
    """Write a study folder in a new or empty folder; it appears complete or not at all.

    Reading it back gives the same study, tables, consents, findings, leaflets, references,
    reported numbers, names to mask, reviews, session logs, decided cuts, margins and log keys, so
    the same Dataset digest. Transcripts come out cut, in ``tours.csv``; references ready to
    print, in ``references.csv``.

    Raises:
        StudyExists: the folder already holds something, or cannot be written.
        ValueError: the folder in memory has no study (it was refused).
    """
    if folder.study is None:
        raise ValueError("nothing was read")
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise StudyExists(taken(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    building = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    try:
        _write(folder, building)
        building.chmod(0o755)
        if path.exists():
            path.rmdir()
        building.rename(path)
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _write(folder: StudyFolder, root: Path) -> None:
    study = folder.study
    assert study is not None
    _texts(folder, study, root)

    def write(name: str, header: Header, lines: Lines) -> None:
        target = root / f"{name}.csv"
        target.parent.mkdir(exist_ok=True)
        write_csv(target, header, lines)

    for instrument in study.instruments:
        write(f"instruments/{instrument.code}", *codebook_lines(instrument))
    if study.themes:
        write("guide", *guide_lines(study.themes))
    for name, table in folder.tables.items():
        if name in LINES and table.num_rows:
            file, columns, lines_of = LINES[name]
            write(file, columns, lines_of(table.to_pylist()))
    _people(folder, write)
    if folder.margins:
        columns = ("instrument", "edition", "variable", "categorie", "nombre", "source")
        write("marges", columns, (astuple(line) for line in folder.margins))
    for name, header, lines in answer_files(study, folder.tables):
        write(name, header, lines)
    _passages(folder, write)
    _decided_everywhere(folder, write)
    _guide_clock(folder, write)
    _references(folder, write)


def _texts(folder: StudyFolder, study: Study, root: Path) -> None:
    _text(root / "etude.toml", settings_text(study, folder.tables.get("frames")))
    if folder.findings or folder.leaflets:
        _text(root / "constats.toml", findings_text(folder.findings, folder.leaflets))
    if folder.deposit != Deposit():
        _text(root / f"{DEPOSIT[0]}.toml", deposit_text(folder.deposit))
    if folder.log_keys:
        _text(root / f"{LOG_KEYS[0]}.txt", "".join(f"{key}\n" for key in folder.log_keys))


def _people(folder: StudyFolder, write: Write) -> None:
    """Write ``participants`` with each accepted purpose, and ``seances``."""
    assert folder.study is not None
    purposes = [purpose.code for purpose in folder.study.purposes]
    present: dict[str, list[str]] = defaultdict(list)
    if "presences" in folder.tables:
        for row in folder.tables["presences"].to_pylist():
            present[row["participant"]].append(row["session"])
    people = folder.tables.get("participants")
    if people is None or not people.num_rows:
        return
    told = any(consent.who != WhoConsented() for consent in folder.consents.values())
    header = ("code", "cas", "composante", "organisme", "seances", "retrait",
              *(("age", "consenti_par", "assentiment") if told else ()),
              *(f"consent_{code.replace('-', '_')}" for code in purposes))  # fmt: skip
    lines = []
    for row in people.to_pylist():
        code = row["participant"]
        accepted = folder.accepted.get(code, ())
        consent = folder.consents.get(code, Consent(analysis=False, quote=False))
        lines.append(
            (
                code,
                row["case"],
                row["component"],
                row["organisation"],
                "|".join(present[code]),
                consent.withdrawn_on,
                *(_who(consent.who) if told else ()),
                *("oui" if purpose in accepted else "non" for purpose in purposes),
            )
        )
    write("participants", header, lines)


def _who(who: WhoConsented) -> tuple[str, ...]:
    return (
        who.age.value if who.age else "",
        "parent" if who.by_parent else "",
        who.assent.value if who.assent else "",
    )


def _passages(folder: StudyFolder, write: Write) -> None:
    """Write the names to mask and what people reviewed."""
    if folder.registry:
        write(
            "masquer",
            ("texte", "type", "remplacement", "variantes"),
            [(m.text, m.kind, m.replacement, "|".join(m.variants)) for m in folder.registry],
        )
    if folder.reviews.decisions:
        write(
            "relectures/candidats",
            ("document", "tour", "debut", "fin", "texte", "type", "decision", "remplacement",
             "par", "le"),
            [
                (d.document, d.turn, d.start, d.end, d.text, d.kind, d.decision, d.replacement,
                 d.by, d.on)
                for d in folder.reviews.decisions
            ],
        )  # fmt: skip
    if folder.reviews.passages:
        write(
            "relectures/passages",
            ("document", "tour", "relu", "par", "le"),
            [
                (p.document, p.turn, "oui" if p.reviewed else "non", p.by, p.on)
                for p in folder.reviews.passages
            ],
        )


def _decided_everywhere(folder: StudyFolder, write: Write) -> None:
    """Write what people decided once for every place written alike."""
    if folder.reviews.everywhere:
        write(
            "relectures/partout",
            ("texte", "type", "proposition", "documents", "decision", "remplacement", "par", "le"),
            [
                (w.text, w.kind, w.proposal, "|".join(w.documents), w.decision, w.replacement,
                 w.by, w.on)
                for w in folder.reviews.everywhere
            ],
        )  # fmt: skip


def _guide_clock(folder: StudyFolder, write: Write) -> None:
    """Write the session logs, and where a person said that questions begin."""
    if folder.openings:
        write(
            "journal-de-seance",
            ("seance", "theme", "heure"),
            [(one.session, one.theme, clock(one.at)) for one in folder.openings],
        )
    if folder.cuts:
        write(
            "relectures/coupes",
            ("document", "theme", "tour", "decision", "par", "le"),
            [
                (one.document, one.theme, one.turn, "refuser" if one.turn is None else "accepter",
                 one.by, one.on)
                for one in folder.cuts
            ],
        )  # fmt: skip


def _references(folder: StudyFolder, write: Write) -> None:
    if folder.references:
        write(
            "references",
            ("cle", "texte", "texte_en", "adresse"),
            [(r.key, r.text.fr, r.text.en, r.url) for r in folder.references],
        )
    if folder.reported:
        write(
            "rapportes",
            ("cle", "imprime", "ou", "ou_en"),
            [(r.key, r.printed, r.where.fr, r.where.en) for r in folder.reported],
        )


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
