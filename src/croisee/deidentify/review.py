"""The files people review: ``candidats.csv`` to fill, pages to read, ``passages.csv`` to sign.

Everything here names people: it is written under ``equipe/`` and never leaves the team.
Written document by document, so a large corpus is never held at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from croisee.deidentify.everywhere import WideDecisions
from croisee.deidentify.masking import MaskedDocument, MaskedTurn
from croisee.deidentify.model import Candidate, Decision, PassageReview, Reviews
from croisee.formats import write_csv
from croisee.language import Language, Phrase, phrase, phrases
from croisee.text import typeset, typeset_html

CANDIDATES_HEADER = (
    "document", "tour", "debut", "fin", "texte", "type", "proposition", "decision",
    "remplacement", "par", "le",
)  # fmt: skip
PASSAGES_HEADER = ("document", "tour", "relu", "par", "le")
_PAGES = "candidats"
_STYLE = """
:root{color-scheme:light}body{font:1.125rem/1.6 system-ui,sans-serif;color:#1b1d21;
background:#fff;margin:0 auto;padding:1.5rem;max-width:44rem}h1{font-size:1.75rem;line-height:1.2}
h2{font-size:1.1rem}
a{color:#0b4f7d}:focus-visible{outline:3px solid #ffc400;box-shadow:0 0 0 5px #1b1d21}
section{border-top:1px solid #cfcac0;padding:.75rem 0}mark{background:#ffe9a8;color:#1b1d21;
border-bottom:3px solid #8a5300;padding:0 .1em}mark.fait{background:#e3f2ea;border-color:#1e6b45}
sup{font-weight:700}table{border-collapse:collapse;width:100%;font-size:1rem}
th,td{text-align:left;vertical-align:top;border-bottom:1px solid #cfcac0}
th,td{padding:.35rem .5rem .35rem 0;overflow-wrap:anywhere;hyphens:auto}
@media(max-width:40rem){table{font-size:.875rem}}
caption{text-align:left;font-weight:700;padding:.5rem 0}.nc{white-space:nowrap}
.secret{border-left:5px solid #a8201a;background:#fbe6e4;padding:.5rem 1rem}
@media print{body{max-width:none;font-size:11pt}section{break-inside:avoid}.saut{display:none}}
"""


@dataclass(slots=True)
class ReviewSummary:
    """What remains to be reviewed, document by document, in the order they came."""

    documents: list[tuple[str, int, int, int]] = field(default_factory=list)
    """Code, turns, candidates, candidates without decision."""

    @property
    def candidates(self) -> int:
        """Return how many candidates there are."""
        return sum(document[2] for document in self.documents)

    @property
    def undecided(self) -> int:
        """Return how many candidates nobody has decided."""
        return sum(document[3] for document in self.documents)


def write_candidates_csv(
    path: Path, candidates: Iterable[Candidate], reviews: Reviews | None = None
) -> None:
    """Write the candidates as the CSV a team fills in, decisions already taken included.

    Args:
        path: where to write it.
        candidates: in the order of the file; may be a generator.
        reviews: what people decided before, so that nothing is decided twice.
    """
    known = _decisions(reviews)
    write_csv(path, CANDIDATES_HEADER, (_line(c, known.get(_place(c))) for c in candidates))


def write_reviews(
    folder: Path, documents: Iterable[MaskedDocument], reviews: Reviews, language: Language
) -> ReviewSummary:
    """Write everything a team needs to review a corpus, in one pass over its documents.

    In ``folder``: ``candidats.csv``; ``candidats.html``, the list of documents;
    ``candidats/0001.html``…, one page a document, where each mark bears the number of its
    line in the CSV; ``passages.csv``, one line a document to sign when it has been read.
    """
    (folder / _PAGES).mkdir(parents=True, exist_ok=True)
    summary = ReviewSummary()
    known = _decisions(reviews)
    wide = WideDecisions(reviews.everywhere)

    def lines() -> Iterator[tuple[object, ...]]:
        number = 2
        for document in documents:
            page = folder / _PAGES / f"{len(summary.documents) + 1:04d}.html"
            decided = _decided(document, wide) | known
            page.write_text(_document_page(document, decided, number, language), encoding="utf-8")
            undecided = sum(_place(c) not in decided for c in document.candidates)
            summary.documents.append(
                (document.document, len(document.turns), len(document.candidates), undecided)
            )
            for candidate in document.candidates:
                yield _line(candidate, known.get(_place(candidate)))
            number += len(document.candidates)

    write_csv(folder / "candidats.csv", CANDIDATES_HEADER, lines())
    names = [document[0] for document in summary.documents]
    write_csv(folder / "passages.csv", PASSAGES_HEADER, _passages(names, reviews.passages))
    index = _index_page(summary, language)
    (folder / "candidats.html").write_text(index, encoding="utf-8")
    return summary


_Place = tuple[str, int, int, int]


def _place(about: Candidate | Decision) -> _Place:
    return about.document, about.turn, about.start, about.end


def _decisions(reviews: Reviews | None) -> dict[_Place, Decision]:
    return {_place(d): d for d in reviews.decisions} if reviews else {}


def _decided(document: MaskedDocument, wide: WideDecisions) -> dict[_Place, Decision]:
    """Return what was decided everywhere, at its places in one document.

    The CSV leaves those lines empty: filled there, they would no longer follow what decides
    everywhere.
    """
    return {_place(c): held for c in document.candidates if (held := wide.at(c)) is not None}


def _line(candidate: Candidate, decision: Decision | None) -> tuple[object, ...]:
    taken = (
        (decision.decision, decision.replacement, decision.by, decision.on)
        if decision
        else ("", "", "", "")
    )
    return (*_place(candidate), candidate.text, candidate.kind, candidate.replacement, *taken)


def _passages(
    documents: Iterable[str], reviews: Iterable[PassageReview]
) -> Iterator[tuple[object, ...]]:
    known: dict[str, list[PassageReview]] = {}
    for review in reviews:
        known.setdefault(review.document, []).append(review)
    for document in documents:
        for review in known.get(document, [PassageReview(document, None, reviewed=False)]):
            turn = "" if review.turn is None else review.turn
            yield document, turn, "oui" if review.reviewed else "non", review.by, review.on


def _page(name: Phrase, body: str, language: Language) -> str:
    title = escape(typeset(name.to(language), language, medium="html"))
    secret = _say(
        phrase(
            "Document de l’équipe : il montre des noms. Il ne se diffuse pas et ne s’envoie pas."
        ),
        language,
    )
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n<main>\n"
        f'<h1>{title}</h1>\n<p class="secret">{secret}</p>\n{body}\n</main>\n</body>\n</html>\n'
    )


def _say(words: Phrase, language: Language) -> str:
    return typeset_html(words.to(language), language)


def _index_page(summary: ReviewSummary, language: Language) -> str:
    heads = (
        phrase("Document"),
        phrase("Tours de parole"),
        phrase("Passages à décider"),
        phrase("Encore sans décision"),
    )
    header = "".join(f'<th scope="col">{_say(head, language)}</th>' for head in heads)
    rows = "\n".join(
        f'<tr><th scope="row"><a href="{_PAGES}/{number:04d}.html">{escape(name)}</a></th>'
        f"<td>{turns}</td><td>{candidates}</td><td>{undecided}</td></tr>"
        for number, (name, turns, candidates, undecided) in enumerate(summary.documents, start=1)
    )
    how = phrase(
        "Copiez candidats.csv et passages.csv dans le dossier relectures de l’étude. "
        "Remplissez la colonne decision : accepter, refuser ou changer. "
        "Écrivez oui dans la colonne relu quand un document est lu en entier, puis relancez."
    )
    left = phrases(
        "{n} passage attend une décision : il reste masqué.",
        "{n} passages attendent une décision : ils restent masqués.",
        summary.undecided,
    )
    table = f"<table><thead><tr>{header}</tr></thead>\n<tbody>\n{rows}\n</tbody></table>"
    body = f"<p>{_say(how, language)}</p>\n<p>{_say(left, language)}</p>\n{table}"
    return _page(phrase("Relecture des verbatims"), body, language)


def _document_page(
    document: MaskedDocument, known: dict[_Place, Decision], number: int, language: Language
) -> str:
    by_turn: dict[int, list[tuple[int, Candidate]]] = {}
    for line, candidate in enumerate(document.candidates, start=number):
        by_turn.setdefault(candidate.turn, []).append((line, candidate))
    sections = "\n".join(
        _turn_section(turn, by_turn.get(turn.turn, []), known, language) for turn in document.turns
    )
    back = _say(phrase("Tous les documents"), language)
    read = _say(
        phrase(
            "Chaque passage marqué porte le numéro de sa ligne dans candidats.csv. "
            "Lisez tout le texte : un nom peut avoir échappé à la recherche."
        ),
        language,
    )
    body = f'<p class="saut"><a href="../{_PAGES}.html">{back}</a></p>\n<p>{read}</p>\n{sections}'
    return _page(phrase("Relecture : {document}", document=document.document), body, language)


def _turn_section(
    turn: MaskedTurn,
    candidates: list[tuple[int, Candidate]],
    known: dict[_Place, Decision],
    language: Language,
) -> str:
    voice = turn.voice or phrase("Équipe ou voix inconnue").to(language)
    title = _say(phrase("Tour {turn} · {voice}", turn=turn.turn, voice=voice), language)
    pieces, place = [], 0
    for line, candidate in sorted(candidates, key=lambda c: (c[1].start, -c[1].end)):
        if candidate.start < place:
            continue
        done = ' class="fait"' if _place(candidate) in known else ""
        pieces.append(escape(turn.original[place : candidate.start]))
        pieces.append(f"<mark{done}>{escape(candidate.text)}<sup> {line}</sup></mark>")
        place = candidate.end
    pieces.append(escape(turn.original[place:]))
    text = "".join(pieces)
    return (
        f'<section id="t{turn.turn}"><h2>{title}</h2>\n<p>{text}</p>\n'
        f"{_candidate_table(candidates, known, language)}</section>"
    )


def _candidate_table(
    candidates: list[tuple[int, Candidate]], known: dict[_Place, Decision], language: Language
) -> str:
    if not candidates:
        return ""
    heads = (
        phrase("Ligne"), phrase("Passage"), phrase("Type"), phrase("Sera écrit"),
        phrase("Décision"),
    )  # fmt: skip
    header = "".join(f'<th scope="col">{_say(head, language)}</th>' for head in heads)
    rows = []
    for line, candidate in candidates:
        decision = known.get(_place(candidate))
        taken = decision.decision if decision else "—"
        written = decision.replacement if decision and decision.replacement else ""
        rows.append(
            f'<tr><th scope="row">{line}</th><td>{escape(candidate.text)}</td>'
            f"<td>{escape(candidate.kind)}</td>"
            f"<td>{escape(written or candidate.replacement)}</td><td>{escape(taken)}</td></tr>"
        )
    return f"<table><thead><tr>{header}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
