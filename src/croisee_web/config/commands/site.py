"""The site's own commands, as ``croisee serve | backup | restore | move | doctor | journal``.

Reads the words given, names the place of the site, starts Django, runs one command.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from croisee.language import Language, language_of
from croisee.run import software
from croisee.run.arguments import read_arguments
from croisee.text import typeset
from croisee_web.kit.disk import make_folder

DONE, REFUSED, TO_CORRECT = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command of the site and return its exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    language = language_of(given)
    options = read_arguments(given, language, software())
    place(options.home, tighten=options.command != "doctor")
    os.environ.setdefault("CROISEE_LANG", language)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
    import django  # noqa: PLC0415 -- the settings read where the site lies

    django.setup()
    from django.utils.translation import activate  # noqa: PLC0415

    activate(language)
    return run(options)


def run(options: argparse.Namespace) -> int:
    """Run a command on a site whose place and language are set."""
    from django.utils.translation import gettext as _  # noqa: PLC0415

    from croisee_web.kit.errors import UseCaseError  # noqa: PLC0415

    act: Callable[[argparse.Namespace], int] = getattr(
        import_module(f"croisee_web.config.commands.{_MODULES[options.command]}"), options.command
    )
    try:
        return act(options)
    except UseCaseError as refusal:
        say(str(refusal), error=True)
        return REFUSED
    except OSError as failure:
        said = _("Impossible de lire ou d’écrire {file} ({reason}). Le site n’a pas changé.")
        say(said.format(file=failure.filename or "", reason=failure.strerror), error=True)
        return TO_CORRECT
    except KeyboardInterrupt:
        return 130


_MODULES = {
    "serve": "starting",
    "backup": "keeping",
    "restore": "keeping",
    "move": "keeping",
    "doctor": "examining",
    "journal": "examining",
}
"""Where each command lies."""


def place(home: Path | None, *, tighten: bool = True) -> None:
    """Make the site's folder and its keys' folder, for their owner only.

    ``tighten``: those already there too; ``doctor`` says how they are instead.
    """
    os.umask(0o077)
    folder = (home or Path(os.environ.get("CROISEE_HOME", "croisee-web"))).resolve()
    os.environ["CROISEE_HOME"] = str(folder)
    keys = Path(os.environ.get("CROISEE_KEYS", folder / "cles"))
    for made in (folder, keys):
        make_folder(made)
        if tighten:
            made.chmod(0o700)


def say(sentence: str, *, error: bool = False) -> None:
    """Print a sentence as its language sets it."""
    from django.utils.translation import get_language  # noqa: PLC0415

    language: Language = "en" if (get_language() or "fr").startswith("en") else "fr"
    stream = sys.stderr if error else sys.stdout
    stream.write(typeset(sentence, language, medium="text") + "\n")
    stream.flush()


if __name__ == "__main__":
    raise SystemExit(main())
