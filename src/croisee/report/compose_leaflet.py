"""From a Release to the page of one network: the authors' choice first, then what is strongest."""

from __future__ import annotations

from dataclasses import replace

from croisee.disclosure.released import PUBLIC, Release, ReleasedFinding, ReleasedQuote
from croisee.disclosure.wording import say
from croisee.language import Label, Language, Phrase, phrase
from croisee.report.compose_report import draft_words, languages_of
from croisee.report.dates import month_of
from croisee.report.leaflet_chart import chart_of
from croisee.report.leaflet_content import CaseView, Said, source_of
from croisee.report.leaflet_footer import with_footer
from croisee.report.leaflet_page import BigNumber, Chart, LeafletPage, Note, Voice
from croisee.report.qr import public_address
from croisee.report.sentences import capital, ended, first_sentences, without_parenthesis
from croisee.report.told import flowing
from croisee.study import Subject

_NUMBERS, _VOICES, _PROPOSALS = 3, 2, 3
_MOST_VOICES, _MOST_CHARTS = 6, 6
"""How many of each fill a page that has nothing else to say; what does not fit gives way."""
_WORDS_OF_A_PAGE = 2200
"""Characters of extracts that such a page holds at an easy size."""
_LEAD, _PROPOSAL = 260, 220
"""Lengths, in characters, at which a text taken from a finding stops (a whole sentence)."""
_DISPUTED = "dispute"


def compose_leaflet(
    release: Release, case: str, language: Language, *, audience: str = PUBLIC
) -> LeafletPage:
    """Return what the leaflet of one network says.

    The authors' choice (``release.leaflets``) is completed, field by field, from the findings
    that name the network, then from participation and the most shared answers. Nothing is
    invented: a field with no source stays empty. ``left_out`` tells what was chosen and cannot
    be printed here. Only what ``audience`` may read is used: the public, unless told.

    Raises:
        TypeError: ``release`` is not a Release. Raw tables cannot be printed.
        StopIteration: the study has no such case.
    """
    if not isinstance(release, Release):
        raise TypeError("a leaflet is made of a Release: see croisee.draft_release()")
    release = release.seen_by(audience)
    view = CaseView(release, release.study.case(case), language)
    missing: list[Phrase] = []
    title, lead = _title(view, missing), _lead(view, missing)
    page = LeafletPage(
        language=language,
        case=case,
        network=view.case.name.to(language),
        kicker=phrase("Faits saillants").to(language),
        dated=_dated(view),
        draft=draft_words(release, language),
        title=title.text,
        lead=lead.text,
        lead_codes=tuple(dict.fromkeys((*title.codes, *lead.codes))),
        numbers=_numbers(view, missing),
        charts=(),
        voices=_voices(view, missing),
        proposals_title=_proposals_title(view),
        proposals=_proposals(view, missing),
        minority=_minority(view, missing),
        sources_title=phrase("D’où viennent ces chiffres ?").to(language),
        sources=(),
        verify="",
        url=public_address(release.study.address),
        release_code=release.code,
        authors=release.study.team.to(language),
        languages=languages_of(release),
    )
    charts = _charts(view, _room_for_charts(page), missing)
    if page.voices and not (charts or page.proposals):
        page = replace(page, voices=page.voices + _more_voices(view, page.voices))
    return with_footer(view, replace(page, charts=charts, left_out=tuple(missing)))


def _dated(view: CaseView) -> str:
    on = view.release.study.diffusion.arrest_on
    code = view.release.code
    edition = phrase("diffusion {code}", code=code).to(view.language) if code else ""
    if on is None:
        return edition
    month = month_of(on, view.language)
    return " · ".join(filter(None, (f"{month[:1].upper()}{month[1:]}", edition)))


def _title(view: CaseView, missing: list[Phrase]) -> Said:
    chosen = _chosen(view, view.chosen.title, phrase("le titre"), missing)
    if chosen is not None:
        return chosen
    telling = _telling(view)
    found = view.said(telling.title) if telling else None
    return found or Said(view.case.name.to(view.language), ())


def _lead(view: CaseView, missing: list[Phrase]) -> Said:
    chosen = _chosen(view, view.chosen.lead, phrase("le chapeau"), missing)
    if chosen is not None:
        return chosen
    telling = _telling(view)
    return _opening(view, telling.text, _LEAD) if telling else Said("", ())


def _telling(view: CaseView) -> ReleasedFinding | None:
    """Return the first finding a leaflet may open with: no proposal, nothing in dispute."""
    return next((f for f in view.findings() if not f.proposal and f.status != _DISPUTED), None)


def _chosen(view: CaseView, label: Label, block: Phrase, missing: list[Phrase]) -> Said | None:
    if not label.to(view.language):
        return None
    said = view.said(label)
    if said is None:
        missing.append(_unreleased(view, block))
    return said


def _opening(view: CaseView, label: Label, length: int) -> Said:
    """Return the first sentences of a text; the codes are those of these sentences alone."""
    language = view.language
    opening = first_sentences(label.to(language), length)
    return view.said(Label(opening)) or Said("", ())


def _unreleased(view: CaseView, block: Phrase) -> Phrase:
    return phrase(
        "Feuillet {case} : {block} parle d’un tableau qui n’est pas diffusé ; il n’y est pas.",
        case=view.case.code,
        block=block,
    )


def _numbers(view: CaseView, missing: list[Phrase]) -> tuple[BigNumber, ...]:
    chosen: list[BigNumber] = []
    for number in view.chosen.numbers[:_NUMBERS]:
        value, caption = view.said(Label(number.mark)), view.said(number.caption)
        if value is None or caption is None:
            missing.append(_unreleased(view, phrase("le nombre « {mark} »", mark=number.mark)))
            continue
        codes = tuple(dict.fromkeys((*value.codes, *caption.codes)))
        chosen.append(BigNumber(value.text, caption.text, codes))
    return tuple(chosen) or _found_numbers(view)


def _found_numbers(view: CaseView) -> tuple[BigNumber, ...]:
    taken = _participation_numbers(view)
    answers = _answer_numbers(view)
    first, rest = taken[:1], taken[1:]
    room = _NUMBERS - len(first) - len(rest[:1])
    return (*first, *answers[:room], *rest)[:_NUMBERS]


def _participation_numbers(view: CaseView) -> tuple[BigNumber, ...]:
    numbers = []
    for table, value in view.participations():
        base = view.base(table)
        source, _ = source_of(table)
        units = view.units(base.subject if base else Subject.PERSON)
        words = (
            phrase("{units} ont répondu ({source})", units=units, source=view.source_name(source))
            if view.is_survey(source)
            else phrase(
                "{units} ont pris part ({source})", units=units, source=view.source_name(source)
            )
        )
        caption = words.to(view.language)
        numbers.append(BigNumber(say(value, "sur", view.language), caption, (table.code,)))
    return tuple(numbers)


def _answer_numbers(view: CaseView) -> tuple[BigNumber, ...]:
    numbers = []
    for table, place, value in view.strongest()[:_NUMBERS]:
        caption = phrase(
            "répondent « {answer} » à « {question} »",
            answer=view.row_name(table, place),
            question=without_parenthesis(table.title.to(view.language)),
        ).to(view.language)
        said = say(value, "sur", view.language)
        numbers.append(BigNumber(capital(said), caption, (table.code,)))
    return tuple(numbers)


def _room_for_charts(page: LeafletPage) -> int:
    """Return how many charts the page may hold: where nobody speaks, figures do."""
    if page.voices:
        return 1
    return 2 if page.proposals else _MOST_CHARTS


def _charts(view: CaseView, room: int, missing: list[Phrase]) -> tuple[Chart, ...]:
    key = view.chosen.figure
    if key:
        table = view.table(key)
        chart = chart_of(view, table) if table is not None else None
        if chart is not None:
            return (chart,)
        missing.append(
            phrase(
                "Feuillet {case} : la figure « {key} » ne montre pas ce réseau seul.",
                case=view.case.code,
                key=key,
            )
        )
    return _found_charts(view)[:room]


def _found_charts(view: CaseView) -> tuple[Chart, ...]:
    """Return the charts of this network: its findings' first, then its own tables.

    A table of words alone is kept for a page that has nothing else to draw.
    """
    named = [view.table(figure) for finding in view.findings() for figure in finding.figures]
    own = [t for t in view.release.tables if t.key.endswith(f"@{view.case.code}")]
    tables = {t.key: t for t in (*named, *own, *view.release.tables) if t is not None}
    once: dict[str, Chart] = {}
    for table in tables.values():
        chart = chart_of(view, table)
        if chart is not None:
            once.setdefault(table.key.split("@", maxsplit=1)[0], chart)
    charts = tuple(once.values())
    drawn = tuple(chart for chart in charts if chart.drawn)
    return drawn or charts[:1]


def _voices(view: CaseView, missing: list[Phrase]) -> tuple[Voice, ...]:
    voices = []
    for key in view.chosen.quotes:
        quote = view.quote(key)
        if quote is not None and quote.case:
            voices.append(_voice(view, quote))
        else:
            # Beside a network's name, « dans un des réseaux » would be read as this one.
            missing.append(
                phrase(
                    "Feuillet {case} : l’extrait « {key} » n’est pas diffusé avec le nom de ce "
                    "réseau ; il n’y est pas.",
                    case=view.case.code,
                    key=key,
                )
            )
    return tuple(voices or _found_voices(view))[:_VOICES]


def _found_voices(view: CaseView) -> list[Voice]:
    """Return this network's extracts, those of its findings first."""
    named = [view.quote(key) for finding in view.findings() for key in finding.quotes]
    own = dict.fromkeys(q for q in (*named, *view.release.quotes) if q is not None)
    return [_voice(view, quote) for quote in own if quote.case == view.case.code]


def _more_voices(view: CaseView, printed: tuple[Voice, ...]) -> tuple[Voice, ...]:
    """Return the extracts that fill a page where people's words are all there is to show."""
    codes = {voice.code for voice in printed}
    room = _WORDS_OF_A_PAGE - sum(len(voice.text) for voice in printed)
    kept: list[Voice] = []
    for voice in _found_voices(view):
        room -= 0 if voice.code in codes else len(voice.text)
        if voice.code not in codes and room >= 0:
            kept.append(voice)
    return tuple(kept[: _MOST_VOICES - len(printed)])


def _voice(view: CaseView, quote: ReleasedQuote) -> Voice:
    study, language = view.release.study, view.language
    said_by = []
    if quote.case != view.case.code:
        said_by.append(study.case(quote.case).name.to(language))
    if quote.method:
        said_by.append(study.method(quote.method).name.to(language))
    excerpt = phrase("extrait {code}", code=quote.code).to(language)
    main = languages_of(view.release)[0]
    source = capital(" · ".join((*said_by, excerpt)))
    return Voice(flowing(quote.text), source, quote.code, main)


def _proposals_title(view: CaseView) -> str:
    units = view.case.units.to(view.language)
    if units:
        return phrase("Ce que les {units} proposent", units=units).to(view.language)
    if len(view.release.study.cases) == 1:
        return phrase("Ce qui est proposé").to(view.language)
    return phrase("Ce que le réseau propose").to(view.language)


def _proposals(view: CaseView, missing: list[Phrase]) -> tuple[Note, ...]:
    chosen = [view.finding(code) for code in view.chosen.proposals]
    found = [finding for finding in chosen if finding is not None]
    if len(found) < len(chosen):
        missing.append(
            phrase("Feuillet {case} : une proposition n’est pas diffusée.", case=view.case.code)
        )
    if not found:
        found = [finding for finding in view.findings() if finding.proposal][:_PROPOSALS]
    return tuple(note for note in (_proposal(view, finding) for finding in found) if note)


def _proposal(view: CaseView, finding: ReleasedFinding) -> Note | None:
    title = view.said(finding.title)
    if title is None:
        return None
    text = _opening(view, finding.text, _PROPOSAL)
    disputed = phrase("Constat disputé.").to(view.language) if finding.status == _DISPUTED else ""
    codes = tuple(dict.fromkeys((*title.codes, *text.codes)))
    return Note(ended(title.text), f"{text.text} {disputed}".strip(), codes)


def _minority(view: CaseView, missing: list[Phrase]) -> Note | None:
    code = view.chosen.minority
    named = view.finding(code) if code else None
    carried = (finding for finding in view.findings() if finding.minority.fr)
    finding = named or next(carried, None)
    if finding is None or not finding.minority.to(view.language):
        return None
    said = _chosen(view, finding.minority, phrase("la note minoritaire"), missing)
    if said is None:
        return None
    title = phrase("Tout le monde n’est pas d’accord.").to(view.language)
    return Note(title, said.text, said.codes)
