"""Invented numbers, addresses and dates in many writings: the generated part of the gold set.

Every figure is invented: telephones end in 555-01xx, which is nobody's; names of sites are
made up. Always the same for the same number asked. Never reported with what people wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from croisee.deidentify.chance import Chance
from croisee.deidentify.gold import CLEAR, GENERATED, GoldDocument, read_gold_text
from croisee.deidentify.gold_carriers import CARRIERS, IDENTIFIERS, hesitated
from croisee.deidentify.gold_numbers import cardinal, said

EACH = 600
"""Instances of each class, for an interval of half a point at 0.995."""
_A_DOCUMENT = 20
_DIGITS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf")
_ENGLISH = ("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DICTATED = {"téléphone", "nas", "ramq", "code-postal", "identifiant", "naissance"}
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
    "tisserandesdelacote", "bras-ouverts-laval", "clubducharbon", "acces-loisirs-nord",
    "lamitaine", "foyer4saisons", "radiodesanses", "atelierdubout", "grandes-marees",
    "lespaspresses", "soupeetcompagnie", "reseau-ancrage",
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
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_FORMS = {
    "dossier": (
        "AA-#####", "##-#####", "#######", "###-##-######-###", "20##-A-####", "AAA ###/##",
        "~##, ##, ##", "~#####", "AAA-A-####", "~A, ###, ##", "A.####.##",
    ),
    "matricule": (
        "AAAA########", "A-#####", "######", "~##, ##, ##", "AA####", "A##-###", "~A, ####",
    ),
    "plaque": ("AAA ###", "A## AAA", "AA #### A", "AAA####", "~A ##, A A A", "~A A A, ###"),
    "permis": ("A####-######-##", "A#### ###### ##", "A############", "~A ####, ######, ##"),
    "entreprise": (
        "11########", "11## ### ###", "######### RR0001", "11-########", "~11 ##, ###, ###",
    ),
    "contrat": (
        "AA-####-##-###", "AAA ######", "20##-AAA-####", "### ### #### #", "A#########",
        "~##, ##, ##", "######", "~A, ### ###",
    ),
    "appareil": (
        "AAAA-##-A-######", "AA #####A", "##:AA:###", "#AA##AA#########", "~A A, ####, A",
    ),
    "compte bancaire": (
        "###-#####-#######", "##### ### #######", "AA######", "AA ### ###",
        "~###, #####, #######",
    ),
}  # fmt: skip
"""Writings of each kind of identifier: A a letter, # a digit, ~ said aloud."""
_POSTAL_FIRST, _POSTAL = "GHJ", "ABCEGHJKLMNPRSTVWXYZ"


def generated(each: int = EACH) -> tuple[GoldDocument, ...]:
    """Return ``each`` marked instances of every class made of digits, signs or streets.

    Each draws its writing, the sentence that carries it, and a hesitation, apart.
    """
    documents = []
    for code in _MAKERS:
        chance = Chance(f"{GENERATED}/{code}")
        lines = [f"P1 : {_sentence(code, chance)}" for _ in range(each)]
        for number, start in enumerate(range(0, each, _A_DOCUMENT), start=1):
            name = f"{code}-{number:03d}"
            turns = read_gold_text(name, "\n".join(lines[start : start + _A_DOCUMENT]))
            documents.append(GoldDocument(name, GENERATED, CLEAR, "produit", turns))
    return tuple(documents)


def _sentence(code: str, chance: Chance) -> str:
    kind = chance.choice(tuple(IDENTIFIERS)) if code == "identifiant" else ""
    carriers = IDENTIFIERS[kind] if kind else CARRIERS[code]
    written = _identifier(chance, kind) if kind else _MAKERS[code](chance)
    if code in _DICTATED:
        written = hesitated(written, chance)
    return chance.choice(carriers).format(f"⟦{code}|{written}⟧")


def _number(chance: Chance, length: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(length))


def _letters(chance: Chance, length: int) -> str:
    return "".join(chance.choice("ABCDEFGHKLMNPRSTV") for _ in range(length))


def _spoken(digits: str, joint: str = " ") -> str:
    return joint.join(_DIGITS[int(digit)] for digit in digits)


def _pair(pair: str) -> str:
    """Return two digits as people say them in a telephone number: « zéro un », « douze »."""
    return cardinal(int(pair)) if pair[0] != "0" else _spoken(pair)


def _grouped(digits: str) -> str:
    """Return three digits as a hundred, « trois cent trente-trois », or as a zero and a pair."""
    if digits[0] == "0":
        return f"zéro {_pair(digits[1:])}"
    return cardinal(int(digits))


def _telephone(chance: Chance) -> str:
    area, last = chance.choice(_AREAS), f"01{_number(chance, 2)}"
    joint = chance.choice(("-", " ", ".", "\u00a0", "", "/"))
    end = f"{_spoken('01')} {_pair(last[2:])}"
    written: tuple[Callable[[], str], ...] = (
        lambda: f"{area}{joint}555{joint}{last}",
        lambda: f"({area}) 555-{last}",
        lambda: f"({area})555-{last}",
        lambda: f"{area} 555-{last}",
        lambda: f"+1 {area} 555 {last}",
        lambda: f"1-{area}-555-{last}",
        lambda: f"1 {chance.choice(('800', '866', '888'))} 555-{last}",
        lambda: f"555-{last}",
        lambda: f"{area} 555-{last}, poste {_number(chance, 3)}",
        lambda: f"{area} 555 {last} #{_number(chance, 2)}",
        lambda: f"{area}-555-{last} ext. {_number(chance, 2)}",
        lambda: f"{_spoken(area)} {_spoken('555')} {_spoken(last)}",
        lambda: f"{_spoken(area, '-')}, {_spoken('555', '-')}, {_spoken(last, '-')}",
        lambda: f"{_spoken(area)}, cinq cent cinquante-cinq, {end}",
        lambda: f"{_grouped(area)}, cinq cent cinquante-cinq, {end}",
        lambda: f"{_grouped(area)} {_spoken('555')} {end}, poste {_pair(_number(chance, 2))}",
        lambda: f"{area}, cinq cinq cinq, {end}",
        lambda: f"{area}, triple cinq, {last}",
        lambda: f"{_english(area)}, {_english('555')}, {_english(last)}",
        lambda: f"{area}, 555, {last[:2]} {last[2:]}",
        lambda: f"{' '.join(area)} {' '.join('555')} {' '.join(last)}",
    )
    return chance.choice(written)()


def _english(digits: str) -> str:
    return " ".join(_ENGLISH[int(digit)] for digit in digits)


def _site(chance: Chance) -> str:
    return f"{chance.choice(_SITES)}.{chance.choice(_ENDS)}"


def _email(chance: Chance) -> str:
    first, last = chance.choice(_FIRST), chance.choice(_LAST)
    joint, site = chance.choice((".", "_", "-", "")), _site(chance)
    user = chance.choice(
        (f"{first}{joint}{last}", f"{first[0]}{last}", f"{first}{_number(chance, 2)}",
         f"{first[0]}.{last}.{_number(chance, 2)}", f"{last}{joint}{first[0]}",
         f"{chance.choice(('info', 'direction', 'coordo'))}{joint}{last}")
    )  # fmt: skip
    bar = chance.choice((" tiret bas ", " underscore ", " barre en bas ", " souligné "))
    aloud = user.replace(".", " point ").replace("-", " tiret ").replace("_", bar)
    site_said = site.replace(".", " point ")
    dotted = user.replace(".", " dot ").replace("-", " dash ").replace("_", " underscore ")
    return chance.choice(
        (
            f"{user}@{site}", f"{user}@{site}", f"{user}@{site}".upper(), f"{user} @ {site}",
            f"{aloud} arobase {site_said}", f"{aloud} a commercial {site_said}",
            f"{aloud} à commercial {site_said}", f"{aloud} arobas {site_said}",
            f"{user} arobas {site}", f"{user}(at){site}", f"{user} [at] {site}",
            f"{dotted} at {site.replace('.', ' dot ')}", f"{aloud} at {site_said}",
            f"{aloud}, arobase, {site_said}", f"{user.title()}@{site}", f"mailto:{user}@{site}",
        )
    )  # fmt: skip


def _address(chance: Chance) -> str:
    number, way = chance.between(1, 9800), chance.choice(_WAYS)
    door = chance.choice(_DOORS).format(chance.between(1, 40))
    street, comma = chance.choice(_STREETS), chance.choice((", ", " "))
    bare = street.removeprefix("des ").removeprefix("du ").removeprefix("de la ")
    return chance.choice(
        (
            f"{number}{comma}{way} {street}{door}", f"{number}{comma}{way} {street}{door}",
            f"{number}{comma}{way} {street}".lower(), f"{number} {bare}{door}",
            f"{number}, {chance.between(2, 60)}e {chance.choice(('Rue', 'Avenue', 'Rang'))}{door}",
            f"{number} {bare} Street", f"{number} {bare} Rd, Apt {chance.between(1, 30)}",
            f"{number}-{chance.between(1, 9)}, {way} {street}",
            f"{number} {chance.choice('ABC')}, {way} {street}", f"{number}½, {way} {street}",
            f"{number} de la rue {bare}", f"{cardinal(number)}, {way} {street}",
            f"{_door_said(number)} {way} {street}{door}",
            f"{chance.choice(('rang', 'chemin'))} {bare}, numéro {number}",
            f"C. P. {chance.between(1, 900)}, succursale {chance.choice('ABC')}",
        )
    )  # fmt: skip


def _door_said(number: int) -> str:
    """Return a door in two pairs, « quatorze vingt-sept », where people would say it so."""
    high, low = divmod(number, 100)
    return f"{cardinal(high)} {_pair(f'{low:02d}')}" if high else cardinal(low)


def _postal(chance: Chance) -> str:
    first = chance.choice(_POSTAL_FIRST) + _number(chance, 1) + chance.choice(_POSTAL)
    last = _number(chance, 1) + chance.choice(_POSTAL) + _number(chance, 1)
    joint = chance.choice((" ", " ", "", "-", "\u00a0"))
    code, apart = f"{first}{joint}{last}", " ".join(first + last)
    spoken = [
        " ".join(_DIGITS[int(c)] if c.isdigit() else c for c in half) for half in (first, last)
    ]
    return chance.choice(
        (code, code, code.lower(), f"{first}, {last}", apart, apart.lower(), " ".join(spoken),
         ", ".join(spoken).lower(), f"{'-'.join(first)}, {'-'.join(last)}")
    )  # fmt: skip


def _sin(chance: Chance) -> str:
    """Return a number that passes Luhn's sum and begins with 0, which is given to nobody."""
    body = f"0{_number(chance, 7)}"
    doubled = (int(d) * (1 + place % 2) for place, d in enumerate(body))
    check = -sum(d - 9 if d > 9 else d for d in doubled) % 10
    digits = f"{body}{check}"
    groups = (digits[:3], digits[3:6], digits[6:])
    pairs = (digits[0], digits[1:3], digits[3:5], digits[5:7], digits[7:])
    return chance.choice(
        (
            " ".join(groups), " ".join(groups), "-".join(groups), digits, ".".join(groups),
            ". ".join(groups), "/".join(groups), " ".join(pairs), ", ".join(groups),
            _spoken(digits), ", ".join(_spoken(group) for group in groups), " ".join(digits),
            ", ".join(_grouped(group) for group in groups),
            ", ".join(f"{_spoken(g[0])} {_pair(g[1:])}" for g in groups),
            " ".join((_spoken(pairs[0]), *map(_pair, pairs[1:]))), _english(digits),
        )
    )  # fmt: skip


def _health(chance: Chance) -> str:
    """Return four letters, a year, a month (50 more for a woman), a day, and two digits."""
    letters = "".join(chance.choice("ABCDEFGHJKLMNPRSTUV") for _ in range(4))
    month = chance.between(1, 12) + chance.choice((0, 50))
    digits = f"{_number(chance, 2)}{month:02d}{chance.between(1, 28):02d}{_number(chance, 2)}"
    pairs = (digits[:2], digits[2:4], digits[4:6], digits[6:])
    return chance.choice(
        (
            f"{letters} {digits[:4]} {digits[4:]}", f"{letters} {digits[:4]} {digits[4:]}",
            f"{letters}{digits}", f"{letters}-{digits[:4]}-{digits[4:]}",
            f"{letters} {digits[:4]} {digits[4:]}".lower(), f"{letters} {digits}",
            f"{' '.join(letters)} {' '.join(pairs)}",
            f"{'-'.join(letters)}, {', '.join(map(_pair, pairs))}",
            f"{', '.join(letters)}, {_spoken(digits)}", f"{'.'.join(letters)}. {' '.join(pairs)}",
            f"{letters}, {', '.join(map(_pair, pairs))}", f"{letters.title()} {' '.join(pairs)}",
            f"{' '.join(letters.lower())} {' '.join(map(_pair, pairs))}",
        )
    )  # fmt: skip


def _handle(chance: Chance) -> str:
    first, last = chance.choice(_FIRST).split(".")[0].replace("-", ""), chance.choice(_LAST)
    two = _number(chance, 2)
    name = chance.choice(
        (f"{first}.{last}", f"{first}_{last}", f"{first}{two}", f"la_{first}",
         f"{first[:3]}{last[:4]}{two}", f"{last}.{first}.qc", f"_{first}_{two}_", f"{first}-{last}")
    )  # fmt: skip
    aloud = name.strip("_").replace(".", " point ").replace("_", " tiret bas ")
    aloud = aloud.replace("-", " tiret ")
    return chance.choice(
        (f"@{name}", f"@{name}", f"@{name}", f"arobase {name}", f"u/{name}", name.strip("_-."),
         f"arobase {aloud}", aloud if aloud != name else f"@{name}", f"{first.title()}#{two}{two}")
    )  # fmt: skip


def _link(chance: Chance) -> str:
    site = _site(chance)
    path = chance.choice(
        (
            "",
            "/inscription",
            "/camp?an=3",
            "/a-propos/equipe",
            f"/s/7f{_number(chance, 3)}",
            f"/20{_number(chance, 2)}#horaire",
            f"/nouvelles/{_number(chance, 4)}",
        )
    )
    dotted = site.replace(".", " point ")
    slashed = path.replace("/", " barre oblique ").replace("-", " tiret ")
    slashed = slashed if slashed.replace(" ", "").isalpha() else ""
    bare = site.split(".")[0]
    return chance.choice(
        (f"https://www.{site}{path}", f"http://{site}{path}", f"www.{site}{path}",
         f"{site}{path}", f"{site}{path}".upper(), f"www point {dotted}{slashed}",
         f"w w w point {dotted}", f"{dotted}{slashed}", f"facebook.com/{bare}",
         f"instagram.com/{bare}_{_number(chance, 2)}", f"https://{bare}.example{path}",
         f"h t t p s deux points barre oblique barre oblique {dotted}",
         f"www dot {site.replace('.', ' dot ')}")
    )  # fmt: skip


def _birth(chance: Chance) -> str:
    year, month, day = chance.between(1928, 2012), chance.between(1, 12), chance.between(2, 28)
    name, short = _MONTHS[month - 1], str(year)[2:]
    aloud = _pair(f"{day:02d}").removeprefix("zéro ")
    return chance.choice(
        (
            f"{day} {name} {year}", f"{day} {name} {year}", f"{year}-{month:02d}-{day:02d}",
            f"{day:02d}/{month:02d}/{year}", f"{day} {name} {short}", f"{day}-{month}-{year}",
            f"{day:02d}.{month:02d}.{short}", f"{name.capitalize()} {day}, {year}",
            f"{aloud} {name} {year}", f"{aloud} {name} {_year_said(year)}",
            f"{aloud} {name} {_pair(short)}", f"{day:02d} {month:02d} {year}",
            f"{day} du {month} de {short}", f"{aloud} du {cardinal(month)} {_year_said(year)}",
            f"{day} {name[:3]}. {year}", f"{day} {name}, en {short}", f"1er {name} {year}",
            f"premier {name} {_pair(short)}", f"{_ENGLISH_MONTHS[month - 1]} {day}th, {year}",
            f"{year}{month:02d}{day:02d}",
        )
    )  # fmt: skip


def _year_said(year: int) -> str:
    if year >= 2000:
        return cardinal(year)
    return f"dix-neuf cent {cardinal(year % 100)}" if year % 3 else cardinal(year)


def _identifier(chance: Chance, kind: str) -> str:
    """Return an invented number as that kind of thing bears, written or, after a ~, said."""
    form = chance.choice(_FORMS[kind])
    filled = re.sub("#", lambda _: _number(chance, 1), form)
    filled = re.sub("A", lambda _: _letters(chance, 1), filled)
    if not form.startswith("~"):
        return filled
    return ", ".join(said(group, chance) for group in filled[1:].split(", "))


_MAKERS: dict[str, Callable[[Chance], str]] = {
    "téléphone": _telephone, "courriel": _email, "adresse": _address, "code-postal": _postal,
    "nas": _sin, "ramq": _health, "compte": _handle, "lien": _link, "naissance": _birth,
    "identifiant": lambda chance: _identifier(chance, "dossier"),
}  # fmt: skip
