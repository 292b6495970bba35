"""Which words may be read outside, and how their speaker is described (§3.9)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from croisee.disclosure.released import ReleasedQuote
from croisee.disclosure.values import Mask
from croisee.disclosure.work import Work
from croisee.findings import Finding, Leaflet, Quote
from croisee.language import Phrase, phrase
from croisee.study import MethodKind, Study, Subject
from croisee.tables import CodeCaseTable, ParticipationTable, RawTable

_RULE = "§3.9"
_MET = {MethodKind.INTERVIEW, MethodKind.FOCUS_GROUP, MethodKind.OBSERVATION}


@dataclass(frozen=True, slots=True)
class Interviewed:
    """How many people were met: by case, and by case, method and edition."""

    cases: Mapping[str, int]
    sessions: Mapping[tuple[str, str, str], int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """How the speakers of one case are described: all of them in the same way."""

    case: str
    method: bool
    edition: bool


@dataclass(slots=True)
class Chosen:
    """Quotes that may leave, by key, and the people behind them (team only)."""

    quotes: dict[str, ReleasedQuote] = field(default_factory=dict)
    speakers: dict[str, str] = field(default_factory=dict)


def interviewed(study: Study, tables: Iterable[RawTable]) -> Interviewed:
    """Count the people met, from the raw tables of participation and of codes.

    A person met twice is counted once where the code table says so; otherwise the largest
    method of a case stands for the case (never more people than there were).
    """
    cases: dict[str, int] = {}
    largest: dict[str, int] = defaultdict(int)
    sessions: Counter[tuple[str, str, str]] = Counter()
    kinds = {method.code: method.kind for method in study.methods}
    for table in tables:
        if isinstance(table, CodeCaseTable):
            for base in table.bases:
                if len(base.cases) == 1:
                    cases[base.cases[0]] = max(base.n, cases.get(base.cases[0], 0))
        elif isinstance(table, ParticipationTable) and kinds.get(table.source) in _MET:
            if table.subject is not Subject.PERSON:
                continue
            for case, people in _by_case(table).items():
                sessions[case, table.source, table.edition] += people
                largest[case] = max(largest[case], people)
    return Interviewed({**largest, **cases}, dict(sessions))


def _by_case(table: ParticipationTable) -> dict[str, int]:
    whole = {row.case: row.answered for row in table.rows if not row.component}
    parts: Counter[str] = Counter()
    for row in table.rows:
        if row.component and row.case not in whole:
            parts[row.case] += row.answered
    return {**parts, **whole}


def attributions(
    study: Study, people: Interviewed, quotes: Iterable[Quote], least: int
) -> dict[str, Attribution]:
    """Return how each case's speakers are described: the finest way all its sessions allow.

    A method (or an edition) that fewer than ``least`` people share takes it away from every
    quote of the case: otherwise the quote without a label would be theirs. A case of fewer
    than ``least`` people is « un des réseaux », and only if such cases count that many
    together.
    """
    met: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for (case, method, edition), count in people.sessions.items():
        if count:
            met[case][method, edition] = count
    for quote in quotes:
        met[quote.case].setdefault((quote.method, quote.edition), 0)
    small = [case for case in met if people.cases.get(case, 0) < least]
    together = sum(people.cases.get(case, 0) for case in small)
    found = {}
    for case, sessions in met.items():
        if case in small:
            if len(small) > 1 and together >= least and len(study.cases) > 1:
                found[case] = Attribution("", method=False, edition=False)
            continue
        by_method: Counter[str] = Counter()
        for (method, _), count in sessions.items():
            by_method[method] = max(by_method[method], count)
        found[case] = Attribution(
            case,
            method=min(by_method.values()) >= least,
            edition=min(sessions.values()) >= least,
        )
    return found


def choose_quotes(
    quotes: Sequence[Quote],
    findings: Sequence[Finding],
    leaflets: Sequence[Leaflet],
    people: Interviewed,
    work: Work,
) -> Chosen:
    """Return the quotes that may leave: those cited first, in the order they are cited.

    At most three by one person in the whole release; a refusal says why for each of the
    others.
    """
    least = work.policy.quotes_min
    ways = attributions(work.study, people, quotes, least)
    chosen = Chosen()
    by_person: Counter[str] = Counter()
    for quote in _cited_first(quotes, findings, leaflets):
        reason = _forbidden(quote, ways, work)
        if reason is None and by_person[quote.participant] >= work.policy.quotes_max:
            reason = phrase(
                "Cette personne est déjà citée {n} fois dans la diffusion.",
                n=work.policy.quotes_max,
            )
        if reason is not None:
            work.refuse(quote.key, _RULE, reason)
            continue
        by_person[quote.participant] += 1
        chosen.quotes[quote.key] = described(quote, ways[quote.case])
        chosen.speakers[quote.key] = quote.participant
    return chosen


def described(quote: Quote, way: Attribution) -> ReleasedQuote:
    """Return a quote with what may be said of its speaker."""
    method = quote.method if way.method else ""
    edition = quote.edition if way.edition else ""
    wide = not (way.case and method)
    return ReleasedQuote(
        code="",
        key=quote.key,
        text=quote.text,
        case=way.case,
        method=method,
        edition=edition,
        masks=(Mask.QUOTE_LABEL,) if wide else (),
    )


def quotes_of_finding(finding: Finding, chosen: Chosen, work: Work) -> tuple[str, ...]:
    """Return the quotes shown under a finding: never two by one person, none that names a case.

    A quote from « un des réseaux » is not shown where the finding speaks of one network.
    """
    return _shown(finding.code, finding.quotes, finding.cases, chosen, work)


def quotes_of_leaflet(leaflet: Leaflet, chosen: Chosen, work: Work) -> tuple[str, ...]:
    """Return the quotes of a leaflet: its own network's, under their printed attribution."""
    about = f"feuillet:{leaflet.case}"
    own = []
    for key in _shown(about, leaflet.quotes, (leaflet.case,), chosen, work):
        if chosen.quotes[key].case == leaflet.case:
            own.append(key)
        else:
            work.refuse(f"{about}/{key}", _RULE, phrase("Cet extrait ne vient pas de ce réseau."))
    return tuple(own)


def _shown(
    about: str, keys: Sequence[str], cases: Sequence[str], chosen: Chosen, work: Work
) -> tuple[str, ...]:
    kept: list[str] = []
    heard: set[str] = set()
    for key in dict.fromkeys(keys):
        quote = chosen.quotes.get(key)
        if quote is None:
            continue
        if chosen.speakers.get(key, key) in heard:
            reason = phrase("Deux extraits d’une même personne ne vont pas sous un même constat.")
        elif not quote.case and len(cases) == 1 and len(work.study.cases) > 1:
            reason = phrase("Le réseau de cet extrait serait deviné.")
        else:
            heard.add(chosen.speakers.get(key, key))
            kept.append(key)
            continue
        work.refuse(f"{about}/{key}", _RULE, reason)
    return tuple(kept)


def _forbidden(quote: Quote, ways: Mapping[str, Attribution], work: Work) -> Phrase | None:
    if not quote.consented:
        return phrase("La personne n’a pas accepté d’être citée.")
    if not quote.reviewed:
        return phrase("Ce passage n’est pas entièrement relu : il reste masqué.")
    if not quote.text.strip():
        return phrase("Ce passage est vide.")
    if quote.case not in ways:
        return phrase(
            "Moins de {least} personnes ont parlé dans ce réseau : "
            "aucune source assez large ne le cache.",
            least=work.policy.quotes_min,
        )
    return None


def _cited_first(
    quotes: Sequence[Quote], findings: Sequence[Finding], leaflets: Sequence[Leaflet]
) -> list[Quote]:
    cited = [key for leaflet in leaflets for key in leaflet.quotes]
    cited += [key for finding in findings for key in finding.quotes]
    order = {key: place for place, key in enumerate(dict.fromkeys(cited))}
    return sorted(quotes, key=lambda quote: (order.get(quote.key, len(order)), quote.key))
