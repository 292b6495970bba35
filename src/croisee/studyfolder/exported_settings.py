"""``etude.toml`` and ``constats.toml`` written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa

from croisee.findings import Finding, Leaflet
from croisee.language import Label
from croisee.study import Case, Policy, Study
from croisee.studyfolder.policy import THRESHOLDS
from croisee.studyfolder.settings import FORMAT
from croisee.studyfolder.toml_text import Value, toml_lines, toml_text

Sections = Iterator[list[str]]
_USUAL = Policy()


def settings_text(study: Study, frames: pa.Table | None) -> str:
    """Return ``etude.toml``; ``frames`` are the sizes declared where there is no list."""
    return toml_text(_settings(study, frames))


def findings_text(findings: Iterable[Finding], leaflets: Iterable[Leaflet]) -> str:
    """Return ``constats.toml``."""
    return toml_text([*map(_finding, findings), *map(_leaflet, leaflets)])


def _named(key: str, label: Label) -> dict[str, Value]:
    return {key: label.fr, f"{key}_en": label.en}


def _settings(study: Study, frames: pa.Table | None) -> Sections:
    yield toml_lines(
        "",
        {
            "format": FORMAT,
            **_named("titre", study.title),
            **_named("question", study.question),
            "langues": list(study.languages),
            **_named("equipe", study.team),
            "contact": study.contact,
            "adresse": study.address,
            "fuseau": study.timezone,
        },
    )
    diffusion = study.diffusion
    yield toml_lines(
        "[diffusion]",
        {
            "code": diffusion.code,
            **({"arret": diffusion.arrest_on} if diffusion.arrest_on else {}),
            "editions": list(diffusion.editions),
        },
    )
    rows = [] if frames is None else frames.to_pylist()
    for case in study.cases:
        yield _case(case, [row for row in rows if row["case"] == case.code])
    yield from _collection(study)
    yield from _ethics(study)
    yield from _policy(study.policy)
    yield from _means(study)


def _case(case: Case, frames: list[dict[str, Any]]) -> list[str]:
    values: dict[str, Value] = {
        "code": case.code,
        **_named("nom", case.name),
        **_named("court", case.short),
        **_named("echelle", case.scale),
        **_named("territoire", case.territory),
        **_named("mission", case.mission),
        **_named("unite", case.unit),
        **_named("unites", case.units),
        "individus": case.individuals,
        "liens": list(case.links),
        "membres": [
            {"annee": m.year, "nombre": m.count, "source": m.source} for m in case.memberships
        ],
        "composantes": [{"code": c.code, **_named("nom", c.name)} for c in case.components],
        "cadres": [
            {
                "edition": row["edition"],
                "nombre": row["size"],
                "instrument": row["instrument"],
                "composante": row["component"],
                "source": row["source"],
            }
            for row in frames
        ],
    }
    return toml_lines("[[cas]]", values)


def _collection(study: Study) -> Sections:
    for edition in study.editions:
        dates: dict[str, Value] = {}
        if edition.start:
            dates["debut"] = edition.start
        if edition.end:
            dates["fin"] = edition.end
        values = {"code": edition.code, **_named("nom", edition.name), **dates}
        yield toml_lines("[[editions]]", values)
    for method in study.methods:
        yield toml_lines(
            "[[methodes]]",
            {
                "code": method.code,
                **_named("nom", method.name),
                "genre": method.kind.value,
                "sujet": method.subject.value,
            },
        )
    for instrument in study.instruments:
        yield toml_lines(
            "[[instruments]]",
            {
                "code": instrument.code,
                **_named("nom", instrument.name),
                "methode": instrument.method,
                "sujet": instrument.subject.value,
                "poids": instrument.weighted,
            },
        )
    for instrument in study.instruments:
        for one in instrument.breaks:
            yield toml_lines(
                "[[ruptures]]",
                {
                    "instrument": instrument.code,
                    "question": one.question,
                    "avant": one.before,
                    "apres": one.after,
                    "verdict": one.verdict.value,
                    **_named("pourquoi", one.why),
                },
            )
    for crossed in study.crossings:
        keys = ("instrument", "edition", "attribut", "question")
        yield toml_lines("[[croisements]]", dict(zip(keys, crossed, strict=True)))


def _ethics(study: Study) -> Sections:
    for purpose in study.purposes:
        yield toml_lines(
            "[[finalites]]",
            {"code": purpose.code, **_named("nom", purpose.name), "role": purpose.role},
        )
    for certificate in study.certificates:
        dates: dict[str, Value] = {}
        if certificate.start:
            dates["du"] = certificate.start
        if certificate.end:
            dates["au"] = certificate.end
        values = {"comite": certificate.board, "numero": certificate.number, **dates}
        yield toml_lines("[[certificats]]", values)


def _policy(policy: Policy) -> Sections:
    values: dict[str, Value] = {
        (THRESHOLDS[known.name][0]): getattr(policy, known.name)
        for known in fields(Policy)
        if known.name in THRESHOLDS and getattr(policy, known.name) != getattr(_USUAL, known.name)
    }
    values |= {
        "stabilite": policy.stability,
        "methode": policy.method,
        "participation": policy.participation,
    }
    yield toml_lines("[divulgation]", values)
    decided = ("exceptions", policy.exceptions), ("accords", policy.agreements)
    for name, waivers in decided:
        for waiver in waivers:
            values = {
                "objet": waiver.about,
                "motif": waiver.reason,
                "par": waiver.decided_by,
                "le": waiver.decided_on,
            }
            yield toml_lines(f"[[divulgation.{name}]]", values)


def _means(study: Study) -> Sections:
    """Say which means are asked for: a codebook has no column for it."""
    for instrument in study.instruments:
        for question in instrument.questions:
            if question.mean:
                heading = f'[divulgation.questions."{instrument.code}.{question.code}"]'
                yield toml_lines(heading, {"moyenne": True})


def _finding(finding: Finding) -> list[str]:
    return toml_lines(
        "[[constats]]",
        {
            "code": finding.code,
            "section": finding.section,
            "section_en": finding.section_en,
            **_named("titre", finding.title),
            **_named("texte", finding.text),
            "cas": list(finding.cases),
            "etat": finding.status,
            "figures": list(finding.figures),
            "extraits": list(finding.quotes),
            **_named("dissidence", finding.minority),
            "feuillets": list(finding.leaflets),
            "references": list(finding.references),
            "litteraux": list(finding.literals),
            "proposition": finding.proposal,
        },
    )


def _leaflet(leaflet: Leaflet) -> list[str]:
    return toml_lines(
        "[[feuillets]]",
        {
            "cas": leaflet.case,
            **_named("titre", leaflet.title),
            **_named("chapeau", leaflet.lead),
            "chiffres": [
                {"repere": number.mark, **_named("texte", number.caption)}
                for number in leaflet.numbers
            ],
            "figure": leaflet.figure,
            "extraits": list(leaflet.quotes),
            "propositions": list(leaflet.proposals),
            "dissidence": leaflet.minority,
        },
    )
