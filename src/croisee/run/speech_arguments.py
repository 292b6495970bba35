"""The grammar of ``croisee transcribe``: what it is given, and its options."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from croisee.language import Phrase, phrase
from croisee.speech import TARGETS


def add_speech_words(given: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add what ``croisee transcribe`` is given."""
    given.add_argument(
        "recordings", nargs="*", metavar=say(phrase("enregistrement")),
        help=say(phrase("un enregistrement où les voix sont mêlées (son ou vidéo)")),
    )  # fmt: skip


def add_speech_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add its options."""
    folder, file, name = (
        say(word) for word in (phrase("dossier"), phrase("fichier"), phrase("nom"))
    )
    options.add_argument(
        "--out", type=Path, required=True, metavar=folder, help=say(phrase("dossier à écrire"))
    )
    options.add_argument(
        "--model", default="", metavar=folder,
        help=say(phrase("dossier du modèle ; sinon, la variable CROISEE_MODEL")),
    )  # fmt: skip
    options.add_argument(
        "--spoken", default="fr", metavar="code",
        help=say(phrase("langue parlée dans l’enregistrement : fr si rien n’est dit")),
    )  # fmt: skip
    options.add_argument(
        "--speaker", action="append", default=[], metavar=say(phrase("NOM=FICHIER")),
        help=say(phrase("une piste d’une seule voix, au lieu d’un enregistrement ; à répéter")),
    )  # fmt: skip
    options.add_argument(
        "--channels", default="", metavar=say(phrase("NOM,NOM")),
        help=say(phrase("une voix par canal de l’enregistrement : leurs noms, dans l’ordre")),
    )  # fmt: skip
    options.add_argument(
        "--glossary", type=Path, metavar=file,
        help=say(phrase("sigles et noms à reconnaître, un par ligne")),
    )  # fmt: skip
    options.add_argument(
        "--study", type=Path, metavar=folder,
        help=say(phrase("dossier d’étude : ses noms servent de glossaire, ses consentements "
                        "sont vérifiés")),
    )  # fmt: skip
    options.add_argument(
        "--session", default="", metavar="code",
        help=say(phrase("séance enregistrée : dit qui était là, et nomme ce qui est écrit")),
    )  # fmt: skip
    options.add_argument(
        "--name", default="", metavar=name,
        help=say(phrase("nom des fichiers à écrire ; jamais celui de l’enregistrement")),
    )  # fmt: skip
    options.add_argument(
        "--to", action="append", choices=TARGETS, help=say(phrase("un format ; à répéter"))
    )
    options.add_argument(
        "--voices", type=Path, metavar=file,
        help=say(phrase("feuille des voix remplie (.voix.csv) : écrire le verbatim avec ces noms")),
    )  # fmt: skip
    options.add_argument("--yes", action="store_true", help=say(phrase("commencer sans demander")))
