"""What ``croisee opinion`` prints and writes; see :mod:`croisee.run.opinion`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from croisee.formats import write_csv
from croisee.formats.polis import write_polis
from croisee.language import Language, Phrase, phrase, phrases
from croisee.opinion import (
    FEWEST_PEOPLE,
    FEWEST_VOTES,
    HOLDS,
    SMALLEST,
    Groups,
    Share,
    characteristic,
    consensus,
    dividing,
    opposing,
    polis_score,
)
from croisee.run.opinion import (
    Conversation,
    OpinionRefused,
    Opinions,
    figures,
    opinions,
    people_told,
    read_conversation,
    rows_of,
)
from croisee.text import typeset

STATEMENTS, PEOPLE, TELLING = "affirmations.csv", "personnes.csv", "caracteristiques.csv"
_MANY_VOTES = 200_000
"""From which groups take more than a second or two."""
_FEW = 5
_LETTERS = 110
_WEAK = 0.5
"""Mean silhouette under which groups are parts of one cloud (Kaufman and Rousseeuw 1990)."""
_COLUMNS = ("votes", "accord", "accord_de", "accord_a", "desaccord", "desaccord_de", "desaccord_a")


_OF_TELLING = ("groupe", "affirmation", "sens", "groupe_n", "groupe_votes", "autres_n",
               "autres_votes", "ecart_de", "ecart_a", "polis_repness", "polis_z")  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpinionAsked:
    """Where to write: tables, and a Polis export; whether to print every statement.

    ``frame``: how many people could have voted; 0 where it is not known.
    """

    out: Path | None = None
    polis: Path | None = None
    all: bool = False
    frame: int = 0


def opinion_lines(path: Path, language: Language, asked: OpinionAsked) -> Iterator[str]:
    """Yield what ``croisee opinion`` prints, and write what is asked.

    Raises:
        OpinionRefused: nothing to count, or what would be written is there already.
    """
    for place in (asked.out, asked.polis):
        if place is not None and place.exists() and (place.is_file() or any(place.iterdir())):
            raise OpinionRefused(
                phrase("Choisissez un nom nouveau : {file} existe.", file=str(place))
            )
    conversation = read_conversation(path)
    say = _sayer(language)
    yield from map(say, (*conversation.notices, *_read_told(conversation)))
    if len(conversation.votes.values) > _MANY_VOTES:
        yield say(phrase("Groupes cherchés, puis éprouvés cent fois…"))
    found = opinions(conversation.votes, asked.frame)
    most = len(found.whole) if asked.all else _FEW
    yield say(_intervals_told(asked.frame))
    for part in (
        _shared_told(found, conversation, most),
        _dividing_told(found, conversation, most),
        _groups_told(found, conversation, most, language),
    ):
        yield ""
        yield from map(say, part)
    if asked.out is not None:
        asked.out.mkdir(parents=True, exist_ok=True)
        _write(found, conversation, asked.out)
        yield ""
        yield say(phrase("Tableaux écrits : {folder}", folder=str(asked.out)))
    if asked.polis is not None:
        write_polis(conversation.whole, asked.polis)
        yield say(phrase("Export de Polis écrit : {folder}", folder=str(asked.polis)))


def _sayer(language: Language) -> Callable[[Phrase], str]:
    return lambda sentence: typeset(sentence.to(language), language, medium="text")


def _read_told(conversation: Conversation) -> Iterator[Phrase]:
    votes = conversation.votes
    yield phrase(
        "{title} : {people}, {statements}, {votes}.",
        title=conversation.title,
        people=people_told(len(votes.people)),
        statements=phrases(
            "{n} affirmation",
            "{n} affirmations",
            len(votes.statements),
            n=figures(len(votes.statements)),
        ),
        votes=_votes(len(votes.values)),
    )
    if votes.changed:
        yield phrases(
            "{n} vote remplacé par un plus récent de la même personne.",
            "{n} votes remplacés par un plus récent de la même personne.",
            votes.changed,
            n=figures(votes.changed),
        )
    if conversation.moderated:
        yield phrases(
            "{n} affirmation refusée à la modération, laissée de côté.",
            "{n} affirmations refusées à la modération, laissées de côté.",
            conversation.moderated,
            n=figures(conversation.moderated),
        )
    yield phrase(
        "Pour l’équipe seulement : ces nombres ne passent pas par les règles de divulgation."
    )


def _intervals_told(frame: int) -> Phrase:
    if frame:
        return phrase(
            "« de … à … » : intervalle exact à 95 % pour les {frame} personnes du cadre, comme si "
            "qui a voté en était tiré au hasard ; les groupes n’en tiennent pas compte. Il ne dit "
            "rien de qui se tait.",
            frame=figures(frame),
        )
    return phrase(
        "« de … à … » : intervalle à 95 % (Wilson), parmi qui a voté ; il ne dit rien de qui se "
        "tait. Si vous savez combien de personnes pouvaient voter, dites-le : --frame 80."
    )


def _shared_told(found: Opinions, conversation: Conversation, most: int) -> Iterator[Phrase]:
    agreed = consensus(found.whole, found.inside)
    yield (
        phrase("Ce qu’une majorité de chaque groupe partage (borne basse au-dessus de 50 %) :")
        if found.groups
        else phrase("Ce qu’une majorité partage (borne basse au-dessus de 50 %) :")
    )
    known = {tally.statement: tally for tally in found.whole}
    for one in agreed[:most]:
        tally = known[one.statement]
        yield _line(
            tally.statement, conversation, one.direction,
            tally.agree if one.direction > 0 else tally.disagree,
        )  # fmt: skip
    yield from _rest(len(agreed), most)


def _dividing_told(found: Opinions, conversation: Conversation, most: int) -> Iterator[Phrase]:
    divides = dividing(found.whole)
    yield phrase("Ce qui divise (au moins un quart d’accord, au moins un quart en désaccord) :")
    for tally in divides[:most]:
        yield phrase(
            "  d’accord {agree} %, en désaccord {disagree} % ({votes})  {text}",
            agree=_percent(tally.agree.value),
            disagree=_percent(tally.disagree.value),
            votes=_votes(tally.voters),
            text=_text(tally.statement, conversation),
        )
    yield from _rest(len(divides), most)


def _groups_told(
    found: Opinions, conversation: Conversation, most: int, language: Language
) -> Iterator[Phrase]:
    away = len(conversation.votes.people) - found.placed
    if found.placed < FEWEST_PEOPLE:
        yield phrase(
            "Groupes : aucun. Il faut {fewest} personnes qui aient voté au moins {votes} fois ; il "
            "y en a {placed}. À moins, chacun saurait qui est dans quel groupe.",
            fewest=FEWEST_PEOPLE, votes=min(FEWEST_VOTES, len(found.whole)), placed=found.placed,
        )  # fmt: skip
        return
    yield phrases(
        "Groupes : {n} personne placée ; {away} ont trop peu voté pour l’être.",
        "Groupes : {n} personnes placées ; {away} ont trop peu voté pour l’être.",
        found.placed, n=figures(found.placed), away=figures(away),
    )  # fmt: skip
    if found.groups is None or found.trial is None:
        yield _no_groups(found)
        return
    yield from _how_sure(found.groups, found, language)
    for group in range(found.groups.many):
        yield from _group_told(found, found.groups, group, conversation, most)
    against = opposing(found.inside)
    yield phrase("Là où une majorité d’un groupe dit oui, et d’un autre non :")
    for place in against[:most]:
        yield phrase(
            "  oui {agree}, non {disagree}  {text}",
            agree=", ".join(map(_letter, place.agree)),
            disagree=", ".join(map(_letter, place.disagree)),
            text=_text(place.statement, conversation),
        )
    yield from _rest(len(against), most)


def _group_told(
    found: Opinions, groups: Groups, group: int, conversation: Conversation, most: int
) -> Iterator[Phrase]:
    assert found.trial is not None
    yield phrase(
        "  Groupe {letter} : {people} ; se retrouve à {alike} % quand les personnes sont "
        "tirées de nouveau{sure}.",
        letter=_letter(group),
        people=people_told(len(groups.members(group))),
        alike=_percent(found.trial.alike[group]),
        sure="" if found.trial.alike[group] >= HOLDS else phrase(" : fragile"),
    )
    told = characteristic(found.inside[group], found.outside[group])
    for one in told[:most]:
        yield phrase(
            "    {way} {inside} %, les autres {outside} %  {text}",
            way=_way(one.direction),
            inside=_percent(one.inside.value),
            outside=_percent(one.outside.value),
            text=_text(one.statement, conversation),
        )
    if not told:
        yield phrase("    rien ne le distingue sûrement des autres")


def _no_groups(found: Opinions) -> Phrase:
    if found.trial is None:
        return phrase("  Aucun partage n’a que des groupes de {n} personnes et plus.", n=SMALLEST)
    if not found.trial.linked:
        return phrase(
            "  Pas de groupes : les votes ne vont pas ensemble plus que le hasard ne le ferait."
        )
    return phrase(
        "  Pas de groupes : ceux qu’on trouve changent quand les personnes sont tirées de nouveau."
    )


def _how_sure(groups: Groups, found: Opinions, language: Language) -> Iterator[Phrase]:
    assert found.trial is not None
    first, second = groups.landscape.explained
    yield phrase(
        "  Les deux axes portent {first} % et {second} % des différences ; sans lien entre les "
        "affirmations, le premier en porterait {chance} % au plus.",
        first=_percent(first), second=_percent(second), chance=_percent(found.trial.shuffled),
    )  # fmt: skip
    mean = groups.partitions[groups.kept].silhouette
    if mean < _WEAK:
        yield phrase(
            "  Les groupes se touchent (silhouette {mean}) : ils coupent un ensemble continu, et "
            "une personne du bord pourrait être de l’autre.",
            mean=f"{mean:.2f}".replace(".", "," if language == "fr" else "."),
        )
    if groups.kept:
        yield phrase(
            "  Un partage en {many} séparait un peu mieux, mais ne tenait pas.",
            many=groups.partitions[0].many,
        )


def _line(statement: str, conversation: Conversation, way: int, part: Share) -> Phrase:
    return phrase(
        "  {way} {value} % (de {low} à {high}, {votes})  {text}",
        way=_way(way),
        value=_percent(part.value),
        low=_percent(part.low),
        high=_percent(part.high),
        votes=_votes(part.of),
        text=_text(statement, conversation),
    )


def _rest(many: int, most: int) -> Iterator[Phrase]:
    if not many:
        yield phrase("  rien")
    elif many > most:
        more = many - most
        yield phrases("  et {n} autre (--all)", "  et {n} autres (--all)", more, n=figures(more))


def _way(direction: int) -> Phrase:
    return phrase("d’accord") if direction > 0 else phrase("en désaccord")


def _votes(many: int) -> Phrase:
    return phrases("{n} vote", "{n} votes", many, n=figures(many))


def _percent(value: float) -> int:
    return round(100 * value)


def _letter(group: int) -> str:
    return "ABCDEFGHIJ"[group]


def _text(statement: str, conversation: Conversation) -> str:
    words = " ".join(conversation.texts[statement].split())
    short = words if len(words) <= _LETTERS else words[: _LETTERS - 1].rsplit(" ", 1)[0] + "…"
    return short if statement == conversation.texts[statement] else f"[{statement}] {short}"


def _write(found: Opinions, conversation: Conversation, folder: Path) -> None:
    many = found.groups.many if found.groups else 0
    header: Sequence[str] = (
        "affirmation", "texte", *_COLUMNS,
        *(f"{_letter(group)}_{name}" for group in range(many) for name in _COLUMNS),
    )  # fmt: skip
    write_csv(folder / STATEMENTS, header, rows_of(found, conversation))
    if found.groups is None:
        return
    write_csv(folder / TELLING, _OF_TELLING, _telling(found))
    ground = found.groups.landscape
    write_csv(
        folder / PEOPLE,
        ("participant", "groupe", "axe_1", "axe_2"),
        (
            (
                conversation.votes.people[place],
                _letter(group),
                *(f"{axis:.3f}".replace(".", ",") for axis in point),
            )
            for place, group, point in zip(
                ground.placed.tolist(), found.groups.labels.tolist(), ground.points, strict=True
            )
        ),
    )


def _telling(found: Opinions) -> Iterator[tuple[object, ...]]:
    """Yield what tells each group from the others, with Polis's score beside."""
    for group, (inside, outside) in enumerate(zip(found.inside, found.outside, strict=True)):
        for one in characteristic(inside, outside):
            score = polis_score(one.inside, one.outside)
            numbers = (100 * one.low, 100 * one.high, score.repness, score.repness_z)
            yield (
                _letter(group),
                one.statement,
                "accord" if one.direction > 0 else "desaccord",
                one.inside.count,
                one.inside.of,
                one.outside.count,
                one.outside.of,
                *(f"{number:.2f}".replace(".", ",") for number in numbers),
            )
