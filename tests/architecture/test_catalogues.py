"""Both packages speak both languages: every source string is translated, nothing is stale."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_catalogues_are_complete_and_compiled():
    told = subprocess.run(
        [sys.executable, ROOT / ".ci" / "catalogues.py", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (told.returncode, told.stderr) == (0, "")
