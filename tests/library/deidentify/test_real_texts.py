"""What patterns and a registry catch in texts we did not write.

The counts are those of ``docs/methods/desidentification.md``; they are what was measured on
these files, not a promise about others.
"""

import json
import re
from collections import Counter

from croisee.deidentify import CandidateFinder, MaskEntry, QuebecPatterns, Turn

SLOT = re.compile(r"\[([^\]\n]+)\]\(([A-Z_]+)\)")
KINDS = {"PERSON": "personne", "LOCATION": "lieu", "ORG": "organisme"}


def slots(paragraph):
    """Return a template's text with its slots filled, and their places."""
    text, places, last = "", [], 0
    for match in SLOT.finditer(paragraph):
        text += paragraph[last : match.start()]
        places.append((len(text), len(text) + len(match.group(1)), match.group(2)))
        text += match.group(1)
        last = match.end()
    return text + paragraph[last:], places


def test_patterns_on_clinical_templates(real_data):
    path = real_data / "ner" / "eds_pseudo_templates" / "templates.txt"
    patterns, seen, caught = QuebecPatterns(), Counter(), Counter()
    for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
        text, places = slots(paragraph)
        found = [(f.start, f.end) for f in patterns.find(text)]
        for start, end, kind in places:
            seen[kind] += 1
            caught[kind] += any(a <= start and end <= b for a, b in found)

    measured = {kind: (caught[kind], seen[kind]) for kind in ("TEL", "MAIL", "ADRESSE", "SECU")}
    assert measured == {"TEL": (185, 191), "MAIL": (58, 60), "ADRESSE": (52, 60), "SECU": (40, 42)}


def test_registry_of_full_names_on_interviews(real_data):
    folder = real_data / "ner" / "rgpd_pseudonymizer"
    seen, caught = Counter(), Counter()
    for path in sorted((folder / "annotations").glob("interview_*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (folder / "interview_transcripts" / gold["document_name"]).read_text("utf-8")
        names = {(e["entity_text"].strip(), e["entity_type"]) for e in gold["entities"]}
        registry = [
            MaskEntry(name, KINDS[kind], "")
            for name, kind in sorted(names)
            if not any(
                kind == other and set(name.split()) < set(longer.split()) for longer, other in names
            )
        ]
        finder = CandidateFinder(registry, recognisers=(QuebecPatterns(),))
        found = finder.document([Turn("d", 1, "", "", text)])
        for entity in gold["entities"]:
            start, end = entity["start_pos"], entity["end_pos"]
            if text[start:end] != entity["entity_text"]:
                continue
            seen[entity["entity_type"]] += 1
            caught[entity["entity_type"]] += any(c.start <= start and end <= c.end for c in found)

    assert {kind: (caught[kind], seen[kind]) for kind in KINDS} == {
        "PERSON": (468, 478),
        "LOCATION": (65, 66),
        "ORG": (24, 34),
    }
