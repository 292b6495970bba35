"""The words of the commands that keep a site. The site itself is the platform's."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from croisee.language import Phrase, phrase

ABOUT_SITE = {
    "serve": phrase("démarrer le site de l’équipe, sur ce poste ou sur un serveur"),
    "backup": phrase("sauvegarder le site, chiffré, et ses clés à part"),
    "restore": phrase("remettre une sauvegarde en place, vérifiée d’abord"),
    "move": phrase("porter le site de SQLite à PostgreSQL, ou l’inverse"),
    "doctor": phrase("dire ce qui cloche dans une installation, et quoi faire"),
    "journal": phrase("vérifier ou ancrer le journal des actes"),
}
"""The commands of a site, and what each does."""

Say = Callable[[Phrase], str]


def add_site_options(name: str, options: argparse._ArgumentGroup, say: Say) -> None:
    """Add what one command of the site takes."""
    folder, address = say(phrase("dossier")), say(phrase("adresse"))
    options.add_argument(
        "--home", type=Path, metavar=folder,
        help=say(phrase("dossier du site (CROISEE_HOME, sinon croisee-web)")),
    )  # fmt: skip
    if name == "serve":
        options.add_argument(
            "--port",
            type=int,
            default=8000,
            metavar="port",
            help=say(phrase("port où répondre (8000)")),
        )
        options.add_argument(
            "--host", default="127.0.0.1", metavar=address,
            help=say(phrase("adresse où répondre (127.0.0.1 : ce poste seulement)")),
        )  # fmt: skip
        options.add_argument(
            "--admin", default="", metavar=address,
            help=say(phrase("ouvrir ici le premier compte, à cette adresse de courriel")),
        )  # fmt: skip
    elif name in {"backup", "restore"}:
        _archive_options(name, options, say)


def _archive_options(name: str, options: argparse._ArgumentGroup, say: Say) -> None:
    file = say(phrase("fichier"))
    options.add_argument(
        "--passphrase-file", type=Path, metavar=file,
        help=say(phrase("fichier dont la première ligne est la phrase de passe")),
    )  # fmt: skip
    if name == "backup":
        options.add_argument(
            "--recipient", action="append", default=[], metavar="age1…",
            help=say(phrase("chiffrer pour cette clé age, au lieu d’une phrase de passe")),
        )  # fmt: skip
    else:
        options.add_argument(
            "--keys", type=Path, required=True, metavar=file,
            help=say(phrase("l’archive des clés et du registre des retraits")),
        )  # fmt: skip
        options.add_argument(
            "--identity", type=Path, metavar=file, help=say(phrase("fichier de la clé age privée"))
        )


def add_site_words(name: str, given: argparse._ArgumentGroup, say: Say) -> None:
    """Add what one command of the site must be given."""
    if name == "backup":
        given.add_argument(
            "folder", type=Path, metavar=say(phrase("dossier")),
            help=say(phrase("où écrire les deux archives")),
        )  # fmt: skip
    elif name == "restore":
        given.add_argument(
            "archive", type=Path, metavar=say(phrase("fichier")),
            help=say(phrase("l’archive du site")),
        )  # fmt: skip
    elif name == "move":
        given.add_argument(
            "to", metavar=say(phrase("adresse")),
            help=say(phrase("postgresql://… ou sqlite : la base où porter le site")),
        )  # fmt: skip
    elif name == "journal":
        given.add_argument(
            "act", choices=["verify", "anchor"],
            help=say(phrase("verify : tout relire ; anchor : signer l’état du jour")),
        )  # fmt: skip
