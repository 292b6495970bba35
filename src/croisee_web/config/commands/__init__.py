"""``croisee-web``: the site's own commands (migrate, publish_results, runserver…)."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def main() -> None:
    """Run one management command; without the ``web`` extra, say as ``croisee serve`` does."""
    if find_spec("django") is None:
        from croisee.cli import main as croisee  # noqa: PLC0415 -- only to say so

        raise SystemExit(croisee(["serve"]))
    if sys.argv[1:2] == ["demo"]:
        from croisee_web.config.commands import demo  # noqa: PLC0415 -- it places its own site

        raise SystemExit(demo.main(sys.argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "croisee_web.config.settings")
    from django.core.management import (  # noqa: PLC0415 -- settings must be named first
        execute_from_command_line,
    )

    if "migrate" in sys.argv[1:2]:
        Path(os.environ.get("CROISEE_HOME", "croisee-web")).mkdir(parents=True, exist_ok=True)
    execute_from_command_line(sys.argv)
