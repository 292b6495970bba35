"""What is handed to somebody who left after the arrest date: removed, kept, and why (§7.2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow.compute as pc

from croisee.dataset import Consent
from croisee.deidentify.queue import EVERYWHERE
from croisee.disclosure import counted_among, day, voice
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.package_register import packages_held, place_and_day
from croisee.run.preparation import Prepared
from croisee.run.sealed_log import LOG
from croisee.studyfolder import StudyFolder
from croisee.text import typeset


@dataclass(frozen=True, slots=True)
class Receipt:
    """One person, what a sealed release held of her, and what no longer does."""

    participant: str
    consent: Consent
    counted: bool
    """Her answers are in arrested numbers."""
    quotes: tuple[str, ...]
    """Codes of the quotes of hers that were shown and are no longer."""
    cover: int | None
    """How many other people's quotes went with hers, at least; ``None`` when none was shown."""
    kept: tuple[str, ...]
    """Where the study folder, or an earlier log, still holds something of hers: to erase."""
    deposited: tuple[tuple[Phrase, int], ...] = ()
    """Packages for repositories that have words of hers: when and for where, how many quotes."""

    @property
    def left(self) -> bool:
        """Return whether she takes everything back, not only her words."""
        return not self.consent.stands


def receipts(prepared: Prepared) -> tuple[Receipt, ...]:
    """Return a receipt for each person whom a sealed release counted or quoted, and who left.

    Nothing before the seal: who leaves then is in no document.
    """
    release, register = prepared.release, prepared.register
    if release.draft:
        return ()
    consents = prepared.folder.consents
    gone = [code for code, consent in consents.items() if not consent.stands]
    counted = counted_among(register, release.code, gone)
    lost: dict[str, list[tuple[str, int]]] = {}
    for _, act, code, key, detail in register.journal():
        mark, _, cover = detail.partition(" ")
        if (act, code) == ("retire", release.code) and cover.isdigit():
            lost.setdefault(mark, []).append((register.code_of("V", key), int(cover)))
    packages = packages_held(prepared)
    found = []
    for code, consent in sorted(consents.items()):
        words = lost.get(voice(register, code), [])
        quoted = consent.stands and consent.quote
        deposited = tuple(
            (place_and_day(one), many)
            for one in packages
            for who, many in one.people
            if who == code
        )
        if (words and not quoted) or code in counted or deposited:
            found.append(
                Receipt(
                    code,
                    consent,
                    code in counted,
                    tuple(name for name, _ in words),
                    min((cover for _, cover in words), default=None),
                    () if consent.stands else tuple(still_there(prepared.folder, code)),
                    deposited,
                )
            )
    return tuple(found)


def receipt_text(receipt: Receipt, prepared: Prepared, language: Language) -> str:
    """Return the receipt as a text to hand over, in one language."""
    study, arrest = prepared.release.study, prepared.release.sealed_on
    assert arrest is not None
    parts: list[tuple[Phrase, list[Phrase]]] = [
        (phrase("Reçu"), list(_about(receipt, arrest))),
        (phrase("Ce qui est retiré"), list(_removed(receipt, prepared))),
        (phrase("Ce qui reste, et pourquoi"), list(_stays(receipt, arrest))),
    ]
    lines = [study.title.to(language)]
    for title, sentences in parts:
        lines += ["", title.to(language).upper(), *(one.to(language) for one in sentences)]
    if study.contact:
        lines += ["", phrase("Une question : {contact}", contact=study.contact).to(language)]
    return "\n".join(typeset(line, language, medium="text") for line in lines) + "\n"


def _about(receipt: Receipt, arrest: date) -> Iterator[Phrase]:
    yield phrase("Personne de code {code}.", code=receipt.participant)
    withdrawn = receipt.consent.withdrawn_on
    if withdrawn is not None:
        yield phrase("Votre retrait est daté du {on}.", on=day(withdrawn))
        if receipt.counted and withdrawn <= arrest:
            yield phrase(
                "Il a été inscrit après l’arrêt des chiffres : vos réponses y étaient déjà "
                "comptées. Nous le regrettons."
            )
    elif receipt.left:
        yield phrase("Vous n’acceptez plus que vos réponses soient analysées.")
    else:
        yield phrase("Vous n’acceptez pas que vos paroles soient citées.")


def _removed(receipt: Receipt, prepared: Prepared) -> Iterator[Phrase]:
    if receipt.quotes:
        yield phrases(
            "{n} extrait de vos paroles ne se lit plus : {codes}.",
            "{n} extraits de vos paroles ne se lisent plus : {codes}.",
            len(receipt.quotes),
            codes=", ".join(receipt.quotes),
        )
        if (receipt.cover or 0) >= prepared.release.study.policy.cover:
            yield phrase(
                "D’autres extraits ont été retirés en même temps, pour que personne ne devine "
                "lesquels étaient de vous."
            )
        else:
            yield phrase(
                "Trop peu d’autres extraits pouvaient partir en même temps : quelqu’un "
                "d’attentif pourrait deviner lesquels étaient de vous."
            )
    else:
        yield phrase("Aucun extrait de vos paroles n’était diffusé.")
    if receipt.left:
        yield phrase("Vos paroles et vos réponses ne sont plus dans les données de l’étude.")


def _stays(receipt: Receipt, arrest: date) -> Iterator[Phrase]:
    if receipt.left and not receipt.counted:
        yield phrase("Aucun nombre diffusé ne vous compte.")
    else:
        yield phrase(
            "Les nombres restent : ils ont été arrêtés le {on}. Chacun réunit plusieurs "
            "personnes et ne peut pas vous être attribué.",
            on=day(arrest),
        )
    if receipt.left:
        yield phrase("La prochaine édition se fera sans vous.")
        if _LOG in receipt.kept:
            yield phrase(
                "Un journal chiffré d’avant votre départ peut encore porter vos paroles : "
                "l’équipe doit en détruire chaque copie."
            )
    else:
        yield phrase("Vos réponses restent comptées : vous n’avez refusé que les citations.")
    for where, many in receipt.deposited:
        yield phrases(
            "Un dépôt préparé {where} avait {n} extrait de vos paroles. Nous demandons à "
            "l’entrepôt d’en fermer l’accès.",
            "Un dépôt préparé {where} avait {n} extraits de vos paroles. Nous demandons à "
            "l’entrepôt d’en fermer l’accès.",
            many,
            where=where,
        )
    yield phrase("Nous ne pouvons pas reprendre les exemplaires déjà imprimés ou téléchargés.")


_FILES = {
    "presences": "participants",
    "positions": "positions",
    "rankings": "rangs",
    "allocations": "budgets",
    "mentions": "technologies",
}
"""Where a study folder keeps the lines of each personal table (``docs/dossier-d-etude.md``)."""


_LOG = f"equipe/{LOG}"


def still_there(folder: StudyFolder, person: str) -> Iterator[str]:
    """Name the files of the study folder that still hold something of somebody who left.

    The review queue shows sentences: who spoke may be in it. So may every log of replacements
    written before, in the results: a new one has no word of theirs.
    """
    for name, table in sorted(folder.tables.items()):
        column = "respondent" if name.startswith("answers/") else "participant"
        if name == "participants" or column not in table.column_names:
            continue
        theirs = table.filter(pc.equal(table[column], person))
        if not theirs.num_rows:
            continue
        if name == "turns":
            for document in sorted(set(theirs["document"].to_pylist())):
                yield f"documents/{document}"
            if folder.reviews.everywhere:
                yield f"relectures/{EVERYWHERE.removesuffix('.csv')}"
            if folder.log_keys:
                yield _LOG
        else:
            wave = name.replace("answers/", "reponses/").replace("@", "_")
            yield _FILES.get(name, wave)
