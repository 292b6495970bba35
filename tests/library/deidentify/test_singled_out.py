"""Who is said by a deed, a rank or the one place of a trade, and what befell them: found or left.

Every sentence is invented for these tests. ``TRAPS`` are what everybody does and what happens to
everybody: hiding them would make a text unreadable.
"""

from __future__ import annotations

import pytest

from croisee.deidentify import Turn, find_candidates

PEOPLE = [
    (
        "J’ai parlé à la première femme pompière de la Mauricie.",
        "la première femme pompière de la Mauricie",
    ),
    ("Mon père était le forgeron du village.", "le forgeron du village"),
    (
        "C’est la fille qui a perdu ses deux jambes à la fonderie.",
        "la fille qui a perdu ses deux jambes à la fonderie",
    ),
    ("Je suis la seule Noire du conseil.", "la seule Noire du conseil"),
    (
        "J’étais le seul gars de ma cohorte en soins infirmiers.",
        "le seul gars de ma cohorte en soins infirmiers",
    ),
    ("Elle, c’est la médaillée de Pékin.", "la médaillée de Pékin"),
    (
        "T’as déjà rencontré le bonhomme qui sculpte des ours à la scie à chaîne?",
        "le bonhomme qui sculpte des ours à la scie à chaîne",
    ),
    (
        "Je suis la seule personne en fauteuil roulant de toute l’école.",
        "la seule personne en fauteuil roulant de toute l’école",
    ),
    ("La directrice de la Maison du Tournant a appelé.", "La directrice de la Maison du Tournant"),
    ("C’est l’ancien entraîneur des Remparts.", "l’ancien entraîneur des Remparts"),
    ("Moi, j’ai été enfant de choeur pour le pape en 84.", "enfant de choeur pour le pape en 84"),
    (
        "Le coroner qui a enquêté sur le pont est venu nous voir.",
        "Le coroner qui a enquêté sur le pont",
    ),
    ("La conjointe du ministre vient danser avec nous.", "La conjointe du ministre"),
    ("C’est le fils du fondateur.", "le fils du fondateur"),
    ("Celle qui tient le bureau de poste sait tout.", "Celle qui tient le bureau de poste"),
    ("C’est celui qui a gagné le gros lot en 2012.", "celui qui a gagné le gros lot en 2012"),
    ("L’unique notaire de la vallée prend pus de clients.", "L’unique notaire de la vallée"),
    (
        "Je suis la mère du petit gars qui a été retrouvé.",
        "la mère du petit gars qui a été retrouvé",
    ),
    ("C’est la journaliste qui a sorti l’affaire.", "la journaliste qui a sorti l’affaire"),
    ("On est les deux seules lesbiennes du village.", "les deux seules lesbiennes du village"),
    ("Le doyen des anciens combattants va déposer la gerbe.", "Le doyen des anciens combattants"),
    (
        "Je suis l’ex-directeur de la prison de Donnacona.",
        "l’ex-directeur de la prison de Donnacona",
    ),
    (
        "Le technicien en loisirs de la municipalité nous ouvre.",
        "technicien en loisirs de la municipalité",
    ),
    (
        "J’étais responsable de la morgue à l’hôpital de Chicoutimi.",
        "responsable de la morgue à l’hôpital de Chicoutimi",
    ),
    (
        "Je suis la dernière à avoir été baptisée dans la vieille chapelle.",
        "la dernière à avoir été baptisée dans la vieille chapelle",
    ),
    (
        "C’est le comptable qui s’est sauvé avec la caisse.",
        "le comptable qui s’est sauvé avec la caisse",
    ),
    (
        "Mon voisin est le transplanté du coeur le plus vieux du Canada.",
        "le transplanté du coeur le plus vieux du Canada",
    ),
    ("Moi je suis la vieille fille du rang Quatre.", "la vieille fille du rang Quatre"),
    (
        "Elle a été la nounou des enfants du premier ministre.",
        "la nounou des enfants du premier ministre",
    ),
    (
        "Le surveillant de la piscine municipale m’a vue.",
        "Le surveillant de la piscine municipale",
    ),
    ("La conductrice du camion rouge a pleuré au procès.", "La conductrice du camion rouge"),
    ("C’est le seul qui parle arabe au CLSC.", "le seul qui parle arabe au CLSC"),
    ("Notre chargé de projet autochtone est parti.", "Notre chargé de projet autochtone"),
    (
        "Je suis la représentante des locataires au conseil de l’Office.",
        "la représentante des locataires au conseil de l’Office",
    ),
    ("C’est un des trois survivants.", "des trois survivants"),
    (
        "J’ai été la première transplantée pulmonaire de l’hôpital Laval.",
        "la première transplantée pulmonaire de l’hôpital Laval",
    ),
    ("Y a la dame aux trente-deux chats qui vient le mardi.", "la dame aux trente-deux chats"),
    ("Je suis la prof de piano de la fille du maire.", "la prof de piano de la fille du maire"),
    (
        "Le capitaine du traversier de L’Isle-aux-Coudres nous attendait.",
        "Le capitaine du traversier de L’Isle-aux-Coudres",
    ),
    ("La propriétaire du Motel Bellevue m’a hébergée.", "La propriétaire du Motel Bellevue"),
    ("Je suis conseillère du siège numéro quatre.", "conseillère du siège numéro quatre"),
    ("C’était le boss de la pègre de Sherbrooke.", "le boss de la pègre de Sherbrooke"),
    (
        "Moi je suis celle qui s’est présentée contre le maire.",
        "celle qui s’est présentée contre le maire",
    ),
    (
        "L’enseignante de maternelle du village a pris sa retraite.",
        "L’enseignante de maternelle du village",
    ),
    ("Je suis né avec six doigts.", "né avec six doigts"),
    ("Le prêtre qui a été accusé disait la messe chez nous.", "Le prêtre qui a été accusé"),
    ("C’est une ancienne juge de la Cour supérieure.", "ancienne juge de la Cour supérieure"),
    ("Un ex-joueur des Nordiques fait du bénévolat.", "ex-joueur des Nordiques"),
    (
        "Je suis l’auteure du livre sur les Filles du Roy.",
        "l’auteure du livre sur les Filles du Roy",
    ),
    ("La guide du phare nous a fait rire.", "La guide du phare"),
    ("L’opérateur de la souffleuse est mon cousin.", "L’opérateur de la souffleuse"),
    (
        "Je suis la seule à avoir porté plainte contre lui.",
        "la seule à avoir porté plainte contre lui",
    ),
    ("On l’appelle la reine du bingo.", "la reine du bingo"),
    ("Je suis le plus vieux finissant du cégep.", "le plus vieux finissant du cégep"),
    (
        "Le père de la jeune fille disparue est dans notre groupe.",
        "Le père de la jeune fille disparue",
    ),
    ("J’suis la première du village à avoir divorcé.", "la première du village à avoir divorcé"),
    ("Le gars des vues nous a prêté l’écran.", "Le gars des vues"),
    ("C’est la tante du joueur de hockey.", "la tante du joueur de hockey"),
    ("Moi j’ai été otage au Liban.", "otage au Liban"),
    ("Le signaleur du chemin de fer habitait là.", "Le signaleur du chemin de fer"),
    ("Je suis le jumeau de celui qui est en prison.", "le jumeau de celui qui est en prison"),
    ("Lui, le juge à la retraite, y fait nos lettres.", "le juge à la retraite"),
    (
        "Je suis l’arrière-petite-fille du fondateur de la paroisse.",
        "l’arrière-petite-fille du fondateur de la paroisse",
    ),
    (
        "La responsable du vestiaire à l’aréna nous a ouvert.",
        "La responsable du vestiaire à l’aréna",
    ),
    (
        "Vous avez rencontré le petit monsieur qui vend des marionnettes au marché?",
        "le petit monsieur qui vend des marionnettes au marché",
    ),
    (
        "J’étais la seule femme sur le chantier de la Manic.",
        "la seule femme sur le chantier de la Manic",
    ),
    ("C’est lui qui sonne les cloches.", "lui qui sonne les cloches"),
    ("Moi, je suis la fille adoptive du notaire.", "la fille adoptive du notaire"),
    (
        "Elle, c’est la première Innue à avoir fait son barreau.",
        "la première Innue à avoir fait son barreau",
    ),
    (
        "Celle qui fait la chronique jardinage à la radio, c’est ma mère.",
        "Celle qui fait la chronique jardinage à la radio",
    ),
    ("Mon frère est le seul prêtre marié du diocèse.", "le seul prêtre marié du diocèse"),
    (
        "Je travaille comme technicienne en fromage à la coopérative de l’île.",
        "technicienne en fromage à la coopérative de l’île",
    ),
    ("Le vétéran de la guerre de Corée vient encore.", "Le vétéran de la guerre de Corée"),
    ("J’ai été mairesse suppléante pendant la crise.", "mairesse suppléante pendant la crise"),
    ("Le nouveau directeur du camp est plus strict.", "Le nouveau directeur du camp"),
    (
        "C’est la seule infirmière qui fait les vaccins au nord.",
        "la seule infirmière qui fait les vaccins au nord",
    ),
    (
        "Je suis le gars qui a repeint le clocher en rose.",
        "le gars qui a repeint le clocher en rose",
    ),
    ("L’éleveuse d’alpagas nous prête son champ.", "L’éleveuse d’alpagas"),
    (
        "Le président-fondateur du club de motoneige est décédé.",
        "Le président-fondateur du club de motoneige",
    ),
    ("Ma mère a été postière du village de 1962 à 1998.", "postière du village de 1962 à 1998"),
    ("C’est la fille qui a gagné La Voix.", "la fille qui a gagné La Voix"),
    ("Le propriétaire du ciné-parc m’a engagé.", "Le propriétaire du ciné-parc"),
    (
        "Je suis la responsable de l’unique ressource pour hommes de la région.",
        "la responsable de l’unique ressource pour hommes de la région",
    ),
    ("C’est elle qui a fait condamner l’évêque.", "elle qui a fait condamner l’évêque"),
    ("Je suis le seul diabétique de l’équipage.", "le seul diabétique de l’équipage"),
    ("L’agente de réadaptation de la prison m’écoutait.", "L’agente de réadaptation de la prison"),
    ("J’étais cuisinier sur le brise-glace.", "cuisinier sur le brise-glace"),
    (
        "La dame en fauteuil roulant qui fait du vélo-cargo, tu la connais.",
        "La dame en fauteuil roulant qui fait du vélo-cargo",
    ),
    (
        "Je suis l’unique locataire qui reste dans le bloc.",
        "l’unique locataire qui reste dans le bloc",
    ),
    ("Le chef de train nous a aidés.", "Le chef de train"),
    ("On m’appelait le Chinois du rang Double.", "le Chinois du rang Double"),
    ("C’est l’orthophoniste des trois écoles.", "l’orthophoniste des trois écoles"),
    (
        "Je suis la maman du petit qui est mort à la garderie.",
        "la maman du petit qui est mort à la garderie",
    ),
    ("Mon mari est gardien de nuit à la centrale.", "gardien de nuit à la centrale"),
    ("C’est la cheffe du poste de pompiers.", "la cheffe du poste de pompiers"),
    (
        "Le dernier tanneur de Loretteville, c’était mon grand-père.",
        "Le dernier tanneur de Loretteville",
    ),
    (
        "Je suis l’aînée des douze enfants du garde-barrière.",
        "l’aînée des douze enfants du garde-barrière",
    ),
    (
        "La conseillère pédagogique en adaptation scolaire du centre de services est venue.",
        "La conseillère pédagogique en adaptation scolaire du centre de services",
    ),
    ("J’ai été la voix du métro.", "la voix du métro"),
    ("C’est l’ancien chum de la chanteuse.", "l’ancien chum de la chanteuse"),
    ("Le patron de la boucherie chevaline parle espagnol.", "Le patron de la boucherie chevaline"),
    ("C’est la secrétaire de l’évêque.", "la secrétaire de l’évêque"),
    (
        "Je suis la seule francophone du club de curling.",
        "la seule francophone du club de curling",
    ),
    (
        "Le monsieur qui ramasse les cannettes sur la piste cyclable vient dîner ici.",
        "Le monsieur qui ramasse les cannettes sur la piste cyclable",
    ),
    (
        "Ma grand-mère a été la dernière sage-femme de la Basse-Côte.",
        "la dernière sage-femme de la Basse-Côte",
    ),
    ("L’échevin du quartier des Marais est passé.", "L’échevin du quartier des Marais"),
    ("J’étais la blonde du chanteur des Classels.", "la blonde du chanteur des Classels"),
    (
        "Celui qui a dessiné le drapeau de la ville a quatre-vingt-dix ans.",
        "Celui qui a dessiné le drapeau de la ville",
    ),
    ("Mon père, c’est le gars du téléphérique.", "le gars du téléphérique"),
    (
        "Je suis la fille qui s’est fait refuser son mariage à l’église.",
        "la fille qui s’est fait refuser son mariage à l’église",
    ),
    (
        "La nouvelle pasteure de l’église unie nous a aidés.",
        "La nouvelle pasteure de l’église unie",
    ),
    ("Y’a juste le fils du garagiste qui a fini son secondaire.", "le fils du garagiste"),
    ("J’ai été porteur d’eau pour les Expos.", "porteur d’eau pour les Expos"),
    (
        "Le prof de chimie de la polyvalente m’a sauvé la vie.",
        "Le prof de chimie de la polyvalente",
    ),
    (
        "C’est la femme qui nourrit les ratons laveurs du parc.",
        "la femme qui nourrit les ratons laveurs du parc",
    ),
    ("J’étais le plus jeune délégué de la FTQ.", "le plus jeune délégué de la FTQ"),
    (
        "La propriétaire des chiens de traîneau nous en a donné un.",
        "La propriétaire des chiens de traîneau",
    ),
    ("Le gagnant du million, c’est mon beau-frère.", "Le gagnant du million"),
    (
        "Moi, ancienne religieuse de la Congrégation, je peux te le dire.",
        "ancienne religieuse de la Congrégation",
    ),
    (
        "La doyenne de la Faculté de musique m’a recommandée.",
        "La doyenne de la Faculté de musique",
    ),
    ("Le chauffeur du corbillard conduisait l’autobus scolaire.", "Le chauffeur du corbillard"),
    ("Je suis celle qui a poursuivi le diocèse.", "celle qui a poursuivi le diocèse"),
    (
        "C’est la réalisatrice du documentaire sur la mine.",
        "la réalisatrice du documentaire sur la mine",
    ),
    ("Le pianiste de l’hôtel était Polonais.", "Le pianiste de l’hôtel"),
    ("J’suis sorteuse au bar Le Saloon.", "sorteuse au bar Le Saloon"),
    (
        "La présidente du syndicat des cols bleus parle fort.",
        "La présidente du syndicat des cols bleus",
    ),
    ("C’est l’homme le plus grand du comté.", "l’homme le plus grand du comté"),
]
EVENTS = [
    (
        "J’étais là quand l’autobus des petits a versé dans le fossé.",
        "l’autobus des petits a versé dans le fossé",
    ),
    ("L’explosion du silo nous a réveillés.", "L’explosion du silo"),
    ("Depuis l’affaire des chèques, je fais plus confiance.", "l’affaire des chèques"),
    ("J’ai perdu ma fille dans l’incendie de la résidence.", "l’incendie de la résidence"),
    ("Ça a commencé avec la fermeture de l’hôpital en 95.", "la fermeture de l’hôpital en 95"),
    (
        "Après que mon mari s’est tué avec son tracteur, j’ai vendu.",
        "mon mari s’est tué avec son tracteur",
    ),
    ("Le jour où le maire s’est fait arrêter, on était à table.", "le maire s’est fait arrêter"),
    ("On a fait la une du Soleil avec notre banderole.", "la une du Soleil avec notre banderole"),
    ("C’était l’année que l’ours a mangé le chien du curé.", "l’ours a mangé le chien du curé"),
    (
        "Quand le pont a été emporté par la crue, on était coupés du monde.",
        "le pont a été emporté par la crue",
    ),
    ("J’ai survécu à l’écrasement de l’avion de brousse.", "l’écrasement de l’avion de brousse"),
    ("La fusillade dans le bar m’a marqué.", "La fusillade dans le bar"),
    ("Avant le meurtre de la caissière, on barrait pas.", "le meurtre de la caissière"),
    ("J’ai été prise en otage à la caisse populaire.", "prise en otage à la caisse populaire"),
    (
        "Depuis que ma maison a été soufflée par la tornade, je reste chez ma fille.",
        "ma maison a été soufflée par la tornade",
    ),
    (
        "J’étais dans l’ascenseur qui est tombé du septième.",
        "l’ascenseur qui est tombé du septième",
    ),
    (
        "La noce où tout le monde a été malade, c’était la nôtre.",
        "La noce où tout le monde a été malade",
    ),
    ("Le suicide du directeur, on en parle jamais.", "Le suicide du directeur"),
    ("Ma mère a eu des triplés à quarante-huit ans.", "des triplés à quarante-huit ans"),
    (
        "Le train de Chambord qui a frappé l’orignal, j’étais dedans.",
        "Le train de Chambord qui a frappé l’orignal",
    ),
    ("Le soir où les Hells ont brûlé le garage.", "les Hells ont brûlé le garage"),
    ("J’ai donné un rein à ma patronne.", "un rein à ma patronne"),
    ("On a été expropriés pour l’aéroport de Mirabel.", "expropriés pour l’aéroport de Mirabel"),
    (
        "Y a eu la grève de la faim des mères devant l’évêché.",
        "la grève de la faim des mères devant l’évêché",
    ),
    ("C’est là que mon frère a tiré sur le facteur.", "mon frère a tiré sur le facteur"),
    (
        "J’ai passé onze jours dans le coma après une piqûre de guêpe.",
        "onze jours dans le coma après une piqûre de guêpe",
    ),
    ("L’éboulement de la carrière a tué mon oncle.", "L’éboulement de la carrière"),
    ("Mon expulsion vers le Mexique, c’était en plein hiver.", "expulsion vers le Mexique"),
    ("Le procès du père Lemieux, j’étais témoin.", "Le procès du père Lemieux"),
    (
        "J’ai été frappée par la foudre au terrain de balle.",
        "frappée par la foudre au terrain de balle",
    ),
    (
        "La marche de 300 kilomètres jusqu’à l’Assemblée nationale, je l’ai faite.",
        "La marche de 300 kilomètres jusqu’à l’Assemblée nationale",
    ),
    (
        "On a vécu la crise d’Oka de l’autre côté de la barricade.",
        "la crise d’Oka de l’autre côté de la barricade",
    ),
    (
        "J’ai accouché dans l’ambulance sur le bord de la 132.",
        "accouché dans l’ambulance sur le bord de la 132",
    ),
    (
        "Quand le curé s’est sauvé avec l’organiste, ça a jasé.",
        "le curé s’est sauvé avec l’organiste",
    ),
    (
        "Le vol de la statue de sainte Anne a fait rire le monde.",
        "Le vol de la statue de sainte Anne",
    ),
    ("Depuis le viol dans le stationnement, je sors pus.", "le viol dans le stationnement"),
    (
        "L’évasion du chevreuil à l’épicerie, c’est sur YouTube.",
        "L’évasion du chevreuil à l’épicerie",
    ),
    ("Mon mariage en prison a duré deux ans.", "mariage en prison"),
    ("Quand l’usine a explosé en 1999.", "l’usine a explosé en 1999"),
    (
        "La poursuite de douze millions contre la mine.",
        "La poursuite de douze millions contre la mine",
    ),
    ("L’empoisonnement du puits, on l’a su trop tard.", "L’empoisonnement du puits"),
    ("J’avais huit ans quand la barge a explosé au quai.", "la barge a explosé au quai"),
    (
        "Depuis la mort des deux motoneigistes, la piste est fermée.",
        "la mort des deux motoneigistes",
    ),
    (
        "J’ai été blessé dans la bousculade du festival de la crevette.",
        "la bousculade du festival de la crevette",
    ),
    (
        "L’hiver où le curé s’est noyé, on a pas eu de messe de minuit.",
        "L’hiver où le curé s’est noyé",
    ),
    ("Ma mère a été retrouvée morte dans le congélateur.", "retrouvée morte dans le congélateur"),
    (
        "Y’a eu l’accident d’autobus du club de l’âge d’or.",
        "l’accident d’autobus du club de l’âge d’or",
    ),
    ("Le tireur du centre d’achats, je l’ai vu.", "Le tireur du centre d’achats"),
    (
        "Je me suis sauvée le soir du match des étoiles avec les deux petits dans un panier.",
        "le soir du match des étoiles avec les deux petits dans un panier",
    ),
    ("La mise à pied des 300 de la MIL, ça nous a tués.", "La mise à pied des 300 de la MIL"),
    ("On a eu la visite du pape dans notre cour.", "la visite du pape dans notre cour"),
    (
        "Après la fausse couche dans l’avion, j’ai arrêté de voyager.",
        "la fausse couche dans l’avion",
    ),
    (
        "Le renversement du canot du curé, c’est une légende ici.",
        "Le renversement du canot du curé",
    ),
    (
        "Depuis que le barrage a inondé le cimetière, mon père est dans le lac.",
        "le barrage a inondé le cimetière",
    ),
    (
        "La contamination de l’eau par l’usine de batteries, j’ai témoigné là-dessus.",
        "La contamination de l’eau par l’usine de batteries",
    ),
    (
        "On était dans l’église quand le plafond est tombé pendant les noces.",
        "l’église quand le plafond est tombé pendant les noces",
    ),
    (
        "La prise du poste de radio par les étudiants, j’en étais.",
        "La prise du poste de radio par les étudiants",
    ),
    (
        "L’arrestation du directeur devant les élèves, c’était gênant.",
        "L’arrestation du directeur devant les élèves",
    ),
    (
        "J’ai fait quarante jours de grève de la faim sur le pont Jacques-Cartier.",
        "quarante jours de grève de la faim sur le pont Jacques-Cartier",
    ),
    ("Ma greffe de visage, c’était la première.", "greffe de visage"),
    ("Mon nom est sorti dans le scandale des commandites.", "le scandale des commandites"),
    ("Le jour où la police a débarqué chez les moines.", "la police a débarqué chez les moines"),
    (
        "Y’a un hélicoptère qui s’est écrasé dans la cour de l’école.",
        "un hélicoptère qui s’est écrasé dans la cour de l’école",
    ),
    ("L’émeute du match de balle-molle, on était douze.", "L’émeute du match de balle-molle"),
    (
        "J’étais à bord quand l’avion a manqué d’essence au-dessus des Açores.",
        "l’avion a manqué d’essence au-dessus des Açores",
    ),
    ("La tornade de Saint-Rock, j’ai tout perdu.", "La tornade de Saint-Rock"),
    (
        "Le party de bureau où le boss s’est déshabillé, j’y étais.",
        "Le party de bureau où le boss s’est déshabillé",
    ),
    ("Quand le pape m’a serré la main.", "le pape m’a serré la main"),
    (
        "Les deux corps trouvés dans le silo, c’étaient mes voisins.",
        "deux corps trouvés dans le silo",
    ),
    (
        "Après le déménagement forcé du village, on s’est perdus.",
        "le déménagement forcé du village",
    ),
    (
        "Quand les gars de la shop ont séquestré le boss, j’étais dehors.",
        "les gars de la shop ont séquestré le boss",
    ),
    (
        "J’ai survécu six jours dans le bois après l’écrasement.",
        "survécu six jours dans le bois après l’écrasement",
    ),
    (
        "La fois qu’un orignal est rentré dans la cafétéria.",
        "La fois qu’un orignal est rentré dans la cafétéria",
    ),
    ("Ça date de la grève des trois ans à la fonderie.", "la grève des trois ans à la fonderie"),
    (
        "L’incendie criminel de la mosquée, le lendemain on était là.",
        "L’incendie criminel de la mosquée",
    ),
    ("Quand le toit du centre a cédé sous la neige.", "le toit du centre a cédé sous la neige"),
    ("Mon accouchement dans le taxi a fait jaser.", "accouchement dans le taxi"),
    ("Y ont pendu une poupée à mon arbre.", "pendu une poupée à mon arbre"),
    (
        "Depuis le feu de forêt qui a rasé le chalet de mon père, on a pus de place.",
        "le feu de forêt qui a rasé le chalet de mon père",
    ),
    (
        "L’erreur de médicament qui a tué ma grand-mère.",
        "L’erreur de médicament qui a tué ma grand-mère",
    ),
    ("On a enterré le maire avec son tracteur.", "enterré le maire avec son tracteur"),
    ("Depuis l’explosion de la friteuse, j’ai la main comme ça.", "l’explosion de la friteuse"),
    ("Le soir que mon père a tiré l’huissier, j’étais sous le lit.", "mon père a tiré l’huissier"),
    ("J’ai été témoin de la noyade des deux cadets.", "la noyade des deux cadets"),
    ("Le procès de la garderie, j’ai témoigné trois jours.", "Le procès de la garderie"),
    ("L’éboulis de la carrière, j’avais dix ans.", "L’éboulis de la carrière"),
    (
        "On a vécu l’évacuation de la réserve pendant les feux.",
        "l’évacuation de la réserve pendant les feux",
    ),
    ("Le hold-up de la caisse, c’était mes cousins.", "Le hold-up de la caisse"),
    (
        "Après la découverte des ossements sous l’école, on a fermé.",
        "la découverte des ossements sous l’école",
    ),
    ("Ma fille a été mordue par un loup au zoo.", "mordue par un loup au zoo"),
    ("Depuis que la compagnie a vidé le lac, on a pus de puits.", "la compagnie a vidé le lac"),
    (
        "Le déraillement des wagons de chlore, on s’en souvient.",
        "Le déraillement des wagons de chlore",
    ),
    (
        "L’année où le pont de glace a cédé, on a perdu le facteur.",
        "L’année où le pont de glace a cédé",
    ),
    ("L’affaire des faux diplômes, c’est sorti de chez nous.", "L’affaire des faux diplômes"),
    ("Le bébé retrouvé dans la crèche, c’est ma fille.", "Le bébé retrouvé dans la crèche"),
    (
        "J’ai perdu mon bras dans le broyeur de l’usine de patates.",
        "le broyeur de l’usine de patates",
    ),
    (
        "Quand la foudre est tombée sur la salle de bingo, on jouait.",
        "la foudre est tombée sur la salle de bingo",
    ),
    (
        "La lutte contre le dépotoir de Sainte-Ursule, j’étais en tête.",
        "La lutte contre le dépotoir de Sainte-Ursule",
    ),
    ("L’occupation du bureau du ministre, on était sept.", "L’occupation du bureau du ministre"),
    (
        "Mon mari a été condamné pour le meurtre du pharmacien.",
        "condamné pour le meurtre du pharmacien",
    ),
    (
        "Le matin où les fermiers ont bloqué le traversier, j’accouchais.",
        "les fermiers ont bloqué le traversier",
    ),
    (
        "La tragédie du lac à l’Eau-Claire, c’était mes deux frères.",
        "La tragédie du lac à l’Eau-Claire",
    ),
    ("Le vol des bijoux de la Vierge, ça vous dit de quoi?", "Le vol des bijoux de la Vierge"),
    (
        "Le recours collectif contre les frères, je l’ai lancé.",
        "Le recours collectif contre les frères",
    ),
]
TRAPS = [
    "La présidente du Mexique a parlé.",
    "On a eu le feu vert du comité.",
    "C’est juste un accident de parcours.",
    "La personne qui veut parler lève la main.",
    "L’intervenante qui m’aide est malade.",
    "La dame qui est venue la semaine passée était fine.",
    "Celui qui a fini peut partir.",
    "Celle qui a apporté le café, merci.",
    "La première qui arrive fait du café.",
    "La fermeture du bureau est à cinq heures.",
    "La naissance du projet remonte à dix ans.",
    "J’ai eu un accident sur la route.",
    "Un accident de travail, ça arrive.",
    "La chute des prix nous aide.",
    "La marche à suivre est simple.",
    "La travailleuse sociale de ma mère est bonne.",
    "Le médecin qui suit mon fils est à pied d’oeuvre.",
    "Le projet a été mis en place par la gang.",
    "La seule chose qui a marché, c’est le café.",
    "Le retour au travail est dur.",
    "Le dernier qui a parlé avait raison.",
    "Les gens qui ont perdu leur emploi sont inquiets.",
    "L’agent de la paix, ça existe.",
    "Le professeur de yoga est malade.",
    "Le technicien a été retardé par la neige.",
    "Mon arrestation, je veux pas en parler.",
    "L’arrestation du temps, ça existe pas.",
    "Le plus vieux de la gang paye.",
    "La plus jeune de la famille pleure.",
    "L’attaque de panique m’a pris dans l’autobus.",
    "La crise du logement touche tout le monde.",
    "La tempête de neige nous a gardés à la maison.",
    "La pandémie a fermé les écoles.",
    "La secrétaire qui a répondu au téléphone était fine.",
    "Le lecteur d’écran lit trop vite.",
    "Elle l’a écrit au procès-verbal.",
    "L’intervenante de la seconde table déplace ses chaises.",
    "On attend le feu vert de la ville.",
    "Un accident de parcours, ça arrive.",
    "C’est juste un accident de parcours dans le projet.",
    "Le roi du Maroc est venu.",
    "La fin du monde est proche.",
    "La tempête d’idées a duré une heure.",
    "Le procès d’intention, c’est fatigant.",
    "Il a pris d’assaut le buffet.",
    "Les enfants qui ont fini peuvent sortir.",
    "Je suis la formation de deux jours.",
    "J’étais la première fois en retard.",
    "La mort de mon père m’a changé.",
    "Quand le monde a commencé à partir, on a fermé.",
    "Quand les enfants ont fini leur soupe, on joue.",
    "Le jour où on a signé le bail, y pleuvait.",
    "C’est lui qui fait le ménage.",
    "Un gars est passé avec une échelle.",
    "Elle a renversé son café.",
]


def _hidden(text: str) -> str:
    """Return a text with every character that a candidate covers as « # »."""
    candidates = find_candidates([Turn("d", 1, "", "", text)], ())
    covered = {place for found in candidates for place in range(found.start, found.end)}
    return "".join("#" if place in covered else sign for place, sign in enumerate(text))


@pytest.mark.parametrize(("text", "words"), PEOPLE + EVENTS)
def test_who_is_singled_out_is_hidden_with_what_says_it(text: str, words: str) -> None:
    start = text.index(words)

    shown = _hidden(text)[start : start + len(words)]

    assert set(shown) == {"#"}


@pytest.mark.parametrize(("text", "words"), [*PEOPLE[:40], *EVENTS[:25]])
def test_it_is_hidden_as_it_is_heard_too(text: str, words: str) -> None:
    heard, words = text.lower().replace(",", ""), words.lower().replace(",", "")
    start = heard.index(words)

    shown = _hidden(heard)[start : start + len(words)]

    assert shown.count("#") > len(words) / 2


@pytest.mark.parametrize("text", TRAPS)
def test_what_everybody_does_stays(text: str) -> None:
    assert _hidden(text) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("je travaille à la boulangerie des copains", "boulangerie des copains"),
        ("on mange à l’auberge du vieux foyer", "auberge du vieux foyer"),
        ("la voisine madame tibodaut l’a vu pis bournival aussi", "bournival"),
        ("véronique a pris les notes", "véronique"),
    ],
)
def test_a_shop_and_a_name_are_hidden_without_capitals(text: str, words: str) -> None:
    start = text.index(words)

    assert set(_hidden(text)[start : start + len(words)]) == {"#"}


@pytest.mark.parametrize(
    "text", ["on va à la boulangerie du coin", "le dépanneur du village est fermé"]
)
def test_any_shop_stays_without_capitals(text: str) -> None:
    assert _hidden(text) == text
