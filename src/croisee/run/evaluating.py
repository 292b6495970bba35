"""``croisee deidentify --evaluate``: what a masking finds of an annotated corpus, to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from croisee.deidentify.evaluation import Evaluation, Missed, by_level, evaluate, wilson
from croisee.deidentify.gold import (
    CLASSES,
    CLEAR,
    CORE,
    DIRECT,
    GENERATED,
    INDIRECT,
    LEVELS,
    STRONG,
    read_gold,
)
from croisee.deidentify.gold_generated import generated
from croisee.deidentify.gold_renderings import HEARD, INCLUSIVE, heard, inclusive
from croisee.deidentify.intruder import EXACT, NEAR, PLAIN, SOUND, WAYS
from croisee.language import Label, Language, Phrase, phrase, phrases

_PARTS = {
    CORE: phrase("Écrit à la main"),
    GENERATED: phrase("Produit par programme (classes à motif seulement)"),
}
_RENDERINGS = {
    CLEAR: phrase("texte clair"),
    HEARD: phrase("comme un logiciel l’aurait entendu"),
    INCLUSIVE: phrase("écriture inclusive"),
}
_LEVELS = {
    DIRECT: phrase("Direct"),
    STRONG: phrase("Indirect fort"),
    INDIRECT: phrase("Indirect"),
}
_WAYS = {
    EXACT: phrase("tels quels"),
    PLAIN: phrase("sans casse ni accents"),
    SOUND: phrase("au son"),
    NEAR: phrase("à une ou deux lettres près"),
}
_KINDS = {
    label.fr: label
    for label in (
        Label("personne", "person"),
        Label("organisme", "organisation"),
        Label("lieu", "place"),
        Label("autre", "other"),
        Label("code", "code"),
        Label("téléphone", "phone"),
        Label("courriel", "email"),
        Label("adresse", "address"),
        Label("adresse web", "web address"),
        Label("code postal", "postal code"),
        Label("compte", "handle"),
        Label("naissance", "birth date"),
        Label("numéro", "number"),
        Label("rôle", "role"),
        Label("date", "date"),
        Label("proche", "third person"),
        Label("événement", "event"),
    )
}
"""What our masking calls the passages it hides; another masking's words stay as they are."""
_WIDTH = 20


def evaluate_gold(
    folder: Path, language: Language, *, missed: bool = False, progress: Callable[[Phrase], None]
) -> Iterator[str]:
    """Yield the report line by line: hand-written texts in three renderings, generated part.

    ``missed`` adds every mark missed, with a few words around: those lines name people.

    Raises:
        GoldRefused: the corpus cannot be read.
    """
    corpus = read_gold(folder)
    progress(phrases("{n} document annoté", "{n} documents annotés", len(corpus.documents)))
    renderings = (
        rendered
        for document in corpus.documents
        for rendered in (document, heard(document), inclusive(document))
    )
    for result in evaluate(corpus, chain(renderings, generated())):
        yield from _report(result, len(corpus.directory), language)
        if missed:
            yield from _missed_lines(result.missed, language)


def _report(result: Evaluation, directory: int, language: Language) -> Iterator[str]:
    part, rendering = _PARTS[result.part].to(language), _RENDERINGS[result.rendering].to(language)
    yield ""
    yield f"{part} · {rendering}".upper()
    size = phrases(
        "{n} document, {words} mots, {marks} marques",
        "{n} documents, {words} mots, {marks} marques",
        result.documents,
        words=_whole(result.words, language),
        marks=_whole(result.marks.total(), language),
    )
    yield size.to(language)
    yield ""
    yield from _recalls(result, language)
    yield ""
    yield from _precision(result, language)
    yield ""
    for sentence in _verdicts(result, directory):
        yield sentence.to(language)


def _recalls(result: Evaluation, language: Language) -> Iterator[str]:
    yield _row(
        phrase("classe").to(language), phrase("trouvées").to(language), phrase("sur").to(language),
        phrase("rappel").to(language), phrase("intervalle à 95 %").to(language),
    )  # fmt: skip
    for level in LEVELS:
        codes = [about for about in CLASSES if about.level == level and result.marks[about.code]]
        for about in codes:
            found, of = result.found[about.code], result.marks[about.code]
            yield _recall(f"  {about.label.to(language)}", found, of, language)
        if codes:
            yield _recall(_LEVELS[level].to(language), *by_level(result, level), language)


def _recall(name: str, found: int, of: int, language: Language) -> str:
    low, high = wilson(found, of)
    between = phrase(
        "{low} à {high}", low=_percent(low, language), high=_percent(high, language)
    ).to(language)
    return _row(
        name, _whole(found, language), _whole(of, language), _percent(found / of, language), between
    )


def _precision(result: Evaluation, language: Language) -> Iterator[str]:
    yield _row(
        phrase("passages cachés").to(language), phrase("à raison").to(language),
        phrase("sur").to(language), phrase("précision").to(language), "",
    )  # fmt: skip
    for kind, of in result.masks.most_common():
        named = _KINDS.get(kind, Label(kind)).to(language)
        yield _rate(f"  {named}", result.right[kind], of, language)
    if result.masks:
        total = (result.right.total(), result.masks.total())
        yield _rate(phrase("Ensemble").to(language), *total, language)


def _rate(name: str, right: int, of: int, language: Language) -> str:
    return _row(
        name, _whole(right, language), _whole(of, language), _percent(right / of, language), ""
    )


def _verdicts(result: Evaluation, directory: int) -> Iterator[Phrase]:
    yield phrase(
        "Documents où rien n’est manqué : {n} sur {of} ; sans identifiant direct manqué : {m}.",
        n=result.complete, of=result.documents, m=result.complete_direct,
    )  # fmt: skip
    if result.part == GENERATED:
        return
    yield phrase(
        "Cachés deux fois ou plus : {n} ; sous le même nom partout : {same}. "
        "Pseudonymes qui confondent : {confused}.",
        n=result.compared, same=result.steady, confused=len(result.confused),
    )  # fmt: skip
    seen = result.intrusion
    yield phrase(
        "Qui tient l’annuaire ({size} noms) retrouve {n} d’entre eux dans le texte masqué.",
        size=directory, n=len(seen.everyone),
    )  # fmt: skip
    for way in WAYS:
        yield phrase("  {way} : {n}", way=_WAYS[way], n=seen.recognised(way))
    wrong = set().union(*(seen.wrong[way] for way in WAYS))
    yield phrase("  Noms qu’on croirait lire ailleurs, à tort : {n}", n=len(wrong))


def _missed_lines(missed: Iterable[Missed], language: Language) -> Iterator[str]:
    yield ""
    yield phrase("Manqué (ces lignes nomment des gens) :").to(language)
    for one in missed:
        code = one.mark.about.label.to(language)
        words = one.words if one.shown == one.words else f"{one.words} → {one.shown}"
        yield f"{one.document}:{one.line}  {code}  …{one.before}[[{words}]]{one.after}…"


def _row(name: str, *cells: str) -> str:
    first, second, third, last = cells
    return f"{name:<{_WIDTH}} {first:>9} {second:>7} {third:>9}   {last}".rstrip()


def _whole(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", "\u202f" if language == "fr" else ",")


def _percent(share: float, language: Language) -> str:
    written = f"{100 * share:.1f}"
    return f"{written.replace('.', ',')} %" if language == "fr" else f"{written}%"
