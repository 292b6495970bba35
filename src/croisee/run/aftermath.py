"""What was done to a release since its seal, as the register tells it (team only)."""

from __future__ import annotations

from croisee.disclosure import Act
from croisee.disclosure.deposits import DEPOSITED
from croisee.language import Phrase, phrase
from croisee.run.preparation import Prepared

AFTERMATH = "suites.csv"
AFTERMATH_HEADER = ("le", "acte", "code", "objet", "detail")
ACTS: dict[str, Phrase] = {
    "scelle": phrase("scellée"),
    "exception": phrase("exception"),
    "retire": phrase("extrait retiré"),
    "remplace": phrase("extrait nouveau"),
    Act.ADD.value: phrase("tableau ajouté"),
    Act.CORRECT.value: phrase("tableau corrigé"),
    Act.REVISE.value: phrase("tableau réédité"),
    Act.REMOVE.value: phrase("retiré"),
    DEPOSITED: phrase("dépôt préparé"),
}
"""What the journal's acts are called."""
_DECIDED = {*(act.value for act in Act), "scelle", "exception", DEPOSITED}
_MARKED = {"retire", "remplace"}


def aftermath(prepared: Prepared) -> list[tuple[str, str, str, str, str]]:
    """Return when, act, printed code, key and who decided why, oldest first.

    The keyed marks that the register keeps of speakers and words stay there.
    """
    register, release = prepared.register, prepared.release
    found = []
    for at, act, code, key, detail in register.journal():
        if code != release.code or release.draft:
            continue
        printed = register.code_of("V" if act in _MARKED else "F", key)
        told = detail if act in _DECIDED and act != "scelle" else ""
        if act == "retire" and " · " in detail:
            told = detail
        # A quote's key is often made of its words: its code is enough to name it.
        said = "" if act in _MARKED else key
        found.append((at, act, "" if printed == key else printed, said, told))
    return found
