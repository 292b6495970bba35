"""``etude.toml``: what the study says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from croisee.language import Label, phrase
from croisee.study import (
    Break,
    Case,
    Certificate,
    Component,
    Diffusion,
    Edition,
    Membership,
    Method,
    MethodKind,
    Policy,
    Purpose,
    Subject,
    Verdict,
)
from croisee.studyfolder import messages, words
from croisee.studyfolder.diffusion import read_diffusion
from croisee.studyfolder.policy import QuestionRule, read_policy
from croisee.studyfolder.problems import Said
from croisee.studyfolder.toml_source import Section

FORMAT = 1
ONLY_EDITION = "unique"
"""Code of the one edition of a study that declares none."""


@dataclass(frozen=True, slots=True)
class DeclaredFrame:
    """A frame size written in ``etude.toml`` where there is no list."""

    case: str
    component: str
    edition: str
    instrument: str
    size: int
    source: str


@dataclass(frozen=True, slots=True)
class DeclaredCrossing:
    """A visible attribute × answer asked for; questions are checked with the codebooks."""

    instrument: str
    edition: str
    attribute: str
    question: str
    section: Section


@dataclass(frozen=True, slots=True)
class DeclaredBreak:
    """A question asked otherwise from an edition on; it is checked with the codebooks."""

    instrument: str
    told: Break
    section: Section


@dataclass(frozen=True, slots=True)
class DeclaredInstrument:
    """An instrument as ``etude.toml`` names it, before its codebook is read."""

    code: str
    name: Label
    method: str
    subject: Subject
    weighted: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything ``etude.toml`` says, checked."""

    title: Label = Label("")
    question: Label = Label("")
    languages: tuple[str, ...] = ("fr",)
    team: Label = Label("")
    contact: str = ""
    address: str = ""
    timezone: str = "America/Toronto"
    cases: tuple[Case, ...] = ()
    editions: tuple[Edition, ...] = ()
    methods: tuple[Method, ...] = ()
    instruments: tuple[DeclaredInstrument, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    diffusion: Diffusion = field(default_factory=lambda: Diffusion(""))
    policy: Policy = field(default_factory=Policy)
    rules: tuple[QuestionRule, ...] = ()
    frames: tuple[DeclaredFrame, ...] = ()
    crossings: tuple[DeclaredCrossing, ...] = ()
    breaks: tuple[DeclaredBreak, ...] = ()


class _Coded(Protocol):
    @property
    def code(self) -> str: ...


_Any = TypeVar("_Any", bound=_Coded)


def codes(things: Iterable[_Coded]) -> tuple[str, ...]:
    """Return the codes of things that have one."""
    return tuple(thing.code for thing in things)


def read_settings(top: Section) -> Settings:
    """Read ``etude.toml``; what is wrong is noted, what can be read is kept."""
    _check_format(top)
    editions = _editions(top)
    methods = _distinct(top, "methodes", _methods(top))
    instruments = _distinct(top, "instruments", _instruments(top, codes(methods)))
    sections = list(top.sections("cas", "cases"))
    if not sections:
        top.refuse("cas", _no_case())
    named = tuple(code for section in sections if (code := section.code("code")))
    cases = _distinct(top, "cas", [_case(section, named) for section in sections])
    frames = [
        frame
        for section, case in zip(sections, (_code_of(s) for s in sections), strict=True)
        for frame in _frames(section, case, codes(editions), codes(instruments))
    ]
    policy, rules = read_policy(top.section("divulgation", "disclosure"))
    settings = Settings(
        title=top.label("titre", "title", required=True),
        question=top.label("question", "research_question"),
        languages=_languages(top),
        team=top.label("equipe", "team"),
        contact=top.text("contact"),
        address=_address(top),
        timezone=_timezone(top),
        cases=cases,
        editions=editions,
        methods=methods,
        instruments=instruments,
        purposes=_distinct(top, "finalites", _purposes(top)),
        certificates=tuple(_certificates(top)),
        diffusion=read_diffusion(top.section("diffusion", "release"), editions, policy),
        policy=policy,
        rules=rules,
        frames=tuple(frames),
        crossings=tuple(_crossings(top, codes(editions), codes(instruments))),
        breaks=tuple(_breaks(top, codes(editions), codes(instruments))),
    )
    for section in sections:
        section.warn_of_the_rest()
    top.warn_of_the_rest()
    return settings


def _no_case() -> Said:
    return (
        phrase("L’étude ne déclare aucun cas."),
        phrase("Ajoutez une section [[cas]] avec un code et un nom."),
    )


def _code_of(section: Section) -> str:
    return words.read_code(str(section.values.get("code", ""))) or ""


def _check_format(top: Section) -> None:
    value = top.get("format")
    if value is None:
        said = phrase("Il manque « format »."), phrase("Ajoutez une ligne format = 1.")
        top.refuse("format", said)
    elif value != FORMAT or isinstance(value, bool):
        said = (
            phrase("Ce format de dossier n’est pas connu ; cette version lit le format 1."),
            phrase("Écrivez format = 1, ou installez une version plus récente."),
        )
        top.refuse("format", said)


def _languages(top: Section) -> tuple[str, ...]:
    languages = top.texts("langues", "languages") or ("fr",)
    for language in languages:
        if language not in {"fr", "en"}:
            top.refuse("langues", messages.unknown_word(language, "", ("fr", "en")))
    kept = tuple(dict.fromkeys(code for code in languages if code in {"fr", "en"}))
    return kept or ("fr",)


def _timezone(top: Section) -> str:
    name = top.text("fuseau", "timezone") or "America/Toronto"
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        said = (
            phrase("« {name} » n’est pas un fuseau horaire.", name=messages.shown(name)),
            phrase("Écrivez par exemple America/Toronto."),
        )
        top.refuse(top.named("fuseau", "timezone"), said)
        return "America/Toronto"
    return name


def _distinct(top: Section, key: str, things: Iterable[_Any]) -> tuple[_Any, ...]:
    """Keep the first thing of each code; refuse the others, and forget those with no code."""
    kept: dict[str, _Any] = {}
    for thing in things:
        if thing.code in kept:
            top.refuse(key, messages.twice(thing.code, None))
        elif thing.code:
            kept[thing.code] = thing
    return tuple(kept.values())


def _case(section: Section, named: tuple[str, ...]) -> Case:
    code = section.code("code", required=True)
    name = section.label("nom", "name", required=True)
    short = section.label("court", "short")
    components = section.sections("composantes", "components")
    return Case(
        code=code,
        name=name,
        short=short if short.fr else name,
        scale=section.label("echelle", "scale"),
        territory=section.label("territoire", "territory"),
        mission=section.label("mission"),
        unit=section.label("unite", "unit"),
        units=section.label("unites", "units"),
        individuals=section.flag("individus", "individuals"),
        links=section.refs("liens", "links", known=named),
        components=_distinct(section, "composantes", (_component(part) for part in components)),
        memberships=tuple(_memberships(section)),
    )


def _component(section: Section) -> Component:
    component = Component(section.code("code"), section.label("nom", "name", required=True))
    section.warn_of_the_rest()
    return component


def _memberships(section: Section) -> Iterator[Membership]:
    for line in section.sections("membres", "members"):
        year = line.whole("annee", "year", low=1800, high=2200)
        count = line.whole("nombre", "count")
        source = line.text("source")
        line.warn_of_the_rest()
        if year is None or count is None:
            line.refuse("", _incomplete("annee, nombre"))
        else:
            yield Membership(year, count, source)


def _incomplete(keys: str) -> Said:
    return (
        phrase("Cette ligne est incomplète."),
        phrase("Écrivez au moins : {keys}.", keys=keys),
    )


def _frames(
    section: Section, case: str, editions: tuple[str, ...], instruments: tuple[str, ...]
) -> Iterator[DeclaredFrame]:
    parts = tuple(_code_of(part) for part in section.sections("composantes", "components"))
    for line in section.sections("cadres", "frames"):
        size = line.whole("nombre", "count")
        frame = DeclaredFrame(
            case=case,
            component=line.ref("composante", "component", known=parts, required=False),
            edition=line.ref("edition", known=editions, required=False),
            instrument=line.ref("instrument", known=instruments, required=False),
            size=size or 0,
            source=line.text("source"),
        )
        line.warn_of_the_rest()
        if size is None:
            line.refuse("", _incomplete("nombre"))
        elif case:
            yield frame


def _editions(top: Section) -> tuple[Edition, ...]:
    read = [_edition(section) for section in top.sections("editions")]
    return _distinct(top, "editions", read) or (Edition(ONLY_EDITION, Label("")),)


def _edition(section: Section) -> Edition:
    start, end = section.day("debut", "start"), section.day("fin", "end")
    if start and end and end < start:
        section.refuse("fin", _ends_first())
    edition = Edition(section.code("code"), section.label("nom", "name"), start, end)
    section.warn_of_the_rest()
    return edition


def _ends_first() -> Said:
    return (
        phrase("La fin est avant le début."),
        phrase("Échangez ou corrigez les deux dates."),
    )


def _methods(top: Section) -> Iterator[Method]:
    for section in top.sections("methodes", "methods"):
        kind = section.word("genre", "kind", words=words.METHOD_KINDS, default="sondage")
        subject = section.word("sujet", "subject", words=words.SUBJECTS, default="personne")
        name = section.label("nom", "name", required=True)
        yield Method(section.code("code"), name, MethodKind(kind), Subject(subject))
        section.warn_of_the_rest()


def _instruments(top: Section, methods: tuple[str, ...]) -> Iterator[DeclaredInstrument]:
    for section in top.sections("instruments"):
        subject = section.word("sujet", "subject", words=words.SUBJECTS, default="personne")
        yield DeclaredInstrument(
            section.code("code"),
            section.label("nom", "name", required=True),
            section.ref("methode", "method", known=methods),
            Subject(subject),
            section.flag("poids", "weighted"),
        )
        section.warn_of_the_rest()


def _purposes(top: Section) -> Iterator[Purpose]:
    for section in top.sections("finalites", "purposes"):
        role = section.word("role", words=words.ROLES, default="autre")
        yield Purpose(section.code("code"), section.label("nom", "name", required=True), role)
        section.warn_of_the_rest()


def _certificates(top: Section) -> Iterator[Certificate]:
    for section in top.sections("certificats", "certificates"):
        start, end = section.day("du", "start"), section.day("au", "end")
        if start and end and end < start:
            section.refuse("au", _ends_first())
        board = section.text("comite", "board", required=True)
        yield Certificate(board, section.text("numero", "number", required=True), start, end)
        section.warn_of_the_rest()


def _crossings(
    top: Section, editions: tuple[str, ...], instruments: tuple[str, ...]
) -> Iterator[DeclaredCrossing]:
    for section in top.sections("croisements", "crossings"):
        crossing = DeclaredCrossing(
            section.ref("instrument", known=instruments),
            section.ref("edition", known=editions),
            section.code("attribut", "attribute"),
            section.code("question"),
            section,
        )
        section.warn_of_the_rest()
        if all((crossing.instrument, crossing.edition, crossing.attribute, crossing.question)):
            yield crossing


def _breaks(
    top: Section, editions: tuple[str, ...], instruments: tuple[str, ...]
) -> Iterator[DeclaredBreak]:
    for section in top.sections("ruptures", "breaks"):
        instrument = section.ref("instrument", known=instruments)
        question = section.code("question")
        before = section.ref("avant", "before", known=editions)
        after = section.ref("apres", "after", known=editions)
        verdict = Verdict(section.word("verdict", words=words.VERDICTS, default="avec prudence"))
        told = Break(question, before, after, verdict, section.label("pourquoi", "why"))
        section.warn_of_the_rest()
        if before and after and editions.index(before) >= editions.index(after):
            section.refuse("apres", _not_later())
        elif instrument and question and before and after:
            yield DeclaredBreak(instrument, told, section)


def _not_later() -> Said:
    return (
        phrase("L’édition d’après ne vient pas après celle d’avant."),
        phrase("Donnez les éditions dans l’ordre du fichier : avant, puis apres."),
    )


def _address(top: Section) -> str:
    address = top.text("adresse", "address")
    if address and not address.startswith(("https://", "http://")):
        said = (
            phrase("Une adresse commence par https://."),
            phrase("Écrivez par exemple https://croisee.exemple.ca."),
        )
        top.refuse(top.named("adresse", "address"), said)
        return ""
    return address
