"""The command line's grammar, in the reader's language: help, and what a command lacks."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NoReturn

from croisee.language import Language, Phrase, phrase
from croisee.run.converting import TARGETS
from croisee.run.engine_arguments import add_engine_options
from croisee.run.opinion_arguments import add_opinion_options, add_opinion_words
from croisee.run.site_arguments import ABOUT_SITE, add_site_options, add_site_words
from croisee.run.speech_arguments import add_speech_options, add_speech_words
from croisee.run.survey_arguments import add_survey_options
from croisee.run.votes_arguments import add_votes_options, add_votes_words
from croisee.text import typeset

ABOUT = {
    "new": phrase("créer un dossier d’étude avec un exemple de chaque fichier"),
    "check": phrase("dire tout ce qui cloche dans un dossier d’étude"),
    "run": phrase("produire le rapport, les feuillets et les vérifications"),
    "review": phrase("décider une fois de tout ce qui est écrit pareil dans les verbatims"),
    "seal": phrase("auditer puis sceller la diffusion de cette édition"),
    "amend": phrase("ajouter, retirer, corriger ou rééditer dans une diffusion scellée"),
    "package": phrase("préparer le dépôt d’une diffusion scellée : tableaux, livre de codes, DDI"),
    "trace": phrase("dire d’où vient un chiffre ou un extrait"),
    "transcribe": phrase("écrire ce qui est dit dans un enregistrement, sur cette machine"),
    "convert": phrase("écrire un verbatim, un projet, un questionnaire ou un tableau autrement"),
    "cut": phrase("couper les verbatims le long des questions du guide"),
    "search": phrase("chercher des mots dans les textes, quelle que soit leur écriture"),
    "words": phrase("compter les mots que disent les personnes, et ceux dits avec un autre"),
    "coding": phrase("dire si les personnes qui codent voient les mêmes choses"),
    "votes": phrase("compter des ordres de priorité par chaque méthode, et sans chaque groupe"),
    "opinion": phrase("dire ce que des votes sur des affirmations ont de commun, et les groupes"),
    "estimates": phrase("donner chaque réponse avec son intervalle, comme la vague a été tirée"),
    "tests": phrase("dire ce qui diffère entre réseaux, groupes ou éditions plus que le hasard"),
    "weights": phrase("faire des poids de la base de sondage et des marges, et dire leur prix"),
    "key": phrase("faire la clé qui ouvre le journal des noms remplacés"),
    "unmask": phrase("rendre le texte d’origine, avec la clé du journal"),
    "deidentify": phrase("mesurer la désidentification sur un corpus annoté"),
}
"""The commands, in the order of a study, and what each does."""
COMMANDS = ", ".join((*ABOUT, *ABOUT_SITE))
_COMMAND = "…"
_MISSING = re.compile(r"the following arguments are required: (?P<what>.+)")
_UNKNOWN = re.compile(r"unrecognized arguments: (?P<what>.+)")
_CHOICE = re.compile(r"argument (?P<where>.+?): invalid choice: '(?P<what>[^']*)'")
_VALUE = re.compile(r"argument (?P<what>.+?): expected one argument")


class WrongCommand(Exception):
    """The words given make no command; ``message`` says what is missing or unknown."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.one)
        self.message = message


class _Formatter(argparse.HelpFormatter):
    language: Language = "fr"

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        if prefix is None:
            prefix = typeset(phrase("Emploi : ").to(self.language), self.language, medium="text")
        super().add_usage(usage, actions, groups, prefix)


class _FrenchFormatter(_Formatter):
    language = "fr"


class _EnglishFormatter(_Formatter):
    language = "en"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise WrongCommand(_told(message, self.prog))


def _told(message: str, program: str) -> Phrase:
    """Say in our words what ``argparse`` says in its own."""
    if found := _MISSING.search(message):
        return _missing(found["what"], program)
    if found := _CHOICE.search(message):
        return _not_a_choice(found["where"], found["what"])
    if found := _UNKNOWN.search(message):
        return phrase(
            "De trop ici : {what}. Aide : {command} --help", what=found["what"], command=program
        )
    if found := _VALUE.search(message):
        return phrase("Il manque la valeur de {what}.", what=found["what"])
    return phrase("Cette commande n’est pas complète. Aide : {command} --help", command=program)


def _missing(what: str, program: str) -> Phrase:
    if what == _COMMAND:
        return phrase("Dites quoi faire : {commands}. Aide : croisee --help", commands=COMMANDS)
    return phrase("Il manque : {what}. Aide : {command} --help", what=what, command=program)


def _not_a_choice(where: str, what: str) -> Phrase:
    if where.startswith("-"):
        return phrase("{what} n’est pas une valeur de {where}.", what=what, where=where)
    return phrase(
        "{what} n’est pas une commande. Commandes : {commands}.", what=what, commands=COMMANDS
    )


def read_arguments(given: list[str], language: Language, version: str) -> argparse.Namespace:
    """Return the command (``.command``) and its arguments.

    Raises:
        WrongCommand: a word is missing, unknown or in excess.
        SystemExit: help or the version was asked for, and printed.
    """
    return _parser(language, version).parse_args(given)


def _parser(language: Language, version: str) -> argparse.ArgumentParser:
    say = partial(_typeset, language=language)
    formatter = _FrenchFormatter if language == "fr" else _EnglishFormatter
    top = _Parser(prog="croisee", add_help=False, allow_abbrev=False, formatter_class=formatter)
    top.description = say(
        phrase("D’un dossier d’étude à un rapport anonymisé dont chaque chiffre se vérifie.")
    )
    commands = top.add_subparsers(title=say(phrase("commandes")), metavar=_COMMAND, dest="command")
    commands.required = True
    _shared_options(top, language).add_argument(
        "--version", action="version", version=version, help=say(phrase("montrer la version"))
    )

    options = {}
    for name, about in (ABOUT | ABOUT_SITE).items():
        sub = commands.add_parser(
            name, help=say(about), description=say(about), add_help=False, allow_abbrev=False,
            formatter_class=formatter,
        )  # fmt: skip
        given = sub.add_argument_group(say(phrase("à donner")))
        _words_of(name, given, say)
        options[name] = _shared_options(sub, language)
        if name in ABOUT_SITE:
            add_site_options(name, options[name], say)
    for name, given_name in (("run", phrase("resultats")), ("package", phrase("depot"))):
        options[name].add_argument(
            "--out", type=Path, required=True, metavar=say(given_name),
            help=say(phrase("dossier à écrire")),
        )  # fmt: skip
    add_engine_options(options["run"], say)
    options["package"].add_argument(
        "--to", default="", metavar=say(phrase("entrepôt")),
        help=say(phrase("à quel entrepôt le dépôt est destiné (inscrit au registre)")),
    )  # fmt: skip
    options["seal"].add_argument(
        "--by", default="", metavar=say(phrase("nom")),
        help=say(phrase("qui scelle (inscrit au registre)")),
    )  # fmt: skip
    _amend_options(options["amend"], say)
    _conversion_options(options["convert"], say)
    _text_options(options, say)
    add_speech_options(options["transcribe"], say)
    add_votes_options(options["votes"], say)
    add_opinion_options(options["opinion"], say)
    add_survey_options(options, say)
    _deidentify_options(options["deidentify"], say)
    _log_options(options, say)
    options["trace"].add_argument(
        "--rows", action="store_true", help=say(phrase("toutes les lignes"))
    )
    return top


def _words_of(name: str, given: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    """Add what a command is given, in order."""
    if name in {"trace", "unmask"}:
        given.add_argument(
            "results", type=Path, metavar=say(phrase("resultats")),
            help=say(phrase("dossier écrit par croisee run")),
        )  # fmt: skip
        if name == "trace":
            given.add_argument("code", help=say(phrase("code imprimé : F-07, V-12, 2026a-F-07")))
        else:
            given.add_argument(
                "what", metavar=say(phrase("passage")),
                help=say(phrase("un extrait (V-12), un document, ou un tour (document/3)")),
            )  # fmt: skip
    elif name == "convert":
        _conversion_words(given, say)
    elif name == "transcribe":
        add_speech_words(given, say)
    elif name == "votes":
        add_votes_words(given, say)
    elif name == "opinion":
        add_opinion_words(given, say)
    elif name in ABOUT_SITE:
        add_site_words(name, given, say)
    elif name != "deidentify":
        given.add_argument(
            "study", type=Path, metavar=say(phrase("dossier")),
            help=say(phrase("dossier d’étude")),
        )  # fmt: skip
    if name == "search":
        given.add_argument(
            "words", nargs="+", metavar=say(phrase("mots")),
            help=say(phrase("un mot, ou plusieurs dans cet ordre")),
        )  # fmt: skip


def _text_options(
    options: dict[str, argparse._ArgumentGroup], say: Callable[[Phrase], str]
) -> None:
    """Add what the commands that read the texts of a study take."""
    options["search"].add_argument(
        "--near", action="store_true",
        help=say(phrase("montrer aussi l’autre genre écrit seul et les autres accents")),
    )  # fmt: skip
    options["words"].add_argument(
        "--with", dest="beside", default="", metavar=say(phrase("mot")),
        help=say(phrase("compter ceux qui sont dits dans les mêmes tours que ce mot")),
    )  # fmt: skip
    options["words"].add_argument(
        "--between", action="store_true",
        help=say(phrase("comparer les réseaux : les mots que plus de personnes y disent")),
    )  # fmt: skip
    options["words"].add_argument(
        "--all", action="store_true", help=say(phrase("compter aussi les articles, les pronoms…"))
    )
    for name in ("search", "words"):
        options[name].add_argument(
            "--question", default="", metavar="code",
            help=say(phrase("ne lire que ce qui répond à cette question, du guide ou d’un "
                            "instrument")),
        )  # fmt: skip
    options["words"].add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire tous les mots (.csv)")),
    )  # fmt: skip
    options["coding"].add_argument(
        "--out", type=Path, metavar=say(phrase("dossier")),
        help=say(phrase("où écrire les tableaux (.csv)")),
    )  # fmt: skip
    options["review"].add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire la file de relecture (.csv), pour la remplir")),
    )  # fmt: skip
    options["cut"].add_argument(
        "--out", type=Path, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire les coupes (.csv), pour les corriger")),
    )  # fmt: skip


def _deidentify_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    options.add_argument(
        "--evaluate", type=Path, required=True, metavar=say(phrase("corpus")),
        help=say(phrase("dossier d’un corpus annoté, comme examples/corpus-annote")),
    )  # fmt: skip
    options.add_argument(
        "--missed", action="store_true",
        help=say(phrase("montrer aussi tout ce qui a été manqué, avec les mots autour")),
    )  # fmt: skip


def _log_options(options: dict[str, argparse._ArgumentGroup], say: Callable[[Phrase], str]) -> None:
    options["key"].add_argument(
        "--out", type=Path, required=True, metavar=say(phrase("fichier")),
        help=say(phrase("où écrire la clé secrète, hors du dossier d’étude")),
    )  # fmt: skip
    options["unmask"].add_argument(
        "--key", type=Path, required=True, metavar=say(phrase("fichier")),
        help=say(phrase("la clé secrète, écrite par croisee key")),
    )  # fmt: skip
    options["unmask"].add_argument(
        "--out", type=Path, metavar=say(phrase("dossier")),
        help=say(phrase("où écrire le texte, au lieu de l’afficher")),
    )  # fmt: skip


def _conversion_words(given: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    given.add_argument(
        "source", type=Path, metavar=say(phrase("source")),
        help=say(phrase("un verbatim de n’importe quel outil, un dossier de verbatims, un projet "
                        "codé (REFI-QDA, Taguette, QualCoder, Word commenté), un questionnaire "
                        "(XLSForm, XForm, .lss, .lsa), des réponses avec leur questionnaire à "
                        "côté, un tableau, des bulletins, des références (.bib, CSL-JSON), ou un "
                        "dossier d’étude")),
    )  # fmt: skip
    given.add_argument(
        "result", type=Path, metavar=say(phrase("resultat")),
        help=say(phrase("le fichier à écrire : .vtt, .srt, .docx, .txt, .qdpx, .qdc, .qda, "
                        ".sqlite3, .zip, .xlsx, .lss, .sav, .dta, .csv, .soi, .bib, .json, "
                        ".redcap.csv (dictionnaire de REDCap), .xlsform.xlsx (formulaire, là où "
                        ".xlsx demande les variables) ; ou, depuis un projet, un questionnaire, un "
                        "fichier SPSS ou Stata, ou un dossier de verbatims, un nouveau dossier "
                        "d’étude")),
    )  # fmt: skip


def _conversion_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    options.add_argument(
        "--to", choices=TARGETS,
        help=say(phrase("le format, si le nom du fichier ne suffit pas à le dire")),
    )  # fmt: skip
    options.add_argument(
        "--merge", action="store_true",
        help=say(phrase("réunir les tours qui se suivent dans la même voix")),
    )  # fmt: skip


def _amend_options(options: argparse._ArgumentGroup, say: Callable[[Phrase], str]) -> None:
    key = say(phrase("clé"))
    for name, about in (
        ("--add", phrase("ajouter un tableau : sa clé, comme eclair.2020.aide")),
        ("--remove", phrase("retirer un tableau, un constat ou un extrait : sa clé ou son code")),
        ("--correct", phrase("corriger une faute de notre part dans un tableau : sa clé")),
    ):
        options.add_argument(name, action="append", default=[], metavar=key, help=say(about))
    options.add_argument(
        "--revise", action="store_true",
        help=say(phrase("rééditer les tableaux auxquels dix personnes ou plus se sont ajoutées")),
    )  # fmt: skip
    options.add_argument(
        "--by", default="", metavar=say(phrase("nom")),
        help=say(phrase("qui le décide (inscrit au registre)")),
    )  # fmt: skip
    options.add_argument(
        "--reason", default="", metavar=say(phrase("motif")),
        help=say(phrase("pourquoi (inscrit au registre, jamais diffusé)")),
    )  # fmt: skip


def _shared_options(parser: argparse.ArgumentParser, language: Language) -> argparse._ArgumentGroup:
    say = partial(_typeset, language=language)
    options = parser.add_argument_group(say(phrase("options")))
    options.add_argument("-h", "--help", action="help", help=say(phrase("montrer cette aide")))
    options.add_argument(
        "--lang", choices=["fr", "en"], help=say(phrase("langue de ce qui s’affiche"))
    )
    return options


def _typeset(text: Phrase, language: Language) -> str:
    """Return a text of the help; argparse reads ``%`` as a mark."""
    return typeset(text.to(language), language, medium="text").replace("%", "%%")
