"""Changing a sealed release: tables added, corrected or issued again, things removed (§7.2).

A removal is always allowed. Everything else makes a new version of the sealed release, whose
other tables are the same byte for byte, and passes a new audit of all that was ever printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from croisee.dataset import Dataset
from croisee.disclosure import gate
from croisee.disclosure.arrested import PROCESS, Change, change_behind, changes_since
from croisee.disclosure.register import Register
from croisee.disclosure.reissue import reissue_problems
from croisee.disclosure.released import Release, ReleasedTable
from croisee.disclosure.sentences import day
from croisee.disclosure.shapes import label_of
from croisee.disclosure.today import Today, stem
from croisee.disclosure.versions import remade, version_name
from croisee.disclosure.work import Work
from croisee.language import Phrase, phrase
from croisee.study import Study


class Act(StrEnum):
    """What is done to a sealed release, as the register's journal writes it."""

    ADD = "ajoute"
    CORRECT = "corrige"
    REVISE = "reedite"
    REMOVE = "ote"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A named decision on a sealed release. ``objects`` are keys; a revision has none."""

    act: Act
    objects: tuple[str, ...]
    by: str
    reason: str
    on: date


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sealed release as it would become, and what its audit must add up."""

    release: Release
    fresh: tuple[ReleasedTable, ...]
    """The tables that were not printed before, or not with these values."""
    union: tuple[Release, ...]
    """Everything ever out, with ``fresh`` as a draft."""


class AmendmentRefused(Exception):
    """The sealed release stays as it is; ``reasons`` say why, one a thing."""

    def __init__(self, *reasons: Phrase) -> None:
        super().__init__(" ".join(reason.to("fr") for reason in reasons))
        self.reasons = reasons


def next_edition(about: str, why: Phrase) -> Phrase:
    """Return a refusal that ends where every number that may not change now will be."""
    return phrase("{about} : {why} Ce sera à la prochaine édition.", about=about, why=why)


def remove(register: Register, code: str, amendment: Amendment, at: str) -> tuple[str, ...]:
    """Take tables, findings or quotes off a sealed release, for good (§7.2.5).

    ``objects`` are printed codes or keys; a table goes with its forms for one network. The
    decision is kept in the register's journal. Returns what was taken off; what was already is
    not taken twice.

    Raises:
        AmendmentRefused: not sealed, or something is not in it.
    """
    sealed = _sealed(register, code)
    quotes = {name: q.key for q in sealed.quotes for name in (q.key, q.code)}
    for key in register.added(code):
        quotes |= {key: key, register.code_of("V", key): key}
    others = {
        **{name: t.key for t in sealed.tables for name in (t.key, t.code)},
        **{finding.code: finding.code for finding in sealed.findings},
    }
    others.update((name.lower(), key) for name, key in list(others.items()))
    quotes.update((name.lower(), key) for name, key in list(quotes.items()))
    unknown = [one for one in amendment.objects if one.lower() not in {*others, *quotes}]
    if unknown:
        raise AmendmentRefused(*(_not_there(one, code) for one in unknown))
    done = register.removed(code) | register.retired(code)
    said = f"{amendment.by} · {amendment.reason}"
    taken: dict[str, str] = {}
    for one in (name.lower() for name in amendment.objects):
        if one in quotes:
            taken[quotes[one]] = "retire"
        else:
            family = (t.key for t in sealed.tables if t.key.startswith(f"{others[one]}@"))
            taken.update(dict.fromkeys((others[one], *family), Act.REMOVE.value))
    new = {key: act for key, act in taken.items() if key not in done}
    register.note([(at, act, code, key, said) for key, act in new.items()])
    return tuple(new)


def amended(
    amendment: Amendment, submitted: gate.Submitted, register: Register, dataset: Dataset
) -> Proposed:
    """Return a sealed release with tables added, corrected or issued again.

    Nothing is written: audit ``union``, then :func:`adopt`.

    Raises:
        AmendmentRefused: not sealed, or one of the rules of §7.2 keeps a table in.
    """
    code = submitted.study.diffusion.code
    sealed = _sealed(register, code)
    others = tuple(r for r in register.sealed_releases() if r.code != code)
    changes = changes_since(register, code, dataset)
    if changes is None:
        if register.mac(dataset.digest) != sealed.dataset_mac:
            raise AmendmentRefused(
                next_edition(
                    code, phrase("le registre ne sait plus ce qui était compté au scellement.")
                )
            )
        changes = {}
    today = Today(submitted, sealed, others, register)
    make = {Act.ADD: _added, Act.CORRECT: _corrected, Act.REVISE: _revised}[amendment.act]
    made = make(_Ask(amendment, sealed, register, submitted.study, changes, today))
    fresh = gate._coded([_dated(table, amendment) for table in made], register)
    replaced = {table.key: table for table in fresh}
    tables = tuple(replaced.pop(table.key, table) for table in sealed.tables)
    release = remade(sealed, tables=(*tables, *replaced.values()))
    return Proposed(release, fresh, _union(amendment, sealed, fresh, register))


def adopt(proposed: Proposed, amendment: Amendment, register: Register, at: str) -> Release:
    """Keep a release that its audit certified, and the decision, in the register.

    Words are those that the register holds now: somebody may have left during the audit.
    """
    code = proposed.release.code
    release = remade(_sealed(register, code), tables=proposed.release.tables)
    number = register.keep_next(release)
    said = f"v{number} · {amendment.by} · {amendment.reason}"
    register.note([(at, amendment.act.value, code, t.key, said) for t in proposed.fresh])
    return release


@dataclass(frozen=True, slots=True)
class _Ask:
    amendment: Amendment
    sealed: Release
    register: Register
    study: Study
    changes: Mapping[str, Change]
    today: Today

    def behind(self, table: ReleasedTable) -> Change:
        return change_behind(table, self.study, self.changes)

    def in_force(self) -> list[ReleasedTable]:
        gone = self.register.removed(self.sealed.code)
        return [table for table in self.sealed.tables if table.key not in gone]


def _added(ask: _Ask) -> list[ReleasedTable]:
    """§7.2.6: from the lines arrested; or, when some have gone, on a question never told."""
    removed = ask.register.removed(ask.sealed.code)
    known = {table.key for table in ask.sealed.tables}
    more, work = ask.today.beside(ask.amendment.objects)
    there = {**ask.today.tables, **more}
    refused: list[Phrase] = []
    found: dict[str, ReleasedTable] = {}
    for key in ask.amendment.objects:
        # A question comes with its forms for one network; one form may be asked for alone.
        mine = [t for t in there.values() if key in {t.key, stem(t.key)}]
        new = [t for t in mine if t.key not in known | removed]
        if key in known | removed or (not new and mine):
            refused.append(_already(key, removed))
        elif not new:
            refused += _kept_in(key, (ask.today.work, work))
        for table in new:
            problem = _not_from_these_lines(table, ask)
            if problem is not None:
                refused.append(problem)
            found[table.key] = table
    if refused:
        raise AmendmentRefused(*dict.fromkeys(refused))
    return list(found.values())


def _not_from_these_lines(table: ReleasedTable, ask: _Ask) -> Phrase | None:
    waves = {(base.source, base.edition) for base in table.bases}
    if not ask.behind(table):
        for other in ask.in_force():
            shared = waves & {(base.source, base.edition) for base in other.bases}
            same = ask.today.tables.get(other.key)
            if shared and (same is None or same.cells != other.cells):
                return next_edition(
                    table.key,
                    phrase(
                        "un tableau scellé des mêmes personnes ({other}) ne se calcule plus "
                        "pareil ; remettez les réglages du scellement.",
                        other=other.key,
                    ),
                )
        return None
    asked = _asked(table)
    told = {q for t in ask.sealed.tables if waves & _waves(t) for q in _asked(t)}
    if asked and not asked & told:
        return None
    return next_edition(
        table.key,
        phrase("ces données ont changé depuis le scellement, et sa question est déjà montrée.")
        if asked
        else phrase("ces données ont changé depuis le scellement."),
    )


def _corrected(ask: _Ask) -> list[ReleasedTable]:
    """§7.2.7: an error of ours, on the same people; every new value has passed the rules.

    Without objects: every table that is computed otherwise today, on the same people.
    """
    wanted = set(ask.amendment.objects) or _wrong(ask)
    in_force = {table.key: table for table in ask.in_force()}
    refused = [_not_there(key, ask.sealed.code) for key in sorted(wanted - in_force.keys())]
    found = []
    for key, table in in_force.items():
        now = ask.today.tables.get(key)
        if key not in wanted:
            continue
        if not _differs(table, now):
            refused.append(phrase("{key} : rien n’y change.", key=key))
        elif now is None:
            refused += _kept_in(key, (ask.today.work,))
        elif table.kind not in PROCESS and _other_people(ask.behind(table)):
            why = phrase("d’autres personnes y sont comptées, ce n’est pas une erreur de valeur.")
            refused.append(next_edition(key, why))
        else:
            found.append(now)
    refused += _left_wrong(found, wanted, ask)
    if refused:
        raise AmendmentRefused(*refused)
    return found


def _differs(table: ReleasedTable, now: ReleasedTable | None) -> bool:
    return now is None or (now.cells, now.rows, now.bases) != (table.cells, table.rows, table.bases)


def _wrong(ask: _Ask) -> set[str]:
    """Return every table computed otherwise today on the same people.

    Raises:
        AmendmentRefused: there is none.
    """
    found = {
        table.key
        for table in ask.in_force()
        if _differs(table, ask.today.tables.get(table.key))
        and (table.kind in PROCESS or not _other_people(ask.behind(table)))
    }
    if not found:
        raise AmendmentRefused(
            phrase(
                "Aucun tableau ne se calcule autrement sur les mêmes personnes : rien à corriger."
            )
        )
    return found


def _left_wrong(found: Sequence[ReleasedTable], wanted: set[str], ask: _Ask) -> list[Phrase]:
    """Ask for every table of the same people and questions that the error also touched."""
    touched = [(_waves(table), _asked(table)) for table in found]
    beside = []
    for other in ask.in_force():
        now = ask.today.tables.get(other.key)
        same = now is not None and now.cells == other.cells
        linked = any(_waves(other) & w and _asked(other) & a for w, a in touched)
        if other.key not in wanted and linked and not same:
            beside.append(phrase("{key} change aussi : corrigez-le en même temps.", key=other.key))
    return beside


def _other_people(change: Change) -> bool:
    return bool(change.left or change.came)


def _revised(ask: _Ask) -> list[ReleasedTable]:
    """§7.2.8: issue again the tables of bases where enough people came, or enough left."""
    refused: list[Phrase] = []
    found = []
    for table in ask.in_force():
        now = ask.today.tables.get(table.key)
        if now is not None and (now.cells, now.bases) == (table.cells, table.bases):
            continue
        if now is None:
            why = phrase("il ne sortirait plus.")
            refused.append(next_edition(table.key, why))
            continue
        if table.kind not in PROCESS:
            whys = reissue_problems(table, now, ask.behind(table), ask.study.policy)
            refused += [next_edition(table.key, why) for why in whys]
        found.append(now)
    if not found and not refused:
        raise AmendmentRefused(phrase("Aucun tableau ne change : rien à rééditer."))
    if refused:
        raise AmendmentRefused(*refused)
    return found


def _union(
    amendment: Amendment,
    sealed: Release,
    fresh: Sequence[ReleasedTable],
    register: Register,
) -> tuple[Release, ...]:
    """Return everything out with the new tables; what is corrected is no evidence."""
    code = sealed.code
    wrong = {t.key for t in fresh} if amendment.act is Act.CORRECT else set()
    before = []
    mine = 0
    for release in register.everything_out():
        if release.code.partition("+")[0] == code:
            mine += 1
            kept = tuple(table for table in release.tables if table.key not in wrong)
            release = remade(release, tables=kept)  # noqa: PLW2901 -- the one that is added up
        before.append(release)
    name = version_name(code, mine + 1)
    return (*before, remade(sealed, code=name, tables=tuple(fresh), sealed_on=None))


def _dated(table: ReleasedTable, amendment: Amendment) -> ReleasedTable:
    """Say on the table itself that it is not the one sealed first (no name, no reason)."""
    on = day(amendment.on)
    said = {
        Act.ADD: phrase("Tableau ajouté le {on}.", on=on),
        Act.CORRECT: phrase("Erratum du {on} : ce tableau remplace le précédent.", on=on),
        Act.REVISE: phrase("Tableau réédité le {on}, avec d’autres réponses.", on=on),
    }[amendment.act]
    return replace(table, notes=(*table.notes, label_of(said)))


def _sealed(register: Register, code: str) -> Release:
    sealed = register.sealed(code) if code else None
    if sealed is None:
        raise AmendmentRefused(
            phrase(
                "La diffusion {code} n’est pas scellée : modifiez le dossier, puis croisee run.",
                code=code,
            )
        )
    return sealed


def _waves(table: ReleasedTable) -> set[tuple[str, str]]:
    return {(base.source, base.edition) for base in table.bases}


def _asked(table: ReleasedTable) -> set[str]:
    cells = (cell for row in table.cells for cell in row if cell is not None)
    found = {event.question for cell in cells for event in cell.events}
    return found | ({table.question} if table.question else set())


def _not_there(key: str, code: str) -> Phrase:
    return phrase("{key} n’est pas dans la diffusion {code}.", key=key, code=code)


def _already(key: str, removed: Iterable[str]) -> Phrase:
    if key in removed:
        return phrase("{key} a été retiré : il ne revient pas.", key=key)
    return phrase("{key} est déjà dans la diffusion scellée.", key=key)


def _kept_in(key: str, works: Iterable[Work]) -> list[Phrase]:
    """Return why the gate keeps a table, in its own words."""
    said = [
        phrase("{key} : {reason} ({rule})", key=key, reason=r.reason or r.detail, rule=r.rule)
        for work in works
        for r in work.log().refusals
        if r.about.partition("/")[0] == key or r.about.startswith(f"{key}@")
    ]
    return said or [phrase("{key} n’est la clé d’aucun tableau de l’étude.", key=key)]
