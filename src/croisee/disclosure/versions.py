"""A sealed release as it was written again: the only way to change one (§7.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from croisee.disclosure import released
from croisee.disclosure.released import Release


def remade(release: Release, **parts: object) -> Release:
    """Return a release with some parts replaced."""
    told = {name: getattr(release, name) for name in Release.__slots__}
    return Release(_gate=released._GATE, **{**told, **parts})


def version_name(code: str, number: int) -> str:
    """Return how the audit names a release as changed after its seal: ``2026a+2``."""
    return code if number == 1 else f"{code}+{number}"


def without_quotes(release: Release, gone: Collection[str]) -> Release:
    """Return a release without some quotes, nor any reference to them."""

    def kept(keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key not in gone)

    return remade(
        release,
        quotes=tuple(quote for quote in release.quotes if quote.key not in gone),
        findings=tuple(replace(one, quotes=kept(one.quotes)) for one in release.findings),
        leaflets=tuple(replace(one, quotes=kept(one.quotes)) for one in release.leaflets),
    )
