"""The command line: ``croisee new | check | run | seal | trace``.

Exit codes: 0 done, 1 the audit or the seal refused, 2 something to correct in what was given.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn, cast

from croisee.language import Language, Phrase, phrase, phrases
from croisee.run import (
    OutputRefused,
    SealRefused,
    StudyRefused,
    TraceRefused,
    run_study,
    seal_study,
    trace,
)
from croisee.studyfolder import Problem, StudyExists, new_study, read_study
from croisee.text import typeset

DONE, REFUSED, TO_CORRECT = 0, 1, 2


class _Parser(argparse.ArgumentParser):
    """A parser that answers a wrong command in the reader's language."""

    language: Language = "fr"

    def error(self, message: str) -> NoReturn:
        del message
        self.print_usage(sys.stderr)
        _say(
            phrase("Cette commande n’est pas complète. Aide : {command} --help", command=self.prog),
            self.language,
            error=True,
        )
        raise SystemExit(TO_CORRECT)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    language = _language(given)
    options = _parser(language).parse_args(given)
    try:
        return int(options.act(options, language))
    except StudyRefused as refusal:
        _show_problems(refusal.problems, language)
        return TO_CORRECT
    except (OutputRefused, StudyExists, TraceRefused) as refusal:
        _say(refusal.message, language, error=True)
        return TO_CORRECT
    except SealRefused as refusal:
        _say(refusal.message, language, error=True)
        return REFUSED
    except KeyboardInterrupt:
        _say(phrase("Arrêté. Rien n’a été écrit."), language, error=True)
        return 130


def _language(given: list[str]) -> Language:
    for position, word in enumerate(given):
        if word == "--lang" and position + 1 < len(given):
            return "en" if given[position + 1].startswith("en") else "fr"
        if word.startswith("--lang="):
            return "en" if word[7:].startswith("en") else "fr"
    wanted = os.environ.get("CROISEE_LANG") or os.environ.get("LC_ALL") or os.environ.get("LANG")
    return "en" if (wanted or "").startswith("en") else "fr"


def _parser(language: Language) -> argparse.ArgumentParser:
    def help_of(text: Phrase) -> str:
        return text.to(language).replace("%", "%%")

    parser = _Parser(
        prog="croisee",
        description=help_of(
            phrase("D’un dossier d’étude à un rapport anonymisé dont chaque chiffre se vérifie.")
        ),
    )
    parser.language = language
    _Parser.language = language
    commands = parser.add_subparsers(metavar="commande" if language == "fr" else "command")
    commands.required = True

    def command(name: str, act: object, text: Phrase) -> argparse.ArgumentParser:
        sub = cast("argparse.ArgumentParser", commands.add_parser(name, help=help_of(text)))
        sub.set_defaults(act=act)
        sub.add_argument("--lang", choices=["fr", "en"], help=help_of(phrase("langue")))
        return sub

    folder = help_of(phrase("dossier d’étude"))
    new = command("new", _new, phrase("créer un dossier d’étude avec un exemple de chaque fichier"))
    new.add_argument("study", type=Path, metavar="dossier", help=folder)
    check = command("check", _check, phrase("dire tout ce qui cloche dans un dossier d’étude"))
    check.add_argument("study", type=Path, metavar="dossier", help=folder)
    run = command("run", _run, phrase("produire le rapport, les feuillets et les vérifications"))
    run.add_argument("study", type=Path, metavar="dossier", help=folder)
    run.add_argument("--out", type=Path, required=True, help=help_of(phrase("dossier à écrire")))
    seal = command("seal", _seal, phrase("auditer puis sceller la diffusion de cette édition"))
    seal.add_argument("study", type=Path, metavar="dossier", help=folder)
    seal.add_argument("--by", default="", help=help_of(phrase("qui scelle (inscrit au registre)")))
    where = command("trace", _trace, phrase("dire d’où vient un chiffre ou un extrait"))
    where.add_argument("results", type=Path, metavar="resultats")
    where.add_argument("code", help=help_of(phrase("code imprimé : F-07, V-12, 2026a-F-07")))
    where.add_argument("--rows", action="store_true", help=help_of(phrase("toutes les lignes")))
    return parser


def _new(options: argparse.Namespace, language: Language) -> int:
    new_study(options.study, language)
    _say(
        phrase(
            "Dossier créé : {folder}. Commencez par {file}.",
            folder=str(options.study),
            file="study.toml" if language == "en" else "etude.toml",
        ),
        language,
    )
    _say(phrase("Puis : croisee check {folder}", folder=str(options.study)), language)
    return DONE


def _check(options: argparse.Namespace, language: Language) -> int:
    folder = read_study(options.study)
    _show_problems(folder.problems, language)
    if not folder.problems:
        _say(
            phrase(
                "Rien à corriger. Suite : croisee run {folder} --out resultats",
                folder=str(options.study),
            ),
            language,
        )
    return TO_CORRECT if folder.refused else DONE


def _run(options: argparse.Namespace, language: Language) -> int:
    started = time.monotonic()

    def progress(step: Phrase) -> None:
        _say(
            phrase("{seconds:>4.0f} s  {step}…", seconds=time.monotonic() - started, step=step),
            language,
        )

    result = run_study(
        options.study, options.out, at=datetime.now(UTC), language=language, progress=progress
    )
    _show_problems(result.problems, language)
    for warning in result.warnings:
        _say(warning, language)
    release = result.release
    _say(phrase("Fini en {seconds:.0f} s.", seconds=time.monotonic() - started), language)
    _say(phrases("{n} figure ou tableau", "{n} figures et tableaux", len(release.tables)), language)
    _say(phrases("{n} extrait", "{n} extraits", len(release.quotes)), language)
    _say(phrase("À lire : {path}", path=str(options.out / "diffusion" / "index.html")), language)
    _say(
        phrase(
            "Pour l’équipe seulement : {path}",
            path=str(options.out / "equipe" / "verification.html"),
        ),
        language,
    )
    audit = result.prepared.audit
    if not audit.passed:
        _say(
            phrase("L’audit refuse cette diffusion : voir la page de vérification."),
            language,
            error=True,
        )
        return REFUSED
    if release.draft:
        _say(
            phrase(
                "C’est une épreuve. Quand tout est relu : croisee seal {folder}",
                folder=str(options.study),
            ),
            language,
        )
    return DONE


def _seal(options: argparse.Namespace, language: Language) -> int:
    by = options.by or os.environ.get("USER", "")
    release = seal_study(
        options.study, by=by, at=datetime.now(UTC), progress=lambda step: _say(step, language)
    )
    _say(
        phrase(
            "Diffusion {code} scellée. Ses chiffres ne changent plus avant la prochaine édition.",
            code=release.code,
        ),
        language,
    )
    _say(phrase("Relancez croisee run pour écrire les documents définitifs."), language)
    return DONE


def _trace(options: argparse.Namespace, language: Language) -> int:
    for line in trace(options.results, options.code, language, every_row=options.rows):
        sys.stdout.write(f"{line}\n")
    return DONE


def _show_problems(problems: tuple[Problem, ...], language: Language) -> None:
    """Print problems by file, each with its place and its remedy; refusals before warnings."""
    if not problems:
        return
    stops = [problem for problem in problems if problem.severity == "refus"]
    others = len(problems) - len(stops)
    _say(phrases("{n} chose à corriger", "{n} choses à corriger", len(stops)), language, error=True)
    _say(phrases("{n} chose à vérifier", "{n} choses à vérifier", others), language, error=True)
    last = None
    for problem in sorted(problems, key=lambda p: (p.severity != "refus", p.file, p.row or 0)):
        if problem.file != last:
            sys.stderr.write(f"\n{problem.file}\n")
            last = problem.file
        sys.stderr.write(typeset(_line(problem, language), language, medium="text") + "\n")


def _line(problem: Problem, language: Language) -> str:
    place = []
    if problem.row is not None:
        place.append(phrase("ligne {row}", row=problem.row).to(language))
    if problem.column:
        place.append(phrase("colonne « {column} »", column=problem.column).to(language))
    mark = "" if problem.severity == "refus" else phrase("à vérifier").to(language) + " · "
    where = ", ".join(place)
    head = f"  {mark}{where}{' : ' if where else ''}{problem.message.to(language)}"
    return f"{head}\n      → {problem.remedy.to(language)}"


def _say(sentence: Phrase, language: Language, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    stream.write(typeset(sentence.to(language), language, medium="text") + "\n")
    stream.flush()


if __name__ == "__main__":
    raise SystemExit(main())
