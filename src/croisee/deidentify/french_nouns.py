"""The gender of the nouns that replacements begin with, and the words that never elide.

Written by us, from general knowledge of French; a noun missing here keeps the article that
the text had.
"""

from __future__ import annotations

import re

from croisee.text import fold

_FEMININE = """
adresse agence amie association bibliotheque caisse citoyenne clinique collaboratrice
commission compagnie conjointe cooperative coop coordonnatrice corporation directrice ecole
employee enseignante entreprise equipe etudiante federation femme fille fondation formatrice
garderie gestionnaire halte intervenante localite mairesse maison mere municipalite mrc
organisation organisatrice paroisse participante personne place province rencontre region
residence responsable riviere route rue salle societe soeur station table travailleuse
universite usine ville voisine voix cdc ong ressource universitaire voiture usagere
"""
_MASCULINE = """
ami arrondissement batiment bureau carrefour cegep centre chef citoyen client clsc club code
collaborateur college comite commerce compte conjoint conseil coordonnateur courriel cpe ciusss
ciss cisss directeur employe enfant enseignant etablissement etudiant evenement fils formateur
frere groupe handicap hameau homme hopital intervenant lien lieu magasin maire mari ministere
nom numero obnl organisateur organisme osbl parc parent partenaire participant pere poste
prenom professeur programme projet pseudonyme quartier rang regroupement reseau role secteur
service telephone travailleur village voisin identifiant matricule
"""
_GENDER = dict.fromkeys(_MASCULINE.split(), False) | dict.fromkeys(_FEMININE.split(), True)
_EITHER = {"gestionnaire", "responsable", "partenaire", "enfant", "chef", "universitaire"}
UNELIDED = re.compile(
    r"onz|oui(?:$|s|t)|uhlan|ululement|hach|hai(?:$|e|n|r)|halls?$|halle|haltes?$|hamac|hameau"
    r"|hamster|hanch|hand|hangar|hanneton|hant|hara|harcel|hardi|harem|hareng|haricot|harnais|harp"
    r"|hasard|hat(?:e|if)|hauss|haut|havr|heriss|hernie|heron|heros$|hetre|heurt|hibou|hic$"
    r"|hierarch|hippie|hiss|hobby|hockey|holding|holland|homard|hongr|hont|hoquet|hors|hot$|hott"
    r"|houblon|houe|houl|hour|houss|hublot|huee|huguenot|huit(?!r)|huppe|huron|hurl|hutt"
    r"|hull$|hudson|huntingdon|ham$|hampstead"
)
"""h aspiré, and the few words that begin with a vowel and are treated as if they did not."""


def is_feminine(word: str) -> bool | None:
    """Return whether a noun is feminine; ``None`` for one that may be either, or is not known."""
    plain = fold(word)
    return None if plain in _EITHER else _GENDER.get(plain)
