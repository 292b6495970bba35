"""Who somebody is by what is said around a trade or a person: a rank, a look, what they did.

« La première interprète judiciaire en atikamekw », « le marguillier au toupet », « la femme qui
a parlé au pape », « notre concierge de nuit ». A trade alone, « le médecin », is nobody. Words
are in ``lists/postes.txt``; a word in « -eur », « -ière » that is no thing is a trade too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from croisee.deidentify.gazetteer import word_sets
from croisee.deidentify.ordinary import leads_a_country
from croisee.deidentify.patterns import Found
from croisee.deidentify.stream import MARK, NUMBER, Token, stream

_LISTS = word_sets("postes.txt")
_FINITE = word_sets("oreille.txt")["verbe"] - {"passe", "garde", "cuisine", "passait"}
_KNOWN = _LISTS["poste"] | _LISTS["metier"] | _LISTS["agent"]
_PEOPLE = frozenset({
    "homme", "femme", "gars", "fille", "dame", "madame", "monsieur", "bonhomme", "garcon",
    "vieux", "vieille", "mere", "pere", "famille", "jeune", "soeur", "frere", "veuve", "veuf",
})  # fmt: skip
_AGENT = re.compile(
    r"(?:[^\W\d_]{3,}(?:eur|euse|trice|ier|iere|eresse)|[^\W\d_]{4,}(?:iste|logue))"
)
_THINGS = _LISTS["objet"]
_RANKS = frozenset({
    "seul", "seule", "unique", "premier", "premiere", "dernier", "derniere", "ancien",
    "ancienne", "ex",
})  # fmt: skip
TRAITS = "|".join(sorted(_KNOWN | _PEOPLE | _RANKS | {"celui", "celle", "noel", "voix"}))
TRAITS += "|grande?|petite?|gros(?:se)?"
"""The folded words, as a pattern, without which nobody is said by a trait."""
_DEFINITE = frozenset({"la", "le", "l'", "l’", "notre", "votre", "leur", "the"})
_LEADS = frozenset({
    "de", "du", "des", "d'", "d’", "a", "au", "aux", "en", "qui", "que", "qu'", "qu’", "chez",
    "dans", "sur", "entre", "elu", "elue", "nomme", "nommee", "avec",
})  # fmt: skip
_BEFORE = frozenset({
    "ancien", "ancienne", "nouveau", "nouvelle", "nouvel", "actuel", "actuelle", "futur",
    "future", "petit", "petite", "grand", "grande", "vieux", "vieille", "jeune",
})  # fmt: skip
_SIZES = frozenset({"grand", "grande", "petit", "petite", "gros", "grosse"})
_LOOKS = frozenset({
    "mince", "maigre", "blond", "blonde", "roux", "rousse", "chauve", "barbu", "barbue", "brun",
    "brune", "frise", "frisee", "tatoue", "tatouee", "sec", "seche", "moustachu", "gris",
})  # fmt: skip
_ON_AIR = frozenset({"midi", "matin", "soir", "retour", "samedi", "dimanche", "hockey", "poste"})
_MANY = frozenset({
    "chauffeur", "chauffeuse", "medecin", "docteur", "docteure", "infirmier", "infirmiere",
    "cuisinier", "cuisiniere", "facteur", "factrice", "barman", "barmaid", "postier", "postiere",
    "conducteur", "conductrice", "camionneur", "camionneuse", "moniteur", "monitrice",
    "dentiste", "pharmacien", "pharmacienne", "instituteur", "institutrice", "journaliste",
})  # fmt: skip
"""Trades that several people have in one place, unless somebody is said to be that one."""
_PUNCTUATION = frozenset(",.?!;:…»«")
_IS = frozenset({"est", "suis", "etais", "etait", "devenu", "devenue"})
_VAGUE = frozenset({
    "projet", "groupe", "monde", "temps", "jour", "moment", "dossier", "changement", "cours",
    "meme", "autres", "autre", "gens", "personnes", "femmes", "hommes", "jeunes", "mon", "ma",
    "leur", "leurs", "son", "sa", "ses", "mes", "cette", "ce", "ces", "tout", "tous", "toute",
})  # fmt: skip
_DOES = _LISTS["fait"] | frozenset({
    "parle", "parlait", "faisait", "tenait", "conduisait", "jouait", "chantait", "gardait",
    "soigne", "soignait", "ramassait", "distribuait", "elevait", "portait", "porte",
})  # fmt: skip
_COMMON_DEEDS = frozenset({
    "dit", "fait", "repondu", "appele", "demande", "ete", "eu", "pu", "voulu", "su", "du",
    "pose", "explique", "raconte", "envoye", "donne", "montre", "aide", "besoin", "mal", "peur",
    "raison", "tort", "hate", "faim", "droit", "acces", "pas", "decide", "commence", "fini",
})  # fmt: skip
_ARTICLES = frozenset({
    "la", "le", "les", "l'", "l’", "un", "une", "des", "du", "au", "aux", "deux", "trois", "de",
})  # fmt: skip
_STOP = frozenset({
    "et", "pis", "puis", "mais", "ou", "quand", "parce", "est", "a", "ont", "avait", "etait",
    "m'", "m’", "nous", "vous", "il", "elle", "on", "je", "j'", "j’", "ils", "elles", "y",
    "c'", "c’", "s'", "s’", "me", "se", "te", "donc", "alors", "va", "vient", "dit", "tu",
    "ne", "n'", "n’", "pas", "si", "ca", "comme", "qui", "que", "qu'", "qu’", "sera", "serait",
})  # fmt: skip
_NOBODY = frozenset({
    "ministre", "personne", "monde", "republique", "fois", "candidat", "candidate", "depute",
    "deputee", "juge", "procureur", "conseiller", "conseillere", "senateur", "parlement", "etat",
    "etats", "gouvernement", "nation", "parti", "europe", "pays", "pouvoir", "peuple",
    "interlocuteur", "responsabilite", "lieu", "ordre",
    "electeur", "consommateur", "exportateur", "importateur",
    "constructeur", "employeur", "fournisseur", "acteur", "actrice", "contributeur", "producteur",
})  # fmt: skip
_PRONOUNS = frozenset({
    "m'", "m’", "t'", "t’", "s'", "s’", "me", "te", "se", "nous", "vous", "l'", "l’", "lui",
    "leur", "n'", "n’", "ne", "y", "en",
})  # fmt: skip
_NATION = re.compile(
    r"(?!francai|quebeco|canadi|humain|urbain|quotidien)[^\W\d_]{3,}"
    r"(?:ais|aise|ois|oise|ien|ienne|ain|aine|ite|ote|ole)"
)
_WORDS = "[une personne à ce poste]"
_MOST_BETWEEN, _LONGEST, _FAR = 3, 12, 5
_BRIEF = 6
_SHORTEST_CLAUSE, _FEW, _AFTER_NOUN = 3, 2, 2
_CLAUSE_STOP = (_STOP | _FINITE) - {"a"}
_ADJECTIVE = re.compile(
    r"[^\W\d_]{2,}(?:al|ale|ique|if|ive|aire|ien|ienne|ais|aise|ois|oise|ain|aine|el|elle|e|ee"
    r"|u|ue|eux|euse)"
)


def traits(text: str) -> Iterator[Found]:
    """Yield who is said by a trade with a rank, a look, a moment, or by what they did."""
    tokens = stream(text)
    for place, token in enumerate(tokens):
        span = None
        if token.key in _RANKS:
            span = _ranked(tokens, place)
        elif token.key in {"celui", "celle"}:
            span = _with_a_look(tokens, place, place)
        elif _is_person(token.key):
            start = _lead(text, tokens, place)
            span = _told(tokens, place, start) if start is not None else None
        elif token.key == "voix" and _is_on_air(tokens, place):
            span = (place - 1, place + 2)
        elif token.key == "noel" and place > 1 and tokens[place - 1].key == "pere":
            span = _of_something(tokens, place, place - 1, "noel", rare=False)
        elif token.key in _SIZES:
            span = _described(tokens, place)
        if span:
            end = _form_end(tokens, span[1])
            yield Found(tokens[span[0]].start, tokens[end].end, "rôle", _WORDS)


def _is_on_air(tokens: Sequence[Token], place: int) -> bool:
    """Whether somebody is known by when the radio has their voice: « la voix du midi »."""
    near = [token.key for token in tokens[max(0, place - 1) : place + 3]]
    return near[:1] == ["la"] and near[2:3] == ["du"] and near[3:4] != [] and near[3] in _ON_AIR


def _form_end(tokens: Sequence[Token], place: int) -> int:
    """Return the last token of a word in an inclusive form: « directeur·trice », « agent(e) »."""
    while (
        place + 2 < len(tokens)
        and tokens[place + 1].kind == MARK
        and tokens[place + 1].key not in _PUNCTUATION
        and tokens[place + 1].start == tokens[place].end
        and tokens[place + 2].start == tokens[place + 1].end
    ):
        place += 2
        closed = place + 1 < len(tokens) and tokens[place + 1].key == ")"
        place += closed and tokens[place + 1].start == tokens[place].end
    return place


def _described(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return somebody called by how they look: « le grand mince », « la petite rousse »."""
    if not place or tokens[place - 1].key not in {"le", "la"} or place + 1 >= len(tokens):
        return None
    look = tokens[place + 1].key in _LOOKS
    alone = (
        place + 2 >= len(tokens)
        or tokens[place + 2].kind == MARK
        or (tokens[place + 2].key in {"qui", "y", "a", "est", "là"})
    )
    return (place - 1, place + 1) if look and alone else None


def _is_person(key: str) -> bool:
    return key in _PEOPLE or is_trade(key)


@lru_cache(maxsize=65536)
def is_trade(key: str) -> bool:
    """Whether a word says what somebody does: one of the lists, or by its end."""
    if key in _THINGS or key in _NOBODY:
        return False
    return key in _KNOWN or _AGENT.fullmatch(key) is not None


def _ranked(tokens: Sequence[Token], place: int) -> tuple[int, int] | None:
    """Return « la première interprète judiciaire en atikamekw », « l’ancien lutteur de … »."""
    before = tokens[place - 1].key if place else ""
    if before not in _DEFINITE and before not in {"mon", "ma", "son", "sa"}:
        return None
    who = 0
    for ahead in range(place + 1, min(place + 2 + _MOST_BETWEEN, len(tokens))):
        key = tokens[ahead].key
        if key in {"-", "‑"}:
            continue
        if tokens[ahead].kind == MARK or key in _STOP or key in _LEADS or key in _NOBODY:
            break
        if _is_person(key) or (_NATION.fullmatch(key) and key not in _THINGS):
            who = ahead
    if not who:
        return None
    end = who
    while end + 1 < len(tokens) and end - who < _MOST_BETWEEN and _is_quality(tokens, end + 1):
        end += 1
    if end + 1 >= len(tokens) or tokens[end + 1].key not in _LEADS:
        return None
    return place - 1, clause_end(tokens, end + 1)


def _is_quality(tokens: Sequence[Token], place: int) -> bool:
    """Whether a word may be an adjective: « judiciaire », « masqué »."""
    token = tokens[place]
    plain = token.kind not in {MARK, NUMBER} and token.key not in _STOP | _LEADS | _ARTICLES
    return plain and _ADJECTIVE.fullmatch(token.key) is not None


def _lead(text: str, tokens: Sequence[Token], place: int) -> int | None:
    """Return where a definite person begins: its article, or the word after « Name, »."""
    first = place
    while first and tokens[first - 1].key in _BEFORE:
        first -= 1
    if not first:
        return None
    if tokens[first - 1].key in _DEFINITE:
        return first - 1
    named = first > 1 and tokens[first - 1].key == "," and text[tokens[first - 2].start].isupper()
    copula = tokens[first - 1].key in _IS
    return first if (named or copula) and is_trade(tokens[place].key) else None


def _told(tokens: Sequence[Token], place: int, start: int) -> tuple[int, int] | None:
    """Return a person by a look, a moment, a quality or a deed: « le concierge de nuit »."""
    trade = tokens[place].key
    place = _form_end(tokens, place)
    span = _with_a_look(tokens, place, start) or _with_a_deed(tokens, place, start)
    if span or not is_trade(trade):
        return span
    after = [token.key for token in tokens[place + 1 : place + 5]]
    if after[:1] and (after[0] in _LISTS["trait"] or after[:2] == ["en", "chef"]):
        return start, place + (2 if after[0] == "en" else 1)
    if after[:1] == ["de"] and after[1:2] and after[1] in _LISTS["moment"]:
        return start, place + 2
    said = next((n for n, key in enumerate(after[:4]) if key in _LISTS["trait"]), None)
    if after[:1] == ["de"] and said == _AFTER_NOUN:
        return start, place + 1 + said
    foreign = bool(after) and _NATION.fullmatch(after[0]) and after[0] not in _THINGS | _KNOWN
    if foreign and tokens[start].key in _DEFINITE:
        return start, place + 1
    rare = trade not in _LISTS["poste"] | _LISTS["metier"]
    return _of_something(tokens, place, start, trade, rare=rare)


def _of_something(
    tokens: Sequence[Token], place: int, start: int, trade: str, *, rare: bool
) -> tuple[int, int] | None:
    """Return « l’entraîneur du bantam », « la doyenne des bénévoles », « la sonneuse »."""
    link = place + 1
    while link < len(tokens) and link - place < _MOST_BETWEEN and _is_quality(tokens, link):
        link += 1
    after = [token.key for token in tokens[link : link + 3]]
    if len(after) < _FEW or after[0] not in {"du", "des", "de", "d'", "d’"}:
        return None
    definite = after[0] in {"du", "des"} or after[1] in {"la", "l'", "l’", "notre"}
    listed = trade in (_KNOWN - _LISTS["metier"]) or trade == "noel"
    said = start > 0 and tokens[start - 1].key in _IS and tokens[start].key in _DEFINITE
    if not said and (trade in _MANY or not (listed or trade in _KNOWN)):
        return None
    vague = set(after[:3]) & (_NOBODY | _VAGUE) or leads_a_country([trade, *after])
    if vague or not (definite and (rare or listed)):
        bare = rare and trade in _LISTS["agent"] and tokens[start].key in _DEFINITE
        if not bare or set(after[:3]) & _NOBODY:
            return None
    return start, clause_end(tokens, link, _BRIEF)


def _with_a_look(tokens: Sequence[Token], place: int, start: int) -> tuple[int, int] | None:
    """Return « le marguillier au toupet », « celui avec le nœud papillon »."""
    after = [token.key for token in tokens[place + 1 : place + 1 + _FAR]]
    if not after or after[0] not in {"a", "au", "aux", "avec", "en"}:
        return None
    said = [n for n, key in enumerate(after) if key in _LISTS["attribut"]]
    if not said or set(after[: said[0]]) & (_STOP - {"a"}):
        return None
    last = place + 1 + said[-1]
    if last + 2 < len(tokens) and tokens[last + 1].key in {"de", "d'", "d’", "en"}:
        return start, last + 2
    return start, last + (last + 1 < len(tokens) and _is_quality(tokens, last + 1))


def _with_a_deed(tokens: Sequence[Token], place: int, start: int) -> tuple[int, int] | None:
    """Return « la femme qui a parlé au pape », « la vétérinaire qui soigne les lamas »."""
    after = [token.key for token in tokens[place + 1 : place + 6]]
    if len(after) < _SHORTEST_CLAUSE + 1 or after[0] != "qui":
        return None
    if after[1] in {"a", "avait"}:
        done = after[2] not in _COMMON_DEEDS | _PRONOUNS and after[3] in _ARTICLES
        done = done or (after[2] == "ete" and len(after) > _FAR - 1 and is_trade(after[3]))
    else:
        done = after[1] in _DOES and after[2] in _ARTICLES
    return (start, clause_end(tokens, place + 1)) if done else None


def clause_end(tokens: Sequence[Token], first: int, longest: int = _LONGEST) -> int:
    """Return the last token of what follows: to a mark or to what opens another clause."""
    last, verb = first, tokens[first].key in {"qui", "que", "qu'", "qu’"}
    for place in range(first + 1, min(first + longest, len(tokens))):
        key = tokens[place].key
        hyphen = key in {"-", "‑", "’", "'"}
        ends = not verb and (key in _CLAUSE_STOP or (key == "a" and place > first + 1))
        if (tokens[place].kind == MARK and not hyphen) or ends:
            break
        last = place
    while last > first and tokens[last].key in _LEADS | _ARTICLES:
        last -= 1
    return last
