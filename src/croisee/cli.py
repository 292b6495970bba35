"""The command line: ``croisee new | check | run | review | seal | amend | package | trace``,
``convert``, ``search``, ``words``, ``coding``, ``votes``, ``opinion``, ``estimates``, ``tests``,
``weights``, ``cut``, ``deidentify``, ``key`` and ``unmask``.

``serve``, ``backup``, ``restore``, ``move``, ``doctor`` and ``journal`` are the platform's.

Exit codes: 0 done, 1 the audit or the seal refused, 2 something to correct in what was given,
130 stopped from the keyboard, 143 by SIGTERM.
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from importlib.util import find_spec
from shutil import get_terminal_size

from croisee.disclosure import Act, AmendmentRefused
from croisee.language import STOPPED, Language, Phrase, language_of, phrase, phrases
from croisee.run import (
    Decision,
    SealRefused,
    StudyRefused,
    amend_study,
    run_study,
    seal_study,
    software,
    trace,
)
from croisee.run.amending import WHO_DECIDES, amended_lines
from croisee.run.arguments import read_arguments
from croisee.run.coding import coding_lines
from croisee.run.converting import convert
from croisee.run.counting import words_told
from croisee.run.cutting import cut_lines
from croisee.run.engine_arguments import engine_asked
from croisee.run.evaluating import evaluate_gold
from croisee.run.listing import problem_lines
from croisee.run.opinion_told import OpinionAsked, opinion_lines
from croisee.run.package import package_study, packaged_lines
from croisee.run.refusals import REFUSALS, messages_of
from croisee.run.reviewing import review_lines
from croisee.run.sealing import WHO_SEALS
from croisee.run.searching import search_lines
from croisee.run.site_arguments import ABOUT_SITE
from croisee.run.survey_commands import ON_ANSWERS, survey_lines
from croisee.run.transcribing import transcribe_command
from croisee.run.unmasking import make_key, no_log, unmasked_lines
from croisee.run.votes_told import Asked, votes_lines
from croisee.stopping import Stopped, stop_in_order
from croisee.studyfolder import Problem, new_study, read_study
from croisee.text import shown, typeset

DONE, REFUSED, TO_CORRECT, INTERRUPTED = 0, 1, 2, 130
_INSTALL = "pip install 'croisee[web]'"
"""In straight quotes that typography leaves alone: it is copied into a terminal."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    language = language_of(given)
    try:
        options = read_arguments(given, language, software())
        if options.command in ABOUT_SITE:
            return _site(given, language)
        return _ACTS[options.command](options, language)
    except BrokenPipeError:  # whoever was reading has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt as stop:
        _say(STOPPED, language, error=True)
        return stop.code if isinstance(stop, Stopped) else INTERRUPTED
    except StudyRefused as refusal:
        _show_problems(refusal.problems, language, error=True)
    except (*REFUSALS, OSError) as refusal:
        for message in messages_of(refusal):
            _say(message, language, error=True)
        return REFUSED if isinstance(refusal, AmendmentRefused | SealRefused) else TO_CORRECT
    return TO_CORRECT


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 -- this is the edge


def _site(given: list[str], language: Language) -> int:
    """Hand over to the platform, which reads the same words: this process becomes its own."""
    if find_spec("django") and find_spec("granian"):
        command = [sys.executable, "-P", "-m", "croisee_web.config.commands.site", *given]
        os.execv(sys.executable, command)  # noqa: S606 -- no shell, our own module
    _say(
        phrase("Le site vient avec la plateforme. Installez-la : {command}", command=_INSTALL),
        language,
        error=True,
    )
    return TO_CORRECT


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


def _login() -> str:
    """Return the name this session is opened under, "" where the machine knows none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _progress(language: Language) -> Callable[[Phrase], None]:
    """Return what shows each step as it begins, with the seconds gone by."""
    started = time.monotonic()

    def show(step: Phrase) -> None:
        seconds = time.monotonic() - started
        _say(phrase("{seconds:>4.0f} s  {step}…", seconds=seconds, step=step), language)

    return show


def _run(options: argparse.Namespace, language: Language) -> int:
    started = time.monotonic()
    progress = _progress(language)
    with engine_asked(options.engine, options.master, progress) as engine:
        result = run_study(
            options.study,
            options.out,
            at=_now(),
            language=language,
            progress=progress,
            engine=engine,
        )
    _show_problems(result.problems, language)
    for warning in result.warnings:
        _say(warning, language)
    if not result.prepared.folder.log_keys:
        _say(no_log(options.study), language)
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
    by = options.by or _login()
    if not by.strip():
        _say(WHO_SEALS, language, error=True)
        return TO_CORRECT
    release = seal_study(options.study, by=by, at=_now(), progress=_progress(language))
    _say(
        phrase(
            "Diffusion {code} scellée. Ses chiffres ne changent plus avant la prochaine édition.",
            code=release.code,
        ),
        language,
    )
    _say(phrase("Relancez croisee run pour écrire les documents définitifs."), language)
    return DONE


_WHAT = phrase("Dites quoi changer, une chose à la fois : --add, --remove, --correct ou --revise.")


def _amend(options: argparse.Namespace, language: Language) -> int:
    asked = [
        (Act.ADD, options.add),
        (Act.REMOVE, options.remove),
        (Act.CORRECT, options.correct),
        (Act.REVISE, [""] if options.revise else []),
    ]
    given = [(act, tuple(objects)) for act, objects in asked if objects]
    if len(given) != 1:
        _say(_WHAT, language, error=True)
        return TO_CORRECT
    by = options.by or _login()
    decision = Decision(*given[0], by, options.reason)
    if not (decision.by.strip() and decision.reason.strip()):
        _say(WHO_DECIDES, language, error=True)
        return TO_CORRECT
    done = amend_study(options.study, decision, at=_now(), progress=_progress(language))
    for said in amended_lines(decision.act, done):
        if isinstance(said, Phrase):
            _say(said, language)
        else:  # a key, as it is copied into a terminal
            _put(f"  {said}")
    return DONE


def _package(options: argparse.Namespace, language: Language) -> int:
    progress = _progress(language)
    done = package_study(
        options.study,
        options.out,
        at=_now(),
        place=options.to,
        language=language,
        progress=progress,
    )
    for sentence in packaged_lines(done):
        _say(sentence, language)
    return DONE


def _trace(options: argparse.Namespace, language: Language) -> int:
    for line in trace(options.results, options.code, language, every_row=options.rows):
        _put(typeset(line, language, medium="text"))
    return DONE


def _search(options: argparse.Namespace, language: Language) -> int:
    lines = search_lines(
        options.study,
        " ".join(options.words),
        language,
        near=options.near,
        question=options.question,
    )
    return _write(lines)


def _words(options: argparse.Namespace, language: Language) -> int:
    return _write(words_told(options, language))


def _coding(options: argparse.Namespace, language: Language) -> int:
    return _write(coding_lines(options.study, language, options.out))


def _votes(options: argparse.Namespace, language: Language) -> int:
    asked = Asked(options.choose, options.before, options.after, options.out, options.preflib)
    return _write(votes_lines(options.source, language, asked))


def _opinion(options: argparse.Namespace, language: Language) -> int:
    asked = OpinionAsked(options.out, options.polis, options.all, options.frame)
    return _write(opinion_lines(options.source, language, asked))


def _on_answers(options: argparse.Namespace, language: Language) -> int:
    return _write(survey_lines(options, language, _now()))


def _cut(options: argparse.Namespace, language: Language) -> int:
    return _write(cut_lines(options.study, language, options.out))


def _review(options: argparse.Namespace, language: Language) -> int:
    return _write(review_lines(options.study, language, options.out))


def _deidentify(options: argparse.Namespace, language: Language) -> int:
    lines = evaluate_gold(
        options.evaluate, language, missed=options.missed, progress=_progress(language)
    )
    for line in lines:
        _put(typeset(line, language, medium="text"))
    return DONE


def _key(options: argparse.Namespace, language: Language) -> int:
    for sentence in make_key(options.study, options.out):
        _say(sentence, language)
    return DONE


def _unmask(options: argparse.Namespace, language: Language) -> int:
    del language  # what people said has only its own
    return _write(unmasked_lines(options.results, options.what, options.key, options.out))


def _convert(options: argparse.Namespace, language: Language) -> int:
    told = convert(options.source, options.result, to=options.to or "", merge=options.merge)
    for sentence in told:
        _say(sentence, language)
    return DONE


def _show_problems(
    problems: tuple[Problem, ...], language: Language, *, error: bool = False
) -> None:
    """Print problems by file, each with its place and its remedy; what stops a run first."""
    width = min(get_terminal_size((100, 24)).columns, 120)
    for line in problem_lines(problems, language, width=width):
        _put(typeset(line, language, medium="text"), error=error)


def _write(lines: Iterable[str]) -> int:
    for line in lines:
        _put(line)
    return DONE


def _put(line: str, *, error: bool = False) -> None:
    """Print a line; nothing that a file says commands the terminal."""
    stream = sys.stderr if error else sys.stdout
    stream.write(shown(line) + "\n")


def _say(sentence: Phrase, language: Language, *, error: bool = False) -> None:
    _put(typeset(sentence.to(language), language, medium="text"), error=error)
    (sys.stderr if error else sys.stdout).flush()


_ACTS: dict[str, Callable[[argparse.Namespace, Language], int]] = {
    "new": _new,
    "check": _check,
    "run": _run,
    "seal": _seal,
    "amend": _amend,
    "package": _package,
    "trace": _trace,
    "unmask": _unmask,
    "transcribe": transcribe_command,
    "coding": _coding,
    "convert": _convert,
    "cut": _cut,
    "deidentify": _deidentify,
    "key": _key,
    "review": _review,
    "search": _search,
    "opinion": _opinion,
    "votes": _votes,
    "words": _words,
    **dict.fromkeys(ON_ANSWERS, _on_answers),
}


if __name__ == "__main__":
    stop_in_order()
    raise SystemExit(main())
