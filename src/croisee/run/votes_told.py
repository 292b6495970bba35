"""What ``croisee votes`` prints and writes; see :mod:`croisee.run.votes`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from croisee.focusgroup import Moved, by_theme, mean_split, moved, proportional_budget
from croisee.formats import Election, write_csv, write_preflib
from croisee.language import Language, Phrase, phrase, phrases
from croisee.run.votes import Choice, Counted, VotesRefused, counted, read_choices, read_tables
from croisee.study import Study
from croisee.text import typeset

HEADER = (
    "choix",
    "theme",
    "edition",
    "cas",
    "methode",
    "objet",
    "place",
    "valeur",
    "gagne",
    "sans",
)
NAMES = {
    "borda": phrase("Borda"),
    "condorcet": phrase("Condorcet (bat chaque autre)"),
    "schulze": phrase("Schulze"),
    "kemeny": phrase("Kemeny"),
    "tours": phrase("tours successifs"),
    "approbation": phrase("approbation (premières places)"),
    "parts-egales": phrase("parts égales"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: options of equal shares, two rounds to compare, where to write."""

    choose: int = 3
    before: str = ""
    after: str = ""
    out: Path | None = None
    preflib: Path | None = None


def votes_lines(path: Path, language: Language, asked: Asked) -> Iterator[str]:
    """Yield what ``croisee votes`` prints, and write what is asked.

    Raises:
        VotesRefused: nothing to count; no such themes; what would be written is there already.
        StudyRefused: the folder must be corrected first.
    """
    _check(asked)
    choices, notices = read_choices(path)
    if not choices:
        raise VotesRefused(phrase("Aucun ordre de priorité dans ce dossier : remplissez rangs."))
    changes = list(_moved_told(choices, asked, language)) if asked.before else []
    say = _sayer(language)
    yield from map(say, notices)
    yield say(
        phrase("Pour l’équipe seulement : points, duels et tours ne passent pas par les règles "
               "de divulgation.")
    )  # fmt: skip
    found = [(choice, counted(choice, asked.choose)) for choice in choices]
    for choice, result in found:
        yield ""
        yield from map(say, _choice_told(choice, result, asked.choose))
    if changes:
        yield ""
        yield from map(say, changes)
    if path.is_dir():
        yield from map(say, _budgets_told(*read_tables(path)))
    for written in _written(found, asked):
        yield say(written)


def _check(asked: Asked) -> None:
    if bool(asked.before) != bool(asked.after):
        raise VotesRefused(phrase("Donnez les deux thèmes : --before et --after."))
    if asked.choose < 1:
        raise VotesRefused(phrase("--choose est un nombre d’objets, 1 ou plus."))
    for place in (asked.out, asked.preflib):
        if place is not None and place.exists() and (place.is_file() or any(place.iterdir())):
            raise VotesRefused(
                phrase("Choisissez un nom nouveau : {file} existe.", file=str(place))
            )


def _sayer(language: Language) -> Callable[[Phrase], str]:
    return lambda sentence: typeset(sentence.to(language), language, medium="text")


def _choice_told(choice: Choice, result: Counted, choose: int) -> Iterator[Phrase]:
    notes = choice.notes
    people = sum(one.weight for one in choice.ballots)
    yield phrase(
        "{name} : {people}, {ballots} (avec égalités {tied}, incomplets {partial}, rangs sautés "
        "{gaps}).",
        name=choice.name,
        people=phrases("{n} personne", "{n} personnes", people),
        ballots=phrases("{n} bulletin", "{n} bulletins", notes.ballots),
        tied=notes.tied,
        partial=notes.partial,
        gaps=notes.gaps,
    )
    for method, name in NAMES.items():
        order = phrase("aucun") if method == "condorcet" and not result.winners[method] else None
        told = order or _ordered(method, result, choose)
        yield phrase("  {method} : {order}", method=name, order=told)
        if groups := result.without[method]:
            yield phrase("    un autre résultat sans {groups}", groups=", ".join(groups))
    possible = result.runoff.possible
    if possible is None:
        yield phrase(
            "    des égalités ont décidé des tours ; il y en a trop pour toutes les suivre"
        )
    elif set(possible) != set(result.runoff.winners):
        yield phrase(
            "    des égalités ont décidé des tours ; autrement : {options}",
            options=", ".join(possible),
        )
    winners = {frozenset(result.winners[m]) for m in ("borda", "schulze", "kemeny", "tours")}
    agreed = len(winners) == 1
    yield (
        phrase("  Borda, Schulze, Kemeny et les tours ont le même premier.")
        if agreed
        else phrase("  Les méthodes ne s’accordent pas : dire laquelle est retenue, et pourquoi.")
    )


def _ordered(method: str, result: Counted, choose: int) -> Phrase | str:
    if method == "condorcet":
        return ", ".join(result.winners[method])
    if method == "kemeny" and result.kemeny.many > 1:
        return phrase(
            "{many} ordres également bons ; premier : {options}",
            many=result.kemeny.many,
            options=_or(result.winners[method]),
        )
    if method == "parts-egales":
        chosen = result.winners[method]
        return ", ".join(chosen[:choose])
    order = _levels(result.orders[method])
    if method == "kemeny" and not result.kemeny.exact:
        return phrase(
            "{order} (non prouvé : au plus {far} % de désaccords de trop)",
            order=order,
            far=f"{100 * (result.kemeny.distance / result.kemeny.at_least - 1):.1f}"
            if result.kemeny.at_least
            else "?",
        )
    return order


def _or(options: Sequence[str]) -> str:
    return " = ".join(options)


def _levels(lines: Sequence[tuple[str, int, str]]) -> str:
    levels: dict[int, list[str]] = {}
    for option, place, _ in lines:
        levels.setdefault(place, []).append(option)
    return " > ".join(_or(levels[place]) for place in sorted(levels))


def _moved_told(choices: Sequence[Choice], asked: Asked, language: Language) -> Iterator[Phrase]:
    """Say what changed between two themes, case by case."""
    rounds = [
        {choice.case: choice for choice in choices if choice.theme == theme}
        for theme in (asked.before, asked.after)
    ]
    cases = [case for case in rounds[0] if case in rounds[1]]
    if not cases:
        known = ", ".join(dict.fromkeys(choice.theme for choice in choices if choice.theme))
        raise VotesRefused(
            phrase("Pas deux tours à comparer sous ces thèmes. Il y a : {themes}.", themes=known)
        )
    yield phrase("De {before} à {after} :", before=asked.before, after=asked.after)
    for case in cases:
        was, now = rounds[0][case], rounds[1][case]
        found = moved(was.options, was.people, now.people)
        yield phrase(
            "  {case} : {changed} sur {people} ont changé d’ordre, {first} de premier choix ; "
            "écart entre deux personnes : {before}, puis {after} (0 : même ordre, 1 : l’inverse).",
            case=case,
            changed=found.changed,
            people=phrases("{n} personne", "{n} personnes", found.people),
            first=_first_changed(found),
            before=_number(found.apart[0], language),
            after=_number(found.apart[1], language),
        )


def _first_changed(found: Moved) -> int:
    return sum(n for was, now, n in found.first if was != now)


def _number(value: Fraction | None, language: Language) -> str:
    if value is None:
        return "—"
    text = f"{float(value):.2f}"
    return text.replace(".", ",") if language == "fr" else text


def _budgets_told(study: Study, tables: Mapping[str, Any]) -> Iterator[Phrase]:
    """Say the sum that each objective gets when each person decides of an equal part."""
    for theme, _, cases in by_theme(study, tables["allocations"].to_pylist(), "budget"):
        total = theme.total
        if total is None or not theme.step or total % theme.step:
            continue
        for case, edition, rows in cases:
            options = tuple(option.code for option in theme.options)
            splits: dict[str, dict[str, Decimal]] = {}
            for row in rows:
                splits.setdefault(row["participant"], {})[row["option"]] = row["amount"]
            means = mean_split(options, list(splits.values()))
            given, tied = proportional_budget(
                dict(zip(options, means, strict=True)), total, theme.step
            )
            name = ".".join(part for part in (theme.code, edition, case) if part)
            amounts = ", ".join(
                f"{option} {given[option].normalize():f}" for option in options if given
            )
            yield phrase("{name}, budget proportionnel : {amounts}", name=name, amounts=amounts)
            if tied:
                yield phrase("    à égalité pour un pas : {options}", options=_or(tied))


def _written(found: Sequence[tuple[Choice, Counted]], asked: Asked) -> Iterator[Phrase]:
    if asked.out is not None:
        write_csv(asked.out, HEADER, _rows(found))
        yield phrase("Résultats écrits : {file}", file=str(asked.out))
    if asked.preflib is not None:
        asked.preflib.mkdir(parents=True, exist_ok=True)
        for choice, _ in found:
            election = _election(choice)
            path = asked.preflib / f"{choice.name}.{election.kind}"
            path.write_text(write_preflib(election), encoding="utf-8")
            yield phrase("Bulletins écrits : {file}", file=str(path))


def _rows(found: Sequence[tuple[Choice, Counted]]) -> Iterator[Sequence[object]]:
    for choice, result in found:
        start = choice.name, choice.theme, choice.edition, choice.case
        for method in NAMES:
            lines = result.orders.get(method) or [(o, 1, "") for o in result.winners[method]]
            without = "|".join(result.without[method])
            for option, place, value in lines:
                won = "oui" if option in result.winners[method] else ""
                shown = value.replace(".", ",")
                yield (*start, method, option, place or "", shown, won, without)


def _election(choice: Choice) -> Election:
    """Return the ballots of a choice as PrefLib keeps them: who held them is lost."""
    number = {option: place for place, option in enumerate(choice.options, 1)}
    orders: dict[tuple[tuple[int, ...], ...], int] = {}
    for one in choice.ballots:
        levels = tuple(tuple(sorted(number[o] for o in tied if o in number)) for tied in one.order)
        orders[levels] = orders.get(levels, 0) + one.weight
    held = sorted(((many, levels) for levels, many in orders.items()), reverse=True)
    return Election(choice.name, choice.options, tuple(held))
