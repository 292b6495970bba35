"""The command line: ``croisee new | check | run | seal | trace``."""

from __future__ import annotations


def main() -> int:
    """Run one command and return its exit code."""
    return 2
