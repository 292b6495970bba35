"""What a package says to whoever opens it: what is there, what is not, and with whose consent."""

from __future__ import annotations

from collections.abc import Iterator

from croisee.disclosure import day
from croisee.language import Language, Phrase, phrase
from croisee.run.package_codebook import NO_ROWS
from croisee.run.package_dictionary import licence_text
from croisee.run.package_metadata import Metadata, citation_line
from croisee.text import typeset

SUMS = "SHA256SUMS"
NAMES: dict[Language, str] = {"fr": "LISEZMOI.txt", "en": "README.txt"}
_ROLES = {
    "analyse": phrase("demandé avant toute analyse"),
    "citation": phrase("demandé avant toute citation"),
}


def readme(one: Metadata, language: Language, *, words: bool) -> str:
    """Return the text of a package's first page. ``words``: it holds what people said."""
    parts = (
        _about(one),
        _content(words, bool(one.study.themes), bool(licence_text(one))),
        _reading(),
        _consent(one, words),
        _absent(),
        _checking(),
    )
    lines = ("\n".join(line.to(language) for line in part) for part in parts)
    head = f"{one.study.title.to(language)}\n{citation_line(one, language)}\n\n"
    return typeset(head + "\n\n".join(lines) + "\n", language, medium="text")


def _about(one: Metadata) -> Iterator[Phrase]:
    yield phrase("Diffusion {code}, chiffres arrêtés le {on}.", code=one.release.code,
                 on=day(one.sealed_on))  # fmt: skip
    if one.deposit.licence:
        yield phrase("Licence : {licence}", licence=one.deposit.licence)
    if one.deposit.conditions.fr:
        yield phrase("Conditions d’usage : {conditions}", conditions=one.deposit.conditions)
    if one.contact:
        yield phrase("Pour écrire à l’équipe : {contact}", contact=one.contact)
    if one.study.address:
        yield phrase("Résultats en ligne : {address}", address=one.study.address)
    for board in one.study.certificates:
        yield phrase("Éthique : {board}, {number}", board=board.board, number=board.number)


def _content(words: bool, guided: bool, licensed: bool) -> Iterator[Phrase]:
    yield phrase("CE QUI EST ICI")
    if words:
        yield phrase("diffusion/ : le rapport, les feuillets, la méthode, la provenance ; ouvrez "
                     "index.html.")  # fmt: skip
    yield phrase("diffusion/figures/ : chaque tableau diffusé, en CSV.")
    yield phrase("tableaux.csv : ce que montre chaque tableau, et ce qu’il compte.")
    yield phrase("livre-de-codes/ : les questions posées et leurs réponses possibles.")
    if guided:
        yield phrase("guide.csv : ce qui a été demandé dans les groupes et les entretiens.")
    yield phrase("dictionnaire.csv : ce que veut dire chaque colonne de ces tableaux.")
    if licensed:
        yield phrase("LICENCE.txt : ce qu’on peut en faire.")
    yield phrase(
        "metadonnees/ : la description (DDI-Codebook 2.5), les citations (BibTeX, CSL), et "
        "ce que demande Dataverse quand l’étude le dit."
    )


def _reading() -> Iterator[Phrase]:
    yield phrase("LIRE LES TABLEAUX")
    yield phrase("CSV : UTF-8, point-virgule entre les cellules, une ligne par valeur.")
    yield phrase("« valeur » est ce qui est imprimé ; « minimum » et « maximum », ce qu’on peut en "
                 "conclure : égaux pour un nombre exact, écartés pour « moins de 5 » ; « base », "
                 "parmi combien.")  # fmt: skip
    yield phrase("Une apostrophe devant =, +, - ou @ empêche un tableur d’y voir une formule.")


def _consent(one: Metadata, words: bool) -> Iterator[Phrase]:
    yield phrase("CONSENTEMENT")
    for purpose in one.study.purposes:
        if purpose.code == one.deposit.purpose:
            role = phrase("demandé pour ce dépôt")
        else:
            role = _ROLES.get(purpose.role, phrase("autre demande"))
        yield phrase("- {purpose} ({role})", purpose=purpose.name, role=role)
    yield NO_ROWS
    yield (
        phrase("Les extraits sont désidentifiés, relus, et de personnes qui acceptent d’être "
               "citées.")
        if words
        else phrase("Aucune parole n’est ici : ni rapport, ni feuillet, ni extrait.")
    )  # fmt: skip
    yield phrase("Une personne qui se retire après le dépôt : ses mots partent de la diffusion, et "
                 "le dépôt est remplacé ; les nombres arrêtés restent.")  # fmt: skip


def _absent() -> Iterator[Phrase]:
    yield phrase("CE QUI N’EST PAS ICI")
    yield phrase("Les réponses une à une, les enregistrements, les verbatims, les identités : ils "
                 "ne sortent pas de l’équipe.")  # fmt: skip


def _checking() -> Iterator[Phrase]:
    yield phrase("VÉRIFIER")
    yield phrase("Dans ce dossier : sha256sum -c {sums}", sums=SUMS)
