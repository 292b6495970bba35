"""The door of the command line: it can be stopped before the rest is even loaded."""

from __future__ import annotations

import sys

from croisee.stopping import Stopped, stop_in_order


def main() -> int:
    """Run one command of ``croisee`` and return its exit code (:mod:`croisee.cli`)."""
    stop_in_order()
    try:
        from croisee import cli  # noqa: PLC0415 -- a second to load, in which one may be stopped

        return cli.main()
    except Stopped as stop:
        from croisee.language import STOPPED, language_of  # noqa: PLC0415

        sys.stderr.write(f"{STOPPED.to(language_of(sys.argv[1:]))}\n")
        return stop.code


if __name__ == "__main__":
    raise SystemExit(main())
