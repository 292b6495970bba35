"""Packages already made: remembered, and what in them should not be read any more."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from croisee.disclosure import (
    PUBLIC,
    Act,
    Deposited,
    Register,
    Release,
    counted_among,
    day,
    deposits,
    holding,
    keep_deposit,
    voice,
)
from croisee.language import Phrase, phrase, phrases
from croisee.run.package_consent import speakers_of, words_agreed
from croisee.run.preparation import Prepared

ASK = phrase(
    "Demandez à l’entrepôt d’en fermer l’accès, version par version (« deaccession » dans "
    "Dataverse : une nouvelle version laisse l’ancienne en ligne), puis donnez-lui le dépôt refait "
    "par croisee package. Une copie déjà téléchargée ne revient pas."
)
_CHANGED = {Act.CORRECT.value, Act.REVISE.value}


@dataclass(frozen=True, slots=True)
class Held:
    """One package made, and what it holds that should not be read any more.

    ``people``: (participant, quotes of hers in it) of who left or no longer lets her words be
    deposited. ``counted`` of them answered in its numbers, which stay. ``retired`` counts all its
    quotes that were taken out since, those that went with hers included; ``removed`` and
    ``changed`` are printed codes of its tables. ``replaced``: a later one for the same place has
    none of this.
    """

    deposit: Deposited
    on: date
    people: tuple[tuple[str, int], ...] = ()
    counted: int = 0
    retired: int = 0
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    replaced: bool = False

    @property
    def stale(self) -> bool:
        """Return whether something in it should not be read any more."""
        return bool(self.people or self.retired or self.removed or self.changed)


def keep_package(
    prepared: Prepared, public: Release, archive: Path, *, words: bool, place: str, at: datetime
) -> None:
    """Remember a package in the study's register, without any word of anybody."""
    speakers, register = speakers_of(prepared), prepared.register
    said = [(one.code, voice(register, speakers.get(one.key, ""))) for one in public.quotes]
    keep_deposit(
        register,
        Deposited(
            at.isoformat(),
            public.code,
            hashlib.sha256(archive.read_bytes()).hexdigest(),
            " ".join(place.split()),
            tuple(sorted(said)) if words else (),
            tuple(sorted(table.key for table in public.tables)),
        ),
    )


def packages_held(prepared: Prepared) -> tuple[Held, ...]:
    """Return every package ever made of this study, oldest first, and what is stale in each."""
    register = prepared.register
    zone = ZoneInfo(prepared.release.study.timezone)
    shown = _shown(prepared)
    refusing = {
        voice(register, code): code
        for code in prepared.folder.consents
        if not words_agreed(prepared, code)
    }
    gone = [code for code, one in prepared.folder.consents.items() if not one.stands]
    found: list[Held] = []
    for one in deposits(register):
        theirs = Counter(refusing[mark] for _, mark in one.quotes if mark in refusing)
        lost = [code for code, _ in one.quotes if code not in shown.get(one.release, ())]
        found.append(
            Held(
                one,
                datetime.fromisoformat(one.at).astimezone(zone).date(),
                tuple(sorted(theirs.items())),
                len(counted_among(register, one.release, gone)),
                len(lost),
                tuple(_printed(register, register.removed(one.release) & {*one.tables})),
                tuple(_printed(register, _changed_since(register, one))),
            )
        )
    return tuple(_with_replaced(found))


def stale_packages(prepared: Prepared, *, replaced: bool = False) -> Iterator[Phrase]:
    """Yield what to tell of each package that no clean one has replaced, then what to ask.

    ``replaced``: of those that one has replaced too, as when the new one is to be sent.
    """
    held = packages_held(prepared)
    told = [one for one in held if one.stale and (replaced or not one.replaced)]
    for one in told:
        yield phrase("Dépôt préparé {where} :", where=place_and_day(one))
        yield from stale_in(one)
    if told:
        yield ASK


def stale_in(one: Held) -> Iterator[Phrase]:
    """Yield what in a package should not be read any more: counts, and codes of tables."""
    if theirs := sum(many for _, many in one.people):
        yield phrases(
            "{n} extrait qu’il porte est de quelqu’un qui ne l’accepte plus.",
            "{n} extraits qu’il porte sont de personnes qui ne l’acceptent plus ({people}).",
            theirs,
            people=len(one.people),
        )
    if one.retired:
        yield phrases(
            "{n} extrait qu’il porte ne se lit plus dans la diffusion.",
            "{n} extraits qu’il porte ne se lisent plus dans la diffusion.",
            one.retired,
        )
    if one.removed:
        yield phrase("Retiré depuis : {codes}.", codes=", ".join(one.removed))
    if one.changed:
        yield phrase("Changé depuis : {codes}.", codes=", ".join(one.changed))


def place_and_day(one: Held) -> Phrase:
    """Return where a package was to go, and the day it was made where the study is."""
    return _where(one.on, one.deposit.place)


def packages_with(register: Register, keys: Iterable[str], timezone: str) -> Iterator[Phrase]:
    """Yield what to tell, when things are removed, of the packages that hold one of them."""
    names = [name for key in keys for name in (key, register.code_of("V", key))]
    told = [one for one in deposits(register) if holding(one, names)]
    for one in told:
        on = datetime.fromisoformat(one.at).astimezone(ZoneInfo(timezone)).date()
        yield phrase("Un dépôt l’a encore : {where}.", where=_where(on, one.place))
    if told:
        yield ASK


def _where(on: date, place: str) -> Phrase:
    if place:
        return phrase("le {on}, pour {place}", on=day(on), place=place)
    return phrase("le {on}", on=day(on))


def _shown(prepared: Prepared) -> dict[str, frozenset[str]]:
    """Return the printed codes of the quotes that anybody may still read, by release."""
    sealed = {one.code: one for one in prepared.register.sealed_releases()}
    sealed[prepared.release.code] = prepared.release
    return {
        code: frozenset(quote.code for quote in release.seen_by(PUBLIC).quotes)
        for code, release in sealed.items()
    }


def _changed_since(register: Register, one: Deposited) -> set[str]:
    return {
        key
        for at, act, release, key, _ in register.journal()
        if act in _CHANGED and release == one.release and at > one.at and key in one.tables
    }


def _printed(register: Register, keys: Iterable[str]) -> list[str]:
    return sorted(register.code_of("F", key) for key in keys)


def _with_replaced(found: list[Held]) -> Iterator[Held]:
    """Yield packages, those that a later clean one for the same place replaces marked so."""
    for place, one in enumerate(found):
        later = found[place + 1 :]
        same = (one.deposit.place, one.deposit.release)
        clean = (it for it in later if (it.deposit.place, it.deposit.release) == same)
        yield replace(one, replaced=any(not it.stale for it in clean))
