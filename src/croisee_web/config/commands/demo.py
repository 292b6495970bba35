"""A site to click through: ``croisee-web demo [STUDY] [--home DIR] [--port N]``.

An administrator, somebody who leads the reference study, its results computed by the site's own
worker, and a link that signs in once. Without a terminal, or with ``CROISEE_DEMO_SECONDS``, the
site stops by itself after having said where it was.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from croisee.language import language_of
from croisee_web.config.commands.site import place

STUDY = Path("examples/etude-de-reference")


def main(arguments: list[str] | None = None) -> int:
    """Make the site if there is none, say how to enter, and serve it."""
    given = sys.argv[1:] if arguments is None else arguments
    language = language_of(given)
    options = _read(given)
    place(options.home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
    import django  # noqa: PLC0415 -- the settings read where the site lies

    django.setup()
    from django.utils.translation import activate  # noqa: PLC0415

    activate(language)
    from croisee_web.config.commands.seeding import run  # noqa: PLC0415

    return run(options)


def _read(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="croisee-web demo", allow_abbrev=False)
    parser.add_argument("study", type=Path, nargs="?", default=STUDY)
    parser.add_argument("--home", type=Path, default=Path("build/site"))
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--lang", choices=["fr", "en"])
    return parser.parse_args(given)
