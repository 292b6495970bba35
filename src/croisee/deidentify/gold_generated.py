"""Invented numbers, addresses and dates in many writings: the generated part of the gold set.

Every figure is invented: telephones end in 555-01xx, which is nobody's; names of sites are
made up. Always the same for the same number asked. Never reported with what people wrote.
"""

from __future__ import annotations

from collections.abc import Callable

from croisee.deidentify.chance import Chance
from croisee.deidentify.gold import CLEAR, GENERATED, GoldDocument, read_gold_text

EACH = 600
"""Instances of each class, for an interval of half a point at 0.995."""
_A_DOCUMENT = 20
_DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_TENS = {10: "dix", 11: "onze", 12: "douze", 13: "treize", 14: "quatorze", 15: "quinze",
         16: "seize", 20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante",
         60: "soixante"}  # fmt: skip
_AREAS = ("418", "581", "367", "514", "438", "450", "579", "819", "873", "263", "354", "613")
_FIRST = (
    "ginette", "rosaire", "yvan", "huguette", "kim", "wilner", "nadia", "farah", "pierre-luc",
    "marie-eve", "jean.guy", "odette", "maude", "isabelle", "claude", "gabriel", "melissa",
    "jonathan", "lisette", "sylvianne", "luc", "josiane", "ghyslain", "vincent",
)  # fmt: skip
_LAST = (
    "bolduc", "theriault", "castonguay", "pelletier", "benkhaled", "roy", "tessier", "trottier",
    "beauregard", "huard", "lapierre", "desruisseaux", "fontaine", "poulin", "charron",
    "nguyen", "jean-baptiste", "wabanonik", "lavoie", "cote",
)  # fmt: skip
_SITES = (
    "carrefourdumontlilas", "centredelentraidebleue", "maisondesrives", "tabledelabaie",
    "lesmurmures", "ressourceriedutournant", "jeunesseduplateau", "cuisineduvieuxmoulin",
    "femmesdularge", "popotedeslacs", "repitdelaclairiere", "videocommunautairedurang",
)  # fmt: skip
_ENDS = ("org", "ca", "qc.ca", "quebec", "com", "coop")
_WAYS = ("rue", "avenue", "boulevard", "chemin", "rang", "montée", "côte", "place", "rte", "boul.",
         "av.", "ch.", "ruelle", "croissant", "impasse")  # fmt: skip
_STREETS = ("Saint-Laurent", "des Érables", "Sainte-Famille", "du Lac-à-l’Épaule", "Principale",
            "Louis-Joseph-Papineau", "de l’Église", "Notre-Dame Est", "du Moulin", "Marie-Rollet",
            "des Pionniers Ouest", "Saint-Pierre", "du Bord-de-l’Eau", "Wilfrid-Pelletier",
            "de la Montagne", "Rose-de-Lima", "King Ouest", "Main", "des Quatre-Vents")  # fmt: skip
_DOORS = ("", "", "", ", app. {}", ", bureau {}", " app {}", ", local {}", " #{}", ", porte {}")
_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_POSTAL_FIRST, _POSTAL = "GHJ", "ABCEGHJKLMNPRSTVWXYZ"

_CARRIERS: dict[str, tuple[str, ...]] = {
    "téléphone": (
        "Vous pouvez m’appeler au {}, je réponds le soir.",
        "Mon cell, c’est {}.",
        "Rappelle-moi donc au {} quand t’auras deux minutes.",
        "{}, c’est le numéro du bureau.",
        "J’ai laissé un message au {} pis personne a rappelé.",
        "Le fax est encore le {}, imagine.",
        "Écris ça quelque part : {}.",
        "Call me back at {}, pas avant dix heures.",
        "C’est-tu encore le {} ou ben y ont changé ?",
        "Texte-moi au {}, c’est plus simple.",
    ),
    "courriel": (
        "Envoyez-moi ça à {}, je vais l’imprimer.",
        "Mon courriel, c’est {}.",
        "J’ai écrit à {} trois fois.",
        "Mets {} en copie, s’il te plaît.",
        "{}, tout attaché, pas d’accent.",
        "C’est {} depuis qu’on a changé de serveur.",
        "Le lien Zoom est parti à {}, va voir dans tes pourriels.",
        "You can reach me at {}.",
    ),
    "adresse": (
        "On est au {}, en haut de l’escalier.",
        "Venez au {}, y a du stationnement en arrière.",
        "J’ai déménagé au {} en plein hiver.",
        "La livraison, c’est pour le {}.",
        "Elle reste au {}, la porte bleue.",
        "Le local du {} coûtait trop cher.",
        "Envoie le chèque au {}.",
        "{}, c’est là que ça se passe.",
    ),
    "code-postal": (
        "Mon code postal, c’est {}.",
        "Le GPS trouve pas, mets {}.",
        "{}, pis le reste suit.",
        "On couvre tout le secteur {}.",
        "Pour l’infolettre, j’ai mis {}.",
        "Ça finit par {}, à la campagne.",
    ),
    "nas": (
        "Mon numéro d’assurance sociale, c’est {}.",
        "Y m’ont demandé mon NAS : {}.",
        "J’ai dit {} au téléphone, devant tout le monde.",
        "Pour le relevé, j’ai mis {}.",
        "C’est écrit {} sur le vieux papier.",
        "Le sien commence pas pareil, le mien c’est {}.",
    ),
    "ramq": (
        "Ma carte-soleil, c’est {}.",
        "Pour le vaccin, j’ai donné {}.",
        "Le dossier est au {}.",
        "Numéro d’assurance maladie : {}, ça expire bientôt.",
        "J’ai lu {} à la dame.",
        "Elle a tapé {} de travers deux fois.",
    ),
    "compte": (
        "Suivez-nous, c’est {}.",
        "Sur Insta, je suis {}.",
        "Le jeune m’a écrit de {}.",
        "{}, c’est elle qui fait les vidéos.",
        "Tague {} dans la story.",
        "J’ai bloqué {}, ça suffisait.",
    ),
    "lien": (
        "Tout est sur {}, dans le bas de la page.",
        "Le formulaire, c’est {}.",
        "Allez voir {} pour vous inscrire.",
        "J’ai mis la vidéo là : {}",
        "{} marche pus.",
        "On a payé {} pour cinq ans.",
    ),
    "naissance": (
        "Je suis née le {}, à la maison.",
        "Lui, y est né le {}.",
        "Date de naissance : {}.",
        "Ma fête, c’est le {}, pis je m’en cache pas.",
        "Né en pleine tempête, le {}.",
        "Elle est venue au monde le {}.",
        "I was born on {}, in the kitchen.",
    ),
    "identifiant": (
        "Mon numéro de dossier, c’est {}.",
        "Le matricule {} est à moi.",
        "Demande le {}.",
        "Y m’ont répondu que {} existait pas.",
        "La plaque, c’était {}.",
        "Le code permanent de ma fille : {}.",
        "Le NEQ de l’organisme est le {}.",
    ),
}
"""Sentences to carry each class; ``{}`` is where it goes."""


def generated(each: int = EACH) -> tuple[GoldDocument, ...]:
    """Return ``each`` marked instances of every class made of digits, signs or streets."""
    documents = []
    for code, carriers in _CARRIERS.items():
        chance = Chance(f"{GENERATED}/{code}")
        make = _MAKERS[code]
        lines = [
            f"P1 : {chance.choice(carriers).format(f'⟦{code}|{make(chance)}⟧')}"
            for _ in range(each)
        ]
        for number, start in enumerate(range(0, each, _A_DOCUMENT), start=1):
            name = f"{code}-{number:03d}"
            turns = read_gold_text(name, "\n".join(lines[start : start + _A_DOCUMENT]))
            documents.append(GoldDocument(name, GENERATED, CLEAR, "produit", turns))
    return tuple(documents)


def _number(chance: Chance, length: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(length))


def _spoken(digits: str, joint: str = " ") -> str:
    return joint.join(_DIGITS[int(digit)] for digit in digits)


def _pair(pair: str) -> str:
    """Return two digits as people say them in a telephone number: « zéro un », « douze »."""
    value = int(pair)
    if value in _TENS and value:
        return _TENS[value]
    tens, ones = divmod(value, 10)
    if tens in {2, 3, 4, 5, 6}:
        return f"{_TENS[tens * 10]}{' et un' if ones == 1 else '-' + _DIGITS[ones]}"
    return _spoken(pair)


def _telephone(chance: Chance) -> str:
    area, last = chance.choice(_AREAS), f"01{_number(chance, 2)}"
    joints = ("-", " ", ".", "\u00a0", "")
    joint = chance.choice(joints)
    written: tuple[Callable[[], str], ...] = (
        lambda: f"{area}{joint}555{joint}{last}",
        lambda: f"({area}) 555-{last}",
        lambda: f"{area} 555-{last}",
        lambda: f"+1 {area} 555 {last}",
        lambda: f"1-{area}-555-{last}",
        lambda: f"555-{last}",
        lambda: f"{area} 555-{last}, poste {_number(chance, 3)}",
        lambda: f"{area}-555-{last} ext. {_number(chance, 2)}",
        lambda: f"{_spoken(area)} {_spoken('555')} {_spoken(last)}",
        lambda: f"{_spoken(area, '-')}, {_spoken('555', '-')}, {_spoken(last, '-')}",
        lambda: f"{_spoken(area)}, cinq cent cinquante-cinq, {_pair('01')} {_pair(last[2:])}",
        lambda: f"{area}, 555, {last[:2]} {last[2:]}",
    )
    return chance.choice(written)()


def _site(chance: Chance) -> str:
    return f"{chance.choice(_SITES)}.{chance.choice(_ENDS)}"


def _email(chance: Chance) -> str:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    joint, site = chance.choice((".", "_", "-", "")), _site(chance)
    user = chance.choice(
        (f"{first}{joint}{last}", f"{first[0]}{last}", f"{first}{_number(chance, 2)}")
    )
    said = user.replace(".", " point ").replace("-", " tiret ").replace("_", " tiret bas ")
    site_said = site.replace(".", " point ")
    return chance.choice(
        (
            f"{user}@{site}", f"{user}@{site}", f"{user}@{site}".upper(), f"{user} @ {site}",
            f"{said} arobase {site_said}", f"{said} a commercial {site_said}",
            f"{user} arobas {site}", f"{user}(at){site}", f"{said} at {site_said}",
        )
    )  # fmt: skip


def _address(chance: Chance) -> str:
    number, way = str(chance.between(1, 9800)), chance.choice(_WAYS)
    door = chance.choice(_DOORS).format(chance.between(1, 40))
    street, comma = chance.choice(_STREETS), chance.choice((", ", " "))
    return chance.choice(
        (
            f"{number}{comma}{way} {street}{door}", f"{number}{comma}{way} {street}{door}",
            f"{number}{comma}{way} {street}".lower(),
            f"{number}, {chance.between(2, 60)}e {chance.choice(('Rue', 'Avenue', 'Rang'))}{door}",
            f"{number} {street} Street", f"{number}-{chance.between(1, 9)}, {way} {street}",
        )
    )  # fmt: skip


def _postal(chance: Chance) -> str:
    first = chance.choice(_POSTAL_FIRST) + _number(chance, 1) + chance.choice(_POSTAL)
    last = _number(chance, 1) + chance.choice(_POSTAL) + _number(chance, 1)
    joint = chance.choice((" ", " ", "", "-", "\u00a0"))
    code = f"{first}{joint}{last}"
    return chance.choice((code, code, code.lower(), f"{first}, {last}", " ".join(first + last)))


def _sin(chance: Chance) -> str:
    """Return a number that passes Luhn's sum and begins with 0, which is given to nobody."""
    body = f"0{_number(chance, 7)}"
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(body))
    check = -sum(d - 9 if d > 9 else d for d in doubled) % 10
    digits = f"{body}{check}"
    groups = (digits[:3], digits[3:6], digits[6:])
    return chance.choice(
        (
            " ".join(groups), " ".join(groups), "-".join(groups), digits, ".".join(groups),
            _spoken(digits), ", ".join(_spoken(group) for group in groups), " ".join(digits),
        )
    )  # fmt: skip


def _health(chance: Chance) -> str:
    """Return four letters, a year, a month (50 more for a woman), a day, and two digits."""
    letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTUV") for _ in range(4))
    month = chance.between(1, 12) + chance.choice((0, 50))
    digits = f"{_number(chance, 2)}{month:02d}{chance.between(1, 28):02d}{_number(chance, 2)}"
    return chance.choice(
        (
            f"{letters} {digits[:4]} {digits[4:]}", f"{letters} {digits[:4]} {digits[4:]}",
            f"{letters}{digits}", f"{letters}-{digits[:4]}-{digits[4:]}",
            f"{letters} {digits[:4]} {digits[4:]}".lower(), f"{letters} {digits}",
            f"{' '.join(letters)} {digits[:2]} {digits[2:4]} {digits[4:6]} {digits[6:]}",
        )
    )  # fmt: skip


def _handle(chance: Chance) -> str:
    first, last = chance.choice(_FIRST).split(".")[0].replace("-", ""), chance.choice(_LAST)
    name = chance.choice(
        (f"{first}.{last}", f"{first}_{last}", f"{first}{_number(chance, 2)}", f"la_{first}")
    )
    return chance.choice((f"@{name}", f"@{name}", f"@{name}", f"arobase {name}", f"u/{name}"))


def _link(chance: Chance) -> str:
    site, path = (
        _site(chance),
        chance.choice(("", "/inscription", "/camp?an=3", "/a-propos/equipe")),
    )
    spoken = f"www point {site.replace('.', ' point ')}"
    return chance.choice(
        (f"https://www.{site}{path}", f"http://{site}{path}", f"www.{site}{path}",
         f"{site}{path}", spoken, f"facebook.com/{site.split('.')[0]}")
    )  # fmt: skip


def _birth(chance: Chance) -> str:
    year, month, day = chance.between(1928, 2012), chance.between(1, 12), chance.between(2, 28)
    name = _MONTHS[month - 1]
    return chance.choice(
        (
            f"{day} {name} {year}", f"{day} {name} {year}", f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}/{month:02d}/{year}", f"{day} {name} {str(year)[2:]}",
            f"{day}-{month}-{year}",
            f"{name.capitalize()} {day}, {year}", f"{_pair(f'{day:02d}')} {name} {year}",
            f"{day:02d} {month:02d} {year}",
        )
    )  # fmt: skip


def _identifier(chance: Chance) -> str:
    letters = "".join(chance.choice("ABCDEFGHKLMNPRSTV") for _ in range(4))
    return chance.choice(
        (
            f"{letters}{_number(chance, 8)}", f"{letters[:2]}-{_number(chance, 5)}",
            f"11{_number(chance, 8)}", f"{_number(chance, 2)}-{_number(chance, 5)}",
            f"{letters[:3]} {_number(chance, 3)}",
            f"20{_number(chance, 2)}-{letters[0]}-{_number(chance, 4)}",
            f"{letters[0]}{_number(chance, 2)} {letters[1:]}", _number(chance, 7),
        )
    )  # fmt: skip


_MAKERS: dict[str, Callable[[Chance], str]] = {
    "téléphone": _telephone, "courriel": _email, "adresse": _address, "code-postal": _postal,
    "nas": _sin, "ramq": _health, "compte": _handle, "lien": _link, "naissance": _birth,
    "identifiant": _identifier,
}  # fmt: skip
