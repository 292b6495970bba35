"""Sentences that carry an invented number: who announces it, how, and what stands beside it.

Some announce the class, some say nothing of it, some hold another number that identifies
nobody (a price, an hour, a bus): those must stay in sight. ``{}`` is where the mark goes.
"""

from __future__ import annotations

from croisee.deidentify.chance import Chance

CARRIERS: dict[str, tuple[str, ...]] = {
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
        "On se rejoint comment ? {}.",
        "Y a un afficheur, ça dit {}, je sais pas c’est qui.",
        "Le numéro qu’y m’a laissé, {}, ça sonne dans le beurre.",
        "Après 21 h 30, fais le {}, ça m’a coûté 45 $ la dernière fois.",
        "La ligne d’écoute ? {}. Y étaient 12 au début, y sont 3.",
        "You can leave a voicemail at {}, I check it on Mondays.",
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
        "Réponds pas à l’ancien, prends {}.",
        "L’adresse que ma nièce m’a faite, c’est {}, j’y vais jamais.",
        "Les 18 factures, envoie-les à {} avant 16 h.",
        "Je l’épelle pas deux fois : {}.",
        "{} ? Ça rebondit.",
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
        "Y ont évacué le {} pendant la nuit.",
        "Votre adresse ? {}.",
        "Le taxi attendait au {}, compteur à 32,50 $.",
        "C’est marqué {} sur la boîte à malle, mais c’est pas nous autres.",
        "We moved to {} after the fire.",
        "Prends la 55, débarque, pis cherche le {}.",
    ),
    "code-postal": (
        "Mon code postal, c’est {}.",
        "Le GPS trouve pas, mets {}.",
        "{}, pis le reste suit.",
        "On couvre tout le secteur {}.",
        "Pour l’infolettre, j’ai mis {}.",
        "Ça finit par {}, à la campagne.",
        "Le code ? {}.",
        "Y livrent pas à {}, y disent que c’est trop loin, 80 km.",
        "Postal code is {}.",
        "Au guichet, la fille a crié {} devant tout le monde.",
    ),
    "nas": (
        "Mon numéro d’assurance sociale, c’est {}.",
        "Y m’ont demandé mon NAS : {}.",
        "J’ai dit {} au téléphone, devant tout le monde.",
        "Pour le relevé, j’ai mis {}.",
        "C’est écrit {} sur le vieux papier.",
        "Le sien commence pas pareil, le mien c’est {}.",
        "Assurance sociale ? {}.",
        "Le propriétaire a noté {} sur sa main.",
        "Celui de mon défunt, {}, est encore dans le système.",
        "My SIN is {}, don’t write it on the envelope.",
        "Y voulait 300 $ pis mon numéro, {}.",
        "{}. C’est les neuf chiffres que je sais par cœur.",
    ),
    "ramq": (
        "Ma carte-soleil, c’est {}.",
        "Pour le vaccin, j’ai donné {}.",
        "Le dossier est au {}.",
        "Numéro d’assurance maladie : {}, ça expire bientôt.",
        "J’ai lu {} à la dame.",
        "Elle a tapé {} de travers deux fois.",
        "La carte de la petite, {}, est restée chez son père.",
        "Votre carte ? {}.",
        "Sur le bracelet, c’était marqué {}.",
        "RAMQ, c’est {}, je l’ai pas sur moi.",
        "Le 911 m’a demandé {}, comme si j’avais juste ça à faire.",
        "The health card number, it’s {}.",
    ),
    "compte": (
        "Suivez-nous, c’est {}.",
        "Sur Insta, je suis {}.",
        "Le jeune m’a écrit de {}.",
        "{}, c’est elle qui fait les vidéos.",
        "Tague {} dans la story.",
        "J’ai bloqué {}, ça suffisait.",
        "Mon nom d’utilisatrice, c’est {}.",
        "Pour entrer dans le portail, tape {}.",
        "L’identifiant du poste 4, c’est {}, mets-le pas sur un Post-it.",
        "Y se fait appeler {} dans les jeux.",
        "Add me, I’m {}.",
        "La page a 1 200 abonnés, cherche {}.",
    ),
    "lien": (
        "Tout est sur {}, dans le bas de la page.",
        "Le formulaire, c’est {}.",
        "Allez voir {} pour vous inscrire.",
        "J’ai mis la vidéo là : {}",
        "{} marche pus.",
        "On a payé {} pour cinq ans.",
        "Clique sur {}, ça prend 2 minutes.",
        "Le site, attends… {}, je pense.",
        "Dans le bulletin, y ont écrit {} avec une faute.",
        "Go to {}, c’est en français pareil.",
        "Les photos du party sont encore à {}, faudrait les ôter.",
    ),
    "naissance": (
        "Je suis née le {}, à la maison.",
        "Lui, y est né le {}.",
        "Date de naissance : {}.",
        "Ma fête, c’est le {}, pis je m’en cache pas.",
        "Né en pleine tempête, le {}.",
        "Elle est venue au monde le {}.",
        "I was born on {}, in the kitchen.",
        "Votre date de naissance ? Le {}.",
        "Le bébé est arrivé le {}, 7 livres et 4 onces.",
        "Sur le baptistaire, ça dit {}.",
        "J’ai le même anniversaire que ma sœur, {}.",
        "Le docteur a écrit {} pour la naissance du petit.",
    ),
}
"""Sentences to carry each class, but identifiers, which are announced by their kind."""

IDENTIFIERS: dict[str, tuple[str, ...]] = {
    "dossier": (
        "Mon numéro de dossier, c’est {}.",
        "Demande le {}.",
        "Y m’ont répondu que {} existait pas.",
        "La cour a mis ça sous le {}.",
        "On a ouvert {} y a 3 ans, pis rien.",
    ),
    "matricule": (
        "Le matricule {} est à moi.",
        "Mon numéro d’employée est le {}.",
        "Mon badge, c’est {}, y ouvre même pas la porte.",
        "Le code permanent de ma fille : {}.",
    ),
    "plaque": (
        "La plaque, c’était {}.",
        "Une Mazda grise, plaquée {}.",
        "Y a noté {} pendant que je reculais.",
        "License plate ? {}.",
    ),
    "permis": (
        "Mon permis de conduire, c’est {}.",
        "Y m’a demandé mon permis : {}.",
        "Le numéro en bas de la carte, {}, c’est le permis.",
    ),
    "entreprise": (
        "Le NEQ de l’organisme est le {}.",
        "Pour le reçu, mettez {}, c’est notre numéro d’entreprise.",
        "Le numéro de bienfaisance, c’est {}.",
    ),
    "contrat": (
        "Le bail porte le numéro {}.",
        "La police d’assurance, c’est la {}.",
        "Ma facture, c’est {}, 88,14 $ de trop.",
        "Numéro de client ? {}.",
    ),
    "appareil": (
        "Le numéro de série en dessous, c’est {}.",
        "La garantie veut {}, j’ai pas mes lunettes.",
    ),
    "compte bancaire": (
        "Le folio, c’est {}.",
        "Le dépôt direct va dans {}.",
        "Mon passeport, c’est {}, y est échu.",
    ),
}
"""Sentences to carry each kind of identifier."""

_HESITATIONS = (
    "… euh… ", " euh ", ", attends, ", ", pis ", "… deux secondes… ", ", OK, ", " … ",
    ", as-tu noté ? ", ", non, oui, ", ", c’est ça, ",
)  # fmt: skip
_SHARE = 0.15
"""How often a voice hesitates in the middle of what it dictates. A choice."""


_JOINED = ("cent", "cents", "mille", "et")
"""A voice does not stop before these, inside of a number."""


def hesitated(dictated: str, chance: Chance) -> str:
    """Return a dictated number, now and then with a hesitation between two of its groups.

    Between groups set apart by commas where there are some, between words elsewhere.
    """
    groups = dictated.split(" ")
    places = [place for place in range(1, len(groups)) if groups[place - 1].endswith(",")]
    places = places or [p for p in range(1, len(groups)) if groups[p] not in _JOINED]
    if not places or chance.share() >= _SHARE:
        return dictated
    place = chance.choice(places)
    before = " ".join(groups[:place]).rstrip(",.;…")
    return f"{before}{chance.choice(_HESITATIONS)}{' '.join(groups[place:])}"
