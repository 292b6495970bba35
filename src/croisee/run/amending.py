"""``croisee amend``: a table added, removed, corrected or issued again after the seal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from croisee.disclosure import (
    Act,
    Amendment,
    AmendmentRefused,
    AuditReport,
    Breach,
    DatasetWorlds,
    Proposed,
    Register,
    ReleasedTable,
    Submitted,
    Undecided,
    adopt,
    amended,
    audit,
    keep_lines,
    release_json,
    remove,
)
from croisee.disclosure.versions import remade
from croisee.language import Phrase, phrase, phrases
from croisee.run.package_register import packages_with
from croisee.run.preparation import (
    Prepared,
    Progress,
    StudyRefused,
    prepare_folder,
    silent,
)
from croisee.run.sealing import require_decision_on_warnings
from croisee.run.workshop import workshop
from croisee.study import Study
from croisee.studyfolder import StudyFolder, read_study

WHO_DECIDES = phrase(
    "Dites qui le décide et pourquoi : --by « Prénom Nom » --reason « … » (inscrit au registre)."
)
_SHOWN = 3
"""How many breaches of a refused audit are told; the others are counted."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is asked of a sealed release, by whom and why. ``objects`` are keys or codes."""

    act: Act
    objects: tuple[str, ...]
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Amended:
    """What was done: the release's code and the keys that were added, changed or removed."""

    code: str
    keys: tuple[str, ...]
    packages: tuple[Phrase, ...] = ()
    """What to tell of packages for repositories that hold what was removed or changed."""


def amend_study(
    study: Path, decision: Decision, *, at: datetime, progress: Progress = silent
) -> Amended:
    """Change the sealed release of a study folder (``docs/methods/divulgation.md`` §7.2).

    A removal is done as soon as the folder is read. The rest is prepared and audited with
    everything ever printed; the register keeps the decision, and the earlier version.

    Raises:
        StudyRefused: the folder has problems that stop a run.
        AmendmentRefused: no name or reason, not sealed, or a rule or the audit refuses.
        SealRefused: a warning of the audit is decided by nobody.
    """
    progress(phrase("Lecture et vérification du dossier"))
    folder = read_study(study)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    register = Register.open(study / "registre")
    return amend_folder(folder, register, decision, at=at, progress=progress)


def amend_folder(
    folder: StudyFolder,
    register: Register,
    decision: Decision,
    *,
    at: datetime,
    progress: Progress = silent,
) -> Amended:
    """Do what :func:`amend_study` does with a study folder in memory and its register.

    Raises:
        StudyRefused, AmendmentRefused, SealRefused: as :func:`amend_study`.
    """
    if not (decision.by.strip() and decision.reason.strip()):
        raise AmendmentRefused(WHO_DECIDES)
    if folder.refused or folder.study is None:
        raise StudyRefused(folder.problems)
    code = folder.study.diffusion.code
    if not code or register.sealed(code) is None:
        raise AmendmentRefused(_not_sealed(code))
    if decision.act is Act.REMOVE:
        named = _named(decision, folder.study, at)
        gone = remove(register, code, named, at.isoformat())
        return Amended(code, gone, _packages(register, gone, folder.study))
    with attempted(folder, register, decision, at=at, progress=progress) as attempt:
        return attempt.adopt()


@dataclass(frozen=True, slots=True)
class Attempt:
    """A change that the rules and the audit allow, not made yet; valid inside :func:`attempted`.

    ``changes``: each table as it is printed (``None``: not printed yet), and as it would be.
    ``mark``: the same for the same numbers, whatever the day.
    """

    code: str
    changes: tuple[tuple[ReleasedTable | None, ReleasedTable], ...]
    mark: str
    adopt: Callable[[], Amended]
    """Make the change, for good."""


@contextmanager
def attempted(
    folder: StudyFolder,
    register: Register,
    decision: Decision,
    *,
    at: datetime,
    progress: Progress = silent,
) -> Iterator[Attempt]:
    """Prepare and audit a change to a sealed release, without making it.

    Only printed codes are given to new tables, as any draft does. A removal needs no attempt.

    Raises:
        StudyRefused, AmendmentRefused, SealRefused: as :func:`amend_study`.
    """
    with workshop() as team:
        prepared = prepare_folder(folder, register, team, at=at, progress=progress)
        with prepared.dataset:
            yield _attempt(prepared, decision, at, progress)


def _attempt(prepared: Prepared, decision: Decision, at: datetime, progress: Progress) -> Attempt:
    folder, register = prepared.folder, prepared.register
    assert folder.study is not None
    amendment = _named(decision, folder.study, at)
    submitted = Submitted(
        folder.study,
        prepared.tables,
        prepared.quotes,
        folder.findings,
        folder.leaflets,
        folder.references,
        folder.reported,
    )
    proposed = amended(amendment, submitted, register, prepared.dataset)
    progress(phrase("Audit de tout ce qui est sorti, avec le changement"))
    report = audit(proposed.union, DatasetWorlds(prepared.dataset), folder.study.policy)
    if not report.passed:
        raise AmendmentRefused(*_guessed(report))
    require_decision_on_warnings(report, folder.study.policy)

    def made() -> Amended:
        release = adopt(proposed, amendment, register, at.isoformat())
        if decision.act is not Act.ADD:
            keep_lines(register, release.code, prepared.dataset, behind=proposed.fresh)
        keys = tuple(table.key for table in proposed.fresh)
        # An added table is in no package; the new one adds it.
        told = keys if decision.act is not Act.ADD else ()
        return Amended(release.code, keys, _packages(register, told, submitted.study))

    sealed = register.sealed(proposed.release.code)
    before = {table.key: table for table in sealed.tables} if sealed is not None else {}
    changes = tuple((before.get(table.key), table) for table in proposed.fresh)
    return Attempt(proposed.release.code, changes, _mark(proposed), made)


def _packages(register: Register, keys: tuple[str, ...], study: Study) -> tuple[Phrase, ...]:
    return tuple(packages_with(register, keys, study.timezone))


def _mark(proposed: Proposed) -> str:
    """Return the digest of what would be printed; the day of the change is not in it."""
    tables = tuple(replace(table, notes=()) for table in proposed.fresh)
    bare = remade(proposed.release, tables=tables, quotes=(), findings=(), leaflets=())
    return sha256(release_json(bare)).hexdigest()


def _named(decision: Decision, study: Study, at: datetime) -> Amendment:
    today = at.astimezone(ZoneInfo(study.timezone)).date()
    return Amendment(decision.act, decision.objects, decision.by, decision.reason, today)


def _not_sealed(code: str) -> Phrase:
    return phrase(
        "La diffusion {code} n’est pas scellée : modifiez le dossier, puis croisee run.",
        code=code,
    )


def _guessed(report: AuditReport) -> list[Phrase]:
    found: list[Breach | Undecided] = [*report.breaches, *report.undecided]
    first = phrase(
        "L’audit refuse ce changement : {n} choses se devineraient avec ce qui est déjà sorti. "
        "Rien n’a changé ; ce sera à la prochaine édition.",
        n=len(found),
    )
    return [first, *(one.says() for one in found[:_SHOWN])]


def amended_lines(act: Act, done: Amended) -> Iterator[Phrase | str]:
    """Yield what to tell: what was done, each key as it is, the packages that hold it."""
    if not done.keys:
        yield phrase("C’était déjà fait : rien n’a changé.")
        return
    n = len(done.keys)
    yield {
        Act.ADD: phrases("{n} tableau ajouté :", "{n} tableaux ajoutés :", n),
        Act.REMOVE: phrases("{n} chose retirée :", "{n} choses retirées :", n),
        Act.CORRECT: phrases("{n} tableau corrigé :", "{n} tableaux corrigés :", n),
        Act.REVISE: phrases("{n} tableau réédité :", "{n} tableaux réédités :", n),
    }[act]
    yield from done.keys
    yield phrase("Relancez croisee run pour écrire les documents à jour.")
    yield from done.packages
