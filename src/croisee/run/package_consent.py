"""Consent and a package: whose words may be in it, and the line of each person, for the team."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from croisee.disclosure import Release
from croisee.formats import write_csv
from croisee.run.preparation import Prepared

_HEADER = ("code", "analyse", "citation", "retrait", "depot", "extraits")


def words_withheld(prepared: Prepared, public: Release) -> tuple[str, ...]:
    """Return the codes of public quotes whose speakers did not accept a deposit.

    Only where the study asked (``finalite`` of ``depot.toml``): a purpose of storing is apart from
    that of quoting (TCPS 2, 2022, art. 3.13). The gate has already left out who refused to be
    quoted or withdrew; a quote whose speaker is not found, or did, is withheld all the same.
    """
    purpose = prepared.folder.deposit.purpose
    speakers = _speakers(prepared)
    consents, accepted = prepared.folder.consents, prepared.folder.accepted
    withheld = []
    for quote in public.quotes:
        who = speakers.get(quote.key)
        consent = consents.get(who) if who is not None else None
        quotable = consent is not None and consent.stands and consent.quote
        agreed = not purpose or (who is not None and purpose in accepted.get(who, ()))
        if not (quotable and agreed):
            withheld.append(quote.code)
    return tuple(sorted(withheld))


def _speakers(prepared: Prepared) -> dict[str, str]:
    return {quote.key: quote.participant for quote in prepared.quotes}


def write_consents(path: Path, prepared: Prepared, public: Release, *, words: bool) -> None:
    """Write what each registered person accepted, and her quotes that the package holds (team)."""
    write_csv(path, _HEADER, _lines(prepared, public, words))


def _lines(prepared: Prepared, public: Release, words: bool) -> Iterator[tuple[str, ...]]:
    speakers, purpose = _speakers(prepared), prepared.folder.deposit.purpose
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
