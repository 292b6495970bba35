"""A study folder read whole: what it says, and everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from croisee.dataset import Consent, consenting_tables
from croisee.deidentify import MaskEntry, Reviews
from croisee.findings import Contradiction, Finding, Leaflet, Reference, Reported
from croisee.language import phrase
from croisee.study import Instrument, Study, Theme
from croisee.studyfolder import layout
from croisee.studyfolder.answers import read_answers
from croisee.studyfolder.bibliography import read_references
from croisee.studyfolder.codebooks import read_instruments
from croisee.studyfolder.contradictions import find_contradictions
from croisee.studyfolder.corpus import read_corpus
from croisee.studyfolder.deposit import Deposit, read_deposit
from croisee.studyfolder.folder import Folder
from croisee.studyfolder.groups import (
    read_budgets,
    read_codes,
    read_guide,
    read_positions,
    read_rankings,
    read_technologies,
)
from croisee.studyfolder.logkeys import read_log_keys
from croisee.studyfolder.margins import MarginLine, read_margins
from croisee.studyfolder.names import Names
from croisee.studyfolder.people import (
    declared_frames,
    read_activities,
    read_frame,
    read_participants,
    read_sessions,
)
from croisee.studyfolder.problems import REFUSAL, Place, Problem, Problems, Said
from croisee.studyfolder.sessionlog import (
    CutDecision,
    NotedOpening,
    read_cuts,
    read_session_log,
)
from croisee.studyfolder.settings import Settings, codes, read_settings
from croisee.studyfolder.toml_source import read_toml
from croisee.studyfolder.writings import (
    Writings,
    read_context,
    read_masks,
    read_milestones,
    read_reported,
)

STUDY_FILES = ("etude", "study")


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """A study folder as read. When ``refused``, nothing here may be frozen or analysed.

    ``tables`` follow :mod:`croisee.dataset.schema`; ``consents`` is the register by participant
    code; ``study`` is ``None`` when ``etude.toml`` cannot be read.
    """

    path: Path
    problems: tuple[Problem, ...]
    study: Study | None = None
    tables: dict[str, pa.Table] = field(default_factory=dict)
    consents: Mapping[str, Consent] = field(default_factory=dict)
    accepted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The purposes each participant accepted, by code; ``consents`` is what they allow."""
    findings: tuple[Finding, ...] = ()
    leaflets: tuple[Leaflet, ...] = ()
    references: tuple[Reference, ...] = ()
    reported: tuple[Reported, ...] = ()
    registry: tuple[MaskEntry, ...] = ()
    reviews: Reviews = field(default_factory=Reviews)
    openings: tuple[NotedOpening, ...] = ()
    """The session logs. They and ``cuts`` are beside the Dataset: no released value uses them."""
    cuts: tuple[CutDecision, ...] = ()
    log_keys: tuple[str, ...] = ()
    """The public keys that the log of replacements is encrypted for."""
    contradictions: tuple[Contradiction, ...] = ()
    margins: tuple[MarginLine, ...] = ()
    """What is known of the frames by category, to work weights out; beside the Dataset too."""
    deposit: Deposit = field(default_factory=Deposit)
    """What the study says for a repository; beside the Dataset too."""

    @property
    def refused(self) -> bool:
        """Return whether something must be corrected before a run."""
        return any(problem.severity == REFUSAL for problem in self.problems)


def read_study(path: Path) -> StudyFolder:
    """Read a study folder (``docs/dossier-d-etude.md``).

    Every problem is in ``problems``, in the order of files and rows; whatever the bytes found
    there, nothing is raised. Documents are read one at a time. Nothing is written.
    """
    problems = Problems()
    if not path.is_dir():
        problems.refuse(Place(path.name or str(path)), _no_folder())
        return StudyFolder(path, problems.listed())
    folder = Folder(path, problems)
    key = folder.find(STUDY_FILES, (".toml",))
    if key is None:
        problems.refuse(Place("etude.toml"), _no_study_file())
        return StudyFolder(path, problems.listed())
    top = read_toml(folder, key)
    if top is None:
        return StudyFolder(path, problems.listed())
    names = Names(read_settings(top))
    return _read(folder, names)


def _no_folder() -> Said:
    return (
        phrase("Ce dossier n’existe pas."),
        phrase("Vérifiez le chemin, ou créez-le avec croisee new."),
    )


def _no_study_file() -> Said:
    return (
        phrase("Il manque etude.toml, le seul fichier obligatoire."),
        phrase("Écrivez-le, ou partez d’un exemple : croisee new."),
    )


def _read(folder: Folder, names: Names) -> StudyFolder:
    """Read the tables in the order in which they refer to each other."""
    instruments, crossings = read_instruments(folder, names.settings)
    names.instruments = {one.code: one for one in instruments}
    tables = {"organisations": read_frame(folder, names), "frames": declared_frames(names)}
    tables["sessions"] = read_sessions(folder, names)
    register = read_participants(folder, names)
    tables |= {"participants": register.people, "presences": register.presences}
    tables["activities"] = read_activities(folder, names)
    themes = read_guide(folder, names)
    names.themes = {theme.code: theme for theme in themes}
    tables["codes"] = read_codes(folder, names)
    tables["positions"] = read_positions(folder, names)
    tables["rankings"] = read_rankings(folder, names)
    tables["allocations"] = read_budgets(folder, names)
    tables["mentions"], tables["mention_groups"] = read_technologies(folder, names)
    tables["milestones"] = read_milestones(folder)
    references = read_references(folder)
    reference_keys = tuple(reference.key for reference in references)
    tables["context"] = read_context(folder, reference_keys)
    margins = read_margins(folder, names)
    tables |= read_answers(folder, names)
    corpus, passages = read_corpus(folder, names)
    tables |= corpus
    openings = read_session_log(folder, names, corpus["documents"])
    cuts = read_cuts(folder, names, passages.aliases, corpus["turns"])
    writings = Writings(folder, names, passages.excerpt_keys, reference_keys)
    reported = read_reported(folder)
    masks = read_masks(folder)
    log_keys = read_log_keys(folder)
    deposit = read_deposit(folder, codes(names.settings.purposes))
    folder.warn_of_the_rest(_known_files())
    study = _study(names.settings, instruments, themes, crossings)
    kept, _ = consenting_tables(study, tables, register.consents)
    return StudyFolder(
        path=folder.root,
        problems=folder.problems.listed(),
        study=study,
        tables=tables,
        consents=register.consents,
        accepted=register.accepted,
        findings=writings.findings,
        leaflets=writings.leaflets,
        references=references,
        reported=reported,
        registry=masks,
        reviews=passages.reviews(),
        openings=openings,
        cuts=cuts,
        log_keys=log_keys,
        contradictions=find_contradictions(names, tables, kept),
        margins=margins,
        deposit=deposit,
    )


def _study(
    settings: Settings,
    instruments: tuple[Instrument, ...],
    themes: tuple[Theme, ...],
    crossings: tuple[tuple[str, str, str, str], ...],
) -> Study:
    return Study(
        title=settings.title,
        question=settings.question,
        languages=settings.languages,
        cases=settings.cases,
        editions=settings.editions,
        methods=settings.methods,
        diffusion=settings.diffusion,
        policy=settings.policy,
        instruments=instruments,
        themes=themes,
        purposes=settings.purposes,
        certificates=settings.certificates,
        crossings=crossings,
        timezone=settings.timezone,
        team=settings.team,
        contact=settings.contact,
        address=settings.address,
    )


def _known_files() -> tuple[str, ...]:
    """Return the names a misspelled file could have meant."""
    layouts = [thing for thing in vars(layout).values() if isinstance(thing, layout.Layout)]
    return tuple(name for one in layouts for name in one.names)
