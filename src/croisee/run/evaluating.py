"""``croisee deidentify --evaluate``: what a masking finds of an annotated corpus, to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from croisee.deidentify.entities import versions
from croisee.deidentify.evaluation import (
    Evaluation,
    Missed,
    after_review,
    by_level,
    evaluate,
    wilson,
)
from croisee.deidentify.gold import (
    CLASSES,
    CLEAR,
    CORE,
    DIRECT,
    GENERATED,
    INDIRECT,
    LEVELS,
    SECOND,
    STRONG,
    read_gold,
)
from croisee.deidentify.gold_generated import generated
from croisee.deidentify.gold_renderings import HEARD, INCLUSIVE, heard, inclusive
from croisee.deidentify.intruder import EXACT, NEAR, PLAIN, SOUND, WAYS
from croisee.language import Label, Language, Phrase, phrase, phrases
from croisee.run.masking import WITHOUT_MODEL

_PARTS = {
    CORE: phrase("Écrit à la main"),
    SECOND: phrase("Écrit à la main, seconde moitié"),
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
_HEADS = {
    "classe": phrase("classe"),
    "trouvés": phrase("trouvés"),
    "sur": phrase("sur"),
    "rappel": phrase("rappel"),
    "documents": phrase("documents"),
    "intervalle à 95 %": phrase("intervalle à 95 %"),
    "caché comme": phrase("caché comme"),
    "à raison": phrase("à raison"),
    "précision": phrase("précision"),
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
_SHORT = {
    CLEAR: phrase("clair"),
    HEARD: phrase("entendu"),
    INCLUSIVE: phrase("inclusif"),
}
_WIDTH, _CELLS = 18, (8, 6, 9, 10)
_BRIEF, _COLUMN = 40, 10


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
    yield ""
    yield phrase("Trouvé : tout le passage est caché, sans qu’une personne ait relu.").to(language)
    yield phrase("Documents : ceux où rien de la classe n’est manqué, sur ceux qui en parlent.").to(
        language
    )
    results = evaluate(corpus, chain(renderings, generated()))
    for result in results:
        yield from _report(result, len(corpus.directory), language)
        if missed:
            yield from _missed_lines(result.missed, language)
    yield from _in_brief(results, len(corpus.directory), language)
    if not versions():
        yield WITHOUT_MODEL.to(language)


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
    heads = ("classe", "trouvés", "sur", "rappel", "documents", "intervalle à 95 %")
    yield _row(*(_HEADS[head].to(language) for head in heads))
    for level in LEVELS:
        codes = [about for about in CLASSES if about.level == level and result.marks[about.code]]
        for about in codes:
            found, of = result.found[about.code], result.marks[about.code]
            whole = _whole_documents(result, about.code, language)
            yield _recall(f"  {about.label.to(language)}", found, of, whole, language)
        if codes:
            whole = _whole_documents(result, level, language)
            found, of = by_level(result, level)
            yield _recall(_LEVELS[level].to(language), found, of, whole, language)


def _whole_documents(result: Evaluation, key: str, language: Language) -> str:
    return f"{_whole(result.whole[key], language)}/{_whole(result.holding[key], language)}"


def _recall(name: str, found: int, of: int, documents: str, language: Language) -> str:
    low, high = wilson(found, of)
    between = phrase(
        "{low} à {high}", low=_percent(low, language), high=_percent(high, language)
    ).to(language)
    recall = _percent(found / of, language)
    return _row(name, _whole(found, language), _whole(of, language), recall, documents, between)


def _precision(result: Evaluation, language: Language) -> Iterator[str]:
    heads = ("caché comme", "à raison", "sur", "précision")
    yield _row(*(_HEADS[head].to(language) for head in heads))
    for kind, of in result.masks.most_common():
        named = _KINDS.get(kind, Label(kind)).to(language)
        yield _rate(f"  {named}", result.right[kind], of, language)
    if result.masks:
        total = (result.right.total(), result.masks.total())
        yield _rate(phrase("Ensemble").to(language), *total, language)


def _rate(name: str, right: int, of: int, language: Language) -> str:
    return _row(name, _whole(right, language), _whole(of, language), _percent(right / of, language))


def _verdicts(result: Evaluation, directory: int) -> Iterator[Phrase]:
    yield phrase(
        "Documents où rien n’est manqué : {n} sur {of} ; sans identifiant direct manqué : {m}.",
        n=result.complete, of=result.documents, m=result.complete_direct,
    )  # fmt: skip
    if result.part == GENERATED:
        return
    yield phrase(
        "Personnes, organismes et lieux cachés deux fois ou plus : {n} ; sous le même nom "
        "partout : {same}. Noms de remplacement qui servent à deux : {confused}.",
        n=result.compared, same=result.steady, confused=len(result.confused),
    )  # fmt: skip
    seen = result.intrusion
    yield phrase(
        "Qui tient l’annuaire ({size} noms) en retrouve {n} dans ce qui reste du texte.",
        size=directory, n=len(seen.everyone),
    )  # fmt: skip
    for way in WAYS:
        if seen.recognised(way):
            yield phrase("  {way} : {n}", way=_WAYS[way], n=seen.recognised(way))
    wrong = set().union(*(seen.wrong[way] for way in WAYS))
    yield phrase("Il en croirait lire {n} autres, à tort.", n=len(wrong))


def _in_brief(results: Sequence[Evaluation], directory: int, language: Language) -> Iterator[str]:
    """Yield what to read when there is no time: one line each, one column a rendering."""
    for part in dict.fromkeys(result.part for result in results):
        among = [result for result in results if result.part == part]
        yield ""
        yield phrase("En bref : {part}", part=_PARTS[part]).to(language).upper()
        shorts = (_SHORT[result.rendering].to(language) for result in among)
        yield _brief("", *shorts)
        for level in LEVELS:
            shares = (by_level(result, level) for result in among)
            cells = [_percent(found / of, language) for found, of in shares if of]
            if cells:
                yield _brief(_LEVELS[level].to(language), *cells)
        for level in LEVELS:
            cells = [
                _percent(after_review(result, level) / of, language)
                for result in among
                if (of := by_level(result, level)[1])
            ]
            if cells:
                reviewed = phrase("{level}, la file relue", level=_LEVELS[level])
                yield _brief(reviewed.to(language), *cells)
        cells = [_per_thousand(result, language) for result in among]
        yield _brief(phrase("lignes de la file pour 1 000 mots").to(language), *cells)
        cells = [
            _percent(result.right.total() / max(1, result.masks.total()), language)
            for result in among
        ]
        yield _brief(_HEADS["précision"].to(language), *cells)
        safe = phrase("documents sans direct manqué, sur {of}", of=among[0].documents)
        cells = [_whole(result.complete_direct, language) for result in among]
        yield _brief(safe.to(language), *cells)
        if part != GENERATED:
            names = phrase("noms de l’annuaire retrouvés, sur {of}", of=directory)
            cells = [_whole(len(result.intrusion.everyone), language) for result in among]
            yield _brief(names.to(language), *cells)


def _per_thousand(result: Evaluation, language: Language) -> str:
    written = f"{1000 * result.lines.total() / max(1, result.words):.1f}"
    return written.replace(".", ",") if language == "fr" else written


def _brief(name: str, *cells: str) -> str:
    return f"{name:<{_BRIEF}}" + "".join(f"{cell:>{_COLUMN}}" for cell in cells)


def _missed_lines(missed: Iterable[Missed], language: Language) -> Iterator[str]:
    yield ""
    yield phrase("Manqué (ces lignes nomment des gens) :").to(language)
    for one in missed:
        code = one.mark.about.label.to(language)
        words = one.words if one.shown == one.words else f"{one.words} → {one.shown}"
        yield f"{one.document}:{one.line}  {code}  …{one.before}[[{words}]]{one.after}…"


def _row(name: str, *cells: str) -> str:
    """Return a line of a table: numbers to the right, an interval last when there is one."""
    numbers = "".join(f" {cell:>{w}}" for cell, w in zip(cells, _CELLS, strict=False))
    return f"{name:<{_WIDTH}}{numbers}   {''.join(cells[len(_CELLS) :])}".rstrip()


def _whole(number: int, language: Language) -> str:
    return f"{number:,}".replace(",", "\u202f" if language == "fr" else ",")


def _percent(share: float, language: Language) -> str:
    written = f"{100 * share:.1f}"
    return f"{written.replace('.', ',')} %" if language == "fr" else f"{written}%"
