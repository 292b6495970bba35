"""The logic of a form of 200 questions, one page at a time, as the server does it.

Claim: at most 5 ms a page. A page is what one request costs here: the sheet opened again with
everything answered so far, the answer of the page written, what it changes computed, the pages
that are asked now, what is not right on this one, and the words of the next (label, hint,
choices).

Every third question waits for another, one in twenty is a calculation, a quarter of the
questions take choices. Nothing is kept from one page to the next but the compiled form.

    python benchmarks/form_logic.py [pages [--profile]]
"""

from __future__ import annotations

import cProfile
import os
import pstats
import statistics
import sys
import time
from datetime import UTC, datetime

import numpy as np

from croisee.formats.xlsform import Workbook, worksheet_of
from croisee.questionnaire.answers import fault_of
from croisee.questionnaire.compiling import compile_form
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.sheet import Prepared, prepare
from croisee.questionnaire.templates import template
from croisee.questionnaire.xform import read_form

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
PAGES, SIZES, PROMISE = 400, (20, 50, 100, 200, 400), 5.0
FR, EN = "label::Français (fr)", "label::English (en)"
TYPES = ("select_one oui_non", "select_multiple outils", "integer", "text")
ANSWERS = {"single": "oui", "multiple": "zoom", "integer": "4", "text": "Une phrase écrite ici."}


def form_of(size: int) -> Prepared:
    """Return a form of this many questions."""
    rows = []
    for place in range(size):
        asked = {
            "type": TYPES[place % 4],
            "name": f"q{place}",
            FR: f"Question {place} : qu’en est-il chez vous ?",
            EN: f"Question {place}: how is it with you?",
            "required": "yes" if place % 7 == 0 else "",
            "constraint": ". >= 0 and . <= 100" if place % 4 == 2 else "",
        }
        if place % 3 == 2 and place > 8:
            asked["relevant"] = f"${{q{place - place % 4 - 4}}} = 'oui'"
        rows.append(asked)
        if place % 20 == 19:
            first, second = place - 1, place - 5
            rows.append({
                "type": "calculate", "name": f"c{place}",
                "calculation": f"coalesce(${{q{first}}}, 0) + coalesce(${{q{second}}}, 0)",
            })  # fmt: skip
    choices = [
        {"list_name": listed, "name": code, FR: code.capitalize(), EN: code.capitalize()}
        for listed, codes in (("oui_non", ("oui", "non", "nsp")),
                              ("outils", ("zoom", "teams", "meet", "jitsi", "autre")))
        for code in codes
    ]  # fmt: skip
    settings = [{"form_id": "mesure", "default_language": "Français (fr)"}]
    return compiled(
        Workbook((
            worksheet_of("survey", rows), worksheet_of("choices", choices),
            worksheet_of("settings", settings),
        ))
    )  # fmt: skip


def compiled(book: Workbook) -> Prepared:
    """Return a workbook ready to be filled."""
    return prepare(read_form(compile_form(book).xml))


def all_answered(prepared: Prepared) -> dict[str, str]:
    """Return an answer to every question that is asked, in order."""
    filling = opened(prepared, {})
    place = 0
    while place < len(filling.steps()):
        filling.set_many({
            one.address: filling.choices(one.address)[0][0] if filling.choices(one.address)
            else ANSWERS.get(one.node.kind.value, "")
            for one in filling.steps()[place] if one.node.kind.value != "group"
        })  # fmt: skip
        place += 1
    return filling.values()


def opened(prepared: Prepared, values: dict[str, str]) -> Filling:
    """Return a sheet with what was answered before."""
    return Filling(prepared, at=AT, chance=np.random.default_rng(1), values=values)


def page(prepared: Prepared, values: dict[str, str], place: int) -> int:
    """Do what one page costs; return the letters it would show."""
    filling = opened(prepared, values)
    steps = filling.steps()
    asked = steps[place % len(steps)]
    filling.set_many({one.address: values.get(one.address, "") for one in asked})
    steps = filling.steps()
    shown = 0
    for one in steps[(place + 1) % len(steps)]:
        shown += len(filling.label(one.address)) + len(filling.say(one.node.hint, one.element))
        shown += sum(len(label) for _, label in filling.choices(one.address))
    return shown + sum(fault_of(filling, one) is not None for one in asked)


def measured(prepared: Prepared, pages: int) -> list[float]:
    """Return the milliseconds of each page, everything answered, by the wall clock."""
    values = all_answered(prepared)
    times = []
    for place in range(pages):
        start = time.perf_counter()
        page(prepared, values, place)
        times.append(1000 * (time.perf_counter() - start))
    return times


def line(name: str, prepared: Prepared, pages: int) -> tuple[str, float]:
    """Return one line of the table, and its median."""
    measured(prepared, 20)
    start = time.process_time()
    times = measured(prepared, pages)
    processor = 1000 * (time.process_time() - start) / pages
    median = statistics.median(times)
    cuts = statistics.quantiles(times, n=100)
    return (
        f"| {name} | {median:.2f} | {cuts[94]:.2f} | {cuts[98]:.2f} | {processor:.2f} |",
        median,
    )


def main() -> int:
    """Print the table; return 1 if the promise is not kept."""
    words = [word for word in sys.argv[1:] if not word.startswith("-")]
    pages = int(words[0]) if words else PAGES
    if "--profile" in sys.argv:
        prepared = form_of(200)
        values = all_answered(prepared)
        with cProfile.Profile() as profile:
            for place in range(pages):
                page(prepared, values, place)
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return 0
    print(f"{pages} pages, charge {os.getloadavg()[0]:.1f}, {os.cpu_count()} cœurs\n")
    print("| formulaire | médiane (ms) | p95 | p99 | processeur, moyenne |")
    print("|---|---|---|---|---|")
    kept = True
    for size in SIZES:
        text, median = line(f"{size} questions", form_of(size), pages)
        kept = kept and (size > 200 or median <= PROMISE)
        print(text, flush=True)
    for code in ("eclair", "portrait"):
        text, _ = line(f"modèle « {code} »", compiled(template(code).workbook), pages)
        print(text, flush=True)
    print(
        f"\nPromesse : 200 questions, {PROMISE:g} ms par page : {'tenue' if kept else 'NON TENUE'}."
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
