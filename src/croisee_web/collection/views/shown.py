"""A page of a form as its template shows it: fields, options, hints, what is not right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from croisee.language import Language
from croisee.questionnaire.filling import Filling
from croisee.questionnaire.form import Kind
from croisee.questionnaire.sheet import Place
from croisee.questionnaire.values import number
from croisee_web.collection.rules.pages import Page, PageKind, is_read, lasting, most_asked
from croisee_web.collection.rules.posted import PART, Sent, Wrong, grouped, left_of

MANY = 15
"""Options beyond which a list is shown closed."""
_MANY_STEPS = 11
_INPUTS = {
    Kind.INTEGER: ("text", "numeric"),
    Kind.DECIMAL: ("text", "decimal"),
    Kind.RANGE: ("text", "decimal"),
    Kind.DATE: ("date", ""),
    Kind.TIME: ("time", ""),
    Kind.DATETIME: ("datetime-local", ""),
    Kind.PLACE: ("text", ""),
    Kind.BARCODE: ("text", ""),
    Kind.TEXT: ("text", ""),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose; ``rank`` is what it was given in a ranking."""

    code: str
    label: str
    id: str
    chosen: bool = False
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a page. ``widget`` says which part of the template shows it."""

    name: str
    id: str
    widget: str
    label: str
    hint: str
    value: str
    options: tuple[Option, ...]
    wrong: str
    required: bool
    kind: str = "text"
    mode: str = ""
    accept: str = ""

    @property
    def at(self) -> str:
        """Return the mark that a summary leads to: the first thing to touch."""
        return self.options[0].id if self.options else self.id

    @property
    def described(self) -> str:
        """Return the marks of what says more of it."""
        told = (f"{self.id}e" if self.wrong else "", f"{self.id}d" if self.hint else "")
        return " ".join(one for one in told if one)

    @property
    def grouped(self) -> bool:
        """Return whether several things answer one question."""
        return self.widget in {"choice", "rank"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A page. ``title`` is its heading; ``alone``: one question, whose label is the heading."""

    key: str
    kind: str
    rank: int
    of: int
    title: str
    hint: str
    fields: tuple[Field, ...]
    wrong: bool
    skippable: bool
    left: str = ""
    total: str = ""
    whole: str = ""
    """The total, as a number is written for a script."""
    times: tuple[tuple[str, str], ...] = ()
    context: str = ""
    """The groups it is in, and which time of a repeat."""
    at_most: bool = False
    """Whether ``of`` is the most that may be asked: what a consent leads to is not known yet."""

    @property
    def alone(self) -> bool:
        """Return whether the heading is the label of the only question."""
        return len(self.fields) == 1 and not self.fields[0].label

    @property
    def summary(self) -> tuple[tuple[str, str], ...]:
        """Return what is not right, and the mark of what to touch."""
        return tuple((field.at, field.wrong) for field in self.fields if field.wrong)

    @property
    def needed(self) -> bool:
        """Return whether the page cannot be passed: a question of it must be answered."""
        return any(field.required for field in self.fields)

    @property
    def part(self) -> int:
        """Return how far this page is, out of a hundred."""
        return round(100 * self.rank / max(self.of, 1))

    @property
    def has_files(self) -> bool:
        """Return whether the page sends files."""
        return any(field.widget == "file" for field in self.fields)


def shown(
    page: Page,
    filling: Filling,
    place: tuple[int, int],
    *,
    wrong: Sequence[Wrong] = (),
    sent: Sent | None = None,
    total: Decimal | None = None,
) -> Shown:
    """Return a page as its template shows it. ``place``: (rank, of how many).

    ``sent``: what was typed and is not right, to be shown again as it was.
    """
    told = {one.address: one.text for one in wrong}
    asked = {one.address for one in filling.asked_places()}
    places = [one for one in page.places if one.address in asked]
    fields = [
        _field(one, filling, f"q{rank}", told.get(one.address, ""), sent)
        for rank, one in enumerate(places)
    ]
    title = filling.label(page.group.address).strip() if page.group else ""
    hint = filling.say(page.group.node.hint, page.group.element) if page.group else ""
    if len(fields) == 1 and not title:
        title = fields[0].label or places[0].node.name
        fields[0] = replace(fields[0], label="")
    if page.kind is PageKind.AGAIN:
        title = filling.label(page.times[0].address).strip()
    required = any(field.required for field in fields)
    of = _of(page, filling, place[1])
    return Shown(
        key=page.key,
        kind=page.kind.value,
        rank=place[0],
        of=of,
        at_most=of > place[1],
        title=title or (fields[0].label if fields else ""),
        hint=hint,
        fields=tuple(fields),
        wrong=bool(wrong),
        skippable=bool(page.asks) and not required,
        left=grouped(left_of(page, filling, total)) if total is not None else "",
        total=grouped(total) if total is not None else "",
        whole=f"{total:f}" if total is not None else "",
        times=_times(page, filling),
        context=_context(page, filling),
    )


def _of(page: Page, filling: Filling, known: int) -> int:
    """Return of how many pages this one is: before a consent, the most that may follow it."""
    if page.kind is not PageKind.CONSENT:
        return known
    return max(known, most_asked(filling.sheet.prepared.form.nodes))


def answer_text(place: Place, filling: Filling, language: Language) -> str:
    """Return an answer as it is read again, "" where there is none."""
    value = filling.value(place.address).strip()
    if not value:
        return ""
    kind = place.node.kind
    if kind in {Kind.SINGLE, Kind.MULTIPLE, Kind.RANKING}:
        labels = dict(filling.choices(place.address))
        codes = [value] if kind is Kind.SINGLE else value.split()
        said = [labels.get(code, code) for code in codes]
        if kind is Kind.RANKING:
            return "\n".join(f"{rank}. {one}" for rank, one in enumerate(said, 1))
        return ", ".join(said)
    if kind is Kind.TRIGGER:
        return _("Oui")
    if kind is Kind.FILE:
        return _("Un fichier est joint.")
    return _typed_back(kind, value, language)


def _field(place: Place, filling: Filling, mark: str, wrong: str, sent: Sent | None) -> Field:
    node, kind = place.node, place.node.kind
    typed_in, mode = _INPUTS.get(kind, ("text", ""))
    options = _options(place, filling, mark, sent)
    if options:
        typed_in = "checkbox" if kind is Kind.MULTIPLE else "radio"
    return Field(
        name=lasting(filling, place.address),
        id=mark,
        widget=_widget(place, options),
        label=filling.label(place.address).strip(),
        hint=filling.say(node.hint, place.element) or _own_hint(place, options),
        value=_value(place, filling, sent),
        options=options,
        wrong=wrong,
        required=node.required is not None and filling.holds(node.required, place.element),
        kind=typed_in,
        mode=mode,
        accept=dict(node.parameters).get("mediatype", ""),
    )


def _widget(place: Place, options: Sequence[Option]) -> str:
    kind, looks = place.node.kind, place.node.appearance
    closed = kind is Kind.SINGLE and (len(options) > MANY or "minimal" in looks)
    whether = (
        ("read", is_read(place)),
        ("rank", kind is Kind.RANKING),
        ("list", closed),
        ("choice", bool(options)),
        (kind.value, kind in {Kind.FILE, Kind.TRIGGER}),
        ("long", kind is Kind.TEXT and "multiline" in looks),
    )
    return next((widget for widget, so in whether if so), "input")


def _options(place: Place, filling: Filling, mark: str, sent: Sent | None) -> tuple[Option, ...]:
    kind = place.node.kind
    value = filling.value(place.address).strip()
    chosen = [value] if kind in {Kind.SINGLE, Kind.RANGE} else value.split()
    if sent is not None and kind is not Kind.RANKING:
        chosen = list(sent.get(lasting(filling, place.address), ()))
    given = filling.choices(place.address) if kind is not Kind.RANGE else _steps(place)
    return tuple(
        Option(
            code,
            label,
            f"{mark}o{rank}",
            code in chosen,
            _rank(f"{lasting(filling, place.address)}{PART}{code}", code, chosen, sent)
            if kind is Kind.RANKING
            else "",
        )
        for rank, (code, label) in enumerate(given)
    )


def _rank(name: str, code: str, chosen: Sequence[str], sent: Sent | None) -> str:
    if sent is not None:
        return next(iter(sent.get(name, ())), "")
    return str(chosen.index(code) + 1) if code in chosen else ""


def _steps(place: Place) -> list[tuple[str, str]]:
    """Return the numbers of a short scale, as answers to choose; none when there are many."""
    known = dict(place.node.parameters)
    low, high = number(known.get("start", "")), number(known.get("end", ""))
    step = number(known.get("step", "1"))
    if not (step > 0 and high > low and (high - low) / step < _MANY_STEPS):
        return []
    codes = [f"{low + turn * step:g}" for turn in range(int((high - low) / step) + 1)]
    return [(code, code) for code in codes]


def _own_hint(place: Place, options: Sequence[Option]) -> str:
    kind = place.node.kind
    if kind is Kind.MULTIPLE:
        return _("Vous pouvez en choisir plusieurs.")
    if kind is Kind.RANKING:
        return _("Donnez 1 à ce qui compte le plus. Chaque rang sert une fois.")
    if kind is Kind.SINGLE and options:
        return _("Choisissez une seule réponse.")
    if kind is Kind.RANGE and not options:
        known = dict(place.node.parameters)
        return _("De %(low)s à %(high)s.") % {
            "low": known.get("start", ""),
            "high": known.get("end", ""),
        }
    if kind is Kind.PLACE:
        return _("Latitude, puis longitude : par exemple 45.50 -73.57.")
    return ""


def _value(place: Place, filling: Filling, sent: Sent | None) -> str:
    if sent is not None and place.node.kind is not Kind.FILE:
        return next(iter(sent.get(lasting(filling, place.address), ())), "")
    return filling.value(place.address)


def _typed_back(kind: Kind, value: str, language: Language) -> str:
    if kind in {Kind.DECIMAL, Kind.RANGE} and language == "fr":
        return value.replace(".", ",")
    if kind is Kind.TIME:
        return value[:5]
    if kind is Kind.DATETIME:
        return value[:16].replace("T", " ")
    return value


def _times(page: Page, filling: Filling) -> tuple[tuple[str, str], ...]:
    """Return the place and the name of each time of a repeat: its first answer names it."""
    if page.kind is not PageKind.AGAIN:
        return ()
    answers: Mapping[str, str] = filling.values()
    found = []
    for rank, one in enumerate(page.times, 1):
        inside = (
            place for place in filling.asked_places()
            if place.address.startswith(f"{one.address}/") and place.address in answers
            and place.node.kind is Kind.TEXT
        )  # fmt: skip
        first = next(inside, None)
        said = answers[first.address] if first else ""
        found.append((one.address, f"{rank}. {said}" if said else f"{rank}"))
    return tuple(found)


def _context(page: Page, filling: Filling) -> str:
    """Return the names of what a page is in, outer first, with the number of a repeat's time."""
    told, own = [], page.group.element if page.group else None
    inside = page.times[0].element.getparent() if page.times else None
    element = page.places[0].element if page.places else inside
    chain = [] if element is None else [element, *element.iterancestors()]
    known = {one.element: one for one in filling.sheet.places}
    for one in reversed(chain[0 if page.times else 1 :]):
        place = known.get(one)
        label = filling.label(place.address).strip() if place and one is not own else ""
        if place and label:
            turn = (
                place.address.rpartition("[")[2].rstrip("]") if place.address.endswith("]") else ""
            )
            told.append(f"{label} ({turn})" if turn and place.node.kind is Kind.REPEAT else label)
    return " – ".join(told)
