"""Consent and a package: whose words may be in it, and the line of each person, for the team."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from croisee.disclosure import Release, cover_of
from croisee.formats import write_csv
from croisee.run.preparation import Prepared

_HEADER = ("code", "analyse", "citation", "retrait", "depot", "extraits")


def words_withheld(prepared: Prepared, public: Release) -> tuple[str, ...]:
    """Return the codes of public quotes whose speakers did not accept a deposit.

    Only where the study asked (``finalite`` of ``depot.toml``): a purpose of storing is apart from
    that of quoting (TCPS 2, 2022, art. 3.13). The gate has already left out who refused to be
    quoted or withdrew; a quote whose speaker is not found, or did, is withheld all the same.
    """
    speakers = speakers_of(prepared)
    return tuple(
        sorted(
            quote.code
            for quote in public.quotes
            if not words_agreed(prepared, speakers.get(quote.key, ""))
        )
    )


def cover_of_withheld(prepared: Prepared, public: Release, withheld: Collection[str]) -> list[str]:
    """Return the codes of quotes to take out with withheld ones, so that none stands out (§7.2.4).

    Who reads the release and the deposit sees which quotes are in one only: alone, they would be
    known as those of who refused, and of one person.
    """
    shown = {quote.key: quote for quote in public.quotes}
    gone = sorted(key for key, quote in shown.items() if quote.code in withheld)
    least = prepared.release.study.policy.cover
    keys, _ = cover_of(gone, shown, speakers_of(prepared), prepared.register, least)
    return sorted(shown[key].code for key in keys)


def words_agreed(prepared: Prepared, person: str) -> bool:
    """Return whether a person's words may be deposited: quoted, not gone, and the purpose asked."""
    consent, purpose = prepared.folder.consents.get(person), prepared.folder.deposit.purpose
    quotable = consent is not None and consent.stands and consent.quote
    return quotable and (not purpose or purpose in prepared.folder.accepted.get(person, ()))


def speakers_of(prepared: Prepared) -> dict[str, str]:
    """Return who says each quote, by its key."""
    return {quote.key: quote.participant for quote in prepared.quotes}


def write_consents(path: Path, prepared: Prepared, public: Release, *, words: bool) -> None:
    """Write what each registered person accepted, and her quotes that the package holds (team)."""
    write_csv(path, _HEADER, _lines(prepared, public, words))


def _lines(prepared: Prepared, public: Release, words: bool) -> Iterator[tuple[str, ...]]:
    speakers, purpose = speakers_of(prepared), prepared.folder.deposit.purpose
    said: dict[str, list[str]] = {}
    for quote in public.quotes if words else ():
        said.setdefault(speakers.get(quote.key, ""), []).append(quote.code)
    for code, consent in sorted(prepared.folder.consents.items()):
        accepted = prepared.folder.accepted.get(code, ())
        left = consent.withdrawn_on
        yield (
            code,
            _yes(consent.analysis),
            _yes(consent.quote),
            "" if left is None else left.isoformat(),
            _yes(purpose in accepted) if purpose else "",
            ", ".join(sorted(said.get(code, []))),
        )


def _yes(said: bool) -> str:
    return "oui" if said else "non"
