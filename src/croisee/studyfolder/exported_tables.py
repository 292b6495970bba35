"""The tables of a study folder as lines: codebooks, guide, and what needs no more than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from graphlib import TopologicalSorter
from typing import Any

from croisee.dataset.study_json import decimal_text
from croisee.study import Instrument, Nature, Option, Partition, Question, Theme

Row = dict[str, Any]
Header = tuple[str, ...]
Lines = Iterable[Sequence[object]]


def amount_text(value: Decimal | None) -> str:
    """Return a decimal as a French spreadsheet writes it, "" for none."""
    return "" if value is None else decimal_text(value).replace(".", ",")


def codebook_lines(instrument: Instrument) -> tuple[Header, Lines]:
    """Return ``instruments/<code>``."""
    header = (
        "question", "libelle", "libelle_en", "type", "options", "options_en", "nature", "sujet",
        "coupe", "groupements", "commun", "exactement", "min", "max", "lecture", "sans_reponse",
        "unite", "pas", "classes", "identite",
    )  # fmt: skip
    return header, [_question(question) for question in instrument.questions]


def _question(question: Question) -> Sequence[object]:
    options, english = _options(question.options)
    return (
        question.code,
        question.label.fr,
        question.label.en,
        question.kind.value,
        options,
        english,
        question.nature.value,
        question.subject.value,
        _partition(question.cut),
        " ; ".join(_partition(one) for one in question.groupings),
        "|".join(question.common),
        question.exactly,
        question.at_least or "",
        question.at_most,
        "ensemble" if question.pooled else "cas",
        "|".join(question.missing),
        question.unit,
        amount_text(question.step),
        "|".join(amount_text(bound) for bound in question.classes),
        question.identity,
    )


def _options(options: Iterable[Option]) -> tuple[str, str]:
    listed = list(options)
    return (
        " | ".join(f"{option.code} = {option.label.fr}" for option in listed),
        " | ".join(f"{option.code} = {option.label.en}" for option in listed if option.label.en),
    )


def _partition(partition: Partition) -> str:
    return " / ".join(",".join(block) for block in partition)


def guide_lines(themes: Sequence[Theme]) -> tuple[Header, Lines]:
    """Return ``guide``, with a column for each case whose wording differs."""
    cases = _wording_order(themes)
    columns = "theme ordre genre libelle libelle_en options options_en total pas nature"
    wordings = [f"{word}@{case}" for case in cases for word in ("libelle", "libelle_en")]
    header = (*columns.split(), *wordings)
    lines = []
    for theme in themes:
        options, english = _options(theme.options)
        wording = dict(theme.wording)
        said = (
            text
            for case in cases
            for text in ((wording[case].fr, wording[case].en) if case in wording else ("", ""))
        )
        lines.append(
            (
                theme.code,
                theme.order,
                theme.kind,
                theme.label.fr,
                theme.label.en,
                options,
                english,
                amount_text(theme.total),
                amount_text(theme.step),
                "" if theme.nature is Nature.SPOKEN else theme.nature.value,
                *said,
            )
        )
    return header, lines


def _wording_order(themes: Iterable[Theme]) -> list[str]:
    """Return the cases with a wording of their own, in an order that suits every theme."""
    before: dict[str, set[str]] = {}
    for theme in themes:
        last = ""
        for case, _ in theme.wording:
            before.setdefault(case, set()).update({last} if last else set())
            last = case
    return list(TopologicalSorter(before).static_order())


def _picked(*columns: str) -> Callable[[Iterable[Row]], Iterator[Sequence[object]]]:
    """Return what turns rows of a Dataset's table into lines: columns in order, written."""

    def lines(rows: Iterable[Row]) -> Iterator[Sequence[object]]:
        for row in rows:
            yield [_cell(row[column]) for column in columns]

    return lines


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, Decimal):
        return amount_text(value)
    return repr(value) if isinstance(value, float) else value


def _positions(rows: Iterable[Row]) -> Iterator[Sequence[object]]:
    """Give one line a person and a theme: reasons in one cell."""
    said: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        key = (row["session"], row["theme"], row["participant"], row["position"])
        said.setdefault(key, []).append(row["justification"])
    for who, reasons in said.items():
        yield [*who, "|".join(reason for reason in reasons if reason)]


def _file(
    name: str, **columns: str
) -> tuple[str, Header, Callable[[Iterable[Row]], Iterator[Sequence[object]]]]:
    return name, tuple(columns), _picked(*columns.values())


LINES: dict[str, tuple[str, Header, Callable[[Iterable[Row]], Iterator[Sequence[object]]]]] = {
    "organisations": _file(
        "cadre", organisme="organisation", cas="case", composante="component", edition="edition",
        region="region", type="type",
    ),
    "sessions": _file(
        "seances", seance="session", methode="method", cas="case", composante="component",
        edition="edition", date="held_on", minutes="minutes",
    ),
    "activities": _file(
        "activites", methode="method", cas="case", composante="component", edition="edition",
        prevu="planned", fait="done", etat="state", unite="unit_fr", unite_en="unit_en",
        motif="reason_fr", motif_en="reason_en", debut="start", fin="end",
    ),
    "documents": _file(
        "documents", document="document", fichier="file", cas="case", composante="component",
        methode="method", seance="session", edition="edition", date="held_on",
    ),
    "turns": _file(
        "tours", document="document", tour="turn", etiquette="speaker",
        participant="participant", texte="text", debut="start", fin="end",
    ),
    "codes": _file(
        "codes", code="code", libelle="label_fr", libelle_en="label_en",
        definition="definition_fr", definition_en="definition_en", parent="parent",
        genre="kind", sensible="sensitive",
    ),
    "codings": _file(
        "codages", document="document", tour="turn", debut="start", fin="end", code="code",
        codeur="coder",
    ),
    "excerpts": _file(
        "extraits", extrait="key", document="document", tour="turn", debut="start", fin="end"
    ),
    "positions": (
        "positions", ("seance", "theme", "participant", "position", "justification"), _positions
    ),
    "rankings": _file(
        "rangs", seance="session", theme="theme", participant="participant", objet="option",
        rang="rank",
    ),
    "allocations": _file(
        "budgets", seance="session", theme="theme", participant="participant",
        objectif="option", montant="amount",
    ),
    "mentions": _file(
        "technologies", cas="case", technologie="name_fr", technologie_en="name_en",
        classe="group", participant="participant", seance="session", commun="common",
    ),
    "mention_groups": _file(
        "classes", classe="group", libelle="label_fr", libelle_en="label_en", ordre="order"
    ),
    "milestones": _file(
        "jalons", date="on", volet="lane", libelle="label_fr", libelle_en="label_en"
    ),
    "context": _file(
        "contexte", code="code", enonce="statement_fr", enonce_en="statement_en",
        valeur="value", unite="unit", source="source_fr", source_en="source_en",
        groupe="group_fr", groupe_en="group_en", reference="reference", annee="year",
    ),
}  # fmt: skip
"""Dataset table → file, columns, and what makes lines of its rows."""
